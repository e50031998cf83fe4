"""Letters by e-mail (thư điện tử): written in the caller's transaction, sent by the outbox, reconciled.

    mail.send(db, to=…, subject=…, text=…, key="dossier:<uid>:received", about=("dossier", uid), language="vi", at=at)

writes a row and its job; nothing leaves before the transaction commits, and what is committed reaches the mail server
at least once, or ends `failed` with the server's words, or `kept` where the instance has no server. `address_of` is
the check that a form asks before it takes an address. `queries.about` tells what became of the letters about a thing.
"""

from datetime import datetime, timedelta

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal.mail import routes
from portal.mail.addresses import address_of, masked
from portal.mail.delivering import Delivery
from portal.mail.errors import BadAddress, MailError, NotToBeSent, TextForgotten
from portal.mail.models import Mail, State
from portal.mail.rules import LOOK_AFTER, RULES
from portal.mail.server import server_of
from portal.mail.service import JOB, forget_about, forget_texts, retry, send
from portal.request import _

__all__ = [
    "BadAddress",
    "Mail",
    "MailError",
    "NotToBeSent",
    "State",
    "TextForgotten",
    "address_of",
    "forget_about",
    "includeme",
    "masked",
    "retry",
    "send",
]


def includeme(config: Configurator) -> None:
    """A mail server that cannot work as it is configured stops the start."""
    settings = config.registry["portal.settings"]
    keep = timedelta(days=settings.mail_keep_days)

    def forget(db: Session, at: datetime) -> None:
        forget_texts(db, at, keep)

    config.add_job(JOB, Delivery(settings, server_of(settings)))
    config.add_periodic("mail.forget", timedelta(hours=1), forget)
    config.add_rules(RULES)
    routes.add_routes(config)
    config.add_templates("portal.mail")
    config.add_menu("desk", _("Thư điện tử"), "mail.desk", order=820, permission=LOOK_AFTER)
    config.scan("portal.mail.views")

"""What readers say about a page (A1-10): whether it was useful, counted by day without knowing who said so.

A page of an item includes `feedback/form.jinja2` (with `item`): three links to a small form of its own, so the page
stays in the page cache and needs no script. Nothing of the reader is stored: no account, no address, no cookie of ours
beside the one that guards the form, no time finer than a day.
"""

from datetime import timedelta

from pyramid.config import Configurator

from portal.feedback.rules import LOOK, RULES
from portal.feedback.service import forget
from portal.request import _


def includeme(config: Configurator) -> None:
    config.add_rules(RULES)
    config.add_templates("portal.feedback")
    config.add_periodic("feedback.forget", timedelta(hours=6), forget)
    config.include("portal.feedback.routes")
    config.add_menu("desk", _("Ý kiến bạn đọc"), "feedback.desk", order=60, permission=LOOK)
    config.scan("portal.feedback.views")

"""Publishing (xuất bản): permanent identities, editions, review, schedule, addresses, withdrawals, the page cache.

A kind of content (`portal.publishing.kinds.Kind`) says how its data are cleaned, titled, projected and compared;
everything else about its life is the same for every kind and lives here.
"""

from datetime import datetime, timedelta

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal.publishing import cache, kinds, register, service
from portal.publishing.files import desk_may_see, edition_is_visible
from portal.publishing.rules import RULES

SCHEDULE_EVERY = timedelta(seconds=10)


def _publish_due(db: Session, at: datetime) -> None:
    service.publish_due(db, at)


def includeme(config: Configurator) -> None:
    config.add_directive("add_kind", kinds.add_kind)
    config.add_rules(RULES)
    config.add_file_owner("edition", edition_is_visible)
    config.add_file_owner("edition.kept", desk_may_see)
    config.add_periodic("publishing.schedule", SCHEDULE_EVERY, _publish_due)
    config.add_periodic("publishing.forget_old_changes", timedelta(hours=6), service.forget_old_changes)
    config.add_templates("portal.publishing")
    config.include(cache)
    register.listen()
    config.include("portal.publishing.routes")
    config.scan("portal.publishing.views")

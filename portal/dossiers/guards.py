"""The log of a dossier is only added to: the ORM neither changes nor deletes its rows; words alone may be erased."""

from typing import Any

from sqlalchemy import Connection, event, inspect
from sqlalchemy.orm import Mapper

from portal.audit import AppendOnly
from portal.dossiers.models import DossierEvent, Reading

ERASABLE = frozenset({"words", "words_salt"})


@event.listens_for(DossierEvent, "before_update")
def _only_words_go(mapper: Mapper[DossierEvent], connection: Connection, row: DossierEvent) -> None:
    changed = {attribute.key for attribute in inspect(row).attrs if attribute.history.has_changes()}
    if changed - ERASABLE or any(getattr(row, name) is not None for name in changed):
        raise AppendOnly()


@event.listens_for(Reading, "before_update")
def _never_changed(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    raise AppendOnly()


@event.listens_for(DossierEvent, "before_delete")
@event.listens_for(Reading, "before_delete")
def _never_deleted(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    raise AppendOnly()

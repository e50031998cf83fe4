"""Whether an edition shows its files to whoever asks (invariant 12)."""

from portal.publishing.models import Edition, State
from portal.publishing.rules import READ
from portal.request import Request


def edition_is_visible(request: Request, edition_id: int) -> bool:
    """A published edition shows its files to everybody, any other one to those who may read it on the desk."""
    edition = request.db.get(Edition, edition_id)
    if edition is None:
        return False
    return edition.state == State.PUBLISHED or bool(request.has_permission(READ, edition))


def desk_may_see(request: Request, edition_id: int) -> bool:
    """Files that an edition keeps but does not show, in whatever state it is: for those who may read it on the desk."""
    edition = request.db.get(Edition, edition_id)
    return edition is not None and bool(request.has_permission(READ, edition))

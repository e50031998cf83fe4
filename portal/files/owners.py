"""Whether a file is visible: computed from its owners, here and nowhere else, on every request."""

from collections.abc import Callable

from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationError

from portal.files.models import FileUse
from portal.files.queries import owners_of
from portal.request import Request

Visible = Callable[[Request, int], bool]
_KEY = "portal.file_owners"


def add_file_owner(config: Configurator, kind: str, visible: Visible) -> None:
    """Configurator directive: `visible(request, owner_id)` says whether whoever asks may see that owner now."""
    owners: dict[str, Visible] = config.registry.setdefault(_KEY, {})
    if kind in owners:
        raise ConfigurationError(f"Two packages say who sees the files of {kind!r}.")
    owners[kind] = visible


def visible_use(request: Request, sha256: str, name: str) -> FileUse | None:
    """The use by which whoever asks may have this content, preferably under this name; None when there is none.

    An owner of a kind that nobody registered is not visible.
    """
    owners: dict[str, Visible] = request.registry.get(_KEY, {})
    uses = sorted(owners_of(request.db, sha256), key=lambda use: use.name != name)
    return next(
        (use for use in uses if use.owner_kind in owners and owners[use.owner_kind](request, use.owner_id)), None
    )

"""The page of one item: where it stands, what can be done, its editions and its record."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config

from portal import audit
from portal.publishing import queries, service
from portal.publishing.compare import compare
from portal.publishing.errors import AlreadyBeingEdited, NeverPublic
from portal.publishing.kinds import kind_of
from portal.publishing.models import Edition, Item, State
from portal.publishing.routes import small_number
from portal.publishing.rules import EDIT, READ
from portal.publishing.views.labels import ACTIONS, STATES
from portal.request import Request, _
from portal.text import slug


@view_config(route_name="publishing.item", permission=READ, renderer="publishing/item.jinja2")
def item_page(item: Item, request: Request) -> dict[str, Any]:
    """State, actions, editions and history of an item."""
    edition = item.working or item.live or item.editions[-1]
    return {
        "item": item,
        "kind": kind_of(item),
        "edition": edition,
        "states": STATES,
        "actions": ACTIONS,
        "history": audit.history(request.db, item.uid),
        "State": State,
    }


@view_config(route_name="publishing.copy", permission=EDIT, request_method="POST")
def open_working_copy(item: Item, request: Request) -> HTTPSeeOther:
    """Make the working copy (from an older edition when one is named) and go to its form."""
    assert request.identity is not None
    source = _edition(item, request.POST.get("tu"))
    try:
        service.working_copy(request.db, item, by=request.identity.person, at=request.at, source=source)
    except AlreadyBeingEdited:
        request.session.flash(request.translate(_("Nội dung này đã có một bản đang soạn; đây là bản đó.")))
    return HTTPSeeOther(request.route_path(kind_of(item).edit_route, uid=item.uid))


@view_config(route_name="publishing.compare", permission=READ, renderer="publishing/compare.jinja2")
def compare_page(item: Item, request: Request) -> dict[str, Any]:
    """Two editions word by word; without a choice the newest with the one before it."""
    newer = _edition(item, request.GET.get("b")) or item.editions[-1]
    older = _edition(item, request.GET.get("a")) or _before(item, newer)
    changes = compare(kind_of(item), older, newer)
    return {"item": item, "older": older, "newer": newer, "changes": changes, "states": STATES}


@view_config(route_name="publishing.move", permission=EDIT, request_method="POST")
def move(item: Item, request: Request) -> HTTPSeeOther:
    """Give a public item another address."""
    assert request.identity is not None
    path = _path_beside(item, request.POST.get("path", ""))
    service.move(request.db, item, path, by=request.identity.person, at=request.at)
    request.session.flash(request.translate(_("Đã đổi địa chỉ. Địa chỉ cũ tự chuyển đến địa chỉ mới.")))
    return HTTPSeeOther(request.route_path("publishing.item", uid=item.uid))


def _edition(item: Item, number: str | None) -> Edition | None:
    if not number:
        return None
    wanted = small_number(number)
    found = None if wanted is None else queries.edition_numbered(item, wanted)
    if found is None:
        raise HTTPNotFound
    return found


def _before(item: Item, edition: Edition) -> Edition:
    earlier = [e for e in item.editions if e.number < edition.number]
    return earlier[-1] if earlier else edition


def _path_beside(item: Item, typed: str) -> str:
    """The address under the same folder: only its last part is the editor's to choose, in plain letters."""
    if item.path is None:
        raise NeverPublic
    folder = item.path.rsplit("/", 1)[0]
    return f"{folder}/{slug(typed.strip().strip('/').rsplit('/', 1)[-1])}"

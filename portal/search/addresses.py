"""Whether an address of this portal can be read by everybody now."""

from pyramid.httpexceptions import HTTPException

from portal.errors import PortalError
from portal.request import Request
from portal.search.documents import searchables


def is_public(request: Request, address: str) -> bool:
    """Whether an item is public at `address` (a path with query and fragment), or any page that answers without
    sign-in. Never says so of an item that was withdrawn or is a draft."""
    target = address.partition("#")[0]
    path = target.partition("?")[0]
    known = [each.shows(request.db, path) for each in searchables().values()]
    if True in known or False in known:
        return False not in known
    visit = Request.blank(target, base_url=request.portal.address)
    visit.registry = request.registry
    visit.environ.update({"portal.db": request.db, "portal.at": request.at})
    try:
        answer = request.invoke_subrequest(visit)
    except (HTTPException, PortalError, UnicodeError):
        return False
    return bool(answer.status_int == 200)

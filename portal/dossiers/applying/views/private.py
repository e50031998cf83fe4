"""Pages that only the holder of an address should see: kept nowhere, indexed by nobody, named to no other site."""

from typing import Any

from portal.agencies.models import Agency
from portal.catalogue import fees, present
from portal.catalogue.models import Procedure
from portal.catalogue.present import Said
from portal.dossiers import declared
from portal.dossiers.applying.held import Held
from portal.dossiers.applying.offers import Offer
from portal.dossiers.office import Office
from portal.eforms.definition import Data, said
from portal.request import Request, _


def private(request: Request) -> None:
    """Headers of a page whose address is a key.

    The policy is "same-origin": no other site learns the address. With "no-referrer" a browser would send the forms of
    these pages without an origin, and they would be refused as coming from elsewhere.
    """
    request.response.cache_control.no_store = True
    request.response.headers["Referrer-Policy"] = "same-origin"
    request.response.headers["X-Robots-Tag"] = "noindex, nofollow"


def sent(request: Request, name: str) -> str:
    """A hidden field as it was sent; empty for a missing one, and for a file in its place."""
    value = request.POST.get(name, "")
    return value if isinstance(value, str) else ""


def office_of(request: Request) -> Office:
    office: Office = request.registry["portal.dossiers"]
    return office


def named(procedure: Procedure, lang: str) -> Said:
    """A procedure's name, and the language that it is in."""
    return Said(procedure.label(lang), "en" if lang == "en" and procedure.name_en else "vi")


def agency_named(agency: Agency, lang: str) -> Said:
    """An agency's name, and the language that it is in."""
    return Said(agency.label(lang), "en" if lang == "en" and agency.english_name else "vi")


def language_of(request: Request) -> Any:
    """(thing, key) → the language that the text of a definition is shown in."""
    return lambda thing, key: "en" if request.lang == "en" and thing.get(f"{key}_en") else "vi"


def terms(
    request: Request, offer: Offer | None, definition: Data, answers: Data | None = None, *, final: bool = False
) -> dict[str, Any]:
    """Fee and time limit as of today, for applications on the net, with the fee that the form computes.

    `final`: nothing further is going to be answered, so that a fee not computed is none.
    """
    if offer is None:
        return {"cost": [], "time": []}
    data = offer.online
    cost = present.glance_cost(request, data)
    if declared.asks_fee(definition):
        computed = declared.so_far(definition, answers or {})
        if fees.is_free(data) and (computed or not final):
            cost = []
        cost += [declared.said(request, amount) for amount in computed]
        if not cost:
            cost = [Said(request.translate(_("Tính theo tờ khai")), request.lang)]
    return {"cost": cost, "time": present.glance_time(request, data)}


def shell(held: Held, request: Request) -> dict[str, Any]:
    """What every page of a draft shows."""
    private(request)
    return {
        "draft": held.draft,
        "key": held.key,
        "procedure": named(held.procedure, request.lang),
        "path": held.procedure.edition.item.path,
        "language": language_of(request),
        "said": lambda thing, key: said(thing, key, request.lang),
    }


def titled(thing: Data, key: str, request: Request) -> Said:
    """A text of a definition, and the language that it is in."""
    return Said(said(thing, key, request.lang), language_of(request)(thing, key))

"""What search engines read of a service: schema.org `GovernmentService` within its page."""

from collections.abc import Mapping
from typing import Any

import orjson
from markupsafe import Markup

from portal.catalogue.data import Channel, Data
from portal.catalogue.models import LocalService, Procedure
from portal.catalogue.open import words
from portal.catalogue.open.addresses import Addresses
from portal.catalogue.open.rdf import address_of
from portal.request import Request

CONTEXT = "https://schema.org"
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def head_of(
    request: Request,
    procedure: Procedure,
    data: Data,
    *,
    terms: Mapping[str, Any],
    fields: Mapping[str, Any],
    local: LocalService | None = None,
) -> Markup:
    """The service as JSON that may stand in a `script` element of data; `data` has the parts of `local` in place."""
    said = schema_org(request, procedure, data, terms=terms, fields=fields, local=local)
    return Markup(orjson.dumps(said).decode().translate(_ESCAPES))  # noqa: S704  # nothing that ends the element is left


def schema_org(
    request: Request,
    procedure: Procedure,
    data: Data,
    *,
    terms: Mapping[str, Any],
    fields: Mapping[str, Any],
    local: LocalService | None = None,
) -> Data:
    """The service in the words of schema.org, in the language of the page as far as the record has it."""
    at, lang = Addresses(request.portal.address), request.lang
    path = (local or procedure).edition.item.path or ""
    agency = local.agency if local and local.agency else procedure.authority
    name = agency.label(lang) if agency else procedure.authority_name
    english = lang == "en"
    return _known(
        {
            "@context": CONTEXT,
            "@type": "GovernmentService",
            "@id": at.service(path),
            "name": procedure.label(lang),
            "alternateName": data["also_called"],
            "description": (data["summary_en"] if english else None) or words.description(data),
            "identifier": (local.code if local else None) or procedure.code,
            "url": request.portal.address + request.script_name + path,
            "serviceType": "Administrative procedure" if english else "Thủ tục hành chính",
            "category": [fields[slug].label(lang) for slug in data["fields"] if slug in fields],
            "audience": [
                {"@type": "Audience", "audienceType": terms[slug].label(lang)}
                for slug in data["audiences"]
                if slug in terms
            ],
            "areaServed": {"@type": "Country", "name": "Viet Nam" if english else "Việt Nam"},
            "provider": _organisation(at, agency, name),
            "availableChannel": [_channel(at, data, row, lang) for row in data["channels"]],
            "offers": [
                _offer(fee, lang) for row in data["channels"] for fee in row["fees"] if fee["amount"] is not None
            ],
            "serviceOutput": [{"@type": "Thing", "name": row["name"]} for row in data["results"] if row["name"]],
        }
    )


def _organisation(at: Addresses, agency: Any, name: str | None) -> Data | None:
    if name is None:
        return None
    own = {"@id": at.agency(agency), "url": at.page(f"/co-quan/{agency.key}")} if agency else {}
    return {"@type": "GovernmentOrganization", "name": name} | own


def _channel(at: Addresses, data: Data, row: Data, lang: str) -> Data:
    vietnamese, english = words.CHANNELS[row["channel"]]
    channel: Data = {
        "@type": "ServiceChannel",
        "name": english if lang == "en" else vietnamese,
        "availableLanguage": "vi",
        "processingTime": words.duration(row["limits"]),
    }
    if row["channel"] == Channel.ONLINE:
        channel["serviceUrl"] = address_of(data["online_url"])
    if row["channel"] == Channel.DIRECT:
        channel["serviceLocation"] = [_place(place) for place in data["reception"]]
    return _known(channel)


def _place(row: Data) -> Data:
    said = {"name": row["name"], "address": row["address"], "telephone": row["phone"]}
    return _known({"@type": "Place", **said})


def _offer(fee: Data, lang: str) -> Data:
    return {
        "@type": "Offer",
        "price": str(fee["amount"]),
        "priceCurrency": fee["currency"],
        "description": words.fee(fee, lang),
    }


def _known(values: Data) -> Data:
    return {name: value for name, value in values.items() if value not in (None, "", [])}

"""The fields of a record, from a document that this program wrote."""

from lxml import etree

from portal.notices.akn.markup import own
from portal.notices.akn.names import OWN
from portal.notices.akn.parsing import first, local, words
from portal.notices.data import Data

_RELATION = "#relation_"


def fields_of(document: etree._Element) -> Data:
    """Every field but the body; attached files are not in the document."""
    record = next(document.iter(f"{{{OWN}}}record"))
    by_id = {each.get("eId"): each for each in document.iter() if each.get("eId")}
    data: Data = {name: record.get(name) for name in ("type", "language", "urgency", "effect", "meeting_on", "summary")}
    data |= _preface(next((each for each in document if local(each) == "preface"), None))
    data |= _conclusions(next((each for each in document if local(each) == "conclusions"), None))
    data["issuer"] = _agency(by_id.get("issuer"))
    data["joint_issuers"] = [_agency(each) for eid, each in by_id.items() if str(eid).startswith("joint_")]
    data["effective_on"] = _event(by_id.get("event_effective"))
    data["expires_on"] = _event(by_id.get("event_expires"))
    data["fields"] = [each.get("value") for each in document.iter() if local(each) == "keyword"]
    data["relations"] = [_relation(each) for eid, each in by_id.items() if str(eid).startswith("mod_")]
    data["effects"] = [dict(each.attrib) for each in record]
    return data


def identity_of(document: etree._Element) -> tuple[str, str]:
    """Origin and uid of the item that was written."""
    record = next(document.iter(f"{{{OWN}}}record"))
    return record.get("origin") or "", record.get("uid") or ""


def _preface(preface: etree._Element | None) -> Data:
    number = first(preface, "docNumber")
    parts = {each.get("name"): each.text for each in number} if number is not None else {}
    place, day, title = (first(preface, name) for name in ("location", "docDate", "docTitle"))
    return {
        "number": parts.get("number"),
        "notation": parts.get("notation"),
        "place": None if place is None else place.text,
        "issued_on": None if day is None else day.get("date"),
        "title": words(title),
    }


def _conclusions(conclusions: etree._Element | None) -> Data:
    signature = first(conclusions, "signature")
    signer: Data = {}
    for each in signature if signature is not None else ():
        signer[{"role": "position", "person": "name"}.get(local(each), each.get("name") or "")] = each.text
    recipients: list[Data] = []
    archive_line = None
    for each in conclusions.iter() if conclusions is not None else ():
        if each.get("name") == "recipient":
            recipients.append({"name": each.text, "purpose": None})
        elif each.get("name") == "purpose" and recipients:
            recipients[-1]["purpose"] = each.text
        elif each.get("name") == "archive_line":
            archive_line = each.text
    return {"signer": signer, "recipients": recipients, "archive_line": archive_line}


def _agency(element: etree._Element | None) -> Data:
    if element is None:
        return {"name": None, "code": None}
    return {"name": element.get("showAs") or None, "code": own(element, "code")}


def _event(element: etree._Element | None) -> str | None:
    return None if element is None else element.get("date")


def _relation(element: etree._Element) -> Data:
    named = {name: own(element, name) for name in ("number", "title", "scope", "uid")}
    return named | {"relation": (element.get("refersTo") or "").removeprefix(_RELATION)}

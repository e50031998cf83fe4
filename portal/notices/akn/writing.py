"""A record as an Akoma Ntoso 3.0 document (requirements B3)."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from portal.notices.akn import xml
from portal.notices.akn.iri import document_type
from portal.notices.akn.meta import Meta, Source, annex_meta
from portal.notices.akn.names import AKN, OWN
from portal.notices.akn.outline import Body, Node, Outline
from portal.notices.data import Data, as_date
from portal.notices.types import BY_SLUG
from portal.text import write_date

_BASIS = re.compile(r"(?:Căn cứ|Xét|Theo đề nghị|Thực hiện|Trên cơ sở) ")
_ENACTING = re.compile(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ ĐỊNH|NGHỊ QUYẾT|THÔNG TƯ|BAN HÀNH|CHỈ THỊ)\s*:?\s*\Z")


def to_akn(data: Data, source: Source) -> bytes:
    """The document as XML in UTF-8: normative ones as `act`, others as `doc`; valid against the standard's schema.

    The whole text in its order, every part with `eId` (`art_5__para_2`) and, as `wId`, its anchor here
    (`dieu-5-khoan-2`). What the record does not know is left out; a date that the schema demands is
    `iri.UNKNOWN_DATE` named `unknown`. What officials noted beside the text (doubts, sources, the paper) stays here.
    """
    meta = Meta(data, source)
    body = Outline(data["body"]).read()
    kind, name = document_type(data)
    preamble, main = _parts(body, kind)
    content = (meta.xml(), _preface(data), preamble, main, _conclusions(data), _attachments(meta, body.annexes))
    document = xml.tag(kind, "\n".join(filter(None, content)), name=name, contains="originalVersion")
    root = f'<akomaNtoso xmlns="{AKN}" xmlns:p="{OWN}">\n{document}\n</akomaNtoso>\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}'.encode()


def _preface(data: Data) -> str:
    lines: list[str] = []
    joint = ((f"joint_{place}", agency) for place, agency in enumerate(data["joint_issuers"], 1))
    for eid, agency in (("issuer", data["issuer"]), *joint):
        if agency["name"]:
            lines.append(xml.tag("organization", xml.text(agency["name"]), refersTo=f"#{eid}"))
    number = "".join(
        xml.tag("inline", xml.text(data[part]), name=part) for part in ("number", "notation") if data[part]
    )
    if number:
        lines.append(xml.tag("docNumber", number))
    where = xml.tag("location", xml.text(data["place"]), refersTo="#place") if data["place"] else ""
    day = as_date(data["issued_on"])
    when = xml.tag("docDate", xml.text(write_date(day)), date=day.isoformat()) if day else ""
    if where or when:
        lines.append(", ".join(filter(None, (where, when))))
    if data["type"]:
        lines.append(xml.tag("docType", xml.text(BY_SLUG[data["type"]].name)))
    if data["title"]:
        lines.append(xml.tag("docTitle", xml.text(data["title"])))
    return xml.tag("preface", "".join(xml.tag("p", line) for line in lines)) if lines else ""


def _parts(body: Body, kind: str) -> tuple[str, str]:
    """Preamble and main part. An act can have text before its first part only in the preamble."""
    blocks = [block for _element, block in body.leading]
    nodes = "\n".join(node.xml() for node in body.parts)
    if kind == "act":
        if nodes:
            return _preamble(body), xml.tag("body", nodes)
        content = xml.tag("content", "".join(blocks)) if blocks else ""
        return "", xml.tag("body", xml.tag("hcontainer", content, name="text", own_line="none"))
    if nodes and any(_is_basis(element) for element, _block in body.leading):
        return _preamble(body), xml.tag("mainBody", nodes)
    return "", xml.tag("mainBody", "".join(blocks) + nodes or "<p/>")


def _preamble(body: Body) -> str:
    content = "".join(_grouped(body.leading))
    return xml.tag("preamble", content) if content else ""


def _grouped(leading: Iterable[tuple[etree._Element, str]]) -> Iterator[str]:
    """Legal bases in a row as citations, the enacting words as a formula."""
    bases: list[str] = []
    for element, block in leading:
        if _is_basis(element):
            bases.append(xml.tag("citation", block))
            continue
        if bases:
            yield xml.tag("citations", "".join(bases))
            bases = []
        is_formula = element.tag == "p" and _ENACTING.match(_words(element))
        yield xml.tag("formula", block, name="enactingFormula") if is_formula else block
    if bases:
        yield xml.tag("citations", "".join(bases))


def _is_basis(element: etree._Element) -> bool:
    return element.tag == "p" and _BASIS.match(_words(element)) is not None


def _words(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()


def _conclusions(data: Data) -> str:
    signer = data["signer"]
    named = {
        "on_behalf": ("inline", {"name": "on_behalf"}),
        "authority": ("inline", {"name": "authority"}),
        "position": ("role", {"refersTo": "#position"}),
        "name": ("person", {"refersTo": "#signer"}),
    }
    words = [xml.tag(tag, xml.text(signer[key]), **more) for key, (tag, more) in named.items() if signer[key]]
    blocks = [xml.tag("p", xml.tag("signature", " ".join(words)))] if words else []
    recipients = [xml.tag("p", _recipient(row)) for row in data["recipients"]]
    if data["archive_line"]:
        recipients.append(xml.tag("p", xml.tag("inline", xml.text(data["archive_line"]), name="archive_line")))
    if recipients:
        blocks.append(xml.tag("container", "".join(recipients), name="recipients"))
    return xml.tag("conclusions", "".join(blocks)) if blocks else ""


def _recipient(row: dict[str, str | None]) -> str:
    name = xml.tag("inline", xml.text(row["name"] or ""), name="recipient")
    purpose = row["purpose"]
    return f"{name} ({xml.tag('inline', xml.text(purpose), name='purpose')})" if purpose else name


def _attachments(meta: Meta, annexes: list[Node]) -> str:
    written = "\n".join(_attachment(meta, node) for node in annexes)
    return xml.tag("attachments", written) if written else ""


def _attachment(meta: Meta, node: Node) -> str:
    content = "".join(node.blocks) + "\n".join(child.xml() for child in node.children)
    inner = annex_meta(meta, node.eid) + xml.tag("mainBody", content or "<p/>")
    return xml.tag("attachment", node.title() + xml.tag("doc", inner, name="phu-luc"), **node.attributes())

"""The metadata of a document: identification, publication, life, analysis and references."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from portal.notices.akn import xml
from portal.notices.akn.iri import ROOT, UNKNOWN_DATE, actor, document_type, reference_iri, work_iri
from portal.notices.akn.names import LANGUAGES
from portal.notices.data import Data, Relation, full_number
from portal.text import slug

MODIFICATIONS = {
    Relation.AMENDS: ("textualMod", "substitution"),
    Relation.REPLACES: ("textualMod", "replacement"),
    Relation.REPEALS: ("textualMod", "repeal"),
    Relation.CORRECTS: ("textualMod", "substitution"),
    Relation.GUIDES: ("legalSystemMod", "implementation"),
    Relation.BASED_ON: ("legalSystemMod", "application"),
}
"""Element and type; where the standard has no closer word (correcting, guiding, being based on) `refersTo` tells."""
NAMES = {
    Relation.AMENDS: "Sửa đổi, bổ sung",
    Relation.REPLACES: "Thay thế",
    Relation.REPEALS: "Bãi bỏ",
    Relation.CORRECTS: "Đính chính",
    Relation.GUIDES: "Hướng dẫn thi hành",
    Relation.BASED_ON: "Căn cứ",
}
_ONTOLOGY = f"{ROOT.replace('/akn/', '/akn/ontology/{}/')}"
_TEXTUAL = frozenset({Relation.AMENDS, Relation.REPLACES, Relation.REPEALS, Relation.CORRECTS})


@dataclass(frozen=True)
class Passive:
    """What another document does to this one: its work, how it is called, from which day if known."""

    relation: Relation
    iri: str
    name: str
    on: date | None = None


@dataclass(frozen=True)
class Source:
    """What stands beside the record: who publishes it and what is known of other documents.

    `uid`, `origin`: the item's identity; `address`: its page; `issuer_code`: of the register;
    `targets`: place in `data["relations"]` → address of the work meant, for those that are known here.
    """

    uid: str
    origin: str
    address: str
    published_at: datetime | None = None
    issuer_code: str | None = None
    targets: Mapping[int, str] = field(default_factory=dict)
    passive: Sequence[Passive] = ()


class Meta:
    """Writes the metadata of one record."""

    def __init__(self, data: Data, source: Source) -> None:
        self.data, self.source = data, source
        self.kind, self.name = document_type(data)
        self.work = work_iri(data, source.uid, code=source.issuer_code)
        self.language = LANGUAGES.get(data["language"], data["language"])
        self.expression = f"{self.work}/{self.language}@{data['issued_on'] or ''}"

    def xml(self) -> str:
        """The element `meta`."""
        pieces = (
            self.identification("!main"),
            self._publication(),
            self._classification(),
            self._lifecycle(),
            self._analysis(),
            self._temporal(),
            xml.tag("references", "".join(self._references()), source="#portal"),
            self._proprietary(),
        )
        return xml.tag("meta", "\n".join(filter(None, pieces)))

    def identification(self, component: str) -> str:
        """Work, expression and manifestation of the document or of one of its annexes."""
        issued = _date(self.data["issued_on"], "issued")
        author = xml.tag("FRBRauthor", href="#issuer", as_="#author")
        number, notation = full_number(self.data), slug(full_number(self.data) or "", empty="")
        work = (
            *_addresses(self.work, f"{self.work}/{component}"),
            xml.tag("FRBRalias", name="address", value=self.source.address),
            issued,
            author,
            xml.tag("FRBRcountry", value="vn"),
            xml.tag("FRBRsubtype", value=self.name),
            xml.tag("FRBRnumber", value=number) if number else "",
            xml.tag("FRBRname", value=notation or self.name),
            xml.tag("FRBRprescriptive", value="true" if self.kind == "act" else "false"),
        )
        expression = (
            *_addresses(self.expression, f"{self.expression}/{component}"),
            issued,
            author,
            xml.tag("FRBRauthoritative", value="false"),  # only the signed paper is
            xml.tag("FRBRlanguage", language=self.language),
        )
        published = self.source.published_at
        manifestation = (
            *_addresses(f"{self.expression}.xml", f"{self.expression}/{component}.xml"),
            _date(published.date().isoformat() if published else None, "published"),
            xml.tag("FRBRauthor", href="#portal", as_="#publisher"),
            xml.tag("FRBRformat", value="application/akn+xml"),
        )
        inner = "\n".join(
            xml.tag(name, "".join(content))
            for name, content in (
                ("FRBRWork", work),
                ("FRBRExpression", expression),
                ("FRBRManifestation", manifestation),
            )
        )
        return xml.tag("identification", inner, source="#portal")

    def _publication(self) -> str:
        published = self.source.published_at
        if published is None:
            return ""
        return xml.tag("publication", date=published.date().isoformat(), name="portal", showAs=self.source.origin)

    def _classification(self) -> str:
        words = "".join(
            xml.tag("keyword", value=each, showAs=each, dictionary="#fields") for each in self.data["fields"]
        )
        return xml.tag("classification", words, source="#portal") if words else ""

    def _lifecycle(self) -> str:
        def event(name: str, on: str, type_: str, source: str = "#original") -> str:
            return xml.tag("eventRef", eId=f"event_{name}", date=on, type=type_, source=source)

        data = self.data
        events = [event("issued", data["issued_on"], "generation")] if data["issued_on"] else []
        events += [event("effective", data["effective_on"], "generation")] if data["effective_on"] else []
        for place, each in enumerate(self._changes(), 1):
            if each.on is not None:
                type_ = "repeal" if each.relation is Relation.REPEALS else "amendment"
                events.append(event(f"passive_{place}", each.on.isoformat(), type_, f"#passive_{place}"))
        events += [event("expires", data["expires_on"], "repeal")] if data["expires_on"] else []
        return xml.tag("lifecycle", "".join(events), source="#portal") if events else ""

    def _changes(self) -> list[Passive]:
        return [each for each in self.source.passive if each.relation in _TEXTUAL]

    def _analysis(self) -> str:
        active = "".join(
            _modification(
                Relation(row["relation"]),
                f"mod_{place}",
                source="#original",
                destination=self._target(place - 1),
                own_number=row["number"],
                own_title=row["title"],
                own_scope=row.get("scope"),
                own_uid=row["uid"],
            )
            for place, row in enumerate(self.data["relations"], 1)
        )
        passive = "".join(
            _modification(each.relation, f"passivemod_{place}", source=each.iri, destination="#original")
            for place, each in enumerate(self._changes(), 1)
        )
        active = xml.tag("activeModifications", active) if active else ""
        passive = xml.tag("passiveModifications", passive) if passive else ""
        return xml.tag("analysis", active + passive, source="#portal") if active or passive else ""

    def _target(self, place: int) -> str:
        row = self.data["relations"][place]
        return self.source.targets.get(place) or reference_iri(row["number"], row["title"])

    def _temporal(self) -> str:
        if not self.data["effective_on"]:
            return ""
        end = "#event_expires" if self.data["expires_on"] else None
        interval = xml.tag("timeInterval", start="#event_effective", end=end, refersTo="#in_force")
        return xml.tag("temporalData", xml.tag("temporalGroup", interval, eId="in_force_period"), source="#portal")

    def _references(self) -> Iterator[str]:
        data = self.data
        title = full_number(data) or data["title"] or self.name
        yield xml.tag("original", eId="original", href=self.work, showAs=title)
        for place, each in enumerate(self._changes(), 1):
            yield xml.tag("passiveRef", eId=f"passive_{place}", href=each.iri, showAs=each.name)
        for place, row in enumerate(data["relations"], 1):
            name = row["number"] or row["title"]
            yield xml.tag("activeRef", eId=f"active_{place}", href=self._target(place - 1), showAs=name)
        for place, file in enumerate(data["attachments"], 1):
            href, _differs = xml.address(f"/tep/{file['sha256']}/{file['name']}")
            yield xml.tag("hasAttachment", eId=f"file_{place}", href=href, showAs=file["name"] or "")
        yield _organization("issuer", data["issuer"], self.source.issuer_code)
        for place, each in enumerate(data["joint_issuers"], 1):
            yield _organization(f"joint_{place}", each, each["code"])
        yield xml.tag(
            "TLCOrganization",
            eId="portal",
            href=_ONTOLOGY.format("organization") + "/" + slug(self.source.origin, empty="portal"),
            showAs=self.source.origin,
        )
        signer = data["signer"]
        if signer["name"]:
            yield _concept("TLCPerson", "signer", "person", signer["name"])
        if signer["position"]:
            yield _concept("TLCRole", "position", "role", signer["position"])
        if data["place"]:
            yield _concept("TLCLocation", "place", "location", data["place"])
        yield _concept("TLCRole", "author", "role", "Cơ quan ban hành")
        yield _concept("TLCRole", "publisher", "role", "Nơi công bố")
        yield _concept("TLCConcept", "in_force", "concept", "Có hiệu lực")
        relations = {Relation(row["relation"]) for row in data["relations"]} | {p.relation for p in self._changes()}
        for relation in sorted(relations):
            yield _concept("TLCConcept", f"relation_{relation}", "concept", NAMES[relation])

    def _proprietary(self) -> str:
        data = self.data
        content = xml.tag(
            "p:record",
            "".join(xml.tag("p:effect", **row) for row in data.get("effects", ())),
            uid=self.source.uid,
            origin=self.source.origin,
            type=data["type"],
            language=data["language"],
            urgency=data["urgency"],
            effect=data["effect"],
            meeting_on=data["meeting_on"],
            summary=data["summary"],
        )
        return xml.tag("proprietary", content, source="#portal")


def annex_meta(meta: Meta, component: str) -> str:
    """The metadata that the schema demands of an annex: what it is a part of."""
    return xml.tag("meta", meta.identification(f"!{component}"))


def _addresses(uri: str, this: str) -> tuple[str, str]:
    return xml.tag("FRBRthis", value=this), xml.tag("FRBRuri", value=uri)


def _date(on: str | None, name: str) -> str:
    return xml.tag("FRBRdate", date=on or UNKNOWN_DATE, name=name if on else "unknown")


def _organization(eid: str, agency: Data, code: str | None) -> str:
    name = actor(agency["name"], code) or "unknown"
    return xml.tag(
        "TLCOrganization",
        eId=eid,
        href=f"{_ONTOLOGY.format('organization')}/{name}",
        showAs=agency["name"] or "",
        shortForm=code or agency["code"],
        own_code=agency["code"],
    )


def _concept(element: str, eid: str, group: str, name: str) -> str:
    return xml.tag(element, eId=eid, href=f"{_ONTOLOGY.format(group)}/{slug(name)}", showAs=name)


def _modification(relation: Relation, eid: str, *, source: str, destination: str, **own: Any) -> str:
    element, type_ = MODIFICATIONS[relation]
    ends = xml.tag("source", href=source) + xml.tag("destination", href=destination)
    return xml.tag(element, ends, type=type_, eId=eid, refersTo=f"#relation_{relation}", **own)

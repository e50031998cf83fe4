"""Agencies and what they are to a procedure, as linked data; places and points of contact."""

from portal.agencies.kinds import Kind
from portal.agencies.models import Agency
from portal.catalogue.data import Data
from portal.catalogue.models import LocalService, Procedure
from portal.catalogue.open import words
from portal.catalogue.open.addresses import COUNTRY, Addresses
from portal.catalogue.open.known import Known
from portal.catalogue.open.rdf import Graph, Value, address_of, text

_ORGANISATION = ("cv:PublicOrganisation", "org:Organization", "foaf:Agent")
_LOCAL = (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE)


def both(vietnamese: str | None, english: str | None) -> list[Value | None]:
    """Words in both languages, as far as they are there."""
    return [text(vietnamese), text(english, "en")]


class Agents:
    """Describes agencies, places and contacts in a graph."""

    def __init__(self, graph: Graph, base: str, known: Known) -> None:
        self.graph, self.at, self.known = graph, Addresses(base), known

    def competent(self, procedure: Procedure, data: Data | None = None) -> list[Value]:
        """Who answers for a procedure: who decides, as far as that is known, else the agency that announced it."""
        rows = data["agencies"]["competent"] if data else []
        if rows:
            return [self._named(row) for row in rows]
        if procedure.authority:
            return [self._unit(procedure.authority)]
        return [self._organisation(procedure.authority_name or procedure.edition.item.unit.name)]

    def participations(self, path: str, data: Data) -> list[Value]:
        """What other agencies have to do with it."""
        found = []
        for role, rows in data["agencies"].items():
            for number, row in enumerate(rows, 1):
                label, english = words.ROLES[role]
                found.append(
                    self.graph.add(
                        self.at.part(path, "participation", role, number),
                        "cv:Participation",
                        dct_identifier=f"{role}-{number}",
                        dct_description=text(f"{label}: {row['name']}"),
                        cv_role=self._concept("role", role, (label, english)),
                        cv_hasParticipant=self._named(row),
                    )
                )
        return found

    def variant(self, path: str, local: LocalService) -> list[Value]:
        """The channels by which one agency carries it out, with where and when."""
        agency = local.agency
        if agency is None:
            return []
        owner, data, key = self._unit(agency), local.edition.data, (agency.code or agency.key).lower()
        rows = data["channels"] or [{"channel": "direct", "description": None, "limits": []}]
        hours = [self._hours(path, key, n, row) for n, row in enumerate(data["reception"], 1)]
        places = "\n".join(_place(row) for row in data["reception"])
        return [
            self.graph.add(
                self.at.part(path, "channel", row["channel"], key),
                "cv:Channel",
                dct_identifier=f"{row['channel']}-{key}",
                dct_type=self._concept("channel", row["channel"], words.CHANNELS[row["channel"]]),
                dct_description=text("\n".join(part for part in (words.channel(row), places) if part)),
                cv_ownedBy=owner,
                cv_openingHours=hours,
            )
            for row in rows
        ]

    def contact(self, path: str, data: Data) -> Value | None:
        """Where questions are answered."""
        given = data["contact"]
        page = address_of(given["website"])
        email, phone = (given[name] for name in ("email", "phone"))
        if not any((page, email, phone)):
            return None
        return self.graph.add(
            self.at.part(path, "contact"),
            "cv:ContactPoint",
            rdfs_label=text(given["name"]),
            cv_email=email,
            cv_telephone=phone,
            cv_contactPage=self.graph.add(page, "foaf:Document") if page else None,
        )

    def publisher(self, code: str, name: str, english: str) -> Value:
        """Who runs the portal."""
        return self.graph.add(
            self.at.value("publisher", code.lower()),
            "foaf:Agent",
            dct_identifier=code,
            dct_title=both(name, english),
        )

    def country(self) -> Value:
        """Việt Nam."""
        return self.graph.add(COUNTRY, "dct:Location", rdfs_label=both("Việt Nam", "Viet Nam"))

    def _named(self, row: Data) -> Value:
        """An agency as a record names it."""
        agency = self.known.agencies.get(row["code"] or "")
        return self._unit(agency) if agency else self._organisation(row["name"])

    def _unit(self, agency: Agency) -> Value:
        names = both(agency.name, agency.english_name)
        address = self.at.agency(agency)
        return self.graph.add(
            address,
            *_ORGANISATION,
            dct_identifier=agency.code or agency.key,
            skos_prefLabel=names,
            dct_title=names,
            dct_spatial=self._territory(agency, address) if agency.kind in _LOCAL else self.country(),
        )

    def _organisation(self, name: str) -> Value:
        """An agency of which only the name is known."""
        address = self.at.named("agency", name)
        return self.graph.add(
            address,
            *_ORGANISATION,
            dct_identifier=address.rpartition("#")[2],
            skos_prefLabel=text(name),
            dct_title=text(name),
            dct_spatial=self.country(),
        )

    def _territory(self, agency: Agency, address: str) -> Value:
        place = address.replace("#agency", "#territory")
        return self.graph.add(place, "dct:Location", rdfs_label=text(f"Địa bàn của {agency.name}"))

    def _hours(self, path: str, key: str, number: int, row: Data) -> Value | None:
        if not row["hours"]:
            return None
        address = self.at.part(path, "hours", key, number)
        said = ": ".join(part for part in (row["name"], row["hours"]) if part)
        return self.graph.add(address, "time:TemporalEntity", dct_description=text(said))

    def _concept(self, kind: str, name: str, labels: tuple[str, str]) -> Value:
        """A value of the records."""
        return self.graph.add(
            self.at.value(kind, name), "skos:Concept", skos_prefLabel=both(*labels), skos_notation=name
        )


def _place(row: Data) -> str:
    return ", ".join(row[name] for name in ("name", "address", "phone") if row[name])

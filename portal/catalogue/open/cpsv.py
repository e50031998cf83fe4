"""Procedures as linked data of the European Core Public Service Vocabulary (CPSV-AP 3.2.0; B1).

tên → dct:title · trình tự → cpsv:Rule · cách thức, phí, thời hạn → cv:Channel, cv:Cost, cv:processingTime
thành phần hồ sơ → cv:Evidence, cv:EvidenceType · đối tượng → dct:audience · kết quả → cpsv:Output
cơ quan → cv:hasCompetentAuthority, cv:Participation · căn cứ → eli:LegalResource · yêu cầu → cv:Requirement
lĩnh vực → cv:thematicArea · sự kiện → cv:Event
"""

from typing import Any

from portal.catalogue.data import Data
from portal.catalogue.models import Procedure
from portal.catalogue.open import words
from portal.catalogue.open.addresses import CATALOGUE, CURRENCY, LANGUAGE
from portal.catalogue.open.agents import Agents, both
from portal.catalogue.open.known import Known, Service
from portal.catalogue.open.rdf import Graph, Value, ref, text, typed
from portal.notices.body import plain_text
from portal.settings import Settings
from portal.text import number_key

EVENTS = {"life_event": "cv:LifeEvent", "business_event": "cv:BusinessEvent"}


class Describer(Agents):
    """Describes procedures in a graph. `whole`: all published ones will be, so others are only referred to."""

    def __init__(self, graph: Graph, settings: Settings, known: Known, *, whole: bool = False) -> None:
        super().__init__(graph, settings.address, known)
        self.settings, self.whole = settings, whole

    def describe(self, service: Service) -> None:
        """The procedure, its parts, and whatever these refer to."""
        data, path, procedure = service.data, service.path, service.procedure
        resources = self._resources(data)
        channels = [self._channel(path, row) for row in data["channels"]]
        channels += [channel for local in service.locals for channel in self.variant(path, local)]
        rows = [row for channel in data["channels"] for row in channel["limits"]]
        papers = [(row, self._paper_type(row)) for row in data["documents"]]
        self.graph.add(
            self.at.service(path),
            "cpsv:PublicService",
            **self._core(procedure, words.description(data), data["summary_en"], data),
            dct_language=self._language("vi"),
            dct_isPartOf=self._dataset(),
            dct_spatial=self.country(),
            dct_issued=self._day(service),
            dct_modified=typed(self._moment(procedure).isoformat(), "xsd:dateTime"),
            dcat_keyword=[text(name) for name in data["also_called"]],
            foaf_page=self._page(self.at.page(path)),
            adms_status=self._concept("status", "published", ("Đã công bố", "Published")),
            dct_audience=[self._word(slug) for slug in data["audiences"] if slug in self.known.terms],
            cv_thematicArea=[self._field(slug) for slug in data["fields"] if slug in self.known.fields],
            cv_isClassifiedBy=self._classes(data),
            cv_isGroupedBy=[self._event(slug) for slug in data["events"] if slug in self.known.terms],
            cv_hasChannel=channels,
            cv_processingTime=self._duration(rows),
            cv_hasCost=[cost for row in data["channels"] for cost in self._costs(path, row)],
            cpsv_hasInput=[self._paper(path, n, row, kind) for n, (row, kind) in enumerate(papers, 1)],
            cv_hasInputType=[kind for _row, kind in papers],
            cpsv_produces=[self._output(path, n, row) for n, row in enumerate(data["results"], 1)],
            cpsv_follows=[self._rule(path, n, row, resources) for n, row in enumerate(data["cases"], 1)],
            cv_holdsRequirement=self._requirement(path, data),
            cv_hasLegalResource=resources,
            cv_hasParticipation=self.participations(path, data),
            cv_contactPoint=self.contact(path, data),
            cv_relatedService=[self._related(code) for code in data["related"]],
        )

    def _core(
        self, procedure: Procedure, description: str, english: str | None = None, data: Data | None = None
    ) -> dict[str, Any]:
        """What every service must say."""
        return {
            "dct_identifier": procedure.code or str(procedure.edition.item.uid),
            "dct_title": [text(procedure.name), text(procedure.name_en, "en")],
            "dct_description": [text(description), text(english, "en")],
            "cv_hasCompetentAuthority": self.competent(procedure, data),
        }

    def _related(self, code: str) -> Value | None:
        """Another published procedure; described as far as it must be where it is not part of the same data."""
        other = self.known.services.get(code)
        if other is None:
            return None
        address = self.at.service(other.edition.item.path or "")
        if self.whole:
            return ref(address)
        return self.graph.add(address, "cpsv:PublicService", **self._core(other, other.name))

    def _channel(self, path: str, row: Data) -> Value:
        name = row["channel"]
        return self.graph.add(
            self.at.part(path, "channel", name),
            "cv:Channel",
            dct_identifier=name,
            dct_type=self._concept("channel", name, words.CHANNELS[name]),
            dct_description=text(words.channel(row)),
            cv_processingTime=self._duration(row["limits"]),
        )

    def _costs(self, path: str, row: Data) -> list[Value]:
        channel = row["channel"]
        return [
            self.graph.add(
                self.at.part(path, "cost", channel, n),
                "cv:Cost",
                dct_identifier=f"{channel}-{n}",
                dct_description=[text(words.fee(fee, "vi")), text(self._english_fee(fee), "en")],
                cv_hasValue=typed(f"{fee['amount']}.0", "xsd:double") if fee["amount"] is not None else None,
                cv_currency=self._currency(fee) if fee["amount"] is not None else None,
                cv_ifAccessedThrough=ref(self.at.part(path, "channel", channel)),
            )
            for n, fee in enumerate(row["fees"], 1)
        ]

    @staticmethod
    def _english_fee(fee: Data) -> str | None:
        return words.fee(fee | {"note": None}, "en") if fee["amount"] is not None else None

    def _paper(self, path: str, number: int, row: Data, kind: Value) -> Value:
        form = row["form"]
        return self.graph.add(
            self.at.part(path, "document", number),
            "cv:Evidence",
            dct_identifier=f"document-{number}",
            dct_title=text(row["name"]),
            dct_description=text(words.paper(row)),
            dct_conformsTo=kind,
            foaf_page=self._page(self.at.page(f"/tep/{form['sha256']}/{form['name']}")) if form else None,
        )

    def _paper_type(self, row: Data) -> Value:
        address = self.at.named("document-type", row["name"])
        return self.graph.add(
            address,
            "cv:EvidenceType",
            dct_identifier=address.rpartition("#")[2],
            dct_title=text(row["name"]),
        )

    def _output(self, path: str, number: int, row: Data) -> Value:
        return self.graph.add(
            self.at.part(path, "result", number),
            "cv:Output",
            dct_identifier=row["code"] or f"result-{number}",
            dct_title=text(row["name"] or row["code"]),
        )

    def _rule(self, path: str, number: int, case: Data, resources: list[Value]) -> Value:
        return self.graph.add(
            self.at.part(path, "rule", number),
            "cpsv:Rule",
            dct_identifier=f"rule-{number}",
            dct_title=text(case["name"] or "Trình tự thực hiện"),
            dct_description=text(words.steps(case) or case["name"] or "Trình tự thực hiện"),
            dct_language=self._language("vi"),
            cpsv_implements=resources,
        )

    def _requirement(self, path: str, data: Data) -> Value | None:
        if not data["conditions"]:
            return None
        return self.graph.add(
            self.at.part(path, "requirement"),
            "cv:Requirement",
            dct_identifier="requirement",
            dct_title=text("Yêu cầu, điều kiện thực hiện"),
            dct_description=text(plain_text(data["conditions"])),
        )

    def _resources(self, data: Data) -> list[Value]:
        found = []
        for row in data["legal_basis"]:
            path = self.known.documents.get(number_key(row["number"])) if row["number"] else None
            name = row["number"] or row["title"]
            address = self.at.document(path) if path else self.at.named("document", name)
            found.append(
                self.graph.add(
                    address,
                    "eli:LegalResource",
                    eli_id__local=row["number"],
                    dct_title=text(row["title"] or row["number"]),
                    foaf_page=self._page(self.at.page(path)) if path else None,
                )
            )
        return found

    def _event(self, slug: str) -> Value:
        term = self.known.terms[slug]
        if term.vocabulary not in EVENTS:
            return self._word(slug)
        return self.graph.add(
            self.at.word(term.vocabulary, slug),
            EVENTS[term.vocabulary],
            "cv:Event",
            dct_identifier=slug,
            dct_title=both(term.name, term.english_name),
            dct_description=both(term.description, term.english_description),
        )

    def _word(self, slug: str) -> Value:
        term = self.known.terms[slug]
        return self.graph.add(
            self.at.word(term.vocabulary, slug),
            "skos:Concept",
            skos_prefLabel=both(term.name, term.english_name),
            skos_definition=both(term.description, term.english_description),
            skos_notation=slug,
        )

    def _field(self, slug: str) -> Value:
        field = self.known.fields[slug]
        return self.graph.add(
            self.at.word("field", slug),
            "skos:Concept",
            skos_prefLabel=both(field.name, field.english_name),
            skos_notation=slug,
        )

    def _classes(self, data: Data) -> list[Value]:
        """How far it can be used online (A5-5), and which levels of administration carry it out."""
        online = self._concept("service", data["service"], words.SERVICES[data["service"]])
        return [online, *(self._concept("level", level, words.LEVELS[level]) for level in data["levels"])]

    def _currency(self, fee: Data) -> Value:
        code = fee["currency"]
        label = both(*words.CURRENCIES[code])
        return self.graph.add(f"{CURRENCY}{code}", "skos:Concept", skos_prefLabel=label, skos_notation=code)

    def _language(self, lang: str) -> Value:
        return self.graph.add(LANGUAGE[lang], "dct:LinguisticSystem", rdfs_label=both(*words.LANGUAGES[lang]))

    def _page(self, address: str) -> Value:
        return self.graph.add(address, "foaf:Document")

    def _duration(self, rows: list[Data]) -> Value | None:
        told = words.duration(rows)
        return typed(told, "xsd:duration") if told else None

    def _day(self, service: Service) -> Value | None:
        day = service.procedure.effective_on
        return typed(day.isoformat(), "xsd:date") if day else None

    @staticmethod
    def _moment(procedure: Procedure) -> Any:
        edition = procedure.edition
        return (edition.published_at or edition.updated_at).replace(microsecond=0)

    def _dataset(self) -> Value:
        """The catalogue that it is part of."""
        name, english = (self.settings.name_in(lang) for lang in ("vi", "en"))
        publisher = self.publisher(self.settings.agency_code, name, english)
        return self.graph.add(
            self.at.dataset(),
            "dcat:Dataset",
            dct_identifier=self.at.dataset(),
            dct_title=both(f"Danh mục dịch vụ công – {name}", f"Catalogue of public services – {english}"),
            dct_description=both(
                "Các thủ tục hành chính và dịch vụ công đang được công bố.",
                "The administrative procedures and public services now published.",
            ),
            dct_publisher=publisher,
            dct_language=self._language("vi"),
            dcat_landingPage=self._page(self.at.page(CATALOGUE)),
        )

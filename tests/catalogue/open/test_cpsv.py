"""A procedure as linked data: nothing of the record is lost, both forms say the same, the shapes are kept."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue.open import words as said
from portal.catalogue.open.rdf import PREFIXES, Graph, address_of, jsonld, text, turtle, typed

rdflib = pytest.importorskip("rdflib")
CPSV, CV, DCT = (rdflib.Namespace(PREFIXES[name]) for name in ("cpsv", "cv", "dct"))
SERVICE = rdflib.URIRef("http://localhost/thu-tuc/1.001193#service")


def graph_of(app, path="/thu-tuc/1.001193.ttl"):
    answer = app.get(path, status=200)
    form = "turtle" if path.endswith(".ttl") else "json-ld"
    return rdflib.Graph().parse(data=answer.body, format=form)


def titles(graph, predicate):
    return {(str(o), o.language) for node in graph.objects(SERVICE, predicate) for o in graph.objects(node, DCT.title)}


def test_the_service_says_its_names_and_who_answers_for_it(app, full):
    graph = graph_of(app)
    assert {(str(o), o.language) for o in graph.objects(SERVICE, DCT.title)} == {
        ('Đổi "giấy phép" lái xe\\ <b>', "vi"),
        ("Renew a driving licence", "en"),
    }
    assert str(graph.value(SERVICE, DCT.identifier)) == "1.001193"
    authority = graph.value(SERVICE, CV.hasCompetentAuthority)
    assert str(graph.value(authority, rdflib.SKOS.prefLabel)) == "Sở Xây dựng tỉnh Ví Dụ"
    assert (None, CV.role, rdflib.URIRef("http://localhost/dich-vu-cong#role-coordinating")) in graph


def test_times_are_durations_and_costs_are_numbers(app, full):
    graph = graph_of(app)
    part = "http://localhost/thu-tuc/1.001193#"
    assert graph.value(SERVICE, CV.processingTime) is None, "the time by post is not known"
    assert str(graph.value(rdflib.URIRef(f"{part}channel-direct"), CV.processingTime)) == "P5D"
    costs = {str(cost)[len(part) :]: graph.value(cost, CV.hasValue) for cost in graph.objects(SERVICE, CV.hasCost)}
    assert {name: None if value is None else float(value) for name, value in costs.items()} == {
        "cost-direct-1": 135000.0,
        "cost-direct-2": None,
        "cost-online-1": 10.0,
    }
    dollar = graph.value(rdflib.URIRef(f"{part}cost-online-1"), CV.currency)
    assert str(dollar).endswith("/currency/USD")


def test_papers_results_rules_and_basis_are_there(app, full):
    graph = graph_of(app)
    assert titles(graph, CPSV.hasInput) == {("Đơn đề nghị", "vi"), ("Giấy khám sức khỏe", "vi")}
    assert titles(graph, CPSV.produces) == {("Giấy phép lái xe", "vi")}
    assert titles(graph, CPSV.follows) == {("Đổi vì hết hạn", "vi"), ("Trình tự thực hiện", "vi")}
    rule = graph.value(None, DCT.title, rdflib.Literal("Đổi vì hết hạn", "vi"))
    assert str(graph.value(rule, DCT.description)) == "Bước 1: Nộp hồ sơ.\nChụp ảnh."
    resources = {str(one) for one in graph.objects(SERVICE, CV.hasLegalResource)}
    assert len(resources) == 2
    assert any(one.startswith("http://localhost/van-ban/") for one in resources), "the one that is published here"
    paper = rdflib.URIRef("http://localhost/thu-tuc/1.001193#document-2")
    assert str(graph.value(paper, DCT.description)) == (
        "1 bản chính, 2 bản sao. Trường hợp: Đổi vì hết hạn. Không bắt buộc"
    )


def test_audiences_events_and_fields_are_words_in_both_languages(app, full):
    graph = graph_of(app)
    labels = {
        (str(label), label.language)
        for predicate in (DCT.audience, CV.thematicArea)
        for word in graph.objects(SERVICE, predicate)
        for label in graph.objects(word, rdflib.SKOS.prefLabel)
    }
    assert {("Người nước ngoài", "vi"), ("Foreign nationals", "en"), ("Transport", "en")} <= labels
    events = list(graph.objects(SERVICE, CV.isGroupedBy))
    kinds = {str(kind) for event in events for kind in graph.objects(event, rdflib.RDF.type)}
    assert kinds == {str(CV.Event), str(CV.LifeEvent), str(CV.BusinessEvent)}


def test_a_variant_is_a_channel_of_its_agency(app, full):
    graph = graph_of(app)
    channel = rdflib.URIRef("http://localhost/thu-tuc/1.001193#channel-direct-y91")
    assert (SERVICE, CV.hasChannel, channel) in graph
    owner = graph.value(channel, CV.ownedBy)
    assert str(graph.value(owner, rdflib.SKOS.prefLabel)) == "Ủy ban nhân dân tỉnh Ví Dụ"
    assert "7:30" in str(graph.value(graph.value(channel, CV.openingHours), DCT.description))


def test_a_related_procedure_is_described_as_far_as_it_must_be(app, full):
    graph = graph_of(app)
    related = list(graph.objects(SERVICE, CV.relatedService))
    assert [str(one) for one in related] == ["http://localhost/thu-tuc/1.000002#service"], "the other is not here"
    assert graph.value(related[0], CV.hasCompetentAuthority) is not None


def test_both_forms_say_the_same(app, full):
    one, other = graph_of(app), graph_of(app, "/thu-tuc/1.001193.jsonld")
    assert len(one) > 200
    assert set(one) == set(other)
    whole, same = graph_of(app, "/dich-vu-cong.ttl"), graph_of(app, "/dich-vu-cong.jsonld")
    assert set(whole) == set(same)
    assert len(set(whole.subjects(rdflib.RDF.type, CPSV.PublicService))) == 2


def test_no_node_is_without_an_address(app, full):
    assert [one for one in graph_of(app).subjects() if isinstance(one, rdflib.BNode)] == []


def test_the_shapes_are_kept(app, full, shared):
    pyshacl = pytest.importorskip("pyshacl")
    shapes = rdflib.Graph().parse(shared / "standards" / "cpsv-ap-3.2.0-shacl.ttl")
    for path in ("/thu-tuc/1.001193.ttl", "/dich-vu-cong.ttl", "/thu-tuc/1.000002.jsonld"):
        conforms, _graph, report = pyshacl.validate(graph_of(app, path), shacl_graph=shapes)
        assert conforms, report


def test_a_procedure_of_which_little_is_known_keeps_the_shapes_too(app, make, shared):
    pyshacl = pytest.importorskip("pyshacl")
    bare = {"authority": {"name": None}, "cases": [], "channels": [], "documents": [], "results": [], "audiences": []}
    make.procedure(make.agency(), published=True, code=None, name="Việc chưa rõ", **bare)
    shapes = rdflib.Graph().parse(shared / "standards" / "cpsv-ap-3.2.0-shacl.ttl")
    conforms, _graph, report = pyshacl.validate(graph_of(app, "/thu-tuc/viec-chua-ro.ttl"), shacl_graph=shapes)
    assert conforms, report


limits = st.fixed_dictionaries(
    {"amount": st.integers(0, 9999), "unit": st.sampled_from(["working_days", "days", "hours", "months", "years"])}
)


@given(st.lists(limits, min_size=1, max_size=4))
def test_a_duration_is_the_longest_and_can_be_read(rows):
    from rdflib.xsd_datetime import parse_xsd_duration

    told = said.duration(rows)
    assert told in {said.duration([row]) for row in rows}
    day = datetime(2026, 1, 1, tzinfo=UTC)
    ends = {row["unit"]: day + parse_xsd_duration(said.duration([row])) for row in rows if row["amount"] < 1000}
    assert all(end >= day for end in ends.values())
    same_unit = {row["unit"] for row in rows} == {rows[0]["unit"]}
    if same_unit:
        assert told == said.duration([max(rows, key=lambda row: row["amount"])])


def test_what_is_no_number_has_no_duration():
    assert said.duration([]) is None
    assert said.duration([{"amount": 5, "unit": "days"}, {"amount": None, "unit": None}]) is None
    assert said.duration([{"amount": None, "unit": "at_once"}, {"amount": 3, "unit": "hours"}]) == "P1D"


@given(st.dictionaries(st.integers(0, 50), st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_any_words_come_through_both_forms(values):
    graph = Graph()
    for number, value in values.items():
        graph.add(f"http://x/{number}", "cv:Event", dct_title=text(value), dct_identifier=value)
    nodes = graph.taken()
    one = rdflib.Graph().parse(data=b"".join(turtle(nodes)), format="turtle")
    other = rdflib.Graph().parse(data=b"".join(jsonld(nodes)), format="json-ld")
    assert set(one) == set(other)
    expected = {value for value in values.values() if value}
    assert {str(o) for o in one.objects(None, DCT.title)} == expected
    assert {str(o) for o in one.objects(None, DCT.identifier)} == expected


@given(st.text(), st.sampled_from(["https://a.vn/", "http://b/", "mailto:", "javascript:", ""]))
def test_any_address_that_is_kept_can_stand_in_data(rest, scheme):
    found = address_of(scheme + rest)
    if found is None:
        return
    assert scheme in ("https://a.vn/", "http://b/", "mailto:") or found.startswith(("http", "mailto:", "tel:", "urn:"))
    graph = Graph()
    graph.add(found, "foaf:Document", dct_issued=typed("2026-01-01", "xsd:date"))
    read = rdflib.Graph().parse(data=b"".join(turtle(graph.taken())), format="turtle")
    assert {str(one) for one in read.subjects()} == {found}


def test_a_node_is_described_once():
    graph = Graph()
    first = graph.add("http://x/1", "cv:Event", dct_title=text("A"))
    again = graph.add("http://x/1", "cv:Event", dct_title=text("B"))
    assert first == again == {"@id": "http://x/1"}
    assert json.loads(b"".join(jsonld(graph.taken())))["@graph"] == [
        {"@id": "http://x/1", "@type": ["cv:Event"], "dct:title": [{"@value": "A", "@language": "vi"}]}
    ]
    assert graph.taken() == []


def test_prefixes_are_those_of_the_standard(shared: Path):
    context = json.loads((shared / "standards" / "cpsv-ap-3.2.0-context.jsonld").read_text())["@context"]
    ids = {value if isinstance(value, str) else value["@id"] for value in context.values()}
    for used in ("cpsv", "cv", "dct", "eli", "skos"):
        assert any(one.startswith(PREFIXES[used]) for one in ids), used

"""The whole catalogue as files, as a table and as a feed; a service in the head of its page."""

import csv
import gzip
import io
import json
import re

import feedparser
import pytest
from lxml import html
from webob import Request

from portal.catalogue.open import table, whole
from portal.catalogue.open.head import _ESCAPES
from portal.publishing import service as publishing

FORMS = ("ttl", "jsonld", "csv")


@pytest.fixture(autouse=True)
def _no_files_of_others(settings):
    folder = settings.files_dir.parent / "derived" / "catalogue"
    for path in folder.glob("*"):
        path.unlink()


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_written_once_and_confirmed_by_its_tag(app, full, form, monkeypatch):
    first = app.get(f"/dich-vu-cong.{form}")
    assert b"1.001193" in first.body
    assert first.headers["Cache-Control"] == "public, no-cache"
    monkeypatch.setitem(whole.WRITERS, form, lambda *_: pytest.fail("it is written already"))
    asked = Request.blank(f"/dich-vu-cong.{form}", environ=app.extra_environ, headers={"Accept-Encoding": "gzip"})
    packed = asked.get_response(app.app)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == first.body
    tag = first.headers["ETag"]
    assert app.get(f"/dich-vu-cong.{form}", headers={"If-None-Match": tag}, status=304).body == b""
    assert app.head(f"/dich-vu-cong.{form}").headers["ETag"] == tag


@pytest.mark.parametrize("form", FORMS)
def test_whatever_changes_makes_another_file(app, db, at, make, full, form, settings):
    clerk = make.person()

    def tag():
        return app.get(f"/dich-vu-cong.{form}").headers["ETag"]

    tags = [tag()]
    other = make.procedure(full.item.unit, published=True, code="1.000003")
    tags.append(tag())
    publishing.withdraw(db, other, version=other.version, by=clerk, at=at, why="Đã bãi bỏ.")
    tags.append(tag())
    full.item.unit.name = "Bộ Ví Dụ Mới"
    db.flush()
    tags.append(tag())
    assert tags[0] == tags[2] != tags[1], "the same state, the same file"
    assert tags[3] not in tags[:3]
    assert b"1.000003" not in app.get(f"/dich-vu-cong.{form}").body
    assert "Bộ Ví Dụ Mới".encode() in app.get(f"/dich-vu-cong.{form}").body
    kept = list((settings.files_dir.parent / "derived" / "catalogue").iterdir())
    assert len(kept) == 1, "files of former states are gone"


def test_what_somebody_has_asked_for_is_ready_after_a_change(app, db, make, full, settings):
    assert whole.refresh(db, settings) == [], "nobody has asked for anything"
    app.get("/dich-vu-cong.csv")
    assert whole.refresh(db, settings) == []
    make.procedure(full.item.unit, published=True, code="1.000003")
    assert whole.refresh(db, settings) == ["csv"]
    assert whole.kept(db, settings, "csv", whole.state(db, settings)).exists()


def test_what_breaks_off_leaves_no_half_file(db, full, settings, monkeypatch):
    def breaks(*_):
        yield b"@prefix"
        raise OSError("the disk is full")

    monkeypatch.setitem(whole.WRITERS, "ttl", breaks)
    with pytest.raises(OSError, match="full"):
        whole.kept(db, settings, "ttl", "stamp")
    assert list((settings.files_dir.parent / "derived" / "catalogue").iterdir()) == []


def test_questions_do_not_grow_with_procedures(db, make, full, settings, count_queries):
    with count_queries() as few:
        list(whole.nodes(db, settings))
    for _number in range(10):
        make.procedure(full.item.unit, published=True, legal_basis=[{"number": "12/2017/TT-BGTVT"}])
    db.expire_all()
    with count_queries() as many:
        list(whole.nodes(db, settings))
    assert len(many) <= len(few) + 2


def test_batches_leave_nothing_out(db, make, settings, words, monkeypatch):
    from portal.catalogue.open import known

    monkeypatch.setattr(known, "BATCH", 2)
    unit = make.agency()
    for _number in range(5):
        make.procedure(unit, published=True)
    found = [node for node in whole.nodes(db, settings) if "cpsv:PublicService" in node["@type"]]
    assert len({node["@id"] for node in found}) == len(found) == 5


def test_the_table_says_what_the_record_says(app, full):
    answer = app.get("/dich-vu-cong.csv")
    assert answer.content_type == "text/csv"
    assert answer.body.startswith(table.BOM)
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig")))}
    row = rows["1.001193"]
    assert tuple(row) == table.COLUMNS
    assert row["audiences"] == "Công dân Việt Nam | Người nước ngoài"
    assert row["channels"] == "direct | online | post"
    assert row["time_limits"].startswith("5 ngày làm việc | 3 ngày làm việc")
    assert row["url"] == "http://localhost/thu-tuc/1.001193"
    assert row["documents"] == "Đơn đề nghị | Giấy khám sức khỏe"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(app, make, words, start):
    make.procedure(make.agency(), published=True, code="1.000009", name=f"{start}HYPERLINK(1)")
    row = next(csv.DictReader(io.StringIO(app.get("/dich-vu-cong.csv").body.decode("utf-8-sig"))))
    assert not row["name"].startswith(("=", "+", "-", "@", "\t"))
    assert "HYPERLINK" in row["name"]


def test_withdrawn_procedures_are_gone_as_data_too(app, db, at, make, full):
    publishing.withdraw(db, full, version=full.version, by=make.person(), at=at, why="Đã bãi bỏ.")
    assert "Đã bãi bỏ." in app.get("/thu-tuc/1.001193.ttl", status=410).text
    app.get("/thu-tuc/9.999999.jsonld", status=404)


def test_data_of_one_are_for_everybody_and_have_a_tag(app, full):
    answer = app.get("/thu-tuc/1.001193.ttl")
    assert answer.content_type == "text/turtle"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Link"].startswith("<http://localhost/thu-tuc/1.001193>")
    app.get("/thu-tuc/1.001193.ttl", headers={"If-None-Match": answer.headers["ETag"]}, status=304)


def test_the_feed_tells_what_is_new_and_what_is_gone(app, db, at, make, full):
    gone = make.procedure(full.item.unit, published=True, name="Việc bị bãi bỏ")
    publishing.withdraw(db, gone, version=gone.version, by=make.person(), at=at, why="Đã bãi bỏ.")
    answer = app.get("/dich-vu-cong.atom")
    feed = feedparser.parse(answer.body)
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert feed.entries[0].title == '1.001193 – Đổi "giấy phép" lái xe\\ <b>'
    assert len(feed.entries) == 2
    assert gone.item.uid.urn.encode() in answer.body
    assert b"deleted-entry" in answer.body
    assert feedparser.parse(app.get("/en/dich-vu-cong.atom").body).feed.title == "New and changed public services"


def test_an_empty_catalogue_is_data_too(app, at):
    assert json.loads(app.get("/dich-vu-cong.jsonld").body)["@graph"] == []
    assert feedparser.parse(app.get("/dich-vu-cong.atom").body).bozo is False
    assert app.get("/dich-vu-cong.ttl").body.startswith(b"@prefix")


def in_page(app, path):
    blocks = html.fromstring(app.get(path).body).xpath("//script[@type='application/ld+json']")
    assert len(blocks) == 1
    return json.loads(blocks[0].text)


def test_the_page_of_a_service_says_it_to_search_engines(app, full):
    said = in_page(app, "/thu-tuc/1.001193")
    assert said["@type"] == "GovernmentService"
    assert said["name"] == 'Đổi "giấy phép" lái xe\\ <b>'
    assert said["provider"]["name"] == "Bộ Ví Dụ"
    assert {"P5D", "P3D"} == {row.get("processingTime") for row in said["availableChannel"]} - {None}
    assert {(row["price"], row["priceCurrency"]) for row in said["offers"]} == {("135000", "VND"), ("10", "USD")}
    assert in_page(app, "/en/thu-tuc/1.001193")["name"] == "Renew a driving licence"


def test_the_page_names_its_other_forms(app, full):
    page = html.fromstring(app.get("/thu-tuc/1.001193").body)
    links = {link.get("type"): link.get("href") for link in page.xpath("//link[@rel='alternate'][@type]")}
    assert links["text/turtle"] == "/thu-tuc/1.001193.ttl"
    for href in links.values():
        app.get(href, status=200)


def test_no_name_ends_the_block(app, make, words):
    make.procedure(make.agency(), published=True, code="1.000009", name="</script><script>alert(1)</script><!--")
    assert in_page(app, "/thu-tuc/1.000009")["name"] == "</script><script>alert(1)</script><!--"
    assert re.search(r"[<>&]", "<>&".translate(_ESCAPES)) is None


def test_the_words_for_search_engines_are_of_schema_org(app, full, shared):
    rdflib, pyshacl = pytest.importorskip("rdflib"), pytest.importorskip("pyshacl")
    shapes = rdflib.Graph().parse(shared / "standards" / "schemaorg-29.4-shapes.shacl", format="turtle")
    vocabulary = next(str(one) for one in shapes.objects() if str(one).endswith("schema.org/Thing"))[:-5]
    for name in ("Text", "URL", "Number", "Duration"):  # whose shapes, as published, refuse every literal
        shape = shapes.value(None, rdflib.SH.targetClass, rdflib.URIRef(vocabulary + name))
        shapes.remove((shape, rdflib.SH.nodeKind, None))
        shapes.add((shape, rdflib.SH.nodeKind, rdflib.SH.IRIOrLiteral))
    for path in ("/thu-tuc/1.001193", "/en/thu-tuc/1.001193"):
        said = in_page(app, path) | {"@context": {"@vocab": vocabulary, "url": {"@type": "@id"}}}
        graph = rdflib.Graph().parse(data=json.dumps(said), format="json-ld")
        assert len(graph) > 30
        used = {str(one) for one in graph.predicates() if "schema.org" in str(one)}
        known = {str(one) for one in shapes.objects(None, rdflib.SH.path)}
        assert used <= known
        conforms, _graph, report = pyshacl.validate(graph, shacl_graph=shapes)
        assert conforms, report


def test_the_map_for_search_engines_has_services(app, full):
    assert b"<loc>http://localhost/thu-tuc/1.001193</loc>" in app.get("/sitemap-1.xml").body

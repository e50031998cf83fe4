"""Procedures, their variants and the vocabularies over the API, and that answers are what the description says."""

import pytest

from portal.catalogue.vocabularies.files import terms_in
from portal.catalogue.vocabularies.mapping import CONTENT
from portal.catalogue.vocabularies.service import bring_terms
from portal.publishing import service as publishing

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is in the extra dev")
LIST, ONE = "/api/v1/procedures", "/api/v1/procedures/1.001193"


@pytest.fixture
def check(app):
    """`check(name, value)`: the value is what the schema of that name says."""
    described = app.get("/api/v1/openapi.json").json

    def go(name, value):
        schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(value)

    return go


@pytest.fixture
def ministry(db, at, make):
    from portal.agencies.models import Field

    bring_terms(db, terms_in(CONTENT), at=at)
    db.add(Field(slug="giao-thong-van-tai", name="Giao thông, vận tải", english_name="Transport"))
    return make.agency("G07", "Bộ Ví Dụ", english_name="Ministry of Examples")


@pytest.fixture
def licence(make, ministry):
    return make.procedure(
        ministry, published=True, code="1.001193", name="Đổi giấy phép lái xe", fields=["giao-thong-van-tai"],
        audiences=["cong-dan"], events=["phuong-tien"], agencies={"implementing": [{"name": "Sở", "code": "G07"}]},
        conditions="<p>Còn hạn</p>", service="toan-trinh", effective_on="2026-01-01",
        channels=[
            {"channel": "online", "limits": [{"amount": 3, "unit": "days", "text": "3 ngày"}], "fees": [{"amount": 0}]}
        ],
    )  # fmt: skip


@pytest.fixture
def others(make, ministry):
    return [make.procedure(ministry, published=True, name=f"Việc {letter}") for letter in "BCDE"]


def test_a_procedure_is_whole(app, licence, check):
    told = app.get(ONE).json
    check("Procedure", told)
    assert (told["code"], told["name"], told["free"]) == ("1.001193", "Đổi giấy phép lái xe", True)
    assert told["authority"]["name"] == "Bộ Ví Dụ"
    assert told["fields"] == [{"slug": "giao-thong-van-tai", "name": "Giao thông, vận tải"}]
    assert told["channels"][0]["limits"][0]["amount"] == 3
    assert told["conditions"] == "<p>Còn hạn</p>"
    assert {"original", "doubts", "eform"} & told.keys() == set()
    assert app.get(told["api_url"].removeprefix("http://localhost")).json == told
    for name in ("ttl", "jsonld", "variants"):
        app.get(told["links"][name].removeprefix("http://localhost"), status=200)


def test_it_is_found_by_any_spelling_of_its_code_and_by_its_identity(app, licence):
    uid = app.get(ONE).json["uid"]
    for name in ("1001193", "1.001193.000.00.00.H17", uid):
        assert app.get(f"{LIST}/{name}").json["uid"] == uid


def test_in_english_names_are_english(app, licence):
    told = app.get("/en" + ONE).json
    assert told["authority"]["name"] == "Ministry of Examples"
    assert told["fields"][0]["name"] == "Transport"
    assert told["url"].endswith("/en/thu-tuc/1.001193")


def test_a_list_is_narrowed_and_paged(app, licence, others, check):
    everything = app.get(LIST).json
    check("ProcedureList", everything)
    assert (everything["total"], everything["pages"]) == (5, 1)
    assert [row["name"] for row in everything["results"]] == ["Đổi giấy phép lái xe", *(f"Việc {x}" for x in "BCDE")]
    for parameters in (
        {"field": "giao-thong-van-tai"},
        {"event": "phuong-tien"},
        {"service": "toan-trinh"},
        {"free": "true"},
        {"q": "doi giay phep"},
        {"q": "1.001193"},
    ):
        found = app.get(LIST, parameters).json
        assert [row["code"] for row in found["results"]] == ["1.001193"], parameters
    assert app.get(LIST, {"agency": "G07", "audience": "cong-dan"}).json["total"] == 5
    assert app.get(LIST, {"audience": "doanh-nghiep"}).json["results"] == []


def test_pages_lead_to_each_other(app, licence, others):
    seen, address = [], f"{LIST}?size=2&sort=name&q="
    while address:
        page = app.get(address.removeprefix("http://localhost")).json
        seen += [row["uid"] for row in page["results"]]
        address = page["links"]["next"]
    assert len(seen) == len(set(seen)) == 5
    assert page["links"]["prev"].endswith("?size=2&sort=name&page=2")


def test_every_wrong_parameter_is_told(app, ministry, check):
    wrong = {
        "feild": "a",
        "page": "0",
        "size": "101",
        "sort": "date",
        "service": "x",
        "agency": "Z99",
        "event": "cong-dan",
    }
    refused = app.get(LIST, wrong, status=422)
    assert refused.content_type == "application/problem+json"
    check("ParameterProblem", refused.json)
    assert {one["parameter"] for one in refused.json["errors"]} == set(wrong)
    by_name = {one["parameter"]: one["allowed"] for one in refused.json["errors"]}
    assert by_name["service"] == ["toan-trinh", "mot-phan", "thong-tin"]
    check("ParameterProblem", app.get(f"{LIST}?q=a&q=b", status=422).json)
    check("ParameterProblem", app.get(f"{LIST}?q={'a' * 300}", status=422).json)


def test_one_takes_no_parameters(app, licence, check):
    check("ParameterProblem", app.get(ONE, {"fields": "name"}, status=422).json)


def test_what_is_not_there_is_a_problem(app, db, at, make, licence, check):
    check("Problem", app.get(f"{LIST}/9.999999", status=404).json)
    check("Problem", app.get("/api/v1/vocabularies/colours", status=404).json)
    publishing.withdraw(db, licence, version=licence.version, by=make.person(), at=at, why="Đã bãi bỏ.")
    gone = app.get(ONE, status=410)
    check("Problem", gone.json)
    assert gone.json["detail"] == "Đã bãi bỏ."
    assert app.get(LIST).json["total"] == 0


def test_drafts_are_not_told(app, make, ministry):
    make.procedure(ministry, code="1.000777", name="Bản nháp")
    assert app.get(LIST).json["results"] == []
    app.get(f"{LIST}/1.000777", status=404)


def test_variants_are_told(app, make, licence, check):
    province = make.agency("H17", "Ủy ban nhân dân thành phố Ví Dụ", kind="province")
    make.local_service(licence, province, published=True, code="1.001193.000.00.00.H17")
    told = app.get(f"{ONE}/variants").json
    check("VariantList", told)
    assert [row["agency"]["code"] for row in told["results"]] == ["H17"]
    assert told["results"][0]["reception"][0]["name"] == "Bộ phận Một cửa"


@pytest.mark.parametrize(
    ("name", "slug", "count"),
    [("audiences", "cong-dan", 1), ("life-events", "phuong-tien", 1), ("business-events", "thue", 0)],
)
def test_vocabularies_are_told_with_counts(app, licence, check, name, slug, count):
    told = app.get(f"/api/v1/vocabularies/{name}").json
    check("Vocabulary", told)
    found = {row["slug"]: row for row in told["results"]}
    assert found[slug]["count"] == count
    assert found[slug]["english_name"]
    fields = app.get("/api/v1/vocabularies/fields").json
    check("Vocabulary", fields)
    assert fields["results"][0]["slug"] == "giao-thong-van-tai"


@pytest.mark.parametrize("path", [LIST, ONE, f"{ONE}/variants", "/api/v1/vocabularies/fields"])
def test_answers_have_tags_and_are_for_everybody(app, licence, path):
    answer = app.get(path)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert app.get(path, headers={"If-None-Match": answer.headers["ETag"]}, status=304).body == b""
    assert app.options(path).headers["Allow"] == "GET, HEAD, OPTIONS"
    assert app.post(path, status=405).content_type == "application/problem+json"
    assert app.delete(path, status=405).headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_new_edition_has_another_tag(app, db, at, make, licence):
    tag = app.get(LIST).headers["ETag"]
    make.procedure(licence.item.unit, published=True)
    assert app.get(LIST, headers={"If-None-Match": tag}).status_int == 200


def test_a_list_asks_few_questions(app, licence, others, make, ministry, count_queries):
    with count_queries() as few:
        app.get(LIST)
    for _number in range(8):
        make.procedure(ministry, published=True, fields=["giao-thong-van-tai"])
    with count_queries() as many:
        assert app.get(LIST).json["total"] == 13
    assert len(many) <= len(few)


def test_every_parameter_is_described(app):
    from portal.api.catalogue_parameters import NAMES

    described = app.get("/api/v1/openapi.json").json["paths"][LIST]["get"]["parameters"]
    assert {one["name"] for one in described} == {*NAMES, "If-None-Match"}

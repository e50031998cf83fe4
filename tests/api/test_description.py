"""The OpenAPI description is valid, and answers are what it says."""

import pytest

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is in the extra dev")
validator = pytest.importorskip("openapi_spec_validator", reason="openapi-spec-validator is in the extra dev")


@pytest.fixture
def description(app):
    return app.get("/api/v1/openapi.json").json


@pytest.fixture
def check(description):
    """`check(name, value)`: the value is what the schema of that name says."""

    def go(name, value):
        schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(value)

    return go


def test_the_description_is_openapi_3_1(description):
    assert description["openapi"].startswith("3.1")
    validator.validate(description)


def test_its_example_is_an_answer(description, check):
    content = description["paths"]["/api/v1/search"]["get"]["responses"]["200"]["content"]
    check("SearchAnswer", content["application/json"]["example"])


@pytest.mark.parametrize(
    "parameters",
    [
        {"q": ""},
        {"q": "thẩm quyền cấp giấy chứng nhận"},
        {"q": "đăng ký", "group": "passage"},
        {"q": "kết luận", "sort": "date", "size": "3", "page": "2"},
        {"q": "khong thay gi ca xyzt"},
        {"q": "đất -nam:2014 nam:abc" * 40},
        {"type": "nghi-dinh", "year": "1999"},
    ],
)
def test_answers_are_what_it_says(ask, check, parameters):
    check("SearchAnswer", ask(**parameters).json)


def test_an_answer_without_an_index_too(app, published, check):
    check("SearchAnswer", app.get("/api/v1/search", {"q": "kết luận"}).json)


def test_refusals_are_what_it_says(ask, app, check):
    check("ParameterProblem", ask(422, abc="1", page="x", sort="y").json)
    check("Problem", app.post("/api/v1/search", status=405).json)
    check("Problem", app.get("/api/v1/x", status=404).json)


def test_every_parameter_is_described(description):
    from portal.search.parameters import NAMES

    described = [one["name"] for one in description["paths"]["/api/v1/search"]["get"]["parameters"]]
    assert set(described) == {*NAMES, "If-None-Match"}


def test_it_is_kept_by_its_tag(app):
    tag = app.get("/api/v1/openapi.json").headers["ETag"]
    assert app.get("/api/v1/openapi.json", headers={"If-None-Match": tag}, status=304).body == b""


def test_it_speaks_english_too(app):
    assert "Test portal" in app.get("/en/api/v1/openapi.json").json["info"]["title"]

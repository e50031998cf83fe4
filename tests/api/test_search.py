"""The search API as a program of somebody else meets it: shape, truth, refusals, validators, other sites."""

from html import unescape
from re import sub

import orjson
import pytest

from portal.publishing import service as publishing

PROBLEM = "application/problem+json"


def test_an_answer_has_everything_about_a_document(ask):
    answer = ask(q="tham quyen cap giay chung nhan").json
    (hit,) = answer["results"]
    assert answer["query"] == "tham quyen cap giay chung nhan"
    assert answer["total"] == 1
    assert answer["took_ms"] > 0
    assert answer["from_index"] is True
    assert hit["title"] == "Về đăng ký hộ kinh doanh"
    assert hit["number"] == "82/2019/NĐ-CP"
    assert (hit["type"], hit["type_name"]) == ("nghi-dinh", "Nghị định")
    assert hit["issuer_name"] == "Văn phòng Chính phủ"
    assert hit["issued_on"] == "2019-11-12"
    assert hit["effect_name"] == "Còn hiệu lực"
    assert hit["passage"]["title"].startswith("Điều 2")
    assert hit["passage"] in hit["passages"]
    assert hit["url"] == f"http://localhost{hit['path']}#{hit['passage']['anchor']}"


def test_the_snippet_is_escaped_and_marks_what_was_asked_for(ask):
    (hit,) = ask(q="tham quyen cap giay chung nhan").json["results"]
    assert "3 &lt; 5" in hit["snippet"]
    assert "3 < 5" in hit["snippet_text"]
    assert "<mark>" in hit["snippet"]
    assert unescape(sub("</?mark>", "", hit["snippet"])) == hit["snippet_text"]


def test_the_address_of_a_result_leads_there(ask, app):
    (hit,) = ask(q="tham quyen cap giay chung nhan").json["results"]
    path, anchor = hit["url"].removeprefix("http://localhost").split("#")
    assert app.get(path).html.find(id=anchor) is not None


def test_passages_by_themselves_name_their_document(ask):
    hits = ask(q="đăng ký", group="passage").json["results"]
    assert len(hits) > 1
    assert all("document_source_id" in hit for hit in hits)
    assert ask(q="đăng ký", group="passage").json["pages"] is None


def test_facets_count_what_choosing_them_gives(ask):
    facets = ask(q="").json["facets"]
    assert {"kind", "type", "issuer", "year", "effect"} <= set(facets)
    for name, values in facets.items():
        for value in values[:3]:
            assert ask(**{name: value["value"]}).json["total"] == value["count"]
    assert {one["label"] for one in facets["type"]} == {"Nghị định", "Thông báo"}


def test_pages_are_linked(ask, app):
    seen, address = [], "/api/v1/search?q=ket+luan&size=7"
    while address:
        answer = app.get(address).json
        seen += [hit["uid"] for hit in answer["results"]]
        address = (answer["links"]["next"] or "").removeprefix("http://localhost")
    assert len(seen) == len(set(seen)) == 24
    assert answer["pages"] == answer["page"] == 4
    assert answer["links"]["prev"].endswith("q=ket+luan&size=7&page=3")


def test_by_date_and_between_days(ask):
    answer = ask(q="kết luận", sort="date", to="01/3/2005", **{"from": "2003-01-01"}).json
    assert [hit["issued_on"] for hit in answer["results"]] == ["2005-03-01", "2004-03-01", "2003-03-01"]


def test_an_agency_by_name_abbreviation_code_or_in_the_question(ask, unit):
    for issuer in ("VPCP", "G22", "van phong chinh phu", unit.key):
        assert ask(issuer=issuer).json["total"] == 25
    assert ask(q="coquan:VPCP loai:nghị định").json["total"] == 1
    assert ask(q="so:82").json["total"] == 1


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({"abc": "1"}, "abc"),
        ({"page": "0"}, "page"),
        ({"page": "x"}, "page"),
        ({"page": "1001", "size": "10"}, "page"),
        ({"size": "101"}, "size"),
        ({"size": "-1"}, "size"),
        ({"sort": "age"}, "sort"),
        ({"group": "x"}, "group"),
        ({"group": "passage", "sort": "date"}, "group"),
        ({"year": "hai nghìn"}, "year"),
        ({"kind": "x"}, "kind"),
        ({"type": "khong-co"}, "type"),
        ({"field": "khong-co"}, "field"),
        ({"effect": "khong-co"}, "effect"),
        ({"issuer": "Bộ Không Có"}, "issuer"),
        ({"from": "31/02/2020"}, "from"),
        ({"to": "mai"}, "to"),
        ({"from": "2020-02-01", "to": "2020-01-01"}, "from"),
        ([("q", "a"), ("q", "b")], "q"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(ask, app, parameters, name):
    refused = app.get("/api/v1/search", parameters, status=422)
    assert refused.content_type == PROBLEM
    assert refused.json["status"] == 422
    assert [error["parameter"] for error in refused.json["errors"]] == [name]
    assert refused.json["errors"][0]["detail"] in refused.json["detail"]


def test_every_mistake_is_told_at_once_with_what_is_allowed(ask):
    errors = ask(422, sort="x", abc="1").json["errors"]
    assert {error["parameter"]: error["allowed"] for error in errors}["sort"] == ["relevance", "date"]
    assert "q" in {error["parameter"]: error["allowed"] for error in errors}["abc"]


def test_empty_values_are_none(ask):
    assert ask(q="kết luận", kind="", issuer="", page="", sort="", **{"from": ""}).json["total"] == 24


@pytest.mark.parametrize(
    "text", ['"', "-", "so:", '-"', "'; DROP TABLE x", "\u202e\u200b", "🙂" * 50, "NEAR(*", "a" * 900]
)
def test_any_text_is_a_question(ask, text):
    assert ask(q=text).json["query"] == text


def test_the_same_answer_is_not_sent_twice(ask, app, published, index, db, at):
    first = ask(q="ket luan")
    tag = first.headers["ETag"]
    again = app.get("/api/v1/search?q=ket+luan", headers={"If-None-Match": tag}, status=304)
    assert again.body == b""
    assert again.headers["ETag"] == tag
    app.get("/api/v1/search?q=khac", headers={"If-None-Match": tag}, status=200)
    app.get("/en/api/v1/search?q=ket+luan", headers={"If-None-Match": tag}, status=200)
    publishing.withdraw(db, published[1], by=None, at=at, why="Ban hành nhầm", version=published[1].version)
    index()
    changed = app.get("/api/v1/search?q=ket+luan", headers={"If-None-Match": tag}, status=200)
    assert changed.json["total"] == 23


def test_what_was_asked_before_is_answered_without_searching(ask, app, published, index, db, at, monkeypatch):
    from portal.api import views

    first = ask(q="ket luan").json
    with monkeypatch.context() as without:
        without.setattr(views, "find", None)
        again = ask(q="ket luan").json
    assert again | {"took_ms": 0} == first | {"took_ms": 0}
    assert 0 < again["took_ms"] != first["took_ms"]
    publishing.withdraw(db, published[1], by=None, at=at, why="Ban hành nhầm", version=published[1].version)
    index()
    assert ask(q="ket luan").json["total"] == first["total"] - 1


def test_answers_that_are_kept_fit_their_room():
    from portal.api.validators import Answers

    answers, answer = Answers(limit=2_000), {"query": '"took_ms":', "took_ms": 1.5, "results": ["x" * 700]}
    kept = [answers.keep((number,), answer) for number in range(5)]
    assert answers.size <= 2_000
    assert answers.known((0,)) is None
    assert answers.known((4,)) == kept[4]
    assert orjson.loads(kept[4].body(0.25)) == answer | {"took_ms": 0.25}


def test_a_tag_holds_in_another_process(ask, app, monkeypatch):
    from portal.api import validators, views

    tag = ask(q="ket luan").headers["ETag"]
    monkeypatch.setattr(views, "ANSWERS", validators.Answers())
    app.get("/api/v1/search?q=ket+luan", headers={"If-None-Match": tag}, status=304)


def test_scripts_of_other_sites_may_read(ask, app):
    assert ask(q="x").headers["Access-Control-Allow-Origin"] == "*"
    assert app.get("/api/v1/search?abc=1", status=422).headers["Access-Control-Allow-Origin"] == "*"
    before = app.options("/api/v1/search", headers={"Origin": "https://vidu.vn"}, status=204)
    assert "GET" in before.headers["Access-Control-Allow-Methods"]


def test_nothing_can_be_changed(ask, app):
    for method in (app.post, app.put, app.delete):
        refused = method("/api/v1/search", status=405)
        assert refused.content_type == PROBLEM
        assert refused.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert app.head("/api/v1/search?q=x").body == b""


def test_other_addresses_are_problems_too(app):
    missing = app.get("/api/v1/khong-co", status=404)
    assert missing.content_type == PROBLEM
    assert missing.json["status"] == 404


def test_in_english(ask, app):
    answer = app.get("/en/api/v1/search?q=tham quyen cap giay chung nhan").json
    assert answer["results"][0]["url"].startswith("http://localhost/en/van-ban/")
    assert answer["results"][0]["type_name"] == "Decree"
    assert [one["label"] for one in answer["facets"]["issuer"]] == ["Government Office"]


def test_without_an_index_numbers_and_titles_are_found(app, published):
    answer = app.get("/api/v1/search", {"q": "82/2019/NĐ-CP"})
    assert answer.json["from_index"] is False
    assert [hit["number"] for hit in answer.json["results"]] == ["82/2019/NĐ-CP"]
    assert "ETag" not in answer.headers


def test_drafts_and_withdrawn_documents_are_nowhere(app, make, unit, published, index, db, at):
    make.notice(unit, title="Dự thảo bí mật về sao Hỏa")
    publishing.withdraw(db, published[0], by=None, at=at, why="Ban hành nhầm", version=published[0].version)
    index()
    for question in ("bí mật sao hỏa", "82/2019/NĐ-CP", "hộ kinh doanh", ""):
        answer = app.get("/api/v1/search", {"q": question, "size": 100})
        assert all(hit["uid"] != str(published[0].item.uid) for hit in answer.json["results"])
        assert "bí mật" not in answer.text.replace(question, "")
    assert answer.json["total"] == 24


@pytest.mark.parametrize(("asked", "status"), [("q=%ff", 400), ("q=" + "a" * 5_000, 414), ("q=a%00b", 400)])
def test_an_unreadable_question_is_refused_as_a_problem(app, asked, status):
    answer = app.get(f"/api/v1/search?{asked}", status=status)
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status

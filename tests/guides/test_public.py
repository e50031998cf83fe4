"""Citizens walk through a guide by addresses alone."""

from typing import Any

import pytest
from makers import Makers
from pyramid.testing import DummyRequest
from sqlalchemy import select
from webtest import TestApp

from portal.guides import queries
from portal.guides.panels import of_procedure
from portal.publishing import service as publishing
from portal.publishing.models import PageChange

QUESTIONS: dict[str, Any] = {
    "title": "Con tôi cần giấy tờ gì?",
    "title_en": "Which papers does my child need?",
    "summary": "Dành cho cha mẹ.",
    "nodes": [
        {"id": "n1", "kind": "question", "title": "Con bạn sinh ở đâu?", "title_en": "Where was your child born?",
         "choices": [{"id": "trong-nuoc", "label": "Trong nước", "label_en": "In Viet Nam", "target": "n2"},
                     {"id": "nuoc-ngoai", "label": "Nước ngoài", "target": "n3"}]},
        {"id": "n2", "kind": "question", "title": "Con bạn sinh ngày nào?", "answer": "date", "span": "days",
         "choices": [{"id": "duoi-60-ngay", "label": "Chưa quá 60 ngày", "below": 61, "target": "n4"},
                     {"id": "qua-60-ngay", "label": "Quá 60 ngày", "target": "n3"}]},
        {"id": "n3", "kind": "outcome", "title": "Hãy hỏi Ủy ban nhân dân",
         "contact": {"name": "Bộ phận một cửa", "phone": "0900 000 000"}},
        {"id": "n4", "kind": "outcome", "title": "Đăng ký khai sinh", "text": "<p>Đúng hạn.</p>",
         "procedures": [{"procedure": "1.001193", "why": "Để con có giấy khai sinh."}]},
    ],
}  # fmt: skip


@pytest.fixture
def guide(make: Makers) -> Any:
    unit = make.agency()
    make.procedure(unit, published=True, code="1.001193", name="Đăng ký khai sinh lưu động")
    return make.guide(unit, published=True, **QUESTIONS)


def test_a_citizen_answers_until_an_outcome_and_nothing_is_kept_but_the_address(app: TestApp, guide: Any) -> None:
    start = app.get(guide.item.path)
    assert "nhiều nhất 2 câu hỏi" in start.text

    first = start.click("Bắt đầu")
    assert first.html.h1.text.strip() == "Con bạn sinh ở đâu?"
    form = next(f for f in first.forms.values() if "chon" in f.fields)
    form["chon"] = "trong-nuoc"
    second = form.submit(status=303).follow()
    asked = next(f for f in second.forms.values() if "nhap" in f.fields)
    asked["nhap"] = "20/2/2026"
    answered = asked.submit(status=303)

    assert "20/2" not in answered.location
    assert "2026" not in answered.location
    outcome = answered.follow()
    assert outcome.html.h1.text.strip() == "Đăng ký khai sinh"
    assert outcome.html.find("a", href="/thu-tuc/1.001193").text.strip() == "Đăng ký khai sinh lưu động"
    assert "Để con có giấy khai sinh." in outcome.text
    assert "Set-Cookie" not in outcome.headers
    changes = outcome.html.select(".portal-guide__answers dd a")
    assert [app.get(a["href"]).html.h1.text.strip() for a in changes] == [
        "Con bạn sinh ở đâu?",
        "Con bạn sinh ngày nào?",
    ]
    assert app.get(changes[0]["href"]).html.find("input", value="trong-nuoc").has_attr("checked")


@pytest.mark.parametrize(
    ("below", "sent", "said"),
    [
        ("", {}, "Hãy chọn một câu trả lời."),
        ("", {"chon": "khong-co"}, "Hãy chọn một câu trả lời."),
        ("/trong-nuoc", {"nhap": ""}, "Hãy nhập ngày, ví dụ 01/7/2014."),
        ("/trong-nuoc", {"nhap": "31/02/2026"}, "không có ngày 31"),
        ("/trong-nuoc", {"nhap": "01/01/2027"}, "Ngày này chưa tới"),
    ],
)
def test_what_is_no_answer_is_told_and_what_was_typed_stays(
    app: TestApp, guide: Any, below: str, sent: dict[str, str], said: str
) -> None:
    page = app.get(f"{guide.item.path}/tra-loi{below}", {"gui": "1", **sent}, status=422)

    assert said in page.html.select_one(".govuk-error-summary").text
    assert page.html.title.text.strip().startswith("Lỗi: ")
    assert page.html.find(id=page.html.select_one(".govuk-error-summary a")["href"][1:]) is not None
    if sent.get("nhap"):
        assert page.html.find(id="answer")["value"] == sent["nhap"]


def test_an_answer_that_is_unknown_leads_to_the_nearest_question_with_a_message(app: TestApp, guide: Any) -> None:
    page = app.get(f"{guide.item.path}/tra-loi/trong-nuoc/khong-con/gi-nua", status=303).follow()

    assert page.html.h1.text.strip() == "Con bạn sinh ngày nào?"
    assert "không còn dùng được" in page.text


def test_a_link_made_before_a_change_says_so_only_where_something_reads_differently(
    app: TestApp, guide: Any, make: Makers
) -> None:
    editor = make.person(editor=guide.item.unit)
    old_link = f"{guide.item.path}/tra-loi/nuoc-ngoai?ban=1"
    other_link = f"{guide.item.path}/tra-loi/trong-nuoc?ban=1"
    copy = publishing.working_copy(make.db, guide.item, by=editor, at=make.at)
    nodes = [{**n, "title": "Hãy hỏi Sở Tư pháp"} if n["id"] == "n3" else n for n in copy.data["nodes"]]
    publishing.save(make.db, copy, {**copy.data, "nodes": nodes}, version=copy.version, by=editor, at=make.at)
    publishing.publish_imported(make.db, copy, at=make.at, change_note="Đổi nơi hỏi.")

    told = app.get(old_link)
    assert "đã được sửa từ khi có liên kết này" in told.text
    assert "Đổi nơi hỏi." in told.text
    assert "đã được sửa" not in app.get(other_link).text
    assert "đã được sửa" not in app.get(old_link.replace("ban=1", "ban=2")).text
    assert "đã được sửa" not in app.get(old_link.replace("ban=1", "ban=77")).text
    app.get(old_link.replace("ban=1", "ban=x"), status=422)


def test_an_unpublished_draft_never_shows_through_a_link(app: TestApp, guide: Any, make: Makers) -> None:
    editor = make.person(editor=guide.item.unit)
    copy = publishing.working_copy(make.db, guide.item, by=editor, at=make.at)
    nodes = [{**n, "title": "Bí mật"} if n["id"] == "n3" else n for n in copy.data["nodes"]]
    publishing.save(make.db, copy, {**copy.data, "nodes": nodes}, version=copy.version, by=editor, at=make.at)

    page = app.get(f"{guide.item.path}/tra-loi/nuoc-ngoai?ban=2")

    assert "Bí mật" not in page.text
    assert "đã được sửa" not in page.text


def test_the_english_pages_speak_english_and_mark_what_is_vietnamese(app: TestApp, guide: Any) -> None:
    page = app.get(f"/en{guide.item.path}/tra-loi")

    assert page.html.h1.text.strip() == "Where was your child born?"
    labels = page.html.select(".govuk-radios__label")
    assert [(label.text, label.span["lang"] if label.span else None) for label in labels] == [
        ("In Viet Nam", None),
        ("Nước ngoài", "vi"),
    ]


def test_a_procedure_that_is_withdrawn_leaves_the_outcome(app: TestApp, guide: Any, make: Makers) -> None:
    procedure = queries.procedures(make.db, ["1.001193"])["1.001193"].edition
    publishing.withdraw(make.db, procedure, version=procedure.version, by=None, at=make.at, why="Bãi bỏ")

    page = app.get(f"{guide.item.path}/tra-loi/trong-nuoc/duoi-60-ngay")

    assert "/thu-tuc/1.001193" not in page.text
    assert page.html.h1.text.strip() == "Đăng ký khai sinh"


def test_a_withdrawn_guide_answers_gone_at_every_address(app: TestApp, guide: Any, make: Makers) -> None:
    publishing.withdraw(make.db, guide, version=guide.version, by=None, at=make.at, why="Đã lỗi thời")

    for below in ("", "/tra-loi", "/tra-loi/trong-nuoc"):
        assert "Đã lỗi thời" in app.get(guide.item.path + below, status=410).text


def test_a_moved_guide_keeps_shared_links_alive(app: TestApp, guide: Any, make: Makers) -> None:
    old = guide.item.path
    publishing.move(make.db, guide.item, "/huong-dan/khai-sinh", by=None, at=make.at)

    assert app.get(f"{old}/tra-loi/trong-nuoc?ban=1", status=301).location.endswith(
        "/huong-dan/khai-sinh/tra-loi/trong-nuoc?ban=1"
    )


def test_the_list_names_every_public_guide_and_no_draft(app: TestApp, guide: Any, make: Makers) -> None:
    make.guide(guide.item.unit, title="Còn là bản nháp")

    page = app.get("/huong-dan")

    assert page.html.find("a", href=guide.item.path) is not None
    assert "Còn là bản nháp" not in page.text


def test_the_front_page_offers_guides_and_a_procedure_knows_those_that_lead_to_it(
    app: TestApp, guide: Any, make: Makers
) -> None:
    request = DummyRequest(db=make.db, depends_on=lambda *keys: seen.update(keys))
    seen: set[str] = set()
    procedure = queries.procedures(make.db, ["1.001193"])["1.001193"]
    other = make.procedure(guide.item.unit, published=True, code="2.000635")

    assert app.get("/").html.find("a", href=guide.item.path) is not None
    assert [one.title for one in of_procedure(request, procedure) or []] == ["Con tôi cần giấy tờ gì?"]
    assert of_procedure(request, queries.procedures(make.db, ["2.000635"])[other.data["code"]]) is None
    assert {"guides:1.001193", "guides:2.000635"} <= seen


def test_publishing_a_guide_names_the_pages_of_its_procedures_as_changed(guide: Any, make: Makers) -> None:
    keys = set(make.db.scalars(select(PageChange.key)))

    assert {f"item:{guide.item.uid}", "list:guide", "guides:1.001193"} <= keys

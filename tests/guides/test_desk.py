"""Officials build a guide without code: list, picture, a page for each question and outcome, expected paths."""

import re
from typing import Any

import pytest
from makers import Makers
from webtest import TestApp

from portal.guides import checks, queries, service
from portal.guides.kind import GUIDE
from portal.guides.search import SEARCHABLE
from portal.publishing import service as publishing
from portal.publishing.compare import compare_data
from portal.publishing.models import State

DESK = "/ban-lam-viec/huong-dan"
TEMPLATE = re.compile(r"<template.*?</template>", re.DOTALL)


@pytest.fixture
def unit(make: Makers) -> Any:
    return make.agency()


@pytest.fixture
def editor(app: TestApp, make: Makers, sign_in: Any, unit: Any) -> Any:
    person = make.person(editor=unit)
    sign_in(app, person)
    return person


def _address(edition: Any, *below: str) -> str:
    return "/".join((DESK, str(edition.item.uid), *below))


def _form(page: Any, id_: str = "huong-dan") -> Any:
    """The form as a browser sends it: what stands in a template is no part of it."""
    page.text = TEMPLATE.sub("", page.text)
    return next(form for form in page.forms.values() if form.id == id_)


def _messages(make: Makers, edition: Any) -> list[str]:
    return [finding.message.interpolate() for finding in checks.findings(make.db, edition.data)]


def test_a_guide_is_built_page_by_page_until_it_may_be_handed_in(
    app: TestApp, make: Makers, editor: Any, unit: Any
) -> None:
    form = _form(app.get(f"{DESK}/moi"), "huong-dan-moi")
    form["title"] = "Mất giấy tờ thì làm gì?"
    first = form.submit("begin", status=303).follow()

    form = _form(first)
    form["title"] = "Bạn mất giấy tờ nào?"
    page = form.submit("__row__", index=_button(form, "add:choices"), status=200)
    page = _form(page).submit("__row__", index=_button(_form(page), "add:choices"), status=200)
    form = _form(page)
    for place, label in enumerate(("Thẻ căn cước", "Giấy khai sinh")):
        form.set("label", label, index=place)
        form.set("target", "new:outcome", index=place)
    overview = form.submit("save", status=303).follow()

    edition = queries.desk(make.db, {unit.id})[0]
    assert [(n["kind"], n["title"]) for n in edition.data["nodes"]] == [
        ("question", "Bạn mất giấy tờ nào?"), ("outcome", ""), ("outcome", "")]  # fmt: skip
    assert [c["target"] for c in edition.data["nodes"][0]["choices"]] == ["n2", "n3"]
    assert "Kết quả số 2 chưa có tên" in overview.text

    for node, title in (("n2", "Xin cấp lại thẻ"), ("n3", "Xin trích lục")):
        form = _form(app.get(_address(edition, "sua", node)))
        form["title"] = title
        form.set("text", "<p>Đến công an cấp xã.</p>", index=0)
        form.submit("save", status=303)
    make.db.refresh(edition)
    assert _messages(make, edition) == []
    handed_in = _form(app.get(_address(edition, "sua"))).submit("submit", status=303)
    assert handed_in.location.endswith(f"/muc/{edition.item.uid}")
    assert edition.state is State.IN_REVIEW


def _button(form: Any, value: str) -> int:
    return [field._value for field in form.fields["__row__"]].index(value)


def test_the_picture_links_each_box_and_the_outline_says_the_same(
    app: TestApp, make: Makers, editor: Any, unit: Any
) -> None:
    edition = make.guide(unit, editor)

    page = app.get(_address(edition, "sua"))

    boxes = page.html.select("svg a.portal-guide-picture__box")
    outline = page.html.select(".portal-guide-outline__node")
    assert [box["href"] for box in boxes] == [node.h3.a["href"] for node in outline]
    assert [box.find("title").text for box in boxes] == [
        "1. Bạn đã có giấy tờ chưa?", "2. Bạn không cần làm gì", "3. Bạn cần xin cấp"]  # fmt: skip
    assert len(page.html.select("svg path.portal-guide-picture__line")) == 2
    assert page.html.select("svg [style], svg script, svg [onclick]") == []
    drawn = page.html.select_one(".portal-guide-picture svg")
    assert drawn.find("title").text
    assert drawn.desc.text


def test_what_is_wrong_is_named_and_stops_handing_in(app: TestApp, make: Makers, editor: Any, unit: Any) -> None:
    nodes = [
        {"id": "n1", "kind": "question", "title": "Vòng?", "choices": [
            {"label": "Có", "target": "n2"}, {"label": "có ", "target": "n1"}, {"label": "Không"}]},
        {"id": "n2", "kind": "outcome", "title": "Trống"},
        {"id": "n3", "kind": "outcome", "title": "Lạc", "procedures": [{"procedure": "9.999999"}]},
        {"id": "n4", "kind": "question", "title": "Bao nhiêu?", "answer": "number", "choices": [
            {"label": "Ít", "below": 9, "target": "n2"}, {"label": "Vừa", "below": 3, "target": "n2"}]},
    ]  # fmt: skip
    edition = make.guide(unit, editor, nodes=nodes)

    assert _messages(make, edition) == [
        "“Vòng?”: có hai câu trả lời cùng là “Có”.",
        "“Vòng?”: câu trả lời “Không” chưa dẫn tới đâu.",
        "“Trống”: kết quả này chưa cho biết gì. Hãy viết nội dung, hoặc thêm thủ tục, văn bản, nơi liên hệ.",
        "“Bao nhiêu?”: mốc “nhỏ hơn” của các câu trả lời phải tăng dần, và chỉ câu cuối cùng để trống mốc (mọi trường "
        "hợp còn lại).",
        "“Lạc”: không có câu trả lời nào dẫn tới đây.",
        "“Bao nhiêu?”: không có câu trả lời nào dẫn tới đây.",
        "“Vòng?”: có câu trả lời dẫn ngược về “Vòng?”, thành đường vòng.",
        "“Lạc”: thủ tục 9.999999 chưa được công bố trên cổng.",
    ]
    refused = _form(app.get(_address(edition, "sua"))).submit("submit", status=422)
    assert "Đã lưu, nhưng chưa thể gửi duyệt." in refused.text
    assert edition.state is State.DRAFT


def test_a_procedure_is_found_by_its_name_and_several_are_asked_about(
    app: TestApp, make: Makers, editor: Any, unit: Any
) -> None:
    make.procedure(unit, published=True, code="1.001193", name="Đăng ký khai sinh")
    make.procedure(unit, published=True, code="1.004884", name="Đăng ký lại khai sinh")
    edition = make.guide(unit, editor)
    form = _form(app.get(_address(edition, "sua", "n2")))
    form = _form(form.submit("__row__", index=_button(form, "add:procedures"), status=200))

    form["procedure"] = "khai sinh"
    refused = form.submit("save", status=422)
    assert "1.001193 Đăng ký khai sinh; 1.004884 Đăng ký lại khai sinh" in refused.text
    form = _form(refused)
    assert form["procedure"].value == "khai sinh"
    form["procedure"] = "đăng ký LẠI khai sinh"
    form.submit("save", status=303)

    make.db.refresh(edition)
    assert [row["procedure"] for row in edition.data["nodes"][1]["procedures"]] == ["1.004884"]


def test_two_people_in_one_guide_lose_nothing(app: TestApp, make: Makers, editor: Any, unit: Any) -> None:
    edition = make.guide(unit, editor)
    form = _form(app.get(_address(edition, "sua", "n2")))
    other = make.person(editor=unit)
    nodes = [{**n, "title": "Do người khác sửa"} if n["id"] == "n3" else n for n in edition.data["nodes"]]
    publishing.save(make.db, edition, {**edition.data, "nodes": nodes}, version=edition.version, by=other, at=make.at)

    form["title"] = "Do tôi sửa"
    conflict = form.submit("save", status=409)
    assert "người khác lưu" in conflict.text
    _form(conflict).submit("save", status=303)

    make.db.refresh(edition)
    assert [node["title"] for node in edition.data["nodes"]][1:] == ["Do tôi sửa", "Do người khác sửa"]


def test_sending_a_refused_form_again_makes_no_second_node(app: TestApp, make: Makers, editor: Any, unit: Any) -> None:
    edition = make.guide(unit, editor)
    form = _form(app.get(_address(edition, "sua", "n1")))
    form.set("target", "new:question", index=0)
    form["title"] = "x" * 301
    refused = form.submit("save", status=422)
    form = _form(refused)
    form["title"] = "Bạn đã có giấy tờ chưa?"
    form.submit("save", status=303)

    make.db.refresh(edition)
    assert [node["id"] for node in edition.data["nodes"]] == ["n1", "n2", "n3", "n4"]
    assert edition.data["nodes"][0]["choices"][0]["target"] == "n4"


def test_what_was_typed_on_one_page_stays_kept_while_another_is_saved(
    app: TestApp, make: Makers, editor: Any, unit: Any
) -> None:
    edition = make.guide(unit, editor)
    typed = app.get(_address(edition, "sua", "n2"))
    form = _form(typed)
    form["title"] = "Đang viết dở"
    app.post(typed.html.find(id="huong-dan")["data-autosave-url"], form.submit_fields(), status=200)

    other = app.get(_address(edition, "sua", "n3"))
    assert "chưa lưu ở một câu hỏi hoặc kết quả khác" in other.text
    assert not other.html.find(id="huong-dan").has_attr("data-autosave-url")
    form = _form(other)
    form["title"] = "Đã lưu"
    form.submit("save", status=303)

    left = app.get(_address(edition, "sua", "n3")).html.find("a", string="Mở lại nội dung đó")["href"]
    taken = app.get(left)
    assert _form(taken)["title"].value == "Đang viết dở"
    _form(taken).submit("save", status=303)
    make.db.refresh(edition)
    assert [node["title"] for node in edition.data["nodes"]][1:] == ["Đang viết dở", "Đã lưu"]


def test_a_question_that_asks_for_a_number_gets_bounds(app: TestApp, make: Makers, editor: Any, unit: Any) -> None:
    edition = make.guide(unit, editor)
    form = _form(app.get(_address(edition, "sua", "n1")))
    form[next(name for name in form.fields if name and name.endswith("answer"))] = "number"

    form = _form(form.submit("save", status=303).follow())
    form.set("below", "16", index=0)
    form["suffix"] = "tuổi"
    form.submit("save", status=303)

    make.db.refresh(edition)
    question = edition.data["nodes"][0]
    assert (question["answer"], question["suffix"], [c["below"] for c in question["choices"]]) == (
        "number",
        "tuổi",
        [16, None],
    )
    assert _messages(make, edition) == []


def test_removing_a_node_leaves_answers_that_ask_for_a_new_target(
    app: TestApp, make: Makers, editor: Any, unit: Any
) -> None:
    edition = make.guide(unit, editor)
    page = app.get(_address(edition, "sua", "n2"))
    form = next(form for form in page.forms.values() if form.action.endswith("/xoa/n2"))

    form.submit(status=303)

    make.db.refresh(edition)
    assert "“Bạn đã có giấy tờ chưa?”: câu trả lời “Đã có” chưa dẫn tới đâu." in _messages(make, edition)
    app.get(_address(edition, "sua", "n2"), status=404)


def test_a_marked_path_is_replayed_before_publication_and_named_when_it_fails(
    app: TestApp, make: Makers, editor: Any, unit: Any
) -> None:
    edition = make.guide(unit, editor)
    page = app.get(_address(edition, "thu-tung-duong"))
    assert [row.text for row in page.html.select(".portal-guide-paths__end strong")] == [
        "Bạn không cần làm gì", "Bạn cần xin cấp"]  # fmt: skip
    next(form for form in page.forms.values() if "right" in form.fields).submit("right", status=303)
    make.db.refresh(edition)
    assert edition.data["tests"] == [{"answers": ["co"], "outcome": "n2", "words": "Đã có"}]

    nodes = [dict(node) for node in edition.data["nodes"]]
    nodes[0]["choices"] = [dict(choice, target="n3") for choice in nodes[0]["choices"]]
    nodes = [node for node in nodes if node["id"] != "n2"]
    publishing.save(make.db, edition, {**edition.data, "nodes": nodes}, version=edition.version, by=editor, at=make.at)

    said = "Đường đã đánh dấu đúng “Đã có” nay dẫn tới “Bạn cần xin cấp” thay vì “một kết quả đã xóa”."
    told = app.get(_address(edition, "thu-tung-duong"))
    assert said in told.text
    refused = _form(app.get(_address(edition, "sua"))).submit("submit", status=422)
    assert said in refused.text
    accept = next(form for form in told.forms.values() if "right" in form.fields)
    accept["version"] = str(edition.version)
    accept.submit("right", status=303)
    make.db.refresh(edition)
    assert _messages(make, edition) == []


def test_every_listed_path_can_be_marked_at_once_and_unmarked_one_by_one(
    app: TestApp, make: Makers, editor: Any, unit: Any
) -> None:
    edition = make.guide(unit, editor)
    page = app.get(_address(edition, "thu-tung-duong"))
    page = next(form for form in page.forms.values() if "all" in form.fields).submit("all", status=303).follow()
    assert "0 đường chưa đánh dấu" in page.text

    next(form for form in page.forms.values() if "forget" in form.fields).submit("forget", status=303)

    make.db.refresh(edition)
    assert [test["answers"] for test in edition.data["tests"]] == [["chua"]]


def test_a_stale_mark_changes_nothing(app: TestApp, make: Makers, editor: Any, unit: Any) -> None:
    edition = make.guide(unit, editor)
    page = app.get(_address(edition, "thu-tung-duong"))
    service.add_node(make.db, edition, "outcome", version=edition.version, by=editor, at=make.at)

    next(form for form in page.forms.values() if "right" in form.fields).submit("right", status=409)

    make.db.refresh(edition)
    assert edition.data["tests"] == []


def test_the_preview_walks_through_a_draft_and_the_public_does_not(
    app: TestApp, make: Makers, editor: Any, unit: Any
) -> None:
    edition = make.guide(unit, editor)
    start = app.get(_address(edition, "xem-truoc", "1"))
    asked = start.click("Bắt đầu")
    form = next(form for form in asked.forms.values() if "chon" in form.fields)
    form["chon"] = "co"

    outcome = form.submit(status=303).follow()

    assert outcome.html.h1.text.strip() == "Bạn không cần làm gì"
    assert "bản xem trước" in outcome.text
    app.reset()
    assert app.get(_address(edition, "xem-truoc", "1"), expect_errors=True).status_int in (303, 401, 403)


def test_editions_are_compared_line_by_line(make: Makers, unit: Any) -> None:
    edition = make.guide(unit)
    nodes = [dict(node) for node in edition.data["nodes"]]
    nodes[2]["title"] = "Bạn cần xin cấp mới"

    changes = compare_data(GUIDE, edition.data, GUIDE.clean({**edition.data, "nodes": nodes}))

    added = [
        run.text for change in changes for paragraph in change.paragraphs for run in paragraph if run.op == "added"
    ]
    assert len(changes) == 1
    assert any("mới" in text for text in added)


def test_search_finds_a_guide_by_its_questions_and_by_its_title(make: Makers, unit: Any) -> None:
    edition = make.guide(unit, published=True, title="Mất thẻ căn cước")
    draft = make.guide(unit, title="Mất thẻ căn cước nháp")

    found = list(SEARCHABLE.documents(make.db, [edition.item.uid, draft.item.uid], make.at.date()))

    assert [document.uid for document in found] == [str(edition.item.uid)]
    assert "Bạn đã có giấy tờ chưa?" in found[0].text
    assert "Bạn cần xin cấp" in found[0].text
    assert [document.title for document in SEARCHABLE.by_words(make.db, "can cuoc", 5)] == ["Mất thẻ căn cước"]
    assert SEARCHABLE.shows(make.db, edition.item.path or "") is True

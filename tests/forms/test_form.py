"""The form as a whole: errors, kept values, rows without JavaScript, CSRF, languages, notes."""

from collections.abc import Callable
from typing import Any

import colander
import pytest
from bs4 import BeautifulSoup
from forms.browserless import controls_of
from forms.schemas import Everything
from forms.test_widgets import FULL
from pyramid.csrf import check_csrf_token
from pyramid.exceptions import BadCSRFToken

from portal.forms import Button, Form, Invalid, RowsChanged, Schema, Section
from portal.forms.dates import parse_date
from portal.forms.messages import VIETNAMESE
from portal.forms.rows import CONTROL
from portal.forms.widgets import Text
from portal.request import _


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def refused_by(request: Any, **typed: Any) -> BeautifulSoup:
    form = Form(Everything(), request=request)
    with pytest.raises(Invalid) as refused:
        form.validate(controls_of(form.render(FULL), **typed))
    assert refused.value.status == 422
    return parsed(refused.value.form.render())


def test_the_summary_links_each_error_to_a_control_in_the_order_of_the_page(request_vi: Any) -> None:
    page = refused_by(request_vi, **{"form-number": "", "form-recipients-1-name": " ", "form-issuer-name": ""})
    links = page.select(".govuk-error-summary__list a")
    assert [link.get_text(strip=True) for link in links] == [
        "Hãy nhập “Tên cơ quan”.",
        "Hãy nhập “Tên nơi nhận”.",
        "Hãy nhập “Số”.",
    ]
    assert all(page.find(id=str(link["href"])[1:]).name == "input" for link in links)


def test_everything_typed_is_kept_when_the_form_is_refused(request_vi: Any) -> None:
    page = refused_by(
        request_vi,
        **{"form-number": "", "form-summary": "mới <b>", "form-recipients-0-name": "Bộ Công an", "form-pages": "ba"},
    )
    assert page.select_one("#form-summary").get_text() == "mới <b>"
    assert page.select_one("#form-recipients-0-name")["value"] == "Bộ Công an"
    assert page.select_one("#form-pages")["value"] == "ba"
    assert page.select_one("#form-effect").has_attr("checked")
    assert [box["value"] for box in page.select("[name=fields][checked]")] == ["y-te", "giao-thong"]


def test_the_token_in_the_form_passes_pyramids_own_check(request_vi: Any) -> None:
    token = parsed(Form(Everything(), request=request_vi).render()).select_one("[name=csrf_token]")["value"]
    request_vi.method = "POST"
    request_vi.headers["X-CSRF-Token"] = token
    assert check_csrf_token(request_vi)
    request_vi.headers["X-CSRF-Token"] = "wrong"
    with pytest.raises(BadCSRFToken):
        check_csrf_token(request_vi)


def test_the_token_is_no_value_and_a_get_form_has_none(request_vi: Any) -> None:
    html = Form(Everything(), request=request_vi).render(FULL)
    assert "csrf_token" not in Form(Everything(), request=request_vi).validate(controls_of(html))
    assert "csrf_token" not in Form(Everything(), request=request_vi, method="get").render()


def press(request: Any, html: str, button: str) -> RowsChanged:
    with pytest.raises(RowsChanged) as changed:
        Form(Everything(), request=request).validate([*controls_of(html), (CONTROL, button)])
    assert changed.value.status == 200
    return changed.value


def names(page: BeautifulSoup) -> list[str]:
    shown = page.select("[data-portal-rows-list] [name=name]")
    return [str(name["value"]) for name in shown if not name.find_parent("template")]


@pytest.mark.parametrize(
    ("button", "left"),
    [
        ("add:recipients", ["Bộ Y tế", "UBND TP Hà Nội", ""]),
        ("remove:recipients.0", ["UBND TP Hà Nội"]),
        ("up:recipients.1", ["UBND TP Hà Nội", "Bộ Y tế"]),
        ("down:recipients.0", ["UBND TP Hà Nội", "Bộ Y tế"]),
        ("up:recipients.0", ["Bộ Y tế", "UBND TP Hà Nội"]),
        ("remove:recipients.9", ["Bộ Y tế", "UBND TP Hà Nội"]),
        ("add:nowhere", ["Bộ Y tế", "UBND TP Hà Nội"]),
    ],
)
def test_row_buttons_work_without_javascript(request_vi: Any, button: str, left: list[str]) -> None:
    html = Form(Everything(), request=request_vi).render(FULL)
    assert names(parsed(press(request_vi, html, button).form.render())) == left


def test_a_row_button_keeps_what_was_typed_and_accuses_nobody(request_vi: Any) -> None:
    form = Form(Everything(), request=request_vi)
    typed = {"form-number": "", "form-issued_on": "31/2/2014", "form-keywords-1": "vắc-xin"}
    controls = [*controls_of(form.render(FULL), **typed), (CONTROL, "add:keywords")]
    with pytest.raises(RowsChanged) as changed:
        form.validate(controls)
    page = parsed(changed.value.form.render())
    assert not page.select(".govuk-error-summary, .govuk-error-message")
    assert page.select_one("#form-issued_on")["value"] == "31/2/2014"
    assert page.select_one("#form-keywords-1")["value"] == "vắc-xin"
    assert page.select_one("#form-keywords-2").has_attr("autofocus")
    assert page.select_one("[role=status]").get_text() == "Đã thêm một dòng ở cuối."


def test_rows_added_one_after_the_other_stay_until_the_form_is_sent(request_vi: Any) -> None:
    html = Form(Everything(), request=request_vi).render(FULL)
    for _round in range(2):
        html = press(request_vi, html, "add:recipients").form.render()
    assert len(names(parsed(html))) == 4
    values = Form(Everything(), request=request_vi).validate(
        controls_of(html, **{"form-recipients-3-name": "Bộ Tài chính"})
    )
    assert [row["name"] for row in values["recipients"]] == ["Bộ Y tế", "UBND TP Hà Nội", "Bộ Tài chính"]


def test_no_more_rows_than_allowed_are_offered(request_vi: Any) -> None:
    page = parsed(Form(Everything(), request=request_vi).render({**FULL, "keywords": ["a", "b", "c"]}))
    assert page.select_one('[value="add:keywords"]').has_attr("hidden")


def test_enter_presses_the_first_button_of_the_form_and_no_row_button(request_vi: Any) -> None:
    page = parsed(Form(Everything(), request=request_vi, buttons=[Button("keep", "Giữ")]).render(FULL))
    assert page.select_one("button[type=submit]")["name"] == "keep"


def test_rows_in_rows(request_vi: Any) -> None:
    tasks = colander.SchemaNode(
        colander.Sequence(), colander.SchemaNode(colander.String(), name="task", title="Việc"), name="tasks", title="T"
    )
    group = colander.SchemaNode(colander.Mapping(), tasks, name="group", title="Nhóm")
    schema = Schema()
    schema.add(colander.SchemaNode(colander.Sequence(), group, name="groups", title="Các nhóm"))
    values = {"groups": [{"tasks": ["a", "b"]}, {"tasks": ["c"]}]}
    html = Form(schema, request=request_vi).render(values)
    assert Form(schema, request=request_vi).validate(controls_of(html)) == values
    with pytest.raises(RowsChanged) as changed:
        Form(schema, request=request_vi).validate([*controls_of(html), (CONTROL, "up:groups.0.tasks.1")])
    moved = Form(schema, request=request_vi).validate(controls_of(changed.value.form.render()))
    assert moved == {"groups": [{"tasks": ["b", "a"]}, {"tasks": ["c"]}]}


@pytest.mark.parametrize(
    "controls",
    [
        [("__start__", "a:mapping")],
        [("__start__", "nonsense")],
        [("__end__", "a:mapping"), ("__end__", "a:mapping")],
        [("number", ["x"])],
        [("issuer", "text")],
        [("recipients", "text"), ("fields", "zzz")],
    ],
)
def test_made_up_structures_are_refused_in_words(request_vi: Any, controls: list[Any]) -> None:
    form = Form(Everything(), request=request_vi)
    with pytest.raises(Invalid) as refused:
        form.validate(controls)
    assert refused.value.form.messages()
    assert "Pstruct" not in refused.value.form.render()


def test_a_refusal_of_the_service_stands_at_its_field_or_on_top(request_vi: Any) -> None:
    form = Form(Everything(), request=request_vi)
    form.validate(controls_of(form.render(FULL)))
    page = parsed(form.refuse(_("Số này đã có."), "number").form.render())
    assert page.select_one(".govuk-error-summary a")["href"] == "#form-number"
    assert "Số này đã có." in page.select_one("#form-number-error").get_text()
    form.refuse(_("Có người vừa lưu."))
    assert ("form", "Có người vừa lưu.") in form.messages()


def test_a_draft_takes_what_can_be_understood(request_vi: Any) -> None:
    form = Form(Everything(), request=request_vi)
    controls = controls_of(form.render(FULL), **{"form-number": "", "form-issued_on": "31/2/2014", "form-pages": "9"})
    values, refused = form.partial(controls)
    assert refused == ["issued_on"]
    assert "issued_on" not in values
    assert values["number"] is None
    assert values["pages"] == 9
    assert values["recipients"] == FULL["recipients"]


def test_a_note_marks_the_passage_and_the_doubt(request_vi: Any) -> None:
    form = Form(Everything(), request=request_vi)
    form.note("number", passage=(10, 13), doubt=_("Số bị mờ."))
    form.note("recipients.1.name", passage=(200, 214))
    form.note("effect", doubt=_("Chưa rõ."))
    page = parsed(form.render(FULL))
    number = page.select_one("#form-number")
    group = number.find_parent(attrs={"data-passage-start": "10", "data-passage-end": "13"})
    assert "Số bị mờ." in group.get_text()
    assert "Số bị mờ." in page.find(id=str(number["aria-describedby"])).get_text()
    assert page.select_one("#form-recipients-1-name").find_parent(attrs={"data-passage-start": "200"})
    effect = page.select_one("#form-effect").find_parent("fieldset")
    assert "Chưa rõ." in page.find(id=str(effect["aria-describedby"])).get_text()


def test_sections_group_fields_without_nesting_the_values(request_vi: Any) -> None:
    page = parsed(Form(Everything(), request=request_vi).render())
    number = page.select_one("#form-number").find_parent("fieldset")
    assert number.legend.get_text() == "Số và ngày"


def test_a_section_that_names_no_field_is_a_mistake_found_at_once(request_vi: Any) -> None:
    class Wrong(Schema):
        a = colander.SchemaNode(colander.String())
        sections = (Section("S", ("b",)),)

    with pytest.raises(KeyError):
        Form(Wrong(), request=request_vi).render()


def test_messages_of_the_libraries_are_vietnamese_and_under_en_english(request_in: Callable[..., Any]) -> None:
    schema = Schema()
    schema.add(
        colander.SchemaNode(colander.String(), name="mail", title="Mail", validator=colander.Email(), widget=Text())
    )
    told = {}
    for lang in ("vi", "en"):
        form = Form(schema, request=request_in(lang))
        with pytest.raises(Invalid):
            form.validate([("mail", "x")])
        told[lang] = form.messages()[0][1]
    assert told["vi"] == "Địa chỉ thư điện tử chưa đúng dạng, ví dụ ten@coquan.gov.vn."
    assert told["en"].isascii()


def test_every_message_of_colander_and_deform_has_our_words() -> None:
    from pathlib import Path

    import deform

    for package in (colander, deform):
        catalogue = Path(package.__file__).parent / "locale" / f"{package.__name__}.pot"
        text = catalogue.read_text(encoding="utf-8").replace('"\n"', "")
        msgids = [line[7:-1].replace('\\"', '"') for line in text.splitlines() if line.startswith('msgid "')]
        errors = [m for m in msgids if m and m not in UNUSED]
        assert [m for m in errors if m not in VIETNAMESE] == []


UNUSED = {
    "${value} is not a dictionary",
    "${value} has no ${key} key",
    "Fields did not match",
    "Value",
    "Confirm Value",
    "Password did not match confirm",
    "Add ${subitem_title}",
    "Password",
    "Confirm Password",
    "Year",
    "Month",
    "Day",
    "Date",
    "Time",
    "There was a problem with your submission",
    "Errors have been highlighted below",
    "There was a problem with this section",
    "language-code",
    "Reorder (via drag and drop)",
    "Remove",
    "True",
    "False",
    "Password not displayed.",
    "Yo ${subitem_title}",
    'relative name "${val}" irresolveable without package',
    '"${val}" has no __name__',
    'The dotted name "${name}" cannot be imported',
}
"""Messages of deform's own widgets and templates, which we do not use, and of Python names as values."""


def test_a_date_that_was_shown_is_read_as_the_same_date() -> None:
    from datetime import date, timedelta

    from portal.forms.dates import shown

    day = date(2023, 12, 25)
    for _step in range(400):
        assert parse_date(shown(day.isoformat())) == day
        day += timedelta(days=1)

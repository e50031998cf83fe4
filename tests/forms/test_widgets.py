"""Every widget: drawn with label and help, what is typed becomes the value, the value is shown again."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import colander
import pytest
from bs4 import BeautifulSoup
from forms.browserless import controls_of
from forms.schemas import Everything, Keywords

from portal.errors import PortalError
from portal.forms import Form, Invalid, NewFile, Schema
from portal.forms.uploads import FileValue
from portal.forms.widgets import Checkboxes, Radios, Rows, Select, Text, Upload
from portal.request import _

FULL: dict[str, Any] = {
    "version": 3,
    "number": "249",
    "issued_on": "2014-07-01",
    "effective_on": date(2014, 7, 15),
    "pages": 4,
    "urgency": "khan",
    "effect": "con",
    "fields": ["y-te", "giao-thong"],
    "minor": True,
    "summary": "Kết luận <của> & “Phó Thủ tướng”",
    "body": "<h2>Một</h2>\n<p>Hai</p>",
    "password": None,
    "issuer": {"name": "Văn phòng Chính phủ", "code": None},
    "recipients": [
        {"name": "Bộ Y tế", "purpose": "để b/c", "channel": "truc"},
        {"name": "UBND TP Hà Nội", "purpose": None, "channel": "giay"},
    ],
    "keywords": ["y tế", "thuốc"],
    "attachments": [{"sha256": "ab" * 32, "name": "a.pdf", "size": 12, "media_type": "application/pdf"}],
}


def form_of(schema: Any, request: Any, **options: Any) -> Form:
    return Form(schema, request=request, **options)


def one(node: Any) -> Schema:
    """A schema of a single field."""
    schema = Schema()
    schema.add(node)
    return schema


def sent(schema: Any, request: Any, html: str | None = None, **typed: Any) -> dict[str, Any]:
    shown = html or form_of(schema, request).render()
    return form_of(schema, request).validate(controls_of(shown, **typed))


def test_a_form_sent_back_untouched_gives_the_values_it_was_filled_with(request_vi: Any) -> None:
    html = form_of(Everything(), request_vi).render(FULL)
    assert form_of(Everything(), request_vi).validate(controls_of(html)) == FULL


def test_every_control_has_a_label_and_every_id_is_unique(request_vi: Any) -> None:
    page = BeautifulSoup(form_of(Everything(), request_vi).render(FULL), "html.parser")
    labelled = {label["for"] for label in page.select("label[for]")}
    controls = page.select("input:not([type=hidden]), textarea, select")
    assert {control["id"] for control in controls} <= labelled
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_help_and_errors_are_tied_to_their_control(request_vi: Any) -> None:
    form = form_of(Everything(), request_vi)
    with pytest.raises(Invalid) as refused:
        form.validate(controls_of(form.render()))
    page = BeautifulSoup(refused.value.form.render(), "html.parser")
    number = page.select_one("#form-number")
    assert number is not None
    assert number["aria-describedby"] == "form-number-hint form-number-error"
    assert number["aria-invalid"] == "true"
    for element in page.select("[aria-describedby]"):
        assert all(page.find(id=target) for target in str(element["aria-describedby"]).split())


def test_optional_fields_say_so_and_required_ones_do_not(request_vi: Any) -> None:
    page = BeautifulSoup(form_of(Everything(), request_vi).render(), "html.parser")
    texts = {label["for"]: label.get_text(strip=True) for label in page.select("label[for]")}
    assert texts["form-number"] == "Số"
    assert texts["form-issued_on"] == "Ngày ban hành (không bắt buộc)"


def test_nothing_inline_in_any_output(request_vi: Any) -> None:
    form = form_of(Everything(), request_vi)
    with pytest.raises(Invalid) as refused:
        form.validate(controls_of(form.render(FULL), **{"form-number": "", "form-issued_on": "x"}))
    for html in (form_of(Everything(), request_vi).render(FULL), refused.value.form.render()):
        page = BeautifulSoup(html, "html.parser")
        assert not page.select("script, style, link, [style]")
        attributes = {name for element in page.find_all(True) for name in element.attrs}
        assert not {name for name in attributes if name.startswith("on")}


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("1/7/2014", "2014-07-01"),
        ("01/07/2014", "2014-07-01"),
        ("1-7-2014", "2014-07-01"),
        ("01.07.2014", "2014-07-01"),
        (" 01 / 7 / 2014 ", "2014-07-01"),
        ("ngày 01 tháng 7 năm 2014", "2014-07-01"),
        ("2014-07-01", "2014-07-01"),
        ("29/2/2024", "2024-02-29"),
        ("", None),
    ],
)
def test_a_date_is_read_as_officials_write_it(request_vi: Any, typed: str, iso: str | None) -> None:
    html = form_of(Everything(), request_vi).render(FULL)
    assert sent(Everything(), request_vi, html, **{"form-issued_on": typed})["issued_on"] == iso


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("31/2/2014", "Tháng 2 năm 2014 không có ngày 31. Tháng này có 28 ngày."),
        ("1/13/2014", "Không có tháng 13."),
        ("1/7/14", "Năm phải viết đủ bốn chữ số"),
        ("hôm nay", "“hôm nay” không phải là ngày."),
        ("0/7/2014", "không có ngày 0"),
        ("1/1/0000", "Năm phải là số lớn hơn 0"),
    ],
)
def test_an_impossible_date_is_explained_and_kept(request_vi: Any, typed: str, told: str) -> None:
    form = form_of(Everything(), request_vi)
    with pytest.raises(Invalid) as refused:
        form.validate(controls_of(form.render(FULL), **{"form-issued_on": typed}))
    page = BeautifulSoup(refused.value.form.render(), "html.parser")
    assert told in page.select_one("#form-issued_on-error").get_text()
    assert page.select_one("#form-issued_on")["value"] == typed
    assert page.select_one(".govuk-error-summary a")["href"] == "#form-issued_on"


def test_dates_are_shown_as_the_decree_writes_them(request_vi: Any) -> None:
    page = BeautifulSoup(form_of(Everything(), request_vi).render(FULL), "html.parser")
    assert page.select_one("#form-issued_on")["value"] == "01/7/2014"
    february = form_of(Everything(), request_vi).render({**FULL, "issued_on": "2014-02-10"})
    assert 'value="10/02/2014"' in february


def test_text_is_composed_and_trimmed(request_vi: Any) -> None:
    html = form_of(Everything(), request_vi).render(FULL)
    assert sent(Everything(), request_vi, html, **{"form-number": "  Tiê\u0301ng "})["number"] == "Tiếng"


def test_a_number_takes_a_decimal_comma_and_refuses_words(request_vi: Any) -> None:
    schema = one(colander.SchemaNode(colander.Decimal(), name="fee", title=_("Phí")))
    assert str(sent(schema, request_vi, **{"form-fee": "12,5"})["fee"]) == "12.5"
    with pytest.raises(Invalid) as refused:
        sent(schema, request_vi, **{"form-fee": "mười"})
    assert refused.value.form.messages() == [("form-fee", "“mười” không phải là số.")]


@pytest.mark.parametrize("widget", [Select, Radios])
def test_a_value_outside_the_list_is_refused(request_vi: Any, widget: Callable[..., Any]) -> None:
    schema = one(colander.SchemaNode(colander.String(), name="level", title=_("Mức"), widget=widget((("a", "A"),))))
    for value in ("b", ["a"]):
        with pytest.raises(Invalid):
            form_of(schema, request_vi).validate([("level", value)])
    assert form_of(schema, request_vi).validate([("level", "a")]) == {"level": "a"}


def test_checkboxes_work_as_a_set_too(request_vi: Any) -> None:
    schema = one(
        colander.SchemaNode(colander.Set(), name="f", title=_("F"), widget=Checkboxes((("a", "A"), ("b", "B"))))
    )
    html = form_of(schema, request_vi).render({"f": {"b"}})
    assert form_of(schema, request_vi).validate(controls_of(html)) == {"f": {"b"}}
    with pytest.raises(Invalid):
        form_of(schema, request_vi).validate([("__start__", "f:sequence"), ("f", "z"), ("__end__", "f:sequence")])


def test_a_password_is_never_shown_back(request_vi: Any) -> None:
    form = form_of(Everything(), request_vi)
    with pytest.raises(Invalid) as refused:
        form.validate(controls_of(form.render(), **{"form-password": "bí mật 123"}))
    assert "bí mật" not in refused.value.form.render()


def test_suggestions_are_offered_not_demanded(request_vi: Any) -> None:
    schema = one(
        colander.SchemaNode(colander.String(), name="place", title=_("Nơi"), widget=Text(suggestions=["Hà Nội", "Huế"]))
    )
    html = form_of(schema, request_vi).render()
    page = BeautifulSoup(html, "html.parser")
    assert page.select_one("#form-place")["list"] == page.select_one("datalist")["id"]
    assert sent(schema, request_vi, html, **{"form-place": "Cần Thơ"}) == {"place": "Cần Thơ"}


def test_a_leading_line_end_of_a_textarea_survives_html(request_vi: Any) -> None:
    html = form_of(Everything(), request_vi).render({**FULL, "body": "\nmột"})
    assert ">\n\nmột</textarea>" in html


def test_the_rich_text_works_as_plain_html_without_javascript(request_vi: Any) -> None:
    area = BeautifulSoup(form_of(Everything(), request_vi).render(FULL), "html.parser").select_one("#form-body")
    assert area.name == "textarea"
    assert area.get_text() == "<h2>Một</h2>\n<p>Hai</p>"
    assert "Thanh công cụ" in area["data-editor-labels"]


def upload(name: str, body: bytes = b"%PDF-1.7") -> Any:
    return SimpleNamespace(file=BytesIO(body), filename=name, type="application/pdf")


def test_a_file_sent_once_survives_a_refusal_and_can_be_removed(request_vi: Any) -> None:
    stored: list[str] = []

    def store(stream: Any, name: str) -> Any:
        stored.append(name)
        return {"sha256": "cd" * 32, "name": name, "size": len(stream.read()), "media_type": "application/pdf"}

    form = form_of(Everything(), request_vi, uploads=store)
    first = controls_of(form.render({**FULL, "attachments": []}), **{"form-number": ""})
    with pytest.raises(Invalid) as refused:
        form.validate([(n, upload("C:\\tệp\\b.pdf") if n == "upload" else v) for n, v in first])
    again = refused.value.form.render()
    assert "b.pdf" in again
    values = form_of(Everything(), request_vi).validate(controls_of(again, **{"form-number": "1"}))
    assert [file["name"] for file in values["attachments"]] == ["b.pdf"]
    assert stored == ["b.pdf"]
    removed = controls_of(again, **{"form-number": "1", "form-attachments-remove-1": True})
    assert form_of(Everything(), request_vi).validate(removed)["attachments"] == ()


def test_a_file_beside_something_refused_is_whole_in_what_is_kept(request_vi: Any) -> None:
    def store(stream: Any, name: str) -> Any:
        return {"sha256": "cd" * 32, "name": name, "size": len(stream.read()), "media_type": "application/pdf"}

    schema = Schema()
    schema.add(colander.SchemaNode(FileValue(), name="paper", title=_("Văn bản"), widget=Upload()))
    schema.add(colander.SchemaNode(colander.String(), name="why", title=_("Lý do")))
    file = [("__start__", "paper:mapping"), ("upload", upload("a.pdf")), ("__end__", "paper:mapping")]
    values, refused = form_of(schema, request_vi, uploads=store).partial([*file, ("why", "")])
    assert (values["paper"]["size"], refused) == (len(b"%PDF-1.7"), [])


def test_a_reference_to_a_file_that_was_not_sealed_here_is_dropped(request_vi: Any) -> None:
    html = form_of(Everything(), request_vi).render(FULL)
    controls = [(n, v.replace("e", "f", 1) if n == "sealed" else v) for n, v in controls_of(html)]
    assert form_of(Everything(), request_vi).validate(controls)["attachments"] == ()


def test_another_persons_seal_is_not_accepted(request_vi: Any) -> None:
    request_vi.environ["test.identity"] = SimpleNamespace(person=SimpleNamespace(uid="một"))
    html = form_of(Everything(), request_vi).render(FULL)
    request_vi.environ["test.identity"] = SimpleNamespace(person=SimpleNamespace(uid="hai"))
    assert form_of(Everything(), request_vi).validate(controls_of(html))["attachments"] == ()


def test_a_refused_file_says_why_at_its_field(request_vi: Any) -> None:
    def store(stream: Any, name: str) -> Any:
        raise PortalError(_("Tệp này là chương trình chạy được."))

    schema = one(colander.SchemaNode(FileValue(), name="paper", title=_("Văn bản")))
    with pytest.raises(Invalid) as refused:
        form_of(schema, request_vi, uploads=store).validate(
            [("__start__", "paper:mapping"), ("upload", upload("a.exe")), ("__end__", "paper:mapping")]
        )
    assert refused.value.form.messages() == [("form-paper", "Tệp này là chương trình chạy được.")]


def test_without_a_store_the_stream_is_handed_over_and_must_be_chosen_again_after_a_refusal(request_vi: Any) -> None:
    schema = Schema()
    schema.add(colander.SchemaNode(FileValue(), name="paper", title=_("Văn bản"), widget=Upload()))
    schema.add(colander.SchemaNode(colander.String(), name="why", title=_("Lý do")))
    file = [("__start__", "paper:mapping"), ("upload", upload("a.pdf")), ("__end__", "paper:mapping")]
    values = form_of(schema, request_vi).validate([*file, ("why", "x")])
    assert isinstance(values["paper"], NewFile)
    assert values["paper"].stream.read() == b"%PDF-1.7"
    with pytest.raises(Invalid) as refused:
        form_of(schema, request_vi).validate([*file, ("why", "")])
    assert "Tệp “a.pdf” chưa được giữ lại." in refused.value.form.render()


def test_a_missing_file_is_asked_for(request_vi: Any) -> None:
    schema = one(colander.SchemaNode(FileValue(), name="paper", title=_("Văn bản")))
    with pytest.raises(Invalid) as refused:
        sent(schema, request_vi)
    assert refused.value.form.messages() == [("form-paper", "Hãy chọn tệp cho “Văn bản”.")]


def test_a_list_that_needs_a_row_asks_for_it(request_vi: Any) -> None:
    schema = one(Keywords(name="keywords", title=_("Từ khóa"), widget=Rows(least=1)))
    with pytest.raises(Invalid) as refused:
        sent(schema, request_vi)
    assert refused.value.form.messages()[0] == ("form-keywords", "Hãy nhập “Từ khóa”.")
    assert 'id="form-keywords-0"' in refused.value.form.render()

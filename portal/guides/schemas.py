"""The editor's forms of a guide. Every field may stay empty in a draft: publication checks what it needs."""

from collections.abc import Sequence
from typing import Any, ClassVar

import colander

from portal.forms import Schema, Section, widgets
from portal.guides.data import LARGEST, Answer, Span
from portal.request import _

ANSWERS = (
    (Answer.CHOICE.value, _("Chọn một trong các câu trả lời")),
    (Answer.NUMBER.value, _("Nhập một số, ví dụ tuổi hoặc số người")),
    (Answer.DATE.value, _("Nhập một ngày đã qua, ví dụ ngày sinh")),
)
SPANS = (
    (Span.YEARS.value, _("năm tròn (tuổi)")),
    (Span.MONTHS.value, _("tháng")),
    (Span.DAYS.value, _("ngày")),
)


def text(title: str, *, longest: int = 300, **more: Any) -> colander.SchemaNode:
    """An optional text."""
    widget = more.pop("widget", None) or widgets.Text()
    return colander.SchemaNode(
        colander.String(), title=title, missing=None, validator=colander.Length(max=longest), widget=widget, **more
    )


def english(title: str, *, longest: int = 300, rows: int = 0) -> colander.SchemaNode:
    """An optional text in English."""
    widget = widgets.TextArea(rows=rows, lang="en") if rows else widgets.Text(lang="en")
    return text(title, longest=longest, widget=widget)


def hidden() -> colander.SchemaNode:
    """A value that the page carries along."""
    return colander.SchemaNode(colander.String(), missing=None, widget=widgets.Hidden())


@colander.deferred
def _units(node: Any, bound: dict[str, Any]) -> Any:
    return widgets.Select(bound["units"], blank=None)


@colander.deferred
def _questions(node: Any, bound: dict[str, Any]) -> Any:
    return widgets.Select(bound["questions"], blank=_("Chưa chọn"))


@colander.deferred
def _targets(node: Any, bound: dict[str, Any]) -> Any:
    return widgets.Select(bound["targets"], blank=_("Chưa chọn"))


class NewGuideSchema(Schema):
    """How a guide begins."""

    unit = colander.SchemaNode(colander.String(), title=_("Đơn vị soạn"), widget=_units)
    title = colander.SchemaNode(
        colander.String(),
        title=_("Tên hướng dẫn"),
        description=_("Viết như người dân hỏi, ví dụ: Tôi sinh con, cần làm những thủ tục gì?"),
        validator=colander.Length(max=200),
    )


class GuideSchema(Schema):
    """What concerns a guide as a whole."""

    marks_optional = False

    place = hidden()
    title = text(_("Tên hướng dẫn"), longest=200)
    summary = text(
        _("Tóm tắt"),
        longest=1000,
        description=_("Một, hai câu: hướng dẫn này giúp ai, biết được điều gì."),
        widget=widgets.TextArea(rows=3),
    )
    start = text(_("Câu hỏi bắt đầu"), widget=_questions)
    title_en = english(_("Tên bằng tiếng Anh"), longest=200)
    summary_en = english(_("Tóm tắt bằng tiếng Anh"), longest=1000, rows=3)


class ChoiceRow(Schema):
    """An answer of a question."""

    id = hidden()
    label = text(_("Câu trả lời"), longest=200)
    hint = text(_("Giải thích thêm"))
    target = text(_("Dẫn tới"), widget=_targets)
    label_en = english(_("Câu trả lời bằng tiếng Anh"), longest=200)
    hint_en = english(_("Giải thích bằng tiếng Anh"))


class BoundedChoiceRow(Schema):
    """An answer that a number or a span of time falls under."""

    id = hidden()
    label = text(_("Câu trả lời"), longest=200, description=_("Ví dụ: Dưới 16 tuổi"))
    below = colander.SchemaNode(
        colander.Integer(),
        title=_("Khi nhỏ hơn"),
        description=_("Mốc tăng dần từ trên xuống; câu cuối cùng để trống, nghĩa là mọi trường hợp còn lại."),
        missing=None,
        validator=colander.Range(min=0, max=LARGEST),
    )
    target = text(_("Dẫn tới"), widget=_targets)
    label_en = english(_("Câu trả lời bằng tiếng Anh"), longest=200)


class Choices(colander.SequenceSchema):
    """The answers of a question."""

    row = ChoiceRow(title=_("Câu trả lời"))


class BoundedChoices(colander.SequenceSchema):
    """The answers of a question of number or date."""

    row = BoundedChoiceRow(title=_("Câu trả lời"))


class QuestionSchema(Schema):
    """A question that is answered by choosing."""

    marks_optional = False
    sections: ClassVar[Sequence[Section]] = (
        Section(_("Câu hỏi"), ("title", "help", "answer")),
        Section(_("Các câu trả lời"), ("choices",)),
        Section(_("Tiếng Anh"), ("title_en", "help_en")),
    )

    place = hidden()
    title = text(_("Câu hỏi"), description=_("Ngắn, dễ hiểu, chỉ hỏi một điều."))
    help = text(
        _("Giải thích cho người trả lời"), longest=1000, description=_("Khi câu hỏi có từ khó hoặc cần xem giấy tờ."),
        widget=widgets.TextArea(rows=2),
    )  # fmt: skip
    answer = colander.SchemaNode(
        colander.String(), title=_("Cách trả lời"), missing=Answer.CHOICE.value, widget=widgets.Radios(ANSWERS)
    )
    choices = Choices(title=_("Các câu trả lời"), missing=(), widget=widgets.Rows(most=20))
    title_en = english(_("Câu hỏi bằng tiếng Anh"))
    help_en = english(_("Giải thích bằng tiếng Anh"), longest=1000, rows=2)


class NumberSchema(QuestionSchema):
    """A question that is answered with a number."""

    sections: ClassVar[Sequence[Section]] = (
        Section(_("Câu hỏi"), ("title", "help", "answer", "suffix")),
        Section(_("Các câu trả lời"), ("choices",)),
        Section(_("Tiếng Anh"), ("title_en", "help_en", "suffix_en")),
    )

    suffix = text(
        _("Đơn vị viết sau ô nhập"), longest=40, description=_("Ví dụ: tuổi, người, triệu đồng"),
        widget=widgets.Text(classes="govuk-input--width-10"),
    )  # fmt: skip
    choices = BoundedChoices(title=_("Các câu trả lời"), missing=(), widget=widgets.Rows(most=20))
    suffix_en = english(_("Đơn vị bằng tiếng Anh"), longest=40)


class DateSchema(QuestionSchema):
    """A question that is answered with a day in the past."""

    sections: ClassVar[Sequence[Section]] = (
        Section(_("Câu hỏi"), ("title", "help", "answer", "span")),
        *NumberSchema.sections[1:2],
        Section(_("Tiếng Anh"), ("title_en", "help_en")),
    )

    span = colander.SchemaNode(
        colander.String(),
        title=_("Từ ngày ấy đến hôm nay tính theo"),
        missing=Span.YEARS.value,
        widget=widgets.Select(SPANS, blank=None),
    )
    choices = BoundedChoices(title=_("Các câu trả lời"), missing=(), widget=widgets.Rows(most=20))


QUESTIONS = {Answer.CHOICE: QuestionSchema, Answer.NUMBER: NumberSchema, Answer.DATE: DateSchema}

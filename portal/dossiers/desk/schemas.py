"""The forms of the acts on a dossier. Each carries the version that its page showed (invariant 8)."""

from collections.abc import Callable, Sequence
from typing import Any

import colander
from translationstring import TranslationString

from portal.catalogue.data import Channel
from portal.catalogue.labels import CHANNELS, UNITS
from portal.dossiers.events import LONGEST_LINE, LONGEST_WORDS
from portal.dossiers.states import Outcome
from portal.forms import IsoDate, Schema, widgets
from portal.forms.uploads import FileValue
from portal.request import Request, _

Choices = Sequence[tuple[str, Any]]
MOST_FILES = 20


class ActSchema(Schema):
    """What every act sends."""

    version = colander.SchemaNode(colander.Integer(), widget=widgets.Hidden(), missing=-1)


def plain(*_given: Any) -> ActSchema:
    """Nothing to fill in: a confirmation."""
    return ActSchema()


def with_fields(*makers: Callable[[], Any]) -> Callable[..., ActSchema]:
    """A schema of these fields."""

    def made(*_given: Any) -> ActSchema:
        schema = ActSchema()
        for maker in makers:
            schema.add(maker())
        return schema

    return made


def words(name: str, title: TranslationString, hint: TranslationString | None = None, *, needed: bool = True) -> Any:
    """Several lines that the applicant gets in writing, or colleagues read."""
    return lambda: colander.SchemaNode(
        colander.String(),
        name=name,
        title=title,
        description=hint,
        validator=colander.Length(max=LONGEST_WORDS),
        widget=widgets.TextArea(rows=6),
        **({} if needed else {"missing": ""}),
    )


def line(
    name: str,
    title: TranslationString,
    hint: TranslationString | None = None,
    *,
    needed: bool = True,
    longest: int = LONGEST_LINE,
) -> Any:
    """One line."""
    return lambda: colander.SchemaNode(
        colander.String(),
        name=name,
        title=title,
        description=hint,
        validator=colander.Length(max=longest),
        **({} if needed else {"missing": None}),
    )


def day(name: str, title: TranslationString, hint: TranslationString | None = None, *, needed: bool = True) -> Any:
    """A date; comes as ISO text."""
    more = {} if needed else {"missing": None}
    return lambda: colander.SchemaNode(IsoDate(), name=name, title=title, description=hint, **more)


def amount(name: str, title: TranslationString, hint: TranslationString | None = None, *, needed: bool = True) -> Any:
    """A whole number, from 1."""
    more = {} if needed else {"missing": None}
    within = colander.Range(min=1, max=10**12)
    number = {"title": title, "description": hint, "validator": within, **more}
    return lambda: colander.SchemaNode(colander.Integer(), name=name, **number)


def choice(
    name: str, title: TranslationString, values: Choices, *, hint: Any = None, radios: bool = True, needed: bool = True
) -> Any:
    """One of a few."""
    widget = widgets.Radios(values) if radios else widgets.Select(values)
    return lambda: colander.SchemaNode(
        colander.String(),
        name=name,
        title=title,
        description=hint,
        validator=colander.OneOf([value for value, _label in values]),
        widget=widget,
        **({} if needed else {"missing": None}),
    )


def tick(name: str, title: TranslationString, *, default: bool = False) -> Any:
    """A box to tick."""
    return lambda: colander.SchemaNode(colander.Boolean(), name=name, title=title, missing=False, default=default)


def files(name: str, title: TranslationString, hint: TranslationString | None = None) -> Any:
    """Files, stored as they come."""
    return lambda: colander.SchemaNode(
        FileValue(), name=name, title=title, description=hint, missing=[], widget=widgets.Uploads(drop=True)
    )


_GETS_IT = _("Người nộp hồ sơ sẽ nhận được nội dung này bằng văn bản.")
CHANNEL_CHOICES = [(channel.value, CHANNELS[channel]) for channel in Channel]

RECEIVE = with_fields(
    amount("limit_amount", _("Thời hạn giải quyết"), _("Chỉ ghi khi thời hạn khác quy định."), needed=False),
    choice("limit_unit", _("Đơn vị của thời hạn"), [(unit.value, label) for unit, label in UNITS.items()],
           radios=False, needed=False),
)  # fmt: skip
REFUSE = with_fields(words("why", _("Lý do từ chối tiếp nhận"), _GETS_IT))
ASK_SUPPLEMENT = with_fields(
    words("what", _("Giấy tờ, nội dung cần bổ sung và lý do"), _GETS_IT),
    day("until", _("Đề nghị bổ sung trước hết ngày"), _("Ví dụ: 25/12/2026"), needed=False),
)
GIVE_SUPPLEMENT = with_fields(
    words("received", _("Đã nhận những gì"), _("Ghi các giấy tờ nhận tại quầy."), needed=False),
    files("files", _("Bản quét giấy tờ nhận được")),
)
_FEE = (
    amount("amount", _("Số tiền (đồng)"), _("Chỉ ghi chữ số, ví dụ 50000")),
    words("words", _("Khoản phải nộp và cách nộp"), _GETS_IT, needed=False),
)
ASK_FEE = with_fields(*_FEE, tick("waits", _("Dừng tính thời gian giải quyết cho đến khi nộp"), default=True))
ASK_FEE_BESIDE = with_fields(*_FEE)
"""Where nothing can begin to wait: the dossier waits already, or it is decided."""
NOTE_PAYMENT = with_fields(
    amount("amount", _("Số tiền đã nộp (đồng)"), _("Chỉ ghi chữ số, ví dụ 50000")),
    line("reference", _("Số biên lai hoặc mã giao dịch")),
)
WITHDRAW = with_fields(words("why", _("Lý do rút hồ sơ"), needed=False))
STOP = with_fields(
    words("why", _("Lý do dừng giải quyết"), _GETS_IT),
    line("basis", _("Căn cứ pháp lý"), _("Ví dụ: khoản 2 Điều 10 Nghị định …"), needed=False),
)
DECIDE = with_fields(
    choice("outcome", _("Kết quả giải quyết"),
           [(Outcome.GRANTED.value, _("Đồng ý, cấp kết quả")), (Outcome.DENIED.value, _("Không đồng ý"))]),
    line("number", _("Số của văn bản kết quả"), _("Ví dụ: 12/GP-SXD"), needed=False),
    day("signed_on", _("Ngày ký"), _("Ví dụ: 25/12/2026"), needed=False),
    words("words", _("Nội dung gửi người nộp hồ sơ"), _("Bắt buộc khi không đồng ý: ghi rõ lý do."), needed=False),
    files("files", _("Tệp kết quả")),
)  # fmt: skip
ANNOUNCE = with_fields(line("place", _("Nơi nhận kết quả"), _("Để trống nếu nhận tại nơi đã nộp hồ sơ."), needed=False))
RETURN = with_fields(choice("channel", _("Cách trả kết quả"), CHANNEL_CHOICES))
APOLOGISE = with_fields(
    words("why", _("Lý do chậm"), _GETS_IT), day("due_on", _("Ngày hẹn trả mới"), _("Phải là ngày làm việc."))
)
EXTEND = with_fields(
    words("why", _("Lý do gia hạn"), _GETS_IT),
    line("basis", _("Căn cứ pháp lý"), _("Quy định cho phép gia hạn.")),
    day("due_on", _("Ngày hẹn trả mới"), _("Phải là ngày làm việc.")),
)
NOTE = with_fields(words("words", _("Ghi chú nội bộ"), _("Người nộp hồ sơ không thấy ghi chú này.")))
CORRECT = with_fields(
    line("name", _("Họ và tên hoặc tên tổ chức"), needed=False, longest=200),
    line("id_number", _("Số định danh hoặc mã số thuế"), needed=False, longest=30),
    line("phone", _("Số điện thoại"), needed=False, longest=30),
    line("email", _("Thư điện tử"), needed=False, longest=254),
    line("address", _("Địa chỉ"), needed=False),
    choice("language", _("Ngôn ngữ của thư báo"), [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]),
    words("why", _("Lý do sửa"), _("Nhật ký ghi mục nào được sửa và lý do, không ghi nội dung.")),
)
PURPOSE = with_fields(line("purpose", _("Mục đích"), _("Ví dụ: trả lời yêu cầu của người nộp hồ sơ."), longest=500))
ERASE = with_fields(tick("sure", _("Tôi hiểu rằng dữ liệu đã xóa không khôi phục được")))


def assign(request: Request, people: Choices) -> ActSchema:
    """To whom a dossier is given."""
    made: ActSchema = with_fields(choice("person", _("Cán bộ xử lý"), people, radios=len(people) <= 8))()
    return made


def transfer(request: Request, agencies: Choices) -> ActSchema:
    """To which agency a dossier goes."""
    made: ActSchema = with_fields(
        choice("agency", _("Cơ quan giải quyết"), agencies, radios=False, needed=False),
        line("code", _("Hoặc mã định danh của cơ quan khác"), _("Ví dụ: H17.05"), needed=False, longest=40),
    )()
    return made

"""The form of a reader."""

import colander

from portal.feedback.models import Rating
from portal.feedback.service import LONGEST
from portal.forms import Schema, widgets
from portal.request import _

RATINGS = {
    Rating.VERY_SATISFIED: _("Rất hài lòng"),
    Rating.SATISFIED: _("Hài lòng"),
    Rating.NOT_SATISFIED: _("Chưa hài lòng"),
}


class FeedbackSchema(Schema):
    """Three levels, and optional words."""

    rating = colander.SchemaNode(
        colander.String(),
        title=_("Thông tin trên trang có ích cho bạn không?"),
        validator=colander.OneOf([rating.value for rating in Rating]),
        widget=widgets.Radios([(rating.value, label) for rating, label in RATINGS.items()]),
    )
    words = colander.SchemaNode(
        colander.String(),
        title=_("Bạn muốn nói thêm điều gì? (không bắt buộc)"),
        description=_("Không ghi họ tên, số điện thoại, số giấy tờ hay chuyện riêng. Ý kiến ở đây không được trả lời."),
        validator=colander.Length(max=LONGEST),
        missing="",
        widget=widgets.TextArea(rows=4),
    )

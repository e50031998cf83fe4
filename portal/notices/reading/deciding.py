"""Which type it is, when heading and number agree or contradict."""

from portal.notices import types
from portal.notices.reading.found import Found
from portal.notices.reading.head import Head
from portal.notices.reading.naming import Naming
from portal.notices.reading.source import Source
from portal.request import _
from portal.text import DocumentNumber


def decided_type(source: Source, head: Head, naming: Naming) -> Found[str] | None:
    """The type's slug. The heading decides, the number confirms; letters are known by their address."""
    told = types.by_notation(head.number) if head.number else None
    if naming.is_letter:
        at = head.number_at or (naming.end, naming.end + len("Kính gửi"))
        return source.found("cong-van", *at)
    if naming.type_at and naming.type is None:
        return None
    if naming.type is None or naming.type_at is None:
        return _from_number(source, head, told)
    if told is not None and told.slug == "van-ban-hop-nhat" and head.number_at:
        return source.found(told.slug, *head.number_at)
    agreed = told is None or _agree(naming.type, told, head.number)
    confirmed = told is not None and agreed
    doubt = "" if agreed else _("Tên loại và ký hiệu không khớp nhau; cần kiểm tra.")
    return source.found(naming.type.slug, *naming.type_at, doubt, confirmed=confirmed)


def _from_number(source: Source, head: Head, told: types.NoticeType | None) -> Found[str] | None:
    if told is None or head.number_at is None:
        return None
    return source.found(told.slug, *head.number_at, _("Loại văn bản chỉ suy từ ký hiệu."))


def _agree(named: types.NoticeType, told: types.NoticeType, number: DocumentNumber | None) -> bool:
    """The Party writes QĐ for Quy định too, and its numbers join with a hyphen."""
    if number is not None and number.joint == "-":
        return True
    if number is not None and named.abbreviation in number.segments:
        return True
    return named == told

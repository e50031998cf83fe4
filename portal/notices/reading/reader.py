"""The whole reading: header, naming, content, foot, and what each leaves in doubt."""

import re
from datetime import date

from portal.notices.reading.content import addressees, effective_on, legal_bases, meeting_on
from portal.notices.reading.deciding import decided_type
from portal.notices.reading.foot import Foot, read_foot
from portal.notices.reading.found import Found, Reading, Span
from portal.notices.reading.head import Head, read_head
from portal.notices.reading.hints import Hint, read_hint
from portal.notices.reading.issuing import Resolve, read_issuers
from portal.notices.reading.naming import Naming, read_naming
from portal.notices.reading.relating import relations
from portal.notices.reading.source import Source, one_line
from portal.request import _
from portal.text import fold

_URGENCY = {"hoa toc": "hoa-toc", "thuong khan": "thuong-khan", "khan": "khan"}
_SECRECY = {"tuyet mat": "tuyet-mat", "toi mat": "toi-mat", "mat": "mat"}


def read(text: str, *, resolve: Resolve | None = None) -> Reading:
    """What a paper says about itself, each value with its passage; nothing is invented (A3-4, A3-5, A3-8).

    `resolve` looks an agency up by name; without it issuers keep their name only. Offsets are those of `text`.
    """
    source = Source(text)
    head = read_head(source.plain)
    naming = read_naming(source.plain, head)
    foot = read_foot(source, naming.end)
    return _Assembly(source, head, naming, foot, resolve).reading()


class _Assembly:
    def __init__(self, source: Source, head: Head, naming: Naming, foot: Foot, resolve: Resolve | None) -> None:
        self.source, self.head, self.naming, self.foot, self.resolve = source, head, naming, foot, resolve

    def reading(self) -> Reading:
        source, naming, foot = self.source, self.naming, self.foot
        hint = read_hint(source, naming.type, foot.end) if self.head.number_at is None else None
        number, notation = self._number(hint)
        issued_on = self._issued_on(hint)
        type_ = decided_type(source, self.head, naming) or (hint.type if hint else None)
        until = naming.type_at[0] if naming.type_at else naming.end
        issuers = read_issuers(source, self.head, until, self.resolve)
        bases = tuple(legal_bases(source, naming.end, foot.start))
        title = self._title()
        body = source.span(naming.end, foot.start)
        own = self.head.number.text if self.head.number else ""
        effect = effective_on(source, naming.end, foot.start, type_=naming.type, issued_on=issued_on)
        found = Reading(
            number=number,
            notation=notation,
            type=type_,
            issuer=issuers[0] if issuers else None,
            joint_issuers=tuple(issuers[1:]),
            place=self._place(),
            issued_on=issued_on,
            meeting_on=meeting_on(source, naming.end, title=title.value if title else ""),
            effective_on=effect,
            title=title,
            signer=foot.signer,
            urgency=self._mark(self.head.urgency, _URGENCY),
            secrecy=self._mark(self.head.secrecy, _SECRECY),
            addressees=tuple(addressees(source, naming.end)),
            legal_bases=bases,
            recipients=foot.recipients,
            archive_line=foot.archive_line,
            relations=tuple(
                relations(source, title_at=naming.title_at, bases=bases, closing=(naming.end, foot.start), own=own)
            ),
            body=body,
            annexes=self._annexes(),
        )
        found.doubts.update(_doubts(found))
        return found

    def _number(self, hint: Hint | None) -> tuple[Found[str] | None, Found[str] | None]:
        number, at = self.head.number, self.head.number_at
        if hint is not None:
            return hint.number, hint.notation
        if number is None or at is None:
            return None, None
        notation = self.source.found(number.notation, *at)
        return (self.source.found(number.number, *at) if number.number else None), notation

    def _issued_on(self, hint: Hint | None) -> Found[date] | None:
        head = self.head
        if hint is not None and not head.issued_on:
            return hint.issued_on
        return self.source.found(head.issued_on, *head.date_at) if head.issued_on and head.date_at else None

    def _place(self) -> Found[str] | None:
        head = self.head
        if head.place is None or head.place_at is None:
            return None
        before = self.source.plain[head.number_at[1] : head.place_at[0]] if head.number_at else ""
        runs_on = before.strip() and "\n" not in before and "\t" not in before
        doubt = _("Địa danh đứng liền sau chữ khác; cần kiểm tra.") if runs_on else ""
        return self.source.found(one_line(head.place), *head.place_at, doubt)

    def _title(self) -> Found[str] | None:
        at = self.naming.title_at
        return self.source.found(one_line(self.source.plain[slice(*at)]), *at) if at else None

    def _mark(self, found: re.Match[str] | None, slugs: dict[str, str]) -> Found[str] | None:
        return self.source.found(slugs[fold(found[1])], *found.span(1)) if found else None

    def _annexes(self) -> tuple[Span, ...]:
        span = self.source.span(self.foot.end, len(self.source.plain))
        return (span,) if span.start < span.end else ()


def _doubts(found: Reading) -> dict[str, str]:
    """Why a person must look: unknown fields and unsure values, by name of the field."""
    missing = {
        "number": _("Không thấy số của văn bản ở phần đầu."),
        "notation": _("Không thấy ký hiệu của văn bản ở phần đầu."),
        "type": _("Không thấy tên loại văn bản."),
        "issuer": _("Không thấy tên cơ quan ban hành ở phần đầu."),
        "issued_on": _("Không thấy ngày ban hành ở phần đầu."),
        "title": _("Không thấy trích yếu."),
        "signer": _("Không thấy người ký."),
    }
    doubts = {name: why for name, why in missing.items() if getattr(found, name) is None}
    for name in (*missing, "place", "meeting_on", "effective_on", "archive_line"):
        value = getattr(found, name)
        if value is not None and not value.sure:
            doubts[name] = value.why
    if any(not relation.sure for relation in found.relations):
        doubts["relations"] = _("Có quan hệ với văn bản khác cần kiểm tra.")
    return doubts

"""The whole reading: header, naming, content, foot, and what each leaves in doubt."""

import re
from dataclasses import replace
from datetime import date

from portal.notices.reading.content import addressees, effective_on, is_effect_uncounted, legal_bases, meeting_on
from portal.notices.reading.deciding import decided_type
from portal.notices.reading.english import read_english
from portal.notices.reading.foot import Foot, read_foot
from portal.notices.reading.found import Found, Issuer, Reading, Resolved, Resolver, Span
from portal.notices.reading.head import Head, read_head
from portal.notices.reading.hints import Hint, passed_on, read_gazette, read_hint
from portal.notices.reading.issuing import Resolve, agency_of, contradicted, issuer_named, read_issuers
from portal.notices.reading.naming import Naming, read_naming
from portal.notices.reading.numbering import goes_on, is_odd
from portal.notices.reading.placing import read_place
from portal.notices.reading.relating import relations
from portal.notices.reading.source import Source, one_line
from portal.notices.reading.spelling import has_slip
from portal.request import _
from portal.text import DocumentNumber, fold, join_number, number_key

_URGENCY = {"hoa toc": "hoa-toc", "thuong khan": "thuong-khan", "khan": "khan"}
_PASSED_TYPES = ("luat", "bo-luat", "phap-lenh", "nghi-quyet", "hien-phap")
_SECRECY = {"tuyet mat": "tuyet-mat", "toi mat": "toi-mat", "mat": "mat"}


_NO_TITLE = re.compile(r"(?:N\s?GÀY|SỐ|ngày|số)\s*:?\s*\d|\d+\s*/|C[ỦUÙÚŨỤ]A")

_OLDEST = date(1945, 9, 2)


def read(text: str, *, resolve: Resolver | None = None, today: date | None = None) -> Reading:
    """What a paper says about itself, each value with its passage; nothing is invented (A3-4, A3-5, A3-8).

    `resolve` looks an agency up, first among those of the paper's day (E30); without it issuers keep their name only.
    A paper dated after `today` is doubtful. Offsets are those of `text`.
    """
    source = Source(text)
    head = read_head(source.plain)
    naming = read_naming(source.plain, head)
    foot = read_foot(source, naming.end)
    return _Assembly(source, head, naming, foot, resolve, today).reading()


class _Assembly:
    def __init__(
        self,
        source: Source,
        head: Head,
        naming: Naming,
        foot: Foot,
        resolver: Resolver | None,
        today: date | None,
    ) -> None:
        self.source, self.head, self.naming, self.foot = source, head, naming, foot
        self.resolver, self.today = resolver, today
        self.of_other_times: set[str] = set()
        self.hint = self._hint()
        self.issued_on = self._issued_on()

    def resolve(self, name: str) -> Resolved | None:
        """The agency of the paper's day, else of any time."""
        if self.resolver is None:
            return None
        if self.issued_on is None:
            return self.resolver(name)
        found = self.resolver(name, self.issued_on.value)
        if found is None and (found := self.resolver(name)) is not None:
            self.of_other_times.add(found.name)
        return found

    def reading(self) -> Reading:
        source, naming, foot = self.source, self.naming, self.foot
        number, notation = self._number()
        type_ = decided_type(source, self.head, naming) or (self.hint.type if self.hint else None)
        resolve = self.resolve if self.resolver else None
        until = naming.type_at[0] if naming.type_at else naming.end
        issuers = self._in_their_time(self._issuers(read_issuers(source, self.head, until, resolve), resolve))
        bases = tuple(legal_bases(source, naming.end, foot.start))
        title = self._title()
        body = source.span(naming.end, foot.start)
        own = self.head.number.text if self.head.number else ""
        effect = effective_on(source, naming.end, foot.start, type_=naming.type, issued_on=self.issued_on)
        found = Reading(
            number=number,
            notation=notation,
            type=type_,
            issuer=issuers[0] if issuers else None,
            joint_issuers=tuple(issuers[1:]),
            place=read_place(source, self.head, issuers, self.resolver),
            issued_on=self.issued_on,
            meeting_on=meeting_on(source, naming.end, title=title.value if title else ""),
            effective_on=effect,
            title=title,
            signer=foot.signer,
            joint_signers=foot.joint_signers if len(issuers) > 1 else (),
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
        if self.head.motto is None:
            found = self._translated(found, resolve)
        found.doubts.update(_doubts(found))
        if effect is None and is_effect_uncounted(source, naming.end, foot.start):
            found.doubts["effective_on"] = _(
                "Ngày có hiệu lực tính theo một ngày mà văn bản không nêu; cần nhập bằng tay."
            )
        return found

    def _translated(self, found: Reading, resolve: Resolve | None) -> Reading:
        """With the header of an English translation, where there is one."""
        english = read_english(self.source, resolve)
        if english is None:
            return found
        names = ("number", "notation", "type", "issued_on", "place", "issuer", "signer")
        told = {name: getattr(found, name) or getattr(english, name) for name in names}
        return replace(found, **told)

    def _hint(self) -> Hint | None:
        if self.head.number_at is not None:
            return None
        return read_gazette(self.source) or read_hint(self.source, self.naming.type, self.foot.end)

    def _number(self) -> tuple[Found[str] | None, Found[str] | None]:
        number, at = self.head.number, self.head.number_at
        if self.hint is not None:
            return self.hint.number, self.hint.notation
        if number is None or at is None:
            return None, None
        again = self._is_named_again(number)
        doubt = _("Ký hiệu có chữ lạ; cần đối chiếu với bản gốc.") if is_odd(number.letters) else ""
        if not doubt and goes_on(self.source.plain, at[1]):
            doubt = _("Ký hiệu có thể còn tiếp ở dòng sau; cần đối chiếu với bản gốc.")
        notation = self.source.found(number.notation, *at, doubt, confirmed=again)
        return (self.source.found(number.number, *at, doubt, confirmed=again) if number.number else None), notation

    def _is_named_again(self, number: DocumentNumber) -> bool:
        """Whether an annex says "Kèm theo … số" with the same number: what was mended in the header is then certain."""
        if not self.source.is_mended(*(self.head.number_at or (0, 0))):
            return False
        annex = read_hint(self.source, None, self.foot.end)
        return (
            annex is not None
            and annex.number is not None
            and number_key(join_number(annex.number.value, annex.notation.value)) == number.key
        )

    def _issued_on(self) -> Found[date] | None:
        head, hint = self.head, self.hint
        if hint is not None and not head.issued_on:
            return hint.issued_on
        if head.issued_on and head.date_at:
            return self.source.found(head.issued_on, *head.date_at, self._date_doubt(head.issued_on))
        if self.naming.type is not None and self.naming.type.slug in _PASSED_TYPES:
            return passed_on(self.source, self.naming.end)
        return None

    def _date_doubt(self, day: date) -> str:
        number, doubt = self.head.number, ""
        if day < _OLDEST or (self.today is not None and day > self.today):
            doubt = _("Ngày này không hợp lý đối với ngày ban hành; cần kiểm tra.")
        elif number is not None and number.year is not None and number.year != day.year:
            doubt = _("Năm trong số ký hiệu khác năm của ngày ban hành; cần kiểm tra.")
        elif self.head.date_loose:
            doubt = _("Ngày không đứng cùng địa danh ở phần đầu văn bản; cần kiểm tra.")
        return doubt

    def _issuers(self, found: list[Found[Issuer]], resolve: Resolve | None) -> list[Found[Issuer]]:
        """The header's agencies, compared with the letters of the number; the letters alone give a doubtful one."""
        if not found and self.hint is not None and self.hint.issuer is not None:
            found = [issuer_named(self.source, *self.hint.issuer, resolve)]
        number, at = self.head.number, self.head.number_at
        if resolve is None or number is None or at is None or len(found) > 1:
            return found
        told = agency_of(number, resolve)
        if told is None:
            return found
        if not found:
            why = _("Cơ quan ban hành chỉ suy từ ký hiệu; cần kiểm tra.")
            return [self.source.found(Issuer(told.name, told.code), *at, why)]
        return [contradicted(found[0], told)]

    def _in_their_time(self, found: list[Found[Issuer]]) -> list[Found[Issuer]]:
        """Agencies that the register knows only at other times are doubtful."""
        why = _("Danh bạ không có cơ quan này vào ngày ban hành; cần kiểm tra ngày và cơ quan.")
        return [
            replace(issuer, sure=False, why=why) if issuer.value.name in self.of_other_times and issuer.sure else issuer
            for issuer in found
        ]

    def _title(self) -> Found[str] | None:
        at = self.naming.title_at
        if at is None:
            return None
        doubt = _("Trích yếu liền với nội dung; cần kiểm tra chỗ kết thúc.") if self.naming.title_doubtful else ""
        title = one_line(self.source.plain[slice(*at)])
        if not doubt and (has_slip(title) or _NO_TITLE.match(title)):
            doubt = _("Trích yếu có chữ lạ; cần đối chiếu với bản gốc.")
        return self.source.found(title, *at, doubt, confirmed=True)

    def _mark(self, found: re.Match[str] | None, slugs: dict[str, str]) -> Found[str] | None:
        name = next((name for name, text in found.groupdict().items() if text), "") if found else ""
        return self.source.found(slugs[fold(found[name])], *found.span(name), confirmed=True) if found else None

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

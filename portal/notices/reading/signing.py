"""The signature of a paper: for whom, in which position, by whom (NĐ 30/2020, Appendix I, part 7)."""

import re
from collections.abc import Iterator

from portal.notices.reading.casing import cased_authority
from portal.notices.reading.found import Found, Signer
from portal.notices.reading.people import RANK, SURNAMES, is_usual, without_ranks_below
from portal.notices.reading.phrases import FORM, OFFICE, POSITIONS
from portal.notices.reading.source import Source, one_line
from portal.notices.reading.spelling import has_slip
from portal.request import _
from portal.text import LOWERCASE, UPPERCASE

_FIRST = rf"(?:(?<![{UPPERCASE}{LOWERCASE}])(?:Y|H|K|A)['’]?[ \u00a0](?=[{UPPERCASE}]['’{LOWERCASE}]))?"
"""What stands before names in the Central Highlands: `Y Mẫu Niê`, `H' Mẫu Êban`."""

_GIVEN = rf"[{UPPERCASE}](?:['’][{UPPERCASE}]?)?[{LOWERCASE}'’]+"
_SYLLABLE = rf"(?:{_GIVEN}|[{UPPERCASE}])"
_CAPITALS = rf"(?:{'|'.join(name.upper() for name in SURNAMES)})(?:[ \u00a0]{{1,3}}[{UPPERCASE}'’]+){{1,4}}"
_NAME = re.compile(
    rf"(?P<rank>{RANK}*)"
    rf"(?P<name>{_FIRST}{_GIVEN}(?:[ \u00a0]{{1,3}}(?:{_SYLLABLE}(?![{LOWERCASE}{UPPERCASE}]))){{1,5}})"
    rf"(?=[.;]?\s*(?:$|\n|\t|\(|\Z)|\s+[{UPPERCASE}]{{2,}}(?!\w)|\s+(?:Nơi nhận|Phụ lục)|[ ]{{3,}})"
    rf"|(?P<broken>(?:(?<=\n)|(?<=\t)|(?<=[ ]{{3}}))[ \t]*{_GIVEN}(?:[ ]{_SYLLABLE}){{0,2}}\n"
    rf"[ \t]*{_GIVEN}(?:[ ]{_SYLLABLE})?(?=\s*\Z|\s*\n))"
    rf"|(?:(?<=\n)|(?<=\t)|(?<=[ ]{{2}})|(?<=\) ))[ \t]*(?:{RANK}*)(?P<capitals>{_CAPITALS})(?=\s*(?:$|\n|\t|\Z))",
    re.MULTILINE,
)
SIGNED = re.compile(
    r"\[Signature\]|"
    r"[(\[]?\s*(?:[ĐđDd][ãaâạ]\s?[kK][ýyỳ]|Đã ký tên|Ký tên|[Kk]ý bởi|[Kk]ý, đóng dấu|Đã ký)[^\n)\]]*[)\]]?"
)
_NAME_GOES_ON = re.compile(
    rf"[ \u00a0]*\n?[ \u00a0]*(?:[{UPPERCASE}]?[ \u00a0]?\n)?[{LOWERCASE}]{{1,6}}[ \u00a0]*(?:\n|\Z)|"
    rf"[ \u00a0]+[{UPPERCASE}][ \u00a0]*(?:\n|\Z)|"
    rf"[ \u00a0]*\n[ \u00a0]*[{UPPERCASE}][{LOWERCASE}]{{0,6}}[ \u00a0]*(?:\n|\Z)"
)
"""What is left of a broken name behind it: `Nguyễn Hữu Q` and `uế` on the next line."""

_LONGEST_FORMS = 400
_MOST_SIGNERS = 4

Place = tuple[int, int]


def signers(source: Source, plain: str, start: int, end: int) -> Iterator[tuple[Found[Signer], Place]]:
    """Every name that stands under a position in capitals, or under the body it signs for; joint papers have "
    "several."""
    place = start
    for _count in range(_MOST_SIGNERS):
        signer, span = _next(source, plain, place, end)
        if signer is None:
            return
        yield signer, span
        place = span[1]


def _next(source: Source, plain: str, start: int, end: int) -> tuple[Found[Signer] | None, Place]:
    for named in _NAME.finditer(plain, start, end):
        group = next(name for name in ("name", "broken", "capitals") if named[name])
        at = named.start("rank") if group == "name" else named.start(group)
        above = SIGNED.sub(lambda found: " " * len(found[0]), plain[start:at])
        offices = list(OFFICE.finditer(above))
        forms = list(FORM.finditer(above))
        marks = sorted([*offices[-1:], *forms[-1:]], key=lambda mark: mark.end())
        if not marks or not _stands_under(without_ranks_below(above[marks[-1].end() :])):
            continue
        name = one_line(named[group]).rstrip(".")
        if group == "capitals":
            name = " ".join(word.capitalize() for word in name.split())
        if OFFICE.search(name.upper()):
            continue
        first = _first_line(forms, marks[-1].start())
        signer = _signer_of(name, above, first, offices)
        doubt = "" if forms or len(offices) == 1 else _("Cần kiểm tra chức vụ người ký.")
        has_lost_all = name.isascii() and not above.isascii() and name.split()[0] not in SURNAMES
        if not doubt and (has_lost_all or not is_usual(name)):
            doubt = _("Họ tên người ký có chữ lạ; cần đối chiếu với bản gốc.")
        if not doubt and _is_odd_position(signer):
            doubt = _("Cần kiểm tra chức vụ người ký.")
        if not doubt and _NAME_GOES_ON.match(plain, named.end(group), end):
            doubt = _("Họ tên người ký có thể còn tiếp; cần kiểm tra.")
        if group == "broken":
            doubt = _("Họ tên người ký đứng trên hai dòng; cần kiểm tra.")
        finish = named.end(group)
        return source.found(signer, start + first, finish, doubt), (start + first, finish)
    return _run_on(source, plain, start, end)


_ODD = re.compile(rf"[—.]|(?<![^\s,])[^\W\d_](?![^\s,])|[{UPPERCASE}]{{2,}} [{UPPERCASE}]{{2,}}")
_DEPUTY = re.compile(r"Phó|Thứ|Quyền|Viện phó|Q\.")


def _is_odd_position(signer: Signer) -> bool:
    """Whether the position holds pieces of words, or who signs for the head (KT.) is no deputy."""
    position = signer.position or ""
    is_deputy = signer.on_behalf == "KT." or "KT. " in (signer.authority or "")
    is_head = is_deputy and bool(position) and _DEPUTY.match(position) is None
    return is_head or _ODD.search(position) is not None or has_slip(position)


_RUN_ON = re.compile(rf"{OFFICE.pattern}\s+(?P<name>{_CAPITALS})(?=\s*\Z|\s+(?:PHỤ LỤC|Phụ lục|Nơi nhận|\())")


def _run_on(source: Source, plain: str, start: int, end: int) -> tuple[Found[Signer] | None, Place]:
    """A name in capitals right behind the position, at the end of one long line; never sure."""
    found = _RUN_ON.search(plain, start, end)
    if found is None:
        return None, (start, start)
    above = plain[start : found.start("name")]
    offices, forms = list(OFFICE.finditer(above)), list(FORM.finditer(above))
    name = " ".join(word.capitalize() for word in found["name"].split())
    first = _first_line(forms, offices[-1].start())
    span = (start + first, found.end("name"))
    why = _("Họ tên viết hoa, liền với chức vụ; cần kiểm tra.")
    return source.found(_signer_of(name, above, first, offices), *span, why), span


def _signer_of(name: str, above: str, first: int, offices: list[re.Match[str]]) -> Signer:
    """A form names for whom, the last position under it is the signer's own; "TM. X" alone leaves no position."""
    form = FORM.match(above, first)
    if form is None:
        return Signer(name, _words(above[offices[-1].start() :]))
    on_behalf = f"{form['form'] or form['slashed'].replace('/', '')}."
    own = [office for office in offices if office.start() > form.end()]
    if not own:
        return Signer(name, None, on_behalf, _words(above[form.end() :]))
    first_own = own[-1].start()
    for office in reversed(own[:-1]):
        if not _JOINED.fullmatch(above, office.end(), first_own) or not above[form.end() : office.start()].strip():
            break
        first_own = office.start()
    authority = _words(above[form.end() : first_own])
    return Signer(name, _words(above[first_own:]), on_behalf, authority)


_JOINED = re.compile(r"[ \u00a0]*(?:[-–,]|KIÊM)[ \u00a0]*")
"""Between two positions of one person: `PHÓ CHỦ TỊCH - TỔNG THƯ KÝ`."""


def _words(text: str) -> str | None:
    words = re.sub(r"\s*[-–_*]{2,}.*", "", one_line(text)).strip(" -–:,;*")
    return cased_authority(words) or None


def _stands_under(between: str) -> bool:
    """Only capitals (the rest of the position), rules and gaps may stand between position and name."""
    return len(between) < 160 and between == between.upper() and "./." not in between


def _first_line(forms: list[re.Match[str]], last: int) -> int:
    """Where the signature begins: at its first form ("TM. … KT. …"), else at the position."""
    return next((form.start() for form in forms if last - form.start() < _LONGEST_FORMS), last)


_UNPLACED = re.compile(
    rf"^[ \t]*{RANK}*(?:(?P<name>{_GIVEN}(?:[ ]{_SYLLABLE}){{1,4}})[ \t]*\n\s*\(?[Đđ]ã ký\)?|"
    rf"\(?[Đđ]ã ký\)?[ \t:]*\n\s*{RANK}*"
    rf"(?P<below>{_GIVEN}(?:[ ]{_SYLLABLE}){{1,4}}))[ \t]*$",
    re.MULTILINE,
)


def unplaced_signature(source: Source, start: int, end: int) -> tuple[Found[Signer], Place] | None:
    """A name beside "(Đã ký)" without any position, as some copies of old papers end; never sure."""
    found = _UNPLACED.search(source.plain, start, end)
    if found is None:
        return None
    group = "name" if found["name"] else "below"
    why = _("Không thấy chức vụ người ký; cần kiểm tra.")
    return source.found(Signer(one_line(found[group])), *found.span(group), why), found.span(group)


_WRITTEN = "|".join(sorted((name.capitalize() for name in POSITIONS), key=len, reverse=True))
_SMALL = re.compile(
    rf"^[ \t]*(?:(?P<form>TM|KT|TL|TUQ|Q)\.?\s*)?(?P<position>(?i:{_WRITTEN})(?![{LOWERCASE}])[^\n.;:,\d]{{0,60}})\n"
    rf"(?:[^{LOWERCASE}{UPPERCASE}\n]*\n|[^\n]*[Đđ]ã ký[^\n]*\n){{0,6}}"
    rf"[ \t]*{RANK}*(?P<name>{_GIVEN}(?:[ ]{_SYLLABLE}){{1,4}})[ \t]*$",
    re.MULTILINE,
)


def small_signature(source: Source, start: int, end: int) -> tuple[Found[Signer], Place] | None:
    """A position in small letters on its own line and a name below it, as unofficial copies have it; never sure."""
    found = next(reversed(list(_SMALL.finditer(source.plain, start, end))), None)
    if found is None:
        return None
    why = _("Chữ ký không theo thể thức (chức vụ không viết hoa); cần kiểm tra.")
    form = f"{found['form']}." if found["form"] else None
    signer = Signer(one_line(found["name"]), one_line(found["position"]), form)
    span = (found.start("position"), found.end("name"))
    return source.found(signer, *span, why), span

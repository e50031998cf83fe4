"""How well papers are read: readings compared with known metadata, field by field. Pure: no file, no clock.

What counts as equal: numbers by `number_key`; types by their code; dates exactly; signers by folded name without titles
and ranks; issuers when register or folded name say that both are one unit, or when the known value names the agency
above, the head instead of the agency, all agencies of a joint document, or of a People's Committee or Council only the
locality.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from portal.notices import types
from portal.notices.reading.found import Found, Issuer, Reading
from portal.notices.reading.mending import bare
from portal.notices.reading.people import without_rank
from portal.text import fold, join_number, normal, number_key, parse_date, with_old_tone_place


class Unit(Protocol):
    """A unit of a register, told from others by its key."""

    @property
    def key(self) -> str: ...


Identify = Callable[[str], Unit | None]


class Verdict(StrEnum):
    """What became of one field of one paper; `RIGHT_FLAGGED`: the value is right, but a person is asked to look."""

    RIGHT = "right"
    RIGHT_FLAGGED = "right_flagged"
    WRONG_SURE = "wrong_sure"
    WRONG_FLAGGED = "wrong_flagged"
    MISSED = "missed"


FIELDS = ("number", "type", "issued_on", "issuer", "signer")
ALL, WITH_HEADER, EVEN, ODD = "all", "with_header", "even", "odd"
GROUPS = (ALL, WITH_HEADER, EVEN, ODD)
"""All rows; those whose text carries the header; and these in two halves by the last bit of a SHA-256."""


@dataclass(frozen=True, slots=True)
class Case:
    """One field of one paper: what was known, what was read and from which passage."""

    row: str
    field: str
    expected: str
    got: str | None
    passage: str
    why: str
    verdict: Verdict
    groups: frozenset[str]


@dataclass
class Score:
    """Counts of verdicts, by group and field, and the cases that are not right."""

    counts: dict[tuple[str, str], Counter[Verdict]] = field(default_factory=dict)
    wrong: list[Case] = field(default_factory=list)
    papers: Counter[str] = field(default_factory=Counter)

    def add(self, cases: Iterable[Case], groups: frozenset[str]) -> None:
        """Take in the cases of one paper."""
        self.papers.update(groups)
        for case in cases:
            for group in case.groups:
                self.counts.setdefault((group, case.field), Counter())[case.verdict] += 1
            if case.verdict not in (Verdict.RIGHT, Verdict.RIGHT_FLAGGED):
                self.wrong.append(case)

    def figures(self) -> dict[str, dict[str, dict[str, int | float]]]:
        """Group → field → counts and shares of `n`; `right` counts the flagged ones too."""
        return {
            group: {name: _figures(self.counts.get((group, name), Counter())) for name in FIELDS} for group in GROUPS
        }


def _figures(counts: Mapping[Verdict, int]) -> dict[str, int | float]:
    n = sum(counts.values())
    flagged = counts.get(Verdict.RIGHT_FLAGGED, 0)
    right = counts.get(Verdict.RIGHT, 0) + flagged
    wrong = counts.get(Verdict.WRONG_SURE, 0)
    return {
        "n": n,
        "right": right,
        "right_and_flagged": flagged,
        "wrong_though_sure": wrong,
        "wrong_and_flagged": counts.get(Verdict.WRONG_FLAGGED, 0),
        "missed": counts.get(Verdict.MISSED, 0),
        "right_share": round(right / n, 4) if n else 0.0,
        "wrong_though_sure_share": round(wrong / n, 4) if n else 0.0,
    }


def groups_of(row: Mapping[str, Any]) -> frozenset[str]:
    """The groups that a row belongs to. The halves hold only rows with header."""
    if not has_header(str(row.get("body") or "")):
        return frozenset({ALL})
    return frozenset({ALL, WITH_HEADER, half(row)})


def half(row: Mapping[str, Any]) -> str:
    """`even` or `odd`, by the last bit of the SHA-256 of number and issuer: the same for ever."""
    digest = hashlib.sha256(f"{row.get('number') or ''}{row.get('issuer') or ''}".encode()).digest()
    return ODD if digest[-1] % 2 else EVEN


_MOTTO = re.compile(
    r"C[O0]NG\s*H[O0]A\s*XA\s*H[O0][Il1]\s*CHU\s*NGH[Il1]A\s*V[Il1]ET\s*NAM|DANG\s*C[O0]NG\s*SAN\s*V[Il1]ET\s*NAM"
)


def has_header(text: str) -> bool:
    """Whether the national motto (or the Party's name) stands in capitals within the first 3,000 characters."""
    return _MOTTO.search(bare(normal(text[:3000]))) is not None


def judge(row: Mapping[str, Any], reading: Reading, *, name: str, identify: Identify | None = None) -> Iterator[Case]:
    """A case for every field that the row states. `name` tells the row in lists."""
    groups = groups_of(row)
    for field_, compare in _COMPARED.items():
        expected = row.get(field_)
        if not expected or not _can_be_known(field_, str(expected)):
            continue
        found, got, right = compare(str(expected), reading, identify)
        yield Case(
            row=name,
            field=field_,
            expected=str(expected),
            got=got,
            passage=found.passage if found else "",
            why=str(found.why) if found else str(reading.doubts.get(field_, "")),
            verdict=_verdict(found, right),
            groups=groups,
        )


def _can_be_known(field_: str, expected: str) -> bool:
    """A listing's "Văn bản khác" is no type, and what is no number or date cannot be compared."""
    if field_ == "type":
        return types.by_name(expected) is not None
    if field_ == "issued_on":
        return _iso(expected) is not None
    return True


def _verdict(found: Found[Any] | None, right: bool) -> Verdict:
    if found is None:
        return Verdict.MISSED
    if right:
        return Verdict.RIGHT if found.sure else Verdict.RIGHT_FLAGGED
    return Verdict.WRONG_SURE if found.sure else Verdict.WRONG_FLAGGED


Compared = tuple[Found[Any] | None, str | None, bool]


def _number(expected: str, reading: Reading, identify: Identify | None) -> Compared:
    number = reading.number.value if reading.number else None
    whole = join_number(number, reading.notation.value if reading.notation else None)
    return reading.number, whole or None, number_key(whole) == number_key(expected)


def _type(expected: str, reading: Reading, identify: Identify | None) -> Compared:
    wanted, found = types.by_name(expected), reading.type
    got = types.by_slug(found.value) if found else None
    return found, got.name if got else None, got is not None and got == wanted


def _issued_on(expected: str, reading: Reading, identify: Identify | None) -> Compared:
    found = reading.issued_on
    got = found.value.isoformat() if found else None
    return found, got, got == _iso(expected)


def _iso(text: str) -> str | None:
    found = re.match(r"\d{4}-\d\d-\d\d", text)
    if found:
        return found[0]
    day = parse_date(text)
    return day.isoformat() if day else None


def _signer(expected: str, reading: Reading, identify: Identify | None) -> Compared:
    found = reading.signer
    got = found.value.name if found else None
    wanted = {_name_key(part) for part in re.split(r"\s*[,;]\s*", expected) if part}
    names = {_name_key(name) for name in (got, *(other.value.name for other in reading.joint_signers)) if name}
    return found, got, got is not None and bool(wanted & names)


def _name_key(name: str) -> str:
    return fold(with_old_tone_place(without_rank(name)))


def _issuer(expected: str, reading: Reading, identify: Identify | None) -> Compared:
    found = reading.issuer
    if found is None:
        return None, None, False
    names = _names(found.value) | {name for joint in reading.joint_issuers for name in _names(joint.value)}
    keys = {key for name in names for key in _keys(name, identify)}
    told = [part for part in re.split(r"\s*[,;]\s*(?=[A-ZĐ])|\s+-\s+", expected) if part]
    right = (
        _is_locality_of(expected, found.value)
        or bool(_keys(expected, identify) & keys)
        or all(_keys(part, identify) & keys for part in told)
    )
    return found, found.value.name, right


def _is_locality_of(expected: str, issuer: Issuer) -> bool:
    """Listings sometimes give only the province or town for its People's Committee or Council."""
    named = re.fullmatch(r"(?:tinh|thanh pho|huyen|quan|xa|phuong|thi xa) .+", fold(with_old_tone_place(expected)))
    name = fold(with_old_tone_place(issuer.name))
    return named is not None and name.startswith(("uy ban nhan dan ", "hoi dong nhan dan ")) and name.endswith(named[0])


def _names(issuer: Issuer) -> set[str]:
    """The agency by itself, with the one above it behind (`Sở Y tế tỉnh X`), and the one above."""
    names = {issuer.name}
    if issuer.above:
        names |= {issuer.above, f"{issuer.name} {issuer.above}"}
        place = re.search(r"\b(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)\s.+", issuer.above)
        names |= {f"{issuer.name} {place[0]}"} if place else set()
    return names


_HEADS = re.compile(
    r"^(?:(?:pho )?chu tich(?! nuoc)|bo truong|cuc truong|chi cuc truong|tong cuc truong|giam doc|"
    r"tong giam doc|vu truong|"
    r"thong doc|vien truong|chanh an(?=.* toa an)|truong ban|chanh van phong(?=.* van phong)|hieu truong) "
)
_SHORT = (("ubnd", "uy ban nhan dan"), ("hdnd", "hoi dong nhan dan"), ("tp.", "thanh pho "), ("tp ", "thanh pho "))


def _keys(name: str, identify: Identify | None) -> set[str]:
    """What the name is the same by: its folded form without the head, and its unit in the register."""
    folded = fold(with_old_tone_place(name))
    for short, full in _SHORT:
        folded = folded.replace(short, full)
    folded = " ".join(re.sub(r"[\W_]+", " ", folded).split())
    plain = _HEADS.sub("", folded)
    keys = {plain, re.sub(r"\b(?:tinh|thanh pho|nuoc) ", "", plain)}
    unit = identify(name) if identify else None
    return keys | ({f"unit:{unit.key}"} if unit else set())


_COMPARED: dict[str, Callable[[str, Reading, Identify | None], Compared]] = {
    "number": _number,
    "type": _type,
    "issued_on": _issued_on,
    "issuer": _issuer,
    "signer": _signer,
}

"""Types of official documents (loại văn bản) with their abbreviations and forms of number (requirements A3-2, A3-3)."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from portal.text import DocumentNumber, fold, parse_number, slug


class Group(StrEnum):
    """What kind of document law makes of it."""

    ADMINISTRATIVE = "administrative"
    NORMATIVE = "normative"
    COPY = "copy"


class Numbering(StrEnum):
    """The form of its number: `249/TB-VPCP`, `7816/VPCP-TTĐT`, `42/2022/NĐ-CP`, `64/2025/QH15`, or no number at all."""

    ABBREVIATED = "abbreviated"
    PLAIN = "plain"
    WITH_YEAR = "with_year"
    ASSEMBLY = "assembly"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NoticeType:
    """One type. `abbreviation` is None where the regulation gives none (Công văn, Luật …).

    Resolutions and decisions are of two groups: administrative, or normative when their number carries the year.
    `numberings` and `groups` go together, the usual first.
    """

    slug: str
    name: str
    english: str
    abbreviation: str | None
    groups: tuple[Group, ...]
    numberings: tuple[Numbering, ...]

    def label(self, lang: str) -> str:
        """Its name in the language of the page."""
        return self.english if lang == "en" else self.name

    @property
    def group(self) -> Group:
        """The usual group."""
        return self.groups[0]

    @property
    def numbering(self) -> Numbering:
        """The usual form of number."""
        return self.numberings[0]


_BOTH = ("Nghị quyết", "Quyết định")
_ADMINISTRATIVE = (
    ("Nghị quyết", "Resolution", "NQ"),
    ("Quyết định", "Decision", "QĐ"),
    ("Chỉ thị", "Directive", "CT"),
    ("Quy chế", "Statute", "QC"),
    ("Quy định", "Regulation", "QyĐ"),
    ("Thông cáo", "Communiqué", "TC"),
    ("Thông báo", "Notice", "TB"),
    ("Hướng dẫn", "Guideline", "HD"),
    ("Chương trình", "Programme", "CTr"),
    ("Kế hoạch", "Plan", "KH"),
    ("Phương án", "Scheme", "PA"),
    ("Đề án", "Proposal", "ĐA"),
    ("Dự án", "Project", "DA"),
    ("Báo cáo", "Report", "BC"),
    ("Biên bản", "Minutes", "BB"),
    ("Tờ trình", "Submission", "TTr"),
    ("Hợp đồng", "Contract", "HĐ"),
    ("Công văn", "Official letter", None),
    ("Công điện", "Official telegram", "CĐ"),
    ("Bản ghi nhớ", "Memorandum", "BGN"),
    ("Bản thỏa thuận", "Agreement", "BTT"),
    ("Giấy ủy quyền", "Authorisation", "GUQ"),
    ("Giấy mời", "Invitation", "GM"),
    ("Giấy giới thiệu", "Letter of introduction", "GGT"),
    ("Giấy nghỉ phép", "Leave permit", "GNP"),
    ("Phiếu gửi", "Dispatch slip", "PG"),
    ("Phiếu chuyển", "Transfer slip", "PC"),
    ("Phiếu báo", "Notification slip", "PB"),
    ("Thư công", "Official correspondence", None),
)
_NORMATIVE = (
    ("Hiến pháp", "Constitution", None, Numbering.NONE),
    ("Bộ luật", "Code", None, Numbering.ASSEMBLY),
    ("Luật", "Law", None, Numbering.ASSEMBLY),
    ("Pháp lệnh", "Ordinance", None, Numbering.ASSEMBLY),
    ("Lệnh", "Order", "L", Numbering.WITH_YEAR),
    ("Nghị quyết liên tịch", "Joint resolution", "NQLT", Numbering.WITH_YEAR),
    ("Nghị định", "Decree", "NĐ", Numbering.WITH_YEAR),
    ("Thông tư", "Circular", "TT", Numbering.WITH_YEAR),
    ("Thông tư liên tịch", "Joint circular", "TTLT", Numbering.WITH_YEAR),
)
_COPIES = (
    ("Bản sao y", "True copy", "SY"),
    ("Bản trích sao", "Extract", "TrS"),
    ("Bản sao lục", "Transcribed copy", "SL"),
    ("Văn bản hợp nhất", "Consolidated text", "VBHN"),
)


def _table() -> tuple[NoticeType, ...]:
    rows = []
    for name, english, short in _ADMINISTRATIVE:
        usual = Numbering.ABBREVIATED if short else Numbering.PLAIN
        also = name in _BOTH
        groups = (Group.ADMINISTRATIVE, Group.NORMATIVE) if also else (Group.ADMINISTRATIVE,)
        numberings = (usual, Numbering.WITH_YEAR) if also else (usual,)
        rows.append(NoticeType(slug(name), name, english, short, groups, numberings))
    for name, english, short, numbering in _NORMATIVE:
        rows.append(NoticeType(slug(name), name, english, short, (Group.NORMATIVE,), (numbering,)))
    for name, english, short in _COPIES:
        rows.append(NoticeType(slug(name), name, english, short, (Group.COPY,), (Numbering.ABBREVIATED,)))
    return tuple(rows)


TYPES: tuple[NoticeType, ...] = _table()
BY_SLUG = MappingProxyType({type_.slug: type_ for type_ in TYPES})
_BY_NAME = {fold(type_.name): type_ for type_ in TYPES}
_BY_ABBREVIATION = {type_.abbreviation: type_ for type_ in TYPES if type_.abbreviation}
_OLD_ABBREVIATIONS = {"CTR": "CTr", "TTR": "TTr", "QYĐ": "QyĐ", "TRS": "TrS"}
_FOLDED_ABBREVIATIONS = {fold(short): type_ for short, type_ in reversed(_BY_ABBREVIATION.items())}


def by_slug(code: str | None) -> NoticeType | None:
    """The type of the code that records keep (`thong-bao`), or None."""
    return BY_SLUG.get(code or "")


def by_name(name: str) -> NoticeType | None:
    """The type of that Vietnamese name, in any case and with or without accents, or None."""
    return _BY_NAME.get(fold(name))


def by_abbreviation(short: str) -> NoticeType | None:
    """The type of the abbreviation as the regulation writes it (`TB`, `NĐ`), or None.

    Without Đ (`nd`, `qd`) it is understood too; `CĐ`, `HĐ` and `QĐ` keep apart from `CD`, `HD`, `QD` when Đ is written.
    """
    exact = _BY_ABBREVIATION.get(short) or _BY_ABBREVIATION.get(_OLD_ABBREVIATIONS.get(short.upper(), short.upper()))
    return exact or _FOLDED_ABBREVIATIONS.get(fold(short))


def by_notation(notation: str | DocumentNumber | None) -> NoticeType | None:
    """The type that a number or notation tells: `249/TB-VPCP` Thông báo, `64/2025/QH15` none (law or resolution).

    A hint, no proof: agencies share letters with types (`5537/CT-CS` is a letter of Cục Thuế, not a Chỉ thị).
    Plain notations (`7816/VPCP-TTĐT`) give None.
    """
    number = parse_number(notation) or parse_number(f"1/{notation}") if isinstance(notation, str) else notation
    if number is None or not number.segments:
        return None
    return _exact_abbreviation(number.segments[0])


def group_of(type_: NoticeType, number: DocumentNumber | None) -> Group:
    """The group of one document: resolutions and decisions are normative iff their number carries the year."""
    if number is not None and number.year is not None and Group.NORMATIVE in type_.groups:
        return Group.NORMATIVE
    return type_.group


def _exact_abbreviation(short: str) -> NoticeType | None:
    return _BY_ABBREVIATION.get(short) or _BY_ABBREVIATION.get(_OLD_ABBREVIATIONS.get(short, ""))

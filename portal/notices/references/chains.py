"""Mentions of parts: điểm a khoản 1 Điều 7, Điều 5 Nghị định này, Phụ lục I; and what document they belong to."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portal.notices.body.markers import roman_value
from portal.notices.references.documents import Mention, find_documents
from portal.notices.references.model import Own, Reference
from portal.notices.references.surroundings import Surroundings
from portal.notices.types import TYPES, by_name
from portal.text import slug

_TYPES = "|".join(
    sorted(
        {re.escape(t.name).replace(r"\ ", r"\s+") for t in TYPES} | {r"Điều\s+lệ", r"Nội\s+quy", r"[Vv]ăn\s+bản"},
        key=len,
        reverse=True,
    )
)
_AFTER = r"(?=\s*(?:[,;.:)”]|(?:và|hoặc|[Đđ]iều|[Kk]hoản|của|này|tại|ban hành|kèm|Phụ|Chương)\b|\Z|\n|[A-ZĐ]))"
_MORE = rf"(?:\s*(?:,\s*và|,|;|và|hoặc|đến)\s*%s{_AFTER})*"
_NUMBER = r"\d{1,3}[a-zđ]?(?!\w)"
_POINT = r"[a-zđ]\d?(?!\w)"
_NUMERAL = r"(?:[IVXLC]+|\d{1,3}[A-Za-zđĐ]?|[A-Z])(?!\w)"
_ATOMS = re.compile(
    rf"""
    [Đđ]i(?:
      ều\s+(?:(?P<article>{_NUMBER}{_MORE % _NUMBER})|(?P<this_article>này)\b)
     |ểm\s+(?P<point>{_POINT}{_MORE % _POINT})
    )
    |[Kk]hoản\s+(?:(?P<clause>{_NUMBER}{_MORE % _NUMBER})|(?P<this_clause>này)\b)
    |Chương\s+(?P<chapter>(?:[IVXLC]+|\d{{1,2}})(?!\w))
    |Mục\s+(?P<section>(?:[IVXLC]+|\d{{1,2}})(?!\w))
    |Phụ\s+lục\s+(?:số\s+)?(?P<annex>{_NUMERAL})
    """,
    re.VERBOSE,
)
_JOINS = re.compile(r"\s*(?:,\s*và|,|;|và|hoặc|của|tại|và\s+tại|và\s+các|các)?\s*\Z")
_THIS = re.compile(rf"\s*,?\s*(?:của\s+|tại\s+)?(?:(?:ban\s+hành\s+)?kèm\s+theo\s+)?(?P<type>{_TYPES})\s+này\b")
_TOWARDS = re.compile(r"\s*(?:,\s*)?(?:của\s+|tại\s+)?(?:(?:ban\s+hành\s+)?kèm\s+theo\s+)?(?:các\s+)?\Z")
_FAR = 40
"""Characters between a part and the document that it is of: "của", "ban hành kèm theo"."""
_CHAIN = 200
"""Characters that the parts before a document take at most."""
_PART_BEFORE = re.compile(
    rf"(?:[Đđ]iều\s+\d[^\n]{{0,120}}|Chương\s+[IVX\d]+[^\n]{{0,30}}|Phụ\s+lục[^\n]{{0,{_FAR}}})\Z"
)
_ENDS = re.compile(r"\s*(?:[.;,)]|\n|\Z)")
_SPLIT = re.compile(r"[a-zđ]?\d+[a-zđ]?|[a-zđ]\b")


@dataclass(frozen=True, slots=True)
class _Atom:
    """One word for a part with its numbers, as written."""

    kind: str
    start: int
    end: int
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Atoms that name one part: up to an article, a chapter or an annex."""

    start: int
    end: int
    anchor: str
    own: Own | None = None


def find_references(text: str) -> list[Reference]:
    """Every certain reference of a text with one paragraph a line, in order, without overlaps.

    A number counts with its type or its year; a law with its name and year; an article with the document that it is of.
    A bare "Điều 7" counts only where no other document is spoken of. Nothing inside a quotation (“…”, what an amending
    article quotes) refers to the document itself.
    """
    around = Surroundings(text)
    documents = find_documents(text)
    found: list[Reference] = []
    taken: set[int] = set()
    starts = [mention.start for mention in documents]
    for chain in _chains(text):
        found += _resolved(text, chain, documents, starts, around, taken)
    found += [_whole(mention) for place, mention in enumerate(documents) if place not in taken]
    return _without_overlaps(sorted(found, key=lambda reference: (reference.start, -reference.end)))


def find_cited(text: str) -> list[Reference]:
    """The references to other documents only: the same as those of `find_references`, found in a third of the time."""
    found: list[Reference] = []
    done = 0
    for mention in find_documents(text):
        begin = max(done, mention.start - _CHAIN)
        chains = list(_chains(text[begin : mention.start])) if _PART_BEFORE.search(text, begin, mention.start) else []
        groups = _moved(_groups(text[begin : mention.start], chains[-1]), begin) if chains else []
        is_led = bool(groups) and _leads_to(text, groups[-1].end, mention)
        found += _of_another(text, groups, mention) if is_led else [_whole(mention)]
        done = mention.end
    return found


def _moved(groups: list[_Group], by: int) -> list[_Group]:
    return [replace(group, start=group.start + by, end=group.end + by) for group in groups]


def _whole(mention: Mention) -> Reference:
    return Reference(
        mention.start,
        mention.end,
        type=mention.type,
        number=mention.number,
        year=mention.year,
        title=mention.title,
        issued_on=mention.issued_on,
    )


def _without_overlaps(sorted_: list[Reference]) -> list[Reference]:
    kept: list[Reference] = []
    for reference in sorted_:
        if not kept or reference.start >= kept[-1].end:
            kept.append(reference)
    return kept


def _chains(text: str) -> Iterator[list[_Atom]]:
    """Atoms that follow each other with nothing but commas and "và" between."""
    chain: list[_Atom] = []
    for match in _ATOMS.finditer(text):
        if text[match.start() - 1 : match.start()].isalpha():
            continue
        atom = _atom(match)
        if chain and (atom.start - chain[-1].end > 12 or not _JOINS.match(text, chain[-1].end, atom.start)):
            yield chain
            chain = []
        chain.append(atom)
    if chain:
        yield chain


def _atom(match: re.Match[str]) -> _Atom:
    kind = str(match.lastgroup)
    numbers = _SPLIT.findall(match[kind]) if kind in ("article", "clause", "point") else [match[kind]]
    return _Atom(kind, match.start(), match.end(), tuple(numbers))


def _resolved(
    text: str, chain: list[_Atom], documents: list[Mention], starts: list[int], around: Surroundings, taken: set[int]
) -> list[Reference]:
    groups = _groups(text, chain)
    if not groups or around.is_marker(groups[0].start, chain[-1].end):
        return []
    end = groups[-1].end
    place = bisect_right(starts, end)
    if place < len(documents) and _leads_to(text, end, documents[place]):
        taken.add(place)
        return _of_another(text, groups, documents[place])
    return [] if around.is_quoted(end) else _of_itself(text, groups, around)


def _of_itself(text: str, groups: list[_Group], around: Surroundings) -> list[Reference]:
    last = groups[-1]
    if last.own is not None:
        return [_own(group, group.own or Own.DOCUMENT) for group in groups]
    this = _THIS.match(text, last.end)
    if this is not None:
        return _of_this(groups, this)
    is_bare = _ENDS.match(text, last.end) and last.anchor.startswith(("dieu", "chuong"))
    if is_bare and not around.speaks_of_others(groups[0].start, last.end):
        return [_own(group, Own.DOCUMENT) for group in groups]
    return []


def _leads_to(text: str, end: int, mention: Mention) -> bool:
    """Whether the parts that end here are of this document."""
    return mention.start - end <= _FAR and _TOWARDS.match(text, end, mention.start) is not None


def _own(group: _Group, own: Own) -> Reference:
    return Reference(group.start, group.end, articles=(group.anchor,) if group.anchor else (), own=own)


def _of_this(groups: list[_Group], this: re.Match[str]) -> list[Reference]:
    type_ = by_name(" ".join(this["type"].split()))
    name = type_.name if type_ else " ".join(this["type"].split()).capitalize()
    found = [_own(g, g.own) if g.own else replace(_own(g, Own.DOCUMENT), type=name) for g in groups]
    found[-1] = replace(found[-1], end=this.end())
    return found


def _of_another(text: str, groups: list[_Group], mention: Mention) -> list[Reference]:
    """One reference a part; the words of the last one reach to the end of the document's name.

    The article of a statute that was issued with the document is none of its own.
    """
    whole = _whole(mention)
    if "theo" in text[groups[-1].end : mention.start] and not groups[-1].anchor.startswith("phu-luc"):
        return [whole]
    found = [
        _own(g, g.own) if g.own else replace(whole, start=g.start, end=g.end, articles=(g.anchor,) if g.anchor else ())
        for g in groups
    ]
    found[-1] = replace(found[-1], end=mention.end)
    return found


def _groups(text: str, chain: list[_Atom]) -> list[_Group]:
    """The parts that a chain names; what stands after the last whole one is left."""
    groups: list[_Group] = []
    below: list[_Atom] = []
    for atom in chain:
        if atom.kind in ("point", "clause", "section"):
            below.append(atom)
            continue
        start = below[0].start if below else atom.start
        if atom.kind == "article":
            groups += _articles(text, start, atom, below)
        elif atom.kind in ("this_article", "this_clause"):
            own = Own.ARTICLE if atom.kind == "this_article" else Own.CLAUSE
            groups.append(_Group(start, atom.end, _below(below), own))
        elif atom.kind == "chapter":
            sections = [a for a in below if a.kind == "section"]
            inner = f"-muc-{_numeral(sections[0].numbers[0])}" if len(sections) == 1 else ""
            groups.append(_Group(start, atom.end, f"chuong-{_numeral(atom.numbers[0])}{inner}"))
        else:
            groups.append(_Group(atom.start, atom.end, f"phu-luc-{_numeral(atom.numbers[0])}"))
        below = []
    return groups if not below else []


def _articles(text: str, start: int, atom: _Atom, below: list[_Atom]) -> Iterator[_Group]:
    """One group a number: Điều 5, 6 và 7. Clauses and points before belong to the first."""
    place = atom.start
    for position, number in enumerate(atom.numbers):
        at = text.index(number, place if position else place + 4)
        inner = _below(below) if position == 0 else ""
        anchor = f"dieu-{_plain(number)}" + (f"-{inner}" if inner else "")
        yield _Group(start if position == 0 else at, at + len(number), anchor)
        place = at + len(number)


def _below(atoms: list[_Atom]) -> str:
    """`khoan-1-diem-a` when one is meant, else what holds them all."""
    clauses = [number for atom in atoms if atom.kind == "clause" for number in atom.numbers]
    points = [number for atom in atoms if atom.kind == "point" for number in atom.numbers]
    if len(clauses) > 1 or (not clauses and len(points) != 1):
        return ""
    clause = f"khoan-{_plain(clauses[0])}" if clauses else ""
    point = f"diem-{_plain(points[0])}" if len(points) == 1 else ""
    return "-".join(filter(None, (clause, point)))


def _plain(number: str) -> str:
    bare = number.lstrip("0") or "0"
    return slug(bare.replace("đ", "dd"), empty="")


def _numeral(written: str) -> str:
    numeral = re.match(r"[IVXLC]+", written)
    if numeral and (len(written) > 1 or written in "IVX"):
        return f"{roman_value(numeral[0])}{written[numeral.end() :].lower()}"
    return _plain(written.lower())

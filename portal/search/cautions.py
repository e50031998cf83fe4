"""What is wrong with a group of spellings, in words for who keeps it: what is refused, and what is asked back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.request import _
from portal.search.analysis import tokens
from portal.search.engine import FOLDED, Searcher, Term
from portal.search.everyday import AMBIGUOUS, COMMON
from portal.search.maintaining import key_of
from portal.search.models import Synonym
from portal.search.query.synonyms import MOST_ALTERNATIVES, MOST_WORDS
from portal.text import parse_number

LONGEST = 120
"""Characters of a spelling."""
MOST_SPELLINGS = MOST_ALTERNATIVES + 1
OFTEN = 0.02
"""In so large a part of all texts a word stands for too much."""


@dataclass(frozen=True, slots=True)
class Cautions:
    """`refused`: why the group cannot be kept; `doubts`: what must be confirmed."""

    refused: tuple[TranslationString, ...] = ()
    doubts: tuple[TranslationString, ...] = ()


def cautions(
    db: Session, terms: Sequence[str], *, besides: int | None = None, searcher: Searcher | None = None
) -> Cautions:
    """Look a group over. `besides`: the id of the group that these will replace; `searcher`: the index, if any."""
    refused = refusals(terms)
    if refused:
        return Cautions(tuple(refused))
    doubts = [*(why for term in terms for why in _doubts_of_one(term, searcher))]
    for group in _others(db, besides):
        shared = {key_of(term) for term in group} & {key_of(term) for term in terms}
        if len(shared) == len({key_of(term) for term in terms}) and shared:
            refused.append(_("Nhóm này đã có: ${group}.", mapping={"group": ", ".join(group)}))
        elif shared:
            named = next(term for term in terms if key_of(term) in shared)
            doubts.append(
                _("“${term}” đã có trong nhóm khác: ${group}.", mapping={"term": named, "group": ", ".join(group)})
            )
    return Cautions(tuple(refused), tuple(doubts))


def refusals(terms: Sequence[str]) -> list[TranslationString]:
    """Why such a group can never be kept, whatever other groups there are."""
    return [*_of_the_whole(terms), *(why for term in terms for why in _of_one(term))]


def _others(db: Session, besides: int | None) -> list[list[str]]:
    return [row.terms for row in db.scalars(select(Synonym).order_by(Synonym.id)) if row.id != besides]


def _of_the_whole(terms: Sequence[str]) -> list[TranslationString]:
    different = {tuple(tokens(term)) for term in terms if tokens(term)}
    if len(different) < 2:
        return [_("Cần ít nhất hai cách viết khác nhau. Chữ hoa, chữ thường và kiểu đặt dấu thanh không tính là khác.")]
    if len(different) > MOST_SPELLINGS:
        return [_("Một nhóm chỉ được có nhiều nhất ${n} cách viết.", mapping={"n": MOST_SPELLINGS})]
    return []


def _of_one(term: str) -> list[TranslationString]:
    words, named = tokens(term), {"term": term[:LONGEST]}
    if not words:
        return [_("“${term}” không có chữ hay số nào.", mapping=named)]
    if len(words) > MOST_WORDS or len(term) > LONGEST:
        return [_("“${term}” quá dài: nhiều nhất ${n} tiếng.", mapping={**named, "n": MOST_WORDS})]
    key = key_of(term)
    if key in AMBIGUOUS:
        return [
            _(
                "“${term}” đứng một mình có nhiều nghĩa (${meanings}). Hãy viết kèm từ đi cùng, ví dụ “Bộ TC”.",
                mapping={**named, "meanings": AMBIGUOUS[key]},
            )
        ]
    if len(words) == 1 and key in COMMON and not _is_abbreviation(term):
        return [
            _(
                "“${term}” là tiếng thường gặp trong hầu hết văn bản; coi nó như từ khác sẽ làm sai mọi kết quả. "
                "Hãy dùng cả cụm từ.",
                mapping=named,
            )
        ]
    return []


def _doubts_of_one(term: str, searcher: Searcher | None) -> list[TranslationString]:
    words, named = tokens(term), {"term": term[:LONGEST]}
    if parse_number(term) is not None:
        return [_("“${term}” trông như số, ký hiệu văn bản. Số văn bản được tìm theo cách riêng.", mapping=named)]
    if len(words) != 1:
        return []
    if searcher is not None and searcher.units:
        share = searcher.frequency(Term(FOLDED, key_of(term))) / searcher.units
        if share > OFTEN and not _is_abbreviation(term):
            return [
                _(
                    "“${term}” có trong ${percent} % văn bản: hãy chắc rằng nó luôn mang nghĩa này.",
                    mapping={**named, "percent": max(1, round(share * 100))},
                )
            ]
    if len(key_of(term)) <= 2:
        return [_("“${term}” rất ngắn, có thể là viết tắt của nhiều từ.", mapping=named)]
    return []


def _is_abbreviation(term: str) -> bool:
    letters = [letter for letter in term if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)

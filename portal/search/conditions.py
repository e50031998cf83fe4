"""The form with more conditions: its fields to a question in the query language and back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.search.documents import FACETS
from portal.search.parameters import MOST_VALUES
from portal.search.results import Wanted

SENT = "sent"
"""Name of the button: the form was sent, not opened."""
TEXTS = ("words", "phrase", "without", "number", "from", "to")
Pairs = list[tuple[str, str]]

_QUOTES = str.maketrans("“”„«»", '"""""')
_PART = re.compile(r'(?P<no>(?<!\S)-)?"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)')
_NUMBER = re.compile(r'(?<!\S)so:(?:"([^"]*)"|(\S+))')
_YEAR = re.compile(r"\s*((?:1[89]|2[01])\d\d)\s*\Z")


@dataclass(frozen=True)
class Conditions:
    """What stands in the fields, as typed. `limits`: facet → values, those without a field of their own too."""

    texts: dict[str, str] = field(default_factory=dict)
    limits: dict[str, list[str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "")

    def values(self, facet: str) -> list[str]:
        """What is chosen of a facet."""
        return self.limits.get(facet, [])

    def parameters(self) -> Pairs:
        """The parameters of the page that ask just this; years become their first or last day."""
        pairs = [("q", self.question())] if self.question() else []
        pairs += [(facet, value) for facet in FACETS for value in self.values(facet)]
        for name, rest in (("from", "01-01"), ("to", "12-31")):
            if self[name]:
                year = _YEAR.match(self[name])
                pairs.append((name, f"{year[1]}-{rest}" if year else self[name]))
        return pairs

    def question(self) -> str:
        """The words, "the phrases", -the exclusions and so:number."""
        phrases = _parts(self["phrase"], whole=True)
        parts = [self["words"], *(f'"{text}"' for text, _quoted in phrases)]
        parts += [f'-"{text}"' if quoted else f"-{text}" for text, quoted in _parts(self["without"])]
        number = " ".join(self["number"].translate(_QUOTES).replace('"', " ").split())
        if number:
            parts.append(f'so:"{number}"' if " " in number else f"so:{number}")
        return " ".join(part for part in parts if part)


def sent(pairs: Iterable[tuple[str, str]]) -> Conditions:
    """The fields as they were sent; what is no field of the form is not read, nor more values than are refused."""
    texts: dict[str, str] = {}
    limits: dict[str, list[str]] = {}
    for name, value in pairs:
        text = " ".join(value.split())
        if name in TEXTS:
            texts[name] = text
        elif name in FACETS and text:
            values = limits.setdefault(name, [])
            if text not in values and len(values) <= MOST_VALUES:
                values.append(text)
    return Conditions(texts, limits)


def of(wanted: Wanted) -> Conditions:
    """The fields that ask this."""
    question = wanted.q.translate(_QUOTES)
    number = _NUMBER.search(question)
    rest = question[: number.start()] + question[number.end() :] if number else question
    words, phrases, without = list[str](), list[str](), list[str]()
    for part in _PART.finditer(rest):
        if part["phrase"] is not None:
            text = " ".join(part["phrase"].split())
            (without if part["no"] else phrases).append(f'"{text}"')
        elif part["word"].startswith("-") and len(part["word"]) > 1 and rest[: part.start()][-1:].strip() == "":
            without.append(part["word"][1:])
        else:
            words.append(part["word"])
    days = {"from": wanted.first, "to": wanted.last}
    return Conditions(
        {
            "words": " ".join(words),
            "phrase": phrases[0].strip('"') if len(phrases) == 1 else " ".join(phrases),
            "without": " ".join(without),
            "number": (number[1] or number[2] or "") if number else "",
            **{name: f"{day.day}/{day.month}/{day.year}" for name, day in days.items() if day},
        },
        {facet: sorted(values) for facet, values in wanted.limits.items()},
    )


def _parts(text: str, *, whole: bool = False) -> list[tuple[str, bool]]:
    """Words and "phrases", each with whether it stood between quotation marks. `whole`: without any, all is one."""
    plain = text.translate(_QUOTES)
    if whole and '"' not in plain:
        return [(plain, True)] if plain.strip() else []
    found = [
        (part["phrase"], True) if part["phrase"] is not None else (part["word"], False)
        for part in _PART.finditer(plain)
    ]
    return [(words.lstrip("-").strip(), quoted) for words, quoted in found if words.lstrip("-").strip()]

"""Every change has its letter, in both languages, whole and without a gap."""

from pathlib import Path
from typing import Any

import pytest
import spoken
from dossiers.conftest import UNKNOWN, Counter, vn
from sqlalchemy.orm import Session

from portal.dossiers import letters
from portal.dossiers.events import SHAPES, WRITTEN, Event, Kind
from portal.dossiers.letters import TOLD
from portal.settings import ROOT

FOLDER = ROOT / "portal" / "dossiers" / "templates" / "dossiers" / "letters"
FULL: dict[str, Any] = {
    "until": "2026-03-20",
    "amount": 1250000,
    "currency": "VND",
    "waits": True,
    "reference": "GD-7",
    "due_at": vn(2026, 3, 30, 17).isoformat(),
    "basis": "Luật thử nghiệm",
    "outcome": "denied",
    "number": "12/QĐ",
    "place": "Quầy số 3",
    "person": UNKNOWN,
}
NEEDED = ("amount", "currency", "reference", "due_at", "basis")
EMPTY = {name: FULL[name] for name in NEEDED} | {"waits": False, "outcome": "granted"}


def test_each_letter_stands_in_both_languages() -> None:
    wanted = {"letter.txt", *(f"{kind}.txt" for kind in TOLD)}
    for language in ("vi", "en"):
        assert {path.name for path in Path(FOLDER / language).iterdir()} == wanted


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", sorted(TOLD))
def test_a_letter_is_whole_whatever_is_known(db: Session, counter: Counter, kind: Kind, language: str) -> None:
    dossier = counter.take()
    counter.do("receive", dossier)
    if kind not in (Kind.SUBMITTED, Kind.RECEIVED, Kind.REFUSED):
        counter.do("assign", dossier, to=counter.staff.handler.person)
    for known, words in ((FULL, "Words of an officer"), (EMPTY, "x" if kind in WRITTEN else None)):
        payload = {name: known.get(name) for name in SHAPES[kind]}
        event = Event(2, kind, vn(2026, 3, 2, 9), payload, words=words)
        subject, text = letters.compose(db, dossier, event, counter.office, language)
        assert dossier.code in subject
        assert len(subject) < 120
        assert dossier.title in text
        assert "None" not in subject + text
        assert "\n\n\n" not in text
        assert not any(line != line.strip() for line in text.splitlines())
        if words and kind in WRITTEN:
            assert words in text


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_an_english_letter_is_english(kind: Kind) -> None:
    assert not spoken.LETTERS.search((FOLDER / "en" / f"{kind}.txt").read_text(encoding="utf-8"))


def test_money_and_times_are_written_as_people_write_them(db: Session, counter: Counter) -> None:
    payload = {name: FULL.get(name) for name in SHAPES[Kind.FEE_ASKED]}
    event = Event(2, Kind.FEE_ASKED, vn(2026, 3, 2, 9), payload)
    _subject, text = letters.compose(db, counter.take(), event, counter.office, "vi")
    assert "1.250.000 đồng" in text
    assert letters.shown(vn(2026, 3, 2, 9)) == "09:00, 02/3/2026"

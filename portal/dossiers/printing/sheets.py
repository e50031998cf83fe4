"""A paper between its facts and its looks: head, title and blocks, the same for page and PDF."""

from dataclasses import dataclass
from typing import Any

from portal.dossiers.printing import wording
from portal.dossiers.printing.facts import SHORT, Facts, day_of
from portal.dossiers.profiles import PROFILES, Paper
from portal.text import write_place_and_date

FORM = {"vi": "Mẫu số {number:02}", "en": "Form {number:02}"}
NUMBER = {"vi": "Số: {number}/{short}", "en": "No. {number}/{short}"}
SEAL = {"vi": "Mã xác minh", "en": "Verification code"}
COURTESY = "Translation for information; the Vietnamese form is the one that counts."


@dataclass(frozen=True)
class Sheet:
    """`form`: `Mẫu số 01`; `number`: the line under the agency; `qr`: what the code says, None without one.

    `qr_caption`: the code of the dossier; `seal`: what `/xac-minh` asks for, under the QR code, None without one.
    """

    lang: str
    title: str
    form: str | None
    form_number: int | None
    superior: str | None
    issuer: str
    number: str
    place_and_date: str
    blocks: list[wording.Block]
    qr: str | None
    qr_caption: str | None
    remark: str | None
    seal: str | None = None
    seal_label: str = ""
    wide: bool = False


def sheet_of(paper: Paper, template: str, facts: Facts, profile: str, lang: str) -> Sheet:
    """The sheet of these facts by that template; `profile` gives the form its number (A6-3)."""
    said = {**facts, **facts["names"][lang]}
    found = wording.blocks(template, said, lang)
    title = next(block["text"] for block in found if block["k"] == "title")
    number = PROFILES[profile].paper_number(paper)
    day, place = day_of(facts), said["place"]
    english = lang == "en"
    dated = wording.day(day, lang) if english or not place else write_place_and_date(place, day)
    return Sheet(
        lang=lang,
        title=title,
        form=FORM[lang].format(number=number) if number else None,
        form_number=number,
        superior=said["superior"],
        issuer=said["issuer"],
        number=NUMBER[lang].format(number=f"{facts['number']:02}" if facts["number"] else "……", short=SHORT[paper]),
        place_and_date=f"{place}, {dated}" if english and place else dated,
        blocks=[block for block in found if block["k"] != "title"],
        qr=facts.get("qr"),
        qr_caption=facts["code"] if facts.get("code") else None,
        remark=COURTESY if english else None,
        seal=facts.get("seal"),
        seal_label=SEAL[lang],
        wide=paper is Paper.REGISTER,
    )


def as_values(sheet: Sheet) -> dict[str, Any]:
    """For the press: plain values; `heading` is the title as it breaks into lines."""
    values: dict[str, Any] = wording.without_marks(vars(sheet))
    return values | {"heading": wording.together(sheet.title)}

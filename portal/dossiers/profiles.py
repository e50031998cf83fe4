"""What the law of a time says about dossiers, as data: forms, cut-off hour, working hours, codes, terms, citations."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from translationstring import TranslationString

from portal.request import _


class CodeFormat(StrEnum):
    """How the code of a dossier is written (A6-1)."""

    OLD = "old"
    """`000.00.00.H17-261121-0001` (TT 01/2018/TT-VPCP, Art 19)."""
    NEW = "new"
    """`G09.20-20260609-0092637` (as seen since QĐ 20/2020 codes are used)."""


class Wait(StrEnum):
    """What a wait for the applicant does to the time limit."""

    RESTART = "restart"
    """The limit counts from zero when the wait ends."""
    RESUME = "resume"
    """What was left of it is left."""
    RUN = "run"
    """It goes on as if nobody waited."""


class Paper(StrEnum):
    """The forms an agency must use."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    CONTROL = "control"
    REGISTER = "register"


@dataclass(frozen=True)
class Profile:
    """One state of the law. Hours are Vietnamese wall-clock time; `hours` are the working hours of a day."""

    name: str
    label: TranslationString
    papers: tuple[Paper, ...]
    """The set of forms; the number of one is its place, from 1 (A6-3)."""
    code_format: CodeFormat
    supplement: Wait
    payment: Wait
    reschedules: int
    articles: dict[str, str]
    """What errors and letters cite: `reschedule`, `supplement`, `transfer`, `refusal`."""
    cut_off: time = time(15)
    """Received after this, a dossier goes on to the deciding agency the next working morning."""
    hours: tuple[tuple[time, time], ...] = ((time(8), time(12)), (time(13), time(17)))
    supplement_days: int = 3
    """Working days after reception within which a missing paper must be asked for."""
    notice_days: int = 1
    """Working days before the due date by which an apology must be out."""

    @property
    def due_hour(self) -> time:
        """The hour at which a due day ends: the end of work."""
        return self.hours[-1][1]

    @property
    def minutes_a_day(self) -> int:
        """Working minutes of a day."""
        return sum((end.hour - start.hour) * 60 + end.minute - start.minute for start, end in self.hours)

    def paper_number(self, paper: Paper) -> int | None:
        """The number that the form has in this set; None when the set lacks it."""
        return self.papers.index(paper) + 1 if paper in self.papers else None


VN_2018 = Profile(
    name="vn-2018",
    label=_("Nghị định 61/2018/NĐ-CP và Thông tư 01/2018/TT-VPCP"),
    papers=(Paper.RECEIPT, Paper.SUPPLEMENT, Paper.REFUSAL, Paper.APOLOGY, Paper.CONTROL, Paper.REGISTER),
    code_format=CodeFormat.OLD,
    supplement=Wait.RESTART,
    payment=Wait.RESUME,
    reschedules=1,
    articles={
        "transfer": "Điều 18 Nghị định 61/2018/NĐ-CP",
        "supplement": "khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP",
        "refusal": "khoản 8 Điều 19 Nghị định 61/2018/NĐ-CP",
        "reschedule": "khoản 9 Điều 19 Nghị định 61/2018/NĐ-CP",
    },
)
VN_2025 = Profile(
    name="vn-2025",
    label=_("Nghị định 118/2025/NĐ-CP và Thông tư 03/2025/TT-VPCP"),
    papers=(Paper.RECEIPT, Paper.SUPPLEMENT, Paper.REFUSAL, Paper.APOLOGY, Paper.STOP, Paper.CONTROL, Paper.REGISTER),
    code_format=CodeFormat.NEW,
    supplement=Wait.RESTART,
    payment=Wait.RESUME,
    reschedules=1,
    articles=dict.fromkeys(("transfer", "supplement", "refusal", "reschedule"), "Nghị định 118/2025/NĐ-CP"),
)
PROFILES = {profile.name: profile for profile in (VN_2018, VN_2025)}

"""What a reading proposes: each value with the passage that shows it, and whether a person must look."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


class Resolved(Protocol):
    """An agency of the register, as much of it as a reading uses."""

    @property
    def name(self) -> str: ...
    @property
    def code(self) -> str | None: ...


class Resolver(Protocol):
    """Looks an agency up by its name: among those of the day `on` (E30), or of any time."""

    def __call__(self, text: str, on: date | None = None, /) -> Resolved | None: ...


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A proposed value. `start`, `end` are offsets in the text that was read and `passage` is what stands there;
    `why` says in Vietnamese what is doubtful when `sure` is False."""

    value: T
    start: int
    end: int
    passage: str
    sure: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """The agency; `above` the one it belongs to in the header; `code` only when a register knows the name."""

    name: str
    code: str | None = None
    above: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line of Nơi nhận; `purpose` without its brackets: "để b/c"."""

    name: str
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """`on_behalf` is TM., KT., TL., TUQ. or Q.; `authority` for whom, `position` the signer's own."""

    name: str
    position: str | None = None
    on_behalf: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """What the document does to another: `relation` is amends, replaces, repeals, guides, corrects or based_on.

    `number` is "" where the paper names the other only by its `title`; `scope` says which of its articles are meant
    ("Điều 5, khoản 2 Điều 7"; "một phần" when it does not say which), None: the whole.
    """

    relation: str
    number: str
    title: str
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: start and end offsets."""

    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """Everything a paper says about itself. What it does not say is None or empty, with the reason in `doubts`."""

    number: Found[str] | None = None
    notation: Found[str] | None = None
    type: Found[str] | None = None
    issuer: Found[Issuer] | None = None
    joint_issuers: tuple[Found[Issuer], ...] = ()
    place: Found[str] | None = None
    issued_on: Found[date] | None = None
    meeting_on: Found[date] | None = None
    effective_on: Found[date] | None = None
    title: Found[str] | None = None
    signer: Found[Signer] | None = None
    joint_signers: tuple[Found[Signer], ...] = ()
    urgency: Found[str] | None = None
    secrecy: Found[str] | None = None
    addressees: tuple[Found[str], ...] = ()
    legal_bases: tuple[Found[str], ...] = ()
    recipients: tuple[Found[Recipient], ...] = ()
    archive_line: Found[str] | None = None
    relations: tuple[Found[Related], ...] = ()
    body: Span = Span(0, 0)
    annexes: tuple[Span, ...] = ()
    doubts: dict[str, str] = field(default_factory=dict)

    def content(self, text: str) -> str:
        """The body and the annexes of the text that was read, without header, recipients and signature."""
        return "\n\n".join(text[span.start : span.end].strip() for span in (self.body, *self.annexes))

    def as_data(self) -> dict[str, Any]:
        """The proposed fields in the form of a notice's record, with `doubts` and `sources`; without body and paper."""
        data: dict[str, Any] = {name: _value(getattr(self, name)) for name in _PLAIN}
        data["title"] = data["title"] or ""
        data["issuer"] = _agency(self.issuer)
        data["joint_issuers"] = [_agency(found) for found in self.joint_issuers]
        signer = self.signer.value if self.signer else Signer("")
        data["signer"] = {
            "name": signer.name or None,
            "position": signer.position,
            "on_behalf": signer.on_behalf,
            "authority": signer.authority,
        }
        data["recipients"] = [{"name": f.value.name, "purpose": f.value.purpose} for f in self.recipients]
        data["relations"] = [
            {
                "relation": f.value.relation,
                "number": f.value.number,
                "title": f.value.title,
                "scope": f.value.scope,
                "passage": f.passage,
            }
            for f in self.relations
        ]
        data["doubts"] = dict(self.doubts)
        data["sources"] = {
            name: {"start": found.start, "end": found.end, "text": found.passage}
            for name in (*_PLAIN, "issuer", "signer")
            if (found := getattr(self, name)) is not None
        }
        return data


_PLAIN = (
    "type",
    "number",
    "notation",
    "place",
    "issued_on",
    "meeting_on",
    "effective_on",
    "title",
    "archive_line",
    "urgency",
)


def _value(found: Found[Any] | None) -> Any:
    if found is None:
        return None
    return found.value.isoformat() if isinstance(found.value, date) else found.value


def _agency(found: Found[Issuer] | None) -> dict[str, str | None]:
    return {"name": found.value.name, "code": found.value.code} if found else {"name": None, "code": None}

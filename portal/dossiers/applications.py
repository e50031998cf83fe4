"""What a submission brings, and what it is answered with: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.agencies.models import Agency
from portal.catalogue.data import Channel
from portal.dossiers.models import Dossier
from portal.publishing.models import Edition


@dataclass(frozen=True)
class HandedIn:
    """A stored file that belongs to the dossier; `field`: the field of the form that it answers."""

    sha256: str
    name: str
    field: str | None = None


@dataclass(frozen=True)
class Person:
    """Who applies, as plain values; None where it was not given."""

    name: str | None = None
    id_number: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    audience: str = "cong-dan"
    language: str = "vi"


@dataclass(frozen=True)
class Application:
    """All that a submission brings. `edition`: the published edition of the procedure; `form`: a pinned definition.

    `record`: what the procedure says as the agency carries it out (fees, time limit); None: as the edition says.
    """

    edition: Edition
    reception: Agency
    deciding: Agency
    applicant: Person
    support: Agency | None = None
    channel: Channel = Channel.ONLINE
    form: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[HandedIn, ...] = ()
    record: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Receipt:
    """What the applicant is given: who has both the code and the secret may follow the dossier."""

    dossier: Dossier
    code: str
    secret: str

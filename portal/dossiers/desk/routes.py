"""Addresses of the desk, and the dossier each leads to: the rules look at its three organisations."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound

from portal.dossiers import queries
from portal.dossiers.models import Dossier

if TYPE_CHECKING:
    from portal.request import Request

BASE = "/ban-lam-viec/ho-so"
UID = "{uid:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}"
ONE = f"{BASE}/{UID}"


@dataclass(frozen=True)
class Counter:
    """What the permission to register is asked about: a reception, or any when None."""

    reception_id: int | None = None


def dossier_of(request: "Request") -> Dossier:
    """The dossier of the identity in the address; 404 for anything else."""
    try:
        uid = UUID(request.matchdict["uid"])
    except ValueError:
        raise HTTPNotFound from None
    dossier = queries.by_uid(request.db, uid)
    if dossier is None:
        raise HTTPNotFound
    return dossier


def any_counter(request: "Request") -> Counter:
    return Counter()


def includeme(config: Configurator) -> None:
    config.add_route("dossiers.inbox", BASE)
    config.add_route("dossiers.bulk", f"{BASE}/hang-loat")
    config.add_route("dossiers.counter", f"{BASE}/tiep-nhan", factory=any_counter)
    config.add_route("dossiers.figures", f"{BASE}/thong-ke")
    config.add_route("dossiers.content", f"{ONE}/noi-dung", factory=dossier_of)
    config.add_route("dossiers.readings", f"{ONE}/nhat-ky-doc", factory=dossier_of)
    config.add_route("dossiers.one", ONE, factory=dossier_of)
    config.add_route("dossiers.act", f"{ONE}/{{act}}", factory=dossier_of)

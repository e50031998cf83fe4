"""What officers are shown, and what they do."""

from portal.dossiers.office import Office
from portal.request import Request
from portal.rules import Identity


def office_of(request: Request) -> Office:
    """What the instance brings to every act."""
    office: Office = request.registry["portal.dossiers"]
    return office


def officer_of(request: Request) -> Identity:
    """Who is signed in: the desk's permissions let nobody else in."""
    identity = request.identity
    assert identity is not None
    return identity

"""The security policy: who asks (the opaque cookie), and whether a rule table lets them."""

from typing import TYPE_CHECKING, Any

from pyramid.interfaces import ISecurityPolicy
from pyramid.request import RequestLocalCache
from pyramid.security import Allowed, Denied
from sqlalchemy.orm import Session
from zope.interface import implementer

from portal.accounts import cookies, queries, service
from portal.accounts.models import Person, SignIn
from portal.accounts.service.sessions import TOUCH_EVERY
from portal.rules import ROLES, Rules, allowed

if TYPE_CHECKING:
    from portal.request import Request


class SignedIn:
    """The identity of a signed-in person: `portal.rules.Identity`."""

    def __init__(self, db: Session, sign_in: SignIn) -> None:
        self._db = db
        self.sign_in = sign_in
        self._direct: dict[str, frozenset[int]] | None = None
        self._all: dict[str, frozenset[int]] | None = None

    @property
    def person(self) -> Person:
        return self.sign_in.person

    def has(self, role: str, unit_id: int | None = None) -> bool:
        """Whether the person holds `role` in the unit, by a grant there or above; in any unit when None."""
        if self._direct is None:
            self._direct = queries.direct_units(self._db, self.person.id)
        granted = self._direct.get(role, frozenset())
        if unit_id is None or not granted:
            return bool(granted)
        return unit_id in granted or unit_id in self.units(role)

    def units(self, role: str) -> frozenset[int]:
        """Every unit in which the person holds `role`, units below included. One query per request."""
        if self._all is None:
            self._all = queries.units_with_roles(self._db, self.person.id)
        return self._all.get(role, frozenset())


class Refused(Denied):
    """A denial that knows which roles would have helped, for the page that says so."""

    def __new__(cls, permission: str, roles: tuple[str, ...]) -> "Refused":
        refused: Refused = Denied.__new__(cls, "%s needs one of %s", permission, roles)
        refused.permission, refused.roles = permission, roles
        return refused

    permission: str
    roles: tuple[str, ...]


@implementer(ISecurityPolicy)
class SecurityPolicy:
    """Identity from the sign-in cookie; permissions from the registered rule tables; what no table names is denied."""

    def __init__(self) -> None:
        self._known = RequestLocalCache(self._find_sign_in)
        self._identities = RequestLocalCache(self._identify)

    def identity(self, request: "Request") -> SignedIn | None:
        identity: SignedIn | None = self._identities.get_or_create(request)
        return identity

    def known_sign_in(self, request: "Request") -> SignIn | None:
        """The sign-in that the browser's cookie belongs to, live, expired or ended."""
        known: SignIn | None = self._known.get_or_create(request)
        return known

    def authenticated_userid(self, request: "Request") -> str | None:
        identity = self.identity(request)
        return None if identity is None else str(identity.person.uid)

    def permits(self, request: "Request", context: Any, permission: str) -> Any:
        rules: Rules = request.registry.get("portal.rules", {})
        if allowed(rules, permission, self.identity(request), context):
            return Allowed("A rule of %s holds", permission)
        return Refused(permission, helpful_roles(rules, permission))

    def remember(self, request: "Request", userid: str, **kw: Any) -> list[tuple[str, str]]:
        """Headers that sign the browser in; `userid` is the token from `service.sign_in`."""
        return cookies.set_token(request, userid)

    def forget(self, request: "Request", **kw: Any) -> list[tuple[str, str]]:
        return cookies.drop_token(request)

    def _find_sign_in(self, request: "Request") -> SignIn | None:
        token = cookies.token_in(request)
        if token is None:
            return None
        return queries.sign_in_by_hash(request.db, service.token_hash(token))

    def _identify(self, request: "Request") -> SignedIn | None:
        sign_in = self.known_sign_in(request)
        if sign_in is None or not queries.is_live(sign_in, request.at):
            return None
        if sign_in.seen_at <= request.at - TOUCH_EVERY:
            request.environ["portal.touch"] = sign_in.id
            request.add_finished_callback(_touch)
        return SignedIn(request.db, sign_in)


def _touch(request: "Request") -> None:
    """Note the use of a sign-in after the answer, in a transaction of its own: reading a page stays a read."""
    given = request.environ.get("portal.db")
    if given is not None:
        service.touch(given, request.environ["portal.touch"], at=request.at)
        return
    with request.registry["portal.sessions"].begin() as db:
        service.touch(db, request.environ["portal.touch"], at=request.at)


def helpful_roles(rules: Rules, permission: str) -> tuple[str, ...]:
    """The roles that the table's rules for `permission` speak of, by their names (`editor of the unit`)."""
    words = {word for way in rules.get(permission, ()) for rule in way for word in rule.__name__.split()}
    return tuple(role for role in ROLES if role in words)

"""Who may do what, as readable tables.

A package's `rules.py` holds its permissions and one table:

    RULES = {PUBLISH: [[has_role_in_unit("approver"), someone_else_wrote_it]]}

Each inner list is one way in: all of its rules must hold. A permission that no table names is denied.
The tables are collected by `config.add_rules` and evaluated by the security policy of `portal.accounts`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationError

READER, EDITOR, APPROVER, ADMINISTRATOR = (
    "reader",
    "editor",
    "approver",
    "administrator",
)
RECEPTIONIST, HANDLER = "receptionist", "handler"
"""Cán bộ tiếp nhận and cán bộ xử lý: who takes in and who works on the dossiers of citizens (A6)."""
ROLES = (READER, EDITOR, APPROVER, RECEPTIONIST, HANDLER, ADMINISTRATOR)


class Identity(Protocol):
    """A signed-in person with their roles."""

    @property
    def person(self) -> Any: ...

    def has(self, role: str, unit_id: int | None = None) -> bool:
        """Whether the person holds `role` in the unit, by a grant there or above; in any unit when None."""
        ...

    def units(self, role: str) -> frozenset[int]:
        """Every unit in which the person holds `role`, units below included."""
        ...


Rule = Callable[[Identity | None, Any], bool]
Rules = Mapping[str, list[list[Rule]]]


def anyone(identity: Identity | None, context: Any) -> bool:
    """Everybody, signed in or not."""
    return True


def signed_in(identity: Identity | None, context: Any) -> bool:
    """Any signed-in person."""
    return identity is not None


def has_role(role: str) -> Rule:
    """Holds the role in at least one unit."""

    def rule(identity: Identity | None, context: Any) -> bool:
        return identity is not None and identity.has(role)

    rule.__name__ = f"{role} anywhere"
    return rule


def has_role_in_unit(role: str) -> Rule:
    """Holds the role in the unit of the context (`context.unit_id`) or in a unit above it."""

    def rule(identity: Identity | None, context: Any) -> bool:
        unit_id = getattr(context, "unit_id", None)
        return identity is not None and unit_id is not None and identity.has(role, unit_id)

    rule.__name__ = f"{role} of the unit"
    return rule


def allowed(rules: Rules, permission: str, identity: Identity | None, context: Any) -> bool:
    """Whether one line of the table lets `identity` do `permission` to `context`; an unknown one is denied."""
    return any(all(rule(identity, context) for rule in way) for way in rules.get(permission, ()))


def add_rules(config: Configurator, rules: Rules) -> None:
    """Configurator directive: add a package's table. A permission may stand in one table only."""
    table: dict[str, list[list[Rule]]] = config.registry.setdefault("portal.rules", {})
    for permission, ways in rules.items():
        if permission in table:
            raise ConfigurationError(f"The permission {permission!r} stands in two rule tables.")
        table[permission] = ways


def require_stated_permission(view: Callable[..., Any], info: Any) -> Callable[..., Any]:
    """View deriver: a view without a permission, or with one that no table knows, stops the start."""
    permission = info.options.get("permission")
    if info.exception_only or info.options.get("portal_internal"):
        return view
    if not isinstance(permission, str):
        raise ConfigurationError(f"{info.original_view!r} does not state its permission.")
    if permission not in info.registry.get("portal.rules", {}):
        raise ConfigurationError(f"{info.original_view!r}: no rule table knows the permission {permission!r}.")
    return view


require_stated_permission.options = ("portal_internal",)  # type: ignore[attr-defined]


def includeme(config: Configurator) -> None:
    config.add_directive("add_rules", add_rules)
    config.add_view_deriver(require_stated_permission, name="stated_permission")

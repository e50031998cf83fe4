"""The table of permissions as a page for operators. `PYTHONPATH=tests python -m flows.permissions` writes it anew."""

from collections.abc import Iterator

from flows.table import (
    ADMINISTRATOR,
    APPROVER,
    CHECKED_INSIDE,
    DRAFT,
    EDITOR,
    EDITOR_ABOVE,
    HANDLER,
    KEEPER,
    NOBODY,
    PEOPLE,
    READER,
    RECEPTIONIST,
    STATES,
    VIEWS,
    WHO,
    asked_states,
)

from portal.settings import ROOT

PLACE = ROOT / "docs" / "permissions.md"
HEAD = f"""# Who may do what

A person holds roles, each in a unit: `{READER}` (người đọc), `{EDITOR}` (người soạn), `{APPROVER}` (người duyệt),
`{ADMINISTRATOR}` (quản trị viên), `{RECEPTIONIST}` (cán bộ tiếp nhận), `{HANDLER}` (cán bộ xử lý). A role holds in the
units below, too. What no row allows is denied.

This page is written from `tests/flows/table.py`, which the tests hold the program to: everybody asks every view in
every state over HTTP. After a change there: `PYTHONPATH=tests python -m flows.permissions`.

## Permissions

`yes` in every state of the edition, else the states in which it is allowed. *{NOBODY}*: not signed in.
*{EDITOR_ABOVE}*: editor of the unit above. *elsewhere*: the role is held in another unit.
*{KEEPER}*: administrator of the agency that runs the instance, who keeps the register of agencies.
Nobody publishes what they wrote themselves, unless their unit allows it; then the publication is marked.
"""


def document() -> str:
    """The page."""
    return "\n".join([HEAD, *_permissions(), "", "## Views", "", *_views(), ""])


def _permissions() -> Iterator[str]:
    yield f"| permission | {' | '.join(PEOPLE)} |"
    yield "|---" * (len(PEOPLE) + 1) + "|"
    for permission in WHO:
        yield f"| `{permission}` | {' | '.join(_cell(permission, person) for person in PEOPLE)} |"


def _cell(permission: str, person: str) -> str:
    states = [state for state in STATES if (person, state) in WHO[permission]]
    return "yes" if len(states) == len(STATES) else ", ".join(states)


def _views() -> Iterator[str]:
    yield "| view | address | permission | asked in |"
    yield "|---|---|---|---|"
    for name, view in VIEWS.items():
        states = "every state" if asked_states(view) != (DRAFT,) else "–"
        yield f"| {name} | `{view.address}` | `{view.permission}` | {states} |"
    for permission in sorted(CHECKED_INSIDE):
        yield f"| (inside a view) | – | `{permission}` | – |"


if __name__ == "__main__":
    PLACE.write_text(document(), encoding="utf-8")

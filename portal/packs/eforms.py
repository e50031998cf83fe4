"""Interactive forms of a pack: one TOML file each, in the shape of the definition, conditions as people write them.

    title = "…"            [[sections]]            [[sections.fields]]
    intro = "…"            id = "nguoi_khai"       id = "ho_ten"
                           title = "…"             type = "text"
                           when = 'x = đúng'       label = "…"

The name of the file is the slug, and what a procedure of the pack says in its `eform`: `eforms` comes before
`procedures` in `load.order`. A file that is refused names what the designer would name.
"""

from functools import partial
from pathlib import PurePosixPath
from typing import Any

from portal.eforms.definition import Data, clean
from portal.eforms.expressions import NotAnExpression, parse
from portal.eforms.kind import NAME
from portal.eforms.problems import problems_of
from portal.packs.errors import BadPack
from portal.packs.files import digest, read_text, read_toml
from portal.packs.pack import Pack
from portal.packs.stage import STATES, Job, Stage, Verdict, Wanted
from portal.publishing.models import State

_LIFE = frozenset({"state", "unit", "change_note", "withdrawn_why"})


def jobs(pack: Pack) -> list[Job]:
    """What brings each form in, in order of file names. Raises `BadPack`."""
    made = []
    for path, name in pack.files(pack.eforms) if pack.eforms else ():
        values = read_toml(path, name)
        definition = definition_of(values, name)
        bring = partial(_bring, file=name, sha256=digest(read_text(path, name)), values=values, definition=definition)
        made.append(Job(name, bring))
    return made


def slug_of(file: str) -> str:
    """`eforms/khai-sinh.toml` → `khai-sinh`."""
    return PurePosixPath(file).stem


def definition_of(values: dict[str, Any], file: str) -> Data:
    """The definition that a file means. Raises `BadPack` for a value that has no place in it, and for one that could
    not be published."""
    if values.get("state", State.PUBLISHED) not in STATES or values.get("state") == State.SCHEDULED:
        raise BadPack(file, f"state không dùng được: {values['state']}")
    given = _with_conditions({key: value for key, value in values.items() if key not in _LIFE}, file)
    cleaned = clean(given)
    lost = _lost(given, cleaned)
    if lost is not None:
        raise BadPack(file, f"giá trị không dùng được: {lost}")
    problems = problems_of(cleaned)
    if problems and values.get("state") != State.DRAFT:
        raise BadPack(file, " ".join(problem.message.interpolate() for problem in problems))
    return cleaned


def _bring(stage: Stage, *, file: str, sha256: str, values: dict[str, Any], definition: Data) -> Verdict:
    if stage.is_known(file, sha256):
        return Verdict.UNCHANGED
    unit = stage.unit(values.get("unit"))
    if unit is None:
        raise BadPack(file, f"danh bạ không có cơ quan mang mã {values['unit']}")
    wanted = Wanted(
        state=State(values.get("state", State.PUBLISHED)),
        change_note=values.get("change_note", ""),
        withdrawn_why=values.get("withdrawn_why", ""),
    )
    data = {"slug": slug_of(file), "definition": definition}
    return stage.bring(file, sha256, kind=NAME, data=data, unit=unit, wanted=wanted)


def _with_conditions(value: Any, file: str) -> Any:
    """The same with every `when` read."""
    if isinstance(value, list):
        return [_with_conditions(one, file) for one in value]
    if not isinstance(value, dict):
        return value
    made = {key: _with_conditions(one, file) for key, one in value.items()}
    if isinstance(made.get("when"), str):
        try:
            made["when"] = parse(made["when"])
        except NotAnExpression as error:
            reason = error.message.interpolate()
            raise BadPack(file, f"không đọc được điều kiện “{value['when']}”: {reason}") from None
    return made


def _lost(given: Any, kept: Any, where: str = "") -> str | None:
    """The place of the first value that cleaning dropped or changed; None when all is there."""
    if isinstance(given, dict):
        if not isinstance(kept, dict):
            return where
        found = (_lost(value, kept.get(name), f"{where}.{name}".strip(".")) for name, value in given.items())
        return next((place for place in found if place is not None), None)
    if isinstance(given, list):
        if not isinstance(kept, list) or len(given) != len(kept):
            return where
        if not any(isinstance(one, dict) for one in given):  # a set of names, put into their order
            return None if sorted(given) == sorted(kept) else where
        pairs = enumerate(zip(given, kept, strict=True), 1)
        found = (_lost(one, other, f"{where}[{number}]") for number, (one, other) in pairs)
        return next((place for place in found if place is not None), None)
    same = given == kept or (isinstance(given, str) and isinstance(kept, str) and given.strip() == kept)
    return None if same else where

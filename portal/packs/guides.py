"""Guides of a pack: one TOML file each, in the shape of the record, with paths that are expected.

    title = "…"            [[nodes]]                   [[nodes]]                      [[tests]]
    start = "n1"           id = "n1"                   id = "n2"                      answers = ["co"]
                           kind = "question"           kind = "outcome"               outcome = "n2"
                           title = "…?"                title = "…"
                           choices = [{ id = "co", label = "Có", target = "n2" }]     (text is Markdown)

The procedures that it names must be public before it: `guides` comes after `procedures` in `load.order`.
"""

from functools import partial
from typing import Any

from portal.guides.data import OUTCOME, clean
from portal.guides.queries import NAME
from portal.guides.walking import words_of
from portal.packs.errors import BadPack
from portal.packs.files import digest, read_text, read_toml
from portal.packs.markdown import UnknownPage, to_html
from portal.packs.pack import Pack
from portal.packs.stage import STATES, Job, Stage, Verdict, Wanted
from portal.publishing.models import State

_LIFE = frozenset({"state", "unit"})
_KEYS = frozenset(clean({})) - {"last"}
_NODE_KEYS = frozenset(
    key for kind in ("question", "outcome") for key in clean({"nodes": [{"kind": kind}]})["nodes"][0]
)  # fmt: skip


def jobs(pack: Pack) -> list[Job]:
    """What brings each guide in, in order of file names. Raises `BadPack`."""
    made = []
    for path, name in pack.files(pack.guides) if pack.guides else ():
        values = read_toml(path, name)
        _check(values, name)
        bring = partial(_bring, file=name, sha256=digest(read_text(path, name)), values=values)
        made.append(Job(name, bring))
    return made


def _bring(stage: Stage, *, file: str, sha256: str, values: dict[str, Any]) -> Verdict:
    if stage.is_known(file, sha256):
        return Verdict.UNCHANGED
    unit = stage.unit(values.get("unit"))
    if unit is None:
        raise BadPack(file, f"danh bạ không có cơ quan mang mã {values['unit']}")
    data = _data(values, file)
    wanted = Wanted(state=State(values.get("state", State.PUBLISHED)))
    return stage.bring(file, sha256, kind=NAME, data=data, unit=unit, wanted=wanted)


def _data(values: dict[str, Any], file: str) -> dict[str, Any]:
    nodes = [_with_html(node, file) if node["kind"] == OUTCOME else node for node in values["nodes"]]
    data = clean({**{key: values[key] for key in values.keys() - _LIFE}, "nodes": nodes})
    data["tests"] = [test | {"words": test["words"] or words_of(data, test["answers"])} for test in data["tests"]]
    return data


def _with_html(node: dict[str, Any], file: str) -> dict[str, Any]:
    def nowhere(slug: str) -> str:
        raise KeyError(slug)

    try:
        return node | {key: to_html(node[key], nowhere) for key in ("text", "text_en") if node.get(key)}
    except UnknownPage as unknown:
        raise BadPack(file, f"liên kết tới trang không rõ: {unknown.slug}") from None


def _check(values: dict[str, Any], file: str) -> None:
    if not values.get("title") or not values.get("nodes"):
        raise BadPack(file, "thiếu title hoặc [[nodes]]")
    for key in sorted(values.keys() - _KEYS - _LIFE):
        raise BadPack(file, f"khóa không rõ: {key}")
    if values.get("state", State.PUBLISHED) not in STATES:
        raise BadPack(file, f"state phải là một trong: {', '.join(STATES)}")
    ids = [node.get("id") for node in values["nodes"]]
    for place, node in enumerate(values["nodes"], 1):
        if node.get("kind") not in ("question", "outcome") or not node.get("id") or ids.count(node["id"]) > 1:
            raise BadPack(file, f"nút thứ {place} phải có id riêng và kind là question hoặc outcome")
        for key in sorted(node.keys() - _NODE_KEYS):
            raise BadPack(file, f"nút {node['id']}: khóa không rõ: {key}")
        for choice in node.get("choices", ()):
            if choice.get("target") not in ids:
                raise BadPack(file, f"nút {node['id']}: target không rõ: {choice.get('target')}")

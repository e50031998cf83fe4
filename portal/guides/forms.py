"""Between the record of a guide and the editor's forms: one for the guide as a whole, one for each node.

Each form carries the place it belongs to (`guide`, or the id of a node): what was typed and not saved is offered there.
"""

from typing import Any

from portal.agencies.models import Agency
from portal.forms import Button, Form
from portal.forms.widgets.choices import Words
from portal.guides.checks import name
from portal.guides.data import OUTCOME, QUESTION, Answer, Data, clean, node_of, nodes_of
from portal.guides.outcome_schemas import OutcomeSchema
from portal.guides.schemas import QUESTIONS, GuideSchema, NewGuideSchema
from portal.publishing.models import Edition
from portal.publishing.views.editing import BUTTONS, attributes
from portal.request import Request, _
from portal.rules import APPROVER, EDITOR

WHOLE = "guide"
"""The place of the form of the guide as a whole."""
FORM_ID = "huong-dan"
NEW = {f"new:{QUESTION}": QUESTION, f"new:{OUTCOME}": OUTCOME}
"""Targets that are made when the answer is saved."""


def new_form(request: Request) -> Form:
    """Ask for what a guide begins with."""
    identity = request.identity
    assert identity is not None
    units = identity.units(EDITOR) | identity.units(APPROVER)
    rows = request.db.query(Agency).where(Agency.id.in_(units), Agency.valid_to.is_(None)).order_by(Agency.name)
    return Form(
        NewGuideSchema(),
        request=request,
        buttons=(Button("begin", _("Tạo hướng dẫn")),),
        form_id="huong-dan-moi",
        units=[(agency.id, agency.label(request.lang)) for agency in rows],
    )


def whole_form(request: Request, edition: Edition, *, saves_itself: bool) -> Form:
    """The form of the guide as a whole."""
    questions = [(node["id"], Words(name(node))) for node in nodes_of(edition.data, QUESTION)]
    return Form(
        GuideSchema(),
        request=request,
        buttons=BUTTONS,
        action=request.route_path("guides.edit", uid=edition.item.uid),
        form_id=FORM_ID,
        attributes=attributes(request, edition) if saves_itself else {},
        questions=questions,
    )


def whole_values(data: Data) -> dict[str, Any]:
    """What the form of the whole shows."""
    return {"place": WHOLE, **{key: data[key] for key in ("title", "summary", "start", "title_en", "summary_en")}}


def whole_data(values: dict[str, Any], before: Data) -> Data:
    """The record with what was typed."""
    return before | {key: value for key, value in values.items() if key != "place"}


def node_form(request: Request, edition: Edition, node: Data, *, saves_itself: bool) -> Form:
    """The form of a question or an outcome."""
    data = edition.data
    schema = QUESTIONS[Answer(node["answer"])]() if node["kind"] == QUESTION else OutcomeSchema()
    return Form(
        schema,
        request=request,
        buttons=BUTTONS,
        action=request.route_path("guides.edit_node", uid=edition.item.uid, node=node["id"]),
        form_id=FORM_ID,
        attributes=attributes(request, edition) if saves_itself else {},
        targets=_targets(request, data, node),
    )


def _targets(request: Request, data: Data, node: Data) -> list[tuple[str, str]]:
    kinds = {QUESTION: _("Câu hỏi: ${name}"), OUTCOME: _("Kết quả: ${name}")}
    known = [
        (other["id"], request.translate(_named(kinds[kind], name(other))))
        for kind in (QUESTION, OUTCOME)
        for other in nodes_of(data, kind)
        if other["id"] != node["id"]
    ]
    made = {QUESTION: _("Câu hỏi mới (tạo khi lưu)"), OUTCOME: _("Kết quả mới (tạo khi lưu)")}
    return known + [(key, made[kind]) for key, kind in NEW.items()]


def _named(label: Any, named: Any) -> Any:
    return label % {"name": named}


def node_values(data: Data, id_: str, stored: Data) -> dict[str, Any]:
    """What the form of a node shows. A target that is not stored yet is shown as one that is still to be made."""
    node = node_of(data, id_)
    assert node is not None
    values = {"place": id_, **node}
    if node["kind"] == QUESTION:
        there = {other["id"] for other in stored["nodes"]}
        values["choices"] = [choice | {"target": _shown(data, choice["target"], there)} for choice in node["choices"]]
    return values


def _shown(data: Data, target: str | None, there: set[str]) -> str | None:
    if target is None or target in there:
        return target
    made = node_of(data, target)
    return f"new:{made['kind']}" if made else None


def node_data(values: dict[str, Any], before: Data, id_: str) -> Data:
    """The record with what was typed in the form of a node, and with the nodes that its answers ask for."""
    typed = {key: value for key, value in values.items() if key != "place"}
    nodes = [node | typed if node["id"] == id_ else node for node in before["nodes"]]
    data = clean({**before, "nodes": [_without_new(node) for node in nodes]})
    node, sent = node_of(data, id_), list(typed.get("choices", ()))
    if node is None or node["kind"] != QUESTION:
        return data
    stored = node_of(before, id_) or {"choices": []}
    for choice, row in zip(node["choices"], sent, strict=False):
        kind = NEW.get(row.get("target") or "")
        if kind is not None:
            choice["target"] = _made(data, kind, choice, stored, before)
    return clean(data)


def _without_new(node: Data) -> Data:
    """As it is stored: the words for a node to be made are no id."""
    choices = [
        choice | {"target": None} if choice.get("target") in NEW else choice for choice in node.get("choices", ())
    ]
    return node | {"choices": choices} if "choices" in node else node


def _made(data: Data, kind: str, choice: Data, stored: Data, before: Data) -> str:
    """The id of a new node; of the one that the same answer had made before, when the form is sent once more."""
    earlier = next((one["target"] for one in stored["choices"] if one["id"] == choice["id"]), None)
    blank = node_of(before, earlier)
    if blank is not None and blank["kind"] == kind and not blank["title"]:
        return str(blank["id"])
    return added(data, kind)


def added(data: Data, kind: str, answer: str = Answer.CHOICE) -> str:
    """Put a blank node at the end of a record; its id."""
    data["last"] += 1
    id_ = f"n{data['last']}"
    data["nodes"].append({"id": id_, "kind": kind, "answer": answer})
    return id_

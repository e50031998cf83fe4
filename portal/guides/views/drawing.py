"""The picture of a guide and the outline that says the same in words, for the editor's pages."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from portal.guides import queries
from portal.guides.checks import Finding, name
from portal.guides.data import QUESTION, Data, references
from portal.guides.graph import Graph
from portal.guides.layout import Picture, picture
from portal.publishing.models import Edition
from portal.request import Request


def drawn(request: Request, edition: Edition) -> Picture:
    """The picture, in the language of the editor where a node has no words yet."""
    return picture(edition.data, lambda node: request.translate(name(node)))


def outlined(request: Request, edition: Edition, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Every node in the order of the picture: its number, words, answers with their targets, findings, where from."""
    data = edition.data
    graph, nodes = Graph.of(data), {node["id"]: node for node in data["nodes"]}
    known = queries.procedures(request.db, references(data))
    numbers = {id_: number for number, id_ in enumerate(graph.order, 1)}
    sources = defaultdict(list)
    for id_ in graph.order:
        for target in graph.targets(id_):
            sources[target].append(id_)
    said: dict[str, list[Any]] = defaultdict(list)
    for finding in findings:
        said[finding.node or ""].append(finding.message)

    def link(id_: str) -> dict[str, Any]:
        return {"id": id_, "number": numbers[id_], "name": _said(request, nodes[id_])}

    return [
        {
            **link(id_),
            "kind": nodes[id_]["kind"],
            "is_start": id_ == data["start"],
            "href": request.route_path("guides.edit_node", uid=edition.item.uid, node=id_),
            "answers": [(c["label"], link(c["target"]) if c["target"] else None) for c in _of(nodes[id_])],
            "sources": [link(source) for source in sources[id_]],
            "procedures": [
                (row["procedure"], known[row["procedure"]].name if row["procedure"] in known else None)
                for row in nodes[id_].get("procedures", ())
            ],
            "findings": said[id_],
        }
        for id_ in graph.order
    ]


def _of(node: Data) -> list[Data]:
    return list(node["choices"]) if node["kind"] == QUESTION else []


def _said(request: Request, node: Data) -> str:
    """Its words, whole."""
    return str(node["title"] or request.translate(name(node)))

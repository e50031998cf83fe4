"""A guide as a directed graph: what is reachable, where it turns in a circle, every path. Pure, and never recursive."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from portal.guides.data import OUTCOME, QUESTION, Data


@dataclass(frozen=True)
class Edge:
    """An answer: from a question by a choice to a node, or to None where it leads nowhere yet."""

    source: str
    choice: str
    target: str | None


@dataclass(frozen=True)
class Path:
    """One way through: the answers given, the nodes passed, the last one included.

    `whole`: it ends at an outcome; otherwise it stops at an answer that leads nowhere or back to an earlier question.
    """

    answers: tuple[str, ...]
    nodes: tuple[str, ...]
    whole: bool


@dataclass(frozen=True)
class Paths:
    """The first paths; `total` is None where a circle makes them endless, `more` whether some are not listed."""

    listed: list[Path]
    total: int | None
    more: bool


@dataclass(frozen=True)
class Graph:
    """Nodes in the order of writing, with the edges of each in the order of its choices."""

    start: str | None
    edges: Mapping[str, tuple[Edge, ...]]
    outcomes: frozenset[str]

    @classmethod
    def of(cls, data: Data) -> "Graph":
        """The graph of a cleaned record."""
        edges = {node["id"]: tuple(_edges(node)) for node in data["nodes"]}
        return cls(data["start"], edges, frozenset(node["id"] for node in data["nodes"] if node["kind"] == OUTCOME))

    def targets(self, node: str) -> list[str]:
        """Where its answers lead, each node once."""
        return list(
            dict.fromkeys(edge.target for edge in self.edges[node] if edge.target in self.edges and edge.target)
        )

    @cached_property
    def reachable(self) -> frozenset[str]:
        """Every node that some answers lead to, the start included."""
        seen: set[str] = set()
        waiting = [self.start] if self.start in self.edges and self.start else []
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting.extend(self.targets(node))
        return frozenset(seen)

    @cached_property
    def circles(self) -> list[tuple[str, ...]]:
        """Circles, one for each edge that leads back to a node on the way to it; empty when there is no way back.

        Each begins with the node that is led back to. Nodes that are not reachable are looked at too.
        """
        found: list[tuple[str, ...]] = []
        done: set[str] = set()
        for first in self.edges:
            if first not in done:
                found += self._circles_from(first, done)
        return found

    def _circles_from(self, first: str, done: set[str]) -> Iterator[tuple[str, ...]]:
        trail, at = [first], {first: 0}
        waiting = [iter(self.targets(first))]
        while waiting:
            node = next(waiting[-1], None)
            if node is None:
                waiting.pop()
                left = trail.pop()
                del at[left]
                done.add(left)
            elif node in at:
                yield tuple(trail[at[node] :])
            elif node not in done:
                at[node] = len(trail)
                trail.append(node)
                waiting.append(iter(self.targets(node)))

    @cached_property
    def back_edges(self) -> frozenset[tuple[str, str]]:
        """The edges (source, target) without which there would be no circle."""
        return frozenset((circle[-1], circle[0]) for circle in self.circles)

    @cached_property
    def order(self) -> list[str]:
        """Every node after those that lead to it, back edges left aside; in the order of writing otherwise."""
        left: dict[str, int] = dict.fromkeys(self.edges, 0)
        for node in self.edges:
            for target in self.forward(node):
                left[target] += 1
        ready = [node for node in self.edges if not left[node]]
        ordered: list[str] = []
        while ready:
            node = ready.pop(0)
            ordered.append(node)
            for target in self.forward(node):
                left[target] -= 1
                if not left[target]:
                    ready.append(target)
        return ordered

    def forward(self, node: str) -> list[str]:
        """Where its answers lead, ways back left aside."""
        return [target for target in self.targets(node) if (node, target) not in self.back_edges]

    @cached_property
    def most_questions(self) -> int:
        """How many questions the longest way from the start has; ways back are not followed."""
        length: dict[str, int] = {}
        for node in reversed(self.order):
            further = max((length[target] for target in self.forward(node)), default=0)
            length[node] = further + (node not in self.outcomes)
        return length.get(self.start, 0) if self.start else 0

    def paths(self, limit: int) -> Paths:
        """Ways from the start, in the order of the choices, at most `limit`."""
        listed = list(islice(self._paths(), limit + 1))
        return Paths(listed[:limit], self._total(), len(listed) > limit)

    def _paths(self) -> Iterator[Path]:
        if self.start not in self.edges or self.start is None:
            return
        waiting: list[tuple[tuple[str, ...], tuple[str, ...], bool]] = [((), (self.start,), False)]
        while waiting:
            answers, nodes, stopped = waiting.pop()
            edges = () if stopped else self.edges[nodes[-1]]
            if not edges:
                yield Path(answers, nodes, whole=not stopped and nodes[-1] in self.outcomes)
            for edge in reversed(edges):
                goes_on = edge.target is not None and edge.target in self.edges and edge.target not in nodes
                passed = (*nodes, str(edge.target)) if goes_on else nodes
                waiting.append(((*answers, edge.choice), passed, not goes_on))

    def _total(self) -> int | None:
        """How many paths there are from the start; None where a circle can be reached."""
        if any(node in self.reachable for circle in self.circles for node in circle):
            return None
        ways: dict[str, int] = {}
        for node in reversed(self.order):
            edges = self.edges[node]
            ways[node] = sum(ways[e.target] if e.target in ways and e.target else 1 for e in edges) if edges else 1
        return ways.get(self.start, 0) if self.start else 0


def _edges(node: Data) -> Iterator[Edge]:
    if node["kind"] == QUESTION:
        yield from (Edge(node["id"], choice["id"], choice["target"]) for choice in node["choices"])

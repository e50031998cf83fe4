"""The graph of a guide: what is reachable, circles, every path."""

from typing import Any

from guides.drawn import guides
from hypothesis import given

from portal.guides.data import clean
from portal.guides.graph import Graph
from portal.guides.walking import walk

MOST = 60


def _graph(**edges: list[str | None]) -> Graph:
    """`n1=["n2", None]`: a question with answers that lead there; no edges: an outcome."""
    nodes = [
        {"id": id_, "kind": "question" if targets else "outcome",
         "choices": [{"id": f"c{n}", "label": f"c{n}", "target": target} for n, target in enumerate(targets)]}
        for id_, targets in edges.items()
    ]  # fmt: skip
    return Graph.of(clean({"nodes": nodes}))


def test_a_circle_is_found_where_it_closes() -> None:
    graph = _graph(n1=["n2", "n4"], n2=["n3"], n3=["n2", "n4"], n4=[])

    assert graph.circles == [("n2", "n3")]
    assert graph.back_edges == {("n3", "n2")}
    assert graph.paths(10).total is None


def test_a_circle_that_nobody_reaches_is_found_too_and_paths_are_still_counted() -> None:
    graph = _graph(n1=["n2"], n2=[], n3=["n4"], n4=["n3"])

    assert graph.circles == [("n3", "n4")]
    assert graph.reachable == {"n1", "n2"}
    assert graph.paths(10).total == 1


def test_paths_come_in_the_order_of_the_answers_and_tell_what_is_left_out() -> None:
    graph = _graph(n1=["n2", "n3", None], n2=["n3", "n3"], n3=[])

    listed = graph.paths(3)

    assert [path.answers for path in listed.listed] == [("c0", "c0"), ("c0", "c1"), ("c1",)]
    assert (listed.total, listed.more) == (4, True)
    assert [path.whole for path in graph.paths(9).listed] == [True, True, True, False]


def test_doubling_over_and_over_is_counted_without_being_walked() -> None:
    chain: dict[str, list[str | None]] = {f"n{n}": [f"n{n + 1}", f"n{n + 1}"] for n in range(1, 61)}

    graph = _graph(**chain, n61=[])

    assert graph.paths(5).total == 2**60
    assert graph.most_questions == 60


@given(guides())
def test_reachable_is_what_the_paths_pass(data: dict[str, Any]) -> None:
    graph = Graph.of(data)
    paths = graph.paths(5000)

    if not paths.more:
        assert {node for path in paths.listed for node in path.nodes} == set(graph.reachable)


@given(guides())
def test_a_path_never_passes_a_node_twice_and_ends_where_its_answers_lead(data: dict[str, Any]) -> None:
    for path in Graph.of(data).paths(MOST).listed:
        assert len(set(path.nodes)) == len(path.nodes)
        walked = walk(data, path.answers)
        if path.whole:
            assert walked.is_over
            assert walked.node is not None
            assert walked.node["id"] == path.nodes[-1]
        else:
            assert not walked.is_over or walked.refused is not None or len(path.answers) == len(path.nodes)


@given(guides())
def test_without_the_ways_back_there_is_an_order_of_all_nodes(data: dict[str, Any]) -> None:
    graph = Graph.of(data)
    place = {node: number for number, node in enumerate(graph.order)}

    assert sorted(graph.order) == sorted(graph.edges)
    assert all(place[node] < place[target] for node in graph.edges for target in graph.forward(node))
    assert bool(graph.circles) == bool(graph.back_edges)


@given(guides(forward=True))
def test_a_guide_that_goes_forward_has_as_many_paths_as_are_listed(data: dict[str, Any]) -> None:
    graph = Graph.of(data)
    paths = graph.paths(100_000)

    assert graph.circles == []
    assert paths.total == len(paths.listed)
    assert not paths.more
    assert all(path.whole for path in paths.listed)
    assert graph.most_questions == max(len(path.answers) for path in paths.listed)

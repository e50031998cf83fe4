"""Linked data as plain values, and their two written forms: Turtle and JSON-LD 1.1, both from the same nodes.

A node is a dict: `@id`, `@type` (prefixed names) and, by prefixed property, values of `text`, `typed`, `ref` or `str`.
Every node has an address of its own, so nodes may be written one by one, in any order, whatever their number.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_NOT_IN_AN_ADDRESS = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ADDRESS = re.compile(r"(?:https?://[^\s/?#]+|mailto:[^\s@]+@[^\s@]+|tel:\+?[\d.-]+|urn:[a-z0-9-]+:)\S*", re.IGNORECASE)

Value = dict[str, str] | str
Node = dict[str, Any]


class Graph:
    """Nodes in the order in which they were first described, each once; `taken` gives the new ones."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._fresh: list[Node] = []

    def add(self, address: str, *types: str, **values: Any) -> Value:
        """Describe what stands at the address, unless that was done, and refer to it.

        Properties are written with `_` for `:` and `__` for `_`; a value may be None (left out), one, or several.
        """
        if address not in self._known:
            self._known.add(address)
            self._fresh.append(_node(address, types, values))
        return ref(address)

    def taken(self) -> list[Node]:
        """The nodes since the last time."""
        fresh, self._fresh = self._fresh, []
        return fresh


def text(value: str | None, lang: str = "vi") -> Value | None:
    """Words in a language; None stays None."""
    return {"@value": value, "@language": lang} if value else None


def typed(value: str, datatype: str) -> Value:
    """A value of a datatype, in its lexical form."""
    return {"@value": value, "@type": datatype}


def ref(address: str) -> Value:
    """What stands at an address."""
    return {"@id": address}


def address_of(given: str | None) -> str | None:
    """An address that somebody typed, in a form that may stand in data; None where it is none."""
    if not given or not _ADDRESS.fullmatch(given.strip()):
        return None
    return _PERCENT.sub("%25", _NOT_IN_AN_ADDRESS.sub(lambda found: f"%{ord(found.group()):02X}", given.strip()))


def turtle(nodes: Iterable[Node]) -> Iterator[bytes]:
    """RDF 1.1 Turtle, in pieces."""
    yield "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items()).encode()
    for node in nodes:
        yield _turtle_node(node).encode()


def jsonld(nodes: Iterable[Node]) -> Iterator[bytes]:
    """JSON-LD 1.1 with its context inside, in pieces."""
    yield b'{"@context":' + orjson.dumps(PREFIXES) + b',"@graph":['
    comma = b"\n"
    for node in nodes:
        yield comma + orjson.dumps(node)
        comma = b",\n"
    yield b"\n]}\n"


def _node(address: str, types: tuple[str, ...], values: dict[str, Any]) -> Node:
    node: Node = {"@id": address, "@type": list(types)}
    for name, given in values.items():
        several = given if isinstance(given, list | tuple) else (given,)
        kept = {_key(value): value for value in several if value}
        if kept:
            node[name.replace("_", ":", 1).replace("__", "_")] = list(kept.values())
    return node


def _key(value: Value) -> Any:
    """Equal for equal values: of several the place of the first one counts."""
    return value if isinstance(value, str) else tuple(value.values())


def _turtle_node(node: Node) -> str:
    lines = [f"a {', '.join(node['@type'])}"]
    lines += [
        f"{name} {', '.join(map(_turtle_value, values))}" for name, values in node.items() if not name.startswith("@")
    ]
    said = " ;\n    ".join(lines)
    return f"\n<{node['@id']}> {said} .\n"


def _turtle_value(value: Value) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if "@id" in value:
        return f"<{value['@id']}>"
    end = f"@{value['@language']}" if "@language" in value else f"^^{value['@type']}"
    return _quoted(value["@value"]) + end


def _quoted(value: str) -> str:
    """Escapes of JSON are escapes of Turtle."""
    return orjson.dumps(value).decode()

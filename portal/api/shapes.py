"""Pieces that the JSON Schemas of the interface are made of."""

from typing import Any

TEXT = {"type": "string"}
TEXT_OR_NOTHING = {"type": ["string", "null"]}
NUMBER = {"type": "number"}
COUNT = {"type": "integer", "minimum": 0}
YES_OR_NO = {"type": "boolean"}
ADDRESS = {"type": "string", "format": "uri"}
ADDRESS_OR_NOTHING = {"type": ["string", "null"], "format": "uri"}


def to(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def object_of(properties: dict[str, dict[str, Any]], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

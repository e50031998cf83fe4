"""A form as a file: out of one portal and into another, byte for byte (invariant 22)."""

from typing import Any

import orjson

from portal.eforms.definition import Data, clean
from portal.eforms.errors import NotAForm

MARK = "portal.eform"
LARGEST = 2 * 1024 * 1024


def exported(definition: Data) -> bytes:
    """The file: JSON, sorted keys, two spaces, a line end at its end, so that it also compares well by eye."""
    body = {"format": MARK, **clean(definition)}
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def imported(content: bytes) -> Data:
    """The definition in such a file. Raises `NotAForm`."""
    try:
        body: Any = orjson.loads(content) if len(content) <= LARGEST else None
    except orjson.JSONDecodeError:
        raise NotAForm from None
    if not isinstance(body, dict) or body.get("format") != MARK or body.get("schema") != clean({})["schema"]:
        raise NotAForm
    return clean(body)

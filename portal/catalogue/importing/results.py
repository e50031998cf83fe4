"""Results of a procedure: several titles written on end, with codes of the national list."""

import re
from typing import Any

from portal.catalogue.data import Data
from portal.catalogue.importing import glue
from portal.catalogue.importing.prose import lines_of, without_bullet

_CODE = re.compile(r"\s*Mã:\s*(?P<code>[^\sà-ỹÀ-Ỹ]+?)(?=[A-ZĐ][a-zà-ỹ]|\s|\Z)")


def results_of(text: str, codes: list[str], doubts: dict[str, str]) -> list[Data]:
    """`{name, code}` rows. Codes stand with their names where both are as many."""
    rows: list[dict[str, Any]] = []
    place = 0
    for found in _CODE.finditer(text):
        rows += _named(text[place : found.start()])
        if rows:
            rows[-1]["code"] = found["code"].rstrip(".,;")
        place = found.end()
    rows += _named(text[place:])
    free = [row for row in rows if row["code"] is None]
    if codes and len(codes) == len(free):
        for row, code in zip(free, codes, strict=True):
            row["code"] = code
    elif codes:
        doubts["results"] = f"Có {len(codes)} mã kết quả nhưng {len(free)} tên kết quả: chưa gắn mã với tên."
    return rows


def _named(text: str) -> list[dict[str, Any]]:
    titles = [without_bullet(title) for line in lines_of(text) for title in glue.parts_of(line)]
    return [{"name": title.strip(" ;"), "code": None} for title in titles if any(map(str.isalnum, title))]

"""Thành phần hồ sơ: names with file names glued to them, cut in two, with headings of cases between them."""

import re
from typing import Any

from portal.catalogue.data import Data
from portal.catalogue.importing import glue
from portal.catalogue.importing.prose import lines_of, without_bullet

_EXTENSION = r"\.(?:docx?|pdf|xlsx?|pptx?|rtf|odt|zip|rar|png|jpe?g)"
_ENDING = re.compile(rf"(?:{_EXTENSION})+", re.IGNORECASE)
_ENDS_IN_FILE = re.compile(rf"{_EXTENSION}\s*\Z", re.IGNORECASE)
_BLANK = re.compile(
    r"(?:\d+[-._ ]*)?(?:mẫu|mau|phụ lục|phu ?luc|phlc|biểu|bieu|đơn|tờ khai|to khai|tờ trình|văn bản|bản khai|báo cáo"
    r"|giấy đề nghị|mus)",
    re.IGNORECASE,
)
_SETS = re.compile(
    r"[-+*\s]*Số (?:lượng|bộ) hồ sơ(?: gồm)?\s*:?\s*0?(?P<sets>\d+)\s*(?:\([^)]*\)\s*)?\(?bộ\b.*", re.IGNORECASE
)
_HEADING = re.compile(
    r"[-–+*•\s]*(?:\(?(?:\d+|[a-zđ]|[ivx]+)\s*[.)]\s*)?(?:Trường hợp|Đối với|Khi|Nếu)\b.*:", re.DOTALL
)
_IF_ANY = re.compile(r"\(\s*nếu có\s*\)\s*[.;,]*\s*\Z", re.IGNORECASE)

GLUED = "Tên tệp mẫu dính vào tên giấy tờ “{name}”: chưa tách được."


def documents_of(rows: list[dict[str, Any]], doubts: dict[str, str]) -> tuple[list[Data], int | None]:
    """Rows for `documents`, and how many sets of them are asked for where one of the rows says so."""
    documents: list[Data] = []
    heading: str | None = None
    sets: int | None = None
    for row in rows:
        name, form = _taken_apart(str(row.get("name") or ""), row.get("form_file"))
        counted = _SETS.fullmatch(name)
        if counted:
            sets = int(counted["sets"])
            continue
        if _is_heading(row, name, form):
            heading = without_bullet(name).rstrip(" :")
            continue
        if form is None and _ENDS_IN_FILE.search(name):
            doubts["documents"] = GLUED.format(name=name[:120])
        if name:
            documents.append(_document(row, name, form, heading))
    if heading and all(document["case"] != heading for document in documents):
        documents.append({"name": heading})
    return documents, sets


def _document(row: dict[str, Any], name: str, form: str | None, case: str | None) -> Data:
    tidy = " ".join(without_bullet(line) for line in lines_of(name))
    made: Data = {"name": tidy, "form_name": form, "case": case, "required": not _IF_ANY.search(tidy)}
    counts = {key: row.get(key) for key in ("original", "copies")}
    return made | (counts if any(counts.values()) else {})


def _is_heading(row: dict[str, Any], name: str, form: str | None) -> bool:
    """A row that only names the case of the rows after it: nothing is asked for in it."""
    return form is None and not row.get("original") and not row.get("copies") and bool(_HEADING.fullmatch(name))


def _taken_apart(name: str, form_file: str | None) -> tuple[str, str | None]:
    """Name and file names. The source cut long texts in two anywhere, so both are read as one again."""
    form = (form_file or "").strip().lstrip('"')
    if form and " " not in form:
        return name.strip(), ", ".join(_ENDING.sub(lambda found: f"{found[0]}\n", form.replace("\\n", "\n")).split())
    whole = glue.joined(name.rstrip(), form) if form else name.strip()
    files: list[str] = []
    while _ENDS_IN_FILE.search(whole):
        start = _file_start(whole)
        if start is None:
            break
        files.insert(0, whole[start:].strip())
        whole = whole[:start].strip()
    return whole, ", ".join(files) or None


def _file_start(text: str) -> int | None:
    """Where the last file name begins: where two words touch, best before a word that names a blank form."""
    endings = [found.end() for found in _ENDING.finditer(text)]
    least = endings[-2] if len(endings) > 1 else 0
    places = range(max(least, 3), len(text) - 1)
    if blank := next((place for place in places if _touches(text, place, least) and _BLANK.match(text, place)), None):
        return blank
    touching = [place for place in places if _touches(text, place, least)]
    last_word = text.rfind(" ") + 1
    within = [place for place in touching if place >= last_word]
    return within[0] if within else next(reversed(touching), None)


def _touches(text: str, place: int, least: int) -> bool:
    """Whether something new begins here without a space before it."""
    before, here, after = text[place - 1], text[place], text[place + 1 : place + 2]
    if before.isspace() or not here.isalnum():
        return False
    if place == least or before in ';)],”"':
        return True
    if before == ".":
        in_number = text[place - 2].isdigit() and here.isdigit()
        return not in_number and not _ENDING.match(text, place - 1)
    if here.isupper():
        return before.islower() or (before.isalnum() and after.islower())
    if here.isdigit():
        return before.isupper() or (before.islower() and text.startswith(".", place + 1))
    return before.isalpha() and bool(_BLANK.match(text, place)) and not glue.is_whole(text, place)

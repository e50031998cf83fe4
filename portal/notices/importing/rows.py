"""From a source to the document record, with what was doubtful about it."""

from collections.abc import Mapping
from typing import Any

from portal.notices import data as record
from portal.notices import types
from portal.notices.importing.sources import Source
from portal.notices.intake.opening import refuse_secret
from portal.notices.kind import article_of
from portal.notices.paper import from_paper, of_file
from portal.notices.reading import Resolver, read
from portal.papers import Paper, sentence
from portal.text import fold, nfc, parse_number, slug

_DATES = ("issued_on", "effective_on", "expires_on")
_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA")


def record_of(
    source: Source, *, resolve: Resolver | None, fields: frozenset[str] | None = None
) -> tuple[record.Data, list[str]]:
    """The record of a row and the doubts, in words for the operator. What it states outweighs what its text says.

    `fields`: slugs of the fields of law that there are; None: any.
    """
    doubts: list[str] = []
    data = _from_row(source.row, resolve, doubts)
    if fields is not None:
        doubts += [f"lĩnh vực không có trong danh bạ: {field}" for field in data["fields"] if field not in fields]
    return data, doubts


def record_of_paper(
    paper: Paper, *, resolve: Resolver | None, pictures: Mapping[str, str]
) -> tuple[record.Data, list[str]]:
    """The record that a read file proposes and the doubts, in words for the operator.

    `pictures`: as in `portal.notices.paper.from_file`. Raises `SecretPaper` for one that bears a mark of state secrecy.
    """
    doubts = [str(sentence(remark).interpolate()) for remark in paper.remarks]
    if paper.is_scan:
        return record.clean({"scan": True}), doubts
    reading = read(paper.text, resolve=resolve)
    refuse_secret(reading, not_secret=False)
    data = of_file(reading, paper, pictures)
    return data, doubts + [f"{name}: {why}" for name, why in data["doubts"].items()]


def _from_row(row: dict[str, Any], resolve: Resolver | None, doubts: list[str]) -> record.Data:
    text = nfc(str(row.get("body") or row.get("text") or ""))
    read: record.Data = {"body": record.body_of_text(text)}
    if _has_header(text):
        read = from_paper(text, resolve=resolve)
    stated = _stated(row, doubts) | _of_article(row)
    if "signer" in stated:
        stated["signer"] = _signer(stated["signer"], read.get("signer"))
    data = record.clean(read | stated | {"doubts": {}, "sources": {}})
    doubts += [f"{name} không phải ngày: {row[name]}" for name in _DATES if row.get(name) and data[name] is None]
    if not data["title"]:
        doubts.append("không có trích yếu")
    if not data["body"]:
        doubts.append("không có nội dung")
    return data


def _has_header(text: str) -> bool:
    start = text[:1500].upper()
    return any(motto in start for motto in _MOTTO)


def _stated(row: dict[str, Any], doubts: list[str]) -> record.Data:
    stated: record.Data = _number(row.get("number"), doubts) | _type(row.get("type"), doubts)
    stated |= {name: row[name] for name in (*_DATES, "title") if row.get(name)}
    if row.get("issuer"):
        stated["issuer"] = {"name": row["issuer"], "code": None}
    if row.get("signer"):
        stated["signer"] = {"name": row["signer"]}
    if row.get("field"):
        stated["fields"] = [slug(str(row["field"]), longest=100)]
    return stated


def _of_article(row: dict[str, Any]) -> record.Data:
    """What a row says that is an article of a document (`document`, `document_title`, `year`): the document it comes
    from is its summary; it has no day of issue, as only the year is known."""
    source = str(row.get("document") or row.get("doc") or "").strip()
    if not source:
        return {}
    number, title, year = row.get("number"), row.get("document_title"), row.get("year")
    words = [source, *(str(part) for part in (number, title) if part and str(part) not in source)]
    if year and str(year) not in " ".join(words):
        words.append(f"({year})")
    found: record.Data = {} if row.get("summary") else {"summary": " ".join(words)}
    if not row.get("title"):
        article = article_of(str(row.get("id") or ""))
        found["title"] = f"Điều {article}" if article else source
    return found


def _signer(stated: record.Data, read: record.Data | None) -> record.Data:
    """With the position that the paper gives the same person."""
    same = read is not None and read["name"] and fold(read["name"]) == fold(str(stated["name"]))
    return read | stated if same and read is not None else stated


def _number(value: Any, doubts: list[str]) -> record.Data:
    if not value:
        return {}
    number = parse_number(str(value))
    if number is None:
        doubts.append(f"số, ký hiệu không theo mẫu: {value}")
        return {"number": str(value), "notation": None}
    return {"number": number.number, "notation": number.notation}


def _type(value: Any, doubts: list[str]) -> record.Data:
    type_ = types.by_name(str(value)) if value else None
    if value and type_ is None:
        doubts.append(f"loại văn bản không có trong danh mục: {value}")
    return {"type": type_.slug} if type_ else {}

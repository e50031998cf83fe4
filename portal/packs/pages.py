"""Pages of a pack: Markdown in Vietnamese and English, one item for both."""

from functools import partial
from typing import Any

from portal.packs.errors import BadPack
from portal.packs.files import Matter, digest, read_matter
from portal.packs.markdown import UnknownPage, to_html
from portal.packs.pack import Pack
from portal.packs.stage import Job, Stage, Verdict, Wanted
from portal.site.pages import NAME
from portal.text import slug as slug_of

_REQUIRED = ("slug", "language", "title")
_KNOWN = {*_REQUIRED, "summary", "section", "owner", "checked_on", "position"}
_PREFIX = {"vi": "", "en": "/en"}


def read_pages(pack: Pack) -> dict[str, dict[str, Matter]]:
    """Every page by slug and language. Raises `BadPack`."""
    pages: dict[str, dict[str, Matter]] = {}
    for path, name in pack.files(pack.pages or ""):
        matter = read_matter(path, name)
        _check(matter)
        versions = pages.setdefault(matter.values["slug"], {})
        if matter.values["language"] in versions:
            raise matter.bad("trang này đã có một tệp khác cùng ngôn ngữ", "slug")
        versions[matter.values["language"]] = matter
    for versions in pages.values():
        if "vi" not in versions:
            raise next(iter(versions.values())).bad("trang chưa có bản tiếng Việt", "slug")
    return pages


def jobs(pack: Pack) -> list[Job]:
    """What brings each page in. Raises `BadPack`."""
    pages = read_pages(pack)
    return [
        Job(versions["vi"].file, partial(_bring, versions=versions, slugs=set(pages))) for versions in pages.values()
    ]


def _bring(stage: Stage, *, versions: dict[str, Matter], slugs: set[str]) -> Verdict:
    main = versions["vi"]
    path = f"page:{main.values['slug']}"
    sha256 = digest("".join(versions[language].sha256 for language in sorted(versions)))
    if stage.is_known(path, sha256):
        return Verdict.UNCHANGED
    unit = stage.unit(main.values.get("owner"))
    if unit is None:
        raise main.bad(f"danh bạ không có cơ quan mang mã {main.values['owner']}", "owner")
    data = _data(versions, slugs)
    return stage.bring(path, sha256, kind=NAME, data=data, unit=unit, wanted=Wanted())


def _data(versions: dict[str, Matter], slugs: set[str]) -> dict[str, Any]:
    main = versions["vi"].values
    data = {name: main.get(name) for name in ("slug", "section", "position", "checked_on")}
    for language, matter in versions.items():
        suffix = "" if language == "vi" else f"_{language}"
        data |= {f"{name}{suffix}": matter.values.get(name) for name in ("title", "summary")}
        data[f"body{suffix}"] = _html(matter, slugs)
    return data


def _html(matter: Matter, slugs: set[str]) -> str:
    def address(slug: str) -> str:
        if slug not in slugs:
            raise KeyError(slug)
        return f"{_PREFIX[matter.values['language']]}/{slug}"

    try:
        return to_html(matter.text, address)
    except UnknownPage as unknown:
        line = matter.text_line + unknown.line - 1
        raise BadPack(matter.file, f"liên kết tới trang không có trong gói: {unknown.slug}", line) from None


def _check(matter: Matter) -> None:
    for key in matter.values:
        if key not in _KNOWN:
            raise matter.bad(f"khóa không rõ: {key}", key)
    for key in _REQUIRED:
        if not matter.values.get(key):
            raise matter.bad(f"thiếu {key}")
    if matter.values["language"] not in _PREFIX:
        raise matter.bad(f"language phải là một trong: {', '.join(_PREFIX)}", "language")
    if slug_of(matter.values["slug"]) != matter.values["slug"]:
        raise matter.bad("slug chỉ gồm chữ thường không dấu, chữ số và gạch nối", "slug")

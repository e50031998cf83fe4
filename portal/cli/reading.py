"""`portal notices read`: papers to JSON, one object a file, and how well they are read. Needs no instance."""

import gzip
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from portal.cli.words import _, say
from portal.errors import PortalError
from portal.errors import _ as N_
from portal.settings import ROOT

if TYPE_CHECKING:
    from portal.agencies.register import Register
    from portal.notices.reading.scoring import Score
    from portal.papers import Paper

FIELDS = ("number", "type", "issued_on", "issuer", "signer")


@click.command(
    "read",
    short_help=_("Đọc tệp văn bản thành JSON"),
    help=_(
        "Đọc văn bản thành JSON, mỗi tệp một dòng: số (number: “249”), ký hiệu (notation: “TB-VPCP”; văn bản quy phạm: "
        "“2022/NĐ-CP”), cả hai (full_number), tên loại, cơ quan và mã định danh, ngày, trích yếu, người ký, nơi nhận, "
        "căn cứ, quan hệ với văn bản khác. Điều gì văn bản không nói thì để null; “unsure” kể những mục phải kiểm tra. "
        "Đọc được .txt, .html, .docx, .pdf, .doc, .rtf, thư mục và .zip chứa chúng; “-” là văn bản ở đầu vào chuẩn. "
        "Không cần cơ sở dữ liệu. Tệp không đọc được có mục “error”, các tệp khác vẫn được in, và lệnh kết thúc với "
        "mã 1."
    ),
)
@click.argument("paths", metavar=_("TỆP…"), nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--pretty", is_flag=True, help=_("In JSON thành nhiều dòng cho người đọc."))
@click.option(
    "--score",
    "scored",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=_(
        "So kết quả đọc với dữ liệu đã biết trong tệp .jsonl hoặc .jsonl.gz: mỗi dòng có number, type, issuer, "
        "issued_on, signer (thiếu mục nào thì không chấm mục ấy) và body."
    ),
)
@click.option("--json", "as_json", is_flag=True, help=_("Cùng với --score: in bảng điểm thành JSON."))
@click.option("--show", type=click.Choice(FIELDS), help=_("Cùng với --score: kể từng dòng đọc sai mục này."))
@click.option(
    "--register",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=ROOT / "content" / "register",
    help=_("Thư mục danh bạ cơ quan; mặc định là danh bạ đi kèm chương trình."),
)
def read_papers(
    paths: tuple[Path, ...], pretty: bool, scored: Path | None, as_json: bool, show: str | None, folder: Path
) -> None:
    from portal.agencies.register import Register

    if not paths and scored is None:
        raise click.UsageError(_("Hãy nêu ít nhất một tệp, hoặc “-” để đọc đầu vào chuẩn."))
    register = Register.load(folder)
    if scored is not None:
        _tell_score(_score(scored, register), as_json, show)
    failed = False
    for data in _objects(paths, register):
        failed = failed or "error" in data
        click.echo(json.dumps(data, ensure_ascii=False, indent=2 if pretty else None))
    if failed:
        sys.exit(1)


def _objects(paths: tuple[Path, ...], register: "Register") -> Iterator[dict[str, Any]]:
    for path in paths:
        if str(path) == "-":
            yield _of_stream(sys.stdin.buffer, register)
        elif path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
            for file in files:
                yield from _of_file(file, file.relative_to(path).as_posix(), register)
        else:
            yield from _of_file(path, str(path), register)


def _of_stream(stream: IO[bytes], register: "Register") -> dict[str, Any]:
    from portal.notices.paper import decoded

    try:
        text = decoded(stream.read())
    except PortalError as error:
        return _refused("-", error)
    return {"file": "-", "format": "text", "scan": False} | _told(text, register) | {"warnings": []}


def _of_file(path: Path, name: str, register: "Register") -> Iterator[dict[str, Any]]:
    """One object, or one for each member of an archive."""
    from portal.papers import Skipped, members

    if path.suffix.lower() != ".zip":
        yield _of_paper(path, name, register)
        return
    with tempfile.TemporaryDirectory(prefix="portal-") as into:
        try:
            skipped: list[Skipped] = []
            for member in members(path, path.name, into=Path(into), skipped=skipped):
                yield _of_paper(member.path, f"{name}/{member.name}", register)
            for left in skipped:
                yield {"file": f"{name}/{left.name}", "error": " ".join(say(left.why).split())}
        except PortalError as error:
            yield _refused(name, error)


def _of_paper(path: Path, name: str, register: "Register") -> dict[str, Any]:
    from portal.papers import read

    try:
        paper = read(path, Path(name).name)
    except PortalError as error:
        return _refused(name, error)
    except OSError as error:
        why = _("Không mở được tệp: ${reason}.", {"reason": error.strerror or type(error).__name__})
        return {"file": name, "error": why}
    told = _told("" if paper.is_scan else paper.text, register)
    return {"file": name, "format": paper.format, "scan": paper.is_scan} | told | {"warnings": _warnings(paper)}


def _told(text: str, register: "Register") -> dict[str, Any]:
    from portal import clock
    from portal.notices.reading import read
    from portal.notices.reading.telling import told

    reading = read(text, resolve=register.resolve, today=clock.now().date())
    data = told(reading, text)
    for doubt in data["unsure"]:
        doubt["why"] = say(doubt["why"])
    return data


def _warnings(paper: "Paper") -> list[dict[str, Any]]:
    from portal.papers.remarks import sentence

    return [{"code": remark.code, "text": say(sentence(remark)), **remark.values} for remark in paper.remarks]


def _refused(name: str, error: PortalError) -> dict[str, Any]:
    return {"file": name, "error": " ".join(say(error.message).split())}


class BadScoreFile(PortalError):
    """A line of the file to score that is no row."""

    status = 422

    def __init__(self, where: str, line: int) -> None:
        super().__init__(
            N_(
                "${where}, dòng ${line}: không phải một đối tượng JSON có “body”.",
                mapping={"where": where, "line": line},
            )
        )


def _score(path: Path, register: "Register") -> "Score":
    from portal.notices.reading import read
    from portal.notices.reading.scoring import Score, groups_of, judge

    rows = list(enumerate(_rows(path), start=1))
    with _progress(len(rows)) as advance:
        score = Score()
        for line, row in rows:
            reading = read(row["body"], resolve=register.resolve)
            name = f"{line}: {row.get('number') or '–'}"
            score.add(judge(row, reading, name=name, identify=register.resolve), groups_of(row))
            advance()
    return score


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on a terminal; nothing where nobody looks."""
    shown = sys.stderr.isatty()
    with click.progressbar(length=total, label=_("Đang đọc"), file=sys.stderr, hidden=not shown) as bar:
        yield lambda: bar.update(1)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError:
                raise BadScoreFile(path.name, number) from None
            if not isinstance(row, dict) or not isinstance(row.get("body"), str):
                raise BadScoreFile(path.name, number)
            yield row


def _tell_score(score: "Score", as_json: bool, show: str | None) -> None:
    wrong = [case for case in score.wrong if case.field == show]
    if as_json:
        listed = [{**_case(case), "verdict": case.verdict} for case in wrong]
        data: dict[str, Any] = {"papers": dict(score.papers), "fields": score.figures()}
        click.echo(json.dumps(data | ({"wrong": listed} if show else {}), ensure_ascii=False, indent=2))
        return
    for group, fields in score.figures().items():
        click.echo(f"\n{_group(group)} ({score.papers[group]})")
        click.echo(_line(_("mục"), "n", _("đúng"), _("sai mà chắc"), _("sai, có cờ"), _("không thấy"), "%"))
        for name, counts in fields.items():
            values = [counts[key] for key in ("n", "right", "wrong_though_sure", "wrong_and_flagged", "missed")]
            click.echo(_line(name, *map(str, values), f"{100 * counts['right_share']:.1f}"))
    for case in wrong:
        click.echo(f"\n{case.row} [{case.verdict}]")
        for label, value in _case(case).items():
            click.echo(f"  {label}: {value}")


def _case(case: Any) -> dict[str, str | None]:
    return {"row": case.row, "expected": case.expected, "got": case.got, "passage": case.passage, "why": say(case.why)}


def _group(name: str) -> str:
    return {
        "all": _("Mọi dòng"),
        "with_header": _("Dòng có phần đầu văn bản"),
        "even": _("Nửa chẵn của các dòng có phần đầu (theo SHA-256 của số và cơ quan)"),
        "odd": _("Nửa lẻ của các dòng có phần đầu"),
    }[name]


def _line(name: str, *values: str) -> str:
    return name.ljust(12) + "".join(value.rjust(14) for value in values)

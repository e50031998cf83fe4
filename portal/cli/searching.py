"""`portal search score`: judged questions asked of a scratch index. Needs no instance and no database."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from portal.cli.words import _

if TYPE_CHECKING:
    from portal.search import Document, Passage
    from portal.search.judging import Asking, Built, Judged, Measures, Question

ENGINES = ("whoosh", "tantivy")
_NAMES = ("mrr", "hit", "ndcg", "recall_10", "recall_100")
_WIDTH = 28


@dataclass(frozen=True)
class Row:
    """A line of the table: questions of one variant, or of one kind."""

    label: str
    measures: "Measures"
    times: Sequence[float] = ()


@click.command(
    "score",
    short_help=_("Chấm chất lượng tìm kiếm bằng câu hỏi đã có đáp án"),
    help=_(
        "Chấm chất lượng tìm kiếm. THƯ_MỤC có queries.jsonl (và các bản queries.….jsonl khác), qrels.tsv và "
        "corpus.jsonl hoặc corpus.jsonl.gz. Kho văn bản được lập chỉ mục trong một thư mục tạm, rồi từng câu được hỏi "
        "đúng như người đọc hỏi: MRR@10, hit@1, nDCG@10, R@10, R@100; thời gian là của một trang 10 kết quả có tổng "
        "số, bộ lọc và đoạn trích. Không cần cơ sở dữ liệu. Ctrl+C: dừng, in phần đã chấm xong."
    ),
)
@click.argument("folder", metavar=_("THƯ_MỤC"), type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--engine", type=click.Choice(ENGINES), default="whoosh", help=_("Bộ máy tìm kiếm; mặc định whoosh."))
@click.option("--compare", is_flag=True, help=_("Chấm cả hai bộ máy và in chênh lệch."))
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=_("Kho văn bản ở nơi khác: tệp .jsonl hoặc .jsonl.gz, mỗi dòng có id và text hoặc body."),
)
@click.option("--limit", type=click.IntRange(min=1), help=_("Chỉ hỏi ngần này câu đầu của mỗi bản."))
@click.option(
    "--rows",
    type=click.Choice(("articles", "items")),
    default="articles",
    help=_(
        "Dòng có document là một điều của văn bản ấy (articles, mặc định) hay là một mục riêng (items); dòng không có "
        "document luôn là một văn bản."
    ),
)
@click.option(
    "--group",
    type=click.Choice(("document", "passage")),
    help=_("Xếp hạng văn bản hay từng điều; mặc định là passage khi dòng của kho là các điều, nếu không thì document."),
)
@click.option("--halves", is_flag=True, help=_("Hỏi thêm bản bỏ dấu khoảng một nửa số tiếng."))
@click.option("--spellings", is_flag=True, help=_("Hỏi thêm các cách viết khác của những câu là số văn bản."))
@click.option("--misses", is_flag=True, help=_("Kể các câu không có đáp án ở dòng đầu."))
def score(folder: Path, **options: Any) -> None:
    from portal.search.judging import read_set

    judged = _more(read_set(folder), **{name: options[name] for name in ("limit", "halves", "spellings")})
    corpus = options["corpus"] or _corpus_in(folder)
    group = options["group"] or ("passage" if _has_parents(corpus) else "document")
    articles = options["rows"] == "articles"
    engines = ENGINES if options["compare"] else (options["engine"],)
    tables = []
    for engine in engines:
        tables.append(_of_engine(engine, judged, corpus, group=group, articles=articles, misses=options["misses"]))
        if not tables[-1]:
            sys.exit(130)
    if len(tables) > 1:
        _tell_difference(*tables)


def _corpus_in(folder: Path) -> Path:
    from portal.search.judging import BadJudgedSet

    for name in ("corpus.jsonl.gz", "corpus.jsonl"):
        if (folder / name).exists():
            return folder / name
    raise BadJudgedSet(folder, "corpus.jsonl, --corpus")


def _has_parents(corpus: Path) -> bool:
    from portal.search.judging import read_rows

    return any(row.get("document") or row.get("doc") for row in islice(read_rows(corpus), 20))


def _more(judged: "Judged", *, limit: int | None, halves: bool, spellings: bool) -> "Judged":
    """The set with the variants that were asked for, and not more questions than asked for."""
    from portal.search.judging import halved, spelled

    variants = {name: list(questions)[:limit] for name, questions in judged.variants.items()}
    relevant = dict(judged.relevant)
    if halves:
        variants["half"] = [halved(question) for question in variants[""]]
    if spellings:
        for question in [one for one in variants[""] if one.kind == "number"]:
            others = spelled(question)
            variants.setdefault("spellings", []).extend(others)
            relevant |= {other.id: relevant[question.id] for other in others}
    return replace(judged, variants=variants, relevant=relevant)


def _of_engine(engine: str, judged: "Judged", corpus: Path, *, group: Any, articles: bool, misses: bool) -> list[Row]:
    """Build, ask, and tell row by row; no rows when it was interrupted before the first."""
    from portal.search.judging import asked, build

    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="portal-search-") as scratch:
        index = Path(scratch) / "index"
        try:
            with _progress(_("${engine}: lập chỉ mục", {"engine": engine}), None) as at:
                built = build(engine, index, partial(documents, corpus, articles=articles), at)
            with asked(engine, index, group) as asking:
                _head(engine, built, asking)
                for name, questions in judged.variants.items():
                    for row in _of_variant(name, questions, judged, asking, misses=misses):
                        rows.append(row)
                        _line(row)
                click.echo(_("Bộ nhớ của tiến trình hỏi: ${mb} MB", {"mb": round(_resident())}))
        except KeyboardInterrupt:
            click.echo(_("Đã dừng theo yêu cầu."), err=True)
            return []
    return rows


def documents(corpus: Path, *, articles: bool) -> Iterator["Document"]:
    """The documents that a portal would have of this corpus."""
    from portal.search.judging import documents_of, read_rows

    return documents_of(read_rows(corpus), split=_split, articles=articles)


def _split(text: str) -> tuple[str, tuple["Passage", ...]]:
    from portal.notices.body import text_and_passages
    from portal.notices.data import body_of_text
    from portal.search import Passage

    shown, places = text_and_passages(body_of_text(text))
    return shown, tuple(Passage(place.anchor, place.title, place.text) for place in places)


def _of_variant(
    name: str, questions: Sequence["Question"], judged: "Judged", asking: "Asking", *, misses: bool
) -> Iterator[Row]:
    from portal.search.judging import measured, timed

    found: list[list[str]] = []
    with _progress(name or "queries", 2 * len(questions)) as at:
        for question in questions:
            found.append(asking.answers(question))
            at(len(found))
        times = timed(asking, questions, lambda _one: at(None))
    right = [judged.relevant[question.id] for question in questions]
    yield Row(name or "queries", measured(list(zip(found, right, strict=True))), times)
    kinds = list(dict.fromkeys(question.kind for question in questions))
    for kind in kinds if len(kinds) > 1 else []:
        own = [place for place, question in enumerate(questions) if question.kind == kind]
        answers = [(found[place], right[place]) for place in own]
        yield Row(f"  {kind}", measured(answers), [times[place] for place in own])
    if misses:
        for question, answers_, wanted in zip(questions, found, right, strict=True):
            if answers_[:1] and answers_[0] in wanted:
                continue
            rank = next((rank for rank, one in enumerate(answers_, 1) if one in wanted), None)
            click.echo(
                f"    {rank or '–'}\t{question.kind}\t{question.text}\t{', '.join(sorted(wanted))} < {answers_[:1]}"
            )


def _head(engine: str, built: "Built", asking: "Asking") -> None:
    click.echo(
        _(
            "${engine}: ${documents} văn bản, ${units} đơn vị; lập chỉ mục ${seconds} giây, ${megabytes} MB",
            {
                "engine": engine,
                "documents": built.documents,
                "units": asking.searcher().units,
                "seconds": round(built.seconds, 1),
                "megabytes": round(built.megabytes),
            },
        )
    )
    columns = ("MRR@10", "hit@1", "nDCG@10", "R@10", "R@100", "n", "miss", "p50", "p95", "p99 ms")
    click.echo(" " * _WIDTH + "".join(f"{column:>9}" for column in columns))


def _line(row: Row) -> None:
    from portal.search.judging import percentiles

    means = "".join(f"{getattr(row.measures, name):>9.4f}" for name in _NAMES)
    times = "".join(f"{value:>9.1f}" for value in percentiles(row.times))
    click.echo(f"{row.label:<{_WIDTH}}{means}{row.measures.questions:>9}{row.measures.misses:>9}{times}")


def _tell_difference(first: Sequence[Row], second: Sequence[Row]) -> None:
    click.echo(_("Chênh lệch (${second} trừ ${first})", {"first": ENGINES[0], "second": ENGINES[1]}))
    for one, other in zip(first, second, strict=True):
        gaps = (getattr(other.measures, name) - getattr(one.measures, name) for name in _NAMES)
        click.echo(f"{one.label:<{_WIDTH}}" + "".join(f"{gap:>+9.4f}" for gap in gaps))


def _resident() -> float:
    """Resident memory of this process in MB; 0 where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


@contextmanager
def _progress(what: str, total: int | None) -> Iterator[Callable[[int | None], None]]:
    """A bar on a terminal: tell it how many are done, or None for one more. Nothing where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)

        def at(done: int | None) -> None:
            if done is None:
                bar.advance(task)
            else:
                bar.update(task, completed=done)

        yield at

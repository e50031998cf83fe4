"""Tables that stand in plain text as lines of cells between bars, the first line being the header."""

import re
from collections.abc import Iterable, Iterator
from html import escape

_RULE = re.compile(r"\|(?:\s*:?-{2,}:?\s*\|)+")


def pipe_tables(lines: Iterable[str]) -> Iterator[str | list[str]]:
    """The lines in their order, each run of two and more table rows as one list of them."""
    run: list[str] = []
    for line in lines:
        if _is_row(line):
            run.append(line.strip())
            continue
        yield from _finished(run)
        run = []
        yield line
    yield from _finished(run)


def table_html(rows: list[str]) -> str:
    """The table in the cleaner's alphabet; short rows get empty cells, a line of dashes under the header goes."""
    header, *body = [_cells(row) for row in rows if not _RULE.fullmatch(row)]
    width = max(len(cells) for cells in (header, *body))
    head = "".join(f'<th scope="col">{cell}</th>' for cell in _filled(header, width))
    lines = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in _filled(cells, width))}</tr>" for cells in body)
    return f"<table><thead><tr>{head}</tr></thead>{f'<tbody>{lines}</tbody>' if lines else ''}</table>"


def _finished(run: list[str]) -> Iterator[str | list[str]]:
    rows = [row for row in run if not _RULE.fullmatch(row)]
    if len(run) >= 2 and rows:
        yield run
    else:
        yield from run


def _is_row(line: str) -> bool:
    row = line.strip()
    return len(row) > 2 and row[0] == "|" == row[-1]


def _cells(row: str) -> list[str]:
    return [escape(" ".join(cell.split()), quote=False) for cell in row[1:-1].split("|")]


def _filled(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))

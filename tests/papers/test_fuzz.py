"""No file, however spoiled, ends otherwise than in a paper or in an error with words; seeds are fixed.

`PORTAL_FUZZ_SECONDS=600 pytest tests/papers/test_fuzz.py -s` (`make fuzz`) tries new files for that long.
"""

import io
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
import pytest
import typst
from files.samples import image, zipped
from papers.fuzzing import spoiled
from papers.test_opening import _pdf
from text.legacy_encoders import encode

from portal import files
from portal.errors import PortalError
from portal.papers import Bounds, Limits, PaperError, Skipped, members, read
from portal.papers.isolation import MB
from portal.papers.opening import kind_of
from portal.text.legacy import ENCODINGS

CHILD = Path(__file__).with_name("fuzz_child.py")
SECONDS = int(os.environ.get("PORTAL_FUZZ_SECONDS", "0"))
TIMES = 1500
THROUGH_ALL = 12
SAID = (
    "Thông báo số 5: chợ đầu mối nghỉ hai ngày.\nĐiều 1. Tiểu thương dọn quầy trước 17 giờ.\na) Rau; b) cá;\n"
    "Nơi nhận:\n- Lưu: VT."
)


@pytest.fixture(scope="session")
def seeds() -> dict[str, list[bytes]]:
    """Small whole files of every kind, made here."""
    page = (
        "<html><head><meta charset=utf-8><title>x</title></head><body><h1>Thông báo</h1><p>Chợ <b>nghỉ</b>"
        "<a href='#_ftn1' name='_ftnref1'>[1]</a></p>"
        "<table border=1><tr><th>a</th><th>b</th></tr><tr><td colspan=2>c</td></tr></table>"
        "<ol><li>một<ul><li>hai</li></ul></li></ol><img src='data:image/png;base64,iVBORw0KGgo='>"
        "<div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'>[1]</a> chú</p></div></body></html>"
    )
    vni = bytes(encode(SAID, "VNI"))
    texts = [SAID.encode(), SAID.encode("utf-16"), SAID.encode("utf-32")]
    texts += [bytes(said) if isinstance(said := encode(SAID, name), bytes) else said.encode() for name in ENCODINGS]
    return {
        "text": texts,
        "html": [page.encode(), b"<p><font face='VNI-Times'>" + vni + b"</font>", page.encode("utf-16")],
        "pdf": [_pdf(2), _typeset()],
        "docx": [_word()],
        "zip": [zipped({"a.txt": texts[0], "b.html": page.encode(), "c.zip": zipped({"d.txt": texts[1]})})],
    }


def _word() -> bytes:
    paper = docx.Document()
    paper.add_heading("Thông báo", 1)
    paper.add_paragraph("Điều 1. Tiểu thương ").add_run("dọn quầy").bold = True
    paper.add_paragraph("rau", style="List Number")
    paper.add_paragraph("cá", style="List Bullet")
    table = paper.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Bảng"
    paper.add_picture(io.BytesIO(image("PNG", (60, 40))))
    paper.sections[0].header.paragraphs[0].text = "đầu trang"
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _typeset() -> bytes:
    source = (
        "#set page(height: 9cm)\n= Thông báo\nChợ đầu mối _nghỉ_ hai ngày.#footnote[Chú thích.]\n\n+ rau\n+ cá\n\n"
        "#table(columns: 2, [a], [b], [c], [d])\n#pagebreak()\nTrang hai."
    )
    return bytes(typst.compile(source.encode()))


@dataclass
class Tried:
    ends: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    crashed: list[Path] = field(default_factory=list)
    slowest: float = 0.0


def try_out(inputs: Iterator[tuple[str, bytes]], folder: Path) -> Tried:
    """Read them all in one process, which is started again when it ends early."""
    tried = Tried()
    waiting = folder / "waiting"
    waiting.mkdir(parents=True)
    for number, (kind, content) in enumerate(inputs):
        path = waiting / f"{number}.{kind}"
        path.write_bytes(content)
        _examined(path, kind, folder, tried)
        if kind == "zip":
            path.unlink()
    while any(waiting.iterdir()):
        ended = subprocess.run(
            [sys.executable, "-I", str(CHILD), str(waiting)], check=False, capture_output=True, text=True, timeout=3000
        )
        _told(ended.stdout, tried)
        if ended.returncode == 0:
            continue
        name = ended.stdout.strip().splitlines()[-1].split()[0] if ended.stdout.strip() else ""
        assert name, f"the process did not start: {ended.stderr[-2000:]}"
        tried.crashed.append((waiting / name).rename(folder / f"crashed-{name}"))
        tried.ends["crashed"] += 1
    return tried


def _told(said: str, tried: Tried) -> None:
    for line in said.splitlines():
        name, took, told = (*line.split(" ", 2), "")[:3]
        if took == "…":
            continue
        tried.slowest = max(tried.slowest, float(took))
        tried.ends[
            f"{name.rpartition('.')[2]} {told if told.startswith(('paper', 'refused')) else told.split()[0]}"
        ] += 1
        if not told.startswith(("paper", "refused", "slow")):
            tried.faults.append(f"{name}: {told}")


def _examined(path: Path, kind: str, folder: Path, tried: Tried) -> None:
    """The part that runs in the asking process: which kind is it, and what is in an archive."""
    into = folder / "into"
    into.mkdir(exist_ok=True)
    skipped: list[Skipped] = []
    limits = Limits(unpacked=100 * MB)
    try:
        if path.stat().st_size:
            kind_of(path, f"a.{'txt' if kind == 'text' else kind}", limits)
        if kind == "zip":
            for member in members(path, "a.zip", into=into, limits=limits, skipped=skipped):
                member.path.unlink()
            tried.ends["zip taken"] += 1
    except (files.FileRefused, PaperError) as error:
        if kind == "zip":
            tried.ends[f"zip refused {type(error).__name__}"] += 1


@pytest.mark.unmeasured
def test_every_spoiled_file_ends_in_a_paper_or_in_words(
    seeds: dict[str, list[bytes]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    started, round_, count = time.monotonic(), 0, 0
    ends: Counter[str] = Counter()
    while round_ == 0 or time.monotonic() - started < SECONDS:
        folder = tmp_path / str(round_)
        tried = try_out(spoiled(seeds, seed=round_, times=TIMES), folder)
        ends.update(tried.ends)
        count += TIMES
        assert tried.faults == []
        for path in tried.crashed:  # only what the asking process turns into words may end a reader
            with pytest.raises(PortalError):
                read(path, f"a.{path.suffix[1:]}", limits=Limits(bounds=Bounds(seconds=30)))
        round_ += 1
    with capsys.disabled():
        if SECONDS:
            print(f"\n{count} inputs, {ends['crashed']} crashes, slowest {tried.slowest:.1f} s: {dict(ends)}")
    assert sum(ends.values()) == count


def test_the_same_holds_for_the_whole_way_through_the_separate_process(
    seeds: dict[str, list[bytes]], tmp_path: Path
) -> None:
    limits = Limits(bounds=Bounds(seconds=30, memory=1024 * MB))
    read_some = {kind: each for kind, each in seeds.items() if kind != "zip"}
    for number, (kind, content) in enumerate(spoiled(read_some, seed=7, times=THROUGH_ALL)):
        path = tmp_path / str(number)
        path.write_bytes(content)
        try:
            paper = read(path, f"a.{'txt' if kind == 'text' else kind}", limits=limits)
        except (PaperError, files.FileRefused) as error:
            told = str(error)
        else:
            told = paper.format
        assert told


def test_the_files_themselves_are_whole(seeds: dict[str, list[bytes]], tmp_path: Path) -> None:
    for kind, contents in seeds.items():
        for content in contents:
            path = tmp_path / "a"
            path.write_bytes(content)
            if kind != "zip":
                assert read(path, f"a.{'txt' if kind == 'text' else kind}").text

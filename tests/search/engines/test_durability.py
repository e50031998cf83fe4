"""Other processes, killed ones, full disks and damaged files: real processes, real files."""

import errno
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from search.engines.child import DOCUMENTS, documents
from search.engines.conftest import MEMORY
from search.engines.reference import scored, unit, words

from portal.search.engine import Damaged, Index, Plan, Searcher, Term
from portal.search.engines import engine_named

pytestmark = pytest.mark.unmeasured  # processes that are killed cannot be measured; the contract covers the same code

Begin = Callable[..., "Popen[str]"]


def everything(searcher: Searcher) -> Any:
    """All that a searcher can say, so that damage anywhere comes to light."""
    plan = Plan(scored=scored("E", "chung w1 w2 w3"), concepts=words("E", "chung w1"), minimum=1)
    candidates = searcher.top(plan, 100)
    return (
        [round(each.score, 5) for each in candidates],
        searcher.briefs([each.ref for each in candidates]),
        searcher.texts([each.ref for each in candidates]),
        [brief["uid"] for brief in searcher.briefs([each.ref for each in searcher.by_date(Plan(), 100)])],
        searcher.total(plan),
        searcher.facets(plan, ["kind"]),
        sorted(searcher.terms("E")),
        searcher.frequency(Term("E", "w5")),
        sorted(brief["uid"] for brief in searcher.heads()),
        searcher.versions(),
    )


def version_of(index: Index) -> int:
    """The one version of all documents; a mixture of two fails."""
    searcher = index.searcher()
    versions = set(searcher.versions().values())
    assert len(searcher.versions()) == DOCUMENTS
    assert len(versions) == 1
    version, units = versions.pop()
    assert units == 2
    assert searcher.total(Plan(required=words("E", f"v{version}"))) == DOCUMENTS
    heads = searcher.by_date(Plan(), DOCUMENTS)
    assert set(searcher.texts([each.ref for each in heads])) == {f"v{version}"}
    return version


def test_a_commit_of_another_process_is_seen(index: Index, child: Begin) -> None:
    old = index.searcher()
    for version in (1, 2, 3):
        output, _ = child("writing", version).communicate(timeout=60)
        assert f"done {version}" in output
        assert version_of(index) == version
    assert old.units == 0


def test_readers_go_on_while_another_process_commits(index: Index, child: Begin) -> None:
    process = child("endless", 1)
    assert process.stdout
    for line in process.stdout:
        if line.startswith("done"):
            break
    seen = {version_of(index) for _ in range(60)}
    while max(seen) < 5:
        seen.add(version_of(index))
    assert min(seen) >= 1


@pytest.mark.parametrize("attempt", range(4))
def test_a_killed_writer_leaves_the_last_commit(
    engine: str, folder: Path, index: Index, child: Begin, attempt: int
) -> None:
    process = child("endless", 1)
    assert process.stdout
    chance = random.Random(attempt)
    stop = f"begin {chance.randint(2, 6)}"
    done = 0
    for line in process.stdout:
        done = int(line.split()[1]) if line.startswith("done") else done
        if line.strip() == stop:
            break
    for _ in range(chance.randint(0, 60_000)):  # somewhere inside of the commit that has just begun
        pass
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    done = max([done, *(int(line.split()[1]) for line in rest.splitlines() if line.startswith("done"))])
    again = engine_named(engine).open(folder, memory=MEMORY)
    again.check()
    assert version_of(again) in {done, done + 1}
    writer = again.writer()
    for uid, units in documents(99):
        writer.replace(uid, units)
    writer.commit()
    writer.close()
    assert version_of(again) == version_of(index) == 99
    again.close()


def test_a_full_disk_leaves_the_commit_before(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit on the size of files is a real refusal of the system in the middle of a write."""
    resource = pytest.importorskip("resource")
    writer = index.writer()
    for uid, units in documents(1):
        writer.replace(uid, units)
    writer.commit()
    writer.close()
    noise = random.Random(1)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    writer = index.writer()
    try:
        for uid, units in documents(2):
            writer.replace(uid, units)
        writer.replace("big", [unit("big", E="to", text="".join(chr(noise.randint(33, 5000)) for _ in range(300_000)))])
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, limits[1]))
        with pytest.raises(Exception) as refused:  # noqa: PT011  # each engine has its own error for it
            writer.commit()
        assert not isinstance(refused.value, AssertionError)
        if isinstance(refused.value, OSError):
            assert refused.value.errno == errno.EFBIG
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    writer.close()
    assert version_of(index) == 1
    index.check()
    again = index.writer()
    for uid, units in documents(3):
        again.replace(uid, units)
    again.commit()
    again.close()
    assert version_of(index) == 3


@pytest.fixture
def worn(engine: str, folder: Path, index: Index) -> Any:
    """An index with several commits behind it, and what it answers."""
    writer = index.writer()
    for version in (1, 2, 3):
        for uid, units in documents(version)[version:]:
            writer.replace(uid, units)
        writer.commit()
    writer.replace("d5", [unit("d5", E="chung w1")])
    writer.commit()
    writer.close()
    answers = everything(index.searcher())
    index.close()
    return answers


def read_through(engine: str, folder: Path) -> Any:
    index = engine_named(engine).open(folder, memory=MEMORY)
    try:
        answers = everything(index.searcher())
        index.check()
    finally:
        index.close()
    return answers


@pytest.mark.parametrize("kept", ["nothing", "half", "all but one byte"])
def test_cut_files_are_damage_or_right_answers(engine: str, folder: Path, tmp_path: Path, worn: Any, kept: str) -> None:
    noticed = 0
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size):
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        cut = copy / file.relative_to(folder)
        size = cut.stat().st_size
        with cut.open("r+b") as stream:
            stream.truncate({"nothing": 0, "half": size // 2}.get(kept, size - 1))
        try:
            assert read_through(engine, copy) == worn, file.name
        except Damaged:
            noticed += 1
        shutil.rmtree(copy)
    assert noticed


def test_changed_bytes_are_found_by_the_check(engine: str, folder: Path, tmp_path: Path, worn: Any) -> None:
    chance = random.Random(7)
    noticed = 0
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size):
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        changed = copy / file.relative_to(folder)
        content = bytearray(changed.read_bytes())
        content[chance.randrange(len(content))] ^= 0x55
        changed.write_bytes(content)
        try:
            index = engine_named(engine).open(copy, memory=MEMORY)
            index.check()
            assert everything(index.searcher()) == worn, file.name
            index.close()
        except Damaged:
            noticed += 1
        shutil.rmtree(copy)
    assert noticed


def test_missing_files_are_damage(engine: str, folder: Path, tmp_path: Path, worn: Any) -> None:
    noticed = 0
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        (copy / file.relative_to(folder)).unlink()
        try:
            assert read_through(engine, copy) == worn, file.name
        except Damaged:
            noticed += 1
        shutil.rmtree(copy)
    assert noticed
    (tmp_path / "empty").mkdir()
    with pytest.raises(Damaged):
        engine_named(engine).open(tmp_path / "empty", memory=MEMORY)

"""One file cannot harm the rest: its reader runs apart, limited, and whatever becomes of it is told in words."""

import json
import os
import select
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.papers import (
    Bounds,
    Options,
    Paper,
    PaperError,
    ReaderStopped,
    TookTooLong,
    TookTooMuchMemory,
    isolation,
    leftovers,
)
from portal.papers import child as child_module
from portal.papers.confinement import is_possible
from portal.papers.errors import TooManyReaders
from portal.papers.isolation import MB, read_apart, run

EMPTY = {"name": "a", "format": "text", "text": "", "blocks": [], "images": [], "notes": [], "pages": None}
EMPTY |= {"is_scan": False, "encoding": None, "encodings": [], "signatures": [], "remarks": []}
SMALL = Bounds(seconds=2, memory=300 * MB)
PATIENT = Bounds(seconds=30, memory=300 * MB)
"""For readers that end by themselves, also on a machine that is busy."""


def reading(tmp_path: Path, script: str, bounds: Bounds = SMALL) -> Paper:
    """Read with a reader that does this, after it has put the real limits on."""
    path = tmp_path / "a.txt"
    path.write_text("chữ", encoding="utf-8")
    begin = (
        "import sys, os, json, signal; from pathlib import Path; folder = Path(sys.argv[1]); "
        "from portal.papers import child; job = json.loads((folder / 'job.json').read_text()); child._limit(job)\n"
    )
    command = (sys.executable, "-I", "-c", begin + script)
    return read_apart(path, "a.txt", "text", Options(), bounds, command=command)


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("while True: pass", TookTooLong),
        ("import time; time.sleep(60)", TookTooLong),
        ("x = bytearray(400 << 20)", TookTooMuchMemory),
        ("x = []\nwhile True: x.append(bytearray(1 << 20))", TookTooMuchMemory),
        ("os.kill(os.getpid(), signal.SIGKILL)", TookTooMuchMemory),
        ("os.abort()", ReaderStopped),
        ("os.kill(os.getpid(), signal.SIGSEGV)", ReaderStopped),
        ("sys.exit(3)", ReaderStopped),
        ("raise ValueError('never shown')", ReaderStopped),
        ("pass", ReaderStopped),
        ("(folder / 'answer.json').write_text('no JSON')", ReaderStopped),
        ("(folder / 'answer.json').write_text('[' * 100000)", ReaderStopped),
        ("(folder / 'answer.json').write_bytes(bytes([255, 254]))", ReaderStopped),
        ("(folder / 'answer.json').write_text('[1]')", ReaderStopped),
        ("(folder / 'answer.json').write_text('{\"paper\": {\"text\": 5}}')", ReaderStopped),
        ("(folder / 'answer.json').symlink_to('/etc/passwd')", ReaderStopped),
        ("(folder / 'answer.json').mkdir()", ReaderStopped),
        ("os.mkfifo(folder / 'answer.json')", ReaderStopped),
        ('(folder / \'answer.json\').write_text(\'{"error": "Nonsense", "values": 3}\')', PaperError),
    ],
)
def test_every_end_of_a_reader_has_its_error(tmp_path: Path, script: str, error: type[PaperError]) -> None:
    with pytest.raises(error) as caught:
        reading(tmp_path, script, SMALL if error is TookTooLong else PATIENT)
    assert "never shown" not in str(caught.value)
    assert "Hãy" in str(caught.value) or "đã dừng" in str(caught.value)


@pytest.mark.parametrize(
    "block", [[5, 2, "", None], [0, 99, "", None], [-1, 1, "", None], [0, 1, 5, None], [0, 1, "", "x"], [0, 1], 7]
)
def test_an_answer_that_does_not_fit_its_text_is_not_believed(tmp_path: Path, block: object) -> None:
    paper = EMPTY | {"text": "chữ", "blocks": [block]}
    with pytest.raises(ReaderStopped):
        reading(tmp_path, f"(folder / 'answer.json').write_text({json.dumps({'paper': paper})!r})")


def test_a_picture_that_is_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    paper = EMPTY | {"images": [["x.png", "image/png", ""]]}
    answer = json.dumps({"paper": paper})
    script = f"os.symlink('/etc/passwd', folder / '0'); (folder / 'answer.json').write_text({answer!r})"
    with pytest.raises(ReaderStopped):
        reading(tmp_path, script)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of memory and namespaces are Linux's")
def test_the_reader_knows_nothing_of_the_machine_and_cannot_reach_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_TEST_DATABASE_PASSWORD", "secret")
    script = (
        "import socket, resource\n"
        "seen = {'env': sorted(k for k in os.environ if not k.startswith('COVERAGE')), 'cwd': os.getcwd(),\n"
        "  'memory': resource.getrlimit(resource.RLIMIT_AS)[0],\n"
        "  'core': resource.getrlimit(resource.RLIMIT_CORE)[1],\n"
        "  'files': resource.getrlimit(resource.RLIMIT_NOFILE)[1],\n"
        "  'cpu': resource.getrlimit(resource.RLIMIT_CPU)[0],\n"
        "  'written': resource.getrlimit(resource.RLIMIT_FSIZE)[1],\n"
        "  'processes': resource.getrlimit(resource.RLIMIT_NPROC)[1],\n"
        "  'stdin': os.fstat(0).st_rdev == os.stat('/dev/null').st_rdev,\n"
        "  'network': len(socket.if_nameindex()) > 1}\n"
        "remarks = [['x', {k: str(v) for k, v in seen.items()}]]\n"
        "paper = {'name': 'a', 'format': 'text', 'text': '', 'blocks': [], 'images': [], 'notes': [], 'pages': None,\n"
        "  'is_scan': False, 'encoding': None, 'encodings': [], 'signatures': [], 'remarks': remarks}\n"
        "(folder / 'answer.json').write_text(json.dumps({'paper': paper}))\n"
    )
    seen = reading(tmp_path, script).remarks[0].values
    assert seen["env"] == str(["HOME", "LANG", "PATH", "TMPDIR"]) or "LC_CTYPE" in str(seen["env"])
    assert "secret" not in str(seen)
    assert seen["memory"] == str(SMALL.memory)
    assert (seen["core"], seen["files"], seen["cpu"], seen["processes"]) == ("0", "64", "2", "0")
    assert int(str(seen["written"])) <= 512 * MB
    assert (seen["stdin"], seen["network"]) == ("True", "False")
    assert not Path(str(seen["cwd"])).exists()


@pytest.mark.skipif(not is_possible(), reason="needs Landlock (Linux 5.13)")
def test_a_reader_taken_over_by_its_file_opens_no_other_file(tmp_path: Path) -> None:
    others = tmp_path / "tệp của đơn vị khác"
    others.write_text("kín")
    script = (
        "def may(path, mode='rb'):\n"
        "    try: open(path, mode).close(); return 'yes'\n"
        "    except OSError: return 'no'\n"
        f"seen = {{'own': may(job['path']), 'folder': may(folder / 'x', 'wb'), 'others': may({str(others)!r}),\n"
        f"  'settings': may('/etc/hosts'), 'write': may({str(others)!r}, 'ab'), 'parent': may('/proc/1/environ')}}\n"
        f"paper = {EMPTY!r} | {{'remarks': [['x', seen]]}}\n"
        "(folder / 'answer.json').write_text(json.dumps({'paper': paper}))\n"
    )
    seen = reading(tmp_path, script).remarks[0].values
    assert seen == {"own": "yes", "folder": "yes", "others": "no", "settings": "no", "write": "no", "parent": "no"}


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux's way to watch a process")
def test_what_a_reader_started_ends_with_it(tmp_path: Path) -> None:
    left = tmp_path / "left"
    script = (
        "import os, sys, time\n"
        "if os.fork() == 0:\n"
        f"    open({str(left)!r}, 'w').write(str(os.getpid())); time.sleep(100)\n"
        f"while not os.path.exists({str(left)!r}) or not open({str(left)!r}).read(): pass\n"
        "sys.exit(0)\n"
    )
    assert run([sys.executable, "-I", "-c", script], tmp_path, 20).status == 0
    try:
        handle = os.pidfd_open(int(left.read_text()))
    except ProcessLookupError:
        return
    ended = select.poll()
    ended.register(handle, select.POLLIN)
    assert ended.poll(10_000)


def test_the_folder_of_a_reading_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    for script in ("os.abort()", "(folder / 'big').write_bytes(b'x' * 1000)"):
        with pytest.raises(PaperError):
            reading(tmp_path, script)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_an_error_of_a_reader_comes_back_as_it_was_raised(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a" * 100)
    with pytest.raises(PaperError, match="quá 10 ký tự"):
        read_apart(path, "a.txt", "text", Options(max_text=10), Bounds())


def test_the_real_reader_runs_under_its_limits(tmp_path: Path) -> None:
    path = tmp_path / "một <tệp>.txt"
    path.write_text("Một\nhai", encoding="utf-8")
    paper = read_apart(path, path.name, "text", Options(), Bounds(seconds=30, memory=400 * MB))
    assert (paper.name, paper.text, len(paper.blocks)) == ("một <tệp>.txt", "Một\nhai", 2)


def test_the_reader_loads_neither_database_nor_framework() -> None:
    script = "import sys; import portal.papers.child; print(sorted({m.split('.')[0] for m in sys.modules}))"
    told = os.popen(f'{sys.executable} -I -c "{script}"').read()
    for heavy in ("sqlalchemy", "pyramid", "lxml", "PIL", "pypdfium2", "pyhanko", "jinja2"):
        assert f"'{heavy}'" not in told
    assert child_module.READERS["html"] == "web"


def test_the_log_says_where_a_reader_ended_but_not_a_word_of_the_paper(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ReaderStopped):
        reading(tmp_path, "int('danh sách kín')")
    assert "ValueError" in caplog.text
    assert "danh sách kín" not in caplog.text


def test_folders_of_killed_processes_are_removed_when_they_are_old(tmp_path: Path) -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for name, hours in (("portal-intake-a", 3), ("portal-paper-b", 1), ("other-c", 9)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "tep.txt").write_text("kín")
        moment = (at - timedelta(hours=hours)).timestamp()
        os.utime(tmp_path / name, (moment, moment))
    (tmp_path / "portal-zip-d").symlink_to(tmp_path / "other-c")

    assert leftovers.sweep(at, folder=tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other-c", "portal-paper-b", "portal-zip-d"]
    assert (tmp_path / "other-c" / "tep.txt").exists()


def test_a_reader_too_many_waits_and_is_then_told_to_come_again(tmp_path: Path) -> None:
    waiting = [isolation._places.acquire(timeout=1) for _ in range(isolation.AT_ONCE)]
    try:
        with pytest.raises(TooManyReaders):
            isolation.read_apart(tmp_path / "x.html", "x.html", "html", Options(), Bounds(seconds=1))
    finally:
        for _ in waiting:
            isolation._places.release()
    assert all(waiting)

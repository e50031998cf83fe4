"""Several web processes on one socket: they live, die, are replaced and restarted, and nobody is cut off."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from serve.serving import Gate, Served, eventually, until

Serve = Callable[..., Served]
TWO = ("--processes", "2", "--no-worker", "--no-indexer")
two_cores = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2, reason="needs two cores to be pinned to"
)


@pytest.fixture
def slow() -> Any:
    """`slow(served)` → a future of the answer of a request that waits at the gate."""
    with ThreadPoolExecutor() as pool:
        yield lambda served: pool.submit(served.get, "/slow")


@two_cores
def test_every_process_answers_from_a_core_of_its_own(serve: Serve) -> None:
    served = serve(*TWO).until_serving()
    cores: dict[str, str] = {}

    def both_answered() -> bool:
        pid, core = served.get()[2][:2]
        cores[pid] = core
        return len(cores) == 2

    eventually(both_answered)
    assert len(set(cores.values())) == 2
    assert all("," not in core for core in cores.values())


def test_a_killed_process_is_replaced_while_the_other_one_answers(serve: Serve) -> None:
    served = serve(*TWO).until_serving()
    before = served.pids()
    victim = min(before)
    os.kill(victim, signal.SIGKILL)
    served.until_log(r"web-\d \(\d+\) died \(signal SIGKILL\) and is replaced")
    after = until(lambda: {int(served.get()[2][0])}, lambda seen: len(seen) == 2, grow=before - {victim})
    assert victim not in after


def test_stopping_lets_a_running_request_finish(serve: Serve, gate: Gate, slow: Any) -> None:
    served = serve(*TWO, GATE=str(gate.path)).until_serving()
    answer = slow(served)
    with gate.held():  # the request has reached the application
        served.signal(signal.SIGTERM)
        eventually(served.refuses)
        assert served.process.poll() is None
    status, headers, _ = answer.result()
    assert (status, headers["Connection"]) == (200, "close")
    assert served.ended() == 0


def test_stopping_waits_for_a_running_request_only_so_long(serve: Serve, gate: Gate) -> None:
    served = serve(*TWO, "--drain", "0.2", GATE=str(gate.path)).until_serving()
    connection = served.connect()
    connection.request("GET", "/slow")
    with gate.held():
        served.signal(signal.SIGTERM)
        served.until_log("1 connections still busy after 0.2 seconds")
        assert served.ended() == 0
    connection.close()


def test_ctrl_c_stops_and_a_second_one_does_not_wait(serve: Serve, gate: Gate) -> None:
    served = serve(*TWO, GATE=str(gate.path)).until_serving()
    connection = served.connect()
    connection.request("GET", "/slow")
    with gate.held():
        served.signal(signal.SIGINT)
        served.until_log("stopping")
        served.signal(signal.SIGINT)
        assert served.ended() == 0
    connection.close()


def test_a_restart_replaces_every_process_and_drops_no_request(serve: Serve, gate: Gate, slow: Any) -> None:
    served = serve(*TWO, GATE=str(gate.path)).until_serving()
    before = served.pids()
    answer = slow(served)
    done = threading.Event()
    statuses: list[int] = []

    def visit() -> None:
        while not done.is_set():
            statuses.append(served.get()[0])

    visitor = threading.Thread(target=visit)
    with gate.held():
        visitor.start()
        served.signal(signal.SIGHUP)
        served.until_log("every process has been restarted")
    done.set()
    visitor.join()
    assert answer.result()[0] == 200
    assert set(statuses) == {200}
    eventually(lambda: served.pids().isdisjoint(before))


def test_a_connection_kept_open_is_told_to_close_at_a_restart(serve: Serve) -> None:
    served = serve("--processes", "1", "--no-worker", "--no-indexer").until_serving()
    connection = served.connect()
    answers = []
    served.signal(signal.SIGHUP)
    while not answers or answers[-1] != "close":
        connection.request("GET", "/")
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
        answers.append(answer.getheader("Connection"))
    connection.close()


def test_a_restart_with_a_broken_configuration_keeps_the_old_processes(serve: Serve, ini: Path) -> None:
    served = serve(*TWO).until_serving()
    before = served.pids()
    ini.write_text(ini.read_text() + "portal.thme = x\n")
    served.signal(signal.SIGHUP)
    served.until_log("portal.thme")
    served.until_log("the restart is given up")
    assert served.pids() == before


def test_a_process_that_dies_at_once_is_started_again_with_growing_pauses(serve: Serve) -> None:
    served = serve("--processes", "1", "--no-worker", "--no-indexer", BROKEN="1")
    pauses = [float(served.until_log(r"is replaced in ([\d.]+) s")[1]) for _ in range(3)]
    assert pauses == [0.5, 1.0, 2.0]
    served.signal(signal.SIGTERM)
    assert served.ended() == 0


def test_the_processes_end_when_the_parent_is_killed(serve: Serve) -> None:
    served = serve(*TWO).until_serving()
    served.signal(signal.SIGKILL)
    served.ended()
    eventually(served.refuses)


def test_an_address_that_is_taken_is_told_in_one_line(serve: Serve) -> None:
    first = serve(*TWO).until_serving()
    second = serve("--listen", f"127.0.0.1:{first.port}")
    second.until_log(f"^portal: .*127.0.0.1:{first.port}")
    assert second.ended() == 2


def test_a_bad_key_stops_the_start_with_its_name(serve: Serve, ini: Path) -> None:
    ini.write_text(ini.read_text() + "portal.thme = x\n")
    served = serve(*TWO)
    served.until_log(r"^portal: .*portal\.thme")
    assert served.ended() == 2


def test_a_single_process_serves_and_drains(serve: Serve, gate: Gate, slow: Any) -> None:
    served = serve("--single", GATE=str(gate.path)).until_serving()
    assert {int(served.get()[2][0]) for _ in range(10)} == {served.process.pid}
    answer = slow(served)
    with gate.held():
        served.signal(signal.SIGTERM)
        eventually(served.refuses)
    assert answer.result()[0] == 200
    assert served.ended() == 0

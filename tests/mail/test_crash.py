"""`kill -9` of the worker while the server has the letter and has not answered: it goes out again, recognisably."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from mail.far_end import ACCEPTED, HANG, FarEnd
from mail.letters import only, written
from sqlalchemy.orm import Session

from portal import clock
from portal.jobs import Worker
from portal.mail import State, reconciling
from portal.settings import Settings

DOOMED = Path(__file__).with_name("doomed.py")
DEADLINE = 30.0


def test_a_letter_in_the_hands_of_a_killed_worker_is_sent_again_with_the_same_message_id(
    own: Session,
    own_database: str,
    far_end: FarEnd,
    mail_settings: Settings,
    worker_for: Callable[..., Worker],
) -> None:
    far_end.answers.append(HANG)
    written(own, clock.now())
    own.commit()
    process = subprocess.Popen([sys.executable, str(DOOMED), own_database, str(far_end.port), "0.6"])
    try:
        assert far_end.heard.wait(DEADLINE)
    finally:
        process.kill()
        process.wait()
    left = only(own)
    assert (left.state, left.tries, left.unanswered) == (State.WAITING, 1, 1)
    assert list(reconciling.differences(own, clock.now())) == []
    own.rollback()
    rescuer, end = worker_for(mail_settings), time.monotonic() + DEADLINE
    while not rescuer.run_once(clock.now() + timedelta(seconds=1)):
        assert time.monotonic() < end, "nobody took the letter over"
        threading.Event().wait(0.02)
    sent = only(own)
    assert (sent.state, sent.answer) == (State.SENT, ACCEPTED)
    assert (sent.tries, sent.unanswered) == (2, 1)
    first, second = far_end.letters
    assert first["Message-ID"] == second["Message-ID"] == sent.message_id
    assert list(reconciling.differences(own, clock.now())) == []

"""What is endless ends when its time is up, and leaves nothing behind that could strike later."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from pipelines.run.limits import TooSlow, at_most


def go_on_for_ever() -> None:
    while True:
        pass


def test_what_is_endless_is_ended_in_the_middle() -> None:
    with pytest.raises(TooSlow), at_most(0.1):
        go_on_for_ever()


def test_what_is_done_in_time_is_not_struck_later() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with at_most(0.05):
        pass
    time.sleep(0.1)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_in_another_thread_there_is_no_limit_and_no_harm() -> None:
    done: list[bool] = []

    def work() -> None:
        with at_most(0.01):
            time.sleep(0.05)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]

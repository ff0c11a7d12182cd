"""What holds for every command, from its first moment on."""

import signal
import sys
import time
import weakref
from collections.abc import Callable

import pytest

from pipelines.console.entry import hear_again


class Watched:
    """Something whose end can be watched."""


def interrupt(_: object) -> None:
    signal.raise_signal(signal.SIGINT)


def fail(_: object) -> None:
    raise ZeroDivisionError("no such luck")


def end_and_go_on(at_its_end: Callable[[object], None], for_s: float = 5) -> None:
    watched = Watched()
    finaliser = weakref.ref(watched, at_its_end)
    del watched
    time.sleep(for_s)
    assert finaliser() is None


def test_ctrl_c_in_a_finaliser_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "unraisablehook", hear_again)
    # Whoever runs the tests in the background ignores Ctrl-C, and so would they.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            end_and_go_on(interrupt)
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_else_is_lost_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "unraisablehook", hear_again)
    end_and_go_on(fail, for_s=0)
    assert "no such luck" in capsys.readouterr().err

"""Two runs of one file: the second says whom it waits for, and goes on when the first is done."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.publishing.publish import PublishError, run_lock
from pipelines.run.turn import in_turn

HOLD = """
import sys
from pathlib import Path
from pipelines.publishing.publish import run_lock
with run_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path, project_root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is at work on the file until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "x")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(project_root)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_alone_nobody_waits(tmp_path: Path) -> None:
    told: list[str] = []
    with in_turn(tmp_path / "x", 0, told.append) as has_waited:
        assert not has_waited
    assert told == []


def test_the_second_waits_says_for_whom_and_goes_on(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    told: list[str] = []

    def tell(whom: str) -> None:
        told.append(whom)
        # Only now is the first one done, so that the second cannot have come too late to wait.
        threading.Timer(0.3, holder.communicate).start()

    with in_turn(tmp_path / "x", 60, tell) as has_waited:
        assert has_waited
    assert len(told) == 1
    assert f"process {holder.pid}" in told[0]


def test_the_second_goes_on_when_the_first_is_killed(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    with in_turn(tmp_path / "x", 60, lambda _: holder.kill()) as has_waited:
        assert has_waited


def test_patience_ends(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    told: list[str] = []
    with (
        pytest.raises(PublishError, match=f"process {holder.pid}") as refused,
        in_turn(tmp_path / "x", 0.3, told.append),
    ):
        pass
    assert refused.value.code == "refresh_running"
    assert len(told) == 1


def test_what_waiting_cannot_mend_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("where the folder should be")
    with (
        pytest.raises(PublishError) as refused,
        in_turn(tmp_path / "file" / "x", 3600, lambda _: None),
    ):
        pass
    assert refused.value.code == "not_writable"


def test_a_turn_ends_with_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="went wrong"), in_turn(tmp_path / "x", 0, print):
        raise ValueError("went wrong")
    with run_lock(tmp_path / "x"):
        pass

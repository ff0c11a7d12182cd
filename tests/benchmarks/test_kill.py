"""A short run of the kill bench; `make kill` is the long one."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.benchmarks.kill import find_wrong, kill_often, set_up


@pytest.mark.slow
def test_a_killed_run_leaves_one_of_two_versions_and_nothing_in_the_way(tmp_path: Path) -> None:
    told: list[str] = []
    found = kill_often(set_up(tmp_path), ("command",), count=2, seed=1, tell=told.append)
    assert found.total() == 3
    assert not find_wrong(found), told


@pytest.mark.slow
@pytest.mark.parametrize("after_s", [0.3, 1.5, 4.0])
def test_ctrl_c_is_answered_in_a_sentence_at_any_moment(tmp_path: Path, after_s: float) -> None:
    place = set_up(tmp_path)
    process = place.start("command")
    time.sleep(after_s)
    # As a terminal does it: every process of the group hears it.
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate()
    assert "Traceback" not in said, said
    # Before Python itself is up, the signal alone ends it.
    assert process.returncode in (1, -signal.SIGINT.value), said
    assert process.returncode < 0 or "interrupted" in said

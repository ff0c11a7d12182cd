"""Every run is in the log; a torn line costs itself alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.publishing.records import CheckResult, RunRecord
from pipelines.publishing.run_log import earlier_runs, log_path, log_run, read_log

START = datetime(2031, 1, 2, 3, 4, 5, tzinfo=UTC)
FAILURE = CheckResult("r1", "shares_add_up", "arithmetic", "critical", False, document_id="b")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "x.duckdb"


def test_lines_of_a_run_add_up_and_the_last_word_holds(published: Path) -> None:
    log_run(published, RunRecord("r1", START, outcome="running", message="Set aside."))
    log_run(published, RunRecord("r1", START, outcome="running"), [FAILURE])
    end = START + timedelta(minutes=1)
    log_run(published, RunRecord("r1", START, finished=end, outcome="held", published=True))
    [logged] = read_log(published)
    assert logged.run == RunRecord(
        "r1", START, finished=end, outcome="held", message="Set aside.", published=True
    )
    assert logged.failures == (FAILURE,)
    assert logged.has_ended


def test_a_run_without_an_end_was_killed_for_those_that_come_after(published: Path) -> None:
    log_run(published, RunRecord("r1", START, outcome="running"))
    log_run(published, RunRecord("r2", START, outcome="running"))
    assert not read_log(published)[0].has_ended
    assert [logged.run.outcome for logged in earlier_runs(published, "r2")] == ["killed"]


def test_a_torn_line_is_passed_over_and_the_next_begins_anew(published: Path) -> None:
    log_run(published, RunRecord("r1", START, outcome="failed"))
    with log_path(published).open("ab") as log:
        log.write(b'{"run": {"run_id": "r2", "sta')
    log_run(published, RunRecord("r3", START, outcome="failed"))
    assert [logged.run.run_id for logged in read_log(published)] == ["r1", "r3"]


@pytest.mark.parametrize("line", ["[]", "7", '{"run": 1}', '{"run": {}, "failures": []}', "\xff"])
def test_a_line_of_another_make_is_passed_over(published: Path, line: str) -> None:
    log_path(published).write_text(line + "\n", encoding="latin-1")
    assert read_log(published) == ()


def test_what_a_later_version_logged_does_not_stop_this_one(published: Path) -> None:
    log_run(published, RunRecord("r1", START, outcome="failed"))
    text = log_path(published).read_text().replace('"outcome"', '"colour": 1, "outcome"')
    log_path(published).write_text(text)
    assert [logged.run.outcome for logged in read_log(published)] == ["failed"]


def test_the_oldest_runs_are_forgotten(published: Path) -> None:
    for number in range(25):
        log_run(published, RunRecord(f"r{number:02}", START, outcome="failed"), kept=10)
    remembered = [logged.run.run_id for logged in read_log(published)]
    assert 10 <= len(remembered) <= 20
    assert remembered[-1] == "r24"


def test_without_a_log_there_are_no_runs(published: Path) -> None:
    assert read_log(published) == ()

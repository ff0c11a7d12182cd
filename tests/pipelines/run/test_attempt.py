"""A run that fails leaves its trace, however it ends."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.checks import CheckFailedToRunError
from pipelines.console.last_run import judge_last_run
from pipelines.console.summary import Summary
from pipelines.publishing import publish as publishing
from pipelines.publishing.publish import PublishError, new_path, refresh_lock, rejected_path
from pipelines.publishing.records import RunRecord
from pipelines.publishing.run_log import log_run, read_log
from pipelines.run import release
from pipelines.run.attempt import (
    DiskError,
    InterruptedRunError,
    begin_run,
    ending_logged,
    log_unchanged,
)
from pipelines.run.intake import Folders
from pipelines.run.refresh import refresh
from tests.pipelines.plans import Plan, break_no_documents_rule, read_plan, stand_in

Run = Callable[[], Summary]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(raw=tmp_path / "raw", warehouse=tmp_path / "x.duckdb")


@pytest.fixture
def run(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> Run:
    stand_in(monkeypatch)
    return lambda: refresh(folders, reader=read_plan)


def outcomes(folders: Folders) -> list[str | None]:
    return [logged.run.outcome for logged in read_log(folders.warehouse)]


def exit_status(folders: Folders) -> int:
    last = judge_last_run(folders.warehouse)
    assert last is not None
    return last.exit_status


def test_since_when_a_check_fails_is_a_query(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    run()
    with monkeypatch.context() as broken:
        break_no_documents_rule(broken)
        with pytest.raises(release.UnsoundBuildError):
            run()
    Plan(shares=(1, 2)).write(folders.raw, "a")
    run()
    run()
    assert outcomes(folders) == ["published", "failed", "held", "held"]
    assert exit_status(folders) == 2
    with duckdb.connect(str(folders.warehouse), read_only=True) as connection:
        runs = connection.execute(
            "SELECT outcome, code, count(result.name) FROM quality.run AS run "
            "LEFT JOIN quality.check_result AS result "
            "ON result.run_id = run.run_id AND NOT result.success "
            "GROUP BY outcome, code, run.started ORDER BY run.started"
        ).fetchall()
        current = connection.execute(
            "SELECT count(DISTINCT run_id) FROM quality.check_result WHERE is_current"
        ).fetchall()
    assert runs == [
        ("published", None, 0),
        ("failed", "unsound_build", 1),
        ("held", None, 1),
        ("held", None, 1),
    ]
    assert current == [(1,)]


def test_the_last_run_is_good_waits_or_failed(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert judge_last_run(folders.warehouse) is None
    Plan().write(folders.raw, "a")
    run()
    assert exit_status(folders) == 0

    def fail(*_: Any, **__: Any) -> None:
        raise CheckFailedToRunError("No such rule.")

    with monkeypatch.context() as broken:
        broken.setattr(release, "run_checks", fail)
        for _ in range(2):
            with pytest.raises(CheckFailedToRunError):
                run()
    last = judge_last_run(folders.warehouse)
    assert last is not None
    assert last.exit_status == 1
    assert "like all 2 since" in last.sentence
    assert "No such rule. [check_failed_to_run]" in last.sentence
    log_unchanged(folders.warehouse)
    assert exit_status(folders) == 0


def test_a_run_that_was_killed_is_told_from_one_at_work(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    run()
    begin_run(folders.warehouse)
    with refresh_lock(folders.warehouse):
        at_work = judge_last_run(folders.warehouse)
    assert at_work is not None
    assert at_work.sentence.startswith("A run is at work since")
    assert at_work.exit_status == 0
    killed = judge_last_run(folders.warehouse)
    assert killed is not None
    assert (killed.exit_status, "ended from outside" in killed.sentence) == (1, True)
    run()
    assert exit_status(folders) == 0
    with duckdb.connect(str(folders.warehouse), read_only=True) as connection:
        told = connection.execute("SELECT outcome FROM quality.run ORDER BY started").fetchall()
    assert told == [("published",), ("killed",), ("published",)]


def test_a_run_killed_between_its_publishing_and_its_last_line_is_good(
    folders: Folders, run: Run
) -> None:
    Plan().write(folders.raw, "a")
    published = run().run
    assert published is not None
    log = folders.warehouse.with_name("x.runs.jsonl")
    log.unlink()
    log_run(folders.warehouse, RunRecord(published.run_id, published.started, outcome="running"))
    assert exit_status(folders) == 0


def test_who_is_turned_away_does_not_end_the_run_at_work(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    with refresh_lock(folders.warehouse):
        with monkeypatch.context() as other:
            other.setattr(publishing, "_held_here", set())
            with pytest.raises(PublishError):
                run()
        assert outcomes(folders) == ["failed"]
    run()
    assert exit_status(folders) == 0


@pytest.mark.parametrize(
    ("error", "named", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), DiskError, "disk_full"),
        (duckdb.IOException("IO Error: No space left on device"), DiskError, "disk_full"),
        (OSError(errno.EROFS, "Read-only file system"), DiskError, "disk_failed"),
        (KeyboardInterrupt(), InterruptedRunError, "interrupted"),
        (RuntimeError("Query interrupted"), InterruptedRunError, "interrupted"),
        (duckdb.Error("KeyboardInterrupt: <EMPTY MESSAGE>"), InterruptedRunError, "interrupted"),
        (
            duckdb.Error("DagsterExecutionInterruptedError: <EMPTY MESSAGE>"),
            InterruptedRunError,
            "interrupted",
        ),
    ],
    ids=[
        "full",
        "full, says the database",
        "read-only",
        "stopped",
        "stopped in a query",
        "stopped in a frame",
        "stopped in a frame, by the orchestrator",
    ],
)
def test_what_the_machine_or_a_person_did_has_a_name_and_is_logged_once(
    folders: Folders, error: BaseException, named: type[Exception], code: str
) -> None:
    def fail_in_a_step() -> None:
        with ending_logged(folders.warehouse):
            begin_run(folders.warehouse)
            with ending_logged(folders.warehouse):
                raise error

    with pytest.raises(named) as raised:
        fail_in_a_step()
    assert getattr(raised.value, "code", None) == code
    [logged] = read_log(folders.warehouse)
    assert (logged.run.code, logged.has_ended) == (code, True)


def test_an_error_of_ours_keeps_its_trace_and_is_logged(folders: Folders) -> None:
    with pytest.raises(ZeroDivisionError), ending_logged(folders.warehouse):
        raise ZeroDivisionError("no such luck")
    [logged] = read_log(folders.warehouse)
    assert (logged.run.outcome, logged.run.code) == ("failed", "ZeroDivisionError")


def test_a_disk_that_takes_no_line_does_not_hide_the_failure(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pipelines.run.attempt.log_run", refuse)
    with pytest.raises(CheckFailedToRunError), ending_logged(folders.warehouse):
        raise CheckFailedToRunError("No such rule.")


def test_a_rejected_build_goes_when_a_later_run_publishes(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    with monkeypatch.context() as broken:
        break_no_documents_rule(broken)
        with pytest.raises(release.UnsoundBuildError):
            run()
    assert rejected_path(folders.warehouse).exists()
    run()
    assert not rejected_path(folders.warehouse).exists()


def test_half_a_build_on_a_full_disk_is_not_kept(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")

    def fill_up(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(release, "run_checks", fill_up)
    with pytest.raises(DiskError):
        run()
    assert not rejected_path(folders.warehouse).exists()
    assert not new_path(folders.warehouse).exists()

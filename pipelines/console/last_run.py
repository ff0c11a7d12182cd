"""Is last night good? One sentence and one exit status.

Belongs here: judging the last run by the log beside the published file and by that file itself.
Does not belong here: what is published (`summary`), or how it is shown (`narration`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.console.summary import Summary, read_summary, show_time
from pipelines.publishing.publish import is_locked
from pipelines.publishing.records import RunRecord
from pipelines.publishing.run_log import LoggedRun, read_log

_GOOD, _FAILED, _WAITS = 0, 1, 2
_BAD = ("failed", "interrupted", "killed")
_TURNED_AWAY = "refresh_running"


@dataclass(frozen=True, slots=True)
class LastRun:
    """0: good; 2: something waits for a person; 1: the last run failed. And that in words."""

    exit_status: int
    sentence: str


def judge_last_run(warehouse: Path, summary: Summary | None = None) -> LastRun | None:
    """The last run's verdict; None where nothing was ever run or published.

    Raises UnreadableWarehouseError where the published file cannot be asked.
    """
    if summary is None and warehouse.is_file():
        summary = read_summary(warehouse)
    published = summary.run if summary else None
    runs = [
        _settle(logged.run, published, warehouse)
        for logged in _drop_turned_away(read_log(warehouse))
    ]
    at_work = ""
    if runs and runs[-1].outcome == "running":
        at_work = f"A run is at work since {show_time(runs.pop().started)}. "
    last = runs[-1] if runs else published
    if last is None:
        return LastRun(_GOOD, f"{at_work}It is the first.") if at_work else None
    if last.outcome in _BAD:
        verdict = _tell_failure(runs, published)
    else:
        verdict = _tell_published(last, summary)
    return LastRun(verdict.exit_status, at_work + verdict.sentence)


def _drop_turned_away(log: Sequence[LoggedRun]) -> list[LoggedRun]:
    """Without those that found another one at work: it is the other one that counts."""
    return [logged for logged in log if logged.run.code != _TURNED_AWAY]


def _settle(run: RunRecord, published: RunRecord | None, warehouse: Path) -> RunRecord:
    """A run that the log saw only begin: it published, is at work still, or was killed."""
    if run.outcome != "running":
        return run
    if published is not None and published.run_id == run.run_id:
        return published
    if is_locked(warehouse):
        return run
    return RunRecord(
        run_id=run.run_id,
        started=run.started,
        outcome="killed",
        code="killed",
        message="It was ended from outside: the machine went down, memory was short, or somebody "
        "killed it.",
    )


def _tell_failure(runs: Sequence[RunRecord], published: RunRecord | None) -> LastRun:
    last = runs[-1]
    failing = 0
    while failing < len(runs) and runs[-1 - failing].outcome in _BAD:
        failing += 1
    first = show_time(runs[-failing].started)
    since = f", like all {failing} since {first}" if failing > 1 else ""
    what = "was stopped" if last.outcome == "interrupted" else "failed"
    stays = (
        f"The version of {show_time(published.finished or published.started)} stays published."
        if published
        else "Nothing is published yet."
    )
    return LastRun(
        _FAILED,
        f"The last run, of {show_time(last.started)}, {what}{since}: {last.message} "
        f"[{last.code}] {stays}",
    )


def _tell_published(last: RunRecord, summary: Summary | None) -> LastRun:
    moment = show_time(last.finished or last.started)
    if summary is None:
        return LastRun(
            _FAILED, f"The last run, of {moment}, published a file that is not there any more."
        )
    done = {
        "unchanged": f"The last run, of {moment}, found nothing new",
        "rolled_back": f"{moment}: {last.message}",
    }.get(last.outcome or "", f"The last run, of {moment}, published")
    if not summary.exit_status:
        return LastRun(_GOOD, f"{done}. All is well.")
    waiting = [line.document_id for line in summary.held]
    waiting += [line.commitment_id for line in summary.held_lines]
    named = ", ".join(waiting) if waiting else "a signature"
    return LastRun(_WAITS, f"{done}; waiting for a person: {named}.")

"""The log of runs beside the published file: every run, those too that published nothing.

Belongs here: the file's name and lines, adding to it, reading it back. Does not belong here: when a
run begins and ends (`pipelines.run.attempt`), or how a run is told on a terminal.

One line of JSON an event. Lines of one run add up: the later one has the last word, and what failed
accumulates. A line that was torn by a kill or a full disk is passed over when reading.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.publishing.records import CheckResult, RunRecord

_ENDED = frozenset(
    {"published", "held", "unchanged", "failed", "interrupted", "killed", "rolled_back"}
)
_TIMES = ("started", "finished")
_SLACK = 2
"""The log is cut to its size when it has grown to this many times of it, not at every line."""


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """A run as the log has it, with the checks that failed in it."""

    run: RunRecord
    failures: tuple[CheckResult, ...] = ()

    @property
    def has_ended(self) -> bool:
        """False for one that is at work, or was killed."""
        return self.run.outcome in _ENDED


def log_path(published: Path) -> Path:
    """Where the runs of a published file are logged."""
    return published.with_name(f"{published.stem}.runs.jsonl")


def log_run(
    published: Path, run: RunRecord, failures: Iterable[CheckResult] = (), *, kept: int = 1000
) -> None:
    """Add what is known of a run; fields without a value leave standing what an earlier line said.

    Raises OSError where the disk takes nothing.
    """
    path = log_path(published)
    told = {name: value for name, value in asdict(run).items() if value is not None}
    for name in _TIMES:
        if name in told:
            told[name] = told[name].isoformat()
    event = {"run": told, "failures": [asdict(failure) for failure in failures]}
    path.parent.mkdir(parents=True, exist_ok=True)
    _append(path, json.dumps(event, ensure_ascii=False) + "\n")
    _shorten(path, kept)


def read_log(published: Path) -> tuple[LoggedRun, ...]:
    """Every logged run in the order in which they began; none where there is no log."""
    try:
        lines = log_path(published).read_bytes().split(b"\n")
    except OSError:
        return ()
    told: dict[str, dict[str, Any]] = {}
    failures: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        event = _parse(line)
        if event is None:
            continue
        run_id = event["run"]["run_id"]
        told.setdefault(run_id, {}).update(event["run"])
        failures.setdefault(run_id, []).extend(event["failures"])
    return tuple(
        LoggedRun(
            _take(RunRecord, {**run, **{name: _time(run.get(name)) for name in _TIMES}}),
            tuple(dict.fromkeys(_take(CheckResult, failure) for failure in failures[run_id])),
        )
        for run_id, run in told.items()
    )


def earlier_runs(published: Path, run_id: str) -> tuple[LoggedRun, ...]:
    """The runs before this one, for the file that it builds: one that never ended was killed."""
    return tuple(
        logged if logged.has_ended else replace(logged, run=replace(logged.run, outcome="killed"))
        for logged in read_log(published)
        if logged.run.run_id != run_id
    )


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    is_event = (
        isinstance(event, dict)
        and isinstance(event.get("run"), dict)
        and isinstance(event.get("failures"), list)
        and {"run_id", "started"} <= event["run"].keys()
    )
    return event if is_event else None


def _take(record: type[Any], values: dict[str, Any]) -> Any:
    """A record of the values that it has a field for: a later version may have logged more."""
    names = {part.name for part in fields(record)}
    return record(**{name: value for name, value in values.items() if name in names})


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _append(path: Path, line: str) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        size = os.fstat(descriptor).st_size
        is_torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        os.write(descriptor, ("\n" if is_torn else "").encode() + line.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _shorten(path: Path, kept: int) -> None:
    """Forget the oldest runs, once there are many more than are to be kept."""
    lines = path.read_bytes().splitlines(keepends=True)
    run_ids = [event["run"]["run_id"] if (event := _parse(line)) else None for line in lines]
    remembered = list(dict.fromkeys(name for name in run_ids if name))
    if len(remembered) <= _SLACK * kept:
        return
    recent = set(remembered[-kept:])
    rest = [line for line, name in zip(lines, run_ids, strict=True) if name in recent]
    shorter = path.with_name(path.name + ".new")
    shorter.write_bytes(b"".join(rest))
    os.replace(shorter, path)


def describe_failures(results: Sequence[CheckResult]) -> list[CheckResult]:
    """The results that failed, as they are logged."""
    return [result for result in results if not result.success]

"""A run from its first moment to its last, whatever it comes to.

Belongs here: the run's identifier, its lines in the log, and setting a published file aside that
nobody can read any more. Does not belong here: the log's file (`publishing.run_log`), or the steps.

A run is started from the command, from Dagster's page or by its daemon, and it may end in any step.
So each step, and the whole, stands under `ending_logged`: whichever sees the failure first logs it.
"""

from __future__ import annotations

import errno
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.errors import PipelineError
from pipelines.publishing.publish import run_lock
from pipelines.publishing.records import RunRecord
from pipelines.publishing.run_log import log_run, read_log
from pipelines.run.progress import Progress, Silence

_OTHERS = "refresh_running"
_INTERRUPTS = "KeyboardInterrupt", "DagsterExecutionInterruptedError"


class DiskError(PipelineError):
    """The disk is full, read-only or gone. Codes `disk_full`, `disk_failed`."""


class InterruptedRunError(PipelineError):
    """Somebody ended the run (Ctrl-C, or a signal); the published file is as it was."""

    def __init__(self) -> None:
        super().__init__("interrupted", "The run was stopped before it published anything.")

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), ())


def new_run_id(now: datetime) -> str:
    """An identifier that sorts by time."""
    return f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def begin_run(published: Path, progress: Progress | None = None) -> str:
    """Log that a run begins and return its id; set aside what was published and is unreadable.

    Raises PublishError: another run is at work, or nothing can be written there.
    """
    from pipelines.publishing.versions import set_aside_if_damaged

    progress = progress or Silence()
    now = datetime.now(UTC)
    run_id = new_run_id(now)
    with run_lock(published):
        found = set_aside_if_damaged(published, now)
        if found is not None:
            progress.begin("Setting aside")
            progress.end(found)
        log_run(published, RunRecord(run_id=run_id, started=now, outcome="running", message=found))
    return run_id


@contextmanager
def ending_logged(published: Path) -> Iterator[None]:
    """Log a failure, once, with its code and sentence; turn a failing disk into a named error."""
    entered = datetime.now(UTC)
    try:
        yield
    except BaseException as error:
        told = _name(error)
        # A disk that is full takes no line either; the failure itself is what has to be told.
        with suppress(OSError):
            _log_ending(published, told or error, entered)
        if told is None:
            raise
        raise told from error


def log_unchanged(published: Path) -> None:
    """Log a run that found nothing new, so that the last night is known to be good."""
    now = datetime.now(UTC)
    with suppress(OSError):
        log_run(
            published,
            RunRecord(run_id=new_run_id(now), started=now, finished=now, outcome="unchanged"),
        )


def _name(error: BaseException) -> PipelineError | None:
    """A named error for what the machine or a person did; None for what has its name, or none."""
    if isinstance(error, PipelineError):
        return None
    if _is_interrupt(error):
        return InterruptedRunError()
    if is_disk_full(error):
        return DiskError(
            "disk_full",
            f"The disk is full, so nothing was published ({error}). Make room, then run it again.",
        )
    if isinstance(error, OSError) and error.errno in (errno.EROFS, errno.EIO, errno.EACCES):
        return DiskError(
            "disk_failed",
            f"The disk or folder refused a write or a read, so nothing was published ({error}).",
        )
    return None


def _is_interrupt(error: BaseException) -> bool:
    """Whether somebody stopped the run, in the words of whoever was at work then."""
    return (
        type(error).__name__ in _INTERRUPTS
        # What the database makes of it in the middle of a query, and while it reads a frame.
        or (isinstance(error, RuntimeError) and str(error) == "Query interrupted")
        or (_is_of_the_database(error) and str(error).partition(":")[0] in _INTERRUPTS)
    )


def _is_of_the_database(error: BaseException) -> bool:
    # Named, not imported, as Dagster's is: this module is looked into before anything runs.
    return type(error).__module__.partition(".")[0] in ("duckdb", "_duckdb")


def is_disk_full(error: BaseException) -> bool:
    """Whether the machine said so, or the database that had it from the machine."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return _is_of_the_database(error) and any(
        said in str(error) for said in ("No space left on device", "Disk quota exceeded")
    )


def _log_ending(published: Path, error: BaseException, entered: datetime) -> None:
    code = getattr(error, "code", None) or type(error).__name__
    now = datetime.now(UTC)
    # Who was turned away stands beside the run that is at work; neither ends the other.
    runs = [
        logged
        for logged in read_log(published)
        if (logged.run.code == _OTHERS) is (code == _OTHERS)
    ]
    last = runs[-1] if runs else None
    if last is not None and not last.has_ended:
        run_id, started = last.run.run_id, last.run.started
    elif last is not None and last.run.finished is not None and last.run.finished >= entered:
        return
    else:
        run_id, started = new_run_id(entered), entered
    log_run(
        published,
        RunRecord(
            run_id=run_id,
            started=started,
            finished=now,
            outcome="interrupted" if code == "interrupted" else "failed",
            code=str(code),
            message=str(getattr(error, "message", None) or error),
        ),
    )

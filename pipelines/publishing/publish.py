"""The published file, replaced in one step or not at all.

Belongs here: names of the files beside it, the lock that keeps two refreshes apart, durability.
Readers that have the old file open go on undisturbed: they keep the old bytes until they close it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import PipelineError


class PublishError(PipelineError):
    """The file did not go out; the published one is untouched.

    Codes: `refresh_running`, `not_writable`, `not_a_file`, `no_build`, `unfinished_build`,
    `publish_failed`.
    """


_held_here: set[Path] = set()
"""What a run of this process has locked, so that the run's own steps may go in and out."""


def new_path(published: Path) -> Path:
    """Where the next version is built: in the same folder, so that a rename can replace."""
    return published.with_name(published.name + ".new")


def rejected_path(published: Path) -> Path:
    """Where a build that was turned down is kept for a look."""
    return published.with_name(f"{published.stem}.rejected{published.suffix}")


@contextmanager
def run_lock(published: Path) -> Iterator[None]:
    """`refresh_lock` for a run and for each of its steps: who holds it may take it again.

    Held from the first step to the last, nobody builds over what a run is still checking.
    """
    if published in _held_here:
        yield
        return
    with refresh_lock(published):
        _held_here.add(published)
        try:
            yield
        finally:
            _held_here.discard(published)


@contextmanager
def refresh_lock(published: Path) -> Iterator[None]:
    """Keep out every other refresh of this file; freed even if the process dies.

    Raises PublishError at once: `refresh_running` if another holds it, `not_writable` if the folder
    takes no files.
    """
    try:
        published.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(_lock_path(published), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise PublishError(
            "not_writable",
            f"nothing can be written to {published.parent} ({error.strerror}): make the folder "
            "writable, or choose another file",
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
            raise PublishError(
                "refresh_running",
                f"another refresh (process {holder or 'unknown'}) is writing {published.name}: "
                "wait until it is done",
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode("ascii"), 0)
        yield
    finally:
        os.close(descriptor)


def is_locked(published: Path) -> bool:
    """Whether a refresh is at work on this file now."""
    try:
        descriptor = os.open(_lock_path(published), os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _lock_path(published: Path) -> Path:
    return published.with_name(f".{published.name}.lock")


def publish(new: Path, published: Path) -> None:
    """Put `new` in the place of `published`, durably and in one step.

    `new` must be complete and closed. Raises PublishError; then `published` is as it was, and the
    build is kept as the rejected one.
    """
    if not new.exists():
        raise PublishError("no_build", f"there is no build at {new}")
    if new.with_name(new.name + ".wal").exists():
        reject(new, published)
        raise PublishError(
            "unfinished_build", f"{new.name} was not closed: it still has a write-ahead log"
        )
    try:
        _sync(new)
        os.replace(new, published)
        _sync(published.parent)
    except OSError as error:
        reject(new, published)
        raise PublishError(
            "publish_failed", f"{published} could not be replaced ({error})"
        ) from error


def reject(new: Path, published: Path) -> Path | None:
    """Keep a build that was turned down, in place of the one before; None if there is none."""
    log = new.with_name(new.name + ".wal")
    kept = rejected_path(published)
    kept_log = kept.with_name(kept.name + ".wal")
    if not new.exists():
        return None
    kept_log.unlink(missing_ok=True)
    os.replace(new, kept)
    if log.exists():
        os.replace(log, kept_log)
    return kept


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

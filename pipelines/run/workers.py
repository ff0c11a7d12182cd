"""Processes that each do one thing at a time, watched, and ended when it takes too much.

Belongs here: starting workers, handing out work, the limits on time and memory, and knowing which
piece of work a worker died of. Does not belong here: what the work is (`extraction`).

Time and memory are watched from outside, so that no library, however deep it is stuck, can go on.
A worker that was ended costs the piece of work in its hands; another takes its place.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.reduction import ForkingPickler
from multiprocessing.resource_tracker import ensure_running
from pathlib import Path
from typing import Any

from pipelines.errors import PipelineError
from pipelines.run.limits import Limits

GC_THRESHOLDS = (100_000, 50, 100)
"""Garbage is looked for this seldom: a page's characters are many objects and no garbage."""

_LOOK_EVERY_S = 0.05
_SLOW_LOOK_EVERY_S = 0.5
"""Where the memory of a process can be asked of another program only."""
_HAS_PROC = Path("/proc/self/statm").exists()
_NEAR = 0.8
"""A worker that died with this share of its memory in use died for want of more."""
_WORN_OUT = 0.5
"""A worker that still holds this share of its memory after its work is replaced."""
_HARD_LIMIT = 1.25
"""Where the system itself refuses memory: a leap between two looks ends here."""
_MOST_FAILED_STARTS = 3
_READY = b"ready"
_NO_MEMORY = b"no memory"

Work = Callable[[Any], Any]
"""What a worker does with a piece of work; a module's own function, for it travels there."""


class Ended(StrEnum):
    """Why a worker was ended, or ended by itself, before its work was done."""

    TIME = "time"
    MEMORY = "memory"
    DIED = "died"


class NoWorkerError(PipelineError):
    """No worker process comes up; nothing can be read."""

    def __init__(self, message: str) -> None:
        super().__init__("no_worker", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


@dataclass(slots=True)
class _Worker:
    """A process, the line to it, and what it has in hands (nothing before it is ready)."""

    process: SpawnProcess
    line: Connection
    is_ready: bool = False
    item: int | None = None
    began: float = 0.0
    memory: int = 0


def run_in_workers(
    work: Work, items: Sequence[Any], limits: Limits, workers: int
) -> Iterator[tuple[int, Any]]:
    """Do the work on every item; yield each one's position and result as it is done.

    The result is what `work` returned, or an `Ended`. `work` must not raise.

    Raises:
        NoWorkerError: processes cannot be started.
    """
    crew = _Crew(work, limits, min(workers, len(items)))
    try:
        yield from crew.go_through(items)
    finally:
        crew.dismiss()


class _Crew:
    """The workers of one batch."""

    def __init__(self, work: Work, limits: Limits, size: int) -> None:
        self._work = work
        self._limits = limits
        self._size = size
        self._context = multiprocessing.get_context("spawn")
        self._crew: list[_Worker] = []
        self._failed_starts = 0

    def go_through(self, items: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Hand out the items in their order, gather results, end what exceeds a limit."""
        queue = list(range(len(items)))[::-1]
        outstanding = len(items)
        while outstanding:
            self._fill_up(outstanding)
            for worker in self._crew:
                if worker.is_ready and worker.item is None and queue:
                    self._hand_over(worker, queue.pop(), items)
            for position, result in self._gather():
                outstanding -= 1
                yield position, result

    def _fill_up(self, outstanding: int) -> None:
        while len(self._crew) < min(self._size, outstanding):
            ours, theirs = self._context.Pipe()
            # Spawned, not forked: the caller has threads (Dagster's, an import under way), and a
            # forked copy of those can hang.
            process = self._context.Process(
                target=_serve, args=(theirs, self._work, self._limits.memory_bytes), daemon=True
            )
            try:
                with _ctrl_c_kept_off():
                    process.start()
            except OSError as error:
                raise NoWorkerError(
                    f"No process could be started to read documents ({error.strerror}). Is there "
                    "memory left, is the number of processes limited?"
                ) from error
            theirs.close()
            self._crew.append(_Worker(process, ours))

    def _hand_over(self, worker: _Worker, position: int, items: Sequence[Any]) -> None:
        worker.item, worker.began = position, time.monotonic()
        # A worker that is gone already is found out, and its item with it, at the next look.
        with suppress(OSError):
            worker.line.send(items[position])

    def _gather(self) -> Iterator[tuple[int, Any]]:
        look_every = _LOOK_EVERY_S if _HAS_PROC else _SLOW_LOOK_EVERY_S
        ready = wait([worker.line for worker in self._crew], look_every)
        for worker in list(self._crew):
            if worker.line in ready:
                yield from self._receive(worker)
            elif worker.item is not None:
                yield from self._look_after(worker)

    def _receive(self, worker: _Worker) -> Iterator[tuple[int, Any]]:
        try:
            message = worker.line.recv_bytes()
        except (EOFError, OSError):
            yield from self._bury(worker)
            return
        if message == _READY:
            worker.is_ready, self._failed_starts = True, 0
            return
        position, worker.item = worker.item, None
        assert position is not None
        if message == _NO_MEMORY:
            self._end(worker)
            yield position, Ended.MEMORY
            return
        # What is left behind by one document must not count against the next.
        if _measure_memory(worker.process.pid) > _WORN_OUT * self._limits.memory_bytes:
            self._end(worker)
        yield position, ForkingPickler.loads(message)

    def _bury(self, worker: _Worker) -> Iterator[tuple[int, Any]]:
        """A worker ended by itself: its item is to blame, where it had one."""
        position, seen = worker.item, worker.memory
        self._end(worker)
        if position is not None:
            is_want = seen > _NEAR * self._limits.memory_bytes
            yield position, Ended.MEMORY if is_want else Ended.DIED
            return
        self._failed_starts += 1
        if self._failed_starts >= _MOST_FAILED_STARTS:
            raise NoWorkerError(
                "The processes that read documents end before they begin (exit status "
                f"{worker.process.exitcode}). Is there memory left?"
            )

    def _look_after(self, worker: _Worker) -> Iterator[tuple[int, Any]]:
        worker.memory = _measure_memory(worker.process.pid)
        position = worker.item
        assert position is not None
        if worker.memory > self._limits.memory_bytes:
            self._end(worker)
            yield position, Ended.MEMORY
        elif time.monotonic() - worker.began > self._limits.timeout_s:
            self._end(worker)
            yield position, Ended.TIME

    def _end(self, worker: _Worker) -> None:
        self._crew.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.line.close()

    def dismiss(self) -> None:
        """End all workers; what they were at is dropped."""
        for worker in list(self._crew):
            self._end(worker)


@contextmanager
def _ctrl_c_kept_off() -> Iterator[None]:
    """Processes that are started here never hear Ctrl-C, not even while they import.

    It reaches every process of a terminal; the run decides what becomes of its workers.
    """
    # Python starts this process beside the first worker, and lets Ctrl-C in again when it has.
    ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _measure_memory(pid: int | None) -> int:
    """The bytes that a process has in memory; 0 where that cannot be told."""
    if pid is None:
        return 0
    try:
        if _HAS_PROC:
            resident = Path(f"/proc/{pid}/statm").read_text().split()[1]
            return int(resident) * resource.getpagesize()
        shown = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return int(shown.stdout) * 1024
    except (OSError, ValueError, IndexError):
        return 0


# --- in the worker --------------------------------------------------------------------------------


def _serve(line: Connection, work: Work, memory_bytes: int) -> None:
    _prepare_worker(memory_bytes)
    try:
        line.send_bytes(_READY)
        while True:
            item = line.recv()
            try:
                message = ForkingPickler.dumps(work(item))
            except MemoryError:
                line.send_bytes(_NO_MEMORY)
                return
            line.send_bytes(message)
    except (EOFError, OSError):
        # The run is over, or was killed.
        return


def _prepare_worker(memory_bytes: int) -> None:
    gc.set_threshold(*GC_THRESHOLDS)
    # A foreign file can make a library print; its words belong to nobody.
    _silence(sys.stdout, sys.stderr)
    for limit, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_DATA, int(memory_bytes * _HARD_LIMIT)),
    ):
        # Systems differ in which limits they take; the run watches all the same.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _silence(*streams: Any) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _leave_with_parent() -> None:
    """End this worker when the run does, even one that was killed: nobody else would."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

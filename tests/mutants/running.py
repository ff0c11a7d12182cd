"""Runs tests against mutants, each in a copy of the project that is put right afterwards.

Belongs here: the copies, one a worker; a run of some tests with its time limit; what came of it.
Does not belong here: which mutants and which tests.
"""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.mutants.sites import Mutant
from tests.read_documents import EXTRACTED

COPIED = ("extractors", "pipelines", "tests", "raw", "sql", "pyproject.toml")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis")
MOST_MEMORY_B = 8 * 2**30
BOUNDED = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MOST_MEMORY_B}, {MOST_MEMORY_B}))
import pytest
sys.exit(pytest.main(sys.argv[1:]))
"""
"""Runs pytest within a bound: a loop that never ends may fill the memory before the time is up."""
PASSED, FAILED, INTERRUPTED = 0, 1, 2
"""What pytest says; a module that can no longer be imported interrupts."""


class Outcome(StrEnum):
    """What came of a mutant: a test failed, time ran out, or nothing noticed."""

    KILLED = "killed"
    HUNG = "hung"
    SURVIVED = "survived"


class FailingTestsError(RuntimeError):
    """The tests fail without any mutant, or cannot be run: nothing can be learned from them."""


@dataclass(frozen=True, slots=True)
class Run:
    """What pytest said, None where time ran out; its output; and how long it took."""

    status: int | None
    output: str
    seconds: float


class Copies:
    """Copies of the project, each held by one worker at a time."""

    def __init__(self, root: Path, folder: Path, count: int) -> None:
        self.extracted = folder / "extracted"
        self.extracted.mkdir(parents=True)
        self._free: queue.Queue[Path] = queue.Queue()
        for number in range(count):
            copy = folder / f"copy-{number}"
            copy.mkdir(parents=True)
            for name in COPIED:
                source = root / name
                if source.is_dir():
                    shutil.copytree(source, copy / name, ignore=LEFT_OUT)
                else:
                    shutil.copy2(source, copy / name)
            self._free.put(copy)

    @contextmanager
    def take(self) -> Iterator[Path]:
        """A copy that nobody else works in until it is given back."""
        copy = self._free.get()
        try:
            yield copy
        finally:
            self._free.put(copy)


@contextmanager
def changed(copy: Path, mutant: Mutant) -> Iterator[None]:
    """The mutant's module is changed in the copy, and as it was afterwards.

    Python tells a compiled module from its source by the second of the last change: what it keeps
    compiled of the module is thrown away with each change.
    """
    path = copy / mutant.path
    source = path.read_bytes()
    _write_anew(path, mutant.apply(source))
    try:
        yield
    finally:
        _write_anew(path, source)


def _write_anew(path: Path, source: bytes) -> None:
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
        compiled.unlink()
    path.write_bytes(source)


def run_tests(
    copy: Path, tests: Sequence[str], extracted: Path | None, limit_s: float | None
) -> Run:
    """Run tests in a copy up to the first that fails, on documents extracted before if given."""
    started = time.monotonic()
    settings = ("-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0")
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    environment.pop(EXTRACTED, None)
    if extracted is not None:
        environment[EXTRACTED] = str(extracted)
    process = subprocess.Popen(
        [sys.executable, "-c", BOUNDED, *settings, *tests],
        cwd=copy,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired:
        # Its own session: whatever the tests started goes with it, and nothing else.
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return Run(None, "", time.monotonic() - started)
    return Run(process.returncode, output, time.monotonic() - started)


def measure(copies: Copies, tests: Sequence[str], *, is_extracted: bool) -> float:
    """How many seconds the tests take where nothing is changed."""
    with copies.take() as copy:
        run = run_tests(copy, tests, copies.extracted if is_extracted else None, None)
    if run.status != PASSED:
        raise FailingTestsError(
            f"The tests fail without any change; mend them first.\n{run.output}"
        )
    return run.seconds


def try_mutant(
    copies: Copies, mutant: Mutant, tests: Sequence[str], limit_s: float, *, is_extracted: bool
) -> tuple[Outcome, float]:
    """What comes of a mutant, and how many seconds it took to know."""
    extracted = copies.extracted if is_extracted else None
    with copies.take() as copy, changed(copy, mutant):
        run = run_tests(copy, tests, extracted, limit_s)
    if run.status is None:
        return Outcome.HUNG, run.seconds
    if run.status in (FAILED, INTERRUPTED):
        return Outcome.KILLED, run.seconds
    if run.status == PASSED:
        return Outcome.SURVIVED, run.seconds
    raise FailingTestsError(f"pytest cannot run {' '.join(tests)}.\n{run.output}")

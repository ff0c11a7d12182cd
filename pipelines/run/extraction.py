"""Many files in, their documents out: reading in worker processes, refusals by name.

Belongs here: the fan-out over processes and what becomes of a file that cannot be read.
Does not belong here: how a file is read (`extractors`), or what it means (`pipelines.reading`).

One file never stops another: a file that is refused, and even one whose reader takes its whole
process down, ends as a `Refusal` beside the documents of the others.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from extractors.records import Document
from pipelines.sources import RawFile

Reader = Callable[[Path], Document]
"""Reads one file. It runs in another process, so it must be a module's own function."""

GC_THRESHOLDS = (100_000, 50, 100)
"""Garbage is looked for this seldom: a page's characters are many objects and no garbage."""

OnDone = Callable[[RawFile, "Document | Refusal"], None]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not be read: a stable code, and a sentence that says what to do."""

    document_id: str
    file_name: str
    sha256: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came of a batch: documents by id, and the files that were refused, both by name."""

    documents: tuple[tuple[str, Document], ...]
    refusals: tuple[Refusal, ...]


def read_with_extractors(path: Path) -> Document:
    """Read one file with the project's readers. Imported late: workers alone need them."""
    from extractors import read_document

    return read_document(path)


def extract_documents(
    files: Sequence[RawFile],
    *,
    reader: Reader = read_with_extractors,
    workers: int | None = None,
    on_done: OnDone | None = None,
) -> Extraction:
    """Read all files, several at a time, each in a worker process.

    `workers` is how many processes at most (the machine's cores where not given). `on_done` is
    told of each file as it is done, in the order of completion; the result is in the order given.
    """
    outcomes: dict[str, Document | Refusal] = {}
    readable: list[RawFile] = []
    for file in files:
        if file.conflict is None:
            readable.append(file)
            continue
        refusal = _refuse_conflict(file)
        outcomes[file.path.name] = refusal
        if on_done:
            on_done(file, refusal)
    for file, outcome in _read_all(readable, reader, workers or os.cpu_count() or 1):
        outcomes[file.path.name] = outcome
        if on_done:
            on_done(file, outcome)
    ordered = [(file, outcomes[file.path.name]) for file in files]
    return Extraction(
        documents=tuple(
            (file.document_id, outcome)
            for file, outcome in ordered
            if not isinstance(outcome, Refusal)
        ),
        refusals=tuple(outcome for _, outcome in ordered if isinstance(outcome, Refusal)),
    )


def _read_all(
    files: Sequence[RawFile], reader: Reader, workers: int
) -> Iterator[tuple[RawFile, Document | Refusal]]:
    """Read in one pool; what was under way when a worker died is read again, each on its own."""
    if not files:
        return
    # The largest first, so that no long file starts when all others are done.
    queue = sorted(files, key=lambda file: -_size_of(file.path))
    suspects: list[RawFile] = []
    with _pool(min(workers, len(queue))) as pool:
        waiting: dict[Future[Document | tuple[str, str]], RawFile] = {}
        for file in queue:
            try:
                waiting[pool.submit(_read_in_worker, reader, file.path)] = file
            except BrokenProcessPool:
                suspects.append(file)
        for future in as_completed(waiting):
            file = waiting[future]
            try:
                yield file, _take(future, file)
            except BrokenProcessPool:
                suspects.append(file)
    # A pool does not say whose worker died. Alone in a pool of its own, the culprit shows.
    for file in suspects:
        with _pool(1) as pool:
            try:
                yield file, _take(pool.submit(_read_in_worker, reader, file.path), file)
            except BrokenProcessPool:
                yield file, _refuse_dead_worker(file)


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        # It went away since it was listed; the reader says so by name.
        return 0


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    # Spawned, not forked: the caller has threads (Dagster's, an import under way), and a forked
    # copy of those can hang.
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_prepare_worker,
    )
    try:
        yield pool
    finally:
        # All has been read by now; the workers' goodbye takes a second that nobody waits for.
        pool.shutdown(wait=False, cancel_futures=True)


def _prepare_worker() -> None:
    gc.set_threshold(*GC_THRESHOLDS)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End this worker when the run does, even one that was killed: nobody else would."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_in_worker(reader: Reader, path: Path) -> Document | tuple[str, str]:
    """The document, or the code and the message of its refusal.

    Runs in the worker. An exception is not sent back: one that cannot be pickled would take the
    pool with it. Errors without a code of their own are bugs of a reader; they too concern one
    file only, and are told under the code `reader_failed`.
    """
    try:
        return reader(path)
    except Exception as error:
        code = getattr(error, "code", None)
        if isinstance(code, str):
            return code, str(getattr(error, "message", None) or error)
        return (
            "reader_failed",
            f"The reader failed on {path.name} ({type(error).__name__}: {error}). "
            "This is an error of the reader, not of the file: please report it with the file.",
        )


def _take(future: Future[Document | tuple[str, str]], file: RawFile) -> Document | Refusal:
    outcome = future.result()
    if isinstance(outcome, tuple):
        code, message = outcome
        return _refuse(file, code, message)
    if outcome.sha256 != file.sha256 and outcome.sha256 and file.sha256:
        return _refuse(
            file,
            "changed_while_read",
            f"{file.path.name} was written to while the run was at work. The next run reads it.",
        )
    return outcome


def _refuse(file: RawFile, code: str, message: str) -> Refusal:
    return Refusal(
        document_id=file.document_id,
        file_name=file.path.name,
        sha256=file.sha256,
        code=code,
        message=message,
    )


def _refuse_conflict(file: RawFile) -> Refusal:
    return _refuse(
        file,
        "duplicate_name",
        f"{file.path.name} and {file.conflict} differ in their endings only, and would be one "
        "document. Rename one of them, or remove it.",
    )


def _refuse_dead_worker(file: RawFile) -> Refusal:
    return _refuse(
        file,
        "worker_died",
        f"The process that read {file.path.name} was ended from outside or crashed, most often "
        "for want of memory. Try it again by itself, or save the document anew and replace it.",
    )

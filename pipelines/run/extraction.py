"""Many files in, their documents out: reading in worker processes, refusals by name.

Belongs here: which files are read, and what becomes of one that cannot be.
Does not belong here: how a file is read (`extractors`), what it means (`pipelines.reading`), or how
a worker is watched (`workers`).

One file never stops another: a file that is refused, one that is endless, and even one whose reader
takes its whole process down, ends as a `Refusal` beside the documents of the others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from extractors.records import Document
from pipelines.inventory import Fault, RawFile
from pipelines.run.limits import (
    Limits,
    find_excess_in_document,
    find_excess_in_file,
    out_of_memory,
    timed_out,
)
from pipelines.run.workers import Ended, run_in_workers

Reader = Callable[[Path], Document]
"""Reads one file. It runs in another process, so it must be a module's own function."""

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
    limits: Limits | None = None,
    workers: int | None = None,
    on_done: OnDone | None = None,
) -> Extraction:
    """Read all files, several at a time, each in a worker process and within the limits.

    `workers` is how many processes at most (the machine's cores where not given). `on_done` is
    told of each file as it is done, in the order of completion; the result is in the order given.

    Raises:
        NoWorkerError: processes cannot be started.
    """
    outcomes: dict[Path, Document | Refusal] = {}
    readable: list[RawFile] = []
    for file in files:
        refusal = _refuse_unopened(file)
        if refusal is None:
            readable.append(file)
            continue
        outcomes[file.path] = refusal
        if on_done:
            on_done(file, refusal)
    for file, outcome in _read_all(readable, reader, limits or Limits(), workers or _count_cores()):
        outcomes[file.path] = outcome
        if on_done:
            on_done(file, outcome)
    ordered = [(file, outcomes[file.path]) for file in files]
    return Extraction(
        documents=tuple(
            (file.document_id, outcome)
            for file, outcome in ordered
            if not isinstance(outcome, Refusal)
        ),
        refusals=tuple(outcome for _, outcome in ordered if isinstance(outcome, Refusal)),
    )


def _count_cores() -> int:
    """The cores that this process may use: fewer than the machine's in a container."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _read_all(
    files: Sequence[RawFile], reader: Reader, limits: Limits, workers: int
) -> Iterator[tuple[RawFile, Document | Refusal]]:
    if not files:
        return
    # The largest first, so that no long file starts when all others are done.
    queue = sorted(files, key=lambda file: -_size_of(file.path))
    work = partial(_read_in_worker, reader, limits)
    for position, outcome in run_in_workers(work, [file.path for file in queue], limits, workers):
        yield queue[position], _take(outcome, queue[position], limits)


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        # It went away since it was listed; the reader says so by name.
        return 0


def _read_in_worker(reader: Reader, limits: Limits, path: Path) -> Document | Fault:
    """The document, or the code and the message of its refusal.

    Runs in the worker. An exception is not sent back: one that cannot be pickled would take the
    worker with it. Errors without a code of their own are bugs of a reader; they too concern one
    file only, and are told under the code `reader_failed`.

    Raises:
        MemoryError: the limit is reached, whatever the reader made of it.
    """
    try:
        excess = find_excess_in_file(path, limits)
        if excess is not None:
            return excess
        document = reader(path)
        return find_excess_in_document(document, limits) or document
    except Exception as error:
        if _is_about_memory(error):
            raise MemoryError from error
        code = getattr(error, "code", None)
        if isinstance(code, str):
            return Fault(code, str(getattr(error, "message", None) or error))
        return Fault(
            "reader_failed",
            f"The reader failed on {path.name} ({type(error).__name__}: {error}). "
            "This is an error of the reader, not of the file: please report it with the file.",
        )


def _is_about_memory(error: BaseException | None) -> bool:
    """Whether want of memory is at the bottom of it; readers name it after what they were at."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _take(outcome: Document | Fault | Ended, file: RawFile, limits: Limits) -> Document | Refusal:
    if isinstance(outcome, Ended):
        return _refuse(file, _explain_end(outcome, file, limits))
    if isinstance(outcome, Fault):
        return _refuse(file, outcome)
    if outcome.sha256 != file.sha256 and outcome.sha256 and file.sha256:
        return _refuse(
            file,
            Fault(
                "changed_while_read",
                f"{file.file_name} was written to while the run was at work. The next run reads "
                "it.",
            ),
        )
    return replace(outcome, name=file.file_name)


def _explain_end(ended: Ended, file: RawFile, limits: Limits) -> Fault:
    if ended is Ended.TIME:
        return timed_out(file.file_name, limits)
    if ended is Ended.MEMORY:
        return out_of_memory(file.file_name, limits)
    return Fault(
        "worker_died",
        f"The process that read {file.file_name} was ended from outside or crashed. Save the "
        "document anew from a viewer and replace it, or refresh with --force to try it again.",
    )


def _refuse_unopened(file: RawFile) -> Refusal | None:
    """The refusal of a file that no reader is shown, if it is one."""
    if file.fault is not None:
        return _refuse(file, file.fault)
    if file.conflict is not None:
        return _refuse(
            file,
            Fault(
                "duplicate_name",
                f"{file.file_name} and {file.conflict} would be one document: their names differ "
                "in the ending only, or in how they are spelt. Rename one of them, or remove it.",
            ),
        )
    return None


def _refuse(file: RawFile, fault: Fault) -> Refusal:
    # Readers know a file by the last part of its name, and as the file system spells it.
    message = fault.message.replace(file.path.name, file.file_name.rsplit("/", 1)[-1])
    return Refusal(
        document_id=file.document_id,
        file_name=file.file_name,
        sha256=file.sha256,
        code=fault.code,
        message="".join(map(_show_character, message)),
    )


def _show_character(character: str) -> str:
    """Half a character cannot be stored; bytes of a damaged file come as such."""
    return "\ufffd" if "\ud800" <= character <= "\udfff" else character

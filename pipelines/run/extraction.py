"""Many files in, what came of each out: work in worker processes, refusals by name.

Belongs here: which files are read, whose result is known from an earlier run, and what becomes of a
file that cannot be read. Does not belong here: what is done with one file (`single_document`), or
how a worker is watched (`workers`).

One file never stops another: a file that is refused, one that is endless, and even one whose reader
takes its whole process down, ends as a `Refusal` beside the facts of the others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipelines.errors import PipelineError
from pipelines.inventory import Fault, RawFile
from pipelines.run.kept import KeptResults
from pipelines.run.kept_form import ReadDocument, unpack
from pipelines.run.kept_key import KeyParts, compute_key, look_at_code
from pipelines.run.limits import Limits, out_of_memory, timed_out
from pipelines.run.single_document import Assignment, Outcome, Terms, work_on
from pipelines.run.workers import Ended, run_in_workers
from pipelines.sources import SourceEntry, describe_source
from pipelines.word_files import hash_own

OnDone = Callable[[RawFile, "ReadDocument | Refusal"], None]


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
    """What came of a batch: documents by id, and the files that were refused, both by name.

    `known` counts those of both whose result was kept from an earlier run.
    """

    documents: tuple[tuple[str, ReadDocument], ...]
    refusals: tuple[Refusal, ...]
    known: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    """The results kept from earlier runs, as those of the code and words that are there now."""

    results: KeptResults
    parts: KeyParts
    limits: Limits

    def name(self, assignment: Assignment) -> str:
        # The name in the folder too, beside the one that is shown: refusals tell it.
        file = (assignment.sha256, assignment.path.name)
        return compute_key(file, assignment.source, self.limits, self.parts)

    def find(self, assignment: Assignment) -> ReadDocument | Fault | None:
        return self.results.find(self.name(assignment)) if assignment.sha256 else None

    def keep(self, assignment: Assignment, outcome: Outcome) -> None:
        # Code or words that changed while the run was at work made something else.
        if outcome.made_by == self.parts and assignment.sha256:
            self.results.keep(self.name(assignment), outcome.packed)

    def look_back(self) -> None:
        """Forget what this run kept, if the code was replaced under it."""
        if self.results.written and look_at_code() != self.parts.code:
            self.results.forget(self.results.written)


def extract_documents(
    files: Sequence[RawFile],
    terms: Terms | None = None,
    *,
    sources: Mapping[str, SourceEntry] | None = None,
    kept: KeptResults | None = None,
    workers: int | None = None,
    on_done: OnDone | None = None,
) -> Extraction:
    """Read and understand all files, several at a time, each in a worker and within the limits.

    `sources` is what people wrote of the files, by name. What is in `kept` is taken from there, and
    what comes of the others is kept there. `workers` is how many processes at most (the machine's
    cores where not given). `on_done` is told of each file as it is done, in the order of
    completion; the result is in the order given.

    Raises:
        NoWorkerError: processes cannot be started.
        VocabularyError: the words of the project, or a person's own, are wrong.
    """
    terms = terms or Terms()
    outcomes: dict[Path, ReadDocument | Refusal] = {}

    def take(file: RawFile, outcome: ReadDocument | Refusal) -> None:
        outcomes[file.path] = outcome
        if on_done:
            on_done(file, outcome)

    known = _open_known(kept, terms)
    unknown: list[tuple[RawFile, Assignment]] = []
    n_known = 0
    for file in files:
        refusal = _refuse_unopened(file)
        if refusal is not None:
            take(file, refusal)
            continue
        source = describe_source(dict(sources or {}), file)
        assignment = Assignment(file.path, file.file_name, file.sha256, source)
        result = known.find(assignment) if known else None
        if result is None:
            unknown.append((file, assignment))
        else:
            n_known += 1
            take(file, _name_refused(result, file))
    for file, outcome in _work_on_all(unknown, terms, known, workers or _count_cores()):
        take(file, outcome)
    return _put_in_order(files, outcomes, n_known)


def _open_known(kept: KeptResults | None, terms: Terms) -> _Known | None:
    """None where nothing is kept, or what reads is not the code that a hash speaks for."""
    if kept is None or not kept.is_on or not terms.are_usual:
        return None
    return _Known(kept, KeyParts(look_at_code(), hash_own(terms.own_words)), terms.limits)


def _put_in_order(
    files: Sequence[RawFile], outcomes: Mapping[Path, ReadDocument | Refusal], known: int
) -> Extraction:
    ordered = [(file, outcomes[file.path]) for file in files]
    return Extraction(
        documents=tuple(
            (file.document_id, outcome)
            for file, outcome in ordered
            if not isinstance(outcome, Refusal)
        ),
        refusals=tuple(outcome for _, outcome in ordered if isinstance(outcome, Refusal)),
        known=known,
    )


def _count_cores() -> int:
    """The cores that this process may use: fewer than the machine's in a container."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _work_on_all(
    unknown: Sequence[tuple[RawFile, Assignment]],
    terms: Terms,
    known: _Known | None,
    workers: int,
) -> Iterator[tuple[RawFile, ReadDocument | Refusal]]:
    if not unknown:
        return
    # The largest first, so that no long file starts when all others are done.
    queue = sorted(unknown, key=lambda each: -_size_of(each[0].path))
    items = [assignment for _, assignment in queue]
    for position, outcome in run_in_workers(partial(work_on, terms), items, terms.limits, workers):
        file, assignment = queue[position]
        if isinstance(outcome, PipelineError):
            raise outcome
        if isinstance(outcome, Ended):
            yield file, _refuse(file, _explain_end(outcome, file, terms.limits))
            continue
        if known:
            known.keep(assignment, outcome)
        yield file, _name_refused(unpack(outcome.packed), file)
    if known:
        known.look_back()


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        # It went away since it was listed; the reader says so by name.
        return 0


def _name_refused(result: ReadDocument | Fault, file: RawFile) -> ReadDocument | Refusal:
    return _refuse(file, result) if isinstance(result, Fault) else result


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

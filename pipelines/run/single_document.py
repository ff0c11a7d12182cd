"""The unit of work: the path of one document in, its facts out, or why there are none.

Belongs here: what a worker does with one file, from looking at its size to counting its digits, and
what of it goes back to the run. Does not belong here: which files there are and how workers are
watched (`extraction`, `workers`), or what is kept for later runs (`kept`).

Nothing here looks at another document, so the work can be done in any process and any order. It is
all done in the worker, so that the limits of time and memory hold for understanding as for reading.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from extractors.records import Document
from pipelines.errors import PipelineError
from pipelines.facts import DocumentFacts
from pipelines.inventory import Fault, hash_if_readable
from pipelines.run.kept_form import ReadDocument, pack
from pipelines.run.kept_key import KeyParts, look_at_code
from pipelines.run.limits import Limits, find_excess_in_document, find_excess_in_file
from pipelines.sources import SourceEntry
from pipelines.word_files import hash_own

Reader = Callable[[Path], Document]
"""Reads one file. It runs in another process, so it must be a module's own function."""

Understanding = Callable[[Document, SourceEntry, "Path | None"], DocumentFacts]
"""Turns a document into facts, by what a person wrote of it and the folder of their own words.
It too must be a module's own function."""


def read_with_extractors(path: Path) -> Document:
    """Read one file with the project's readers. Imported late: workers alone need them."""
    from extractors import read_document

    return read_document(path)


def understand_with_rules(
    document: Document, source: SourceEntry, own_words: Path | None
) -> DocumentFacts:
    """The facts of a document by the project's rules. Raises VocabularyError: words are wrong."""
    from pipelines.reading import read_facts
    from pipelines.vocabulary import load_vocabulary

    return read_facts(document, source, load_vocabulary(own_words))


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all documents of a run: how they are read, and what one may cost."""

    reader: Reader = read_with_extractors
    understanding: Understanding = understand_with_rules
    own_words: Path | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def are_usual(self) -> bool:
        """Whether the project's own code reads: the only one that a hash of the code speaks for."""
        return self.reader is read_with_extractors and self.understanding is understand_with_rules


@dataclass(frozen=True, slots=True)
class Assignment:
    """One file for a worker: where it lies, its name as people are told it, its hash as listed, and
    what a person wrote of it."""

    path: Path
    file_name: str
    sha256: str
    source: SourceEntry


@dataclass(frozen=True, slots=True)
class Outcome:
    """What goes back to the run: the result, packed, and by what it was made.

    `made_by` is None for what may be otherwise the next time (an error of ours, a disk that failed
    in the middle): such a result is not kept.
    """

    packed: bytes
    made_by: KeyParts | None = None


def work_on(terms: Terms, assignment: Assignment) -> Outcome | PipelineError:
    """Read and understand one file. Runs in a worker; raises nothing but for want of memory.

    An exception is not sent back: one that cannot be pickled would take the worker with it. Errors
    without a code of their own are bugs of ours; they concern one file only. A `PipelineError` is
    a broken vocabulary or rule: it concerns every document, and the run ends with it.

    Raises:
        MemoryError: the limit is reached, whatever the reader made of it.
    """
    read, is_certain = _read(terms.reader, terms.limits, assignment.path)
    result = _understand(terms, assignment, read) if isinstance(read, Document) else read
    if isinstance(result, PipelineError):
        return result
    try:
        packed = pack(result)
    except TypeError as error:
        return Outcome(pack(_not_understood(assignment.file_name, error)))
    is_lasting = terms.are_usual and (isinstance(result, ReadDocument) or is_certain)
    return Outcome(packed, _tell_parts(terms, assignment) if is_lasting else None)


def _tell_parts(terms: Terms, assignment: Assignment) -> KeyParts | None:
    """What the result was made by; None where the file is not the one that was listed any more."""
    if hash_if_readable(assignment.path) != assignment.sha256:
        return None
    try:
        return KeyParts(_look_once_at_code(), hash_own(terms.own_words))
    except OSError:
        return None


@cache
def _look_once_at_code() -> str:
    """The hash of the code that this worker has loaded: first asked for after its first document,
    so that code which was replaced before that tells itself."""
    return look_at_code()


def read_within_limits(reader: Reader, limits: Limits, path: Path) -> Document | Fault:
    """The document, or the code and the message of its refusal.

    Raises:
        MemoryError: as `work_on`.
    """
    return _read(reader, limits, path)[0]


def _read(reader: Reader, limits: Limits, path: Path) -> tuple[Document | Fault, bool]:
    """Beside a refusal: whether the same bytes are certain to be refused again."""
    try:
        excess = find_excess_in_file(path, limits)
        if excess is not None:
            return excess, True
        document = reader(path)
        return find_excess_in_document(document, limits) or document, True
    except Exception as error:
        if _has_within(error, MemoryError):
            raise MemoryError from error
        code = getattr(error, "code", None)
        if isinstance(code, str):
            fault = Fault(code, str(getattr(error, "message", None) or error))
            return fault, not _has_within(error, OSError)
        return Fault(
            "reader_failed",
            f"The reader failed on {path.name} ({type(error).__name__}: {error}). "
            "This is an error of the reader, not of the file: please report it with the file.",
        ), False


def _understand(
    terms: Terms, assignment: Assignment, document: Document
) -> ReadDocument | Fault | PipelineError:
    from pipelines.checks.completeness import count_digits

    file_name = assignment.file_name
    if document.sha256 != assignment.sha256 and document.sha256 and assignment.sha256:
        return Fault(
            "changed_while_read",
            f"{file_name} was written to while the run was at work. The next run reads it.",
        )
    document = replace(document, name=file_name)
    try:
        facts = terms.understanding(document, assignment.source, terms.own_words)
        digits = count_digits(document, facts.figures)
    except PipelineError as error:
        return error
    except Exception as error:
        if _has_within(error, MemoryError):
            raise MemoryError from error
        return _not_understood(file_name, error)
    return ReadDocument(facts, digits, len(document.tables), document.pages)


def _not_understood(file_name: str, error: Exception) -> Fault:
    return Fault(
        "reading_failed",
        f"{file_name} could be opened, but not understood ({type(error).__name__}: {error}). "
        "This is an error of ours: please report it with the file.",
    )


def _has_within(error: BaseException | None, kind: type[BaseException]) -> bool:
    """Whether such an error is at the bottom of it; readers name it after what they were at."""
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False

"""Why a file could not be read: one named error for each cause, with a code that never changes.

Belongs here: the errors that `extractors.read_document` raises. Does not belong here: how a cause
is recognised (see `detection`, `pdf` and `word`).
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class DocumentError(Exception):
    """A file that cannot be read, with what was wrong, where, and what its owner can do.

    `code` is stable and meant for programs; `message` is one or two sentences for a person and
    already names the file (and the page, where one is to blame).
    """

    code: ClassVar[str] = "unreadable"
    remedy: ClassVar[str] = "Open it in a viewer, save it again and put the new file in its place."

    def __init__(self, path: Path, problem: str, *, page: int | None = None) -> None:
        self.path = path
        self.page = page
        self.problem = problem
        where = path.name if page is None else f"{path.name}, page {page}"
        self.message = f"{where}: {problem} {self.remedy}"
        super().__init__(path, problem, page)

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[object, ...]:
        # Errors travel between worker processes; the page is a keyword, which pickle would lose.
        return (_rebuild, (type(self), self.path, self.problem, self.page))


def _rebuild(
    kind: type[DocumentError], path: Path, problem: str, page: int | None
) -> DocumentError:
    return kind(path, problem, page=page)


class UnreadableDocument(DocumentError):
    """The file cannot be opened: cut short, or not what its first bytes say it is."""

    code = "unreadable"


class DamagedDocument(DocumentError):
    """A part of the file was changed after it was written: its checksum says so, or it is gone."""

    code = "damaged"
    remedy = "Get the file again from where it came; what this copy says cannot be relied on."


class MissingDocument(DocumentError):
    """There is no file at the path, or it may not be opened."""

    code = "missing"
    remedy = "Check the path and that the file may be read."


class EmptyDocument(DocumentError):
    """The file has no bytes, or shows no text at all."""

    code = "empty"
    remedy = "Ask for the file again from where it came; this copy says nothing."


class PasswordProtectedDocument(DocumentError):
    """The file opens only with a password."""

    code = "password_protected"
    remedy = "Open it with its password, save a copy without one, and use the copy."


class ScannedDocument(DocumentError):
    """Pages are pictures: there is no text to read."""

    code = "scanned"
    remedy = "Get the electronic original, or run text recognition (OCR) over it first."


class UnknownFormat(DocumentError):
    """The content is neither PDF nor Word (.docx)."""

    code = "unknown_format"
    remedy = "Save it as PDF or as .docx and use that file."


class NoTextMap(DocumentError):
    """A font of the file does not say which characters its shapes stand for."""

    code = "no_text_map"
    remedy = "Export it again with embedded fonts and Unicode text, or run OCR over it."

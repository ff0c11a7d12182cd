"""What a file is, by its content: its name may lie.

Belongs here: telling formats apart and refusing what no reader handles, with the reason.
"""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

from extractors.errors import (
    DamagedDocument,
    EmptyDocument,
    MissingDocument,
    PasswordProtectedDocument,
    UnknownFormat,
    UnreadableDocument,
)

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_HEAD_BYTES = 2048


class Format(StrEnum):
    """Formats that can be read."""

    PDF = "pdf"
    WORD = "docx"


def detect_format(path: Path) -> Format:
    """The format of the file's content; raises a `DocumentError` where no reader takes it."""
    try:
        if not path.is_file():
            problem = "It is a folder." if path.is_dir() else "There is no such file."
            raise MissingDocument(path, problem)
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise MissingDocument(path, f"It cannot be opened ({reason}).") from error
    if not head.strip(b"\0 \r\n\t"):
        raise EmptyDocument(path, "The file is empty.")
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PK"):
        return _detect_zip(path)
    if head.startswith(_OLE_MAGIC):
        if _ENCRYPTED_STREAM in path.read_bytes():
            raise PasswordProtectedDocument(path, "The file is protected by a password.")
        raise UnknownFormat(path, "It is an old binary Office file (.doc, .xls, .ppt or .wps).")
    raise UnknownFormat(path, f"It is {_guess_kind(head)}, not PDF or Word.")


def _detect_zip(path: Path) -> Format:
    try:
        archive = zipfile.ZipFile(path)
    except Exception as error:  # damaged archives raise plain Python errors too
        raise UnreadableDocument(path, f"The file is damaged or cut short ({error}).") from error
    with archive:
        names = set(archive.namelist())
        if _is_word(names):
            _refuse_broken_parts(path, archive)
    if _is_word(names):
        return Format.WORD
    if any(name.startswith("xl/") for name in names):
        raise UnknownFormat(path, "It is an Excel workbook.")
    if any(name.startswith("ppt/") for name in names):
        raise UnknownFormat(path, "It is a presentation.")
    if "mimetype" in names:
        raise UnknownFormat(path, "It is an OpenDocument file.")
    raise UnknownFormat(path, "It is a ZIP archive without a Word document in it.")


def _refuse_broken_parts(path: Path, archive: zipfile.ZipFile) -> None:
    try:
        broken = archive.testzip()
    except Exception as error:  # damaged members raise whatever their decoder does
        raise DamagedDocument(path, f"One of its parts is broken ({error}).") from error
    if broken is not None:
        raise DamagedDocument(path, f"The checksum of its part {broken} is wrong.")


def _is_word(names: set[str]) -> bool:
    return any(name.startswith("word/") for name in names) and "[Content_Types].xml" in names


def _guess_kind(head: bytes) -> str:
    lowered = head[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if lowered.startswith(b"{\\rtf"):
        return "a rich text file"
    if lowered.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if lowered.startswith((b"\x89png", b"\xff\xd8\xff", b"gif8", b"ii*\0", b"mm\0*")):
        return "a picture"
    if lowered.startswith(b"<?xml"):
        return "an XML file"
    if lowered.startswith(b"%pdf"):
        return "a PDF with a broken header"
    try:
        head[: _HEAD_BYTES - 4].decode("utf-8")
    except UnicodeDecodeError:
        return "of a format that is not known here"
    return "plain text"

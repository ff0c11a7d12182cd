"""How large a file becomes when it is unpacked, found out without keeping what comes out.

Belongs here: telling a file that would swamp its reader before a reader opens it.
Does not belong here: what is wrong with a damaged file: parts that do not unpack count as nothing.
"""

from __future__ import annotations

import mmap
import re
import zipfile
import zlib
from pathlib import Path

_PIECE = 1 << 20
_PDF_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DEFLATED = 8
"""The method in the first byte of a zlib stream (RFC 1950)."""


class UnpackedTooLarge(Exception):
    """The file grows beyond the limit; `found_bytes` is how far it was seen to grow."""

    def __init__(self, found_bytes: int) -> None:
        super().__init__(found_bytes)
        self.found_bytes = found_bytes


def check_unpacked_size(path: Path, most_bytes: int) -> None:
    """Raise UnpackedTooLarge where the parts of a Word file or the streams of a PDF are too much.

    Files of other kinds, and damaged ones, pass: their reader says what they are.
    """
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith(b"PK"):
        _check_members(path, most_bytes)
    elif b"%PDF-" in head:
        _check_streams(path, most_bytes)


def _check_members(path: Path, most_bytes: int) -> None:
    """By the sizes that the directory tells: the reader takes no more than that out of a member."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except Exception:  # a damaged directory raises whatever its decoder does
        return
    if size > most_bytes:
        raise UnpackedTooLarge(size)


def _check_streams(path: Path, most_bytes: int) -> None:
    total = 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for found in _PDF_STREAM.finditer(content):
            start = found.end()
            header = content[start : start + 2]
            if len(header) == 2 and header[0] & 15 == _DEFLATED and not _as_number(header) % 31:
                total += _inflate(content, start, most_bytes - total)


def _as_number(header: bytes) -> int:
    return int.from_bytes(header, "big")


def _inflate(content: mmap.mmap, start: int, most_bytes: int) -> int:
    """How many bytes come out of the zlib stream that begins here, as far as it is sound."""
    inflater = zlib.decompressobj()
    size, place, rest = 0, start, b""
    while not inflater.eof:
        piece = rest or content[place : place + _PIECE]
        if not rest:
            place += len(piece)
        try:
            size += len(inflater.decompress(piece, _PIECE))
        except zlib.error:
            break
        if size > most_bytes:
            raise UnpackedTooLarge(size)
        rest = inflater.unconsumed_tail
        if not rest and place >= len(content):
            break
    return size

"""A file that would swamp its reader is told before a reader opens it, and no other is."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pytest

from extractors.volume import UnpackedTooLarge, check_unpacked_size

MOST = 1_000_000


def write_pdf(path: Path, *streams: bytes) -> Path:
    body = b"".join(b"1 0 obj\n<<>>\nstream\n" + s + b"\nendstream\nendobj\n" for s in streams)
    path.write_bytes(b"%PDF-1.7\n" + body + b"%%EOF")
    return path


def write_zip(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return path


def test_streams_that_unpack_to_too_much_are_told(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", zlib.compress(bytes(3 * MOST)))
    with pytest.raises(UnpackedTooLarge) as told:
        check_unpacked_size(path, MOST)
    assert told.value.found_bytes > MOST


def test_many_streams_count_together(tmp_path: Path) -> None:
    half = zlib.compress(bytes(MOST // 2 + 1))
    check_unpacked_size(write_pdf(tmp_path / "a.pdf", half), MOST)
    with pytest.raises(UnpackedTooLarge):
        check_unpacked_size(write_pdf(tmp_path / "b.pdf", half, half), MOST)


def test_members_that_unpack_to_too_much_are_told(tmp_path: Path) -> None:
    check_unpacked_size(write_zip(tmp_path / "a.docx", a=bytes(MOST // 2)), MOST)
    path = write_zip(tmp_path / "b.docx", a=bytes(MOST // 2), b=bytes(MOST))
    with pytest.raises(UnpackedTooLarge):
        check_unpacked_size(path, MOST)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 and no archive",
        b"%PDF-1.7\nstream\nx\x9c and no stream\nendstream",
        b"%PDF-1.7\nstream\n" + zlib.compress(bytes(2 * MOST))[:20],
        b"%PDF-1.7\nstream\n" + bytes(2 * MOST),
        b"plain text, stream\n" + zlib.compress(bytes(2 * MOST)),
    ],
    ids=["empty", "no archive", "no stream", "cut short", "not compressed", "text"],
)
def test_what_is_damaged_or_something_else_is_for_its_reader_to_say(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    check_unpacked_size(path, MOST)


def test_the_projects_documents_are_far_below(raw_folder: Path) -> None:
    for path in raw_folder.glob("*.[pd][do][fc]*"):
        check_unpacked_size(path, 50_000_000)

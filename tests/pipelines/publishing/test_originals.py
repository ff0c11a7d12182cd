"""The files that facts were read from outlive the raw folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.inventory import hash_file
from pipelines.publishing.originals import (
    archive_original,
    find_original,
    list_originals,
    prune_originals,
)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "out" / "x.duckdb"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "A.PDF"
    path.write_bytes(b"a page")
    return path


def test_an_original_is_found_by_its_hash_after_the_source_is_gone(
    published: Path, source: Path
) -> None:
    sha256 = hash_file(source)
    assert archive_original(published, source, sha256)
    source.unlink()
    kept = find_original(published, sha256)
    assert kept is not None
    assert (kept.read_bytes(), kept.suffix) == (b"a page", ".pdf")
    assert archive_original(published, source, sha256)


def test_a_later_edit_of_the_source_does_not_reach_the_original(
    published: Path, source: Path
) -> None:
    sha256 = hash_file(source)
    archive_original(published, source, sha256)
    with source.open("r+b") as stream:
        stream.write(b"b")
    kept = find_original(published, sha256)
    assert kept is not None
    assert hash_file(kept) == sha256


@pytest.mark.parametrize("change", ["other bytes", "gone"])
def test_other_bytes_than_were_read_are_not_kept(
    published: Path, source: Path, change: str
) -> None:
    sha256 = hash_file(source)
    source.unlink() if change == "gone" else source.write_bytes(b"another page")
    assert not archive_original(published, source, sha256)
    assert list_originals(published) == ()


def test_only_what_no_version_needs_is_pruned(published: Path, tmp_path: Path) -> None:
    hashes = []
    for number in range(3):
        path = tmp_path / f"{number}.docx"
        path.write_text(str(number))
        hashes.append(hash_file(path))
        archive_original(published, path, hashes[-1])
    assert prune_originals(published, set(hashes[1:])) == 1
    assert [find_original(published, sha256) is None for sha256 in hashes] == [True, False, False]


def test_what_has_no_hash_was_never_kept(published: Path) -> None:
    assert find_original(published, "") is None

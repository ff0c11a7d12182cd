"""How much one document may cost, and what is said of one that costs more.

Belongs here: the limits themselves, and the sentences about a document that exceeds one.
Does not belong here: how a worker is watched and ended (`workers`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractors.records import Document
from extractors.volume import UnpackedTooLarge, check_unpacked_size
from pipelines.inventory import Fault

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. Real ones stay far below each: these end what is endless.

    `timeout_s` is the time that reading and understanding it may take, `memory_mb` the memory of
    the worker that does (its own 150 MB included), `file_mb` its size, `unpacked_mb` what it may
    grow to when its compressed parts are unpacked. It may hold pages, cells (positions in the grids
    of its tables, merged or empty ones included) and characters, each at `most_…`. The
    names are those of the settings.
    """

    timeout_s: int = 60
    memory_mb: int = 1000
    file_mb: int = 200
    unpacked_mb: int = 500
    most_pages: int = 2000
    most_cells: int = 400_000
    most_characters: int = 4_000_000

    @property
    def memory_bytes(self) -> int:
        """`memory_mb` in bytes."""
        return self.memory_mb * MEGABYTE

    @property
    def file_bytes(self) -> int:
        """`file_mb` in bytes."""
        return self.file_mb * MEGABYTE


def find_excess_in_file(path: Path, limits: Limits) -> Fault | None:
    """Why a file is too large to be read, before any reader has opened it."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        return _too_large(path.name, "MB", size / MEGABYTE, limits.file_mb, "file_mb")
    try:
        check_unpacked_size(path, limits.unpacked_mb * MEGABYTE)
    except UnpackedTooLarge as error:
        found = error.found_bytes / MEGABYTE
        return _too_large(path.name, "MB unpacked", found, limits.unpacked_mb, "unpacked_mb")
    return None


def find_excess_in_document(document: Document, limits: Limits) -> Fault | None:
    """Why a document that was read is too large to be worked with."""
    counts = (
        ("pages", document.pages or 0, limits.most_pages),
        ("cells", sum(table.n_rows * table.n_cols for table in document.tables), limits.most_cells),
        ("characters", sum(map(len, document.characters)), limits.most_characters),
    )
    for name, count, most in counts:
        if count > most:
            return _too_large(document.name, name, count, most, f"most_{name}")
    return None


def _too_large(file_name: str, what: str, found: float, most: float, limit: str) -> Fault:
    return Fault(
        "too_large",
        f"{file_name} has {found:,.0f} {what}, more than the {most:,.0f} that a document may have. "
        f"Split it, or raise the limit `{limit}` in the settings.",
    )


def timed_out(file_name: str, limits: Limits) -> Fault:
    """What is said of a document that took too long."""
    return Fault(
        "timed_out",
        f"{file_name} was not read within {limits.timeout_s:g} s, so reading it was ended. Save it "
        "anew from a viewer and replace it; or raise the limit `timeout_s` in the settings, and "
        "refresh with --force.",
    )


def out_of_memory(file_name: str, limits: Limits) -> Fault:
    """What is said of a document whose reader needed more memory than it may have."""
    return Fault(
        "out_of_memory",
        f"{file_name} needed more than {limits.memory_mb:,} MB of memory to be read, so reading it "
        "was ended. Save it anew from a viewer and replace it; or raise the limit `memory_mb` in "
        "the settings, and refresh with --force.",
    )

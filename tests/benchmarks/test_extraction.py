"""How fast the source documents are read, beside what the library alone needs for their tables.

Times are printed, never asserted. The peer finds tables and their texts and does no more: no page
joins, no runs of text, no places of characters.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pdfplumber
import pytest

from extractors import read_document

RAW = Path(__file__).parents[2] / "raw"
ROUNDS = 3


def find_tables_alone(path: Path) -> int:
    """The peer: each page's tables and text by the library's own means; the number of pages."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.extract_text()
        return len(pdf.pages)


def best_of(call: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.mark.slow
def test_reading_beside_the_library_alone(capsys: pytest.CaptureFixture[str]) -> None:
    lines = []
    for path in sorted(RAW.glob("*.pdf")):
        pages = find_tables_alone(path)
        ours = best_of(partial(read_document, path))
        peer = best_of(partial(find_tables_alone, path))
        lines.append(f"{pages} pages: {pages / ours:.1f} pages/s, {ours / peer:.2f} × the library")
        assert read_document(path).pages == pages
    for path in sorted(RAW.glob("*.docx")):
        ours = best_of(partial(read_document, path))
        lines.append(f"Word file: {ours * 1000:.0f} ms")
        assert read_document(path).tables
    with capsys.disabled():
        print("\n" + "\n".join(lines))

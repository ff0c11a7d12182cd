"""The fast engine is held against the reference, over every PDF that this repository holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from extractors import Line, Paragraph

from .compare_engines import compare_file, find_difference
from .fixtures_pdf import draw_table, write_pdf

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "raw").glob("*.pdf"), *(ROOT / "tests").rglob("*.pdf")])

KNOWN = {
    # PDFium keeps the first of several blanks, and nothing follows by which to count them.
    "several blanks in a row": 7,
}
"""Causes of the differences that there are, and in how many files each is met."""
MOST_FALLBACKS = 0.05
"""Share of all pages that may be left to the reference, lest nobody notice when all are."""


@pytest.mark.slow
def test_both_engines_read_the_same_from_every_pdf_of_the_repository() -> None:
    comparisons = {path.name: compare_file(path) for path in FILES}
    causes = Counter(
        comparison.difference.cause for comparison in comparisons.values() if comparison.difference
    )
    assert causes == KNOWN, {
        name: comparison.difference
        for name, comparison in comparisons.items()
        if comparison.difference
    }
    pages = sum(comparison.pages for comparison in comparisons.values())
    fallbacks = sum(len(comparison.fallbacks) for comparison in comparisons.values())
    assert pages > 0
    assert fallbacks <= MOST_FALLBACKS * pages


def paragraph(text: str, shift: float = 0.0, *, wraps: bool = False) -> Paragraph:
    boxes = tuple((10.0 * i + shift, 0.0, 10.0 * i + 10 + shift, 10.0) for i in range(len(text)))
    return Paragraph((Line(text, 1, boxes, wraps),), page=1)


@pytest.mark.parametrize(
    ("other", "cause"),
    [
        (paragraph("新建公园65个", 0.4), None),
        (paragraph("新建公园65个", 0.6), "box of a character"),
        (paragraph("新建公园56个"), "order"),
        (paragraph("新建公园66个"), "text"),
        (paragraph("新建公园 65个"), "blanks"),
        (paragraph("新建公园65个", wraps=True), "blocks"),
    ],
)
def test_a_difference_is_found_and_named(other: Paragraph, cause: str | None) -> None:
    difference = find_difference((paragraph("新建公园65个"),), (other,))
    assert (difference.cause if difference else None) == cause


def test_a_file_that_only_one_engine_refuses_differs() -> None:
    difference = find_difference("unreadable", (paragraph("新建公园"),))
    assert difference is not None
    assert difference.cause == "refusal"


def test_a_plain_file_needs_no_reference(tmp_path: Path) -> None:
    comparison = compare_file(write_pdf(tmp_path / "a.pdf", draw_table))
    assert comparison.fallbacks == ()
    assert comparison.difference is None

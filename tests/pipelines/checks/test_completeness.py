"""Digits are counted without the parser, whichever way they are printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Document
from pipelines.checks.completeness import DigitCount, count_digits
from pipelines.facts import Figure
from tests.pipelines.plans import Plan, read_plan, understand_plan


def document(*pages: str) -> Document:
    return Document("a.pdf", "pdf", "", (), len(pages), pages)


def figures(tmp_path: Path, *printed: str) -> list[Figure]:
    figure = understand_plan(read_plan(Plan().write(tmp_path, "a"))).figures[0]
    return [replace(figure, as_printed=text) for text in printed]


def test_a_digit_that_is_lost_or_read_twice_shows(tmp_path: Path) -> None:
    counts = count_digits(document("新增12个", "第3页"), figures(tmp_path, "12个", "12个"))
    assert counts == (
        DigitCount("a", "1", 1, 2),
        DigitCount("a", "2", 1, 2),
        DigitCount("a", "3", 1, 0),
    )


def test_full_width_digits_are_digits(tmp_path: Path) -> None:
    assert count_digits(document("１２"), figures(tmp_path, "12")) == (
        DigitCount("a", "1", 1, 1),
        DigitCount("a", "2", 1, 1),
    )


def test_a_document_without_figures_is_counted_too() -> None:
    assert count_digits(document("7"), ()) == (DigitCount("a", "7", 1, 0),)


@given(st.lists(st.text()))
def test_every_page_is_counted_to_the_last_digit(pages: list[str]) -> None:
    printed = sum(count.printed for count in count_digits(document(*pages), ()))
    assert printed == sum(character.isdecimal() for page in pages for character in page)

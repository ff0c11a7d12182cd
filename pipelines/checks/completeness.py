"""Nothing is lost: the digits that a file shows, beside those that the ledger holds.

Belongs here: a count that owes nothing to tables, paragraphs or the grammar of numbers. It takes
the file's raw characters, so that what any of these loses or reads twice shows as a difference.
Does not belong here: judging the difference (`checks`).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.records import Document
from pipelines.facts import Figure
from pipelines.inventory import document_id_of


@dataclass(frozen=True, slots=True)
class DigitCount:
    """How often a document shows a digit, and how often the ledger holds it."""

    document_id: str
    digit: str
    printed: int
    recorded: int


def count_digits(document: Document, figures: Iterable[Figure]) -> tuple[DigitCount, ...]:
    """One count for each digit from 0 to 9 that the document or its ledger has.

    Full-width digits count as the digits that they are.
    """
    ledger = list(figures)
    printed = Counter(_find_digits(document.characters))
    recorded = Counter(_find_digits(figure.as_printed for figure in ledger))
    document_id = ledger[0].document_id if ledger else document_id_of(document.name)
    return tuple(
        DigitCount(document_id, digit, printed[digit], recorded[digit])
        for digit in sorted(printed.keys() | recorded.keys())
    )


def _find_digits(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for character in text:
            if character.isdecimal():
                yield str(unicodedata.decimal(character))

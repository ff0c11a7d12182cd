"""Numbers that no reader has taken: of titles, notes, remarks, bands, the furniture of pages.

Belongs here: telling those that qualify what they stand beside from those that tell what was done
or promised. Does not belong here: the rules that tell it (`clauses.result_rules`).
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.reading.clauses.accomplished import Reported, read_article, read_progress
from pipelines.reading.clauses.rules import NumberRole
from pipelines.reading.language.text import Text
from pipelines.reading.recording.book import Book
from pipelines.reading.recording.ledger import UNRESOLVED
from pipelines.reading.rows import Remainder

SURROUNDINGS = "outline:surroundings"
NOTE = "outline:note"
TOLD_OUTSIDE = "outline:told_outside"
TOLD_IN_REMARK = "column:told_in_remark"


def claim_remainder(book: Book, remainder: Remainder) -> None:
    """Give the numbers of a text that states no fact their role.

    Whatever a number looks like elsewhere (`01` a code, `1-1` a ratio), in a column of numbers it
    is an ordinal.
    """
    text, role, rule = remainder.text, remainder.role, remainder.rule
    if role == "ordinal":
        for number in text.numbers:
            book.ledger.claim(text, number, role, rule)
    else:
        book.ledger.claim_rest(text, role, rule)


def claim_surroundings(book: Book, text: Text) -> None:
    """Give the numbers of a text outside all lines their role.

    What the words around a number call a result, a goal or a rate states something, though no line
    is known that it is of: it stays unresolved, for a person to see. The others qualify, and so do
    all of a note or a request.
    """
    if text.is_page_number:
        claim_remainder(book, Remainder(text, "ordinal", SURROUNDINGS))
        return
    if text.language.pattern("note_or_request").match(text.words) is not None:
        claim_remainder(book, Remainder(text, "scope", NOTE))
        return
    [reading] = read_article((text,), book.plan_year, book.document.as_of)
    _leave_open(book, text, reading, TOLD_OUTSIDE)
    claim_remainder(book, Remainder(text, "scope", SURROUNDINGS))


def leave_open_what_is_told(book: Book, text: Text) -> None:
    """Leave the numbers of a report's remark unresolved that tell what was done."""
    reading = read_progress(text, book.document.as_of, book.plan_year)
    _leave_open(book, text, reading.reported, TOLD_IN_REMARK)


def _leave_open(book: Book, text: Text, reading: Iterable[Reported], rule: str) -> None:
    for reported in reading:
        if _states(reported) and not book.ledger.is_claimed(text, reported.number):
            book.ledger.claim(text, reported.number, UNRESOLVED, rule)


def _states(reported: Reported) -> bool:
    """Whether it counts something, in a unit, and its rule says that this was done or promised."""
    is_stated = reported.role in (NumberRole.REPORT, NumberRole.TARGET)
    return is_stated and reported.number.unit is not None

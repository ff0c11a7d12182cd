"""Whether every cell of progress became a statement: what readers look for first must not be lost.

Belongs here: holding the cells that the layouts gave against the statements that were recorded. It
owes nothing to how statements are made, so that what loses one shows. Does not belong here: what a
cell says (`statements`), or what becomes of a document that lost one (`checks/rules.yml`).
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.reading.language.text import Text
from pipelines.reading.recognition import Doubt, Recognition
from pipelines.reading.recording.book import Book

PROGRESS = "progress"
UNSAID = "unsaid_progress"
"""The code of the notice; the rule `progress_is_said` looks for it."""


def doubt_unsaid(book: Book, recognitions: Iterable[Recognition]) -> None:
    """Queue every text of progress of which no statement stands."""
    said: dict[tuple[int | None, ...], list[tuple[int, int]]] = {}
    for statement in book.statements:
        place = (statement.table_no, statement.row_no, statement.col_no)
        said.setdefault(place, []).append((statement.char_start, statement.char_end))
    for text in _list_progress(recognitions):
        end = text.start + len(text.printed)
        spans = said.get((text.table_no, text.row_no, text.col_no), ())
        if not any(low < end and high > text.start for low, high in spans):
            book.doubt(
                Doubt(
                    UNSAID,
                    "A cell of progress became no statement. An error of the reading: please "
                    "report it with the file.",
                    text,
                )
            )


def _list_progress(recognitions: Iterable[Recognition]) -> Iterable[Text]:
    for recognition in recognitions:
        for line in recognition.lines:
            for row in line.rows:
                for field in row.fields:
                    is_told = field.role == PROGRESS and field.is_first
                    if is_told and not field.text.is_blank:
                        yield field.text

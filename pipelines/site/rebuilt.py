"""A table or the text of a Word file, rebuilt for a page with its numbers marked.

Belongs here: rows of cells with spans, and the runs of text before, in and after each mark.
Does not belong here: HTML (the template), or reading the file (`extractors`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.records import Document, Paragraph, Table
from pipelines.site.records import FigureRow
from pipelines.site.sheets import Sheet, anchor_of, row_anchor

Cover = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; with an anchor, a marked number."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class RebuiltCell:
    """A cell, or a paragraph as a cell of its own row."""

    runs: tuple[Run, ...]
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True)
class RebuiltRow:
    """A row of a table, or a paragraph."""

    anchor: str
    cells: tuple[RebuiltCell, ...]


def rebuild(document: Document, sheet: Sheet, cover: Cover) -> tuple[RebuiltRow, ...]:
    """The rows of the sheet's table, or its paragraphs; nothing where it has no such table."""
    if sheet.table_no is None:
        return _rebuild_text(document.paragraphs, sheet.figures, cover)
    for table in document.tables:
        if table.number == sheet.table_no:
            return _rebuild_table(table, sheet.figures, cover)
    return ()


def _rebuild_text(
    paragraphs: Sequence[Paragraph], figures: Sequence[FigureRow], cover: Cover
) -> tuple[RebuiltRow, ...]:
    return tuple(
        RebuiltRow(
            row_anchor(number),
            (
                RebuiltCell(
                    _cut(
                        paragraph.label,
                        paragraph.text,
                        [figure for figure in figures if figure.row_no == number],
                        cover,
                    )
                ),
            ),
        )
        for number, paragraph in enumerate(paragraphs, start=1)
    )


def _rebuild_table(
    table: Table, figures: Sequence[FigureRow], cover: Cover
) -> tuple[RebuiltRow, ...]:
    by_cell: dict[tuple[int | None, int | None], list[FigureRow]] = {}
    for figure in figures:
        by_cell.setdefault((figure.row_no, figure.col_no), []).append(figure)
    rows: list[list[RebuiltCell]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        runs = _cut(cell.label, cell.text, by_cell.get((cell.row + 1, cell.col + 1), []), cover)
        rows[cell.row].append(RebuiltCell(runs, cell.row_span, cell.col_span))
    return tuple(
        RebuiltRow(row_anchor(number), tuple(cells)) for number, cells in enumerate(rows, start=1)
    )


def _cut(label: str, text: str, figures: Sequence[FigureRow], cover: Cover) -> tuple[Run, ...]:
    """The text in runs. A mark that would not show the very number marks the whole cell."""
    marks = sorted(figures, key=lambda figure: figure.char_start)
    runs = [Run(f"{label} ")] if label else []
    if any(text[mark.char_start : mark.char_end] != mark.as_printed for mark in marks):
        anchors = [Run("", anchor_of(mark)) for mark in marks[1:]]
        return (*runs, *anchors, Run(cover(text), anchor_of(marks[0])))
    at = 0
    for mark in marks:
        if mark.char_start < at:
            runs.append(Run("", anchor_of(mark)))
            continue
        runs.append(Run(cover(text[at : mark.char_start])))
        runs.append(Run(cover(mark.as_printed), anchor_of(mark)))
        at = mark.char_end
    runs.append(Run(cover(text[at:])))
    return tuple(run for run in runs if run.text or run.anchor)

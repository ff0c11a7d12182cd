"""The rows of a plan's table as lines of commitments, however the table splits them.

Belongs here: telling section rows, total rows and notes from rows of data; filling numbers,
categories and titles down over merged or blank cells; grouping rows into commitments. Does not
belong here: the quantities in the cells, or how tables are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from extractors.records import Cell
from pipelines.reading.tables.layout import BRACKETED, Column, TableLayout, cell_words, clean_header
from pipelines.vocabulary import Vocabulary

NOTE_START = re.compile(r"^[（(]?(?:注|备注|说明|填表|填报|联系人|制表|审核)\d*[:：、．.）)]?")
TITLE_NUMBER = re.compile(r"^(?P<no>\d{1,2}|[一二三四五六七八九十]{1,3})[、．.](?!\d)")
SENTENCE_END = re.compile(r"[。；;]")


class RowKind(StrEnum):
    """What part a row plays in its table."""

    DATA = "data"
    SECTION = "section"
    TOTAL = "total"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell seen from one row and column; `is_first` where the cell begins in this row."""

    column: Column
    cell: Cell
    is_first: bool


@dataclass(frozen=True)
class PlanRow:
    """One data row with its cells by role. Keys stand filled down; figures never are."""

    index: int
    slots: tuple[Slot, ...]
    category: str | None = None
    number: str | None = None
    title_cell: Cell | None = None

    def all(self, *roles: str) -> tuple[Slot, ...]:
        """The non-blank cells in columns of these roles, from left to right, each cell once."""
        seen: set[tuple[int, int]] = set()
        found = []
        for slot in self.slots:
            key = (slot.cell.row, slot.cell.col)
            if slot.column.role in roles and cell_words(slot.cell) and key not in seen:
                seen.add(key)
                found.append(slot)
        return tuple(found)

    def first(self, *roles: str) -> Slot | None:
        """The leftmost of `all`, or None."""
        slots = self.all(*roles)
        return slots[0] if slots else None


@dataclass(slots=True)
class CommitmentRows:
    """The rows that make one commitment."""

    number: str | None
    category: str | None
    suffix: str
    """What follows the document's id in the commitment's id: readable and unique in it."""
    rows: list[PlanRow] = field(default_factory=list)


def classify_row(layout: TableLayout, row: int, vocabulary: Vocabulary) -> RowKind:
    """Whether a row below the header holds data, names a section, sums up, or is a note."""
    cells = [cell for cell in layout.table.cells if cell.row == row and cell.text.strip()]
    covering = {(c.row, c.col) for c in layout.table.grid[row] if c is not None and c.text.strip()}
    if not cells:
        return RowKind.DATA
    first = clean_header(cells[0].text)
    if len(covering) == 1:
        if NOTE_START.match(first) or SENTENCE_END.search(first[:-1]):
            return RowKind.NOTE
        wide = cells[0].col_span * 2 > layout.table.n_cols
        return RowKind.SECTION if wide or cells[0].col == 0 else RowKind.DATA
    bare = BRACKETED.sub("", first)
    if vocabulary.headers.is_total(first) or vocabulary.headers.is_total(bare):
        return RowKind.TOTAL
    if cells[0].col == 0 and cells[0].col_span > 1 and _covers_keys(layout, cells[0]):
        # A band over number and title names a section, though sums stand in other columns.
        return RowKind.SECTION
    if NOTE_START.match(first) and cells[0].col_span > 1:
        return RowKind.NOTE
    return RowKind.DATA


def _covers_keys(layout: TableLayout, cell: Cell) -> bool:
    """Whether a cell lies over the number of a line and its title, so that the row has neither."""
    covered = {c.role for c in layout.columns if cell.col <= c.index < cell.col + cell.col_span}
    return "item_no" in covered and bool(covered & {"title", "goal", "detail", "sub_title"})


def list_rows(
    layout: TableLayout, vocabulary: Vocabulary, with_totals: bool = False
) -> Iterator[PlanRow]:
    """The data rows in order, with number, category and title filled down."""
    category: str | None = None
    number: str | None = None
    title: Cell | None = None
    for index in range(layout.first_row, layout.table.n_rows):
        kind = classify_row(layout, index, vocabulary)
        slots = _slots(layout, index)
        if kind == RowKind.SECTION:
            category, number, title = clean_header(slots[0].cell.text), None, None
            continue
        if kind != RowKind.DATA and not (with_totals and kind == RowKind.TOTAL):
            continue
        row = PlanRow(index, slots)
        own_category = row.first("category")
        if own_category is not None:
            category = clean_header(own_category.cell.text)
        own_number = row.first("item_no")
        own_title = row.first("title")
        if own_number is not None:
            text = cell_words(own_number.cell)
            if text != number:
                title = None
            number = text
        elif own_title is not None and not layout.has("item_no"):
            number = None
        if own_title is not None:
            title = own_title.cell
            if not layout.has("item_no"):
                marker = TITLE_NUMBER.match(clean_header(title.text))
                number = marker.group("no") if marker is not None else number
        yield PlanRow(index, slots, category, number, title)


def _slots(layout: TableLayout, row: int) -> tuple[Slot, ...]:
    found = []
    for column in layout.columns:
        cell = layout.table.grid[row][column.index]
        if cell is not None:
            found.append(Slot(column, cell, cell.row == row))
    return tuple(found)


def group_commitments(
    layout: TableLayout, rows: Iterable[PlanRow], vocabulary: Vocabulary
) -> list[CommitmentRows]:
    """Rows → commitments.

    A number names a commitment, with all the rows that it covers; where it numbers the categories
    instead (number and category change together while titles differ), each title is a commitment
    of its own. Without any number, each title is one.
    """
    listed = list(rows)
    numbers_categories = _numbers_categories(layout, listed)
    groups: list[CommitmentRows] = []
    last_number: str | None = None
    last_title: str | None = None
    last_category: str | None = None
    within = 0
    for row in listed:
        title = clean_header(row.title_cell.text) if row.title_cell is not None else None
        new_number = row.number != last_number or (
            row.category != last_category and not layout.has("item_no")
        )
        if numbers_categories:
            new = new_number or title != last_title
            within = 1 if new_number else within + int(new)
        elif layout.has("item_no") and row.number is not None:
            new = new_number
        else:
            new = (title or _row_text(row)) != last_title or row.category != last_category
            title = title or _row_text(row)
        if new or not groups:
            suffix = _suffix(row.number, within if numbers_categories else None, groups, vocabulary)
            groups.append(CommitmentRows(row.number, row.category, suffix))
        groups[-1].rows.append(row)
        last_number, last_title, last_category = row.number, title, row.category
    return groups


def _row_text(row: PlanRow) -> str:
    slot = row.first("goal", "detail", "sub_title")
    return clean_header(slot.cell.text) if slot is not None else ""


def _numbers_categories(layout: TableLayout, rows: list[PlanRow]) -> bool:
    """Whether the number column numbers the categories, not the commitments.

    Seen from the content: each number stands with one category and each category with one number,
    and at least one of them covers several titles.
    """
    if not (layout.has("item_no") and layout.has("category") and layout.has("title")):
        return False
    pairs = {(row.number, row.category) for row in rows}
    if len({number for number, _ in pairs}) != len(pairs):
        return False
    if len({category for _, category in pairs}) != len(pairs):
        return False
    titles: dict[str | None, set[str]] = {}
    for row in rows:
        if row.title_cell is not None:
            titles.setdefault(row.number, set()).add(clean_header(row.title_cell.text))
    return any(len(names) > 1 for names in titles.values())


def _suffix(
    number: str | None,
    within: int | None,
    groups: list[CommitmentRows],
    vocabulary: Vocabulary,
) -> str:
    """A readable id for a commitment: its printed number, made unique where the source is not."""
    taken = {group.suffix for group in groups}
    base = re.sub(r"[（）()、.．。\s]+$|^[（(]", "", number or "")
    if not base or vocabulary.is_blank(base):
        # No number of its own: it follows the one before.
        base = groups[-1].suffix.split("-")[0] if groups and number else ""
        base = base or str(len(groups) + 1)
    elif within is not None:
        base = f"{base}.{within}"
    suffix, count = base, 2
    while suffix in taken:
        suffix, count = f"{base}-{count}", count + 1
    return suffix

"""The rows of a table as lines, however the table splits them.

Belongs here: telling section rows, total rows and notes from rows of data; filling numbers,
categories and titles down over merged or blank cells; grouping rows into lines. Does not belong
here: the quantities in the cells, or how tables are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from extractors.records import Cell
from pipelines.reading.language.text import Text
from pipelines.reading.lists.named_shares import find_named_shares
from pipelines.reading.recognition import Setting
from pipelines.reading.recording.line_record import is_figure_only
from pipelines.reading.rows import (
    BODY_ROLES,
    OFFICIAL_ROLES,
    ROLES_OF_DESCRIBING,
    Field,
    Heading,
    Line,
    Remainder,
    Row,
)
from pipelines.reading.tables.dated_steps import STEP_DUE, date_steps
from pipelines.reading.tables.figure_columns import name_parts
from pipelines.reading.tables.layout import Column, TableLayout, TableView
from pipelines.vocabulary import Vocabulary

BRACKETED = re.compile(r"[（(]([^（）()]+)[)）]")
SENTENCE_END = re.compile(r"[。；;]")
ENDS_OF_NUMBER = re.compile(r"[（）()、.．。\s]+$|^[（(]")
PROMISING = ("goal", "goal_value", "detail")
KEY_ROLES = ("item_no", "title", "goal", "detail")


class RowKind(StrEnum):
    """What part a row plays in its table."""

    DATA = "data"
    SECTION = "section"
    TOTAL = "total"
    NOTE = "note"


def classify_row(layout: TableLayout, row: int) -> RowKind:
    """Whether a row below the header holds data, names a section, sums up, or is a note."""
    view = layout.view
    cells = [cell for cell in view.cells_of_row(row) if cell.text.strip()]
    if not cells:
        return RowKind.DATA
    first = view.text_of(cells[0])
    starts_note = first.language.pattern("note_row").match(first.words) is not None
    if len({(c.row, c.col) for c in view.table.grid[row] if c and c.text.strip()}) == 1:
        if starts_note or SENTENCE_END.search(first.words[:-1]):
            return RowKind.NOTE
        is_wide = cells[0].col_span * 2 > view.n_cols
        return RowKind.SECTION if is_wide or cells[0].col == 0 else RowKind.DATA
    headers = first.vocabulary.headers
    if headers.is_total(first.words) or headers.is_total(BRACKETED.sub("", first.words)):
        return RowKind.TOTAL
    if cells[0].col_span == 1:
        return RowKind.DATA
    if cells[0].col == 0 and _covers_keys(layout, cells[0]):
        # A band over number and title names a section, though sums stand in other columns.
        return RowKind.SECTION
    return RowKind.NOTE if starts_note else RowKind.DATA


def _covers_keys(layout: TableLayout, cell: Cell) -> bool:
    """Whether a cell lies over the number of a line and its title, so that the row has neither."""
    covered = {c.role for c in layout.columns if cell.col <= c.index < cell.col + cell.col_span}
    return "item_no" in covered and bool(covered & {"title", "goal", "detail", "sub_title"})


def list_rows(layout: TableLayout, setting: Setting, *, with_totals: bool = False) -> Iterator[Row]:
    """The data rows in order, with number, category and title filled down."""
    category: str | None = None
    number: str | None = None
    title: Text | None = None
    for index in layout.data_rows:
        kind = classify_row(layout, index)
        fields = date_steps(layout, _fields_of(layout, index, setting.region_code))
        if kind is RowKind.SECTION:
            category, number, title = fields[0].text.words, None, None
            continue
        if kind is not RowKind.DATA and not (with_totals and kind is RowKind.TOTAL):
            continue
        row = Row(index, fields)
        own_category, own_number = row.first("category"), row.first("item_no")
        own_title = row.first("title")
        if own_category is not None:
            category = own_category.text.words
        if own_number is not None:
            title = title if own_number.text.shown == number else None
            number = own_number.text.shown
        if own_title is not None:
            title = own_title.text
            if not layout.has("item_no"):
                number = _number_in(title)
        yield Row(index, fields, category, number, title, states=not _goes_on(layout, row))


def _goes_on(layout: TableLayout, row: Row) -> bool:
    """Whether a row only adds a step to the targets of the rows above it."""
    return layout.has(STEP_DUE) and row.first("title", "sub_title", *PROMISING) is None


def _number_in(title: Text) -> str | None:
    marker = title.language.pattern("title_number").match(title.words)
    return marker.group("no") if marker is not None else None


def _fields_of(layout: TableLayout, row: int, region_code: str | None) -> tuple[Field, ...]:
    found: list[Field] = []
    for column in layout.columns:
        cell = layout.view.cell(row, column.index)
        if cell is None or (column.role == "allocation" and cell.col != column.index):
            continue
        field = field_of(layout, column, cell, row)
        found.extend(_shares_in(field, region_code) if _lists_shares(field) else (field,))
    return tuple(found)


def _lists_shares(field: Field) -> bool:
    return field.role == "allocation_group" and field.is_first


def _shares_in(field: Field, region_code: str | None) -> list[Field]:
    """The shares that a cell tells in words (`甲县12个，乙县8个`), a field for each region."""
    text = field.text
    shares = find_named_shares(text, region_code)
    return [
        replace(
            field,
            role="allocation",
            text=text.part(share.number.start, share.number.end),
            region=region,
            is_across=False,
        )
        for share in shares
        for region in share.regions
    ] or [field]


def field_of(layout: TableLayout, column: Column, cell: Cell, row: int) -> Field:
    """A cell seen from one row and column."""
    return Field(
        role=column.role,
        text=layout.view.text_of(cell),
        header=column.header,
        region=column.region,
        unit=column.unit_hint,
        covers=tuple(range(cell.row, cell.row + cell.row_span)),
        is_first=cell.row == row,
        is_across=cell.col_span > 1,
        column=column.index,
        year=column.year,
        is_own_period=column.is_own_period,
    )


@dataclass(slots=True)
class Group:
    """The rows that make one line."""

    number: str | None
    category: str | None
    suffix: str
    rows: list[Row] = field(default_factory=list)


def group_rows(layout: TableLayout, rows: Iterable[Row], vocabulary: Vocabulary) -> list[Group]:
    """Rows → lines.

    A number names a line, with all the rows that it covers; where it numbers the categories instead
    (number and category change together while titles differ), each title is a line of its own.
    Without any number, each title is one.
    """
    listed = list(rows)
    numbers_categories = _numbers_categories(layout, listed)
    groups: list[Group] = []
    last: Row | None = None
    last_title: str | None = None
    within = 0
    for row in listed:
        title = row.title.words if row.title is not None else None
        is_new_number = last is None or row.number != last.number
        if numbers_categories:
            is_new = is_new_number or title != last_title
            within = 1 if is_new_number else within + int(is_new)
        elif layout.has("item_no") and row.number is not None:
            is_new = is_new_number
        else:
            title = title or _row_words(row)
            is_new = last is None or title != last_title or row.category != last.category
        if is_new:
            suffix = _suffix(row.number, within if numbers_categories else None, groups, vocabulary)
            groups.append(Group(row.number, row.category, suffix))
        groups[-1].rows.append(row)
        last, last_title = row, title
    return groups


def _row_words(row: Row) -> str:
    named = row.first("goal", "detail", "sub_title")
    return named.text.words if named is not None else ""


def _numbers_categories(layout: TableLayout, rows: list[Row]) -> bool:
    """Whether the number column numbers the categories, not the lines.

    Seen from the content: each number stands with one category and each category with one number,
    and at least one of them covers several titles.
    """
    if not (layout.has("item_no") and layout.has("category")):
        return False
    pairs = {(row.number, row.category) for row in rows}
    if len({number for number, _ in pairs}) != len(pairs):
        return False
    if len({category for _, category in pairs}) != len(pairs):
        return False
    titles: dict[str | None, set[str]] = {}
    for row in rows:
        if row.title is not None:
            titles.setdefault(row.number, set()).add(row.title.words)
    return any(len(names) > 1 for names in titles.values())


def _suffix(
    number: str | None, within: int | None, groups: list[Group], vocabulary: Vocabulary
) -> str:
    """A readable id for a line: its printed number, made unique where the source is not."""
    taken = {group.suffix for group in groups}
    base = ENDS_OF_NUMBER.sub("", number or "")
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


def line_of(layout: TableLayout, group: Group) -> Line:
    """A group of rows as a line."""
    return Line(
        suffix=group.suffix,
        number=group.number,
        category=group.category,
        heading=_head(group, layout.view),
        rows=name_parts(layout.columns, (_with_shared_duties(group.rows[0]), *group.rows[1:])),
        roles=layout.roles,
        unit=layout.caption_unit,
    )


def _with_shared_duties(row: Row) -> Row:
    """The first row of a line with the bodies that a cell merged over several lines names."""
    fields = tuple(
        replace(field, is_first=True) if field.role in (*BODY_ROLES, *OFFICIAL_ROLES) else field
        for field in row.fields
    )
    return replace(row, fields=fields)


def _head(group: Group, view: TableView) -> Heading:
    titles = _distinct(group, "title")
    goals = [
        words
        for words, text in _distinct(group, "goal").items()
        if words not in titles and not is_figure_only(text)
    ]
    details, named = list(_distinct(group, "detail")), list(titles)
    if not named:
        named, goals, details = (goals, [], details) if goals else (details, [], [])
    first = group.rows[0]
    placed = next((f.text for f in first.fields if f.text.page is not None), first.fields[0].text)
    return Heading(
        title="；".join(title.rstrip("。；") for title in named),
        detail="；".join([*details, *goals]) or None,
        place=view.seen_from(placed, first.index),
        as_printed=" ".join(f.text.printed for f in first.all(*KEY_ROLES)),
    )


def _distinct(group: Group, role: str) -> dict[str, Text]:
    """The texts of one role over the rows of a line by their words, each once, in order."""
    texts: dict[str, Text] = {}
    for row in group.rows:
        for named in row.all(role):
            texts.setdefault(named.text.words, named.text)
        if role == "title" and row.title is not None:
            texts.setdefault(row.title.words, row.title)
    return texts


def cells_above(layout: TableLayout, row: int) -> tuple[Remainder, ...]:
    """The cells of captions and headers above a row: nothing is promised by them."""
    view = layout.view
    return tuple(
        Remainder(view.text_of(cell), "scope", "row:header")
        for cell in view.table.cells
        if cell.row < row
    )


def describing_cells(layout: TableLayout) -> tuple[Remainder, ...]:
    """The cells of columns that state no fact of their own, in a layout whose rows are no lines."""
    view = layout.view
    return tuple(
        Remainder(view.text_of(cell), ROLES_OF_DESCRIBING[column.role], f"column:{column.role}")
        for column in layout.columns
        if column.role in ROLES_OF_DESCRIBING
        for row in layout.data_rows
        for cell in view.cells_of_row(row)
        if cell.col == column.index
    )

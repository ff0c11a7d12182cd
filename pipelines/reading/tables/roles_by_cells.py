"""What a column is for where its header words leave more than one reading.

Belongs here: settling roles by what stands below the headers and beside them. Does not belong here:
what the header words say (`layouts.py`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.records import Table
from pipelines.reading.language.dates import find_dates
from pipelines.reading.language.units import is_figure_only, read_unit
from pipelines.reading.tables.header import MIN_REGIONS_DOWN, names_row
from pipelines.reading.tables.layout import PROMISING_ROLES, Column, cell_words
from pipelines.vocabulary import RegionMatch, Vocabulary

CONTENT_ROLES = frozenset({"title", "sub_title", "goal", "detail", "region"})
DUTY_ROLES = frozenset(
    {"lead", "responsible", "support", "lead_and_support", "due", "schedule", "progress"}
    | {"goal_value", "done_value", "allocation"}
)
REPORTING_ROLES = frozenset({"progress", "done_value", "percent"})
MIN_PERIODS = 2
MIN_REGIONS_ACROSS = 3
NO_LETTERS = re.compile(r"^[\W_]+$")
DUE_MAX_LENGTH = 15
"""A due date is hardly longer than `2024年12月31日前完成`."""
SOME_YEAR = 2000
"""Which year a header's date lies in does not matter to whether it is one."""
CONTENT_LENGTH = 5
"""Characters that some cell of a column must have to say what a line is about."""
ORDINAL = re.compile(
    r"^[（(]?(?:\d{1,3}(?:[.\-]\d{1,3})*|[一二三四五六七八九十百]{1,4})[)）、.．]?$"
)


def settle_by_content(
    table: Table,
    first_row: int,
    columns: tuple[Column, ...],
    vocabulary: Vocabulary,
    region_code: str | None,
) -> tuple[Column, ...]:
    """Correct the roles that header words alone leave open; rows from `first_row` are data."""
    settled = _settle_by_cells(table, first_row, columns, vocabulary, region_code)
    settled = _infer_content(table, first_row, _tell_twins_apart(settled))
    return _settle_periods(_settle_unlisted_regions(table, first_row, settled, region_code))


def _settle_by_cells(
    table: Table,
    first_row: int,
    columns: tuple[Column, ...],
    vocabulary: Vocabulary,
    region_code: str | None,
) -> tuple[Column, ...]:
    """Roles that the cells of a column decide.

    A header that spans two columns (`项目目标` over number and text) gives its role to both: the
    column that holds nothing but ordinals is the number. `单位` may be a measure or a body.
    """
    settled: list[Column] = []
    for column in columns:
        texts = _column_texts(table, first_row, column.index)
        role = column.role
        if texts and all(ORDINAL.match(t) or not re.search(r"\w", t) for t in texts):
            shares_header = any(
                other.index != column.index and other.header == column.header for other in columns
            )
            has_number = any(other.role == "item_no" for other in columns)
            if (role is None and not column.header and not has_number and column.index == 0) or (
                role in ("goal", "title", "detail", "category") and shares_header
            ):
                role = "item_no"
        elif _may_list_regions(column) and _lists_regions(texts, vocabulary, region_code):
            column, role = replace(column, region=None), "region"
        elif role == "due" and _tells_steps(texts):
            role = "schedule"
        elif role == "unit" and texts:
            known = sum(1 for text in texts if read_unit(text, vocabulary) is not None)
            if 2 * known < len(texts):
                role = "lead"
        settled.append(replace(column, role=role))
    return tuple(settled)


def _tells_steps(texts: Sequence[str]) -> bool:
    """Whether the cells under a header of due dates (`时间节点`) tell what is done by when."""
    telling = [text for text in texts if len(text) > DUE_MAX_LENGTH]
    return 2 * len(telling) > len(texts) > 0


def _may_list_regions(column: Column) -> bool:
    """Whether the header leaves open that the column lists regions: it says nothing of figures."""
    is_made_up = column.region is not None and column.region.kind == "provisional"
    return column.role in (None, "location", "lead", "category", "title") or is_made_up


def _lists_regions(texts: Sequence[str], vocabulary: Vocabulary, region_code: str | None) -> bool:
    """Whether a column's cells are regions and totals, and nothing else to speak of."""
    named = [text for text in texts if not vocabulary.headers.is_total(text)]
    if len(set(named)) < MIN_REGIONS_DOWN:
        return False
    regions = [t for t in named if names_row(t, vocabulary, region_code)]
    return len(regions) * 5 >= len(named) * 4


def _infer_content(table: Table, first_row: int, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A table of duties must say of what: where no header is known to, the one unknown column does.

    Only a single unknown column of text is taken so, beside known ones; it is marked as inferred,
    so that its header is queued for the vocabulary all the same.
    """
    roles = {column.role for column in columns}
    if roles & CONTENT_ROLES or not roles & DUTY_ROLES:
        return columns
    unknown = [
        column
        for column in columns
        if column.role is None
        and column.header
        and any(
            len(text) >= CONTENT_LENGTH for text in _column_texts(table, first_row, column.index)
        )
    ]
    if len(unknown) != 1:
        return columns
    inferred = replace(unknown[0], role="title", is_inferred=True)
    return tuple(inferred if column is unknown[0] else column for column in columns)


def _tell_twins_apart(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Of two title columns under one header, the right one names the parts of the left one."""
    result = list(columns)
    titles = [c for c in columns if c.role == "title"]
    for left, right in itertools.pairwise(titles):
        if right.index == left.index + 1:
            result[right.index] = replace(right, role="sub_title")
    return tuple(result)


def _settle_unlisted_regions(
    table: Table, first_row: int, columns: tuple[Column, ...], region_code: str | None
) -> tuple[Column, ...]:
    """An unknown name among regions, over figures, is a region that the vocabulary lacks.

    It lies between two region columns, or right after the last of a run of them; its shares are
    kept under a made code, and the name is queued.
    """
    shares = [column.index for column in columns if column.role == "allocation"]
    if len(shares) < MIN_REGIONS_ACROSS or region_code is None:
        return columns
    settled = list(columns)
    for column in columns:
        is_among = min(shares) < column.index <= max(shares) + 1
        if column.role is not None or not column.header or not is_among:
            continue
        texts = _column_texts(table, first_row, column.index)
        figures = [text for text in texts if NO_LETTERS.match(text) or is_figure_only(text)]
        if not texts or 2 * len(figures) < len(texts):
            continue
        name = column.header.rsplit("/", 1)[-1]
        code = f"{region_code}-{name}"
        region = RegionMatch(code, name, "functional_area", "provisional", region_code)
        settled[column.index] = replace(column, role="allocation", region=region)
        shares.append(column.index)
    return tuple(settled)


def _settle_periods(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Columns that are headed by nothing but days or parts of the year are steps by then.

    Only beside a column that promises something, and where nothing is reported as done: in a table
    of progress such columns tell what was reached.
    """
    roles = {column.role for column in columns}
    if not roles & (PROMISING_ROLES | {"goal_value"}) or roles & REPORTING_ROLES:
        return columns
    dated = [c for c in columns if c.role is None and c.header and _is_all_date(c.header)]
    if len(dated) < MIN_PERIODS:
        return columns
    return tuple(replace(c, role="quarter_goal") if c in dated else c for c in columns)


def _is_all_date(header: str) -> bool:
    """Whether the deepest storey of a header is a date and nothing besides."""
    words = header.rsplit("/", 1)[-1]
    mentions = find_dates(words, SOME_YEAR)
    covered = sum(mention.end - mention.start for mention in mentions)
    return covered > 0 and covered >= len(words.strip("（）()")) - 1


def _column_texts(table: Table, first_row: int, index: int) -> list[str]:
    texts = []
    for row in range(first_row, table.n_rows):
        cell = table.grid[row][index]
        if cell is not None and cell.row == row and cell.col == index and cell.col_span == 1:
            text = cell_words(cell)
            if text:
                texts.append(text)
    return texts

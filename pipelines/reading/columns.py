"""What each column of a table is for, read from its header words.

Belongs here: finding the header rows of a table and giving each column a role through the header
vocabulary, with a look at the content where the words leave two readings. Does not belong here:
what the cells below mean, or any header word (those are `vocabulary/headers.csv`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.records import Cell, Table
from pipelines.quantities.text import simplify
from pipelines.reading.dates import find_dates
from pipelines.reading.measures import UnitHint, is_figure_only, read_unit
from pipelines.vocabulary import RegionMatch, RoleMatch, Vocabulary

HEADER_SEARCH_ROWS = 6
"""A caption row or two (`单位：万元`) may stand in a table above its header, hardly more."""
HEADER_SEARCH_COLS = 3
HEADER_MAX_DEPTH = 4
MIN_REGIONS_DOWN = 3
MIN_HEADER_WORDS = 2
CONTENT_ROLES = frozenset({"title", "sub_title", "goal", "detail", "region"})
DUTY_ROLES = frozenset(
    {"lead", "responsible", "support", "lead_and_support", "due", "schedule", "progress"}
    | {"goal_value", "done_value", "allocation"}
)
COMPOUND = re.compile("[及和与、/]")
PROMISING_ROLES = frozenset({"title", "goal", "detail"})
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
GOAL_ROLES = ("goal", "goal_value", "schedule")

ORDINAL = re.compile(
    r"^[（(]?(?:\d{1,3}(?:[.\-]\d{1,3})*|[一二三四五六七八九十百]{1,4})[)）、.．]?$"
)
BRACKETED = re.compile(r"[（(]([^（）()]+)[)）]")
BRACKETED_UNIT = re.compile(r"[（(][^（）()]{1,8}[)）]$")
PERIOD = re.compile(
    r"\d{1,2}(?:月)?[-—–~至到]\d{1,2}月|截至\S*?(?:月底|月末|月|日)|\d{1,2}月(?:底|末|份)?"
    r"|[第]?[一二三四1234]季度|上半年|下半年|全年"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table and what it is for. `role` is None where no word of it is known."""

    index: int
    header: str
    role: str | None
    region: RegionMatch | None = None
    unit_hint: UnitHint | None = None
    names: tuple[Cell, ...] = ()
    """The header cells that name a thing: no role, unit or body."""
    is_inferred: bool = False
    """Whether the role was inferred from the other columns, not read from the header."""
    goals: tuple[Cell, ...] = ()
    """Header cells that state a figure and nothing else: what the task below them is to reach."""
    leads: tuple[Cell, ...] = ()
    """Header cells that name the body which leads what the column is about."""
    period: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class TableLayout:
    """A table with the roles of its columns; rows `first_row` and on are data."""

    table: Table
    columns: tuple[Column, ...]
    header_start: int
    first_row: int
    caption_name: str | None = None
    caption_unit: UnitHint | None = None
    """What the lines above the table say of all of it."""

    def having(self, *roles: str) -> tuple[Column, ...]:
        """The columns that have one of these roles, from left to right."""
        return tuple(column for column in self.columns if column.role in roles)

    def has(self, *roles: str) -> bool:
        """Whether some column has one of these roles."""
        return any(column.role in roles for column in self.columns)


def cell_words(cell: Cell) -> str:
    """What a cell shows without white space: its text, or the number that is generated for it."""
    return clean_header(cell.text) or clean_header(cell.label)


def clean_header(text: str) -> str:
    """A header's words without any white space: line breaks inside them mean nothing."""
    return re.sub(r"\s+", "", simplify(text))


def read_layout(
    table: Table, vocabulary: Vocabulary, region_code: str | None
) -> TableLayout | None:
    """The layout of a table, or None where no row of it reads as a header."""
    found = find_header_rows(table, vocabulary, region_code)
    if found is None:
        return None
    start, end = found
    columns = tuple(
        _read_column(table, index, start, end, vocabulary, region_code)
        for index in range(table.n_cols)
    )
    columns = _settle_by_content(table, end, columns, vocabulary, region_code)
    columns = _settle_unlisted_regions(table, end, columns, region_code)
    return TableLayout(table, _settle_periods(columns), start, end)


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


def find_header_rows(
    table: Table, vocabulary: Vocabulary, region_code: str | None
) -> tuple[int, int] | None:
    """First header row and first data row (half open), or None where there is no header."""
    for start in range(min(HEADER_SEARCH_ROWS, table.n_rows)):
        cells = [cell for cell in _row_cells(table, start) if cell.text.strip()]
        known = [cell for cell in cells if _is_header_word(cell, vocabulary, region_code)]
        if len(known) >= MIN_HEADER_WORDS and 2 * len(known) >= len(cells):
            break
    else:
        return _header_above_regions(table, vocabulary, region_code)
    end = max(cell.row + cell.row_span for cell in cells)
    end = min(end, start + HEADER_MAX_DEPTH, table.n_rows)
    while end < min(start + HEADER_MAX_DEPTH, table.n_rows) and _continues_header(
        table, end, vocabulary, region_code
    ):
        end += 1
    return start, max(end, min(table.header_rows, table.n_rows))


def _header_above_regions(
    table: Table, vocabulary: Vocabulary, region_code: str | None
) -> tuple[int, int] | None:
    """The rows above the first region of a column that lists regions, whatever their words.

    The tasks that head the other columns of such a table are no header words, and need not be.
    """
    for column in range(min(HEADER_SEARCH_COLS, table.n_cols)):
        listed = [
            row
            for row in range(table.n_rows)
            if (cell := table.grid[row][column]) is not None
            and cell.row == row
            and row > 0
            and _names_row(clean_header(cell.text), vocabulary, region_code)
        ]
        if len(listed) >= MIN_REGIONS_DOWN and listed[0] <= HEADER_MAX_DEPTH:
            return 0, listed[0]
    return None


def _names_row(text: str, vocabulary: Vocabulary, region_code: str | None) -> bool:
    """Whether a row label is a region, the publisher's own share, or a total."""
    if not text:
        return False
    match = vocabulary.headers.role_of(text)
    if match is not None:
        return match.role == "city_own" or vocabulary.headers.is_total(text)
    return vocabulary.headers.is_total(text) or (
        _region_of(text, vocabulary, region_code) is not None
    )


def _row_cells(table: Table, row: int) -> list[Cell]:
    """The cells that begin in this row, from left to right."""
    return [cell for cell in table.cells if cell.row == row]


def _is_header_word(cell: Cell, vocabulary: Vocabulary, region_code: str | None) -> bool:
    text = clean_header(cell.text)
    if vocabulary.headers.role_of(text) is not None:
        return True
    return _region_of(text, vocabulary, region_code) is not None


def _continues_header(
    table: Table, row: int, vocabulary: Vocabulary, region_code: str | None
) -> bool:
    """Whether a row below the first header row is a second storey of it.

    All of its words must be header words, regions, months or units: a line of data has at least
    one cell that is none of these.
    """
    cells = [cell for cell in _row_cells(table, row) if cell.text.strip()]
    if not cells or (len(cells) == 1 and cells[0].col_span == table.n_cols):
        return False
    unknown = 0
    for cell in cells:
        text = clean_header(cell.text)
        if _is_header_word(cell, vocabulary, region_code):
            continue
        if PERIOD.fullmatch(text) or read_unit(text, vocabulary) is not None:
            continue
        unknown += 1
    # One unknown name among many regions is a region that the vocabulary lacks, not data.
    return unknown == 0 or (len(cells) >= 5 and unknown * 5 <= len(cells))


def _region_of(text: str, vocabulary: Vocabulary, region_code: str | None) -> RegionMatch | None:
    return vocabulary.regions.resolve(text, within=region_code)


def _read_column(
    table: Table,
    index: int,
    start: int,
    end: int,
    vocabulary: Vocabulary,
    region_code: str | None,
) -> Column:
    storeys = [clean_header(cell.text) for cell in _header_cells(table, index, start, end)]
    header = "/".join(storeys)
    if not storeys:
        return Column(index, "", None)
    match = _role_of_storeys(storeys, vocabulary)
    region = _region_of(storeys[-1], vocabulary, region_code)
    if match is not None and match.role == "city_own":
        return Column(index, header, "allocation", region=region)
    if region is not None and (match is None or match.role in ("allocation_group", "region")):
        return Column(index, header, "allocation", region=region)
    if region is not None and len(storeys) > 1:
        parent = vocabulary.headers.role_of(storeys[0])
        if parent is not None and parent.role == "allocation_group":
            return Column(index, header, "allocation", region=region)
    if match is not None and match.role in GOAL_ROLES and _is_part_of_year(storeys, vocabulary):
        match = replace(match, role="quarter_goal")
    period = PERIOD.search(header)
    cells = _header_cells(table, index, start, end)
    bodies = [c for c in cells if _is_body(clean_header(c.text), vocabulary, region_code)]
    goals = tuple(c for c in cells if is_figure_only(c.text))
    names = tuple(
        c
        for c in cells
        if c not in bodies
        and c not in goals
        and vocabulary.headers.role_of(clean_header(c.text)) is None
        and read_unit(c.text, vocabulary) is None
    )
    return Column(
        index,
        header,
        match.role if match else None,
        names=names,
        goals=goals,
        leads=tuple(bodies),
        unit_hint=_unit_in(storeys, vocabulary),
        period=(match.period if match and match.period else None)
        or (period.group() if period else None),
        year=match.year if match else None,
    )


def _header_cells(table: Table, index: int, start: int, end: int) -> list[Cell]:
    """The header cells over a column that say something, from the top, each once."""
    cells: list[Cell] = []
    for row in range(start, end):
        cell = table.grid[row][index]
        if cell is not None and cell not in cells and cell.text.strip():
            cells.append(cell)
    return cells


def _is_part_of_year(storeys: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the deepest storey that names a time names a part of the year (目标 over 一季度)."""
    for text in reversed(storeys):
        period = vocabulary.headers.find_period(text)
        if period is not None:
            return period.kind == "part"
    return False


def _is_body(text: str, vocabulary: Vocabulary, region_code: str | None) -> bool:
    """Whether a header storey names a body, not a task."""
    match = vocabulary.organizations.resolve(text, region_code)
    return match is not None and match.is_known


def _unit_in(storeys: Sequence[str], vocabulary: Vocabulary) -> UnitHint | None:
    """The unit that a header names: in brackets (`投资（万元）`), or a storey of its own."""
    for text in reversed(storeys):
        for part in (*reversed(BRACKETED.findall(text)), text):
            unit = read_unit(part.removeprefix("单位："), vocabulary)
            if unit is not None:
                return unit
    return None


def _role_of_storeys(storeys: Sequence[str], vocabulary: Vocabulary) -> RoleMatch | None:
    """The deepest storey decides; where it says nothing by itself, it does with the one above.

    A storey that only names a unit gives the column no role while another storey does.
    """
    unit_match: RoleMatch | None = None
    for depth in range(len(storeys) - 1, -1, -1):
        candidates = [storeys[depth]]
        if depth > 0:
            candidates.append(storeys[depth - 1] + storeys[depth])
        for candidate in candidates:
            match = vocabulary.headers.role_of(candidate)
            if match is not None and match.role == "unit":
                unit_match = unit_match or match
            elif match is not None:
                return match
    return unit_match or _role_of_compound(storeys[-1], vocabulary)


def _role_of_compound(header: str, vocabulary: Vocabulary) -> RoleMatch | None:
    """A header that names two things (`具体任务和完成时间`) stands over what is to be done."""
    parts = [part for part in COMPOUND.split(header) if part]
    if len(parts) < 2:
        return None
    matches = [vocabulary.headers.role_of(part) for part in parts]
    content = [m for m in matches if m is not None and m.role in PROMISING_ROLES]
    if not content or any(m is None for m in matches):
        return None
    return next((m for m in content if m.role == "goal"), content[0])


def _settle_by_content(
    table: Table,
    first_row: int,
    columns: tuple[Column, ...],
    vocabulary: Vocabulary,
    region_code: str | None,
) -> tuple[Column, ...]:
    """Correct the roles that header words alone leave open.

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
    return _infer_content(table, first_row, _tell_twins_apart(tuple(settled)))


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
    regions = [t for t in named if _names_row(t, vocabulary, region_code)]
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


def _column_texts(table: Table, first_row: int, index: int) -> list[str]:
    texts = []
    for row in range(first_row, table.n_rows):
        cell = table.grid[row][index]
        if cell is not None and cell.row == row and cell.col == index and cell.col_span == 1:
            text = cell_words(cell)
            if text:
                texts.append(text)
    return texts

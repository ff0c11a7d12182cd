"""What each column of a table is for, read from its header words.

Belongs here: giving each column a role through the header vocabulary. Does not belong here: finding
the header (`header_rows.py`), what only the content can tell (`column_content.py`), or any header
word (those are `vocabulary/headers.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.records import Cell, Table
from pipelines.reading.language.units import UnitHint, is_figure_only, read_unit
from pipelines.reading.tables.header import find_header_rows
from pipelines.reading.tables.layout import (
    BRACKETED,
    PERIOD,
    PROMISING_ROLES,
    Column,
    TableLayout,
    clean_header,
)
from pipelines.reading.tables.roles_by_cells import settle_by_content
from pipelines.vocabulary import RoleMatch, Vocabulary

GOAL_ROLES = ("goal", "goal_value", "schedule")
COMPOUND = re.compile("[及和与、/]")


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
    columns = settle_by_content(table, end, columns, vocabulary, region_code)
    return TableLayout(table, columns, start, end)


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
    region = vocabulary.regions.resolve(storeys[-1], within=region_code)
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

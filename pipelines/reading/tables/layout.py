"""A table with the roles of its columns, as the rest of the reading sees it.

Belongs here: the column, the layout, and how header words are compared. Does not belong here: how
roles are found (`layouts.py`), or what the cells below them mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.records import Cell, Table
from pipelines.quantities.text import simplify
from pipelines.reading.language.units import UnitHint
from pipelines.vocabulary import RegionMatch

PROMISING_ROLES = frozenset({"title", "goal", "detail"})
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

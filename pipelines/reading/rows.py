"""The one model of what a document lists: lines of rows of named fields.

Belongs here: the records that every layout is turned into before any fact is made, whether it was
a table, a turned one, a card, a list or running text. Does not belong here: how a layout is
recognised (`tables`, `lists`), or what facts a line yields (`recording`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.reading.language.text import Text
from pipelines.reading.language.units import UnitHint
from pipelines.vocabulary import RegionMatch

BODY_ROLES = ("lead", "support", "lead_and_support", "responsible")
OFFICIAL_ROLES = ("city_leader", "lead_official")
RESULT_ROLES = ("progress", "done_value", "percent")
GOAL_ROLES = ("goal", "goal_value")
ROLES_OF_DESCRIBING: dict[str | None, str] = {
    **dict.fromkeys(("remark", "location", "investment", "on_schedule", "comparison"), "scope"),
    "item_no": "ordinal",
    "due": "date",
    "step_due": "date",
    "year_range": "date",
    "rank": "ordinal",
}
"""What a number is that stands in a column that describes or numbers its row."""


@dataclass(frozen=True, slots=True)
class Field:
    """A text of a line and what it says of it.

    `role` is one of `vocabulary/headers.csv`, None where nobody knows it. `header` is the printed
    words over it, `region` the one whose figure it is, `unit` the unit that its header names.
    `covers` are the rows that it speaks for, None for all of its line; `is_first` is False in rows
    that it is only merged into. `is_across` says that it runs over several columns.
    """

    role: str | None
    text: Text
    header: str = ""
    region: RegionMatch | None = None
    unit: UnitHint | None = None
    covers: tuple[int, ...] | None = None
    is_first: bool = True
    is_across: bool = False
    column: int = 0
    year: int | None = None
    """The year that its header names."""
    is_own_period: bool = False
    """Whether its header is of one quarter or month alone, not up to its end."""


@dataclass(frozen=True)
class Row:
    """One row of a line. Keys (`number`, `category`, `title`) stand filled down; figures never are.

    A row that does not state (`states` False) goes on with the targets of the rows above it; the
    titles and goals in it are only printed again. `is_total` marks the row that sums its line up.
    """

    index: int
    fields: tuple[Field, ...]
    category: str | None = None
    number: str | None = None
    title: Text | None = None
    states: bool = True
    is_total: bool = False

    def all(self, *roles: str) -> tuple[Field, ...]:
        """The fields of these roles that show something, from left to right, each text once
        for each region."""
        return tuple(self._having(roles))

    def first(self, *roles: str) -> Field | None:
        """The leftmost of `all`, or None."""
        return next(self._having(roles), None)

    def _having(self, roles: tuple[str, ...]) -> Iterator[Field]:
        seen: set[tuple[str, int, str | None]] = set()
        for field in self.fields:
            region = field.region.region_code if field.region is not None else None
            key = (field.text.key, field.text.start, region)
            if field.role in roles and field.text.shown and key not in seen:
                seen.add(key)
                yield field


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line is called: its title and further words, and the text that they stand in."""

    title: str
    detail: str | None
    place: Text
    as_printed: str


@dataclass(frozen=True, slots=True)
class Line:
    """The rows that make one commitment.

    `suffix` follows the document's id in the commitment's: readable and unique in it. `roles` are
    all roles of the layout that it comes from. `unit` is that of bare figures where neither row nor
    column names one. `may_restate` says that its target may be one that another line states: then
    the line is no commitment of its own.
    """

    suffix: str
    number: str | None
    category: str | None
    heading: Heading
    rows: tuple[Row, ...]
    roles: frozenset[str] = frozenset()
    unit: UnitHint | None = None
    may_restate: bool = False

    def has(self, *roles: str) -> bool:
        """Whether the layout has a column or label of one of these roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Remainder:
    """A text outside all lines, and what its numbers are: headers, bands, notes qualify."""

    text: Text
    role: str
    rule: str

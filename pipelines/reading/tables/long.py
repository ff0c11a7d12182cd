"""Tables in long form: one row for each task and region, with one column of figures.

Belongs here: only this layout (`任务 | 计量单位 | 县（区） | 分配数`). Where each task has a
column, see `turned`; where each region has one, the table is an ordinary one.
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.reading.language.units import is_figure_only
from pipelines.reading.recognition import Doubt, Recognition, Setting
from pipelines.reading.recording.line_record import name_of
from pipelines.reading.rows import BODY_ROLES, Field, Heading, Line, Row
from pipelines.reading.tables.grouping import (
    Group,
    cells_above,
    group_rows,
    line_of,
    list_rows,
)
from pipelines.reading.tables.layout import Column, TableLayout
from pipelines.reading.tables.totals import remainders_of

NAMING_ROLES = frozenset({"title", "goal", "detail", "sub_title"})
OTHER_ROLES = frozenset({"item_no", "region", "unit", "category", "remark", "due", *BODY_ROLES})
EVIDENCE = 0.8
"""A column of regions, one of tasks and exactly one of figures: hardly anything else is so."""


def recognise_long(layout: TableLayout, setting: Setting) -> Recognition | None:
    """A line for each task, its shares row by row; None where the table is not in long form."""
    values = _value_column(layout)
    if values is None or layout.has("allocation"):
        return None
    if not (layout.has("region") and layout.has(*NAMING_ROLES)):
        return None
    reader = _LongTable(layout, values, setting)
    lines = reader.lines_with_goals() if _states_goals(layout) else reader.lines_of_tasks()
    return Recognition(
        layout="long",
        evidence=EVIDENCE,
        says="one column names regions, one tasks, and one holds figures",
        lines=tuple(lines),
        remainders=(*cells_above(layout, layout.first_row), *remainders_of(layout)),
        doubts=tuple(reader.doubts),
        roles=layout.roles,
    )


def _value_column(layout: TableLayout) -> Column | None:
    others = [
        column
        for column in layout.columns
        if column.role not in NAMING_ROLES and column.role not in OTHER_ROLES and column.header
    ]
    return others[0] if len(others) == 1 else None


def _states_goals(layout: TableLayout) -> bool:
    """Whether a table in long form states each target in a column of its own, beside a title."""
    return layout.has("title", "sub_title") and any(
        (text := layout.view.text(row, goal.index)) is not None
        and is_figure_only(text.words, text.vocabulary)
        for goal in layout.having("goal")
        for row in layout.data_rows
    )


class _LongTable:
    """A table in long form on its way to lines."""

    def __init__(self, layout: TableLayout, values: Column, setting: Setting) -> None:
        self._layout = layout
        self._values = values
        self._setting = setting
        self.doubts: list[Doubt] = []

    def lines_with_goals(self) -> list[Line]:
        """Lines as in an ordinary table; rows below the one that states a target are its shares."""
        rows = list_rows(self._layout, self._setting, with_totals=True)
        groups = group_rows(self._layout, rows, self._setting.vocabulary)
        return [
            line_of(self._layout, replace(group, rows=self._part_rows(group))) for group in groups
        ]

    def _part_rows(self, group: Group) -> list[Row]:
        """The rows of a line, told apart by whether they begin a target.

        A target begins with another title or goal, or where a region comes up again under the same.
        """
        rows: list[Row] = []
        stating: Row | None = None
        regions: set[str] = set()
        for row in group.rows:
            region = _words(row, "region")
            is_same = stating is not None and all(
                not _words(row, role) or _words(row, role) == _words(stating, role)
                for role in ("title", "sub_title", "goal")
            )
            states = not is_same or region in regions
            if states:
                stating, regions = row, set()
            regions.add(region)
            rows.append(self._with_share(replace(row, states=states)))
        return rows

    def lines_of_tasks(self) -> list[Line]:
        """A line for each name of a task; what the total row states is its target."""
        tasks: dict[str, list[Row]] = {}
        for row in list_rows(self._layout, self._setting, with_totals=True):
            tasks.setdefault(name_of(row), []).append(row)
        return [
            self._line_of_task(name, rows, position)
            for position, (name, rows) in enumerate(tasks.items(), start=1)
        ]

    def _line_of_task(self, name: str, rows: list[Row], position: int) -> Line:
        first = rows[0]
        shared = [self._with_share(row) for row in rows]
        totals = tuple(field for row in shared for field in row.all("total"))
        parts = [replace(row, states=False) for row in shared if not row.is_total]
        # The figure that sums the task up states its target in the first row.
        heads = parts[0].fields if parts else ()
        stating = replace(first, fields=(*heads, *totals[:1]), states=True, is_total=False)
        return Line(
            suffix=first.number or str(position),
            number=first.number,
            category=first.category,
            heading=Heading(
                title=name,
                detail=None,
                place=first.fields[0].text,
                as_printed=first.title.printed if first.title is not None else name,
            ),
            rows=(stating, *parts[1:]),
            roles=self._layout.roles,
            unit=self._layout.caption_unit,
        )

    def _with_share(self, row: Row) -> Row:
        """The row with its figure as the share of its region, or as the total of its task."""
        named = row.first("region")
        words = named.text.words if named is not None else ""
        headers = self._setting.vocabulary.headers
        is_total = headers.is_total(words) and not headers.is_subtotal(words)
        fields = tuple(
            self._share(field, words, is_total) if field.column == self._values.index else field
            for field in row.fields
        )
        return replace(row, fields=fields, is_total=is_total)

    def _share(self, field: Field, words: str, is_total: bool) -> Field:
        if is_total:
            return replace(field, role="total")
        region = self._setting.region_named(words) if words else None
        if region is None:
            if field.text.quantities and field.is_first:
                self.doubts.append(_doubt_share(field, words))
            return replace(field, role=None)
        return replace(field, role="allocation", region=region)


def _words(row: Row, role: str) -> str:
    named = row.first(role)
    return named.text.words if named is not None else ""


def _doubt_share(field: Field, words: str) -> Doubt:
    return Doubt(
        "unread_share",
        f"The figure beside “{words}” could not be attached to a region.",
        field.text,
        vocabulary="regions.csv",
        suggestion=words,
    )

"""Tables that list regions down the side: each column is a task, each row a region's figures.

Belongs here: only this turned layout. A task may take several columns under one header (planned,
done, percent), and a storey of the header may state its goal. Tables with a column per region are
ordinary ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.reading.language.text import Text, unplaced
from pipelines.reading.language.units import BRACKETED_UNIT, UnitHint
from pipelines.reading.recognition import Doubt, Recognition, Setting
from pipelines.reading.rows import RESULT_ROLES, Field, Heading, Line, Row
from pipelines.reading.tables.grouping import (
    RowKind,
    cells_above,
    classify_row,
    describing_cells,
)
from pipelines.reading.tables.layout import Column, TableLayout
from pipelines.reading.tables.totals import remainders_of
from pipelines.vocabulary import RegionMatch

ROW_KEYS = frozenset(
    {"item_no", "region", "remark", "category", "lead", "support", "responsible"}
    | {"on_schedule", "rank", "comparison"}
)
PLAN_ROLES = ("goal_value", "goal", None)
EVIDENCE = 0.7
"""A column that lists regions, and none that is a region's."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A task with the columns that stand under its header."""

    name: str
    header: Text
    columns: tuple[Column, ...]
    goal: Text | None = None
    """A storey below the name that states the target; a name may stand over several."""
    is_captioned: bool = False
    """Whether the name stands above the table: its columns are all of one task."""

    @property
    def unit(self) -> UnitHint | None:
        """The unit that one of its columns names."""
        return next((c.unit_hint for c in self.columns if c.unit_hint is not None), None)


def recognise_turned(layout: TableLayout, setting: Setting) -> Recognition | None:
    """A line for each task, with a row for each region; None where no column lists regions."""
    if not layout.has("region") or layout.has("allocation"):
        return None
    reader = _TurnedTable(layout, setting)
    return Recognition(
        layout="turned",
        evidence=EVIDENCE,
        says="a column lists regions, and the others are headed by tasks",
        lines=tuple(reader.lines()),
        remainders=(
            *cells_above(layout, layout.header_start),
            *remainders_of(layout),
            *describing_cells(layout),
        ),
        doubts=tuple(reader.doubts),
        roles=layout.roles,
    )


class _TurnedTable:
    """A turned table on its way to lines."""

    def __init__(self, layout: TableLayout, setting: Setting) -> None:
        self._layout = layout
        self._setting = setting
        self._regions = layout.having("region")[0]
        self._total_row = self._find_total_row()
        self.doubts: list[Doubt] = []
        self._listed = self._list_regions()

    def lines(self) -> list[Line]:
        """A line for each task, or for each name that stands over several goals."""
        tasks = self._tasks()
        lines: list[Line] = []
        seen: set[str] = set()
        for position, task in enumerate(tasks, start=1):
            if task.header.key in seen and task.goal is not None:
                continue
            seen.add(task.header.key)
            own = [task]
            if task.goal is not None:
                own = [t for t in tasks if t.header is task.header and t.goal is not None]
            lines.append(self._line(own, f"{self._layout.view.table.number}-{position}"))
        return lines

    # ------------------------------------------------------------------------------ tasks

    def _tasks(self) -> list[_Task]:
        """Neighbouring columns under one header cell are one task."""
        tasks: list[_Task] = []
        for column in self._layout.columns:
            if column.role in ROW_KEYS or not column.header:
                continue
            task = self._task_of(column)
            last = tasks[-1] if tasks else None
            if last is not None and (
                (last.header is task.header and last.goal is task.goal)
                or (task.is_captioned and last.is_captioned)
            ):
                tasks[-1] = replace(last, columns=(*last.columns, column))
            else:
                tasks.append(task)
        return tasks

    def _task_of(self, column: Column) -> _Task:
        header = self._header_of(column)
        goal = column.goals[-1] if column.goals else None
        if column.names and self._names_goals(column):
            header = column.names[0]
            goal = goal or (column.names[-1] if len(column.names) > 1 else None)
        caption = self._layout.caption_name if not column.names else None
        name = caption or header.words
        if goal is None:
            name = BRACKETED_UNIT.sub("", name)
        return _Task(name, header, (column,), goal, is_captioned=caption is not None)

    def _names_goals(self, column: Column) -> bool:
        """Whether the name over a column stands over one that states a goal."""
        return any(o.goals for o in self._layout.columns if o.names[:1] == column.names[:1])

    def _header_of(self, column: Column) -> Text:
        """The deepest header cell that names the task; where none does, the topmost."""
        if column.names:
            return column.names[-1]
        rows = range(self._layout.header_start, self._layout.first_row)
        texts = [self._layout.view.text(row, column.index) for row in rows]
        return next(text for text in texts if text is not None and text.words)

    # ------------------------------------------------------------------------------ lines

    def _line(self, tasks: Sequence[_Task], suffix: str) -> Line:
        first = tasks[0]
        stated = first.header.quantities
        title = first.name
        if first.goal is None and stated:
            title = first.header.counts(stated[0]).words
        rows: list[Row] = []
        for task in tasks:
            rows.extend(self._rows_of(task, len(rows), is_first=task is first))
        return Line(
            suffix=suffix,
            number=None,
            category=None,
            heading=Heading(title, None, first.header, first.header.printed),
            rows=tuple(rows),
            roles=self._layout.roles,
            unit=(first.unit if len(tasks) == 1 else None) or self._layout.caption_unit,
            may_restate=first.goal is None,
        )

    def _rows_of(self, task: _Task, at: int, is_first: bool) -> list[Row]:
        """A row that states the task's target, and one for each region below it. Rows of several
        tasks lie one after the other here, so they are counted from `at`."""
        told = [found for row in self._listed if (found := self._fields_of(task, row, at))]
        listed = [Row(at + 1 + i, found, states=False) for i, found in enumerate(told)]
        covers = tuple(range(at, at + 1 + len(listed)))
        fields = [Field("title", task.header, is_first=is_first, covers=covers)]
        stated = task.goal or self._total_of(task)
        if stated is not None:
            fields.append(Field("goal_value", stated, unit=task.unit, covers=covers))
        leads = dict.fromkeys(lead for column in task.columns for lead in column.leads)
        fields.extend(Field("lead", lead, covers=covers) for lead in leads)
        return [Row(at, tuple(fields), title=self._named(task)), *listed]

    def _named(self, task: _Task) -> Text:
        """The name of a task, without the unit in brackets at its end."""
        if task.is_captioned:
            return unplaced(task.name, self._setting.vocabulary)
        bracket = BRACKETED_UNIT.search(task.header.printed)
        if task.goal is not None or bracket is None:
            return task.header
        return task.header.part(0, bracket.start())

    def _total_of(self, task: _Task) -> Text | None:
        """The figure of the row of totals in the column of what is planned."""
        plans = [c for c in task.columns if c.role in PLAN_ROLES]
        plans = plans or [c for c in task.columns if c.role == "total"]
        if self._total_row is None or not plans:
            return None
        text = self._layout.view.text(self._total_row, plans[0].index)
        return text if text is not None and text.quantities else None

    def _fields_of(
        self, task: _Task, listed: tuple[int, RegionMatch | None], stated_at: int
    ) -> tuple[Field, ...]:
        row, region = listed
        found: list[Field] = []
        for column in task.columns:
            cell = self._layout.view.cell(row, column.index)
            if cell is None or (cell.row, cell.col) != (row, column.index):
                continue
            text = self._layout.view.text_of(cell)
            is_result = column.role in RESULT_ROLES
            if not text.quantities or (region is None and not is_result):
                continue
            role = column.role if is_result else "allocation"
            unit = column.unit_hint if is_result else None
            found.append(
                Field(
                    role,
                    text,
                    column.header,
                    region=region,
                    unit=unit or task.unit,
                    covers=(stated_at,),
                    column=column.index,
                )
            )
        return tuple(found)

    # ----------------------------------------------------------------------------- regions

    def _find_total_row(self) -> int | None:
        """The row of grand totals: named so, or named for the document's own region."""
        for row in self._layout.data_rows:
            for index in range(self._regions.index + 1):
                text = self._layout.view.text(row, index)
                if text is not None and self._names_all(text.words):
                    return row
        return None

    def _names_all(self, words: str) -> bool:
        vocabulary = self._setting.vocabulary
        if vocabulary.headers.is_total(words):
            return not vocabulary.headers.is_subtotal(words)
        match = vocabulary.regions.resolve(words)
        return match is not None and match.region_code == self._setting.region_code

    def _list_regions(self) -> list[tuple[int, RegionMatch | None]]:
        """The rows of figures with the region of each; None for the row of totals."""
        listed: list[tuple[int, RegionMatch | None]] = []
        for row in self._layout.data_rows:
            if row == self._total_row:
                listed.append((row, None))
                continue
            if classify_row(self._layout, row) is not RowKind.DATA:
                continue
            text = self._layout.view.text(row, self._regions.index)
            if text is None or not text.words:
                continue
            region = self._setting.region_named(text.words)
            if region is not None and region.region_code != self._setting.region_code:
                listed.append((row, region))
            elif not self._setting.vocabulary.headers.is_total(text.words):
                self._doubt_row(text)
        return listed

    def _doubt_row(self, text: Text) -> None:
        """A row whose label is no region keeps its figures unresolved, and is named."""
        self.doubts.append(
            Doubt(
                "unknown_region",
                f"“{text.words}” is no region that is known; the figures of its row were not "
                "attached.",
                text,
                as_printed=text.words,
                vocabulary="regions.csv",
                suggestion=text.words,
            )
        )

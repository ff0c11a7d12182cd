"""Steps that a table dates in a column of their own: a row for each day, and what is done by it.

Belongs here: telling a column of days of steps from one of due dates, and giving each step its day.
Does not belong here: schedules that name their days themselves (`clauses.schedule`), or columns
that are headed by a day (`roles_by_cells`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipelines.reading.language.text import Text
from pipelines.reading.recognition import Doubt
from pipelines.reading.rows import Field
from pipelines.reading.tables.layout import Column, TableLayout, TableView
from pipelines.vocabulary import Headers

STEP_DUE = "step_due"
"""The day of the step in the same row; no header word has this role, for cells decide on it."""
STEP = "quarter_goal"
OPEN_TO_DAYS = (None, "due", "schedule", "quarter_goal")
OPEN_TO_STEPS = (None, "goal", "goal_value", "done_value", "detail", "quarter_goal", "schedule")
KEY_ROLES = ("item_no", "title")
MIN_STEPS = 2
MOST = 0.8
"""Share of the cells of a column that must be days and nothing else."""
DAY_MAX_LENGTH = 15
SOME_YEAR = 2000
"""Which year a day lies in does not matter to whether it is one."""


def pair_dated_steps(
    view: TableView, first_row: int, columns: tuple[Column, ...], headers: Headers
) -> tuple[Column, ...]:
    """Columns of days and of what is done by them, paired where the cells stand row by row.

    A day beside a schedule is the step's where both stand under one header, or where the lines of
    the table have several of both; else it is the day by which the line is due.
    """
    settled = list(columns)
    for steps in columns:
        is_planned = _is_under_plan(steps, headers)
        if steps.role != "schedule" and not (is_planned and steps.role in OPEN_TO_STEPS):
            continue
        days = _days_of(view, first_row, columns, steps)
        if days is None or _dates_itself(view, first_row, steps):
            continue
        if _has_one_parent(days, steps) or _several_a_line(view, first_row, columns, days):
            settled[days.index] = replace(days, role=STEP_DUE)
            settled[steps.index] = replace(steps, role=STEP, dated_by=days.index)
    return tuple(settled)


def _is_under_plan(column: Column, headers: Headers) -> bool:
    """Whether a storey above the deepest one is a header of schedules."""
    matches = (headers.role_of(words) for words in column.header.split("/")[:-1])
    return any(match is not None and match.role == "schedule" for match in matches)


def _days_of(
    view: TableView, first_row: int, columns: tuple[Column, ...], steps: Column
) -> Column | None:
    """The nearest column of days, under the same header or right beside; those before it first."""
    found = [
        column
        for column in columns
        if column is not steps
        and column.role in OPEN_TO_DAYS
        and (abs(column.index - steps.index) == 1 or _has_one_parent(column, steps))
        and _holds_days(view, first_row, column)
    ]
    return min(
        found, key=lambda c: (c.index > steps.index, abs(c.index - steps.index)), default=None
    )


def _has_one_parent(left: Column, right: Column) -> bool:
    above = left.header.rpartition("/")[0]
    return bool(above) and above == right.header.rpartition("/")[0]


def _holds_days(view: TableView, first_row: int, column: Column) -> bool:
    texts = [text for text in view.column_texts(first_row, column.index) if not text.is_blank]
    days = [text for text in texts if is_day(text)]
    return len(days) >= MIN_STEPS and len(days) >= MOST * len(texts)


def is_day(text: Text) -> bool:
    """Whether a text is a day, or a part of the year, and nothing else."""
    return len(text.words) <= DAY_MAX_LENGTH and text.due(SOME_YEAR) is not None


def _dates_itself(view: TableView, first_row: int, steps: Column) -> bool:
    """Whether most cells of a schedule name days of their own."""
    texts = view.column_texts(first_row, steps.index)
    return 2 * sum(1 for text in texts if text.dates(SOME_YEAR)) > len(texts)


def _several_a_line(
    view: TableView, first_row: int, columns: tuple[Column, ...], days: Column
) -> bool:
    """Whether most lines, by their number or title, have more than one day."""
    key = next((c for role in KEY_ROLES for c in columns if c.role == role), None)
    if key is None:
        return False
    counts = view.begun_under(first_row, key.index, days.index)
    return 2 * sum(1 for count in counts if count >= MIN_STEPS) >= len(counts)


def date_steps(layout: TableLayout, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields of a row, each step headed by its day; one whose day is not known has no role, so
    that its figures stay unresolved."""
    days = {field.column: field.text for field in fields if field.role == STEP_DUE}
    if not days:
        return fields
    return tuple(_dated(layout, field, days) for field in fields)


def _dated(layout: TableLayout, field: Field, days: dict[int, Text]) -> Field:
    day = days.get(_dated_by(layout, field))
    if day is None:
        return field
    if not is_day(day):
        return replace(field, role=None)
    return replace(field, header=day.words)


def _dated_by(layout: TableLayout, field: Field) -> int:
    column = layout.columns[field.column].dated_by
    return -1 if column is None else column


def doubt_undated_steps(layout: TableLayout) -> Iterator[Doubt]:
    """Steps beside which no day stands."""
    for column in layout.columns:
        if column.dated_by is None:
            continue
        for row in layout.data_rows:
            cell, day = layout.view.cell(row, column.index), layout.view.text(row, column.dated_by)
            if cell is None or cell.row != row or not cell.text.strip():
                continue
            if day is None or not is_day(day):
                yield doubt_step(layout.view.text_of(cell), day)


def doubt_step(step: Text, day: Text | None) -> Doubt:
    """A step beside which no day stands that is understood."""
    words = day.words if day is not None else ""
    return Doubt(
        "unread_step_date",
        f"“{words}” beside “{step.words}” is not a day that is understood; the step was not read.",
        step,
        as_printed=words,
    )

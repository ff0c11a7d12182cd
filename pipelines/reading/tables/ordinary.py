"""Tables with a line in a row or in several rows, by the roles of their columns.

Belongs here: this layout, and columns that nobody understands. One recogniser serves all kinds of
documents: a table with region columns yields shares, one with a schedule yields steps.
"""

from __future__ import annotations

from pipelines.reading.recognition import Doubt, Recognition, Setting
from pipelines.reading.tables.dated_steps import doubt_undated_steps
from pipelines.reading.tables.grouping import (
    cells_above,
    group_rows,
    line_of,
    list_rows,
)
from pipelines.reading.tables.layout import Column, TableLayout
from pipelines.reading.tables.row_roles import apply_row_roles, doubt_row_roles
from pipelines.reading.tables.totals import remainders_of

EVIDENCE = 0.5
"""Any table with a header may be read so, where no other layout shows."""


def recognise_ordinary(layout: TableLayout, setting: Setting) -> Recognition:
    """Each row, or run of rows under one number or title, as a line."""
    rows = apply_row_roles(list_rows(layout, setting))
    groups = group_rows(layout, rows, setting.vocabulary)
    return Recognition(
        layout="ordinary",
        evidence=EVIDENCE,
        says=f"{len(layout.roles)} roles of columns are known by their headers",
        lines=tuple(line_of(layout, group) for group in groups),
        remainders=(*cells_above(layout, layout.first_row), *remainders_of(layout)),
        doubts=(
            *doubt_columns(layout),
            *doubt_undated_steps(layout),
            *doubt_row_roles(layout),
        ),
        roles=layout.roles,
    )


def doubt_columns(layout: TableLayout) -> list[Doubt]:
    """A column that nobody understands is named once; its quantities stay unresolved."""
    return [
        _doubt_column(layout, column)
        for column in layout.columns
        if (column.role is None or column.is_inferred) and _is_filled(layout, column)
    ]


def _is_filled(layout: TableLayout, column: Column) -> bool:
    texts = (layout.view.text(row, column.index) for row in layout.data_rows)
    return any(text is not None and text.words for text in texts)


def _doubt_column(layout: TableLayout, column: Column) -> Doubt:
    axis = layout.view.header_axis
    outcome = "its figures were not interpreted"
    if column.is_inferred:
        outcome = f"it was read as “{column.role}”, for no other {axis} says what is meant"
    return Doubt(
        "unknown_header",
        f"The {axis} “{column.header}” ({axis} {column.index + 1} of table "
        f"{layout.view.table.number}) has no known role; {outcome}.",
        as_printed=column.header,
        vocabulary="headers.csv",
        suggestion=f"{column.role or 'ROLE'},{column.header},exact,",
    )

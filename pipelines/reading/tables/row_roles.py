"""Rows that name what their figures are: planned, done and the share done below each other.

Belongs here: telling a column whose cells are header words of figures, and giving the figures of
each row the role that its cell names. Does not belong here: columns that are headed so
(`roles_by_header`), or where the lines of such a table begin (`grouping`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipelines.reading.language.text import Text
from pipelines.reading.recognition import Doubt
from pipelines.reading.rows import Field, Row
from pipelines.reading.tables.layout import Column, TableLayout, TableView

ROW_ROLE = "row_role"
"""The column of such words; no header word has this role, for cells decide on it."""
OPEN_TO_ROW_ROLES = (None, "category", "title", "sub_title", "detail", "goal", "goal_value", "unit")
FIGURE_ROLES = ("allocation", "total")
PLAN = "goal_value"
PLAN_ROLES = frozenset({"goal_value", "goal", "title"})
"""What is planned: a bare word for a task heads titles elsewhere, here it stands over figures."""
DONE_ROLES = frozenset({"done_value", "percent"})
MIN_ROWS = 2
MOST = 0.6
"""Share of the filled cells of the column that must be such words."""


def settle_row_roles(
    view: TableView, first_row: int, columns: tuple[Column, ...]
) -> tuple[Column, ...]:
    """The column whose cells name planned and done in turn, where regions share the figures."""
    if not any(column.role == "allocation" for column in columns):
        return columns
    for column in columns:
        named = _named_in(view, first_row, column)
        if column.role in OPEN_TO_ROW_ROLES and PLAN in named and named & DONE_ROLES:
            settled = replace(column, role=ROW_ROLE, row_roles=named)
            return tuple(settled if c is column else c for c in columns)
    return columns


def _named_in(view: TableView, first_row: int, column: Column) -> frozenset[str]:
    """The roles that the cells of a column name; none where too few of them name any."""
    texts = [text for text in view.column_texts(first_row, column.index) if not text.is_blank]
    roles = [role for text in texts if (role := _role_of(text)) is not None]
    if len(roles) < MIN_ROWS or len(roles) < MOST * len(texts):
        return frozenset()
    return frozenset(roles)


def _role_of(text: Text) -> str | None:
    """The role of figures that a cell names, or None."""
    match = text.vocabulary.headers.role_of(text.words)
    if match is None or match.kind != "exact":
        return None
    if match.role in PLAN_ROLES:
        return PLAN
    return match.role if match.role in DONE_ROLES else None


def apply_row_roles(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with their figures in the roles that they name.

    What is planned are the shares and the total of its columns. What was done goes on with the
    target of the row of its line that plans. Beside a word that is not understood, figures have no
    role.
    """
    plan: Row | None = None
    for row in rows:
        named = row.first(ROW_ROLE)
        role = _role_of(named.text) if named is not None else None
        if plan is not None and (plan.number, plan.title) != (row.number, row.title):
            plan = None
        if named is None:
            yield row
        elif role == PLAN:
            plan = row
            yield row
        else:
            covers = (plan.index,) if plan is not None else None
            fields = tuple(_with_role(field, role, named.text, covers) for field in row.fields)
            yield replace(row, fields=fields, states=row.states and plan is None)


def _with_role(
    field: Field, role: str | None, named: Text, covers: tuple[int, ...] | None
) -> Field:
    if field.role not in FIGURE_ROLES or field.text.is_blank:
        return field
    header = f"{field.header}/{named.words}"
    return replace(field, role=role, header=header, covers=covers or field.covers)


def doubt_row_roles(layout: TableLayout) -> Iterator[Doubt]:
    """Words in a column of row roles that name no figure, each once."""
    seen: set[str] = set()
    for column in layout.having(ROW_ROLE):
        for text in layout.view.column_texts(layout.first_row, column.index):
            if text.is_blank or text.words in seen or _role_of(text) is not None:
                continue
            seen.add(text.words)
            yield Doubt(
                "unknown_header",
                f"The rows “{text.words}” of table {layout.view.table.number} have no known role; "
                "their figures were not interpreted.",
                text,
                as_printed=text.words,
                vocabulary="headers.csv",
                suggestion=f"ROLE,{text.words},exact,",
            )

"""One table → commitments, targets, shares, steps and reports, by the roles of its columns.

Belongs here: the order in which the parts of a commitment are read, and what becomes of columns
that state no fact of their own. There is one reader for all kinds of tables: a table with region
columns yields shares, one with a schedule yields steps, whichever document it stands in.
"""

from __future__ import annotations

from datetime import date

from pipelines.facts import Commitment
from pipelines.reading.language.dates import read_due
from pipelines.reading.language.units import is_figure_only
from pipelines.reading.recording.allocations import read_shares
from pipelines.reading.recording.builder import FactsBuilder
from pipelines.reading.recording.milestones import read_steps
from pipelines.reading.recording.responsibilities import read_responsibilities
from pipelines.reading.recording.results import read_progress_cells
from pipelines.reading.recording.targets import CommitmentTargets, read_targets
from pipelines.reading.tables.layout import TableLayout, clean_header
from pipelines.reading.tables.lines import (
    CommitmentRows,
    RowKind,
    classify_row,
    group_commitments,
    list_rows,
)
from pipelines.reading.tables.long import (
    find_stating_rows,
    is_long_form,
    read_long_rows,
    read_long_shares,
    states_goals,
    without_shares,
)
from pipelines.reading.tables.turned import has_region_rows, read_region_rows

DESCRIBING_ROLES = (
    "remark",
    "location",
    "investment",
    "on_schedule",
    "comparison",
)
"""Columns whose numbers qualify the line that they stand in."""
ROLE_OF_REST = {"due": "date", "year_range": "date", "rank": "ordinal"}
"""What a number is that stands alone in such a column."""


def read_plan_table(builder: FactsBuilder, layout: TableLayout) -> None:
    """Record all that a table says."""
    _claim_header_rows(builder, layout)
    if states_goals(layout):
        plan = without_shares(layout)
        rows = list_rows(plan, builder.vocabulary, with_totals=True)
        for group in group_commitments(plan, rows, builder.vocabulary):
            stating = find_stating_rows(group)
            found = _read_commitment(builder, plan, stating)
            read_long_shares(builder, layout, group, stating, found)
    elif is_long_form(layout):
        read_long_rows(builder, layout)
    elif has_region_rows(layout):
        read_region_rows(builder, layout)
    else:
        rows = list_rows(layout, builder.vocabulary)
        for group in group_commitments(layout, rows, builder.vocabulary):
            _read_commitment(builder, layout, group)
    _claim_describing(builder, layout)
    _queue_unknown_columns(builder, layout)


def _read_commitment(
    builder: FactsBuilder, layout: TableLayout, group: CommitmentRows
) -> CommitmentTargets:
    commitment_id = builder.identify(group.suffix)
    position = len(builder.commitments)
    found = read_targets(builder, layout, group, commitment_id)
    for row in group.rows:
        read_shares(builder, layout, row, found)
    builder.commitments.insert(position, _commitment(builder, layout, group, commitment_id))
    read_responsibilities(builder, layout, group, found)
    read_steps(builder, layout, group, found)
    read_progress_cells(builder, layout, group, found)
    return found


def _commitment(
    builder: FactsBuilder, layout: TableLayout, group: CommitmentRows, commitment_id: str
) -> Commitment:
    titles = _distinct(layout, group, "title")
    goals = [
        text
        for text in _distinct(layout, group, "goal")
        if text not in titles and not is_figure_only(text)
    ]
    details = _distinct(layout, group, "detail")
    if not titles:
        titles, goals, details = (goals, [], details) if goals else (details, [], [])
    first = group.rows[0]
    page = next((slot.cell.page for slot in first.slots if slot.cell.page is not None), None)
    printed = first.all("item_no", "title", "goal", "detail")
    return Commitment(
        commitment_id=commitment_id,
        document_id=builder.document.document_id,
        item_no=group.number,
        category=group.category,
        title="；".join(title.rstrip("。；") for title in titles),
        detail="；".join([*details, *goals]) or None,
        region_code=builder.document.region_code,
        plan_year=builder.document.plan_year,
        due_on=_read_due(builder, layout, group),
        page=page,
        table_no=layout.table.number,
        row_no=first.index + 1,
        as_printed=" ".join(slot.cell.text for slot in printed),
    )


def _distinct(layout: TableLayout, group: CommitmentRows, role: str) -> list[str]:
    """The texts of one role over a commitment's rows, each once, in order."""
    texts: dict[str, None] = {}
    for row in group.rows:
        for slot in row.all(role):
            texts.setdefault(clean_header(slot.cell.text))
        if role == "title" and row.title_cell is not None:
            texts.setdefault(clean_header(row.title_cell.text))
    return list(texts)


def _read_due(builder: FactsBuilder, layout: TableLayout, group: CommitmentRows) -> date | None:
    """The latest day that a due-date cell of the commitment names."""
    days = []
    for row in group.rows:
        for slot in row.all("due"):
            text = builder.ledger.of_cell(layout.table.number, slot.cell)
            due = read_due(text.text, builder.document.plan_year)
            if due is not None:
                days.append(due)
            else:
                builder.notice(
                    "unread_due_date",
                    f"“{text.text.strip()}” is not a date that is understood; the line has no due "
                    "date.",
                    text,
                )
    return max(days, default=None)


def _claim_header_rows(builder: FactsBuilder, layout: TableLayout) -> None:
    """Quantities in captions and headers qualify the table; nothing is promised by them."""
    turned = has_region_rows(layout)
    for cell in layout.table.cells:
        if cell.row < layout.first_row and not (turned and cell.row >= layout.header_start):
            builder.ledger.claim_rest(builder.ledger.of_cell(layout.table.number, cell), "scope")


def _claim_describing(builder: FactsBuilder, layout: TableLayout) -> None:
    """Numbers of section rows, notes and describing columns qualify what they stand beside."""
    by_index = {column.index: column for column in layout.columns}
    for row in range(layout.first_row, layout.table.n_rows):
        kind = classify_row(layout, row, builder.vocabulary)
        for cell in (c for c in layout.table.cells if c.row == row):
            text = builder.ledger.of_cell(layout.table.number, cell)
            role = by_index[cell.col].role
            if kind != RowKind.DATA or role in DESCRIBING_ROLES:
                builder.ledger.claim_rest(text, "scope")
            elif role == "item_no":
                # Whatever it looks like elsewhere (`01` a code, `1-1` a ratio), here it numbers.
                for number in text.numbers:
                    builder.ledger.claim(text, number, "ordinal")
            elif role in ROLE_OF_REST:
                builder.ledger.claim_rest(text, ROLE_OF_REST[role])


def _queue_unknown_columns(builder: FactsBuilder, layout: TableLayout) -> None:
    """A column that nobody understands is named once; its quantities stay unresolved."""
    if has_region_rows(layout):
        return
    for column in layout.columns:
        if column.role is not None and not column.is_inferred:
            continue
        filled = any(
            (cell := layout.table.grid[row][column.index]) is not None and cell.text.strip()
            for row in range(layout.first_row, layout.table.n_rows)
        )
        if filled:
            outcome = "its figures were not interpreted"
            if column.is_inferred:
                outcome = f"it was read as “{column.role}”, for no other column says what is meant"
            builder.notice(
                "unknown_header",
                f"The column “{column.header}” (column {column.index + 1} of table "
                f"{layout.table.number}) has no known role; {outcome}.",
                None,
                as_printed=column.header,
                vocabulary="headers.csv",
                suggestion=f"{column.role or 'ROLE'},{column.header},exact,",
            )

"""Tables in long form: one row for each task and region, with one column of figures.

Belongs here: only this layout (`任务 | 计量单位 | 县（区） | 分配数`). Where each task has a
column, see `region_rows.py`; where each region has one, `shares.py`.
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.facts import Commitment
from pipelines.reading.language.units import UnitHint, is_figure_only
from pipelines.reading.recording.allocations import add_share, queue_region
from pipelines.reading.recording.builder import FactsBuilder
from pipelines.reading.recording.ledger import SourceText
from pipelines.reading.recording.responsibilities import BODY_ROLES, add_bodies, body_role
from pipelines.reading.recording.targets import CommitmentTargets, name_row, unit_of_row
from pipelines.reading.tables.layout import Column, TableLayout, clean_header
from pipelines.reading.tables.lines import CommitmentRows, PlanRow, list_rows

NAMING_ROLES = frozenset({"title", "goal", "detail", "sub_title"})
OTHER_ROLES = frozenset({"item_no", "region", "unit", "category", "remark", "due", *BODY_ROLES})


def is_long_form(layout: TableLayout) -> bool:
    """Whether a table names a region and a task in each row, and has one column of figures."""
    return (
        layout.has("region")
        and layout.has(*NAMING_ROLES)
        and not layout.has("allocation")
        and _value_column(layout) is not None
    )


def _value_column(layout: TableLayout) -> Column | None:
    others = [
        column
        for column in layout.columns
        if column.role not in NAMING_ROLES and column.role not in OTHER_ROLES and column.header
    ]
    return others[0] if len(others) == 1 else None


def states_goals(layout: TableLayout) -> bool:
    """Whether a table in long form states each target in a column of its own, beside a title."""
    goals = layout.having("goal")
    return (
        is_long_form(layout)
        and layout.has("title", "sub_title")
        and any(
            (cell := layout.table.grid[row][goal.index]) is not None and is_figure_only(cell.text)
            for goal in goals
            for row in range(layout.first_row, layout.table.n_rows)
        )
    )


def without_shares(layout: TableLayout) -> TableLayout:
    """The layout with no role for the column of shares: what is left reads like any plan."""
    shares = _value_column(layout)
    columns = tuple(replace(c, role=None) if c is shares else c for c in layout.columns)
    return replace(layout, columns=columns)


def find_stating_rows(group: CommitmentRows) -> CommitmentRows:
    """The rows of a commitment that begin a target; the rows below each go on with its shares.

    A target begins with another title or goal, or where a region comes up again under the same.
    """
    stating: list[PlanRow] = []
    regions: set[str] = set()
    for row in group.rows:
        region = _words(row, "region")
        is_same = bool(stating) and all(
            not _words(row, role) or _words(row, role) == _words(stating[-1], role)
            for role in ("title", "sub_title", "goal")
        )
        if not is_same or region in regions:
            stating.append(row)
            regions = set()
        regions.add(region)
    return replace(group, rows=stating)


def _words(row: PlanRow, role: str) -> str:
    slot = row.first(role)
    return clean_header(slot.cell.text) if slot is not None else ""


def read_long_shares(
    builder: FactsBuilder,
    layout: TableLayout,
    group: CommitmentRows,
    stating: CommitmentRows,
    found: CommitmentTargets,
) -> None:
    """Record each region's share of the targets of one commitment, row by row."""
    value_column = _value_column(layout)
    if value_column is None:
        return
    begins = {row.index for row in stating.rows}
    targets: list[str] = []
    for row in group.rows:
        if row.index in begins:
            targets = found.by_row.get(row.index, [])
        else:
            _claim_repeated(builder, layout, row, targets)
        text = _value_text(builder, layout, value_column, row)
        if len(targets) != 1 or text is None:
            continue
        if _is_total(builder, row):
            for number in text.quantities():
                builder.ledger.claim(text, number, "target", targets[0])
            continue
        if text.quantities():
            hint = unit_of_row(builder, layout, row) or value_column.unit_hint
            _read_share(builder, layout, value_column, row, targets[0], hint)


def _claim_repeated(
    builder: FactsBuilder, layout: TableLayout, row: PlanRow, targets: list[str]
) -> None:
    """A title or goal that is printed in each row says nothing new after the first."""
    for slot in row.all("title", "sub_title", "goal"):
        if not slot.is_first:
            continue
        text = builder.ledger.of_cell(layout.table.number, slot.cell)
        for number in text.quantities():
            target_id = targets[0] if len(targets) == 1 else None
            builder.ledger.claim(text, number, "target" if target_id else "scope", target_id)


def read_long_rows(builder: FactsBuilder, layout: TableLayout) -> None:
    """Record a commitment for each task, its total as target, and each region's share."""
    value_column = _value_column(layout)
    if value_column is None:
        return
    tasks: dict[str, list[PlanRow]] = {}
    for row in list_rows(layout, builder.vocabulary, with_totals=True):
        tasks.setdefault(name_row(row), []).append(row)
    for position, rows in enumerate(tasks.values(), start=1):
        _read_task(builder, layout, value_column, rows, position)


def _read_task(
    builder: FactsBuilder,
    layout: TableLayout,
    value_column: Column,
    rows: list[PlanRow],
    position: int,
) -> None:
    first = rows[0]
    name = name_row(first)
    commitment_id = builder.identify(first.number or str(position))
    builder.commitments.append(
        Commitment(
            commitment_id=commitment_id,
            document_id=builder.document.document_id,
            item_no=first.number,
            category=first.category,
            title=name,
            detail=None,
            region_code=builder.document.region_code,
            plan_year=builder.document.plan_year,
            due_on=None,
            page=first.slots[0].cell.page,
            table_no=layout.table.number,
            row_no=first.index + 1,
            as_printed=first.title_cell.text if first.title_cell is not None else name,
        )
    )
    for slot in (slot for row in rows for slot in row.all(*BODY_ROLES)):
        if slot.is_first:
            role = body_role(slot.column.role or "", layout.has("lead"))
            text = builder.ledger.of_cell(layout.table.number, slot.cell)
            add_bodies(builder, commitment_id, None, role, text)
    hint = unit_of_row(builder, layout, first) or value_column.unit_hint
    totals = [row for row in rows if _is_total(builder, row)]
    total = _value_text(builder, layout, value_column, totals[0]) if totals else None
    numbers = total.quantities() if total is not None else ()
    target = builder.add_target(
        commitment_id,
        name,
        total,
        numbers[0] if numbers else None,
        hint,
        as_printed=total.text if total is not None else name,
    )
    for row in rows:
        if row not in totals:
            _read_share(builder, layout, value_column, row, target.target_id, hint)


def _is_total(builder: FactsBuilder, row: PlanRow) -> bool:
    region = row.first("region")
    text = clean_header(region.cell.text) if region is not None else ""
    headers = builder.vocabulary.headers
    return headers.is_total(text) and not headers.is_subtotal(text)


def _value_text(
    builder: FactsBuilder, layout: TableLayout, column: Column, row: PlanRow
) -> SourceText | None:
    cell = layout.table.grid[row.index][column.index]
    return builder.ledger.of_cell(layout.table.number, cell) if cell is not None else None


def _read_share(
    builder: FactsBuilder,
    layout: TableLayout,
    column: Column,
    row: PlanRow,
    target_id: str,
    hint: UnitHint | None,
) -> None:
    text = _value_text(builder, layout, column, row)
    named = row.first("region")
    quantities = text.quantities() if text is not None else ()
    if text is None or not quantities:
        return
    name = clean_header(named.cell.text) if named is not None else ""
    region = builder.vocabulary.regions.resolve(name, within=builder.document.region_code)
    if region is None or len(quantities) != 1:
        builder.notice(
            "unread_share",
            f"The figure beside “{name}” could not be attached to a region.",
            text,
            vocabulary="regions.csv",
            suggestion=name,
        )
        return
    if region.kind == "provisional":
        queue_region(builder, region)
    target = next(t for t in builder.targets if t.target_id == target_id)
    add_share(builder, text, quantities[0], region, target, hint)

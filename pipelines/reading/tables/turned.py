"""Tables that list regions down the side: each column is a task, each row a region's figures.

Belongs here: only this turned layout. A task may take several columns under one header (planned,
done, percent). Tables with a column per region are read by `shares.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.records import Cell
from pipelines.facts import Commitment, Target
from pipelines.reading.language.counted import indicator_of
from pipelines.reading.language.units import UnitHint, measure
from pipelines.reading.recording.allocations import add_share, find_stated_target, queue_region
from pipelines.reading.recording.builder import FactsBuilder
from pipelines.reading.recording.ledger import SourceText
from pipelines.reading.recording.matching import ReportedFigure, add_report
from pipelines.reading.recording.responsibilities import add_bodies
from pipelines.reading.recording.results import period_end
from pipelines.reading.recording.targets import CommitmentTargets, hold_against
from pipelines.reading.tables.layout import BRACKETED_UNIT, Column, TableLayout, clean_header
from pipelines.reading.tables.lines import RowKind, classify_row
from pipelines.vocabulary import RegionMatch

ROW_KEYS = frozenset(
    {"item_no", "region", "remark", "category", "lead", "support", "responsible"}
    | {"on_schedule", "rank", "comparison"}
)
REPORT_ROLES = ("done_value", "progress", "percent")


@dataclass(frozen=True, slots=True)
class _Task:
    """A task with the columns that stand under its header."""

    name: str
    header: Cell
    columns: tuple[Column, ...]
    goal: Cell | None = None
    """A storey below the name that states the target; a name may stand over several."""
    is_captioned: bool = False
    """Whether the name stands above the table: its columns are all of one task."""

    def having(self, *roles: str | None) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role in roles)


def has_region_rows(layout: TableLayout) -> bool:
    """Whether the regions stand down the side of this table."""
    return layout.has("region") and not layout.has("allocation")


def read_region_rows(builder: FactsBuilder, layout: TableLayout) -> None:
    """Record a commitment and target for each task, each region's share and what it reports."""
    region_column = layout.having("region")[0]
    total_row = _total_row(builder, layout, region_column)
    tasks = _tasks(layout)
    for task, target in zip(tasks, _read_tasks(builder, layout, tasks, total_row), strict=True):
        for row in range(layout.first_row, layout.table.n_rows):
            kind = classify_row(layout, row, builder.vocabulary)
            if kind in (RowKind.NOTE, RowKind.SECTION) or (
                kind == RowKind.TOTAL and row != total_row
            ):
                continue
            region = _region_of_row(builder, layout, row, region_column)
            if region is None and row != total_row:
                _queue_unknown_row(builder, layout, row, region_column)
                continue
            _read_row(builder, layout, task, row, region, target)


def _tasks(layout: TableLayout) -> list[_Task]:
    """Neighbouring columns under one header cell are one task."""
    tasks: list[_Task] = []
    for column in layout.columns:
        if column.role in ROW_KEYS or not column.header:
            continue
        header = _header_cell(layout, column)
        goal = column.goals[-1] if column.goals else None
        if column.names and any(o.goals for o in layout.columns if o.names[:1] == column.names[:1]):
            header = column.names[0]
            goal = goal or (column.names[-1] if len(column.names) > 1 else None)
        is_nameless = not column.names and layout.caption_name is not None
        if tasks and (
            (tasks[-1].header is header and tasks[-1].goal is goal)
            or (is_nameless and tasks[-1].is_captioned)
        ):
            last = tasks.pop()
            tasks.append(replace(last, columns=(*last.columns, column)))
        else:
            name = layout.caption_name if is_nameless else None
            own = name or clean_header(header.text)
            if goal is None:
                own = BRACKETED_UNIT.sub("", own)
            tasks.append(_Task(own, header, (column,), goal, is_captioned=name is not None))
    return tasks


def _header_cell(layout: TableLayout, column: Column) -> Cell:
    """The deepest header cell that names the task; where none does, the topmost."""
    if column.names:
        return column.names[-1]
    for row in range(layout.header_start, layout.first_row):
        cell = layout.table.grid[row][column.index]
        if cell is not None and cell.text.strip():
            return cell
    raise AssertionError("a task column has a header")


def _text(builder: FactsBuilder, layout: TableLayout, cell: Cell) -> SourceText:
    return builder.ledger.of_cell(layout.table.number, cell)


def _total_row(builder: FactsBuilder, layout: TableLayout, region_column: Column) -> int | None:
    """The row of grand totals: named so, or named for the document's own region."""
    own = builder.document.region_code
    for row in range(layout.first_row, layout.table.n_rows):
        for cell in layout.table.grid[row][: region_column.index + 1]:
            text = clean_header(cell.text) if cell is not None else ""
            if not text or builder.vocabulary.headers.is_subtotal(text):
                continue
            if builder.vocabulary.headers.is_total(text):
                return row
            match = builder.vocabulary.regions.resolve(text) if own else None
            if match is not None and match.region_code == own:
                return row
    return None


def _read_tasks(
    builder: FactsBuilder, layout: TableLayout, tasks: Sequence[_Task], total_row: int | None
) -> list[Target]:
    """The targets of all tasks, in their order."""
    target_ids: list[str] = []
    commitments: dict[tuple[int, int], CommitmentTargets] = {}
    for position, task in enumerate(tasks, start=1):
        if task.goal is None:
            target = _read_task(builder, layout, task, position, total_row)
        else:
            key = (task.header.row, task.header.col)
            if key not in commitments:
                commitment_id = _add_commitment(
                    builder, layout, replace(task, columns=()), position, task.name
                )
                commitments[key] = CommitmentTargets(commitment_id)
            target = _add_goal(builder, layout, task, commitments[key].commitment_id)
        target_ids.append(target.target_id)
    for key, found in commitments.items():
        own = [
            (task, target_id)
            for task, target_id in zip(tasks, target_ids, strict=True)
            if (task.header.row, task.header.col) == key
        ]
        header = own[0][0].header
        hold_against(builder, _text(builder, layout, header), found, header.row, names_rows=True)
        _add_leads(builder, layout, found.commitment_id, own)
    by_id = {target.target_id: target for target in builder.targets}
    return [by_id[target_id] for target_id in target_ids]


def _add_goal(
    builder: FactsBuilder, layout: TableLayout, task: _Task, commitment_id: str
) -> Target:
    """The target that a storey below the task's name states, in a figure or in words."""
    assert task.goal is not None
    text = _text(builder, layout, task.goal)
    numbers = text.quantities()
    name = task.name if numbers else clean_header(text.text)
    number = numbers[0] if numbers else None
    hint = _hint(task.columns) if number is not None else None
    return builder.add_target(commitment_id, name, text, number, hint, as_printed=text.text)


def _add_leads(
    builder: FactsBuilder,
    layout: TableLayout,
    commitment_id: str,
    tasks: Sequence[tuple[_Task, str]],
) -> None:
    """The bodies named in the header: of the whole commitment where all its tasks name the same."""
    leads = {
        (lead.row, lead.col): (lead, target_id)
        for task, target_id in reversed(tasks)
        for column in task.columns
        for lead in column.leads
    }
    differ = len({clean_header(lead.text) for lead, _ in leads.values()}) > 1
    for _, (lead, target_id) in sorted(leads.items()):
        own = target_id if differ else None
        add_bodies(builder, commitment_id, own, "lead", _text(builder, layout, lead))


def _read_task(
    builder: FactsBuilder, layout: TableLayout, task: _Task, position: int, total_row: int | None
) -> Target:
    """The target of a task: one that another table states, or a new one with its commitment."""
    text = _text(builder, layout, task.header)
    stated = text.quantities()
    subject = indicator_of(text.text, stated[0], text.numbers) if stated else task.name
    total = _total_cell(builder, layout, task, total_row)
    number = total.quantities()[0] if total is not None and total.quantities() else None
    hint = _hint(task.columns) or layout.caption_unit
    known = find_stated_target(
        builder, task.name, hint, measure(number, hint) if number is not None else None, None
    )
    if known is not None:
        if number is not None and total is not None:
            builder.ledger.claim(total, number, "target", known.target_id, measure(number, hint))
        return known
    commitment_id = _add_commitment(builder, layout, task, position, subject)
    if total is None or number is None:
        printed = stated[0] if stated else None
        return builder.add_target(commitment_id, subject, text, printed, hint, as_printed=text.text)
    target = builder.add_target(commitment_id, subject, total, number, hint, as_printed=total.text)
    for echo in stated:
        builder.ledger.claim(text, echo, "target", target.target_id)
    return target


def _add_commitment(
    builder: FactsBuilder, layout: TableLayout, task: _Task, position: int, subject: str
) -> str:
    commitment_id = builder.identify(f"{layout.table.number}-{position}")
    builder.commitments.append(
        Commitment(
            commitment_id=commitment_id,
            document_id=builder.document.document_id,
            item_no=None,
            category=None,
            title=subject,
            detail=None,
            region_code=builder.document.region_code,
            plan_year=builder.document.plan_year,
            due_on=None,
            page=task.header.page,
            table_no=layout.table.number,
            row_no=task.header.row + 1,
            as_printed=task.header.text,
        )
    )
    for column in task.columns:
        for lead in column.leads:
            add_bodies(builder, commitment_id, None, "lead", _text(builder, layout, lead))
    return commitment_id


def _hint(columns: Sequence[Column]) -> UnitHint | None:
    return next((c.unit_hint for c in columns if c.unit_hint is not None), None)


def _total_cell(
    builder: FactsBuilder, layout: TableLayout, task: _Task, total_row: int | None
) -> SourceText | None:
    plans = task.having("goal_value", "goal", None) or task.having("total")
    if total_row is None or not plans:
        return None
    cell = layout.table.grid[total_row][plans[0].index]
    return _text(builder, layout, cell) if cell is not None else None


def _read_row(
    builder: FactsBuilder,
    layout: TableLayout,
    task: _Task,
    row: int,
    region: RegionMatch | None,
    target: Target,
) -> None:
    for column in task.columns:
        cell = layout.table.grid[row][column.index]
        if cell is None or cell.row != row or cell.col != column.index:
            continue
        text = _text(builder, layout, cell)
        quantities = text.quantities()
        if not quantities:
            continue
        if len(quantities) > 1:
            builder.notice(
                "unread_share",
                f"A cell under “{column.header}” holds {len(quantities)} figures; they cannot be "
                "told apart.",
                text,
            )
            continue
        number = quantities[0]
        if column.role in REPORT_ROLES:
            hint = UnitHint("%") if column.role == "percent" else column.unit_hint
            quantity = measure(number, hint or _hint(task.columns) or layout.caption_unit)
            as_of = period_end(column, builder.document.plan_year) or builder.document.as_of
            on_target = target if region is None and column.role != "percent" else None
            figure = ReportedFigure(number, quantity, target.indicator, as_of, text.simplified)
            add_report(
                builder,
                text,
                figure,
                target.commitment_id,
                on_target,
                region_code=region.region_code if region is not None else None,
            )
        elif region is not None and not builder.ledger.is_claimed(text, number):
            hint = _hint(task.columns) or layout.caption_unit
            add_share(builder, text, number, region, target, hint)


def _region_of_row(
    builder: FactsBuilder, layout: TableLayout, row: int, region_column: Column
) -> RegionMatch | None:
    cell = layout.table.grid[row][region_column.index]
    name = clean_header(cell.text) if cell is not None else ""
    if not name or builder.vocabulary.headers.is_total(name):
        return None
    region = builder.vocabulary.regions.resolve(name, within=builder.document.region_code)
    if region is None or region.region_code == builder.document.region_code:
        return None
    if region.kind == "provisional":
        queue_region(builder, region)
    return region


def _queue_unknown_row(
    builder: FactsBuilder, layout: TableLayout, row: int, region_column: Column
) -> None:
    """A row whose label is no region keeps its figures unresolved, and is named."""
    cell = layout.table.grid[row][region_column.index]
    name = clean_header(cell.text) if cell is not None else ""
    if cell is None or not name or builder.vocabulary.headers.is_total(name):
        return
    builder.notice(
        "unknown_region",
        f"“{name}” is no region that is known; the figures of its row were not attached.",
        _text(builder, layout, cell),
        as_printed=name,
        vocabulary="regions.csv",
        suggestion=name,
    )

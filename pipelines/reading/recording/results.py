"""Progress of a commitment: 完成情况 texts, counts done, shares done, joined to its own targets.

Belongs here: walking the progress columns of a commitment's rows. Does not belong here: what a
progress text says (`reported.py`), or choosing a target for a figure (`reports.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from pipelines.facts import Target
from pipelines.quantities.grammar import NumberKind
from pipelines.reading.clauses.accomplished import Reported, read_progress
from pipelines.reading.clauses.expectations import PERCENT, NumberRole
from pipelines.reading.language.dates import Precision, Relation, find_dates
from pipelines.reading.language.passage import clause_around
from pipelines.reading.language.units import Quantity, UnitHint, measure
from pipelines.reading.language.words import match_words
from pipelines.reading.recording.builder import FactsBuilder
from pipelines.reading.recording.ledger import SourceText
from pipelines.reading.recording.matching import (
    ReportedFigure,
    add_nothing_done,
    add_report,
    choose_targets,
)
from pipelines.reading.recording.targets import CommitmentTargets, is_figure_alone, unit_of_row
from pipelines.reading.tables.layout import Column, TableLayout
from pipelines.reading.tables.lines import CommitmentRows

PROGRESS_ROLES = ("progress", "done_value", "percent")


def read_progress_cells(
    builder: FactsBuilder, layout: TableLayout, group: CommitmentRows, found: CommitmentTargets
) -> None:
    """Record what the progress columns of a commitment's rows report."""
    for row in group.rows:
        slots = [slot for slot in row.all(*PROGRESS_ROLES) if slot.is_first]
        for slot in sorted(slots, key=lambda slot: slot.column.role == "progress"):
            text = builder.ledger.of_cell(layout.table.number, slot.cell)
            as_of = period_end(slot.column, builder.document.plan_year) or builder.document.as_of
            covered = range(slot.cell.row, slot.cell.row + slot.cell.row_span)
            ids = [i for r in covered for i in found.by_row.get(r, ())]
            if slot.column.role != "progress" or is_figure_alone(text):
                hint = unit_of_row(builder, layout, row)
                _add_bare(builder, text, slot.column, hint, found.commitment_id, ids, as_of)
            else:
                counted = _counted(builder, ids, as_of)
                add_progress(builder, text, found.commitment_id, ids, as_of, counted)


def _counted(
    builder: FactsBuilder, target_ids: Sequence[str], as_of: date | None
) -> dict[str, Decimal]:
    """What a row's columns of counts say of its targets on that day."""
    return {
        report.target_id: report.value
        for report in builder.reports
        if report.target_id is not None
        and report.target_id in target_ids
        and report.as_of == as_of
        and report.value is not None
    }


def period_end(column: Column, plan_year: int | None) -> date | None:
    """The last day that a progress column speaks for, from its header (`1-3月完成情况`)."""
    days = [
        mention.ends_on
        for mention in find_dates(column.header, plan_year)
        if mention.ends_on is not None
        and (mention.precision != Precision.YEAR or mention.relation == Relation.BY)
    ]
    return max(days, default=None)


def is_before_plan(builder: FactsBuilder, as_of: date | None) -> bool:
    """Whether what is told was done before the plan's year began: it meets none of its targets."""
    year = builder.document.plan_year
    return as_of is not None and year is not None and as_of.year < year


def add_progress(
    builder: FactsBuilder,
    text: SourceText,
    commitment_id: str,
    target_ids: Sequence[str] | None,
    as_of: date | None,
    counted: Mapping[str, Decimal] | None = None,
) -> None:
    """Record the figures of one progress text; `target_ids` narrows the targets to its row's.

    `counted` is what the row's columns of counts say of its targets already.
    """
    as_of = as_of or builder.document.as_of
    reading = read_progress(text.text, as_of, builder.document.plan_year)
    targets = [
        t
        for t in builder.targets_of(commitment_id)
        if t.value is not None and (target_ids is None or t.target_id in target_ids)
    ]
    if is_before_plan(builder, as_of):
        targets = []
    if reading.nothing_done:
        add_nothing_done(builder, text, commitment_id, targets, as_of)
    sub_items = max((item.position or 0 for item in reading.items), default=0)
    done = [
        r for r in reading.reported if r.role == NumberRole.REPORT and r.number.value is not None
    ]
    results = [r for r in done if r.is_result and not r.is_share]
    figures = [_figure(r, text, sub_items, reading.reported) for r in results]
    chosen = dict(
        zip(
            (id(r) for r in results),
            choose_targets(builder, figures, targets, counted),
            strict=True,
        )
    )
    for reported in done:
        figure = _figure(reported, text, sub_items, reading.reported)
        add_report(builder, text, figure, commitment_id, chosen.get(id(reported)))
    for reported in reading.reported:
        if reported.number.kind == NumberKind.UNRESOLVED or reported in done:
            continue
        if not builder.ledger.is_claimed(text, reported.number):
            builder.ledger.claim(text, reported.number, str(reported.role))


def _figure(
    reported: Reported, text: SourceText, sub_items: int, among: Sequence[Reported]
) -> ReportedFigure:
    number = reported.number
    return ReportedFigure(
        number=number,
        quantity=Quantity(number.value, number.unit),
        indicator=reported.indicator,
        context=reported.context,
        is_cumulative=reported.is_cumulative,
        as_of=reported.as_of,
        text=text.simplified,
        clause=clause_around(text.text, number),
        sub_item=reported.sub_item - 1 if reported.sub_item is not None else None,
        sub_items=sub_items,
    )


def _add_bare(
    builder: FactsBuilder,
    text: SourceText,
    column: Column,
    hint: UnitHint | None,
    commitment_id: str,
    target_ids: Sequence[str],
    as_of: date | None,
) -> None:
    """A column of counts done reports on its row's target; a share done on none by itself."""
    quantities = text.quantities()
    if not quantities:
        add_progress(builder, text, commitment_id, target_ids, as_of)
        return
    targets = [t for t in builder.targets if t.target_id in target_ids and t.value is not None]
    if is_before_plan(builder, as_of):
        targets = []
    is_share = column.role == "percent"
    if is_share:
        hint = UnitHint(PERCENT)
    for position, number in enumerate(quantities):
        quantity = measure(number, hint or column.unit_hint)
        target = None
        if not is_share:
            target = _target_at(builder, quantity.unit, targets, position, len(quantities))
        if quantity.unit is None and target is not None:
            quantity = Quantity(quantity.value, target.unit)
        indicator = target.indicator if target is not None else column.header.replace("/", "")
        figure = ReportedFigure(
            number,
            quantity,
            indicator,
            as_of,
            text.simplified,
            is_cumulative=match_words("single_period").search(column.header) is None,
        )
        add_report(builder, text, figure, commitment_id, target)


def _target_at(
    builder: FactsBuilder,
    unit: str | None,
    targets: Sequence[Target],
    position: int,
    count: int,
) -> Target | None:
    """The target that a bare count reports on: the only one, the only one of its unit, or the one
    at its place where a cell lists as many counts as the row has targets."""
    candidates = [
        t for t in targets if unit is None or builder.vocabulary.units.agree(t.unit, unit)
    ]
    if len(candidates) == 1:
        return candidates[0]
    if len(targets) == count and targets[position] in candidates:
        return targets[position]
    return None

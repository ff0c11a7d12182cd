"""Dated steps of a commitment, joined to the targets that they measure.

Belongs here: which of a commitment's targets a step's figure is a step of. Does not belong here:
how a schedule is cut into steps (`schedule.py`), or whether steps rise and end on the target.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pipelines.facts import Milestone, Target
from pipelines.reading.clauses.expectations import PERCENT, Expectation, ExpectationKind, NumberRole
from pipelines.reading.clauses.schedule import Step, read_schedule
from pipelines.reading.language.dates import find_dates
from pipelines.reading.language.likeness import head, likeness, strip_action
from pipelines.reading.language.units import Quantity, UnitHint, measure
from pipelines.reading.language.words import list_words, match_words
from pipelines.reading.recording.builder import FactsBuilder
from pipelines.reading.recording.ledger import SourceText
from pipelines.reading.recording.targets import CommitmentTargets, is_bare_quantity, unit_of_row
from pipelines.reading.tables.layout import TableLayout, clean_header
from pipelines.reading.tables.lines import CommitmentRows

SHARE_PLACES = Decimal("0.0001")
HEADING_LIKENESS = 0.5
"""Heading and indicator share half of their character pairs, or the heading names no target."""
PER_CENT = Decimal(100)
WORDS_IN_COMMON = 0.2
"""Share of character pairs below which a step of the same unit measures something else."""


def read_steps(
    builder: FactsBuilder, layout: TableLayout, group: CommitmentRows, found: CommitmentTargets
) -> None:
    """Record the steps of a commitment from its schedule cells and its quarters' goals."""
    for row in group.rows:
        for slot in row.all("schedule"):
            if slot.is_first:
                text = builder.ledger.of_cell(layout.table.number, slot.cell)
                covered = range(slot.cell.row, slot.cell.row + slot.cell.row_span)
                ids = [i for r in covered for i in found.by_row.get(r, ())]
                due = _end_of_period(slot.column.header, builder.document.plan_year)
                add_steps(builder, text, found.commitment_id, ids or None, due)
        for slot in row.all("quarter_goal"):
            if slot.is_first:
                text = builder.ledger.of_cell(layout.table.number, slot.cell)
                due = _end_of_period(slot.column.header, builder.document.plan_year)
                ids = found.by_row.get(row.index, [])
                if not is_bare_quantity(text):
                    add_steps(builder, text, found.commitment_id, ids or None, due)
                    continue
                hint = unit_of_row(builder, layout, row) or slot.column.unit_hint
                _add_period_goal(builder, text, found.commitment_id, ids, due, hint)


def add_steps(
    builder: FactsBuilder,
    text: SourceText,
    commitment_id: str,
    target_ids: Sequence[str] | None,
    due_on: date | None = None,
) -> None:
    """Record the steps of one schedule text.

    `target_ids` narrows the targets that it may mean; `due_on` is the day of a column for a part of
    the year, for words that name no day themselves.
    """
    if builder.vocabulary.is_blank(clean_header(text.text)):
        return
    targets = [
        t
        for t in builder.targets_of(commitment_id)
        if t.value is not None and (target_ids is None or t.target_id in target_ids)
    ]
    for step in read_schedule(text.text, builder.document.plan_year, due_on):
        narrowed = _narrow_by_heading(step.applies_to, targets)
        own_targets = narrowed if narrowed else targets
        is_dated = step.due_on is not None or step.starts_on is not None
        if step.expectations:
            for expectation in step.expectations:
                if expectation.number is None and not is_dated:
                    continue
                _add_expectation(builder, text, commitment_id, step, expectation, own_targets)
        elif is_dated:
            only = own_targets[0].target_id if len(own_targets) == 1 else None
            _add(builder, text, commitment_id, step, only, None, None, None)
        _claim_numbers(builder, text, step, narrowed)


def _claim_numbers(
    builder: FactsBuilder, text: SourceText, step: Step, narrowed: Sequence[Target]
) -> None:
    for placed in step.numbers:
        if builder.ledger.is_claimed(text, placed.number):
            continue
        role = str(placed.role)
        fact_id = None
        if placed.role == NumberRole.TARGET and len(narrowed) == 1:
            fact_id = narrowed[0].target_id
        if placed.role != NumberRole.UNRESOLVED:
            builder.ledger.claim(text, placed.number, role, fact_id)


def _narrow_by_heading(heading: str | None, targets: Sequence[Target]) -> list[Target]:
    """The target that a heading (`[分配公租房实物配租房源6000套]`) names, or none."""
    if not heading or not targets:
        return []
    scored = sorted(((likeness(heading, t.indicator), t) for t in targets), key=lambda p: -p[0])
    if scored[0][0] < HEADING_LIKENESS or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return []
    return [scored[0][1]]


def _add_expectation(
    builder: FactsBuilder,
    text: SourceText,
    commitment_id: str,
    step: Step,
    expectation: Expectation,
    targets: Sequence[Target],
) -> None:
    """One milestone for each target that the expectation speaks of, or one that hangs on none."""
    chosen = _choose_targets(builder, expectation, targets)
    if not chosen:
        _add(
            builder, text, commitment_id, step, None, expectation, expectation.expected_value, None
        )
        return
    for target in chosen:
        value, share = _resolve(expectation, target)
        _add(builder, text, commitment_id, step, target.target_id, expectation, value, share)


def _choose_targets(
    builder: FactsBuilder, expectation: Expectation, targets: Sequence[Target]
) -> Sequence[Target]:
    """The targets that an expectation measures: of its unit, then of its value or its words."""
    if expectation.kind == ExpectationKind.SHARE:
        # A share of the task is one of what is counted; a rate has its own steps.
        return [t for t in targets if t.unit != PERCENT] or targets
    agreeing = [t for t in targets if builder.vocabulary.units.agree(t.unit, expectation.unit)]
    if expectation.is_start:
        # What is begun is not done, unless beginning it is what the target promises (新开工).
        agreeing = [t for t in agreeing if match_words("start_cue").search(t.indicator)]
    if not agreeing:
        return []
    if len(agreeing) == 1:
        return agreeing if _speaks_of(expectation, agreeing[0]) else []
    same_value = [t for t in agreeing if t.value == expectation.expected_value]
    if len(same_value) == 1:
        return same_value
    words = strip_action(expectation.indicator)
    scored = sorted(
        ((likeness(words, strip_action(t.indicator)), t) for t in agreeing),
        key=lambda pair: -pair[0],
    )
    return [scored[0][1]] if scored[0][0] > scored[1][0] else []


def _speaks_of(expectation: Expectation, target: Target) -> bool:
    """Whether a step is one of the target: it asks for no more, or says the same words."""
    words, thing = strip_action(expectation.indicator), strip_action(target.indicator)
    if not words or words in list_words("action"):
        return True
    if target.value is None or expectation.expected_value is None:
        return True
    # Other words alone do not make it another thing (累计完工通水100个); more than all of it does.
    is_part_of_it = expectation.expected_value <= target.value
    return is_part_of_it or likeness(words, thing) >= WORDS_IN_COMMON or head(words) == head(thing)


def _resolve(expectation: Expectation, target: Target) -> tuple[Decimal | None, Decimal | None]:
    """Expected value and share: a share gets its value from the target; a rate is a value."""
    share = expectation.expected_share
    if expectation.kind != ExpectationKind.SHARE or target.value is None or share is None:
        return expectation.expected_value, None
    if target.unit == PERCENT and not expectation.is_implied and expectation.number is not None:
        return share * PER_CENT, None
    return (share * target.value).quantize(SHARE_PLACES), share


def _add(
    builder: FactsBuilder,
    text: SourceText,
    commitment_id: str,
    step: Step,
    target_id: str | None,
    expectation: Expectation | None,
    value: Decimal | None,
    share: Decimal | None,
) -> None:
    milestone_id = _next_id(builder, commitment_id)
    number = expectation.number if expectation is not None else None
    figure_id = None
    if number is not None:
        figure_id = builder.ledger.claim(text, number, "milestone", milestone_id)
    target = next((t for t in builder.targets if t.target_id == target_id), None)
    unit = expectation.unit if expectation is not None else None
    if share is not None and target is not None:
        unit = target.unit
    builder.milestones.append(
        Milestone(
            milestone_id=milestone_id,
            commitment_id=commitment_id,
            target_id=target_id,
            document_id=builder.document.document_id,
            starts_on=step.starts_on,
            due_on=step.due_on,
            expected_value=value,
            expected_share=share,
            unit=unit,
            comparator=expectation.comparator if expectation is not None else "=",
            is_cumulative=expectation.is_cumulative if expectation is not None else True,
            repeats=expectation.repeats if expectation is not None else None,
            text=step.text,
            as_printed=text.text[step.start : step.end],
            figure_id=figure_id,
        )
    )


def _next_id(builder: FactsBuilder, commitment_id: str) -> str:
    count = sum(1 for m in builder.milestones if m.commitment_id == commitment_id)
    suffix = commitment_id.removeprefix(builder.document.document_id + "/")
    return builder.identify(suffix, f"m{count + 1}")


def _end_of_period(header: str, plan_year: int | None) -> date | None:
    days = [m.ends_on for m in find_dates(header, plan_year) if m.ends_on is not None]
    return max(days, default=None)


def _add_period_goal(
    builder: FactsBuilder,
    text: SourceText,
    commitment_id: str,
    target_ids: Sequence[str],
    due: date | None,
    hint: UnitHint | None,
) -> None:
    """A goal for a part of the year is a step: cumulative, as such columns are printed."""
    targets = [t for t in builder.targets if t.target_id in target_ids and t.value is not None]
    for number in text.quantities():
        quantity = measure(number, hint)
        target = _target_of(builder, quantity.unit, targets)
        milestone_id = _next_id(builder, commitment_id)
        figure_id = builder.ledger.claim(text, number, "milestone", milestone_id, quantity)
        is_share = quantity.unit == PERCENT and (target is None or target.unit != PERCENT)
        share = None
        if is_share and quantity.value is not None:
            share = quantity.value / PER_CENT
            whole = target.value if target is not None else None
            value = share * whole if whole is not None else None
            quantity = Quantity(value, target.unit if target is not None else None)
        builder.milestones.append(
            Milestone(
                milestone_id=milestone_id,
                commitment_id=commitment_id,
                target_id=target.target_id if target else None,
                document_id=builder.document.document_id,
                starts_on=None,
                due_on=due,
                expected_value=quantity.value,
                expected_share=share,
                unit=quantity.unit or (target.unit if target else None),
                comparator=number.comparator,
                is_cumulative=True,
                text=text.simplified,
                as_printed=text.text,
                figure_id=figure_id,
            )
        )


def _target_of(builder: FactsBuilder, unit: str | None, targets: Sequence[Target]) -> Target | None:
    """The target of a row that a figure without words belongs to, where only one can be meant."""
    if len(targets) == 1:
        return targets[0]
    same = [t for t in targets if builder.vocabulary.units.agree(t.unit, unit)]
    return same[0] if len(same) == 1 else None

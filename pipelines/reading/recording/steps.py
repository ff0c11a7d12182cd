"""The dated steps of a line, joined to the targets that they measure.

Belongs here: schedules and goals for parts of the year. Does not belong here: how a schedule is cut
into steps (`clauses.schedule`), or whether steps rise and end on the target.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipelines.facts import Milestone, Target
from pipelines.quantities.grammar import NumberKind
from pipelines.reading.clauses.expectations import Expectation, StepNumber
from pipelines.reading.clauses.rules import NumberRole
from pipelines.reading.clauses.schedule import Step, read_schedule
from pipelines.reading.clauses.step_rules import ExpectationKind
from pipelines.reading.language.dates import find_dates
from pipelines.reading.language.passage import read_passage
from pipelines.reading.language.text import Text
from pipelines.reading.language.units import PERCENT, Quantity, measure
from pipelines.reading.recording.line_record import LineRecord, rule_of
from pipelines.reading.recording.matching import Claimant, Matcher
from pipelines.reading.recording.statements import record_step_words
from pipelines.reading.rows import Field, Row

SHARE_PLACES = Decimal("0.0001")
PER_CENT = Decimal(100)


def record_steps(record: LineRecord) -> None:
    """Record the steps of a line from its schedules and its goals for parts of the year."""
    for row in record.line.rows:
        for field in row.all("schedule"):
            if field.is_first:
                _add_schedule(record, field, record.targets_under(field))
        for field in row.all("quarter_goal"):
            if field.is_first:
                _add_period_field(record, row, field)


def _add_period_field(record: LineRecord, row: Row, field: Field) -> None:
    ids = record.targets_in_force(row)
    if field.text.is_bare_quantity:
        _add_period_goal(record, row, field, ids)
    else:
        _add_schedule(record, field, ids)


def _add_schedule(record: LineRecord, field: Field, target_ids: Sequence[str] | None) -> None:
    """Record the steps of one schedule text; `target_ids` narrows the targets that it may mean."""
    text = field.text
    if text.is_blank:
        return
    due = _end_of_period(record, field)
    targets = [
        t
        for t in record.targets
        if t.value is not None and (not target_ids or t.target_id in target_ids)
    ]
    matcher = Matcher(record.vocabulary)
    for step in read_schedule(text, record.book.plan_year, due):
        named = matcher.named(step.applies_to, targets)
        known = len(record.book.milestones)
        _record_step(record, text, step, [named] if named is not None else targets)
        if len(record.book.milestones) == known:
            record_step_words(record, text, step.start, step.end)
        for placed in step.numbers:
            _claim(record, text, placed, named)


def _record_step(record: LineRecord, text: Text, step: Step, targets: Sequence[Target]) -> None:
    is_dated = step.due_on is not None or step.starts_on is not None
    for expectation in step.expectations:
        if expectation.is_implied and not is_dated:
            continue
        chosen = _choose_targets(record, expectation, targets)
        for target in chosen:
            _add(record, text, step, _Expected.of(expectation, target))
        if not chosen:
            _add(record, text, step, _Expected(expectation, None, expectation.expected_value))
    if not step.expectations and is_dated:
        only = targets[0] if len(targets) == 1 else None
        _add(record, text, step, _Expected(None, only, None))


def _claim(record: LineRecord, text: Text, placed: StepNumber, named: Target | None) -> None:
    if record.ledger.is_claimed(text, placed.number):
        return
    if placed.number.kind is NumberKind.UNRESOLVED:
        # The grammar knows no more of it than the field that it stands in may.
        return
    is_goal = placed.role is NumberRole.TARGET and named is not None
    fact_id = named.target_id if is_goal and named is not None else None
    record.ledger.claim(text, placed.number, str(placed.role), placed.rule, fact_id)


def _choose_targets(
    record: LineRecord, expectation: Expectation, targets: Sequence[Target]
) -> Sequence[Target]:
    """The targets that an expectation measures; a share of the task is one of all that is
    counted."""
    if expectation.kind is ExpectationKind.SHARE:
        # A rate has its own steps.
        return [t for t in targets if t.unit != PERCENT] or targets
    claimant = Claimant(
        expectation.indicator,
        expectation.expected_value,
        expectation.unit,
        is_start=expectation.is_start,
    )
    found = Matcher(record.vocabulary).steps_of(claimant, targets)
    return [found] if found is not None else []


@dataclass(frozen=True, slots=True)
class _Expected:
    """What a step expects of a target; all None where it is words only."""

    expectation: Expectation | None
    target: Target | None
    value: Decimal | None
    share: Decimal | None = None

    @classmethod
    def of(cls, expectation: Expectation, target: Target) -> _Expected:
        """Value and share: a share gets its value from the target; a rate is a value."""
        share = expectation.expected_share
        is_share = expectation.kind is ExpectationKind.SHARE
        if not is_share or target.value is None or share is None:
            return cls(expectation, target, expectation.expected_value)
        if target.unit == PERCENT and not expectation.is_implied:
            return cls(expectation, target, share * PER_CENT)
        return cls(expectation, target, (share * target.value).quantize(SHARE_PLACES), share)

    @property
    def unit(self) -> str | None:
        """The unit of the value: the target's for a share of it."""
        if self.share is not None and self.target is not None:
            return self.target.unit
        return self.expectation.unit if self.expectation is not None else None


def _add(record: LineRecord, text: Text, step: Step, expected: _Expected) -> None:
    milestone_id = _next_id(record)
    expectation = expected.expectation
    figure_id = None
    if expectation is not None and expectation.number is not None:
        rule = next((n.rule for n in step.numbers if n.number is expectation.number), "")
        figure_id = record.ledger.claim(text, expectation.number, "milestone", rule, milestone_id)
    record.book.milestones.append(
        Milestone(
            milestone_id=milestone_id,
            commitment_id=record.commitment_id,
            target_id=expected.target.target_id if expected.target is not None else None,
            document_id=record.book.document.document_id,
            starts_on=step.starts_on,
            due_on=step.due_on,
            expected_value=expected.value,
            expected_share=expected.share,
            unit=expected.unit,
            comparator=expectation.comparator if expectation is not None else "=",
            is_cumulative=expectation.is_cumulative if expectation is not None else True,
            repeats=expectation.repeats if expectation is not None else None,
            text=step.text,
            as_printed=text.printed[step.start : step.end],
            figure_id=figure_id,
        )
    )


def _next_id(record: LineRecord) -> str:
    count = sum(1 for m in record.book.milestones if m.commitment_id == record.commitment_id)
    return record.book.identify_under(record.commitment_id, f"m{count + 1}")


def _end_of_period(record: LineRecord, field: Field) -> date | None:
    """The last day of the part of the year that a column is headed by."""
    header = read_passage(field.header, record.vocabulary)
    days = [m.ends_on for m in find_dates(header, record.book.plan_year) if m.ends_on is not None]
    return max(days, default=None)


def _add_period_goal(record: LineRecord, row: Row, field: Field, target_ids: Sequence[str]) -> None:
    """A goal for a part of the year is a step: cumulative, as such columns are printed."""
    hint = record.unit_of(row) or field.unit
    targets = [t for t in record.book.targets_by_id(list(target_ids)) if t.value is not None]
    for number in field.text.quantities:
        quantity = measure(number, hint)
        target = Matcher(record.vocabulary).only(targets, quantity.unit)
        milestone_id = _next_id(record)
        figure_id = record.ledger.claim(
            field.text, number, "milestone", rule_of(field), milestone_id, quantity
        )
        share = None
        is_share = quantity.unit == PERCENT and (target is None or target.unit != PERCENT)
        if is_share and quantity.value is not None:
            share = quantity.value / PER_CENT
            whole = target.value if target is not None else None
            value = share * whole if whole is not None else None
            quantity = Quantity(value, target.unit if target is not None else None)
        record.book.milestones.append(
            Milestone(
                milestone_id=milestone_id,
                commitment_id=record.commitment_id,
                target_id=target.target_id if target else None,
                document_id=record.book.document.document_id,
                starts_on=None,
                due_on=_end_of_period(record, field),
                expected_value=quantity.value,
                expected_share=share,
                unit=quantity.unit or (target.unit if target else None),
                comparator=number.comparator,
                is_cumulative=True,
                text=field.text.simplified,
                as_printed=field.text.printed,
                figure_id=figure_id,
            )
        )

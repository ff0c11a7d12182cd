"""The targets of a line, from whichever of its fields state them.

Belongs here: choosing between goals, values, details and titles, and holding the numbers of a title
against the targets beside it (echo, headline, or a promise of its own). Does not belong here:
shares, steps and reports, which hang on the targets found here.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.facts import Target
from pipelines.quantities.grammar import Number, NumberKind
from pipelines.reading.clauses.goals import Promise, read_promises
from pipelines.reading.language.text import Text
from pipelines.reading.recording.line_record import (
    LineRecord,
    Stated,
    name_of,
    rule_of,
    split_named_unit,
)
from pipelines.reading.rows import GOAL_ROLES, Field, Row

ECHO = "line:echo"
"""The number repeats a target of its line."""
HEADLINE = "line:headline"
"""The number sums up targets of its line."""
REPEATED = "line:printed_again"
"""The text is printed again in a row that goes on with the targets above it."""


def record_targets(record: LineRecord) -> None:
    """Record the targets of a line and claim every number that states one."""
    stating = [row for row in record.line.rows if row.states]
    for row in stating:
        _record_goals(record, row)
    has_goals = bool(record.by_row)
    for row in stating:
        _record_details(record, row, has_goals)
    for row in stating:
        _record_titles(record, row)
    for row in record.line.rows:
        if not row.states:
            _claim_repeated(record, row)


def _record_goals(record: LineRecord, row: Row) -> None:
    for field in row.all(*GOAL_ROLES):
        text = field.text
        if not field.is_first:
            record.share(row.index, text)
        elif _is_bare(field):
            _add_bare(record, row, field)
        elif field.role == "goal_value" and not text.quantities:
            if not text.is_blank:
                _add_unmeasured(record, row, text)
        else:
            add_promises(record, row.index, text)
            # A goal in words beside a title (育儿券) promises a thing unmeasured; where no other
            # column names the row, it is its name.
            is_in_words = field.role == "goal" and not text.quantities
            is_divided = record.line.has("allocation", "region")
            if is_in_words and is_divided and record.line.has("title", "sub_title"):
                _add_unmeasured(record, row, text)


def _is_bare(field: Field) -> bool:
    """Whether a field states a figure that its row must name: hardly a word stands in a cell, none
    at all in running text."""
    return field.text.is_figure_alone if field.covers is None else field.text.is_bare_quantity


def _add_bare(record: LineRecord, row: Row, field: Field) -> None:
    hint = record.unit_of(row) or field.unit
    indicator = split_named_unit(name_of(row), record.vocabulary)[0]
    stated = Stated(
        indicator=indicator,
        as_printed=field.text.printed,
        text=field.text,
        number=field.text.quantities[0],
        hint=hint,
        rule=rule_of(field),
        year=field.year,
    )
    target = record.add_target(stated)
    record.add(row.index, field.text, target.target_id)


def _add_unmeasured(record: LineRecord, row: Row, text: Text) -> None:
    target = record.add_target(Stated(text.words, text.printed))
    record.add(row.index, text, target.target_id)


def add_promises(record: LineRecord, row: int, text: Text) -> None:
    """The promises of a text; one that the line already holds is its echo."""
    reading = read_promises(text)
    for promise in reading.promised:
        if record.ledger.is_claimed(text, promise.number):
            continue
        known = _same_promise(record, promise)
        if known is None:
            known = _add_promise(record, text, promise)
        else:
            record.ledger.claim(text, promise.number, "target", ECHO, known.target_id)
        record.add(row, text, known.target_id)
    for qualifying in reading.qualifying:
        if not record.ledger.is_claimed(text, qualifying.number):
            record.ledger.claim(text, qualifying.number, "scope", qualifying.rule)


def _add_promise(record: LineRecord, text: Text, promise: Promise) -> Target:
    # 年度目标为新增学位500个 calls it a goal, and 年度目标500个 names it by its line.
    own = text.language.pattern("goal_called").sub("", promise.indicator)
    stated = Stated(
        indicator=own or record.line.heading.title,
        as_printed=promise.number.as_printed,
        text=text,
        number=promise.number,
        rule=promise.rule,
        context=promise.context,
    )
    return record.add_target(stated)


def _same_promise(record: LineRecord, promise: Promise) -> Target | None:
    for target in record.targets:
        if (
            target.value == promise.number.value
            and target.indicator == promise.indicator
            and target.unit == promise.number.unit
        ):
            return target
    return None


def _record_details(record: LineRecord, row: Row, has_goals: bool) -> None:
    """Details promise where no goal does; beside a goal they describe it."""
    for field in row.all("detail"):
        if not field.is_first:
            if not has_goals:
                record.share(row.index, field.text)
        elif has_goals:
            hold_against(record, field.text, row.index, names_rows=False)
        else:
            add_promises(record, row.index, field.text)


def _record_titles(record: LineRecord, row: Row) -> None:
    """Titles promise where nothing else does; otherwise their numbers are echoes or headlines."""
    for field in row.all("category", "title", "sub_title"):
        if field.role == "category":
            record.ledger.claim_rest(field.text, "scope", rule_of(field))
        elif not field.is_first:
            if not record.by_row.get(row.index):
                record.share(row.index, field.text)
        elif record.targets and record.by_row.get(row.index):
            hold_against(record, field.text, row.index, names_rows=True)
        else:
            add_promises(record, row.index, field.text)


def _claim_repeated(record: LineRecord, row: Row) -> None:
    """A title or goal that is printed in each row says nothing new after the first."""
    ids = record.targets_in_force(row)
    target_id = ids[0] if len(ids) == 1 else None
    for field in row.all("title", "sub_title", *GOAL_ROLES):
        if not field.is_first:
            continue
        for number in field.text.quantities:
            if not record.ledger.is_claimed(field.text, number):
                role = "target" if target_id else "scope"
                record.ledger.claim(field.text, number, role, REPEATED, target_id)


def hold_against(record: LineRecord, text: Text, row: int, names_rows: bool) -> None:
    """Tell what each number of a title or description is to the targets beside it.

    It repeats one of them, or promises something besides. A title (`names_rows`) also says what the
    bare figures beside it count, and may sum them up.
    """
    reading = read_promises(text)
    promises = [p for p in reading.promised if not record.ledger.is_claimed(text, p.number)]
    targets = list(record.targets)
    echoes = match_in_order(record, [p.number for p in promises], targets)
    for promise, target in zip(promises, echoes, strict=True):
        if target is None:
            continue
        record.ledger.claim(text, promise.number, "target", ECHO, target.target_id)
        if names_rows:
            record.book.replace_target(target, indicator=promise.indicator, context=promise.context)
    echoed = {target.target_id for target in echoes if target is not None}
    for position, (promise, echo) in enumerate(zip(promises, echoes, strict=True)):
        if echo is not None:
            continue
        parts = _parts_of(record, promise.number, targets, echoes, position) if names_rows else []
        parts = [part for part in parts if part.target_id not in echoed]
        if parts:
            figure_id = record.ledger.claim(
                text, promise.number, "target", HEADLINE, record.commitment_id
            )
            for part in parts:
                record.book.replace_target(
                    part, indicator=promise.indicator, headline_figure_id=figure_id
                )
                echoed.add(part.target_id)
        else:
            record.add(row, text, _add_promise(record, text, promise).target_id)
    for qualifying in reading.qualifying:
        record.ledger.claim(text, qualifying.number, "scope", qualifying.rule)


def match_in_order(
    record: LineRecord, numbers: Sequence[Number], targets: Sequence[Target]
) -> list[Target | None]:
    """For each number the first target not yet taken of the same value and unit family."""
    taken: set[str] = set()
    result: list[Target | None] = []
    for number in numbers:
        match = next(
            (
                target
                for target in targets
                if target.target_id not in taken
                and target.value == number.value
                and record.vocabulary.units.agree(target.unit, number.unit)
            ),
            None,
        )
        if match is not None:
            taken.add(match.target_id)
        result.append(match)
    return result


def _parts_of(
    record: LineRecord,
    number: Number,
    targets: Sequence[Target],
    echoes: Sequence[Target | None],
    position: int,
) -> list[Target]:
    """The run of targets that a headline number sums up.

    They stand between the targets that the headline's neighbours in the title echo, are not echoed
    themselves and have its unit. Whether they add up is not asked here: that is for the checks.
    """
    if number.kind is not NumberKind.QUANTITY:
        return []
    order = {target.target_id: index for index, target in enumerate(targets)}
    low = max((order[t.target_id] for t in echoes[:position] if t is not None), default=-1)
    high = min(
        (order[t.target_id] for t in echoes[position + 1 :] if t is not None),
        default=len(targets),
    )
    return [
        target
        for target in targets[low + 1 : high]
        if target.value is not None and record.vocabulary.units.agree(target.unit, number.unit)
    ]

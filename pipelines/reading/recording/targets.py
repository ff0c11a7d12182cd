"""The targets of a commitment, from whichever columns of its rows state them.

Belongs here: choosing between goal, value, detail and title columns, and holding the numbers of a
title against the targets beside it (echo, headline, or a promise of its own). Does not belong
here: shares, steps and reports, which hang on the targets found here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.facts import Target
from pipelines.quantities.grammar import Number, NumberKind
from pipelines.reading.clauses.promises import Promise, read_promises
from pipelines.reading.language.units import UnitHint, is_figure_only, read_unit
from pipelines.reading.recording.builder import FactsBuilder
from pipelines.reading.recording.ledger import SourceText
from pipelines.reading.tables.layout import BRACKETED_UNIT, TableLayout, clean_header
from pipelines.reading.tables.lines import CommitmentRows, PlanRow, Slot
from pipelines.vocabulary import Vocabulary

BARE_EXTRA_CHARACTERS = 4
"""Beside its number, unit and comparator, a cell that only states a figure has hardly any text."""


@dataclass(slots=True)
class CommitmentTargets:
    """The targets of a commitment and which of its rows each belongs to."""

    commitment_id: str
    by_row: dict[int, list[str]] = field(default_factory=dict)
    by_text: dict[str, list[str]] = field(default_factory=dict)
    """Target ids by the key of the text that states them."""

    def add(self, row: int, text: SourceText, target_id: str) -> None:
        """Note that a row states, or restates, a target, and in which text."""
        for ids in (self.by_row.setdefault(row, []), self.by_text.setdefault(text.key, [])):
            if target_id not in ids:
                ids.append(target_id)

    def share(self, row: int, text: SourceText) -> None:
        """Note that a text merged over several rows states its targets for this row as well."""
        for target_id in self.by_text.get(text.key, ()):
            self.add(row, text, target_id)


def read_targets(
    builder: FactsBuilder, layout: TableLayout, group: CommitmentRows, commitment_id: str
) -> CommitmentTargets:
    """Record the targets of one commitment and claim every number that states one."""
    found = CommitmentTargets(commitment_id)
    for row in group.rows:
        _read_row(builder, layout, row, found)
    _read_details(builder, layout, group, found)
    _read_titles(builder, layout, group, found)
    return found


def _text(builder: FactsBuilder, layout: TableLayout, slot: Slot) -> SourceText:
    return builder.ledger.of_cell(layout.table.number, slot.cell)


def is_figure_alone(text: SourceText) -> bool:
    """Whether a cell holds one figure and no word besides."""
    quantities = text.quantities()
    if len(quantities) != 1:
        return False
    number = quantities[0]
    rest = text.text[: number.span_start] + text.text[number.span_end :]
    return not any(character.isalnum() for character in rest)


def is_bare_quantity(text: SourceText) -> bool:
    """Whether a cell states one figure and hardly a word besides."""
    quantities = text.quantities()
    if len(quantities) != 1 or len(text.numbers) != 1:
        return False
    number = quantities[0]
    rest = text.text[: number.span_start] + text.text[number.span_end :]
    return len("".join(rest.split())) <= BARE_EXTRA_CHARACTERS


def _read_row(
    builder: FactsBuilder, layout: TableLayout, row: PlanRow, found: CommitmentTargets
) -> None:
    for slot in row.all("goal", "goal_value"):
        text = _text(builder, layout, slot)
        if not slot.is_first:
            found.share(row.index, text)
            continue
        if is_bare_quantity(text):
            _add_bare(builder, layout, row, slot, text, found)
            continue
        if slot.column.role == "goal_value" and not text.quantities():
            if not builder.vocabulary.is_blank(clean_header(text.text)):
                _add_unmeasured(builder, row, text, found)
            continue
        add_promises(builder, row.index, text, found)
        # A goal in words beside a title (育儿券) promises a thing unmeasured; where no other column
        # names the row, it is its name.
        is_goal_in_words = slot.column.role == "goal" and not text.quantities()
        is_divided = layout.has("allocation", "region") and layout.has("title", "sub_title")
        if is_goal_in_words and is_divided:
            _add_unmeasured(builder, row, text, found)


def _add_bare(
    builder: FactsBuilder,
    layout: TableLayout,
    row: PlanRow,
    slot: Slot,
    text: SourceText,
    found: CommitmentTargets,
) -> None:
    number = text.quantities()[0]
    hint = unit_of_row(builder, layout, row) or slot.column.unit_hint
    indicator = split_named_unit(name_row(row), builder.vocabulary)[0]
    target = builder.add_target(
        found.commitment_id, indicator, text, number, hint, as_printed=text.text
    )
    found.add(row.index, text, target.target_id)


def split_named_unit(name: str, vocabulary: Vocabulary) -> tuple[str, UnitHint | None]:
    """A name without the unit in brackets at its end (`农村厕所改造（座）`), and that unit."""
    bracket = BRACKETED_UNIT.search(name)
    hint = read_unit(bracket.group(), vocabulary) if bracket is not None else None
    return (name[: bracket.start()], hint) if bracket is not None and hint else (name, None)


def unit_of_row(builder: FactsBuilder, layout: TableLayout, row: PlanRow) -> UnitHint | None:
    """The unit in the row's unit column, or in brackets after its name.

    One that is not known is queued and kept as printed.
    """
    slot = row.first("unit")
    if slot is None:
        return split_named_unit(name_row(row), builder.vocabulary)[1] or layout.caption_unit
    hint = read_unit(slot.cell.text, builder.vocabulary)
    if hint is not None:
        return hint
    text = clean_header(slot.cell.text)
    builder.notice(
        "unknown_unit",
        f"The unit “{text}” is not in the vocabulary; the figures of its row keep it as printed.",
        builder.ledger.of_cell(layout.table.number, slot.cell),
        vocabulary="units.csv",
        suggestion=text,
    )
    return UnitHint(text)


def name_row(row: PlanRow) -> str:
    """What a row is about where its figure stands alone: its sub-title, title, or goal."""
    parts = [slot.cell.text for slot in row.all("sub_title")]
    if not parts and row.title_cell is not None:
        parts = [row.title_cell.text]
    if not parts:
        named = [clean_header(slot.cell.text) for slot in row.all("goal", "detail")]
        parts = [text for text in named if not is_figure_only(text)]
    return clean_header("".join(parts))


def _add_unmeasured(
    builder: FactsBuilder, row: PlanRow, text: SourceText, found: CommitmentTargets
) -> None:
    target = builder.add_target(
        found.commitment_id, clean_header(text.text), None, None, None, as_printed=text.text
    )
    found.add(row.index, text, target.target_id)


def add_promises(
    builder: FactsBuilder, row: int, text: SourceText, found: CommitmentTargets
) -> None:
    """The promises of a cell; one that the commitment already holds is its echo."""
    reading = read_promises(text.text, builder.vocabulary)
    for promise in reading.promises:
        if builder.ledger.is_claimed(text, promise.number):
            continue
        known = _same_promise(builder, found.commitment_id, promise)
        if known is None:
            known = builder.add_target(
                found.commitment_id,
                promise.indicator,
                text,
                promise.number,
                None,
                as_printed=promise.number.as_printed,
                context=promise.context,
            )
        else:
            builder.ledger.claim(text, promise.number, "target", known.target_id)
        found.add(row, text, known.target_id)
    for number in reading.scope:
        if not builder.ledger.is_claimed(text, number):
            builder.ledger.claim(text, number, "scope")


def _same_promise(builder: FactsBuilder, commitment_id: str, promise: Promise) -> Target | None:
    for target in builder.targets_of(commitment_id):
        if (
            target.value == promise.number.value
            and target.indicator == promise.indicator
            and target.unit == promise.number.unit
        ):
            return target
    return None


def _read_details(
    builder: FactsBuilder, layout: TableLayout, group: CommitmentRows, found: CommitmentTargets
) -> None:
    """Detail columns promise where no goal column did; beside a goal they describe it."""
    has_goals = bool(found.by_row)
    for row in group.rows:
        for slot in row.all("detail"):
            text = _text(builder, layout, slot)
            if not slot.is_first:
                if not has_goals:
                    found.share(row.index, text)
            elif has_goals:
                hold_against(builder, text, found, row=row.index, names_rows=False)
            else:
                add_promises(builder, row.index, text, found)


def _read_titles(
    builder: FactsBuilder, layout: TableLayout, group: CommitmentRows, found: CommitmentTargets
) -> None:
    """Titles promise where nothing else does; otherwise their numbers are echoes or headlines."""
    for row in group.rows:
        for slot in row.all("category", "title", "sub_title"):
            text = _text(builder, layout, slot)
            if slot.column.role == "category":
                builder.ledger.claim_rest(text, "scope")
            elif not slot.is_first:
                if not found.by_row.get(row.index):
                    found.share(row.index, text)
            elif builder.targets_of(found.commitment_id) and found.by_row.get(row.index):
                hold_against(builder, text, found, row=row.index, names_rows=True)
            else:
                add_promises(builder, row.index, text, found)


def hold_against(
    builder: FactsBuilder,
    text: SourceText,
    found: CommitmentTargets,
    row: int,
    names_rows: bool,
) -> None:
    """Tell what each number of a title or description is to the targets beside it.

    It repeats one of them, or promises something besides. A title (`names_rows`) also says what the
    bare figures beside it count, and may sum them up.
    """
    reading = read_promises(text.text, builder.vocabulary)
    promises = [p for p in reading.promises if not builder.ledger.is_claimed(text, p.number)]
    targets = list(builder.targets_of(found.commitment_id))
    echoes = match_in_order(builder, [p.number for p in promises], targets)
    for promise, target in zip(promises, echoes, strict=True):
        if target is None:
            continue
        builder.ledger.claim(text, promise.number, "target", target.target_id)
        if names_rows:
            builder.replace_target(target, indicator=promise.indicator, context=promise.context)
    left = [p for p, target in zip(promises, echoes, strict=True) if target is None]
    echoed = {target.target_id for target in echoes if target is not None}
    for promise in left:
        parts: list[Target] = []
        if names_rows:
            parts = _parts_of(builder, promise.number, targets, echoed, text, promises, echoes)
        if parts:
            figure_id = builder.ledger.claim(text, promise.number, "target", found.commitment_id)
            for part in parts:
                builder.replace_target(
                    part, indicator=promise.indicator, headline_figure_id=figure_id
                )
                echoed.add(part.target_id)
        else:
            target = builder.add_target(
                found.commitment_id,
                promise.indicator,
                text,
                promise.number,
                None,
                as_printed=promise.number.as_printed,
                context=promise.context,
            )
            found.add(row, text, target.target_id)
    for number in reading.scope:
        builder.ledger.claim(text, number, "scope")


def match_in_order(
    builder: FactsBuilder, numbers: Sequence[Number], targets: Sequence[Target]
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
                and builder.vocabulary.units.agree(target.unit, number.unit)
            ),
            None,
        )
        if match is not None:
            taken.add(match.target_id)
        result.append(match)
    return result


def _parts_of(
    builder: FactsBuilder,
    number: Number,
    targets: Sequence[Target],
    echoed: set[str],
    text: SourceText,
    promises: Sequence[Promise],
    echoes: Sequence[Target | None],
) -> list[Target]:
    """The run of targets that a headline number sums up.

    They stand between the targets that the headline's neighbours in the title echo, are not echoed
    themselves and have its unit. Whether they add up is not asked here: that is for the checks.
    """
    if number.kind != NumberKind.QUANTITY:
        return []
    position = next(i for i, p in enumerate(promises) if p.number == number)
    order = {target.target_id: index for index, target in enumerate(targets)}
    low = max((order[t.target_id] for t in echoes[:position] if t is not None), default=-1)
    high = min(
        (order[t.target_id] for t in echoes[position + 1 :] if t is not None),
        default=len(targets),
    )
    return [
        target
        for target in targets[low + 1 : high]
        if target.target_id not in echoed
        and target.value is not None
        and builder.vocabulary.units.agree(target.unit, number.unit)
    ]

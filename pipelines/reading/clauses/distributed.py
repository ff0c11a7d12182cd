"""Steps told all at once: `6月底、9月底、11月底前分别建成10、25、40座`.

Belongs here: pairing the dates of such a sentence with its figures, one for one. Does not belong
here: any other schedule (see `schedule.py`), or a sentence whose counts do not agree: there nothing
is paired.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipelines.quantities.grammar import Number, NumberKind
from pipelines.reading.language.dates import DateMention
from pipelines.reading.language.passage import SENTENCE_ENDS, Passage

QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))
OPEN_KINDS = (NumberKind.QUANTITY, NumberKind.UNRESOLVED)


@dataclass(frozen=True, slots=True)
class DatedFigure:
    """A figure and the day that its sentence gives it. `value` and `unit` are resolved: the last
    figure of the sentence lends its unit to those before it."""

    number: Number
    due_on: date
    value: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class DistributedSentence:
    """A sentence of this kind: its range in the normalised text, its figures in order."""

    start: int
    end: int
    figures: tuple[DatedFigure, ...]


def find_distributed(
    passage: Passage, mentions: Sequence[DateMention], plan_year: int | None
) -> tuple[DistributedSentence, ...]:
    """The sentences that give each of several dates its own figure."""
    found: list[DistributedSentence] = []
    for start, end in passage.split(SENTENCE_ENDS):
        cue = passage.language.cue("each_of_them").search(passage.text, start, end)
        if cue is None:
            continue
        each = cue.start()
        days = [
            mention.ends_on
            for mention in mentions
            if start <= passage.in_text(mention.start) < each and mention.ends_on is not None
        ]
        numbers = [
            number
            for number, (low, _) in zip(passage.numbers, passage.spans, strict=True)
            if each < low < end and number.kind in OPEN_KINDS and number.value is not None
        ]
        names_quarters = passage.language.has("quarter_word", passage.text[start:each])
        is_by_quarter = names_quarters and len(days) < len(QUARTER_ENDS)
        if is_by_quarter and plan_year is not None:
            days = [date(plan_year, month, day) for month, day in QUARTER_ENDS]
        if len(days) != len(numbers) or len(days) < 2 or days != sorted(days):
            continue
        if passage.language.has("plan_cue", passage.text[each:end]):
            continue
        unit = numbers[-1].unit
        figures = tuple(
            DatedFigure(number, day, number.value, number.unit or unit)
            for number, day in zip(numbers, days, strict=True)
            if number.value is not None
        )
        found.append(DistributedSentence(start, end, figures))
    return tuple(found)

"""What a step of a schedule expects to be done, in a number or in words (任务过半, 全面完成).

Belongs here: the record of an expectation, and those without a number. Does not belong here: the
part that a number plays (`step_rules`), or where a step begins and ends (`schedule`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.quantities.grammar import Number
from pipelines.reading.clauses.frame import Frame
from pipelines.reading.clauses.rules import NumberRole, choose, label_of, rule_of_label
from pipelines.reading.clauses.step_rules import STEP_RULES, ExpectationKind, StepVerdict
from pipelines.reading.language.dates import DateMention
from pipelines.reading.language.passage import CLAUSE_ENDS, Passage
from pipelines.reading.language.text import Text

HUNDRED = Decimal(100)
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is to be done by the step's date.

    `number` is None where the words say it without one. `expected_share` is a fraction of the
    task, 0 to 1; `expected_value` is in `unit`. `is_cumulative` is False where so many are expected
    anew in each of `repeats` periods (`period` is the printed word: 每月). `is_start` says that
    something is to be begun (进场施工60个), not done.
    """

    kind: ExpectationKind
    number: Number | None = None
    expected_value: Decimal | None = None
    expected_share: Decimal | None = None
    unit: str | None = None
    comparator: str = "="
    is_start: bool = False
    indicator: str = ""
    period: str | None = None
    repeats: int | None = None

    @property
    def is_implied(self) -> bool:
        """Whether the words say it without a number."""
        return self.number is None

    @property
    def is_cumulative(self) -> bool:
        """Whether so many are expected in all by the date, not anew in each period."""
        return self.period is None


@dataclass(frozen=True, slots=True)
class StepNumber:
    """A number, the part that it plays, and the rule that says so."""

    number: Number
    role: NumberRole
    rule: str


def expect(number: Number, value: Decimal, unit: str | None, verdict: StepVerdict) -> Expectation:
    """What a number expects by the verdict of a rule; a share of the task is a fraction."""
    assert verdict.kind is not None
    is_share = verdict.kind is ExpectationKind.SHARE
    return Expectation(
        kind=verdict.kind,
        number=number,
        expected_value=None if is_share else value,
        expected_share=value / HUNDRED if is_share else None,
        unit=unit,
        comparator=number.comparator,
        is_start=verdict.is_start,
    )


def judge_number(
    text: Text, index: int, span: tuple[int, int], mention: DateMention | None
) -> tuple[StepNumber, Expectation | None]:
    """The part that a number of a step plays, and what it expects if it is a milestone."""
    number = text.numbers[index]
    label = label_of(number)
    if label is not None:
        return StepNumber(number, label, rule_of_label(number)), None
    frame = Frame(text, index, span, has_date=mention is not None)
    rule = choose(STEP_RULES, frame)
    placed = StepNumber(number, rule.verdict.role, rule.name)
    if rule.verdict.kind is None or number.value is None or mention is None:
        return placed, None
    expected = expect(number, number.value, number.unit, rule.verdict)
    period = text.language.cue("repeat_cue").search(frame.before)
    months = set(text.language.words("month_word"))
    is_monthly = period is not None and any(month in period[0] for month in months)
    return placed, Expectation(
        kind=expected.kind,
        number=number,
        expected_value=expected.expected_value,
        expected_share=expected.expected_share,
        unit=expected.unit,
        comparator=expected.comparator,
        is_start=expected.is_start,
        indicator=frame.counted.words,
        period=period[0] if period else None,
        repeats=_count_months(mention) if is_monthly else None,
    )


def expect_in_words(
    passage: Passage, span: tuple[int, int], printed: Sequence[Expectation]
) -> list[Expectation]:
    """Half or all of the task, where the words say so and no number of that clause does."""
    found: list[Expectation] = []
    taken = [passage.in_text(e.number.start) for e in printed if e.number is not None]
    for low, high in passage.split(CLAUSE_ENDS, *span):
        if any(low <= place < high for place in taken):
            continue
        share = _share_in_words(passage, passage.text[low:high])
        if share is not None and all(e.expected_share != share for e in found):
            comparator = "=" if share == 1 else ">="
            found.append(
                Expectation(ExpectationKind.SHARE, expected_share=share, comparator=comparator)
            )
    return found


def _share_in_words(passage: Passage, clause: str) -> Decimal | None:
    language = passage.language
    inner = clause.replace("“", "").replace("”", "")
    if language.has("half_cue", inner):
        return HALF
    if language.has("near_all_cue", inner) or language.has("preparation", inner):
        return None
    if language.has("all_cue", inner) or language.pattern("task_completed").search(inner):
        return Decimal(1)
    return None


def _count_months(mention: DateMention) -> int | None:
    """How many months the step runs over; None where it names no first day."""
    if mention.starts_on is None or mention.ends_on is None:
        return None
    years = mention.ends_on.year - mention.starts_on.year
    return years * 12 + mention.ends_on.month - mention.starts_on.month + 1

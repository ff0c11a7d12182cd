"""What a step of a schedule expects to be done: a quantity, a share of the task, or all of it.

Belongs here: the part that one number plays in its step, and expectations that stand in words only
(任务过半, 全面完成). Does not belong here: where a step begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipelines.quantities.grammar import Number, NumberKind
from pipelines.reading.language.counted import Counted, counts_something
from pipelines.reading.language.dates import DateMention
from pipelines.reading.language.passage import CLAUSE_ENDS, Passage
from pipelines.reading.language.words import alternate_words, match_words

PERCENT = "%"


class NumberRole(StrEnum):
    """What became of a number, in the words of the ledger."""

    MILESTONE = "milestone"
    REPORT = "report"
    TARGET = "target"
    SCOPE = "scope"
    ORDINAL = "ordinal"
    YEAR = "year"
    DATE = "date"
    AGE = "age"
    NAME = "name"
    CODE = "code"
    UNRESOLVED = "unresolved"


class ExpectationKind(StrEnum):
    """How an expectation is put."""

    VALUE = "value"
    """So many of what the target counts."""
    SHARE = "share"
    """So much of the task."""
    PERCENT = "percent"
    """A rate of its own: a value where the target is a rate, else a rate of something else."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is to be done by the step's date.

    `number` is None where the words say it without one (`is_implied`). `expected_share` is a
    fraction of the task, 0 to 1; `expected_value` is in `unit`. `is_cumulative` is False where so
    many are expected anew in each of `repeats` periods (`period` is the printed word: 每月).
    `is_start` says that something is to be begun (进场施工60个), not done.
    """

    kind: ExpectationKind
    number: Number | None
    expected_value: Decimal | None
    expected_share: Decimal | None
    unit: str | None
    comparator: str
    is_cumulative: bool
    is_implied: bool
    is_start: bool
    indicator: str
    period: str | None
    repeats: int | None


@dataclass(frozen=True, slots=True)
class StepNumber:
    """A number and the part that it plays."""

    number: Number
    role: NumberRole


_LABELS = {
    NumberKind.ORDINAL: NumberRole.ORDINAL,
    NumberKind.YEAR: NumberRole.YEAR,
    NumberKind.DATE: NumberRole.DATE,
    NumberKind.AGE: NumberRole.AGE,
    NumberKind.NAME: NumberRole.NAME,
    NumberKind.CODE: NumberRole.CODE,
    NumberKind.UNRESOLVED: NumberRole.UNRESOLVED,
    NumberKind.QUANTITY: NumberRole.SCOPE,
}


def label_of(number: Number) -> NumberRole:
    """The role of a number that is a label; a quantity is scope until more is known."""
    return _LABELS[number.kind]


def judge_number(
    passage: Passage,
    index: int,
    counted: Counted,
    span: tuple[int, int],
    mention: DateMention | None,
) -> tuple[StepNumber, Expectation | None]:
    """The part that a number of a step plays, and what it expects if it is a milestone.

    A number of a step without a date is never a milestone: there is nothing to be late for.
    """
    number = passage.numbers[index]
    if number.kind is not NumberKind.QUANTITY or mention is None or number.value is None:
        return StepNumber(number, label_of(number)), None
    before, after = _clause_around(passage, index, span)
    if number.unit == PERCENT:
        kind, is_start = _judge_percent(before, after)
    elif _is_expected(number, before, after, counted, passage, index):
        kind, is_start = ExpectationKind.VALUE, match_words("start_cue").search(before) is not None
    else:
        return StepNumber(number, NumberRole.SCOPE), None
    period = match_words("repeat_cue").search(before)
    is_share = kind is ExpectationKind.SHARE
    expectation = Expectation(
        kind=kind,
        number=number,
        expected_value=None if is_share else number.value,
        expected_share=number.value / 100 if is_share else None,
        unit=number.unit,
        comparator=number.comparator,
        is_cumulative=period is None,
        is_implied=False,
        is_start=is_start,
        indicator=counted.words,
        period=period[0] if period else None,
        repeats=_count_months(mention) if period and "月" in period[0] else None,
    )
    return StepNumber(number, NumberRole.MILESTONE), expectation


def expect_in_words(
    passage: Passage, span: tuple[int, int], printed: Sequence[Expectation]
) -> list[Expectation]:
    """Half or all of the task, where the words say so and no number of that clause does."""
    found: list[Expectation] = []
    taken = [passage.in_text(e.number.start) for e in printed if e.number is not None]
    for low, high in passage.split(CLAUSE_ENDS, *span):
        if any(low <= place < high for place in taken):
            continue
        share = _share_in_words(passage.text[low:high])
        if share is not None and all(e.expected_share != share for e in found):
            comparator = "=" if share == 1 else ">="
            found.append(
                Expectation(
                    kind=ExpectationKind.SHARE,
                    number=None,
                    expected_value=None,
                    expected_share=share,
                    unit=None,
                    comparator=comparator,
                    is_cumulative=True,
                    is_implied=True,
                    is_start=False,
                    indicator="",
                    period=None,
                    repeats=None,
                )
            )
    return found


def _share_in_words(clause: str) -> Decimal | None:
    inner = clause.replace("“", "").replace("”", "")
    if match_words("half_cue").search(inner):
        return Decimal("0.5")
    if match_words("near_all_cue").search(inner) or match_words("preparation").search(inner):
        return None
    if match_words("all_cue").search(inner):
        return Decimal(1)
    task = alternate_words("task_word")
    if re.search(rf"完成(?:[^\d]{{0,20}}?){task}", inner):
        return Decimal(1)
    return None


def _clause_around(passage: Passage, index: int, span: tuple[int, int]) -> tuple[str, str]:
    """The words of the clause before and after a number, within its step."""
    start, end = passage.wide_spans[index]
    within = passage.enclosing(start, end)
    low = max(span[0], passage.cut_before(start, CLAUSE_ENDS, within))
    high = min(span[1], passage.cut_after(end, CLAUSE_ENDS, within))
    return passage.text[low:start], passage.text[end:high]


def _judge_percent(before: str, after: str) -> tuple[ExpectationKind, bool]:
    """Whether a percentage is a share of the task, and whether of its beginning only."""
    words = before + after
    share = match_words("share_word").search(words)
    is_own_share = re.search(r"(?:完成|完工|竣工|建成)率|占比进度", words) is not None
    if match_words("start_cue").search(before) and not is_own_share:
        return ExpectationKind.PERCENT, True
    if match_words("rate_word").search(words) and not is_own_share:
        return ExpectationKind.PERCENT, False
    if share is not None or not re.sub(r"[\d月底前日，、]", "", before):
        return ExpectationKind.SHARE, False
    return ExpectationKind.PERCENT, False


def _is_expected(
    number: Number, before: str, after: str, counted: Counted, passage: Passage, index: int
) -> bool:
    """Whether a quantity is what the step expects, rather than a qualification of something."""
    if not counts_something(number) or counted.part_of is not None:
        return False
    if re.search(alternate_words("preparation") + "$", after):
        return False
    if passage.enclosing(*passage.spans[index]) != (0, len(passage.text)):
        return False
    if number.comparator != "=" or match_words("repeat_cue").search(before):
        return True
    has_action = match_words("action").search(before) is not None
    if not after:
        return has_action or bool(counted.thing)
    return has_action or match_words("action").search(after) is not None


def _count_months(mention: DateMention) -> int | None:
    """How many months the step runs over; None where it names no first day."""
    if mention.starts_on is None or mention.ends_on is None:
        return None
    years = mention.ends_on.year - mention.starts_on.year
    return years * 12 + mention.ends_on.month - mention.starts_on.month + 1

"""What a number of a dated step expects: a quantity, a share of the task, a rate, or nothing.

Belongs here: the rules, in order. Does not belong here: where a step begins and ends (`schedule`),
or expectations that stand in words only (`expectations`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipelines.reading.clauses.frame import Frame
from pipelines.reading.clauses.rules import NumberRole, Rule


class ExpectationKind(StrEnum):
    """How an expectation is put."""

    VALUE = "value"
    """So many of what the target counts."""
    SHARE = "share"
    """So much of the task."""
    PERCENT = "percent"
    """A rate of its own: a value where the target is a rate, else a rate of something else."""


@dataclass(frozen=True, slots=True)
class StepVerdict:
    """The part of a number in a step; `kind` where it is expected, `is_start` where the words say
    that something is to be begun, not done."""

    role: NumberRole
    kind: ExpectationKind | None = None
    is_start: bool = False


_SCOPE = StepVerdict(NumberRole.SCOPE)
_UNKNOWN = StepVerdict(NumberRole.UNRESOLVED)
_VALUE = StepVerdict(NumberRole.MILESTONE, ExpectationKind.VALUE)
_SHARE = StepVerdict(NumberRole.MILESTONE, ExpectationKind.SHARE)
_RATE = StepVerdict(NumberRole.MILESTONE, ExpectationKind.PERCENT)
_START = StepVerdict(NumberRole.MILESTONE, ExpectationKind.PERCENT, is_start=True)
_VALUE_BEGUN = StepVerdict(NumberRole.MILESTONE, ExpectationKind.VALUE, is_start=True)


def _names_own_rate(frame: Frame) -> bool:
    return frame.says_around("own_rate")


def _is_alone_with_dates(frame: Frame) -> bool:
    return not frame.language.pattern("only_dates").sub("", frame.before)


def _is_compared_or_repeated(frame: Frame) -> bool:
    return frame.number.comparator != "=" or frame.says("repeat_cue")


def _is_told_by_action(frame: Frame) -> bool:
    if not frame.after:
        return frame.says("action") or bool(frame.counted.thing)
    return frame.says_around("action")


def _is_expected(frame: Frame) -> bool:
    return _is_compared_or_repeated(frame) or _is_told_by_action(frame)


def _ends_in_preparation(frame: Frame) -> bool:
    return frame.language.pattern("preparation_at_end").search(frame.after) is not None


STEP_RULES: tuple[Rule[Frame, StepVerdict], ...] = (
    Rule(
        "step:undated",
        "a number of a schedule without a date: nobody knows by when",
        lambda f: not f.has_date or f.number.value is None,
        _UNKNOWN,
        fires=("完成‹50个›",),
        spares=("6月底前完成‹50个›",),
    ),
    Rule(
        "step:share_begun",
        "a percentage beside a word of beginning says how much is to be begun",
        lambda f: f.is_percent and f.says("start_cue") and not _names_own_rate(f),
        _START,
        fires=("6月底前开工‹60%›",),
        spares=("6月底前竣工‹60%›", "6月底前开工项目完工率‹60%›"),
    ),
    Rule(
        "step:own_rate",
        "a percentage beside the name of a rate is a rate of its own",
        lambda f: f.is_percent and f.says_around("rate_word") and not _names_own_rate(f),
        _RATE,
        fires=("6月底前完成投资比例‹80%›",),
        spares=("6月底前完成‹80%›",),
    ),
    Rule(
        "step:share_of_task",
        "a percentage of the work is a share of the task",
        lambda f: f.is_percent and (f.says_around("share_word") or _is_alone_with_dates(f)),
        _SHARE,
        fires=("6月底前完成工程进度的‹60%›", "6月底前‹60%›"),
        spares=("6月底前覆盖‹60%›小区",),
    ),
    Rule(
        "step:rate",
        "any other percentage is a rate of something",
        lambda f: f.is_percent,
        _RATE,
        fires=("6月底前覆盖‹60%›小区",),
    ),
    Rule(
        "step:time",
        "a stretch of time or a count of floors is not what a step expects",
        lambda f: not f.counts,
        _SCOPE,
        fires=("6月底前主体施工至‹5层›",),
        spares=("6月底前完成‹5个›",),
    ),
    Rule(
        "step:part",
        "a part of the number before it is not expected by itself",
        lambda f: f.counted.part_of is not None,
        _SCOPE,
        fires=("6月底前完成50个，其中新建‹20个›",),
        spares=("6月底前完成‹50个›，其中新建20个",),
    ),
    Rule(
        "step:preparation",
        "plans, lists and designs for so many only prepare them",
        _ends_in_preparation,
        _SCOPE,
        fires=("3月底前完成‹100条›线路方案",),
        spares=("3月底前完成‹100条›线路",),
    ),
    Rule(
        "step:bracketed",
        "what stands in brackets explains",
        lambda f: f.within != f.passage.whole,
        _SCOPE,
        fires=("6月底前完成改造（新增‹20个›）",),
        spares=("6月底前完成改造，新增‹20个›",),
    ),
    Rule(
        "step:begun",
        "so many are to be begun",
        lambda f: f.says("start_cue") and _is_expected(f),
        _VALUE_BEGUN,
        fires=("6月底前累计进场施工‹60个›",),
        spares=("6月底前累计建成‹60个›",),
    ),
    Rule(
        "step:compared_or_repeated",
        "a comparator or a rhythm says that so many are expected",
        _is_compared_or_repeated,
        _VALUE,
        fires=("6月底前不少于‹20个›社区居民", "5月-8月每月‹25堂›课"),
        spares=("6月底前‹20个›社区居民",),
    ),
    Rule(
        "step:action",
        "an action, or the thing itself, says what so many are expected of",
        _is_told_by_action,
        _VALUE,
        fires=("6月底前完成‹50个›", "6月底前新增托位‹50个›"),
        spares=("6月底前‹20个›社区居民",),
    ),
    Rule(
        "step:no_action",
        "a count beside words that tell no action describes",
        lambda f: True,
        _SCOPE,
        fires=("6月底前‹20个›社区居民",),
    ),
)

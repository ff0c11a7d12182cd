"""Whether a figure in a report says what was done, what is planned, or only describes.

Belongs here: the judgement of one figure from the words of its clause. Does not belong here: dates,
sub-items, and the target that the figure may be a result on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.quantities.grammar import NumberKind
from pipelines.reading.clauses.expectations import PERCENT, NumberRole, label_of
from pipelines.reading.language.counted import Counted, counts_something
from pipelines.reading.language.passage import CLAUSE_ENDS, Passage
from pipelines.reading.language.words import alternate_words, list_words, match_words


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a figure is; `is_share` marks a percentage of the work, `is_cumulative` a 累计."""

    role: NumberRole
    is_result: bool
    is_share: bool
    is_cumulative: bool = False


_SCOPE = Judgement(NumberRole.SCOPE, False, False)


def judge_figure(passage: Passage, index: int, counted: Sequence[Counted]) -> Judgement:
    """Judge one number of a report; a label keeps its label.

    Read in this order: a quoted promise, a stretch of time, a number inside the words of another, a
    rate of change, a plan; what is left was done if an action or a rate says so.
    """
    number = passage.numbers[index]
    if number.kind is not NumberKind.QUANTITY:
        return Judgement(label_of(number), False, False)
    start, end = passage.wide_spans[index]
    whole = (0, len(passage.text))
    within = passage.enclosing(start, end)
    is_quoted = within != whole and passage.text[within[0] - 1] in "“‘「『"
    is_bracketed = within != whole and not is_quoted
    low = passage.cut_before(start, CLAUSE_ENDS, within)
    high = passage.cut_after(end, CLAUSE_ENDS, within)
    before, after = passage.text[low:start], passage.text[end:high]
    if after[:1] in tuple("、和及与"):
        after = ""

    if is_quoted:
        return _judge_quoted(passage, within)
    if number.unit != PERCENT and _quotes_target(before):
        return Judgement(NumberRole.TARGET, False, False)
    is_part = counted[index].part_of is not None
    if not counts_something(number) or (is_bracketed and not is_part):
        return _SCOPE
    if match_words("programme").match(after) or _qualifies_next(passage, index, high):
        return _SCOPE
    if match_words("growth_cue").search(before) and number.unit == PERCENT:
        return _SCOPE
    if match_words("other_span").search(before):
        return _SCOPE
    if _is_planned(passage, before, after, high) or _is_stage(before):
        return _SCOPE
    is_cumulative = match_words("cumulative_cue").search(before) is not None
    if number.unit == PERCENT:
        is_share = match_words("share_word").search(before) is not None
        is_share = is_share and not _names_rate(before)
        return Judgement(NumberRole.REPORT, True, is_share, is_cumulative)
    if not _is_done(before, after, counted[index]):
        return _SCOPE
    own = _own_words(passage, index, low, high)
    if re.search(alternate_words("nothing_cue") + "$|未完成$", own[0]):
        return _SCOPE
    is_activity = match_words("activity").search("".join(own)) is not None
    is_underway = match_words("underway_cue").search("".join(own)) is not None
    is_result = not (is_activity or is_underway or _prepares(after))
    return Judgement(NumberRole.REPORT, is_result, False, is_cumulative)


def _quotes_target(before: str) -> bool:
    """Whether the figure is the promise itself (年度目标500个), not what was done of it."""
    if match_words("old_target_cue").search(before):
        return True
    cue = re.search(alternate_words("target_word") + "$", before)
    return cue is not None and not match_words("finished_cue").search(before[: cue.start()])


def _own_words(passage: Passage, index: int, low: int, high: int) -> tuple[str, str]:
    """The words before and after a number that are its own, not another number's of its clause."""
    start, end = passage.wide_spans[index]
    if index and counts_something(passage.numbers[index - 1]):
        low = max(low, passage.wide_spans[index - 1][1])
    if index + 1 < len(passage.numbers) and counts_something(passage.numbers[index + 1]):
        following = passage.wide_spans[index + 1][0]
        if following < high:
            between = passage.text[end:following]
            cut = max(between.rfind(mark) for mark in "、和及与")
            high = end + cut if cut >= 0 else following
    return passage.text[low:start], passage.text[end:high]


def _judge_quoted(passage: Passage, within: tuple[int, int]) -> Judgement:
    """A figure in quotation marks: a goal that was reached, an old promise, or part of a name."""
    whole = (0, len(passage.text))
    mark = within[0] - 1
    lead = passage.text[passage.cut_before(mark, CLAUSE_ENDS, whole) : mark]
    if match_words("old_target_cue").search(lead):
        return Judgement(NumberRole.TARGET, False, False)
    tail = passage.text[within[1] + 1 : within[1] + 8]
    if re.match(r"的?(?:\w{0,4})?目标|的?(?:\w{0,4})?任务", tail):
        if match_words("reached_cue").search(lead):
            return Judgement(NumberRole.REPORT, True, False)
        return Judgement(NumberRole.TARGET, False, False)
    return _SCOPE


def _qualifies_next(passage: Passage, index: int, clause_end: int) -> bool:
    """Whether the number only tells where the next one is counted: 10个项目2176套, 2个单元40张."""
    if index + 1 >= len(passage.numbers):
        return False
    end, start = passage.wide_spans[index][1], passage.wide_spans[index + 1][0]
    if start > clause_end or not counts_something(passage.numbers[index + 1]):
        return False
    between = passage.text[end:start]
    if not between or re.search(r"[、和及与（）“”]", between):
        return False
    return match_words("action").search(between) is None


def _is_planned(passage: Passage, before: str, after: str, clause_end: int) -> bool:
    """Whether the clause speaks of what is to come, or only restates the task before a colon."""
    if match_words("plan_cue").search(before):
        return True
    planning = match_words("planning_verb").search(before)
    if planning and not match_words("finished_cue").search(before[planning.end() :]):
        return True
    if re.search(alternate_words("preparation") + r"(?:\w{0,6}已定)?$", after):
        return match_words("activity").search(before + after) is None
    return not after and passage.text[clause_end : clause_end + 1] == "："


def _is_done(before: str, after: str, counted: Counted) -> bool:
    """Whether an action says that so many were done, or the figure stands as a result by itself."""
    if counted.action or match_words("action").search(before + "，" + after):
        return True
    return bool(counted.thing) and not after


def _is_stage(before: str) -> bool:
    """Whether the number says how far the work has come, not how much: 主体施工至3~5层."""
    return re.search(r"(?<![增升高加降])至(?:\d+[~～\-—])?$", before) is not None


def _prepares(after: str) -> bool:
    return re.search(alternate_words("preparation") + "$", after) is not None


def _names_rate(before: str) -> bool:
    """Whether the words before a percentage name a rate of its own (满意度), not progress."""
    for word in list_words("rate_word"):
        at = before.rfind(word)
        if at >= 0 and not before[: at + len(word)].endswith(list_words("share_word")):
            return True
    return False

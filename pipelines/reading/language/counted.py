"""What a number counts, in the source's own words.

Belongs here: the words of the clause around a number that name what is counted (the indicator),
with the action they open with and the words of the item before. Does not belong here: whether the
number is a promise or a result, and which indicators of two documents are the same.

The number may close its clause (`新增托位5000个`), stand in it (`规范提升26家托养机构`), or share
the action of an enumeration (`开展师资培训2000人次、照护活动2000场`, `新建公园30个，改造20个`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.quantities.grammar import Number, NumberKind
from pipelines.quantities.text import normalize
from pipelines.reading.language.actions import (
    closing_action,
    find_action,
    measures_something,
    opening_action,
    words_after_action,
)
from pipelines.reading.language.dates import find_dates
from pipelines.reading.language.fillers import strip_after, strip_head, strip_tail
from pipelines.reading.language.passage import (
    CLAUSE_ENDS,
    SENTENCE_ENDS,
    Passage,
    place_numbers,
)
from pipelines.reading.language.words import alternate_words, list_words

_ENUMERATORS = "、和及与暨或"


@dataclass(frozen=True, slots=True)
class Counted:
    """What one number counts, in Simplified characters.

    `words` is the indicator: `action` (the verbs it opens with, possibly shared with the item
    before) and `thing`. `context` is the indicator of the item before, or the words of the clause
    before, in the same sentence; it tells 停车位 of one place from 停车位 of another. `part_of` is
    the index of the number of whose total this one is a part (其中…), `shares_with` that of the
    item whose enumeration it goes on with.
    """

    words: str
    action: str
    thing: str
    context: str
    part_of: int | None
    shares_with: int | None


def indicator_of(printed: str, number: Number, numbers: Sequence[Number]) -> str:
    """The words that say what `number` counts, without numbers, dates, comparators and fillers.

    `numbers` are all numbers of `printed` in order, `number` one of them. Empty where the text
    holds nothing but the number.
    """
    return read_counted(printed, tuple(numbers))[tuple(numbers).index(number)].words


@lru_cache(maxsize=4096)
def read_counted(printed: str, numbers: tuple[Number, ...]) -> tuple[Counted, ...]:
    """What each number of the text counts, one entry for each number in order."""
    normalized = normalize(printed)
    passage = place_numbers(printed, normalized.text, tuple(normalized.offsets), numbers)
    dates = tuple(
        passage.text[passage.in_text(mention.start) : passage.in_text(mention.end)]
        for mention in find_dates(printed, None)
    )
    found: list[Counted] = []
    for index in range(len(numbers)):
        found.append(_read_one(passage, index, dates, found))
    return tuple(found)


def counts_something(number: Number) -> bool:
    """Whether the number counts things: a quantity that is not a stretch of time."""
    if number.kind is not NumberKind.QUANTITY:
        return False
    return number.unit not in list_words("duration_unit")


# ------------------------------------------------------------------------------ one number


def _read_one(
    passage: Passage, index: int, dates: tuple[str, ...], found: list[Counted]
) -> Counted:
    start, end = passage.wide_spans[index]
    within = passage.enclosing(start, end)
    clause_start = passage.cut_before(start, CLAUSE_ENDS + "]】］〕", within)
    clause_end = passage.cut_after(end, CLAUSE_ENDS, within)
    before = _neighbour(passage, index, -1, clause_start, clause_end, within)
    after = _neighbour(passage, index, +1, clause_start, clause_end, within)

    left, shares_with = _words_before(passage, start, clause_start, before, within)
    right = _words_after(passage, end, clause_end, after, within)

    part_of = _find_total(passage, index, clause_start, within, shares_with, found)
    right = strip_after(right)
    left = strip_head(left, dates)
    if left.endswith("等"):
        left = _action_of_list(passage, left, clause_start, within, dates)
    elif not (right and left.endswith(list_words("preposition"))):
        left = _drop_examples(passage, strip_tail(left), clause_start, within, dates)

    action = opening_action(left)
    thing = left[len(action) :] + right
    if not action and not right:
        action, thing = closing_action(left)
    previous = found[shares_with] if shares_with is not None else None
    sentence_before = _item_before(passage, index, within)
    context = _context(passage, clause_start, within, dates, previous, sentence_before, found)

    if not action and not thing and previous is not None:
        # 开展培训12场、1350人次: the same thing, counted once more.
        action, thing = previous.action, previous.thing
    elif not action and find_action(thing) is None:
        source = previous or (found[part_of] if part_of is not None else None)
        if source is not None and thing:
            action = source.action
    if not thing and action and (previous or part_of is not None or sentence_before is not None):
        source = previous or found[part_of if part_of is not None else sentence_before or 0]
        thing = words_after_action(source.thing)
        if re.search(r"\d", thing):
            thing = ""
    words = action + thing
    if measures_something(words):
        words = f"{context}，{words}" if context else words
    return Counted(words, action, thing, context, part_of, shares_with)


def _neighbour(
    passage: Passage, index: int, step: int, low: int, high: int, within: tuple[int, int]
) -> int | None:
    """The next number in that direction of the same clause that counts something by itself."""
    other = index + step
    while 0 <= other < len(passage.numbers):
        start, end = passage.spans[other]
        if start < low or end > high:
            return None
        counts = counts_something(passage.numbers[other])
        first, second = min(index, other), max(index, other)
        if (
            counts
            and not passage.is_nested(start, within)
            and not _is_inside_words(passage, first, second)
        ):
            return other
        other += step
    return None


def _is_inside_words(passage: Passage, first: int, second: int) -> bool:
    """Whether the first of two numbers is only part of the words before the second.

    So it is where neither an enumeration nor an action stands between: 以三大球为主的设施20片.
    """
    between = _without_bracket(
        passage.text[passage.wide_spans[first][1] : passage.wide_spans[second][0]]
    )
    if not between or any(mark in between for mark in "、和及与") or between[0] in _ENUMERATORS:
        return False
    return find_action(between) is None


def _words_before(
    passage: Passage, start: int, clause_start: int, before: int | None, within: tuple[int, int]
) -> tuple[str, int | None]:
    """The words of the clause before the number, and the item whose enumeration they go on with."""
    if before is None:
        return _without_numbers(passage, clause_start, start), None
    between_start = passage.wide_spans[before][1]
    raw = passage.text[between_start:start]
    between = _without_bracket(raw)
    if not between or between[-1] in _ENUMERATORS:
        return "", before
    if between[0] in _ENUMERATORS or between.startswith("以及"):
        return between.lstrip(_ENUMERATORS).removeprefix("以及"), before
    at = find_action(between)
    if at is not None:
        return between[at:], None
    cut = max(between.rfind(mark) for mark in _ENUMERATORS)
    return between[cut + 1 :], before


def _words_after(
    passage: Passage, end: int, clause_end: int, after: int | None, within: tuple[int, int]
) -> str:
    """The words of the clause after the number that still belong to it."""
    if after is None:
        words = _without_numbers(passage, end, clause_end, drops_first=True)
        return "" if words and words[0] in _ENUMERATORS else words
    between = _without_bracket(passage.text[end : passage.wide_spans[after][0]])
    if not between or between[0] in _ENUMERATORS or between.startswith("以及"):
        return ""
    if between[-1] in _ENUMERATORS:
        return re.sub(r"(?:以及|[、和及与暨或])$", "", between)
    at = find_action(between)
    if at is not None:
        return between[:at].rstrip(_ENUMERATORS)
    cut = max(between.rfind(mark) for mark in _ENUMERATORS)
    return between[:cut] if cut > 0 else between


def _without_numbers(passage: Passage, start: int, end: int, drops_first: bool = False) -> str:
    """A stretch without its figures, the brackets that hold some, and perhaps one that opens it."""
    cut: list[tuple[int, int]] = []
    for low, high in passage.brackets:
        if start < low and high < end and passage.text[low - 1] == "（":
            holds = any(low <= span[0] < high for span in passage.spans)
            if holds or (drops_first and low - 1 == start):
                cut.append((low - 1, high + 1))
    for index, (low, high) in enumerate(passage.wide_spans):
        if start <= low and high <= end and counts_something(passage.numbers[index]):
            total = re.search("共计?$", passage.text[start:low])
            cut.append((low - len(total[0]) if total else low, high))
    words: list[str] = []
    at = start
    for low, high in sorted(cut):
        if low >= at:
            words.append(passage.text[at:low])
            at = high
    words.append(passage.text[at:end])
    return "".join(words)


def _without_bracket(words: str) -> str:
    """Without a bracket that opens the words: it qualifies the number before it."""
    return re.sub(r"^（[^）]*）", "", words)


# ---------------------------------------------------------------------------------- totals


def _find_total(
    passage: Passage,
    index: int,
    clause_start: int,
    within: tuple[int, int],
    shares_with: int | None,
    found: list[Counted],
) -> int | None:
    """The number of whose total this one is a part, by a word such as 其中."""
    if shares_with is not None and found[shares_with].part_of is not None:
        return found[shares_with].part_of
    cues = alternate_words("part_cue")
    if re.match(cues, passage.text[clause_start:]):
        is_bracketed = within[0] == clause_start and within != (0, len(passage.text))
        limit = 0 if is_bracketed else passage.cut_before(clause_start, SENTENCE_ENDS, within)
        for other in range(index - 1, -1, -1):
            start, end = passage.spans[other]
            if start < limit:
                return None
            if end <= clause_start and counts_something(passage.numbers[other]):
                if is_bracketed and end != within[0] - 1 and not _touches(passage, end, within):
                    return None
                return found[other].part_of if found[other].part_of is not None else other
    return None


def _touches(passage: Passage, end: int, within: tuple[int, int]) -> bool:
    """Whether only the words that the number counts stand between it and the bracket."""
    between = passage.text[end : within[0] - 1]
    return not any(mark in CLAUSE_ENDS for mark in between)


def _item_before(passage: Passage, index: int, within: tuple[int, int]) -> int | None:
    """The last number before this one in the same sentence that counts something."""
    start = passage.spans[index][0]
    limit = passage.cut_before(start, SENTENCE_ENDS, within)
    for other in range(index - 1, -1, -1):
        other_start = passage.spans[other][0]
        if other_start < limit:
            return None
        if counts_something(passage.numbers[other]):
            return other
    return None


def _context(
    passage: Passage,
    clause_start: int,
    within: tuple[int, int],
    dates: tuple[str, ...],
    previous: Counted | None,
    item_before: int | None,
    found: list[Counted],
) -> str:
    """The indicator of the item before, or the words of the clause or heading before."""
    if previous is not None:
        return previous.words
    if clause_start <= within[0]:
        return ""
    mark = passage.text[clause_start - 1]
    if mark in SENTENCE_ENDS:
        return ""
    low = passage.cut_before(clause_start - 1, CLAUSE_ENDS, within)
    if item_before is not None and passage.spans[item_before][0] >= low:
        return found[item_before].words
    return strip_head(passage.text[low : clause_start - 1], dates)


# -------------------------------------------------------------------------------- examples


def _action_of_list(
    passage: Passage,
    left: str,
    clause_start: int,
    within: tuple[int, int],
    dates: tuple[str, ...],
) -> str:
    """The verb before a list of examples that ends in 等 and may run over commas."""
    action = opening_action(left)
    if action or re.match(r"[在于]", left):
        return action
    sentence_start = passage.cut_before(clause_start, SENTENCE_ENDS, within)
    for index, (start, _) in enumerate(passage.spans):
        if sentence_start <= start < clause_start and counts_something(passage.numbers[index]):
            return ""
    for low, high in reversed(passage.split(CLAUSE_ENDS, sentence_start, clause_start)):
        action = opening_action(strip_head(passage.text[low:high], dates))
        if action:
            return action
    return ""


def _drop_examples(
    passage: Passage,
    left: str,
    clause_start: int,
    within: tuple[int, int],
    dates: tuple[str, ...],
) -> str:
    """`开工甲路、乙路等道路` → `开工道路`: the names before 等 are examples of what is counted."""
    match = re.fullmatch(r"(?P<names>.+)等(?P<kind>[^等、]{2,})", left)
    if match is None:
        return _cut_place(left)
    action = _action_of_list(passage, match["names"], clause_start, within, dates)
    at = find_action(match["kind"])
    if re.match(r"[在于]", left) and at is not None:
        return match["kind"][at:]
    return action + match["kind"] if action else left


def _cut_place(left: str) -> str:
    """`在全区各镇街新建书房` → `新建书房`: where it is done is not what is counted."""
    if not re.match(r"[在于]", left):
        return left
    at = find_action(left)
    return left[at:] if at else left

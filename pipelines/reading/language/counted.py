"""What a number counts, in the source's own words.

Belongs here: the words of the clause around a number that name what is counted (the indicator),
with the action they open with and the words of the item before. Does not belong here: whether the
number is a promise or a result, and which indicators of two documents are the same.

The number may close its clause (`新增托位5000个`), stand in it (`规范提升26家托养机构`), or share
the action of an enumeration (`开展师资培训2000人次、照护活动2000场`, `新建公园30个，改造20个`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.reading.language.dates import find_dates
from pipelines.reading.language.fillers import strip_after, strip_head, strip_tail
from pipelines.reading.language.passage import (
    CLAUSE_ENDS,
    SENTENCE_ENDS,
    Passage,
    counts_something,
)
from pipelines.reading.language.verbs import (
    closing_action,
    find_action,
    measures_something,
    opening_action,
    words_after_action,
)

BRACKETS_END = "]】］〕"
BRACKET_AT_START = re.compile("^（[^）]*）")


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


def read_counted(passage: Passage) -> tuple[Counted, ...]:
    """What each number of the text counts, one entry for each number in order."""
    dates = tuple(
        passage.text[passage.in_text(mention.start) : passage.in_text(mention.end)]
        for mention in find_dates(passage, None)
    )
    found: list[Counted] = []
    for index in range(len(passage.numbers)):
        found.append(_Clause.around(passage, index, dates, found).read())
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Clause:
    """The clause of one number, with what was found of the numbers before it.

    `before` and `after` are the neighbours of the clause that count something by themselves.
    """

    passage: Passage
    index: int
    dates: tuple[str, ...]
    found: list[Counted]
    start: int
    end: int
    within: tuple[int, int]
    low: int
    high: int
    enumerators: tuple[str, ...] = field(default=())

    @classmethod
    def around(
        cls, passage: Passage, index: int, dates: tuple[str, ...], found: list[Counted]
    ) -> _Clause:
        """The clause that a number stands in."""
        start, end = passage.wide_spans[index]
        within = passage.enclosing(start, end)
        return cls(
            passage=passage,
            index=index,
            dates=dates,
            found=found,
            start=start,
            end=end,
            within=within,
            low=passage.cut_before(start, CLAUSE_ENDS + BRACKETS_END, within),
            high=passage.cut_after(end, CLAUSE_ENDS, within),
            enumerators=passage.language.words("enumerator"),
        )

    def read(self) -> Counted:
        """The words that say what the number counts."""
        language = self.passage.language
        left, shares_with = self._words_before()
        right = strip_after(self._words_after(), language)
        part_of = self._find_total(shares_with)
        left = self._trim_left(strip_head(left, self.dates, language), right)
        action = opening_action(left, language)
        thing = left[len(action) :] + right
        if not action and not right:
            action, thing = closing_action(left, language)
        previous = self.found[shares_with] if shares_with is not None else None
        item_before = self._item_before()
        context = self._context(previous, item_before)
        action, thing = self._borrow(action, thing, previous, part_of, item_before)
        words = action + thing
        if measures_something(words, language):
            words = f"{context}，{words}" if context else words
        return Counted(words, action, thing, context, part_of, shares_with)

    # -------------------------------------------------------------------------- own words

    def _trim_left(self, left: str, right: str) -> str:
        """The words before the number without examples, places and fillers."""
        language = self.passage.language
        if left.endswith(language.words("example_end")):
            return self._action_of_list(left)
        if right and left.endswith(language.words("preposition")):
            return left
        return self._drop_examples(strip_tail(left, language))

    def _borrow(
        self,
        action: str,
        thing: str,
        previous: Counted | None,
        part_of: int | None,
        item_before: int | None,
    ) -> tuple[str, str]:
        """Action and thing, with what the number leaves to the item before it."""
        language, found = self.passage.language, self.found
        if not action and not thing and previous is not None:
            # 开展培训12场、1350人次: the same thing, counted once more.
            return previous.action, previous.thing
        total = found[part_of] if part_of is not None else None
        if not action and thing and find_action(thing, language) is None:
            source = previous or total
            action = source.action if source is not None else ""
        if not thing and action:
            last = found[item_before] if item_before is not None else None
            source = previous or total or last
            thing = words_after_action(source.thing, language) if source is not None else ""
            if re.search(r"\d", thing):
                thing = ""
        return action, thing

    def _words_before(self) -> tuple[str, int | None]:
        """The words of the clause before the number, and the item whose enumeration they go on
        with."""
        before = self._neighbour(-1)
        if before is None:
            return self._without_numbers(self.low, self.start), None
        between = _without_bracket(
            self.passage.text[self.passage.wide_spans[before][1] : self.start]
        )
        if not between or between.endswith(self.enumerators):
            return "", before
        if between.startswith(self.enumerators) or self._opens_enumeration(between):
            return self._strip_enumerators(between), before
        at = find_action(between, self.passage.language)
        if at is not None:
            return between[at:], None
        return between[self._last_enumerator(between) + 1 :], before

    def _words_after(self) -> str:
        """The words of the clause after the number that still belong to it."""
        after = self._neighbour(+1)
        if after is None:
            words = self._without_numbers(self.end, self.high, drops_first=True)
            return "" if words.startswith(self.enumerators) else words
        between = _without_bracket(self.passage.text[self.end : self.passage.wide_spans[after][0]])
        if not between or between.startswith(self.enumerators) or self._opens_enumeration(between):
            return ""
        if between.endswith(self.enumerators):
            return self.passage.language.pattern("joint_at_end").sub("", between)
        at = find_action(between, self.passage.language)
        if at is not None:
            return between[:at].rstrip("".join(self.enumerators))
        cut = self._last_enumerator(between)
        return between[:cut] if cut > 0 else between

    def _opens_enumeration(self, words: str) -> bool:
        return words.startswith(self.passage.language.words("long_enumerator"))

    def _strip_enumerators(self, words: str) -> str:
        words = words.lstrip("".join(self.enumerators))
        for long in self.passage.language.words("long_enumerator"):
            words = words.removeprefix(long)
        return words

    def _last_enumerator(self, words: str) -> int:
        return max(words.rfind(mark) for mark in self.enumerators)

    def _neighbour(self, step: int) -> int | None:
        """The next number in that direction of the same clause that counts something by itself."""
        passage, other = self.passage, self.index + step
        while 0 <= other < len(passage.numbers):
            start, end = passage.spans[other]
            if start < self.low or end > self.high:
                return None
            first, second = min(self.index, other), max(self.index, other)
            if (
                counts_something(passage, passage.numbers[other])
                and not passage.is_nested(start, self.within)
                and not _is_inside_words(passage, first, second)
            ):
                return other
            other += step
        return None

    def _without_numbers(self, start: int, end: int, drops_first: bool = False) -> str:
        """A stretch without its figures, the brackets that hold some, and perhaps one that opens
        it."""
        passage = self.passage
        cut: list[tuple[int, int]] = []
        for low, high in passage.brackets:
            if start < low and high < end and passage.text[low - 1] == "（":
                holds = any(low <= span[0] < high for span in passage.spans)
                if holds or (drops_first and low - 1 == start):
                    cut.append((low - 1, high + 1))
        for number, (low, high) in zip(passage.numbers, passage.wide_spans, strict=True):
            if start <= low and high <= end and counts_something(passage, number):
                total = passage.language.pattern("total_before").search(passage.text[start:low])
                cut.append((low - len(total[0]) if total else low, high))
        words: list[str] = []
        at = start
        for low, high in sorted(cut):
            if low >= at:
                words.append(passage.text[at:low])
                at = high
        words.append(passage.text[at:end])
        return "".join(words)

    # ---------------------------------------------------------------------------- totals

    def _find_total(self, shares_with: int | None) -> int | None:
        """The number of whose total this one is a part, by a word such as 其中."""
        passage, found = self.passage, self.found
        if shares_with is not None and found[shares_with].part_of is not None:
            return found[shares_with].part_of
        if not passage.language.cue("part_cue").match(passage.text, self.low):
            return None
        is_bracketed = self.within[0] == self.low and self.within != passage.whole
        limit = 0 if is_bracketed else passage.cut_before(self.low, SENTENCE_ENDS, self.within)
        for other in range(self.index - 1, -1, -1):
            start, end = passage.spans[other]
            if start < limit:
                return None
            if end <= self.low and counts_something(passage, passage.numbers[other]):
                if is_bracketed and end != self.within[0] - 1 and not self._touches(end):
                    return None
                return found[other].part_of if found[other].part_of is not None else other
        return None

    def _touches(self, end: int) -> bool:
        """Whether only the words that the number counts stand between it and the bracket."""
        between = self.passage.text[end : self.within[0] - 1]
        return not any(mark in CLAUSE_ENDS for mark in between)

    def _item_before(self) -> int | None:
        """The last number before this one in the same sentence that counts something."""
        passage = self.passage
        start = passage.spans[self.index][0]
        limit = passage.cut_before(start, SENTENCE_ENDS, self.within)
        for other in range(self.index - 1, -1, -1):
            if passage.spans[other][0] < limit:
                return None
            if counts_something(passage, passage.numbers[other]):
                return other
        return None

    def _context(self, previous: Counted | None, item_before: int | None) -> str:
        """The indicator of the item before, or the words of the clause or heading before."""
        passage = self.passage
        if previous is not None:
            return previous.words
        if self.low <= self.within[0] or passage.text[self.low - 1] in SENTENCE_ENDS:
            return ""
        low = passage.cut_before(self.low - 1, CLAUSE_ENDS, self.within)
        if item_before is not None and passage.spans[item_before][0] >= low:
            return self.found[item_before].words
        return strip_head(passage.text[low : self.low - 1], self.dates, passage.language)

    # -------------------------------------------------------------------------- examples

    def _action_of_list(self, left: str) -> str:
        """The verb before a list of examples that may run over commas."""
        passage, language = self.passage, self.passage.language
        action = opening_action(left, language)
        if action or left.startswith(language.words("place_preposition")):
            return action
        sentence_start = passage.cut_before(self.low, SENTENCE_ENDS, self.within)
        for number, (start, _) in zip(passage.numbers, passage.spans, strict=True):
            if sentence_start <= start < self.low and counts_something(passage, number):
                return ""
        for low, high in reversed(passage.split(CLAUSE_ENDS, sentence_start, self.low)):
            words = strip_head(passage.text[low:high], self.dates, language)
            action = opening_action(words, language)
            if action:
                return action
        return ""

    def _drop_examples(self, left: str) -> str:
        """`开工甲路、乙路等道路` → `开工道路`: the names are examples of what is counted."""
        language = self.passage.language
        match = language.pattern("examples").fullmatch(left)
        if match is None:
            return self._cut_place(left)
        kind = match["kind"]
        action = self._action_of_list(match["names"])
        at = find_action(kind, language)
        if left.startswith(language.words("place_preposition")) and at is not None:
            return kind[at:]
        return action + kind if action else left

    def _cut_place(self, left: str) -> str:
        """`在全区各镇街新建书房` → `新建书房`: where it is done is not what is counted."""
        language = self.passage.language
        if not left.startswith(language.words("place_preposition")):
            return left
        at = find_action(left, language)
        return left[at:] if at else left


def _is_inside_words(passage: Passage, first: int, second: int) -> bool:
    """Whether the first of two numbers is only part of the words before the second.

    So it is where neither an enumeration nor an action stands between: 以三大球为主的设施20片.
    """
    between = _without_bracket(
        passage.text[passage.wide_spans[first][1] : passage.wide_spans[second][0]]
    )
    language = passage.language
    if not between or language.pattern("joint").search(between):
        return False
    if between.startswith(language.words("enumerator")):
        return False
    return find_action(between, language) is None


def _without_bracket(words: str) -> str:
    """Without a bracket that opens the words: it qualifies the number before it."""
    return BRACKET_AT_START.sub("", words)

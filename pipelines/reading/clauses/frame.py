"""One number in its clause: what rules look at.

Belongs here: the stretches of words around a number, and questions about them that several rules
ask. Does not belong here: what follows from the answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pipelines.quantities.grammar import Number, NumberKind
from pipelines.reading.language.counted import Counted
from pipelines.reading.language.passage import (
    CLAUSE_ENDS,
    SENTENCE_ENDS,
    Passage,
    counts_something,
)
from pipelines.reading.language.text import Text
from pipelines.reading.language.units import PERCENT
from pipelines.vocabulary import Language, Vocabulary

QUOTATION_MARKS = "“‘「『"
QUOTED_GOAL_REACH = 8
"""Characters after a closing quotation mark that tell whether a goal was quoted."""


@dataclass(frozen=True, eq=False)
class Frame:
    """A number of a text. `span` limits the words to one step of a schedule (in `passage.text`)."""

    text: Text
    index: int
    span: tuple[int, int] | None = None
    has_date: bool = True
    """Whether the number stands under a date (asked in schedules only)."""
    promised_before: bool = False
    """Whether a number before it in its text is promised (asked in plans only)."""

    def __str__(self) -> str:
        """The number as printed, for a message."""
        return repr(self.number.as_printed)

    @property
    def passage(self) -> Passage:
        """The text, parsed."""
        return self.text.passage

    @property
    def language(self) -> Language:
        """The words by which it is understood."""
        return self.text.language

    @property
    def vocabulary(self) -> Vocabulary:
        """All vocabularies."""
        return self.text.vocabulary

    @property
    def number(self) -> Number:
        """The number itself."""
        return self.passage.numbers[self.index]

    @property
    def counted(self) -> Counted:
        """What it counts."""
        return self.text.counted[self.index]

    @cached_property
    def place(self) -> tuple[int, int]:
        """Its range with the comparators on either side."""
        return self.passage.wide_spans[self.index]

    @cached_property
    def within(self) -> tuple[int, int]:
        """The innermost bracket or quotation around it, or the whole text."""
        return self.passage.enclosing(*self.place)

    @cached_property
    def clause(self) -> tuple[int, int]:
        """The range of its clause, inside its bracket and its step."""
        low = self.passage.cut_before(self.place[0], CLAUSE_ENDS, self.within)
        high = self.passage.cut_after(self.place[1], CLAUSE_ENDS, self.within)
        if self.span is None:
            return low, high
        return max(self.span[0], low), min(self.span[1], high)

    @cached_property
    def before(self) -> str:
        """The words of its clause before it."""
        return self.passage.text[self.clause[0] : self.place[0]]

    @cached_property
    def after(self) -> str:
        """The words of its clause after it."""
        return self.passage.text[self.place[1] : self.clause[1]]

    @cached_property
    def sentence_before(self) -> str:
        """The words of its sentence before it, out of any bracket."""
        low = self.passage.cut_before(self.place[0], SENTENCE_ENDS, self.passage.whole)
        return self.passage.text[low : self.place[0]]

    @cached_property
    def sentence_after(self) -> str:
        """The words of its sentence after it, out of any bracket."""
        high = self.passage.cut_after(self.place[1], SENTENCE_ENDS, self.passage.whole)
        return self.passage.text[self.place[1] : high]

    @cached_property
    def tail(self) -> str:
        """The words after it, unless an enumeration goes on with other things."""
        return "" if self.language.pattern("joint").match(self.after) else self.after

    @property
    def is_percent(self) -> bool:
        """Whether it is a percentage."""
        return self.number.unit == PERCENT

    @property
    def counts(self) -> bool:
        """Whether it counts things, not a stretch of time."""
        return counts_something(self.passage, self.number)

    @property
    def follows_quantity(self) -> bool:
        """Whether another quantity stands before it in its text."""
        return any(n.kind is NumberKind.QUANTITY for n in self.passage.numbers[: self.index])

    @cached_property
    def is_quoted(self) -> bool:
        """Whether it stands in quotation marks."""
        return (
            self.within != self.passage.whole
            and self.passage.text[self.within[0] - 1] in QUOTATION_MARKS
        )

    @cached_property
    def is_bracketed(self) -> bool:
        """Whether it stands in brackets that are no quotation marks."""
        return self.within != self.passage.whole and not self.is_quoted

    @cached_property
    def quote_lead(self) -> str:
        """The words of the clause before the quotation that it stands in."""
        mark = self.within[0] - 1
        low = self.passage.cut_before(mark, CLAUSE_ENDS, self.passage.whole)
        return self.passage.text[low:mark]

    @cached_property
    def quote_tail(self) -> str:
        """A few characters after the quotation that it stands in."""
        end = self.within[1]
        return self.passage.text[end + 1 : end + QUOTED_GOAL_REACH]

    @cached_property
    def own_words(self) -> tuple[str, str]:
        """The words before and after it that are its own, not another number's of its clause."""
        passage, index = self.passage, self.index
        (start, end), (low, high) = self.place, self.clause
        if index and counts_something(passage, passage.numbers[index - 1]):
            low = max(low, passage.wide_spans[index - 1][1])
        if index + 1 < len(passage.numbers) and counts_something(
            passage, passage.numbers[index + 1]
        ):
            following = passage.wide_spans[index + 1][0]
            if following < high:
                between = passage.text[end:following]
                joints = [
                    match.start() for match in self.language.pattern("joint").finditer(between)
                ]
                high = end + joints[-1] if joints else following
        return passage.text[low:start], passage.text[end:high]

    @cached_property
    def following(self) -> int | None:
        """The index of the next number of its clause that counts something by itself."""
        passage = self.passage
        for index in range(self.index + 1, len(passage.numbers)):
            start = passage.spans[index][0]
            if start >= self.clause[1]:
                return None
            if not passage.is_nested(start, self.within) and counts_something(
                passage, passage.numbers[index]
            ):
                return index
        return None

    @cached_property
    def until_next(self) -> str:
        """The words between it and the next number of its clause; none where there is none."""
        if self.following is None:
            return ""
        return self.passage.text[self.place[1] : self.passage.wide_spans[self.following][0]]

    @cached_property
    def fills_bracket(self) -> bool:
        """Whether it is all that its bracket holds."""
        low, high = self.within
        return self.is_bracketed and (low, high) == self.place

    @cached_property
    def qualifies_next(self) -> bool:
        """Whether it only tells where the next number is counted: 10个项目2176套."""
        passage = self.passage
        if self.index + 1 >= len(passage.numbers):
            return False
        end, start = self.place[1], passage.wide_spans[self.index + 1][0]
        following = passage.numbers[self.index + 1]
        if start > self.clause[1] or not counts_something(passage, following):
            return False
        between = passage.text[end:start]
        if not between or self.language.pattern("joint_or_mark").search(between):
            return False
        return not self.language.has("action", between)

    def says(self, kind: str) -> bool:
        """Whether a word of the kind stands before it in its clause."""
        return self.language.has(kind, self.before)

    def says_around(self, kind: str) -> bool:
        """Whether a word of the kind stands before or after it in its clause."""
        return self.says(kind) or self.language.has(kind, self.after)

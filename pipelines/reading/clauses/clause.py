"""One clause of what is said of a line in words: what the rules of kind and state look at.

Belongs here: the words of a clause without what only names things, its numbers, and the vocabulary
of verdicts. Does not belong here: the rules (`kind_rules`, `state_rules`), or cutting a text into
clauses (`sayings`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from pipelines.reading.clauses.frame import Frame
from pipelines.reading.clauses.result_rules import RESULT_RULES, ResultVerdict
from pipelines.reading.clauses.rules import choose, label_of
from pipelines.reading.language.text import Text
from pipelines.vocabulary import Language

QUOTES = "“‘「『"
BRACKETS = "（([【"


class Kind(StrEnum):
    """What is said: how far things are, what is to come, what the word cannot be held to, why, or
    anything else."""

    PROGRESS = "progress"
    PLAN = "plan"
    CAVEAT = "caveat"
    REASON = "reason"
    REMARK = "remark"


class State(StrEnum):
    """How far the thing spoken of is."""

    NOT_STARTED = "not_started"
    PREPARING = "preparing"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    ACCEPTED = "accepted"
    DELAYED = "delayed"
    STOPPED = "stopped"
    SOME_DONE = "some_done"
    """Of a clause alone: so many are done, of whatever there is to do. It is no state by itself."""


@dataclass(frozen=True, eq=False)
class Clause:
    """The stretch [start, end) of a text (in `text.passage.text`).

    `place` is the kind of what stands where it stands, where the words do not say otherwise.
    `is_later` says that it names a day after the one that the text speaks for, `after_plan` that
    the clause before it in its sentence tells what is to come.
    """

    text: Text
    start: int
    end: int
    place: Kind = Kind.PROGRESS
    is_later: bool = False
    after_plan: bool = False

    def __str__(self) -> str:
        """The clause as it stands, for a message."""
        return repr(self.text.passage.text[self.start : self.end])

    @property
    def language(self) -> Language:
        """The words by which it is understood."""
        return self.text.language

    @cached_property
    def words(self) -> str:
        """Its words without white space, without what stands in brackets, and without names in
        quotation marks: a project called “…计划” is no plan."""
        passage, kept, at = self.text.passage, [], self.start
        for low, high in passage.brackets:
            if low < at or high >= self.end or passage.text[low - 1] not in QUOTES + BRACKETS:
                continue
            kept.append(passage.text[at : low - 1])
            at = high + 1
        kept.append(passage.text[at : self.end])
        return "".join("".join(kept).split())

    @cached_property
    def results(self) -> tuple[tuple[Decimal | None, ResultVerdict], ...]:
        """What the rules of results say of each of its quantities, with its value."""
        passage = self.text.passage
        return tuple(
            (number.value, choose(RESULT_RULES, Frame(self.text, index)).verdict)
            for index, number in enumerate(passage.numbers)
            if self.start <= passage.spans[index][0] < self.end and label_of(number) is None
        )

    @property
    def counts_result(self) -> bool:
        """Whether it says how many are done."""
        return any(verdict.is_result and not verdict.is_share for _, verdict in self.results)

    @property
    def shares(self) -> tuple[Decimal, ...]:
        """The percentages of the work that it says are done."""
        return tuple(
            value for value, verdict in self.results if verdict.is_share and value is not None
        )

    @property
    def has_quantity(self) -> bool:
        """Whether a quantity stands in it."""
        return bool(self.results)

    def says(self, kind: str) -> bool:
        """Whether a word of the kind stands in it."""
        return self.language.has(kind, self.words)

    def tells(self, pattern: str) -> bool:
        """Whether a pattern is found in its words."""
        return self.language.pattern(pattern).search(self.words) is not None

"""A text of a document: its words, parsed once, and where each of them is printed.

Belongs here: the one object that readers take instead of a string. Does not belong here: what its
numbers are for (`clauses`), or what became of them (`recording`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from extractors.records import Character, Line, ParagraphKind, join_lines, locate_characters
from pipelines.quantities.grammar import Number, NumberKind
from pipelines.reading.language.counted import Counted, read_counted
from pipelines.reading.language.dates import DateMention, find_dates, read_due
from pipelines.reading.language.passage import CLAUSE_ENDS, Passage, read_passage
from pipelines.vocabulary import Language, Vocabulary

WHITE_SPACE = re.compile(r"\s+")
BARE_EXTRA_CHARACTERS = 4
"""Beside its number, unit and comparator, a cell that only states a figure has hardly any text."""


@dataclass(frozen=True, eq=False)
class Text:
    """The text of one cell or paragraph, or a part of it, with the place of each character.

    `table_no`, `row_no` and `col_no` count from 1; outside a table `row_no` is the number of the
    paragraph and the others are None. Two texts are the same only where they are one object.
    """

    key: str
    lines: tuple[Line, ...]
    vocabulary: Vocabulary = field(repr=False)
    page: int | None = None
    table_no: int | None = None
    row_no: int | None = None
    col_no: int | None = None
    paragraph_kind: ParagraphKind | None = None
    label: str = ""
    """The marker that automatic numbering prints before it; no part of the text."""
    start: int = 0
    end: int | None = None
    """A part of a cell or paragraph: its half open range in the whole printed text."""

    @cached_property
    def whole(self) -> str:
        """The printed text of the whole cell or paragraph."""
        return join_lines(self.lines)

    @cached_property
    def printed(self) -> str:
        """The printed text, of the part only where this is a part."""
        return self.whole[self.start : self.end]

    def part(self, start: int, end: int) -> Text:
        """A part of this text (half open, in its own characters) that keeps its place."""
        return replace(self, start=self.start + start, end=self.start + end)

    def seen_from(self, row_no: int) -> Text:
        """The same text as seen from a row that it is merged into."""
        return replace(self, row_no=row_no)

    @property
    def is_part(self) -> bool:
        """Whether this is a part of a longer text."""
        return self.start != 0 or self.end is not None

    @cached_property
    def passage(self) -> Passage:
        """The text normalised, with its numbers and brackets."""
        return read_passage(self.printed, self.vocabulary)

    @property
    def language(self) -> Language:
        """The words by which the text is understood."""
        return self.vocabulary.language

    @property
    def simplified(self) -> str:
        """The text in Simplified characters with normalised widths and spaces."""
        return self.passage.text

    @cached_property
    def words(self) -> str:
        """The text in Simplified characters without any white space."""
        return WHITE_SPACE.sub("", self.passage.text)

    @cached_property
    def shown(self) -> str:
        """The words, or those that are generated for it (`1.`) where it has none."""
        return self.words or WHITE_SPACE.sub("", read_passage(self.label, self.vocabulary).text)

    @cached_property
    def characters(self) -> tuple[Character, ...]:
        """The place of each character of `whole`."""
        return locate_characters(self.lines)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Every number of the text, once, in order."""
        return self.passage.numbers

    @cached_property
    def quantities(self) -> tuple[Number, ...]:
        """The numbers that count or measure something."""
        return tuple(n for n in self.numbers if n.kind is NumberKind.QUANTITY)

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """What each number counts, in the order of `numbers`."""
        return read_counted(self.passage)

    @cached_property
    def topic(self) -> str:
        """The name that it opens with, before a full stop, of what it tells; else nothing."""
        found = self.language.pattern("topic").match(self.words)
        name = found["topic"] if found is not None else ""
        return "" if self.language.has("done_clause", name) else name

    def counts(self, number: Number) -> Counted:
        """What one number of this text counts."""
        return self.counted[self.numbers.index(number)]

    def dates(self, plan_year: int | None) -> tuple[DateMention, ...]:
        """Every date of the text, in order; those without a year lie in the plan's."""
        return find_dates(self.passage, plan_year)

    def due(self, plan_year: int | None) -> date | None:
        """The last day that a due-date cell names; None where it names none that exists."""
        return read_due(self.passage, plan_year)

    @property
    def is_page_number(self) -> bool:
        """Whether it numbers a page."""
        return self.paragraph_kind is ParagraphKind.PAGE_NUMBER

    @property
    def is_blank(self) -> bool:
        """Whether it is empty or holds only a mark for "nothing"."""
        return self.vocabulary.is_blank(self.words)

    @cached_property
    def is_figure_alone(self) -> bool:
        """Whether it holds one figure and no word besides."""
        rest = self._rest_of_figure()
        return rest is not None and not any(character.isalnum() for character in rest)

    @property
    def is_date_alone(self) -> bool:
        """Whether it is a date and nothing besides."""
        mentions = self.dates(None)
        if len(mentions) != 1:
            return False
        [mention] = mentions
        rest = self.printed[: mention.start] + self.printed[mention.end :]
        return not any(character.isalnum() for character in rest)

    @cached_property
    def is_bare_quantity(self) -> bool:
        """Whether it states one figure and hardly a word besides."""
        rest = self._rest_of_figure()
        if rest is None or len(self.numbers) != 1:
            return False
        return len("".join(rest.split())) <= BARE_EXTRA_CHARACTERS

    def _rest_of_figure(self) -> str | None:
        """What stands beside its only quantity; None where it has none or several."""
        if len(self.quantities) != 1:
            return None
        number = self.quantities[0]
        return self.printed[: number.span_start] + self.printed[number.span_end :]

    def clause_around(self, number: Number) -> str:
        """The clause of a number, normalised: from the stop before it to the stop after it."""
        passage = self.passage
        start = passage.in_text(number.start)
        low = passage.cut_before(start, CLAUSE_ENDS, passage.whole)
        return passage.text[low : passage.cut_after(start, CLAUSE_ENDS, passage.whole)]


def unplaced(printed: str, vocabulary: Vocabulary) -> Text:
    """A text that stands nowhere: words of a header, an example of a rule."""
    return Text("", tuple(Line(line) for line in printed.split("\n")), vocabulary)

"""One line while its facts are recorded: which of its rows and texts state which targets.

Belongs here: what the recorders of one line share. Does not belong here: what any of them records.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.facts import Target
from pipelines.quantities.grammar import Number
from pipelines.reading.language.text import Text
from pipelines.reading.language.units import (
    BRACKETED_UNIT,
    Quantity,
    UnitHint,
    measure,
    read_unit,
)
from pipelines.reading.recognition import Doubt
from pipelines.reading.recording.book import Book
from pipelines.reading.recording.ledger import Ledger
from pipelines.reading.rows import Field, Line, Row
from pipelines.vocabulary import Vocabulary

RANGE = "range"
NAME_MAX_LENGTH = 24
NAME_STOPS = "。；，："
"""Longer words, or several clauses, describe a line and name no figure of it."""
UNIT_MAX_LENGTH = 4
"""Characters shown after a number whose unit is not known."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A goal as a source states it.

    `indicator` is what is counted, `as_printed` the source's words; `text` holds the `number` (both
    None where a thing is promised unmeasured), `hint` a unit that stands elsewhere, `rule` what
    says that it is one. `year` is its own, where a column names one.
    """

    indicator: str
    as_printed: str
    text: Text | None = None
    number: Number | None = None
    hint: UnitHint | None = None
    rule: str = ""
    context: str = ""
    year: int | None = None
    origin: str = "plan"


@dataclass(slots=True)
class LineRecord:
    """A line, its commitment, and the targets found so far."""

    book: Book
    line: Line
    commitment_id: str
    by_row: dict[int, list[str]] = field(default_factory=dict)
    by_text: dict[str, list[str]] = field(default_factory=dict)
    """Target ids by the key of the text that states them."""

    @property
    def ledger(self) -> Ledger:
        """The ledger of the document."""
        return self.book.ledger

    @property
    def vocabulary(self) -> Vocabulary:
        """All vocabularies."""
        return self.book.vocabulary

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets of the commitment so far, in order."""
        return self.book.targets_of(self.commitment_id)

    def add(self, row: int, text: Text, target_id: str) -> None:
        """Note that a row states, or restates, a target, and in which text."""
        for ids in (self.by_row.setdefault(row, []), self.by_text.setdefault(text.key, [])):
            if target_id not in ids:
                ids.append(target_id)

    def share(self, row: int, text: Text) -> None:
        """Note that a text merged over several rows states its targets for this row as well."""
        for target_id in self.by_text.get(text.key, ()):
            self.add(row, text, target_id)

    def targets_under(self, field: Field) -> list[str] | None:
        """The ids of the targets that the rows of a field state; None for all of the line."""
        if field.covers is None:
            return None
        return [i for row in field.covers for i in self.by_row.get(row, ())]

    def targets_in_force(self, row: Row) -> list[str]:
        """The ids of the targets of a row: its own, or where it does not state those above it."""
        if row.states or row.index in self.by_row:
            return self.by_row.get(row.index, [])
        above = [r.index for r in self.line.rows if r.index < row.index and r.states]
        return self.by_row.get(above[-1], []) if above else []

    def add_target(self, stated: Stated) -> Target:
        """Record a promise and claim its number; without one it promises a thing unmeasured."""
        book, number, hint = self.book, stated.number, stated.hint
        target_id = book.identify_under(self.commitment_id, str(len(self.targets) + 1))
        quantity = Quantity(None, hint.unit if hint is not None else None)
        figure_id = None
        if stated.text is not None and number is not None:
            quantity = measure(number, hint)
            if quantity.unit is None and quantity.value is not None:
                self._doubt_unit(stated.text, number)
            figure_id = self.ledger.claim(
                stated.text, number, "target", stated.rule, target_id, quantity
            )
        base_value, base_unit = book.in_base_unit(quantity.value, quantity.unit)
        target = Target(
            target_id=target_id,
            commitment_id=self.commitment_id,
            document_id=book.document.document_id,
            region_code=book.document.region_code,
            plan_year=stated.year or book.plan_year,
            indicator=stated.indicator,
            indicator_id=None,
            value=quantity.value,
            unit=quantity.unit,
            comparator=_comparator_of(number),
            upper_value=number.upper if number is not None else None,
            base_value=base_value,
            base_unit=base_unit,
            as_printed=stated.as_printed,
            figure_id=figure_id,
            context=stated.context,
            origin=stated.origin,
        )
        book.targets.append(target)
        return target

    def _doubt_unit(self, text: Text, number: Number) -> None:
        after = text.printed[number.end : number.end + UNIT_MAX_LENGTH]
        self.book.doubt(
            Doubt(
                "unknown_unit",
                f"No unit is known for “{number.as_printed}” before “{after}”; the figure has "
                "none.",
                text,
                as_printed=f"{number.as_printed}{after}",
                vocabulary="units.csv",
                suggestion=after[:1],
            )
        )

    def unit_of(self, row: Row) -> UnitHint | None:
        """The unit in the row's unit column, in brackets after its name, or of the caption.

        One that is not known is queued and kept as printed.
        """
        field = row.first("unit")
        if field is None:
            return split_named_unit(name_of(row), self.vocabulary)[1] or self.line.unit
        hint = read_unit(field.text.printed, self.vocabulary)
        if hint is not None:
            return hint
        words = field.text.words
        self.book.doubt(
            Doubt(
                "unknown_unit",
                f"The unit “{words}” is not in the vocabulary; the figures of its row keep it as "
                "printed.",
                field.text,
                vocabulary="units.csv",
                suggestion=words,
            )
        )
        return UnitHint(words)


def _comparator_of(number: Number | None) -> str:
    if number is None:
        return "="
    return RANGE if number.upper is not None else number.comparator


def rule_of(field: Field) -> str:
    """The rule by which the column or label of a field gives its number a role."""
    return f"column:{field.role}"


def name_of(row: Row) -> str:
    """What a row is about where its figure stands alone: its sub-title, or the words that another
    column says of what is to be done, its title, its goal."""
    parts = [field.text.words for field in row.all("sub_title")]
    if not parts:
        parts = [field.text.words for field in row.all("goal", "detail") if _names(field)]
    if not parts and row.title is not None:
        parts = [row.title.words]
    if not parts:
        named = [field.text for field in row.all("goal", "detail")]
        parts = [text.words for text in named if not is_figure_only(text)]
    return "".join(parts)


def _names(field: Field) -> bool:
    """Whether a cell of its own row says in a few words what is counted (新建公办幼儿园)."""
    text = field.text
    is_own = field.is_first and (field.covers is None or len(field.covers) == 1)
    is_short = not text.numbers and len(text.words) <= NAME_MAX_LENGTH
    return is_own and is_short and not any(mark in text.words for mark in NAME_STOPS)


def is_figure_only(text: Text) -> bool:
    """Whether a text is one number with its unit, and nothing else."""
    numbers = text.vocabulary.grammar.find_numbers(text.words)
    return len(numbers) == 1 and numbers[0].end - numbers[0].start == len(text.words)


def split_named_unit(name: str, vocabulary: Vocabulary) -> tuple[str, UnitHint | None]:
    """A name without the unit in brackets at its end (`农村厕所改造（座）`), and that unit."""
    bracket = BRACKETED_UNIT.search(name)
    hint = read_unit(bracket.group(), vocabulary) if bracket is not None else None
    return (name[: bracket.start()], hint) if bracket is not None and hint else (name, None)

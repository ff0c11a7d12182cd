"""The ledger: every number of a document, where it was printed and what became of it.

Belongs here: writing down who claimed which number, and by which rule. Does not belong here:
deciding what a number means, or cutting a document into texts (`outline.texts`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.facts import Figure
from pipelines.quantities.grammar import Number, NumberKind
from pipelines.reading.clauses.rules import rule_of_label
from pipelines.reading.language.text import Text
from pipelines.reading.language.units import Quantity
from pipelines.reading.outline.texts import DocumentTexts
from pipelines.reading.recording.placing import place_of

CONTEXT_CHARACTERS = 12
"""Printed characters kept on either side of a figure, enough to recognise it on the page."""

UNRESOLVED = "unresolved"
OPEN_KINDS = (NumberKind.QUANTITY, NumberKind.UNRESOLVED)
"""Kinds whose role the words around the number cannot tell: the reader of the column must."""


@dataclass(slots=True)
class _Claim:
    role: str
    rule: str
    fact_id: str | None
    quantity: Quantity | None


class Ledger:
    """The claims made on the numbers of a document's texts."""

    def __init__(self, document_id: str, texts: DocumentTexts) -> None:
        self.document_id = document_id
        self._texts = texts
        self._claims: dict[tuple[str, int], _Claim] = {}

    def _index(self, text: Text, number: Number) -> int:
        """The position of a number among all numbers of its cell or paragraph.

        Numbers are told apart by their first digit: a part of a text, read by itself, may see more
        or less around a number, but the number begins where it begins.
        """
        whole = self._texts[text.key]
        for index, candidate in enumerate(whole.numbers):
            if candidate.number_start == number.number_start + text.start:
                return index
        raise LookupError(f"{number.as_printed!r} is not a number of {text.key}")

    def claim(
        self,
        text: Text,
        number: Number,
        role: str,
        rule: str,
        fact_id: str | None = None,
        quantity: Quantity | None = None,
    ) -> str:
        """Write down what became of a number; returns its figure id.

        The first claim that names a fact stands: a number that several facts share (one share of
        progress for all targets of a line) is printed, and therefore listed, once. `rule` names
        what gave the role; `quantity` is what the number states where its unit or multiplier
        stands elsewhere.
        """
        index = self._index(text, number)
        known = self._claims.get((text.key, index))
        if known is None or (known.fact_id is None and fact_id is not None):
            self._claims[text.key, index] = _Claim(role, rule, fact_id, quantity)
        return self._figure_id(text.key, index)

    def _figure_id(self, key: str, index: int) -> str:
        return f"{self.document_id}/{key}.n{index + 1}"

    def figure_id_of(self, text: Text, number: Number) -> str:
        """The id that a number has in the ledger, whoever claims it."""
        return self._figure_id(text.key, self._index(text, number))

    def is_claimed(self, text: Text, number: Number) -> bool:
        """Whether somebody has said what this number is."""
        return (text.key, self._index(text, number)) in self._claims

    def claim_rest(self, text: Text, role: str, rule: str) -> None:
        """Give `role` to the numbers of a text that are no labels and that nobody has claimed."""
        for number in text.numbers:
            if number.kind in OPEN_KINDS and not self.is_claimed(text, number):
                self.claim(text, number, role, rule)

    def figures(self) -> tuple[Figure, ...]:
        """The ledger, in the order of the source; a quantity that nobody claimed is unresolved."""
        return tuple(
            self._figure(text, index, number)
            for text in self._texts
            for index, number in enumerate(text.numbers)
        )

    def _figure(self, text: Text, index: int, number: Number) -> Figure:
        claim = self._claims.get((text.key, index))
        if claim is not None:
            role, rule, fact_id = claim.role, claim.rule, claim.fact_id
        elif number.kind in OPEN_KINDS:
            role, rule, fact_id = UNRESOLVED, None, None
        else:
            role, rule, fact_id = str(number.kind), rule_of_label(number), None
        quantity = claim.quantity if claim is not None else None
        quantity = quantity or Quantity(number.value, number.unit)
        place = place_of(text, number.start, number.end)
        return Figure(
            figure_id=self._figure_id(text.key, index),
            document_id=self.document_id,
            page=place.page,
            table_no=text.table_no,
            row_no=text.row_no,
            col_no=text.col_no,
            char_start=number.start,
            char_end=number.end,
            as_printed=number.as_printed,
            value=quantity.value,
            unit=quantity.unit or number.unit,
            role=role,
            rule=rule,
            fact_id=fact_id,
            context=_context(text.printed, number),
            x0=place.x0,
            top=place.top,
            x1=place.x1,
            bottom=place.bottom,
        )


def _context(text: str, number: Number) -> str:
    start = max(0, number.start - CONTEXT_CHARACTERS)
    end = min(len(text), number.end + CONTEXT_CHARACTERS)
    return text[start:end].replace("\n", " ")

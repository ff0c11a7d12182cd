"""The ledger: every number of a document, where it was printed and what became of it.

Belongs here: cutting a document into texts (one per cell or paragraph), finding their numbers
once, and writing down who claimed which. Does not belong here: deciding what a number means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.records import (
    Cell,
    Character,
    Document,
    Line,
    Paragraph,
    ParagraphKind,
    join_lines,
    locate_characters,
)
from pipelines.facts import Figure
from pipelines.quantities.grammar import Number, NumberKind, find_numbers
from pipelines.quantities.text import simplify
from pipelines.reading.language.units import Quantity

CONTEXT_CHARACTERS = 12
"""Printed characters kept on either side of a figure, enough to recognise it on the page."""

UNRESOLVED = "unresolved"
OPEN_KINDS = (NumberKind.QUANTITY, NumberKind.UNRESOLVED)
"""Kinds whose role the words around the number cannot tell: the reader of the column must."""


@dataclass(frozen=True)
class SourceText:
    """The text of one cell or paragraph, with the place of each of its characters.

    `table_no`, `row_no` and `col_no` count from 1; outside a table `row_no` is the number of the
    paragraph and the others are None.
    """

    key: str
    lines: tuple[Line, ...]
    page: int | None
    table_no: int | None
    row_no: int | None
    col_no: int | None
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
    def text(self) -> str:
        """The printed text, of the part only where this is a part."""
        return self.whole[self.start : self.end]

    def part(self, start: int, end: int) -> SourceText:
        """A part of this text (half open, in its own characters) that keeps its place."""
        return replace(self, start=self.start + start, end=self.start + end)

    @cached_property
    def simplified(self) -> str:
        """The text in Simplified characters with normalised widths and spaces."""
        return simplify(self.text)

    @cached_property
    def characters(self) -> tuple[Character, ...]:
        """The place of each character of `whole`."""
        return locate_characters(self.lines)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Every number of the text, once, in order."""
        return find_numbers(self.text)

    @cached_property
    def is_part(self) -> bool:
        """Whether this is a part of a longer text."""
        return self.start != 0 or self.end is not None

    def quantities(self) -> tuple[Number, ...]:
        """The numbers that count or measure something."""
        return tuple(n for n in self.numbers if n.kind == NumberKind.QUANTITY)


@dataclass(slots=True)
class _Claim:
    role: str
    fact_id: str | None
    quantity: Quantity | None


class Ledger:
    """All texts of a document and the claims made on their numbers."""

    def __init__(self, document_id: str, document: Document) -> None:
        self.document_id = document_id
        self._texts: dict[str, SourceText] = {}
        self._cells: dict[tuple[int, int, int], SourceText] = {}
        self._claims: dict[tuple[str, int], _Claim] = {}
        paragraph_no = 0
        for block in document.blocks:
            if isinstance(block, Paragraph):
                paragraph_no += 1
                self._add(
                    SourceText(
                        key=f"p{paragraph_no}",
                        lines=block.lines,
                        page=block.page,
                        table_no=None,
                        row_no=paragraph_no,
                        col_no=None,
                        paragraph_kind=block.kind,
                        label=block.label,
                    )
                )
                continue
            for cell in block.cells:
                text = SourceText(
                    key=f"t{block.number}.r{cell.row + 1}.c{cell.col + 1}",
                    lines=cell.lines,
                    page=cell.page,
                    table_no=block.number,
                    row_no=cell.row + 1,
                    col_no=cell.col + 1,
                )
                self._add(text)
                self._cells[block.number, cell.row, cell.col] = text

    def _add(self, text: SourceText) -> None:
        self._texts[text.key] = text

    def texts(self) -> Iterator[SourceText]:
        """Every text, in the order of the source."""
        return iter(self._texts.values())

    def paragraphs(self) -> tuple[SourceText, ...]:
        """The texts outside tables, in the order of the source."""
        return tuple(p for p in self._texts.values() if p.table_no is None)

    def of_cell(self, table_no: int, cell: Cell) -> SourceText:
        """The text of a cell of the table with this number."""
        return self._cells[table_no, cell.row, cell.col]

    def _index(self, text: SourceText, number: Number) -> int:
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
        text: SourceText,
        number: Number,
        role: str,
        fact_id: str | None = None,
        quantity: Quantity | None = None,
    ) -> str:
        """Write down what became of a number; returns its figure id.

        The first claim that names a fact stands: a number that several facts share (one share of
        progress for all targets of a line) is printed, and therefore listed, once. `quantity` is
        what the number states where its unit or multiplier stands elsewhere.
        """
        index = self._index(text, number)
        known = self._claims.get((text.key, index))
        if known is None or (known.fact_id is None and fact_id is not None):
            self._claims[text.key, index] = _Claim(role, fact_id, quantity)
        return self._figure_id(text.key, index)

    def _figure_id(self, key: str, index: int) -> str:
        return f"{self.document_id}/{key}.n{index + 1}"

    def is_claimed(self, text: SourceText, number: Number) -> bool:
        """Whether somebody has said what this number is."""
        return (text.key, self._index(text, number)) in self._claims

    def claim_rest(self, text: SourceText, role: str) -> None:
        """Give `role` to the numbers of a text that are no labels and that nobody has claimed."""
        for number in text.numbers:
            if number.kind in OPEN_KINDS and not self.is_claimed(text, number):
                self.claim(text, number, role)

    def figures(self) -> tuple[Figure, ...]:
        """The ledger, in the order of the source; a quantity that nobody claimed is unresolved."""
        return tuple(
            self._figure(text, index, number)
            for text in self._texts.values()
            for index, number in enumerate(text.numbers)
        )

    def _figure(self, text: SourceText, index: int, number: Number) -> Figure:
        claim = self._claims.get((text.key, index))
        if claim is not None:
            role, fact_id = claim.role, claim.fact_id
        elif number.kind in OPEN_KINDS:
            role, fact_id = UNRESOLVED, None
        else:
            role, fact_id = str(number.kind), None
        quantity = claim.quantity if claim is not None else None
        quantity = quantity or Quantity(number.value, number.unit)
        places = text.characters[number.start : number.end]
        page = next((place.page for place in places if place.page is not None), text.page)
        # A number cut by a page break lies on two pages: the rectangle is that of its first part.
        boxes = [place.box for place in places if place.box is not None and place.page == page]
        return Figure(
            figure_id=self._figure_id(text.key, index),
            document_id=self.document_id,
            page=page,
            table_no=text.table_no,
            row_no=text.row_no,
            col_no=text.col_no,
            char_start=number.start,
            char_end=number.end,
            as_printed=number.as_printed,
            value=quantity.value,
            unit=quantity.unit or number.unit,
            role=role,
            fact_id=fact_id,
            context=_context(text.text, number),
            x0=min((box[0] for box in boxes), default=None),
            top=min((box[1] for box in boxes), default=None),
            x1=max((box[2] for box in boxes), default=None),
            bottom=max((box[3] for box in boxes), default=None),
        )


def _context(text: str, number: Number) -> str:
    start = max(0, number.start - CONTEXT_CHARACTERS)
    end = min(len(text), number.end + CONTEXT_CHARACTERS)
    return text[start:end].replace("\n", " ")

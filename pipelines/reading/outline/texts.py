"""A document cut into its texts: one for each cell and paragraph, with its place.

Belongs here: texts and their keys. Does not belong here: what any of them says.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.records import Cell, Document, Paragraph, ParagraphKind, Table
from pipelines.reading.language.text import Text
from pipelines.vocabulary import Vocabulary

PROSE = (ParagraphKind.BODY, ParagraphKind.HEADING)


class DocumentTexts:
    """All texts of a document, in the order of the source."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._texts: dict[str, Text] = {}
        paragraph_no = 0
        for block in document.blocks:
            if isinstance(block, Paragraph):
                paragraph_no += 1
                self._add_paragraph(block, paragraph_no, vocabulary)
            else:
                self._add_table(block, vocabulary)

    def _add_paragraph(self, paragraph: Paragraph, number: int, vocabulary: Vocabulary) -> None:
        key = f"p{number}"
        self._texts[key] = Text(
            key,
            paragraph.lines,
            vocabulary,
            page=paragraph.page,
            row_no=number,
            paragraph_kind=paragraph.kind,
            label=paragraph.label,
        )

    def _add_table(self, table: Table, vocabulary: Vocabulary) -> None:
        for cell in table.cells:
            key = _key_of(table, cell)
            self._texts[key] = Text(
                key,
                cell.lines,
                vocabulary,
                page=cell.page,
                table_no=table.number,
                row_no=cell.row + 1,
                col_no=cell.col + 1,
                label=cell.label,
            )

    def __iter__(self) -> Iterator[Text]:
        return iter(self._texts.values())

    def __getitem__(self, key: str) -> Text:
        return self._texts[key]

    def of_cell(self, table: Table, cell: Cell) -> Text:
        """The text of a cell of a table of this document."""
        return self._texts[_key_of(table, cell)]

    def paragraphs(self) -> tuple[Text, ...]:
        """The texts outside tables."""
        return tuple(text for text in self if text.table_no is None)

    def prose(self) -> tuple[Text, ...]:
        """The texts outside tables that are neither page furniture nor notes of a page."""
        return tuple(text for text in self.paragraphs() if text.paragraph_kind in PROSE)


def _key_of(table: Table, cell: Cell) -> str:
    return f"t{table.number}.r{cell.row + 1}.c{cell.col + 1}"

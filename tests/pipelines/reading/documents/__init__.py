"""Small documents for tests of the reading layer, made from rows of text."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.records import Block, Cell, Document, Line, Paragraph, Table
from pipelines.facts import DocumentFacts
from pipelines.reading import read_facts
from pipelines.sources import SourceEntry
from pipelines.vocabulary import load_vocabulary

SAME = "^"
"""In a row: the position belongs to the cell above."""
WIDE = "<"
"""In a row: the position belongs to the cell to the left."""
HOLE = "∅"
"""In a row: the position belongs to no cell."""


def make_table(rows: Sequence[Sequence[str]], number: int = 1) -> Table:
    """A table from rows of text, with the marks above for positions that have no cell."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text == SAME:
                owners[r, c] = owners[r - 1, c]
            elif text == WIDE:
                owners[r, c] = owners[r, c - 1]
            elif text != HOLE:
                owners[r, c] = (r, c)
    cells = []
    for r, c in dict.fromkeys(owners.values()):
        covered = [place for place, owner in owners.items() if owner == (r, c)]
        cells.append(
            Cell(
                row=r,
                col=c,
                row_span=max(place[0] for place in covered) - r + 1,
                col_span=max(place[1] for place in covered) - c + 1,
                lines=tuple(Line(text) for text in rows[r][c].split("\n") if text),
            )
        )
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return Table(tuple(cells), len(rows), len(rows[0]), number)


def make_document(*blocks: str | Sequence[Sequence[str]], name: str = "plan.docx") -> Document:
    """A Word document of paragraphs (strings) and tables (rows), in order."""
    made: list[Block] = []
    tables = 0
    for block in blocks:
        if isinstance(block, str):
            made.append(Paragraph((Line(block),)))
        else:
            tables += 1
            made.append(make_table(block, tables))
    return Document(name, "docx", "0" * 64, tuple(made), None)


def read(*blocks: str | Sequence[Sequence[str]], **source: object) -> DocumentFacts:
    """The facts of a small document; `source` is what a person wrote down about it."""
    return read_facts_of(make_document(*blocks), **source)


def read_facts_of(document: Document, **source: object) -> DocumentFacts:
    """The facts of a document; `source` is what a person wrote down about it."""
    entry = SourceEntry(file_name=document.name, **source)  # type: ignore[arg-type]  # by key
    return read_facts(document, entry, load_vocabulary())

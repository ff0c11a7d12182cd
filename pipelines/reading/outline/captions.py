"""What stands over a table: the name of its one task, and the unit of its bare figures.

Belongs here: the few lines between a table and what comes before it. Does not belong here: the
header rows of the table itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records import Document, ParagraphKind, Table
from pipelines.reading.language.passage import read_passage
from pipelines.reading.language.units import PERCENT, UnitHint, read_unit
from pipelines.vocabulary import Vocabulary

NAME_MAX_LENGTH = 30
LINES_ABOVE = 3


@dataclass(frozen=True, slots=True)
class Caption:
    """The name and unit that a table's surroundings give it; None where they give none."""

    name: str | None = None
    unit: UnitHint | None = None


def read_caption(document: Document, table: Table, vocabulary: Vocabulary) -> Caption:
    """The caption of a table: the last short line above it, and a line that names a unit."""
    name: str | None = None
    unit: UnitHint | None = None
    for text in reversed(_lines_above(document, table, vocabulary)[-LINES_ABOVE:]):
        unit_line = vocabulary.language.pattern("unit_line").fullmatch(text)
        if unit_line is not None:
            unit = unit or _counted_unit(unit_line.group("unit"), vocabulary)
        elif name is None and 0 < len(text) <= NAME_MAX_LENGTH and text[-1] not in "。；：":
            marker = vocabulary.language.pattern("caption_marker").match(text)
            name = text[marker.end() :] if marker is not None else text
    return Caption(name, unit)


def _counted_unit(words: str, vocabulary: Vocabulary) -> UnitHint | None:
    """The unit of the counts of a table: the only one that its caption names beside per cent.

    Where it names several (`公里、个`), none is known to be that of a bare figure.
    """
    whole = read_unit(words, vocabulary)
    if whole is not None:
        return whole
    listed = [
        read_unit(part, vocabulary) for part in vocabulary.language.pattern("joint").split(words)
    ]
    counted = [unit for unit in listed if unit is None or unit.unit != PERCENT]
    return counted[0] if len(counted) == 1 else None


def _lines_above(document: Document, table: Table, vocabulary: Vocabulary) -> list[str]:
    """The lines between a table and the table before it."""
    lines: list[str] = []
    for block in document.blocks:
        if block is table:
            break
        if isinstance(block, Table):
            lines = []
        elif block.kind in (ParagraphKind.BODY, ParagraphKind.HEADING):
            lines.append(read_passage(block.text, vocabulary).text.replace(" ", ""))
    return lines

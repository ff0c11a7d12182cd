"""What stands over a table: the name of its one task, and the unit of its bare figures.

Belongs here: the few lines between a table and what comes before it. Does not belong here: the
header rows of the table itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.records import Document, ParagraphKind, Table
from pipelines.reading.language.units import UnitHint, read_unit
from pipelines.reading.tables.layout import clean_header
from pipelines.vocabulary import Vocabulary

UNIT_LINE = re.compile(r"^[（(]?(?:计量)?单位[:：](?P<unit>[^（）()、，,]+)[)）]?$")
MARKER = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、．.]+|[（(]?\d{1,2}[)）、．.]+(?!\d)|表\s*[\d一二三四五]+[:：]?)"
)
NAME_MAX_LENGTH = 30
LINES_ABOVE = 3


@dataclass(frozen=True, slots=True)
class Caption:
    """The name and unit that a table's surroundings give it; None where they give none."""

    name: str | None = None
    unit: UnitHint | None = None


def read_caption(document: Document, table: Table, vocabulary: Vocabulary) -> Caption:
    """The caption of a table: the last short line above it, and a line that names a unit."""
    lines: list[str] = []
    for block in document.blocks:
        if block is table:
            break
        if isinstance(block, Table):
            lines = []
        elif block.kind in (ParagraphKind.BODY, ParagraphKind.HEADING):
            lines.append(clean_header(block.text))
    name: str | None = None
    unit: UnitHint | None = None
    for text in reversed(lines[-LINES_ABOVE:]):
        unit_line = UNIT_LINE.match(text)
        if unit_line is not None:
            unit = unit or read_unit(unit_line.group("unit"), vocabulary)
        elif name is None and 0 < len(text) <= NAME_MAX_LENGTH and text[-1] not in "。；：":
            name = MARKER.sub("", text)
    return Caption(name, unit)

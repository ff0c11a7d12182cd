"""Plans without a table: numbered lists and paragraphs as lines.

Belongs here: recognising a list of promises, and cutting one item by its labels and the bodies in
brackets at its end. Does not belong here: finding the items (`outline.listing`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.reading.language.text import Text
from pipelines.reading.lists.labelled_line import line_of_pieces
from pipelines.reading.lists.trailing_bodies import find_trailing_bodies
from pipelines.reading.outline.labels import LabelledPiece, split_labelled
from pipelines.reading.outline.listing import Item, read_items
from pipelines.reading.recognition import Recognition, Setting
from pipelines.reading.rows import BODY_ROLES, Line

EVIDENCE = 0.5
"""Any running text may be read as a list of promises, where it does not report."""


def recognise_items(paragraphs: Sequence[Text], setting: Setting) -> Recognition:
    """Each item of a list as a line; without marks, each paragraph that counts something."""
    items = read_items(paragraphs)
    lines = tuple(line for item in items if (line := _line_of(item, setting)) is not None)
    return Recognition(
        layout="items",
        evidence=EVIDENCE,
        says=f"{len(lines)} items are listed",
        lines=lines,
        roles=frozenset(role for line in lines for role in line.roles),
    )


def _line_of(item: Item, setting: Setting) -> Line | None:
    pieces = [piece for text in item.texts for piece in _pieces_of(text)]
    if not pieces:
        return None
    number = setting.words_of(item.number) if item.number else None
    return line_of_pieces(pieces, number, item.category, setting)


def _pieces_of(text: Text) -> list[LabelledPiece]:
    """The text by its labels, and by the bodies in brackets at its end."""
    pieces = split_labelled(text)
    is_labelled = any(piece.role in BODY_ROLES for piece in pieces)
    bodies = None if is_labelled else find_trailing_bodies(text)
    if bodies is None:
        return list(pieces)
    before = split_labelled(text.part(0, bodies.start))
    return [*before, *(LabelledPiece(role, part) for role, part in bodies.parts)]

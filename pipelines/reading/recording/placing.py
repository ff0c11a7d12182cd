"""Where on its page a stretch of a text is printed.

Belongs here: the page and the rectangle of characters. Does not belong here: what stands there.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.reading.language.text import Text


@dataclass(frozen=True, slots=True)
class Place:
    """The page of a stretch and its rectangle, in points from the top left corner (PDF only)."""

    page: int | None
    x0: float | None
    top: float | None
    x1: float | None
    bottom: float | None


def place_of(text: Text, start: int, end: int) -> Place:
    """The place of the characters [start, end) of the whole cell or paragraph.

    A stretch that a page break cuts lies on two pages: the rectangle is that of its first part.
    """
    places = text.characters[start:end]
    page = next((place.page for place in places if place.page is not None), text.page)
    boxes = [place.box for place in places if place.box is not None and place.page == page]
    return Place(
        page=page,
        x0=min((box[0] for box in boxes), default=None),
        top=min((box[1] for box in boxes), default=None),
        x1=max((box[2] for box in boxes), default=None),
        bottom=max((box[3] for box in boxes), default=None),
    )

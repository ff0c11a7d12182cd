"""What is printed on one page, free of any PDF library: glyphs, rules and their turning.

Belongs here: the records that an engine fills and that `lattice` and `paragraphs` read; whatever
engine fills them, the same follows. Coordinates are points from the top left corner
of the page *as it is read*: a page whose whole text stands sideways is turned first, and each glyph
keeps in `place` where it is displayed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from extractors.records import Box

OBLIQUE = -1
"""Direction of text that runs neither along nor across the page."""


class Glyph(NamedTuple):
    """One printed shape; `text` is nearly always one character (a ligature has several).

    `direction` is the angle in degrees, clockwise as displayed, in which the text runs (0, 90, 180,
    270 or `OBLIQUE`); `is_light` means too pale for body text. `is_space` says that nothing is seen
    of it, `middle` is the height of its centre; both follow from the rest (see `print_glyph`). A
    tuple, because pages hold hundreds and nothing else is made as fast.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    direction: int
    is_bold: bool
    is_light: bool
    place: Box
    is_space: bool
    middle: float


def print_glyph(
    text: str,
    box: Box,
    size: float,
    *,
    direction: int = 0,
    is_bold: bool = False,
    is_light: bool = False,
) -> Glyph:
    """A glyph as displayed at `box`."""
    x0, top, x1, bottom = box
    return Glyph(
        text,
        x0,
        top,
        x1,
        bottom,
        size,
        direction,
        is_bold,
        is_light,
        box,
        text.isspace(),
        (top + bottom) / 2,
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along an axis; `at` is its fixed coordinate, `start` and `end` the other."""

    is_horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """One page: its size as read, its glyphs in the file's order, its rules.

    `turn` is by how many degrees clockwise the displayed page was turned so that its text reads
    from left to right; `picture_share` is the share of the page that images cover (0 to 1).
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    turn: int = 0
    picture_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Fallback:
    """A page (None: the whole file) that only the reference engine reads for certain, and why."""

    page: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """Drawings in the order of pages, the file's properties, and which pages fell back."""

    drawings: tuple[Drawing, ...]
    properties: dict[str, str]
    fallbacks: tuple[Fallback, ...] = ()


def turn_box(box: Box, degrees: int, width: float, height: float) -> Box:
    """`box` after its page of `width` × `height` points was turned clockwise by `degrees`."""
    x0, top, x1, bottom = box
    match degrees % 360:
        case 90:
            return (height - bottom, x0, height - top, x1)
        case 180:
            return (width - x1, height - bottom, width - x0, height - top)
        case 270:
            return (top, width - x1, bottom, width - x0)
        case _:
            return box


def turn_glyph(glyph: Glyph, degrees: int, width: float, height: float) -> Glyph:
    """The glyph on the turned page; `place` stays where it is displayed."""
    x0, top, x1, bottom = turn_box(
        (glyph.x0, glyph.top, glyph.x1, glyph.bottom), degrees, width, height
    )
    direction = glyph.direction if glyph.direction == OBLIQUE else (glyph.direction + degrees) % 360
    return glyph._replace(
        x0=x0, top=top, x1=x1, bottom=bottom, direction=direction, middle=(top + bottom) / 2
    )


def turn_rule(rule: Rule, degrees: int, width: float, height: float) -> Rule:
    """The rule on the turned page."""
    flat: Box = (
        (rule.start, rule.at, rule.end, rule.at)
        if rule.is_horizontal
        else (rule.at, rule.start, rule.at, rule.end)
    )
    x0, top, x1, bottom = turn_box(flat, degrees, width, height)
    is_horizontal = rule.is_horizontal ^ (degrees % 180 == 90)
    if is_horizontal:
        return Rule(True, top, x0, x1)
    return Rule(False, x0, top, bottom)


def turn_drawing(drawing: Drawing, degrees: int) -> Drawing:
    """The whole page turned clockwise by `degrees` (a multiple of 90)."""
    degrees %= 360
    if degrees == 0:
        return drawing
    width, height = drawing.width, drawing.height
    is_across = degrees % 180 == 90
    return replace(
        drawing,
        width=height if is_across else width,
        height=width if is_across else height,
        glyphs=tuple(turn_glyph(glyph, degrees, width, height) for glyph in drawing.glyphs),
        rules=tuple(turn_rule(rule, degrees, width, height) for rule in drawing.rules),
        turn=(drawing.turn + degrees) % 360,
    )


def locate_on_display(box: Box, drawing: Drawing) -> Box:
    """Where a box of the page as read lies on the page as displayed."""
    return turn_box(box, -drawing.turn, drawing.width, drawing.height)

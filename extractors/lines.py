"""Glyphs → printed lines, and whether a line ended because its author or because its paper did.

Belongs here: what is true of lines in a cell and in a paragraph alike. Does not belong here: which
lines make a paragraph (`paragraphs`) or a cell (`lattice`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from extractors.drawing import Glyph
from extractors.records import Box, Line

OPENERS = frozenset("（(《〈“‘「『【〔[｛{")
"""Never the last character of a line: they go to the next line with what they open."""
CLOSERS = frozenset("，。、；：！？）)》〉”’」』】〕]｝},.;:!?%％‰℃…—·～~")
"""Never the first character of a line: they stay with what they close."""
QUOTES = frozenset("“”‘’\"'")
"""Marks that cling to what stands before and after them."""
_PREFIXES = frozenset("+-＋－$¥￥№#")
"""Signs that are not parted from what they stand before."""
FINAL_MARKS = frozenset("。；！？;!?：:…")
"""After these a text may well be at its end."""

_WORD = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ.+\-/%]")
_ITEM_START = re.compile(
    r"\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)）、．]|\.(?!\d))"
    r"|[①-⑳●■◆★☆·])"
)
_ASCII_LETTER = re.compile(r"[A-Za-z]")
_LATIN = re.compile(r"[0-9A-Za-z]")

WRAP_TOLERANCE_EM = 0.12
"""Room that a line may leave unused although the next word nearly fits (kerning, rounding)."""
SCRIPT_GAP_EM = 0.25
"""Room that typesetters put between a Chinese character and a Latin letter or digit."""
BLANK_LINE_SCALE = 1.6
"""A pitch this much larger than the cell's smallest means that a line was left blank between."""
GLUED_GAP_EM = 0.25
"""Latin letters and digits further apart than this are two words, though no space is printed."""
LOOSE_GAP_EM = 1.0
"""The same for any two characters."""


_BY_X = attrgetter("x0")
_TEXT = attrgetter("text")
_BY_HEIGHT = attrgetter("middle", "x0")
_SIZE = attrgetter("size")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Glyphs of one line from left to right; the box is that of what can be seen, in points.

    `text` holds the characters as printed, without spaces at either end.
    """

    glyphs: tuple[Glyph, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def width(self) -> float:
        """Points from the first to the last visible glyph."""
        return self.x1 - self.x0

    @property
    def is_bold(self) -> bool:
        """Whether nearly all of it is bold."""
        seen = [glyph for glyph in self.glyphs if not glyph.is_space]
        return sum(glyph.is_bold for glyph in seen) > 0.8 * len(seen)


def measure_line(glyphs: Iterable[Glyph]) -> PrintedLine | None:
    """One line of the given glyphs; None where nothing of it can be seen."""
    ordered = sorted(glyphs, key=_BY_X)
    seen = [glyph for glyph in ordered if not glyph.is_space]
    if not seen:
        return None
    _, _, tops, rights, bottoms, sizes, *_ = zip(*seen, strict=True)
    return PrintedLine(
        tuple(ordered),
        "".join(map(_TEXT, ordered)).strip(),
        seen[0].x0,
        min(tops),
        max(rights),
        max(bottoms),
        sorted(sizes)[len(sizes) // 2],
    )


def build_lines(glyphs: Iterable[Glyph]) -> list[PrintedLine]:
    """Glyphs of one cell or column as lines from top to bottom.

    Two glyphs share a line when they overlap by half the height of the smaller one: fonts of one
    line differ in ascent, and a small sign beside large ones is not a line of its own.
    """
    lines: list[PrintedLine | None] = []
    members: list[Glyph] = []
    top = bottom = 0.0
    for glyph in sorted(glyphs, key=_BY_HEIGHT):
        _, _, upper, _, lower, *_ = glyph
        if members:
            shared = min(bottom, lower) - max(top, upper)
            if shared >= 0.5 * min(bottom - top, lower - upper):
                members.append(glyph)
                continue
            lines.append(measure_line(members))
        members, top, bottom = [glyph], upper, lower
    if members:
        lines.append(measure_line(members))
    return [line for line in lines if line is not None]


def spell_line(line: PrintedLine, page: int, *, wraps: bool, needs_space: bool = False) -> Line:
    """The line as a record: a character and a box each, spaces added where words stand apart."""
    text: list[str] = []
    boxes: list[Box] = []
    before: Glyph | None = None
    end = 0.0
    smallest = min(map(_SIZE, line.glyphs), default=0.0)
    for glyph in line.glyphs:
        spelled, x0, *_, place, _, _ = glyph
        # Most glyphs follow closely on the one before.
        if (
            before is not None
            and x0 - end > GLUED_GAP_EM * smallest
            and _stand_apart(before, glyph)
        ):
            text.append(" ")
            boxes.append((before.place[2], before.place[1], place[0], place[3]))
        text.append(spelled)
        if len(spelled) == 1:
            boxes.append(place)
        else:
            boxes.extend(_share_box(place, len(spelled)))
        before, end = glyph, glyph.x1
    if needs_space and before is not None and not before.is_space:
        text.append(" ")
        boxes.append((before.place[2], before.place[1], before.place[2], before.place[3]))
    return Line("".join(text), page, tuple(boxes), wraps)


def _stand_apart(before: Glyph, after: Glyph) -> bool:
    if before.is_space or after.is_space:
        return False
    gap = after.x0 - before.x1
    size = min(before.size, after.size)
    if gap > LOOSE_GAP_EM * size:
        return True
    both_latin = _LATIN.match(before.text[-1]) and _LATIN.match(after.text[0])
    return bool(both_latin) and gap > GLUED_GAP_EM * size


def _share_box(box: Box, count: int) -> list[Box]:
    x0, top, x1, bottom = box
    step = (x1 - x0) / count
    return [(x0 + step * i, top, x0 + step * (i + 1), bottom) for i in range(count)]


def find_first_run(characters: Sequence[str]) -> int:
    """Index of the last character that cannot be parted from the first.

    That is a word or number, or one Chinese character, with the opening marks before it and the
    closing marks, and a number right after such a mark, after it. Curly quotation marks
    cling to both sides: they look the same in Western text, and line breakers do not guess
    (Unicode line breaking, class QU).
    """
    last = len(characters) - 1
    end = 0
    while end < last and characters[end] in OPENERS:
        end += 1
    while end < last:
        here, following = characters[end], characters[end + 1]
        is_word = _WORD.match(following) is not None
        if not (
            (is_word and (_WORD.match(here) or here in CLOSERS))
            or following in CLOSERS
            or following in QUOTES
            or here in QUOTES
            or here in _PREFIXES
        ):
            break
        end += 1
    return end


def measure_first_run(line: PrintedLine) -> float:
    """Width in points of what cannot be parted at the line's start, see `find_first_run`."""
    seen = list(line.glyphs)
    while seen and seen[0].is_space:
        seen.pop(0)
    end = find_first_run([glyph.text[0] for glyph in seen])
    return seen[end].x1 - seen[0].x0


@dataclass(frozen=True, slots=True)
class Measure:
    """Where the lines of a cell or column may begin and end, in points."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """Points from edge to edge."""
        return self.right - self.left


def is_cut_by_edge(line: PrintedLine, following: PrintedLine, room: float) -> bool:
    """Whether the next line's first word would not have fitted into the room that is left."""
    # A space printed at the line's end would have stood between the two.
    need = measure_first_run(following) + measure_trailing_space(line)
    return room < need + measure_slack(line.text, following.text, line.size)


def measure_trailing_space(line: PrintedLine) -> float:
    """Points of the spaces printed after the last visible glyph; at most one character's width."""
    end = max((glyph.x1 for glyph in line.glyphs if glyph.is_space), default=line.x1)
    return min(max(end - line.x1, 0.0), line.size)


def measure_slack(before: str, after: str, size: float) -> float:
    """Points that a line needs beyond the bare width of the next word to take it in."""
    is_mixed = bool(_LATIN.match(before[-1:])) != bool(_LATIN.match(after[:1]))
    return (WRAP_TOLERANCE_EM + (SCRIPT_GAP_EM if is_mixed else 0.0)) * size


def measure_room(line: PrintedLine, measure: Measure, alignment: str) -> float:
    """Points that the line leaves unused, for text that is set `left`, `centre` or `right`."""
    if alignment == "centre":
        return measure.width - line.width
    if alignment == "right":
        return line.x0 - measure.left
    return measure.right - line.x1


def find_alignment(lines: Sequence[PrintedLine], measure: Measure) -> str:
    """How the lines of a cell are set; `left` unless they plainly are not."""
    size = max(line.size for line in lines)
    middle = (measure.left + measure.right) / 2
    if all(abs((line.x0 + line.x1) / 2 - middle) <= 0.35 * size for line in lines):
        return "centre"
    starts = [line.x0 for line in (lines[1:] if len(lines) > 2 else lines)]
    ends = [line.x1 for line in lines]
    if max(starts) - min(starts) > 0.2 * size and max(ends) - min(ends) <= 0.2 * size:
        return "right"
    return "left"


def widen_measure(measure: Measure, lines: Sequence[PrintedLine]) -> Measure:
    """The measure, made to hold every line; marks that hang over the edge do not count."""
    left = [line.x0 for line in lines if line.text[0] not in OPENERS | QUOTES]
    right = [line.x1 for line in lines if line.text[-1] not in CLOSERS | QUOTES]
    return Measure(min([measure.left, *left]), max([measure.right, *right]))


def measure_reach(line: PrintedLine) -> float:
    """Where the line ends, in points, without a last mark that may hang over the edge."""
    seen = [glyph for glyph in line.glyphs if not glyph.is_space]
    return seen[-1].x0 if seen[-1].text[-1] in CLOSERS | QUOTES else line.x1


def spell_lines(lines: Sequence[PrintedLine], measure: Measure, page: int) -> tuple[Line, ...]:
    """Printed lines of one cell as records, each told apart as wrapped or broken by the author."""
    if not lines:
        return ()
    measure = widen_measure(measure, lines)
    alignment = find_alignment(lines, measure)
    pitch = min((after.top - before.top for before, after in pairwise(lines)), default=0.0)
    spelled = []
    for line, following in pairwise(lines):
        wraps = (
            is_cut_by_edge(line, following, measure_room(line, measure, alignment))
            and following.top - line.top <= BLANK_LINE_SCALE * pitch
            and not starts_item(following.text, after=line.text)
        )
        needs_space = wraps and parts_words(line.text, following.text)
        spelled.append(spell_line(line, page, wraps=wraps, needs_space=needs_space))
    spelled.append(spell_line(lines[-1], page, wraps=False))
    return tuple(spelled)


def parts_words(before: str, after: str) -> bool:
    """Whether a line end stands for the space between two Latin words."""
    return bool(
        before and after and _ASCII_LETTER.match(before[-1]) and _ASCII_LETTER.match(after[0])
    )


def starts_item(text: str, *, after: str) -> bool:
    """Whether `text` opens a numbered item and `after`, before it, is a finished sentence.

    A closing bracket may end one too, where the item before closes with what is said of it.
    """
    return bool(after) and (after[-1] in FINAL_MARKS or after[-1] in ")）") and has_item_start(text)


def has_item_start(text: str) -> bool:
    """Whether `text` opens with an item's number or bullet."""
    return _ITEM_START.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether the text may be at its end, by its last mark."""
    stripped = text.rstrip()
    return bool(stripped) and stripped[-1] in FINAL_MARKS

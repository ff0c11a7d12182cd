"""Blanks that PDFium leaves out of a page's text, put back where they were printed.

Belongs here: which gaps are blanks. Of several blanks in a row PDFium keeps the first only, whether
it was printed or is one that PDFium adds itself where words stand apart. Does not belong here: what
the characters are (`pdfium_shapes`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import zip_longest

from extractors import pdfium
from extractors.font_facts import PageInDoubt
from extractors.pdfium_objects import Run
from extractors.pdfium_paths import Point
from extractors.pdfium_shapes import LEVEL_SHARE

BLANK_EM = 0.25
"""Width of a blank where the font does not tell."""
MOST_BLANKS = 200
BLANK_TOLERANCE = 0.04
"""Producers place text to a tenth of a point, so gaps are not quite whole numbers of blanks."""
WIDE_GAP_EM = 1.0
"""A gap up to this parts no columns, whatever it consists of."""

_floats = (ctypes.c_float * 4)()
_FLOATS = ctypes.addressof(_floats)


def restore_blanks(runs: Sequence[Run]) -> None:
    """Put blanks back where PDFium leaves out all but the first of several.

    A gap counts as blanks when it is as wide as a whole number of them and begins where a blank was
    or could have been: at the start of an object, after a blank in it, or in an object without
    characters. Between two objects a gap is anything, so a wide one is left to the reference.
    """
    for run, following in zip_longest(runs, runs[1:]):
        length = run.setting.along[0] ** 2 + run.setting.along[1] ** 2
        if not length:
            continue
        start = run.start
        if not run.texts:
            if not _has_ink(run):
                goal = following.start if following is not None else start
                _insert_blanks(run, 0, start, max(1, _count_blanks(run, start, goal)))
            continue
        if run.origins[0] != start:
            _insert_blanks(run, 0, start, _count_blanks(run, start, run.origins[0]))
        if " " not in run.texts:
            continue
        for index in range(len(run.texts) - 1, 0, -1):
            if run.texts[index - 1] == " ":
                x, y = run.origins[index - 1]
                count = _count_blanks(run, (x, y), run.origins[index]) - 1
                step = run.setting.font.blank
                after = (x + step * run.setting.along[0], y + step * run.setting.along[1])
                _insert_blanks(run, index, after, count)
        if run.texts[-1] == " " and following is not None:
            _close_gap(run, following)


def _close_gap(run: Run, following: Run) -> None:
    x, y = run.origins[-1]
    count = _count_blanks(run, (x, y), following.start) - 1
    if count < 1:
        return
    if count * run.setting.font.blank > WIDE_GAP_EM:
        raise PageInDoubt("several blanks")
    step = run.setting.font.blank
    after = (x + step * run.setting.along[0], y + step * run.setting.along[1])
    _insert_blanks(run, len(run.texts), after, count)


def _has_ink(run: Run) -> bool:
    """Whether an object without characters shows something: the second print of a bold text."""
    pdfium.get_bounds(run.handle, _FLOATS, _FLOATS + 4, _FLOATS + 8, _FLOATS + 12)
    left, bottom, right, top = _floats[:4]
    return right > left or top > bottom


def _count_blanks(run: Run, start: Point, goal: Point) -> int:
    """How many blanks reach exactly from one point to the other; 0 where none do."""
    step_x, step_y = (
        run.setting.along[0] * run.setting.font.blank,
        run.setting.along[1] * run.setting.font.blank,
    )
    length = step_x**2 + step_y**2
    gap_x, gap_y = goal[0] - start[0], goal[1] - start[1]
    if not length or abs(gap_x * step_y - gap_y * step_x) > LEVEL_SHARE * length:
        return 0
    steps = (gap_x * step_x + gap_y * step_y) / length
    is_whole = abs(steps - round(steps)) < BLANK_TOLERANCE
    return round(steps) if is_whole and 0 < steps < MOST_BLANKS else 0


def _insert_blanks(run: Run, index: int, start: Point, count: int) -> None:
    step = run.setting.font.blank or BLANK_EM
    x, y = start
    places = [
        (x + k * step * run.setting.along[0], y + k * step * run.setting.along[1])
        for k in range(count)
    ]
    run.texts[index:index] = [" "] * count
    run.origins[index:index] = places
    run.widths[index:index] = [step] * count

"""Text objects and characters of PDFium → glyphs, as the reference engine would have found them.

Belongs here: which object shows which characters, in what order, and the box of each. Does not
belong here: how PDFium is asked (`pdfium_objects`, `pdfium_shapes`), rules and pictures
(`pdfium_paths`), fonts as the file describes them (`font_facts`).

The reference's box of a character is as high as the font's size, begins at the font's descent below
the baseline and is as wide as the font says. PDFium gives the origin and, in em, the width.
"""

from __future__ import annotations

from extractors import pdfium
from extractors.drawing import Glyph
from extractors.font_facts import PageInDoubt
from extractors.pdfium_blanks import restore_blanks
from extractors.pdfium_objects import Run
from extractors.pdfium_paths import Matrix
from extractors.pdfium_shapes import (
    LINE_END_HYPHEN,
    SAME_EM,
    Shapes,
    find_width,
    measure_radical,
)
from extractors.printing import clean_text

BLANK = ord(" ")

# A named tuple's own constructor is a Python function around this one.
_make_glyph = tuple.__new__


class _Clean(dict[int, tuple[str, bool]]):
    """What a character is printed as, by its code, and whether it is blank."""

    def __missing__(self, code: int) -> tuple[str, bool]:
        text = clean_text("-" if code == LINE_END_HYPHEN else chr(code))
        found = self[code] = (text, text.isspace())
        return found


_clean = _Clean()


def print_text(
    runs: dict[int, Run], shapes: Shapes, base: Matrix, width: float, height: float
) -> list[Glyph]:
    """All glyphs that lie on a page of the given size, in the order of the runs.

    `base` leads from the file's coordinates to those of the displayed page, y pointing up.
    """
    _share_out(runs, shapes)
    ordered = list(runs.values())
    careful = [run for run in ordered if not _is_simple(run, shapes)]
    for run in careful:
        _spell(run, shapes)
    if careful:
        restore_blanks(ordered)
    glyphs: list[Glyph] = []
    for run in ordered:
        if run.texts:
            _print_spelled(run, base, (width, height), glyphs)
        elif run.spans:
            _print_plain(run, shapes, base, (width, height), glyphs)
    if all(glyph.is_space for glyph in glyphs):
        # The reference decides whether a page is empty, and whether its font can be read at all.
        raise PageInDoubt("no text")
    return glyphs


def _share_out(runs: dict[int, Run], shapes: Shapes) -> None:
    """Give each run the stretches of characters that stand in it."""
    owners = shapes.owners
    start, count = 0, len(owners)
    while start < count:
        owner = owners[start]
        end = start + 1
        while end < count and owners[end] == owner:
            end += 1
        if owner:
            run = runs.get(owner)
            if run is None:
                raise PageInDoubt("text outside the page's objects")
            run.spans.append((start, end))
        start = end


def _is_simple(run: Run, shapes: Shapes) -> bool:
    """Whether the characters follow one another plainly and no blank can be missing."""
    if len(run.spans) != 1 or not run.setting.is_plain or run.is_named:
        return False
    start, end = run.spans[0]
    xs, ys = shapes.xs[start:end], shapes.ys[start:end]
    return (
        (xs[0], ys[0]) == run.start
        and BLANK not in shapes.codes[start:end]
        and ys.count(ys[0]) == len(ys)
        and len(set(xs)) == len(xs)
    )


def _print_plain(
    run: Run, shapes: Shapes, base: Matrix, page: tuple[float, float], glyphs: list[Glyph]
) -> None:
    setting = run.setting
    font, em = setting.font, setting.along[0]
    widths, is_bold, is_light = font.widths, font.facts.is_bold, run.is_light
    (start, end), (width, height) = run.spans[0], page
    left, extra = base[4] + setting.left, setting.right - setting.left
    line = height - (shapes.ys[start] + base[5])
    top, bottom = line - setting.above, line - setting.below
    if bottom <= 0 or top >= height:
        return
    size, middle = bottom - top, (top + bottom) / 2
    codes, xs, ends = shapes.codes, shapes.xs, shapes.ends_x
    for index in range(start, end):
        code, x = codes[index], xs[index]
        known = widths.get(code)
        if known is not None and -SAME_EM < (ends[index] - x) / em - known[0] < SAME_EM:
            x1 = x + left + extra + known[1] * em
        else:
            x1 = x + left + extra + find_width(shapes, index, font, setting.probe) * em
        x0 = x + left
        text, is_space = _clean[code]
        # Hidden notes of some producers lie beside the paper.
        if text and x1 > 0 and x0 < width:
            place = (x0, top, x1, bottom)
            values = (
                text,
                x0,
                top,
                x1,
                bottom,
                size,
                0,
                is_bold,
                is_light,
                place,
                is_space,
                middle,
            )
            glyphs.append(_make_glyph(Glyph, values))


def _spell(run: Run, shapes: Shapes) -> None:
    """Fill the lists of a run that must be looked at more closely."""
    font, probe = run.setting.font, run.setting.probe
    for start, end in run.spans:
        for index in range(start, end):
            code = shapes.codes[index]
            if code == BLANK and pdfium.is_generated(shapes.text, index):
                continue  # PDFium takes a wide gap within an object for a blank
            character = "-" if code == LINE_END_HYPHEN else chr(code)
            origin = (shapes.xs[index], shapes.ys[index])
            if run.origins and origin == run.origins[-1]:
                # One shape that stands for several characters, or for one in two halves.
                joined = (run.texts[-1] + character).encode("utf-16", "surrogatepass")
                run.texts[-1] = joined.decode("utf-16", "surrogatepass")
                continue
            run.texts.append(character)
            run.origins.append(origin)
            run.widths.append(
                measure_radical(character, font)
                if run.is_named
                else find_width(shapes, index, font, probe)
            )


def _print_spelled(run: Run, base: Matrix, page: tuple[float, float], glyphs: list[Glyph]) -> None:
    setting, (width, height) = run.setting, page
    (along_x, along_y), is_level = setting.step, setting.direction in (0, 180)
    a, b, c, d, e, f = base
    for text, (x, y), em in zip(run.texts, run.origins, run.widths, strict=True):
        text = clean_text(text)
        step_x, step_y = em * along_x, em * along_y
        at = x * a + y * c + e
        line = height - (x * b + y * d + f)
        x0, x1 = at + setting.left + min(step_x, 0.0), at + setting.right + max(step_x, 0.0)
        top = line - setting.above - max(step_y, 0.0)
        bottom = line - setting.below - min(step_y, 0.0)
        # Hidden notes of some producers lie beside the paper.
        if not text or x1 <= 0 or x0 >= width or bottom <= 0 or top >= height:
            continue
        values = (
            text,
            x0,
            top,
            x1,
            bottom,
            bottom - top if is_level else x1 - x0,
            setting.direction,
            setting.font.facts.is_bold,
            run.is_light,
            (x0, top, x1, bottom),
            text.isspace(),
            (top + bottom) / 2,
        )
        glyphs.append(_make_glyph(Glyph, values))

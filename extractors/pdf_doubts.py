"""Whether a page's text can be relied on: signs without a character, foreign letters, lost text.

Belongs here: judging the glyphs that an engine gave, beside what the page draws. A page in doubt is
told; where too much of it is in doubt, it costs the page. Does not belong here: why a font fails
(`pdf_fonts`), what else a page shows (`pdf_losses`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.drawing import Drawing
from extractors.pdf_content import Rectangle, ShownText, Sketch
from extractors.pdf_fonts import FontBook
from extractors.pdf_visibility import measure_inside

UNMAPPED = "\ufffd"
UNMAPPED_SHARE = 0.01
"""Share of signs without a right character above which a page's text cannot be relied on."""
PRIVATE_SHARE = 0.1
"""The same for private characters: a few are ornaments of symbol fonts."""
LOST_SHARE = 0.02
LOST_SIGNS = 4
"""A page must lack more signs than this, and a larger share, to have lost text: engines differ."""
_GARBLED = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{4,}"
)
_COMMON = range(0xB0, 0xD8)
"""First bytes of the common half of GB 2312; text that was garbled has mostly these."""
_SIGNS = (0xA1, 0xA3)
"""First bytes of Chinese punctuation and of full-width digits."""
_LEADS = frozenset((*_SIGNS, *range(0xB0, 0xF8)))
_TRAILS = range(0xA1, 0xFF)
_PAIRED_SHARE = 0.6
_FOREIGN = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]{3,}")
_HAN = re.compile("[\u4e00-\u9fff]")
_HAN_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a page's text is in doubt, in how many of its signs, and whether it costs the page."""

    code: str
    problem: str
    is_grave: bool


def find_doubts(drawing: Drawing, sketch: Sketch, fonts: FontBook, page: Rectangle) -> list[Doubt]:
    """Everything that makes the text of a page doubtful; empty where nothing does."""
    text = "".join(glyph.text for glyph in drawing.glyphs)
    total = max(1, len(text.strip()))
    drawn, blanks, unnamed = _count_drawn(sketch, fonts, page)
    doubts = [
        *_judge_signs(text, total),
        *_judge_letters(text, total),
    ]
    if unnamed:
        doubts.append(
            Doubt(
                "unnamed_signs",
                f"{unnamed} printed signs come from a font that does not say which characters "
                "they are",
                unnamed > UNMAPPED_SHARE * total,
            )
        )
    seen = sum(not glyph.is_space for glyph in drawing.glyphs)
    lost = min(drawn - len(drawing.glyphs), drawn - blanks - seen)
    if lost > max(LOST_SIGNS, LOST_SHARE * drawn):
        doubts.append(
            Doubt(
                "lost_text",
                f"The page draws about {drawn} signs, and only {len(drawing.glyphs)} were obtained",
                True,
            )
        )
    return doubts


def _count_drawn(sketch: Sketch, fonts: FontBook, page: Rectangle) -> tuple[int, int, int]:
    """How many signs the page draws, how many of them are blanks, and how many its fonts do not
    name.

    A string that is drawn again on the spot only looks bolder; what lies beside the paper is told
    elsewhere.
    """
    drawn = blanks = unnamed = 0
    seen: set[tuple[bytes, int, int]] = set()
    for _, text in sketch.texts:
        inside = measure_inside(text, page)
        if not inside or not _is_new(text, seen):
            continue
        names = fonts.find(text.font)
        drawn += int(inside * names.count_signs(text.codes))
        blanks += int(inside * names.count_blanks(text.codes))
        unnamed += names.count_unnamed(text.codes)
    return drawn, blanks, unnamed


def _is_new(text: ShownText, seen: set[tuple[bytes, int, int]]) -> bool:
    """Whether the same codes were not drawn within a point of the place."""
    codes, x, y = text.codes, text.x, text.y
    left, right = int((x - 1) // 2), int((x + 1) // 2)
    low, high = int((y - 1) // 2), int((y + 1) // 2)
    if (
        (codes, left, low) in seen
        or (codes, right, low) in seen
        or (codes, left, high) in seen
        or (codes, right, high) in seen
    ):
        return False
    seen.add((codes, int(x // 2), int(y // 2)))
    return True


def _judge_signs(text: str, total: int) -> Iterable[Doubt]:
    unmapped = private = 0
    for sign in set(text):
        if sign == UNMAPPED or (
            unicodedata.category(sign) in ("Cc", "Cn", "Cs") and not sign.isspace()
        ):
            unmapped += text.count(sign)
        elif unicodedata.category(sign) == "Co":
            private += text.count(sign)
    if unmapped:
        yield Doubt(
            "unmapped_signs",
            f"{unmapped} of {total} printed shapes have no character assigned",
            unmapped > UNMAPPED_SHARE * total,
        )
    if private:
        yield Doubt(
            "private_signs",
            f"{private} of {total} printed shapes have a private character, which only their font "
            "can tell",
            private > PRIVATE_SHARE * total,
        )


def _judge_letters(text: str, total: int) -> Iterable[Doubt]:
    if text.isascii():
        return
    # Some writers put a blank after each pair.
    garbled = [run for run in _GARBLED.findall(text.replace(" ", "")) if _reads_as_chinese(run)]
    if garbled:
        signs = sum(map(len, garbled))
        yield Doubt(
            "garbled_text",
            f"{signs} letters such as “{garbled[0][:12]}” are Chinese characters in a wrong code",
            signs > UNMAPPED_SHARE * total,
        )
        return
    foreign = _FOREIGN.findall(text)
    if foreign and len(_HAN.findall(text)) > _HAN_SHARE * total:
        yield Doubt(
            "foreign_letters",
            f"Accented letters such as “{foreign[0][:12]}” stand in a Chinese text; they may be "
            "other characters under a wrong code",
            False,
        )


def _reads_as_chinese(run: str) -> bool:
    """Whether the letters, as bytes of a Western code page, are common Chinese characters.

    A byte may be missing in between (a soft hyphen that was dropped), so pairs are found singly.
    """
    data = run.encode("cp1252", errors="ignore")
    paired = common = index = 0
    while index < len(data) - 1:
        if data[index] in _LEADS and data[index + 1] in _TRAILS:
            paired += 2
            common += data[index] in _COMMON or data[index] in _SIGNS
            index += 2
        else:
            index += 1
    return paired > _PAIRED_SHARE * len(data) and common > _PAIRED_SHARE * paired / 2

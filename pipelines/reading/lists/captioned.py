"""Figures that stand alone on their line, and the captions that say what they count.

Belongs here: pairing each with the line after or before it, by the pattern of all of them. Does not
belong here: tables, or what becomes of the figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.reading.language.text import Text

MIN_FIGURES = 3
"""So many figures alone make a pattern."""
CAPTION_MAX_LENGTH = 30
STOPS = "。；！？：，"


def pair_captions(paragraphs: Sequence[Text]) -> dict[str, Text]:
    """For the key of each paragraph that is a figure alone, the paragraph that names it.

    Either all stand before their captions, or all after them: whichever side has a caption for
    every figure, the side after it where both have. Without such a side nothing is paired.
    """
    alone = [at for at, text in enumerate(paragraphs) if text.is_figure_alone]
    if len(alone) < MIN_FIGURES:
        return {}
    for side in (1, -1):
        captions = [_caption(paragraphs, at + side) for at in alone]
        if all(caption is not None for caption in captions):
            keys = [paragraphs[at].key for at in alone]
            return {k: c for k, c in zip(keys, captions, strict=True) if c is not None}
    return {}


def _caption(paragraphs: Sequence[Text], at: int) -> Text | None:
    """A short line of words without a stop and without a quantity; None where there is none."""
    if not 0 <= at < len(paragraphs):
        return None
    text = paragraphs[at]
    is_short = 0 < len(text.words) <= CAPTION_MAX_LENGTH
    if not is_short or text.is_figure_alone or text.words[-1] in STOPS:
        return None
    return text

"""How vocabulary words and printed words are made comparable.

Belongs here: the bridge to the one text normalisation of the project, and the stricter foldings
that look-ups need (no white space at all, no brackets or marks).
Does not belong here: any word of the domain.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.quantities.text import normalize, simplify

WHITE_SPACE = re.compile(r"\s+")
MARKS = re.compile(
    r"[\s、，,。.；;：:·・\"“”'‘’《》〈〉「」『』★☆*＊※▲△●○◎■◆/\\|_＿（）()\[\]【】〔〕—–\-]+"
)


@lru_cache(maxsize=65536)
def fold(printed: str) -> str:
    """Simplified, widths folded, brackets and commas full-width, no white space at all."""
    return WHITE_SPACE.sub("", simplify(printed))


@lru_cache(maxsize=65536)
def fold_word(printed: str) -> str:
    """`fold` without punctuation, brackets and marks (what they hold stays), in lower case."""
    return MARKS.sub("", fold(printed)).lower()


def fold_with_offsets(printed: str) -> tuple[str, tuple[int, ...]]:
    """`fold`, and for each of its characters the index in `printed`, plus a final end offset."""
    normalized = normalize(printed)
    kept = [i for i, character in enumerate(normalized.text) if not character.isspace()]
    text = "".join(normalized.text[i] for i in kept)
    return text, (*(normalized.offsets[i] for i in kept), len(printed))

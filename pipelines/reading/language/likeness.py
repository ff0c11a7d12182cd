"""How alike the words of two indicators of one line are.

Belongs here: likeness by character pairs, and by the head of a compound. Does not belong here:
which of several targets a figure is of.
"""

from __future__ import annotations

import itertools


def head(words: str) -> str:
    """The last character of a name: the head of a Chinese compound stands last."""
    letters = [character for character in words if character.isalnum()]
    return letters[-1] if letters else ""


def likeness(one: str, other: str) -> float:
    """Share of the shorter text's character pairs that the other one has, 0 to 1."""
    left, right = _pairs(one), _pairs(other)
    if not left or not right:
        return 1.0 if one and one in other else 0.0
    return len(left & right) / min(len(left), len(right))


def _pairs(text: str) -> set[str]:
    letters = [c for c in text if c.isalnum()]
    return {a + b for a, b in itertools.pairwise(letters)}

"""The words by which an indicator is compared and told apart.

Belongs here: stripping the action that opens an indicator, likeness of two indicators of one line,
and adding the words before where an indicator is too short to say what is counted.
"""

from __future__ import annotations

import itertools

from pipelines.reading.language.words import list_words

SHORT_THING = 4
"""Things of fewer characters (学位, 停车位) are counted in many places."""


def strip_action(words: str) -> str:
    """An indicator without the action that it opens with; all of it where nothing would be left."""
    if words in list_words("action"):
        return words
    for action in list_words("action"):
        if words.startswith(action) and len(words) > len(action):
            return words[len(action) :]
    return words


def with_context(words: str, context: str) -> str:
    """The indicator, with the words before it in brackets where it is too short by itself."""
    if not words or not context or len(strip_action(words)) >= SHORT_THING:
        return words
    return words if words in context else f"{words}（{context}）"


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

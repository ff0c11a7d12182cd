"""Bodies in brackets at the end of an item: `（市教育局牵头，各县（市、区）人民政府负责落实）`.

Belongs here: finding such a bracket and cutting it by the words that give each body its part. Does
not belong here: bodies behind a label (`牵头单位：…`, see `labelled.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.reading.language.words import alternate_words
from pipelines.reading.outline.labels import open_bracket_before
from pipelines.reading.recording.ledger import SourceText
from pipelines.vocabulary import Vocabulary

OPENERS = "（("
CLOSERS = "）)"
END = re.compile(r"[）)][。；;\s]*$")
SEPARATOR = re.compile(r"[，,；;]")


@dataclass(frozen=True, slots=True)
class TrailingBodies:
    """The bracket's place in the text (half open), and its slices with `lead` or `support`."""

    start: int
    end: int
    parts: tuple[tuple[str, SourceText], ...]


def find_trailing_bodies(text: SourceText, vocabulary: Vocabulary) -> TrailingBodies | None:
    """The bracket that ends a text, where it names nothing but bodies; None otherwise."""
    printed = text.text
    close = END.search(printed)
    if close is None:
        return None
    start = open_bracket_before(printed, close.start())
    if start is None:
        return None
    parts: list[tuple[str, SourceText]] = []
    for low, high in _cut(printed, start + 1, close.start()):
        part = _read_part(text.part(low, high), is_first=not parts, vocabulary=vocabulary)
        if part is None:
            return None
        parts.append(part)
    return TrailingBodies(start, close.end(), tuple(parts)) if parts else None


def _cut(printed: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between commas that stand outside inner brackets."""
    cuts: list[tuple[int, int]] = []
    depth, low = 0, start
    for at in range(start, end):
        depth += (printed[at] in OPENERS) - (printed[at] in CLOSERS)
        if depth == 0 and SEPARATOR.match(printed[at]):
            cuts.append((low, at))
            low = at + 1
    cuts.append((low, end))
    return [(a, b) for a, b in cuts if printed[a:b].strip()]


def _read_part(
    text: SourceText, is_first: bool, vocabulary: Vocabulary
) -> tuple[str, SourceText] | None:
    """The role that the words after (or before) the bodies give them, and the bodies alone."""
    simplified = text.text
    head = re.match(r"\s*由", simplified)
    low = head.end() if head is not None else 0
    tail = re.search(alternate_words("leads_word", "supports_word") + r"\s*$", simplified)
    high = tail.start() if tail is not None else len(simplified)
    bodies = text.part(low, high)
    if bodies.quantities():
        # 其中使用15年以上的88台: 台 ends a broadcaster's name as well, but no body is counted.
        return None
    mentions = vocabulary.organizations.split(bodies.text)
    if not mentions or not all(_is_body(mention.text, vocabulary) for mention in mentions):
        return None
    is_support = tail is not None and re.search(alternate_words("supports_word"), tail.group())
    return ("support" if is_support or (tail is None and not is_first) else "lead"), bodies


def _is_body(name: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.organizations.resolve(name, None) is not None

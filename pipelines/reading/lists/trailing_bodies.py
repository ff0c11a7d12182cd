"""Bodies in brackets at the end of an item: `（市教育局牵头，各县（市、区）人民政府负责落实）`.

Belongs here: finding such a bracket and cutting it by the words that give each body its part. Does
not belong here: bodies behind a label (`牵头单位：…`, see `labelled.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.reading.language.text import Text
from pipelines.reading.outline.labels import open_bracket_before

OPENERS = "（("
CLOSERS = "）)"
END = re.compile(r"[）)][。；;\s]*$")
ENDS = "。；; \t\n"
SEPARATOR = re.compile(r"[，,；;]")


@dataclass(frozen=True, slots=True)
class TrailingBodies:
    """The bracket's place in the text (half open), and its slices with `lead` or `support`."""

    start: int
    end: int
    parts: tuple[tuple[str, Text], ...]


def find_trailing_bodies(text: Text) -> TrailingBodies | None:
    """The bracket that ends a text, where it names nothing but bodies; None otherwise."""
    printed = text.printed
    close = END.search(printed)
    if close is None:
        return None
    start = open_bracket_before(printed, close.start())
    if start is None:
        return None
    parts = _read_parts(text, start + 1, close.start())
    return TrailingBodies(start, close.end(), parts) if parts else None


def find_bodies_by_part(text: Text) -> tuple[tuple[str, Text], ...]:
    """The bodies of a text with `lead` or `support`, where it is nothing but bodies, and words
    after some of them say their part (市教育局牵头，市财政局配合); else none."""
    end = len(text.printed.rstrip(ENDS))
    stated = [
        m.end() for m in text.language.cue("leads_word", "supports_word").finditer(text.printed)
    ]
    if not any(at == end or SEPARATOR.match(text.printed, at) for at in stated):
        return ()
    return _read_parts(text, 0, end)


def _read_parts(text: Text, start: int, end: int) -> tuple[tuple[str, Text], ...]:
    parts: list[tuple[str, Text]] = []
    for low, high in _cut(text.printed, start, end):
        part = _read_part(text.part(low, high), is_first=not parts)
        if part is None:
            return ()
        parts.append(part)
    return tuple(parts)


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


def _read_part(text: Text, is_first: bool) -> tuple[str, Text] | None:
    """The role that the words after (or before) the bodies give them, and the bodies alone."""
    language, printed = text.language, text.printed
    start = len(printed) - len(printed.lstrip())
    head = language.cue("body_opener").match(printed, start)
    low = head.end() if head is not None else 0
    stop = len(printed.rstrip())
    tail = next(
        (
            m
            for m in language.cue("leads_word", "supports_word").finditer(printed)
            if m.end() == stop
        ),
        None,
    )
    high = tail.start() if tail is not None else len(printed)
    bodies = text.part(low, high)
    if bodies.quantities:
        # 其中使用15年以上的88台: 台 ends a broadcaster's name as well, but no body is counted.
        return None
    organizations = text.vocabulary.organizations
    mentions = organizations.split(bodies.printed)
    if not mentions or not all(organizations.resolve(m.text, None) for m in mentions):
        return None
    is_support = tail is not None and language.has("supports_word", tail[0])
    return ("support" if is_support or (tail is None and not is_first) else "lead"), bodies

"""Running text with labels (`牵头单位：市民政局；完成时限：11月底`) cut into slices by role.

Belongs here: finding label words before a colon or in brackets, through the same header vocabulary
that names the columns of tables. Does not belong here: what is in the slices.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.reading.language.text import Text

LABEL = re.compile(r"(?P<word>[★\w]{2,12}?(?:[（(][^（）()]{1,12}[)）])?)\s*[:：]")
BRACKETED = re.compile(r"[【［〖\[](?P<word>[★\w]{2,12})[】］〗\]]\s*[:：]?")
"""A label in brackets of its own, with or without a colon: 【牵头单位】市民政局."""
LABEL_MAX_LENGTH = 12
OPENERS = "（([【"
CLOSERS = "）)]】"
COLONS = "：:"
BREAKS = "。；;，,、\n\r \t　" + OPENERS + CLOSERS
SLICE_EDGES = " \t\r\n　；;，,。"


@dataclass(frozen=True, slots=True)
class LabelledPiece:
    """A slice of a text and the role that its label gives it; None for text without a label."""

    role: str | None
    text: Text
    header: str = ""
    """Words that stand over the text besides its label: a part of the year."""


def split_labelled(text: Text) -> tuple[LabelledPiece, ...]:
    """The text in slices, in order; nothing is left out save labels and punctuation.

    A label stands at the beginning, or after punctuation or an opening bracket. A slice ends at the
    next label, and where its label stood in a bracket, with the bracket.
    """
    printed = text.printed
    labels = _find_labels(text)
    slices: list[LabelledPiece] = []
    at = 0
    for index, (start, content, role) in enumerate(labels):
        if start < at:
            continue
        _append(slices, None, text, at, start)
        end = labels[index + 1][0] if index + 1 < len(labels) else len(printed)
        opener = open_bracket_before(printed, start)
        if opener is not None:
            end = min(end, _closing(printed, content))
        _append(slices, role, text, content, end)
        at = end
    _append(slices, None, text, at, len(printed))
    return tuple(slices)


def _find_labels(text: Text) -> list[tuple[int, int, str]]:
    """Where each label begins, where what it labels begins, and its role."""
    labels: list[tuple[int, int, str]] = []
    for match in BRACKETED.finditer(text.printed):
        role = _role_of(text, match["word"])
        if role is not None:
            labels.append((match.start(), match.end(), role))
    for match in LABEL.finditer(text.printed):
        label = _label_ending_at(text, match.end("word"))
        if label is not None:
            labels.append((label[0], match.end(), label[1]))
    return sorted(labels)


def trailing_label(text: Text) -> str | None:
    """The role of a label at the end of a text with nothing behind it: what follows in the next
    text is of this role."""
    printed = text.printed.rstrip()
    alone = BRACKETED.fullmatch(printed.lstrip())
    if alone is not None:
        return _role_of(text, alone["word"])
    if not printed or printed[-1] not in COLONS:
        return None
    found = _label_ending_at(text, len(printed) - 1)
    return found[1] if found is not None else None


def label_roles(texts: Iterable[Text]) -> frozenset[str]:
    """The roles of labels that stand more than once in these texts: they structure the document."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(piece.role for piece in split_labelled(text) if piece.role)
        counts.update(role for role in (trailing_label(text),) if role)
    return frozenset(role for role, count in counts.items() if count > 1)


def _label_ending_at(text: Text, end: int) -> tuple[int, str] | None:
    """Where the label that ends here begins, and its role; None where the words are no label."""
    printed = text.printed
    start = end
    while start > 0 and printed[start - 1] not in BREAKS and end - start < LABEL_MAX_LENGTH:
        start -= 1
    if start > 0 and printed[start - 1] not in BREAKS:
        return None
    role = _role_of(text, printed[start:end])
    return (start, role) if role is not None else None


def _role_of(text: Text, word: str) -> str | None:
    """The role of a word that is known as a whole."""
    match = text.vocabulary.headers.role_of(word)
    return match.role if match is not None and match.kind == "exact" else None


def open_bracket_before(printed: str, start: int) -> int | None:
    """Where the bracket opens that `start` stands in; None where it stands in none."""
    depth = 0
    for at in range(start - 1, -1, -1):
        if printed[at] in CLOSERS:
            depth += 1
        elif printed[at] in OPENERS:
            if depth == 0:
                return at
            depth -= 1
    return None


def _closing(printed: str, start: int) -> int:
    depth = 0
    for at in range(start, len(printed)):
        if printed[at] in OPENERS:
            depth += 1
        elif printed[at] in CLOSERS:
            if depth == 0:
                return at
            depth -= 1
    return len(printed)


def _append(
    slices: list[LabelledPiece], role: str | None, text: Text, start: int, end: int
) -> None:
    """Add a slice without the punctuation and half brackets that only joined it to a label."""
    printed = text.printed
    while start < end and printed[start] in SLICE_EDGES + CLOSERS:
        start += 1
    while end > start and printed[end - 1] in SLICE_EDGES + OPENERS:
        end -= 1
    if start < end:
        slices.append(LabelledPiece(role, text.part(start, end)))

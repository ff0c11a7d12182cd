"""Cuts a responsibility cell into the bodies that it names.

Belongs here: separators, stars, names that run into one another, names that a line break cuts.
Does not belong here: which names are known (the caller says), or who a body is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipelines.vocabulary.folding import fold_with_offsets

SEPARATORS = frozenset("、，,；;：:/。·|+＋")
COLONS = frozenset("：:")
STARS = frozenset("★☆*＊")
OPENING, CLOSING = "（([【〔", "）)]】〕"
MIN_NAME = 2
MIN_UNLISTED_NAME = 3


@dataclass(frozen=True, slots=True)
class OrganizationMention:
    """A body's name in a cell: `text` is `printed[start:end]`, line feeds inside included.

    `is_lead` says that a star marks it; where the cell has no star it is False for all.
    """

    start: int
    end: int
    text: str
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the folded text, and whether it follows the one before without a separator."""

    start: int
    end: int
    is_glued: bool
    is_starred: bool


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    gaps: frozenset[int]
    """Positions in `text` before which the source has white space or a line feed."""
    is_known: Callable[[str], bool]
    is_body: Callable[[str], bool]


def split_cell(
    printed: str,
    is_known: Callable[[str], bool],
    is_body: Callable[[str], bool],
    find_collectives: Callable[[str], tuple[tuple[int, int], ...]],
    trailing_words: tuple[str, ...],
) -> tuple[OrganizationMention, ...]:
    """The bodies named in a printed text, in order.

    Names are parted by separators; by white space where both sides are whole names; and by nothing
    where the text falls into known names alone (`★教育局发改局、财政局`: the layout of cells whose
    leads are printed apart). Brackets and collectives (`各区、县（市）政府`) hold together. A star
    marks the name after it, and the ones after that up to the first that follows without separator.
    """
    text, offsets = fold_with_offsets(printed)
    gaps = frozenset(
        i
        for i in range(1, len(text))
        if printed[offsets[i - 1] + 1 : offsets[i]].strip() == ""
        and offsets[i] - offsets[i - 1] > 1
    )
    cell = _Cell(text, gaps, is_known, is_body)
    names: list[_Name] = []
    for segment in _find_segments(text, find_collectives(text)):
        start, end = segment.start, _drop_trailing(text, segment, trailing_words)
        pieces = _cut_segment(cell, start, end, segment.is_starred)
        if segment.is_label and not any(
            is_known(text[i:j]) or is_body(text[i:j]) for i, j in pieces
        ):
            continue
        for index, (i, j) in enumerate(pieces):
            names.append(_Name(i, j, index > 0, segment.is_starred and index == 0))
    leads = _find_leads(names)
    return tuple(
        OrganizationMention(
            offsets[name.start],
            offsets[name.end - 1] + 1,
            printed[offsets[name.start] : offsets[name.end - 1] + 1],
            index in leads,
        )
        for index, name in enumerate(names)
    )


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch between separators. `is_label`: a colon ends it."""

    start: int
    end: int
    is_starred: bool
    is_label: bool


def _find_segments(text: str, collectives: tuple[tuple[int, int], ...]) -> Iterator[_Segment]:
    """The stretches between separators. Brackets hold together, unless they hold the whole list."""
    held = {i for start, end in collectives for i in range(start, end)}
    depth = 0
    start = 0
    is_starred = False
    for i, character in enumerate(text):
        is_star = character in STARS
        is_cut = is_star or (character in SEPARATORS and not depth and i not in held)
        if character in OPENING:
            is_cut = start == i
            depth += not is_cut
        elif character in CLOSING:
            is_cut = not depth
            depth -= not is_cut
        if is_cut:
            if start < i:
                yield _Segment(start, i, is_starred, character in COLONS)
                is_starred = False
            is_starred = is_starred or is_star
            start = i + 1
    if start < len(text):
        yield _Segment(start, len(text), is_starred, False)


def _drop_trailing(text: str, segment: _Segment, trailing_words: tuple[str, ...]) -> int:
    for word in trailing_words:
        end = segment.end - len(word)
        if end > segment.start and text.endswith(word, segment.start, segment.end):
            return end
    return segment.end


def _cut_segment(cell: _Cell, start: int, end: int, is_starred: bool) -> list[tuple[int, int]]:
    """The names of one stretch without separators."""
    whole = cell.text[start:end]
    if cell.is_known(whole):
        return [(start, end)]
    return (
        _cut_into_known(cell, start, end)
        or _cut_beside_unlisted(cell, start, end, is_starred)
        or [(start, end)]
    )


def _may_cut(cell: _Cell, start: int, position: int) -> bool:
    """Whether a name may begin at a position: not in, and not with, a bracket."""
    before = cell.text[start:position]
    is_inside = sum(before.count(c) for c in OPENING) > sum(before.count(c) for c in CLOSING)
    return not is_inside and cell.text[position] not in OPENING + CLOSING


def _cut_into_known(cell: _Cell, start: int, end: int) -> list[tuple[int, int]]:
    """The fewest known names that make up the whole stretch; empty where there are none."""
    best: dict[int, list[tuple[int, int]]] = {start: []}
    for stop in range(start + MIN_NAME, end + 1):
        for begin in sorted(best):
            if stop - begin < MIN_NAME or (stop < end and not _may_cut(cell, start, stop)):
                continue
            if stop in best and len(best[stop]) <= len(best[begin]) + 1:
                continue
            if cell.is_known(cell.text[begin:stop]):
                best[stop] = [*best[begin], (begin, stop)]
    return best.get(end, [])


def _cut_beside_unlisted(
    cell: _Cell, start: int, end: int, is_starred: bool
) -> list[tuple[int, int]]:
    """Cut in two where white space (or, after a star, the end of a known name) parts whole names.

    What looks like a name and is not listed must end like a body; a line that merely wraps inside a
    name leaves a rest that does not.
    """
    cuts = [p for p in range(start + MIN_NAME, end - MIN_NAME + 1) if _may_cut(cell, start, p)]
    # The later the cut, the longer the known name: 西兴街道 rather than a shorter one inside it.
    for position in reversed(cuts):
        left, right = cell.text[start:position], cell.text[position:end]
        is_gap = position in cell.gaps
        if not is_gap and not (is_starred and cell.is_known(left)):
            continue
        if not (cell.is_known(left) or (is_gap and _is_unlisted_name(cell, left))):
            continue
        if cell.is_known(right) or _is_unlisted_name(cell, right):
            return [
                *_cut_segment(cell, start, position, is_starred),
                *_cut_segment(cell, position, end, False),
            ]
    return []


def _is_unlisted_name(cell: _Cell, name: str) -> bool:
    return len(name) >= MIN_UNLISTED_NAME and cell.is_body(name)


def _find_leads(names: list[_Name]) -> frozenset[int]:
    """The names that the stars mark."""
    leads: set[int] = set()
    for index, name in enumerate(names):
        if not name.is_starred:
            continue
        leads.add(index)
        stop = index + 1
        while stop < len(names) and not names[stop].is_glued and not names[stop].is_starred:
            stop += 1
        if stop < len(names) and names[stop].is_glued:
            leads.update(range(index, stop))
    return frozenset(leads)

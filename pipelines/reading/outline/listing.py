"""Numbered lists and paragraphs of a plan without a table, as items with number and category.

Belongs here: finding the markers (`一、`, `（一）`, `1.`, `一是`) and deciding which level of them
counts commitments. Does not belong here: what an item promises.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipelines.quantities.text import simplify
from pipelines.reading.clauses.tense import introduces_list, tells_done, tells_plan
from pipelines.reading.language.text import Text

BEFORE_INLINE = "。；;：:\n"
MIN_ITEMS = 2
CATEGORY_MAX_LENGTH = 30


@dataclass(slots=True)
class Item:
    """One item of a list: its number as printed, what heads it, and the texts that make it up."""

    number: str | None
    category: str | None
    texts: list[Text] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Marker:
    paragraph: int
    start: int
    end: int
    level: str
    number: str
    is_arabic: bool = False


def read_items(paragraphs: Sequence[Text]) -> list[Item]:
    """The items of a plan's running text, in order.

    The commitments are the shallowest level of markers whose items say more than a heading does;
    shallower markers head categories, deeper ones stay within their item. Text before the first
    item belongs to none. Without markers each paragraph that says something is an item.
    """
    markers = _find_markers(paragraphs)
    level = _commitment_level(paragraphs, markers)
    if level is None:
        return [
            Item(None, None, [p]) for p in paragraphs if p.quantities and not introduces_list(p)
        ]
    return _cut(paragraphs, markers, level)


def _merge_numbered(markers: list[_Marker], paragraphs: Sequence[Text]) -> list[_Marker]:
    """Items numbered in a row, though typed in several ways (`1 、`, `2.`), are one level."""
    opening = [m for m in markers if m.is_arabic and _opens(paragraphs, m)]
    numbers = [int(simplify(m.number)) for m in opening if simplify(m.number).isdigit()]
    if len({m.level for m in opening}) < 2 or numbers != list(range(1, len(opening) + 1)):
        return markers
    return [replace(m, level=opening[0].level) if m in opening else m for m in markers]


def _opens(paragraphs: Sequence[Text], marker: _Marker) -> bool:
    return not paragraphs[marker.paragraph].printed[: marker.start].strip()


def _marker_of_label(index: int, paragraph: Text) -> list[_Marker]:
    """The marker that automatic numbering prints before a paragraph, at its very start."""
    for marker in paragraph.language.markers:
        match = marker.pattern.match(paragraph.label)
        if match is not None:
            number = match.group("no")
            return [_Marker(index, 0, 0, marker.level, number, marker.is_arabic)]
    return []


def _markers_in(index: int, paragraph: Text) -> list[_Marker]:
    """The markers that a paragraph prints, at its start or that of a line, or after a stop."""
    text = paragraph.printed
    found: list[_Marker] = []
    for marker in paragraph.language.markers:
        for match in marker.pattern.finditer(text):
            before = text[: match.start()].rstrip(" \t\r　")
            at_start = not before or before[-1] == "\n"
            if at_start or (marker.is_inline and before[-1] in BEFORE_INLINE):
                place = (index, match.start(), match.end())
                found.append(_Marker(*place, marker.level, match.group("no"), marker.is_arabic))
    return found


def _find_markers(paragraphs: Sequence[Text]) -> list[_Marker]:
    found: list[_Marker] = []
    for index, paragraph in enumerate(paragraphs):
        found.extend(_marker_of_label(index, paragraph))
        found.extend(_markers_in(index, paragraph))
    found.sort(key=lambda m: (m.paragraph, m.start, -m.end))
    # `1.1` also begins like `1.`: of two markers at one place the longer one was meant.
    kept: list[_Marker] = []
    for marker in found:
        if not kept or (kept[-1].paragraph, kept[-1].start) != (marker.paragraph, marker.start):
            kept.append(marker)
    return _merge_numbered(kept, paragraphs)


def _commitment_level(paragraphs: Sequence[Text], markers: Sequence[_Marker]) -> str | None:
    for level in dict.fromkeys(marker.level for marker in markers):
        own = [marker for marker in markers if marker.level == level]
        if len(own) < MIN_ITEMS:
            continue
        texts = [_own_text(paragraphs, markers, marker) for marker in own]
        telling = [text for text in texts if len(simplify(text)) > CATEGORY_MAX_LENGTH]
        counting = [m for m in own if _counts(paragraphs, markers, m)]
        if 2 * max(len(telling), len(counting)) >= len(own):
            return _level_that_covers(paragraphs, markers, level)
    return _level_above_texts(paragraphs, markers)


def _level_that_covers(paragraphs: Sequence[Text], markers: Sequence[_Marker], level: str) -> str:
    """The level itself, or the one above it where some of that one's items have no parts but
    promise something in plain paragraphs: cut by the parts, these would be lost."""
    order = list(dict.fromkeys(marker.level for marker in markers))
    for above in order[: order.index(level)]:
        heads = order[: order.index(level)]
        own = [at for at, marker in enumerate(markers) if marker.level == above]
        parted = [at for at in own if at + 1 < len(markers) and markers[at + 1].level not in heads]
        bare = [at for at in own if at not in parted and _counts_below(paragraphs, markers, at)]
        if len(parted) >= MIN_ITEMS and bare:
            return above
    return level


def _level_above_texts(paragraphs: Sequence[Text], markers: Sequence[_Marker]) -> str | None:
    """The shallowest level whose items are a name alone, with what they promise below it."""
    for level in dict.fromkeys(marker.level for marker in markers):
        own = [at for at, marker in enumerate(markers) if marker.level == level]
        counting = [at for at in own if _counts_below(paragraphs, markers, at)]
        if len(own) >= MIN_ITEMS and 2 * len(counting) >= len(own):
            return level
    return None


def _counts_below(paragraphs: Sequence[Text], markers: Sequence[_Marker], at: int) -> bool:
    """Whether a paragraph between this marker's and the next marker's counts something."""
    first = markers[at].paragraph + 1
    last = markers[at + 1].paragraph if at + 1 < len(markers) else len(paragraphs)
    return any(paragraph.quantities for paragraph in paragraphs[first:last])


def _end_of(paragraphs: Sequence[Text], markers: Sequence[_Marker], at: int) -> int:
    """Where the text right after a marker ends: at the next marker or with its paragraph."""
    marker = markers[at]
    if at + 1 < len(markers) and markers[at + 1].paragraph == marker.paragraph:
        return markers[at + 1].start
    return len(paragraphs[marker.paragraph].printed)


def _own_text(paragraphs: Sequence[Text], markers: Sequence[_Marker], marker: _Marker) -> str:
    end = _end_of(paragraphs, markers, list(markers).index(marker))
    return paragraphs[marker.paragraph].printed[marker.end : end]


def _counts(paragraphs: Sequence[Text], markers: Sequence[_Marker], marker: _Marker) -> bool:
    end = _end_of(paragraphs, markers, list(markers).index(marker))
    part = paragraphs[marker.paragraph].part(marker.end, end)
    pattern = part.language.pattern("lines_in_brackets")
    return bool(part.quantities) and pattern.search(part.words) is None


def _cut(paragraphs: Sequence[Text], markers: Sequence[_Marker], level: str) -> list[Item]:
    order = list(dict.fromkeys(marker.level for marker in markers))
    heads = set(order[: order.index(level)])
    items: list[Item] = []
    category: str | None = None
    current: Item | None = None
    cuts = [m for m in markers if m.level == level or m.level in heads]
    by_paragraph: dict[int, list[_Marker]] = {}
    for marker in cuts:
        by_paragraph.setdefault(marker.paragraph, []).append(marker)
    runs_on = _items_run_on(paragraphs, by_paragraph)
    for index, paragraph in enumerate(paragraphs):
        own = by_paragraph.get(index, [])
        first = own[0].start if own else len(paragraph.printed)
        if current is not None and first > 0:
            if not own and index > max(by_paragraph) and not runs_on:
                # What follows a list whose items are one paragraph each is no part of the last.
                current = None
                continue
            current.texts.append(paragraph.part(0, first))
        for position, marker in enumerate(own):
            end = own[position + 1].start if position + 1 < len(own) else len(paragraph.printed)
            if marker.level in heads:
                category = simplify(paragraph.printed[marker.start : end])
                current = None
                continue
            current = Item(marker.number, category, [paragraph.part(marker.end, end)])
            items.append(current)
    return items


def _items_run_on(paragraphs: Sequence[Text], by_paragraph: dict[int, list[_Marker]]) -> bool:
    """Whether items of this list take several paragraphs, as seen from all but the last one."""
    listed = sorted(by_paragraph)
    if any(len(markers) > 1 for markers in by_paragraph.values()):
        return False
    return any(later - earlier > 1 for earlier, later in itertools.pairwise(listed))


def tells_plans_in_items(paragraphs: Sequence[Text]) -> bool:
    """Whether most items of a list name a plan beside its result (`目标为…，已安装…`)."""
    markers = _find_markers(paragraphs)
    level = _commitment_level(paragraphs, markers)
    if level is None:
        return False
    items = _cut(paragraphs, markers, level)
    telling = [
        item
        for item in items
        if any(tells_plan(t) for t in item.texts) and any(tells_done(t) for t in item.texts)
    ]
    return 2 * len(telling) > len(items)

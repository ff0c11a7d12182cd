"""Numbered lists and paragraphs of a plan without a table, as items with number and category.

Belongs here: finding the markers (`一、`, `（一）`, `1.`, `一是`) and deciding which level of them
counts commitments. Does not belong here: what an item promises.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipelines.quantities.text import simplify
from pipelines.reading.language.tense import introduces_list, tells_done, tells_plan
from pipelines.reading.recording.ledger import SourceText

NUMERAL = "[一二三四五六七八九十]{1,3}"
LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("一、", re.compile(rf"(?P<no>{NUMERAL})[、．.]")),
    ("（一）", re.compile(rf"[（(](?P<no>{NUMERAL})[）)]")),
    ("第一", re.compile(rf"第(?P<no>{NUMERAL})[，,、项：:]")),
    ("1.", re.compile(r"(?P<no>[0-9０-９]{1,2})\s*[、．.](?![0-9０-９])")),
    ("1)", re.compile(r"(?P<no>[0-9０-９]{1,2})\s*[)）](?![0-9０-９])")),
    (
        "1.1",
        re.compile(r"(?P<no>[0-9０-９]{1,2}[.．][0-9０-９]{1,2})[、．.]?(?![0-9０-９%％万亿])"),
    ),
    ("（1）", re.compile(r"[（(](?P<no>[0-9０-９]{1,2})[）)]")),
    ("①", re.compile(r"(?P<no>[①-⑳])")),
    ("一是", re.compile(rf"(?P<no>{NUMERAL})是")),
)
ARABIC = frozenset({"1.", "1)", "（1）"})
INLINE = frozenset({"（1）", "①", "一是", "第一", "（一）"})
"""Markers that may open an item in the middle of a paragraph, after a sentence or clause."""
BEFORE_INLINE = "。；;：:\n"
MIN_ITEMS = 2
CATEGORY_MAX_LENGTH = 30


@dataclass(slots=True)
class Item:
    """One item of a list: its number as printed, what heads it, and the texts that make it up."""

    number: str | None
    category: str | None
    texts: list[SourceText] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Marker:
    paragraph: int
    start: int
    end: int
    level: str
    number: str


def read_items(paragraphs: Sequence[SourceText]) -> list[Item]:
    """The items of a plan's running text, in order.

    The commitments are the shallowest level of markers whose items say more than a heading does;
    shallower markers head categories, deeper ones stay within their item. Text before the first
    item belongs to none. Without markers each paragraph that says something is an item.
    """
    markers = _find_markers(paragraphs)
    level = _commitment_level(paragraphs, markers)
    if level is None:
        return [Item(None, None, [p]) for p in paragraphs if p.quantities() and not introduces(p)]
    return _cut(paragraphs, markers, level)


def introduces(paragraph: SourceText) -> bool:
    """Whether a paragraph only announces what comes after it (实施以下六件实事)."""
    return introduces_list(paragraph.simplified)


def _merge_numbered(markers: list[_Marker], paragraphs: Sequence[SourceText]) -> list[_Marker]:
    """Items numbered in a row, though typed in several ways (`1 、`, `2.`), are one level."""
    opening = [m for m in markers if m.level in ARABIC and _opens(paragraphs, m)]
    numbers = [int(simplify(m.number)) for m in opening if simplify(m.number).isdigit()]
    if len({m.level for m in opening}) < 2 or numbers != list(range(1, len(opening) + 1)):
        return markers
    return [replace(m, level=opening[0].level) if m in opening else m for m in markers]


def _opens(paragraphs: Sequence[SourceText], marker: _Marker) -> bool:
    return not paragraphs[marker.paragraph].text[: marker.start].strip()


def _marker_of_label(index: int, label: str) -> list[_Marker]:
    """The marker that automatic numbering prints before a paragraph, at its very start."""
    for level, pattern in LEVELS:
        match = pattern.match(label)
        if match is not None:
            return [_Marker(index, 0, 0, level, match.group("no"))]
    return []


def _find_markers(paragraphs: Sequence[SourceText]) -> list[_Marker]:
    found: list[_Marker] = []
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        found.extend(_marker_of_label(index, paragraph.label))
        for level, pattern in LEVELS:
            for match in pattern.finditer(text):
                before = text[: match.start()].rstrip(" \t\r　")
                at_start = not before or before[-1] == "\n"
                if at_start or (level in INLINE and before[-1] in BEFORE_INLINE):
                    found.append(
                        _Marker(index, match.start(), match.end(), level, match.group("no"))
                    )
    found.sort(key=lambda m: (m.paragraph, m.start, -m.end))
    # `1.1` also begins like `1.`: of two markers at one place the longer one was meant.
    kept: list[_Marker] = []
    for marker in found:
        if not kept or (kept[-1].paragraph, kept[-1].start) != (marker.paragraph, marker.start):
            kept.append(marker)
    return _merge_numbered(kept, paragraphs)


def _commitment_level(paragraphs: Sequence[SourceText], markers: Sequence[_Marker]) -> str | None:
    for level in dict.fromkeys(marker.level for marker in markers):
        own = [marker for marker in markers if marker.level == level]
        if len(own) < MIN_ITEMS:
            continue
        texts = [_own_text(paragraphs, markers, marker) for marker in own]
        telling = [text for text in texts if len(simplify(text)) > CATEGORY_MAX_LENGTH]
        counting = [m for m in own if _counts(paragraphs, markers, m)]
        if 2 * max(len(telling), len(counting)) >= len(own):
            return level
    return _level_above_texts(paragraphs, markers)


def _level_above_texts(paragraphs: Sequence[SourceText], markers: Sequence[_Marker]) -> str | None:
    """The shallowest level whose items are a name alone, with what they promise below it."""
    for level in dict.fromkeys(marker.level for marker in markers):
        own = [at for at, marker in enumerate(markers) if marker.level == level]
        counting = [at for at in own if _counts_below(paragraphs, markers, at)]
        if len(own) >= MIN_ITEMS and 2 * len(counting) >= len(own):
            return level
    return None


def _counts_below(paragraphs: Sequence[SourceText], markers: Sequence[_Marker], at: int) -> bool:
    """Whether a paragraph between this marker's and the next marker's counts something."""
    first = markers[at].paragraph + 1
    last = markers[at + 1].paragraph if at + 1 < len(markers) else len(paragraphs)
    return any(paragraph.quantities() for paragraph in paragraphs[first:last])


def _end_of(paragraphs: Sequence[SourceText], markers: Sequence[_Marker], at: int) -> int:
    """Where the text right after a marker ends: at the next marker or with its paragraph."""
    marker = markers[at]
    if at + 1 < len(markers) and markers[at + 1].paragraph == marker.paragraph:
        return markers[at + 1].start
    return len(paragraphs[marker.paragraph].text)


def _own_text(paragraphs: Sequence[SourceText], markers: Sequence[_Marker], marker: _Marker) -> str:
    end = _end_of(paragraphs, markers, list(markers).index(marker))
    return paragraphs[marker.paragraph].text[marker.end : end]


def _counts(paragraphs: Sequence[SourceText], markers: Sequence[_Marker], marker: _Marker) -> bool:
    end = _end_of(paragraphs, markers, list(markers).index(marker))
    part = paragraphs[marker.paragraph].part(marker.end, end)
    return bool(part.quantities())


def _cut(paragraphs: Sequence[SourceText], markers: Sequence[_Marker], level: str) -> list[Item]:
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
        first = own[0].start if own else len(paragraph.text)
        if current is not None and first > 0:
            if not own and index > max(by_paragraph) and not runs_on:
                # What follows a list whose items are one paragraph each is no part of the last.
                current = None
                continue
            current.texts.append(paragraph.part(0, first))
        for position, marker in enumerate(own):
            end = own[position + 1].start if position + 1 < len(own) else len(paragraph.text)
            if marker.level in heads:
                category = simplify(paragraph.text[marker.start : end])
                current = None
                continue
            current = Item(marker.number, category, [paragraph.part(marker.end, end)])
            items.append(current)
    return items


def _items_run_on(paragraphs: Sequence[SourceText], by_paragraph: dict[int, list[_Marker]]) -> bool:
    """Whether items of this list take several paragraphs, as seen from all but the last one."""
    listed = sorted(by_paragraph)
    if any(len(markers) > 1 for markers in by_paragraph.values()):
        return False
    return any(later - earlier > 1 for earlier, later in itertools.pairwise(listed))


def tells_plans_in_items(paragraphs: Sequence[SourceText]) -> bool:
    """Whether most items of a list name a plan beside its result (`目标为…，已安装…`)."""
    markers = _find_markers(paragraphs)
    level = _commitment_level(paragraphs, markers)
    if level is None:
        return False
    items = _cut(paragraphs, markers, level)
    telling = [
        item
        for item in items
        if any(tells_plan(t.simplified) for t in item.texts)
        and any(tells_done(t.simplified) for t in item.texts)
    ]
    return 2 * len(telling) > len(items)

"""Which marker Word's automatic numbering prints before a paragraph: `1.`, `（一）`, `2.3`.

Belongs here: lists as `numbering.xml` declares them, and counting through a story. The markers are
in no run of the file; Word makes them when it lays the page out. Source of the rules: ISO/IEC
29500-1, 17.9. Does not belong here: the spelling of a number (`list_markers`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from extractors.list_markers import spell_marker
from extractors.word_styles import Styles
from extractors.word_xml import UNSEEN, W, is_deleted_row, is_on, read_number

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_BULLET = "•"
"""Stands for bullets of symbol fonts, whose code says nothing outside their font."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; `restart` is the 1-based level after which it begins anew.

    `restart` None: after any higher level; 0: never. `is_plain` turns every number into digits.
    """

    start: int = 1
    format_name: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_plain: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list instance: the levels it shows and the definition whose counters it shares.

    `first` holds, by level, the number at which this instance starts anew.
    """

    definition: str
    levels: dict[int, Level]
    first: dict[int, int]


class Numbering:
    """The lists that a Word file declares, by the identifier that paragraphs refer to."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.styles = styles
        self.lists: dict[str, NumberedList] = {}
        if root is None:
            return
        definitions = {
            element.get(f"{W}abstractNumId", ""): element
            for element in root.findall(f"{W}abstractNum")
        }
        for number in root.findall(f"{W}num"):
            identifier = _read_text(number.find(f"{W}abstractNumId"))
            definition = self._follow_link(root, definitions, identifier)
            if definition is None:
                continue
            levels = {
                _read_depth(element): _read_level(element)
                for element in definition.findall(f"{W}lvl")
            }
            first: dict[int, int] = {}
            for change in number.findall(f"{W}lvlOverride"):
                depth = _read_depth(change)
                level = change.find(f"{W}lvl")
                if level is not None:
                    levels[depth] = _read_level(level)
                start = change.find(f"{W}startOverride")
                if start is not None:
                    first[depth] = read_number(start, 1)
            shared = definition.get(f"{W}abstractNumId", "")
            self.lists[number.get(f"{W}numId", "")] = NumberedList(shared, levels, first)

    def _follow_link(self, root: Any, definitions: dict[str, Any], identifier: str) -> Any:
        """The definition itself; some only name a list style, which names a list in turn."""
        definition = definitions.get(identifier)
        link = definition.find(f"{W}numStyleLink") if definition is not None else None
        if link is None:
            return definition
        target, _ = self.styles.find_list(link.get(f"{W}val", ""))
        for number in root.findall(f"{W}num"):
            if number.get(f"{W}numId") == target:
                return definitions.get(_read_text(number.find(f"{W}abstractNumId")))
        return definition

    def find_place(self, paragraph: Any) -> tuple[str, int] | None:
        """List and level (from 0) of a paragraph, by itself or by its style; None without one."""
        properties = paragraph.find(f"{W}pPr")
        own = properties.find(f"{W}numPr") if properties is not None else None
        style = properties.find(f"{W}pStyle") if properties is not None else None
        name = _read_text(style) or self.styles.default_paragraph
        styled, styled_level = self.styles.find_list(name)
        identifier = _read_text(own.find(f"{W}numId")) if own is not None else ""
        depth = read_number(own.find(f"{W}ilvl"), -1) if own is not None else -1
        found = self.lists.get(identifier or styled)
        if found is None:
            return None
        if depth < 0 and not identifier:
            linked = [level for level, held in found.levels.items() if held.style == name]
            depth = linked[0] if linked else styled_level
        return identifier or styled, min(max(depth, 0), _LEVELS - 1)


def label_paragraphs(story: Any, numbering: Numbering) -> dict[Any, str]:
    """Markers of the numbered paragraphs of a story, by element, counted in the file's order."""
    counts = _Counts(numbering)
    labels: dict[Any, str] = {}
    for paragraph in story.iter(f"{W}p"):
        place = numbering.find_place(paragraph) if numbering.lists else None
        if place is not None and not _is_unseen(paragraph):
            labels[paragraph] = counts.take_next(*place)
    return labels


class _Counts:
    """How far each list has counted."""

    def __init__(self, numbering: Numbering) -> None:
        self.lists = numbering.lists
        self.reached: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def take_next(self, identifier: str, depth: int) -> str:
        """Count one paragraph and spell its marker."""
        found = self.lists[identifier]
        level = found.levels.get(depth)
        if level is None or level.format_name == "none":
            return ""
        reached = self.reached.setdefault(found.definition, {})
        if depth in found.first and (identifier, depth) not in self.begun:
            reached[depth] = found.first[depth]
        else:
            reached[depth] = reached[depth] + 1 if depth in reached else level.start
        self.begun.add((identifier, depth))
        for deeper in [other for other in reached if other > depth]:
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or depth < restart:
                del reached[deeper]
        if level.format_name == "bullet":
            is_known = all(unicodedata.category(sign) != "Co" for sign in level.text)
            return level.text if is_known else _BULLET
        return _PLACE.sub(lambda match: self._spell(found, level, int(match[1]) - 1), level.text)

    def _spell(self, found: NumberedList, level: Level, depth: int) -> str:
        named = found.levels.get(depth, Level())
        number = self.reached[found.definition].get(depth, found.first.get(depth, named.start))
        return spell_marker(number, "decimal" if level.is_plain else named.format_name)


def _read_level(element: Any) -> Level:
    restart = element.find(f"{W}lvlRestart")
    return Level(
        start=read_number(element.find(f"{W}start"), 0),
        format_name=_read_text(element.find(f"{W}numFmt")) or "decimal",
        text=_read_text(element.find(f"{W}lvlText")),
        restart=read_number(restart, 0) if restart is not None else None,
        is_plain=is_on(element.find(f"{W}isLgl")),
        style=_read_text(element.find(f"{W}pStyle")),
    )


def _read_depth(element: Any) -> int:
    depth = element.get(f"{W}ilvl", "")
    return int(depth) if depth.isdecimal() else 0


def _read_text(element: Any) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _is_unseen(paragraph: Any) -> bool:
    """Whether the paragraph is not shown, or its mark is struck out so that it is none."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    if mark is not None and (mark.find(f"{W}del") is not None or is_on(mark.find(f"{W}vanish"))):
        return True
    return any(
        ancestor.tag in UNSEEN or (ancestor.tag == f"{W}tr" and is_deleted_row(ancestor))
        for ancestor in paragraph.iterancestors()
    )

"""What the styles of a Word file say of runs and paragraphs: hidden, heading, member of a list.

Belongs here: styles and their inheritance. Does not belong here: counting lists (`word_numbering`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractors.word_xml import W, is_on, read_number


class Styles:
    """Which styles hide text, mark headings or number; inherited through `basedOn`.

    `default_paragraph` is the style of paragraphs that name none.
    """

    def __init__(self, package: Any) -> None:
        self.hidden: set[str] = set()
        self.headings: set[str] = set()
        self.default_paragraph = ""
        self._lists: dict[str, tuple[str, int]] = {}
        found: dict[str, Any] = {}
        for style in package.styles.element.iter(f"{W}style"):
            found[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self.default_paragraph = style.get(f"{W}styleId", "")
        for identifier in found:
            for style in walk_styles(found, identifier):
                if is_on(style.find(f"{W}rPr/{W}vanish")):
                    self.hidden.add(identifier)
                name = style.find(f"{W}name")
                label = (name.get(f"{W}val") or "").lower() if name is not None else ""
                if label.startswith(("heading", "title", "标题")):
                    self.headings.add(identifier)
                number = style.find(f"{W}pPr/{W}numPr/{W}numId")
                if number is not None and identifier not in self._lists:
                    level = read_number(style.find(f"{W}pPr/{W}numPr/{W}ilvl"), 0)
                    self._lists[identifier] = (number.get(f"{W}val", ""), level)

    def find_list(self, identifier: str) -> tuple[str, int]:
        """List and level (from 0) that a style numbers by; an empty list where it does not."""
        return self._lists.get(identifier, ("", 0))

    def hides(self, run: Any) -> bool:
        """Whether a run is hidden, by itself or by its style."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return False
        vanish = properties.find(f"{W}vanish")
        if vanish is not None:
            return is_on(vanish)
        style = properties.find(f"{W}rStyle")
        return style is not None and style.get(f"{W}val") in self.hidden

    def makes_heading(self, paragraph: Any) -> bool:
        """Whether a paragraph's style or outline level says that it is a heading."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return False
        style = properties.find(f"{W}pStyle")
        if style is not None and style.get(f"{W}val") in self.headings:
            return True
        level = properties.find(f"{W}outlineLvl")
        return level is not None and level.get(f"{W}val", "9") < "9"


def walk_styles(found: dict[str, Any], identifier: str) -> Iterator[Any]:
    """A style and those that it is based on, the nearest first."""
    seen: set[str] = set()
    while identifier in found and identifier not in seen:
        seen.add(identifier)
        yield found[identifier]
        base = found[identifier].find(f"{W}basedOn")
        identifier = base.get(f"{W}val", "") if base is not None else ""

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

    def __init__(self, root: Any) -> None:
        self._hidden: dict[str, bool] = {}
        self.headings: set[str] = set()
        self.default_paragraph = ""
        self._lists: dict[str, tuple[str, int]] = {}
        found: dict[str, Any] = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            found[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self.default_paragraph = style.get(f"{W}styleId", "")
        for identifier in found:
            for style in walk_styles(found, identifier):
                vanish = style.find(f"{W}rPr/{W}vanish")
                if vanish is not None:
                    self._hidden.setdefault(identifier, is_on(vanish))
                name = style.find(f"{W}name")
                label = (name.get(f"{W}val") or "").lower() if name is not None else ""
                if label.startswith(("heading", "title", "标题")):
                    self.headings.add(identifier)
                number = style.find(f"{W}pPr/{W}numPr/{W}numId")
                if number is not None and identifier not in self._lists:
                    level = read_number(style.find(f"{W}pPr/{W}numPr/{W}ilvl"), 0)
                    self._lists[identifier] = (number.get(f"{W}val", ""), level)
        defaults = root.find(f"{W}docDefaults") if root is not None else None
        self._hides_all = defaults is not None and is_on(
            defaults.find(f"{W}rPrDefault/{W}rPr/{W}vanish")
        )

    def find_list(self, identifier: str) -> tuple[str, int]:
        """List and level (from 0) that a style numbers by; an empty list where it does not."""
        return self._lists.get(identifier, ("", 0))

    def hides(self, run: Any) -> bool:
        """Whether a run is hidden: by itself, or by its own style or its paragraph's.

        Two styles that both hide cancel each other out, as switches of styles do (ISO/IEC 29500-1,
        17.7.3).
        """
        properties = run.find(f"{W}rPr")
        vanish = properties.find(f"{W}vanish") if properties is not None else None
        if vanish is not None:
            return is_on(vanish)
        if not self._hidden:
            return self._hides_all
        style = properties.find(f"{W}rStyle") if properties is not None else None
        by_own = style is not None and self._hidden.get(style.get(f"{W}val", ""), False)
        return (by_own != self._hides_paragraph(run)) or self._hides_all

    def _hides_paragraph(self, run: Any) -> bool:
        paragraph = next(run.iterancestors(f"{W}p"), None)
        style = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
        name = style.get(f"{W}val", "") if style is not None else self.default_paragraph
        return self._hidden.get(name, False)

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

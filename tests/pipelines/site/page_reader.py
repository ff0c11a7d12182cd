"""Reads a page of the site as a strict reader would: what stands open, what is named, what is said.

Belongs here: parsing alone. Does not belong here: what pages have to hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "link", "img", "input", "br", "hr"}
# In SVG, elements may close themselves.
SELF_CLOSING = {"rect"}
SILENT = {"script", "style"}


@dataclass
class Page:
    """A page: tags in order, ids, texts with the elements that they stand in, and faults."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[tuple[str, tuple[tuple[str, dict[str, str]], ...]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if len(attributes) != len(attrs):
            self.page.faults.append(f"an attribute twice in <{tag}> at {self.getpos()}")
        self.page.tags.append((tag, attributes))
        if tag not in VOID:
            self.open.append((tag, attributes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in SELF_CLOSING:
            self.page.faults.append(f"<{tag}/> at {self.getpos()}")
        self.page.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.page.faults.append(f"</{tag}> at {self.getpos()} closes nothing open")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        within = tuple(self.open)
        if data.strip() and not any(tag in SILENT for tag, _ in within):
            self.page.texts.append((data.strip(), within))


def read_page(path: Path) -> Page:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    reader.page.faults += [f"<{tag}> is never closed" for tag, _ in reader.open]
    return reader.page

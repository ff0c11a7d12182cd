"""Names and small questions that all readers of Word's XML share.

Belongs here: namespaces, which elements show nothing, walking through wrappers. Does not belong
here: what a paragraph, a table, a style or a list is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

UNSEEN = frozenset(
    {
        f"{W}del", f"{W}moveFrom", f"{W}delText", f"{W}instrText", f"{W}rt", f"{W}pPr",
        f"{W}rPr", f"{W}tblPr", f"{W}tblGrid", f"{W}trPr", f"{W}tcPr", f"{W}sdtPr",
        f"{W}sdtEndPr", f"{W}sectPr", f"{MC}Fallback",
    }
)  # fmt: skip
"""Elements whose content is not shown as text."""


def iterate_content(parent: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """Children of the given tags, through content controls, tracked insertions and the like."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag not in UNSEEN and isinstance(child.tag, str):
            yield from iterate_content(child, tags)


def is_on(element: Any) -> bool:
    """Whether a switch such as `w:vanish` is there and not turned off."""
    if element is None:
        return False
    return element.get(f"{W}val", "true") not in ("0", "false", "off")


def read_number(element: Any, default: int) -> int:
    """The whole number in an element's `w:val`; the default where there is none."""
    if element is None:
        return default
    try:
        return int(element.get(f"{W}val", default))
    except ValueError:
        return default


def is_deleted_row(row: Any) -> bool:
    """Whether a tracked change took the row out."""
    return row.find(f"{W}trPr/{W}del") is not None


def is_deleted_cell(box: Any) -> bool:
    """Whether a tracked change took the cell out."""
    return box.find(f"{W}tcPr/{W}cellDel") is not None

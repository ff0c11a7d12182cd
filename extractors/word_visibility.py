"""What of a Word file's text is shown: one answer for whoever reads, counts or tells of it.

Belongs here: hidden runs, deleted rows and cells, cells that a merge swallows. Does not belong
here: what a style says (`word_styles`), what stands in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from extractors.word_styles import Styles
from extractors.word_xml import (
    UNSEEN,
    W,
    is_deleted_cell,
    is_deleted_row,
    iterate_content,
    read_number,
)

HIDDEN, DELETED, SWALLOWED, UNPRINTED = "hidden", "deleted", "swallowed", "unprinted"
"""Why text is not shown: by its format, by a tracked change, by a merge, or it is no text."""


class Visibility:
    """Which elements of the given stories are not shown, and why."""

    def __init__(self, styles: Styles, stories: Iterable[Any]) -> None:
        self.styles = styles
        self._swallowed = {box for story in stories for box in find_swallowed_cells(story)}

    def hides(self, run: Any) -> bool:
        """Whether the run is formatted as hidden."""
        return self.styles.hides(run)

    def swallows(self, box: Any) -> bool:
        """Whether the cell lies under one that is merged over it."""
        return box in self._swallowed

    def find_cause(self, element: Any) -> str:
        """Why the element is not shown; empty where it is."""
        for ancestor in element.iterancestors():
            cause = self._judge(ancestor)
            if cause:
                return cause
        return ""

    def _judge(self, element: Any) -> str:
        tag = element.tag
        if tag in (f"{W}del", f"{W}moveFrom"):
            return DELETED
        if tag in UNSEEN:
            return UNPRINTED
        if tag == f"{W}r" and self.styles.hides(element):
            return HIDDEN
        if tag == f"{W}tr" and is_deleted_row(element):
            return DELETED
        if tag == f"{W}tc":
            if is_deleted_cell(element):
                return DELETED
            if element in self._swallowed:
                return SWALLOWED
        return ""


def find_swallowed_cells(story: Any) -> Iterator[Any]:
    """Cells that go on from the cell above or on the left; a merge without a start merges nothing.

    A continued cell shows nothing of its own. Where no cell begins the merge, it is a cell like any
    other.
    """
    for table in story.iter(f"{W}tbl"):
        above: dict[int, bool] = {}
        for row in iterate_content(table, (f"{W}tr",)):
            if is_deleted_row(row):
                continue
            col = read_number(row.find(f"{W}trPr/{W}gridBefore"), 0)
            below: dict[int, bool] = {}
            is_first = True
            for box in iterate_content(row, (f"{W}tc",)):
                if is_deleted_cell(box):
                    continue
                span = max(1, read_number(box.find(f"{W}tcPr/{W}gridSpan"), 1))
                if goes_on_left(box) and not is_first:
                    yield box
                else:
                    if goes_on_above(box) and _has_start(above.get(col), box):
                        yield box
                    below[col] = box.find(f"{W}tcPr/{W}vMerge") is not None
                is_first = False
                col += span
            above = below


def _has_start(is_merged_above: bool | None, box: Any) -> bool:
    """Whether a cell that goes on has one to go on from; None: there is no cell above.

    Under a cell that takes part in no merge, only an empty one counts as merged: nothing is lost.
    """
    return is_merged_above or (is_merged_above is not None and not _has_text(box))


def _has_text(box: Any) -> bool:
    return any((text.text or "").strip() for text in box.iter(f"{W}t"))


def goes_on_above(box: Any) -> bool:
    """Whether the cell says that it belongs to the one above."""
    merge = box.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") != "restart"


def goes_on_left(box: Any) -> bool:
    """Whether the cell says that it belongs to the one on its left."""
    merge = box.find(f"{W}tcPr/{W}hMerge")
    return merge is not None and merge.get(f"{W}val", "continue") != "restart"

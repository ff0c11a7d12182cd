"""A table as it stands on one page, before the pages are put together.

Belongs here: the record that the readers hand to `stitching`. Cells count their rows and columns
within the part.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records import Box, Cell, Paragraph

EDGE_TOLERANCE_PT = 4.0
"""Column borders of one table may differ by this from page to page."""


@dataclass(frozen=True, slots=True)
class TablePart:
    """Cells of one part; `edges` are its column borders in points, empty where none are printed.

    `padding_pt` is the room between a cell's border and its text; `page` is None in a Word file,
    whose parts follow one another without pages. `open_below` are the first columns of the cells
    that have no border at the part's end: some producers leave those open that go on.
    """

    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    edges: tuple[float, ...] = ()
    page: int | None = None
    box: Box | None = None
    padding_pt: float = 0.0
    open_below: frozenset[int] = frozenset()


PartBlock = Paragraph | TablePart

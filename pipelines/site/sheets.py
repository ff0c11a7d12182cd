"""Which sheets of paper shown figures stand on, and where on each: a page (PDF), a table (Word).

Belongs here: giving each shown figure its sheet and its mark. Does not belong here: what a sheet
looks like (`pictures`, `rebuilt`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipelines.site.addresses import slug
from pipelines.site.ledger import Ledger, group, natural_key
from pipelines.site.records import DocumentRow, FigureRow

SHOWN_ROLES = ("target", "allocation", "milestone", "report")
"""Figures that became a fact: the pages show these, and so these need a place to lead to."""

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF (`page`), a table of a Word file (`table_no`), or its text (neither).

    `figures` are those to mark, in reading order.
    """

    path: str
    document: DocumentRow
    page: int | None
    table_no: int | None
    figures: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure is shown: the page of its sheet, and the mark on it."""

    path: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paper:
    """All sheets, and the place of each figure on them."""

    sheets: tuple[Sheet, ...]
    places: Mapping[str, Place]
    paths: Mapping[tuple[str, int | None, int | None], str]

    def of_line(
        self, document_id: str, page: int | None, table_no: int | None, row_no: int | None
    ) -> Place | None:
        """Where a line begins, which has no number of its own; None if its sheet is not shown."""
        key = (document_id, page, None if page is not None else table_no)
        path = self.paths.get(key)
        if path is None:
            return None
        return Place(path, row_anchor(row_no) if page is None and row_no is not None else "")


def lay_out(ledger: Ledger) -> Paper:
    """Find the sheets that shown figures stand on."""
    documents = {row.document_id: row for row in ledger.documents}
    shown = [
        figure
        for figure in ledger.figures
        if figure.role in SHOWN_ROLES and figure.document_id in documents
    ]
    sheets = tuple(_make_sheets(documents, shown))
    return Paper(
        sheets=sheets,
        places={
            figure.figure_id: Place(sheet.path, anchor_of(figure))
            for sheet in sheets
            for figure in sheet.figures
        },
        paths={
            (sheet.document.document_id, sheet.page, sheet.table_no): sheet.path for sheet in sheets
        },
    )


def _make_sheets(
    documents: Mapping[str, DocumentRow], shown: Iterable[FigureRow]
) -> Iterable[Sheet]:
    by_sheet = group(shown, _key_of)
    for key in sorted(by_sheet, key=lambda key: tuple(natural_key(part) for part in key)):
        document_id, page, table_no = key
        yield Sheet(
            path=f"sheets/{slug(document_id)}-{_name(page, table_no)}.html",
            document=documents[document_id],
            page=page,
            table_no=table_no,
            figures=by_sheet[key],
        )


def _key_of(figure: FigureRow) -> tuple[str, int | None, int | None]:
    # A table of a PDF may go over pages; the page is what one sees at once.
    table_no = None if figure.page is not None else figure.table_no
    return figure.document_id, figure.page, table_no


def _name(page: int | None, table_no: int | None) -> str:
    if page is not None:
        return f"p{page}"
    return "text" if table_no is None else f"t{table_no}"


def anchor_of(figure: FigureRow) -> str:
    """The name of a figure's mark on its sheet."""
    return _UNSAFE.sub("-", figure.figure_id.removeprefix(f"{figure.document_id}/"))


def row_anchor(row_no: int) -> str:
    """The name of a row (or paragraph) on a sheet."""
    return f"row{row_no}"

"""The pages that show a sheet of paper with its figures marked.

Belongs here: finding the archived original, having it drawn or rebuilt, and writing the page.
Does not belong here: drawing (`pictures`) and rebuilding (`rebuilt`).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractors import DocumentError, read_document
from pipelines.inventory import hash_if_readable
from pipelines.publishing.originals import find_original
from pipelines.site.folder import SiteFolder
from pipelines.site.ledger import group
from pipelines.site.pictures import DRAWN_AS, Box, OpenPdf, UndrawablePageError, open_pdf
from pipelines.site.rebuilt import rebuild
from pipelines.site.records import DocumentRow, FigureRow
from pipelines.site.sheets import Sheet
from pipelines.site.shelf import Shelf
from pipelines.site.telephones import is_telephone

_NO_ORIGINAL = "no_original"
_NOT_DRAWABLE = "not_drawable"
_NO_PICTURES = "no_pictures"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where originals are, and whether pictures are wanted."""

    warehouse: Path
    raw: Path | None
    with_pictures: bool

    def find(self, document: DocumentRow) -> Path | None:
        """The very file that the document was read from; None where nobody has it any more."""
        kept = find_original(self.warehouse, document.sha256)
        if kept is not None or self.raw is None:
            return kept
        lying = self.raw / document.file_name
        return lying if hash_if_readable(lying) == document.sha256 else None


def write_sheets(folder: SiteFolder, shelf: Shelf, sources: Sources) -> int:
    """Write a page for each sheet; return how many sheets could not be shown as they are."""
    missing = 0
    covered = group(
        [figure for figure in shelf.ledger.figures if is_telephone(figure)],
        lambda figure: (figure.document_id, figure.page),
    )
    by_document = group(shelf.markups.paper.sheets, lambda sheet: sheet.document.document_id)
    for sheets in by_document.values():
        with ExitStack() as opened:
            show = _open(sheets[0].document, sources, shelf, opened)
            for position, sheet in enumerate(sheets):
                boxes = _boxes(covered[sheet.document.document_id, sheet.page])
                shown = show(folder, sheet, boxes)
                missing += shown["missing"] is not None
                page = shelf.renderer.render(
                    "sheet.html",
                    sheet.path,
                    sheet=sheet,
                    before=sheets[position - 1] if position else None,
                    after=sheets[position + 1] if position + 1 < len(sheets) else None,
                    **shown,
                )
                folder.write_text(sheet.path, page)
    return missing


def _open(document: DocumentRow, sources: Sources, shelf: Shelf, opened: ExitStack) -> Any:
    """What shows one sheet of the document: a function of folder, sheet and boxes to cover."""
    source = sources.find(document)
    if source is None:
        return lambda *_: _shown(missing=_NO_ORIGINAL)
    try:
        if source.suffix.lower() == ".pdf":
            pdf = opened.enter_context(open_pdf(source))
            return lambda folder, sheet, boxes: _draw(
                folder, sheet, boxes, pdf, sources.with_pictures
            )
        read = read_document(source)
    except (UndrawablePageError, DocumentError):
        return lambda *_: _shown(missing=_NOT_DRAWABLE)

    def cover(text: str) -> str:
        return shelf.markups.telephones.cover(text, document.document_id)

    def show(_folder: SiteFolder, sheet: Sheet, _boxes: Sequence[Box]) -> dict[str, Any]:
        rows = rebuild(read, sheet, cover)
        return _shown(rows=rows, missing=None if rows else _NOT_DRAWABLE)

    return show


def _draw(
    folder: SiteFolder, sheet: Sheet, boxes: Sequence[Box], pdf: OpenPdf, is_wanted: bool
) -> dict[str, Any]:
    page = sheet.page or 1
    width, height = pdf.size_of(page)
    picture = f"sheets/{_name_picture(sheet.document.sha256, page, boxes)}.webp"
    if not folder.keep(picture):
        if not is_wanted:
            return _shown(missing=_NO_PICTURES)
        folder.write(picture, pdf.draw(page, boxes))
    return _shown(picture=picture, width=width, height=height)


def _name_picture(document_sha256: str, page: int, boxes: Sequence[Box]) -> str:
    """Named after all that makes the picture, so that one that is there need not be drawn again."""
    content = f"{document_sha256} {page} {sorted(boxes)} {DRAWN_AS}"
    return sha256(content.encode()).hexdigest()[:20]


def _shown(**said: Any) -> dict[str, Any]:
    nothing = {"picture": None, "width": 0.0, "height": 0.0, "rows": (), "missing": None}
    return nothing | said


def _boxes(figures: Sequence[FigureRow]) -> list[Box]:
    return [
        (figure.x0, figure.top, figure.x1, figure.bottom)
        for figure in figures
        if figure.x0 is not None
        and figure.top is not None
        and figure.x1 is not None
        and figure.bottom is not None
    ]

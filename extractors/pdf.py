"""PDF → drawings of its pages → blocks, and what keeps a PDF from being read.

Belongs here: the order of work on a file, which engine draws it, and naming what is wrong with it.
Does not belong here: how an engine draws a page (`fast_engine`, `reference_engine`), how tables are
found (`lattice`), how other text is read (`paragraphs`), how pages are joined (`stitching`).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.drawing import Drawing, DrawnPages, Fallback
from extractors.errors import (
    EmptyDocument,
    NoTextMap,
    ScannedDocument,
    UnreadableDocument,
)
from extractors.fast_engine import FileInDoubt, draw_fast
from extractors.layout import lay_out
from extractors.parts import PartBlock
from extractors.pdf_losses import examine_pages
from extractors.pdf_objects import open_objects
from extractors.printing import UNMAPPED
from extractors.records import Omission

UNMAPPED_SHARE = 0.01
"""Share of shapes without a character above which a page's text cannot be relied on."""
PICTURE_SHARE = 0.5
"""A page whose pictures cover more than this and which shows no text may be a scan."""
PICTURE_TEXT = 10
"""Fewer characters than this beside a picture are no text: a page number, a caption."""


@dataclass(slots=True)
class PdfContent:
    """What a PDF says: blocks by page, raw characters, properties, and what is left out.

    `fallbacks` name the pages that only the reference engine reads for certain.
    """

    blocks: list[list[PartBlock]]
    characters: list[str]
    properties: dict[str, str]
    omissions: tuple[Omission, ...]
    fallbacks: tuple[Fallback, ...] = ()


def read_pdf(path: Path, draw: Callable[[Path], DrawnPages] | None = None) -> PdfContent:
    """Read every page of a PDF; raises a `DocumentError` that names what is wrong with it.

    `draw` is the engine, by default `draw_pages`.
    """
    _refuse_truncated(path)
    with open_objects(path) as objects:
        drawn = (draw or draw_pages)(path)
        drawings, found = examine_pages(objects, drawn.drawings)
    _refuse_pages_without_text(path, drawings)
    characters = ["".join(glyph.text for glyph in drawing.glyphs) for drawing in drawings]
    pictured = find_picture_pages(drawings)
    omissions = (
        *(each for each in found if each.code != "picture" or each.page not in pictured),
        *(_describe_picture(page) for page in pictured),
    )
    return PdfContent(lay_out(drawings), characters, drawn.properties, omissions, drawn.fallbacks)


def _describe_picture(page: int) -> Omission:
    return Omission(
        "picture_page",
        f"Page {page} is a picture without text. If words stand on it, get the electronic "
        "original, or run text recognition (OCR) over the file first.",
        page,
    )


def draw_pages(path: Path) -> DrawnPages:
    """All pages as drawings, by the fast engine where it reads as the reference does."""
    try:
        fast = draw_fast(path)
    except FileInDoubt as doubt:
        return replace(_draw_by_reference(path), fallbacks=(Fallback(None, str(doubt)),))
    if not fast.fallbacks:
        return fast
    drawn = _draw_by_reference(path, {fallback.page for fallback in fast.fallbacks})
    drawings = sorted((*fast.drawings, *drawn.drawings), key=lambda drawing: drawing.number)
    return DrawnPages(tuple(drawings), drawn.properties, fast.fallbacks)


def _draw_by_reference(path: Path, numbers: Container[int | None] | None = None) -> DrawnPages:
    # Most files never need its libraries, so they are loaded when the first one does.
    from extractors.reference_engine import draw_by_reference

    return draw_by_reference(path, numbers)


def _refuse_truncated(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 4096))
        tail = file.read()
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise UnreadableDocument(path, "The PDF is cut short: its end is missing.")


def _refuse_pages_without_text(path: Path, drawings: Sequence[Drawing]) -> None:
    texts = ["".join(glyph.text for glyph in drawing.glyphs).strip() for drawing in drawings]
    for drawing, text in zip(drawings, texts, strict=True):
        unmapped = text.count(UNMAPPED)
        if unmapped > UNMAPPED_SHARE * len(text):
            raise NoTextMap(
                path,
                f"{unmapped} of {len(text)} printed shapes have no character assigned.",
                page=drawing.number,
            )
    if not any(texts) and any(drawing.picture_share for drawing in drawings):
        raise ScannedDocument(path, "All pages are pictures without text.")
    if not any(texts):
        raise EmptyDocument(path, "No page shows any text.")
    pictured = find_picture_pages(drawings)
    if len(pictured) > len(drawings) / 2:
        raise ScannedDocument(
            path,
            f"{len(pictured)} of {len(drawings)} pages are pictures without text.",
            page=pictured[0],
        )


def find_picture_pages(drawings: Sequence[Drawing]) -> tuple[int, ...]:
    """Numbers of the pages that show a picture and, a caption or page number aside, no text."""
    return tuple(
        drawing.number
        for drawing in drawings
        if drawing.picture_share > PICTURE_SHARE
        and len("".join(glyph.text for glyph in drawing.glyphs).strip()) < PICTURE_TEXT
    )

"""PDF → drawings of its pages → blocks, and what keeps a PDF from being read.

Belongs here: the order of work on a file, and naming what is wrong with it. Does not belong here:
how an engine draws a page (`reference_engine`), how tables are found (`lattice`), how text outside
them is read (`paragraphs`), how pages are joined (`stitching`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from extractors.drawing import Drawing
from extractors.errors import (
    EmptyDocument,
    NoTextMap,
    PasswordProtectedDocument,
    ScannedDocument,
    UnreadableDocument,
)
from extractors.layout import lay_out
from extractors.parts import PartBlock
from extractors.printing import UNMAPPED
from extractors.records import Omission
from extractors.reference_engine import draw_page

UNMAPPED_SHARE = 0.01
"""Share of shapes without a character above which a page's text cannot be relied on."""
PICTURE_SHARE = 0.5
"""A page whose pictures cover more than this and which shows no text may be a scan."""
PICTURE_TEXT = 10
"""Fewer characters than this beside a picture are no text: a page number, a caption."""


@dataclass(slots=True)
class PdfContent:
    """What a PDF says: blocks by page, raw characters, properties, and what is left out."""

    blocks: list[list[PartBlock]]
    characters: list[str]
    properties: dict[str, str]
    omissions: tuple[Omission, ...]


def read_pdf(path: Path) -> PdfContent:
    """Read every page of a PDF; raises a `DocumentError` that names what is wrong with it."""
    drawings, properties = draw_pages(path)
    _refuse_pages_without_text(path, drawings)
    characters = ["".join(glyph.text for glyph in drawing.glyphs) for drawing in drawings]
    omissions = tuple(_describe_picture(page) for page in find_picture_pages(drawings))
    return PdfContent(lay_out(drawings), characters, properties, omissions)


def _describe_picture(page: int) -> Omission:
    return Omission(
        "picture_page",
        f"Page {page} is a picture without text. If words stand on it, get the electronic "
        "original, or run text recognition (OCR) over the file first.",
        page,
    )


def draw_pages(path: Path) -> tuple[list[Drawing], dict[str, str]]:
    """All pages as drawings, and the document's properties as text."""
    _refuse_truncated(path)
    drawings: list[Drawing] = []
    try:
        with pdfplumber.open(path) as pdf:
            properties = {
                str(key): value for key, value in pdf.metadata.items() if isinstance(value, str)
            }
            for page in pdf.pages:
                drawings.append(draw_page(page))
                page.close()
            promised = _count_promised_pages(pdf)
    except (PdfminerException, PDFException, PSException) as error:
        if _is_about_password(error):
            raise PasswordProtectedDocument(path, "The file is protected by a password.") from error
        raise UnreadableDocument(path, f"The PDF is damaged ({_say(error)}).") from error
    except Exception as error:  # pdfminer lets plain Python errors through on damaged files
        page_number = len(drawings) + 1
        raise UnreadableDocument(
            path, f"The PDF is damaged ({_say(error)}).", page=page_number
        ) from error
    if not drawings or promised > len(drawings):
        raise UnreadableDocument(
            path, f"The PDF is damaged: {len(drawings)} of {promised} pages can be found."
        )
    return drawings, properties


def _refuse_truncated(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 4096))
        tail = file.read()
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise UnreadableDocument(path, "The PDF is cut short: its end is missing.")


def _count_promised_pages(pdf: Any) -> int:
    pages = resolve1(pdf.doc.catalog.get("Pages"))
    count = resolve1(pages.get("Count")) if isinstance(pages, dict) else None
    return count if isinstance(count, int) else 0


def _is_about_password(error: BaseException) -> bool:
    causes: list[object] = [error, *error.args]
    return any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)


def _say(error: BaseException) -> str:
    inner = error.args[0] if error.args and isinstance(error.args[0], BaseException) else error
    return f"{type(inner).__name__}: {inner}" if str(inner) else type(inner).__name__


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

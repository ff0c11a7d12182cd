"""PDF pages → drawings with PDFium, as the reference engine would draw them, several times faster.

Belongs here: opening a file, walking the objects of a page, and handing over to the reference what
the two could read differently: each such page is named with its reason. Does not belong here: text
(`pdfium_text`), rules (`pdfium_paths`), fonts (`font_facts`), what is wrong with a file (`pdf`).

PDFium opens files that are damaged, and repairs them as it sees fit. So a file comes in here only
when a strict parser finds nothing to repair in it; every other is left to the reference, which
reads or refuses it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

import pikepdf

from extractors import pdfium
from extractors.collection import pause_collection
from extractors.drawing import Drawing, DrawnPages, Fallback, Glyph
from extractors.font_facts import FontBook, PageInDoubt, inherit, is_sound
from extractors.pdfium_objects import Run, RunReader
from extractors.pdfium_paths import Matrix, PathReader, multiply, read_matrix
from extractors.pdfium_shapes import read_shapes
from extractors.pdfium_text import print_text
from extractors.printing import remove_doubles, share_of_page, turn_upright

DEEPEST_FORM = 20
"""Forms within forms deeper than this are left to the reference."""


class FileInDoubt(Exception):
    """The file is not sound enough to be read without the reference; the message says why."""


@pause_collection()
def draw_fast(path: Path) -> DrawnPages:
    """All pages that can be drawn for certain; raises `FileInDoubt` where the file is not sound."""
    try:
        with pikepdf.open(path, suppress_warnings=True, attempt_recovery=False) as pdf:
            pages = list(pdf.pages)
            promised = pdf.Root.Pages.get("/Count")
            if not pages or promised != len(pages):
                raise FileInDoubt("page tree")
            with _open_document(path, len(pages)) as document:
                drawings, fallbacks = _draw_pages(document, pages)
            properties = _read_properties(pdf)
            if pdf.get_warnings():
                raise FileInDoubt("structure")
    except pikepdf.PasswordError as error:
        raise FileInDoubt("password") from error
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError) as error:
        # What a dictionary lacks, or holds in another type, is damage too.
        raise FileInDoubt("structure") from error
    return DrawnPages(tuple(drawings), properties, tuple(fallbacks))


@contextmanager
def _open_document(path: Path, n_pages: int) -> Iterator[int]:
    data = path.read_bytes()
    buffer = ctypes.create_string_buffer(data, len(data))
    document = pdfium.load_document(ctypes.addressof(buffer), len(data), None)
    if not document:
        raise FileInDoubt("structure")
    try:
        if not pdfium.has_valid_references(document):
            raise FileInDoubt("structure")
        if pdfium.count_pages(document) != n_pages:
            raise FileInDoubt("page tree")
        yield document
    finally:
        pdfium.close_document(document)


def _draw_pages(document: int, pages: list[pikepdf.Page]) -> tuple[list[Drawing], list[Fallback]]:
    drawings: list[Drawing] = []
    fallbacks: list[Fallback] = []
    book = FontBook()
    for number, page in enumerate(pages, start=1):
        try:
            drawings.append(_draw_page(document, page, number, book))
        except PageInDoubt as doubt:
            fallbacks.append(Fallback(number, str(doubt)))
    return drawings, fallbacks


def _draw_page(document: int, page: pikepdf.Page, number: int, book: FontBook) -> Drawing:
    base, width, height = _read_page_box(page)
    contents = page.obj.get("/Contents")
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    if not all(is_sound(stream) for stream in streams if stream is not None):
        raise PageInDoubt("damaged stream")
    handle = pdfium.load_page(document, number - 1)
    if not handle:
        raise PageInDoubt("page not loaded")
    try:
        paths = PathReader(height)
        handles: list[int] = []
        forms: list[Matrix | None] = []
        for kind, thing, form in _walk_objects(handle):
            if kind == pdfium.TEXT:
                handles.append(thing)
                forms.append(form)
            elif kind == pdfium.PATH:
                paths.add_path(thing, base if form is None else multiply(form, base))
            elif kind == pdfium.IMAGE:
                paths.add_picture(thing, base if form is None else multiply(form, base))
        glyphs: list[Glyph] = []
        if handles:
            reader = RunReader(book.collect(page), partial(book.list_shown, page), base)
            runs = reader.read(handles, forms)
            glyphs = remove_doubles(_read_text(handle, runs, base, (width, height)))
    finally:
        pdfium.close_page(handle)
    areas = [
        max(0.0, min(x1, width) - max(x0, 0.0)) * max(0.0, min(bottom, height) - max(top, 0.0))
        for x0, top, x1, bottom in paths.pictures
    ]
    share = share_of_page(areas, width, height)
    return turn_upright(
        Drawing(number, width, height, tuple(glyphs), paths.rules, picture_share=share)
    )


def _read_text(
    page: int, runs: dict[int, Run], base: Matrix, size: tuple[float, float]
) -> list[Glyph]:
    text = pdfium.load_text(page)
    if not text:
        raise PageInDoubt("text not loaded")
    try:
        return print_text(runs, read_shapes(text), base, *size)
    finally:
        pdfium.close_text(text)


def _walk_objects(page: int) -> Iterator[tuple[int, int, Matrix | None]]:
    """Objects in the order in which they are painted: type, handle, matrix of the form around."""
    things = list(map(pdfium.get_object, repeat(page), range(pdfium.count_objects(page))))
    for kind, thing in zip(map(pdfium.get_type, things), things, strict=True):
        if kind == pdfium.FORM:
            yield from _walk_form(thing, read_matrix(thing), 1)
        else:
            yield kind, thing, None


def _walk_form(form: int, matrix: Matrix, depth: int) -> Iterator[tuple[int, int, Matrix | None]]:
    if depth > DEEPEST_FORM:
        raise PageInDoubt("forms within forms")
    for index in range(pdfium.count_form_objects(form)):
        thing = pdfium.get_form_object(form, index)
        kind = pdfium.get_type(thing)
        if kind == pdfium.FORM:
            yield from _walk_form(thing, multiply(read_matrix(thing), matrix), depth + 1)
        else:
            yield kind, thing, matrix


def _read_page_box(page: pikepdf.Page) -> tuple[Matrix, float, float]:
    """The way from the file's coordinates to the displayed page's, and the page's size."""
    box = inherit(page.obj, "/MediaBox")
    if box is None or len(box) != 4:
        raise PageInDoubt("page box")
    x0, y0, x1, y1 = (float(value) for value in box)
    if not (x0 < x1 and y0 < y1):
        raise PageInDoubt("page box")
    width, height = x1 - x0, y1 - y0
    match int(inherit(page.obj, "/Rotate") or 0) % 360:
        case 0:
            return (1, 0, 0, 1, -x0, -y0), width, height
        case 90:
            return (0, -1, 1, 0, -y0, x1), height, width
        case 180:
            return (-1, 0, 0, -1, x1, y1), width, height
        case 270:
            return (0, 1, -1, 0, y1, -x0), height, width
    raise PageInDoubt("page turned by an odd angle")


def _read_properties(pdf: Any) -> dict[str, str]:
    info = pdf.trailer.get("/Info")
    if info is None:
        return {}
    return {
        key.removeprefix("/"): str(value).removeprefix("/")
        if isinstance(value, pikepdf.Name)
        else str(value)
        for key, value in info.items()
        if isinstance(value, (pikepdf.String, pikepdf.Name))
    }

"""A PDF's own objects: its pages with what they inherit, and its streams inflated whole.

Belongs here: opening the file with pikepdf, and checksums of streams. What a page needs and the
file lacks, or holds changed, ends in a `DamagedDocument`. Does not belong here: what the objects
draw (`pdf_content`), engines that read the text.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef
from pdfminer.psexceptions import PSException
from pikepdf import Array, Dictionary, Name, Stream

from extractors.errors import DamagedDocument, PasswordProtectedDocument, UnreadableDocument

_FLATE = frozenset({"/FlateDecode", "/Fl"})
_PLAIN_FILTERS = {
    "/ASCII85Decode": "/ASCII85Decode",
    "/A85": "/ASCII85Decode",
    "/ASCIIHexDecode": "/ASCIIHexDecode",
    "/AHx": "/ASCIIHexDecode",
}
_CHECKSUM_BYTES = 4
_MAX_DEPTH = 12


class BrokenStream(Exception):
    """The stream's data end too early, or their checksum is wrong."""


class ObjectsOfPage:
    """One page: its own dictionary, and what it inherits from the page tree."""

    def __init__(self, number: int, page: Dictionary) -> None:
        self.number = number
        self.page = page

    @cached_property
    def resources(self) -> Any:
        """Fonts, forms and the like, by kind and name."""
        found = read_inherited(self.page, "/Resources")
        return found if isinstance(found, Dictionary) else Dictionary()

    @cached_property
    def content(self) -> bytes:
        """Its content streams as one."""
        held = self.page.get("/Contents")
        streams = list(held) if isinstance(held, Array) else [held] if held is not None else []
        if not all(isinstance(stream, Stream) for stream in streams):
            raise BrokenStream("the file does not hold it")
        return b"\n".join(inflate(stream) for stream in streams)

    @cached_property
    def paper(self) -> tuple[float, float, float, float]:
        """The medium that the page is printed on; US letter where the file does not say."""
        return read_box(read_inherited(self.page, "/MediaBox")) or (0.0, 0.0, 612.0, 792.0)

    @cached_property
    def turn(self) -> int:
        """By how many degrees clockwise the page is turned for display."""
        value = read_inherited(self.page, "/Rotate")
        return int(value) % 360 if isinstance(value, (int, float, Decimal)) else 0

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """What is displayed, as x0, y0, x1, y1 with y upwards: the crop box within the paper."""
        paper = self.paper
        crop = read_box(read_inherited(self.page, "/CropBox")) or paper
        x0, y0 = max(paper[0], crop[0]), max(paper[1], crop[1])
        x1, y1 = min(paper[2], crop[2]), min(paper[3], crop[3])
        return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else paper


@dataclass(slots=True)
class PdfObjects:
    """An open file."""

    path: Path
    pdf: pikepdf.Pdf
    pages: list[ObjectsOfPage]


@contextmanager
def open_objects(path: Path) -> Iterator[PdfObjects]:
    """The file's objects, open as long as the context lasts; streams are checked on opening."""
    try:
        pdf = pikepdf.open(path, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise PasswordProtectedDocument(path, "The file is protected by a password.") from error
    except (pikepdf.PdfError, ValueError, RuntimeError, OverflowError) as error:
        raise UnreadableDocument(path, f"The PDF cannot be opened ({_say(error)}).") from error
    with pdf:
        try:
            pages = [ObjectsOfPage(number, p.obj) for number, p in enumerate(pdf.pages, start=1)]
            objects = PdfObjects(path, pdf, pages)
            refuse_broken_streams(objects)
            refuse_missing_content(objects)
        except (
            pikepdf.PdfError,
            PDFException,
            PSException,
            ValueError,
            RuntimeError,
            TypeError,
        ) as error:
            raise UnreadableDocument(path, f"The PDF is damaged ({_say(error)}).") from error
        yield objects


def _say(error: BaseException) -> str:
    return str(error).rsplit(": ", 1)[-1] or type(error).__name__


def read_inherited(thing: Any, key: str) -> Any:
    """A value of a page or field, or of the nearest `/Parent` that has it; None without one."""
    node = thing
    for _ in range(_MAX_DEPTH * 4):
        if not isinstance(node, Dictionary):
            return None
        value = node.get(key)
        if value is not None:
            return value
        node = node.get("/Parent")
    return None


def read_box(value: Any) -> tuple[float, float, float, float] | None:
    """A rectangle with its corners in order; None where it is none."""
    try:
        x0, y0, x1, y1 = (float(number) for number in value)
    except (TypeError, ValueError):
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


# --- streams --------------------------------------------------------------------------------------


def list_filters(stream: Any) -> list[str]:
    """Names of the filters in the order in which they are undone."""
    value = stream.get("/Filter")
    if isinstance(value, Name):
        return [str(value)]
    return [str(name) for name in value] if isinstance(value, Array) else []


def inflate(stream: Any) -> bytes:
    """The stream's data, whatever its filters; raises `BrokenStream` where they do not hold."""
    filters = list_filters(stream)
    if len(filters) == 1 and filters[0] in _FLATE and stream.get("/DecodeParms") is None:
        return _inflate_whole(stream.read_raw_bytes())
    check_stream(stream)
    try:
        return bytes(stream.read_bytes())
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise BrokenStream(_say(error)) from error


def check_stream(stream: Any) -> bool:
    """Whether a checksum vouches for the stream; raises `BrokenStream` where it is wrong.

    Filters that only spell bytes as text are undone before; predictors and pictures come after.
    """
    filters = list_filters(stream)
    if not any(name in _FLATE for name in filters):
        return False
    raw = stream.read_raw_bytes()
    if filters[0] not in _FLATE:
        if filters[0] not in _PLAIN_FILTERS or filters[1] not in _FLATE:
            return False
        raw = _undo_spelling(raw, _PLAIN_FILTERS[filters[0]])
    _inflate_whole(raw)
    return True


def _undo_spelling(raw: bytes, filter_name: str) -> bytes:
    with pikepdf.new() as scratch:
        spelled = Stream(scratch, raw)
        spelled["/Filter"] = Name(filter_name)
        try:
            return bytes(spelled.read_bytes())
        except (pikepdf.PdfError, RuntimeError) as error:
            raise BrokenStream(_say(error)) from error


def _inflate_whole(raw: bytes) -> bytes:
    """Data of a zlib stream whose end is reached and whose checksum holds.

    A writer may leave the checksum out: then nothing vouches for the data, and nothing is refused.
    """
    if not raw.strip():
        return b""
    decoder = zlib.decompressobj()
    try:
        data = decoder.decompress(raw)
    except zlib.error as error:
        raise BrokenStream(str(error)) from error
    if decoder.eof:
        return data
    bare = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = bare.decompress(raw[2:])
    except zlib.error as error:
        raise BrokenStream(str(error)) from error
    if not bare.eof or len(bare.unused_data.strip()) >= _CHECKSUM_BYTES:
        raise BrokenStream("the data end too early")
    return data


def refuse_broken_streams(objects: PdfObjects) -> None:
    """Raise `DamagedDocument` where a stream that a page's text rests on is broken.

    Pictures are left out: they hold no text, and a person sees that they are broken.
    """
    broken: dict[tuple[int, int], str] = {}
    for thing in objects.pdf.objects:
        if not isinstance(thing, Stream) or thing.get("/Subtype") == "/Image":
            continue
        try:
            check_stream(thing)
        except (BrokenStream, pikepdf.PdfError, RuntimeError) as error:
            if thing.get("/Type") in ("/ObjStm", "/XRef"):
                raise DamagedDocument(
                    objects.path, f"The stream that lists its objects is broken ({error})."
                ) from error
            broken[thing.objgen] = str(error)
    for page in objects.pages if broken else ():
        for thing in _walk_needed(page):
            if thing.objgen in broken:
                raise DamagedDocument(
                    objects.path,
                    f"A stream that the page is drawn from is broken ({broken[thing.objgen]}).",
                    page=page.number,
                )


def refuse_missing_content(objects: PdfObjects) -> None:
    """Raise `DamagedDocument` where a page names a content that the file does not hold.

    qpdf takes a reference to nothing for no entry at all; pdfminer keeps it. So pages without any
    content, and only those, are asked again.
    """
    empty = [page for page in objects.pages if page.page.get("/Contents") is None]
    if not empty:
        return
    with objects.path.open("rb") as file:
        document = PDFDocument(PDFParser(file))
        for page in empty:
            try:
                own = document.getobj(page.page.objgen[0]) if page.page.is_indirect else None
            except PDFException:
                continue
            if isinstance(own, dict) and isinstance(own.get("Contents"), PDFObjRef):
                raise DamagedDocument(
                    objects.path, "The file does not hold its content.", page=page.number
                )


def _walk_needed(page: ObjectsOfPage) -> Iterator[Any]:
    """The streams that the page's text rests on: content, forms, fonts and their maps."""
    seen: set[tuple[int, int]] = set()
    waiting = [(page.page.get("/Contents"), 0), (page.resources, 0)]
    while waiting:
        thing, depth = waiting.pop()
        if not isinstance(thing, (Array, Dictionary, Stream)) or depth > _MAX_DEPTH:
            continue
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        if isinstance(thing, Stream):
            yield thing
        held = (
            list(thing)
            if isinstance(thing, Array)
            else [v for k, v in thing.items() if k != "/Parent"]
        )
        waiting.extend((value, depth + 1) for value in held)

"""A page of a PDF as one compressed picture, without the telephone numbers on it.

Belongs here: rendering, covering, compressing. Does not belong here: which pages (`sheets`), and
the marks, which lie over the picture as vectors, so that one picture serves all of them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import PipelineError
from pipelines.site.telephones import locate

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left of the page as displayed."""

DRAWN_AS = "1"
"""Part of a picture's name: to be counted up with whatever changes how pages are drawn."""

_DOTS_PER_POINT = 2.0
_MOST_DOTS = 12_000_000
_SHADES_STEP = 17
_COVER = (128, 128, 128)


class UndrawablePageError(PipelineError):
    """The archived file cannot be drawn; the message says which and why."""

    def __init__(self, message: str) -> None:
        super().__init__("undrawable_page", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """A PDF that is open for drawing."""

    document: Any

    def size_of(self, page: int) -> tuple[float, float]:
        """Width and height in points of page 1, 2, … as displayed."""
        width, height = self.document[page - 1].get_size()
        return float(width), float(height)

    def draw(self, page: int, covered: Sequence[Box]) -> bytes:
        """The page as WebP, with `covered` and what looks like a telephone number painted over."""
        shown = self.document[page - 1]
        width, height = shown.get_size()
        scale = min(_DOTS_PER_POINT, (_MOST_DOTS / (width * height)) ** 0.5)
        image: Image = shown.render(scale=scale).to_pil().convert("RGB")
        boxes = [*covered, *_find_telephones(shown, height)]
        for x0, top, x1, bottom in boxes:
            edges = (
                round(x0 * scale),
                round(top * scale),
                round(x1 * scale),
                round(bottom * scale),
            )
            image.paste(_COVER, edges)
        return _compress(image)


@contextmanager
def open_pdf(path: Path) -> Iterator[OpenPdf]:
    """Open a PDF for drawing.

    Raises:
        UndrawablePageError: the file is damaged or no PDF.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise UndrawablePageError(f"{path.name} cannot be drawn: {error}") from error
    try:
        yield OpenPdf(document)
    finally:
        document.close()


def _find_telephones(page: Any, height: float) -> Iterator[Box]:
    text = page.get_textpage()
    try:
        found = text.get_text_range()
        if text.count_chars() != len(found):
            # Without one character a box, nothing can be told of places; the ledger's boxes remain.
            return
        for start, end in locate(found):
            for index in range(start, end):
                left, bottom, right, top = text.get_charbox(index)
                yield left, height - top, right, height - bottom
    finally:
        text.close()


def _compress(image: Image) -> bytes:
    """Sixteen shades a colour: print stays print, and a page takes a third of the room."""
    reduced = image.point(lambda shade: shade // _SHADES_STEP * _SHADES_STEP)
    file = io.BytesIO()
    reduced.save(file, "WEBP", lossless=True, method=4)
    return file.getvalue()

"""From any fact back to the paper: where it is printed, and a picture of the page.

Belongs here: looking a fact up in `marts.source`, and marking its place on a rendered page.
Does not belong here: how the answer is shown on a terminal (`command`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.console.finding import UnknownFactError, find_fact
from pipelines.console.summary import open_published
from pipelines.errors import PipelineError
from pipelines.inventory import hash_if_readable
from pipelines.publishing.originals import find_original

if TYPE_CHECKING:
    from pipelines.run.intake import Folders

_MARK = (220, 38, 38)
_MARGIN = 0.4
_MOST_MARGIN_PT = 4.0


class NoPictureError(PipelineError):
    """The fact's place cannot be shown as a picture; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__("no_picture", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a fact stands. Numbers count from 1; the box is in points from the page's top left."""

    fact_id: str
    fact_kind: str
    document_id: str
    file_name: str
    sha256: str
    page: int | None
    table_no: int | None
    row_no: int | None
    col_no: int | None
    char_start: int | None
    char_end: int | None
    as_printed: str | None
    figure_as_printed: str | None
    rule: str | None
    context: str | None
    box: tuple[float, float, float, float] | None


def trace_fact(warehouse: Path, typed: str) -> Trace:
    """Look a fact up in the published file, by its id or what can mean only this one.

    Raises:
        UnknownFactError: no one fact is meant.
    """
    with open_published(warehouse) as connection:
        fact_id = find_fact(connection, typed)
        cursor = connection.execute("SELECT * FROM marts.source WHERE fact_id = ?", [fact_id])
        columns = [column for column, *_ in cursor.description or ()]
        found = cursor.fetchone()
        if found is None:
            raise UnknownFactError(typed, ())
    row: dict[str, Any] = dict(zip(columns, found, strict=True))
    edges = (row["x0"], row["top"], row["x1"], row["bottom"])
    named: dict[str, Any] = {name: row.get(name) for name in Trace.__slots__ if name != "box"}
    return Trace(**named, box=None if None in edges else edges)


def draw_trace(trace: Trace, folders: Folders, image: Path, *, resolution: int = 150) -> None:
    """Render the page of a PDF with the fact's place marked, as a PNG of `resolution` dots an inch.

    The file that the fact was read from is kept beside the warehouse; what lies in the raw folder
    now may be another one, or none.

    Raises:
        NoPictureError: the source has no pages (Word), or is kept nowhere.
    """
    if Path(trace.file_name).suffix.lower() != ".pdf":
        raise NoPictureError(
            f"{trace.file_name} has no fixed pages, so there is no picture of one."
        )
    if trace.page is None:
        raise NoPictureError(
            f"{trace.fact_id} is no single place of {trace.file_name}. Trace one of its facts."
        )
    source = find_original(folders.warehouse, trace.sha256) or folders.raw / trace.file_name
    if hash_if_readable(source) != trace.sha256:
        raise NoPictureError(
            f"The file that it was read from was not kept, and {folders.raw / trace.file_name} is "
            "gone or another one now. Put the old file back."
        )
    import pdfplumber

    with pdfplumber.open(source) as document:
        picture = document.pages[trace.page - 1].to_image(resolution=resolution, antialias=True)
        if trace.box is not None:
            x0, top, x1, bottom = trace.box
            # Boxes follow the font's own measures, which need not be where the ink is.
            margin = min(_MARGIN * (bottom - top), _MOST_MARGIN_PT)
            around = (x0 - margin, top - margin, x1 + margin, bottom + margin)
            picture.draw_rect(around, fill=(*_MARK, 32), stroke=_MARK, stroke_width=2)
        image.parent.mkdir(parents=True, exist_ok=True)
        picture.save(image, format="PNG")

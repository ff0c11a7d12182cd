"""What a PDF shows, or hides, and its text does not hold: named page by page.

Belongs here: pictures, patterns and drawn shapes, annotations, fields and attachments, text that
nobody sees, pages in doubt; and what of a page's drawing is left. Does not belong here: how each is
found (`pdf_content`, `pdf_doubts`, `pdf_visibility`, `pdf_annotations`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from pikepdf import Stream

from extractors.collection import pause_collection
from extractors.drawing import Drawing
from extractors.errors import DamagedDocument, DocumentError, NoTextMap, UnreadableDocument
from extractors.pdf_annotations import describe_annotations, describe_attachments
from extractors.pdf_content import Rectangle, Sketch, sketch_content
from extractors.pdf_doubts import Doubt, find_doubts
from extractors.pdf_fonts import FontBook
from extractors.pdf_objects import BrokenStream, ObjectsOfPage, PdfObjects, inflate
from extractors.pdf_visibility import (
    INVISIBLE_MODES,
    find_cropped_glyphs,
    find_unseen_glyphs,
    may_hide_text,
    measure_inside,
    read_text_outside,
)
from extractors.records import Omission

PICTURE_SIDE_PT = 8.0
"""A picture less wide or high than this can hold no words."""
LAYER_SHARE = 0.8
LAYER_PICTURE_SHARE = 0.5
"""Unseen text that is most of a page's, over a picture that is most of it, is a scan's text."""
TRUSTED_SHARE = 0.2
"""Where fewer signs than this are seen, the machine may lack their font."""
OUTLINES = 12
OUTLINE_SIDES_PT = (3.0, 72.0)
"""So many filled, curved shapes of the size of characters may be characters."""
_REMEDY = "Get the electronic original with embedded fonts and Unicode text, or run OCR over it."
_QUOTED = 80


@pause_collection()
def examine_pages(
    objects: PdfObjects, drawings: Sequence[Drawing]
) -> tuple[list[Drawing], list[Omission]]:
    """The drawings without what nobody sees and without pages that cannot be relied on.

    Raises `DamagedDocument` where a page draws with what the file lacks, and `NoTextMap` where most
    pages are in grave doubt.
    """
    if len(objects.pages) != len(drawings):
        problem = f"{len(drawings)} of {len(objects.pages)} pages could be drawn."
        raise UnreadableDocument(objects.path, f"The PDF is damaged: {problem}")
    fonts = FontBook()
    kept: list[Drawing] = []
    omissions: list[Omission] = describe_attachments(objects)
    lost: list[tuple[int, Doubt]] = []
    for page, drawing in zip(objects.pages, drawings, strict=True):
        try:
            seen, found, grave = _examine_page(objects.path, page, drawing, fonts)
        except DocumentError:
            raise
        except Exception as error:  # damaged objects raise whatever the libraries raise
            problem = f"The PDF is damaged ({type(error).__name__}: {error})."
            raise UnreadableDocument(objects.path, problem, page=page.number) from error
        kept.append(seen)
        omissions.extend(found)
        if grave is not None:
            lost.append((page.number, grave))
    _refuse_mostly_lost(objects.path, drawings, lost)
    return kept, omissions


def _examine_page(
    path: Path, page: ObjectsOfPage, drawing: Drawing, fonts: FontBook
) -> tuple[Drawing, list[Omission], Doubt | None]:
    """What is left of the page, what is to be told of it, and the doubt that costs it, if any."""
    sketch = _sketch_page(path, page)
    doubts = find_doubts(drawing, sketch, fonts, page.box)
    told = [
        *describe_annotations(page),
        *_describe_outside(path, page, sketch),
        *(_describe_doubt(drawing, doubt) for doubt in doubts),
    ]
    shapes = list(_describe_shapes(page, sketch))
    grave = next((doubt for doubt in doubts if doubt.is_grave), None)
    if grave is not None:
        return replace(drawing, glyphs=(), rules=()), [*shapes, *told], grave
    cropped = find_cropped_glyphs(drawing, page)
    if cropped:
        left = tuple(g for i, g in enumerate(drawing.glyphs) if i not in cropped)
        drawing = replace(drawing, glyphs=left)
    seen, hidden = _drop_unseen(path, drawing, sketch, fonts)
    if any(omission.code == "invisible_text_layer" for omission in hidden):
        # The picture is the scan itself; the layer's notice names it.
        shapes = [omission for omission in shapes if omission.code != "picture"]
    return seen, [*shapes, *told, *hidden], None


def _sketch_page(path: Path, page: ObjectsOfPage) -> Sketch:
    try:
        sketch = sketch_content(page.content, page.resources)
    except BrokenStream as error:
        problem = f"A stream that the page is drawn from is broken ({error})."
        raise DamagedDocument(path, problem, page=page.number) from error
    if sketch.missing:
        names = ", ".join(sorted(set(sketch.missing)))
        problem = f"The page is drawn with {names}, which the file does not hold."
        raise DamagedDocument(path, problem, page=page.number)
    return sketch


def _refuse_mostly_lost(
    path: Path, drawings: Sequence[Drawing], lost: Sequence[tuple[int, Doubt]]
) -> None:
    in_doubt = {number for number, _ in lost}
    with_text = sum(
        drawing.number in in_doubt or any(not glyph.is_space for glyph in drawing.glyphs)
        for drawing in drawings
    )
    if lost and len(lost) > with_text / 2:
        number, doubt = lost[0]
        raise NoTextMap(path, f"{doubt.problem}.", page=number)


def _describe_doubt(drawing: Drawing, doubt: Doubt) -> Omission:
    if doubt.is_grave:
        message = f"Page {drawing.number} was not read: {_lower(doubt.problem)}. {_REMEDY}"
    else:
        message = (
            f"Page {drawing.number} was read with doubt: {_lower(doubt.problem)}. Look at the page "
            "before relying on what was read there."
        )
    return Omission(doubt.code, message, drawing.number)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


# --- what is drawn --------------------------------------------------------------------------------


def _describe_shapes(page: ObjectsOfPage, sketch: Sketch) -> Iterator[Omission]:
    pictures = [
        box for _, box in sketch.pictures
        if box[2] - box[0] >= PICTURE_SIDE_PT and box[3] - box[1] >= PICTURE_SIDE_PT
    ]  # fmt: skip
    if pictures:
        places = "; ".join(_locate(box, page.box) for box in pictures[:3])
        yield Omission(
            "picture",
            f"Page {page.number} shows {_count(len(pictures), 'picture')} ({places}). If words or "
            "figures stand on it, get them as text.",
            page.number,
        )
    least, most = OUTLINE_SIDES_PT
    outlines = [
        box for box in sketch.outlines
        if max(box[2] - box[0], box[3] - box[1]) >= least
        and box[2] - box[0] <= most and box[3] - box[1] <= most
    ]  # fmt: skip
    if len(outlines) >= OUTLINES:
        yield Omission(
            "drawn_shapes",
            f"Page {page.number} holds {len(outlines)} filled shapes of the size of characters. If "
            "they are words, get them as text.",
            page.number,
        )
    if any(_holds_text(pattern) for pattern in sketch.patterns):
        yield Omission(
            "pattern",
            f"Page {page.number} is filled with a pattern that holds text or pictures; they were "
            "not read. If they matter, get them as text.",
            page.number,
        )


def _holds_text(pattern: Any) -> bool:
    if not isinstance(pattern, Stream) or pattern.get("/PatternType") != 1:
        return False
    try:
        inner = sketch_content(inflate(pattern), pattern.get("/Resources"))
    except BrokenStream:
        return True
    return bool(inner.texts or inner.pictures)


def _locate(box: Rectangle, page: Rectangle) -> str:
    """Where a box lies, in words: its share of the paper and its part of it."""
    width, height = page[2] - page[0], page[3] - page[1]
    share = max(0.0, (box[2] - box[0]) * (box[3] - box[1])) / (width * height)
    x = ((box[0] + box[2]) / 2 - page[0]) / width
    y = (page[3] - (box[1] + box[3]) / 2) / height
    across = "left" if x < 1 / 3 else "right" if x > 2 / 3 else "middle"
    down = "top" if y < 1 / 3 else "bottom" if y > 2 / 3 else "middle"
    place = down if across == "middle" else f"{down} {across}"
    return f"{place}, {min(1.0, share):.0%} of the page"


def _count(number: int, noun: str) -> str:
    return f"a {noun}" if number == 1 else f"{number} {noun}s"


# --- what nobody sees -----------------------------------------------------------------------------


def _describe_outside(path: Path, page: ObjectsOfPage, sketch: Sketch) -> Iterator[Omission]:
    shares = [measure_inside(text, page.box) for _, text in sketch.texts]
    if all(share == 1.0 for share in shares):
        return
    words = read_text_outside(path, page.number, page.box)
    # Where a text ends is an estimate; that it lies wholly beside the paper is none.
    if words or not all(shares):
        said = f": {_quote(words)}" if words else ""
        yield Omission(
            "text_outside",
            f"Text lies beside the paper of page {page.number} and was not read{said}. If it "
            "counts, have it printed on the page.",
            page.number,
        )


def _drop_unseen(
    path: Path, drawing: Drawing, sketch: Sketch, fonts: FontBook
) -> tuple[Drawing, list[Omission]]:
    if not drawing.glyphs or not may_hide_text(sketch, drawing):
        return drawing, []
    unseen = find_unseen_glyphs(path, drawing)
    if not unseen:
        return drawing, []
    signs = sum(not glyph.is_space for glyph in drawing.glyphs)
    hidden = sum(not drawing.glyphs[index].is_space for index in unseen)
    if hidden >= LAYER_SHARE * signs and drawing.picture_share > LAYER_PICTURE_SHARE:
        return drawing, [
            Omission(
                "invisible_text_layer",
                f"Page {drawing.number} is a picture with an invisible text layer, as text "
                "recognition (OCR) leaves it. The layer was read; hold its figures against the "
                "picture before relying on them.",
                drawing.number,
            )
        ]
    if signs - hidden < TRUSTED_SHARE * signs and not _can_be_painted(sketch, fonts):
        return drawing, [
            Omission(
                "unchecked_visibility",
                f"Whether all text of page {drawing.number} is seen could not be checked, because "
                "its fonts are not in the file; it was read. Look at the page before relying on "
                "what was read there.",
                drawing.number,
            )
        ]
    words = " … ".join(
        "".join(drawing.glyphs[index].text for index in run) for run in _list_runs(sorted(unseen))
    )
    message = (
        f"Page {drawing.number} holds text that nobody sees (white, covered, clipped, or in a "
        f"hidden layer); it was not read: {_quote(words)}. If it counts, have it shown."
    )
    seen = tuple(glyph for i, glyph in enumerate(drawing.glyphs) if i not in unseen)
    return replace(drawing, glyphs=seen), [Omission("hidden_text", message, drawing.number)]


def _can_be_painted(sketch: Sketch, fonts: FontBook) -> bool:
    """Whether text that is set to be seen would be seen here, on this machine."""
    return all(
        text.mode in INVISIBLE_MODES or fonts.find(text.font).has_shapes for _, text in sketch.texts
    )


def _list_runs(indices: Sequence[int]) -> Iterator[list[int]]:
    for _, run in groupby(enumerate(indices), key=lambda pair: pair[1] - pair[0]):
        yield [index for _, index in run]


def _quote(words: str) -> str:
    words = " ".join(words.split())
    if len(words) > _QUOTED:
        words = f"{words[:_QUOTED]}… ({len(words)} characters)"
    return f"“{words}”"

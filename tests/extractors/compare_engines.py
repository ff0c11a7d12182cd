"""Read PDFs with the fast engine and with the reference, and say where they differ.

`python -m tests.extractors.compare_engines FOLDER` does so for every PDF under a folder: refusals,
blocks, texts, spans, and boxes to within half a point. Each difference has a cause with a name.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from extractors import Block, Box, Cell, DocumentError, Line, Paragraph
from extractors.drawing import DrawnPages, Fallback
from extractors.pdf import draw_pages, read_pdf
from extractors.reference_engine import draw_by_reference
from extractors.stitching import stitch

BOX_TOLERANCE_PT = 0.5

Reading = tuple[Block, ...] | str
"""Blocks, or the code of the error that refused the file."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The cause of a difference by name, and both readings where they first part."""

    cause: str
    detail: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of one file: its pages, those that fell back, and the first difference."""

    pages: int
    fallbacks: tuple[Fallback, ...]
    difference: Difference | None


def compare_file(path: Path) -> Comparison:
    """Read a file with both engines and compare what they make of it."""
    pages, fallbacks, fast = _read(path, draw_pages)
    _, _, reference = _read(path, draw_by_reference)
    return Comparison(pages, fallbacks, find_difference(reference, fast))


def _read(
    path: Path, draw: Callable[[Path], DrawnPages]
) -> tuple[int, tuple[Fallback, ...], Reading]:
    try:
        content = read_pdf(path, draw)
    except DocumentError as error:
        return 0, (), error.code
    blocks = stitch([block for page in content.blocks for block in page])
    return len(content.blocks), content.fallbacks, blocks


def find_difference(reference: Reading, fast: Reading) -> Difference | None:
    """The first difference between two readings of a file; None where there is none."""
    if isinstance(reference, str) or isinstance(fast, str):
        named = [item if isinstance(item, str) else "read" for item in (reference, fast)]
        return None if named[0] == named[1] else Difference("refusal", " / ".join(named))
    expected, found = "".join(_spell(reference)), "".join(_spell(fast))
    if expected != found:
        return Difference(_name_cause(expected, found), _show_parting(expected, found))
    if (shapes := [_outline(block) for block in reference]) != [_outline(block) for block in fast]:
        at = next(i for i, block in enumerate(fast) if _outline(block) != shapes[i])
        return Difference("blocks", f"block {at}")
    for line, other in zip(_walk_lines(reference), _walk_lines(fast), strict=True):
        for box, other_box in zip(line.boxes, other.boxes, strict=True):
            if _part(box, other_box) > BOX_TOLERANCE_PT:
                return Difference("box of a character", f"{line.text!r}: {box} / {other_box}")
    for cell, other_cell in zip(_walk_cells(reference), _walk_cells(fast), strict=True):
        if cell.box and other_cell.box and _part(cell.box, other_cell.box) > BOX_TOLERANCE_PT:
            return Difference("box of a cell", f"{cell.text!r}: {cell.box} / {other_cell.box}")
    return None


def _name_cause(expected: str, found: str) -> str:
    if expected.split() == found.split():
        return "several blanks in a row"  # PDFium keeps the first where nothing follows
    if "".join(expected.split()) == "".join(found.split()):
        return "blanks"
    folded = [unicodedata.normalize("NFKC", text) for text in (expected, found)]
    if "".join(folded[0].split()) == "".join(folded[1].split()):
        return "compatibility characters"
    if sorted("".join(folded[0].split())) == sorted("".join(folded[1].split())):
        return "order"
    return "text"


def _show_parting(expected: str, found: str) -> str:
    pairs = enumerate(zip_longest(expected, found))
    at = next(index for index, (one, other) in pairs if one != other)
    start, end = max(0, at - 15), at + 15
    return f"{expected[start:end]!r} / {found[start:end]!r}"


def _part(box: Box, other: Box) -> float:
    return max(abs(one - two) for one, two in zip(box, other, strict=True))


def _walk_cells(blocks: tuple[Block, ...]) -> Iterator[Cell]:
    for block in blocks:
        if not isinstance(block, Paragraph):
            yield from block.cells


def _walk_lines(blocks: tuple[Block, ...]) -> Iterator[Line]:
    for block in blocks:
        for holder in (block,) if isinstance(block, Paragraph) else block.cells:
            yield from holder.lines


def _spell(blocks: tuple[Block, ...]) -> Iterator[str]:
    for line in _walk_lines(blocks):
        yield line.text + "\n"


def _outline(block: Block) -> tuple[object, ...]:
    if isinstance(block, Paragraph):
        return ("paragraph", block.kind, block.page, _wraps(block.lines))
    cells = [(c.row, c.col, c.row_span, c.col_span, c.page, _wraps(c.lines)) for c in block.cells]
    return ("table", block.n_rows, block.n_cols, block.header_rows, block.pages, tuple(cells))


def _wraps(lines: tuple[Line, ...]) -> tuple[tuple[str, bool], ...]:
    return tuple((line.text, line.wraps) for line in lines)


def main(folder: Path) -> None:
    """Compare every PDF under a folder and print what differs and how much fell back."""
    causes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    n_files = n_pages = 0
    for path in sorted(folder.rglob("*.pdf")):
        comparison = compare_file(path)
        n_files += 1
        n_pages += comparison.pages
        for fallback in comparison.fallbacks:
            reasons[fallback.reason] += comparison.pages if fallback.page is None else 1
        if comparison.difference is not None:
            causes[comparison.difference.cause] += 1
            print(f"{path}: {comparison.difference.cause}: {comparison.difference.detail}")
    print(f"{n_files} files, {n_pages} pages read, {sum(reasons.values())} by the reference")
    print("pages by the reference:", dict(reasons.most_common()))
    print("files that differ:", dict(causes.most_common()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""What a document says, as plain records: the one shape that every reader returns.

Belongs here: the frozen dataclasses that flow from a reader to whoever asks what the words mean.
Does not belong here: how a file is opened, how a table is found on a page, what a column is for.

Every record can be pickled and compared. Text stands exactly as printed: nothing is folded,
converted or trimmed except that the printed lines of a cell or paragraph are told apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, measured from the top left corner of the page as displayed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a cell or paragraph.

    `boxes` holds one box for each character of `text` (PDF) or nothing (Word, where no page is laid
    out). `wraps` says that the line ends only because the paper does: the next line goes on with
    the same words, and nothing stands between the two. Otherwise the author broke the line.
    """

    text: str
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Character:
    """Where one character of a cell's or paragraph's `text` was printed."""

    page: int | None
    box: Box | None


def join_lines(lines: tuple[Line, ...]) -> str:
    """The lines as one text: a wrapped line runs into the next, a broken one keeps a line feed."""
    parts: list[str] = []
    for index, line in enumerate(lines):
        parts.append(line.text)
        if index < len(lines) - 1 and not line.wraps:
            parts.append("\n")
    return "".join(parts)


def locate_characters(lines: tuple[Line, ...]) -> tuple[Character, ...]:
    """One place for each character of `join_lines(lines)`; a line feed has the page but no box."""
    places: list[Character] = []
    for index, line in enumerate(lines):
        boxes: tuple[Box | None, ...] = line.boxes or (None,) * len(line.text)
        places.extend(Character(line.page, box) for box in boxes)
        if index < len(lines) - 1 and not line.wraps:
            places.append(Character(line.page, None))
    return tuple(places)


@dataclass(frozen=True)
class Cell:
    """One cell of a table: the rectangle of grid positions that it covers, and its printed lines.

    `row` and `col` count from 0 and name the top left position; a merged cell covers
    `row_span` × `col_span` positions and stands in its table once. `page` and `box` are where the
    cell (its first part, where a page break cuts it) lies; both are None in a Word document.
    `label` is the marker of its first paragraph, see `Paragraph`.
    """

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    lines: tuple[Line, ...] = ()
    page: int | None = None
    box: Box | None = None
    label: str = ""

    @cached_property
    def text(self) -> str:
        """The printed text, see `join_lines`."""
        return join_lines(self.lines)


class ParagraphKind(StrEnum):
    """What part a paragraph plays on its page."""

    BODY = "body"
    HEADING = "heading"
    PAGE_NUMBER = "page_number"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"
    WATERMARK = "watermark"
    NOTE = "note"
    REPEATED_HEADER = "repeated_header"
    """Cells of a table's header that the source prints again on a later page."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph outside any table, in reading order (columns of a page are read one by one).

    `label` is the marker that Word's automatic numbering prints before it (`1.`, `（一）`): nobody
    typed it, so it is neither in `text` nor among the document's `characters`. Typed numbers are
    text, and so is every number in a PDF.
    """

    lines: tuple[Line, ...]
    kind: ParagraphKind = ParagraphKind.BODY
    page: int | None = None
    label: str = ""

    @cached_property
    def text(self) -> str:
        """The printed text, see `join_lines`."""
        return join_lines(self.lines)


@dataclass(frozen=True)
class Table:
    """A table, whole: the parts that lie on several pages are one table here.

    `cells` are ordered by row, then column; `number` counts the tables of a document from 1.
    `header_rows` is how many of the first rows were seen again on later pages (0 where the table
    lies on one page): a hint, not a verdict, as to which rows are header.
    """

    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    number: int = 1
    header_rows: int = 0
    pages: tuple[int, ...] = ()

    @cached_property
    def grid(self) -> tuple[tuple[Cell | None, ...], ...]:
        """`n_rows` × `n_cols`: the cell that each position belongs to; None where there is none."""
        rows: list[list[Cell | None]] = [[None] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    rows[row][col] = cell
        return tuple(tuple(row) for row in rows)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Omission:
    """Something that a source shows, or hides, and that its blocks do not hold as plain text.

    `code` is stable (`picture_page`, `hidden_text`, …); `message` is a sentence that says what
    stands there, why it was not read (or read with doubt) and what a person can do. `page` counts
    from 1 (None for Word); `place` says where in words that lead a person there.
    """

    code: str
    message: str
    page: int | None = None
    place: str = ""


@dataclass(frozen=True)
class Document:
    """A source file as it was printed: blocks in reading order, and the raw characters beside them.

    `characters` holds, for each page (one entry for a Word file), every character that the file
    itself shows, taken before any table or paragraph was looked for: the independent count against
    which the ledger of numbers is checked. `properties` are the file's own (title, author, …).
    `omissions` tell what the file shows and the blocks do not hold, or hold with doubt.
    `fallbacks` tell which pages of a PDF were read with the slower reference engine, and why: the
    words are as certain as any, but who measures speed wants to know.
    """

    name: str
    format: str
    sha256: str
    blocks: tuple[Block, ...]
    pages: int | None
    characters: tuple[str, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    omissions: tuple[Omission, ...] = ()
    fallbacks: tuple[str, ...] = ()

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs outside tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

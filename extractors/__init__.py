"""What a document says: a path in, plain records out, whatever the file's format.

`read_document` is the only entry that the rest of the project needs.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from extractors.detection import Format, detect_format
from extractors.errors import (
    DamagedDocument,
    DocumentError,
    EmptyDocument,
    MissingDocument,
    NoTextMap,
    PasswordProtectedDocument,
    ScannedDocument,
    UnknownFormat,
    UnreadableDocument,
)
from extractors.records import (
    Block,
    Box,
    Cell,
    Character,
    Document,
    Line,
    Omission,
    Paragraph,
    ParagraphKind,
    Table,
    join_lines,
    locate_characters,
)

__all__ = [
    "Block",
    "Box",
    "Cell",
    "Character",
    "DamagedDocument",
    "Document",
    "DocumentError",
    "EmptyDocument",
    "Line",
    "MissingDocument",
    "NoTextMap",
    "Omission",
    "Paragraph",
    "ParagraphKind",
    "PasswordProtectedDocument",
    "ScannedDocument",
    "Table",
    "UnknownFormat",
    "UnreadableDocument",
    "join_lines",
    "locate_characters",
    "read_document",
]


def read_document(path: Path | str) -> Document:
    """Read a PDF or Word file; the format is told by its content, never by its name.

    Raises a subclass of `DocumentError` with a stable code for everything that keeps the file from
    being read. Costs the import of one reader only: each is loaded when it is first needed.
    """
    from extractors.stitching import stitch

    path = Path(path)
    format_ = detect_format(path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    if format_ is Format.PDF:
        from extractors.pdf import read_pdf

        content = read_pdf(path)
        blocks = stitch([block for page in content.blocks for block in page])
        return Document(
            name=path.name,
            format=format_.value,
            sha256=sha256,
            blocks=blocks,
            pages=len(content.blocks),
            characters=tuple(content.characters),
            properties=content.properties,
            omissions=content.omissions,
            fallbacks=tuple(
                f"page {fallback.page or 'any'}: {fallback.reason}"
                for fallback in content.fallbacks
            ),
        )
    from extractors.word import read_word

    word = read_word(path)
    return Document(
        name=path.name,
        format=format_.value,
        sha256=sha256,
        blocks=stitch(word.blocks),
        pages=None,
        characters=(word.characters,),
        properties=word.properties,
        omissions=word.omissions,
    )

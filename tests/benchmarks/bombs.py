"""Files that are small and become endless: in time, in memory, in size. Each is made by a function.

`BOMBS` lists them with the codes that may be said of each; the first limit that it meets counts.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARAGRAPH = "<w:p><w:r><w:t>新增停车位100个。</w:t></w:r></w:p>"


def write_word(path: Path, body: str, prolog: str = "") -> None:
    """A Word file whose body is this XML."""
    xml = f"{prolog}<w:document {_NAMESPACE}><w:body>{body}</w:body></w:document>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", xml)


def write_pdf(path: Path, objects: list[bytes]) -> None:
    """A PDF of these objects; the first is its catalog."""
    content = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<</Size %d /Root 1 0 R>>\n" % (len(objects) + 1)
    content += b"startxref\n%d\n%%%%EOF\n" % start
    path.write_bytes(content)


def pack(body: bytes, layers: int = 1) -> bytes:
    """A stream object, compressed as often as said."""
    for _ in range(layers):
        body = zlib.compress(body, 9)
    filters = b"/FlateDecode " * layers
    return b"<</Length %d /Filter [%s]>>\nstream\n%s\nendstream" % (len(body), filters, body)


def _write_page(path: Path, contents: bytes) -> None:
    write_pdf(
        path,
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources <</Font <</F1 5 0 R>>>>>>",
            contents,
            b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        ],
    )


def bomb_member(path: Path) -> None:
    """A Word file of 3 MB whose body unpacks to 3 GB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            member.write(f"<w:document {_NAMESPACE}><w:body>".encode())
            blank = b" " * (1 << 24)
            for _ in range(180):
                member.write(blank)
            member.write(b"</w:body></w:document>")


def bomb_members(path: Path) -> None:
    """A Word file whose many members unpack to 2 GB together."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", "<a/>")
        for number in range(20):
            archive.writestr(f"word/media/{number}.bin", bytes(100_000_000))


def bomb_lying_member(path: Path) -> None:
    """A Word file whose directory tells a small size for a large member."""
    bomb_member(path)
    content = bytearray(path.read_bytes())
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(content)


def bomb_elements(path: Path) -> None:
    """A Word file of 400 kB with ten million elements."""
    write_word(path, "<w:p/>" * 10_000_000)


def bomb_depth(path: Path) -> None:
    """Tables in tables in tables."""
    depth = 5000
    write_word(path, "<w:tbl><w:tr><w:tc>" * depth + _PARAGRAPH + "</w:tc></w:tr></w:tbl>" * depth)


def bomb_entities(path: Path) -> None:
    """An XML text that its entities multiply to a thousand million characters."""
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "新增停车位100个。">'
        for n in range(10)
    )
    write_word(path, "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", f"<!DOCTYPE x [{entities}]>")


def bomb_span(path: Path) -> None:
    """A cell that says it spans a thousand million columns."""
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>' + _PARAGRAPH + "</w:tc>"
    write_word(path, f"<w:tbl><w:tr>{cell}{cell}</w:tr><w:tr>{cell}</w:tr></w:tbl>")


def bomb_table(path: Path) -> None:
    """A table of 5,000 × 60 cells in 100 kB."""
    row = "<w:tr>" + f"<w:tc>{_PARAGRAPH}</w:tc>" * 60 + "</w:tr>"
    write_word(path, f"<w:tbl>{row * 5000}</w:tbl>")


def bomb_words(path: Path) -> None:
    """A hundred thousand paragraphs, each with a number."""
    write_word(path, _PARAGRAPH * 100_000)


def bomb_line(path: Path) -> None:
    """One paragraph of three million digits."""
    write_word(path, f"<w:p><w:r><w:t>{'1234567890' * 300_000}</w:t></w:r></w:p>")


def bomb_stream(path: Path) -> None:
    """A page whose content unpacks from 1 MB to 1 GB."""
    _write_page(path, pack(b" " * 1_000_000_000))


def bomb_stream_twice(path: Path) -> None:
    """A page whose content unpacks twice: from a few kB to 3 GB."""
    squeezer = zlib.compressobj(9)
    blank = b" " * (1 << 24)
    inner = b"".join(squeezer.compress(blank) for _ in range(180)) + squeezer.flush()
    outer = zlib.compress(inner, 9)
    _write_page(
        path,
        b"<</Length %d /Filter [/FlateDecode /FlateDecode]>>\nstream\n%s\nendstream"
        % (len(outer), outer),
    )


def bomb_glyphs(path: Path) -> None:
    """A page of 683 kB with thirty million characters on one line."""
    text = b"BT /F1 1 Tf 10 10 Td " + b"(0123456789) Tj " * 3_000_000 + b"ET"
    _write_page(path, pack(text))


def bomb_rules(path: Path) -> None:
    """A page with a grid of 3,000 × 3,000 lines."""
    across = b"".join(b"0 %d m 595 %d l S\n" % (n, n) for n in range(3000))
    down = b"".join(b"%d 0 m %d 842 l S\n" % (n, n) for n in range(3000))
    _write_page(path, pack(across + down))


def bomb_page_loop(path: Path) -> None:
    """A page tree that contains itself."""
    write_pdf(
        path,
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 /Parent 2 0 R>>",
        ],
    )


def bomb_pages(path: Path) -> None:
    """One page, two hundred thousand times in the page tree."""
    kids = b"3 0 R " * 200_000
    write_pdf(
        path,
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Kids [%s] /Count 200000>>" % kids,
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources <</Font <</F1 5 0 R>>>>>>",
            pack(b"BT /F1 12 Tf 72 700 Td (100) Tj ET"),
            b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        ],
    )


def bomb_form_loop(path: Path) -> None:
    """A form that draws itself, twice each time."""
    write_pdf(
        path,
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources <</XObject <</X 5 0 R>>>>>>",
            pack(b"/X Do"),
            b"<</Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 11 "
            b"/Resources <</XObject <</X 5 0 R>>>>>>\nstream\n/X Do /X Do\nendstream",
        ],
    )


def bomb_nesting(path: Path) -> None:
    """An array in an array, a million deep."""
    write_pdf(
        path,
        [
            b"<</Type /Catalog /Pages 2 0 R /X " + b"[" * 1_000_000 + b"]" * 1_000_000 + b">>",
            b"<</Type /Pages /Kids [] /Count 0>>",
        ],
    )


def make_sparse(path: Path) -> None:
    """Two gigabytes of nothing behind the first bytes of a PDF."""
    path.write_bytes(b"%PDF-1.7\n")
    os.truncate(path, 2_000_000_000)


LIMITS = frozenset({"too_large", "timed_out", "out_of_memory"})
REFUSALS = LIMITS | {"unreadable", "empty", "no_text_map", "scanned"}

BOMBS: dict[str, Callable[[Path], None]] = {
    "one member.docx": bomb_member,
    "many members.docx": bomb_members,
    "lying member.docx": bomb_lying_member,
    "elements.docx": bomb_elements,
    "depth.docx": bomb_depth,
    "entities.docx": bomb_entities,
    "span.docx": bomb_span,
    "table.docx": bomb_table,
    "words.docx": bomb_words,
    "line.docx": bomb_line,
    "stream.pdf": bomb_stream,
    "stream twice.pdf": bomb_stream_twice,
    "glyphs.pdf": bomb_glyphs,
    "rules.pdf": bomb_rules,
    "page loop.pdf": bomb_page_loop,
    "pages.pdf": bomb_pages,
    "form loop.pdf": bomb_form_loop,
    "nesting.pdf": bomb_nesting,
    "sparse.pdf": make_sparse,
}

"""Documents broken in every way that is known here: each way a function of a sound file and chance.

`WAYS` lists them. What `is_checked` has a checksum in the format, or breaks it: such damage can be
seen. What has not leaves a valid file that says something else: nobody can see it who has not seen
the file before.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

Break = Callable[[bytes, Random], bytes]

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECT = re.compile(rb"(\d+) 0 obj\b.*?endobj\s", re.DOTALL)
_STRUCTURE = re.compile(
    rb"/(Count|Kids|Length|Width|MediaBox|Contents|Resources|Font|W|Filter)\b|\d+ 0 R|xref|trailer"
)
_PARAGRAPH = re.compile(rb"<w:p[ >].*?</w:p>", re.DOTALL)
_ROW = re.compile(rb"<w:tr[ >].*?</w:tr>", re.DOTALL)
_TEXT_DIGIT = re.compile(rb"(?<=>)[^<>]*\d[^<>]*(?=</w:t>)")
_BODY = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to break a file of one format."""

    name: str
    format: str
    is_checked: bool
    apply: Break


def change_bytes(content: bytes, random: Random, start: int = 0, end: int | None = None) -> bytes:
    """One to twenty bytes of a range, each made another one."""
    changed = bytearray(content)
    end = len(content) if end is None else end
    for _ in range(random.randint(1, 20)):
        if end > start:
            place = random.randrange(start, end)
            changed[place] ^= random.randint(1, 255)
    return bytes(changed)


def cut(content: bytes, random: Random) -> bytes:
    """The end is missing."""
    return content[: random.randrange(1, len(content))]


def fill_with_zeros(content: bytes, random: Random) -> bytes:
    """A block of the disk came back empty."""
    start = random.randrange(len(content))
    length = min(random.choice((512, 4096, 65536)), len(content) - start)
    return content[:start] + bytes(length) + content[start + length :]


def shift(content: bytes, random: Random) -> bytes:
    """Some bytes are missing in the middle: all that follows has moved."""
    start = random.randrange(len(content))
    return content[:start] + content[start + random.randint(1, 64) :]


def change_line_ends(content: bytes, _random: Random) -> bytes:
    """Sent as text: every line feed became two characters."""
    return content.replace(b"\n", b"\r\n")


# --- PDF ------------------------------------------------------------------------------------------


def change_pdf_stream(content: bytes, random: Random) -> bytes:
    """Bytes within one stream."""
    spans = _find_streams(content)
    return change_bytes(content, random, *random.choice(spans)) if spans else content


def change_pdf_structure(content: bytes, random: Random) -> bytes:
    """A number or a name that holds the file together says something else."""
    found = random.choice(list(_STRUCTURE.finditer(content)))
    changed = bytearray(content)
    place = random.randrange(found.start(), found.end())
    changed[place] = random.choice(b"0123456789/ <>[]ARZ")
    return bytes(changed)


def drop_pdf_object(content: bytes, random: Random) -> bytes:
    """One object is blank: nothing moves, what points to it finds nothing."""
    objects = list(_OBJECT.finditer(content))
    if not objects:
        return content
    found = random.choice(objects)
    return content[: found.start()] + b" " * len(found[0]) + content[found.end() :]


def repeat_pdf_object(content: bytes, random: Random) -> bytes:
    """One object stands where another one stood."""
    objects = list(_OBJECT.finditer(content))
    if len(objects) < 2:
        return content
    one, other = random.sample(objects, 2)
    body = one[0].split(b"obj", 1)[1]
    return content[: other.start()] + other[1] + b" 0 obj" + body + content[other.end() :]


def change_plain_stream(content: bytes, random: Random) -> bytes:
    """A stream that has no checksum says something else: valid, and nobody can see it.

    The stream is stored plain, in place of the compressed one and under a new cross-reference.
    """
    candidates = []
    for start, end in _find_streams(content):
        try:
            plain = zlib.decompress(content[start:end].rstrip(b"\r\n"))
        except zlib.error:
            continue
        # What shows text; other streams are fonts, and those are no words.
        if b"Tj" in plain or b"TJ" in plain:
            candidates.append((start, end, plain))
    if not candidates:
        return content
    start, _, plain = random.choice(candidates)
    shown = list(re.finditer(rb"<([0-9A-Fa-f]{4,})>", plain))
    if shown:
        found = random.choice(shown)
        place = random.randrange(found.start(1), found.end(1))
        digit = random.choice(b"0123456789ABCDEF")
        plain = plain[:place] + bytes([digit]) + plain[place + 1 :]
    owner = max(
        (found for found in _OBJECT.finditer(content) if found.start() < start),
        key=lambda found: found.start(),
        default=None,
    )
    if owner is None:
        return content
    previous = content.rfind(b"startxref")
    offset = content[previous:].split()[1]
    root = re.findall(rb"/Root \d+ 0 R", content)[-1]
    body = b"%s 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        owner[1],
        len(plain),
        plain,
    )
    at = len(content) + 1
    xref = b"xref\n%s 1\n%010d 00000 n \ntrailer\n<</Size 9999 %s /Prev %s>>\n" % (
        owner[1],
        at,
        root,
        offset,
    )
    tail = b"startxref\n%d\n%%%%EOF\n" % (at + len(body))
    return content + b"\n" + body + xref + tail


def _find_streams(content: bytes) -> list[tuple[int, int]]:
    spans = []
    for found in _STREAM.finditer(content):
        end = content.find(b"endstream", found.end())
        if end > found.end():
            spans.append((found.end(), end))
    return spans


# --- Word -----------------------------------------------------------------------------------------


def change_zip_member(content: bytes, random: Random) -> bytes:
    """Bytes within one packed member."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = random.choice([m for m in archive.infolist() if m.compress_size])
    # Behind the local header: thirty bytes, then a name and an extra field of these lengths.
    header = member.header_offset
    lengths = (content[header + 26 : header + 28], content[header + 28 : header + 30])
    start = header + 30 + sum(int.from_bytes(length, "little") for length in lengths)
    return change_bytes(content, random, start, start + member.compress_size)


def change_zip_directory(content: bytes, random: Random) -> bytes:
    """Bytes of the directory at the end of the archive."""
    return change_bytes(content, random, content.find(b"PK\x01\x02"), len(content))


def drop_zip_member(content: bytes, random: Random) -> bytes:
    """The archive is sound, and one of its members is not in it."""
    members = _unpack(content)
    del members[random.randrange(len(members))]
    return _pack(members)


def repeat_zip_member(content: bytes, random: Random) -> bytes:
    """A member stands in the archive under the name of another one."""
    members = _unpack(content)
    one, other = random.sample(range(len(members)), 2)
    members[other] = (members[other][0], members[one][1])
    return _pack(members)


def change_xml(content: bytes, random: Random) -> bytes:
    """Bytes of a member were changed before it was packed: its checksum is right."""
    members = _unpack(content)
    place = random.randrange(len(members))
    members[place] = (members[place][0], change_bytes(members[place][1], random))
    return _pack(members)


def change_digit(content: bytes, random: Random) -> bytes:
    """A digit of the text is another one."""

    def change(xml: bytes) -> bytes:
        found = random.choice(list(_TEXT_DIGIT.finditer(xml)))
        places = [i for i in range(found.start(), found.end()) if xml[i : i + 1].isdigit()]
        place = random.choice(places)
        old = xml[place] - 48
        new = random.choice([digit for digit in range(10) if digit != old])
        return xml[:place] + b"%d" % new + xml[place + 1 :]

    return _change_body(content, change)


def drop_paragraph(content: bytes, random: Random) -> bytes:
    """Somebody deleted a paragraph."""
    return _change_body(content, lambda xml: _drop(xml, _PARAGRAPH, random, empty=b"<w:p/>"))


def drop_row(content: bytes, random: Random) -> bytes:
    """Somebody deleted a row."""
    return _change_body(content, lambda xml: _drop(xml, _ROW, random))


def repeat_row(content: bytes, random: Random) -> bytes:
    """A row stands there twice."""

    def repeat(xml: bytes) -> bytes:
        rows = list(_ROW.finditer(xml))
        if not rows:
            return xml
        found = random.choice(rows)
        return xml[: found.end()] + found[0] + xml[found.end() :]

    return _change_body(content, repeat)


def _drop(xml: bytes, pattern: re.Pattern[bytes], random: Random, empty: bytes = b"") -> bytes:
    found = list(pattern.finditer(xml))
    if not found:
        return xml
    one = random.choice(found)
    return xml[: one.start()] + empty + xml[one.end() :]


def _change_body(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    return _pack(
        [(name, change(body) if name == _BODY else body) for name, body in _unpack(content)]
    )


def _unpack(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _pack(members: list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return target.getvalue()


WAYS = (
    Way("bytes anywhere", "pdf", False, change_bytes),
    Way("bytes of a stream", "pdf", True, change_pdf_stream),
    Way("structure", "pdf", False, change_pdf_structure),
    Way("object dropped", "pdf", False, drop_pdf_object),
    Way("object repeated", "pdf", False, repeat_pdf_object),
    Way("cut short", "pdf", True, cut),
    Way("block of zeros", "pdf", False, fill_with_zeros),
    Way("bytes missing", "pdf", False, shift),
    Way("sent as text", "pdf", True, change_line_ends),
    Way("plain stream changed", "pdf", False, change_plain_stream),
    Way("bytes anywhere", "docx", True, change_bytes),
    Way("bytes of a member", "docx", True, change_zip_member),
    Way("directory", "docx", True, change_zip_directory),
    Way("member dropped", "docx", False, drop_zip_member),
    Way("member repeated", "docx", False, repeat_zip_member),
    Way("cut short", "docx", True, cut),
    Way("block of zeros", "docx", True, fill_with_zeros),
    Way("bytes missing", "docx", True, shift),
    Way("sent as text", "docx", True, change_line_ends),
    Way("XML changed, packed anew", "docx", False, change_xml),
    Way("digit changed", "docx", False, change_digit),
    Way("paragraph deleted", "docx", False, drop_paragraph),
    Way("row deleted", "docx", False, drop_row),
    Way("row repeated", "docx", False, repeat_row),
)

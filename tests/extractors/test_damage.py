"""Damage after the fact: what a checksum vouches for is never read differently without a word."""

from __future__ import annotations

import random
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest

from extractors import DamagedDocument, DocumentError, read_document

from .damage import list_sources, list_streams, overwrite, run_trials
from .fixtures_pdf_objects import say, write_page
from .fixtures_word import say as say_in_word
from .fixtures_word import write_word

CONTENT = "".join(say(f"line {n} with 65 places of care", y=280 - 20 * n) for n in range(10))


def test_damaged_streams_with_a_checksum_are_never_read_differently_without_a_word() -> None:
    sources = [path for path in list_sources(30_000) if path.stat().st_size > 0]
    counts = run_trials(sources[::4], 60, seed=7)
    vouched = {key: n for key, n in counts.items() if not key[0].endswith("plain")}
    assert sum(vouched.values()) > 40
    assert not [key for key in vouched if key[1] == "silent"]
    assert sum(n for key, n in vouched.items() if key[1] == "refused") > 20


def test_a_damaged_content_stream_is_named_with_its_page(tmp_path: Path) -> None:
    path = write_page(tmp_path / "a.pdf", CONTENT, before=CONTENT, compress=True)
    data = path.read_bytes()
    # The file's last content stream is that of the last page.
    stretch = [s for s in list_streams(data) if s.kind == "content or shape, compressed"][-1]
    path.write_bytes(overwrite(data, stretch, random.Random(1)))
    with pytest.raises(DamagedDocument) as caught:
        read_document(path)
    assert (caught.value.code, caught.value.page) == ("damaged", 2)


def replace_content(path: Path, data: bytes) -> Path:
    """The file with its content stream's compressed bytes replaced."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Contents.write(data, filter=pikepdf.Name.FlateDecode)
        pdf.save(path, compress_streams=False)
    return path


@pytest.mark.parametrize(
    ("cut", "is_refused"),
    [(0, False), (4, False), (30, True)],
    ids=["whole", "without its checksum", "cut short"],
)
def test_a_stream_must_end_but_may_lack_its_checksum(
    tmp_path: Path, cut: int, is_refused: bool
) -> None:
    data = zlib.compress(CONTENT.encode())
    path = replace_content(write_page(tmp_path / "a.pdf", ""), data[: len(data) - cut])
    if is_refused:
        with pytest.raises(DamagedDocument):
            read_document(path)
    else:
        assert read_document(path).characters[0].count("65") == 10


def test_a_wrong_checksum_alone_is_damage(tmp_path: Path) -> None:
    data = zlib.compress(CONTENT.encode())
    path = replace_content(write_page(tmp_path / "a.pdf", ""), data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(DamagedDocument):
        read_document(path)


@pytest.mark.parametrize("filter_name", ["ASCII85Decode", "ASCIIHexDecode"])
def test_a_checksum_below_a_spelling_of_bytes_is_checked(tmp_path: Path, filter_name: str) -> None:
    import base64

    def write(data: bytes) -> Path:
        spelled = (
            base64.a85encode(data) + b"~>"
            if filter_name == "ASCII85Decode"
            else data.hex().encode() + b">"
        )
        path = write_page(tmp_path / "a.pdf", "")
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            names = [pikepdf.Name(f"/{filter_name}"), pikepdf.Name.FlateDecode]
            pdf.pages[0].obj.Contents.write(spelled, filter=pikepdf.Array(names))
            pdf.save(path, compress_streams=False)
        return path

    data = zlib.compress(CONTENT.encode())
    assert read_document(write(data)).characters[0].count("65") == 10
    with pytest.raises(DamagedDocument):
        read_document(write(data[:-1] + bytes([data[-1] ^ 1])))


def test_a_broken_picture_does_not_refuse_the_text(tmp_path: Path) -> None:
    def make(pdf: pikepdf.Pdf) -> object:
        picture = pdf.make_stream(b"")
        picture.write(b"not a zlib stream", filter=pikepdf.Name.FlateDecode)
        picture.Subtype = pikepdf.Name.Image
        picture.Width = picture.Height = 2
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        return pikepdf.Dictionary(P=picture)

    path = write_page(tmp_path / "a.pdf", CONTENT + "q 90 0 0 60 280 20 cm /P Do Q", XObject=make)
    document = read_document(path)
    assert [omission.code for omission in document.omissions] == ["picture"]


@pytest.mark.parametrize(
    "content", [say("65", font="F9"), CONTENT + "/Gone Do"], ids=["font", "form"]
)
def test_a_page_that_draws_with_what_the_file_lacks_is_damaged(
    tmp_path: Path, content: str
) -> None:
    with pytest.raises(DamagedDocument) as caught:
        read_document(write_page(tmp_path / "a.pdf", content, before=CONTENT))
    assert caught.value.page == 2


def test_a_page_whose_content_is_gone_is_damaged(tmp_path: Path) -> None:
    path = write_page(tmp_path / "a.pdf", CONTENT, before=CONTENT)
    data = path.read_bytes()
    first = data.index(b"/Contents ")
    second = data.index(b"/Contents ", first + 1)
    number = data[second + 10 : second + 11]
    path.write_bytes(data[:second] + b"/Contents 9" + data[second + 11 :])
    assert number.isdigit()
    with pytest.raises(DamagedDocument) as caught:
        read_document(path)
    assert caught.value.page == 2


def test_a_damaged_part_of_a_word_file_is_named(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", "".join(say_in_word(f"新建{n}个") for n in range(200)))
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("word/document.xml")
    data = bytearray(path.read_bytes())
    at = member.header_offset + 30 + len(member.filename) + member.compress_size // 2
    data[at : at + 16] = bytes(16)
    path.write_bytes(bytes(data))
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert caught.value.code == "damaged"

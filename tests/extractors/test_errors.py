"""What bad input gets: an error with a stable code and a sentence, never a library's exception."""

from __future__ import annotations

import pickle
import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors import DocumentError, read_document

from .fixtures_pdf import HEIGHT, WIDTH, draw_table, write_pdf


def fail(path: Path) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert path.name in str(caught.value)
    assert str(caught.value).endswith(".")
    return caught.value


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    assert fail(tmp_path / "none.pdf").code == "missing"


def test_a_folder_is_missing(tmp_path: Path) -> None:
    assert fail(tmp_path).code == "missing"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\0" * 100])
def test_a_file_without_content_is_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert fail(path).code == "empty"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "序号 项目".encode()),
        ("a.pdf", b"<!DOCTYPE html><html></html>"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("a.rtf", b"{\\rtf1 abc}"),
        ("a.png", b"\x89PNG\r\n\x1a\n0000"),
    ],
)
def test_another_format_is_unknown_and_says_what_it_is(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert fail(path).code == "unknown_format"


def test_a_workbook_is_an_unknown_format(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    error = fail(path)
    assert error.code == "unknown_format"
    assert "Excel" in error.message


def test_an_encrypted_word_file_is_password_protected(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    assert fail(path).code == "password_protected"


def test_a_pdf_with_a_password_is_password_protected(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret"))
    canvas.drawString(100, 100, "text")
    canvas.save()
    assert fail(path).code == "password_protected"


def draw_scan(canvas: Canvas) -> None:
    from PIL import Image

    picture = ImageReader(Image.new("RGB", (60, 80), "white"))
    canvas.drawImage(picture, 0, 0, WIDTH, HEIGHT)


def test_a_pdf_of_pictures_is_scanned(tmp_path: Path) -> None:
    assert fail(write_pdf(tmp_path / "a.pdf", draw_scan)).code == "scanned"


def test_a_scan_behind_a_cover_with_text_is_scanned(tmp_path: Path) -> None:
    error = fail(write_pdf(tmp_path / "a.pdf", draw_table, draw_scan, draw_scan))
    assert (error.code, error.page) == ("scanned", 2)


def test_a_photograph_among_pages_with_text_is_named_and_refuses_nothing(tmp_path: Path) -> None:
    document = read_document(write_pdf(tmp_path / "a.pdf", draw_table, draw_scan))
    assert [(o.code, o.page) for o in document.omissions] == [("picture_page", 2)]
    assert len(document.tables) == 1


def test_a_pdf_without_any_text_is_empty(tmp_path: Path) -> None:
    assert fail(write_pdf(tmp_path / "a.pdf", lambda canvas: None)).code == "empty"


def test_a_word_file_without_any_text_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    docx.Document().save(str(path))
    assert fail(path).code == "empty"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("source", ["pdf", "docx"])
def test_a_file_cut_short_is_unreadable(tmp_path: Path, share: float, source: str) -> None:
    whole = tmp_path / f"whole.{source}"
    if source == "pdf":
        write_pdf(whole, *[draw_table] * 5)
    else:
        document = docx.Document()
        document.add_paragraph("新建公园65个")
        document.save(str(whole))
    content = whole.read_bytes()
    path = tmp_path / f"cut.{source}"
    path.write_bytes(content[: int(len(content) * share)])
    assert fail(path).code == "unreadable"


def test_the_name_of_a_file_does_not_matter(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("新建公园65个")
    path = tmp_path / "a.pdf"
    document.save(str(path))
    assert read_document(path).format == "docx"


@pytest.mark.parametrize("seed", range(12))
def test_no_damage_lets_a_library_error_through(tmp_path: Path, seed: int) -> None:
    import random

    random.seed(seed)
    path = write_pdf(tmp_path / "a.pdf", draw_table)
    content = bytearray(path.read_bytes())
    for _ in range(60):
        content[random.randrange(len(content))] = random.randrange(256)
    path.write_bytes(bytes(content))
    with suppress(DocumentError):
        read_document(path)


def test_errors_travel_between_processes(tmp_path: Path) -> None:
    error = fail(tmp_path / "none.pdf")
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.code, copy.message, copy.path) == (error.code, error.message, error.path)

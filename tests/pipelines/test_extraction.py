"""Files are read in other processes, and none of them stops another."""

import os
import pickle
from pathlib import Path

import pytest

from extractors.records import Document, Line, Paragraph
from pipelines.extraction import Extraction, Refusal, extract_documents
from pipelines.sources import RawFile, take_inventory


class RefusedError(Exception):
    """An error whose pickle cannot be loaded again: its class takes two arguments."""

    code = "unreadable"

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


def read_for_test(path: Path) -> Document:
    text = path.read_text()
    if text == "die":
        os._exit(9)
    if text == "refuse":
        raise RefusedError("Cannot be read. Save it anew.", path)
    if text == "fail":
        raise KeyError("column")
    return Document(path.name, "txt", "", (Paragraph((Line(text),)),), None)


@pytest.fixture
def read(tmp_path: Path):
    def read_folder(**contents: str) -> Extraction:
        for name, text in contents.items():
            (tmp_path / f"{name}.txt").write_text(text)
        return extract_documents(take_inventory(tmp_path), reader=read_for_test, workers=2)

    return read_folder


def codes(extraction: Extraction) -> dict[str, str]:
    return {refusal.document_id: refusal.code for refusal in extraction.refusals}


def test_documents_come_in_the_order_of_the_files(read) -> None:
    extraction = read(b="bb", a="a", c="cccc")
    assert [name for name, _ in extraction.documents] == ["a", "b", "c"]
    assert extraction.documents[2][1].paragraphs[0].text == "cccc"


def test_a_refused_file_is_named_and_the_others_are_read(read) -> None:
    extraction = read(a="one", b="refuse", c="fail")
    assert [name for name, _ in extraction.documents] == ["a"]
    assert codes(extraction) == {"b": "unreadable", "c": "reader_failed"}
    assert extraction.refusals[0].message == "Cannot be read. Save it anew."


def test_a_worker_that_dies_costs_its_own_file_only(read) -> None:
    extraction = read(a="one", b="die", c="three", d="four")
    assert [name for name, _ in extraction.documents] == ["a", "c", "d"]
    assert codes(extraction) == {"b": "worker_died"}


def test_the_second_file_of_a_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("one")
    (tmp_path / "a.txt").write_text("two")
    extraction = extract_documents(take_inventory(tmp_path), reader=read_for_test)
    assert [name for name, _ in extraction.documents] == ["a"]
    [refusal] = extraction.refusals
    assert (refusal.file_name, refusal.code) == ("a.txt", "duplicate_name")
    assert "a.pdf" in refusal.message


def test_each_file_is_told_of_as_it_is_done(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "b.txt").write_text("refuse")
    seen: dict[str, str] = {}

    def note(file: RawFile, outcome: Document | Refusal) -> None:
        seen[file.document_id] = type(outcome).__name__

    extract_documents(take_inventory(tmp_path), reader=read_for_test, on_done=note)
    assert seen == {"a": "Document", "b": "Refusal"}


def test_no_files_are_no_documents() -> None:
    assert extract_documents(()) == Extraction((), ())


def test_an_extraction_can_be_stored(read) -> None:
    extraction = read(a="one")
    assert pickle.loads(pickle.dumps(extraction)) == extraction

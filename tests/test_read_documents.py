"""Documents are read once, and from a folder of extracted ones only where one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.records import Document
from tests.read_documents import EXTRACTED, document_of, extract_once, facts_of, list_sources

DOCUMENT = Document("plan.docx", "docx", "0" * 64, (), None)


def refuse() -> Document:
    raise AssertionError("extracted again")


def test_a_document_is_kept_in_the_folder_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EXTRACTED, str(tmp_path))
    assert extract_once("plan.docx", lambda: DOCUMENT) == DOCUMENT
    assert extract_once("plan.docx", refuse) == DOCUMENT
    assert [path.name for path in tmp_path.iterdir()] == ["plan.docx.pickle"]


def test_without_such_a_folder_a_document_is_extracted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EXTRACTED, raising=False)
    with pytest.raises(AssertionError, match="extracted again"):
        extract_once("plan.docx", refuse)


def test_a_document_and_its_facts_are_read_once_a_session() -> None:
    path = list_sources()[0]
    assert document_of(path) is document_of(path)
    assert facts_of(path) is facts_of(path)

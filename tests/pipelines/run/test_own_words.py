"""Words that a person keeps beside the sources."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.records import Document
from pipelines.inventory import hash_file
from pipelines.run.intake import Folders, Stock, extract, take_stock
from pipelines.word_files import VocabularyError
from tests.pipelines.reading.documents import make_document

UNITS = "unit,name_en,dimension,base_unit,factor,family,aliases,not_before\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "plan.docx").write_bytes(b"whatever")
    return folder


def stock_of(raw: Path) -> Stock:
    return take_stock(Folders(raw=raw, warehouse=raw.parent / "warehouse" / "x.duckdb"))


def read_gifts(path: Path) -> Document:
    document = make_document(
        "2024年柯城区民生实事",
        [["序号", "项目名称", "计量单位", "目标值"], ["1", "发放慰问礼物", "爱心箩", "300"]],
    )
    return replace(document, sha256=hash_file(path))


def units_read(stock: Stock) -> list[str | None]:
    extraction = extract(stock, reader=read_gifts)
    assert not extraction.refusals
    ((_, read),) = extraction.documents
    return [notice.code for notice in read.facts.notices]


def test_a_word_beside_the_sources_is_known_and_no_source(raw: Path) -> None:
    before = stock_of(raw)
    assert "unknown_unit" in units_read(before)
    line = "爱心箩,basket,count,爱心箩,1,piece,,\n"
    (raw / "vocabulary" / "units.csv").write_text(UNITS + line, encoding="utf-8")
    after = stock_of(raw)
    assert [file.document_id for file in after.files] == ["plan"]
    assert "unknown_unit" not in units_read(after)
    assert after.fingerprint != before.fingerprint


def test_a_file_of_words_that_cannot_be_used_is_named_with_its_line(raw: Path) -> None:
    (raw / "vocabulary" / "units.csv").write_text(UNITS + "爱心箩,basket\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"units\.csv, line 2"):
        units_read(stock_of(raw))

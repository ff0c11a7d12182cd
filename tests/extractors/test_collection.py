"""The collector: off while a document is read, and as it was afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors import DocumentError, read_document
from extractors.collection import pause_collection

RAW = Path(__file__).parents[2] / "raw"


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


@pytest.mark.parametrize("switch", [gc.enable, gc.disable])
def test_the_collector_is_as_before_after_a_document_and_after_an_error(
    switch: object, tmp_path: Path
) -> None:
    assert callable(switch)
    switch()
    was_on = gc.isenabled()
    read_document(next(RAW.glob("*.pdf")))
    assert gc.isenabled() is was_on
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\n%%EOF")
    with pytest.raises(DocumentError):
        read_document(broken)
    assert gc.isenabled() is was_on


def test_pauses_within_pauses_end_with_the_outer_one() -> None:
    gc.enable()
    with pause_collection():
        with pause_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_drawing_and_laying_out_pages_collect_nothing() -> None:
    path = next(RAW.glob("*.pdf"))
    read_document(path)
    before = gc.get_stats()
    read_document(path)
    after = gc.get_stats()
    collections = [
        late["collections"] - early["collections"]
        for early, late in zip(before, after, strict=True)
    ]
    assert sum(collections) < 10  # opening the file may; without the pause it is three times that

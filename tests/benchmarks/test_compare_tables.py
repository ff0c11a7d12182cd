"""The comparison of tables: what counts as known, as right, and as absent."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.benchmarks import compare_tables, peer_tables
from tests.benchmarks.compare_tables import OURS, KnownTables, list_known, run_tool

pytestmark = pytest.mark.slow
YEARS = "08-suqian-2023-year-range-subprojects"


@pytest.fixture(scope="module")
def known_files() -> dict[str, KnownTables]:
    return {each.path.stem: each for each in list_known()}


def test_known_cells_are_those_that_are_printed(known_files: dict[str, KnownTables]) -> None:
    years = known_files[YEARS]
    assert years.cells["实验初中扩建"] == 1
    assert years.cells["新建教学楼2栋、14800平方米，新增班级24个"] == 1
    assert not any(
        "{" in cell or "^" in cell for each in known_files.values() for cell in each.cells
    )
    assert len(known_files) > 50


def test_a_cell_that_is_found_once_and_stands_there_twice_is_a_miss(
    known_files: dict[str, KnownTables],
) -> None:
    known = known_files[YEARS]
    (cell, count), *_ = known.cells.most_common()
    more = KnownTables(known.path, known.pages, known.cells + Counter({cell: 1, "不在": 1}))
    score = run_tool(OURS, Path(sys.executable), [more])
    assert score is not None
    assert count >= 1
    assert (score.found, score.total, score.whole_files) == (more.cells.total() - 2,
                                                             more.cells.total(), 0)  # fmt: skip
    score = run_tool(OURS, Path(sys.executable), [known])
    assert score is not None
    assert (score.found, score.whole_files) == (score.total, 1)


def test_a_library_that_is_not_installed_is_left_out(
    known_files: dict[str, KnownTables], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    absent = tmp_path / "peer_tables.py"
    source = Path(peer_tables.__file__).read_text(encoding="utf-8")
    absent.write_text(source.replace('"pymupdf"', '"no_such_library"'), encoding="utf-8")
    monkeypatch.setattr(compare_tables, "SCRIPT", absent)
    assert run_tool("PyMuPDF", Path(sys.executable), [known_files[YEARS]]) is None

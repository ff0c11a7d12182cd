"""A short run of the damage bench; `make damage` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.damage import (
    FIXTURES,
    OURS,
    UNSEEN,
    plan_cases,
    run_bombs,
    run_cases,
    run_names,
)
from tests.benchmarks.damaging import WAYS
from tests.benchmarks.night import fill, run_night

SMALL = (
    "08-suqian",
    "20-weihai",
    "27-pingdingshan",
    "64-jinniu",
    "family-f-ankang-results--report",
)


def find_small() -> list[Path]:
    return [path for path in sorted(FIXTURES.iterdir()) if path.name.startswith(SMALL)]


@pytest.mark.slow
def test_damaged_files_are_refused_by_name_or_read_within_the_limits() -> None:
    found = list(run_cases(plan_cases(find_small(), 2 * len(WAYS), seed=1), workers=2))
    assert len(found) == 2 * len(WAYS)
    outcomes = {verdict.outcome for _, verdict in found}
    assert not outcomes & {"worker_died", "timed_out", "out_of_memory", *OURS}, outcomes
    assert UNSEEN in outcomes, "A digit that somebody typed over is seen by nobody: see the bench."
    for case, verdict in found:
        if WAYS[case.way].format == "docx" and WAYS[case.way].is_checked:
            assert verdict.outcome != UNSEEN, case


@pytest.mark.slow
def test_what_would_swamp_a_reader_is_refused_before_one_opens_it() -> None:
    names = ["one member.docx", "many members.docx", "stream.pdf", "sparse.pdf"]
    assert {name: code for name, (code, _) in run_bombs(names, workers=2).items()} == dict.fromkeys(
        names, "too_large"
    )


@pytest.mark.slow
def test_a_document_is_read_whatever_bytes_its_name_has() -> None:
    read, refused = run_names(30, seed=1)
    assert read > 25
    assert read + refused <= 30


@pytest.mark.slow
def test_a_hostile_night_publishes_the_good_ones(tmp_path: Path, raw_folder: Path) -> None:
    bombs = ("table.docx", "elements.docx", "one member.docx", "stream twice.pdf", "sparse.pdf")
    fill(tmp_path / "raw", bombs, "timeout_s: 30\nmemory_mb: 500\n")
    night = run_night(tmp_path / "raw", tmp_path / "x.duckdb")
    assert night.exit_status == 2, night.said
    good = {path.stem for path in raw_folder.iterdir() if path.suffix in (".pdf", ".docx")}
    assert {night.documents[name][0] for name in good} == {"published"}
    assert not {"worker_died", "reader_failed", "reading_failed"} & {
        code for _, code in night.documents.values()
    }
    codes = {name.removeprefix("hostile/"): night.documents[name][1] for name in night.documents}
    assert codes["elements"] == codes["stream twice"] == "out_of_memory"
    assert codes["one member"] == codes["sparse"] == "too_large"
    assert (codes["pipe"], codes["dangling"]) == ("not_a_file", "dangling_link")
    assert (codes["out"], codes["folder"]) == ("link_leads_out", "linked_folder")
    assert codes["坏名字"] == codes["%FF%FE%0A%1B[2J"] == "unknown_format"

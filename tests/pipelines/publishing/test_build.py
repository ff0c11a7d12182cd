"""A build is exact, by name, in a stable order, and refuses what does not fit."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_city import (
    ask,
    build,
    make_dimensions,
    make_document,
    make_plan,
    make_report,
    make_results,
    make_run,
    make_target,
)

from pipelines.facts import DocumentFacts, Link, Notice
from pipelines.publishing.build import finish_build
from pipelines.publishing.loading import LoadError
from pipelines.publishing.records import CheckResult, QuarantinedDocument

QUANTITIES = st.decimals(
    min_value=Decimal(-(10**15)), max_value=Decimal(10**15), places=4, allow_nan=False
)


def make_targets(*values: Decimal | None) -> DocumentFacts:
    targets = tuple(
        replace(make_target(f"plan/1/{number}", None), value=value)
        for number, value in enumerate(values, start=1)
    )
    return DocumentFacts(document=make_document("plan"), targets=targets)


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.none(), QUANTITIES), min_size=1, max_size=200))
def test_quantities_come_back_to_the_last_digit(values: list[Decimal | None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse"
        build(path, make_targets(*values))
        rows = ask(path, "SELECT value FROM core.target ORDER BY rowid")
        assert [row[0] for row in rows] == values
        total = ask(path, "SELECT sum(value) FROM core.target")[0][0]
        assert (total or 0) == sum(value for value in values if value is not None)


def test_a_printed_quantity_with_more_places_than_fit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError) as refused:
        build(tmp_path / "w", make_targets(Decimal("0.12345")))
    assert refused.value.code == "inexact_decimal"
    assert "core.target.value" in refused.value.message


def test_a_computed_base_value_is_rounded(tmp_path: Path) -> None:
    target = replace(make_target("plan/1/1", 1, "亩"), base_value=Decimal(2000) / Decimal(3))
    build(tmp_path / "w", DocumentFacts(document=make_document("plan"), targets=(target,)))
    assert ask(tmp_path / "w", "SELECT base_value FROM core.target") == [(Decimal("666.6667"),)]


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    target = make_target("plan/1/1", 1)
    with pytest.raises(LoadError) as refused:
        build(
            tmp_path / "w", DocumentFacts(document=make_document("plan"), targets=(target, target))
        )
    assert refused.value.code == "row_refused"


def test_printed_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    printed = "新增「床位」\n１００ 張；'引號'\t\"%\\ \U00020bb7"
    target = make_target("plan/1/1", 100, as_printed=printed)
    build(tmp_path / "w", DocumentFacts(document=make_document("plan"), targets=(target,)))
    assert ask(tmp_path / "w", "SELECT as_printed FROM core.target") == [(printed,)]


def test_dimension_frames_are_loaded_by_name_whatever_their_order(tmp_path: Path) -> None:
    dimensions = make_dimensions()
    dimensions["region"] = dimensions["region"][["level", "parent_code", "name_zh", "region_code"]]
    build(tmp_path / "w", make_plan(), dimensions=dimensions)
    assert ask(
        tmp_path / "w", "SELECT name_zh, level FROM core.region WHERE region_code = '990001'"
    ) == [("东湖区", "district")]


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (
            {"region_code": ["1"], "name_zh": ["甲"], "level": ["city"], "colour": ["r"]},
            "unknown_column",
        ),
        ({"region_code": ["1"], "name_zh": ["甲"]}, "missing_column"),
        ({"region_code": ["1"], "name_zh": [None], "level": ["city"]}, "row_refused"),
    ],
)
def test_a_frame_that_does_not_fit_is_refused(
    tmp_path: Path, frame: dict[str, list[object]], code: str
) -> None:
    with pytest.raises(LoadError) as refused:
        build(tmp_path / "w", dimensions={"region": pd.DataFrame(frame, dtype=object)})
    assert refused.value.code == code


def test_floats_are_no_quantities(tmp_path: Path) -> None:
    frame = pd.DataFrame({"unit": ["亩"], "dimension": ["area"], "factor": [666.67]})
    with pytest.raises(LoadError) as refused:
        build(tmp_path / "w", dimensions={"unit": frame})
    assert refused.value.code == "untyped_value"


def test_facts_stand_in_the_same_order_whatever_the_order_of_documents(tmp_path: Path) -> None:
    documents = [make_plan(name) for name in ("b", "a", "c")]
    build(tmp_path / "one", *documents)
    build(tmp_path / "two", *reversed(documents))
    for table in ("document", "target", "allocation", "figure"):
        query = f"SELECT * EXCLUDE (document_id), document_id FROM core.{table}"
        assert ask(tmp_path / "one", query) == ask(tmp_path / "two", query), table
    assert ask(tmp_path / "one", "SELECT document_id FROM core.document") == [
        ("a",),
        ("b",),
        ("c",),
    ]


def test_the_summary_counts_what_is_in_the_file(tmp_path: Path) -> None:
    summary = build(tmp_path / "w", make_plan())
    counts = dict(summary.rows)
    assert (counts["core.target"], counts["core.allocation"], counts["core.figure"]) == (1, 2, 3)
    assert ask(tmp_path / "w", "SELECT documents, facts, published FROM quality.run") == [
        (1, summary.facts, False)
    ]


def test_notices_quarantine_and_links_are_written(tmp_path: Path) -> None:
    notice = Notice("plan", "unknown_unit", "What is 坨?", "3坨", 1, 1, 3, 2, "units.csv", "坨,,")
    link = Link("l1", "results", "report", "results/1", "target", "plan/1/1", "rule", None, "same")
    lost = replace(link, link_id="l2", to_id="plan/9/9")
    refused = QuarantinedDocument("scan", "scan.pdf", "1" * 64, "scanned", "It is a picture.")
    summary = build(
        tmp_path / "w",
        replace(make_plan(), notices=(notice, notice)),
        make_results(
            [make_report("results/1", "plan/1/1", 5), make_report("results/2", "gone/1/1", 5)]
        ),
        links=[link, lost],
        quarantined=[refused],
    )
    assert summary.links_dropped == 2
    assert summary.withheld == ("scan",)
    assert ask(tmp_path / "w", "SELECT notice_id FROM quality.notice") == [
        ("plan/notice/0001",),
        ("plan/notice/0002",),
    ]
    assert ask(tmp_path / "w", "SELECT link_id FROM core.link") == [("l1",)]
    assert ask(tmp_path / "w", "SELECT target_id FROM core.report") == [("plan/1/1",), (None,)]
    assert ask(
        tmp_path / "w", "SELECT document_id, status, kind FROM core.document ORDER BY document_id"
    ) == [
        ("plan", "published", "allocation_table"),
        ("results", "published", "results_article"),
        ("scan", "quarantined", None),
    ]


def test_finishing_writes_checks_and_lets_the_run_through(tmp_path: Path) -> None:
    build(tmp_path / "w", make_plan())
    check = CheckResult("run-1", "ids_unique", "structure", "critical", True)
    finish_build(
        tmp_path / "w",
        "run-1",
        datetime(2031, 1, 2, tzinfo=UTC),
        is_published=True,
        check_results=[check],
    )
    assert ask(tmp_path / "w", "SELECT name, success FROM quality.check_result") == [
        ("ids_unique", True)
    ]
    assert ask(tmp_path / "w", "SELECT published, epoch(finished) FROM quality.run") == [
        (True, datetime(2031, 1, 2, tzinfo=UTC).timestamp())
    ]


def test_a_build_replaces_what_a_former_one_left(tmp_path: Path) -> None:
    (tmp_path / "w").write_bytes(b"half a file")
    (tmp_path / "w.wal").write_bytes(b"half a log")
    build(tmp_path / "w", make_plan(), run=make_run())
    assert ask(tmp_path / "w", "SELECT due_on FROM core.commitment") == [(date(2030, 11, 30),)]
    assert not (tmp_path / "w.wal").exists()

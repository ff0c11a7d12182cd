"""What is held back keeps its last good version, and what changed is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from invented_city import (
    EAST,
    ask,
    build,
    make_document,
    make_plan,
    make_report,
    make_results,
    make_run,
)

from pipelines.facts import DocumentFacts
from pipelines.publishing.carry_over import PreviousFileError
from pipelines.publishing.loading import LoadError
from pipelines.publishing.records import QuarantinedDocument

FACT_TABLES = ("commitment", "target", "allocation", "responsibility", "figure")


def read_document(path: Path, document_id: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a document, by table."""
    return {
        table: ask(path, f"SELECT * FROM core.{table} WHERE document_id = ?", document_id)
        for table in FACT_TABLES
    }


def refuse(document_id: str, sha256: str = "2" * 64) -> QuarantinedDocument:
    return QuarantinedDocument(document_id, f"{document_id}.pdf", sha256, "unreadable", "Damaged.")


def test_a_held_document_keeps_its_last_good_version(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    build(old, make_plan("a", 100), make_plan("b", 100))
    summary = build(
        new,
        make_plan("a", 200),
        make_plan("b", 200),
        run=make_run("run-2"),
        held={"a"},
        previous=old,
    )
    assert summary.carried_over == ("a",)
    assert read_document(new, "a") == read_document(old, "a")
    assert ask(new, "SELECT document_id, status FROM core.document ORDER BY document_id") == [
        ("a", "held"),
        ("b", "published"),
    ]
    assert ask(new, "SELECT value FROM core.target WHERE document_id = 'b'") == [(200,)]


def test_a_document_carried_over_twice_is_still_the_same(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one", "two", "three")]
    build(paths[0], make_plan("a"))
    for number, (before, after) in enumerate(pairwise(paths), start=2):
        build(after, run=make_run(f"run-{number}"), quarantined=[refuse("a")], previous=before)
    assert read_document(paths[2], "a") == read_document(paths[0], "a")
    assert ask(paths[2], "SELECT status FROM core.document") == [("quarantined",)]
    assert ask(paths[2], "SELECT run_id FROM quality.run") == [("run-1",), ("run-2",), ("run-3",)]


def test_members_that_only_old_facts_refer_to_come_with_them(tmp_path: Path) -> None:
    build(tmp_path / "old", make_plan("a"))
    build(
        tmp_path / "new",
        run=make_run("run-2"),
        dimensions={},
        quarantined=[refuse("a")],
        previous=tmp_path / "old",
    )
    rows = ask(tmp_path / "new", "SELECT region FROM marts.allocation WHERE level = 'district'")
    assert len(rows) == 2


def test_a_held_document_without_a_good_version_is_only_named(tmp_path: Path) -> None:
    summary = build(tmp_path / "new", make_plan("a"), held={"a"}, previous=tmp_path / "none")
    assert summary.withheld == ("a",)
    assert ask(tmp_path / "new", "SELECT document_id, status FROM core.document") == [("a", "held")]
    assert ask(tmp_path / "new", "FROM core.figure") == []


def test_joins_to_what_the_new_version_lacks_end(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    results = make_results([make_report("results/1", "plan/1/1", 5)])
    build(old, make_plan(), results)
    without = DocumentFacts(document=make_document("plan"))
    build(new, without, results, run=make_run("run-2"), held={"results"}, previous=old)
    assert ask(new, "SELECT report_id, target_id, commitment_id FROM core.report") == [
        ("results/1", None, None)
    ]


def test_the_day_a_file_was_first_refused_is_remembered_while_it_is_the_same(
    tmp_path: Path,
) -> None:
    later = datetime(2031, 5, 6, tzinfo=UTC)
    build(tmp_path / "1", quarantined=[refuse("a"), refuse("b")])
    build(
        tmp_path / "2",
        run=make_run("run-2", started=later),
        quarantined=[refuse("a"), refuse("b", "3" * 64)],
        previous=tmp_path / "1",
    )
    rows = ask(
        tmp_path / "2",
        "SELECT document_id, year(first_seen), month(first_seen) FROM quality.quarantine",
    )
    assert rows == [("a", 2031, 1), ("b", 2031, 5)]


def test_holding_what_was_not_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LoadError) as refused:
        build(tmp_path / "w", held={"nobody"})
    assert refused.value.code == "unknown_document"


def test_a_published_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(PreviousFileError) as refused:
        build(tmp_path / "new", make_plan(), previous=tmp_path / "old")
    assert refused.value.code == "unreadable_published"


def test_a_published_file_that_is_another_database_is_named(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "old")) as connection:
        connection.execute("CREATE TABLE something AS SELECT 1 AS one")
    with pytest.raises(PreviousFileError) as refused:
        build(tmp_path / "new", make_plan(), previous=tmp_path / "old")
    assert refused.value.code == "unreadable_published"


def test_a_column_that_the_published_file_lacks_is_left_empty(tmp_path: Path) -> None:
    build(tmp_path / "old", make_plan("a"))
    with duckdb.connect(str(tmp_path / "old")) as connection:
        for view in ("marts.reconciliation", "claims.parts_add_up"):
            connection.execute(f"DROP VIEW {view}")
        connection.execute("ALTER TABLE core.target DROP COLUMN headline_figure_id")
    build(
        tmp_path / "new",
        run=make_run("run-2"),
        quarantined=[refuse("a")],
        previous=tmp_path / "old",
    )
    assert ask(tmp_path / "new", "SELECT value, headline_figure_id FROM core.target") == [
        (100, None)
    ]


def test_the_first_version_changes_nothing(tmp_path: Path) -> None:
    assert build(tmp_path / "w", make_plan(), previous=tmp_path / "none").changes == 0


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path / "old", make_plan())
    again = build(tmp_path / "new", make_plan(), run=make_run("run-2"), previous=tmp_path / "old")
    assert again.changes == 0


def test_added_removed_and_changed_facts_are_told_with_both_sources(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    before = make_plan("a", 100)
    build(old, before, make_plan("gone"))
    document = replace(before.document, sha256="9" * 64)
    target = replace(before.targets[0], comparator=">=", figure_id="a/1/1/moved")
    east, west = before.allocations
    after = replace(
        before,
        document=document,
        targets=(target,),
        allocations=(replace(east, value=east.value + 1, as_printed="61个"), west),
    )
    summary = build(new, after, run=make_run("run-2"), previous=old)
    rows = ask(
        new,
        "SELECT fact_id, change, column_name, previous_value, current_value, previous_figure_id, "
        "current_figure_id FROM marts.change WHERE change = 'changed'",
    )
    figure = f"a/1/1/{EAST}/figure"
    assert rows == [
        ("a/1/1", "changed", "comparator", "=", ">=", "a/1/1/figure", "a/1/1/moved"),
        (f"a/1/1@{EAST}", "changed", "value", "60.0000", "61.0000", figure, figure),
        (f"a/1/1@{EAST}", "changed", "as_printed", "60个", "61个", figure, figure),
    ]
    assert ask(
        new, "SELECT previous_sha256, current_sha256 FROM marts.change WHERE fact_id = 'a/1/1'"
    ) == [("0" * 64, "9" * 64)]
    removed = ask(new, "SELECT fact_kind, fact_id FROM marts.change WHERE change = 'removed'")
    assert ("target", "gone/1/1") in removed
    assert ("responsibility", "gone/1/lead/1") in removed
    assert summary.changes == len(rows) + len(removed)


def test_the_id_of_a_change_is_the_id_that_is_traced(tmp_path: Path) -> None:
    build(tmp_path / "old")
    build(tmp_path / "new", make_plan(), run=make_run("run-2"), previous=tmp_path / "old")
    assert (
        ask(
            tmp_path / "new",
            "SELECT fact_kind, fact_id FROM marts.change WHERE change = 'added' "
            "EXCEPT SELECT fact_kind, fact_id FROM marts.source",
        )
        == []
    )
    assert len(ask(tmp_path / "new", "FROM marts.change")) == 6

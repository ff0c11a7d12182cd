"""The whole journey on the real documents, as the command goes it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.console.summary import Summary, read_summary
from pipelines.console.tracing import NoPictureError, draw_trace, trace_fact
from pipelines.publishing.schema import fact_tables, load_schemas
from pipelines.run.intake import Folders, Meaning, Stock, extract, link, read_meaning, take_stock
from pipelines.run.release import build_candidate, check_candidate, publish_candidate

BREAKDOWN = "2023-hangzhou-district-breakdown"
PROGRESS = "2024-binjiang-q1-progress"
PLAN = "2024-hangzhou-responsibility-list"


@pytest.fixture(scope="module")
def read(raw_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Stock, Meaning]:
    folders = Folders(raw_folder, tmp_path_factory.mktemp("unused") / "x.duckdb")
    stock = take_stock(folders)
    return stock, link(stock, read_meaning(stock, extract(stock)))


def release(folders: Folders, stock: Stock, meaning: Meaning) -> Summary:
    build_candidate(folders, stock, meaning)
    check_candidate(folders, stock, meaning)
    return publish_candidate(folders, stock, meaning)


@pytest.fixture(scope="module")
def published(
    read: tuple[Stock, Meaning], raw_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Folders:
    folders = Folders(raw_folder, tmp_path_factory.mktemp("published") / "x.duckdb")
    release(folders, *read)
    return folders


def ask(path: Path, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(question).fetchall()


def test_all_five_are_published(published: Folders) -> None:
    summary = read_summary(published.warehouse)
    assert [line.status for line in summary.documents] == ["published"] * 5
    assert summary.exit_status == 0
    assert [check for check in summary.checks_failed if check.severity == "critical"] == []


def test_every_district_share_of_the_breakdown_is_there(published: Folders) -> None:
    question = f"SELECT count(*) FROM core.allocation WHERE document_id = '{BREAKDOWN}'"
    assert ask(published.warehouse, question) == [(390,)]


def test_the_signed_discrepancies_are_the_only_shares_that_do_not_add_up(
    published: Folders,
) -> None:
    rows = ask(
        published.warehouse,
        "SELECT target_id, expected, actual FROM marts.reconciliation "
        "WHERE check_name = 'shares_add_up' AND status = 'accepted' ORDER BY target_id",
    )
    assert rows == [
        (f"{BREAKDOWN}/12.1", 1000, 1070),
        (f"{BREAKDOWN}/13.3", 100, 103),
        (f"{BREAKDOWN}/6.3", 138, 148),
    ]
    assert ask(
        published.warehouse,
        "SELECT count(*) FROM marts.reconciliation "
        "WHERE check_name = 'shares_add_up' AND status = 'disagrees'",
    ) == [(0,)]


def test_what_became_of_each_promise_is_what_the_readme_says(published: Folders) -> None:
    rows = ask(
        published.warehouse,
        "SELECT document_id, status, count(*) FROM marts.attainment WHERE plan_year = 2024 "
        "GROUP BY ALL ORDER BY ALL",
    )
    assert rows == [
        (PROGRESS, "in_progress", 24),
        (PROGRESS, "in_words", 56),
        (PROGRESS, "met", 1),
        (PROGRESS, "unreported", 4),
        (PLAN, "exceeded", 39),
        (PLAN, "met", 9),
        (PLAN, "short", 1),
        (PLAN, "unreported", 7),
    ]
    states = "SELECT state, count(*) FROM marts.attainment WHERE status = 'in_words' GROUP BY 1"
    assert dict(ask(published.warehouse, states)) == {"preparing": 41, "under_way": 14, None: 1}


def test_what_stood_nowhere_is_said(published: Folders) -> None:
    said = "SELECT kind, state, as_printed FROM core.statement WHERE statement_id = '{}'"

    def statement(statement_id: str) -> list[tuple[object, ...]]:
        return ask(published.warehouse, said.format(statement_id))

    assert statement(f"{PROGRESS}/2.3.s1") == [
        ("progress", "completed", "已完成交警等部門初驗"),
    ]
    assert statement(f"{PLAN}/1.3.s1") == [
        ("caveat", None, "实际推进时间安排以正式下发的省级实施方案为准"),
    ]
    [(kind, _, _)] = statement(f"{BREAKDOWN}/13.s1")
    assert kind == "reason"


def test_the_step_after_its_own_due_date_is_found(published: Folders) -> None:
    found = [
        check
        for check in read_summary(published.warehouse).checks_failed
        if check.name == "milestones_before_due"
    ]
    assert [(check.document_id, check.rows) for check in found] == [
        ("2024-hangzhou-responsibility-list", 1)
    ]


def test_without_a_signature_the_breakdown_is_held_and_the_rest_published(
    read: tuple[Stock, Meaning], published: Folders, tmp_path: Path
) -> None:
    stock, meaning = read
    folders = Folders(published.raw, tmp_path / "x.duckdb")
    shutil.copy(published.warehouse, folders.warehouse)
    unsigned = replace(stock, run_id="unsigned", accepted=stock.accepted[1:])
    summary = release(folders, unsigned, meaning)
    assert {line.document_id for line in summary.held} == {BREAKDOWN}
    assert summary.exit_status == 2
    [line] = [line for line in summary.discrepancies if line.check_name == "shares_add_up"][:1]
    assert (line.subject_id, line.status) == (f"{BREAKDOWN}/6.3", "disagrees")
    # Its last good version stands in for it.
    question = f"SELECT count(*) FROM core.allocation WHERE document_id = '{BREAKDOWN}'"
    assert ask(folders.warehouse, question) == [(390,)]


def test_facts_are_the_same_and_in_the_same_order_from_run_to_run(
    published: Folders, raw_folder: Path, tmp_path: Path
) -> None:
    folders = Folders(raw_folder, tmp_path / "x.duckdb")
    stock = take_stock(folders)
    release(folders, stock, link(stock, read_meaning(stock, extract(stock))))
    for table in fact_tables():
        times = "EXCLUDE (extracted_at)" if table.name == "document" else ""
        question = f"SELECT * {times} FROM {table.full_name}"
        assert ask(folders.warehouse, question) == ask(published.warehouse, question), table.name


def test_views_answer_in_the_same_order_however_many_threads_answer(published: Folders) -> None:
    answers: dict[str, list[list[tuple[Any, ...]]]] = {}
    for threads in (1, 2, 3, 8):
        config = {"threads": threads}
        with duckdb.connect(str(published.warehouse), read_only=True, config=config) as connection:
            for schema in load_schemas():
                for view in schema.views:
                    rows = connection.execute(f"SELECT * FROM {view.full_name}").fetchall()
                    answers.setdefault(view.full_name, []).append(rows)
    for name, given in answers.items():
        assert all(rows == given[0] for rows in given), name


def test_a_share_is_traced_to_its_cell_and_drawn(published: Folders, tmp_path: Path) -> None:
    found = trace_fact(published.warehouse, f"{BREAKDOWN}/6.3")
    assert (found.page, found.table_no) == (3, 1)
    assert found.box is not None
    image = tmp_path / "page.png"
    draw_trace(found, published, image)
    assert image.read_bytes().startswith(b"\x89PNG")


def test_a_fact_is_drawn_from_what_it_was_read_from_though_the_source_is_gone(
    published: Folders, tmp_path: Path
) -> None:
    found = trace_fact(published.warehouse, f"{BREAKDOWN}/6.3")
    elsewhere = Folders(tmp_path / "nowhere", published.warehouse)
    draw_trace(found, elsewhere, tmp_path / "page.png")
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("content", [b"another", None], ids=["changed", "gone"])
def test_another_file_is_not_drawn_where_the_original_was_not_kept(
    published: Folders, tmp_path: Path, content: bytes | None
) -> None:
    found = trace_fact(published.warehouse, f"{BREAKDOWN}/6.3")
    if content is not None:
        (tmp_path / found.file_name).write_bytes(content)
    with pytest.raises(NoPictureError, match="was not kept"):
        draw_trace(found, Folders(tmp_path, tmp_path / "x.duckdb"), tmp_path / "page.png")


def test_a_word_document_has_no_picture(published: Folders, tmp_path: Path) -> None:
    [(fact_id,)] = ask(
        published.warehouse,
        "SELECT min(target_id) FROM core.target WHERE document_id = '2024-binjiang-q1-progress'",
    )
    with pytest.raises(NoPictureError, match="no fixed pages"):
        draw_trace(trace_fact(published.warehouse, fact_id), published, tmp_path / "page.png")


def test_a_document_is_no_single_place(published: Folders, tmp_path: Path) -> None:
    with pytest.raises(NoPictureError, match="no single place"):
        draw_trace(trace_fact(published.warehouse, BREAKDOWN), published, tmp_path / "x.png")


def test_every_id_of_every_fact_can_be_traced(published: Folders) -> None:
    traceable = {i for (i,) in ask(published.warehouse, "SELECT fact_id FROM marts.source")}
    for table in fact_tables():
        if table.key == (f"{table.name}_id",) and table.name != "link":
            ids = ask(published.warehouse, f"SELECT {table.key[0]} FROM {table.full_name}")
            assert {i for (i,) in ids} <= traceable, table.name

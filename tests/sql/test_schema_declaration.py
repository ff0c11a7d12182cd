"""One place declares each table: everything else agrees with it, and nothing is undocumented."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from invented_city import ask, build, make_plan

from pipelines import facts
from pipelines.publishing import records
from pipelines.publishing.schema import (
    Macro,
    Table,
    View,
    load_schemas,
    sql_directory,
)

TABLES = [table for schema in load_schemas() for table in schema.tables]
VIEWS = [view for schema in load_schemas() for view in schema.views]
MACROS = [macro for schema in load_schemas() for macro in schema.macros]
CONTRACT = {
    "core.document": "document_id title kind publisher region_code plan_year as_of file_name sha256"
    " pages extracted_at status",
    "core.commitment": "commitment_id document_id item_no category title detail region_code"
    " plan_year due_on page",
    "core.target": "target_id commitment_id document_id region_code plan_year indicator"
    " indicator_id value unit comparator base_value base_unit as_printed figure_id",
    "core.allocation": "target_id region_code region value unit as_printed figure_id",
    "core.milestone": "milestone_id commitment_id target_id due_on expected_value expected_share"
    " unit comparator text figure_id",
    "core.report": "report_id document_id commitment_id target_id as_of indicator value unit"
    " comparator as_printed figure_id",
    "core.responsibility": "commitment_id role organization_id organization person as_printed",
    "core.figure": "figure_id document_id page table_no row_no col_no char_start char_end"
    " as_printed value unit role context x0 top x1 bottom",
    "marts.attainment": "target_id region plan_year indicator target_value unit comparator"
    " reported_value reported_comparator as_of attainment status",
    "marts.reconciliation": "check_name target_id document_id expected actual difference unit"
    " status reason",
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "warehouse.duckdb"
    build(path, make_plan())
    return path


@pytest.mark.parametrize("relation", [*TABLES, *VIEWS], ids=lambda relation: relation.full_name)
def test_comments_are_english_with_the_chinese_term(relation: Table | View) -> None:
    for text in (relation.comment, *(column.comment for column in relation.columns)):
        assert re.search("[A-Za-z]", text), f"no English in {relation.full_name}: {text}"
    for text in (relation.comment, *(column.comment for column in relation.columns)):
        assert re.search("[\u4e00-\u9fff]", text), f"no Chinese in {relation.full_name}: {text}"


@pytest.mark.parametrize(
    "table", [table for table in TABLES if table.record], ids=lambda table: table.full_name
)
def test_a_tables_record_has_exactly_its_columns(table: Table) -> None:
    record = getattr(facts, str(table.record), None) or getattr(records, str(table.record))
    fields = {field.name for field in dataclasses.fields(record)}
    columns = {column.name for column in table.columns if not column.is_filled_by_build}
    assert fields == columns


def test_every_record_of_a_fact_fills_a_table() -> None:
    declared = {table.record for table in TABLES}
    for name, record in vars(facts).items():
        if dataclasses.is_dataclass(record) and name != "DocumentFacts":
            assert name in declared


@pytest.mark.parametrize(("relation", "columns"), CONTRACT.items())
def test_promised_names_are_kept(relation: str, columns: str) -> None:
    declared = {r.full_name: {c.name for c in r.columns} for r in (*TABLES, *VIEWS)}
    assert set(columns.split()) <= declared[relation]


def test_the_file_has_the_declared_columns_types_and_comments(warehouse: Path) -> None:
    found = ask(
        warehouse,
        "SELECT schema_name || '.' || table_name, column_name, data_type, comment "
        "FROM duckdb_columns() WHERE NOT internal ORDER BY schema_name, table_name, column_index",
    )
    shapes: dict[str, list[tuple[str, str, str]]] = {}
    for relation, column, data_type, comment in found:
        shapes.setdefault(relation, []).append((column, data_type, comment))
    names = {"TIMESTAMPTZ": "TIMESTAMP WITH TIME ZONE"}
    assert shapes == {
        relation.full_name: [
            (column.name, names.get(column.type, column.type), column.comment)
            for column in relation.columns
        ]
        for relation in (*TABLES, *VIEWS)
    }


def test_tables_and_views_carry_their_comments(warehouse: Path) -> None:
    found = ask(
        warehouse,
        "SELECT schema_name || '.' || table_name, comment FROM duckdb_tables() UNION ALL "
        "SELECT schema_name || '.' || view_name, comment FROM duckdb_views() WHERE NOT internal",
    )
    assert dict(found) == {r.full_name: r.comment for r in (*TABLES, *VIEWS)}


def test_every_view_file_is_declared() -> None:
    files = {
        f"{path.parent.name}.{path.stem}"
        for schema in load_schemas()
        for path in (sql_directory() / schema.name).glob("*.sql")
    }
    assert files == {view.full_name for view in VIEWS}


def test_every_macro_file_is_declared() -> None:
    files = {path.stem for path in (sql_directory() / "macros").glob("*.sql")}
    assert files == {macro.name for macro in MACROS}


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.name)
def test_macros_say_what_they_take_and_are_written_like_views(
    warehouse: Path, macro: Macro
) -> None:
    ((parameters, comment),) = ask(
        warehouse,
        "SELECT parameters, comment FROM duckdb_functions() "
        "WHERE NOT internal AND schema_name = ? AND function_name = ?",
        macro.schema,
        macro.name,
    )
    assert parameters == [name for name, _ in macro.parameters]
    for text in (macro.comment, *(meaning for _, meaning in macro.parameters)):
        assert text in comment
        assert re.search("[A-Za-z].*[\u4e00-\u9fff]", text), text
    assert_reads_like_the_others(macro.sql_file)


def test_a_guide_for_whoever_opens_the_file_leads_somewhere(warehouse: Path) -> None:
    guide = ask(warehouse, "SELECT step, read_this, try_this FROM README")
    assert [step for step, *_ in guide] == list(range(1, len(guide) + 1))
    named = {r.full_name for r in (*TABLES, *VIEWS)}
    called = {macro.name for macro in MACROS}
    for _, what, attempt in guide:
        assert what == "comments" or what in named or what.partition("(")[0] in called, what
        ask(warehouse, attempt)
    assert called <= {what.partition("(")[0] for _, what, _ in guide}


def test_macros_work_in_a_file_that_is_attached_and_used(warehouse: Path) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{warehouse}' AS anything (READ_ONLY)")
        connection.execute("USE anything")
        assert connection.execute("FROM trace('plan/1/1')").fetchall()
        assert connection.execute("FROM attainment('海州', NULL)").fetchall()


def test_the_file_is_understood_from_any_client_that_attaches_it(warehouse: Path) -> None:
    # An attached file has another name than the one under which its views were made.
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{warehouse}' AS anything (READ_ONLY)")
        for view in VIEWS:
            connection.execute(f"SELECT * FROM anything.{view.full_name}").fetchall()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.full_name)
def test_a_view_says_what_it_is_and_groups_its_columns_under_banners(view: View) -> None:
    assert_reads_like_the_others(view.sql_file)


def assert_reads_like_the_others(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    final = text[text.rindex("\nSELECT") :]
    assert "-- keys" in final
    assert "-- facts" in final
    assert "*" not in final.split("\nFROM ")[0].replace(" * ", ""), "name every column"

"""What is exported is what the file holds: typed, explained, and no formula."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

from pipelines.exporting import ExportError, export_files, export_workbook, workbook
from tests.sql.invented_city import ask, build, make_plan

FORMULA = '=HYPERLINK("http://example.org","click")'
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan whose target is called like a formula."""
    path = tmp_path_factory.mktemp("export") / "city.duckdb"
    build_changed(path, indicator=FORMULA)
    return path


def build_changed(path: Path, **changed: object) -> None:
    """A plan whose targets say something else."""
    plan = make_plan()
    build(path, replace(plan, targets=tuple(replace(one, **changed) for one in plan.targets)))


def read(path: Path) -> list[tuple[str, str]]:
    return duckdb.sql(f"DESCRIBE FROM '{path}'").project("column_name, column_type").fetchall()


def read_cells(book: Path, sheet: str) -> list[dict[str, tuple[str, str]]]:
    """The rows of a sheet, by the letter of the column: (type, text).

    The type is `n` for a number, `inlineStr` for a text, `f` for a formula.
    """
    with zipfile.ZipFile(book) as archive:
        names = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        number = [one.get("name") for one in names].index(sheet) + 1
        tree = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
    return [
        {cell.get("r", "").rstrip("0123456789"): describe(cell) for cell in row}
        for row in tree.iter(f"{_MAIN}row")
    ]


def describe(cell: ElementTree.Element) -> tuple[str, str]:
    kind = "f" if cell.find(f"{_MAIN}f") is not None else cell.get("t", "n")
    return kind, "".join(cell.itertext())


def columns_of(definitions: Sequence[tuple[object, ...]], relation: str) -> list[object]:
    return [column for name, column, *_ in definitions if name == relation]


def test_parquet_keeps_types_and_texts(published: Path, tmp_path: Path) -> None:
    done = export_files(published, ["core.target"], tmp_path / "out", "parquet")
    assert [(one.relation, one.rows) for one in done.written] == [("core.target", 1)]
    assert done.remarks == ()
    written = tmp_path / "out" / "core.target.parquet"
    declared = ask(
        published,
        "SELECT column_name, data_type FROM duckdb_columns() "
        "WHERE schema_name = 'core' AND table_name = 'target' ORDER BY column_index",
    )
    assert read(written) == declared
    assert duckdb.sql(f"SELECT indicator FROM '{written}'").fetchall() == [(FORMULA,)]


def test_csv_marks_what_a_spreadsheet_would_run_and_says_so(
    published: Path, tmp_path: Path
) -> None:
    done = export_files(published, ["core.target"], tmp_path, "csv")
    assert "1 texts begin like a formula" in done.remarks[0]
    read_back = duckdb.sql(
        f"SELECT indicator, comparator, CAST(value AS VARCHAR) FROM '{tmp_path}/core.target.csv'"
    ).fetchall()
    # A comparator is a mark alone, which no spreadsheet runs.
    assert read_back == [(f"'{FORMULA}", "=", "100.0")]


@pytest.mark.parametrize("text", ["-5", "+3.5%", "=", "-", "已完成", "1-2"])
def test_numbers_and_marks_are_no_formulas(tmp_path: Path, text: str) -> None:
    plan = make_plan()
    path = tmp_path / "city.duckdb"
    build(path, replace(plan, targets=tuple(replace(t, as_printed=text) for t in plan.targets)))
    assert export_files(path, ["core.target"], tmp_path / "out", "csv").remarks == ()


def test_definitions_say_what_every_column_means(published: Path, tmp_path: Path) -> None:
    export_files(published, ["target", "marts.attainment"], tmp_path, "csv")
    listed = duckdb.sql(f"SELECT * FROM '{tmp_path}/definitions.csv'").fetchall()
    assert columns_of(listed, "core.target")[0] == "target_id"
    assert {relation for relation, *_ in listed} == {"core.target", "marts.attainment"}
    assert all(meaning for *_, meaning in listed)


def test_without_names_all_facts_and_answers_are_written(published: Path, tmp_path: Path) -> None:
    done = export_files(published, [], tmp_path, "parquet")
    names = {one.relation for one in done.written}
    assert names >= {"core.document", "core.figure", "marts.attainment", "marts.source"}
    assert {name.partition(".")[0] for name in names} == {"core", "marts"}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_workbook_has_typed_cells_and_no_formula(published: Path, tmp_path: Path) -> None:
    book = tmp_path / "city.xlsx"
    done = export_workbook(published, ["core.target", "core.document"], book)
    assert done.remarks == ()
    definitions = read_cells(book, "definitions")
    named = [text for _, text in definitions[0].values()]
    assert named == ["relation", "column", "type", "meaning"]
    names, target = read_cells(book, "core.target")
    cells = {name: target[letter] for letter, (_, name) in names.items() if letter in target}
    assert cells["indicator"] == ("inlineStr", FORMULA)
    assert cells["value"] == ("n", "100")
    assert cells["comparator"] == ("inlineStr", "=")
    _, document = read_cells(book, "core.document")
    assert "f" not in {kind for kind, _ in (*target.values(), *document.values())}


def test_a_number_that_no_cell_can_hold_is_a_text_and_said(tmp_path: Path) -> None:
    path = tmp_path / "city.duckdb"
    build_changed(path, value=Decimal("9007199254740993.0001"))
    done = export_workbook(path, ["core.target"], tmp_path / "city.xlsx")
    assert "values are texts here" in done.remarks[0]
    _, target = read_cells(tmp_path / "city.xlsx", "core.target")
    assert ("inlineStr", "9007199254740993.0001") in target.values()


def test_a_text_that_no_cell_can_hold_is_cut_and_said(tmp_path: Path) -> None:
    path = tmp_path / "city.duckdb"
    plan = make_plan()
    build(
        path,
        replace(plan, targets=tuple(replace(t, as_printed="停" * 40_000) for t in plan.targets)),
    )
    done = export_workbook(path, ["core.target"], tmp_path / "city.xlsx")
    assert "1 texts are longer" in done.remarks[0]


def test_more_rows_than_a_sheet_holds_are_refused_and_leave_nothing(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 0)
    with pytest.raises(ExportError, match="take csv or parquet"):
        export_workbook(published, ["core.target"], tmp_path / "city.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "hint"), [("core.targets", "core.target"), ("allocation", "marts")]
)
def test_a_name_that_is_none_or_several_is_refused(
    published: Path, tmp_path: Path, name: str, hint: str
) -> None:
    with pytest.raises(ExportError, match=f"Did you mean .*{hint}"):
        export_files(published, [name], tmp_path, "csv")
    assert list(tmp_path.iterdir()) == []


def test_a_view_that_reaches_for_other_files_finds_none(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    path = tmp_path / "forged.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE SCHEMA core; CREATE TABLE core.document AS SELECT 1 AS x")
        connection.execute(f"CREATE VIEW core.stolen AS FROM read_csv('{secret}')")
    for export, to in ((export_files, "out"), (export_workbook, "out.xlsx")):
        more = ["csv"] if to == "out" else []
        with pytest.raises(ExportError, match="disabled by configuration"):
            export(path, ["core.stolen"], tmp_path / to, *more)  # type: ignore[operator]


def test_decimals_are_numbers_to_fifteen_digits() -> None:
    assert workbook._is_exact(Decimal("123456789012345"))
    assert not workbook._is_exact(Decimal("1234567890123456"))

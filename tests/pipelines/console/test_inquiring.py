"""What a command takes out of the published file, and that it can reach nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipelines.console.command import app
from pipelines.console.querying import QueryError, ask, list_questions
from pipelines.publishing.build import finish_build
from tests.sql.invented_city import STARTED, build, make_plan

Invoke = Callable[..., Result]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("inquiring") / "city.duckdb"
    build(path, make_plan())
    finish_build(path, "run-1", STARTED, is_published=True)
    return path


@pytest.fixture
def invoke(published: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    monkeypatch.setenv("MINSHENG_WAREHOUSE", str(published))
    return lambda *words, **more: CliRunner().invoke(app, [str(word) for word in words], **more)


def test_a_query_is_answered_as_a_table(invoke: Invoke) -> None:
    done = invoke("query", "SELECT target_id, value, NULL AS nothing FROM core.target")
    assert done.exit_code == 0, done.output
    names, _, row, count = (line.split() for line in done.stdout.splitlines() if line.strip())
    assert (names, row) == (["target_id", "value", "nothing"], ["plan/1/1", "100"])
    assert count == ["1", "row"]


def test_a_query_is_answered_as_json_with_types(invoke: Invoke) -> None:
    sql = (
        "SELECT value, value / 3 > 0 AS is_more, DATE '2030-01-02' AS day, "
        "0.1::DECIMAL(20,4) AS tenth, 9007199254740993.0001::DECIMAL(20,4) AS long, "
        "NULL AS nothing, value FROM core.target"
    )
    assert json.loads(invoke("query", sql, "--json").stdout) == [
        {
            "value": 100,
            "is_more": True,
            "day": "2030-01-02",
            "tenth": 0.1,
            "long": "9007199254740993.0001",
            "nothing": None,
            "value_2": 100,
        }
    ]


def test_a_query_comes_from_standard_input_too(invoke: Invoke) -> None:
    done = invoke("query", "-", "--json", input="SELECT 1 AS one")
    assert json.loads(done.stdout) == [{"one": 1}]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM core.target",
        "CREATE TABLE core.mine (x INTEGER)",
        "DROP VIEW marts.attainment",
        "COPY core.target TO '{folder}/stolen.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('{folder}/secret.txt')",
        "SELECT * FROM '{folder}/secret.txt'",
        "ATTACH '{folder}/other.duckdb'",
        "EXPORT DATABASE '{folder}/all'",
        "INSTALL httpfs",
        "LOAD '{folder}/secret.txt'",
        "SET enable_external_access = true",
        "SET memory_limit = '1GB'",
        "no SQL at all",
        "SELECT * FROM core.nobody",
    ],
)
def test_a_query_can_neither_write_nor_reach_anything_else(
    published: Path, tmp_path: Path, sql: str
) -> None:
    (tmp_path / "secret.txt").write_text("x\n1\n")
    before = published.read_bytes()
    with pytest.raises(QueryError):
        ask(published, sql.format(folder=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.txt"]
    assert published.read_bytes() == before


def test_an_error_is_told_in_json_where_json_is_asked_for(invoke: Invoke) -> None:
    done = invoke("query", "SELECT nobody", "--json")
    assert done.exit_code == 1
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "invalid_query"
    assert "nobody" in error["message"]
    assert json.loads(invoke("questions", "99", "--json").stdout)["error"]["code"]


def test_questions_are_listed_with_their_headings(invoke: Invoke) -> None:
    done = invoke("questions")
    assert done.exit_code == 0, done.output
    for question in list_questions():
        assert f"{question.number}  {question.heading}" in done.stdout
    listed = json.loads(invoke("questions", "--json").stdout)
    assert [one["number"] for one in listed] == [one.number for one in list_questions()]


def test_the_heading_is_the_one_that_the_list_of_questions_has() -> None:
    from pipelines.publishing.schema import sql_directory

    listed = (sql_directory() / "questions" / "README.md").read_text(encoding="utf-8")
    assert not [one.heading for one in list_questions() if f"| {one.heading} |" not in listed]


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.number)
def test_every_question_can_be_asked_of_any_warehouse(invoke: Invoke, question: object) -> None:
    number = question.number  # type: ignore[attr-defined]
    assert isinstance(json.loads(invoke("questions", number, "--json").stdout), list)


def test_a_question_is_found_by_its_number_or_a_part_of_its_name(invoke: Invoke) -> None:
    by_number = invoke("questions", "7")
    assert by_number.exit_code == 0, by_number.output
    assert by_number.stdout == invoke("questions", "totals").stdout
    several = invoke("questions", "the")
    assert (several.exit_code, "Several are called so" in several.stdout) == (1, True)
    none = invoke("questions", "nobody asks")
    assert (none.exit_code, "minsheng questions" in none.stdout) == (1, True)


def test_an_export_says_what_it_wrote(invoke: Invoke, tmp_path: Path) -> None:
    done = invoke("export", "attainment", "--format", "parquet", "--to", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "marts.attainment" in done.stdout
    count = duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/out/marts.attainment.parquet'")
    assert count.fetchall() == [(1,)]
    book = tmp_path / "all.xlsx"
    told = json.loads(invoke("export", "--to", book, "--json").stdout)
    assert told["path"] == str(book)
    assert book.is_file()
    assert {"relation": "core.target", "rows": 1} in told["written"]


def test_an_export_of_what_is_not_there_says_what_there_is(invoke: Invoke, tmp_path: Path) -> None:
    done = invoke("export", "core.targets", "--to", tmp_path / "x.xlsx")
    assert done.exit_code == 1
    assert "Did you mean core.target" in done.stdout


def test_data_are_json_wherever_data_are_printed(invoke: Invoke) -> None:
    assert json.loads(invoke("trace", "plan/1/1", "--json").stdout)["fact_kind"] == "target"
    assert all("decided" in rule for rule in json.loads(invoke("rules", "--json").stdout))
    assert json.loads(invoke("vocabulary", "suggest", "--json").stdout) == []
    assert json.loads(invoke("status", "--unresolved", "--json").stdout) == []
    status = json.loads(invoke("status", "--json").stdout)
    assert status["published"]["documents"][0]["document_id"] == "plan"
    assert {"exit_status", "sentence"} == set(status["last_run"])
    (version,) = json.loads(invoke("versions", "--json").stdout)
    assert version["is_published"] is True

"""Each kind of rule finds what breaks it, and names the document that does."""

import importlib
import json
import threading
import time
from pathlib import Path

import duckdb
import pytest

from pipelines.checks import (
    CheckFailedToRunError,
    Expects,
    Layer,
    Outcome,
    Rule,
    Severity,
    imported_meanwhile,
    run_checks,
)

CONTENT = """
CREATE TABLE target (
    document_id VARCHAR, target_id VARCHAR, unit VARCHAR, comparator VARCHAR,
    value DECIMAL(20, 4), due_on DATE
);
INSERT INTO target VALUES
    ('a', 'a/1', '个', '=', 0.1, '2024-11-30'),
    ('a', 'a/2', '家', '>=', 0.3, NULL),
    ('b', 'b/1', NULL, '?', 1.5, '2024-11-30'),
    ('b', 'b/1', '斛', '=', NULL, '2024-12-31');
CREATE TABLE unit (unit VARCHAR);
INSERT INTO unit VALUES ('个'), ('家');
CREATE TABLE empty (document_id VARCHAR, name VARCHAR);
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("checks") / "x.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(CONTENT)
    return path


def rule(expectation: Expects, *columns: str, **more: object) -> Rule:
    fields = {
        "name": f"{expectation}_{'_'.join(columns)}",
        "layer": Layer.STRUCTURE,
        "severity": Severity.CRITICAL,
        "table": "target",
        "says": "It is so",
        **more,
    }
    return Rule(expectation=expectation, columns=columns, **fields)


def run(database: Path, *rules: Rule, **observed: list[dict[str, object]]) -> tuple[Outcome, ...]:
    tables = {f"observed.{name}": records for name, records in observed.items()}
    return run_checks(database, rules=rules, observed=tables)


@pytest.mark.parametrize(
    ("broken", "documents"),
    [
        (rule(Expects.UNIQUE, "target_id"), ("b",)),
        (rule(Expects.UNIQUE, "document_id", "target_id"), ("b",)),
        (rule(Expects.PRESENT, "target_id", "value"), ("b",)),
        (rule(Expects.PRESENT, "due_on"), ("a",)),
        (rule(Expects.REFERENCES, "unit", references="unit.unit"), ("b",)),
        (rule(Expects.ONE_OF, "comparator", values=("=", ">=")), ("b",)),
        (rule(Expects.NONE_OF, "comparator", values=(">=", "?")), ("a", "b")),
        (rule(Expects.BETWEEN, "value", values=(0, 1)), ("b",)),
        (rule(Expects.EQUAL, "document_id", "comparator", rows="unit = '家'"), ("a",)),
    ],
    ids=lambda value: value.name if isinstance(value, Rule) else None,
)
def test_a_broken_rule_names_the_documents(
    database: Path, broken: Rule, documents: tuple[str, ...]
) -> None:
    [outcome] = run(database, broken)
    assert not outcome.success
    assert outcome.documents == documents
    assert not outcome.is_nobodys


@pytest.mark.parametrize(
    "kept",
    [
        rule(Expects.UNIQUE, "target_id", rows="document_id = 'a'"),
        rule(Expects.PRESENT, "document_id"),
        rule(Expects.BETWEEN, "value", values=(0, 2)),
        rule(Expects.REFERENCES, "unit", references="unit.unit", rows="document_id = 'a'"),
        rule(Expects.PRESENT, "name", table="empty"),
        rule(Expects.EQUAL, "printed", "recorded", table="observed.digits"),
    ],
    ids=lambda kept: kept.name,
)
def test_a_kept_rule_offends_nobody(database: Path, kept: Rule) -> None:
    [outcome] = run(database, kept)
    assert outcome.success
    assert outcome.offending == ()


def test_an_offending_row_tells_what_it_is(database: Path) -> None:
    [outcome] = run(
        database,
        rule(Expects.ONE_OF, "comparator", values=("=", ">="), shown=("target_id", "value")),
    )
    assert outcome.checked == 4
    assert json.loads(outcome.describe_rows("b")) == [
        {"comparator": "?", "document_id": "b", "target_id": "b/1", "value": "1.5000"}
    ]
    assert outcome.describe_rows("a") == "[]"


def test_observed_records_are_checked_like_tables(database: Path) -> None:
    digits = [
        {"document_id": "a", "page": 1, "printed": 12, "recorded": 12},
        {"document_id": "b", "page": 2, "printed": 12, "recorded": 11},
    ]
    equal = rule(Expects.EQUAL, "printed", "recorded", table="observed.digits", shown=("page",))
    [outcome] = run(database, equal, digits=digits)
    assert outcome.documents == ("b",)
    assert outcome.offending[0]["page"] == 2


def test_a_failure_in_a_table_without_documents_is_nobodys(database: Path) -> None:
    known = rule(Expects.ONE_OF, "unit", values=("个",), table="unit")
    [outcome] = run(database, known)
    assert outcome.documents == ()
    assert outcome.is_nobodys


def test_outcomes_come_in_the_order_of_the_rules(database: Path) -> None:
    rules = (
        rule(Expects.PRESENT, "document_id"),
        rule(Expects.PRESENT, "name", table="empty"),
        rule(Expects.PRESENT, "unit"),
    )
    assert [outcome.rule for outcome in run(database, *rules)] == list(rules)


@pytest.mark.parametrize(
    "wrong",
    [
        rule(Expects.PRESENT, "nothing"),
        rule(Expects.PRESENT, "name", table="nowhere"),
        rule(Expects.REFERENCES, "unit", references="nowhere.unit"),
    ],
    ids=lambda wrong: wrong.name + wrong.table,
)
def test_a_rule_that_cannot_run_is_an_error_not_a_pass(database: Path, wrong: Rule) -> None:
    with pytest.raises(CheckFailedToRunError):
        run(database, wrong)


def test_the_import_is_over_before_anybody_else_imports(monkeypatch: pytest.MonkeyPatch) -> None:
    began = threading.Event()

    def import_slowly(name: str) -> None:
        began.set()
        time.sleep(0.2)

    monkeypatch.setattr(importlib, "import_module", import_slowly)
    with imported_meanwhile():
        assert began.wait(5)
    assert "import-checks" not in {thread.name for thread in threading.enumerate()}

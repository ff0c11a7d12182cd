"""What a build is sealed with: the contract, earlier runs, its own name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from invented_city import STARTED, ask, build, make_plan

from pipelines.publishing import sealing
from pipelines.publishing.account import read_run
from pipelines.publishing.records import CheckResult, RunRecord
from pipelines.publishing.run_log import LoggedRun
from pipelines.publishing.schema import SchemaDeclarationError, load_schemas
from pipelines.publishing.sealing import Seal, load_contract, seal_build

LONG_AGO = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "w.duckdb"
    build(path, make_plan())
    return path


def own_run(path: Path) -> str:
    [(run_id,)] = ask(path, "SELECT run_id FROM quality.run")
    return str(run_id)


def test_a_build_bears_its_name_last_of_all(path: Path) -> None:
    run_id = own_run(path)
    before = read_run(path, run_id)
    assert before is not None
    assert before.build_id is None
    seal_build(path, Seal(run_id, "b1"))
    after = read_run(path, run_id)
    assert after is not None
    assert (after.build_id, after.started, after.removed) == ("b1", STARTED, 0)
    assert after.added


def test_earlier_runs_come_with_what_failed_in_them_and_the_oldest_go(path: Path) -> None:
    earlier = [
        LoggedRun(
            RunRecord(f"r{number}", LONG_AGO + timedelta(days=number), outcome="failed"),
            (CheckResult(f"r{number}", "shares_add_up", "arithmetic", "critical", False),),
        )
        for number in range(5)
    ]
    run_id = own_run(path)
    seal_build(path, Seal(run_id, "b1", earlier=earlier, kept_runs=3))
    runs = ask(path, "SELECT run_id FROM quality.run ORDER BY started")
    assert runs == [("r3",), ("r4",), (run_id,)]
    assert ask(path, "SELECT run_id, is_current FROM quality.check_result ORDER BY run_id") == [
        ("r3", False),
        ("r4", False),
    ]


def test_the_contract_names_what_is_declared_and_stands_in_the_file(path: Path) -> None:
    seal_build(path, Seal(own_run(path), "b1"))
    names = {schema.name for schema in load_schemas()}
    for schema in load_schemas():
        names |= {macro.full_name for macro in schema.macros}
        for relation in schema.relations:
            names.add(relation.full_name)
            names |= {f"{relation.full_name}.{name.name}" for name in relation.columns}
    lines = load_contract()
    for line in lines:
        assert line.subject in names or line.change == "removed", line.subject
    versions = list(dict.fromkeys(line.version for line in lines))
    assert versions == sorted(versions, reverse=True)
    assert ask(path, "SELECT count(*), max(version) FROM quality.contract") == [
        (len(lines), versions[0])
    ]


@pytest.mark.parametrize(
    "text",
    ["versions: [{added: {core: y}}]", "versions: 1", "versions: [{version: x, added: {core: y}}]"],
)
def test_a_contract_that_cannot_be_understood_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "contract.yml").write_text(text)
    monkeypatch.setattr(sealing, "sql_directory", lambda: tmp_path)
    with pytest.raises(SchemaDeclarationError, match=r"contract\.yml"):
        load_contract.__wrapped__()

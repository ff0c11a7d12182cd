"""The last touches of a build: what the run knows beside the facts, and the build's own name.

Belongs here: writing what was held and lost, former identifiers, earlier runs and the contract into
a file that is filled already. Does not belong here: facts (`build`), or what checks find of them.

All of it in one transaction, with the build id at its end: a file without one was cut short.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipelines.publishing.loading import insert_records
from pipelines.publishing.records import (
    CheckResult,
    ContractChange,
    Discrepancy,
    FormerId,
    Loss,
)
from pipelines.publishing.run_log import LoggedRun
from pipelines.publishing.schema import (
    SchemaDeclarationError,
    fact_tables,
    find_table,
    sql_directory,
)

DOCUMENT = "document"
"""Its row is followed like a fact's and counts as none: it changes when its file is only held."""

_CHANGES = ("added", "changed", "removed", "will_go")


@dataclass(frozen=True, slots=True)
class Seal:
    """What is written into a build when its facts are in it."""

    run_id: str
    build_id: str
    results: Sequence[CheckResult] = ()
    discrepancies: Sequence[Discrepancy] = ()
    losses: Sequence[Loss] = ()
    former_ids: Sequence[FormerId] = ()
    earlier: Sequence[LoggedRun] = ()
    kept_runs: int = 1000


def seal_build(path: Path, seal: Seal) -> None:
    """Write all of it, and the build's id last."""
    with duckdb.connect(str(path)) as connection:
        connection.begin()
        insert_records(connection, find_table("quality.check_result"), seal.results)
        insert_records(connection, find_table("quality.discrepancy"), seal.discrepancies)
        insert_records(connection, find_table("quality.loss"), seal.losses)
        insert_records(connection, find_table("quality.former_id"), seal.former_ids)
        insert_records(connection, find_table("quality.contract"), load_contract())
        add_earlier_runs(connection, seal.earlier)
        _run_statements(connection, "follow_former_ids", {})
        _run_statements(
            connection, "forget_oldest_runs", {"run_id": seal.run_id, "kept": seal.kept_runs}
        )
        _count_changes(connection, seal.run_id)
        connection.execute(
            "UPDATE quality.run SET build_id = ? WHERE run_id = ?", [seal.build_id, seal.run_id]
        )
        connection.commit()
        connection.execute("CHECKPOINT")


def _run_statements(
    connection: duckdb.DuckDBPyConnection, name: str, values: Mapping[str, object]
) -> None:
    text = (sql_directory() / "build" / f"{name}.sql").read_text(encoding="utf-8")
    for statement in text.split(";\n"):
        used = {key: value for key, value in values.items() if f"${key}" in statement}
        connection.execute(statement, used)


def _count_changes(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """How many facts came, went and changed; in a first version all of them came."""
    rows = connection.execute(
        "SELECT change, count(DISTINCT (fact_kind, fact_id)) FROM quality.fact_change "
        f"WHERE fact_kind <> '{DOCUMENT}' GROUP BY 1"
    ).fetchall()
    counts: dict[str, int] = dict(rows)
    earlier = connection.execute("SELECT 1 FROM quality.run WHERE published LIMIT 1").fetchone()
    if earlier is None and not counts:
        for table in fact_tables():
            if table.fact_id is not None and table.name != DOCUMENT:
                found = connection.execute(f"SELECT count(*) FROM {table.full_name}").fetchone()
                counts["added"] = counts.get("added", 0) + (int(found[0]) if found else 0)
    connection.execute(
        "UPDATE quality.run SET added = ?, removed = ?, changed = ? WHERE run_id = ?",
        [*(counts.get(change, 0) for change in ("added", "removed", "changed")), run_id],
    )


def add_earlier_runs(connection: duckdb.DuckDBPyConnection, earlier: Sequence[LoggedRun]) -> None:
    """Add the logged runs that the file does not know yet, with what failed in them."""
    known = {name for (name,) in connection.execute("SELECT run_id FROM quality.run").fetchall()}
    new = [logged for logged in earlier if logged.run.run_id not in known]
    insert_records(connection, find_table("quality.run"), [logged.run for logged in new])
    insert_records(
        connection,
        find_table("quality.check_result"),
        [replace(row, is_current=False) for logged in new for row in logged.failures],
    )


@cache
def load_contract() -> tuple[ContractChange, ...]:
    """The lines of `sql/schema/contract.yml`, the newest version first.

    Raises SchemaDeclarationError for an entry that does not say what it has to.
    """
    path = sql_directory() / "schema" / "contract.yml"
    content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        lines = tuple(
            ContractChange(int(version["version"]), change, str(subject), str(says))
            for version in content["versions"]
            for change in _CHANGES
            for subject, says in (version.get(change) or {}).items()
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SchemaDeclarationError(f"{path.name}: {error!r}") from error
    return lines

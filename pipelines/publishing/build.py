"""A new warehouse file, complete: tables, facts, dimensions, views, comments.

Belongs here: the order in which a file is filled, and the last touches once it was checked.
Does not belong here: replacing the published file (`publish`), or judging what was loaded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import chain
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.facts import DocumentFacts, HeldLine, Link, LinkCandidate
from pipelines.publishing.account import read_run
from pipelines.publishing.carry_over import (
    PREVIOUS,
    attached_previous,
    carry_over,
    previous_columns,
)
from pipelines.publishing.changes import find_changes
from pipelines.publishing.loading import LoadError, insert_columns, insert_frame, insert_records
from pipelines.publishing.publish import remove_build
from pipelines.publishing.records import (
    BuildSummary,
    CheckResult,
    Discrepancy,
    QuarantinedDocument,
    RunRecord,
    SignedDiscrepancy,
)
from pipelines.publishing.schema import (
    comment_statements,
    dimension_tables,
    fact_tables,
    find_table,
    macro_statements,
    sql_directory,
    table_statements,
    view_statements,
)

_BLOCK_BYTES = "16384"
"""The smallest there is: many small tables in blocks of the default 256 kB are mostly air."""


@dataclass(frozen=True)
class Content:
    """All that goes into a new file.

    `dimensions` maps the names of the dimension tables (`region`, `unit`, …) to frames with their
    columns. `held` names documents whose facts are not to go out: like those of `quarantined` ones,
    their last good version is copied from the published file; without one, only the document's row
    stands. `vanished` names documents that are held though no facts of them came. `extracted_at`
    says when facts were read where that was not in this run. The order of `facts` does not matter.
    """

    facts: Sequence[DocumentFacts]
    run: RunRecord
    dimensions: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    links: Sequence[Link] = ()
    candidates: Sequence[LinkCandidate] = ()
    accepted: Sequence[SignedDiscrepancy] = ()
    quarantined: Sequence[QuarantinedDocument] = ()
    held_lines: Sequence[HeldLine] = ()
    held: Collection[str] = ()
    vanished: Collection[str] = ()
    extracted_at: Mapping[str, datetime] = field(default_factory=dict)

    @cached_property
    def ordered(self) -> list[DocumentFacts]:
        """The facts by the ids of their documents."""
        return sorted(self.facts, key=lambda item: item.document.document_id)

    @cached_property
    def statuses(self) -> dict[str, str]:
        """What becomes of the documents whose new facts do not go out."""
        held = dict.fromkeys((*self.held, *self.vanished), "held")
        return held | {refused.document_id: "quarantined" for refused in self.quarantined}

    @property
    def good(self) -> list[DocumentFacts]:
        """The facts that go out."""
        return [i for i in self.ordered if i.document.document_id not in self.statuses]


def build_warehouse(path: Path, content: Content, previous: Path | None = None) -> BuildSummary:
    """Write a new warehouse to `path` (replacing what a former build left there) and close it.

    `previous` is the published file. Documents are loaded by id, their facts as the source has
    them. Raises LoadError, PreviousFileError, SchemaDeclarationError.
    """
    unknown = set(content.held) - {item.document.document_id for item in content.facts}
    if unknown:
        raise LoadError("unknown_document", f"held, but not among the facts: {sorted(unknown)}")

    remove_build(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    run, statuses = content.run, content.statuses
    with duckdb.connect(str(path), config={"default_block_size": _BLOCK_BYTES}) as connection:
        _execute_at_once(connection, table_statements())
        _load_new(connection, content)
        with attached_previous(connection, previous) as has_previous:
            carried: tuple[str, ...] = ()
            if has_previous:
                carried = carry_over(connection, sorted(statuses), statuses)
                _copy_earlier_runs(connection, run.run_id)
                _copy_earlier_failures(connection, run.run_id)
            withheld = tuple(name for name in sorted(statuses) if name not in carried)
            _load_withheld(connection, withheld, content.ordered, content.quarantined)
            _load_quarantine(connection, content.quarantined, run.started, has_previous)
            dropped = _drop_dangling_links(connection)
            changes = find_changes(connection) if has_previous else ()
        insert_records(connection, find_table("quality.fact_change"), changes)

        rows = _count_rows(connection)
        insert_records(connection, find_table("quality.run"), [run])
        connection.execute(
            "UPDATE quality.run SET documents = ?, facts = ? WHERE run_id = ?",
            [dict(rows)["core.document"], sum(count for _, count in rows), run.run_id],
        )
        made = chain(view_statements(), macro_statements(), comment_statements())
        _execute_at_once(connection, made)
        connection.execute("CHECKPOINT")
    return BuildSummary(rows, carried, withheld, dropped, len(changes))


def _load_new(connection: duckdb.DuckDBPyConnection, content: Content) -> None:
    """What this run found, before anything of the last version is added."""
    for name, frame in content.dimensions.items():
        if name not in {table.name for table in dimension_tables()}:
            raise LoadError("unknown_dimension", f"no dimension table core.{name} is declared")
        insert_frame(connection, find_table(f"core.{name}"), frame)
    _load_facts(connection, content.good, content.run.started, content.extracted_at)
    _load_links(connection, content.links, content.candidates, content.statuses)
    insert_records(connection, find_table("quality.accepted_discrepancy"), content.accepted)
    _load_notices(connection, content.ordered)
    insert_records(connection, find_table("quality.held_line"), content.held_lines)


def finish_build(
    path: Path,
    run_id: str,
    finished: datetime,
    *,
    is_published: bool,
    check_results: Sequence[CheckResult] = (),
    discrepancies: Sequence[Discrepancy] = (),
) -> RunRecord:
    """Write into a built, checked file what earlier builds of the run found and that it is over.

    `check_results` and `discrepancies` take the place of what those builds left. Returns the run
    as it stands in the file now.
    """
    statement = (sql_directory() / "build" / "finish_run.sql").read_text(encoding="utf-8")
    with duckdb.connect(str(path)) as connection:
        connection.begin()
        connection.execute(
            "DELETE FROM quality.check_result WHERE is_current AND build_id IS DISTINCT FROM "
            "(SELECT build_id FROM quality.run WHERE run_id = ?)",
            [run_id],
        )
        insert_records(connection, find_table("quality.check_result"), check_results)
        connection.execute("DELETE FROM quality.discrepancy")
        insert_records(connection, find_table("quality.discrepancy"), discrepancies)
        connection.execute(
            statement,
            {"finished": finished.isoformat(), "published": is_published, "run_id": run_id},
        )
        connection.commit()
        connection.execute("CHECKPOINT")
    record = read_run(path, run_id)
    if record is None:
        raise LoadError("unknown_run", f"{path} holds no run {run_id}")
    return record


def _execute_at_once(connection: duckdb.DuckDBPyConnection, statements: Iterable[str]) -> None:
    """Some hundred statements in one transaction and one call: each alone would wait."""
    connection.begin()
    connection.execute(";\n".join(statements))
    connection.commit()


def _load_facts(
    connection: duckdb.DuckDBPyConnection,
    facts: Sequence[DocumentFacts],
    read_now: datetime,
    read_at: Mapping[str, datetime],
) -> None:
    insert_records(
        connection,
        find_table("core.document"),
        [item.document for item in facts],
        {
            "extracted_at": [read_at.get(item.document.document_id, read_now) for item in facts],
            "status": ["published"] * len(facts),
        },
    )
    for table, rows in (
        ("commitment", [row for item in facts for row in item.commitments]),
        ("target", [row for item in facts for row in item.targets]),
        ("milestone", [row for item in facts for row in item.milestones]),
        ("report", [row for item in facts for row in item.reports]),
        ("statement", [row for item in facts for row in item.statements]),
        ("responsibility", [row for item in facts for row in item.responsibilities]),
        ("figure", [row for item in facts for row in item.figures]),
    ):
        insert_records(connection, find_table(f"core.{table}"), rows)
    insert_records(
        connection,
        find_table("core.allocation"),
        [row for item in facts for row in item.allocations],
        {"document_id": [item.document.document_id for item in facts for _ in item.allocations]},
    )


def _load_links(
    connection: duckdb.DuckDBPyConnection,
    links: Sequence[Link],
    candidates: Sequence[LinkCandidate],
    statuses: Mapping[str, str],
) -> None:
    insert_records(
        connection,
        find_table("core.link"),
        [link for link in links if link.document_id not in statuses],
    )
    insert_records(connection, find_table("quality.link_candidate"), candidates)


def _load_notices(connection: duckdb.DuckDBPyConnection, facts: Sequence[DocumentFacts]) -> None:
    insert_records(
        connection,
        find_table("quality.notice"),
        [row for item in facts for row in item.notices],
        {
            "notice_id": [
                f"{item.document.document_id}/notice/{number:04d}"
                for item in facts
                for number, _ in enumerate(item.notices, start=1)
            ]
        },
    )


def _load_withheld(
    connection: duckdb.DuckDBPyConnection,
    withheld: Sequence[str],
    facts: Sequence[DocumentFacts],
    quarantined: Sequence[QuarantinedDocument],
) -> None:
    """The row alone of documents that have no good version yet."""
    table = find_table("core.document")
    documents = [item.document for item in facts if item.document.document_id in withheld]
    # A file may be read one day and refused the next; refusal has the last word.
    refused = [document for document in quarantined if document.document_id in withheld]
    names = {document.document_id for document in refused}
    documents = [document for document in documents if document.document_id not in names]
    insert_records(connection, table, documents, {"status": ["held"] * len(documents)})
    insert_columns(
        connection,
        table,
        {
            "document_id": [document.document_id for document in refused],
            "file_name": [document.file_name for document in refused],
            "sha256": [document.sha256 for document in refused],
            "status": ["quarantined"] * len(refused),
        },
    )


def _load_quarantine(
    connection: duckdb.DuckDBPyConnection,
    quarantined: Sequence[QuarantinedDocument],
    seen_now: datetime,
    has_previous: bool,
) -> None:
    table = find_table("quality.quarantine")
    seen_before: dict[tuple[str, str], str] = {}
    if has_previous and previous_columns(connection, table):
        for document_id, sha256, first_seen in connection.execute(
            "SELECT document_id, sha256, CAST(first_seen AS VARCHAR) "
            f"FROM {PREVIOUS}.quality.quarantine"
        ).fetchall():
            seen_before[(document_id, sha256)] = first_seen
    ordered = sorted(quarantined, key=lambda document: document.document_id)
    insert_records(
        connection,
        table,
        ordered,
        {
            "first_seen": [
                seen_before.get((document.document_id, document.sha256), seen_now)
                for document in ordered
            ]
        },
    )


def _copy_earlier_runs(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    table = find_table("quality.run")
    names = ", ".join(f'"{name}"' for name in previous_columns(connection, table))
    if names:
        connection.execute(
            f"INSERT INTO {table.full_name} ({names}) SELECT {names} "
            f"FROM {PREVIOUS}.{table.full_name} WHERE run_id <> ? ORDER BY started, run_id",
            [run_id],
        )


def _copy_earlier_failures(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """What failed in earlier runs; of a run that publishes again, nothing."""
    table = find_table("quality.check_result")
    names = [name for name in previous_columns(connection, table) if name != "is_current"]
    if names:
        told = ", ".join(f'"{name}"' for name in names)
        connection.execute(
            f"INSERT INTO {table.full_name} ({told}, is_current) SELECT {told}, false "
            f"FROM {PREVIOUS}.{table.full_name} WHERE NOT success AND run_id <> ?",
            [run_id],
        )


def _drop_dangling_links(connection: duckdb.DuckDBPyConnection) -> int:
    """End the joins to facts that are not in this file; return how many there were."""
    dropped = 0
    for name in ("unlink_missing_targets", "unlink_statements", "drop_missing_links"):
        statement = (sql_directory() / "build" / f"{name}.sql").read_text(encoding="utf-8")
        row = connection.execute(statement).fetchone()
        dropped += int(row[0]) if row else 0
    return dropped


def _count_rows(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, int], ...]:
    counts = []
    for table in fact_tables():
        row = connection.execute(f"SELECT count(*) FROM {table.full_name}").fetchone()
        counts.append((table.full_name, int(row[0]) if row else 0))
    return tuple(counts)

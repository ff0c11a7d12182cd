"""An earlier version, published again.

Belongs here: making of a kept version the published one, in one step, and saying so in the file.
Does not belong here: which versions there are (`versions`).

What is published is the old version and one more row of `quality.run`: who reads the file sees that
it was rolled back, and the next run sees that what lies there now was published once and is not
wanted. So nothing is refreshed until a source, a signature or the code has changed, or a person
asks for it.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.errors import PipelineError
from pipelines.publishing.account import read_run
from pipelines.publishing.opening import open_read_only
from pipelines.publishing.publish import new_path, publish, reject, run_lock
from pipelines.publishing.records import RunRecord
from pipelines.publishing.run_log import earlier_runs, log_run, read_log
from pipelines.publishing.schema import sql_directory
from pipelines.publishing.versions import find_damage, find_version, keep_version, prune_versions


class UnsoundVersionError(PipelineError):
    """A kept version must not be published again: it is damaged, or nobody knows its checks."""

    def __init__(self, message: str) -> None:
        super().__init__("unsound_version", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


def roll_back(published: Path, version: str, run_id: str, *, kept: int) -> RunRecord:
    """Publish a kept version again, as the run `run_id`; return that run.

    `kept` is how many versions stay behind it.

    Raises:
        UnknownVersionError: there is no such version.
        UnsoundVersionError: it is damaged, or lacks the results of its checks.
        PublishError: a refresh is at work, or the file could not be replaced.
    """
    from pipelines.publishing.loading import insert_records
    from pipelines.publishing.schema import find_table
    from pipelines.publishing.sealing import add_earlier_runs

    started = datetime.now(UTC)
    with run_lock(published):
        source = find_version(published, version)
        if source == published:
            raise UnsoundVersionError(f"Version {version} is the one that is published.")
        made_by = _require_checked(source, version)
        new = new_path(published)
        try:
            new.with_name(new.name + ".wal").unlink(missing_ok=True)
            shutil.copyfile(source, new)
            record = replace(
                made_by,
                run_id=run_id,
                started=started,
                finished=datetime.now(UTC),
                outcome="rolled_back",
                message=f"Rolled back to version {version}",
                published=True,
                fingerprint=_find_fingerprint(published),
            )
            with duckdb.connect(str(new)) as connection:
                add_earlier_runs(connection, earlier_runs(published, run_id))
                added, removed, changed = _note_changes(connection, published)
                record = replace(record, added=added, removed=removed, changed=changed)
                insert_records(connection, find_table("quality.run"), [record])
                connection.execute("CHECKPOINT")
            keep_version(published)
            publish(new, published)
        except BaseException:
            reject(new, published)
            raise
        log_run(published, record)
        prune_versions(published, kept)
    return record


def _require_checked(source: Path, version: str) -> RunRecord:
    """The run that made a version, once it is whole and its checks are known."""
    damage = find_damage(source)
    if damage is not None:
        raise UnsoundVersionError(f"Version {version} is damaged ({damage}).")
    run = read_run(source)
    if run is None or run.build_id is None:
        raise UnsoundVersionError(
            f"Version {version} was published by a version of the software that did not record "
            "which build its checks looked at, so nobody knows what was checked."
        )
    with open_read_only(source) as connection:
        statement = (sql_directory() / "build" / "faults_of_version.sql").read_text("utf-8")
        row = connection.execute(statement, {"build_id": run.build_id}).fetchone()
    checked, faults = row or (0, 0)
    if not checked or faults:
        raise UnsoundVersionError(
            f"Version {version} has {checked} results of checks, of which {faults} forbid to "
            "publish it."
        )
    return run


def _find_fingerprint(published: Path) -> str | None:
    """What the version that is rolled back from was made of, from the file or else from the log."""
    run = read_run(published) if published.exists() else None
    if run is not None:
        return run.fingerprint
    logged = [entry.run for entry in read_log(published) if entry.run.published]
    return logged[-1].fingerprint if logged else None


def _note_changes(connection: duckdb.DuckDBPyConnection, published: Path) -> tuple[int, int, int]:
    """Write what the old version says that the published one does not; count the facts."""
    from pipelines.publishing.carry_over import attached_previous
    from pipelines.publishing.changes import find_changes
    from pipelines.publishing.loading import insert_records
    from pipelines.publishing.schema import find_table
    from pipelines.publishing.sealing import DOCUMENT

    with attached_previous(connection, published) as has_previous:
        changes = find_changes(connection) if has_previous else ()
    connection.execute("DELETE FROM quality.fact_change")
    insert_records(connection, find_table("quality.fact_change"), changes)
    added, removed, changed = (
        len(
            {
                (one.fact_kind, one.fact_id)
                for one in changes
                if one.change == change and one.fact_kind != DOCUMENT
            }
        )
        for change in ("added", "removed", "changed")
    )
    return added, removed, changed

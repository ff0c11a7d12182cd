"""What a warehouse file says of the run that made it, whatever version of the software that was.

Belongs here: reading a run back from `quality.run`, and whose names its documents bear. Does not
belong here: what a person is told of it (`pipelines.console.summary`). Imports duckdb alone.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.publishing.opening import open_read_only
from pipelines.publishing.records import RunRecord

_TIMES = ("started", "finished")


def read_run(path: Path, run_id: str | None = None) -> RunRecord | None:
    """A run as a file tells it, by default the one that published it; None where it cannot say."""
    try:
        with open_read_only(path) as connection:
            found = connection.execute(
                "SELECT column_name FROM duckdb_columns() "
                "WHERE schema_name = 'quality' AND table_name = 'run'"
            ).fetchall()
            names = [part.name for part in fields(RunRecord) if (part.name,) in found]
            # A time with a zone comes as seconds: reading it as such needs a library not ours.
            told = ", ".join(f"epoch({n})" if n in _TIMES else n for n in names)
            condition, values = ("run_id = ?", [run_id]) if run_id else ("published", [])
            row = connection.execute(
                f"SELECT {told} FROM quality.run WHERE {condition} "
                "ORDER BY started DESC, run_id DESC LIMIT 1",
                values,
            ).fetchone()
    except duckdb.Error:
        return None
    if row is None:
        return None
    values_by_name: dict[str, Any] = dict(zip(names, row, strict=True))
    for name in _TIMES:
        seconds = values_by_name.get(name)
        if seconds is not None:
            values_by_name[name] = datetime.fromtimestamp(seconds, UTC)
    return RunRecord(**values_by_name)


def read_incumbents(published: Path) -> dict[str, str]:
    """File names by document id, of the documents that the published file has facts of.

    Empty where there is no file, or one that cannot be asked.
    """
    if not published.is_file():
        return {}
    try:
        with open_read_only(published) as connection:
            return dict(
                connection.execute(
                    "SELECT document_id, file_name FROM core.document WHERE document_id IN ("
                    "SELECT document_id FROM core.commitment "
                    "UNION SELECT document_id FROM core.report)"
                ).fetchall()
            )
    except duckdb.Error:
        return {}

"""What disagrees in a built file, and what a person signed of it.

Belongs here: reading the verdicts of the views back, and signatures as rows. Does not belong here:
the arithmetic (`sql/claims`, `sql/marts/reconciliation.sql`), or reading the signatures' file.
Imports duckdb alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from pipelines.publishing.opening import open_read_only
from pipelines.publishing.records import Discrepancy, SignedDiscrepancy
from pipelines.publishing.schema import sql_directory
from pipelines.sources import AcceptedDiscrepancy


def signed_discrepancies(
    accepted: Iterable[AcceptedDiscrepancy],
) -> tuple[SignedDiscrepancy, ...]:
    """Signatures as they stand in `raw/accepted_discrepancies.yml`, as rows of the warehouse."""
    return tuple(
        SignedDiscrepancy(
            document_id=entry.document,
            target_id=entry.target,
            check_name=entry.check,
            expected=entry.expected,
            actual=entry.actual,
            reason=entry.reason,
            signed_on=entry.signed_on,
            signed_by=entry.signed_by,
        )
        for entry in accepted
    )


def read_discrepancies(path: Path) -> tuple[Discrepancy, ...]:
    """Every claim of a built file that disagrees, signed (`accepted`) or not (`disagrees`), and
    every signature that matches nothing found (`stale`).

    This is what `quality.discrepancy` is filled with, and what holds a document back.
    """
    statement = (sql_directory() / "build" / "discrepancies.sql").read_text(encoding="utf-8")
    with open_read_only(path) as connection:
        rows: list[tuple[Any, ...]] = connection.execute(statement).fetchall()
    return tuple(Discrepancy(*row) for row in rows)


def read_kept_discrepancies(path: Path) -> tuple[Discrepancy, ...]:
    """What earlier builds of the run left of their disagreements in a built file."""
    names = ", ".join(part.name for part in fields(Discrepancy))
    with open_read_only(path) as connection:
        rows = connection.execute(f"SELECT {names} FROM quality.discrepancy").fetchall()
    return tuple(Discrepancy(*row) for row in rows)

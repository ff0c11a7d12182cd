"""Facts that no table could take, found before any table is asked.

Belongs here: what would make the database refuse a whole load because of one document: a key twice,
a required value missing, a number with more places than its column. Found here, it costs that
document alone. Does not belong here: anything that a loaded table can be asked (`rules.yml`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from pipelines.facts import DocumentFacts
from pipelines.publishing.schema import Table, fact_tables


@dataclass(frozen=True, slots=True)
class Misfit:
    """A document's rows that a table would refuse; `check` names what they break."""

    document_id: str
    check: str
    table: str
    message: str
    rows: tuple[dict[str, Any], ...]


def find_misfits(facts: Sequence[DocumentFacts]) -> tuple[Misfit, ...]:
    """Every misfit of every document, in the order given."""
    by_record = {table.record: table for table in fact_tables()}
    return tuple(
        misfit
        for item in facts
        for records in _group_records(item)
        if (table := by_record.get(type(records[0]).__name__)) is not None
        for misfit in _look_at(item.document.document_id, table, records)
    )


def _group_records(item: DocumentFacts) -> Iterator[tuple[Any, ...]]:
    for field in fields(item):
        value = getattr(item, field.name)
        records = value if isinstance(value, tuple) else (value,)
        if records:
            yield records


def _look_at(document_id: str, table: Table, records: tuple[Any, ...]) -> Iterator[Misfit]:
    def tell(check: str, problem: str, offending: list[Any]) -> Misfit:
        return Misfit(
            document_id=document_id,
            check=f"{table.name}_{check}",
            table=table.full_name,
            message=f"{problem}. An error of the reading: please report it with the file.",
            rows=tuple(_describe(record, table) for record in offending),
        )

    keys = Counter(_key(record, table) for record in records)
    repeated = [record for record in records if keys[_key(record, table)] > 1]
    if repeated:
        yield tell("is_there_once", f"{len(repeated)} rows share their {table.key[-1]}", repeated)
    required = [
        column.name
        for column in table.columns
        if column.is_required and not column.is_filled_by_build
    ]
    empty = [
        record for record in records if any(getattr(record, name) is None for name in required)
    ]
    if empty:
        yield tell("is_complete", f"{len(empty)} rows lack a value they must have", empty)
    places = {
        column.name: _read_places(column.type)
        for column in table.columns
        if column.type.startswith("DECIMAL")
        and not column.is_rounded
        and not column.is_filled_by_build
    }
    inexact = [
        record
        for record in records
        if any(not _fits(getattr(record, name), size) for name, size in places.items())
    ]
    if inexact:
        yield tell(
            "is_exact", f"{len(inexact)} rows have a number that the column cannot hold", inexact
        )


def _key(record: Any, table: Table) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in table.key)


def _describe(record: Any, table: Table) -> dict[str, Any]:
    names = dict.fromkeys((*table.key, "as_printed"))
    return {name: str(getattr(record, name)) for name in names if hasattr(record, name)}


def _read_places(type_: str) -> tuple[int, int]:
    """Digits in all, and after the point, of a `DECIMAL(20,4)`."""
    digits, places = type_.removeprefix("DECIMAL(").rstrip(")").split(",")
    return int(digits), int(places)


def _fits(value: Decimal | None, size: tuple[int, int]) -> bool:
    if value is None:
        return True
    digits, places = size
    try:
        rounded = value.quantize(Decimal(1).scaleb(-places))
    except InvalidOperation:
        return False
    return rounded == value and abs(value) < Decimal(10) ** (digits - places)

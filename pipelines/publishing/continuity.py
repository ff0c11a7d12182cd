"""What became of the facts that are published: found again, under another identifier, or lost.

Belongs here: holding the facts of a run against those of the published file, document by document.
Does not belong here: whether a loss may go out (`losses`), or what a version says anew (`changes`).

A fact is found again if its identifier is there, or else if its document still says the same words
in a fact of the same kind: a line that moved is no loss. One that stands at the same place in the
same words under another identifier bears a new name, and what names the old one follows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.facts import DocumentFacts
from pipelines.publishing.carry_over import unreadable
from pipelines.publishing.opening import open_read_only
from pipelines.publishing.records import FormerId
from pipelines.publishing.schema import Table, fact_tables, find_table

if TYPE_CHECKING:
    import duckdb

_PLACE = ("page", "table_no", "row_no", "col_no", "char_start")
_WORDS = ("as_printed", "title")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document is; another kind, region or year makes another document of it."""

    file_name: str
    sha256: str
    kind: str | None
    region_code: str | None
    plan_year: str | None

    def differences(self, now: Identity) -> tuple[str, ...]:
        """What was known and is something else now, in words."""
        pairs = (
            ("kind", self.kind, now.kind),
            ("region", self.region_code, now.region_code),
            ("year", self.plan_year, now.plan_year),
        )
        return tuple(
            f"its {name} was {old} and is {new or 'unknown'}"
            for name, old, new in pairs
            if old is not None and old != new
        )


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact as far as it can be found again: by identifier, by words, by place."""

    kind: str
    fact_id: str
    printed: str
    place: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """All documents of a file or a run: what each is, and what it states."""

    identities: Mapping[str, Identity] = field(default_factory=dict)
    stated: Mapping[str, Sequence[StatedFact]] = field(default_factory=dict)
    former: tuple[FormerId, ...] = ()


def read_published(path: Path) -> Edition:
    """What the published file states; nothing where there is none.

    Raises PreviousFileError where it cannot be asked.
    """
    import duckdb

    if not path.exists():
        return Edition()
    try:
        with open_read_only(path) as connection:
            return _read_edition(connection)
    except duckdb.Error as error:
        raise unreadable(path, error) from error


def read_run(facts: Iterable[DocumentFacts]) -> Edition:
    """What the documents of a run state, before any of it is in a file."""
    by_record = {table.record: table for table in _stating_tables()}
    identities: dict[str, Identity] = {}
    stated: dict[str, list[StatedFact]] = {}
    for item in facts:
        document_id = item.document.document_id
        identities[document_id] = _identify(_as_row(item.document))
        places = {figure.figure_id: _place_of(_as_row(figure)) for figure in item.figures}
        found = stated.setdefault(document_id, [])
        for records in _record_tuples(item):
            table = by_record.get(type(records[0]).__name__)
            if table is not None:
                found += [_state(table, _as_row(record), places) for record in records]
    return Edition(identities, stated)


def find_lost(before: Sequence[StatedFact], now: Sequence[StatedFact]) -> list[StatedFact]:
    """The facts that are found no more, neither by identifier nor by their words."""
    still = {(fact.kind, fact.fact_id) for fact in now}
    known = {(fact.kind, fact.fact_id) for fact in before}
    said = Counter(
        (fact.kind, fact.printed) for fact in now if (fact.kind, fact.fact_id) not in known
    )
    lost = []
    for fact in before:
        if (fact.kind, fact.fact_id) in still:
            continue
        if said[(fact.kind, fact.printed)]:
            said[(fact.kind, fact.printed)] -= 1
        else:
            lost.append(fact)
    return lost


def find_former_ids(
    published: Edition, run: Edition, run_id: str, left_out: Iterable[str] = ()
) -> tuple[FormerId, ...]:
    """Every identifier that a fact bore before, in this run's change or in an earlier one.

    `left_out` are documents whose published version stays: their facts keep their names.
    """
    staying = set(left_out)
    renamed: dict[tuple[str, str], FormerId] = {}
    for document_id, before in published.stated.items():
        if document_id not in staying:
            for old, new in _match_places(before, run.stated.get(document_id, ())):
                renamed[(old.kind, old.fact_id)] = FormerId(
                    old.kind, old.fact_id, new.fact_id, document_id, run_id
                )
    there = {
        (fact.kind, fact.fact_id)
        for edition, is_run in ((run, True), (published, False))
        for document_id, stated in edition.stated.items()
        if is_run is (document_id not in staying)
        for fact in stated
    }
    former = dict(renamed)
    for earlier in published.former:
        follows = renamed.get((earlier.fact_kind, earlier.fact_id))
        current = follows.fact_id if follows else earlier.fact_id
        if (earlier.fact_kind, current) in there:
            key = (earlier.fact_kind, earlier.former_id)
            former.setdefault(
                key,
                FormerId(*key, current, earlier.document_id, earlier.changed_by),
            )
    # A name that is borne again speaks for itself.
    return tuple(former[key] for key in sorted(former) if key not in there)


def _match_places(
    before: Sequence[StatedFact], now: Sequence[StatedFact]
) -> Iterator[tuple[StatedFact, StatedFact]]:
    """Pairs of a fact that is gone and the only new one in its place and words."""

    def alone(
        stated: Sequence[StatedFact], others: Sequence[StatedFact]
    ) -> dict[tuple[object, ...], StatedFact]:
        known = {(fact.kind, fact.fact_id) for fact in others}
        rest = [fact for fact in stated if (fact.kind, fact.fact_id) not in known]
        count = Counter((fact.kind, fact.printed, fact.place) for fact in rest)
        keyed = {(fact.kind, fact.printed, fact.place): fact for fact in rest}
        return {key: fact for key, fact in keyed.items() if count[key] == 1}

    gone, new = alone(before, now), alone(now, before)
    for key in gone.keys() & new.keys():
        yield gone[key], new[key]


def _read_edition(connection: duckdb.DuckDBPyConnection) -> Edition:
    identities = {
        row["document_id"] or "": _identify(row)
        for row in _read_rows(connection, find_table("core.document"))
    }
    places = {
        row["figure_id"] or "": _place_of(row)
        for row in _read_rows(connection, find_table("core.figure"))
    }
    stated: dict[str, list[StatedFact]] = {}
    for table in _stating_tables():
        for row in _read_rows(connection, table):
            stated.setdefault(row["document_id"] or "", []).append(_state(table, row, places))
    former = [
        FormerId(**{name: value or "" for name, value in row.items()})
        for row in _read_rows(connection, find_table("quality.former_id"))
    ]
    return Edition(identities, stated, tuple(former))


def _stating_tables() -> tuple[Table, ...]:
    """The tables whose rows are facts that somebody may miss: all but the documents themselves."""
    return tuple(
        table for table in fact_tables() if table.fact_id is not None and table.name != "document"
    )


def _record_tuples(item: DocumentFacts) -> Iterator[tuple[Any, ...]]:
    for part in fields(item):
        value = getattr(item, part.name)
        if isinstance(value, tuple) and value:
            yield value


def _as_row(record: Any) -> dict[str, str | None]:
    values = {part.name: getattr(record, part.name) for part in fields(record)}
    return {name: None if value is None else str(value) for name, value in values.items()}


def _read_rows(
    connection: duckdb.DuckDBPyConnection, table: Table
) -> Iterator[dict[str, str | None]]:
    """The rows as text, with the columns that this file has; none where it lacks the table."""
    found = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE schema_name = ? AND table_name = ?",
        [table.schema, table.name],
    ).fetchall()
    columns = [name for name in table.column_names if (name,) in found]
    if not set(table.key) <= set(columns):
        return
    names = ", ".join(f'CAST("{name}" AS VARCHAR)' for name in columns)
    for row in connection.execute(f"SELECT {names} FROM {table.full_name}").fetchall():
        yield dict(zip(columns, row, strict=True))


def _identify(row: Mapping[str, str | None]) -> Identity:
    return Identity(
        file_name=row.get("file_name") or "",
        sha256=row.get("sha256") or "",
        kind=row.get("kind"),
        region_code=row.get("region_code"),
        plan_year=row.get("plan_year"),
    )


def _place_of(row: Mapping[str, str | None]) -> tuple[str | None, ...]:
    return tuple(row.get(name) for name in _PLACE)


def _state(
    table: Table,
    row: Mapping[str, str | None],
    places: Mapping[str, tuple[str | None, ...]],
) -> StatedFact:
    printed = next((row[name] for name in _WORDS if row.get(name) is not None), "")
    place = places.get(row.get("figure_id") or "") or _place_of(row)
    return StatedFact(table.name, str(table.fact_id).format(**row), printed or "", place)

"""Every number on every page stands in the published file, or counts what stands there.

A number in `<data>` says what it is of, and is asked of the file again, by SQL of its own. Any
other text with a digit in it has to be a text of the file, letter for letter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.site.words import load_words
from tests.pipelines.site.conftest import Site
from tests.pipelines.site.page_reader import Page

pytestmark = pytest.mark.slow

Values = dict[tuple[str, str], dict[str, set[Any]]]
"""By relation and column, by key: what the file says, asked once a column."""

KEYS = {
    "core.figure": "figure_id",
    "core.report": "report_id",
    "core.target": "target_id",
    "marts.allocation": "target_id || '@' || region_code",
    "marts.attainment": "target_id",
    "marts.district_scorecard": "region_code || '#' || plan_year",
    "marts.milestone_schedule": "target_id || '#' || milestone_id",
    "marts.reconciliation": "check_name || '#' || subject_id",
}
COUNTED = ("core.commitment", "marts.attainment", "marts.reconciliation", "marts.change")
CONDITIONS = {
    "document_id": "a.document_id IS NOT DISTINCT FROM $value",
    "lead": (
        "(SELECT count(*) FROM core.responsibility r WHERE r.commitment_id = a.commitment_id AND "
        "r.role = 'lead' AND coalesce(r.target_id, a.target_id) = a.target_id AND "
        "($value IS NULL OR r.organization = $value)) {sign} 0"
    ),
    "reason": "coalesce(a.status_reason, a.basis) = $value",
    "region_code": "a.region_code IS NOT DISTINCT FROM $value",
    "status": "a.status = $value",
    "theme": (
        "(SELECT theme FROM core.indicator i WHERE i.indicator_id = a.indicator_id) "
        "IS NOT DISTINCT FROM $value"
    ),
    "year": "CAST(a.plan_year AS VARCHAR) IS NOT DISTINCT FROM $value",
}
PROMISED = (
    "(SELECT coalesce(c.standing, CASE d.kind WHEN 'voting_list' THEN 'proposed' END, 'adopted') "
    "FROM commitment c JOIN core.document d ON d.document_id = c.document_id "
    "WHERE c.commitment_id = a.commitment_id) {sign} 'proposed'"
)
LATER = {"core.commitment": ("standing",), "marts.attainment": ("status_reason",)}
"""Columns that files may lack."""


@pytest.fixture(scope="module")
def connection(site: Site) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(site.warehouse), read_only=True) as opened:
        # Views that are counted hundreds of times are worked out once.
        for relation in COUNTED:
            name = relation.partition(".")[2]
            opened.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM {relation}")
            for column in LATER.get(relation, ()):
                opened.execute(f"ALTER TABLE {name} ADD COLUMN IF NOT EXISTS {column} VARCHAR")
        yield opened


def list_numbers(pages: dict[Path, Page]) -> Iterator[tuple[Path, str, dict[str, str]]]:
    for path, page in pages.items():
        for text, within in page.texts:
            for tag, attributes in within:
                if tag == "data":
                    yield path, text, attributes


def ask_value(connection: duckdb.DuckDBPyConnection, of: str, asked: Values) -> set[Any]:
    relation, column, key = of.split("|", 2)
    if (relation, column) not in asked:
        found = asked.setdefault((relation, column), {})
        question = f'SELECT {KEYS[relation]}, "{column}" FROM {relation}'
        for name, value in connection.execute(question).fetchall():
            found.setdefault(name, set()).add(value)
    return asked[relation, column].get(key, set())


def ask_count(connection: duckdb.DuckDBPyConnection, of: str) -> set[Any]:
    _, relation, having = of.split("|", 2)
    tests, values = ["true"], []
    for name, value in json.loads(having).items():
        if name == "promised":
            tests.append(PROMISED.format(sign="<>" if value == "yes" else "="))
        elif relation == "marts.attainment":
            tests.append(CONDITIONS[name].format(sign="=" if value is None else ">"))
            tests[-1] = tests[-1].replace("$value", f"$p{len(values)}")
            values.append(value)
        else:
            tests.append(f'a."{name}" = $p{len(values)}')
            values.append(value)
    question = (
        f"SELECT count(*) FROM temp.{relation.partition('.')[2]} a WHERE {' AND '.join(tests)}"
    )
    asked = {f"p{position}": value for position, value in enumerate(values)}
    return {connection.execute(question, asked).fetchone()[0]}  # type: ignore[index]


def test_every_number_is_what_the_file_says(
    pages: dict[Path, Page], connection: duckdb.DuckDBPyConnection
) -> None:
    asked: Values = {}
    counts: dict[str, set[Any]] = {}
    wrong, kinds = [], set()
    for path, text, attributes in list_numbers(pages):
        of = attributes["data-of"]
        kinds.add(of.split("|")[0])
        if of.startswith("count|"):
            known = counts.setdefault(of, set()) or ask_count(connection, of)
            counts[of] = known
        else:
            known = ask_value(connection, of, asked)
        value = Decimal(attributes["value"])
        if attributes.get("data-as") == "percent":
            is_shown = Decimal(text.removesuffix(" %")) == round(value * 100, 1)
        else:
            is_shown = Decimal(text.replace(",", "")) == value
        if value not in {one for one in known if one is not None} or not is_shown:
            wrong.append((path.name, text, of, known))
    assert wrong == []
    # The documents at hand print no range, whose upper bound only core.target has.
    assert kinds == {"count", *KEYS} - {"core.target"}


def read_texts(connection: duckdb.DuckDBPyConnection) -> str:
    """Every text of the file, its comments and names too, one a line."""
    texts: set[str] = set()
    columns = connection.execute(
        "SELECT schema_name || '.' || table_name, column_name, coalesce(comment, '') "
        "FROM duckdb_columns() WHERE schema_name IN ('core', 'marts', 'quality') "
    ).fetchall()
    for row in columns:
        texts |= set(row)
    for relation in {relation for relation, *_ in columns}:
        for row in connection.execute(f"SELECT * FROM {relation}").fetchall():
            texts |= {str(value) for value in row if value is not None}
    described = "SELECT comment FROM duckdb_{}() WHERE comment IS NOT NULL"
    for kind in ("tables", "views"):
        texts |= {text for (text,) in connection.execute(described.format(kind)).fetchall()}
    types = connection.execute("SELECT DISTINCT data_type FROM duckdb_columns()").fetchall()
    return "\n".join([*texts, *(text for (text,) in types)])


def list_other_texts(pages: dict[Path, Page]) -> Iterator[tuple[Path, str]]:
    """Texts with digits that are in no `<data>`: but for scales, and tables rebuilt from Word."""
    for path, page in pages.items():
        for text, within in page.texts:
            tags = {tag for tag, _ in within}
            classes = {name for _, one in within for name in one.get("class", "").split()}
            if (
                re.search(r"\d", text)
                and not tags & {"data"}
                and not classes
                & {
                    "legend",
                    "rebuilt",
                }
            ):
                yield path, text


def test_every_other_text_with_a_digit_is_a_text_of_the_file(
    pages: dict[Path, Page], connection: duckdb.DuckDBPyConnection
) -> None:
    texts = read_texts(connection)
    said = {label.zh for label in load_words().labels.values()}
    said |= {label.en for label in load_words().labels.values()}
    unknown = set()
    first_seen: dict[str, Path] = {}
    for path, text in list_other_texts(pages):
        first_seen.setdefault(text, path)
    for text, path in first_seen.items():
        # A title names the site after its own words; a message to copy has a name before each id.
        for part in re.split(r" · |\n|, |: | \(SHA-256 ", text):
            bare = part.strip().removesuffix("...").removesuffix(".csv").rstrip(":)")
            if re.search(r"\d", bare) and bare not in texts and bare not in said:
                unknown.add((path.name, bare))
    assert unknown == set()


def test_a_wrong_number_would_be_noticed(connection: duckdb.DuckDBPyConnection) -> None:
    of = "marts.attainment|target_value|2023-hangzhou-district-breakdown/6.3"
    assert ask_value(connection, of, {}) == {Decimal(138)}
    assert ask_count(connection, 'count|marts.reconciliation|{"status": "accepted"}') == {3}

"""Every change of a fact shows in the lines; what is no fact shows in none of them."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, get_type_hints

import pytest

from pipelines import facts as records
from pipelines.facts import DocumentFacts
from tests.facts.lines import KINDS, UNTOLD, spell_facts, spell_family

RECORDS: dict[str, Any] = {
    "commitments": records.Commitment,
    "targets": records.Target,
    "allocations": records.Allocation,
    "milestones": records.Milestone,
    "reports": records.Report,
    "statements": records.Statement,
    "responsibilities": records.Responsibility,
    "notices": records.Notice,
    "figures": records.Figure,
}
FIGURE_FIELDS = ("role", "fact_id", "value", "unit", "char_start", "as_printed", "figure_id")


def told_fields(kind: str) -> tuple[str, ...]:
    if kind == "figures":
        return FIGURE_FIELDS
    return tuple(field.name for field in fields(RECORDS[kind]) if field.name not in UNTOLD)


def fill(record: Any) -> Any:
    """A record with something in every field."""
    kinds = get_type_hints(record)
    values = {
        field.name: fill_field(field.name, str(kinds[field.name])) for field in fields(record)
    }
    return record(**values)


def fill_field(name: str, kind: str) -> object:
    if name.endswith("_id"):
        return f"plan/{name}.1" if name != "document_id" else "plan"
    for word, value in (("date", date(2024, 5, 1)), ("Decimal", Decimal(5)), ("bool", False)):
        if word in kind:
            return value
    return 3 if "int" in kind or "float" in kind else f"some {name}"


def change(value: object) -> object:
    match value:
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case date():
            return date(1999, 1, 1)
        case _:
            return "otherwise.2"


@pytest.fixture
def facts() -> DocumentFacts:
    rows = {kind: (fill(record), fill(record)) for kind, record in RECORDS.items()}
    return DocumentFacts(fill(records.DocumentFact), **rows)


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in RECORDS for name in told_fields(kind)]
)
def test_a_change_of_any_field_changes_a_line(facts: DocumentFacts, kind: str, name: str) -> None:
    first, *rest = getattr(facts, kind)
    changed = replace(first, **{name: change(getattr(first, name))})
    assert spell_facts(replace(facts, **{kind: (changed, *rest)})) != spell_facts(facts)


@pytest.mark.parametrize(
    "name", ["title", "kind", "publisher", "region_code", "plan_year", "as_of"]
)
def test_what_a_document_is_shows(facts: DocumentFacts, name: str) -> None:
    changed = replace(facts.document, **{name: change(getattr(facts.document, name))})
    assert spell_facts(replace(facts, document=changed)) != spell_facts(facts)


@pytest.mark.parametrize("kind", RECORDS)
def test_a_fact_that_goes_takes_a_line_or_a_part_of_one(facts: DocumentFacts, kind: str) -> None:
    fewer = replace(facts, **{kind: getattr(facts, kind)[1:]})
    assert spell_facts(fewer) != spell_facts(facts)


@pytest.mark.parametrize("kind", ["commitments", "figures"])
def test_a_fact_on_another_page_changes_a_line(facts: DocumentFacts, kind: str) -> None:
    first, *rest = getattr(facts, kind)
    other = replace(facts, **{kind: (replace(first, page=99), *rest)})
    assert spell_facts(other) != spell_facts(facts)


def test_another_file_with_the_same_facts_changes_no_line(facts: DocumentFacts) -> None:
    document = replace(facts.document, sha256="f" * 64, file_name="other.docx")
    assert spell_facts(replace(facts, document=document)) == spell_facts(facts)


def test_every_kind_of_fact_is_told() -> None:
    told = {*KINDS, "document", "figures"}
    assert told == {field.name for field in fields(DocumentFacts)}


def test_a_family_tells_of_other_containers_only_what_differs(facts: DocumentFacts) -> None:
    fewer = replace(facts, targets=facts.targets[:-1])
    lines = spell_family([("word", facts), ("print", facts), ("cut", fewer)])
    at = lines.index("=== print")
    assert lines[:at] == ["=== word", *spell_facts(facts)]
    assert lines[at + 1] == "=== cut"
    [line] = lines[at + 2 :]
    assert line.startswith("-target ")

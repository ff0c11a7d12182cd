"""The rules are sound data, and naming them costs no heavy import."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipelines.checks import Expects, Layer, Severity, load_rules
from pipelines.checks import rules as rules_module
from pipelines.publishing.schema import fact_tables, load_schemas


def test_loading_the_rules_imports_no_engine() -> None:
    code = (
        "import sys; from pipelines.checks import load_rules; load_rules();"
        "print([m for m in ('great_expectations', 'pandas', 'duckdb') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_every_rule_names_what_the_schema_declares() -> None:
    declared = {
        relation.full_name: {column.name for column in relation.columns}
        for schema in load_schemas()
        for relation in (*schema.tables, *schema.views)
    }
    for rule in load_rules():
        if rule.table.startswith("observed."):
            continue
        assert rule.table in declared, rule.name
        missing = {*rule.columns, *rule.shown} - declared[rule.table]
        assert not missing, (rule.name, missing)
        if rule.references:
            table, _, column = rule.references.rpartition(".")
            assert column in declared[table], rule.name


def test_each_table_of_facts_has_a_rule_for_its_key_and_its_required_columns() -> None:
    for expectation in (Expects.UNIQUE, Expects.PRESENT):
        looked_at = {rule.table for rule in load_rules() if rule.expectation is expectation}
        assert looked_at == {table.full_name for table in fact_tables()}


def test_every_layer_has_rules() -> None:
    assert {rule.layer for rule in load_rules()} == set(Layer)


def test_a_critical_rule_of_the_arithmetic_says_what_to_do() -> None:
    for rule in load_rules():
        if rule.layer is Layer.ARITHMETIC and rule.severity is Severity.CRITICAL:
            assert rule.remedy, rule.name


@pytest.mark.parametrize(
    "change", [{"severity": "fatal"}, {"expectation": "nice"}, {"colour": "red"}]
)
def test_an_entry_that_cannot_be_understood_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    entry = {
        "name": "x",
        "says": "x",
        "layer": "structure",
        "severity": "info",
        "table": "core.target",
        "expectation": "present",
        "columns": ["target_id"],
        **change,
    }
    file = tmp_path / "rules.yml"
    file.write_text(yaml.safe_dump({"rules": [entry]}))
    monkeypatch.setattr(rules_module, "RULES_FILE", file)
    with pytest.raises(rules_module.InvalidRulesError, match="x"):
        list(rules_module._read_entries())

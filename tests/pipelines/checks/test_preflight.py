"""What a table would refuse is found before the load, and named with its document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.checks.preflight import find_misfits
from pipelines.facts import DocumentFacts
from tests.pipelines.plans import Plan, read_plan, understand_plan


@pytest.fixture
def facts(tmp_path: Path) -> DocumentFacts:
    return understand_plan(read_plan(Plan().write(tmp_path, "a")))


def give(value: object) -> Callable[[DocumentFacts], DocumentFacts]:
    def change(facts: DocumentFacts) -> DocumentFacts:
        target = replace(facts.targets[0], value=value)
        return replace(facts, targets=(target,))

    return change


def test_sound_facts_fit(facts: DocumentFacts) -> None:
    assert find_misfits([facts]) == ()


@pytest.mark.parametrize(
    "value", [None, Decimal("0.1234"), Decimal("9999999999999999"), Decimal("1E+3")]
)
def test_what_the_column_holds_exactly_fits(facts: DocumentFacts, value: object) -> None:
    assert find_misfits([give(value)(facts)]) == ()


@pytest.mark.parametrize("value", [Decimal("0.12345"), Decimal("1E+16"), Decimal("1E+40")])
def test_a_number_that_the_column_cannot_hold_is_a_misfit(
    facts: DocumentFacts, value: object
) -> None:
    [misfit] = find_misfits([give(value)(facts)])
    assert (misfit.document_id, misfit.check) == ("a", "target_is_exact")
    assert misfit.rows[0]["target_id"] == "a/1.1"


def test_a_key_that_stands_twice_is_a_misfit(facts: DocumentFacts) -> None:
    [misfit] = find_misfits([replace(facts, milestones=facts.milestones * 2)])
    assert (misfit.check, len(misfit.rows)) == ("milestone_is_there_once", 2)


def test_a_required_value_that_is_missing_is_a_misfit(facts: DocumentFacts) -> None:
    untitled = replace(facts.commitments[0], title=None)  # type: ignore[arg-type]
    [misfit] = find_misfits([replace(facts, commitments=(untitled,))])
    assert misfit.check == "commitment_is_complete"

"""The rules: each decides its examples, and is missed where it is left out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipelines.reading.clauses.clause import Clause, Kind
from pipelines.reading.clauses.frame import Frame
from pipelines.reading.clauses.goals import weigh
from pipelines.reading.clauses.registry import (
    CLAUSE_RULES,
    NUMBER_RULES,
    describe_other,
    describe_rules,
)
from pipelines.reading.clauses.rules import Rule, UnruledError, choose
from pipelines.reading.clauses.sayings import clauses_of
from tests.pipelines.reading.texts import text_of

LISTS = (*NUMBER_RULES, *CLAUSE_RULES)
PAIRS = [(rules, rule) for rules in LISTS for rule in rules]
IDS = [rule.name for _, rule in PAIRS]
YEAR, END_OF_MARCH = 2030, date(2030, 3, 31)
A_REMARK = "备注："
UNRULED = "no rule applies"

Rules = tuple[Rule[Any, Any], ...]


def subject_of(rules: Rules, example: str) -> Any:
    """What the rules of a list look at in an example."""
    return clause_of(example) if rules in CLAUSE_RULES else frame_of(example)


def clause_of(example: str) -> Clause:
    """The clause that an example marks, told at the end of March."""
    place = Kind.REMARK if example.startswith(A_REMARK) else Kind.PROGRESS
    example = example.removeprefix(A_REMARK)
    start = example.index("‹")
    text = text_of(example.replace("‹", "").replace("›", ""))
    return next(c for c in clauses_of(text, YEAR, END_OF_MARCH, place) if c.start == start)


def frame_of(example: str) -> Frame:
    """The frame of the number that an example marks, as the readers would build it."""
    start = example.index("‹")
    text = text_of(example.replace("‹", "").replace("›", ""))
    index = next(
        i for i, n in enumerate(text.numbers) if n.start <= start < max(n.end, n.start + 1)
    )
    has_date = any(mention.start < start for mention in text.dates(YEAR))
    weights, _ = weigh(text)
    promised = any(weight for i, weight in weights.items() if i < index)
    return Frame(text, index, has_date=has_date, promised_before=promised)


@pytest.mark.parametrize(("rules", "rule"), PAIRS, ids=IDS)
def test_a_rule_decides_its_examples(rules: Rules, rule: Rule[Any, Any]) -> None:
    assert rule.fires
    assert {choose(rules, subject_of(rules, example)).name for example in rule.fires} == {rule.name}


@pytest.mark.parametrize(("rules", "rule"), PAIRS, ids=IDS)
def test_a_rule_leaves_its_other_examples_to_others(rules: Rules, rule: Rule[Any, Any]) -> None:
    assert rule.name not in {
        choose(rules, subject_of(rules, example)).name for example in rule.spares
    }


@pytest.mark.parametrize(("rules", "rule"), PAIRS, ids=IDS)
def test_a_rule_that_is_left_out_is_missed(rules: Rules, rule: Rule[Any, Any]) -> None:
    """An example gets another verdict, or none: a rule that nothing misses does not exist."""
    others = tuple(other for other in rules if other is not rule)
    verdicts: set[object] = set()
    for example in rule.fires:
        try:
            verdicts.add(choose(others, subject_of(rules, example)).verdict)
        except UnruledError:
            verdicts.add(UNRULED)
    assert verdicts != {rule.verdict}


@pytest.mark.parametrize("rules", LISTS)
def test_only_the_last_rule_of_a_list_holds_for_the_rest(rules: Rules) -> None:
    assert len({rule.name for rule in rules}) == len(rules)
    for rule in rules[:-1]:
        assert rule.spares or any(
            not rule.applies(subject_of(rules, e)) for r in rules for e in r.fires
        )


def test_a_number_that_no_rule_takes_is_an_error_of_ours() -> None:
    with pytest.raises(UnruledError):
        choose((), frame_of("完成‹5个›"))


def test_every_name_is_described() -> None:
    described = list(describe_rules())
    assert [rule.name for rule in described] == IDS
    assert all(rule.says and rule.example for rule in described)
    assert describe_other("column:goal").says.startswith("the header of its column")

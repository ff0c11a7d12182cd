"""The rules: each decides its examples, and is missed where it is left out."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.reading.clauses.frame import Frame
from pipelines.reading.clauses.goal_rules import GOAL_RULES
from pipelines.reading.clauses.goals import weigh
from pipelines.reading.clauses.result_rules import RESULT_RULES
from pipelines.reading.clauses.rules import Rule, UnruledNumberError, choose
from pipelines.reading.clauses.step_rules import STEP_RULES
from tests.pipelines.reading.texts import text_of

LISTS: tuple[tuple[Rule[Any], ...], ...] = (GOAL_RULES, STEP_RULES, RESULT_RULES)
PAIRS = [(rules, rule) for rules in LISTS for rule in rules]
IDS = [rule.name for _, rule in PAIRS]


def frame_of(example: str) -> Frame:
    """The frame of the number that an example marks, as the readers would build it."""
    start = example.index("‹")
    text = text_of(example.replace("‹", "").replace("›", ""))
    index = next(
        i for i, n in enumerate(text.numbers) if n.start <= start < max(n.end, n.start + 1)
    )
    has_date = any(mention.start < start for mention in text.dates(2030))
    weights, _ = weigh(text)
    promised = any(weight for i, weight in weights.items() if i < index)
    return Frame(text, index, has_date=has_date, promised_before=promised)


@pytest.mark.parametrize(("rules", "rule"), PAIRS, ids=IDS)
def test_a_rule_decides_its_examples(rules: tuple[Rule[Any], ...], rule: Rule[Any]) -> None:
    assert rule.fires
    assert {choose(rules, frame_of(example)).name for example in rule.fires} == {rule.name}


@pytest.mark.parametrize(("rules", "rule"), PAIRS, ids=IDS)
def test_a_rule_leaves_its_other_examples_to_others(
    rules: tuple[Rule[Any], ...], rule: Rule[Any]
) -> None:
    assert rule.name not in {choose(rules, frame_of(example)).name for example in rule.spares}


@pytest.mark.parametrize(("rules", "rule"), PAIRS, ids=IDS)
def test_a_rule_that_is_left_out_is_missed(rules: tuple[Rule[Any], ...], rule: Rule[Any]) -> None:
    """An example gets another verdict, or none: a rule that nothing misses does not exist."""
    others = tuple(other for other in rules if other is not rule)
    verdicts = set()
    for example in rule.fires:
        try:
            verdicts.add(choose(others, frame_of(example)).verdict)
        except UnruledNumberError:
            verdicts.add(None)
    assert verdicts != {rule.verdict}


@pytest.mark.parametrize("rules", LISTS)
def test_only_the_last_rule_of_a_list_holds_for_the_rest(rules: tuple[Rule[Any], ...]) -> None:
    assert len({rule.name for rule in rules}) == len(rules)
    for rule in rules[:-1]:
        assert rule.spares or any(not rule.applies(frame_of(e)) for r in rules for e in r.fires)


def test_a_number_that_no_rule_takes_is_an_error_of_ours() -> None:
    with pytest.raises(UnruledNumberError):
        choose((), frame_of("完成‹5个›"))

"""What a line and a document must satisfy to be believed: each guard fires, and spares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipelines.doubting import DOCUMENT_GUARDS, LINE_GUARDS
from pipelines.doubting.line_facts import list_lines
from pipelines.facts import DocumentFacts
from pipelines.vocabulary import load_vocabulary
from tests.sql.invented_city import (
    EAST,
    WEST,
    YEAR,
    make_allocation,
    make_figure,
    make_milestone,
    make_plan,
    make_promises,
    make_target,
)

Things = dict[str, Any]


def fired(*targets: Things, step: date | None = None, **line: Any) -> set[str]:
    """The guards of lines that doubt a line with these targets."""
    promised = [
        make_target(
            f"plan/1/{number}", **{"value": 5, "unit": "座", "indicator": "新建公厕", **target}
        )
        for number, target in enumerate(targets, start=1)
    ]
    steps = (make_milestone("plan/1/m1", None, step),) if step else ()
    facts = make_promises(*promised, milestones=steps)
    [commitment] = facts.commitments
    facts = replace(facts, commitments=(replace(commitment, **{"title": "新建公厕", **line}),))
    [found] = list_lines(facts)
    return {g.name for g in LINE_GUARDS if g.find(found, load_vocabulary()) is not None}


def test_a_line_that_makes_sense_is_not_doubted() -> None:
    assert fired({}, {"indicator": "改造公厕"}, step=date(YEAR, 6, 30)) == set()


@pytest.mark.parametrize("words", ["", "42", "单位：个、%", "完成率", "目标任务", "新增"])
def test_a_target_says_what_it_counts(words: str) -> None:
    assert fired({"indicator": words}) == {"target_names_a_thing"}


def test_funds_may_be_what_is_promised() -> None:
    assert fired({"indicator": "投资", "unit": "元"}) == set()


def test_a_target_says_in_which_unit_it_counts() -> None:
    assert fired({"unit": None}) == {"target_has_a_unit"}
    assert fired({"unit": None, "value": None}) == set()


@pytest.mark.parametrize("told", ["", "5", "合计", "责任单位"])
def test_a_line_is_called_by_words_of_its_own(told: str) -> None:
    assert fired({}, title=told) == {"title_is_a_name"}


@pytest.mark.parametrize(
    ("other", "guards"),
    [
        ({"value": 6}, {"goal_is_said_once"}),
        ({"value": 6, "indicator": "改造公厕"}, set()),
        ({"value": 6, "unit": "个"}, set()),
        ({"value": 6, "plan_year": 2029}, set()),
        ({"value": 6, "context": "东片"}, set()),
        ({"value": 6, "headline_figure_id": "plan/1.n1"}, set()),
    ],
)
def test_a_line_has_one_goal_for_a_thing_and_year(other: Things, guards: set[str]) -> None:
    assert fired({}, other) == guards


def test_no_rate_that_is_promised_passes_the_whole() -> None:
    assert fired({"unit": "%", "value": 100}) == set()
    assert fired({"unit": "%", "value": 101}) == {"rate_is_of_a_whole"}


def test_a_share_of_a_goal_is_no_goal() -> None:
    named = {"unit": "%", "value": 70, "indicator": "公厕改造完成年度任务"}
    assert fired(named) == {"share_of_a_goal_is_no_goal"}
    assert fired({**named, "indicator": "公厕达标率"}) == set()


@pytest.mark.parametrize(
    ("day", "is_near"),
    [
        (date(YEAR - 1, 1, 1), True),
        (date(YEAR - 2, 12, 31), False),
        (date(YEAR + 3, 12, 31), True),
        (date(YEAR + 4, 1, 1), False),
    ],
)
def test_days_lie_about_the_plans_year(day: date, is_near: bool) -> None:
    doubted = set() if is_near else {"days_are_near"}
    assert fired({}, due_on=day) == doubted
    assert fired({}, step=day) == doubted


# ------------------------------------------------------------------------------- of a document


def doubting(facts: DocumentFacts) -> set[str]:
    return {g.name for g in DOCUMENT_GUARDS if g.find(facts) is not None}


def shared(*shares: tuple[int, int], unit: str = "个") -> DocumentFacts:
    """Targets of ten, each with two shares."""
    targets = [make_target(f"plan/1/{n}", 10) for n, _ in enumerate(shares)]
    return replace(
        make_promises(*targets),
        allocations=tuple(
            make_allocation(target.target_id, region, value, unit)
            for target, pair in zip(targets, shares, strict=True)
            for region, value in zip((EAST, WEST), pair, strict=True)
        ),
    )


def test_shares_that_add_up_nowhere_are_our_fault() -> None:
    assert doubting(shared((4, 5), (1, 2))) == {"shares_add_up_somewhere"}
    assert doubting(shared((4, 5), (4, 6))) == set()
    # A single one may be the source's, and what is in another unit cannot be added.
    assert doubting(shared((4, 5))) == set()
    assert doubting(shared((4, 5), (1, 2), unit="人")) == set()


@pytest.mark.parametrize(("lost", "is_doubted"), [(9, False), (10, False), (11, True)])
def test_most_of_what_counts_is_understood(lost: int, is_doubted: bool) -> None:
    figures = [make_figure(f"plan/t.n{n}", 1, role="unresolved") for n in range(lost)]
    figures += [make_figure(f"plan/s.n{n}", 1, role="target") for n in range(10)]
    facts = replace(make_plan(), figures=tuple(figures))
    assert doubting(facts) == ({"most_is_understood"} if is_doubted else set())
    few = replace(facts, figures=tuple(f for f in figures if f.role != "target")[:9])
    assert doubting(few) == set()

"""Goals that a report quotes beside its results, and which result answers which."""

from decimal import Decimal

import pytest

from pipelines.facts import DocumentFacts
from tests.pipelines.reading.documents import read

TITLE = "松江市2031年民生实事年终成绩单"


def article(*paragraphs: str) -> DocumentFacts:
    return read(TITLE, *paragraphs, region="310117")


def goals(facts: DocumentFacts) -> list[tuple[str, Decimal | None, str | None]]:
    return [(t.indicator, t.value, t.unit) for t in facts.targets]


def answers(facts: DocumentFacts) -> dict[Decimal | None, Decimal | None]:
    """The goal that each result that answers one is held against, by the result's value."""
    values = {t.target_id: t.value for t in facts.targets}
    return {r.value: values[r.target_id] for r in facts.reports if r.target_id is not None}


def test_a_quoted_goal_is_a_target_of_a_line_that_is_no_plan() -> None:
    facts = article("截至12月底，修复河堤完成31公里，年度目标为修复河堤28公里，圆满完成。")
    [target], [line] = facts.targets, facts.commitments
    assert (target.origin, line.standing) == ("quoted", "quoted")
    assert target.commitment_id == line.commitment_id
    assert line.title == target.indicator == "修复河堤"


@pytest.mark.parametrize(
    ("told", "goal", "done"),
    [
        ("计划修复河堤28公里，已完成21公里。", 28, 21),
        ("修复河堤已完成21公里（目标28公里）。", 28, 21),
        ("修复河堤21公里，完成年度目标28公里的75%。", 28, 21),
        ("28公里河堤修复已完成21公里（75%）。", 28, 21),
        ("今年计划新建凉亭28座，已开工25座、完工21座。", 28, 21),
        ("今年计划新开工凉亭28座，已开工21座。", 28, 21),
    ],
)
def test_the_result_beside_a_goal_answers_it(told: str, goal: int, done: int) -> None:
    facts = article(f"截至12月底，各项工作圆满完成。{told}")
    assert answers(facts) == {Decimal(done): Decimal(goal)}


def test_a_result_right_beside_a_goal_of_its_line_answers_it_whatever_its_words() -> None:
    rows = [["序号", "项目名称", "完成情况"], ["1", "凉亭", "28座凉亭提升工程已完工21座。"]]
    facts = read("松江区2031年民生实事完成情况", rows, region="310117")
    assert goals(facts) == [("凉亭", Decimal(28), "座")]
    assert answers(facts) == {Decimal(21): Decimal(28)}


def test_goals_of_one_unit_are_answered_by_the_results_right_beside_them() -> None:
    facts = article(
        "截至12月底，12座凉亭新建已完成9座（75%），20座长椅翻修已完成13座（65%），圆满推进。"
    )
    assert answers(facts) == {Decimal(9): Decimal(12), Decimal(13): Decimal(20)}
    assert len(facts.commitments) == 2


def test_a_result_of_another_unit_answers_nothing() -> None:
    facts = article("截至12月底，年度目标为新建凉亭12座，已完成绿化9公里，圆满推进。")
    assert goals(facts) == [("新建凉亭", Decimal(12), "座")]
    assert answers(facts) == {}


def test_goals_that_no_result_separates_are_of_one_line() -> None:
    facts = article("年度目标为新建凉亭12座、翻修码头3处，目前已完成凉亭9座、码头3处。")
    assert [t.commitment_id for t in facts.targets] == [facts.commitments[0].commitment_id] * 2
    assert answers(facts) == {Decimal(9): Decimal(12), Decimal(3): Decimal(3)}


def test_words_that_only_call_it_a_goal_are_not_its_name() -> None:
    facts = article("截至12月底，全市新增灯塔5座，目标任务4座，圆满完成。")
    assert goals(facts) == [("新增灯塔", Decimal(4), "座")]


def test_a_goal_of_nobody_knows_what_is_no_promise() -> None:
    facts = article("截至12月底，圆满完成。目标4座。")
    assert facts.targets == ()
    assert [f.role for f in facts.figures if f.as_printed == "4座"] == ["target"]


def test_an_article_counts_its_results_through() -> None:
    facts = article("截至12月底，圆满完成。计划修复河堤28公里，已完成21公里。新建凉亭9座。")
    assert [r.report_id.split("/")[-1] for r in facts.reports] == ["r1", "r2"]


def test_a_line_that_states_no_goal_takes_the_one_that_its_progress_quotes() -> None:
    facts = read(
        "松江市2031年民生实事进展情况",
        [
            ["序号", "项目", "进展情况"],
            ["1", "河堤修复", "已完成21公里，占任务数28公里的75%。"],
            ["2", "凉亭建设", "已完成选址。"],
        ],
        region="310117",
    )
    assert [(t.value, t.origin) for t in facts.targets] == [(Decimal(28), "quoted")]
    assert answers(facts) == {Decimal(21): Decimal(28)}


def test_a_goal_that_the_document_promises_already_is_its_echo() -> None:
    facts = read(
        "松江市2031年民生实事完成情况",
        [
            ["序号", "项目", "目标任务", "完成情况"],
            ["1", "河堤修复", "修复河堤28公里", "已完成21公里"],
            ["2", "凉亭建设", "新建凉亭12座", "已完成9座"],
        ],
        "截至12月底，修复河堤已完成21公里，完成年度目标28公里的75%，均已圆满完成。",
        region="310117",
    )
    assert [t.origin for t in facts.targets] == ["plan", "plan"]
    [echo] = [f for f in facts.figures if f.as_printed == "28公里" and f.table_no is None]
    assert (echo.role, echo.rule) == ("target", "line:echo")

"""What an article says in words follows the figures that stand in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.facts import DocumentFacts
from pipelines.linking.following import follow_figures
from tests.pipelines.reading.documents import read

LINES = {"plan/1.1": "plan/1", "plan/1.2": "plan/1", "plan/2.1": "plan/2"}


def read_article() -> DocumentFacts:
    """One sentence that reports two figures."""
    return read("衢州市2024年民生实事成绩单", "全市新建公园30个，新增托位500个。")


def follow(facts: DocumentFacts, *targets: str | None) -> list[tuple[str | None, str | None]]:
    """The line and target of each statement, the figures being joined to these targets."""
    reports = zip(facts.reports, targets, strict=True)
    joined = [replace(report, target_id=target) for report, target in reports]
    return [(s.commitment_id, s.target_id) for s in follow_figures(facts, joined, LINES)]


@pytest.mark.parametrize(
    ("targets", "line", "target"),
    [
        (("plan/1.1", "plan/1.1"), "plan/1", "plan/1.1"),
        (("plan/1.1", None), "plan/1", "plan/1.1"),
        (("plan/1.1", "plan/1.2"), "plan/1", None),
        (("plan/1.1", "plan/2.1"), None, None),
        ((None, None), None, None),
    ],
)
def test_a_sentence_is_of_what_its_figures_are_of(
    targets: tuple[str | None, ...], line: str | None, target: str | None
) -> None:
    assert follow(read_article(), *targets) == [(line, target)]


def read_results(*header: str) -> DocumentFacts:
    """A table whose first line tells a result, and then goes on in words."""
    rows = [["1", "公园建设", "新建公园30个。绿化已完成。"], ["2", "托育", "已启动"]]
    return read("衢州市2024年民生实事完成情况", [["序号", "项目", *header], *rows])


def test_words_of_a_line_that_promises_nothing_go_with_its_figures() -> None:
    facts = read_results("完成情况")
    assert facts.targets == ()
    told = follow(facts, "plan/1.1")
    assert told == [("plan/1", "plan/1.1"), ("plan/1", "plan/1.1"), ("plan/2", None)]


def test_words_of_a_line_that_promises_stay_with_it() -> None:
    facts = read_results("完成情况")
    [target] = read("衢州市2024年民生实事", [["项目", "目标值"], ["公园", "30个"]]).targets
    own = replace(target, commitment_id=str(facts.reports[0].commitment_id))
    told = follow(replace(facts, targets=(own,)), "plan/1.1")
    assert told == [(s.commitment_id, s.target_id) for s in facts.statements]

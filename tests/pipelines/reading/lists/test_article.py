"""Running text that tells what was done, told from running text that plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractors.records import ParagraphKind
from pipelines.reading.lists.article import recognise_article, reports_results
from tests.pipelines.reading.layouts import prose_of, setting_of
from tests.pipelines.reading.texts import text_of

BY_TITLE = "its title announces results"
BY_WORDS = "it tells results more than plans"
BY_DATE = "it was published when the plan's year was over"
LONG = "甲" * 60
PLAN = "计划新建学校3所。"


@pytest.mark.parametrize(
    ("lines", "title", "says"),
    [
        ([PLAN], "2024年民生实事完成情况", BY_TITLE),
        ([PLAN], "2024年民生实事", None),
        (["已建成学校3所。"], "2024年民生实事", BY_WORDS),
        (["已建成学校3所。", PLAN, PLAN], "2024年民生实事", None),
        (["——民生实事完成情况", PLAN], "实事", BY_TITLE),
        (["民生实事完成情况", PLAN], "实事", None),
        ([*"甲乙丙", "——民生实事完成情况", PLAN], "实事", BY_TITLE),
        ([*"甲乙丙丁", "——民生实事完成情况", PLAN], "实事", None),
        (["——民生实事完成情况" + LONG, PLAN], "实事", None),
        (["2025年1月5日", PLAN], "实事", BY_DATE),
        (["2024年12月31日", PLAN], "实事", None),
        (["2025年1月", PLAN], "实事", None),
        (["2025年1月5日前", PLAN], "实事", None),
        ([*"甲乙丙", "2025年1月5日", *"丁戊己", PLAN], "实事", BY_DATE),
        ([*"甲乙丙丁", "2025年1月5日", *"戊己", PLAN], "实事", None),
        ([*"甲乙丙丁戊", "2025年1月5日", "己", PLAN], "实事", BY_DATE),
        ([f"2025年1月5日{LONG}", PLAN], "实事", None),
    ],
)
def test_a_text_reports_by_title_words_or_date(
    lines: Sequence[str], title: str, says: str | None
) -> None:
    paragraphs = prose_of(*lines)
    article = recognise_article(paragraphs, title, setting_of())
    assert (article and article.says) == says
    if article is not None:
        assert article.layout == "article"
        assert article.results == paragraphs


def test_a_heading_may_announce_results() -> None:
    heading = replace(text_of("民生实事完成情况"), paragraph_kind=ParagraphKind.HEADING)
    article = recognise_article([heading, text_of(PLAN)], "实事", setting_of())
    assert article is not None


def test_without_a_year_no_date_is_late() -> None:
    article = recognise_article(prose_of("2025年1月5日", PLAN), "实事", setting_of(plan_year=None))
    assert article is None


@pytest.mark.parametrize("label", ["工作目标：新建学校3所", "责任单位：市教育局"])
def test_a_text_with_labels_of_goals_or_bodies_is_a_list(label: str) -> None:
    lines = [label, "已建成学校3所。", label]
    assert recognise_article(prose_of(*lines), "民生实事完成情况", setting_of()) is None


@pytest.mark.parametrize(
    ("lines", "reports"),
    [(["已建成学校3所。"], True), ([PLAN], False), (["已建成3所。", PLAN], False), ([], False)],
)
def test_more_results_than_plans_report(lines: Sequence[str], reports: bool) -> None:
    assert reports_results(prose_of(*lines)) is reports

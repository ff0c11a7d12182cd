"""Rows that name what their figures are."""

from __future__ import annotations

from decimal import Decimal

from pipelines.facts import DocumentFacts
from tests.pipelines.reading.documents import read

TITLE = "衢州市2024年民生实事完成情况（截至9月底）"
WHOLE = "330800"
HEADER = ["序号", "项目名称", "分类", "柯城区", "衢江区", "江山市", "合计", "责任单位"]
BEDS = [
    ["1", "新增床位（张）", "计划数", "40", "30", "30", "100", "市民政局"],
    ["^", "^", "累计完成", "20", "30", "25", "75", "^"],
    ["^", "^", "完成比例", "50%", "100%", "83%", "75%", "^"],
]
TREES = [
    ["2", "造林（亩）", "计划数", "7", "—", "8", "15", "市林业局"],
    ["^", "^", "累计完成", "6", "—", "8", "14", "^"],
    ["^", "^", "完成比例", "86%", "—", "100%", "93%", "^"],
]


def shares(facts: DocumentFacts) -> list[tuple[str, Decimal | None]]:
    return [(a.region_code, a.value) for a in facts.allocations]


def done(facts: DocumentFacts, region: str) -> list[tuple[Decimal | None, str | None]]:
    return [(r.value, r.unit) for r in facts.reports if r.region_code == region]


def unresolved(facts: DocumentFacts) -> list[str]:
    return [figure.as_printed for figure in facts.figures if figure.role == "unresolved"]


def test_rows_of_planned_done_and_share_done_are_one_line_with_shares_and_reports() -> None:
    facts = read(TITLE, [HEADER, *BEDS, *TREES])
    assert [(t.value, t.unit) for t in facts.targets] == [(Decimal(100), "张"), (Decimal(15), "亩")]
    assert [value for _, value in shares(facts)] == [40, 30, 30, 7, 8]
    assert done(facts, WHOLE) == [
        (Decimal(75), "张"),
        (Decimal(75), "%"),
        (Decimal(14), "亩"),
        (Decimal(93), "%"),
    ]
    assert done(facts, "330803") == [(Decimal(30), "张"), (Decimal(100), "%")]
    assert unresolved(facts) == []
    assert facts.notices == ()
    assert facts.document.kind == "progress_report"


def test_what_the_whole_has_done_reports_on_the_target_of_the_row_that_plans() -> None:
    facts = read(TITLE, [HEADER, *BEDS, *TREES])
    linked = [r.target_id for r in facts.reports if r.region_code == WHOLE and r.unit != "%"]
    assert linked == [target.target_id for target in facts.targets]


def test_what_is_done_of_a_title_that_plans_nothing_is_for_no_other_of_its_line() -> None:
    trees = ["^", "造林（亩）", *TREES[1][2:7], "^"]
    facts = read(TITLE, [HEADER, *BEDS, trees])
    beds = facts.targets[0]
    told = [r for r in facts.reports if r.value in (6, 8, 14)]
    assert beds.target_id not in {r.target_id for r in told}
    assert beds.indicator not in {r.indicator for r in told}


def test_a_bare_word_for_a_task_beside_one_for_done_is_what_is_planned() -> None:
    rows = [[words if words != "计划数" else "任务" for words in row] for row in BEDS]
    facts = read(TITLE, [HEADER, *rows])
    assert [t.value for t in facts.targets] == [Decimal(100)]
    assert len(facts.allocations) == 3


def test_figures_beside_a_word_that_is_not_known_stay_unresolved_and_it_is_queued() -> None:
    odd = ["^", "^", "甲乙丙", "11", "12", "13", "36", "^"]
    facts = read(TITLE, [HEADER, *BEDS, odd])
    assert unresolved(facts) == ["11", "12", "13", "36"]
    assert [n.code for n in facts.notices if n.as_printed == "甲乙丙"] == ["unknown_header"]
    assert len(facts.allocations) == 3


def test_categories_are_no_row_roles() -> None:
    rows = [
        ["1", "新增床位（张）", "养老", "40", "30", "30", "100", "市民政局"],
        ["2", "造林（亩）", "生态", "7", "—", "8", "15", "市林业局"],
    ]
    facts = read(TITLE, [HEADER, *rows])
    assert [c.category for c in facts.commitments] == ["养老", "生态"]
    assert len(facts.allocations) == 5

"""Plans, progress and results told in running text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.reading.outline.listing import read_items
from tests.pipelines.reading.documents import read


def test_a_numbered_list_is_a_plan_with_an_item_for_each_number() -> None:
    facts = read(
        "绵阳市2025年民生实事",
        "1.婴幼儿照护。照护机构增3家，托位增100个；（牵头单位：市卫健委；责任单位：市教育局）",
        "2.适老化改造。改造老人家庭1250户。（牵头单位：市民政局）",
    )
    assert [(c.item_no, c.title) for c in facts.commitments] == [
        ("1", "婴幼儿照护"),
        ("2", "适老化改造"),
    ]
    assert [t.value for t in facts.targets] == [3, 100, 1250]
    assert [(r.role, r.as_printed) for r in facts.responsibilities] == [
        ("lead", "市卫健委"),
        ("support", "市教育局"),
        ("lead", "市民政局"),
    ]


def test_items_that_follow_one_another_in_a_paragraph_are_told_apart() -> None:
    facts = read(
        "2023年蚌埠市民生实事",
        "办好以下实事：一是新建学校17所，增加学位1.35万个；二是建设幼儿园9所；三是改造小区64个。",
    )
    assert [c.item_no for c in facts.commitments] == ["一", "二", "三"]
    assert [t.value for t in facts.targets] == [17, 13500, 9, 64]


def test_shares_told_by_region_belong_to_the_promise_before_them() -> None:
    facts = read(
        "泸州市2024年民生实事",
        "1．新建菜店46个，其中江阳区12个、龙马潭区34个。（责任单位：市商务局）",
        "2．发放防滑鞋2.6万双，江阳、龙马潭两区各13000双。（责任单位：市民政局）",
    )
    assert [t.value for t in facts.targets] == [46, 26000]
    assert [(a.region, a.value) for a in facts.allocations] == [
        ("江阳区", Decimal(12)),
        ("龙马潭区", Decimal(34)),
        ("江阳区", Decimal(13000)),
        ("龙马潭区", Decimal(13000)),
    ]


def test_plan_and_result_in_one_sentence_become_target_and_report() -> None:
    facts = read(
        "铜鼓县2025年民生实事上半年办理情况",
        "截至2025年6月30日，进展如下。",
        "（一）路灯亮化。目标为安装路灯1800盏，已安装1326盏。",
        "（二）水库除险。计划加固9座，完工7座。",
    )
    assert [t.value for t in facts.targets] == [1800, 9]
    assert [(r.target_id, r.value) for r in facts.reports] == [
        ("plan/一.1", Decimal(1326)),
        ("plan/二.1", Decimal(7)),
    ]


def test_a_results_article_reports_with_its_dates_and_parts() -> None:
    facts = read(
        "民生实事成绩单",
        "截至11月底，杭州新辟优化公交线路183条，其中城乡公交线路80条、地铁接驳线路103条；为近80万名老人接种疫苗。",
        plan_year=2024,
        region="杭州市",
    )
    assert facts.document.kind == "results_article"
    assert [(r.value, r.comparator, str(r.as_of)) for r in facts.reports] == [
        (183, "=", "2024-11-30"),
        (80, "=", "2024-11-30"),
        (103, "=", "2024-11-30"),
        (800000, "~", "2024-11-30"),
    ]
    assert {r.part_of for r in facts.reports} == {None, facts.reports[0].report_id}


@pytest.mark.parametrize(
    ("printed", "scope"),
    [
        ("在全区12个镇街新建驿站20个", ["12个"]),
        ("开展规范化建设20处，每处面积不少于150平方米", ["150平方米"]),
        ("为离校2年内毕业生提供岗位300个", ["2年"]),
        ("在20个村（社）开展避灾场所建设", []),
        ("实施改造项目9个，面积约18万方", ["18万方"]),
    ],
)
def test_scope_qualifies_and_is_not_promised(printed: str, scope: list[str]) -> None:
    facts = read(
        "2024年柯城区民生实事", [["序号", "项目名称", "牵头单位"], ["1", printed, "区民政局"]]
    )
    assert [f.as_printed for f in facts.figures if f.role == "scope"] == scope


def test_text_after_a_list_of_single_paragraphs_is_no_part_of_its_last_item() -> None:
    facts = read(
        "2024年柯城区民生实事",
        "1.新建学校3所，新增学位600个。",
        "2.改造小区4个，加装电梯12台。",
        "联系人2名，电话另行通知。",
    )
    assert [t.value for t in facts.targets] == [3, 600, 4, 12]


def test_a_text_without_markers_yields_an_item_for_each_telling_paragraph() -> None:
    assert read_items([]) == []


def test_a_closing_bracket_that_counts_part_of_a_target_is_no_body() -> None:
    facts = read(
        "衢州市2025年民生实事",
        "1.老旧电梯更新210台（其中使用15年以上的88台）。",
        "2.新增托位300个（市卫生健康委）。",
    )
    assert [(t.value, t.unit) for t in facts.targets] == [(210, "台"), (88, "台"), (300, "个")]
    assert [r.as_printed for r in facts.responsibilities] == ["市卫生健康委"]


HOW = ("一、重点任务", "（一）公厕。新建公厕9座。", "（二）凉亭。新建凉亭5座。")


@pytest.mark.parametrize("heading", ["二、保障措施", "二、工作要求", "二、组织领导"])
def test_what_is_said_of_how_the_work_is_organised_is_no_promise(heading: str) -> None:
    facts = read(
        "松江区2031年民生实事实施方案",
        *HOW,
        heading,
        "（一）强化领导。各单位要制定推进计划。",
        "（二）强化督查。区政府督查室开展督查。",
        region="310117",
    )
    assert [line.title for line in facts.commitments] == ["公厕", "凉亭"]


def test_promises_under_such_a_heading_are_kept_where_nothing_else_is_listed() -> None:
    told = ("一、工作要求", *HOW[1:])
    facts = read("松江区2031年民生实事实施方案", *told, region="310117")
    assert [line.title for line in facts.commitments] == ["公厕", "凉亭"]


def test_a_signature_leads_no_line() -> None:
    signed = ("松江区民政局", "2031年2月18日")
    facts = read("松江区2031年民生实事实施方案", *signed, *HOW, region="310117")
    assert facts.responsibilities == ()
    facts = read("松江区2031年民生实事实施方案", signed[0], *HOW, region="310117")
    assert {duty.as_printed for duty in facts.responsibilities} == {"松江区民政局"}


def test_bodies_of_one_label_play_the_part_that_the_words_after_them_say() -> None:
    facts = read(
        "松江区2031年民生实事实施方案",
        "1.新建公厕9座。责任单位：区民政局牵头，区财政局、区教育局配合。",
        "2.新建凉亭5座。责任单位：区民政局、区财政局。",
        region="310117",
    )
    assert [
        (duty.commitment_id[-1], duty.role, duty.as_printed) for duty in facts.responsibilities
    ] == [
        ("1", "lead", "区民政局"),
        ("1", "support", "区财政局"),
        ("1", "support", "区教育局"),
        ("2", "lead", "区民政局"),
        ("2", "lead", "区财政局"),
    ]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("年度目标9座，已建成4座。", "公厕改造"),
        ("年度目标为改造公厕9座，已建成4座。", "改造公厕"),
    ],
)
def test_a_goal_is_called_by_its_thing_not_by_the_word_for_it(told: str, name: str) -> None:
    facts = read(
        "松江区2031年民生实事进展情况",
        f"1.公厕改造。{told}",
        "2.凉亭改造。计划改造凉亭5座，已交付使用3座。",
        region="310117",
    )
    first, second = facts.targets
    assert (first.indicator, second.indicator) == (name, "改造凉亭")
    assert [r.target_id for r in facts.reports] == [first.target_id, second.target_id]

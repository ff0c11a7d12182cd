"""Tables of plans: whatever their layout, the same facts."""

from __future__ import annotations

from decimal import Decimal

from pipelines.facts import DocumentFacts
from tests.pipelines.reading.documents import read

TITLE = "衢州市2024年民生实事任务分解表"
REGIONS = ["柯城区", "衢江区", "龙游县"]


def targets(facts: DocumentFacts) -> list[tuple[str, Decimal | None, str | None]]:
    return [(t.indicator, t.value, t.unit) for t in facts.targets]


def shares(facts: DocumentFacts) -> list[tuple[str, str, Decimal]]:
    return [(a.target_id.split("/")[1], a.region, a.value) for a in facts.allocations]


def notices(facts: DocumentFacts) -> list[str]:
    return [notice.code for notice in facts.notices]


def test_a_goal_beside_a_title_is_counted_in_the_title_s_words() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "量化目标", "市本级", *REGIONS],
            ["1", "新增托位300个，培训保育员90人次", "300个", "20个", "100个", "80个", "100个"],
            ["^", "^", "90人次", "", "30人次", "30人次", "30人次"],
        ],
    )
    assert targets(facts) == [
        ("新增托位", Decimal(300), "个"),
        ("培训保育员", Decimal(90), "人次"),
    ]
    assert shares(facts)[:2] == [("1.1", "市本级", Decimal(20)), ("1.1", "柯城区", Decimal(100))]
    assert len(shares(facts)) == 7
    assert {f.role for f in facts.figures if f.as_printed == "300个"} == {"target"}
    assert notices(facts) == []


def test_a_headline_sums_the_targets_between_its_neighbours() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "量化目标", "牵头单位"],
            ["7", "优化公交线路60条，新增站点12个", "40条", "市交通运输局"],
            ["^", "^", "20条", "^"],
            ["^", "^", "12个", "^"],
        ],
    )
    headline = facts.targets[0].headline_figure_id
    assert headline is not None
    assert [t.headline_figure_id for t in facts.targets] == [headline, headline, None]
    figure = next(f for f in facts.figures if f.figure_id == headline)
    assert (figure.value, figure.fact_id) == (Decimal(60), "plan/7")


def test_blank_cells_read_like_merged_ones() -> None:
    rows = [
        ["序号", "项目名称", "量化目标", "牵头单位"],
        ["1", "新增托位300个，培训保育员90人次", "300个", "市卫生健康委"],
        ["^", "^", "90人次", "^"],
        ["2", "改造小区4个", "4个", "市住建局"],
    ]
    blank = [["" if text == "^" else text for text in row] for row in rows]
    merged, unmerged = read(TITLE, rows), read(TITLE, blank)
    assert merged.targets == unmerged.targets
    assert merged.responsibilities == unmerged.responsibilities


def test_a_number_that_counts_categories_leaves_each_title_a_commitment() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "类别", "项目名称", "牵头单位", "预计完成时间"],
            ["1", "养老", "新建助餐点20个", "市民政局", "11月底"],
            ["^", "^", "新增床位50张", "市民政局", "10月底"],
            ["2", "教育", "新建学校3所", "市教育局", "9月底"],
        ],
    )
    assert [c.commitment_id for c in facts.commitments] == ["plan/1.1", "plan/1.2", "plan/2.1"]
    assert [str(c.due_on) for c in facts.commitments] == ["2024-11-30", "2024-10-31", "2024-09-30"]


def test_a_number_repeated_at_the_top_of_a_page_makes_no_second_commitment() -> None:
    facts = read(
        "2024年柯城区民生实事进展",
        [
            ["序号", "项目目标", "责任单位", "完成情况（1-3月）"],
            ["7.5", "建设共同体8个。", "社会工作部", "完成2个。"],
            ["7.5", "建设共同体8个。", "住建局", "方案已定。"],
        ],
    )
    assert [c.item_no for c in facts.commitments] == ["7.5"]
    assert targets(facts) == [("建设共同体", Decimal(8), "个")]
    assert [f.role for f in facts.figures if f.as_printed == "8个"] == ["target", "target"]


def test_a_header_over_two_columns_gives_the_ordinals_to_the_number() -> None:
    facts = read(
        "2024年柯城区民生实事进展",
        [
            ["项目类别", "项目目标", "<", "完成情况"],
            ["一、教育", "1.1", "新增学位600个。", "已新增学位150个。"],
            ["^", "1.2", "开设托班30个。", "暂未开展。"],
        ],
        as_of=None,
    )
    assert [c.item_no for c in facts.commitments] == ["1.1", "1.2"]
    assert [(r.target_id, r.value) for r in facts.reports] == [
        ("plan/1.1.1", Decimal(150)),
        ("plan/1.2.1", Decimal(0)),
    ]


def test_target_unit_and_value_in_three_columns_with_a_multiplier_in_the_unit() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "指标内容", "计量单位", "目标值", "主办单位"],
            ["1", "高标准农田", "万亩", "8.29", "市农业农村局"],
        ],
    )
    assert targets(facts) == [("高标准农田", Decimal("82900.00"), "亩")]
    assert facts.figures[-1].value == Decimal("82900.00")


def test_regions_down_the_side_carry_the_tasks_of_the_columns() -> None:
    facts = read(
        TITLE,
        [
            ["县（市、区）", "新增学位（个）", "改造厕所（座）"],
            ["合计", "600", "50"],
            ["柯城区", "400", "20"],
            ["衢江区", "200", "/"],
            ["龙游县", "", "30"],
        ],
    )
    assert targets(facts) == [
        ("新增学位", Decimal(600), "个"),
        ("改造厕所", Decimal(50), "座"),
    ]
    assert [(a.region, a.value) for a in facts.allocations] == [
        ("柯城区", Decimal(400)),
        ("衢江区", Decimal(200)),
        ("柯城区", Decimal(20)),
        ("龙游县", Decimal(30)),
    ]


def test_long_form_gives_each_row_s_figure_to_its_region() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "任务", "计量单位", "县（区）", "分配数"],
            ["1", "改造公路", "公里", "柯城区", "38.5"],
            ["^", "^", "^", "衢江区", "22"],
            ["^", "^", "^", "龙游县", "19.5"],
            ["^", "^", "^", "合计", "80"],
        ],
    )
    assert targets(facts) == [("改造公路", Decimal(80), "公里")]
    assert sum(a.value for a in facts.allocations) == 80


def test_a_second_table_splits_a_target_of_the_first() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "牵头单位"],
            ["1", "建设零工驿站32个，服务零工8万人次", "市人社局"],
        ],
        [
            ["任务", *REGIONS],
            ["零工驿站（个）", "12", "10", "10"],
        ],
    )
    assert {a.target_id for a in facts.allocations} == {"plan/1.1"}
    assert {a.unit for a in facts.allocations} == {"个"}


def test_quarters_beside_the_year_are_steps() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "指标", "计量单位", "目标", "<", "<"],
            ["^", "^", "^", "全年", "一季度", "上半年"],
            ["1", "新增学位", "个", "800", "20%", "300"],
        ],
    )
    assert targets(facts) == [("新增学位", Decimal(800), "个")]
    assert [(str(m.due_on), m.expected_value, m.expected_share) for m in facts.milestones] == [
        ("2024-03-31", Decimal(160), Decimal("0.2")),
        ("2024-06-30", Decimal(300), None),
    ]


def test_planned_done_and_percent_stand_side_by_side() -> None:
    facts = read(
        "衢州市2024年民生实事推进情况表",
        "统计时间：截至2024年8月31日",
        [
            [
                "序号",
                "项目名称",
                "单位",
                "年度计划数",
                "累计完成数",
                "完成率（%）",
                "是否达到序时进度",
            ],
            ["1", "两癌检查", "万人", "4.2", "2.1", "50", "否"],
        ],
    )
    assert targets(facts) == [("两癌检查", Decimal("42000.0"), "人")]
    assert [(r.value, r.unit, r.target_id, str(r.as_of)) for r in facts.reports] == [
        (Decimal("21000.0"), "人", "plan/1.1", "2024-08-31"),
        (Decimal(50), "%", None, "2024-08-31"),
    ]


def test_an_unknown_column_is_queued_and_its_figures_stay_unresolved() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "神秘指数", "牵头单位"],
            ["1", "新增托位300个", "42", "市卫生健康委"],
        ],
    )
    assert notices(facts) == ["unknown_header"]
    assert [f.as_printed for f in facts.figures if f.role == "unresolved"] == ["42"]
    assert targets(facts) == [("新增托位", Decimal(300), "个")]


def test_an_unknown_region_keeps_its_shares_and_is_queued() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "量化目标", *REGIONS, "智造新城"],
            ["1", "新增托位300个", "300个", "100个", "80个", "100个", "20个"],
        ],
    )
    assert sum(a.value for a in facts.allocations) == 300
    assert "unknown_region" in notices(facts)


def test_the_one_unknown_column_of_text_says_what_is_to_be_done() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "办什么事办到什么程度", "牵头单位", "完成时限"],
            ["1", "新增托位300个", "市卫生健康委", "11月底"],
        ],
    )
    assert targets(facts) == [("新增托位", Decimal(300), "个")]
    assert notices(facts) == ["unknown_header"]


def test_a_table_without_any_known_header_loses_no_number() -> None:
    facts = read(TITLE, [["甲", "乙"], ["300个", "400个"]])
    assert notices(facts) == ["unknown_table"]
    assert [f.role for f in facts.figures if f.table_no] == ["unresolved", "unresolved"]


def test_leads_and_supports_are_told_apart() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "责任★及配合单位"],
            ["1", "新增托位300个", "★卫生健康局财政局、各街道"],
        ],
        region="柯城区",
    )
    assert [(r.role, r.as_printed) for r in facts.responsibilities] == [
        ("lead", "卫生健康局"),
        ("support", "财政局"),
        ("support", "各街道"),
    ]


def test_ranks_and_last_year_s_figures_describe_and_are_no_results() -> None:
    facts = read(
        "衢州市2024年1—9月民生实事完成情况",
        [
            ["序号", "指标名称", "单位", "目标值", "1—9月", "<", "完成年度目标（%）", "排名"],
            ["^", "^", "^", "^", "本年累计", "上年同期", "^", "^"],
            ["1", "新增托位", "个", "800", "640", "500", "80", "2"],
        ],
    )
    assert targets(facts) == [("新增托位", Decimal(800), "个")]
    assert [(r.value, r.unit) for r in facts.reports] == [
        (Decimal(640), "个"),
        (Decimal(80), "%"),
    ]
    assert [f.role for f in facts.figures if f.as_printed in ("500", "2")] == ["scope", "ordinal"]


def test_a_step_of_a_unit_that_no_target_has_hangs_on_none() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "牵头单位", "进度安排"],
            ["1", "新增托位300个", "市卫生健康委", "6月底前培训人员20名；9月底前新增托位300个"],
        ],
    )
    assert [m.target_id for m in facts.milestones] == [None, "plan/1.1"]


def test_days_as_headers_date_the_steps_below_them() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "实事项目", "年度目标", "3月31日前", "年底前", "责任单位"],
            ["1", "清洁供暖", "改造换热站18座", "改造换热站6座", "改造换热站18座", "市住建局"],
        ],
    )
    assert [(str(m.due_on), m.expected_value) for m in facts.milestones] == [
        ("2024-03-31", Decimal(6)),
        ("2024-12-31", Decimal(18)),
    ]


def test_a_table_of_one_task_takes_name_and_unit_from_the_lines_above_it() -> None:
    facts = read(
        "昆山市2024年民生实事办理情况",
        "一、新增公共充电桩",
        "单位：个",
        [
            ["序号", "区镇", "年度任务数", "累计完成数", "完成率", "排名"],
            ["1", "张浦镇", "420", "399", "95%", "1"],
            ["2", "周市镇", "180", "153", "85%", "2"],
            ["3", "锦溪镇", "100", "62", "62%", "3"],
            ["合计", "<", "700", "614", "87.7%", "—"],
        ],
    )
    assert targets(facts) == [("新增公共充电桩", Decimal(700), "个")]
    assert sum(a.value for a in facts.allocations) == 700


def test_a_region_that_nobody_knows_is_queued_and_not_made_up() -> None:
    facts = read(
        TITLE,
        [["序号", "项目名称", "牵头单位"], ["1", "新增托位300个", "市卫生健康委"]],
        region="无名区",
    )
    assert facts.document.region_code == "330800"
    assert notices(facts) == ["unknown_region"]


def reports(facts: DocumentFacts) -> list[tuple[Decimal | None, str | None]]:
    return [(r.value, (r.target_id or "").rpartition("/")[2] or None) for r in facts.reports]


def test_no_other_figure_contradicts_a_column_of_counts() -> None:
    facts = read(
        "衢州市2024年民生实事进展情况（截至9月底）",
        [
            ["序号", "项目名称", "单位", "年度目标", "累计完成", "进展情况"],
            ["1", "新增公共停车位", "个", "4000", "3120", "建成停车场17个，4个在建。"],
            ["2", "新建公园", "个", "20", "8", "已建成8个"],
        ],
    )
    assert reports(facts) == [
        (Decimal(3120), "1.1"),
        (Decimal(17), None),
        (Decimal(4), None),
        (Decimal(8), "2.1"),
        (Decimal(8), "2.1"),
    ]


def test_what_fits_two_targets_alike_reports_on_the_one_that_is_free() -> None:
    facts = read(
        "衢州市2024年民生实事进展情况（截至6月底）",
        [
            ["序号", "项目名称", "目标任务", "进展情况"],
            [
                "1",
                "托育服务",
                "新增婴幼儿托位2100个，其中普惠性托位1500个",
                "新增托位1388个，其中普惠性托位1065个",
            ],
            ["2", "托育服务", "新增婴幼儿托位90个，其中普惠性托位50个", "新增托位40个"],
        ],
    )
    assert reports(facts) == [
        (Decimal(1388), "1.1"),
        (Decimal(1065), "1.2"),
        (Decimal(40), None),
    ]

"""Numbers that no reader has taken: which of them qualify, and which stay for a person to see."""

import pytest

from pipelines.facts import DocumentFacts
from tests.pipelines.reading.documents import read

PLAN = [
    ["序号", "项目名称", "目标任务", "责任单位"],
    ["1", "凉亭", "新建凉亭5座", "民政局"],
]
PROGRESS = [
    ["序号", "项目名称", "目标任务", "完成情况", "备注"],
    ["1", "凉亭", "新建凉亭5座", "已建成3座", "{remark}"],
]


def role_of(facts: DocumentFacts, printed: str) -> tuple[str, str | None]:
    [figure] = [figure for figure in facts.figures if figure.as_printed == printed]
    return figure.role, figure.rule


@pytest.mark.parametrize(
    ("paragraph", "printed", "role", "rule"),
    [
        ("新增学位640个，成绩来之不易。", "640个", "unresolved", "outline:told_outside"),
        ("全年目标640个。", "640个", "unresolved", "outline:told_outside"),
        ("松江区七届人大会议。", "七届", "scope", "outline:surroundings"),
        ("2031年实施民生实事9件。", "9件", "scope", "outline:surroundings"),
        ("从9个候选项目中票决产生7个。", "9个", "scope", "outline:surroundings"),
        ("从9个候选项目中票决产生7个。", "7个", "scope", "outline:surroundings"),
        ("注：完成率低于60%的单位应当说明。", "60%", "scope", "outline:note"),
        ("请完成率低于60%的单位说明原因。", "60%", "scope", "outline:note"),
        ("已建成凉亭的照片见图4。", "4", "scope", "outline:surroundings"),
    ],
)
def test_what_is_told_outside_all_lines_stays_unresolved(
    paragraph: str, printed: str, role: str, rule: str
) -> None:
    facts = read("松江区2031年民生实事责任清单", PLAN, paragraph, region="310117")
    assert role_of(facts, printed) == (role, rule)


@pytest.mark.parametrize(
    ("remark", "printed", "role", "rule"),
    [
        ("新增学位640个", "640个", "unresolved", "column:told_in_remark"),
        ("剩余2座正在施工", "2座", "scope", "column:remark"),
        ("涉及4个村", "4个", "scope", "column:remark"),
    ],
)
def test_what_a_reports_remark_tells_as_done_stays_unresolved(
    remark: str, printed: str, role: str, rule: str
) -> None:
    rows = [PROGRESS[0], [*PROGRESS[1][:-1], remark]]
    facts = read("松江区2031年民生实事完成情况", rows, region="310117")
    assert role_of(facts, printed) == (role, rule)


def test_a_plans_remark_describes() -> None:
    rows = [[*PLAN[0], "备注"], [*PLAN[1], "受益居民640人"]]
    facts = read("松江区2031年民生实事责任清单", rows, region="310117")
    assert role_of(facts, "640人") == ("scope", "column:remark")


def test_results_in_a_reports_text_beside_its_table_are_reported_though_it_names_plans() -> None:
    facts = read(
        "松江区2031年民生实事完成情况通报",
        "截至9月底，新建公厕3座，占年度计划的60%。",
        [PROGRESS[0], ["1", "凉亭", "新建凉亭5座", "已建成2座", ""]],
        region="310117",
    )
    assert role_of(facts, "3座")[0] == role_of(facts, "60%")[0] == "report"

"""What is said of a line in words stands in the warehouse, with its place and its target."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.facts import DocumentFacts, Statement
from pipelines.reading.recording import lines
from tests.pipelines.reading.documents import read

TITLE = "衢州市2024年民生实事1-3月进展情况表"
HEADER = ["序号", "项目名称", "年度目标", "进展情况"]


def read_line(goal: str, progress: str) -> DocumentFacts:
    return read(TITLE, [HEADER, ["1", "惠民项目", goal, progress]])


def said(facts: DocumentFacts) -> list[tuple[str | None, str, str | None, str]]:
    def number(statement: Statement) -> str | None:
        return statement.target_id.split("/")[1] if statement.target_id else None

    return [(number(s), s.kind, s.state, s.text) for s in facts.statements]


def test_a_cell_without_a_figure_is_said_with_its_place() -> None:
    facts = read_line("新建公园2个", "甲公园、乙公园均已完成初验。")
    [statement] = facts.statements
    assert (statement.statement_id, statement.commitment_id) == ("plan/1.s1", "plan/1")
    assert (statement.kind, statement.state) == ("progress", "completed")
    assert (statement.as_of, statement.header) == (date(2024, 3, 31), "进展情况")
    assert statement.as_printed == "甲公园、乙公园均已完成初验"
    assert (statement.table_no, statement.row_no, statement.col_no) == (1, 2, 4)
    assert (statement.char_start, statement.char_end) == (0, 13)


def test_a_cell_with_figures_is_said_too() -> None:
    facts = read_line("新建公园20个", "已建成5个")
    assert said(facts) == [(None, "progress", None, "已建成5个")]
    assert len(facts.reports) == 1


def test_a_sentence_is_of_the_targets_that_it_reports_on_or_names() -> None:
    facts = read_line(
        "新建社区食堂20个，改造农贸市场6家", "新建社区食堂5个。农贸市场正在设计。均加快推进。"
    )
    assert said(facts) == [
        ("1.1", "progress", None, "新建社区食堂5个"),
        ("1.2", "progress", "preparing", "农贸市场正在设计"),
        (None, "progress", "under_way", "均加快推进"),
    ]


def test_what_goes_on_in_an_item_is_of_what_the_item_names() -> None:
    facts = read_line(
        "新建社区食堂20个，改造农贸市场6家", "1.社区食堂：已选址。正在装修；2.农贸市场：已完工"
    )
    assert [target for target, *_ in said(facts)] == ["1.1", "1.1", "1.2"]


def test_words_beside_a_figure_that_nobody_could_assign_are_of_the_whole_line() -> None:
    facts = read_line(
        "组织健康讲座100场，开展学生筛查3万人次", "走进校园20场，完成学生筛查2.7万人次"
    )
    assert [target for target, *_ in said(facts)] == [None]


def test_a_cell_beside_some_of_the_targets_speaks_of_these() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "年度目标", "进展情况"],
            ["1", "惠民项目", "新建公园2个", "正在施工"],
            ["^", "^", "改造农贸市场6家", "尚未开工"],
        ],
    )
    assert said(facts) == [
        ("1.1", "progress", "under_way", "正在施工"),
        ("1.2", "progress", "not_started", "尚未开工"),
    ]


def test_a_mark_answers_the_question_of_its_column() -> None:
    facts = read(
        TITLE,
        [
            [*HEADER, "是否达到序时进度"],
            ["1", "惠民项目", "新建公园20个", "建成5个", "否"],
            ["2", "便民项目", "新建食堂20个", "建成9个", "√"],
        ],
    )
    assert [(s.text, s.state, s.header) for s in facts.statements if s.col_no == 5] == [
        ("否", "delayed", "是否达到序时进度"),
        ("√", None, "是否达到序时进度"),
    ]


def test_remarks_are_of_the_kind_that_their_words_or_their_header_tell() -> None:
    facts = read(
        TITLE,
        [
            [*HEADER, "备注", "未完成原因", "下一步打算"],
            ["1", "惠民项目", "新建公园20个", "建成5个", "续建", "用地紧张", "加强宣传"],
        ],
    )
    assert [(s.kind, s.text) for s in facts.statements][1:] == [
        ("remark", "续建"),
        ("reason", "用地紧张"),
        ("plan", "加强宣传"),
    ]


def test_words_that_stand_instead_of_shares_say_why() -> None:
    facts = read(
        "衢州市2024年民生实事任务分解表",
        [
            ["序号", "项目名称", "量化目标", "柯城区", "衢江区", "龙游县"],
            ["1", "新增托位300个", "300个", "100个", "100个", "100个"],
            ["2", "新增就业", "900人", "按省下达的统计口径核算，不分解到县。", "<", "<"],
        ],
    )
    assert said(facts) == [(None, "reason", None, "按省下达的统计口径核算，不分解到县")]
    assert facts.statements[0].row_no == 3


def test_words_of_a_schedule_without_a_day_are_plans_or_caveats_and_those_with_one_are_steps() -> (
    None
):
    facts = read(
        "衢州市2024年民生实事责任清单",
        [
            ["序号", "项目名称", "目标任务", "进度安排"],
            ["1", "惠民项目", "新建公园20个", "6月底前完成10个。具体以上级批复为准。"],
        ],
    )
    assert said(facts) == [(None, "caveat", None, "具体以上级批复为准")]
    assert len(facts.milestones) == 1


def test_of_an_article_the_sentences_that_report_are_said() -> None:
    facts = read(
        "衢州市2024年民生实事成绩单",
        "衢州坐落在浙江西部。截至11月底，全市新建公园30个。老旧小区改造工程全部完工。",
        "今年以来，全市新增托位500个，新建社区食堂20个，完成培训3000人次。",
    )
    assert [(s.commitment_id, s.text, s.state) for s in facts.statements][:2] == [
        (None, "截至11月底，全市新建公园30个", None),
        (None, "老旧小区改造工程全部完工", "completed"),
    ]
    assert facts.statements[0].as_of == date(2024, 11, 30)


def test_a_cell_of_progress_that_nobody_said_is_queued(monkeypatch: pytest.MonkeyPatch) -> None:
    table = [HEADER, ["1", "惠民项目", "新建公园20个", "已选址"], ["2", "便民项目", "修路3条", "—"]]
    assert read(TITLE, table).notices == ()
    monkeypatch.setattr(lines, "record_statements", lambda record: None)
    facts = read(TITLE, table)
    assert [(n.code, n.as_printed, n.row_no) for n in facts.notices] == [
        ("unsaid_progress", "已选址", 2)
    ]

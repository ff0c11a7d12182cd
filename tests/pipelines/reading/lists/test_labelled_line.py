"""Labelled pieces of a text as one line: its title, its rows and what each field is."""

# ruff: noqa: E501 -- what a row says is told in one line

from __future__ import annotations

import pytest

from pipelines.reading.lists.labelled_line import line_of_pieces
from pipelines.reading.outline.labels import split_labelled
from tests.pipelines.reading.layouts import setting_of, spell_line
from tests.pipelines.reading.texts import text_of

PLANS = {
    "the words before a colon are the title and begin no sentence": (
        "新建学校：新建学校3所。新增学位600个",
        """
- | - | - | 新建学校 | 新建学校：新建学校3所。新增学位600个
  0 goal=新建学校 goal=新建学校3所。 goal=新增学位600个
""",
    ),
    "the words before a full stop are the title": (
        "新建学校。新建3所，新增学位600个；改造2所。",
        """
- | - | - | 新建学校 | 新建学校。新建3所，新增学位600个；改造2所
  0 <新建学校> goal=新建学校。 goal=新建3所，新增学位600个； goal=改造2所
""",
    ),
    "words of thirty characters are a title, more are not": (
        "甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸：3所",
        """
- | - | - | 甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸 | 甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸：3所
  0 goal=甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸 goal=3所
""",
    ),
    "thirty one are not": (
        "甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸子：3所",
        """
- | - | - | 甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸子：3所 | -
  0 goal=甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸子：3所
""",
    ),
    "a decimal point ends no title, a dot after words does": (
        "改造公路8.5公里.再改造2公里",
        """
- | - | - | 改造公路8.5公里 | 改造公路8.5公里.再改造2公里
  0 <改造公路8.5公里> goal=改造公路8.5公里.再改造2公里
""",
    ),
    "a label gives its text the role of a column": (
        "项目名称：新建学校；主要内容：新增学位600个；责任单位：市教育局；完成时限：11月底；备注：含扩建",
        """
- | - | - | 新建学校 | 新建学校新增学位600个
  0 goal=新建学校 goal=新增学位600个 responsible=市教育局 due=11月底 remark=含扩建
""",
    ),
    "several days under one label are the line's own and its steps": (
        "项目名称：新建学校；主要内容：新建3所；完成时限：6月底开工，11月底完工",
        """
- | - | - | 新建学校 | 新建学校新建3所
  0 goal=新建学校 goal=新建3所 due=6月底开工，11月底完工 schedule=6月底开工，11月底完工
""",
    ),
    "a label of a number numbers the line": (
        "序号：7；项目名称：新建学校",
        """
7 | 7 | - | 新建学校 | -
  0 item_no=7 goal=新建学校
""",
    ),
    "an unknown role describes": (
        "新建学校3所；投资额：500万元",
        """
- | - | - | 新建学校3所 | -
  0 goal=新建学校3所 remark=500万元
""",
    ),
    "clauses that only say by when are steps": (
        "新建学校3所，6月底前开工，11月底前投用",
        """
- | - | - | 新建学校3所，6月底前开工，11月底前投用 | -
  0 <新建学校3所，6月底前开工，11月底前投用> goal=新建学校3所， schedule=6月底前开工，11月底前投用
""",
    ),
    "a last day alone is due": (
        "新建学校3所，11月底前完成",
        """
- | - | - | 新建学校3所，11月底前完成 | -
  0 <新建学校3所，11月底前完成> goal=新建学校3所， due=11月底前完成
""",
    ),
    "a dated clause with a figure of its own is no step": (
        "新建学校3所，11月底前建成2所",
        """
- | - | - | 新建学校3所，11月底前建成2所 | -
  0 goal=新建学校3所，11月底前建成2所
""",
    ),
    "a dated clause in which nothing acts is no step": (
        "新建学校3所，11月底前见效",
        """
- | - | - | 新建学校3所，11月底前见效 | -
  0 goal=新建学校3所，11月底前见效
""",
    ),
    "a clause from a day on is no step": (
        "新建学校3所，3月起施工",
        """
- | - | - | 新建学校3所，3月起施工 | -
  0 goal=新建学校3所，3月起施工
""",
    ),
    "a clause that does not open with a day is no step, nor is a line without a figure": (
        "新建学校3所，力争11月底前完成",
        """
- | - | - | 新建学校3所，力争11月底前完成 | -
  0 goal=新建学校3所，力争11月底前完成
""",
    ),
    "without a figure nothing is a step": (
        "新建学校，11月底前完成",
        """
- | - | - | 新建学校，11月底前完成 | -
  0 goal=新建学校，11月底前完成
""",
    ),
    "a step with words between is none": (
        "新建学校3所，6月底前开工，环境优美",
        """
- | - | - | 新建学校3所，6月底前开工，环境优美 | -
  0 goal=新建学校3所，6月底前开工，环境优美
""",
    ),
    "a sentence of days after a promise is its schedule": (
        "新建学校3所。6月底前完成1所，11月底前完成3所。",
        """
- | - | - | 新建学校3所 | 新建学校3所。6月底前完成1所，11月底前完成3所
  0 <新建学校3所> goal=新建学校3所。 schedule=6月底前完成1所，11月底前完成3所
""",
    ),
    "such a sentence before any promise promises": (
        "6月底前完成1所，11月底前完成3所。",
        """
- | - | - | 6月底前完成1所，11月底前完成3所 | -
  0 goal=6月底前完成1所，11月底前完成3所
""",
    ),
    "days that share a figure are a schedule": (
        "新建学校3所。分别于6月底、11月底各完成1所。",
        """
- | - | - | 新建学校3所 | 新建学校3所。分别于6月底、11月底各完成1所
  0 <新建学校3所> goal=新建学校3所。 schedule=分别于6月底、11月底各完成1所
""",
    ),
    "a sentence that counts some of what was promised, by a day, is a step": (
        "新建学校3所。6月底前完成1所，切实保障入学。",
        """
- | - | - | 新建学校3所 | 新建学校3所。6月底前完成1所，切实保障入学
  0 <新建学校3所> goal=新建学校3所。 schedule=6月底前完成1所，切实保障入学
""",
    ),
    "one that counts more, or in another unit, is a goal": (
        "新建学校3所。6月底前新建公园5个，绿化环境。9月底前扩建学校4所，保障入学。",
        """
- | - | - | 新建学校3所 | 新建学校3所。6月底前新建公园5个，绿化环境。9月底前扩建学校4所，保障入学
  0 <新建学校3所> goal=新建学校3所。 goal=6月底前新建公园5个，绿化环境。 goal=9月底前扩建学校4所，保障入学
""",
    ),
    "what was done is progress": (
        "新建学校3所。已建成2所。",
        """
- | - | - | 新建学校3所 | 新建学校3所。已建成2所
  0 <新建学校3所> goal=新建学校3所。 progress=已建成2所
""",
    ),
    "one sentence of both is split at its clauses": (
        "计划新建学校3所，已建成2所，完成投资500万元，还将改造1所",
        """
- | - | - | 计划新建学校3所，已建成2所，完成投资500万元，还将改造1所 | -
  0 <计划新建学校3所，已建成2所，完成投资500万元，还将改造1所> goal=计划新建学校3所， progress=已建成2所，完成投资500万元， goal=还将改造1所
""",
    ),
    "shares by region follow their goal": (
        "改造小区4个，其中柯城区3个、衢江区1个",
        """
- | - | - | 改造小区4个，其中柯城区3个、衢江区1个 | -
  0 <改造小区4个，其中柯城区3个、衢江区1个> goal=改造小区4个，其中柯城区 allocation=3个@柯城区 allocation=1个@衢江区
""",
    ),
    "what stands between and after shares is a goal of its own": (
        "改造小区9个，其中柯城区3个，另建公园5个，衢江区1个，并新增车位20个",
        """
- | - | - | 改造小区9个，其中柯城区3个，另建公园5个，衢江区1个，并新增车位20个 | -
  0 <改造小区9个，其中柯城区3个，另建公园5个，衢江区1个，并新增车位20个> goal=改造小区9个，其中柯城区 allocation=3个@柯城区 allocation=1个@衢江区
  1 <改造小区9个，其中柯城区3个，另建公园5个，衢江区1个，并新增车位20个> goal=5个 goal=，并新增车位20个
""",
    ),
    "sentences of shares are rows of their own": (
        "改造小区4个，其中柯城区3个。新建公园2个。其中衢江区1个、龙游县1个。",
        """
- | - | - | 改造小区4个，其中柯城区3个 | 改造小区4个，其中柯城区3个。新建公园2个。其中衢江区1个、龙游县1个
  0 <改造小区4个，其中柯城区3个> goal=改造小区4个，其中柯城区 allocation=3个@柯城区
  1 <改造小区4个，其中柯城区3个> goal=新建公园2个。
  2+ <改造小区4个，其中柯城区3个> goal=其中衢江区 allocation=1个@衢江区 allocation=1个@龙游县
""",
    ),
    "goals with bodies of their own are rows of their own": (
        "工作目标：新建学校3所；责任单位：市教育局；工作目标：改造公园2个；责任单位：市园林局",
        """
- | - | - | 新建学校3所 | 新建学校3所改造公园2个
  0 goal=新建学校3所 responsible=市教育局→0
  1 <新建学校3所> goal=改造公园2个 responsible=市园林局→1
""",
    ),
    "goals with the same bodies are one row": (
        "工作目标：新建学校3所；责任单位：市教育局；工作目标：改造公园2个；责任单位：市教育局",
        """
- | - | - | 新建学校3所 | 新建学校3所改造公园2个
  0 goal=新建学校3所 responsible=市教育局 goal=改造公园2个 responsible=市教育局
""",
    ),
    "a stop that ends a title is none of it, and words before a label are kept": (
        "新建学校3所；；责任单位：市教育局；配合单位：市财政局",
        """
- | - | - | 新建学校3所 | -
  0 goal=新建学校3所 responsible=市教育局 support=市财政局
""",
    ),
    "parts of one goal stay together where bodies differ": (
        "工作目标：新建学校3所。改造2所，6月底前开工；责任单位：市教育局；工作目标：改造公园2个；责任单位：市园林局；新建公厕",
        """
- | - | - | 新建学校3所 | 新建学校3所。改造2所，6月底前开工改造公园2个
  0 <新建学校3所> goal=新建学校3所。
  1 <新建学校3所> goal=改造2所， schedule=6月底前开工 responsible=市教育局→1
  2 <新建学校3所> goal=改造公园2个 responsible=市园林局；新建公厕→2
""",
    ),
    "one day that is shared, or two that are not, are no schedule": (
        "新建学校3所。争取6月底各完成1所。争取6月底、11月底完成1所。",
        """
- | - | - | 新建学校3所 | 新建学校3所。争取6月底各完成1所。争取6月底、11月底完成1所
  0 <新建学校3所> goal=新建学校3所。 goal=争取6月底各完成1所。 goal=争取6月底、11月底完成1所
""",
    ),
    "a blank before a day is none, and a start may be a step": (
        "新建学校3所， 6月底前启动，11月底前全面完成建设任务",
        """
- | - | - | 新建学校3所，6月底前启动，11月底前全面完成建设任务 | -
  0 <新建学校3所，6月底前启动，11月底前全面完成建设任务> goal=新建学校3所， schedule=6月底前启动，11月底前全面完成建设任务
""",
    ),
    "a first clause without a figure, and a start, are in the promise": (
        "优化布局，新建学校3所，6月底前启动",
        """
- | - | - | 优化布局，新建学校3所，6月底前启动 | -
  0 <优化布局，新建学校3所，6月底前启动> goal=优化布局，新建学校3所， schedule=6月底前启动
""",
    ),
    "a last day with two dates is no due day": (
        "新建学校3所，6月底前、11月底前完成",
        """
- | - | - | 新建学校3所，6月底前、11月底前完成 | -
  0 <新建学校3所，6月底前、11月底前完成> goal=新建学校3所， schedule=6月底前、11月底前完成
""",
    ),
    "wide digits before a day leave its end": (
        "新建学校３所，１１月底前完成",
        """
- | - | - | 新建学校3所，11月底前完成 | -
  0 <新建学校3所，11月底前完成> goal=新建学校3所， due=11月底前完成
""",
    ),
    "clauses without a cue go with those before them, or the first that has one": (
        "学校3所，已建成2所，车位5个，还将改造1所，车位6个",
        """
- | - | - | 学校3所，已建成2所，车位5个，还将改造1所，车位6个 | -
  0 <学校3所，已建成2所，车位5个，还将改造1所，车位6个> progress=学校3所，已建成2所，车位5个， goal=还将改造1所，车位6个
""",
    ),
    "a clause before a plan is planned": (
        "学校3所，还将改造1所，已建成2所，车位6个",
        """
- | - | - | 学校3所，还将改造1所，已建成2所，车位6个 | -
  0 <学校3所，还将改造1所，已建成2所，车位6个> goal=学校3所，还将改造1所， progress=已建成2所，车位6个
""",
    ),
    "several sentences after a promise keep it": (
        "新建学校3所。切实保障入学。6月底前完成1所，11月底前完成3所。",
        """
- | - | - | 新建学校3所 | 新建学校3所。切实保障入学。6月底前完成1所，11月底前完成3所
  0 <新建学校3所> goal=新建学校3所。 goal=切实保障入学。 schedule=6月底前完成1所，11月底前完成3所
""",
    ),
    "a first step that only finishes leaves the steps a schedule": (
        "新建学校3所，6月底前完成，11月底前投用",
        """
- | - | - | 新建学校3所，6月底前完成，11月底前投用 | -
  0 <新建学校3所，6月底前完成，11月底前投用> goal=新建学校3所， schedule=6月底前完成，11月底前投用
""",
    ),
    "a start by a day is a step, though nothing else acts": (
        "新建学校3所，6月底前启动",
        """
- | - | - | 新建学校3所，6月底前启动 | -
  0 <新建学校3所，6月底前启动> goal=新建学校3所， schedule=6月底前启动
""",
    ),
    "one day that several things share is none": (
        "新建学校3所。力争6月底各完成1所。",
        """
- | - | - | 新建学校3所 | 新建学校3所。力争6月底各完成1所
  0 <新建学校3所> goal=新建学校3所。 goal=力争6月底各完成1所
""",
    ),
    "two days that nothing shares are none": (
        "新建学校3所。力争6月底、11月底完成1所。",
        """
- | - | - | 新建学校3所 | 新建学校3所。力争6月底、11月底完成1所
  0 <新建学校3所> goal=新建学校3所。 goal=力争6月底、11月底完成1所
""",
    ),
    "bodies before the first goal are of all": (
        "责任单位：市教育局；工作目标：新建学校3所；配合单位：市财政局；工作目标：改造公园2个；配合单位：市园林局",
        """
- | - | - | 新建学校3所 | 新建学校3所改造公园2个
  0 <新建学校3所> responsible=市教育局→0
  1 goal=新建学校3所 support=市财政局→1
  2 <新建学校3所> goal=改造公园2个 support=市园林局→2
""",
    ),
}
REPORTS = {
    "words before the bodies are the promise and those behind what became of it": (
        "新增床位400张（责任单位：市民政局）实际新增416张",
        """
- | - | - | 新增床位400张 | -
  0 goal=新增床位400张 responsible=市民政局 progress=实际新增416张
""",
    ),
    "without words behind them nothing became of it": (
        "新增床位400张。责任单位：市民政局",
        """
- | - | - | 新增床位400张 | -
  0 progress=新增床位400张 responsible=市民政局
""",
    ),
    "without bodies each sentence reports": (
        "新增床位400张。明年计划新增500张。",
        """
- | - | - | 新增床位400张 | 新增床位400张。明年计划新增500张
  0 <新增床位400张> progress=新增床位400张。 goal=明年计划新增500张
""",
    ),
    "words alone before bodies stay a title in a plan s style": (
        "新增床位400张。；（责任单位：市民政局）",
        """
- | - | - | 新增床位400张 | -
  0 progress=新增床位400张 responsible=市民政局
""",
    ),
    "what is under way in a report is planned": (
        "正在新增床位400张。计划新增300张，累计服务群众2万人次。",
        """
- | - | - | 正在新增床位400张 | 正在新增床位400张。计划新增300张，累计服务群众2万人次
  0 <正在新增床位400张> progress=正在新增床位400张。 goal=计划新增300张， progress=累计服务群众2万人次
""",
    ),
    "a plan in a report is planned, and beside a result too": (
        "计划新增床位400张，已新增416张。力争新增3张，正在新增5张。还将改造6张。",
        """
- | - | - | 计划新增床位400张，已新增416张 | 计划新增床位400张，已新增416张。力争新增3张，正在新增5张。还将改造6张
  0 <计划新增床位400张，已新增416张> goal=计划新增床位400张， progress=已新增416张。 goal=力争新增3张，正在新增5张。 goal=还将改造6张
""",
    ),
    "a label that promises does so in a report": (
        "工作目标：新增床位400张；工作内容：建成",
        """
- | - | - | 新增床位400张 | 新增床位400张建成
  0 goal=新增床位400张 goal=建成
""",
    ),
    "a label before the bodies leaves what it says": (
        "工作目标：新增床位400张；责任单位：市民政局；新增416张",
        """
- | - | - | 新增床位400张 | -
  0 goal=新增床位400张 responsible=市民政局；新增416张
""",
    ),
}


def test_a_number_given_goes_before_one_that_is_told() -> None:
    pieces = split_labelled(text_of("序号：7；项目名称：新建学校"))
    line = line_of_pieces(pieces, "3", "教育", setting_of())
    assert (line.suffix, line.number, line.category) == ("3", "3", "教育")
    assert line.roles == {"item_no", "title"}
    assert line_of_pieces(pieces[1:], None, None, setting_of()).suffix == ""


def spell(printed: str, *, is_report: bool) -> str:
    """A line without where it was printed."""
    pieces = split_labelled(text_of(printed))
    head, _, *rows = spell_line(line_of_pieces(pieces, None, None, setting_of(is_report=is_report)))
    return "\n".join((head, *rows))


@pytest.mark.parametrize(("printed", "told"), PLANS.values(), ids=PLANS)
def test_a_text_of_a_plan_is_a_line(printed: str, told: str) -> None:
    assert spell(printed, is_report=False) == told.strip()


@pytest.mark.parametrize(("printed", "told"), REPORTS.values(), ids=REPORTS)
def test_a_text_of_a_report_is_a_line(printed: str, told: str) -> None:
    assert spell(printed, is_report=True) == told.strip()

"""Progress cells and results articles."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.clauses.accomplished import (
    ProgressReading,
    Reported,
    read_article,
    read_progress,
)
from pipelines.reading.clauses.rules import NumberRole
from tests.pipelines.reading.texts import numbers_of, text_of

PERIOD_END = date(2030, 6, 30)


def progress(printed: str) -> ProgressReading:
    return read_progress(text_of(printed), PERIOD_END, 2030)


def figure(printed: str, as_printed: str) -> Reported:
    return next(r for r in progress(printed).reported if r.number.as_printed == as_printed)


@pytest.mark.parametrize(
    ("printed", "as_printed"),
    [
        ("已建成145个。", "145个"),
        ("3个小区改造项目完工通水。", "3个"),
        ("三所学校停车场均已完成改造", "三所"),
        ("完成甲、乙，丙、丁等8个食堂（含助餐点）的建设。", "8个"),
        ("完成直播4场、推文32篇。", "32篇"),
        ("完成率100%", "100%"),
    ],
)
def test_what_was_done_is_a_result(printed: str, as_printed: str) -> None:
    found = figure(printed, as_printed)
    assert found.role is NumberRole.REPORT
    assert found.is_result
    assert found.as_of == PERIOD_END


@pytest.mark.parametrize(
    ("printed", "as_printed"),
    [
        ("摸排605人", "605人"),
        ("聘用15名专家指导教学", "15名"),
        ("收集18个点位信息", "18个"),
        ("在建5个", "5个"),
    ],
)
def test_work_towards_a_result_is_reported_but_no_result(printed: str, as_printed: str) -> None:
    found = figure(printed, as_printed)
    assert found.role is NumberRole.REPORT
    assert not found.is_result


@pytest.mark.parametrize(
    ("printed", "as_printed"),
    [
        ("拟建设2个单元40张床位", "40张"),
        ("照护专区（2个单元床位38张）正在建设中", "38张"),
        ("预计9月开工，年底前完成30套", "30套"),
        ("制定16个小区改造方案", "16个"),
        ("明确创建农贸市场点位6家", "6家"),
        ("新建服务站3家：甲站已完成设计", "3家"),
        ("已完成筹集共计10个项目260套", "10个"),
        ("主体施工至5层", "5层"),
        ("工作满12年情况", "12年"),
        ("较去年同期增长12%", "12%"),
        ("未开工2个", "2个"),
    ],
)
def test_plans_and_descriptions_are_scope(printed: str, as_printed: str) -> None:
    assert figure(printed, as_printed).role is NumberRole.SCOPE


def test_the_promise_repeated_beside_the_result_is_a_target() -> None:
    assert figure("全年目标500个，已完成320个", "500个").role is NumberRole.TARGET
    assert figure("已完成3所（目标5所）", "5所").role is NumberRole.TARGET
    assert figure("完成年度目标任务320个", "320个").role is NumberRole.REPORT


def test_a_percentage_of_the_work_is_marked_a_rate_is_not() -> None:
    assert figure("外墙安装完成86%", "86%").is_share
    assert not figure("家长满意度93.5%", "93.5%").is_share


def test_sub_items_are_kept_apart() -> None:
    reading = progress("1.甲中心：已新建公园4个；2.改造公园尚未开展；3.已全部完成。")
    assert [(item.position, item.label) for item in reading.items] == [
        (1, "甲中心"),
        (2, None),
        (3, None),
    ]
    assert [item.is_nothing for item in reading.items] == [False, True, False]
    assert [item.is_done for item in reading.items] == [False, False, True]
    assert not reading.nothing_done
    assert figure("1.培训80人次；2.走访9家", "9家").sub_item == 2


@pytest.mark.parametrize("printed", ["暫未開展托班工作，計劃于9月調查。", "尚未启动", "未开展"])
def test_nothing_begun_is_said(printed: str) -> None:
    assert progress(printed).nothing_done


def test_a_figure_speaks_for_its_own_date() -> None:
    assert figure("截至3月26日，举办讲座20场，筛查2.7万人次", "2.7万人次").as_of == date(
        2030, 3, 26
    )
    month = figure("4月新增就业1200人；1-5月累计新增5600人", "1200人")
    assert (month.as_of, month.is_cumulative) == (date(2030, 4, 30), False)
    assert figure("4月新增就业1200人；1-5月累计新增5600人", "5600人").is_cumulative


def test_parts_point_to_their_total() -> None:
    reported = progress("新增床位80张，其中护理型60张").reported
    assert [entry.part_of for entry in reported] == [None, 0]


ARTICLE = (
    "2010年起，每年办好十方面民生实事。",
    "截至11月底，新建学校96所，新增学位1.09万个，超额完成原定“新建学校70所”的目标。"
    "培训教师300人次。",
    "此外，全年改造水站25座。",
    "今年以来，为近80万名60周岁以上老人接种疫苗，累计服务超240万人次，家长满意度93.57%。",
    "截至12月中旬，全市33家医院均已开通结算，达成“设立菜市102个”目标。",
)


def article(published_on: date | None = None) -> list[Reported]:
    return [
        r for page in read_article([text_of(t) for t in ARTICLE], 2030, published_on) for r in page
    ]


def test_an_article_gives_each_figure_its_day() -> None:
    days = {r.number.as_printed: r.as_of for r in article() if r.role is NumberRole.REPORT}
    assert days["96所"] == days["300人次"] == date(2030, 11, 30)
    assert days["25座"] == days["80万名"] == days["102个"] == date(2030, 12, 20)
    later = {r.number.as_printed: r.as_of for r in article(date(2030, 12, 28))}
    assert later["80万名"] == date(2030, 12, 28)


def test_an_article_tells_old_promises_from_results() -> None:
    roles = {r.number.as_printed: r.role for r in article()}
    assert roles["70所"] is NumberRole.TARGET
    assert roles["102个"] is NumberRole.REPORT
    assert roles["33家"] is NumberRole.REPORT
    assert roles["2010年"] is NumberRole.YEAR


def test_an_article_keeps_the_comparators() -> None:
    comparators = {r.number.as_printed: r.number.comparator for r in article()}
    assert comparators["80万名"] == "~"
    assert comparators["240万人次"] == ">"


@settings(max_examples=300)
@given(
    st.text(
        alphabet="已完成建235个所，；。：（）“”其中目标1.2.一是拟%月底截至、暂未开展 \n",
        max_size=60,
    )
)
def test_each_number_stands_exactly_once(printed: str) -> None:
    numbers = list(numbers_of(printed))
    assert [r.number for r in progress(printed).reported] == numbers
    assert [r.number for page in read_article([text_of(printed)], 2030) for r in page] == numbers

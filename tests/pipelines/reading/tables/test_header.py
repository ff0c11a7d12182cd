"""Where a header stands: its first row, and the first row of data."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.reading.outline.texts import DocumentTexts
from pipelines.reading.tables.header import find_header_rows, names_row
from pipelines.reading.tables.layout import TableView
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.reading.documents import read
from tests.pipelines.reading.layouts import Rows, setting_of, table_of, view_of
from tests.pipelines.reading.tables.test_ordinary import TITLE, notices, shares, targets

FOUND: dict[str, tuple[Rows, tuple[int, int] | None]] = {
    "two known words of four are a header": (
        [["序号", "项目名称", "甲", "乙"], ["1", "新建公厕", "丙", "丁"]],
        (0, 1),
    ),
    "two known words of five are none": (
        [["序号", "项目名称", "甲", "乙", "丙"], ["1", "新建公厕", "丙", "丁", "戊"]],
        None,
    ),
    "one known word is none": (
        [["项目名称", "甲"], ["新建公厕", "丙"]],
        None,
    ),
    "a blank cell counts as no word": (
        [["序号", "项目名称", "甲", "　", "乙"], ["1", "新建公厕", "丙", "丁", "戊"]],
        (0, 1),
    ),
    "regions are header words": (
        [["柯城区", "衢江区", "甲"], ["1", "新建公厕", "丙"]],
        (0, 1),
    ),
    "a caption may stand above": (
        [["单位：万元", "<", "<"], ["序号", "项目名称", "甲"], ["1", "新建公厕", "丙"]],
        (1, 2),
    ),
    "the sixth row is looked at": (
        [
            ["甲", "乙"],
            ["甲", "乙"],
            ["甲", "乙"],
            ["甲", "乙"],
            ["甲", "乙"],
            ["序号", "项目名称"],
            ["1", "新建公厕"],
        ],
        (5, 6),
    ),
    "the seventh row is not": (
        [
            ["甲", "乙"],
            ["甲", "乙"],
            ["甲", "乙"],
            ["甲", "乙"],
            ["甲", "乙"],
            ["甲", "乙"],
            ["序号", "项目名称"],
            ["1", "新建公厕"],
        ],
        None,
    ),
    "a table that ends with its header has no data": (
        [["序号", "项目名称"]],
        (0, 1),
    ),
    "a cell over two rows makes two storeys": (
        [["序号", "项目名称", "甲"], ["^", "主要内容", "乙"], ["1", "新建公厕", "丙"]],
        (0, 2),
    ),
    "a header is four storeys deep at most": (
        [
            ["序号", "项目名称", "甲"],
            ["^", "主要内容", "乙"],
            ["^", "主要内容", "乙"],
            ["^", "主要内容", "乙"],
            ["^", "主要内容", "乙"],
            ["1", "新建公厕", "丙"],
        ],
        (0, 4),
    ),
    "a row of header words goes on with the header": (
        [["序号", "项目名称", "目标"], ["项号", "事项", "柯城区"], ["1", "新建公厕", "3"]],
        (0, 2),
    ),
    "so does a row of parts of the year and units": (
        [
            ["序号", "项目名称", "目标", "<"],
            ["", "　", "一季度", "万亩"],
            ["1", "新建公厕", "3", "4"],
        ],
        (0, 2),
    ),
    "and so four rows in all": (
        [
            ["序号", "项目名称"],
            ["序号", "事项"],
            ["序号", "事项"],
            ["序号", "事项"],
            ["序号", "事项"],
            ["1", "新建公厕"],
        ],
        (0, 4),
    ),
    "a blank row is data": (
        [["序号", "项目名称"], ["", "　"], ["1", "新建公厕"]],
        (0, 1),
    ),
    "a word over the whole width is a section": (
        [["序号", "项目名称"], ["事项", "<"], ["1", "新建公厕"]],
        (0, 1),
    ),
    "one word that is not over the whole width goes on": (
        [["序号", "项目名称", "甲"], ["", "事项", "<"], ["1", "新建公厕", "乙"]],
        (0, 2),
    ),
    "one unknown name among five goes on": (
        [
            ["序号", "项目名称", "目标", "<", "<"],
            ["项号", "事项", "柯城区", "衢江区", "东片"],
            ["1", "新建公厕", "3", "4", "5"],
        ],
        (0, 2),
    ),
    "one unknown name among four is data": (
        [
            ["序号", "项目名称", "目标", "<"],
            ["项号", "事项", "柯城区", "东片"],
            ["1", "新建公厕", "3", "4"],
        ],
        (0, 1),
    ),
    "two unknown names among six are data": (
        [
            ["序号", "项目名称", "目标", "<", "<", "<"],
            ["项号", "事项", "柯城区", "衢江区", "东片", "西片"],
            ["1", "新建公厕", "3", "4", "5", "6"],
        ],
        (0, 1),
    ),
    "three regions down have a header above them": (
        [["甲", "乙"], ["柯城区", "3"], ["衢江区", "4"], ["龙游县", "5"]],
        (0, 1),
    ),
    "two regions down have not": (
        [["甲", "乙"], ["柯城区", "3"], ["衢江区", "4"], ["东片", "5"]],
        None,
    ),
    "regions in the third column have, below four rows": (
        [
            ["甲", "乙", "丙"],
            ["甲", "乙", "丙"],
            ["甲", "乙", "丙"],
            ["甲", "乙", "丙"],
            ["1", "1", "合计"],
            ["1", "1", "市本级"],
            ["1", "1", "龙游县"],
        ],
        (0, 4),
    ),
    "regions in the fourth column or below five rows have not": (
        [
            ["甲", "乙", "丙", "丁"],
            ["甲", "乙", "丙", "丁"],
            ["甲", "乙", "丙", "丁"],
            ["甲", "乙", "丙", "丁"],
            ["甲", "乙", "丙", "丁"],
            ["柯城区", "1", "1", "1"],
            ["衢江区", "1", "1", "1"],
            ["龙游县", "1", "1", "1"],
        ],
        None,
    ),
    "regions in a fourth column have not": (
        [
            ["甲", "乙", "丙", "丁"],
            ["1", "1", "1", "柯城区"],
            ["1", "1", "1", "衢江区"],
            ["1", "1", "1", "龙游县"],
        ],
        None,
    ),
    "a region merged over rows, in the first row, or a header word counts not": (
        [
            ["柯城区", "乙"],
            ["衢江区", "3"],
            ["^", "3"],
            ["∅", "4"],
            ["", "5"],
            ["项目", "6"],
            ["龙游县", "6"],
        ],
        None,
    ),
}


@pytest.mark.parametrize(("rows", "found"), FOUND.values(), ids=FOUND)
def test_a_header_is_found(rows: Rows, found: tuple[int, int] | None) -> None:
    assert find_header_rows(view_of(rows), setting_of()) == found


@pytest.mark.parametrize(("marked", "end"), [(0, 1), (2, 2), (9, 3)])
def test_rows_that_the_file_marks_as_a_header_are_one(marked: int, end: int) -> None:
    document, table = table_of([["序号", "项目名称"], ["甲", "乙"], ["1", "新建公厕"]])
    view = TableView(replace(table, header_rows=marked), DocumentTexts(document, load_vocabulary()))
    assert find_header_rows(view, setting_of()) == (0, end)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        *(("柯城区", True), ("市本级", True), ("合计", True), ("小计", True)),
        *(("", False), ("项目名称", False), ("东片", False)),
    ],
)
def test_a_region_the_city_itself_and_a_total_name_a_row(words: str, names: bool) -> None:
    assert names_row(words, setting_of()) is names


TRIPLES = [
    ["县（市、区）", "出行服务", "<", "<", "关爱服务", "<", "<"],
    ["^", "改造人行道（公里）", "<", "<", "新增托位（个）", "<", "<"],
    ["^", "任务数", "完成数", "完成率（%）", "任务数", "完成数", "完成率（%）"],
    ["全市", "60", "45", "75", "500", "400", "80"],
    ["柯城区", "30", "30", "100", "", "", ""],
    ["衢江区", "20", "15", "75", "300", "300", "100"],
    ["龙游县", "10", "0", "0", "200", "100", "50"],
]


def test_storeys_that_a_cell_reaches_down_through_are_header_though_no_word_is_known() -> None:
    facts = read("衢州市2024年民生实事推进情况（截至9月底）", TRIPLES)
    assert targets(facts) == [
        ("改造人行道", Decimal(60), "公里"),
        ("新增托位", Decimal(500), "个"),
    ]
    assert [s[1:] for s in shares(facts)] == [
        ("柯城区", Decimal(30)),
        ("衢江区", Decimal(20)),
        ("龙游县", Decimal(10)),
        ("衢江区", Decimal(300)),
        ("龙游县", Decimal(200)),
    ]
    assert {(r.unit, r.value) for r in facts.reports if r.region_code == "330825"} == {
        ("公里", Decimal(0)),
        ("%", Decimal(0)),
        ("个", Decimal(100)),
        ("%", Decimal(50)),
    }
    assert notices(facts) == []


def test_short_whole_numbers_under_a_header_that_comes_again_number_no_line() -> None:
    rows = [[text.replace("任务数", "目标任务") for text in row] for row in TRIPLES]
    rows[0][1] = rows[1][1] = rows[0][4] = rows[1][4] = "托育"
    facts = read("衢州市2024年民生实事推进情况（截至9月底）", rows)
    assert len(shares(facts)) == 5


def test_a_caption_above_the_header_is_no_storey_of_it() -> None:
    facts = read(
        TITLE,
        [
            ["填报单位：市发展改革委", "<", "日期：2024年3月", "<"],
            ["序号", "项目名称", "年度目标", "牵头单位"],
            ["1", "新增托位", "300个", "市卫生健康委"],
        ],
    )
    assert targets(facts) == [("新增托位", Decimal(300), "个")]

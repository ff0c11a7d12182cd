"""Tables that list their lines across."""

from __future__ import annotations

from decimal import Decimal

from tests.pipelines.reading.documents import read
from tests.pipelines.reading.tables.test_ordinary import notices, targets

TITLE = "衢州市2024年民生实事候选项目表"
ROWS = [
    ["备选项目", "1", "2", "3"],
    ["项目名称", "托育服务", "造林", "体育公园建设"],
    ["建设内容", "新增托位300个，培训保育员90人次", "造林50亩", "新建体育公园4个"],
    ["投资估算（万元）", "800", "65", "1200"],
    ["责任单位", "市卫生健康委", "市林业局", "市体育局"],
    ["备注", "", "续建", ""],
]


def test_lines_in_columns_are_read_like_lines_in_rows() -> None:
    across = read(TITLE, ROWS)
    down = read(TITLE, [list(row) for row in zip(*ROWS, strict=True)])
    assert targets(across) == [
        ("新增托位", Decimal(300), "个"),
        ("培训保育员", Decimal(90), "人次"),
        ("造林", Decimal(50), "亩"),
        ("新建体育公园", Decimal(4), "个"),
    ]
    assert targets(across) == targets(down)
    assert [(c.commitment_id, c.title) for c in across.commitments] == [
        ("plan/1", "托育服务"),
        ("plan/2", "造林"),
        ("plan/3", "体育公园建设"),
    ]
    assert [r.as_printed for r in across.responsibilities] == [
        "市卫生健康委",
        "市林业局",
        "市体育局",
    ]
    assert "unresolved" not in {f.role for f in across.figures}


def test_a_figure_keeps_the_place_where_it_is_printed() -> None:
    facts = read(TITLE, ROWS)
    figure = next(f for f in facts.figures if f.as_printed == "50亩")
    assert (figure.row_no, figure.col_no) == (3, 3)
    assert [c.row_no for c in facts.commitments] == [1, 1, 1]


def test_a_label_that_nobody_knows_is_queued_as_a_row() -> None:
    facts = read(TITLE, [*ROWS, ["神秘指数", "42", "43", "44"]])
    assert notices(facts) == ["unknown_header"]
    assert "row 7 of table 1" in facts.notices[0].message
    assert {f.role for f in facts.figures if f.as_printed in ("42", "43", "44")} == {"unresolved"}


def test_pairs_of_label_and_value_are_one_card() -> None:
    facts = read(
        TITLE,
        [
            ["项目名称", "托育服务", "责任单位", "市卫生健康委"],
            ["建设内容", "新增托位300个", "备注", "续建"],
            ["投资估算（万元）", "800", "建设地点", "柯城区"],
        ],
    )
    assert targets(facts) == [("新增托位", Decimal(300), "个")]
    assert len(facts.commitments) == 1

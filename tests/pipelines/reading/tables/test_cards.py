"""Cards: each label cell is followed by its value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.reading.tables.cards import recognise_card
from tests.pipelines.reading.documents import read
from tests.pipelines.reading.layouts import Rows, setting_of, spell, view_of
from tests.pipelines.reading.tables.test_ordinary import reports, targets

CARDS: dict[str, tuple[Rows, str]] = {
    "each label gives the cell beside it its role": (
        [
            ["项目名称", "新建公厕3座", "牵头单位", "市住建局"],
            ["主要内容", "新建公厕，改造旱厕", "<", "<"],
            ["完成时限", "11月底", "", ""],
            ["本表一式两份", "<", "<", "<"],
        ],
        """
card 0.88
- | - | - | 新建公厕3座 | 新建公厕3座新建公厕，改造旱厕
  from t1.r1.c2, row 1: 新建公厕3座 市住建局 新建公厕，改造旱厕 11月底
  0 goal=新建公厕3座 lead=市住建局 goal=新建公厕，改造旱厕 due=11月底
""",
    ),
    "cards below each other begin with the label of the first": (
        [
            ["项目名称", "新建公厕3座", "项目名称", "改造旱厕2座"],
            ["牵头单位", "市住建局", "", ""],
            ["进度安排", "6月底前建成1座", "备注", "共5座"],
            ["项目名称", "改造公园2个", "", ""],
            ["牵头单位", "市园林局", "", ""],
            ["进度安排", "", "备注", "牵头单位"],
        ],
        """
card 1.00
- | - | - | 新建公厕3座 | 新建公厕3座改造旱厕2座
  from t1.r1.c2, row 1: 新建公厕3座 改造旱厕2座 市住建局 6月底前建成1座 共5座
  0 goal=新建公厕3座 goal=改造旱厕2座 lead=市住建局 schedule=6月底前建成1座 remark=共5座
- | - | - | 改造公园2个 | -
  from t1.r4.c2, row 4: 改造公园2个 市园林局
  0 goal=改造公园2个 lead=市园林局
""",
    ),
    "what stands below parts of the year are steps": (
        [
            ["项目名称", "改造公园2个", "<"],
            ["牵头单位", "市园林局", "<"],
            ["进度安排", "一季度", "二季度"],
            ["^", "其他", "建成2个"],
            ["完成时限", "11月底", "<"],
        ],
        """
card 1.00
- | - | - | 改造公园2个 | -
  from t1.r1.c2, row 1: 改造公园2个 市园林局 其他 建成2个 11月底
  0 goal=改造公园2个 lead=市园林局 quarter_goal=其他 quarter_goal=建成2个 due=11月底
""",
    ),
    "parts of the year beside a label of one row have nothing below them": (
        [
            ["项目名称", "改造公园2个", "<"],
            ["进度安排", "一季度", "二季度"],
            ["牵头单位", "市园林局", "<"],
            ["完成时限", "11月底", "<"],
        ],
        """
card 0.88
- | - | - | 改造公园2个 | -
  from t1.r1.c2, row 1: 改造公园2个 市园林局 11月底
  0 goal=改造公园2个 lead=市园林局 due=11月底
""",
    ),
    "parts of the year in the last row have nothing below them": (
        [
            ["项目名称", "改造公园2个", "<"],
            ["牵头单位", "市园林局", "<"],
            ["完成时限", "11月底", "<"],
            ["进度安排", "一季度", "二季度"],
        ],
        """
card 0.88
- | - | - | 改造公园2个 | -
  from t1.r1.c2, row 1: 改造公园2个 市园林局 11月底
  0 goal=改造公园2个 lead=市园林局 due=11月底
""",
    ),
    "one part of the year is a step with the words beside it": (
        [
            ["项目名称", "改造公园2个", "<"],
            ["牵头单位", "市园林局", "<"],
            ["完成时限", "二季度", ""],
            ["进度安排", "一季度", "建成2个"],
        ],
        """
card 1.00
- | - | - | 改造公园2个 | -
  from t1.r1.c2, row 1: 改造公园2个 市园林局 二季度 一季度 建成2个
  0 goal=改造公园2个 lead=市园林局 due=二季度 step_due=一季度 quarter_goal=建成2个
""",
    ),
    "a value that is a label has no label before it": (
        [
            ["项目名称", "新建公厕3座", "", ""],
            ["主要内容", "牵头单位", "市住建局", ""],
            ["完成时限", "11月底", "备注", "目标"],
        ],
        """
card 1.00
- | - | - | 新建公厕3座 | -
  from t1.r1.c2, row 1: 新建公厕3座 市住建局 11月底
  0 goal=新建公厕3座 lead=市住建局 due=11月底
""",
    ),
    "two labelled rows are enough, and blanks are no value": (
        [
            ["项目名称", "新建公厕", "牵头单位", "市住建局"],
            ["完成时限", "11月底", "进度安排", "　"],
        ],
        """
card 1.00
- | - | - | 新建公厕 | -
  from t1.r1.c2, row 1: 新建公厕 市住建局 11月底
  0 goal=新建公厕 lead=市住建局 due=11月底
""",
    ),
    "a longer word that holds a label is none": (
        [
            ["项目名称", "新建公厕"],
            ["牵头单位", "市住建局"],
            ["完成时限", "11月底"],
            ["本年度项目名称一览", "乙"],
        ],
        """
card 0.88
- | - | - | 新建公厕 | -
  from t1.r1.c2, row 1: 新建公厕 市住建局 11月底
  0 goal=新建公厕 lead=市住建局 due=11月底
""",
    ),
    "labels in half of the rows are too few": (
        [
            ["项目名称", "新建公厕", "牵头单位", "市住建局"],
            ["完成时限", "11月底", "", ""],
            ["甲", "见附件", "", ""],
            ["乙", "见附件", "", ""],
        ],
        """
nothing
""",
    ),
    "two labels are too few": (
        [["项目名称", "新建公厕3座"], ["牵头单位", "市住建局"]],
        """
nothing
""",
    ),
    "three labels in one of two rows are a header": (
        [
            ["项目名称", "新建公厕", "牵头单位", "市住建局", "完成时限", "11月底"],
            ["", "", "", "", "", ""],
        ],
        """
nothing
""",
    ),
    "three labels in one row are a header": (
        [["项目名称", "新建公厕", "牵头单位", "市住建局", "完成时限", "11月底"]],
        """
nothing
""",
    ),
    "two of three rows with labels are too few": (
        [
            ["项目名称", "新建公厕", "牵头单位", "市住建局"],
            ["完成时限", "11月底", "", ""],
            ["其他", "见附件", "", ""],
        ],
        """
card 1.00
- | - | - | 新建公厕 | -
  from t1.r1.c2, row 1: 新建公厕 市住建局 11月底 见附件
  0 goal=新建公厕 lead=市住建局 due=11月底 remark=见附件
""",
    ),
    "three of four rows with labels are enough": (
        [["项目名称", "新建公厕"], ["牵头单位", "市住建局"], ["完成时限", "11月底"], ["甲", "乙"]],
        """
card 0.88
- | - | - | 新建公厕 | -
  from t1.r1.c2, row 1: 新建公厕 市住建局 11月底
  0 goal=新建公厕 lead=市住建局 due=11月底
""",
    ),
    "labels without values make no line": (
        [["项目名称", ""], ["牵头单位", ""], ["完成时限", ""]],
        """
nothing
""",
    ),
}


@pytest.mark.parametrize(("rows", "told"), CARDS.values(), ids=CARDS)
def test_a_card_is_told_by_its_labels(rows: Rows, told: str) -> None:
    assert spell(recognise_card(view_of(rows), setting_of())) == told.strip()


def test_a_step_of_a_card_is_headed_by_its_part_of_the_year() -> None:
    rows = [
        ["项目名称", "改造公园2个", "<"],
        ["牵头单位", "市园林局", "<"],
        ["进度安排", "一季度", "二季度"],
        ["^", "启动", "建成2个"],
    ]
    card = recognise_card(view_of(rows), setting_of())
    assert card is not None
    assert card.roles == {"title", "lead", "quarter_goal"}
    [row] = card.lines[0].rows
    assert [field.header for field in row.fields] == ["", "", "一季度", "二季度"]


CARDS = [
    [
        ["项目1", "托育服务", "牵头单位", "市卫生健康委"],
        ["年度目标", "新增托位300个", "<", "<"],
        ["累计完成", "312个", "完成比例", "104%"],
    ],
    [
        ["项目2", "造林", "牵头单位", "市林业局"],
        ["年度目标", "造林50亩", "<", "<"],
        ["累计完成", "40", "完成比例", "80"],
    ],
]


def test_a_label_numbers_its_line_and_counts_done_report_on_its_target() -> None:
    facts = read("衢州市2024年民生实事完成情况（截至11月底）", *CARDS)
    assert [(c.item_no, c.title) for c in facts.commitments] == [("1", "托育服务"), ("2", "造林")]
    assert [t[1:] for t in targets(facts)] == [(Decimal(300), "个"), (Decimal(50), "亩")]
    assert reports(facts) == [
        (Decimal(312), "1.1"),
        (Decimal(104), None),
        (Decimal(40), "2.1"),
        (Decimal(80), None),
    ]
    assert {f.role for f in facts.figures if f.as_printed in ("1", "2")} == {"ordinal"}


def test_cards_below_each_other_in_one_table_are_lines_of_their_own() -> None:
    facts = read("衢州市2024年民生实事完成情况（截至11月底）", CARDS[0] + CARDS[1])
    assert [(c.item_no, c.title) for c in facts.commitments] == [("1", "托育服务"), ("2", "造林")]
    assert [r.commitment_id for r in facts.responsibilities] == ["plan/1", "plan/2"]


def test_a_bare_share_done_is_in_per_cent_and_a_bare_count_in_the_unit_of_its_target() -> None:
    facts = read("衢州市2024年民生实事完成情况（截至11月底）", CARDS[1])
    assert [(r.value, r.unit) for r in facts.reports] == [(Decimal(40), "亩"), (Decimal(80), "%")]

"""A table for each commitment, labels beside values."""

from __future__ import annotations

from decimal import Decimal

from tests.pipelines.reading.documents import read
from tests.pipelines.reading.tables.test_ordinary import reports, targets

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

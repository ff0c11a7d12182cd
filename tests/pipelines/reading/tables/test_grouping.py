"""Rows that make one line."""

from __future__ import annotations

from tests.pipelines.reading.documents import read
from tests.pipelines.reading.tables.test_ordinary import TITLE


def test_a_body_merged_over_several_lines_answers_for_each() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "年度目标", "牵头单位", "配合单位"],
            ["1", "托育", "新增托位300个", "市卫生健康委", "市教育局"],
            ["2", "体检", "体检老人900人", "^", "市民政局"],
            ["^", "^", "建设卫生室4个", "^", "^"],
        ],
    )
    assert [(r.commitment_id, r.role, r.as_printed) for r in facts.responsibilities] == [
        ("plan/1", "lead", "市卫生健康委"),
        ("plan/1", "support", "市教育局"),
        ("plan/2", "lead", "市卫生健康委"),
        ("plan/2", "support", "市民政局"),
    ]

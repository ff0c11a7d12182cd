"""The ledger: every number once, with its place and what became of it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.pipelines.reading.documents import read

PRINTED = st.text(
    alphabet="新增改造个人次万亿0123456789.,%年月底，。；（）以上不少于 第", max_size=40
)


@given(st.lists(PRINTED, min_size=4, max_size=4))
def test_every_digit_of_a_table_is_in_the_ledger_once(texts: list[str]) -> None:
    header = ["序号", "项目名称", "量化目标", "牵头单位"]
    facts = read("2024年柯城区民生实事", [header, texts])
    printed = re.findall(r"\d", "2024" + "".join(texts))
    listed = [digit for f in facts.figures for digit in re.findall(r"\d", f.as_printed)]
    assert sorted(listed) == sorted(printed)


def test_figures_have_unique_readable_ids_and_exact_places() -> None:
    title = "新增托位300个，培训90人次"
    facts = read(
        "2024年柯城区民生实事", [["序号", "项目名称", "牵头单位"], ["1", title, "区教育局"]]
    )
    ids = [figure.figure_id for figure in facts.figures]
    assert len(set(ids)) == len(ids)
    for figure in facts.figures:
        if figure.row_no == 2 and figure.col_no == 2:
            assert title[figure.char_start : figure.char_end] == figure.as_printed
    assert "plan/t1.r2.c2.n2" in ids


def test_a_target_and_its_figure_name_each_other() -> None:
    facts = read(
        "2024年柯城区民生实事",
        [["序号", "项目名称", "牵头单位"], ["1", "新增托位300个", "区教育局"]],
    )
    (target,) = facts.targets
    figure = next(f for f in facts.figures if f.figure_id == target.figure_id)
    assert (figure.fact_id, figure.role, figure.value) == (target.target_id, "target", 300)

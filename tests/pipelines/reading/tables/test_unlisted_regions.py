"""Columns of regions that the vocabulary does not list."""

from __future__ import annotations

import pytest

from pipelines.facts import DocumentFacts
from tests.pipelines.reading.documents import read

TITLE = "2024年衢江区民生实事任务分解表"


def table(last: str) -> list[list[str]]:
    """A table of the shares of four places under one header, the last of them named so."""
    return [
        ["序号", "项目名称", "乡镇（街道）", "<", "<", "<", "合计"],
        ["^", "^", "甲山镇", "乙水镇", "丙街道", last, "^"],
        ["1", "新增床位（张）", "10", "20", "30", "40", "100"],
        ["2", "造林（亩）", "1", "2", "3", "4", "10"],
    ]


def places(facts: DocumentFacts) -> list[str]:
    return [a.region_code.partition("-")[2] for a in facts.allocations]


@pytest.mark.parametrize("last", ["丁村镇", "戊集镇"])
def test_a_name_that_looks_like_none_but_ends_as_its_siblings_do_is_a_region(last: str) -> None:
    facts = read(TITLE, table(last))
    assert places(facts) == ["甲山镇", "乙水镇", "丙街道", last] * 2
    assert last in {n.as_printed for n in facts.notices if n.code == "unknown_region"}
    assert "unresolved" not in {figure.role for figure in facts.figures}


@pytest.mark.parametrize("last", ["小计", "户数", "全镇", "各镇"])
def test_other_words_under_the_header_of_regions_are_no_region(last: str) -> None:
    assert last not in places(read(TITLE, table(last)))


def test_regions_that_are_listed_keep_their_codes_beside_one_that_is_not() -> None:
    rows = table("丁集镇")
    rows[1][2:5] = ["柯城区", "衢江区", "龙游县"]
    facts = read("2024年衢州市民生实事任务分解表", rows)
    assert {"330802", "330803", "330825"} <= {a.region_code for a in facts.allocations}

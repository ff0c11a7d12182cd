"""Shares of regions in running text: figures right after nothing but names."""

from __future__ import annotations

import pytest

from pipelines.reading.lists.named_shares import find_named_shares
from tests.pipelines.reading.texts import text_of


@pytest.mark.parametrize(
    ("printed", "shares"),
    [
        ("改造小区4个，其中柯城区3个、衢江区1个", "柯城区=3个 衢江区=1个"),
        ("其中：柯城区12个；衢江区8个", "柯城区=12个 衢江区=8个"),
        ("柯城区和衢江区各3个", "柯城区+衢江区=3个"),
        ("柯城区、衢江区3个", ""),
        ("三县各3个", ""),
        ("甲镇3个，乙镇4个", "甲镇=3个 乙镇=4个"),
        ("甲镇3个", "甲镇=3个"),
        ("甲镇3个，柯城区4个", "柯城区=4个"),
        ("新建学校3所，杭州市4个", ""),
        ("学校（柯城区3个）", "柯城区=3个"),
        ("柯城区：3个", "柯城区=3个"),
        ("其中，·柯城区—3个", "柯城区=3个"),
        ("2024年柯城区3个", ""),
        ("柯城区改造3个", ""),
        ("柯城区3", "柯城区=3"),
        ("甲镇：3个", "甲镇=3个"),
        ("建成甲镇3个公园", ""),
        ("甲镇3个，共4个", ""),
        ("改造，其中，柯城区3个", "柯城区=3个"),
        ("、柯城区、3个", "柯城区=3个"),
        ("其中柯城区、其中衢江区各3个", "柯城区+衢江区=3个"),
        ("3个", ""),
        ("柯城区各 、3个", "柯城区=3个"),
        ("其中柯城区和乌有的各3个", ""),
        ("由柯城区、衢江区承担，分别新增3个、4个", "柯城区=3个 衢江区=4个"),
        ("柯城区、衢江区分别改造3个和4个。", "柯城区=3个 衢江区=4个"),
        ("柯城区、衢江区分别改造3个、4个、5个", ""),
        ("柯城区、乌有区分别改造3个、4个", ""),
        ("改造和新建分别为3个、4个", ""),
        (
            "六个县（市、区）各3个",
            "柯城区+衢江区+常山县+开化县+龙游县+江山市=3个",
        ),
        ("六个县区各3个", "柯城区+衢江区+常山县+开化县+龙游县+江山市=3个"),
        ("五个县（市、区）各3个", ""),
    ],
)
def test_a_figure_after_names_is_their_share(printed: str, shares: str) -> None:
    found = find_named_shares(text_of(printed), "330800")
    told = ("+".join(r.name for r in s.regions) + "=" + s.number.as_printed for s in found)
    assert " ".join(told) == shares


def test_a_document_of_no_known_region_has_no_shares() -> None:
    assert find_named_shares(text_of("柯城区3个"), None) == ()

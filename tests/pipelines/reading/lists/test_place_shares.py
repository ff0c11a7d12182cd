"""Paragraphs that tell, place by place, what each is to do."""

from __future__ import annotations

import pytest

from pipelines.reading.lists.place_shares import shares_by_place
from tests.pipelines.reading.layouts import prose_of, setting_of


@pytest.mark.parametrize(
    ("lines", "shares"),
    [
        (["柯城区：新建公厕5座", "衢江区:建成公园3个"], "柯城区=新建公厕5座 衢江区=建成公园3个"),
        (["柯城区：新建公厕5座"], ""),
        (["柯城区：新建公厕5座", "衢州市：建成公园3个"], ""),
        (["柯城区：新建公厕5座", "衢江区：建成公园"], ""),
        (["柯城区：新建公厕5座", "甲乙丙丁戊己庚辛壬癸子镇：公园3个"], ""),
        (["柯城区：新建公厕5座", "甲乙丙丁戊己庚辛壬癸子丑镇：公园3个"], ""),
        (["：新建公厕5座", "衢江区：建成公园3个"], ""),
        (["柯城区新建公厕5座", "衢江区：建成公园3个"], ""),
        (
            ["柯城区：新建公厕5座：共3个", "衢江区：建成公园3个"],
            "柯城区=新建公厕5座：共3个 衢江区=建成公园3个",
        ),
    ],
)
def test_paragraphs_that_open_with_a_place_are_its_shares(lines: list[str], shares: str) -> None:
    found = shares_by_place(prose_of(*lines), setting_of())
    assert " ".join(f"{share.region.name}={share.told.words}" for share in found) == shares

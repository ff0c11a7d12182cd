"""Figures that stand alone on their line, and the lines that name them."""

from __future__ import annotations

import pytest

from pipelines.reading.lists.captioned import pair_captions
from tests.pipelines.reading.layouts import prose_of


@pytest.mark.parametrize(
    ("lines", "captions"),
    [
        (["3个", "学校", "4个", "公园", "5个", "公厕"], "p1=学校 p3=公园 p5=公厕"),
        (["学校", "3个", "公园", "4个", "公厕", "5个"], "p2=学校 p4=公园 p6=公厕"),
        (["3个", "学校", "4个", "公园"], ""),
        (["3个", "学校", "4个", "公园", "5个", "公厕。"], ""),
        (
            [
                "甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲",
                "3个",
                "公园",
                "4个",
                "公厕",
                "5个",
            ],
            "p2=甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲 p4=公园 p6=公厕",
        ),
        (
            [
                "甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲",
                "3个",
                "公园",
                "4个",
                "公厕",
                "5个",
            ],
            "",
        ),
        (["3个", "3个", "3个"], ""),
        (["3个", "学校", "4个", "公园", "5个"], ""),
        (["3个", "甲", "4个", "乙", "5个", "丙"], "p1=甲 p3=乙 p5=丙"),
        (["3个", "学校", "4个", "公园", "5个", "\u3000"], ""),
        (["首页", "3个", "学校", "4个", "公园", "5个", "公厕"], "p2=学校 p4=公园 p6=公厕"),
    ],
)
def test_figures_are_named_by_the_lines_on_one_side(lines: list[str], captions: str) -> None:
    pairs = pair_captions(prose_of(*lines))
    assert " ".join(f"{key}={text.words}" for key, text in pairs.items()) == captions

"""Bodies in brackets at the end of an item, each with its part."""

from __future__ import annotations

import pytest

from pipelines.reading.lists.trailing_bodies import find_trailing_bodies
from tests.pipelines.reading.texts import text_of


@pytest.mark.parametrize(
    ("printed", "bodies"),
    [
        (
            "新建3所（市教育局牵头，市财政局配合）",
            "（市教育局牵头，市财政局配合） lead=市教育局 support=市财政局",
        ),
        ("新建3所（市教育局、市财政局）。", "（市教育局、市财政局）。 lead=市教育局、市财政局"),
        (
            "新建3所（市教育局；市财政局）；",
            "（市教育局；市财政局）； lead=市教育局 support=市财政局",
        ),
        ("新建3所（责任单位市教育局）", "（责任单位市教育局） lead=责任单位市教育局"),
        ("新建3所（使用15年以上的88台）", "none"),
        ("新建3所（无名）", "none"),
        ("新建3所（市教育局）等", "none"),
        ("新建3所市教育局）", "none"),
        ("新建3所（，）", "none"),
        ("新建3所（市教育局，无名）", "none"),
        (
            "新建3所（市教育局，各县（市、区）政府负责落实）",
            "（市教育局，各县（市、区）政府负责落实） lead=市教育局 support=各县（市、区）政府",
        ),
        ("新建3所（ 市教育局 牵头 ）", "（ 市教育局 牵头 ） lead= 市教育局 "),
        (
            "新建3所（由市教育局负责，市财政局、市民政局协同）",
            "（由市教育局负责，市财政局、市民政局协同） lead=市教育局 support=市财政局、市民政局",
        ),
        ("新建3所（市教育局配合）", "（市教育局配合） support=市教育局"),
        ("新建3所(市教育局牵头)", "(市教育局牵头) lead=市教育局"),
        ("新建3所（市教育局，\u3000）", "（市教育局，\u3000） lead=市教育局"),
        ("新建3所（\u3000由市教育局负责）", "（\u3000由市教育局负责） lead=市教育局"),
        ("新建3所（市财政局牵头市教育局）", "（市财政局牵头市教育局） lead=市财政局牵头市教育局"),
        (
            "新建3所（市教育局，市财政局牵头）",
            "（市教育局，市财政局牵头） lead=市教育局 lead=市财政局",
        ),
        ("新建3所（、）", "none"),
    ],
)
def test_a_closing_bracket_of_bodies_tells_who_leads(printed: str, bodies: str) -> None:
    found = find_trailing_bodies(text_of(printed))
    told = "none"
    if found is not None:
        parts = (f"{role}={text.printed}" for role, text in found.parts)
        told = " ".join((printed[found.start : found.end], *parts))
    assert told == bodies

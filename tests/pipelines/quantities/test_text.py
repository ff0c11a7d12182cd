"""Normalised text: one script, one width, no layout, and the way back to what was printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.quantities import normalize, simplify


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("責任★及配合單位", "责任★及配合单位"),
        ("１２％＋Ａ", "12%+A"),
        ("床位 1400 张", "床位1400张"),
        ("5.5万人\n次", "5.5万人次"),
        ("区,县(市);镇:", "区，县（市）；镇："),
        ("1，000个", "1,000个"),
        ("8：30", "8:30"),
        ("配备AED 20 台", "配备AED 20台"),
        ("共100\n2.开工", "共100 2.开工"),
        ("１\u3000２", "1 2"),
        ("零\u200b宽", "零宽"),
    ],
)
def test_text_has_one_form(printed: str, expected: str) -> None:
    assert simplify(printed) == expected


@given(st.text(alphabet=st.characters(), max_size=60))
def test_every_character_knows_where_it_was_printed(printed: str) -> None:
    normalized = normalize(printed)
    assert len(normalized.offsets) == len(normalized.text) + 1
    assert normalized.offsets[-1] == len(printed)
    assert list(normalized.offsets) == sorted(set(normalized.offsets))


@given(st.text(alphabet="臺灣萬個１2 ，,：:（(\n\u3000ａb~～。", max_size=40))
def test_normalising_twice_changes_nothing(printed: str) -> None:
    once = simplify(printed)
    assert simplify(once) == once

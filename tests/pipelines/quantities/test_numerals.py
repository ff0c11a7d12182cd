"""The value of a numeral, against an independent oracle."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.quantities.numerals import parse_arabic, parse_chinese, parse_multiplier


@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_numerals_agree_with_the_oracle(value: int) -> None:
    numeral = cn2an.an2cn(str(value), "low")
    expected = None if numeral[0] in "百千万亿" else Decimal(value)
    assert parse_chinese(numeral) == expected


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿廿卅点", max_size=10))
def test_no_chinese_numeral_raises(numeral: str) -> None:
    value = parse_chinese(numeral)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("numeral", "expected"),
    [
        ("十", 10),
        ("二十", 20),
        ("两百", 200),
        ("一万二", 12_000),
        ("三点五万", 35_000),
        ("零点五", "0.5"),
        ("一百零二", 102),
        ("一百二", 120),
    ],
)
def test_spoken_numerals_have_their_value(numeral: str, expected: int | str) -> None:
    assert parse_chinese(numeral) == Decimal(expected)


@pytest.mark.parametrize("numeral", ["", "两三", "七八", "千", "百", "万", "十百", "点五"])
def test_vague_or_rhetorical_numerals_have_none(numeral: str) -> None:
    assert parse_chinese(numeral) is None


def test_separators_and_multipliers_are_resolved_exactly() -> None:
    assert parse_arabic("1,000.5") == Decimal("1000.5")
    assert parse_arabic("12 000") == 12_000
    assert parse_arabic("8.29") * parse_multiplier("万") == 82_900
    assert parse_multiplier("千万") == 10_000_000

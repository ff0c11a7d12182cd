"""Laws of the grammar: no digit is lost or doubled, nothing raises, what is printed returns."""

import unicodedata
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from pipelines.quantities import NumberKind, find_numbers, load_units

DIGITS = "0123456789０１２３４５６７８９"
AROUND = "个家万亿千余多%人次月日年岁周期星号第附件不少于超近约以上至"
AROUND += "-—~.,，、：:；。（）()〔〕“”‘’《》+/ \n"
CHINESE = "零一二两三十百千万亿点每同成"
LATIN = "ABkmGR"

texts = st.one_of(
    st.text(alphabet=DIGITS + AROUND + CHINESE + LATIN, max_size=30),
    st.text(alphabet=DIGITS + ".,- \n个年月", max_size=20),
    st.text(max_size=30),
)


def is_digit(character: str) -> bool:
    return unicodedata.category(character) == "Nd"


@given(texts)
@settings(max_examples=1500)
@example("1.1.1,1")
@example("12 000 34 万 5")
@example("一5")
@example("一0一0")
@example("百分之5")
@example("“3”4“5")
def test_every_digit_belongs_to_exactly_one_number(printed: str) -> None:
    numbers = find_numbers(printed)
    for position, character in enumerate(printed):
        holders = [number for number in numbers if number.start <= position < number.end]
        if is_digit(character):
            assert len(holders) == 1, (printed, position, numbers)
        assert len(holders) <= 1
    for number in numbers:
        assert number.as_printed == printed[number.start : number.end]
        assert 0 <= number.span_start <= number.start <= number.number_start
        assert number.number_start < number.number_end <= number.end
        assert number.end <= number.span_end <= len(printed)
        assert number.value is None or number.value.is_finite()


COUNTED = sorted(
    name
    for name, unit in load_units().items()
    if unit.dimension in ("count", "area", "length", "money", "ratio")
)
BEFORE = {"不少于": ">=", "不低于": ">=", "超": ">", "突破": ">", "不超过": "<=", "不足": "<"}
BEFORE |= {"约": "~", "近": "~", "达到": "=", "": "="}
AFTER = {"以上": ">=", "以内": "<=", "左右": "~", "": "="}
TO_FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
TO_TRADITIONAL = OpenCC("s2t")


@st.composite
def printed_quantities(draw: st.DrawFn) -> tuple[str, Decimal, str, str]:
    """A phrase as some office would print it, with value, unit and comparator."""
    whole = draw(st.integers(min_value=1, max_value=99_999))
    multiplier = draw(st.sampled_from(["", "", "万", "亿", "千万"]))
    unit = draw(st.sampled_from(COUNTED))
    is_decimal = bool(multiplier) or draw(st.booleans())
    value = Decimal(whole) / 100 if is_decimal else Decimal(whole)
    digits = f"{value:,}" if draw(st.booleans()) else f"{value}"
    before = draw(st.sampled_from(sorted(BEFORE)))
    after = draw(st.sampled_from(sorted(AFTER))) if before in ("", "达到") else ""
    gaps = [draw(st.sampled_from(["", "", " ", "\n"])) for _ in range(4)]
    printed = f"新增{before}{gaps[0]}{digits}{gaps[1]}{multiplier}{gaps[2]}{unit}{gaps[3]}{after}。"
    if draw(st.booleans()):
        printed = printed.translate(TO_FULL_WIDTH)
    if draw(st.booleans()):
        printed = TO_TRADITIONAL.convert(printed)
    scale = {"": 1, "万": 10**4, "亿": 10**8, "千万": 10**7}[multiplier]
    comparator = BEFORE[before] if BEFORE[before] != "=" else AFTER[after]
    return printed, value * scale, unit, comparator


@given(printed_quantities())
@settings(max_examples=1500)
def test_what_is_printed_comes_back(case: tuple[str, Decimal, str, str]) -> None:
    printed, value, unit, comparator = case
    numbers = find_numbers(printed)
    assert len(numbers) == 1, (printed, numbers)
    (number,) = numbers
    assert (number.value, number.unit, number.comparator, number.kind) == (
        value,
        unit,
        comparator,
        NumberKind.QUANTITY,
    ), printed

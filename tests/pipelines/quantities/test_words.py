"""The vocabulary of units and number words is consistent with itself."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.quantities import convert_to_base, load_units, simplify
from pipelines.quantities.words import PROJECT_FILES, load_words
from pipelines.word_files import VocabularyError, WordFiles

HEADER_OF_UNITS = "unit,name_en,dimension,base_unit,factor,family,aliases,not_before"


def test_no_spelling_belongs_to_two_units() -> None:
    spellings = [s for unit in load_units().values() for s in (unit.unit, *unit.aliases)]
    assert len(spellings) == len(set(spellings))


def test_every_base_unit_is_a_unit_of_the_same_dimension() -> None:
    units = load_units()
    for unit in units.values():
        base = units[unit.base_unit]
        assert (base.dimension, base.base_unit, base.factor) == (unit.dimension, base.unit, 1)
        assert simplify(unit.unit) == unit.unit
        assert unit.factor > 0


def test_units_of_one_family_convert_to_the_same_base() -> None:
    families: dict[str, set[str]] = {}
    for unit in load_units().values():
        families.setdefault(unit.family, set()).add(unit.dimension)
    assert {family: found for family, found in families.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("value", "unit", "base", "base_unit"),
    [
        ("8", "亩", "5333.3333", "平方米"),
        ("3", "亩", "2000.0000", "平方米"),
        ("2.02", "公顷", "20200.0000", "平方米"),
        ("1.5", "公里", "1500.0000", "米"),
        ("7", "家", "7.0000", "家"),
    ],
)
def test_conversion_is_exact(value: str, unit: str, base: str, base_unit: str) -> None:
    assert convert_to_base(Decimal(value), unit) == (Decimal(base), base_unit)


def test_unknown_unit_has_no_base() -> None:
    assert convert_to_base(Decimal(1), "葫芦") == (None, None)
    assert convert_to_base(Decimal(1), None) == (None, None)


def test_people_and_visits_are_kept_apart() -> None:
    units = load_units()
    assert units["名"].family == units["人"].family == units["位"].family
    assert units["人次"].family != units["人"].family
    assert units["场"].family == units["场次"].family


def test_words_load_once() -> None:
    assert load_words() is load_words()


@pytest.mark.parametrize(
    "line", ["亩,mu,area,平方米,,area,,", "亩,mu,area,平方米,1/0,area,,", "a,b"]
)
def test_a_unit_that_cannot_be_used_is_named_with_its_file(tmp_path: Path, line: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(f"{HEADER_OF_UNITS}\n{line}\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"units\.csv"):
        load_units(WordFiles(tmp_path))


@pytest.mark.parametrize("tail", [b"  - [\n", b"\xff\xfe", b"chinese: 3\n"])
def test_number_words_that_cannot_be_used_are_named(tmp_path: Path, tail: bytes) -> None:
    (tmp_path / "units.csv").write_bytes(PROJECT_FILES.path_of("units.csv").read_bytes())
    path = tmp_path / "number_words.yml"
    path.write_bytes(PROJECT_FILES.path_of("number_words.yml").read_bytes() + tail)
    with pytest.raises(VocabularyError, match=r"number_words\.yml") as caught:
        load_words(WordFiles(tmp_path))
    assert caught.value.code == "vocabulary_line"

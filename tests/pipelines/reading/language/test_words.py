"""The vocabulary of reports and schedules."""

import re
from pathlib import Path

import pytest

import pipelines.reading.language.words as words
from pipelines.quantities.text import simplify
from pipelines.vocabulary.tables import read_rows

SOURCES = Path(words.__file__).parents[1]


def test_every_kind_that_the_code_asks_for_has_words() -> None:
    asked = {
        kind
        for source in SOURCES.rglob("*.py")
        for call in re.findall(
            r"(?:list_words|match_words|alternate_words)\(([^)]*)\)", source.read_text("utf-8")
        )
        for kind in re.findall(r'"(\w+)"', call)
    }
    assert asked
    for kind in asked:
        assert words.list_words(kind)


def test_no_word_stands_twice_under_a_kind_and_each_is_normalised() -> None:
    rows = [(row["kind"], row["word"]) for row in read_rows(words.WORDS_FILE, ("kind", "word"))]
    assert len(set(rows)) == len(rows)
    assert [word for _, word in rows if simplify(word) != word] == []


def test_a_misspelt_kind_does_not_pass_for_an_empty_one() -> None:
    with pytest.raises(KeyError):
        words.list_words("no_such_kind")

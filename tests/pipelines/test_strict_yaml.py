"""YAML that people write is read to the letter, or refused in a sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.strict_yaml import MOST_DEPTH, YamlProblem, parse_yaml, read_yaml


def test_what_is_sound_is_read() -> None:
    assert parse_yaml("a: [1, {b: 2023-01-02}]\nc:\n") == {
        "a": [1, {"b": date(2023, 1, 2)}],
        "c": None,
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\na: 3", "line 3: the key `a` is given twice"),
        ("a: {b: 1, b: 1}", "the key `b` is given twice"),
        ("[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1), "nested more than"),
        ("[" * 100_000, "nested more than"),
        ("a: &x [1]\nb: *x", "line 2: aliases"),
        ("? [a]\n: 1", "a key must be a plain word"),
        ("a: 2023-13-45", "not readable as YAML"),
        ("a: !!python/object:os.system x", "not readable as YAML"),
        ("a: [", "not readable as YAML"),
        ("a: \x00", "not readable as YAML"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(YamlProblem, match=problem):
        parse_yaml(text)


def test_as_deep_as_anybody_writes_is_read() -> None:
    assert parse_yaml("[" * 10 + "]" * 10)


def test_no_file_is_nothing(tmp_path: Path) -> None:
    assert read_yaml(tmp_path / "none.yml") is None


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(YamlProblem, match="larger than"):
        read_yaml(path)

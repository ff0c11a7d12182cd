"""Every question of sql/questions is answered by the real documents as recorded in answers/.

An answer that is not the recorded one is a finding: look at it, and if it is right, record it with
`make answers` (or `pytest tests/sql/test_questions.py --record-answers`) and read the difference.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.publishing.schema import sql_directory

QUESTIONS = sorted((sql_directory() / "questions").glob("*.sql"))
ANSWERS = Path(__file__).resolve().parent / "answers"


@pytest.fixture(scope="session")
def answers_from(refreshed_twice: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse that was refreshed twice, so that there is something that moved."""
    with duckdb.connect(str(refreshed_twice), read_only=True) as connection:
        yield connection


def print_value(value: object) -> str:
    """As an analyst would write it: no trailing zeros, nothing for NULL."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def answer(connection: duckdb.DuckDBPyConnection, question: Path) -> str:
    """The rows as CSV, with the names of the columns."""
    cursor = connection.execute(question.read_text(encoding="utf-8"))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column[0] for column in cursor.description or ())
    writer.writerows([print_value(value) for value in row] for row in cursor.fetchall())
    return text.getvalue()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.stem)
def test_the_answer_is_the_recorded_one(
    question: Path, answers_from: duckdb.DuckDBPyConnection, request: pytest.FixtureRequest
) -> None:
    found = answer(answers_from, question)
    recorded = ANSWERS / f"{question.stem}.csv"
    if request.config.getoption("--record-answers", default=False):
        recorded.write_text(found, encoding="utf-8")
    assert found.splitlines() == recorded.read_text(encoding="utf-8").splitlines()


def test_every_answer_belongs_to_a_question_and_has_rows() -> None:
    assert {path.stem for path in ANSWERS.glob("*.csv")} == {path.stem for path in QUESTIONS}
    for path in ANSWERS.glob("*.csv"):
        assert len(path.read_text(encoding="utf-8").splitlines()) > 1, f"{path.name} has no rows"


def test_questions_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:2]) for path in QUESTIONS] == list(range(1, len(QUESTIONS) + 1))
    assert len(QUESTIONS) >= 15


def test_the_readme_lists_every_question() -> None:
    text = (sql_directory() / "questions" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[(\d\d)\]\((.+?)\) \| .+\? \|$", text, re.MULTILINE)
    assert listed == [(path.name[:2], path.name) for path in QUESTIONS]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.stem)
def test_a_question_says_what_it_asks_and_reads_like_the_others(question: Path) -> None:
    text = question.read_text(encoding="utf-8")
    comment = " ".join(line for line in text.splitlines() if line.startswith("--"))
    assert text.startswith("-- ")
    assert "?" in comment, "the header asks a question"
    assert re.search(r"^WITH \w+ AS \(\n    SELECT", text, re.MULTILINE), "imports come first"
    final = text[text.rindex("\nSELECT\n") :]
    columns = final.split("\nFROM ")[0]
    assert not re.search(r"(?<!count\()\*", columns), "name every column"
    assert "\nORDER BY" in final, "the order is part of the answer"

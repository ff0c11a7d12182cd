"""Questions to the published file in SQL: anybody's, and those that come with the project.

Belongs here: asking such that nothing but an answer can come of it, and finding the questions of
`sql/questions/`. Does not belong here: what they ask (each file says so in its first lines), or how
an answer is shown (`inquiring`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.console.summary import open_published
from pipelines.errors import PipelineError
from pipelines.publishing.schema import sql_directory

_NUMBERS = ("INT", "DECIMAL", "DOUBLE", "FLOAT", "REAL", "HUGEINT")


class QueryError(PipelineError):
    """The database refuses a question (`invalid_query`): the message is its own."""

    def __init__(self, message: str) -> None:
        super().__init__("invalid_query", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


class UnknownQuestionError(PipelineError):
    """No question has this number or name (`unknown_question`)."""

    def __init__(self, message: str) -> None:
        super().__init__("unknown_question", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


@dataclass(frozen=True, slots=True)
class Answer:
    """The names of the columns, whether each holds numbers, and the rows."""

    columns: tuple[str, ...]
    are_numbers: tuple[bool, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of `sql/questions/`: its number, the file's name, what it asks, and the SQL."""

    number: str
    name: str
    heading: str
    sql: str


def ask(warehouse: Path, sql: str) -> Answer:
    """The answer of the published file. Columns of one name are told apart by a number.

    Neither this file nor any other can be written, and no other file or address be read: the
    connection is closed to them, and its settings are locked.

    Raises:
        QueryError: it is no SQL, or asks for what is not there or not allowed.
        UnreadableWarehouseError: the published file cannot be asked.
    """
    with open_published(warehouse) as connection:
        connection.execute("SET lock_configuration = true")
        try:
            cursor = connection.execute(sql)
            described = cursor.description or []
            rows = cursor.fetchall()
        except duckdb.Error as error:
            raise QueryError(str(error)) from error
    return Answer(
        columns=_tell_apart([str(name) for name, *_ in described]),
        are_numbers=tuple(str(kind).startswith(_NUMBERS) for _, kind, *_ in described),
        rows=tuple(rows),
    )


def list_questions() -> tuple[Question, ...]:
    """All of them, in the order of their numbers."""
    return tuple(_read(path) for path in sorted((sql_directory() / "questions").glob("*.sql")))


def find_question(wanted: str) -> Question:
    """The question of a number (`2`, `02`), or of its name or a part of it.

    Raises:
        UnknownQuestionError: none is so called, or several are.
    """
    known = list_questions()
    found = [one for one in known if wanted.zfill(2) == one.number or wanted == one.name]
    found = found or [one for one in known if wanted.lower() in one.name]
    if len(found) == 1:
        return found[0]
    meant = ", ".join(f"{one.number} {one.name}" for one in found)
    hint = f"Several are called so: {meant}." if found else "`minsheng questions` lists them."
    raise UnknownQuestionError(f"There is no one question {wanted}. {hint}")


def _read(path: Path) -> Question:
    sql = path.read_text(encoding="utf-8")
    head = re.match(r"(?:--.*\n)*", sql)
    words = " ".join(line.lstrip("- ") for line in head[0].splitlines()) if head else ""
    number, _, name = path.stem.partition("_")
    return Question(number, name, words.partition("?")[0] + "?", sql)


def _tell_apart(names: list[str]) -> tuple[str, ...]:
    told: list[str] = []
    for name in names:
        candidate, count = name, 1
        while candidate in told:
            count += 1
            candidate = f"{name}_{count}"
        told.append(candidate)
    return tuple(told)

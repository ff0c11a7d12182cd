"""Reads the vocabulary's own data files: small CSV tables with a header comment.

Belongs here: opening a data file, checking its columns, and naming file and line where it is wrong.
Does not belong here: what the words mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.errors import PipelineError

LIST_SEPARATOR = "|"


class VocabularyError(PipelineError):
    """A data file of the vocabulary is missing or says something impossible.

    `code` is stable (`vocabulary_missing`, `vocabulary_columns`, `vocabulary_line`).
    """

    def __init__(self, code: str, message: str, path: Path) -> None:
        super().__init__(code, f"{path.name}: {message}")
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        message = self.message.removeprefix(f"{self.path.name}: ")
        return (type(self), (self.code, message, self.path))


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Mapping[str, str]]:
    """The lines of a data file, in order, every field as stripped text ('' where empty).

    Raises `VocabularyError` when the file is missing or has not exactly these columns.
    """
    if not path.is_file():
        raise VocabularyError("vocabulary_missing", "the file does not exist", path)
    try:
        frame = pd.read_csv(path, comment="#", dtype=str, keep_default_na=False, encoding="utf-8")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise VocabularyError("vocabulary_line", str(error), path) from error
    if tuple(frame.columns) != columns:
        message = f"columns are {list(frame.columns)}, should be {list(columns)}"
        raise VocabularyError("vocabulary_columns", message, path)
    for values in frame.itertuples(index=False, name=None):
        yield dict(zip(columns, (str(value).strip() for value in values), strict=True))


def split_list(field: str) -> tuple[str, ...]:
    """The members of a field that holds a list (`a|b|c`)."""
    return tuple(part.strip() for part in field.split(LIST_SEPARATOR) if part.strip())


def read_date(field: str, path: Path) -> date | None:
    """An ISO date, or None for an empty field. Raises `VocabularyError` on anything else."""
    if not field:
        return None
    try:
        return date.fromisoformat(field)
    except ValueError as error:
        raise VocabularyError("vocabulary_line", f"not a date: {field}", path) from error


def read_pattern(field: str, path: Path) -> re.Pattern[str]:
    """A compiled regular expression. Raises `VocabularyError` when it is not one."""
    try:
        return re.compile(field)
    except re.error as error:
        message = f"not a regular expression: {field} ({error})"
        raise VocabularyError("vocabulary_line", message, path) from error

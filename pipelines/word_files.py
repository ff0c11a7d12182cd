"""The files that words stand in: a folder of the project's and, on top of it, a person's own.

Belongs here: opening a data file, checking its shape, adding what a person's file of the same name
says, and naming file and line where one is wrong. Does not belong here: what the words mean
(`vocabulary`, `quantities`, `linking`).

A table is a CSV file with a header comment; everything else is YAML. A person's table has the same
columns, and its rows follow the project's; one for something that is listed already adds to what
the project's line lists (aliases). In a person's YAML file, what a list holds is added to
the list of the same name; nothing that the project says is taken back or replaced.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from pipelines.errors import PipelineError

COMMENT = "#"
LIST_SEPARATOR = "|"
NOTE = "note"
"""The column of remarks, which nothing reads."""
NOT_SHOWN = (".", "~")
"""Files that editors and file managers leave behind begin so; they are no words of anybody's."""


class VocabularyError(PipelineError):
    """A data file of the vocabulary is missing or says something impossible.

    It concerns every document, so it ends the run. `code` is stable (`vocabulary_missing`,
    `vocabulary_columns`, `vocabulary_line`, `vocabulary_unknown_file`).
    """

    def __init__(self, code: str, message: str, path: Path, line: int | None = None) -> None:
        place = path.name if line is None else f"{path.name}, line {line}"
        super().__init__(code, f"{place}: {message}")
        self.path = path
        self.line = line
        self.problem = message

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.code, self.problem, self.path, self.line))


class Row(dict[str, str]):
    """One line of a table: its fields by column, as stripped text, and where it stands."""

    def __init__(self, fields: Mapping[str, str], path: Path, line: int) -> None:
        super().__init__(fields)
        self.path = path
        self.line = line

    def error(self, message: str) -> VocabularyError:
        """What is wrong with the line, to be raised."""
        return VocabularyError("vocabulary_line", message, self.path, self.line)

    def require(self, column: str, known: Collection[str]) -> None:
        """Raises `VocabularyError` where a field is none of the known words."""
        if self[column] not in known:
            message = f"nobody knows the {column} {self[column] or 'that is empty'}"
            raise self.error(f"{message}; known: {', '.join(sorted(filter(None, known)))}")

    def list_of(self, column: str) -> tuple[str, ...]:
        """The members of a field that holds a list (`a|b|c`)."""
        return split_list(self[column])

    def number_of(self, column: str, default: int) -> int:
        """A whole number, or the default for an empty field. Raises `VocabularyError` else."""
        try:
            return int(self[column] or default)
        except ValueError as error:
            raise self.error(f"{column} is no whole number: {self[column]}") from error

    def date_of(self, column: str) -> date | None:
        """An ISO date, or None for an empty field. Raises `VocabularyError` on anything else."""
        try:
            return date.fromisoformat(self[column]) if self[column] else None
        except ValueError as error:
            raise self.error(f"not a date: {self[column]}") from error

    def pattern_of(
        self, column: str, replacements: Mapping[str, str] | None = None
    ) -> re.Pattern[str]:
        """A compiled regular expression, placeholders in it replaced.

        Raises `VocabularyError` when it is not one.
        """
        pattern = self[column]
        for placeholder, replacement in (replacements or {}).items():
            pattern = pattern.replace(placeholder, replacement)
        try:
            return re.compile(pattern)
        except re.error as error:
            raise self.error(f"not a regular expression: {self[column]} ({error})") from error


@dataclass(frozen=True, slots=True)
class WordFiles:
    """Where words are read from: the project's `directory`, and a person's `own` or None.

    `own_hash` tells what was read before from what the person has changed since: whatever is
    remembered of the words is remembered by all three.
    """

    directory: Path
    own: Path | None = None
    own_hash: str = ""

    def path_of(self, name: str) -> Path:
        """The project's file."""
        return self.directory / name

    def read_rows(
        self, name: str, columns: tuple[str, ...], closed: tuple[str, ...] = ()
    ) -> Iterator[Row]:
        """The lines of a table, the project's and then the person's.

        Raises `VocabularyError` when the project's is missing, one has other columns, or the
        person's says in a `closed` column what the project's never does.
        """
        known: dict[str, set[str]] = {column: set() for column in closed}
        for row in read_rows(self.directory / name, columns):
            for column in closed:
                known[column].add(row[column])
            yield row
        own = self._own_path(name)
        for row in read_rows(own, columns) if own is not None else ():
            for column in closed:
                row.require(column, known[column])
            yield row

    def read_entries(
        self,
        name: str,
        columns: tuple[str, ...],
        lists: tuple[str, ...],
        closed: tuple[str, ...] = (),
    ) -> tuple[Row, ...]:
        """The lines of a table whose first column is a key, one a key.

        A person's line with a key of the project's adds to the `lists` of that one; its other
        fields are empty or say the same.

        Raises `VocabularyError` as `read_rows`, and where a key stands there twice otherwise.
        """
        entries: dict[str, Row] = {}
        for row in self.read_rows(name, columns):
            key = row[columns[0]]
            if not key:
                raise row.error(f"{columns[0]} is empty")
            if key in entries:
                row = _extend(entries[key], row, lists)
            elif row.path != self.path_of(name):
                for column in closed:
                    row.require(column, {entry[column] for entry in entries.values()})
            entries[key] = row
        return tuple(entries.values())

    def read_yaml(self, name: str) -> Any:
        """The content of a YAML file with what the person adds.

        Raises `VocabularyError` when a file cannot be read, or adds something of another shape.
        """
        content = read_yaml(self.directory / name)
        own = self._own_path(name)
        return content if own is None else _add(content, read_yaml(own), own, "")

    def read_patterns(self, name: str, keys: tuple[str, ...]) -> Mapping[str, re.Pattern[str]]:
        """The regular expressions of a YAML file that holds nothing else, by these keys.

        Raises `VocabularyError` when one is missing, unknown or no regular expression.
        """
        path, content = self.path_of(name), self.read_yaml(name)
        if not isinstance(content, dict) or set(content) != set(keys):
            message = f"must hold exactly {', '.join(keys)}"
            raise VocabularyError("vocabulary_line", message, path)
        patterns: dict[str, re.Pattern[str]] = {}
        for key, pattern in content.items():
            try:
                patterns[key] = re.compile(pattern)
            except (TypeError, re.error) as error:
                message = f"{key} is no regular expression: {pattern!r} ({error})"
                raise VocabularyError("vocabulary_line", message, path) from error
        return patterns

    def check_own(self) -> None:
        """Raises `VocabularyError` on a file of the person's that no file of the project's is."""
        for path in list_own(self.own):
            if not self.path_of(path.name).is_file():
                known = sorted(
                    file.name
                    for file in self.directory.iterdir()
                    if file.suffix in (".csv", ".yml") and not file.name.startswith(NOT_SHOWN)
                )
                message = f"no such file of words; those there are: {', '.join(known)}"
                raise VocabularyError("vocabulary_unknown_file", message, path)

    def _own_path(self, name: str) -> Path | None:
        path = None if self.own is None else self.own / name
        return path if path is not None and path.is_file() else None


def open_word_files(directory: Path, own: Path | None = None) -> WordFiles:
    """The files as they are now."""
    return WordFiles(directory, own, hash_own(own))


def list_own(own: Path | None) -> tuple[Path, ...]:
    """A person's files, by name; none where there is no such folder."""
    if own is None or not own.is_dir():
        return ()
    files = (path for path in own.iterdir() if not path.name.startswith(NOT_SHOWN))
    return tuple(sorted(files))


def hash_own(own: Path | None) -> str:
    """A hash of all that a person's files say; empty where there is none."""
    files = list_own(own)
    digest = sha256()
    for path in files:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest() if files else ""


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The lines of one table, in order.

    Raises `VocabularyError` when it is missing, has not exactly these columns, or a line has more
    or fewer fields.
    """
    if not path.is_file():
        raise VocabularyError("vocabulary_missing", "the file does not exist", path)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise VocabularyError("vocabulary_line", f"not UTF-8: {error}", path) from error
    header: tuple[str, ...] | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith(COMMENT):
            continue
        try:
            fields = tuple(field.strip() for field in next(csv.reader([line], strict=True)))
        except csv.Error as error:
            raise VocabularyError("vocabulary_line", str(error), path, number) from error
        if header is None:
            header = fields
            if header != columns:
                message = f"columns are {','.join(header)}; they should be {','.join(columns)}"
                raise VocabularyError("vocabulary_columns", message, path, number)
        elif len(fields) != len(columns):
            message = f"{len(fields)} fields for {len(columns)} columns: {line}"
            raise VocabularyError("vocabulary_line", message, path, number)
        else:
            yield Row(dict(zip(columns, fields, strict=True)), path, number)
    if header is None:
        message = f"the columns are missing: {','.join(columns)}"
        raise VocabularyError("vocabulary_columns", message, path)


def read_yaml(path: Path) -> Any:
    """The content of one YAML file. Raises `VocabularyError` when it is missing or no YAML."""
    if not path.is_file():
        raise VocabularyError("vocabulary_missing", "the file does not exist", path)
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise VocabularyError("vocabulary_line", str(error), path) from error


def split_list(field: str) -> tuple[str, ...]:
    """The members of a field that holds a list (`a|b|c`)."""
    return tuple(part.strip() for part in field.split(LIST_SEPARATOR) if part.strip())


def _extend(known: Row, more: Row, lists: tuple[str, ...]) -> Row:
    """A line of the project's with what a person's line for the same key adds to its lists."""
    key = next(iter(known.values()))
    if known.path == more.path:
        raise more.error(f"{key} is listed already, in line {known.line}")
    fields = dict(known)
    for column, value in more.items():
        if column in lists:
            joined = dict.fromkeys((*known.list_of(column), *more.list_of(column)))
            fields[column] = LIST_SEPARATOR.join(joined)
        elif value not in ("", known[column]) and column != NOTE:
            message = f"{key} is listed already, and its {column} is {known[column] or 'empty'}"
            raise more.error(f"{message}; only {', '.join(lists)} may be added to")
    return Row(fields, known.path, known.line)


def _add(content: Any, more: Any, path: Path, place: str) -> Any:
    """What the project says, and what a person's file adds to its lists."""
    if more is None:
        return content
    if isinstance(content, dict) and isinstance(more, dict):
        unknown = [key for key in more if key not in content]
        if unknown and not place:
            message = f"nobody knows `{unknown[0]}`; known: {', '.join(map(str, content))}"
            raise VocabularyError("vocabulary_line", message, path)
        known = {
            key: _add(value, more.get(key), path, f"{place}{key}.")
            for key, value in content.items()
        }
        return known | {key: more[key] for key in unknown}
    if isinstance(content, list) and isinstance(more, list):
        return [*content, *more]
    what = place.rstrip(".") or "the file"
    message = f"{what} must hold a list or a mapping, as the project's does"
    raise VocabularyError("vocabulary_line", message, path)

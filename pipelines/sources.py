"""What people wrote down about what lies in the raw folder.

Belongs here: `sources.yml` (what a person knows of a file), `accepted_discrepancies.yml`
(disagreements in a source that a person looked at and signed), `accepted_losses.yml` (published
facts that may go) and `accepted_readings.yml` (what looked misread and is right).
Does not belong here: which files there are (`inventory`), or holding a signature against what was
found.

These YAML files are read strictly: a key that nobody knows is an error, not a hint.
"""

from __future__ import annotations

import reprlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipelines.errors import PipelineError
from pipelines.inventory import RawFile, find_misnamed_notes
from pipelines.strict_yaml import YamlProblem, read_yaml

SOURCES_FILE = "sources.yml"
DISCREPANCIES_FILE = "accepted_discrepancies.yml"
LOSSES_FILE = "accepted_losses.yml"
READINGS_FILE = "accepted_readings.yml"


class InvalidSourcesError(PipelineError):
    """A file that people write beside the sources cannot be used; `problems` lists all of it."""

    def __init__(self, path: Path, problems: tuple[str, ...]) -> None:
        self.path = path
        self.problems = problems
        lines = "".join(f"\n  - {problem}" for problem in problems)
        super().__init__("invalid_sources", f"{path.name} needs correcting:{lines}")

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.path, self.problems))


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """What a person wrote down about a source file; all but the name may be unknown.

    `region` is a region's name or code as the vocabulary of regions knows it.
    """

    file_name: str
    title: str | None = None
    publisher: str | None = None
    region: str | None = None
    plan_year: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class AcceptedDiscrepancy:
    """A disagreement that a person looked at and signed: the source is wrong, not the reading.

    `check` is the name of the reconciliation check, `target` the id of the target it speaks of,
    `expected` and `actual` the two numbers as they were when signed.
    """

    document: str
    check: str
    target: str
    expected: Decimal
    actual: Decimal
    reason: str
    signed_by: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class AcceptedLoss:
    """Published facts of a document that may go: `loss` is the hash by which a run named them."""

    document: str
    loss: str
    reason: str
    signed_by: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class AcceptedReading:
    """What was read of a line or a document, and is right: `reading` is the hash by which a run
    named it, `looked_at` what it was held against."""

    document: str
    reading: str
    looked_at: str
    signed_by: str
    signed_on: date


def read_sources(raw: Path) -> dict[str, SourceEntry]:
    """The entries of `sources.yml` by file name; none where there is no such file.

    Raises:
        InvalidSourcesError: with every problem of the file at once, or because a file lies there
            that looks like this one or another control file and that nobody would read.
    """
    if misnamed := find_misnamed_notes(raw):
        raise InvalidSourcesError(raw, misnamed)
    path = raw / SOURCES_FILE
    reader = _EntryReader(path)
    entries: dict[str, SourceEntry] = {}
    for name, fields in reader.read_mapping("documents"):
        entry = SourceEntry(
            file_name=_normal_name(name),
            title=reader.take_text(name, fields, "title"),
            publisher=reader.take_text(name, fields, "publisher"),
            region=reader.take_text(name, fields, "region"),
            plan_year=reader.take_year(name, fields, "plan_year"),
            as_of=reader.take_date(name, fields, "as_of"),
        )
        reader.refuse_rest(name, fields)
        entries[entry.file_name] = entry
    reader.finish()
    return entries


def describe_source(entries: dict[str, SourceEntry], file: RawFile) -> SourceEntry:
    """The entry of a file, or an empty one."""
    return entries.get(file.file_name) or SourceEntry(file_name=file.file_name)


def find_entries_without_file(
    entries: dict[str, SourceEntry], files: tuple[RawFile, ...]
) -> tuple[str, ...]:
    """Names that `sources.yml` describes though no such file is there (misspelt, or removed)."""
    present = {file.file_name for file in files}
    return tuple(name for name in entries if name not in present)


def read_accepted_discrepancies(raw: Path) -> tuple[AcceptedDiscrepancy, ...]:
    """The signed disagreements, in the order of the file; none where there is no such file.

    Raises:
        InvalidSourcesError: with every problem of the file at once.
    """
    path = raw / DISCREPANCIES_FILE
    reader = _EntryReader(path)
    accepted: list[AcceptedDiscrepancy] = []
    for place, fields in reader.read_list("accepted"):
        texts = {
            key: reader.take_text(place, fields, key, required=True)
            for key in ("document", "check", "target", "reason", "signed_by")
        }
        numbers = {
            key: reader.take_decimal(place, fields, key, required=True)
            for key in ("expected", "actual")
        }
        signed_on = reader.take_date(place, fields, "signed_on", required=True)
        reader.refuse_rest(place, fields)
        if signed_on is None or None in texts.values() or None in numbers.values():
            continue
        accepted.append(
            AcceptedDiscrepancy(
                document=texts["document"] or "",
                check=texts["check"] or "",
                target=texts["target"] or "",
                expected=numbers["expected"] or Decimal(0),
                actual=numbers["actual"] or Decimal(0),
                reason=texts["reason"] or "",
                signed_by=texts["signed_by"] or "",
                signed_on=signed_on,
            )
        )
    seen: set[tuple[str, str]] = set()
    for discrepancy in accepted:
        key = (discrepancy.check, discrepancy.target)
        if key in seen:
            reader.problems.append(f"{key[1]}: {key[0]} is signed twice; keep one")
        seen.add(key)
    reader.finish()
    return tuple(accepted)


def read_accepted_losses(raw: Path) -> tuple[AcceptedLoss, ...]:
    """The signed losses, in the order of the file; none where there is no such file.

    Raises:
        InvalidSourcesError: with every problem of the file at once.
    """
    entries = _read_signed(raw / LOSSES_FILE, ("document", "loss", "reason", "signed_by"))
    return tuple(AcceptedLoss(**texts, signed_on=signed_on) for texts, signed_on in entries)


def read_accepted_readings(raw: Path) -> tuple[AcceptedReading, ...]:
    """The signed readings, in the order of the file; none where there is no such file.

    Raises:
        InvalidSourcesError: with every problem of the file at once.
    """
    entries = _read_signed(raw / READINGS_FILE, ("document", "reading", "looked_at", "signed_by"))
    return tuple(AcceptedReading(**texts, signed_on=signed_on) for texts, signed_on in entries)


def _read_signed(path: Path, keys: tuple[str, ...]) -> list[tuple[dict[str, str], date]]:
    """The entries of a file of signatures: texts, all required, and the day of signing."""
    reader = _EntryReader(path)
    entries: list[tuple[dict[str, str], date]] = []
    for place, fields in reader.read_list("accepted"):
        texts = {key: reader.take_text(place, fields, key, required=True) or "" for key in keys}
        signed_on = reader.take_date(place, fields, "signed_on", required=True)
        reader.refuse_rest(place, fields)
        if signed_on is not None:
            entries.append((texts, signed_on))
    reader.finish()
    return entries


def _normal_name(name: str) -> str:
    """One spelling for a name, whichever way a file system composes its accents."""
    return unicodedata.normalize("NFC", name)


class _EntryReader:
    """Takes typed fields out of a YAML file and gathers what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []

    def finish(self) -> None:
        if self.problems:
            raise InvalidSourcesError(self.path, tuple(self.problems))

    def read_mapping(self, top: str) -> Iterator[tuple[str, dict[str, Any]]]:
        content = self._read_top(top)
        if not isinstance(content, dict):
            if content is not None:
                self.problems.append(f"`{top}` must map a file's name to what is known of it")
            return
        for name, fields in content.items():
            yield from self._check_fields(str(name), {} if fields is None else fields)

    def read_list(self, top: str) -> Iterator[tuple[str, dict[str, Any]]]:
        content = self._read_top(top)
        if not isinstance(content, list):
            if content is not None:
                self.problems.append(f"`{top}` must be a list")
            return
        for number, fields in enumerate(content, start=1):
            yield from self._check_fields(f"entry {number}", fields)

    def _check_fields(self, place: str, fields: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        if isinstance(fields, dict):
            yield place, dict(fields)
        else:
            self.problems.append(f"{place}: must be `key: value` lines")

    def _read_top(self, top: str) -> Any:
        try:
            content = read_yaml(self.path)
        except YamlProblem as error:
            self.problems.append(str(error))
            return None
        if content is None:
            return None
        if not isinstance(content, dict) or set(content) != {top}:
            self.problems.append(f"must hold one key, `{top}`, and nothing beside it")
            return None
        return content[top]

    def _take(self, place: str, fields: dict[str, Any], key: str, required: bool) -> Any:
        value = fields.pop(key, None)
        if value is None and required:
            self.problems.append(f"{place}: `{key}` is missing")
        return value

    def _refuse(self, place: str, key: str, wanted: str, value: Any) -> None:
        self.problems.append(f"{place}: `{key}` must be {wanted}, not {reprlib.repr(value)}")

    def take_text(
        self, place: str, fields: dict[str, Any], key: str, *, required: bool = False
    ) -> str | None:
        value = self._take(place, fields, key, required)
        if value is None:
            return None
        # Unquoted codes come as numbers; their text is meant.
        if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
            self._refuse(place, key, "text", value)
            return None
        return str(value).strip()

    def take_year(self, place: str, fields: dict[str, Any], key: str) -> int | None:
        value = self._take(place, fields, key, required=False)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1949 <= value <= 2199:
            self._refuse(place, key, "a year of four digits", value)
            return None
        return value

    def take_date(
        self, place: str, fields: dict[str, Any], key: str, *, required: bool = False
    ) -> date | None:
        value = self._take(place, fields, key, required)
        if value is None:
            return None
        if type(value) is not date:
            self._refuse(place, key, "a date like 2024-11-30", value)
            return None
        return value

    def take_decimal(
        self, place: str, fields: dict[str, Any], key: str, *, required: bool = False
    ) -> Decimal | None:
        value = self._take(place, fields, key, required)
        if value is None:
            return None
        try:
            # The shortest text of a float is what was typed; its binary value is not.
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if isinstance(value, bool) or not number.is_finite():
            self._refuse(place, key, "a number", value)
            return None
        return number

    def refuse_rest(self, place: str, fields: dict[str, Any]) -> None:
        for key in fields:
            self.problems.append(f"{place}: nobody knows the key `{key}`")

"""What lies in the raw folder, and what people wrote down about it.

Belongs here: the inventory of source files, `sources.yml` (what a person knows of a file) and
`accepted_discrepancies.yml` (disagreements in a source that a person looked at and signed), and
`accepted_losses.yml` (published facts that may go).
Does not belong here: opening a source file, or holding a signature against what was found.

These YAML files are read strictly: a key that nobody knows is an error, not a hint.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from pipelines.errors import PipelineError

SOURCES_FILE = "sources.yml"
DISCREPANCIES_FILE = "accepted_discrepancies.yml"
LOSSES_FILE = "accepted_losses.yml"

_NOT_SOURCES = frozenset({".yml", ".yaml", ".md"})
_READ_BYTES = 1 << 20


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
class RawFile:
    """A file of the raw folder. `document_id` is its stem; `sha256` of its bytes, in hex, or empty
    where they cannot be read.

    `conflict` names the file that already has this stem, if another one does; the id is then the
    whole name, so that the refusal of the one says nothing about the other. `copy_of` names an
    earlier file of the very same bytes.
    """

    path: Path
    document_id: str
    sha256: str
    conflict: str | None = None
    copy_of: str | None = None


def list_raw_files(raw: Path) -> tuple[Path, ...]:
    """The source files of a folder, by name: all but hidden, temporary and control files.

    Files of unknown formats are listed too, so that they are refused by name, not overlooked.
    A folder that does not exist has none.
    """
    if not raw.is_dir():
        return ()
    return tuple(
        sorted(
            (path for path in raw.iterdir() if path.is_file() and is_source_file(path)),
            key=lambda path: _normal_name(path.name),
        )
    )


def is_source_file(path: Path) -> bool:
    """Whether a file, by its name, is meant as a source."""
    return not path.name.startswith((".", "~$")) and path.suffix.lower() not in _NOT_SOURCES


def take_inventory(raw: Path, incumbents: Mapping[str, str] | None = None) -> tuple[RawFile, ...]:
    """Every source file with its content hash, by name. The second file of a stem is a conflict.

    `incumbents` are the file names of published documents by id. The file that a document was
    published from keeps its id, whatever name comes beside it; else the first by name has it.
    """
    paths = list_raw_files(raw)
    names = {_normal_name(path.name): path.name for path in paths}
    owners = {
        document_id: names[_normal_name(file_name)]
        for document_id, file_name in (incumbents or {}).items()
        if _normal_name(file_name) in names
    }
    originals: dict[str, str] = {}
    files: list[RawFile] = []
    for path in paths:
        document_id = _normal_name(path.stem)
        owner = owners.setdefault(document_id, path.name)
        sha256 = hash_if_readable(path)
        original = originals.setdefault(sha256, path.name)
        files.append(
            RawFile(
                path=path,
                document_id=document_id if owner == path.name else _normal_name(path.name),
                sha256=sha256,
                conflict=None if owner == path.name else owner,
                copy_of=original if sha256 and original != path.name else None,
            )
        )
    return tuple(files)


def hash_file(path: Path) -> str:
    """The sha256 of a file's bytes, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_READ_BYTES):
            digest.update(block)
    return digest.hexdigest()


def hash_if_readable(path: Path) -> str:
    """The sha256 of a file's bytes, in hex; empty where they cannot be had.

    A file without read permission, or one that is being removed, is its own trouble: whoever reads
    it says so, and the other files go on.
    """
    try:
        return hash_file(path)
    except OSError:
        return ""


def read_sources(raw: Path) -> dict[str, SourceEntry]:
    """The entries of `sources.yml` by file name; none where there is no such file.

    Raises:
        InvalidSourcesError: with every problem of the file at once.
    """
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
    name = _normal_name(file.path.name)
    return entries.get(name) or SourceEntry(file_name=name)


def find_entries_without_file(
    entries: dict[str, SourceEntry], files: tuple[RawFile, ...]
) -> tuple[str, ...]:
    """Names that `sources.yml` describes though no such file is there (misspelt, or removed)."""
    present = {_normal_name(file.path.name) for file in files}
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
    reader = _EntryReader(raw / LOSSES_FILE)
    accepted: list[AcceptedLoss] = []
    for place, fields in reader.read_list("accepted"):
        texts = {
            key: reader.take_text(place, fields, key, required=True) or ""
            for key in ("document", "loss", "reason", "signed_by")
        }
        signed_on = reader.take_date(place, fields, "signed_on", required=True)
        reader.refuse_rest(place, fields)
        if signed_on is not None:
            accepted.append(AcceptedLoss(**texts, signed_on=signed_on))
    reader.finish()
    return tuple(accepted)


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
        if not self.path.exists():
            return None
        try:
            content = yaml.safe_load(self.path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
            self.problems.append(f"not readable as YAML: {error}")
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
        self.problems.append(f"{place}: `{key}` must be {wanted}, not {value!r}")

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

"""What the owner of a warehouse may set: `raw/settings.yml`, read strictly.

Belongs here: every number of the pipeline that a place may want otherwise, with its default, its
bounds and what it means. Does not belong here: what follows from a number, or anything that the
domain knows (that is vocabulary).

One line a setting, all of them optional. A name that nobody knows, a name given twice, a value of
another kind or out of bounds is an error: a misspelt limit must not pass for a limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipelines.errors import PipelineError
from pipelines.run.limits import Limits

SETTINGS_FILE = "settings.yml"


class InvalidSettingsError(PipelineError):
    """`settings.yml` cannot be used; `problems` lists all that is wrong with it."""

    def __init__(self, path: Path, problems: tuple[str, ...]) -> None:
        self.path = path
        self.problems = problems
        lines = "".join(f"\n  - {problem}" for problem in problems)
        super().__init__("invalid_settings", f"{path.name} needs correcting:{lines}")

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.path, self.problems))


def _within(least: int, most: int, says: str) -> dict[str, Any]:
    """The bounds and the meaning of a setting; whether it is a whole number its default says."""
    return {"least": least, "most": most, "says": says}


_IS_TEXT = "is_text"
_USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; the metadata of a field are its bounds and its meaning."""

    most_lost_share: Decimal = field(
        default=Decimal("0.2"),
        metadata=_within(
            0, 1, "share of its facts that a document, or a run, may lose without a person's word"
        ),
    )
    kept_versions: int = field(
        default=10,
        metadata=_within(
            0, 1000, "versions kept behind the published one, with the files they were read from"
        ),
    )
    kept_runs: int = field(
        default=1000, metadata=_within(10, 100_000, "runs that the log beside the file remembers")
    )
    kept_results: str = field(
        default="kept",
        metadata={
            _IS_TEXT: True,
            "says": "folder of what came of each document, from beside the published file",
        },
    )
    kept_results_days: int = field(
        default=30,
        metadata=_within(0, 10_000, "days that a result is kept that no run uses; 0: none is kept"),
    )
    kept_results_mb: int = field(
        default=2000,
        metadata=_within(0, 10_000_000, "MB that results may take of the disk; 0: none is kept"),
    )
    timeout_s: int = field(
        default=_USUAL.timeout_s,
        metadata=_within(1, 86_400, "seconds that reading a document may take"),
    )
    memory_mb: int = field(
        default=_USUAL.memory_mb,
        metadata=_within(250, 1_000_000, "MB of memory that reading a document may take"),
    )
    file_mb: int = field(
        default=_USUAL.file_mb, metadata=_within(1, 100_000, "MB that a file may have")
    )
    unpacked_mb: int = field(
        default=_USUAL.unpacked_mb,
        metadata=_within(1, 100_000, "MB that the compressed parts of a file may grow to"),
    )
    most_pages: int = field(
        default=_USUAL.most_pages, metadata=_within(1, 1_000_000, "pages of a document")
    )
    most_cells: int = field(
        default=_USUAL.most_cells,
        metadata=_within(1, 100_000_000, "cells of a document's tables, empty ones too"),
    )
    most_characters: int = field(
        default=_USUAL.most_characters,
        metadata=_within(1, 1_000_000_000, "characters of a document"),
    )
    workers: int = field(
        default=0,
        metadata=_within(0, 1000, "documents read at a time; 0: one for each core of the machine"),
    )
    wait_for_run_s: int = field(
        default=3600,
        metadata=_within(0, 86_400, "seconds that a run waits for another one to be done"),
    )

    @property
    def limits(self) -> Limits:
        """What one document may cost."""
        return Limits(**{limit.name: getattr(self, limit.name) for limit in fields(Limits)})


def read_settings(raw: Path) -> Settings:
    """The settings of a raw folder; defaults for what the file leaves out, or where there is none.

    Raises:
        InvalidSettingsError: with every problem of the file at once.
    """
    path = raw / SETTINGS_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSettingsError(path, (f"it cannot be read as a text file: {error}",)) from error
    problems: list[str] = []
    declared = {setting.name: setting for setting in fields(Settings)}
    given: dict[str, Any] = {}
    for name, value in _read_pairs(text, problems):
        if name not in declared:
            problems.append(f"nobody knows `{name}`; there are {', '.join(sorted(declared))}")
        elif name in given:
            problems.append(f"`{name}` is given twice; keep one")
        else:
            read = _read_text if declared[name].metadata.get(_IS_TEXT) else _read_number
            given[name] = read(name, value, declared[name], problems)
    if problems:
        raise InvalidSettingsError(path, tuple(problems))
    return Settings(**given)


def _read_pairs(text: str, problems: list[str]) -> Iterator[tuple[str, str]]:
    """The names and values as they are written: a mapping would hide a name given twice."""
    import yaml

    try:
        top = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        problems.append(f"not readable as YAML: {error}")
        return
    if top is None:
        return
    if not isinstance(top, yaml.MappingNode):
        problems.append("must hold `name: value` lines and nothing else")
        return
    for key, value in top.value:
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
            yield key.value, value.value
        else:
            problems.append(f"line {key.start_mark.line + 1}: must be `name: value`")


def _read_text(name: str, value: str, _setting: Any, problems: list[str]) -> str:
    if not value.strip() or not value.isprintable():
        problems.append(f"`{name}` must be the name of a folder, not {value!r}")
    return value


def _read_number(name: str, value: str, setting: Any, problems: list[str]) -> int | Decimal | None:
    is_whole = isinstance(setting.default, int)
    least, most = setting.metadata["least"], setting.metadata["most"]
    try:
        number = Decimal(value)
        fits = number.is_finite() and least <= number <= most
    except InvalidOperation:
        fits = False
        number = Decimal(0)
    if not fits or (is_whole and number != int(number)):
        kind = "a whole number" if is_whole else "a number"
        problems.append(f"`{name}` must be {kind} from {least} to {most}, not {value!r}")
        return None
    return int(number) if is_whole else number

"""The records of bodies, and how they are read from their data files.

Belongs here: the shapes and the loading. Does not belong here: which body a printed name means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipelines.vocabulary.folding import fold
from pipelines.word_files import WordFiles

ORGANIZATIONS_FILE = "organizations.csv"
RENAMINGS_FILE = "organization_renamings.csv"
RENAMING_COLUMNS = ("region_code", "predecessor", "successor", "on", "note")
LEVELS_FILE = "organization_levels.csv"
COLLECTIVES_FILE = "organization_collectives.csv"
COLLECTIVE_COLUMNS = ("organization_id", "name", "expands_to", "pattern", "note")
SUFFIXES_FILE = "organization_suffixes.csv"

LEVEL = "{level}"
REGION = "{region}"
NO_LEVEL = "="
"""In front of a canonical name that takes no level (=华数传媒集团)."""
DEFAULT_MIN_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Organization:
    """One function of government, mass organization or utility, see `organizations.csv`.

    With a `region_code` it is a body of that region alone, whose name takes no level.
    """

    organization_id: str
    region_code: str | None
    name: str
    local_name: str
    province_name: str
    name_en: str
    kind: str
    aliases: tuple[str, ...]
    successor: str | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class OrganizationMatch:
    """What the name of a body was taken for.

    `organization_id` is `<region code or level>/<stem>`, the same each time. `kind`: `exact` (the
    canonical name), `alias`, `pattern` (a collective, or a region's government by its rule) or
    `unknown` (ends like a body; kept by its own name, `is_known` False, to be queued).
    `expands_to` says for a collective whose governments or departments are meant. `sub_office` is
    a part of the body named in brackets. `successor_id` is the body that it has become by now.
    """

    organization_id: str
    name: str
    kind: str
    stem: str
    region_code: str | None
    body_kind: str
    is_known: bool = True
    expands_to: str | None = None
    sub_office: str | None = None
    successor_id: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A character that says of which level a body is, and the levels of regions it stands for."""

    character: str
    region_levels: tuple[str, ...]
    is_local: bool
    is_province: bool


@dataclass(frozen=True, slots=True)
class Collective:
    """A group of bodies named as one."""

    organization_id: str
    name: str
    expands_to: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Renaming:
    """From the day `on`, in a region, `predecessor` is the same body as `successor`."""

    region_code: str
    predecessor: str
    successor: str
    on: date | None


@dataclass(frozen=True, slots=True)
class NameSuffix:
    """How the names of unlisted bodies end."""

    kind: str
    suffix: str
    min_length: int


def load_bodies(files: WordFiles) -> tuple[Organization, ...]:
    """The bodies. Raises `VocabularyError` where a name stands on two lines."""
    columns = (
        "organization_id,region_code,name,local_name,province_name,name_en,kind,aliases,successor,"
        "valid_to,note"
    )
    rows = files.read_entries(
        ORGANIZATIONS_FILE, tuple(columns.split(",")), ("aliases",), ("kind",)
    )
    bodies = tuple(
        Organization(
            organization_id=row["organization_id"],
            region_code=row["region_code"] or None,
            name=row["name"],
            local_name=row["local_name"],
            province_name=row["province_name"],
            name_en=row["name_en"],
            kind=row["kind"],
            aliases=row.list_of("aliases"),
            successor=row["successor"] or None,
            valid_to=row.date_of("valid_to"),
        )
        for row in rows
    )
    stems = {body.organization_id for body in bodies}
    owners: dict[str, str] = {}
    for row, body in zip(rows, bodies, strict=True):
        for name in {body.name, body.local_name, body.province_name, *body.aliases} - {""}:
            owner = owners.setdefault(fold(name.removeprefix(NO_LEVEL)), body.organization_id)
            if owner != body.organization_id:
                raise row.error(f"{name} names two bodies: {owner}, {body.organization_id}")
        if body.successor and body.successor not in stems:
            raise row.error(f"the successor, {body.successor}, is not listed")
    return bodies


def load_levels(files: WordFiles) -> tuple[Level, ...]:
    """The characters for levels."""
    rows = files.read_rows(LEVELS_FILE, ("character", "levels", "local", "note"), ("local",))
    return tuple(
        Level(
            row["character"],
            row.list_of("levels"),
            row["local"] == "yes",
            row["local"] == "province",
        )
        for row in rows
    )


def load_collectives(files: WordFiles, levels: tuple[Level, ...]) -> tuple[Collective, ...]:
    """The groups of bodies. `{level}` in a pattern is any character for a level."""
    any_level = "[" + "".join(level.character for level in levels) + "]"
    return tuple(
        Collective(
            row["organization_id"],
            row["name"],
            row["expands_to"],
            row.pattern_of("pattern", {LEVEL: any_level}),
        )
        for row in files.read_rows(COLLECTIVES_FILE, COLLECTIVE_COLUMNS)
    )


def load_renamings(files: WordFiles, stems: frozenset[str]) -> tuple[Renaming, ...]:
    """The renamings of single regions. Raises `VocabularyError` where a body is not listed."""
    renamings: list[Renaming] = []
    for row in files.read_rows(RENAMINGS_FILE, RENAMING_COLUMNS):
        for stem in (row["predecessor"], row["successor"]):
            if stem not in stems:
                raise row.error(f"no such body: {stem}")
        on = row.date_of("on")
        renamings.append(Renaming(row["region_code"], row["predecessor"], row["successor"], on))
    return tuple(renamings)


def load_suffixes(files: WordFiles) -> tuple[NameSuffix, ...]:
    """The endings of bodies' names, longest first."""
    rows = files.read_rows(SUFFIXES_FILE, ("kind", "suffix", "min_length", "note"), ("kind",))
    suffixes = [
        NameSuffix(
            row["kind"], fold(row["suffix"]), row.number_of("min_length", DEFAULT_MIN_LENGTH)
        )
        for row in rows
    ]
    return tuple(sorted(suffixes, key=lambda suffix: (-len(suffix.suffix), suffix.suffix)))

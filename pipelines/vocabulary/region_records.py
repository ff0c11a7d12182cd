"""The records of regions, and how they are read from their data files.

Belongs here: the shapes and the loading. Does not belong here: which region a name means.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.word_files import WordFiles

REGIONS_FILE = "regions.csv"
ENDINGS_FILE = "region_endings.csv"
DEFAULT_MAX_LENGTH = 14


@dataclass(frozen=True, slots=True)
class Region:
    """One division. `valid_from` and `valid_to` are half open; None means unbounded."""

    region_code: str
    name: str
    short_names: tuple[str, ...]
    former_names: tuple[str, ...]
    name_en: str
    level: str
    parent_code: str | None
    valid_from: date | None
    valid_to: date | None
    successor: str | None

    def is_in_force(self, on: date | None) -> bool:
        """Whether the division exists on that day (None: whether it exists still)."""
        if on is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """What a name was taken for.

    `kind`: `exact` (full name), `former` (an earlier name of the code), `short` (上城 for 上城区),
    `own` (the parent's own share, 市本级) or `provisional` (not listed: the code is made from the
    parent's code and the name, the same each time; to be queued for a person).
    """

    region_code: str
    name: str
    level: str
    kind: str
    parent_code: str | None
    is_in_force: bool = True

    @property
    def code(self) -> str:
        """The region's code."""
        return self.region_code

    @property
    def is_provisional(self) -> bool:
        """Whether the code was made because no line of the vocabulary knows the name."""
        return self.kind == "provisional"


@dataclass(frozen=True, slots=True)
class NameEnding:
    """How the name of an unlisted area ends, see `region_endings.csv`."""

    level: str
    ending: str
    max_length: int


def match_region(region: Region, kind: str, on: date | None) -> RegionMatch:
    """A listed region as what some name was taken for."""
    return RegionMatch(
        region.region_code,
        region.name,
        region.level,
        kind,
        region.parent_code,
        region.is_in_force(on),
    )


def load_region_records(files: WordFiles) -> tuple[tuple[Region, ...], tuple[NameEnding, ...]]:
    """The regions, and the endings, longest first.

    Raises `VocabularyError` on a code that stands there twice or a parent that is not listed.
    """
    columns = (
        "region_code,name,short_names,former_names,name_en,level,parent_code,valid_from,valid_to,"
        "successor,note"
    )
    rows = files.read_entries(
        REGIONS_FILE, tuple(columns.split(",")), ("short_names", "former_names"), ("level",)
    )
    members = tuple(
        Region(
            region_code=row["region_code"],
            name=row["name"],
            short_names=row.list_of("short_names"),
            former_names=row.list_of("former_names"),
            name_en=row["name_en"],
            level=row["level"],
            parent_code=row["parent_code"] or None,
            valid_from=row.date_of("valid_from"),
            valid_to=row.date_of("valid_to"),
            successor=row["successor"] or None,
        )
        for row in rows
    )
    codes = {region.region_code for region in members}
    for row, region in zip(rows, members, strict=True):
        for code in (region.parent_code, region.successor):
            if code and code not in codes:
                raise row.error(f"{region.region_code} refers to {code}, which is not listed")
    endings = [
        NameEnding(row["level"], row["ending"], row.number_of("max_length", DEFAULT_MAX_LENGTH))
        for row in files.read_rows(
            ENDINGS_FILE, ("level", "ending", "max_length", "note"), ("level",)
        )
    ]
    endings.sort(key=lambda ending: (-len(ending.ending), ending.level, ending.ending))
    return members, tuple(endings)

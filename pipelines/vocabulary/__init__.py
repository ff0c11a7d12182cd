"""What the domain knows: units, regions, bodies, header words and other words, as data.

Belongs here: the data files, their loaders and typed look-ups. An unknown word yields None, to be
queued for a person; it is never guessed into a default.
Does not belong here: reading documents, or any decision that needs more than one word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.vocabulary.headers import HeaderPeriod, Headers, RoleMatch, load_headers
from pipelines.vocabulary.regions import Region, RegionMatch, Regions, load_regions
from pipelines.vocabulary.tables import VocabularyError
from pipelines.vocabulary.units import Unit, Units, load_units

__all__ = [
    "HeaderPeriod",
    "Headers",
    "Region",
    "RegionMatch",
    "Regions",
    "RoleMatch",
    "Unit",
    "Units",
    "Vocabulary",
    "VocabularyError",
    "load_vocabulary",
]

OWN_ROLE = "city_own"


@dataclass(frozen=True)
class Vocabulary:
    """All vocabularies of one directory."""

    units: Units
    headers: Headers
    regions: Regions


@cache
def load_vocabulary(directory: Path | None = None) -> Vocabulary:
    """The vocabulary of a directory (the project's own by default), read once.

    Raises `VocabularyError`, naming the file, where a data file is missing or wrong.
    """
    directory = directory or Path(__file__).parent
    units = load_units(directory)
    headers = load_headers(directory, units.is_unit)
    return Vocabulary(
        units=units,
        headers=headers,
        regions=load_regions(directory, headers.words_of(OWN_ROLE)),
    )

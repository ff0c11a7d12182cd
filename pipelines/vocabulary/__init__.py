"""What the domain knows: units, regions, bodies, header words and other words, as data.

Belongs here: the data files, their loaders and typed look-ups. An unknown word yields None, to be
queued for a person; it is never guessed into a default.
Does not belong here: reading documents, or any decision that needs more than one word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.quantities.grammar import Number, find_numbers
from pipelines.quantities.words import Unit
from pipelines.vocabulary.calendar import Calendar, load_calendar
from pipelines.vocabulary.claims import ClaimPattern, load_claims
from pipelines.vocabulary.headers import HeaderPeriod, Headers, RoleMatch, load_headers
from pipelines.vocabulary.language import Language, load_language
from pipelines.vocabulary.organization_cells import OrganizationMention
from pipelines.vocabulary.organization_records import Organization, OrganizationMatch
from pipelines.vocabulary.organizations import Organizations, load_organizations
from pipelines.vocabulary.region_records import Region, RegionMatch
from pipelines.vocabulary.regions import Regions, load_regions
from pipelines.vocabulary.scope_cues import ScopeCues, load_scope_cues
from pipelines.vocabulary.tables import VocabularyError
from pipelines.vocabulary.units import Units, load_units
from pipelines.vocabulary.words import (
    Answers,
    DocumentKinds,
    Verbs,
    load_answers,
    load_document_kinds,
    load_verbs,
)

__all__ = [
    "Answers",
    "Calendar",
    "ClaimPattern",
    "DocumentKinds",
    "HeaderPeriod",
    "Headers",
    "Language",
    "Organization",
    "OrganizationMatch",
    "OrganizationMention",
    "Organizations",
    "Region",
    "RegionMatch",
    "Regions",
    "RoleMatch",
    "ScopeCues",
    "Unit",
    "Units",
    "Verbs",
    "Vocabulary",
    "VocabularyError",
    "load_vocabulary",
]

OWN_ROLE = "city_own"


class Grammar:
    """The grammar of numbers."""

    def find_numbers(self, printed: str) -> tuple[Number, ...]:
        """Every number of the text."""
        return find_numbers(printed)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All vocabularies of one directory."""

    units: Units
    grammar: Grammar
    language: Language
    calendar: Calendar
    headers: Headers
    regions: Regions
    organizations: Organizations
    document_kinds: DocumentKinds
    scope: ScopeCues
    verbs: Verbs
    answers: Answers
    claims: tuple[ClaimPattern, ...]

    def is_blank(self, text: str) -> bool:
        """Whether a cell is empty or holds only a mark for "nothing"."""
        return self.answers.is_blank(text)

    def is_nothing_done(self, clause: str) -> bool:
        """Whether a clause of a report says that nothing has been done."""
        return self.answers.is_nothing_done(clause)


@cache
def load_vocabulary(directory: Path | None = None) -> Vocabulary:
    """The vocabulary of a directory (the project's own by default), read once.

    Raises `VocabularyError`, naming the file, where a data file is missing or wrong.
    """
    directory = directory or Path(__file__).parent
    units = load_units()
    headers = load_headers(directory, units.is_unit)
    regions = load_regions(directory, headers.words_of(OWN_ROLE))
    return Vocabulary(
        units=units,
        grammar=Grammar(),
        language=load_language(directory),
        calendar=load_calendar(directory),
        headers=headers,
        regions=regions,
        organizations=load_organizations(directory, regions),
        document_kinds=load_document_kinds(directory),
        scope=load_scope_cues(directory),
        verbs=load_verbs(directory),
        answers=load_answers(directory),
        claims=load_claims(directory),
    )

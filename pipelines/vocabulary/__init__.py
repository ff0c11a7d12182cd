"""What the domain knows: units, regions, bodies, header words and other words, as data.

Belongs here: the data files, their loaders and typed look-ups. An unknown word yields None, to be
queued for a person; it is never guessed into a default.
Does not belong here: reading documents, or any decision that needs more than one word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.quantities.grammar import NumberGrammar, load_grammar
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
from pipelines.vocabulary.units import Units, load_units
from pipelines.vocabulary.words import Blanks, DocumentKinds, load_blanks, load_document_kinds
from pipelines.word_files import VocabularyError, WordFiles, open_word_files

__all__ = [
    "Blanks",
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
    "Vocabulary",
    "VocabularyError",
    "WordFiles",
    "load_vocabulary",
]

FOLDER = Path(__file__).parent
OWN_ROLE = "city_own"


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All that the files of one folder know, with what a person's own files add.

    `files` serve those whose words nobody else needs (`pipelines.linking`).
    """

    files: WordFiles
    units: Units
    grammar: NumberGrammar
    language: Language
    calendar: Calendar
    headers: Headers
    regions: Regions
    organizations: Organizations
    document_kinds: DocumentKinds
    scope: ScopeCues
    blanks: Blanks
    claims: tuple[ClaimPattern, ...]

    def is_blank(self, text: str) -> bool:
        """Whether a cell is empty or holds only a mark for "nothing"."""
        return self.blanks.is_blank(text)


def load_vocabulary(own: Path | None = None, directory: Path | None = None) -> Vocabulary:
    """The project's vocabulary with what a person's folder `own` adds to it.

    `directory` is another folder in the place of the project's. Read once, as long as the person's
    files say the same.

    Raises `VocabularyError`, naming file and line, where a data file is missing or wrong.
    """
    return _load(open_word_files(directory or FOLDER, own))


@cache
def _load(files: WordFiles) -> Vocabulary:
    files.check_own()
    units = load_units(files)
    headers = load_headers(files, units.is_unit)
    regions = load_regions(files, headers.words_of(OWN_ROLE))
    return Vocabulary(
        files=files,
        units=units,
        grammar=load_grammar(files),
        language=load_language(files),
        calendar=load_calendar(files),
        headers=headers,
        regions=regions,
        organizations=load_organizations(files, regions),
        document_kinds=load_document_kinds(files),
        scope=load_scope_cues(files),
        blanks=load_blanks(files),
        claims=load_claims(files),
    )

"""Bodies: which canonical body a printed name means, and what it has become since.

Belongs here: looking up one name, and the entry to cutting a cell into names. Does not belong here:
how a cell is cut (see `organization_cells.py`), or the names themselves (they are data).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from pipelines.vocabulary.folding import fold
from pipelines.vocabulary.organization_cells import OrganizationMention, split_cell
from pipelines.vocabulary.organization_records import (
    DEFAULT_MIN_LENGTH,
    LEVEL,
    NO_LEVEL,
    REGION,
    Collective,
    Level,
    NameSuffix,
    Organization,
    OrganizationMatch,
    Renaming,
    load_bodies,
    load_collectives,
    load_levels,
    load_renamings,
    load_suffixes,
)
from pipelines.vocabulary.regions import Regions
from pipelines.word_files import WordFiles

GOVERNMENT = "government"
UNKNOWN_LEVEL = "any"
CLOSING_BRACKET = re.compile(r"（([^（）]*)）$")
EDGES = "、，；：。.,;:/·★☆*"


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a name: the listed name it fits, the level and region it mentions."""

    listed: str
    level: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class Organizations:
    """All known bodies, and the look-up of one name."""

    members: tuple[Organization, ...]
    levels: tuple[Level, ...]
    collectives: tuple[Collective, ...]
    renamings: tuple[Renaming, ...]
    suffixes: tuple[NameSuffix, ...]
    regions: Regions
    _known: dict[tuple[str, str | None], OrganizationMatch | None] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def by_stem(self) -> dict[str, Organization]:
        """Bodies by their stem (`organizations.csv`: organization_id)."""
        return {organization.organization_id: organization for organization in self.members}

    @cached_property
    def _by_name(self) -> dict[str, Organization]:
        names: dict[str, Organization] = {}
        for body in self.members:
            for name in (body.name, body.local_name, body.province_name, *body.aliases):
                if name:
                    names[fold(name.removeprefix(NO_LEVEL))] = body
        return names

    @cached_property
    def _level_by_character(self) -> dict[str, Level]:
        return {level.character: level for level in self.levels}

    def resolve(
        self, name: str, region_code: str | None = None, on: date | None = None
    ) -> OrganizationMatch | None:
        """The body that a name means in a document of a region, or None where it is no body.

        A level in the name (市财政局) leads to the region of that level at or above the
        document's; a region in it (杭州市财政局) to that region; none, to the document's own. `on`
        decides which renamings have happened (None: all).
        """
        text = fold(name).strip(EDGES)
        if not text:
            return None
        known = self.resolve_known(text, region_code)
        match = known or self._accept_unknown(text, region_code)
        return self._follow_renamings(match, on) if match else None

    def split(
        self, printed: str, region_code: str | None = None
    ) -> tuple[OrganizationMention, ...]:
        """The bodies that a printed cell names, in order, see `split_cell`."""
        return split_cell(
            printed,
            is_known=lambda name: self.resolve_known(name, region_code) is not None,
            is_body=lambda name: self.ends_like_body(name) is not None,
            find_collectives=self.find_collectives,
            trailing_words=self.trailing_words,
        )

    def resolve_known(self, folded: str, region_code: str | None) -> OrganizationMatch | None:
        """Like `resolve` for a folded name, without unlisted bodies and renamings."""
        key = (folded, region_code)
        if key not in self._known:
            self._known[key] = self._resolve_known(folded, region_code)
        return self._known[key]

    def find_collectives(self, folded: str) -> tuple[tuple[int, int], ...]:
        """Where groups of bodies that count as one stand in a folded text; no two overlap."""
        spans = sorted(
            (
                match.span()
                for collective in self.collectives
                for match in collective.pattern.finditer(folded)
            ),
            key=lambda span: (span[0] - span[1], span[0]),
        )
        kept: list[tuple[int, int]] = []
        for start, stop in spans:
            end = start + len(folded[start:stop].rstrip(EDGES))
            if all(end <= other[0] or other[1] <= start for other in kept):
                kept.append((start, end))
        return tuple(sorted(kept))

    def ends_like_body(self, folded: str) -> NameSuffix | None:
        """The longest ending of a body that a name has, if it is long enough for it."""
        base = CLOSING_BRACKET.sub("", folded)
        for suffix in self.suffixes:
            if suffix.kind != "trailing" and base.endswith(suffix.suffix):
                return suffix if len(base) >= suffix.min_length else None
        return None

    @cached_property
    def trailing_words(self) -> tuple[str, ...]:
        """Words after the last body of a list that belong to no name, longest first."""
        return tuple(s.suffix for s in self.suffixes if s.kind == "trailing")

    def _resolve_known(self, text: str, region_code: str | None) -> OrganizationMatch | None:
        for collective in sorted(self.collectives, key=lambda c: -len(c.name)):
            if collective.pattern.fullmatch(text):
                owner = region_code or UNKNOWN_LEVEL
                return OrganizationMatch(
                    organization_id=f"{owner}/{collective.organization_id}",
                    name=collective.name,
                    kind="pattern",
                    stem=collective.organization_id,
                    region_code=region_code,
                    body_kind="collective",
                    expands_to=collective.expands_to,
                )
        found = self._look_up(text, region_code)
        if found:
            return found
        bracket = CLOSING_BRACKET.search(text)
        if bracket:
            base = self._look_up(text[: bracket.start()], region_code)
            if base:
                return _with(base, sub_office=bracket.group(1))
        return None

    def _look_up(self, text: str, region_code: str | None) -> OrganizationMatch | None:
        for reading in self._readings(text):
            body = self._by_name[reading.listed]
            if body.region_code and not (
                region_code and self.regions.is_within(region_code, body.region_code)
            ):
                continue
            return self._match(body, reading, text, region_code)
        return self._government_of(text, region_code)

    def _readings(self, text: str) -> Iterator[_Reading]:
        """The ways in which a name fits a listed one, the most literal first."""
        if text in self._by_name:
            yield _Reading(text)
        yield from self._readings_with_level(text, None)
        for start in range(len(text)):
            for length in self._region_name_lengths(text, start):
                region = text[start : start + length]
                rest = text[:start] + REGION + text[start + length :]
                if rest in self._by_name:
                    yield _Reading(rest, region=region)
                if start == 0:
                    stem = text[length:]
                    if stem in self._by_name:
                        yield _Reading(stem, region=region)
                    yield from self._readings_with_level(stem, region)
                elif rest.startswith(tuple(self._level_by_character)) and rest[1:] in self._by_name:
                    yield _Reading(rest[1:], level=text[0], region=region)

    def _readings_with_level(self, text: str, region: str | None) -> Iterator[_Reading]:
        if not text:
            return
        if text[0] in self._level_by_character and text[1:] in self._by_name:
            yield _Reading(text[1:], level=text[0], region=region)
        for character in dict.fromkeys(text):
            if character in self._level_by_character:
                template = text.replace(character, LEVEL)
                first = text.replace(character, LEVEL, 1)
                for listed in dict.fromkeys((template, first)):
                    if listed in self._by_name:
                        yield _Reading(listed, level=character, region=region)

    def _region_name_lengths(self, text: str, start: int) -> Iterator[int]:
        for length in range(min(self.regions.longest_name, len(text) - start), 1, -1):
            if self.regions.is_name(text[start : start + length]):
                yield length

    def _match(
        self, body: Organization, reading: _Reading, text: str, region_code: str | None
    ) -> OrganizationMatch:
        owner = self._owner(reading, region_code)
        if body.region_code:
            owner = body.region_code
        level = self._level_of(owner) or self._level_by_character.get(reading.level or "")
        name = self._canonical_name(body, level, owner, reading)
        owner_id = owner or (level.region_levels[0] if level else UNKNOWN_LEVEL)
        return OrganizationMatch(
            organization_id=f"{owner_id}/{body.organization_id}",
            name=name,
            kind="exact" if text in (fold(name), fold(body.name)) else "alias",
            stem=body.organization_id,
            region_code=owner,
            body_kind=body.kind,
        )

    def _owner(self, reading: _Reading, region_code: str | None) -> str | None:
        """The region whose body a name means; None where it cannot be told."""
        if reading.region:
            named = self.regions.resolve_bare(reading.region, region_code)
            return named.region_code if named else None
        if reading.level is None:
            return region_code
        wanted = self._level_by_character[reading.level].region_levels
        for code in (region_code, *self.regions.ancestors(region_code)):
            if code and self.regions.level_of(code) in wanted:
                return code
        return None

    def _level_of(self, region_code: str | None) -> Level | None:
        region_level = self.regions.level_of(region_code) if region_code else None
        for level in self.levels:
            if region_level in level.region_levels:
                return level
        return None

    def _canonical_name(
        self, body: Organization, level: Level | None, owner: str | None, reading: _Reading
    ) -> str:
        if body.region_code or body.name.startswith(NO_LEVEL):
            return body.name.removeprefix(NO_LEVEL)
        if body.organization_id == GOVERNMENT and self.regions.get(owner):
            return self._region_in_full(owner) + body.name
        name = body.name
        if level and level.is_local:
            name = body.local_name or name
        elif level and level.is_province:
            name = body.province_name or name
        character = level.character if level else ""
        if REGION in name:
            return name.replace(REGION, self._region_in_name(owner) or reading.region or "")
        return name.replace(LEVEL, character) if LEVEL in name else character + name

    def _region_in_name(self, region_code: str | None) -> str | None:
        region = self.regions.get(region_code)
        if region is None:
            return None
        is_area = region.level == "functional_area"
        return region.name if is_area or not region.short_names else region.short_names[0]

    def _region_in_full(self, region_code: str | None) -> str:
        region = self.regions.get(region_code)
        return region.name if region else ""

    def _government_of(self, text: str, region_code: str | None) -> OrganizationMatch | None:
        """A region named for its government (西兴街道, 某某风景名胜区管委会)."""
        match = self.regions.resolve(text, region_code)
        if match is None or match.kind in ("own", "short"):
            return None
        if match.is_provisional and (
            match.level != "township" or self._begins_with_body(match.name)
        ):
            return None
        government = self.by_stem[GOVERNMENT]
        return OrganizationMatch(
            organization_id=f"{match.region_code}/{GOVERNMENT}",
            name=match.name if match.is_provisional else match.name + government.name,
            kind="pattern",
            stem=GOVERNMENT,
            region_code=match.region_code,
            body_kind="government",
        )

    def _begins_with_body(self, name: str) -> bool:
        """Whether a name is two that run into one another (民政局西兴街道)."""
        return any(
            next(self._readings(name[:length]), None) is not None
            for length in range(DEFAULT_MIN_LENGTH, len(name) - 1)
        )

    def _accept_unknown(self, text: str, region_code: str | None) -> OrganizationMatch | None:
        suffix = self.ends_like_body(text)
        if suffix is None:
            return None
        return OrganizationMatch(
            organization_id=f"{region_code or UNKNOWN_LEVEL}/{text}",
            name=text,
            kind="unknown",
            stem=text,
            region_code=region_code,
            body_kind=suffix.kind,
            is_known=False,
        )

    def _follow_renamings(self, match: OrganizationMatch, on: date | None) -> OrganizationMatch:
        """The match with the body that it has become by that day."""
        stem = match.stem
        for _ in range(len(self.renamings) + 1):
            following = self._successor_of(stem, match.region_code, on)
            if following is None:
                break
            stem = following
        if stem == match.stem:
            return match
        owner = match.organization_id.split("/", 1)[0]
        return _with(match, successor_id=f"{owner}/{stem}")

    def _successor_of(self, stem: str, region_code: str | None, on: date | None) -> str | None:
        for renaming in self.renamings:
            if (
                renaming.predecessor == stem
                and region_code
                and self.regions.is_within(region_code, renaming.region_code)
                and (on is None or renaming.on is None or renaming.on <= on)
            ):
                return renaming.successor
        body = self.by_stem.get(stem)
        if body and body.successor and (on is None or not body.valid_to or body.valid_to <= on):
            return body.successor
        return None


def _with(
    match: OrganizationMatch, sub_office: str | None = None, successor_id: str | None = None
) -> OrganizationMatch:
    return replace(
        match,
        sub_office=sub_office or match.sub_office,
        successor_id=successor_id or match.successor_id,
    )


def load_organizations(files: WordFiles, regions: Regions) -> Organizations:
    """Reads the bodies and all that goes with them. Raises `VocabularyError`."""
    members = load_bodies(files)
    levels = load_levels(files)
    return Organizations(
        members=members,
        levels=levels,
        collectives=load_collectives(files, levels),
        renamings=load_renamings(files, frozenset(body.organization_id for body in members)),
        suffixes=load_suffixes(files),
        regions=regions,
    )

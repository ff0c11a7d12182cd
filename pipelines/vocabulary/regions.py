"""Regions: which administrative division (or functional area) a printed name means.

Belongs here: looking names up within a region, in cells and in running text. Does not belong
here: the divisions themselves (they are data), or which column of a table names a region.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pipelines.vocabulary.folding import fold, fold_word
from pipelines.vocabulary.region_records import (
    NameEnding,
    Region,
    RegionMatch,
    load_region_records,
    match_region,
)
from pipelines.word_files import WordFiles

FUNCTIONAL_AREA = "functional_area"
NOT_A_REGION = "not_a_region"
COUNTRY_CODE = "000000"
"""The parent of provisional regions where no region is known to hold them."""
OWN_SUFFIX = "own"
CHINESE = re.compile(r"[\u3400-\u9fff]")
CHINESE_NAME = re.compile(rf"{CHINESE.pattern}{{2,}}")
BRACKETED = re.compile(r"[（(][^（）()]*[)）]")
LONGEST_UNLISTED_NAME = 10
MIN_CHILDREN = 2
NAMELESS = ("office", "before_name", "_own")
"""Levels of `region_endings.csv` that are no ending of a name."""
BARE_NAME_LEVELS = frozenset({"province", "municipality", "city", "prefecture"})
"""Levels whose short names stand alone in a title; shorter units share theirs with plain words."""


@dataclass(frozen=True)
class Regions:
    """All known regions, by code and by name."""

    members: tuple[Region, ...]
    endings: tuple[NameEnding, ...]
    own_words: frozenset[str]
    """Folded words for a parent's own share."""
    _asked: dict[tuple[str, str | None, date | None], RegionMatch | None] = field(
        default_factory=dict, repr=False, compare=False
    )
    """The cells of a table are asked for one after the other, and by several readers."""

    @cached_property
    def by_code(self) -> dict[str, Region]:
        """Regions by code."""
        return {region.region_code: region for region in self.members}

    @cached_property
    def _by_name(self) -> dict[str, tuple[tuple[Region, str], ...]]:
        names: dict[str, list[tuple[Region, str]]] = {}
        for region in self.members:
            for kind, known in (
                ("exact", (region.name,)),
                ("former", region.former_names),
                ("short", region.short_names),
            ):
                for name in known:
                    names.setdefault(fold_word(name), []).append((region, kind))
        return {name: tuple(found) for name, found in names.items()}

    @cached_property
    def longest_name(self) -> int:
        """Characters of the longest name."""
        return max(len(name) for name in self._by_name)

    def is_name(self, folded: str) -> bool:
        """Whether some listed region has this name, in full or in short."""
        return folded in self._by_name

    def level_of(self, region_code: str | None) -> str | None:
        """The level of a listed region or of one whose code was made from its name."""
        region = self.get(region_code)
        if region:
            return region.level
        if not region_code or "-" not in region_code:
            return None
        parent, name = region_code.rsplit("-", 1)
        if name == OWN_SUFFIX:
            return "city_own"
        made = self._make_provisional(name, parent)
        return made.level if made else None

    def resolve_bare(
        self, name: str, within: str | None = None, on: date | None = None
    ) -> RegionMatch | None:
        """Like `resolve`, for listed names alone, as they stand in the names of bodies.

        `within` and what holds it come first (杭州 in a document of 杭州市 or of a district of it),
        and a province or city needs no more than its bare name.
        """
        folded = fold_word(name)
        found = self._by_name.get(folded, ())
        around = (within, *self.ancestors(within)) if within else ()
        for region, kind in found:
            if region.region_code in around:
                return match_region(region, kind, on)
        return self._resolve_listed(folded, within, on) or self._choose_bare(found, on)

    def get(self, region_code: str | None) -> Region | None:
        """The region of a code, None where the code is not listed."""
        return self.by_code.get(region_code or "")

    def ancestors(self, region_code: str | None) -> tuple[str, ...]:
        """The codes above a code, nearest first; works for made codes (`330100-own`) too."""
        codes: list[str] = []
        parent = self.parent_of(region_code)
        while parent:
            codes.append(parent)
            parent = self.parent_of(parent)
        return tuple(codes)

    def parent_of(self, region_code: str | None) -> str | None:
        """The code of the parent, or None for a province or an unknown code."""
        region = self.get(region_code)
        if region:
            return region.parent_code
        if region_code and "-" in region_code:
            return region_code.rsplit("-", 1)[0]
        return None

    def is_within(self, region_code: str, ancestor: str) -> bool:
        """Whether a region is another one or lies in it."""
        return region_code == ancestor or ancestor in self.ancestors(region_code)

    def children(self, region_code: str, on: date | None = None) -> tuple[Region, ...]:
        """The listed regions right under a region that are in force on that day."""
        return tuple(
            region
            for region in self.members
            if region.parent_code == region_code and region.is_in_force(on)
        )

    def resolve(
        self, name: str, within: str | None = None, on: date | None = None
    ) -> RegionMatch | None:
        """The region that a name means in a document of region `within`, or None.

        Full names are looked for among the regions below `within`, then around it, ever wider, and
        count where exactly one is found at a width; short names count only below or as `within`.
        A name that is not listed but ends like a region's becomes a provisional one.
        """
        asked = (name, within, on)
        if asked not in self._asked:
            self._asked[asked] = self._resolve(name, within, on)
        return self._asked[asked]

    def _resolve(self, name: str, within: str | None, on: date | None) -> RegionMatch | None:
        text = fold_word(name)
        if not text:
            return None
        if text in self.own_words:
            return self._own_share(within)
        match = self._resolve_listed(text, within, on)
        if match:
            return match
        bare = fold_word(BRACKETED.sub("", fold(name)))
        for candidate in dict.fromkeys((bare, self._drop_office(bare))):
            if candidate and candidate != text:
                match = self._resolve_listed(candidate, within, on)
                if match:
                    return match
        rest = self._drop_office(bare)
        is_ambiguous = within is None and any(
            kind == "exact" for _, kind in self._by_name.get(rest, ())
        )
        return None if is_ambiguous else self._make_provisional(rest, within)

    def find(self, name_or_code: str, on: date | None = None) -> RegionMatch | None:
        """The region that a person wrote down: its code, its full name, or a city's bare name."""
        region = self.get(name_or_code.strip())
        if region:
            return match_region(region, "exact", on)
        return self.resolve(name_or_code, None, on) or self.find_in_title(name_or_code, None, on)

    def own(self, region_code: str) -> RegionMatch:
        """The own share of a region (市本级, 区本级) as a region of its own."""
        region = self.get(region_code)
        names = {
            ending.level: ending.ending for ending in self.endings if ending.level.endswith("_own")
        }
        level = f"{region.level}_own" if region else ""
        name = names.get(level, names["city_own"])
        return RegionMatch(f"{region_code}-{OWN_SUFFIX}", name, "city_own", "own", region_code)

    def common_parent(self, names: Iterable[str], on: date | None = None) -> str | None:
        """The region whose children most of these names are, where two or more are and none rivals.

        Names that several regions share count for each parent; a tie is no answer.
        """
        votes: dict[str, int] = {}
        for name in names:
            regions = {
                region.parent_code
                for region, kind in self._by_name.get(fold_word(name), ())
                if kind != "former" and region.parent_code and region.is_in_force(on)
            }
            for parent in regions:
                votes[parent] = votes.get(parent, 0) + 1
        ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
        if not ranked or ranked[0][1] < MIN_CHILDREN:
            return None
        if len(ranked) > 1 and ranked[1][1] == ranked[0][1]:
            return None
        return ranked[0][0]

    def find_all(
        self, text: str, within: str | None = None, on: date | None = None
    ) -> tuple[RegionMatch, ...]:
        """Every listed region that a text names, in order; a name before tells the next one apart.

        Bare names (杭州) and names of two characters (和县) also stand inside other words, so they
        count only where a word must begin: after a region, a mark or a word of `before_name`.
        """
        folded = fold(text)
        found: list[RegionMatch] = []
        scope = within
        start = 0
        last_end = 0
        while start < len(folded):
            is_bounded = start == last_end or self._begins_word(folded, start)
            match, length = self._read_name_at(folded, start, scope, on, is_bounded)
            if match:
                found.append(match)
                # What follows a district lies beside it more often than in it.
                is_leaf = match.region_code not in self._parents
                scope = match.parent_code if is_leaf else match.region_code
                last_end = start + length
            start += max(length, 1)
        return tuple(found)

    def find_in_title(
        self, text: str, within: str | None = None, on: date | None = None
    ) -> RegionMatch | None:
        """The most specific region that a title or a publisher names, or None.

        A name that several regions share counts only when another region of the text, or `within`,
        tells which one is meant. A title that begins with an unlisted name that ends like a
        region's yields a provisional one.
        """
        known = self.find_all(text, within, on)
        if known:
            return max(known, key=lambda found: len(self.ancestors(found.region_code)))
        return self._read_unlisted_name(fold(text), within)

    @cached_property
    def _parents(self) -> frozenset[str]:
        return frozenset(region.parent_code for region in self.members if region.parent_code)

    @cached_property
    def _before_name(self) -> tuple[str, ...]:
        return tuple(ending.ending for ending in self.endings if ending.level == "before_name")

    def _begins_word(self, text: str, start: int) -> bool:
        if start == 0 or not CHINESE.match(text[start - 1]):
            return True
        return text[:start].endswith(self._before_name)

    def _read_unlisted_name(self, text: str, within: str | None) -> RegionMatch | None:
        """The first name in a title that ends like a region's and begins where a word does."""
        for start in range(len(text)):
            if not self._begins_word(text, start) or text.startswith(self._before_name, start):
                continue
            for length in range(3, min(LONGEST_UNLISTED_NAME, len(text) - start) + 1):
                match = self._make_provisional(text[start : start + length], within)
                if match:
                    return match
        return None

    def _read_name_at(
        self, text: str, start: int, scope: str | None, on: date | None, is_bounded: bool
    ) -> tuple[RegionMatch | None, int]:
        """The longest name that begins here, and its length."""
        shortest = 2 if is_bounded else 3
        for length in range(min(self.longest_name, len(text) - start), shortest - 1, -1):
            known = self._by_name.get(text[start : start + length], ())
            if not is_bounded:
                known = tuple(pair for pair in known if pair[1] != "short")
            if not known:
                continue
            match = self._choose(known, scope, on)
            match = match or self._choose_bare(known, on)
            if match:
                return match, length
        return None, 0

    def _choose_bare(
        self, found: Iterable[tuple[Region, str]], on: date | None
    ) -> RegionMatch | None:
        """The only province or city in force among these."""
        bare = [
            region
            for region, kind in found
            if kind == "short" and region.level in BARE_NAME_LEVELS and region.is_in_force(on)
        ]
        return match_region(bare[0], "short", on) if len(bare) == 1 else None

    def _resolve_listed(self, name: str, within: str | None, on: date | None) -> RegionMatch | None:
        return self._choose(self._by_name.get(name, ()), within, on) or self._resolve_path(name, on)

    def _choose(
        self, found: Iterable[tuple[Region, str]], within: str | None, on: date | None
    ) -> RegionMatch | None:
        """The one candidate at the narrowest width that has any; full names, in force, first.

        Widths: in `within`, then around it up to its province. Wider than that only provinces and
        cities count: a district of that name elsewhere is another one.
        """
        candidates = tuple(found)
        widths = (within, *self.ancestors(within)) if within else ()
        for width in widths:
            near = [
                (region, kind)
                for region, kind in candidates
                if self.is_within(region.region_code, width)
                and (kind != "short" or width == within)
            ]
            if near:
                return self._choose_among(near, width, on)
        wide = [
            (region, kind)
            for region, kind in candidates
            if kind == "exact" and (within is None or region.level in BARE_NAME_LEVELS)
        ]
        return self._choose_among(wide, None, on)

    def _choose_among(
        self, near: Sequence[tuple[Region, str]], width: str | None, on: date | None
    ) -> RegionMatch | None:
        """The only candidate of the first group with any; None where a group leaves a choice."""
        for in_force in (True, False):
            for kinds in (("exact",), ("former", "short")):
                group = [
                    pair
                    for pair in near
                    if pair[1] in kinds and pair[0].is_in_force(on) is in_force
                ]
                children = [pair for pair in group if width and pair[0].parent_code == width]
                if len(group) == 1 or len(children) == 1:
                    region, kind = group[0] if len(group) == 1 else children[0]
                    return match_region(region, kind, on)
                if group:
                    return None
        return None

    def _resolve_path(
        self, name: str, on: date | None, within: str | None = None
    ) -> RegionMatch | None:
        """A name that begins with the names of regions above it (杭州市上城区)."""
        for length in range(min(len(name) - 2, self.longest_name), 1, -1):
            for region, kind in self._by_name.get(name[:length], ()):
                if kind == "short" and region.level not in BARE_NAME_LEVELS:
                    continue
                if not region.is_in_force(on) or (
                    within and not self.is_within(region.region_code, within)
                ):
                    continue
                rest = name[length:]
                match = self._choose(self._by_name.get(rest, ()), region.region_code, on)
                if match and region.region_code in self.ancestors(match.region_code):
                    return match
                deeper = self._resolve_path(rest, on, region.region_code)
                if deeper:
                    return deeper
        return None

    def _own_share(self, within: str | None) -> RegionMatch | None:
        return self.own(within) if within else None

    def _drop_office(self, name: str) -> str:
        for ending in self.endings:
            if ending.level == "office" and name.endswith(ending.ending):
                return name.removesuffix(ending.ending)
        return name

    def _make_provisional(self, name: str, within: str | None) -> RegionMatch | None:
        if not CHINESE_NAME.fullmatch(name) or (within is None and name in self._by_name):
            return None
        for ending in self.endings:
            if ending.level.endswith(NAMELESS) or not name.endswith(ending.ending):
                continue
            is_bare = len(name) == len(ending.ending)
            # 高新区 by itself is that of the document's region; 街道 by itself is none.
            is_nameless = is_bare and (within is None or ending.level != FUNCTIONAL_AREA)
            if ending.level == NOT_A_REGION and len(name) > ending.max_length:
                # 古镇 is no region, but 北古镇 may be the name of one.
                continue
            if ending.level == NOT_A_REGION or is_nameless or len(name) > ending.max_length:
                return None
            parent = within or COUNTRY_CODE
            return RegionMatch(f"{parent}-{name}", name, ending.level, "provisional", parent)
        return None


def load_regions(files: WordFiles, own_words: frozenset[str]) -> Regions:
    """Reads the regions. Raises `VocabularyError`, see `load_region_records`."""
    members, endings = load_region_records(files)
    return Regions(members, endings, own_words)

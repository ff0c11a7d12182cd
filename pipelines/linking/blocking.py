"""Which pairs are worth weighing: the targets of one region and year that share rare characters.

An inverted index for each region and year lists the targets by the pairs of characters of their
words. A query asks for its rarest pairs first and stops after a fixed number of listings, so that
its cost does not grow with the number of targets; what every target has in common finds nobody.

Belongs here: finding candidates. Does not belong here: weighing them (`weighing`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.linking.profiles import Profile

MOST_LISTINGS = 400
"""Listings looked at for one query. The rarest pairs tell most: the partner is among the first."""
MOST_CANDIDATES = 8
"""Candidates weighed for one query: more than the partner was ever seen to stand behind."""


@dataclass(slots=True)
class Block:
    """The targets of one region and year, and where each pair of characters occurs."""

    members: list[Profile] = field(default_factory=list)
    listings: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, target: Profile) -> None:
        """Adds a target to the block."""
        number = len(self.members)
        self.members.append(target)
        for gram in list_grams(target):
            self.listings[gram].append(number)

    def find(self, fact: Profile, *, with_context: bool = False) -> tuple[Profile, ...]:
        """The most promising targets of other documents, the best first.

        `with_context` looks for the words of the fact's sentence too.
        """
        asked = set(list_grams(fact))
        if with_context and fact.context is not None:
            asked |= fact.context.bigrams
        grams = [gram for gram in asked if gram in self.listings]
        grams.sort(key=lambda gram: (len(self.listings[gram]), gram))
        scores: dict[int, float] = {}
        looked_at = 0
        for gram in grams:
            listing = self.listings[gram]
            if looked_at and looked_at + len(listing) > MOST_LISTINGS:
                break
            worth = 1.0 / (1.0 + len(listing))
            for number in listing[:MOST_LISTINGS]:
                scores[number] = scores.get(number, 0.0) + worth
            looked_at += len(listing)
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        found: list[Profile] = []
        for number in ranked:
            if self.members[number].document_id != fact.document_id:
                found.append(self.members[number])
                if len(found) == MOST_CANDIDATES:
                    break
        return tuple(found)


def list_grams(profile: Profile) -> Sequence[str]:
    """The pairs of characters of a fact's words, lone characters, and the families of its words."""
    lone = [segment for segment in profile.phrase.segments if len(segment) == 1]
    kin = {f"kin:{family}" for _, family in profile.phrase.kin}
    return [*sorted(profile.phrase.bigrams), *lone, *sorted(kin)]


class Blocks:
    """All blocks by region and year."""

    def __init__(self, targets: Iterable[Profile]) -> None:
        """Files each target that has a region and a year; the others cannot be joined by place."""
        self._blocks: dict[tuple[str, int], Block] = {}
        self._years: dict[str, set[int]] = defaultdict(set)
        for target in targets:
            if target.region_code is not None and target.year is not None:
                key = (target.region_code, target.year)
                self._blocks.setdefault(key, Block()).add(target)
                self._years[target.region_code].add(target.year)

    def get(self, region_code: str | None, year: int | None) -> Block | None:
        """The block of a region and year, None where it has no targets."""
        if region_code is None or year is None:
            return None
        return self._blocks.get((region_code, year))

    def year_before(self, region_code: str, year: int) -> int | None:
        """The latest earlier year in which the region has targets."""
        return max((other for other in self._years[region_code] if other < year), default=None)

    def nearest_above(self, ancestors: Iterable[str], year: int) -> Block | None:
        """The block of the nearest of these regions that has targets in the year."""
        found: Iterator[Block] = (
            block for code in ancestors if (block := self.get(code, year)) is not None
        )
        return next(found, None)

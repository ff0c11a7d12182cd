"""Which target of a line a figure is for: a report's, a step's, a share's.

Belongs here: the one way in which figures are matched to targets, by unit, value, words and place.
Does not belong here: reading the figures, or joining documents (see `pipelines.linking`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.facts import Target
from pipelines.reading.language.likeness import head, likeness
from pipelines.reading.language.verbs import names_nothing, strip_action
from pipelines.vocabulary import Vocabulary

LIKENESS_FLOOR = 0.25
"""Share of character pairs in common below which words speak of something else."""
SUB_ITEM_BONUS = 0.2
"""The k-th sub-item of a report usually answers the k-th promise of the line."""
HEAD_LIKENESS = 0.25
"""Things whose names end alike (道路, 瓶颈路) are of one kind."""
ACTION_BONUS = 0.2
LEAD = 0.05
"""The best target must be this much better than the next, or none is chosen."""
HEADING_LIKENESS = 0.5
"""Heading and indicator share half of their character pairs, or the heading names no target."""
NAMED_IN_WORDS = 0.5
"""A sentence that has so many of the character pairs of a thing speaks of it."""
NAME_LENGTH = 5
"""Characters of a thing's name from which a part of it names it."""
WORDS_IN_COMMON = 0.2
"""Share of character pairs below which a step of the same unit measures something else."""
SAME_THING = 0.8
"""Two names of one thing in one document share most of their character pairs."""
SAME_TOTAL = 0.5
"""Where the totals are equal too, half of the pairs are enough."""


@dataclass(frozen=True, slots=True)
class Claimant:
    """A figure that looks for its target.

    `clause` is what stands around it up to the next stop; `sub_item` counts from 0, of `sub_items`.
    `is_start` says that something is begun, not done.
    """

    words: str
    value: Decimal | None
    unit: str | None
    clause: str = ""
    is_start: bool = False
    sub_item: int | None = None
    sub_items: int = 0


class Matcher:
    """Matches figures to targets with the words of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._language = vocabulary.language
        self._units = vocabulary.units

    # ------------------------------------------------------------------ by unit and place

    def of_unit(self, targets: Sequence[Target], unit: str | None) -> list[Target]:
        """The targets whose unit agrees with this one."""
        return [t for t in targets if self._units.agree(t.unit, unit)]

    def only(self, targets: Sequence[Target], unit: str | None) -> Target | None:
        """The only target, or the only one of this unit: what a figure without words is for."""
        if len(targets) == 1:
            return targets[0]
        same = self.of_unit(targets, unit)
        return same[0] if len(same) == 1 else None

    def at(
        self, targets: Sequence[Target], unit: str | None, position: int, count: int
    ) -> Target | None:
        """The target of a bare count: the only one of its unit, or the one at its place where a
        cell lists as many counts as the row has targets."""
        candidates = list(targets) if unit is None else self.of_unit(targets, unit)
        if len(candidates) == 1:
            return candidates[0]
        if len(targets) == count and targets[position] in candidates:
            return targets[position]
        return None

    def pair(self, units: Sequence[str | None], targets: Sequence[Target]) -> list[Target] | None:
        """Which target each of several shares of a cell is of, or None where that cannot be
        known."""
        if len(units) == len(targets):
            return list(targets)
        paired: list[Target] = []
        for unit in units:
            same = self.of_unit(targets, unit) if unit else []
            if len(same) != 1:
                return None
            paired.append(same[0])
        return paired

    # --------------------------------------------------------------------------- by words

    def named(self, heading: str | None, targets: Sequence[Target]) -> Target | None:
        """The target that a heading (`[分配公租房实物配租房源6000套]`) names, or None."""
        if not heading:
            return None
        ranked = [(likeness(heading, target.indicator), target) for target in targets]
        return _first(ranked, HEADING_LIKENESS, lead=None)

    def spoken_of(self, words: str, targets: Sequence[Target]) -> list[Target]:
        """The targets whose things a sentence names."""
        things = [(strip_action(t.indicator, self._language), t) for t in targets]
        return [t for thing, t in things if _is_named_in(words, thing)]

    def stated(
        self, name: str, unit: str | None, total: Decimal | None, targets: Sequence[Target]
    ) -> Target | None:
        """The target of another line that is called so: of this unit, and of the total's value
        where the source prints one."""
        thing = strip_action(name, self._language)
        ranked = [
            (likeness(thing, strip_action(t.indicator, self._language)), t)
            for t in targets
            if t.value is not None
            and (unit is None or self._units.agree(t.unit, unit))
            and (total is None or t.value == total)
        ]
        return _first(ranked, SAME_THING if total is None else SAME_TOTAL, lead=None)

    def steps_of(self, claimant: Claimant, targets: Sequence[Target]) -> Target | None:
        """The target that a step's figure measures: of its unit, then of its value or its words."""
        agreeing = self._begun_alike(claimant, self.of_unit(targets, claimant.unit))
        if len(agreeing) == 1:
            return agreeing[0] if self._speaks_of(claimant, agreeing[0]) else None
        same_value = [t for t in agreeing if t.value == claimant.value]
        if len(same_value) == 1:
            return same_value[0]
        words = strip_action(claimant.words, self._language)
        ranked = [(likeness(words, strip_action(t.indicator, self._language)), t) for t in agreeing]
        return _first(ranked, floor=None, lead=None)

    def _begun_alike(self, claimant: Claimant, targets: list[Target]) -> list[Target]:
        """What is begun is not done, unless beginning it is what the target promises (新开工)."""
        if not claimant.is_start:
            return targets
        return [t for t in targets if self._language.has("start_cue", t.indicator)]

    def _speaks_of(self, claimant: Claimant, target: Target) -> bool:
        """Whether a step is one of the target: it asks for no more, or says the same words."""
        words = strip_action(claimant.words, self._language)
        if not words or words in self._language.words("action"):
            return True
        if target.value is None or claimant.value is None or claimant.value <= target.value:
            # Other words alone do not make it another thing (累计完工通水100个).
            return True
        thing = strip_action(target.indicator, self._language)
        return likeness(words, thing) >= WORDS_IN_COMMON or head(words) == head(thing)

    # -------------------------------------------------------------- several figures at once

    def results_of(
        self,
        claimants: Sequence[Claimant],
        targets: Sequence[Target],
        counted: Mapping[str, Decimal],
    ) -> list[Target | None]:
        """For each reported figure the target of its line that it is for, or None.

        Units must agree, and words too, unless the figure has no words of its own (`已建成145个`).
        Two figures that claim one target: the likelier one gets it, for a line reports a target
        once; so does a column of counts, and what it says of a target (`counted`) no other figure
        contradicts.
        """
        open_to = [
            [t for t in targets if counted.get(t.target_id, claimant.value) == claimant.value]
            for claimant in claimants
        ]
        chosen = [self._best(c, open_) for c, open_ in zip(claimants, open_to, strict=True)]
        taken = {target.target_id for target, _ in chosen if target is not None}
        for i, (claimant, candidates) in enumerate(zip(claimants, open_to, strict=True)):
            # What fits two targets alike reports on the one that no other figure is for.
            if chosen[i][0] is None:
                free = [target for target in candidates if target.target_id not in taken]
                if len(free) < len(candidates):
                    chosen[i] = self._best(claimant, free)
        return self._pair_lone(claimants, targets, _keep_likelier(chosen))

    def _pair_lone(
        self,
        claimants: Sequence[Claimant],
        targets: Sequence[Target],
        chosen: list[Target | None],
    ) -> list[Target | None]:
        """A lone figure of a unit that names nothing (现已完成10所) is for its lone target."""
        for i, claimant in enumerate(claimants):
            mine = self._begun_alike(claimant, self.of_unit(targets, claimant.unit))
            rivals = [c for c in claimants if self._units.agree(c.unit, claimant.unit)]
            is_lone = len(mine) == 1 and len(rivals) == 1 and claimant.unit is not None
            if chosen[i] is None and is_lone and names_nothing(claimant.words, self._language):
                chosen[i] = mine[0]
        return chosen

    def _best(self, claimant: Claimant, targets: Sequence[Target]) -> tuple[Target | None, float]:
        agreeing = self._begun_alike(claimant, self.of_unit(targets, claimant.unit))
        if not agreeing and claimant.unit is None and len(targets) == 1:
            agreeing = list(targets)
        words = strip_action(claimant.words, self._language)
        if not words or claimant.words in self._language.words("action"):
            return (agreeing[0], 1.0) if len(agreeing) == 1 else (None, 0.0)
        ranked = [(self._score(claimant, words, target, targets), target) for target in agreeing]
        best = _first(ranked, LIKENESS_FLOOR, LEAD)
        return (best, max(score for score, _ in ranked)) if best is not None else (None, 0.0)

    def _score(
        self, claimant: Claimant, words: str, target: Target, targets: Sequence[Target]
    ) -> float:
        thing = strip_action(target.indicator, self._language)
        same_head = HEAD_LIKENESS if head(words) == head(thing) else 0.0
        # The same action decides between two targets of one thing (新建学校, 改造学校).
        action = ACTION_BONUS * likeness(claimant.words, target.indicator)
        is_in_step = claimant.sub_items == len(targets) and claimant.sub_item == targets.index(
            target
        )
        return max(likeness(words, thing), same_head) + action + is_in_step * SUB_ITEM_BONUS


def _is_named_in(words: str, thing: str) -> bool:
    if thing in words:
        return True
    # Of a short name half is hardly a word (中小学 in 小学).
    return len(thing) >= NAME_LENGTH and likeness(words, thing) >= NAMED_IN_WORDS


def _first(
    ranked: Sequence[tuple[float, Target]], floor: float | None, lead: float | None
) -> Target | None:
    """The best ranked target, if it is good enough and enough better than the next; `lead` None
    asks only that no other is as good."""
    ordered = sorted(ranked, key=lambda pair: -pair[0])
    if not ordered or (floor is not None and ordered[0][0] < floor):
        return None
    if len(ordered) > 1:
        gap = ordered[0][0] - ordered[1][0]
        if (lead is None and gap == 0) or (lead is not None and gap < lead):
            return None
    return ordered[0][1]


def _keep_likelier(chosen: Sequence[tuple[Target | None, float]]) -> list[Target | None]:
    """Each target once: of two figures that claim it the likelier one keeps it."""
    kept: list[Target | None] = []
    for i, (target, score) in enumerate(chosen):
        is_outdone = target is not None and any(
            other is not None and other.target_id == target.target_id and score < rival
            for j, (other, rival) in enumerate(chosen)
            if i != j
        )
        kept.append(None if is_outdone else target)
    return kept

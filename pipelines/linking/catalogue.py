"""The catalogue of canonical indicators, which grows by itself.

A target whose words nobody has used founds an indicator; one that says the same, or is joined to
another, shares that one's. Targets whose words, stage and unit are the same share one whatever
their city and year.

Belongs here: grouping and naming. Does not belong here: finding the joins (`joining`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.linking.joins import Join
from pipelines.linking.naming import Names
from pipelines.linking.profiles import Profile
from pipelines.linking.records import Indicator
from pipelines.linking.weighing import find_contradiction
from pipelines.linking.words import IndicatorWords
from pipelines.vocabulary.folding import fold

NOT_IN_IDS = re.compile(r"[\s/|“”\"'「」『』《》]+")
NO_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Membership:
    """How a target came to its indicator: by the join, or None where it says the same words."""

    target: Profile
    indicator_id: str
    join: Join | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The indicators, and for each target its own, in the order of the founders."""

    indicators: tuple[Indicator, ...]
    indicator_ids: Mapping[str, str]
    memberships: tuple[Membership, ...]


def build_catalogue(
    targets: Sequence[Profile],
    joins: Sequence[Join],
    rejected: frozenset[tuple[str, str]],
    depth_of: Callable[[str | None], int],
    words: IndicatorWords,
    names: Names,
) -> Catalogue:
    """Groups targets and names the groups. `depth_of` says how deep in the country a region lies.

    The founder is the earliest target, of the widest region, so that an indicator keeps its name
    as long as the documents do not change.
    """
    ordered = sorted(range(len(targets)), key=lambda number: _seniority(targets[number], depth_of))
    groups = _Groups(len(ordered))
    place = {targets[number].fact_id: index for index, number in enumerate(ordered)}
    first_of_key: dict[tuple[str, str, bool, str | None], int] = {}
    for index, number in enumerate(ordered):
        target = targets[number]
        if target.is_comparable:
            groups.merge(first_of_key.setdefault(target.key, index), index)
    by_target: dict[str, Join] = {}
    for join in sorted(joins, key=lambda join: -join.verdict.score):
        one, other = place[join.fact.fact_id], place[join.target.fact_id]
        founders = [targets[ordered[groups.find(index)]] for index in (one, other)]
        pair = (founders[0].fact_id, founders[1].fact_id)
        is_signed = join.verdict.method == "signed"
        if not is_signed and (
            pair in rejected
            or pair[::-1] in rejected
            or find_contradiction(founders[0], founders[1], words)
        ):
            continue
        by_target.setdefault(join.fact.fact_id, join)
        groups.merge(one, other)
    return _name_groups([targets[number] for number in ordered], groups, by_target, names)


def _seniority(target: Profile, depth_of: Callable[[str | None], int]) -> tuple[object, ...]:
    return (
        target.year or NO_YEAR,
        depth_of(target.region_code),
        target.document_id,
        target.order,
        target.fact_id,
    )


class _Groups:
    """Groups of numbers; the smallest number of a group stands for it."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def find(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def merge(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._parents[second] = first


def _name_groups(
    targets: Sequence[Profile], groups: _Groups, joins: Mapping[str, Join], names: Names
) -> Catalogue:
    indicators: list[Indicator] = []
    ids_of_founders: dict[int, str] = {}
    taken: set[str] = set()
    indicator_ids: dict[str, str] = {}
    memberships: list[Membership] = []
    for index, target in enumerate(targets):
        founder = groups.find(index)
        if founder == index:
            name = name_of(target.indicator)
            indicator_id = _make_id(name, target, taken)
            taken.add(indicator_id)
            ids_of_founders[index] = indicator_id
            indicators.append(
                Indicator(
                    indicator_id=indicator_id,
                    name_zh=name,
                    name_en=names.compose_english(name),
                    unit_family=target.family,
                    theme=names.find_theme(name, target.category),
                    founded_by=target.fact_id,
                )
            )
        else:
            memberships.append(
                Membership(target, ids_of_founders[founder], joins.get(target.fact_id))
            )
        indicator_ids[target.fact_id] = ids_of_founders[founder]
    return Catalogue(tuple(indicators), indicator_ids, tuple(memberships))


def name_of(indicator: str) -> str:
    """The name of an indicator: its founder's words in their one form."""
    return fold(indicator)


def _make_id(name: str, target: Profile, taken: set[str]) -> str:
    base = NOT_IN_IDS.sub("", name).strip("，。；：、") or target.fact_id
    choices = [base]
    if target.family:
        choices.append(f"{base}·{target.family}")
    if target.stage:
        choices.append(f"{base}·{target.stage}")
    choices.append(f"{base}·{target.fact_id}")
    return next(choice for choice in choices if choice not in taken)

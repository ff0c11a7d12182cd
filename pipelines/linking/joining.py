"""Joins facts across documents: each report to the target it reports on, each target to the target
of the wider region, of the year before, or of the other document of the same region and year.

Best candidate with a threshold: a forced one-to-one assignment was measured to be worse, since many
figures have no partner. Several reports may serve one target.

Belongs here: choosing among weighed pairs. Does not belong here: weighing (`weighing`), or naming
what was joined (`catalogue`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.linking.blocking import Block, Blocks
from pipelines.linking.comparing import compare
from pipelines.linking.profiles import Profile
from pipelines.linking.weighing import (
    CERTAIN,
    CLOSE_RATIO,
    JUST_BELOW,
    RESULT,
    SHARE,
    TWIN,
    YEAR,
    Verdict,
    find_contradiction,
    weigh,
)
from pipelines.linking.words import IndicatorWords

TOO_CLOSE = 0.03
"""Two targets as good as one another leave the choice to a person."""
RIVAL_IS_BETTER = 0.15
"""Another report of the same document that fits so much better is the one meant."""
ALLOCATIONS = "allocation_table"
NEIGHBOUR_ALIKE = 0.25
"""Least likeness of words for a report that only its neighbours place."""
NEAR_RATIO = (0.8, 1.5)
"""Results are mostly within it; another number of the same unit seldom comes so near."""
WORDS_IN_SENTENCE = 3.0
"""Fewer words of a target may stand in a sentence by chance."""
MOST_POSSIBLE = 3
"""Candidates shown to a person for one fact."""


@dataclass(frozen=True, slots=True)
class Join:
    """A fact, the target it may speak of, and why."""

    fact: Profile
    target: Profile
    relation: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Joins:
    """What is certain, and what a person is asked about, in the order of the facts."""

    certain: tuple[Join, ...]
    possible: tuple[Join, ...]


Rejected = frozenset[tuple[str, str]]


def join_reports(
    reports: Sequence[Profile], blocks: Blocks, words: IndicatorWords, rejected: Rejected
) -> Joins:
    """Joins reports to the targets of their own region and year."""
    certain: list[Join] = []
    possible: list[Join] = []
    for report in reports:
        block = blocks.get(report.region_code, report.year)
        if block is not None:
            _sort(_weigh_all(report, block, RESULT, words, rejected), certain, possible)
    certain, beaten = _drop_beaten(certain)
    placed = list(_place_by_neighbours(reports, certain, blocks, words, rejected))
    placed += _place_by_sentence(reports, [*certain, *placed], blocks, words, rejected)
    ids = {join.fact.fact_id for join in placed}
    possible = [join for join in [*possible, *beaten] if join.fact.fact_id not in ids]
    return Joins(_ordered([*certain, *placed]), _ordered(possible))


def join_targets(
    targets: Sequence[Profile],
    blocks: Blocks,
    ancestors: Mapping[str, Sequence[str]],
    words: IndicatorWords,
    rejected: Rejected,
) -> Joins:
    """Joins targets to targets. `ancestors` gives the regions above each region, nearest first."""
    certain: list[Join] = []
    possible: list[Join] = []
    for target in targets:
        for block, relation in _find_blocks(target, blocks, ancestors):
            joins = _weigh_all(target, block, relation, words, rejected)
            for same_document in _by_document(joins):
                _sort(same_document, certain, possible)
    return Joins(_ordered(certain), _ordered(possible))


def _find_blocks(
    target: Profile, blocks: Blocks, ancestors: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Block, str]]:
    region, year = target.region_code, target.year
    if region is None or year is None:
        return
    own = blocks.get(region, year)
    if own is not None:
        yield own, TWIN
    above = blocks.nearest_above(ancestors.get(region, ()), year)
    if above is not None:
        yield above, SHARE
    before = blocks.year_before(region, year)
    earlier = blocks.get(region, before)
    if earlier is not None:
        yield earlier, YEAR


def _weigh_all(
    fact: Profile, block: Block, relation: str, words: IndicatorWords, rejected: Rejected
) -> list[Join]:
    """The candidates that are at least possible, the best first."""
    joins = [
        Join(fact, target, relation, weigh(fact, target, relation, words))
        for target in block.find(fact)
        if (fact.fact_id, target.fact_id) not in rejected
        and (relation != TWIN or _comes_first(fact, target))
    ]
    joins = [join for join in joins if join.verdict.is_certain or join.verdict.is_possible]
    return sorted(joins, key=lambda join: (-join.verdict.score, join.target.fact_id))


def _comes_first(fact: Profile, target: Profile) -> bool:
    """Whether a join within one region and year runs from this one: breakdown first, then by id."""
    ours = (fact.document_kind != ALLOCATIONS, fact.document_id)
    return ours < (target.document_kind != ALLOCATIONS, target.document_id)


def _by_document(joins: Sequence[Join]) -> Iterable[list[Join]]:
    groups: dict[str, list[Join]] = {}
    for join in joins:
        groups.setdefault(join.target.document_id, []).append(join)
    return groups.values()


def _sort(joins: Sequence[Join], certain: list[Join], possible: list[Join]) -> None:
    """The best is certain if it passes and stands alone; all else is for a person, or nothing."""
    if not joins:
        return
    best, others = joins[0], joins[1:MOST_POSSIBLE]
    if not best.verdict.is_certain:
        possible.extend(joins[:MOST_POSSIBLE])
        return
    close = [
        join
        for join in others
        if best.verdict.score - join.verdict.score < TOO_CLOSE
        and (join.target.key != best.target.key or best.fact.kind == "report")
        and not (best.verdict.method == "same_text" and join.verdict.method != "same_text")
    ]
    if close:
        possible.extend(_doubt(join, "another target fits as well") for join in [best, *close])
        return
    certain.append(best)


def _doubt(join: Join, reason: str) -> Join:
    verdict = join.verdict
    score = min(verdict.score, CERTAIN - JUST_BELOW)
    return replace(join, verdict=Verdict(score, "similarity", (*verdict.reasons, reason)))


def _drop_beaten(certain: Sequence[Join]) -> tuple[list[Join], list[Join]]:
    """Sets apart reports beside which another of the same document fits the target far better."""
    best: dict[tuple[str, str], float] = defaultdict(float)
    for join in certain:
        key = (join.fact.document_id, join.target.fact_id)
        best[key] = max(best[key], join.verdict.score)
    kept: list[Join] = []
    beaten: list[Join] = []
    for join in certain:
        lead = best[join.fact.document_id, join.target.fact_id] - join.verdict.score
        if lead > RIVAL_IS_BETTER:
            beaten.append(_doubt(join, "another report fits this target better"))
        else:
            kept.append(join)
    return kept, beaten


def _place_by_neighbours(
    reports: Sequence[Profile],
    certain: Sequence[Join],
    blocks: Blocks,
    words: IndicatorWords,
    rejected: Rejected,
) -> Iterator[Join]:
    """Reports whose neighbours on both sides report on one line, of which just one target is left
    that agrees in unit, size and some of the words.

    An article goes through the promises of a line together; where it words one of them in its own
    way, its place tells which it is.
    """
    joined = {join.fact.fact_id: join.target for join in certain}
    served = {join.target.fact_id for join in certain}
    for before, report, after in zip(reports, reports[1:], reports[2:], strict=False):
        if report.fact_id in joined or report.document_id != before.document_id:
            continue
        left, right = joined.get(before.fact_id), joined.get(after.fact_id)
        if left is None or right is None or left.commitment_id != right.commitment_id:
            continue
        block = blocks.get(report.region_code, report.year)
        if block is None or left.commitment_id is None:
            continue
        open_targets = [
            target
            for target in block.find(report)
            if target.commitment_id == left.commitment_id
            and target.fact_id not in served
            and (report.fact_id, target.fact_id) not in rejected
            and _fits_in_place(report, target, words)
        ]
        if len(open_targets) == 1:
            reason = "the figures on both sides report on this line, and only this target is left"
            yield Join(report, open_targets[0], RESULT, Verdict(1.0, "rule", (reason,)))


def _place_by_sentence(
    reports: Sequence[Profile],
    certain: Sequence[Join],
    blocks: Blocks,
    words: IndicatorWords,
    rejected: Rejected,
) -> Iterator[Join]:
    """Reports that their sentence puts beside the very words of one target that nobody else serves.

    An article may say what is done and go on with who is glad of it: 推动回迁安置…，让3.5万户居民….
    Only a unit of its own and a number of nearly the same size make that certain.
    """
    joined = {join.fact.fact_id for join in certain}
    served = {join.target.fact_id for join in certain}
    for report in reports:
        if report.fact_id in joined or report.context is None or report.phrase.capacities:
            continue
        block = blocks.get(report.region_code, report.year)
        if block is None or report.unit in words.plain_units:
            continue
        open_targets = [
            target
            for target in block.find(report)
            if target.fact_id not in served
            and (report.fact_id, target.fact_id) not in rejected
            and target.phrase.weight >= WORDS_IN_SENTENCE
            and all(segment in report.context.core for segment in target.phrase.segments)
            and _is_near(report, target)
            and find_contradiction(report, target, words) is None
        ]
        if len(open_targets) == 1:
            reason = "its sentence has the target's own words, its unit and nearly its number"
            yield Join(report, open_targets[0], RESULT, Verdict(1.0, "rule", (reason,)))


def _is_near(report: Profile, target: Profile) -> bool:
    if report.family is None or report.family != target.family:
        return False
    if not report.base_value or not target.base_value:
        return False
    return NEAR_RATIO[0] <= report.base_value / target.base_value <= NEAR_RATIO[1]


def _fits_in_place(report: Profile, target: Profile, words: IndicatorWords) -> bool:
    if report.family is None or report.family != target.family:
        return False
    if not report.base_value or not target.base_value:
        return False
    ratio = report.base_value / target.base_value
    return (
        CLOSE_RATIO[0] <= ratio <= CLOSE_RATIO[1]
        and find_contradiction(report, target, words) is None
        and compare(report.phrase, target.phrase).similarity >= NEIGHBOUR_ALIKE
    )


def _ordered(joins: Iterable[Join]) -> tuple[Join, ...]:
    """In the order of the documents and of the facts in them, the best target first."""
    return tuple(
        sorted(
            joins,
            key=lambda join: (
                join.fact.document_id,
                join.fact.kind,
                join.fact.order,
                -join.verdict.score,
                join.target.fact_id,
            ),
        )
    )

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

from pipelines.linking.blocking import Block, Blocks
from pipelines.linking.joins import Join, Joins, Rejected, doubt, in_order
from pipelines.linking.placing import (
    place_by_neighbours,
    place_by_sentence,
    set_apart_doubtful,
)
from pipelines.linking.profiles import Profile
from pipelines.linking.weighing import (
    RESULT,
    SHARE,
    TWIN,
    YEAR,
    weigh,
)
from pipelines.linking.words import IndicatorWords

TOO_CLOSE = 0.03
"""Two targets as good as one another leave the choice to a person."""
RIVAL_IS_BETTER = 0.15
"""Another report of the same document that fits so much better is the one meant."""
ALLOCATIONS = "allocation_table"
MOST_POSSIBLE = 3
"""Candidates shown to a person for one fact."""


def join_reports(
    reports: Sequence[Profile], blocks: Blocks, words: IndicatorWords, rejected: Rejected
) -> Joins:
    """Joins the reports that are open to the targets of their own region and year."""
    reports = [report for report in reports if report.is_open]
    certain: list[Join] = []
    possible: list[Join] = []
    for report in reports:
        block = blocks.get(report.region_code, report.year)
        if block is not None:
            _sort(_weigh_all(report, block, RESULT, words, rejected), certain, possible)
    certain, beaten = _drop_beaten(certain)
    certain, doubtful = set_apart_doubtful(certain, blocks, words, rejected)
    placed = list(place_by_neighbours(reports, certain, blocks, words, rejected))
    asked = {join.fact.fact_id for join in doubtful}
    rest = [report for report in reports if report.fact_id not in asked]
    placed += place_by_sentence(rest, [*certain, *placed], blocks, words, rejected)
    ids = {join.fact.fact_id for join in placed}
    possible = [join for join in [*possible, *beaten, *doubtful] if join.fact.fact_id not in ids]
    return Joins(in_order([*certain, *placed]), in_order(possible))


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
    return Joins(in_order(certain), in_order(possible))


def _find_blocks(
    target: Profile, blocks: Blocks, ancestors: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Block, str]]:
    region, year = target.region_code, target.year
    if region is None or year is None:
        return
    own = blocks.get(region, year)
    if own is not None:
        yield own, TWIN
    if target.is_answered:
        # The plan's target speaks for it to other years and places.
        return
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
    """Whether a join within one region and year runs from this one: from a quoted goal to the
    plan's, from a breakdown to the list, then by id."""
    if fact.is_answered:
        return True
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
        and (join.target.key != best.target.key or best.relation in (RESULT, SHARE))
        and not (best.verdict.method == "same_text" and join.verdict.method != "same_text")
    ]
    if close:
        possible.extend(doubt(join, "another target fits as well") for join in [best, *close])
        return
    certain.append(best)


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
            beaten.append(doubt(join, "another report fits this target better"))
        else:
            kept.append(join)
    return kept, beaten

"""Joins of reports that their place in an article makes, or makes doubtful.

An article goes through the promises of a line together, and names a promise before it says how glad
people are of it. So the neighbours of a figure, and the sentence around it, tell what its own words
leave out.

Belongs here: evidence from place. Does not belong here: comparing words (`weighing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.linking.blocking import Blocks
from pipelines.linking.comparing import compare
from pipelines.linking.joins import Join, Rejected, doubt
from pipelines.linking.profiles import Profile
from pipelines.linking.weighing import CLOSE_RATIO, RESULT, Verdict, find_contradiction
from pipelines.linking.words import IndicatorWords

NEIGHBOUR_ALIKE = 0.25
"""Least likeness of words for a report that only its neighbours place."""
NEAR_RATIO = (0.8, 1.5)
"""Results are mostly within it; another number of the same unit seldom comes so near."""
WORDS_IN_SENTENCE = 3.0
"""Fewer words of a target may stand in a sentence by chance."""


def place_by_neighbours(
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


def place_by_sentence(
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
            for target in block.find(report, with_context=True)
            if target.fact_id not in served
            and (report.fact_id, target.fact_id) not in rejected
            and _is_named(report, target)
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


def set_apart_doubtful(
    certain: Sequence[Join], blocks: Blocks, words: IndicatorWords, rejected: Rejected
) -> tuple[list[Join], list[Join]]:
    """Sets apart reports whose sentence names another target of the same unit, served by nobody.

    Of `加大保障性租赁住房供应，共推出公租房1.4万套` a person must say on which of two it reports.
    """
    served = {join.target.fact_id for join in certain}
    kept: list[Join] = []
    doubtful: list[Join] = []
    for join in certain:
        report = join.fact
        block = blocks.get(report.region_code, report.year)
        if block is None or join.verdict.method != "similarity" or _is_plain(report, words):
            kept.append(join)
            continue
        named = [
            target
            for target in block.find(report, with_context=True)
            if target.fact_id not in served
            and target.family == report.family
            and (report.fact_id, target.fact_id) not in rejected
            and _is_named(report, target)
        ]
        if not named:
            kept.append(join)
            continue
        doubtful.append(doubt(join, "its sentence names another target"))
        doubtful.extend(
            doubt(Join(report, target, RESULT, Verdict(1.0, "similarity", ())), "named before it")
            for target in named
        )
    return kept, doubtful


def _is_plain(report: Profile, words: IndicatorWords) -> bool:
    return report.unit is None or report.unit in words.plain_units


def _is_named(report: Profile, target: Profile) -> bool:
    """Whether the sentence holds all words of a target before the number."""
    if report.context is None or target.phrase.weight < WORDS_IN_SENTENCE:
        return False
    return all(segment in report.context.core for segment in target.phrase.segments)

"""Goals that only a report names, beside the plan that promises the same.

Belongs here: which quoted goals have a plan of their place and year, and which of its targets each
one is. Does not belong here: weighing (`weighing`), or what is quoted (`pipelines.reading`).

A quoted goal counts where nobody has the plan. Where somebody has it, the plan's target takes its
place, and the results that were told beside the quoted goal answer the plan's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipelines.facts import DocumentFacts
from pipelines.linking.joins import Join, Rejected
from pipelines.linking.profiles import Profile
from pipelines.linking.weighing import RESULT, TWIN, Verdict

QUOTED = "quoted"
BY_RESULT = "what is told beside it is reported on that target"
BY_GOAL = "the goal quoted beside it is that target"


def find_answered(documents: Iterable[DocumentFacts]) -> frozenset[str]:
    """The ids of the quoted targets whose place and year has a plan."""
    targets = [target for facts in documents for target in facts.targets]
    planned = {(t.region_code, t.plan_year) for t in targets if t.origin != QUOTED}
    return frozenset(
        target.target_id
        for target in targets
        if target.origin == QUOTED and (target.region_code, target.plan_year) in planned
    )


def join_quotes(
    documents: Sequence[DocumentFacts],
    profiles: Sequence[Profile],
    of_reports: Sequence[Join],
    of_targets: Sequence[Join],
    rejected: Rejected,
) -> tuple[tuple[Join, ...], tuple[Join, ...]]:
    """The joins of reports and of targets, with what quoted goals add to them.

    A quoted goal is the target that its own result was joined to, else the one that its words name;
    a result whose own words name no target follows the goal that is quoted beside it. What a person
    `rejected` is not joined in this way either.
    """
    by_id = {profile.fact_id: profile for profile in profiles}
    own = {
        report.report_id: report.target_id
        for facts in documents
        for report in facts.reports
        if report.target_id is not None and by_id[report.target_id].is_answered
    }
    by_result = {
        quoted: target
        for quoted, target in _find_by_result(of_reports, own, by_id).items()
        if (quoted, target.fact_id) not in rejected
    }
    kept = [join for join in of_targets if join.fact.fact_id not in by_result]
    named: dict[str, Profile] = {}
    for join in kept:
        if join.relation == TWIN and join.fact.is_answered:
            named.setdefault(join.fact.fact_id, join.target)
    joined = {join.fact.fact_id for join in of_reports}
    following = [
        Join(by_id[report_id], named[quoted], RESULT, Verdict(1.0, "rule", (BY_GOAL,)))
        for report_id, quoted in own.items()
        if report_id not in joined
        and quoted in named
        and (report_id, named[quoted].fact_id) not in rejected
    ]
    quotes = [
        Join(by_id[quoted], target, TWIN, Verdict(1.0, "rule", (BY_RESULT,)))
        for quoted, target in by_result.items()
    ]
    return (*of_reports, *following), (*kept, *quotes)


def _find_by_result(
    of_reports: Sequence[Join], own: Mapping[str, str], by_id: Mapping[str, Profile]
) -> dict[str, Profile]:
    """The target that each quoted goal's own result was joined to, where it measures the same."""
    found: dict[str, Profile] = {}
    for join in of_reports:
        quoted = own.get(join.fact.fact_id)
        if quoted is not None and by_id[quoted].family == join.target.family:
            found.setdefault(quoted, join.target)
    return found

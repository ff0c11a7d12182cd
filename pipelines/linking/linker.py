"""Joins all documents: the one entry of linking.

Belongs here: the order of the steps, and turning joins into records. Does not belong here: how a
pair is weighed, chosen or named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipelines.facts import DocumentFacts, Link, LinkCandidate, Report, Target
from pipelines.linking.accepted import AcceptedLink, StaleSignature, find_stale
from pipelines.linking.blocking import Blocks
from pipelines.linking.catalogue import Catalogue, Membership, build_catalogue
from pipelines.linking.following import follow_figures
from pipelines.linking.joining import join_reports, join_targets
from pipelines.linking.joins import Join, Joins, Rejected
from pipelines.linking.naming import load_names
from pipelines.linking.profiles import Profile, read_reports, read_targets
from pipelines.linking.quotes import find_answered, join_quotes
from pipelines.linking.records import Linking
from pipelines.linking.weighing import RESULT, YEAR, Verdict
from pipelines.linking.words import load_indicator_words
from pipelines.vocabulary import Vocabulary

SCORE_PLACES = Decimal("0.0001")
SIGNED = "signed"


def link_facts(
    documents: Sequence[DocumentFacts],
    vocabulary: Vocabulary,
    accepted: Sequence[AcceptedLink] = (),
) -> Linking:
    """Joins reports to targets and targets to targets and indicators, over all documents.

    The outcome depends on the documents as a set, not on their order. Cost grows with n log n in
    the number of targets.
    """
    words = load_indicator_words(vocabulary.files)
    ordered = sorted(documents, key=lambda facts: facts.document.document_id)
    answered = find_answered(ordered)
    targets = [
        profile for facts in ordered for profile in read_targets(facts, words, vocabulary, answered)
    ]
    reports = [
        profile for facts in ordered for profile in read_reports(facts, words, vocabulary, answered)
    ]
    signed, rejected, stale = _sort_signed(ordered, accepted)
    blocks = Blocks(target for target in targets if not target.is_answered)
    codes = {target.region_code for target in targets if target.region_code}
    ancestors = {code: vocabulary.regions.ancestors(code) for code in codes}
    found_reports = join_reports(reports, blocks, words, rejected)
    found_targets = join_targets(targets, blocks, ancestors, words, rejected)
    confirmed = _confirmed_joins(signed, targets, ordered, words_of=[*reports, *targets])
    of_reports = _apply_signed(found_reports, confirmed, "report")
    of_targets = _apply_signed(found_targets, confirmed, "target")
    report_joins, target_joins = join_quotes(
        ordered, [*targets, *reports], of_reports.certain, of_targets.certain, rejected
    )

    catalogue = build_catalogue(
        targets,
        target_joins,
        rejected,
        lambda code: len(ancestors.get(code or "", ())),
        words,
        load_names(vocabulary.files),
    )
    return Linking(
        documents=_write_back(documents, report_joins, targets, catalogue, rejected),
        indicators=catalogue.indicators,
        links=(
            *(_link(join) for join in (*report_joins, *target_joins)),
            *_line_links(ordered, {join.fact.fact_id for join in report_joins}, rejected),
            *(_indicator_link(member) for member in catalogue.memberships),
        ),
        candidates=tuple(_candidate(join) for join in (*of_reports.possible, *of_targets.possible)),
        stale=stale,
    )


def _line_links(
    documents: Sequence[DocumentFacts], joined: set[str], rejected: Rejected
) -> Iterator[Link]:
    """The links of reports that answer a target of their own line, and were joined to no other."""
    for facts in documents:
        for report in facts.reports:
            target_id = report.target_id
            if target_id is None or report.report_id in joined:
                continue
            if (report.report_id, target_id) not in rejected:
                yield _line_link(report, target_id)


def _sort_signed(
    documents: Sequence[DocumentFacts], accepted: Sequence[AcceptedLink]
) -> tuple[list[AcceptedLink], Rejected, tuple[StaleSignature, ...]]:
    """The signatures that fit what is there, the pairs that they reject, and the stale ones."""
    stale = find_stale(
        accepted,
        {report.report_id: report.indicator for facts in documents for report in facts.reports},
        {target.target_id: target.indicator for facts in documents for target in facts.targets},
    )
    unfit = {(entry.accepted.from_id, entry.accepted.to_id) for entry in stale}
    signed = [link for link in accepted if (link.from_id, link.to_id) not in unfit]
    rejected = frozenset(
        pair
        for link in signed
        if link.verdict == "reject"
        for pair in ((link.from_id, link.to_id), (link.to_id, link.from_id))
    )
    return signed, rejected, stale


def _confirmed_joins(
    signed: Sequence[AcceptedLink],
    targets: Sequence[Profile],
    documents: Sequence[DocumentFacts],
    words_of: Iterable[Profile],
) -> list[Join]:
    """The joins that a person confirmed, whatever the weighing says."""
    profiles = {profile.fact_id: profile for profile in words_of}
    by_id = {target.fact_id: target for target in targets}
    joins: list[Join] = []
    for link in signed:
        if link.verdict != "confirm":
            continue
        fact, target = profiles.get(link.from_id), by_id.get(link.to_id)
        if fact is None or target is None:
            continue
        reason = f"{link.reason} ({link.signed_by}, {link.signed_on.isoformat()})"
        relation = RESULT if fact.kind == "report" else YEAR
        joins.append(Join(fact, target, relation, Verdict(1.0, SIGNED, (reason,))))
    return joins


def _apply_signed(joins: Joins, confirmed: Sequence[Join], kind: str) -> Joins:
    """A signed join takes the place of what was found; a report has one target only."""
    mine = [join for join in confirmed if join.fact.kind == kind]
    if not mine:
        return joins
    facts = {join.fact.fact_id for join in mine}
    pairs = {(join.fact.fact_id, join.target.fact_id) for join in mine}

    def is_replaced(join: Join) -> bool:
        pair = (join.fact.fact_id, join.target.fact_id)
        return pair in pairs or (kind == "report" and join.fact.fact_id in facts)

    return Joins(
        (*(join for join in joins.certain if not is_replaced(join)), *mine),
        tuple(join for join in joins.possible if not is_replaced(join)),
    )


def _write_back(
    documents: Sequence[DocumentFacts],
    joins: Sequence[Join],
    targets: Sequence[Profile],
    catalogue: Catalogue,
    rejected: Rejected,
) -> tuple[DocumentFacts, ...]:
    """The documents with what was found written into their targets, reports and statements."""
    lines = {target.fact_id: target.commitment_id for target in targets}
    joined: Mapping[str, str] = {join.fact.fact_id: join.target.fact_id for join in joins}

    def of_report(report: Report) -> Report:
        target_id = joined.get(report.report_id)
        if target_id is None:
            is_rejected = (report.report_id, report.target_id or "") in rejected
            return replace(report, target_id=None) if is_rejected else report
        return replace(report, target_id=target_id, commitment_id=lines[target_id])

    def of_target(target: Target) -> Target:
        return replace(target, indicator_id=catalogue.indicator_ids[target.target_id])

    def of_document(facts: DocumentFacts) -> DocumentFacts:
        reports = tuple(of_report(report) for report in facts.reports)
        return replace(
            facts,
            targets=tuple(of_target(target) for target in facts.targets),
            reports=reports,
            statements=follow_figures(facts, reports, lines),
        )

    return tuple(of_document(facts) for facts in documents)


def _score(verdict: Verdict) -> Decimal | None:
    """Given for a similarity only: a rule or a person is not sure to a degree."""
    if verdict.method != "similarity":
        return None
    return min(Decimal(verdict.score), Decimal(1)).quantize(SCORE_PLACES)


def _link(join: Join) -> Link:
    return Link(
        link_id=f"{join.fact.fact_id}->{join.target.fact_id}",
        document_id=join.fact.document_id,
        from_kind=join.fact.kind,
        from_id=join.fact.fact_id,
        to_kind="target",
        to_id=join.target.fact_id,
        method=join.verdict.method,
        score=_score(join.verdict),
        reason=_reason(join),
    )


def _line_link(report: Report, target_id: str) -> Link:
    """A report that its own line of a table joins to a target, as reading found it."""
    return Link(
        link_id=f"{report.report_id}->{target_id}",
        document_id=report.document_id,
        from_kind="report",
        from_id=report.report_id,
        to_kind="target",
        to_id=target_id,
        method="rule",
        score=None,
        reason="line: reported in the line that promises it",
    )


def _candidate(join: Join) -> LinkCandidate:
    link = _link(join)
    return LinkCandidate(
        candidate_id=link.link_id,
        document_id=link.document_id,
        from_kind=link.from_kind,
        from_id=link.from_id,
        to_kind=link.to_kind,
        to_id=link.to_id,
        method="similarity",
        score=_score(replace(join.verdict, method="similarity")),
        reason=link.reason,
    )


def _reason(join: Join) -> str:
    return f"{join.relation}: {join.verdict.reason}"


def _indicator_link(member: Membership) -> Link:
    join = member.join
    return Link(
        link_id=f"{member.target.fact_id}->{member.indicator_id}",
        document_id=member.target.document_id,
        from_kind="target",
        from_id=member.target.fact_id,
        to_kind="indicator",
        to_id=member.indicator_id,
        method=join.verdict.method if join else "same_text",
        score=_score(join.verdict) if join else None,
        reason=f"with {join.target.fact_id}" if join else "the same words, stage and unit",
    )

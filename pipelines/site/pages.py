"""The pages that people read: overview, plans, promises, places, findings, changes.

Belongs here: which rows go to which template. Does not belong here: sheets of paper
(`sheet_pages`), data to take away (`data_pages`), or what the templates say.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from pipelines.site.addresses import matrix_path, plan_path, promise_path
from pipelines.site.dossiers import Dossier
from pipelines.site.folder import SiteFolder
from pipelines.site.ledger import Ledger, group
from pipelines.site.markup import Counted
from pipelines.site.records import FindingRow, ShareRow, TargetRow
from pipelines.site.shelf import Shelf
from pipelines.site.tallies import (
    RELATION,
    Tally,
    explain_unrated,
    find_leads,
    find_themes,
    is_proposal,
    list_promised,
    order_statuses,
    tally,
)

_RATED = ("exceeded", "met", "short", "in_progress")
_MOST_LEADS = 20
_MOST_CHANGES = 1000
_VERDICTS = ("disagrees", "accepted", "agrees", "not_applicable")
_CARDS = ("disagrees", "accepted")
_HEAT = (Decimal("0.02"), Decimal("0.05"), Decimal("0.10"), Decimal("0.20"), Decimal("0.40"))
_LEGEND = ("≤ 2 %", "≤ 5 %", "≤ 10 %", "≤ 20 %", "≤ 40 %", "> 40 %")


def write_pages(folder: SiteFolder, shelf: Shelf) -> None:
    """Write all pages of this kind."""
    _write(folder, shelf, "index.html", "index.html", **_overview(shelf))
    plans = [row for row in shelf.ledger.documents if row.status != "quarantined"]
    _write(folder, shelf, "promises.html", "promises.html", plans=plans)
    _write_plans(folder, shelf)
    for dossier in shelf.dossiers:
        said = {"dossier": dossier, "error_text": _error_text(shelf, dossier)}
        _write(folder, shelf, "promise.html", promise_path(dossier.row.commitment_id), **said)
    _write_places(folder, shelf)
    _write(folder, shelf, "findings.html", "findings.html", **_findings(shelf.ledger))
    _write(folder, shelf, "changes.html", "changes.html", **_changes(shelf.ledger))


def _write(folder: SiteFolder, shelf: Shelf, template: str, path: str, **said: Any) -> None:
    folder.write_text(path, shelf.renderer.render(template, path, **said))


def _overview(shelf: Shelf) -> dict[str, Any]:
    ledger = shelf.ledger
    statuses = order_statuses(ledger, shelf.markups.words)
    promised = list_promised(ledger)
    themes, leads = find_themes(ledger), find_leads(ledger)
    whole = tally(promised, "promised", lambda _: ("yes",), statuses)
    proposals = len(ledger.targets) - len(promised)
    with_lines = {target.document_id for target in promised}
    return {
        "whole": whole[0] if whole else Tally("promised", "yes", 0, Counted(RELATION), ()),
        "proposed": Tally(
            "promised", "no", proposals, Counted(RELATION, (("promised", "no"),)), ()
        ),
        "statuses": statuses,
        "unrated": explain_unrated(promised, _RATED),
        "by_document": tally(promised, "document_id", lambda one: (one.document_id,), statuses),
        "other_documents": [row for row in ledger.documents if row.document_id not in with_lines],
        "by_theme": tally(promised, "theme", lambda one: (themes[one.target_id],), statuses),
        "by_year": tally(promised, "year", _year_of, statuses),
        "by_place": tally(promised, "region_code", lambda one: (one.region_code,), statuses),
        "by_lead": tally(promised, "lead", lambda one: leads[one.target_id] or (None,), statuses),
        "most_leads": _MOST_LEADS,
        "verdicts": _count_verdicts(ledger),
        "failed_checks": [row for row in ledger.checks if row.is_current and not row.success],
        "changes": _count_changes(ledger),
    }


def _year_of(target: TargetRow) -> tuple[str | None]:
    return (str(target.plan_year) if target.plan_year else None,)


def _count_verdicts(ledger: Ledger) -> list[tuple[str, int, Counted]]:
    counts = Counter(row.status for row in ledger.findings)
    order = [*_VERDICTS, *sorted(set(counts) - set(_VERDICTS))]
    return [
        (verdict, counts[verdict], Counted("marts.reconciliation", (("status", verdict),)))
        for verdict in order
        if counts[verdict]
    ]


def _count_changes(ledger: Ledger) -> list[tuple[str, str, int, Counted]]:
    counts = Counter((row.change, row.fact_kind) for row in ledger.changes)
    return [
        (change, kind, rows, Counted("marts.change", (("change", change), ("fact_kind", kind))))
        for (change, kind), rows in sorted(counts.items())
    ]


def _write_plans(folder: SiteFolder, shelf: Shelf) -> None:
    dossiers = group(shelf.dossiers, lambda dossier: dossier.row.document_id)
    reports = group(shelf.ledger.reports, lambda row: row.document_id)
    sheets = group(shelf.markups.paper.sheets, lambda sheet: sheet.document.document_id)
    with_shares = {row.document_id for row in shelf.ledger.shares}
    for document in shelf.ledger.documents:
        own = {dossier.row.commitment_id for dossier in dossiers[document.document_id]}
        _write(
            folder,
            shelf,
            "plan.html",
            plan_path(document.document_id),
            document=document,
            is_proposal=is_proposal(None, document),
            has_shares=document.document_id in with_shares,
            dossiers=dossiers[document.document_id],
            orphans=[row for row in reports[document.document_id] if row.commitment_id not in own],
            sheets=sheets[document.document_id],
        )


def _write_places(folder: SiteFolder, shelf: Shelf) -> None:
    ledger = shelf.ledger
    by_document = group(ledger.shares, lambda row: row.document_id)
    matrices = [row for row in ledger.documents if by_document[row.document_id]]
    _write(
        folder,
        shelf,
        "places.html",
        "places.html",
        matrices=matrices,
        scorecard=ledger.places,
    )
    checks = {row.subject_id: row for row in ledger.findings if row.check_name == "shares_add_up"}
    for document in matrices:
        _write(
            folder,
            shelf,
            "matrix.html",
            matrix_path(document.document_id),
            document=document,
            heat=_heat,
            legend=_LEGEND,
            **_matrix(ledger, by_document[document.document_id], checks),
        )


def _matrix(
    ledger: Ledger, shares: tuple[ShareRow, ...], checks: dict[str, FindingRow]
) -> dict[str, Any]:
    by_target = group(shares, lambda row: row.target_id)
    rows = [
        (
            target,
            {share.region_code: share for share in by_target[target.target_id]},
            checks.get(target.target_id),
        )
        for target in ledger.targets
        if by_target[target.target_id]
    ]
    return {"rows": rows, "columns": sorted({share.region_code for share in shares})}


def _heat(share: Decimal | None) -> int:
    """The step of the scale for a fraction of a target, 0 to 5."""
    return sum(share > bound for bound in _HEAT) if share is not None else 0


def _findings(ledger: Ledger) -> dict[str, Any]:
    by_verdict = group(ledger.findings, lambda row: row.status)
    occurring = [verdict for verdict in _VERDICTS if by_verdict[verdict]]
    return {
        "cards": [(verdict, by_verdict[verdict]) for verdict in _CARDS if by_verdict[verdict]],
        "verdicts": occurring,
        "checks": sorted({row.check_name for row in ledger.findings}),
        "counts": Counter((row.check_name, row.status) for row in ledger.findings),
    }


def _changes(ledger: Ledger) -> dict[str, Any]:
    shown = ledger.changes[:_MOST_CHANGES]
    return {
        "rows": shown,
        "shown": len(shown),
        "total": len(ledger.changes),
        "left_out": len(ledger.changes) - len(shown),
    }


def _error_text(shelf: Shelf, dossier: Dossier) -> str:
    """A message to fill in: what a maintainer needs to find the place."""
    words = shelf.markups.words
    run = shelf.ledger.run
    ids = [one.row.target_id for one in dossier.targets]
    lines = (
        ("error_commitment", dossier.row.commitment_id),
        ("error_targets", ", ".join(ids)),
        ("error_file", f"{dossier.document.file_name} (SHA-256 {dossier.document.sha256})"),
        ("error_version", run.run_id if run else ""),
        ("error_what", ""),
        ("error_should", ""),
    )
    return "\n".join(
        f"{words.say(key).zh} / {words.say(key).en}: {value}".rstrip() for key, value in lines
    )

"""What every page is made from, at hand: the ledger by ids, its dossiers, and the renderer.

Belongs here: look-ups that several pages need. Does not belong here: any one page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipelines.site.addresses import slug
from pipelines.site.dossiers import Dossier, gather
from pipelines.site.ledger import Ledger, group
from pipelines.site.markup import Markups
from pipelines.site.records import FigureRow
from pipelines.site.rendering import Renderer, make_renderer
from pipelines.site.sheets import anchor_of


@dataclass(frozen=True, slots=True)
class Shelf:
    """The ledger, ready for pages."""

    ledger: Ledger
    markups: Markups
    renderer: Renderer
    dossiers: tuple[Dossier, ...]


def make_shelf(ledger: Ledger, markups: Markups) -> Shelf:
    """Put together what pages are made from."""
    documents = {row.document_id: row for row in ledger.documents}
    commitments = {row.commitment_id: row for row in ledger.commitments}
    bodies = {row.name_zh: row.name_en for row in ledger.organizations}
    commitment_by_fact = _find_commitments(ledger)

    def body_name(name: str | None) -> Markup:
        if not name:
            return markups.say("none_given")
        return name_body(name, bodies.get(name))

    def theme_name(theme: str | None) -> Markup:
        return markups.label("theme", theme) if theme else markups.say("none_given")

    renderer = make_renderer(
        markups,
        ledger=ledger,
        documents=documents,
        commitments=commitments,
        regions={row.region_code: row for row in ledger.regions},
        facts=_index_facts(ledger),
        shares_of=group(ledger.shares, lambda row: row.target_id),
        body_name=body_name,
        theme_name=theme_name,
        year_name=lambda year: _mark_year(year) if year else markups.say("none_given"),
        number_year=lambda row: _mark_year(row.plan_year),
        source_en=lambda text, document_id: markups.telephones.cover(text, document_id),
        anchor=slug,
        anchor_of=anchor_of,
        loop_slug=slug,
        commitment_of=lambda figure: _commitment_of(figure, commitment_by_fact),
        commitment_of_fact=commitment_by_fact.get,
    )
    return Shelf(ledger, markups, renderer, tuple(gather(ledger)))


def name_body(zh: str, en: str | None) -> Markup:
    """The name of a body. English alone would not do: a city's bureau and a district's share it."""
    chinese = Markup('<span lang="zh-Hans">{}</span>').format(zh)
    if not en:
        return chinese
    return Markup('<span class="en" lang="en">{} </span>').format(en) + chinese


def _mark_year(year: int | str | None) -> Markup:
    return Markup("<time>{}</time>").format(year) if year else Markup("")


def _index_facts(ledger: Ledger) -> Mapping[str, Any]:
    """Whatever a finding may be about, by its id."""
    facts: dict[str, Any] = {row.figure_id: row for row in ledger.figures}
    facts |= {row.report_id: row for row in ledger.reports}
    facts |= {row.milestone_id: row for row in ledger.milestones}
    return facts | {row.target_id: row for row in ledger.targets}


def _find_commitments(ledger: Ledger) -> Mapping[str, str]:
    """The commitment that each fact belongs to, if it belongs to one."""
    found = {row.commitment_id: row.commitment_id for row in ledger.commitments}
    found |= {row.target_id: row.commitment_id for row in ledger.targets}
    found |= {row.milestone_id: row.commitment_id for row in ledger.milestones}
    found |= {f"{row.target_id}@{row.region_code}": row.commitment_id for row in ledger.shares}
    found |= {
        f"{row.commitment_id}/{row.role}/{row.position}": row.commitment_id for row in ledger.duties
    }
    return found | {row.report_id: row.commitment_id for row in ledger.reports if row.commitment_id}


def _commitment_of(figure: FigureRow, by_fact: Mapping[str, str]) -> str | None:
    return by_fact.get(figure.fact_id or "")

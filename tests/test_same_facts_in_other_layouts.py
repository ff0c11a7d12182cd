"""The real documents say the same when their content is printed otherwise.

Each variant is made from what is read of the original, written as Word or PDF, and read again: the
facts must be equal, with the targets that they hang on. What a variant truly loses (a title row
without its number) is not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import opencc
import pytest

from extractors import read_document
from extractors.records import Document
from pipelines.facts import DocumentFacts
from pipelines.quantities.text import simplify
from pipelines.reading import read_facts
from pipelines.sources import SourceEntry
from pipelines.vocabulary import load_vocabulary
from tests.other_layouts import (
    Layout,
    fold_sections,
    lengthen,
    move_columns,
    name_columns,
    spell,
    squeeze,
    take_layout,
    turn_table,
    unmerge,
    write_pdf,
    write_word,
)
from tests.read_documents import document_of, extract_once

BREAKDOWN = "2023-hangzhou-district-breakdown.pdf"
VOTING = "2023-yuhang-voting-list.docx"
DUTIES = "2024-hangzhou-responsibility-list.pdf"
PROGRESS = "2024-binjiang-q1-progress.docx"
ARTICLE = "2024-hangzhou-year-end-results.pdf"
HEADER_ROWS = {BREAKDOWN: 2, VOTING: 1, DUTIES: 1, PROGRESS: 1, ARTICLE: 0}
KNOWN = {
    # What a person would write beside a file whose title is lost.
    BREAKDOWN: SourceEntry("", region="杭州市", plan_year=2023),
    VOTING: SourceEntry("", region="余杭区", plan_year=2023),
    DUTIES: SourceEntry("", region="杭州市", plan_year=2024),
    PROGRESS: SourceEntry("", title="2024年滨江区民生实事项目完成情况（1-3月）", region="滨江区"),
    ARTICLE: SourceEntry("", region="杭州市", plan_year=2024),
}
FULL_WIDTH = str.maketrans("0123456789%", "０１２３４５６７８９％")
OTHER_NAMES = {
    "序号": "编号",
    "项目名称": "实事项目",
    "量化目标": "目标任务",
    "牵头单位": "责任单位",
    "各区、县（市）任务分解": "任务分解",
}
LONG_HEADERS = ("序号", "项目名称", "量化目标", "牵头单位", "区、县（市）", "任务量")
DUTY_WIDTHS = (1, 2, 5, 1.6, 2.6, 1.8, 5, 1.8, 9)


@cache
def layout_of(name: str, folder: Path) -> Layout:
    return take_layout(document_of(folder / name), HEADER_ROWS[name])


def read(document: Document, name: str) -> DocumentFacts:
    return read_facts(document, KNOWN[name], load_vocabulary())


@cache
def facts_of(name: str, folder: Path) -> DocumentFacts:
    return read(document_of(folder / name), name)


def spell_facts(facts: DocumentFacts) -> dict[str, Counter[tuple[Any, ...]]]:
    """The facts without ids and places; commitments are named by their position."""
    lines = {c.commitment_id: at for at, c in enumerate(facts.commitments)}
    targets = {
        t.target_id: (simplify(t.indicator), t.value, t.unit, t.comparator) for t in facts.targets
    }

    def on(target_id: str | None) -> tuple[Any, ...] | None:
        return targets[target_id] if target_id else None

    return {
        "target": Counter(
            (lines[t.commitment_id], *targets[t.target_id], simplify(t.context))
            for t in facts.targets
        ),
        "allocation": Counter(
            (on(a.target_id), a.region_code, a.value, a.unit) for a in facts.allocations
        ),
        "milestone": Counter(
            (
                *(lines[m.commitment_id], on(m.target_id), m.starts_on, m.due_on),
                *(m.expected_value, m.expected_share, m.unit, m.comparator),
                *(m.is_cumulative, m.repeats),
            )
            for m in facts.milestones
        ),
        "report": Counter(
            (
                *(lines.get(r.commitment_id or ""), on(r.target_id), r.region_code, r.as_of),
                *(simplify(r.indicator), r.value, r.unit, r.comparator, r.is_cumulative),
            )
            for r in facts.reports
        ),
        "responsibility": Counter(
            (lines[r.commitment_id], on(r.target_id), r.role, r.organization_id, r.person)
            for r in facts.responsibilities
        ),
        "due": Counter((at, c.due_on) for at, c in enumerate(facts.commitments)),
    }


# --- variants -------------------------------------------------------------------------------------


def order_by_duty(layout: Layout) -> Layout:
    return name_columns(move_columns(layout, [0, 3, 2, 1, 4, *range(18, 4, -1)]), OTHER_NAMES)


def simplify_script(layout: Layout) -> Layout:
    return spell(layout, opencc.OpenCC("t2s").convert)


def widen_digits(layout: Layout) -> Layout:
    return spell(layout, lambda text: text.translate(FULL_WIDTH))


def tell_duties(layout: Layout) -> Layout:
    lines = list(layout.lines)
    for number in range(1, layout.n_rows):
        title, leader, lead, official, support, due = map(str.strip, layout.row(number)[2:8])
        lines.append(
            f"{number}.{squeeze(title)}（分管市领导：{leader}；牵头单位：{squeeze(lead)}；"
            f"牵头单位分管领导：{official}；配合单位：{squeeze(support)}；"
            f"完成时间：{due}；进度安排：{layout.row(number)[8].rstrip('。')}）"
        )
    return Layout(tuple(lines))


def tell_votes(layout: Layout, form: str) -> Layout:
    lines = list(layout.lines)
    for row in range(1, layout.n_rows):
        number, title, detail, lead = layout.row(row)
        told = form.format(number=number, title=title, detail=detail, lead=lead)
        lines += [number] if number == title else told.split("\n")
    return Layout(tuple(lines))


def tell_votes_below(layout: Layout) -> Layout:
    return tell_votes(layout, "{number}.{title}\n{detail}\n牵头单位：{lead}")


def tell_votes_in_brackets(layout: Layout) -> Layout:
    return tell_votes(layout, "{number}.{title}：{detail}（{lead}）")


def same(layout: Layout) -> Layout:
    return layout


VARIANTS: dict[str, tuple[str, Callable[[Layout], Layout], str, dict[str, Any]]] = {
    "breakdown, marks that hang over borders": (
        BREAKDOWN,
        same,
        "pdf",
        {"widths": (1.2, 5, 2.4, 2.2, *(1.9,) * 15)},
    ),
    "breakdown, unmerged and blank": (BREAKDOWN, lambda x: unmerge(x, repeat=False), "docx", {}),
    "breakdown, other columns": (BREAKDOWN, order_by_duty, "docx", {}),
    "breakdown, in long form": (BREAKDOWN, lambda x: lengthen(x, 4, LONG_HEADERS), "docx", {}),
    "voting list, with a category column": (VOTING, fold_sections, "docx", {}),
    "voting list, told below names": (VOTING, tell_votes_below, "docx", {}),
    "voting list, bodies in brackets": (VOTING, tell_votes_in_brackets, "docx", {}),
    "duties, small pages with a header": (
        DUTIES,
        same,
        "pdf",
        {"widths": DUTY_WIDTHS, "page": (595, 420), "running": "政府公报 2024年第6期"},
    ),
    "duties, full-width digits": (DUTIES, widen_digits, "pdf", {"widths": DUTY_WIDTHS}),
    "duties, told in a list": (DUTIES, tell_duties, "docx", {}),
    "progress, unmerged and blank": (PROGRESS, lambda x: unmerge(x, repeat=False), "docx", {}),
    "progress, Simplified and upright": (
        PROGRESS,
        simplify_script,
        "pdf",
        {"widths": (1.6, 1.1, 7, 5, 8), "page": (595, 842)},
    ),
    "article, in three columns": (ARTICLE, same, "pdf", {"frames": 3, "size": 10}),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_document_says_the_same_in_another_layout(
    variant: str, raw_folder: Path, tmp_path: Path
) -> None:
    name, change, container, options = VARIANTS[variant]

    def extract() -> Document:
        layout = change(layout_of(name, raw_folder))
        path = tmp_path / f"{Path(name).stem}.{container}"
        write = write_pdf if container == "pdf" else write_word
        return read_document(write(layout, path, **options))

    document = extract_once(variant, extract)
    expected, found = spell_facts(facts_of(name, raw_folder)), spell_facts(read(document, name))
    for kind, facts in expected.items():
        assert (facts - found[kind], found[kind] - facts) == (Counter(), Counter()), kind


def test_a_turned_breakdown_has_the_same_shares(raw_folder: Path, tmp_path: Path) -> None:
    def extract() -> Document:
        layout = turn_table(layout_of(BREAKDOWN, raw_folder), keys=4)
        return read_document(write_word(layout, tmp_path / "turned.docx"))

    expected = spell_facts(facts_of(BREAKDOWN, raw_folder))["allocation"]
    found = read(extract_once("breakdown, turned", extract), BREAKDOWN)
    assert spell_facts(found)["allocation"] == expected

"""Documents of other cities, layouts and producers, against the facts expected of them.

The scores of all documents together have floors, and the table is printed. A change to the code
may only raise a floor; documents that are harder than those before may lower one. The
variants of a family print one content in several containers and layouts: what is read of them must
not depend on which.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from extractors import read_document
from extractors.errors import DocumentError
from pipelines.facts import DocumentFacts
from pipelines.reading import read_facts
from pipelines.sources import SourceEntry
from pipelines.vocabulary import load_vocabulary
from tests.fixtures.scoring import (
    FIXTURES,
    list_documents,
    load_expected,
    score_facts,
    score_roles,
)

DOCUMENTS = list_documents()
FLOORS = {
    "target": 0.99,
    "allocation": 0.99,
    "milestone": 0.98,
    "report": 0.97,
    "report_link": 0.96,
    "responsibility": 0.99,
    "role": 0.99,
}


@dataclass(slots=True)
class Total:
    """The scores of one kind of fact over all documents."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / (self.found + len(self.missed) or 1)

    @property
    def precision(self) -> float:
        return self.found / (self.found + len(self.invented) or 1)


@cache
def facts_of(path: Path) -> DocumentFacts:
    """What is read of a document with nothing written down about it beside the file."""
    return read_facts(read_document(path), SourceEntry(file_name=path.name), load_vocabulary())


@cache
def totals() -> dict[str, Total]:
    scored: dict[str, Total] = defaultdict(Total)
    for path, labels in DOCUMENTS:
        facts, expected = facts_of(path), load_expected(labels)
        for score in (*score_facts(facts, expected), score_roles(facts, expected)):
            total = scored[score.kind]
            total.found += score.found
            total.missed += [f"{path.stem}: {row}" for row in score.missed]
            total.invented += [f"{path.stem}: {row}" for row in score.invented]
    return dict(scored)


def test_the_scores_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{len(DOCUMENTS)} documents   {'found':>7}{'missed':>8}{'invented':>10}", end="")
        print(f"{'recall':>9}{'precision':>11}")
        for kind, total in totals().items():
            counts = f"{total.found:7}{len(total.missed):8}{len(total.invented):10}"
            print(f"{kind:15}{counts}{total.recall:9.4f}{total.precision:11.4f}")
    assert set(totals()) == set(FLOORS)


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_facts_of_unseen_documents_reach_their_floor(kind: str, floor: float) -> None:
    total = totals()[kind]
    assert total.recall >= floor, total.missed
    assert total.precision >= floor, total.invented


@pytest.mark.parametrize(("path", "labels"), DOCUMENTS, ids=[p.stem for p, _ in DOCUMENTS])
def test_an_unseen_document_says_what_it_is(path: Path, labels: Path) -> None:
    document, expected = facts_of(path).document, load_expected(labels)
    assert document.kind in (expected["kind"], *expected.get("kind_also", ()))
    assert document.region_code == expected["region_code"]
    assert document.plan_year == expected["plan_year"]


def test_nothing_of_an_unseen_document_is_left_unresolved() -> None:
    unresolved = [
        f"{figure.figure_id}: {figure.context!r}"
        for path, _ in DOCUMENTS
        for figure in facts_of(path).figures
        if figure.role == "unresolved"
    ]
    assert unresolved == []


def _family(path: Path) -> str:
    return path.stem.split("--")[0]


def _content(facts: DocumentFacts) -> dict[str, list[object]]:
    """The facts of a document without its name, its places, and the script it is printed in."""
    order = {target.target_id: index for index, target in enumerate(facts.targets)}
    return {
        "targets": [(t.indicator, t.value, t.unit, t.comparator) for t in facts.targets],
        "allocations": [
            (order[a.target_id], a.region_code, a.value, a.unit) for a in facts.allocations
        ],
        "milestones": [
            (order.get(m.target_id or ""), m.due_on, m.expected_value, m.expected_share)
            for m in facts.milestones
        ],
        "reports": [
            (order.get(r.target_id or ""), r.as_of, r.value, r.unit, r.comparator)
            for r in facts.reports
        ],
        "responsibilities": [(r.role, r.organization_id, r.person) for r in facts.responsibilities],
    }


FAMILIES = sorted({_family(path) for path, _ in DOCUMENTS if "--" in path.stem})


@pytest.mark.parametrize("family", FAMILIES)
def test_one_content_reads_the_same_in_every_container(family: str) -> None:
    variants = [path for path, _ in DOCUMENTS if _family(path) == family]
    first = _content(facts_of(variants[0]))
    different = [
        f"{path.stem}: {kind}"
        for path in variants[1:]
        for kind, rows in _content(facts_of(path)).items()
        if rows != first[kind]
    ]
    assert different == []


BROKEN = load_expected(FIXTURES / "broken" / "expected.yml")


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_file_is_refused_with_a_code_and_advice(name: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        read_document(FIXTURES / "broken" / name)
    assert refusal.value.code in BROKEN[name]
    assert len(str(refusal.value)) > 20

"""Documents of other cities, layouts and producers, against the facts expected of them.

The table of scores is printed; each single fault is held by `tests/facts/test_known_faults.py`. The
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
from tests.fixtures.scoring import (
    FIXTURES,
    list_documents,
    load_expected,
    score_facts,
    score_roles,
)
from tests.read_documents import facts_of

DOCUMENTS = list_documents()


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
    assert all(total.found for total in totals().values())


def test_what_is_left_unresolved_is_left_so_by_a_rule() -> None:
    """Which figures these are stands in `tests/facts`, one by one."""
    passed_over = [
        f"{figure.figure_id}: {figure.context!r}"
        for path, _ in DOCUMENTS
        for figure in facts_of(path).figures
        if figure.role == "unresolved" and figure.rule is None
    ]
    assert passed_over == []


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

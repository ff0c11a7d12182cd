"""The five documents against their gold labels. Floors only ever rise."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from extractors import read_document
from pipelines.facts import DocumentFacts
from pipelines.reading import read_facts
from pipelines.sources import SourceEntry
from pipelines.vocabulary import load_vocabulary
from tests.gold.scoring import GOLD, MEASURES, Score, read_labels, score_facts, score_figures

RAW = Path(__file__).parents[2] / "raw"
DOCUMENTS = {path.stem: path for path in sorted(RAW.iterdir()) if path.suffix in (".pdf", ".docx")}
LABELLED = sorted(path.stem for path in (GOLD / "figures").glob("*.csv"))

VALUE_FLOOR = 0.99
UNIT_FLOOR = 0.99
COMPARATOR_FLOOR = 0.99
ROLE_FLOOR = 0.97


@cache
def facts_of(document_id: str) -> DocumentFacts:
    """What is read of a document with nothing written down about it beside the file."""
    path = DOCUMENTS[document_id]
    source = SourceEntry(file_name=path.name)
    return read_facts(read_document(path), source, load_vocabulary())


@cache
def totals() -> dict[str, Score]:
    """The scores of the ledger over all documents."""
    scores: dict[str, Score] = {}
    for document_id in LABELLED:
        for name, score in score_figures(facts_of(document_id)).items():
            scores.setdefault(name, Score()).add(score)
    return scores


def print_table(scores: dict[str, Score]) -> None:
    print(f"\n{'':18}{'right':>7}{'spurious':>10}{'missed':>8}{'precision':>11}{'recall':>8}")
    for name, score in sorted(scores.items()):
        print(
            f"{name:18}{score.right:7}{score.spurious:10}{score.missed:8}"
            f"{score.precision:11.4f}{score.recall:8.4f}"
        )
        for fault in score.faults:
            print("    " + fault)


def test_every_printed_number_is_in_the_ledger_once(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print_table(totals())
    assert totals()["presence"].recall == 1
    assert totals()["presence"].precision == 1


@pytest.mark.parametrize(
    ("name", "floor"),
    [("value", VALUE_FLOOR), ("unit", UNIT_FLOOR), ("comparator", COMPARATOR_FLOOR)],
)
def test_measures_reach_their_floor(name: str, floor: float) -> None:
    assert totals()[name].precision >= floor


@pytest.mark.parametrize("role", MEASURES)
def test_roles_reach_their_floor(role: str) -> None:
    score = totals()[f"role {role}"]
    assert score.precision >= ROLE_FLOOR
    assert score.recall >= ROLE_FLOOR


def test_nothing_is_unresolved() -> None:
    unresolved = [
        figure.figure_id
        for document_id in LABELLED
        for figure in facts_of(document_id).figures
        if figure.role == "unresolved"
    ]
    assert unresolved == []


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _score_targets(document_id: str) -> Score:
    facts = facts_of(document_id)
    numbers = {c.commitment_id: c.item_no for c in facts.commitments}
    read = [
        (numbers[t.commitment_id], t.value, t.unit or "", t.comparator)
        for t in facts.targets
        if t.value is not None
    ]
    rows = read_labels(GOLD / "facts" / f"{document_id}.targets.csv")
    allowed = Counter(
        (r["item_no"], _decimal(r["value"]), r["unit"], r["comparator"])
        for r in rows
        if r["certainty"]
    )
    kept = []
    for key in read:
        if allowed[key]:
            allowed[key] -= 1
        else:
            kept.append(key)
    return score_facts(
        "targets",
        facts,
        kept,
        lambda r: (
            None
            if r["certainty"] or not r["value"]
            else (r["item_no"], _decimal(r["value"]), r["unit"], r["comparator"])
        ),
    )


@pytest.mark.parametrize(
    "document_id", sorted(p.name.split(".")[0] for p in (GOLD / "facts").glob("*.targets.csv"))
)
def test_targets_are_those_labelled(document_id: str) -> None:
    score = _score_targets(document_id)
    assert score.precision >= ROLE_FLOOR, score.faults
    assert score.recall >= VALUE_FLOOR, score.faults


@pytest.mark.parametrize(
    "document_id", sorted(p.name.split(".")[0] for p in (GOLD / "facts").glob("*.allocations.csv"))
)
def test_allocations_are_those_labelled(document_id: str) -> None:
    facts = facts_of(document_id)
    suffixes = (a.target_id.rpartition("/")[2].partition(".") for a in facts.allocations)
    read = [
        (item, line, a.region, a.value, a.unit)
        for (item, _, line), a in zip(suffixes, facts.allocations, strict=True)
    ]
    score = score_facts(
        "allocations",
        facts,
        read,
        lambda r: (r["item_no"], r["line"], r["region"], Decimal(r["value"]), r["unit"]),
    )
    assert score.faults == []


@pytest.mark.parametrize(
    "document_id", sorted(p.name.split(".")[0] for p in (GOLD / "facts").glob("*.milestones.csv"))
)
def test_milestones_are_those_labelled(document_id: str) -> None:
    facts = facts_of(document_id)
    numbers = {c.commitment_id: c.item_no for c in facts.commitments}
    target_units = {t.target_id: t.unit for t in facts.targets}
    seen = set()
    read = []
    for m in facts.milestones:
        if m.figure_id is None or m.figure_id in seen:
            continue
        seen.add(m.figure_id)
        share = m.expected_share if target_units.get(m.target_id or "") != "%" else None
        value = None if share is not None else m.expected_value
        read.append((numbers[m.commitment_id], str(m.due_on), value, share))
    rows = read_labels(GOLD / "facts" / f"{document_id}.milestones.csv")

    def key(r: dict[str, str]) -> tuple[object, ...] | None:
        if not r["expected_value"] and not r["expected_share"]:
            return None
        if r["certainty"]:
            return None
        return (
            r["item_no"],
            r["due_on"],
            _decimal(r["expected_value"]),
            _decimal(r["expected_share"]),
        )

    possible = Counter(
        (r["item_no"], r["due_on"], _decimal(r["expected_value"]), _decimal(r["expected_share"]))
        for r in rows
        if r["certainty"]
    )
    kept = []
    for item in read:
        if possible[item]:
            possible[item] -= 1
        else:
            kept.append(item)
    score = score_facts("milestones", facts, kept, key)
    assert score.precision >= ROLE_FLOOR, score.faults
    assert score.recall >= ROLE_FLOOR, score.faults

"""Scores what is read of the fixture documents against the facts expected of them.

Belongs here: comparing multisets of facts, by kind. Does not belong here: thresholds, or the labels
(see `fixtures/expected`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extractors import read_document
from pipelines.facts import DocumentFacts, Milestone
from pipelines.quantities import simplify
from pipelines.reading import read_facts
from pipelines.sources import SourceEntry
from pipelines.vocabulary import Vocabulary, load_vocabulary

FIXTURES = Path(__file__).parent / "fixtures"
DOCUMENTS = FIXTURES / "documents"
PERCENT = "%"
Key = tuple[Any, ...]


@dataclass(slots=True)
class Tally:
    """Facts of one kind: read and expected, only read, only expected."""

    right: int = 0
    spurious: list[Key] = field(default_factory=list)
    missed: list[Key] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.right += other.right
        self.spurious += other.spurious
        self.missed += other.missed

    @property
    def precision(self) -> float:
        read = self.right + len(self.spurious)
        return self.right / read if read else 1.0

    @property
    def recall(self) -> float:
        expected = self.right + len(self.missed)
        return self.right / expected if expected else 1.0


def expected_of(path: Path) -> dict[str, Any]:
    """The labels of a document; the variants of a family (`family--variant`) share theirs."""
    stem = path.stem.split("--")[0]
    text = (FIXTURES / "expected" / f"{stem}.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def facts_of(path: Path) -> DocumentFacts:
    """What is read of a fixture, with nothing written down about it beside the file."""
    return read_facts(read_document(path), SourceEntry(file_name=path.name), load_vocabulary())


def score_document(path: Path) -> dict[str, Tally]:
    """The tallies of one document by kind of fact."""
    facts, expected, words = facts_of(path), expected_of(path), load_vocabulary()
    read = _read_keys(facts, words)
    labelled = _expected_keys(expected, words)
    if facts.document.kind in expected.get("kind_also", ()):
        labelled["document"][0] = ("kind", facts.document.kind)
    return {kind: _tally(read[kind], labelled[kind]) for kind in labelled}


def _tally(read: list[Key], labelled: list[Key]) -> Tally:
    found, wanted = Counter(read), Counter(labelled)
    return Tally(
        (found & wanted).total(),
        sorted((found - wanted).elements(), key=str),
        sorted((wanted - found).elements(), key=str),
    )


def _unit(words: Vocabulary, unit: str | None) -> str:
    known = words.units.resolve(unit)
    return known.unit if known is not None else unit or ""


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value)).normalize()


def _read_keys(facts: DocumentFacts, words: Vocabulary) -> dict[str, list[Key]]:
    targets = {t.target_id: (_number(t.value), _unit(words, t.unit)) for t in facts.targets}
    numbers = {c.commitment_id: c.item_no for c in facts.commitments}
    document = facts.document
    return {
        "document": [
            ("kind", document.kind),
            ("region_code", document.region_code),
            ("plan_year", document.plan_year),
            ("as_of", document.as_of),
        ],
        "target": [
            (numbers[t.commitment_id], *targets[t.target_id], t.comparator)
            for t in facts.targets
            if t.value is not None
        ],
        "allocation": [
            (targets[a.target_id][0], a.region, _number(a.value), _unit(words, a.unit))
            for a in facts.allocations
        ],
        "milestone": sorted({_milestone_key(m, facts, targets) for m in facts.milestones} - {()}),
        "report": [
            (
                _number(r.value),
                _unit(words, r.unit),
                r.comparator,
                r.as_of,
                targets.get(r.target_id or "", (None,))[0] if r.unit != PERCENT else None,
            )
            for r in facts.reports
        ],
        "responsibility": [
            (numbers[r.commitment_id], r.role, simplify(r.as_printed))
            for r in facts.responsibilities
        ],
        "due": [(c.item_no, c.due_on) for c in facts.commitments if c.due_on is not None],
        "figure": [
            (f.role,) for f in facts.figures if f.role != "ordinal"
        ],
    }


def _milestone_key(
    milestone: Milestone, facts: DocumentFacts, targets: dict[str, Key]
) -> tuple[str, ...]:
    """Due day, value (share where several targets share it), and the target's value."""
    sharing = sum(1 for m in facts.milestones if m.figure_id == milestone.figure_id)
    is_shared = milestone.expected_share is not None and sharing > 1
    if milestone.expected_value is None and milestone.expected_share is None:
        return ()
    if milestone.figure_id is None and milestone.expected_share in (None, 1):
        return ()
    value = milestone.expected_share if is_shared else milestone.expected_value
    on = None if is_shared else targets.get(milestone.target_id or "", (None,))[0]
    return str(milestone.due_on), str(_number(value)), str(on)


def _expected_keys(expected: dict[str, Any], words: Vocabulary) -> dict[str, list[Key]]:
    targets = {
        str(t["key"]): (_number(t["value"]), _unit(words, t["unit"])) for t in expected["targets"]
    }

    def value_of(key: object) -> Decimal | None:
        return targets.get(str(key), (None, ""))[0] if key is not None else None

    return {
        "document": [
            ("kind", expected["kind"]),
            ("region_code", expected["region_code"]),
            ("plan_year", expected["plan_year"]),
            ("as_of", _day(expected["as_of"])),
        ],
        "target": [
            (t["item"], *targets[str(t["key"])], t["comparator"])
            for t in expected["targets"]
            if t["value"] is not None
        ],
        "allocation": [
            (value_of(a["target"]), region, _number(share), _unit(words, a["unit"]))
            for a in expected["allocations"]
            for region, share in a["shares"].items()
        ],
        "milestone": sorted(
            {
                (
                    str(_day(m["due_on"])),
                    str(_number(m["share"] if m["value"] is None else m["value"])),
                    str(value_of(m["target"])),
                )
                for m in expected["milestones"]
                if m["share"] is not None or m["value"] is not None
            }
        ),
        "report": [
            (
                _number(r["value"]),
                _unit(words, r["unit"]),
                r["comparator"],
                _day(r["as_of"] or expected["as_of"]),
                value_of(r["target"]) if r["unit"] != PERCENT else None,
            )
            for r in expected["reports"]
        ],
        "responsibility": [
            (entry["item"], role, simplify(name))
            for entry in expected["responsibilities"]
            for role, names in entry.items()
            if role != "item"
            for name in names
        ],
        "due": [(entry["item"], _day(entry["due_on"])) for entry in expected["due"]],
        "figure": [
            (role,)
            for role, count in expected["counts"].items()
            if role != "ordinal"
            for _ in range(count)
        ],
    }


def _day(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))

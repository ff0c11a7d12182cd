"""What is read otherwise than a document's author or reader says, each fault by name.

Belongs here: the faults of one document as sorted lines, from the hand-written expectation of a
fixture or the gold labels of a real document. Does not belong here: which faults are known.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipelines.facts import DocumentFacts
from tests.fixtures.scoring import Row, load_expected, score_facts, score_roles
from tests.gold.scoring import score_document


def find_fixture_faults(facts: DocumentFacts, expected: Path) -> list[str]:
    """Where the facts of a fixture differ from its expected file.

    A report that is itself missed or invented is not named again for its link.
    """
    truth = load_expected(expected)
    found = Counter(_find_identity_faults(facts, truth))
    links: Counter[str] = Counter()
    for score in (*score_facts(facts, truth), score_roles(facts, truth)):
        named = [f"missed {{}}: {row}" for row in score.missed]
        named += [f"invented {{}}: {row}" for row in score.invented]
        if score.kind == "report_link":
            links.update(row.format("report") for row in named)
        else:
            found.update(row.format(score.kind) for row in named)
    unnamed = links - found
    found.update({row.replace(" report:", " link:", 1): n for row, n in unnamed.items()})
    return sorted(found.elements())


def _find_identity_faults(facts: DocumentFacts, truth: Row) -> list[str]:
    document = facts.document
    allowed = {
        "kind": (truth["kind"], *truth.get("kind_also", ())),
        "region_code": (truth["region_code"],),
        "plan_year": (truth["plan_year"],),
        "as_of": (truth["as_of"],),
    }
    return [
        f"{name}: {getattr(document, name)}, not {' or '.join(map(str, right))}"
        for name, right in allowed.items()
        if getattr(document, name) not in right
    ]


def find_gold_faults(facts: DocumentFacts) -> list[str]:
    """Where the facts of a real document differ from its gold labels."""
    prefix = facts.document.document_id + " "
    return sorted(
        f"{name}: {fault.replace(prefix, '', 1)}"
        for name, score in score_document(facts).items()
        for fault in score.faults
    )

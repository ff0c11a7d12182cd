"""Every link and every proposal between documents is made exactly as recorded in links/.

Three sets of documents: the five as labelled, invented cities in other words, and every document as
read (one container of each content). Recorded by `make facts`.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipelines.facts import DocumentFacts, Link, LinkCandidate
from pipelines.linking import Linking, link_facts
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.linking import labelled
from tests.read_documents import facts_of, list_fixtures, list_sources

RECORDED = Path(__file__).parent / "links"
SHOWN = 40


def documents_as_read() -> Sequence[DocumentFacts]:
    first = {path.stem.split("--")[0]: path for path in reversed(list_fixtures())}
    return [facts_of(path) for path in (*first.values(), *list_sources())]


SETS: dict[str, Callable[[], Sequence[DocumentFacts]]] = {
    "the_five_as_labelled": labelled.gold_documents,
    "invented_cities": lambda: labelled.invented_documents()[0],
    "documents_as_read": documents_as_read,
}


def spell_linking(linking: Linking) -> list[str]:
    """One line an indicator, a link and a candidate. The reason of a similarity is no fact."""
    lines = [
        " | ".join(
            [
                f"indicator {row.indicator_id}",
                *(row.name_zh, row.name_en or "", row.unit_family or "", row.theme or ""),
                row.founded_by,
            ]
        )
        for row in linking.indicators
    ]
    lines += [spell_link("link", row) for row in linking.links]
    return [*lines, *(spell_link("candidate", row) for row in linking.candidates)]


def spell_link(kind: str, row: Link | LinkCandidate) -> str:
    score = f" {row.score:f}" if row.score is not None else ""
    return f"{kind} {row.from_kind} {row.from_id} → {row.to_kind} {row.to_id} | {row.method}{score}"


@pytest.mark.parametrize("name", SETS)
def test_the_links_are_those_recorded(name: str, request: pytest.FixtureRequest) -> None:
    found = spell_linking(link_facts(SETS[name](), load_vocabulary()))
    recorded = RECORDED / f"{name}.txt"
    if request.config.getoption("--record-facts", default=False):
        recorded.write_text("\n".join(found) + "\n", encoding="utf-8")
    known = recorded.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    changes = list(difflib.unified_diff(known, found, "recorded", "linked", n=0, lineterm=""))
    if changes:
        pytest.fail("\n".join(changes[:SHOWN]), pytrace=False)

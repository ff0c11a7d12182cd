"""Linking scored against labels: the five documents, and invented cases in other words."""

from pathlib import Path

import pytest

from pipelines.linking import Linking, link_facts, weighing
from pipelines.reading import read_facts
from pipelines.sources import SourceEntry, read_sources
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.linking import labelled
from tests.read_documents import document_of

KNOWN_TO_BE_MISSED = {"lake": ("lake result_of 提供就业岗位 -> 提供岗位",)}
# How little a threshold beside the one in use may cost.
LEAST_PRECISION = 0.98
LEAST_RECALL = 0.95


@pytest.fixture(scope="module")
def gold() -> Linking:
    return link_facts(labelled.gold_documents(), load_vocabulary())


def test_links_of_the_five_documents_are_those_labelled(gold: Linking) -> None:
    labels = labelled.gold_labels()
    documents = {label.to_document for label in labels if label.to_document}
    result = labelled.score(gold, labels, documents)
    print(result)
    assert (result.wrong, result.missed) == ((), ())


@pytest.mark.parametrize("case", labelled.CASES)
def test_links_of_cities_that_are_not_among_the_five_are_those_labelled(case: str) -> None:
    documents, labels = labelled.invented_documents()
    mine = [facts for facts in documents if facts.document.document_id.startswith(case)]
    result = labelled.score(
        link_facts(mine, load_vocabulary()),
        [label for label in labels if label.from_id.startswith(case)],
        [f"{case}-plan"],
    )
    print(result)
    assert (result.wrong, result.missed) == ((), KNOWN_TO_BE_MISSED.get(case, ()))


@pytest.mark.parametrize("threshold", [0.60, 0.64, 0.68, 0.70, 0.72, 0.74])
def test_the_threshold_stands_on_a_plateau(
    threshold: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A threshold that only just fits would lose links or let wrong ones in beside it."""
    monkeypatch.setattr(weighing, "CERTAIN", threshold)
    documents, labels = labelled.invented_documents()
    plans = [f"{case}-plan" for case in labelled.CASES]
    invented = labelled.score(link_facts(documents, load_vocabulary()), labels, plans)
    gold_labels = labelled.gold_labels()
    real = labelled.score(
        link_facts(labelled.gold_documents(), load_vocabulary()),
        gold_labels,
        {label.to_document for label in gold_labels if label.to_document},
    )
    print(threshold, "invented:", invented, "five documents:", real)
    for result in (invented, real):
        assert result.precision >= LEAST_PRECISION, result.wrong
        assert result.recall >= LEAST_RECALL, result.missed


@pytest.fixture(scope="module")
def read(raw_folder: Path) -> Linking:
    """The five documents as they are read, linked."""
    sources = read_sources(raw_folder)
    vocabulary = load_vocabulary()
    facts = [
        read_facts(
            document_of(raw_folder / name), sources.get(name) or SourceEntry(name), vocabulary
        )
        for name in sorted(path.name for path in raw_folder.iterdir())
        if name.endswith((".pdf", ".docx"))
    ]
    return link_facts(facts, vocabulary)


def test_links_of_the_five_documents_as_they_are_read_are_those_labelled(read: Linking) -> None:
    result = labelled.score_read(read)
    print(result)
    assert (result.wrong, result.missed) == ((), ())


def test_what_has_no_counterpart_is_not_joined_to_anything(gold: Linking) -> None:
    linked = {link.from_id for link in gold.links if link.to_kind == "target"}
    for label in labelled.gold_labels():
        if not label.certain and not label.possible and "#" in label.from_id:
            assert label.from_id not in linked, label.words

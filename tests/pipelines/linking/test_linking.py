"""Linking scored against labels: the five documents, and invented cases in other words."""

import pytest

from pipelines.linking import Linking, link_facts
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.linking import labelled

LEAST_PRECISION = 0.98
LEAST_RECALL = 0.95


@pytest.fixture(scope="module")
def gold() -> Linking:
    return link_facts(labelled.gold_documents(), load_vocabulary())


def test_links_of_the_five_documents_reach_the_floor(gold: Linking) -> None:
    labels = labelled.gold_labels()
    documents = {label.to_document for label in labels if label.to_document}
    result = labelled.score(gold, labels, documents)
    print(result)
    assert result.precision >= LEAST_PRECISION, result.wrong
    assert result.recall >= LEAST_RECALL, result.missed


@pytest.mark.parametrize("case", labelled.CASES)
def test_links_of_cities_that_are_not_among_the_five_reach_the_floor(case: str) -> None:
    documents, labels = labelled.invented_documents()
    mine = [facts for facts in documents if facts.document.document_id.startswith(case)]
    result = labelled.score(
        link_facts(mine, load_vocabulary()),
        [label for label in labels if label.from_id.startswith(case)],
        [f"{case}-plan"],
    )
    print(result)
    assert result.precision >= LEAST_PRECISION, result.wrong
    assert result.recall >= LEAST_RECALL, result.missed

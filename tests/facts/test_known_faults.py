"""What is read wrongly is known, fault by fault: a new one fails, and so does one that is mended.

`known_faults.yml` is written by `make facts`. A line that goes is a document read better; a line
that comes needs a good reason in the commit that brings it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.facts.faults import find_fixture_faults, find_gold_faults
from tests.fixtures.scoring import list_documents
from tests.read_documents import facts_of, list_sources

KNOWN = Path(__file__).parent / "known_faults.yml"
HEAD = """\
# What is read otherwise than tests/fixtures/expected and tests/gold say, by document: the faults
# that are known. Written by `make facts`, held exactly by test_known_faults.py.
"""
EXPECTED = dict(list_documents())
PATHS = [*EXPECTED, *list_sources()]


def find_faults(path: Path) -> list[str]:
    if path in EXPECTED:
        return find_fixture_faults(facts_of(path), EXPECTED[path])
    return find_gold_faults(facts_of(path))


@pytest.fixture(scope="module")
def known(request: pytest.FixtureRequest) -> dict[str, list[str]]:
    if request.config.getoption("--record-facts", default=False):
        found = {path.name: faults for path in PATHS if (faults := find_faults(path))}
        text = yaml.safe_dump(found, allow_unicode=True, width=1000)
        KNOWN.write_text(HEAD + text, encoding="utf-8")
    loaded: dict[str, list[str]] = yaml.safe_load(KNOWN.read_text(encoding="utf-8")) or {}
    return loaded


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_the_faults_of_a_document_are_those_known(path: Path, known: dict[str, list[str]]) -> None:
    found, listed = Counter(find_faults(path)), Counter(known.get(path.name, []))
    changes = [f"new: {fault}" for fault in (found - listed).elements()]
    changes += [f"mended, to be struck: {fault}" for fault in (listed - found).elements()]
    if changes:
        pytest.fail("\n".join(changes), pytrace=False)


def test_only_documents_that_are_there_have_known_faults(known: dict[str, list[str]]) -> None:
    assert set(known) <= {path.name for path in PATHS}

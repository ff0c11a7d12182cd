"""Every fact of every document is read exactly as recorded in as_read/.

A line that differs is a change of what the warehouse says, for better or worse: look at it, and if
it is meant, record it with `make facts` and let the commit show it.
"""

from __future__ import annotations

import difflib
from itertools import groupby
from pathlib import Path

import pytest

from tests.facts.lines import spell_facts, spell_family
from tests.read_documents import facts_of, list_fixtures, list_sources

AS_READ = Path(__file__).parent / "as_read"
SHOWN = 40


def content_of(path: Path) -> str:
    """The content that a document prints: its name, less the container's."""
    return path.stem.split("--")[0]


CONTENTS = {
    content: list(paths)
    for content, paths in groupby([*list_fixtures(), *list_sources()], key=content_of)
}


def spell_content(content: str) -> list[str]:
    variants = [(path.stem.removeprefix(f"{content}--"), path) for path in CONTENTS[content]]
    if len(variants) == 1:
        return spell_facts(facts_of(variants[0][1]))
    return spell_family([(name, facts_of(path)) for name, path in variants])


@pytest.mark.parametrize("content", CONTENTS)
def test_the_facts_are_those_recorded(content: str, request: pytest.FixtureRequest) -> None:
    found = spell_content(content)
    recorded = AS_READ / f"{content}.txt"
    if request.config.getoption("--record-facts", default=False):
        recorded.write_text("\n".join(found) + "\n", encoding="utf-8")
    known = recorded.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    changes = list(difflib.unified_diff(known, found, "recorded", "read", n=0, lineterm=""))
    if changes:
        pytest.fail("\n".join(changes[:SHOWN]), pytrace=False)


def test_nothing_is_recorded_of_a_document_that_is_gone() -> None:
    assert {path.stem for path in AS_READ.iterdir()} == set(CONTENTS)

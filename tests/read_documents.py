"""Documents read once a session, whichever test module asks.

Belongs here: the cache of extracted documents and of the facts read from them, and the folder in
which extracted documents may be kept. Does not belong here: any expectation.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path

from extractors import read_document
from extractors.records import Document
from pipelines.facts import DocumentFacts
from pipelines.reading import read_facts
from pipelines.sources import SourceEntry
from pipelines.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[1]
SUFFIXES = (".pdf", ".docx")
EXTRACTED = "MINSHENG_TEST_EXTRACTED"
"""The environment variable that names a folder for extracted documents, to take them from in later
runs of the same tests. Nothing in it knows when extracting changes: whoever names it does."""


def list_fixtures() -> list[Path]:
    """Every sound fixture document, in the order of their names."""
    folder = ROOT / "tests" / "fixtures" / "documents"
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)


def list_sources() -> list[Path]:
    """The real documents, in the order of their names."""
    return sorted(path for path in (ROOT / "raw").iterdir() if path.suffix in SUFFIXES)


@cache
def document_of(path: Path) -> Document:
    """What stands in a document."""
    return extract_once(path.name, lambda: read_document(path))


def extract_once(name: str, extract: Callable[[], Document]) -> Document:
    """A document from the folder of extracted ones, if there is such a folder, or extracted now."""
    folder = os.environ.get(EXTRACTED)
    if not folder:
        return extract()
    stored = Path(folder) / f"{name}.pickle"
    if stored.exists():
        document: Document = pickle.loads(stored.read_bytes())
        return document
    document = extract()
    # Whole or not at all: another process may be looking for it.
    part = stored.with_suffix(f".{os.getpid()}")
    part.write_bytes(pickle.dumps(document))
    part.replace(stored)
    return document


@cache
def facts_of(path: Path) -> DocumentFacts:
    """What is read of a document with nothing written down about it beside the file."""
    return read_facts(document_of(path), SourceEntry(file_name=path.name), load_vocabulary())

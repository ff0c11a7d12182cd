"""Documents read once a session, whichever test module asks.

Belongs here: the cache of extracted documents and of the facts read from them, and the folder from
which documents may be taken that were extracted before. Does not belong here: any expectation.
"""

from __future__ import annotations

import os
import pickle
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
"""The environment variable that names a folder of documents extracted before, if there is one."""


def list_fixtures() -> list[Path]:
    """Every sound fixture document, in the order of their names."""
    folder = ROOT / "tests" / "fixtures" / "documents"
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)


def list_sources() -> list[Path]:
    """The real documents, in the order of their names."""
    return sorted(path for path in (ROOT / "raw").iterdir() if path.suffix in SUFFIXES)


@cache
def document_of(path: Path) -> Document:
    """What stands in a document; taken from the folder of extracted ones where that is given."""
    folder = os.environ.get(EXTRACTED)
    if folder:
        stored: Document = pickle.loads((Path(folder) / f"{path.name}.pickle").read_bytes())
        return stored
    return read_document(path)


@cache
def facts_of(path: Path) -> DocumentFacts:
    """What is read of a document with nothing written down about it beside the file."""
    return read_facts(document_of(path), SourceEntry(file_name=path.name), load_vocabulary())


def store_documents(folder: Path) -> None:
    """Extract every document into `folder`, from which `document_of` can take it."""
    for path in (*list_fixtures(), *list_sources()):
        (folder / f"{path.name}.pickle").write_bytes(pickle.dumps(read_document(path)))

"""What a result depends on, as one hash: the same hash, the same result.

Belongs here: all that reading and understanding a document look at. Does not belong here: where
results are kept (`kept`).
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.installation import IS_INSTALLED, PACKAGE, list_libraries
from pipelines.inventory import hash_file
from pipelines.run.limits import Limits
from pipelines.sources import SourceEntry

OF_PIPELINES = (
    "checks/completeness.py",
    "errors.py",
    "facts.py",
    "inventory.py",
    "quantities",
    "reading",
    "run/kept_form.py",
    "run/kept_key.py",
    "run/limits.py",
    "run/single_document.py",
    "sources.py",
    "vocabulary",
    "word_files.py",
)
"""What of the package reading a document leads to, by its place there; of `extractors` it is all.

A test follows a worker and compares.
"""

_CACHE = "__pycache__"


@dataclass(frozen=True, slots=True)
class KeyParts:
    """What is the same for all documents of a run: hashes of the code and of a person's words."""

    code: str
    words: str


def list_code() -> tuple[Path, ...]:
    """The files and folders whose change may change what comes of a document."""
    # The lock stands for the libraries; where there is none, their versions are asked for.
    lock = () if IS_INSTALLED else (PACKAGE.parent / "requirements.lock",)
    return (PACKAGE.parent / "extractors", *(PACKAGE / name for name in OF_PIPELINES), *lock)


def look_at_code() -> str:
    """SHA-256, in hex, over that code as it lies there now, its libraries and the interpreter.

    Raises OSError: a file of it cannot be read.
    """
    digest = hashlib.sha256(f"{platform.python_version()} {platform.machine()}\0".encode())
    for library in list_libraries():
        digest.update(f"{library}\0".encode())
    for path in _list_files(list_code()):
        name = path.relative_to(PACKAGE.parent).as_posix()
        digest.update(f"{name}\0{hash_file(path)}\0".encode())
    return digest.hexdigest()


def _list_files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if not place.is_dir():
            yield place
            continue
        yield from sorted(
            path for path in place.rglob("*") if path.is_file() and _CACHE not in path.parts
        )


def compute_key(file: tuple[str, str], source: SourceEntry, limits: Limits, parts: KeyParts) -> str:
    """SHA-256, in hex, over a file (the hash of its bytes, and its name), what a person wrote of it
    (`source`), what it may cost, and the code and words by which it is read."""
    told = [file, asdict(source), asdict(limits), asdict(parts)]
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()

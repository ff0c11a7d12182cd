"""One hash over all that a refresh depends on: the same hash, nothing to do.

Belongs here: hashing files by content, and asking the published file for the hash it was made from.
Imports duckdb alone, so that an unchanged refresh is noticed before anything slow is loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import duckdb

from pipelines.sources import hash_if_readable

_NOT_CONTENT = frozenset({"__pycache__", ".git", ".DS_Store"})


def fingerprint(folders: Iterable[Path], extra: Iterable[str] = ()) -> str:
    """SHA-256, hexadecimal, over the relative names and bytes of all files in the folders.

    Order does not matter, dates do not either; caches and hidden files are left out. `extra` adds
    texts, such as versions of libraries.
    """
    digest = hashlib.sha256()
    for folder in sorted(folders, key=lambda path: path.name):
        for path in _content_files(folder):
            name = path.relative_to(folder.parent) if folder.is_dir() else Path(path.name)
            digest.update(f"{name.as_posix()}\0{hash_if_readable(path)}\0".encode())
    for text in extra:
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()


def published_fingerprint(published: Path) -> str | None:
    """The fingerprint of the run that wrote the published file; None without a readable one."""
    if not published.exists():
        return None
    try:
        with duckdb.connect(str(published), read_only=True) as connection:
            row = connection.execute(
                "SELECT fingerprint FROM quality.run WHERE published "
                "ORDER BY started DESC, run_id DESC LIMIT 1"
            ).fetchone()
    except duckdb.Error:
        # A file that cannot be asked is no reason to skip a refresh: the build will name the fault.
        return None
    return row[0] if row else None


def count_documents(published: Path) -> int:
    """How many documents the published file names; 0 where it cannot be asked."""
    try:
        with duckdb.connect(str(published), read_only=True) as connection:
            row = connection.execute("SELECT count(*) FROM core.document").fetchone()
    except duckdb.Error:
        return 0
    return int(row[0]) if row else 0


def is_unchanged(published: Path, current: str) -> bool:
    """Whether the published file was made from exactly what lies there now."""
    return published_fingerprint(published) == current


def _content_files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(
            part in _NOT_CONTENT or part.startswith(".") for part in path.relative_to(folder).parts
        )
    )

"""One hash over all that a refresh depends on: the same hash, nothing to do.

Belongs here: hashing files by content, and asking the published file for the hash it was made from.
Imports duckdb alone, so that an unchanged refresh is noticed before anything slow is loaded.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

import duckdb

from pipelines.inventory import hash_if_readable
from pipelines.publishing.opening import open_read_only

_MOST_HASHED = 1 << 30
"""A larger file is no source; reading it through twice a night would tell nothing new."""
_NOT_CONTENT = frozenset({"__pycache__", ".git", ".DS_Store"})


def fingerprint(folders: Iterable[Path], extra: Iterable[str] = ()) -> str:
    """SHA-256, hexadecimal, over the relative names and bytes of all files in the folders.

    Order does not matter, dates do not either; caches and hidden files are left out. Of what is no
    file, or too large to be a source, the name and the kind count. `extra` adds texts, such as
    versions of libraries.
    """
    digest = hashlib.sha256()
    for folder in sorted(folders, key=lambda path: path.name):
        for path in _content_files(folder):
            name = path.relative_to(folder.parent) if folder.is_dir() else Path(path.name)
            # A name is bytes, and not all of them are text.
            digest.update(os.fsencode(name.as_posix()) + b"\0")
            digest.update(_describe_content(path).encode() + b"\0")
    for text in extra:
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()


def _describe_content(path: Path) -> str:
    try:
        if path.is_symlink() and not path.is_file():
            return "dangling"
        found = path.stat()
    except OSError:
        return ""
    if not stat.S_ISREG(found.st_mode):
        return f"kind {stat.S_IFMT(found.st_mode):o}"
    if found.st_size > _MOST_HASHED:
        return f"size {found.st_size} {found.st_mtime_ns}"
    return hash_if_readable(path)


def published_fingerprint(published: Path) -> str | None:
    """The fingerprint of the run that wrote the published file; None without a readable one."""
    if not published.exists():
        return None
    try:
        with open_read_only(published) as connection:
            row = connection.execute(
                "SELECT fingerprint FROM quality.run WHERE published "
                "ORDER BY started DESC, run_id DESC LIMIT 1"
            ).fetchone()
    except duckdb.Error:
        # A file that cannot be asked is no reason to skip a refresh: the build will name the fault.
        return None
    return row[0] if row else None


def is_unchanged(published: Path, current: str) -> bool:
    """Whether the published file was made from exactly what lies there now."""
    return published_fingerprint(published) == current


def _content_files(folder: Path) -> list[Path]:
    """All that is in a folder and its subfolders, save folders: links and pipes too."""
    if not folder.is_dir():
        return [folder]
    return sorted(
        path
        for path in folder.rglob("*")
        if (path.is_symlink() or not path.is_dir())
        and not any(
            part in _NOT_CONTENT or part.startswith(".") for part in path.relative_to(folder).parts
        )
    )

"""The files that facts were read from, kept by their hash as long as a version needs them.

Belongs here: the archive beside the published file: putting in, finding, pruning. Does not belong
here: which versions are kept (`versions`).

A source that is replaced or removed would take with it what its facts can be shown by. Names repeat
and change; the hash of the bytes, which every fact's document carries, does not.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from pipelines.inventory import hash_file


def originals_folder(published: Path) -> Path:
    """Where the originals of all kept versions lie."""
    return published.with_name(f"{published.stem}.originals")


def archive_original(published: Path, source: Path, sha256: str) -> bool:
    """Keep a copy of the source's bytes; False where the source does not have them any more.

    Raises OSError where the disk takes nothing.
    """
    if find_original(published, sha256) is not None:
        return True
    kept = originals_folder(published) / sha256[:2] / f"{sha256}{source.suffix.lower()}"
    kept.parent.mkdir(parents=True, exist_ok=True)
    incoming = kept.with_name(kept.name + ".new")
    try:
        try:
            # A copy, never a link: the source may be edited where it lies.
            shutil.copyfile(source, incoming)
            is_same = hash_file(incoming) == sha256
        except FileNotFoundError:
            return False
        if is_same:
            _sync(incoming)
            os.replace(incoming, kept)
        return is_same
    finally:
        incoming.unlink(missing_ok=True)


def find_original(published: Path, sha256: str) -> Path | None:
    """The kept file of this hash; None where there is none."""
    folder = originals_folder(published) / sha256[:2]
    if len(sha256) < 2 or not folder.is_dir():
        return None
    found = (path for path in folder.iterdir() if path.stem == sha256 and path.suffix != ".new")
    return next(found, None)


def list_originals(published: Path) -> tuple[Path, ...]:
    """Every file of the archive."""
    folder = originals_folder(published)
    return tuple(sorted(path for path in folder.glob("*/*") if path.is_file()))


def prune_originals(published: Path, needed: Collection[str]) -> int:
    """Remove the originals that no kept version was read from; return how many there were."""
    gone = [path for path in list_originals(published) if path.stem not in needed]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

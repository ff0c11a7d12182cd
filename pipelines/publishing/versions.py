"""The versions behind the published file: kept, listed, pruned, and stepping in for a damaged one.

Belongs here: the folder of former versions and what each says of itself. Does not belong here:
publishing one of them again (`rollback`), or the next one (`publish`).

A version bears the id of the run that published it. The published file itself is none of them: it
becomes one, by a link that costs nothing, at the moment in which another takes its place.
"""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.errors import PipelineError
from pipelines.publishing.account import read_run
from pipelines.publishing.opening import open_read_only
from pipelines.publishing.originals import list_originals, prune_originals
from pipelines.publishing.publish import PublishError, new_path, publish
from pipelines.publishing.records import RunRecord
from pipelines.publishing.run_log import log_path

_IN_USE = ("Could not set lock", "different configuration")
_NO_LINKS = (errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)


class UnknownVersionError(PipelineError):
    """No version has this name, or it cannot be read (`unknown_version`)."""

    def __init__(self, message: str) -> None:
        super().__init__("unknown_version", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is published or kept; `run` is None where its file cannot be read."""

    name: str
    path: Path
    is_published: bool
    size_bytes: int
    run: RunRecord | None


def versions_folder(published: Path) -> Path:
    """Where former versions lie."""
    return published.with_name(f"{published.stem}.versions")


def keep_version(published: Path) -> Path | None:
    """Keep the published file as a version; None where there is none, or it cannot be read."""
    run = read_run(published)
    if run is None:
        return None
    kept = versions_folder(published) / f"{run.run_id}{published.suffix}"
    if kept.exists():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(published, kept)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        incoming = kept.with_name(kept.name + ".new")
        shutil.copy2(published, incoming)
        os.replace(incoming, kept)
    return kept


def list_versions(published: Path) -> tuple[Version, ...]:
    """The published version, then the kept ones, the newest first."""
    found: list[Version] = []
    if published.is_file():
        run = read_run(published)
        found.append(_describe(published, run.run_id if run else published.name, run, True))
    for path in _list_kept(published):
        if not found or path.stem != found[0].name:
            found.append(_describe(path, path.stem, read_run(path), False))
    return tuple(found)


def find_version(published: Path, name: str) -> Path:
    """The file of a version, the published one included.

    Raises UnknownVersionError.
    """
    versions = list_versions(published)
    for version in versions:
        if version.name == name:
            if version.run is None:
                raise UnknownVersionError(f"Version {name} is there, but cannot be read.")
            return version.path
    known = ", ".join(version.name for version in versions) or "none"
    raise UnknownVersionError(f"There is no version {name}. Kept are: {known}.")


def prune_versions(published: Path, kept: int) -> None:
    """Remove versions beyond the newest `kept`, and originals that none of the rest needs."""
    for path in _list_kept(published)[kept:]:
        path.unlink(missing_ok=True)
    needed: set[str] = set()
    for path in (published, *_list_kept(published)):
        hashes = _read_hashes(path)
        if hashes is None:
            # What it was read from is not known, so nothing may go.
            return
        needed |= hashes
    prune_originals(published, needed)


def measure_archive(published: Path) -> tuple[int, int]:
    """Bytes of all kept versions, and of all kept originals."""
    versions = sum(path.stat().st_size for path in _list_kept(published))
    return versions, sum(path.stat().st_size for path in list_originals(published))


def set_aside_if_damaged(published: Path, now: datetime) -> str | None:
    """Rename a published file that no client can read any more, and let its predecessor step in.

    Returns what was done, in words; None where nothing had to be. A file that another program
    writes to is not damaged, and one that was never ours is left where it is.

    Raises PublishError where a folder lies in its place.
    """
    if published.is_dir():
        raise PublishError(
            "not_a_file", f"{published} is a folder: remove it, or choose another file."
        )
    is_ours = published.suffix == ".duckdb" or log_path(published).exists()
    if not published.exists() or not is_ours or not os.access(published, os.R_OK):
        return None
    damage = find_damage(published)
    if damage is None:
        return None
    aside = published.with_name(
        f"{published.stem}.unreadable-{now:%Y%m%dT%H%M%SZ}{published.suffix}"
    )
    os.replace(published, aside)
    said = f"{published.name} could not be read and is now {aside.name} ({damage})"
    for path in _list_kept(published):
        if find_damage(path) is None:
            shutil.copy2(path, new_path(published))
            publish(new_path(published), published)
            return f"{said}; version {path.stem} stands in for it"
    return f"{said}; no earlier version was kept"


def find_damage(path: Path) -> str | None:
    """What the database says of a file that it cannot read to the end; None of a sound one."""
    try:
        with open_read_only(path) as connection:
            tables = connection.execute("SELECT schema_name, table_name FROM duckdb_tables()")
            for schema, table in tables.fetchall():
                # Every block has a checksum, which is looked at as it is read.
                connection.execute(f'SELECT bit_xor(hash(COLUMNS(*))) FROM "{schema}"."{table}"')
                connection.fetchall()
    except duckdb.Error as error:
        said = str(error).partition("\n")[0]
        return None if any(words in said for words in _IN_USE) else said
    return None


def _list_kept(published: Path) -> list[Path]:
    """Kept versions, the newest first. Names begin with the second in which their run began."""
    found = versions_folder(published).glob(f"*{published.suffix}")
    return sorted(
        (path for path in found if path.is_file()),
        key=lambda path: (path.name.partition("-")[0], path.stat().st_mtime_ns),
        reverse=True,
    )


def _describe(path: Path, name: str, run: RunRecord | None, is_published: bool) -> Version:
    return Version(name, path, is_published, path.stat().st_size, run)


def _read_hashes(path: Path) -> set[str] | None:
    if not path.exists():
        return set()
    try:
        with open_read_only(path) as connection:
            rows = connection.execute("SELECT DISTINCT sha256 FROM core.document").fetchall()
    except duckdb.Error:
        return None
    return {sha256 for (sha256,) in rows}

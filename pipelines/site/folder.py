"""The folder of the site: only what changed is written, and what no page needs any more goes.

Belongs here: comparing, replacing in one step, and the list of what an earlier build wrote.
Does not belong here: what the files say.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.errors import PipelineError
from pipelines.inventory import hash_file

_LIST = ".written.json"
_NEW = ".new"


class ForeignFolderError(PipelineError):
    """The folder holds files that no build of the site wrote, and is not touched."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        super().__init__(
            "foreign_folder",
            f"{folder} holds other files and no site. Name an empty folder, or one of a site.",
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.folder,))


@dataclass(slots=True)
class SiteFolder:
    """A site being written. Paths are relative, with `/`. Raises OSError where the disk refuses."""

    root: Path
    before: frozenset[str]
    kept: set[str] = field(default_factory=set)
    written: int = 0

    def write_text(self, path: str, text: str) -> None:
        """Write a text file unless it says just that already."""
        self.write(path, text.encode("utf-8"))

    def write(self, path: str, content: bytes) -> None:
        """Write a file unless it has just these bytes already."""
        target = self._claim(path)
        if _read_if_there(target) != content:
            new = target.with_name(target.name + _NEW)
            new.write_bytes(content)
            os.replace(new, target)
            self.written += 1

    def copy(self, path: str, source: Path) -> Path:
        """Copy a file unless its bytes are there already; return where it is now."""
        target = self._claim(path)
        if not target.is_file() or hash_file(target) != hash_file(source):
            new = target.with_name(target.name + _NEW)
            shutil.copyfile(source, new)
            os.replace(new, target)
            self.written += 1
        return target

    def keep(self, path: str) -> bool:
        """Keep a file that is named after its content, if an earlier build wrote it."""
        is_there = path in self.before and (self.root / path).is_file()
        if is_there:
            self.kept.add(path)
        return is_there

    def finish(self) -> int:
        """Remove what earlier builds wrote and this one did not; return how many files went."""
        root = self.root.resolve()
        gone = [
            path
            for path in self.before - self.kept
            if (self.root / path).is_file() and (root / path).resolve().is_relative_to(root)
        ]
        for path in gone:
            (self.root / path).unlink()
        _remember(self.root, self.kept)
        return len(gone)

    def _claim(self, path: str) -> Path:
        self.kept.add(path)
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


def open_folder(root: Path) -> SiteFolder:
    """Take a folder for a site. What a killed build left is taken up by the next one.

    Raises:
        ForeignFolderError: it has files, and no build of a site has ever written to it.
    """
    remembered = root / _LIST
    if not remembered.is_file() and root.is_dir() and any(root.iterdir()):
        raise ForeignFolderError(str(root))
    root.mkdir(parents=True, exist_ok=True)
    before = frozenset(json.loads(remembered.read_text("utf-8"))) if remembered.is_file() else ()
    if not remembered.is_file():
        _remember(root, set())
    return SiteFolder(root, frozenset(before))


def _remember(root: Path, paths: set[str]) -> None:
    new = root / (_LIST + _NEW)
    new.write_text(json.dumps(sorted(paths), ensure_ascii=False, indent=0), encoding="utf-8")
    os.replace(new, root / _LIST)


def _read_if_there(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None

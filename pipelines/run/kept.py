"""Results that are kept from one run to the next, in a folder that is always safe to delete.

Belongs here: finding a result, keeping one, and dropping those that nobody has used for long.
Does not belong here: what a result depends on (`kept_key`), or its form (`kept_form`).

An entry is a file that is named after its key. It begins with a checksum over key and content: one
that is cut short, changed, or lies under another name is not there, and its document is read anew.
That finds damage; it is no seal, so whoever may write to the folder may write to the warehouse.

Nothing here ends a run. Several runs may share a folder: entries appear whole, in one step, and
what one drops another reads anew.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.inventory import Fault
from pipelines.run.kept_form import DamagedFormError, ReadDocument, unpack

DAY_S = 86_400
MEGABYTE = 1_000_000

_HEAD = b"minsheng result 1\n"
_ENTRY = re.compile(r"[0-9a-f]{64}\.kept")
_INCOMING = re.compile(r"incoming-\w+\.new")
_NOTE = ".gitignore"
_CHECKSUM_BYTES = hashlib.sha256().digest_size


@dataclass(slots=True)
class KeptResults:
    """The folder of a run's results. `most_days` and `most_mb` bound it; with no days or MB at all
    nothing is found and nothing kept. With `is_blind` nothing is found, and all is kept anew.

    `problem` is the system's first word on why something could not be kept, or None. `written` are
    the keys that this run has kept.
    """

    folder: Path
    most_days: int
    most_mb: int
    is_blind: bool = False
    problem: str | None = None
    written: list[str] = field(default_factory=list)

    @property
    def is_on(self) -> bool:
        """Whether anything is kept."""
        return self.most_days > 0 and self.most_mb > 0

    def find(self, key: str) -> ReadDocument | Fault | None:
        """The result of a key, which counts as used from now on; None where there is no sound one.

        A damaged entry is removed.
        """
        if self.is_blind or not self.is_on:
            return None
        path = self._path_of(key)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        result = _read_entry(key, content)
        with suppress(OSError):
            if result is None:
                path.unlink()
            else:
                os.utime(path)
        return result

    def keep(self, key: str, packed: bytes) -> None:
        """Keep a result, whole or not at all; once the disk refused one, no other is tried."""
        if not self.is_on or self.problem is not None:
            return
        path = self._path_of(key)
        incoming = None
        try:
            self._make_folder(path.parent)
            descriptor, incoming = tempfile.mkstemp(".new", "incoming-", path.parent)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(_seal(key, packed))
            # Not forced to the disk: after a power cut the checksum finds what did not get there.
            os.replace(incoming, path)
            self.written.append(key)
        except OSError as error:
            self.problem = error.strerror or str(error)
            if incoming is not None:
                with suppress(OSError):
                    os.unlink(incoming)

    def forget(self, keys: Collection[str]) -> None:
        """Drop the results of these keys."""
        for key in keys:
            with suppress(OSError):
                self._path_of(key).unlink()

    def tidy(self) -> int:
        """Drop what no run has used for so many days, then the longest unused beyond the size;
        return how many bytes are left."""
        now, left = time.time(), 0
        # What was used last comes first, and stays.
        for path, found in sorted(_list_files(self.folder), key=lambda each: -each[1].st_mtime):
            unused_days = (now - found.st_mtime) / DAY_S
            if _INCOMING.fullmatch(path.name):
                # Another run may be writing it now; after a day nobody is.
                is_due = unused_days > 1
            else:
                is_due = (
                    unused_days > self.most_days or left + found.st_size > self.most_mb * MEGABYTE
                )
            if is_due:
                with suppress(OSError):
                    path.unlink()
            else:
                left += found.st_size
        return left

    def _path_of(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.kept"

    def _make_folder(self, inner: Path) -> None:
        if inner.is_dir():
            return
        inner.mkdir(parents=True, exist_ok=True)
        note = self.folder / _NOTE
        if not note.exists():
            # Wherever the folder lies, none of it belongs into version control.
            note.write_text("*\n")


def _seal(key: str, packed: bytes) -> bytes:
    return _HEAD + hashlib.sha256(key.encode() + packed).digest() + packed


def _read_entry(key: str, content: bytes) -> ReadDocument | Fault | None:
    """What was sealed under this key; None where anything is not as it was written."""
    packed = content[len(_HEAD) + _CHECKSUM_BYTES :]
    if content != _seal(key, packed):
        return None
    try:
        return unpack(packed)
    except DamagedFormError:
        return None


def _list_files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Every entry, whole or incoming; nothing else that may lie there is ever touched."""
    with suppress(OSError):
        for inner in list(os.scandir(folder)):
            if len(inner.name) != 2 or not inner.is_dir(follow_symlinks=False):
                continue
            with suppress(OSError):
                for entry in list(os.scandir(inner.path)):
                    if _ENTRY.fullmatch(entry.name) or _INCOMING.fullmatch(entry.name):
                        with suppress(OSError):
                            yield Path(entry.path), entry.stat(follow_symlinks=False)

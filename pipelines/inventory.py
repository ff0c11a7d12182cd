"""What lies in the raw folder: which files are sources, by what id, and which cannot be.

Belongs here: walking the folder and its subfolders, names and ids, content hashes, and refusing by
name what is no file (pipes, links that lead out, folders that cannot be opened).
Does not belong here: what people wrote beside the sources (`sources`), or opening a document.

Whatever a file system can hold as a name is a document's name: bytes that are no UTF-8 are shown
as the Chinese that Windows would show, or byte by byte.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

CONTROL_FILES = frozenset(
    {
        "accepted_discrepancies.yml",
        "accepted_links.yml",
        "accepted_losses.yml",
        "accepted_readings.yml",
        "settings.yml",
        "sources.yml",
    }
)
"""Files of the raw folder itself in which people write; each is read by the part it concerns."""

_NOTES = frozenset({".md"})
_YAML = frozenset({".yml", ".yaml"})
_READ_BYTES = 1 << 20
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that a terminal or an editor does not show, or shows as something else."""
_WINDOWS_CHINESE = "gb18030"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something in the raw folder is not opened: a stable code, and what to do about it."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file of the raw folder. `sha256` is of its bytes, in hex; empty where it cannot be read.

    `document_id` is its name without the ending, with the folders that lead to it (`2024/plan`).
    `conflict` names the file that already has this id, if another one does; the id is then the
    whole name, so that the refusal of the one says nothing about the other. `copy_of` names an
    earlier file of the very same bytes. `fault` says why it must not be opened at all. `name` is
    its name as people are told it.
    """

    path: Path
    document_id: str
    sha256: str
    conflict: str | None = None
    copy_of: str | None = None
    fault: Fault | None = None
    name: str = ""

    @property
    def file_name(self) -> str:
        """The name with the folders that lead to it, in characters that can be shown."""
        return self.name or show_name(self.path.name)


OWN_WORDS = "vocabulary"
"""The folder beside the sources in which a person keeps words of their own."""


def show_name(name: str) -> str:
    """A name in characters that can be shown and stored, one spelling for each name.

    Bytes that are no UTF-8 are read as Windows' Chinese encoding where they make sense as that;
    what still cannot be shown becomes `%` and the byte's two hexadecimal digits.
    """
    octets = os.fsencode(name)
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode_foreign(octets)
    return "".join(map(_escape, unicodedata.normalize("NFC", text)))


def _decode_foreign(octets: bytes) -> str:
    try:
        text = octets.decode(_WINDOWS_CHINESE)
    except UnicodeDecodeError:
        return octets.decode("utf-8", "surrogateescape")
    if any(unicodedata.category(character) in _UNSHOWN for character in text):
        return octets.decode("utf-8", "surrogateescape")
    return text


def _escape(character: str) -> str:
    if unicodedata.category(character) not in _UNSHOWN:
        return character
    return "".join(f"%{octet:02X}" for octet in character.encode("utf-8", "surrogateescape"))


def document_id_of(file_name: str) -> str:
    """The id of the document in a file: its name without the ending, folders included."""
    ending = PurePosixPath(file_name).suffix
    stem = file_name.removesuffix(ending) if ending else file_name
    return stem if stem.rsplit("/", 1)[-1].strip() else file_name


def list_raw_files(raw: Path) -> tuple[RawFile, ...]:
    """Everything in a folder and its subfolders that is meant as a source, by name, not hashed yet.

    Hidden and temporary files, files of notes (`.md`) and the control files are not sources. Files
    of unknown formats are listed, so that they are refused by name, not overlooked. A folder that
    does not exist has none.
    """
    if not raw.is_dir():
        return ()
    root = raw.resolve()
    found = [
        RawFile(path, document_id_of(name), "", fault=_find_fault(path, root, name), name=name)
        for path, name in _walk(raw)
    ]
    return tuple(sorted(found, key=lambda file: (file.file_name, os.fsencode(file.path))))


def find_misnamed_notes(raw: Path) -> tuple[str, ...]:
    """A problem for each file that is nearly named like a control file, so that nobody reads it."""
    wanted = {PurePosixPath(name).stem: name for name in CONTROL_FILES}
    problems: list[str] = []
    for path, name in _walk(raw) if raw.is_dir() else ():
        if path.suffix.lower() not in _YAML:
            continue
        control = wanted.get(path.stem.lower())
        if control is not None:
            problems.append(
                f"{name} is not read: only {control} in the raw folder itself is. Rename it, move "
                "it, or remove it"
            )
    return tuple(sorted(problems))


def _walk(raw: Path) -> Iterator[tuple[Path, str]]:
    """Every entry below the folder that may be a source, with its name as people are told it."""
    waiting: list[tuple[Path, str]] = [(raw, "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError:
            # The folder itself stands for what is in it: `_find_fault` says why it cannot be read.
            if folder != raw:
                yield folder, prefix.removesuffix("/")
            continue
        for entry in entries:
            if entry.name.startswith((".", "~$")):
                continue
            name = prefix + show_name(entry.name)
            path = folder / entry.name
            if name == OWN_WORDS and entry.is_dir():
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((path, f"{name}/"))
            elif name not in CONTROL_FILES and path.suffix.lower() not in _NOTES:
                yield path, name


def _find_fault(path: Path, root: Path, name: str) -> Fault | None:
    if path.is_symlink():
        return _find_fault_of_link(path, root, name)
    try:
        mode = path.lstat().st_mode
    except OSError:
        # It went away since it was listed: whoever reads it says so.
        return None
    if stat.S_ISDIR(mode):
        return Fault(
            "unreadable_folder",
            f"The folder {name} cannot be opened, so nothing in it was read. Give it the right to "
            "be read, or move it out of the raw folder.",
        )
    if not stat.S_ISREG(mode):
        return Fault(
            "not_a_file",
            f"{name} is no file but a pipe, a socket or a device, and was not opened. Remove it "
            "from the raw folder.",
        )
    return None


def _find_fault_of_link(path: Path, root: Path, name: str) -> Fault | None:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return Fault(
            "dangling_link",
            f"{name} is a link to something that is not there. Put the file itself in its place, "
            "or remove the link.",
        )
    if not target.is_relative_to(root):
        return Fault(
            "link_leads_out",
            f"{name} is a link that leads out of the raw folder, and was not followed. Put the "
            "file itself in its place.",
        )
    if not target.is_file():
        return Fault(
            "linked_folder",
            f"{name} is a link to something that is no file. Put the file itself in its place, or "
            "remove the link.",
        )
    return None


def take_inventory(
    raw: Path, most_bytes: int | None = None, incumbents: Mapping[str, str] | None = None
) -> tuple[RawFile, ...]:
    """Every source with its content hash, by name. The second file of an id is a conflict.

    Files of more than `most_bytes` are named as too large and not even hashed. `incumbents` are the
    file names of published documents by id. The file that a document was published from keeps its
    id, whatever name comes beside it; else the first by name has it.
    """
    listed = [_weigh(file, most_bytes) for file in list_raw_files(raw)]
    owners = {
        file.document_id: str(file.path)
        for file in listed
        if (incumbents or {}).get(file.document_id) == file.file_name
    }
    # What can be opened comes first: a pipe must not take the name of a document.
    for file in sorted(listed, key=lambda file: file.fault is not None):
        owners.setdefault(file.document_id, str(file.path))
    taken = set(owners)
    names = {str(file.path): file.file_name for file in listed}
    originals: dict[str, str] = {}
    files: list[RawFile] = []
    for file in listed:
        owner = owners[file.document_id]
        sha256 = "" if file.fault else hash_if_readable(file.path)
        original = originals.setdefault(sha256, file.file_name)
        is_owner = owner == str(file.path)
        files.append(
            replace(
                file,
                document_id=file.document_id if is_owner else _find_free(file.file_name, taken),
                sha256=sha256,
                conflict=None if is_owner or file.fault else names[owner],
                copy_of=original if sha256 and original != file.file_name else None,
            )
        )
    return tuple(files)


def _weigh(file: RawFile, most_bytes: int | None) -> RawFile:
    if most_bytes is None or file.fault is not None:
        return file
    try:
        size = file.path.stat().st_size
    except OSError:
        return file
    if size <= most_bytes:
        return file
    fault = Fault(
        "too_large",
        f"{file.file_name} has {size / 1e6:,.0f} MB, more than the {most_bytes / 1e6:,.0f} MB that "
        "a source may have, and was not opened. Replace it by a smaller file, or raise the limit "
        "`file_mb` in the settings.",
    )
    return replace(file, fault=fault)


def _find_free(name: str, taken: set[str]) -> str:
    """The name, or the name with a number, such that no other document has it."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    taken.add(free)
    return free


def hash_file(path: Path) -> str:
    """The sha256 of a file's bytes, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_READ_BYTES):
            digest.update(block)
    return digest.hexdigest()


def hash_if_readable(path: Path) -> str:
    """The sha256 of a file's bytes, in hex; empty where they cannot be had.

    A file without read permission, or one that is being removed, is its own trouble: whoever reads
    it says so, and the other files go on.
    """
    try:
        return hash_file(path)
    except OSError:
        return ""

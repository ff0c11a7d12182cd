"""A Word file as a package: parts by name, and what each part refers to.

Belongs here: ZIP members, relations, and XML made ready to be walked. A relation whose target is
missing costs that target, never the file; macro-enabled files and templates are packages like any
other; the strict variant's namespaces are read as the usual ones. Source: ISO/IEC 29500-1 and -2.
Does not belong here: what stands in a part.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from docx.oxml import parse_xml as parse_oxml

_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMESPACES = {
    b"wordprocessingml/main": b"wordprocessingml/2006/main",
    b"officeDocument/math": b"officeDocument/2006/math",
    b"officeDocument/relationships": b"officeDocument/2006/relationships",
    b"drawingml/main": b"drawingml/2006/main",
    b"drawingml/chart": b"drawingml/2006/chart",
    b"drawingml/diagram": b"drawingml/2006/diagram",
    b"drawingml/picture": b"drawingml/2006/picture",
    b"drawingml/wordprocessingDrawing": b"drawingml/2006/wordprocessingDrawing",
}
"""The strict variant's names beside those of the usual one, both without their beginnings."""
_USUAL = b"http://schemas.openxmlformats.org/"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
# python-docx's parser leaves entities unresolved: a document must not reach out of itself. Its
# package is not used, for it refuses a file whose relations, variant or type it does not know.


class NotAPackage(Exception):
    """The archive holds no main document."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: its kind (`header`, `image`), and a part's name or an address."""

    kind: str
    target: str
    is_external: bool = False


class Part:
    """One member of the package."""

    def __init__(self, package: Package, name: str, blob: bytes) -> None:
        self.package = package
        self.name = name
        self.blob = blob

    @cached_property
    def root(self) -> Any:
        """The root of its XML."""
        return parse_xml(self.blob)

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """What it refers to, by identifier, in the file's order."""
        return self.package.read_relations(self.name)

    def follow(self, identifier: str | None) -> Part | None:
        """The part behind a relation; None where it is external, or missing."""
        relation = self.relations.get(identifier or "")
        if relation is None or relation.is_external:
            return None
        return self.package.find(relation.target)

    def find_related(self, kind: str) -> Part | None:
        """The first part of a kind that this one refers to; None without one."""
        for relation in self.relations.values():
            if relation.kind == kind and not relation.is_external:
                return self.package.find(relation.target)
        return None


class Package:
    """The parts of a Word file."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            # Names of parts do not depend on the case of their letters.
            self._blobs = {
                name.replace("\\", "/").lower(): archive.read(name)
                for name in archive.namelist()
                if not name.endswith("/")
            }
        self._parts: dict[str, Part] = {}

    @cached_property
    def main(self) -> Part:
        """The part that holds the body; raises `NotAPackage` without one."""
        for relation in self.read_relations("").values():
            if relation.kind == "officeDocument" and not relation.is_external:
                part = self.find(relation.target)
                if part is not None:
                    return part
        raise NotAPackage("it names no main document")

    def find(self, name: str) -> Part | None:
        """The part of that name; None where the package lacks it."""
        key = name.lower()
        if key not in self._blobs:
            return None
        if key not in self._parts:
            self._parts[key] = Part(self, name, self._blobs[key])
        return self._parts[key]

    def read_relations(self, name: str) -> dict[str, Relation]:
        """What the part of that name refers to; the package itself has no name."""
        folder, file_name = posixpath.split(name)
        blob = self._blobs.get(posixpath.join(folder, "_rels", f"{file_name}.rels").lower())
        if blob is None:
            return {}
        return {
            element.get("Id", ""): _read_relation(element, folder)
            for element in parse_xml(blob)
            if isinstance(element.tag, str)
        }

    def read_properties(self) -> dict[str, str]:
        """The file's own title, author, subject and dates, as far as it has them."""
        for relation in self.read_relations("").values():
            if relation.kind == "core-properties" and not relation.is_external:
                part = self.find(relation.target)
                return _read_core(part.root) if part is not None else {}
        return {}


def parse_xml(blob: bytes) -> Any:
    """The root of an XML part, in the usual namespaces."""
    if _STRICT in blob:
        for strict, usual in _NAMESPACES.items():
            blob = blob.replace(_STRICT + strict, _USUAL + usual)
    return parse_oxml(blob)


def _read_relation(element: Any, folder: str) -> Relation:
    kind = element.get("Type", "").rsplit("/", 1)[-1]
    target = element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relation(kind, target, is_external=True)
    path = unquote(target.split("#", 1)[0]).replace("\\", "/")
    is_absolute = path.startswith("/")
    joined = path.lstrip("/") if is_absolute else posixpath.join(folder, path)
    return Relation(kind, posixpath.normpath(joined))


def _read_core(root: Any) -> dict[str, str]:
    found = {
        "Title": _read_text(root, f"{_DUBLIN_CORE}title"),
        "Author": _read_text(root, f"{_DUBLIN_CORE}creator"),
        "Subject": _read_text(root, f"{_DUBLIN_CORE}subject"),
        "CreationDate": _read_moment(root, f"{_TERMS}created"),
        "ModDate": _read_moment(root, f"{_TERMS}modified"),
    }
    return {key: value for key, value in found.items() if value}


def _read_text(root: Any, tag: str) -> str:
    element = root.find(tag)
    return (element.text or "") if element is not None else ""


def _read_moment(root: Any, tag: str) -> str:
    text = _read_text(root, tag).strip()
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return text

"""Where each page lies within the site, and how one page names another.

Belongs here: file names that every file system and web server takes, whatever stands in an id.
Does not belong here: what stands on the pages.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from urllib.parse import quote

_MOST_READABLE = 60
_HASH_DIGITS = 8
_SAFE = "=&/@"


def slug(identifier: str) -> str:
    """A file name for an id: its plain letters, and a hash that keeps apart what they do not.

    Ids hold whatever a source's file name holds, capitals among them, and some file systems take
    `A` and `a` for one name.
    """
    readable = re.sub(r"[^a-z0-9.]+", "-", identifier.lower()).strip("-.")[-_MOST_READABLE:]
    digest = hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable.strip('-.')}-{digest[:_HASH_DIGITS]}".lstrip("-")


def promise_path(commitment_id: str) -> str:
    """The page of a commitment."""
    return f"promises/{slug(commitment_id)}.html"


def plan_path(document_id: str) -> str:
    """The page of a document with all its lines."""
    return f"plans/{slug(document_id)}.html"


def matrix_path(document_id: str) -> str:
    """The page with the shares of a document as a heat map."""
    return f"places/{slug(document_id)}.html"


def link(to: str, within: str, fragment: str = "") -> str:
    """A relative address of page `to`, as page `within` names it."""
    relative = posixpath.relpath(to, posixpath.dirname(within) or ".")
    return quote(relative) + (f"#{quote(fragment, safe=_SAFE)}" if fragment else "")

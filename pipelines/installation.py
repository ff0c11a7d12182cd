"""Where the project's own files lie, and what it runs with: in a checkout, or from a wheel.

Belongs here: the paths of what ships with the code, the folder that commands work in unless told
otherwise, and the versions of the libraries. Does not belong here: what any of the files says.
Imports nothing but the standard library.

In a checkout `sql/` lies beside the packages, and so do `raw/` and `warehouse/`. A wheel carries
`sql/` within the package; there is no project folder then, and the current one takes its place.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import metadata
from pathlib import Path

DISTRIBUTION = "minsheng-warehouse"

PACKAGE = Path(__file__).resolve().parent
_WITHIN = PACKAGE / "sql"

IS_INSTALLED = _WITHIN.is_dir()
"""Whether this runs from a wheel, without a checkout around it."""

SQL = _WITHIN if IS_INSTALLED else PACKAGE.parent / "sql"

HOME = Path() if IS_INSTALLED else PACKAGE.parent
"""Where `raw/` and `warehouse/` are looked for: the checkout, or the current folder."""

_PACKAGES = tuple(PACKAGE.parent / name for name in ("extractors", "pipelines"))
CODE = _PACKAGES if IS_INSTALLED else (*_PACKAGES, SQL, PACKAGE.parent / "requirements.lock")
"""All whose change may change what a document is read as. The lock stands for the libraries."""

COMMAND = "minsheng" if IS_INSTALLED else ".venv/bin/minsheng"
"""How a person calls the command here."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_OF_AN_EXTRA = re.compile(r"\bextra\s*==")


@cache
def list_libraries() -> tuple[str, ...]:
    """`name==version` of every library that an installed project runs with, its own ones' too.

    Nothing in a checkout, whose lock file says the same.
    """
    if not IS_INSTALLED:
        return ()
    found: dict[str, str] = {}
    waiting = [DISTRIBUTION]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            # For another system or another Python: it is not part of what runs here.
            found[name] = ""
            continue
        found[name] = distribution.version
        waiting += _list_required(distribution)
    return tuple(f"{name}=={version}" for name, version in sorted(found.items()) if version)


def read_version() -> str:
    """The version of the project as installed."""
    return metadata.version(DISTRIBUTION)


def _list_required(distribution: metadata.Distribution) -> list[str]:
    """The names of what it needs, one spelling a name, less what only an extra asks for."""
    names = []
    for requirement in distribution.requires or ():
        found = _NAME.match(requirement)
        if found and not _OF_AN_EXTRA.search(requirement):
            names.append(re.sub(r"[-_.]+", "-", found[0]).lower())
    return names

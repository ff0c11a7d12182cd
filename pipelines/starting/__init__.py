"""A raw folder to start from: notes for people, all of their lines examples.

Belongs here: what `minsheng init` writes, and that it overwrites nothing. The texts lie in `raw/`
beside this file; what follows from elsewhere (settings, the columns of words) is added to them, so
that it is said once. Does not belong here: reading any of the files.

In each file prose follows `# `, one space; a line that begins otherwise with `#` is an example, and
is read without the `#`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from pipelines.errors import PipelineError
from pipelines.inventory import OWN_WORDS
from pipelines.run.settings import SETTINGS_FILE, Settings
from pipelines.vocabulary import FOLDER as WORDS
from pipelines.word_files import COMMENT

PROSE = re.compile(r"#( \S|$)")
_TEMPLATES = Path(__file__).with_name("raw")


class WouldOverwriteError(PipelineError):
    """Something of what would be written is there already; nothing was written."""

    def __init__(self, message: str) -> None:
        super().__init__("would_overwrite", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


def start_folder(folder: Path) -> tuple[Path, ...]:
    """Write `folder/raw` with its notes; return the files, in order.

    Documents may lie there already. Raises WouldOverwriteError where one of the notes does, and
    OSError where the folder refuses.
    """
    raw = folder / "raw"
    texts = {raw / name: text for name, text in _compose()}
    present = [path for path in texts if path.exists() or path.is_symlink()]
    if present:
        named = ", ".join(str(path.relative_to(folder)) for path in present)
        raise WouldOverwriteError(
            f"{folder} has these already: {named}. Nothing was written; name another folder."
        )
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Exclusive: what came in between is not overwritten either.
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return tuple(texts)


def _compose() -> Iterator[tuple[str, str]]:
    """The files' names, relative to the raw folder, with their texts."""
    for path in sorted(path for path in _TEMPLATES.rglob("*") if path.is_file()):
        name = path.relative_to(_TEMPLATES)
        text = path.read_text(encoding="utf-8")
        if name.parts[0] == OWN_WORDS:
            text = _add_columns(text, _read_columns(WORDS / name.name))
        yield name.as_posix(), text
    yield SETTINGS_FILE, "\n".join(_describe_settings())


def _read_columns(path: Path) -> str:
    """The line with a table's columns."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.strip() and not line.startswith(COMMENT))


def _add_columns(text: str, columns: str) -> str:
    """The columns before the first example, where they stay once it is one no more."""
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if not PROSE.match(line))
    return "\n".join((*lines[:first], columns, *lines[first:], ""))


def _describe_settings() -> Iterator[str]:
    yield "# What may be set for this warehouse; what is left out is as shown here. Take away the #"
    yield "# to change what follows it. A name that nobody knows is an error."
    for setting in fields(Settings):
        yield ""
        if "least" in setting.metadata:
            yield f"# From {setting.metadata['least']} to {setting.metadata['most']}:"
        yield f"# {setting.metadata['says']}"
        yield f"#{setting.name}: {setting.default}"
    yield ""

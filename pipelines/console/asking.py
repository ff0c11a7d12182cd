"""The commands that say how things are: the last run, what is published, a single fact.

Belongs here: what each of these commands takes, whom it asks, which part of the answer is shown.
Does not belong here: finding anything out (`summary`, `last_run`, `tracing`), lay-out
(`narration`), or questions in SQL (`inquiring`). Everything that takes long to import is imported
by the command that needs it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from pipelines.console.as_json import print_json
from pipelines.console.options import (
    AsJson,
    Raw,
    Warehouse,
    errors_told,
    exit_as,
    require_published,
    resolve,
    resolve_published,
)

if TYPE_CHECKING:
    from pipelines.console.tracing import Trace
    from pipelines.run.intake import Folders


def status(
    raw: Raw = None,
    warehouse: Warehouse = None,
    unresolved: Annotated[
        bool,
        typer.Option("--unresolved", help="List the printed numbers that were not understood."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say whether the last run was good, what is held back and why, what waits for a person.

    Exit status: **0** the last run was good, **2** something waits for a person, **1** the last run
    failed: what is published is older.
    """
    console = Console(highlight=False)
    folders = resolve(raw, warehouse)
    with errors_told(console, as_json=as_json):
        if unresolved:
            _tell_unresolved(console, folders, as_json)
            return
        from pipelines.console.last_run import judge_last_run
        from pipelines.console.summary import read_summary
        from pipelines.run.refresh import has_nothing_new

        is_published = folders.warehouse.is_file()
        summary = read_summary(folders.warehouse) if is_published else None
        last = judge_last_run(folders.warehouse, summary)
        if last is None:
            # A file that no run of ours wrote has no verdict; without one there is nothing to tell.
            require_published(folders)
        is_current = summary is not None and has_nothing_new(folders)
        if as_json:
            print_json({"last_run": last, "is_current": is_current, "published": summary})
        else:
            from pipelines.console.narration import print_status

            print_status(console, last, summary, is_current=is_current)
        exit_as(last.exit_status if last else 0)


def _tell_unresolved(console: Console, folders: Folders, as_json: bool) -> None:
    from pipelines.console.narration import print_unresolved
    from pipelines.console.summary import read_unresolved

    require_published(folders)
    found = read_unresolved(folders.warehouse)
    if as_json:
        print_json(found)
    else:
        print_unresolved(console, found)


def versions(warehouse: Warehouse = None, as_json: AsJson = False) -> None:
    """List the published version and those kept behind it, with what each changed."""
    console = Console(highlight=False)
    folders = resolve(None, warehouse)
    with errors_told(console, as_json=as_json):
        from pipelines.console.narration import print_versions
        from pipelines.publishing.versions import list_versions, measure_archive

        found = list_versions(folders.warehouse)
        if not found:
            require_published(folders)
        if as_json:
            print_json(found)
        else:
            print_versions(console, found, measure_archive(folders.warehouse))


def trace(
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Any id of the warehouse, a part of one, or a region's name."
        ),
    ],
    image: Annotated[
        Path | None,
        typer.Option(
            "--image",
            metavar="FILE.png",
            dir_okay=False,
            help="Also draw the page with the place marked (PDF only).",
        ),
    ] = None,
    version: Annotated[
        str | None,
        typer.Option("--version", metavar="VERSION", help="Ask a kept version: minsheng versions."),
    ] = None,
    raw: Raw = None,
    warehouse: Warehouse = None,
    as_json: AsJson = False,
) -> None:
    """Show where a fact is printed: document, page, table, row, column, and the text to the letter.

    A district's share has the id `TARGET@REGION`, a responsibility `COMMITMENT/ROLE/POSITION`.
    """
    console = Console(highlight=False)
    folders = resolve(raw, warehouse)
    with errors_told(console, as_json=as_json):
        require_published(folders)
        from pipelines.console.narration import print_trace
        from pipelines.console.tracing import trace_fact
        from pipelines.publishing.versions import find_version

        asked = find_version(folders.warehouse, version) if version else folders.warehouse
        found = trace_fact(asked, wanted)
        picture = _draw(found, folders, image) if image is not None else None
        if as_json:
            print_json(found)
        else:
            print_trace(console, found, picture)


def rules(warehouse: Warehouse = None, as_json: AsJson = False) -> None:
    """List the rules by which numbers and words are understood, and how often each decided; last
    the guards by which a line or document is held back.

    The rules of a list are tried in order and the first that applies wins; `core.figure.rule` names
    it for each number, `core.statement` for what is said in words, and so does `minsheng trace`.
    """
    console = Console(highlight=False)
    with errors_told(console, as_json=as_json):
        published = resolve_published(warehouse)
        from pipelines.console.narration import print_rules
        from pipelines.console.rule_counts import count_rules

        counts = count_rules(published)
        if as_json:
            print_json(counts)
        else:
            print_rules(console, counts)


def suggest(warehouse: Warehouse = None, as_json: AsJson = False) -> None:
    """List words that the vocabulary lacks: the file, and the line to add to it.

    Nothing is guessed: each line is for a person to look at, correct and add.
    """
    console = Console(highlight=False)
    with errors_told(console, as_json=as_json):
        published = resolve_published(warehouse)
        from pipelines.console.narration import print_suggestions
        from pipelines.console.summary import read_suggestions

        found = read_suggestions(published)
        if as_json:
            print_json(found)
        else:
            print_suggestions(console, found)


def _draw(found: Trace, folders: Folders, image: Path) -> str:
    """Draw the page; what came of it, in words."""
    from pipelines.console.tracing import NoPictureError, draw_trace

    try:
        draw_trace(found, folders, image)
    except NoPictureError as error:
        return f"none: {error.message}"
    unmarked = "" if found.box else " (the page; the place on it is not marked)"
    return f"{image}{unmarked}"

"""The commands by which something comes to be: a folder to start from, a version that is published.

Belongs here: what each of these commands takes, does in which order, and says.
Does not belong here: the work (`pipelines.run`, `pipelines.publishing`), or commands that only read
(`asking`). Everything that takes long to import is imported by the command that needs it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from pipelines.console.as_json import print_json
from pipelines.console.options import (
    AsJson,
    Raw,
    Warehouse,
    errors_told,
    exit_as,
    resolve,
)

if TYPE_CHECKING:
    from pipelines.console.summary import Summary
    from pipelines.run.intake import Folders


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Where to make it.", show_default="this one")
    ] = Path(),
    as_json: AsJson = False,
) -> None:
    """Make a folder raw/ to start from: what goes there, and notes with examples to fill in.

    Nothing is overwritten: where one of the files is there already, none is written.
    """
    console = Console(highlight=False)
    with errors_told(console, as_json=as_json):
        from pipelines.starting import start_folder

        written = start_folder(folder)
        if as_json:
            print_json(written)
            return
        for path in written:
            console.print(f"  {escape(str(path))}", soft_wrap=True)
        raw, warehouse = folder / "raw", folder / "warehouse" / "minsheng.duckdb"
        console.print(
            f"[green]✓[/] Put PDF and Word files into {escape(str(raw))}, then: "
            f"minsheng refresh --raw {escape(str(raw))} --warehouse {escape(str(warehouse))}",
            soft_wrap=True,
        )


def refresh(
    raw: Raw = None,
    warehouse: Warehouse = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="Refresh even if nothing has changed, and read every document anew."
        ),
    ] = False,
    accept_loss: Annotated[
        list[str] | None,
        typer.Option(
            "--accept-loss",
            metavar="DOCUMENT",
            help="Let the published facts go that this document has no more. May be repeated.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read the sources, check what they say, publish the warehouse.

    Nothing is published that breaks a critical rule: the document that does is held back, its last
    good version stays, and all others go out. So it is with one that has lost much, or is gone,
    until a person accepts that. Exit status: **0** all is published, **2** something was held back
    or quarantined, **1** the run itself failed and the published file is as it was.
    """
    console = Console(highlight=False)
    folders = replace(resolve(raw, warehouse, tuple(accept_loss or ())), reads_anew=force)
    with errors_told(console, as_json=as_json):
        from pipelines.run.refresh import has_nothing_new

        if has_nothing_new(folders):
            _tell_unchanged(console, folders, as_json)
            return
        from pipelines.console.narration import LiveProgress, print_next_steps, print_summary
        from pipelines.run.job import run_refresh_job

        # Whoever reads the answer as JSON can still see on the other output how far it is.
        shown = Console(stderr=True, highlight=False) if as_json else console
        with LiveProgress(shown) as progress:
            summary = run_refresh_job(folders, progress)
        if as_json:
            _print_as_json(folders, summary, is_new=True)
        else:
            print_summary(console, summary)
            for name in _list_needless(folders, summary):
                console.print(
                    f"[yellow]--accept-loss {escape(name)}:[/] no published document of this name "
                    "has lost anything; nothing was accepted."
                )
            print_next_steps(console, summary)
        exit_as(summary.exit_status)


def rollback(
    version: Annotated[
        str, typer.Argument(metavar="VERSION", help="Its name, as `minsheng versions` lists it.")
    ],
    raw: Raw = None,
    warehouse: Warehouse = None,
    as_json: AsJson = False,
) -> None:
    """Publish an earlier version again, in one step, whole and with its checks known.

    It stays until a source, a signature or the code changes, or `minsheng refresh --force` is run.
    """
    console = Console(highlight=False)
    folders = resolve(raw, warehouse)
    with errors_told(console, as_json=as_json):
        from datetime import UTC, datetime

        from pipelines.publishing.rollback import roll_back
        from pipelines.run.attempt import ending_logged, new_run_id
        from pipelines.run.settings import read_settings

        kept = read_settings(folders.raw).kept_versions
        with ending_logged(folders.warehouse):
            run_id = new_run_id(datetime.now(UTC))
            record = roll_back(folders.warehouse, version, run_id, kept=kept)
        if as_json:
            print_json(record)
            return
        console.print(
            f"[green]✓[/] {record.message}, as {record.run_id}: {record.added} facts came, "
            f"{record.removed} went, {record.changed} changed."
        )


def _list_needless(folders: Folders, summary: Summary) -> list[str]:
    """Losses that were accepted and are none: a misspelt name must not pass for a yes."""
    accepted = {line.document_id for line in summary.losses if line.status == "accepted"}
    return [name for name in folders.accept_losses if name not in accepted]


def _print_as_json(folders: Folders, summary: Summary, *, is_new: bool) -> None:
    print_json(
        {
            "is_new": is_new,
            "exit_status": summary.exit_status,
            "published": summary,
            "needless_accept_loss": _list_needless(folders, summary),
        }
    )


def _tell_unchanged(console: Console, folders: Folders, as_json: bool) -> None:
    from pipelines.console.narration import print_next_steps
    from pipelines.console.summary import read_summary
    from pipelines.run.attempt import log_unchanged

    summary = read_summary(folders.warehouse)
    log_unchanged(folders.warehouse)
    if as_json:
        _print_as_json(folders, summary, is_new=False)
        exit_as(summary.exit_status)
        return
    console.print(
        f"[green]✓[/] Nothing has changed since {summary.finished}: nothing was published. "
        "[dim](--force refreshes all the same)[/]"
    )
    for line in summary.held:
        console.print(f"  [yellow]still {line.status}[/] {escape(line.document_id)}")
    print_next_steps(console, summary)
    exit_as(summary.exit_status)

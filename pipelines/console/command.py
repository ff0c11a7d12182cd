"""The command `minsheng`: refresh the warehouse, ask what it holds, follow a fact to its page.

Belongs here: arguments, wording, exit statuses. Does not belong here: any work. Everything that
takes long to import is imported by the command that needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from pipelines.console.arguments import (
    EXIT_FAILED,
    Raw,
    Warehouse,
    errors_told,
    require_published,
    resolve_folders,
)
from pipelines.console.site_command import site
from pipelines.run.logs import LOG_VARIABLE, listen
from pipelines.run.workers import GC_THRESHOLDS

if TYPE_CHECKING:
    from pipelines.console.summary import Summary
    from pipelines.console.tracing import Trace
    from pipelines.run.intake import Folders

app = typer.Typer(
    name="minsheng",
    help="Public commitments (民生实事) of city governments: from their documents to a checked "
    "DuckDB warehouse.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
vocabulary = typer.Typer(
    help="The words that the documents are read by.", no_args_is_help=True, add_completion=False
)
app.add_typer(vocabulary, name="vocabulary")


@app.command()
def refresh(
    raw: Raw = None,
    warehouse: Warehouse = None,
    force: Annotated[
        bool, typer.Option("--force", help="Refresh even if nothing has changed.")
    ] = False,
    accept_loss: Annotated[
        list[str] | None,
        typer.Option(
            "--accept-loss",
            metavar="DOCUMENT",
            help="Let the published facts go that this document has no more. May be repeated.",
        ),
    ] = None,
) -> None:
    """Read the sources, check what they say, publish the warehouse.

    Nothing is published that breaks a critical rule: the document that does is held back, its last
    good version stays, and all others go out. So it is with one that has lost much, or is gone,
    until a person accepts that. Exit status: **0** all is published, **2** something was held back
    or quarantined, **1** the run itself failed and the published file is as it was.
    """
    console = Console(highlight=False)
    folders = resolve_folders(raw, warehouse, tuple(accept_loss or ()))
    with errors_told(console):
        from pipelines.run.refresh import has_nothing_new

        if not force and has_nothing_new(folders):
            _tell_unchanged(console, folders)
            return
        from pipelines.console.narration import LiveProgress, print_next_steps, print_summary
        from pipelines.run.job import run_refresh_job

        with LiveProgress(console) as progress:
            summary = run_refresh_job(folders, progress)
        print_summary(console, summary)
        _tell_needless(console, folders, summary)
        print_next_steps(console, summary)
        _exit_as(summary.exit_status)


@app.command()
def status(
    raw: Raw = None,
    warehouse: Warehouse = None,
    unresolved: Annotated[
        bool,
        typer.Option("--unresolved", help="List the printed numbers that were not understood."),
    ] = False,
) -> None:
    """Say whether the last run was good, what is held back and why, what waits for a person.

    Exit status: **0** the last run was good, **2** something waits for a person, **1** the last run
    failed: what is published is older.
    """
    console = Console(highlight=False)
    folders = resolve_folders(raw, warehouse)
    with errors_told(console):
        if unresolved:
            from pipelines.console.narration import print_unresolved
            from pipelines.console.summary import read_unresolved

            require_published(folders)
            print_unresolved(console, read_unresolved(folders.warehouse))
            return
        from pipelines.console.last_run import judge_last_run
        from pipelines.console.narration import print_last_run, print_next_steps, print_summary
        from pipelines.console.summary import read_summary
        from pipelines.run.refresh import has_nothing_new

        is_published = folders.warehouse.is_file()
        summary = read_summary(folders.warehouse) if is_published else None
        last = judge_last_run(folders.warehouse, summary)
        if last is None:
            require_published(folders)
            return
        print_last_run(console, last)
        if summary is not None:
            console.print(f"Published {summary.finished or 'at an unknown time'}")
            if not has_nothing_new(folders):
                console.print("[yellow]The sources or the code have changed since: make refresh[/]")
            print_summary(console, summary)
            print_next_steps(console, summary)
        _exit_as(last.exit_status)


@app.command()
def versions(warehouse: Warehouse = None) -> None:
    """List the published version and those kept behind it, with what each changed."""
    console = Console(highlight=False)
    folders = resolve_folders(None, warehouse)
    with errors_told(console):
        from pipelines.console.narration import print_versions
        from pipelines.publishing.versions import list_versions, measure_archive

        found = list_versions(folders.warehouse)
        if not found:
            require_published(folders)
        print_versions(console, found, measure_archive(folders.warehouse))


@app.command()
def rollback(
    version: Annotated[
        str, typer.Argument(metavar="VERSION", help="Its name, as `minsheng versions` lists it.")
    ],
    raw: Raw = None,
    warehouse: Warehouse = None,
) -> None:
    """Publish an earlier version again, in one step, whole and with its checks known.

    It stays until a source, a signature or the code changes, or `minsheng refresh --force` is run.
    """
    console = Console(highlight=False)
    folders = resolve_folders(raw, warehouse)
    with errors_told(console):
        from datetime import UTC, datetime

        from pipelines.publishing.rollback import roll_back
        from pipelines.run.attempt import ending_logged, new_run_id
        from pipelines.run.settings import read_settings

        kept = read_settings(folders.raw).kept_versions
        with ending_logged(folders.warehouse):
            run_id = new_run_id(datetime.now(UTC))
            record = roll_back(folders.warehouse, version, run_id, kept=kept)
        console.print(
            f"[green]✓[/] {record.message}, as {record.run_id}: {record.added} facts came, "
            f"{record.removed} went, {record.changed} changed."
        )


@app.command()
def trace(
    fact_id: Annotated[
        str, typer.Argument(metavar="ID", help="Any id of the warehouse: a target's, a figure's, …")
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
) -> None:
    """Show where a fact is printed: document, page, table, row, column, and the text to the letter.

    A district's share has the id `TARGET@REGION`, a responsibility `COMMITMENT/ROLE/POSITION`.
    """
    console = Console(highlight=False)
    folders = resolve_folders(raw, warehouse)
    with errors_told(console):
        require_published(folders)
        from pipelines.console.tracing import trace_fact
        from pipelines.publishing.versions import find_version

        asked = find_version(folders.warehouse, version) if version else folders.warehouse
        found = trace_fact(asked, fact_id)
        places = {
            "fact": f"{found.fact_id} ({found.fact_kind})",
            "document": found.file_name,
            "page": found.page,
            "table": found.table_no,
            "row" if found.table_no else "paragraph": found.row_no,
            "column": found.col_no,
            "characters": _span(found.char_start, found.char_end),
            "number": found.figure_as_printed,
            "by the rule": found.rule,
            "around it": found.context,
            "as printed": found.as_printed,
        }
        for name, value in places.items():
            if value is not None:
                text = escape(str(value)).replace("\n", "\n              ")
                console.print(f"[dim]{name:>12}[/]  {text}", soft_wrap=True)
        if image is not None:
            _draw(console, found, folders, image)


@app.command()
def rules(warehouse: Warehouse = None) -> None:
    """List the rules by which numbers get their part, and how often each decided.

    The rules of a list are tried in order and the first that applies wins; `core.figure.rule` names
    it for each number, and so does `minsheng trace`.
    """
    console = Console(highlight=False)
    folders = resolve_folders(None, warehouse)
    with errors_told(console):
        require_published(folders)
        from pipelines.console.narration import print_rules
        from pipelines.console.rule_counts import count_rules

        print_rules(console, count_rules(folders.warehouse))


@vocabulary.command()
def suggest(warehouse: Warehouse = None) -> None:
    """List words that the vocabulary lacks: the file, and the line to add to it.

    Nothing is guessed: each line is for a person to look at, correct and add.
    """
    console = Console(highlight=False)
    folders = resolve_folders(None, warehouse)
    with errors_told(console):
        require_published(folders)
        from pipelines.console.summary import read_suggestions

        suggestions = read_suggestions(folders.warehouse)
        if not suggestions:
            console.print("The vocabulary knows every word of the published documents.")
        file = None
        for found in suggestions:
            if found.vocabulary != file:
                file = found.vocabulary
                console.print(f"\n[bold]raw/vocabulary/{escape(file or '')}[/]")
            console.print(
                f"  [dim]# {found.code}, {escape(found.document_id)}: "
                f"{escape(found.message.strip())}[/]",
                soft_wrap=True,
            )
            console.print(f"  {escape(found.line or found.as_printed)}", soft_wrap=True)


app.command()(site)


def _tell_needless(console: Console, folders: Folders, summary: Summary) -> None:
    """Of a loss that was accepted and is none: a misspelt name must not pass for a yes."""
    accepted = {line.document_id for line in summary.losses if line.status == "accepted"}
    for document_id in folders.accept_losses:
        if document_id not in accepted:
            console.print(
                f"[yellow]--accept-loss {escape(document_id)}:[/] no published document of this "
                "name has lost anything; nothing was accepted."
            )


def _tell_unchanged(console: Console, folders: Folders) -> None:
    from pipelines.console.narration import print_next_steps
    from pipelines.console.summary import read_summary
    from pipelines.run.attempt import log_unchanged

    summary = read_summary(folders.warehouse)
    log_unchanged(folders.warehouse)
    console.print(
        f"[green]✓[/] Nothing has changed since {summary.finished}: nothing was published. "
        "[dim](--force refreshes all the same)[/]"
    )
    for line in summary.held:
        console.print(f"  [yellow]still {line.status}[/] {escape(line.document_id)}")
    print_next_steps(console, summary)
    _exit_as(summary.exit_status)


def _exit_as(exit_status: int) -> None:
    if exit_status:
        raise typer.Exit(exit_status)


def _draw(console: Console, found: Trace, folders: Folders, image: Path) -> None:
    from pipelines.console.tracing import NoPictureError, draw_trace

    try:
        draw_trace(found, folders, image)
    except NoPictureError as error:
        said = f"none: {escape(error.message)}"
    else:
        unmarked = "" if found.box else " (the page; the place on it is not marked)"
        said = f"{escape(str(image))}{unmarked}"
    console.print(f"[dim]{'picture':>12}[/]  {said}", soft_wrap=True)


def _span(start: int | None, end: int | None) -> str | None:
    return None if start is None or end is None else f"{start} to {end}"


def main() -> None:
    """Entry point of the command `minsheng`."""
    # A run makes millions of objects that live to its end: looking through them for garbage, again
    # and again and once more at the exit, took a third of the time.
    gc.set_threshold(*GC_THRESHOLDS)
    try:
        listen()
    except OSError as error:
        print(f"✗ {LOG_VARIABLE}: the log cannot be written ({error}).", file=sys.stderr)
        sys.exit(EXIT_FAILED)
    try:
        app()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()

"""The command `minsheng`: which commands there are, and how it begins and ends.

Belongs here: the list of commands and what holds for the whole of it. Does not belong here: any
command (`running`, `asking`, `inquiring`), or what they share (`options`).
"""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from pipelines.console import asking, inquiring, running
from pipelines.console.options import EXIT_FAILED
from pipelines.console.site_command import site
from pipelines.run.logs import LOG_VARIABLE, listen
from pipelines.run.workers import GC_THRESHOLDS

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
for one in (
    running.init,
    running.refresh,
    asking.status,
    inquiring.questions,
    inquiring.query,
    inquiring.export,
    asking.trace,
    asking.rules,
    asking.versions,
    running.rollback,
    site,
):
    app.command()(one)
vocabulary.command()(asking.suggest)
app.add_typer(vocabulary, name="vocabulary")


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        from pipelines.run.intake import read_code_version

        typer.echo(f"minsheng {read_code_version()}")
        raise typer.Exit


@app.callback()
def begin(
    _: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_tell_version,
            is_eager=True,
            help="Print the version and the code's hash, as quality.run.code_version has it.",
        ),
    ] = False,
) -> None:
    """Public commitments (民生实事) of city governments: from documents to a checked warehouse."""


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

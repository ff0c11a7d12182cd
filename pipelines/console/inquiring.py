"""The commands that take something out of the published file: by SQL, by a question, as files.

Belongs here: what each of these commands takes, and how tables are laid out on a terminal.
Does not belong here: asking (`querying`), or writing files (`pipelines.exporting`). Everything that
takes long to import is imported by the command that needs it.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipelines.console.as_json import print_json
from pipelines.console.options import AsJson, Warehouse, errors_told, resolve_published

if TYPE_CHECKING:
    from pipelines.console.querying import Answer

_UNBOUNDED = 100_000
"""Characters a line where nobody's terminal would break it: what reads a pipe reads lines."""
_STANDARD_INPUT = "-"


class FileFormat(StrEnum):
    """The kinds of files that can be written."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


def query(
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help="The question; - reads it from standard input.")
    ],
    warehouse: Warehouse = None,
    as_json: AsJson = False,
) -> None:
    """Ask the published file in SQL. It can be read only, and nothing else can be reached.

    What to read first: `minsheng query "FROM README"`.
    """
    console = Console(highlight=False)
    with errors_told(console, as_json=as_json):
        published = resolve_published(warehouse)
        from pipelines.console.querying import ask

        _show(ask(published, sys.stdin.read() if sql == _STANDARD_INPUT else sql), as_json)


def questions(
    which: Annotated[
        str | None,
        typer.Argument(metavar="NUMBER", help="The one to answer; without it, all are listed."),
    ] = None,
    warehouse: Warehouse = None,
    as_json: AsJson = False,
) -> None:
    """List the questions that come with the project, or answer one of them."""
    console = Console(highlight=False)
    with errors_told(console, as_json=as_json):
        from pipelines.console.querying import ask, find_question, list_questions

        if which is not None:
            question = find_question(which)
            answer = ask(resolve_published(warehouse), question.sql)
            if not as_json:
                console.print(f"[bold]{escape(question.heading)}[/]", soft_wrap=True)
            _show(answer, as_json)
        elif as_json:
            print_json(list_questions())
        else:
            for question in list_questions():
                line = f"[bold]{question.number}[/]  {escape(question.heading)}"
                console.print(line, soft_wrap=True)
            console.print("\n[dim]minsheng questions NUMBER answers one.[/]")


def export(
    relations: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RELATION]...",
            help="Tables and views to write, such as marts.attainment; without any, all of core "
            "and marts.",
        ),
    ] = None,
    file_format: Annotated[
        FileFormat, typer.Option("--format", help="What kind of files to write.")
    ] = FileFormat.XLSX,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="PATH",
            show_default="minsheng.xlsx, or a folder minsheng-csv or minsheng-parquet",
            help="The workbook, or the folder for csv and parquet; files there are replaced.",
        ),
    ] = None,
    warehouse: Warehouse = None,
    as_json: AsJson = False,
) -> None:
    """Write tables and views as files, with a list of what each column means.

    **xlsx** is one workbook, a sheet a table; **csv** and **parquet** one file a table. Columns
    keep their types, save in csv, which has none. No text is taken for a formula.
    """
    console = Console(highlight=False)
    with errors_told(console, as_json=as_json):
        published = resolve_published(warehouse)
        from pipelines.exporting import export_files, export_workbook

        wanted = tuple(relations or ())
        if file_format is FileFormat.XLSX:
            done = export_workbook(published, wanted, to or Path("minsheng.xlsx"))
        else:
            folder = to or Path(f"minsheng-{file_format}")
            done = export_files(published, wanted, folder, file_format.value)
        if as_json:
            print_json(done)
            return
        for written in done.written:
            console.print(f"  {written.relation:<28} {written.rows:>8} rows", soft_wrap=True)
        console.print(f"[green]✓[/] {escape(str(done.path))}", soft_wrap=True)
        for remark in done.remarks:
            console.print(f"[yellow]![/] {escape(remark)}", soft_wrap=True)


def _show(answer: Answer, as_json: bool) -> None:
    if as_json:
        print_json([dict(zip(answer.columns, row, strict=True)) for row in answer.rows])
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_UNBOUNDED)
    table = Table(box=box.SIMPLE, pad_edge=False)
    for column, is_number in zip(answer.columns, answer.are_numbers, strict=True):
        table.add_column(escape(column), justify="right" if is_number else "left", overflow="fold")
    for row in answer.rows:
        table.add_row(*(escape(_show_value(value)) for value in row))
    console.print(table)
    console.print(f"{len(answer.rows)} row{'' if len(answer.rows) == 1 else 's'}")


def _show_value(value: object) -> str:
    """As a person would write it: no trailing zeros, nothing for NULL."""
    if value is None:
        return ""
    text = str(value)
    is_decimal = type(value).__name__ == "Decimal"
    return text.rstrip("0").rstrip(".") if is_decimal and "." in text else text

"""What the commands share: options, folders, exit statuses, and how an error is told.

Belongs here: what more than one module of commands leans on. Does not belong here: any command.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from pipelines.console.as_json import print_json
from pipelines.errors import PipelineError

if TYPE_CHECKING:
    from pipelines.run.intake import Folders

EXIT_FAILED = 1

Raw = Annotated[
    Path | None,
    typer.Option(
        "--raw",
        envvar="MINSHENG_RAW",
        metavar="DIR",
        show_default="raw/ of the checkout, or of this folder",
        help="Folder with the source documents.",
    ),
]
Warehouse = Annotated[
    Path | None,
    typer.Option(
        "--warehouse",
        envvar="MINSHENG_WAREHOUSE",
        metavar="FILE",
        show_default="warehouse/minsheng.duckdb beside it",
        help="The published DuckDB file.",
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print JSON, for programs; errors too, with their code.")
]


def resolve(
    raw: Path | None, warehouse: Path | None, accept_losses: tuple[str, ...] = ()
) -> Folders:
    """The folders that a command works in."""
    from pipelines.run.intake import DEFAULT_RAW, DEFAULT_WAREHOUSE, Folders

    return Folders(
        raw=(raw or DEFAULT_RAW).absolute(),
        warehouse=(warehouse or DEFAULT_WAREHOUSE).absolute(),
        accept_losses=accept_losses,
    )


def resolve_published(warehouse: Path | None) -> Path:
    """The published file. Raises PipelineError (`not_published`) where there is none."""
    folders = resolve(None, warehouse)
    require_published(folders)
    return folders.warehouse


def require_published(folders: Folders) -> None:
    """Raises PipelineError (`not_published`) where nothing is published yet."""
    if not folders.warehouse.is_file():
        raise PipelineError(
            "not_published", f"There is no {folders.warehouse} yet. Run `minsheng refresh` first."
        )


def exit_as(exit_status: int) -> None:
    """End the command with this status; go on where it is 0."""
    if exit_status:
        raise typer.Exit(exit_status)


@contextmanager
def errors_told(console: Console, *, as_json: bool = False) -> Iterator[None]:
    """A foreseen failure is told in a sentence; an unforeseen one keeps its trace."""
    try:
        yield
    except PipelineError as error:
        _tell(console, error.code, error.message, as_json)
        raise typer.Exit(EXIT_FAILED) from error
    except KeyboardInterrupt as error:
        said = "Stopped. What is published is whole: it is the version before, or the new one."
        _tell(console, "interrupted", said, as_json)
        raise typer.Exit(EXIT_FAILED) from error
    except OSError as error:
        # Full, read-only, gone, or a folder where a file should be: the system says which.
        _tell(console, "disk_failed", f"The disk or a folder refused: {error}", as_json)
        raise typer.Exit(EXIT_FAILED) from error


def _tell(console: Console, code: str, message: str, as_json: bool) -> None:
    if as_json:
        print_json({"error": {"code": code, "message": message}})
    else:
        console.print(f"[red]✗[/] {escape(message)} [dim]\\[{code}][/]", soft_wrap=True)

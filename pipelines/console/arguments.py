"""What several commands take, and how every command tells of a failure.

Belongs here: shared options, the folders that follow from them, wording and exit status of a
failure. Does not belong here: any command (`command`, `site_command`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

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
        show_default="the project's raw/",
        help="Folder with the source documents.",
    ),
]
Warehouse = Annotated[
    Path | None,
    typer.Option(
        "--warehouse",
        envvar="MINSHENG_WAREHOUSE",
        metavar="FILE",
        show_default="the project's warehouse/minsheng.duckdb",
        help="The published DuckDB file.",
    ),
]


def resolve_folders(
    raw: Path | None, warehouse: Path | None, accept_losses: tuple[str, ...] = ()
) -> Folders:
    """The folders that a command was given, or the project's own."""
    from pipelines.run.intake import DEFAULT_RAW, DEFAULT_WAREHOUSE, Folders

    return Folders(
        raw=(raw or DEFAULT_RAW).absolute(),
        warehouse=(warehouse or DEFAULT_WAREHOUSE).absolute(),
        accept_losses=accept_losses,
    )


def require_published(folders: Folders) -> None:
    """Raises PipelineError where nothing was ever published."""
    if not folders.warehouse.is_file():
        raise PipelineError(
            "not_published", f"There is no {folders.warehouse} yet. Run `minsheng refresh` first."
        )


@contextmanager
def errors_told(console: Console) -> Iterator[None]:
    """A foreseen failure is told in a sentence; an unforeseen one keeps its trace."""
    try:
        yield
    except PipelineError as error:
        console.print(f"[red]✗[/] {escape(error.message)} [dim]\\[{error.code}][/]", soft_wrap=True)
        raise typer.Exit(EXIT_FAILED) from error
    except KeyboardInterrupt as error:
        console.print(
            "[red]✗[/] Stopped. What is published is whole: it is the version before, or the new "
            "one. [dim]\\[interrupted][/]",
            soft_wrap=True,
        )
        raise typer.Exit(EXIT_FAILED) from error
    except OSError as error:
        # Full, read-only, gone, or a folder where a file should be: the system says which.
        console.print(
            f"[red]✗[/] The disk or a folder refused: {escape(str(error))} [dim]\\[disk_failed][/]",
            soft_wrap=True,
        )
        raise typer.Exit(EXIT_FAILED) from error

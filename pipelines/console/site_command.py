"""The command `minsheng site`: the published file as plain pages.

Belongs here: its arguments and wording. Does not belong here: the pages (`pipelines.site`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from pipelines.console.options import Raw, Warehouse, errors_told, require_published, resolve


def site(
    raw: Raw = None,
    warehouse: Warehouse = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="FOLDER",
            show_default="site/ beside the published file",
            help="Where the pages go.",
        ),
    ] = None,
    pictures: Annotated[
        bool,
        typer.Option(
            "--pictures/--no-pictures",
            help="Draw pages of PDFs that no earlier build drew.",
        ),
    ] = True,
) -> None:
    """Write the public ledger: every promise, its result, and the cell it stands in, as pages.

    They open from disk and from any web server, and ask nothing of any other place. Only what
    changed is written again.
    """
    console = Console(highlight=False)
    folders = resolve(raw, warehouse)
    with errors_told(console):
        require_published(folders)
        from pipelines.site.build import build_site, default_folder

        target = (to or default_folder(folders.warehouse)).absolute()
        built = build_site(folders.warehouse, target, raw=folders.raw, with_pictures=pictures)
        console.print(
            f"[green]✓[/] {built.files} files, {built.written} of them new or changed, "
            f"{built.removed} taken away"
        )
        if built.sheets_without_picture:
            console.print(
                f"[yellow]{built.sheets_without_picture} pages of sources are without a picture"
                "[/]: each says why, and lists its figures."
            )
        console.print(f"Open {escape(str(target / 'index.html'))}", soft_wrap=True)

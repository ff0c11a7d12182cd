"""The order of a build: read the file, find places on paper, write pages, tidy the folder.

Belongs here: the order alone. Does not belong here: what any page says.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pipelines.console.summary import open_published
from pipelines.site.data_pages import write_data
from pipelines.site.folder import SiteFolder, open_folder
from pipelines.site.ledger import read_ledger
from pipelines.site.markup import make_markups
from pipelines.site.pages import write_pages
from pipelines.site.search_data import write_search_data
from pipelines.site.sheet_pages import Sources, write_sheets
from pipelines.site.sheets import lay_out
from pipelines.site.shelf import make_shelf
from pipelines.site.telephones import find_telephones
from pipelines.site.words import load_words


@dataclass(frozen=True, slots=True)
class SiteBuild:
    """What a build did: pages of the site in all, files written anew, and files taken away."""

    folder: Path
    files: int
    written: int
    removed: int
    sheets_without_picture: int


def default_folder(warehouse: Path) -> Path:
    """Where the site of a published file lies unless told otherwise: beside it."""
    return warehouse.with_name("site")


def build_site(
    warehouse: Path, to: Path, *, raw: Path | None = None, with_pictures: bool = True
) -> SiteBuild:
    """Write the site of a published file to a folder; files that are as they should be stay.

    `raw` is looked into for originals that were not kept beside the warehouse. Without pictures,
    the sheets of PDFs list their figures and keep the pictures that earlier builds drew.

    Raises:
        UnreadableWarehouseError: the published file cannot be asked.
        OutdatedWarehouseError: it is older than these pages.
        ForeignFolderError: the folder holds something else.
        OSError: the disk refuses.
    """
    with open_published(warehouse):
        folder = open_folder(to)
    # A run may replace the file at any moment: what goes out with the pages is what they are of.
    copied = folder.copy(f"data/{warehouse.name}", warehouse)
    with open_published(copied) as connection:
        ledger = read_ledger(connection)
        paper = lay_out(ledger)
        telephones = find_telephones(ledger.figures)
        shelf = make_shelf(ledger, make_markups(ledger, load_words(), paper, telephones))
        _write_assets(folder)
        write_pages(folder, shelf)
        write_search_data(folder, shelf)
        write_data(folder, shelf, connection, warehouse.name)
    missing = write_sheets(folder, shelf, Sources(warehouse, raw, with_pictures))
    removed = folder.finish()
    return SiteBuild(to, len(folder.kept), folder.written, removed, missing)


def _write_assets(folder: SiteFolder) -> None:
    for asset in files("pipelines.site").joinpath("assets").iterdir():
        if not asset.name.startswith("."):
            folder.write(f"assets/{asset.name}", asset.read_bytes())

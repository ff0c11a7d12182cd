"""The site of the five real documents, built once for all tests of this folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.run.intake import Folders, extract, link, read_meaning, take_stock
from pipelines.run.release import build_candidate, check_candidate, publish_candidate
from pipelines.site.build import SiteBuild, build_site
from tests.pipelines.site.page_reader import Page, read_page


@dataclass(frozen=True, slots=True)
class Site:
    """A published file, the folder of its site, and what the build said."""

    warehouse: Path
    folder: Path
    build: SiteBuild

    @property
    def pages(self) -> list[Path]:
        """Every page."""
        return sorted(self.folder.rglob("*.html"))


@pytest.fixture(scope="session")
def published(raw_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five documents as a published file."""
    folders = Folders(raw_folder, tmp_path_factory.mktemp("published") / "minsheng.duckdb")
    stock = take_stock(folders)
    meaning = link(stock, read_meaning(stock, extract(stock)))
    build_candidate(folders, stock, meaning)
    check_candidate(folders, stock, meaning)
    publish_candidate(folders, stock, meaning)
    return folders.warehouse


@pytest.fixture(scope="session")
def site(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Its site, with pictures."""
    folder = tmp_path_factory.mktemp("site") / "site"
    return Site(published, folder, build_site(published, folder))


@pytest.fixture(scope="session")
def pages(site: Site) -> dict[Path, Page]:
    """Every page, parsed."""
    return {path: read_page(path) for path in site.pages}

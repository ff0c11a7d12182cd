"""The site as a whole: valid pages, links that lead somewhere, nothing from elsewhere."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import duckdb
import pytest

from pipelines.site.build import build_site
from pipelines.site.sheets import SHOWN_ROLES
from pipelines.site.telephones import has_telephone
from pipelines.site.words import load_words
from tests.pipelines.site.conftest import Site
from tests.pipelines.site.page_reader import Page, read_page

pytestmark = pytest.mark.slow

MOST_FIRST_VIEW_BYTES = 1_500_000
ADDRESSES = ("href", "src", "action", "srcset", "poster", "formaction", "xlink:href")


def test_every_page_is_well_formed(pages: dict[Path, Page]) -> None:
    faults = {path.name: page.faults for path, page in pages.items() if page.faults}
    assert faults == {}


def test_every_page_has_what_readers_and_screen_readers_need(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        tags = Counter(tag for tag, _ in page.tags)
        assert tags["h1"] == tags["main"] == tags["title"] == 1, path
        assert page.named("html")[0]["lang"] == "zh-Hans"
        assert [name for name, times in Counter(page.ids).items() if times > 1] == [], path
        assert all(image["alt"].strip() for image in page.named("img")), path
        labelled = {label["for"] for label in page.named("label") if "for" in label}
        unnamed = [
            one
            for one in [*page.named("input"), *page.named("textarea")]
            if "id" in one and one["id"] not in labelled
        ]
        assert unnamed == [], path


def test_every_link_leads_to_a_file_and_a_place_that_are_there(
    site: Site, pages: dict[Path, Page]
) -> None:
    broken = []
    for path, page in pages.items():
        for tag, attributes in page.tags:
            for name in ADDRESSES:
                address = attributes.get(name, "")
                if not address or address.startswith("data:"):
                    continue
                parts = urlsplit(address)
                target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                is_there = target.is_file() and target.is_relative_to(site.folder.resolve())
                # The list of promises takes its filters from there; all else is a place on a page.
                is_filter = target.name == "promises.html"
                fragment = unquote(parts.fragment)
                if is_there and fragment and not is_filter:
                    is_there = (
                        fragment
                        in pages[site.folder / target.relative_to(site.folder.resolve())].ids
                    )
                if not is_there:
                    broken.append((path.name, tag, address))
    assert broken == []


def test_nothing_is_asked_of_any_other_place(site: Site, pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for _, attributes in page.tags:
            found = [attributes[name] for name in ADDRESSES if name in attributes]
            assert not [one for one in found if re.match(r"(?:[a-z]+:)?//", one)], path
            assert "url(" not in attributes.get("style", "")
    for asset in (site.folder / "assets").iterdir():
        text = asset.read_text(encoding="utf-8")
        assert not re.search(r"https?:|//[a-z]+\.|@import|url\(|fetch\(|XMLHttp|WebSocket", text)


def test_the_first_view_of_every_page_is_small(site: Site, pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        needed = {path}
        for tag, attributes in page.tags:
            address = attributes.get("src") or (attributes.get("href") if tag == "link" else None)
            if address and not address.startswith("data:"):
                needed.add((path.parent / unquote(address)).resolve())
        assert sum(one.stat().st_size for one in needed) < MOST_FIRST_VIEW_BYTES, path


def test_every_figure_that_became_a_fact_is_marked_on_its_sheet(
    site: Site, pages: dict[Path, Page]
) -> None:
    assert site.build.sheets_without_picture == 0
    with duckdb.connect(str(site.warehouse), read_only=True) as connection:
        figures = connection.execute(
            f"SELECT figure_id, document_id FROM core.figure WHERE role IN {SHOWN_ROLES}"
        ).fetchall()
    marks = Counter(
        attributes["id"]
        for path, page in pages.items()
        if path.parent.name == "sheets"
        for tag, attributes in page.tags
        if tag in ("rect", "mark") and attributes.get("id")
    )
    wanted = Counter(name.removeprefix(f"{document}/") for name, document in figures)
    assert marks == wanted


def test_marks_lie_on_their_page(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for view in page.named("svg"):
            width, height = map(float, view["viewbox"].split()[2:])
            for mark in page.named("rect"):
                x, y, w, h = (float(mark[name]) for name in ("x", "y", "width", "height"))
                assert w > 0
                assert h > 0
                assert -5 <= x <= x + w <= width + 5, path
                assert -5 <= y <= y + h <= height + 5, path


def test_marks_in_rebuilt_tables_hold_the_very_number(site: Site, pages: dict[Path, Page]) -> None:
    with duckdb.connect(str(site.warehouse), read_only=True) as connection:
        printed = dict(
            connection.execute("SELECT figure_id, as_printed FROM core.figure").fetchall()
        )
    shown: dict[str, str] = {}
    for page in pages.values():
        for text, within in page.texts:
            tag, attributes = within[-1]
            if tag == "mark":
                shown[attributes["id"]] = text
    by_anchor = {name.rpartition("/")[2]: text for name, text in printed.items()}
    assert shown
    wrong = {name: text for name, text in shown.items() if text not in printed.values()}
    assert wrong == {}
    assert set(shown) <= set(by_anchor)


def test_a_second_build_writes_nothing_and_takes_nothing_away(site: Site) -> None:
    build = build_site(site.warehouse, site.folder)
    assert (build.written, build.removed, build.files) == (0, 0, site.build.files)


def test_without_originals_every_sheet_says_so_and_lists_its_figures(
    site: Site, tmp_path: Path
) -> None:
    alone = tmp_path / "minsheng.duckdb"
    shutil.copyfile(site.warehouse, alone)
    build = build_site(alone, tmp_path / "site")
    sheets = list((tmp_path / "site" / "sheets").iterdir())
    assert build.sheets_without_picture == len(sheets) > 0
    said = load_words().say("no_original").zh
    for path in sheets:
        page = read_page(path)
        assert any(text == said for text, _ in page.texts)
        rows = [attributes for tag, attributes in page.tags if "data-mark" in attributes]
        assert rows
        # The links to the figures lead to their rows in the list.
        assert all(row["id"] == row["data-mark"] for row in rows)


def test_no_page_and_no_csv_holds_what_looks_like_a_telephone_number(
    site: Site, pages: dict[Path, Page]
) -> None:
    for path, page in pages.items():
        assert [text for text, _ in page.texts if has_telephone(text)] == [], path
    for path in (site.folder / "data" / "csv").iterdir():
        cells = re.split(r"[,\r\n]", path.read_text(encoding="utf-8-sig"))
        assert [cell for cell in cells if has_telephone(cell)] == [], path

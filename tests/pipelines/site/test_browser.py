"""The site as a reader meets it: in Chromium, from disk, by mouse and by keyboard."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.pipelines.site.conftest import Site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HAS_DRIVER = importlib.util.find_spec("playwright") is not None
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
    pytest.mark.skipif(not HAS_DRIVER, reason="its driver is not installed: make browser"),
]


@dataclass
class Reader:
    """A page in the browser, with all that went wrong on it and every address it asked for."""

    page: Any
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, path: Path, rest: str = "") -> None:
        self.page.goto(path.as_uri() + rest)

    def shown(self, selector: str) -> str:
        return str(self.page.locator(selector).first.inner_text())


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        # A profile of its own, new and empty, for each context.
        opened = driver.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desk", "phone"])
def reader(browser: Any, request: pytest.FixtureRequest) -> Iterator[Reader]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    reader = Reader(context.new_page())
    reader.page.on("request", lambda request: reader.asked.append(request.url))
    reader.page.on("pageerror", lambda error: reader.faults.append(str(error)))
    reader.page.on(
        "console",
        lambda said: reader.faults.append(said.text) if said.type == "error" else None,
    )
    yield reader
    context.close()
    assert reader.faults == []
    assert [url for url in reader.asked if not re.match("file:|data:", url)] == []


def test_from_the_overview_over_a_promise_to_the_marked_cell(site: Site, reader: Reader) -> None:
    page = reader.page
    reader.open(site.folder / "index.html")
    page.locator("main table a", has_text="2024年市政府民生实事项目责任清单").first.click()
    page.locator("main a", has_text="流感疫苗").first.click()
    assert "85.8万" in reader.shown("h1")
    page.locator(".target .pair a.cell").first.click()
    page.wait_for_selector("rect.chosen")
    picture = page.locator(".paper img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 1000")
    mark = page.locator("rect.chosen").bounding_box()
    frame = page.locator(".sheet").bounding_box()
    assert frame["x"] <= mark["x"]
    assert mark["x"] + mark["width"] <= frame["x"] + frame["width"]
    assert page.locator("rect.chosen").evaluate(
        "mark => { const at = mark.getBoundingClientRect();"
        " return at.top >= 0 && at.bottom <= innerHeight; }"
    )


def test_a_number_of_a_word_file_is_marked_in_the_rebuilt_table(site: Site, reader: Reader) -> None:
    [promise] = (site.folder / "promises").glob("2024-binjiang-q1-progress-1.1-*.html")
    reader.open(promise)
    reader.page.locator(".target .pair a.cell").first.click()
    reader.page.wait_for_selector("mark.chosen")
    # The source is in traditional characters, and is shown to the letter.
    assert reader.shown("mark.chosen") == "4所"


def test_words_are_found_and_filters_narrow_the_list(site: Site, reader: Reader) -> None:
    page = reader.page
    reader.open(site.folder / "index.html")
    page.fill("#q", "儿童康复")
    page.press("#q", "Enter")
    page.wait_for_selector("#results li")
    assert "儿童康复" in reader.shown("#results li a")
    page.fill("#filters input[name=q]", "")
    page.select_option("#filters select[name=status]", "short")
    assert page.locator("#results li").count() == 1
    assert "流感疫苗" in reader.shown("#results li a")
    page.select_option("#filters select[name=year]", "2023")
    assert page.locator("#results li").count() == 0
    assert page.locator("#nothing-found").is_visible()


def test_a_row_of_the_overview_lists_its_promises(site: Site, reader: Reader) -> None:
    reader.open(site.folder / "index.html")
    reader.page.locator(".tile a", has_text="未达目标").click()
    reader.page.wait_for_selector("#results li")
    assert reader.page.locator("#results li").count() == 1


def test_the_language_is_switched_and_kept_from_page_to_page(site: Site, reader: Reader) -> None:
    page = reader.page
    reader.open(site.folder / "index.html")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.click("#language")
    assert "What was promised" in reader.shown("h1")
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("nav a", has_text="Contradictions").click()
    assert reader.shown("h1") == "Contradictions"
    page.click("#language")
    assert page.locator("html").get_attribute("data-language") == "zh"
    page.locator("nav a").first.click()
    assert "承诺了什么" in reader.shown("h1")


def test_the_keyboard_reaches_the_content_first(site: Site, reader: Reader) -> None:
    reader.open(site.folder / "findings.html")
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.className") == "skip"
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "main"


def test_no_page_is_wider_than_its_window(site: Site, reader: Reader) -> None:
    kinds = ["index", "promises", "places", "findings", "changes", "data"]
    paths = [site.folder / f"{kind}.html" for kind in kinds]
    paths += [
        sorted((site.folder / kind).glob("*.html"))[0]
        for kind in ("plans", "promises", "places", "sheets")
    ]
    wide = []
    for path in paths:
        for rest in ("", "?lang=en"):
            reader.open(path, rest)
            if reader.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((path.name, rest))
    assert wide == []


def test_the_message_about_an_error_is_copied(site: Site, reader: Reader) -> None:
    [promise] = (site.folder / "promises").glob("2023-hangzhou-district-breakdown-6-*.html")
    reader.open(promise)
    assert "2023-hangzhou-district-breakdown/6.3" in reader.page.input_value("#error-text")
    reader.page.click(".copy")
    reader.page.wait_for_selector(".copied", state="visible")

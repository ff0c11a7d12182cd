"""The folder of the site: what is written, what stays, what goes, and what is not touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.site.folder import ForeignFolderError, SiteFolder, open_folder


def build(root: Path, **texts: str) -> SiteFolder:
    folder = open_folder(root)
    for name, text in texts.items():
        folder.write_text(f"pages/{name}.html", text)
    folder.finish()
    return folder


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    assert build(tmp_path, a="1", b="2").written == 2
    before = (tmp_path / "pages/a.html").stat().st_mtime_ns
    assert build(tmp_path, a="1", b="3").written == 1
    assert (tmp_path / "pages/a.html").stat().st_mtime_ns == before
    assert (tmp_path / "pages/b.html").read_text() == "3"


def test_what_no_page_needs_any_more_goes_and_other_files_stay(tmp_path: Path) -> None:
    build(tmp_path, a="1", b="2")
    (tmp_path / "CNAME").write_text("mine")
    folder = open_folder(tmp_path)
    folder.write_text("pages/a.html", "1")
    assert folder.finish() == 1
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        ".written.json",
        "CNAME",
        "a.html",
    ]


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(ForeignFolderError, match="Name an empty folder"):
        open_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_nothing_outside_the_folder_is_ever_removed(tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("mine")
    site = tmp_path / "site"
    build(site, a="1")
    (site / ".written.json").write_text('["../outside.txt", "pages/a.html"]')
    assert open_folder(site).finish() == 1
    assert (tmp_path / "outside.txt").read_text() == "mine"


def test_a_picture_is_kept_only_where_an_earlier_build_drew_it(tmp_path: Path) -> None:
    build(tmp_path, a="1")
    folder = open_folder(tmp_path)
    assert folder.keep("pages/a.html")
    assert not folder.keep("pages/b.html")
    assert folder.finish() == 0

"""An unchanged refresh is noticed by content alone, and cheaply."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from invented_city import build, make_plan, make_run

from pipelines.publishing.build import finish_build
from pipelines.publishing.fingerprint import fingerprint, is_unchanged, published_fingerprint


def make_folder(path: Path, **files: str) -> Path:
    path.mkdir(parents=True)
    for name, text in files.items():
        (path / f"{name}.txt").write_text(text)
    return path


def test_content_and_names_count_dates_and_caches_do_not(tmp_path: Path) -> None:
    one = make_folder(tmp_path / "1" / "raw", a="x", b="y")
    two = make_folder(tmp_path / "2" / "raw", b="y", a="x")
    os.utime(two / "a.txt", (0, 0))
    make_folder(two / "__pycache__", c="z")
    (two / ".hidden").write_text("z")
    assert fingerprint([one]) == fingerprint([two])
    (two / "a.txt").rename(two / "c.txt")
    assert fingerprint([one]) != fingerprint([two])
    assert fingerprint([one], ["v1"]) != fingerprint([one], ["v2"])


def test_text_cannot_move_from_one_file_into_the_next(tmp_path: Path) -> None:
    one = make_folder(tmp_path / "1" / "raw", a="xy", b="")
    two = make_folder(tmp_path / "2" / "raw", a="x", b="y")
    assert fingerprint([one]) != fingerprint([two])


def test_a_name_that_is_no_text_counts_like_any_other(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "raw", a="x")
    before = fingerprint([folder])
    (folder / os.fsdecode("计划.pdf".encode("gbk"))).write_text("y")
    assert fingerprint([folder]) != before


def test_what_is_no_file_counts_too(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "raw", a="x")
    seen = {fingerprint([folder])}
    os.mkfifo(folder / "pipe")
    seen.add(fingerprint([folder]))
    (folder / "link").symlink_to("nowhere")
    seen.add(fingerprint([folder]))
    assert len(seen) == 3


def test_only_a_run_that_went_through_counts(tmp_path: Path) -> None:
    path = tmp_path / "w"
    assert published_fingerprint(path) is None
    build(path, make_plan(), run=make_run(fingerprint="abc"))
    assert not is_unchanged(path, "abc")
    finish_build(path, "run-1", datetime(2031, 1, 2, tzinfo=UTC), is_published=True)
    assert is_unchanged(path, "abc")
    assert not is_unchanged(path, "abd")


def test_a_file_that_cannot_be_asked_is_no_reason_to_skip(tmp_path: Path) -> None:
    (tmp_path / "w").write_bytes(b"broken" * 1000)
    assert published_fingerprint(tmp_path / "w") is None


def test_noticing_imports_nothing_slow(project_root: Path) -> None:
    code = (
        "import sys; import pipelines.publishing.fingerprint, pipelines.publishing.publish; "
        "slow = {'pandas', 'numpy', 'dagster', 'great_expectations', 'pdfplumber'}; "
        "sys.exit(str(slow & set(sys.modules)) if slow & set(sys.modules) else 0)"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env=os.environ | {"PYTHONPATH": str(project_root)},
    )

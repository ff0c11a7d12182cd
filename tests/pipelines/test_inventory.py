"""What lies in the raw folder is listed by name, whatever it is and however it is called."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.inventory import (
    RawFile,
    document_id_of,
    list_raw_files,
    show_name,
    take_inventory,
)

GBK_NAME = os.fsdecode("杭州市民生实事".encode("gbk"))


def touch(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.fsencode(name))
    return folder


def ids(folder: Path) -> list[str]:
    return [file.document_id for file in take_inventory(folder)]


def test_control_hidden_and_temporary_files_are_not_sources(tmp_path: Path) -> None:
    touch(tmp_path, "b.docx", "a.pdf", "README.md", "sources.yml", ".hidden.pdf", "~$b.docx")
    touch(tmp_path, "c.xyz", "d", ".git/config", "2024/.DS_Store", "2024/README.md")
    (tmp_path / "folder.pdf").mkdir()
    names = [file.file_name for file in list_raw_files(tmp_path)]
    assert names == ["a.pdf", "b.docx", "c.xyz", "d"]


def test_a_missing_folder_has_no_sources(tmp_path: Path) -> None:
    assert list_raw_files(tmp_path / "none") == ()


def test_the_inventory_knows_a_files_content_and_its_rivals(tmp_path: Path) -> None:
    for name, text in (("a.pdf", "x"), ("a.docx", "x"), ("b.pdf", "y")):
        (tmp_path / name).write_text(text)
    first, second, third = take_inventory(tmp_path)
    assert (first.file_name, first.conflict) == ("a.docx", None)
    assert (second.file_name, second.conflict) == ("a.pdf", "a.docx")
    assert second.copy_of == "a.docx"
    assert first.sha256 == second.sha256 != third.sha256
    assert (first.document_id, second.document_id) == ("a", "a.pdf")


def test_the_file_that_a_document_was_published_from_keeps_its_id(tmp_path: Path) -> None:
    for name in ("x.docx", "x.pdf"):
        (tmp_path / name).write_text(name)
    newcomer, incumbent = take_inventory(tmp_path, incumbents={"x": "x.pdf", "gone": "gone.pdf"})
    assert (newcomer.document_id, newcomer.conflict) == ("x.docx", "x.pdf")
    assert (incumbent.document_id, incumbent.conflict) == ("x", None)
    (tmp_path / "x.pdf").unlink()
    [alone] = take_inventory(tmp_path, incumbents={"x": "x.pdf"})
    assert (alone.document_id, alone.conflict) == ("x", None)


def test_files_of_subfolders_are_documents_with_the_folder_in_their_id(tmp_path: Path) -> None:
    touch(tmp_path, "2024/xihu-plan.pdf", "2024/q1/xihu-plan.pdf", "xihu-plan.pdf")
    assert ids(tmp_path) == ["2024/q1/xihu-plan", "2024/xihu-plan", "xihu-plan"]


def test_a_name_that_windows_wrote_in_chinese_is_read_as_that(tmp_path: Path) -> None:
    touch(tmp_path, f"{GBK_NAME}.pdf")
    [file] = take_inventory(tmp_path)
    assert (file.document_id, file.file_name) == ("杭州市民生实事", "杭州市民生实事.pdf")
    assert len(file.sha256) == 64


def test_bytes_that_are_no_text_and_signs_that_are_not_shown_are_spelt_out() -> None:
    assert show_name(os.fsdecode(b"plan\xff.pdf")) == "plan%FF.pdf"
    assert show_name("a\nb\x1b[2J\u202e.pdf") == "a%0Ab%1B[2J%E2%80%AE.pdf"
    assert show_name("全角\u3000空格.pdf") == "全角\u3000空格.pdf"


def test_one_name_in_two_spellings_is_one_document_and_a_refusal(tmp_path: Path) -> None:
    touch(tmp_path, "é.pdf", "e\u0301.pdf", "杭州市民生实事.pdf", f"{GBK_NAME}.pdf")
    found = take_inventory(tmp_path)
    assert len({file.document_id for file in found}) == len(found)
    assert {file.document_id for file in found if file.conflict is None} == {
        "é",
        "杭州市民生实事",
    }


def test_no_id_is_given_twice(tmp_path: Path) -> None:
    touch(tmp_path, "a.docx", "a.pdf", "a.pdf.docx", "a.pdf.pdf", "a.pdf (2).docx")
    found = ids(tmp_path)
    assert len(set(found)) == len(found) == 5
    assert {"a", "a.pdf"} < set(found)


@given(st.binary(min_size=1, max_size=40).filter(lambda b: not {0, 47} & set(b)))
def test_whatever_bytes_a_name_has_it_can_be_stored_and_told(octets: bytes) -> None:
    shown = show_name(os.fsdecode(octets))
    assert shown
    shown.encode("utf-8")
    assert "\n" not in shown
    assert show_name(shown) == shown
    assert document_id_of(shown).strip() or not shown.strip()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(path.parent)
        listener.bind(path.name)


def link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (make_pipe, "not_a_file"),
        (make_socket, "not_a_file"),
        (link_to("nowhere.pdf"), "dangling_link"),
        (link_to("x.pdf"), "dangling_link"),
        (link_to("/etc/hosts"), "link_leads_out"),
        (link_to("/"), "link_leads_out"),
        (link_to("../outside.pdf"), "link_leads_out"),
        (link_to("."), "linked_folder"),
    ],
    ids=["pipe", "socket", "dangling", "to itself", "out", "root", "beside", "folder"],
)
def test_what_is_no_file_of_the_folder_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outside.pdf").write_text("x")
    raw = touch(tmp_path / "raw", "good.pdf")
    make(raw / "x.pdf")
    good, refused = take_inventory(raw)
    assert (good.fault, good.document_id) == (None, "good")
    assert refused.fault is not None
    assert (refused.fault.code, refused.document_id) == (code, "x")
    assert "x.pdf" in refused.fault.message
    assert refused.sha256 == ""


def test_a_link_within_the_folder_is_a_document(tmp_path: Path) -> None:
    touch(tmp_path, "2024/plan.pdf")
    (tmp_path / "latest.pdf").symlink_to("2024/plan.pdf")
    first, second = take_inventory(tmp_path)
    assert (first.fault, second.fault) == (None, None)
    assert second.copy_of == "2024/plan.pdf"


def test_a_pipe_does_not_take_the_id_of_a_document(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.docx")
    touch(tmp_path, "a.pdf")
    assert {f.file_name: f.document_id for f in take_inventory(tmp_path)} == {
        "a.docx": "a.docx",
        "a.pdf": "a",
    }


def test_a_folder_that_cannot_be_opened_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "a.pdf", "locked/b.pdf")
    scan = os.scandir

    def refuse_locked(path: Path) -> object:
        if path.name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse_locked)
    good, refused = take_inventory(tmp_path)
    assert good.file_name == "a.pdf"
    assert refused.fault is not None
    assert (refused.file_name, refused.fault.code) == ("locked", "unreadable_folder")


def test_a_file_that_is_too_large_is_not_even_hashed(tmp_path: Path) -> None:
    with (tmp_path / "sparse.pdf").open("wb") as file:
        file.truncate(2_000_000_000)
    [file] = take_inventory(tmp_path, most_bytes=1_000_000)
    assert file.fault is not None
    assert (file.fault.code, file.sha256) == ("too_large", "")
    assert "2,000 MB" in file.fault.message


def test_a_file_without_a_name_of_its_own_is_called_as_it_lies() -> None:
    assert RawFile(Path("z.pdf"), "z", "").file_name == "z.pdf"

"""What people write beside the sources is read strictly; what lies there is listed by name."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.sources import (
    InvalidSourcesError,
    RawFile,
    SourceEntry,
    describe_source,
    find_entries_without_file,
    list_raw_files,
    read_accepted_discrepancies,
    read_sources,
    take_inventory,
)

SIGNED = """
accepted:
  - document: plan
    check: shares_add_up
    target: plan/6.3
    expected: {expected}
    actual: 148
    reason: The shares as printed add up to more.
    signed_by: A Person
    signed_on: 2026-11-21
"""


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def test_control_hidden_and_temporary_files_are_not_sources(tmp_path: Path) -> None:
    names = ["b.docx", "a.pdf", "README.md", "sources.yml", ".hidden.pdf", "~$b.docx", "c.xyz", "d"]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "folder.pdf").mkdir()
    assert [path.name for path in list_raw_files(tmp_path)] == ["a.pdf", "b.docx", "c.xyz", "d"]


def test_a_missing_folder_has_no_sources(tmp_path: Path) -> None:
    assert list_raw_files(tmp_path / "none") == ()
    assert read_sources(tmp_path / "none") == {}
    assert read_accepted_discrepancies(tmp_path / "none") == ()


def test_the_inventory_knows_a_files_content_and_its_rivals(tmp_path: Path) -> None:
    write(tmp_path, a__pdf="x", a__docx="x", b__pdf="y")
    first, second, third = take_inventory(tmp_path)
    assert (first.path.name, first.conflict) == ("a.docx", None)
    assert (second.path.name, second.conflict) == ("a.pdf", "a.docx")
    assert first.sha256 == second.sha256 != third.sha256
    assert (first.document_id, second.document_id) == ("a", "a.pdf")


def test_the_file_that_a_document_was_published_from_keeps_its_id(tmp_path: Path) -> None:
    for name in ("x.docx", "x.pdf"):
        (tmp_path / name).write_text(name)
    newcomer, incumbent = take_inventory(tmp_path, {"x": "x.pdf", "gone": "gone.pdf"})
    assert (newcomer.document_id, newcomer.conflict) == ("x.docx", "x.pdf")
    assert (incumbent.document_id, incumbent.conflict) == ("x", None)
    (tmp_path / "x.pdf").unlink()
    [alone] = take_inventory(tmp_path, {"x": "x.pdf"})
    assert (alone.document_id, alone.conflict) == ("x", None)


def test_an_entry_says_what_is_known_and_no_more(tmp_path: Path) -> None:
    write(tmp_path, sources__yml="documents:\n  a.pdf:\n    plan_year: 2024\n  b.pdf:\n", a__pdf="")
    entries = read_sources(tmp_path)
    assert entries["a.pdf"] == SourceEntry("a.pdf", plan_year=2024)
    assert entries["b.pdf"] == SourceEntry("b.pdf")
    assert find_entries_without_file(entries, take_inventory(tmp_path)) == ("b.pdf",)
    unknown = RawFile(tmp_path / "z.pdf", "z", "")
    assert describe_source(entries, unknown) == SourceEntry("z.pdf")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("documents:\n  a.pdf:\n    titel: x\n", "a.pdf: nobody knows the key `titel`"),
        ("documents:\n  a.pdf:\n    plan_year: next\n", "`plan_year` must be a year"),
        ("documents:\n  a.pdf:\n    as_of: soon\n", "`as_of` must be a date"),
        ("documents:\n  a.pdf:\n    title: [x]\n", "`title` must be text"),
        ("documents:\n  a.pdf: x\n", "a.pdf: must be `key: value` lines"),
        ("documents: [a.pdf]\n", "`documents` must map"),
        ("files: {}\n", "must hold one key, `documents`"),
        ("documents: [", "not readable as YAML"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, problem: str) -> None:
    write(tmp_path, sources__yml=text)
    with pytest.raises(InvalidSourcesError, match=r"sources\.yml") as caught:
        read_sources(tmp_path)
    assert problem in str(caught.value)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    write(tmp_path, sources__yml="documents:\n  a.pdf: {titel: x}\n  b.pdf: {as_of: soon}\n")
    with pytest.raises(InvalidSourcesError) as caught:
        read_sources(tmp_path)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("expected", ["138", "138.0", '"138"'])
def test_a_signature_keeps_its_numbers_exact(tmp_path: Path, expected: str) -> None:
    write(tmp_path, accepted_discrepancies__yml=SIGNED.format(expected=expected))
    [signed] = read_accepted_discrepancies(tmp_path)
    assert (signed.expected, signed.actual) == (Decimal(138), Decimal(148))
    assert signed.signed_on == date(2026, 11, 21)


def test_a_decimal_is_what_was_typed(tmp_path: Path) -> None:
    write(tmp_path, accepted_discrepancies__yml=SIGNED.format(expected="0.1"))
    assert read_accepted_discrepancies(tmp_path)[0].expected == Decimal("0.1")


def test_an_unsigned_entry_is_an_error(tmp_path: Path) -> None:
    text = SIGNED.format(expected="138").replace("    signed_by: A Person\n", "")
    write(tmp_path, accepted_discrepancies__yml=text)
    with pytest.raises(InvalidSourcesError, match="entry 1: `signed_by` is missing"):
        read_accepted_discrepancies(tmp_path)


def test_two_signatures_for_one_finding_are_an_error(tmp_path: Path) -> None:
    text = SIGNED.format(expected="138")
    write(tmp_path, accepted_discrepancies__yml=text + text.replace("\naccepted:\n", ""))
    with pytest.raises(InvalidSourcesError, match="signed twice"):
        read_accepted_discrepancies(tmp_path)


def test_the_projects_own_notes_are_sound(raw_folder: Path) -> None:
    assert find_entries_without_file(read_sources(raw_folder), take_inventory(raw_folder)) == ()
    read_accepted_discrepancies(raw_folder)

"""What people write beside the sources is read strictly."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.inventory import RawFile, take_inventory
from pipelines.sources import (
    InvalidSourcesError,
    SourceEntry,
    describe_source,
    find_entries_without_file,
    read_accepted_discrepancies,
    read_sources,
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


def test_in_a_missing_folder_nobody_wrote_anything(tmp_path: Path) -> None:
    assert read_sources(tmp_path / "none") == {}
    assert read_accepted_discrepancies(tmp_path / "none") == ()


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
        ("documents:\n  a.pdf: {plan_year: 2023}\n  a.pdf: {plan_year: 2024}\n", "given twice"),
        ("documents:\n  a.pdf:\n    title: x\n    title: y\n", "line 4: the key `title`"),
        ("documents: " + "[" * 5000 + "]" * 5000, "nested more than 20 levels deep"),
        ("documents: {a.pdf: &x {title: y}, b.pdf: *x}", "aliases"),
        ("documents: {[a]: x}", "a key must be a plain word"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, problem: str) -> None:
    write(tmp_path, sources__yml=text)
    with pytest.raises(InvalidSourcesError, match=r"sources\.yml") as caught:
        read_sources(tmp_path)
    assert problem in str(caught.value)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "sources.yml").mkdir()
    (tmp_path / "accepted_discrepancies.yml").mkdir()
    with pytest.raises(InvalidSourcesError, match="it is a folder"):
        read_sources(tmp_path)
    with pytest.raises(InvalidSourcesError, match="it is a folder"):
        read_accepted_discrepancies(tmp_path)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "sources.yml").write_bytes("documents: {a.pdf: {title: 计划}}".encode("gb18030"))
    with pytest.raises(InvalidSourcesError, match="Save it as UTF-8"):
        read_sources(tmp_path)


@pytest.mark.parametrize(
    "name", ["sources.yaml", "Sources.YML", "accepted_links.yaml", "2024/sources.yml"]
)
def test_a_file_that_nobody_would_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("documents: {}")
    with pytest.raises(InvalidSourcesError, match=f"{name} is not read"):
        read_sources(tmp_path)


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

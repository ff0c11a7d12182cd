"""Joins that a person signed: read strictly, carried out, and held against what is read now."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.linking import (
    AcceptedLink,
    InvalidAcceptedLinksError,
    Linking,
    link_facts,
    read_accepted_links,
)
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.linking import labelled

ENTRY = """
links:
  - verdict: confirm
    from: north-result_of#22
    from_text: 帮助就业困难人员实现就业
    to: north-plan/8.12
    to_text: 失业人员再就业
    reason: the office counts them together
    signed_by: a reader
    signed_on: 2026-11-21
"""


def signed(verdict: str, from_id: str, to_id: str, linking: Linking) -> AcceptedLink:
    """An entry with the words that the two facts have now."""
    words = {target.target_id: target.indicator for f in linking.documents for target in f.targets}
    words |= {report.report_id: report.indicator for f in linking.documents for report in f.reports}
    return AcceptedLink(
        verdict, from_id, words[from_id], to_id, words[to_id], "looked at", "a reader", date.today()
    )


@pytest.fixture(scope="module")
def plain() -> Linking:
    documents, _ = labelled.invented_documents()
    return link_facts(documents, load_vocabulary())


def test_without_a_file_nothing_is_signed(tmp_path: Path) -> None:
    assert read_accepted_links(tmp_path) == ()


def test_the_file_of_the_sources_is_readable(raw_folder: Path) -> None:
    read_accepted_links(raw_folder)


def test_an_entry_is_read_to_the_letter(tmp_path: Path) -> None:
    (tmp_path / "accepted_links.yml").write_text(ENTRY, encoding="utf-8")
    (link,) = read_accepted_links(tmp_path)
    assert (link.verdict, link.from_id, link.to_id) == (
        "confirm",
        "north-result_of#22",
        "north-plan/8.12",
    )
    assert link.signed_on == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("verdict: confirm", "verdict: maybe"), "`verdict` must be one of confirm, reject"),
        (("    reason: the office counts them together\n", ""), "`reason` is missing"),
        (("2026-11-21", "yesterday"), "`signed_on` must be a date"),
        (("signed_by: a reader", "signed_by: 7"), "`signed_by` must be text"),
        (("    reason", "    score: 1\n    reason"), "nobody knows the key `score`"),
        (("links:", "link:"), "must hold one key"),
        (("links:", "links: ["), "not readable as YAML"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(
    tmp_path: Path, change: tuple[str, str], problem: str
) -> None:
    (tmp_path / "accepted_links.yml").write_text(ENTRY.replace(*change), encoding="utf-8")
    with pytest.raises(InvalidAcceptedLinksError) as raised:
        read_accepted_links(tmp_path)
    assert raised.value.code == "invalid_accepted_links"
    assert problem in str(raised.value)


def test_a_pair_signed_twice_is_refused(tmp_path: Path) -> None:
    twice = ENTRY + ENTRY.removeprefix("\nlinks:")
    (tmp_path / "accepted_links.yml").write_text(twice, encoding="utf-8")
    with pytest.raises(InvalidAcceptedLinksError, match="signed twice"):
        read_accepted_links(tmp_path)


def test_a_confirmed_candidate_becomes_a_signed_link(plain: Linking) -> None:
    documents, _ = labelled.invented_documents()
    candidate = next(c for c in plain.candidates if c.from_kind == "report")
    entry = signed("confirm", candidate.from_id, candidate.to_id, plain)
    linking = link_facts(documents, load_vocabulary(), [entry])
    (link,) = (link for link in linking.links if link.from_id == candidate.from_id)
    assert (link.method, link.score, link.to_id) == ("signed", None, candidate.to_id)
    assert "looked at" in (link.reason or "")
    assert candidate.from_id not in {c.from_id for c in linking.candidates}
    report = next(
        r for f in linking.documents for r in f.reports if r.report_id == candidate.from_id
    )
    assert report.target_id == candidate.to_id
    assert report.commitment_id is not None
    assert linking.stale == ()


def test_a_rejected_link_is_neither_made_nor_proposed(plain: Linking) -> None:
    documents, _ = labelled.invented_documents()
    made = next(link for link in plain.links if link.from_kind == "report")
    entry = signed("reject", made.from_id, made.to_id, plain)
    linking = link_facts(documents, load_vocabulary(), [entry])
    pairs = {(link.from_id, link.to_id) for link in linking.links} | {
        (candidate.from_id, candidate.to_id) for candidate in linking.candidates
    }
    assert (made.from_id, made.to_id) not in pairs


def test_a_rejected_pair_of_targets_does_not_share_an_indicator(plain: Linking) -> None:
    documents, _ = labelled.invented_documents()
    made = next(
        link
        for link in plain.links
        if link.from_kind == "target" and link.to_kind == "target" and link.method == "similarity"
    )
    entry = signed("reject", made.from_id, made.to_id, plain)
    linking = link_facts(documents, load_vocabulary(), [entry])
    ids = {t.target_id: t.indicator_id for f in linking.documents for t in f.targets}
    assert ids[made.from_id] != ids[made.to_id]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("from_id", "gone/1.1", "unknown_fact"),
        ("to_id", "gone/1.1", "unknown_fact"),
        ("from_text", "other words", "changed_text"),
        ("to_text", "other words", "changed_text"),
    ],
)
def test_a_stale_signature_is_reported_and_not_followed(
    plain: Linking, field: str, value: str, code: str
) -> None:
    documents, _ = labelled.invented_documents()
    candidate = next(c for c in plain.candidates if c.from_kind == "report")
    changed: dict[str, Any] = {field: value}
    entry = replace(signed("confirm", candidate.from_id, candidate.to_id, plain), **changed)
    linking = link_facts(documents, load_vocabulary(), [entry])
    (stale,) = linking.stale
    assert stale.code == code
    assert "accepted_links.yml" in stale.message
    assert not [link for link in linking.links if link.method == "signed"]

"""Words with which a source claims that a promise was kept.

Belongs here: `claim_patterns.csv`, checked. Does not belong here: holding a claim against the
figures (`sql/claims/claimed_completion.sql`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.word_files import WordFiles

CLAIM_FILE = "claim_patterns.csv"
KINDS = ("exceeded", "met", "of_all", "not_yet")


@dataclass(frozen=True, slots=True)
class ClaimPattern:
    """One line of `claim_patterns.csv`; its header says what the kinds are."""

    kind: str
    pattern: str


def load_claims(files: WordFiles) -> tuple[ClaimPattern, ...]:
    """The patterns in order of the file.

    Raises `VocabularyError` on a kind that nobody knows and on what is no regular expression.
    """
    patterns = []
    for row in files.read_rows(CLAIM_FILE, ("kind", "pattern")):
        if row["kind"] not in KINDS:
            raise row.error(f"no such kind of claim: {row['kind']}")
        row.pattern_of("pattern")
        patterns.append(ClaimPattern(row["kind"], row["pattern"]))
    return tuple(patterns)

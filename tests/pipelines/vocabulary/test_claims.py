"""Words with which a source claims that a promise was kept, and those that claim nothing."""

import re

import pytest

from pipelines.vocabulary import load_vocabulary


def kinds_of(clause: str) -> set[str]:
    return {
        claim.kind for claim in load_vocabulary().claims if re.search(claim.pattern, clause)
    } - {"of_all"}


@pytest.mark.parametrize(
    ("clause", "kinds"),
    [
        ("新增床位120张，超额完成", {"exceeded"}),
        ("新增床位120张，完成年度目标任务", {"met"}),
        ("新增床位120张，完成年度任务的120%", {"met"}),
        ("新增床位120张，完成年度任务的100%", {"met"}),
        # A share of the goal is no claim that it was reached.
        ("新增床位90张，完成年度任务的90.5%", {"met", "not_yet"}),
        ("新增床位90张，完成目标任务量的90%", {"met", "not_yet"}),
        ("新增床位90张，完成年度任务的九成", {"met", "not_yet"}),
        ("新增床位60张，完成全年任务的三分之二", {"met", "not_yet"}),
        ("新增床位60张，完成全年任务过半", {"met", "not_yet"}),
        ("新增床位60张，力争全面完成任务", {"met", "not_yet"}),
    ],
)
def test_what_a_clause_claims(clause: str, kinds: set[str]) -> None:
    assert kinds_of(clause) == kinds

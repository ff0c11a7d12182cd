"""Rows that hold no line: which of their numbers qualify."""

from __future__ import annotations

import pytest

from pipelines.reading.tables.totals import remainders_of
from tests.pipelines.reading.layouts import Rows, layout_as

ROLES = ("item_no", "title", "goal_value", "investment")


@pytest.mark.parametrize(
    ("rows", "roles"),
    [
        # The whole column, above or below.
        ([["1", "公厕", "4", "70"], ["2", "凉亭", "5", "80"], ["合计", "", "9", "150"]], "scope"),
        ([["合计", "", "9", "150"], ["1", "公厕", "4", "70"], ["2", "凉亭", "5", "80"]], "scope"),
        # The stretch up to the next total.
        (
            [
                ["1", "公厕", "4", ""],
                ["小计", "", "4", ""],
                ["2", "凉亭", "5", ""],
                ["小计", "", "5", ""],
            ],
            "scope",
        ),
        # Sums of nothing.
        ([["1", "公厕", "4", ""], ["2", "凉亭", "5", ""], ["合计", "", "8", ""]], "unresolved"),
        # Money is only described, whatever it adds up to; words are no sum.
        ([["1", "公厕", "4", "70"], ["合计", "", "4", "90"]], "scope"),
        ([["1", "公厕", "4", ""], ["合计", "", "共新建8座公厕和凉亭", ""]], "scope"),
    ],
)
def test_a_total_that_sums_nothing_up_stays_unresolved(rows: Rows, roles: str) -> None:
    remainders = [r for r in remainders_of(layout_as(ROLES, rows)) if r.text.quantities]
    assert {remainder.role for remainder in remainders} == {roles}


def test_a_cell_merged_from_above_is_no_part_of_the_sum() -> None:
    rows = [["1", "公厕", "4", ""], ["2", "凉亭", "^", ""], ["合计", "", "4", ""]]
    [total] = [r for r in remainders_of(layout_as(ROLES, rows)) if r.text.quantities]
    assert (total.role, total.rule) == ("scope", "row:total")

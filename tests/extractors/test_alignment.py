"""Tables without vertical rules: how much work it is to find them."""

from __future__ import annotations

from functools import partial

import pytest

from extractors.alignment import find_aligned_grids
from extractors.drawing import Drawing, Glyph, Rule, print_glyph
from tests.extractors.steps import count_steps

SIZE = 10.0
PITCH = 14.0
COLUMNS = (40.0, 140.0, 260.0, 400.0)


def draw_table(rows: int, *, with_rules: bool) -> tuple[Drawing, list[Glyph]]:
    """A page as long as the table; words of two characters, a rule under each row if told so."""
    glyphs = [
        print_glyph(
            "市", (x + SIZE * at, PITCH * row, x + SIZE * (at + 1), PITCH * row + SIZE), SIZE
        )
        for row in range(rows)
        for x in COLUMNS
        for at in range(2)
    ]
    rules = [Rule(True, PITCH * row - 2, 30.0, 450.0) for row in range(rows + 1)]
    drawing = Drawing(1, 480.0, PITCH * rows, tuple(glyphs), tuple(rules) if with_rules else ())
    return drawing, glyphs


@pytest.mark.parametrize("with_rules", [True, False])
def test_the_work_of_finding_columns_grows_with_the_rows(with_rules: bool) -> None:
    few, many = draw_table(20, with_rules=with_rules), draw_table(160, with_rules=with_rules)
    (grid,) = find_aligned_grids(*many)
    assert (len(grid.xs) - 1, len(grid.ys) - 1) == (4, 160)
    steps = count_steps(partial(find_aligned_grids, *few))
    assert count_steps(partial(find_aligned_grids, *many)) < 1.5 * 8 * steps

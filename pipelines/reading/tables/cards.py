"""Tables that describe one commitment as a card: each label cell is followed by its value.

Belongs here: telling such a table from one with a header row, and pairing its cells. Does not
belong here: how labelled texts become a line (`lists.items`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.records import Cell
from pipelines.reading.language.text import Text
from pipelines.reading.lists.labelled_line import line_of_pieces
from pipelines.reading.outline.labels import LabelledPiece
from pipelines.reading.recognition import Recognition, Setting
from pipelines.reading.rows import Field, Line
from pipelines.reading.tables.dated_steps import STEP, STEP_DUE, doubt_step
from pipelines.reading.tables.layout import TableView
from pipelines.reading.tables.plan_rows import PLAN_ROLES, PlanRow, read_plan_rows
from pipelines.reading.tables.transposed import lists_lines_across

MIN_LABELS = 3
LABELLED_ROWS = 0.75
"""A card has a label in nearly every row; a table with a header row has them in that row alone."""
MIN_PERIODS = 2
COUNT_ROLES = ("done_value", "percent")


def recognise_card(view: TableView, setting: Setting) -> Recognition | None:
    """A line from the labelled values of each card, or None where the table holds none."""
    if lists_lines_across(view):
        # Of several values beside a label, a card would have the first alone.
        return None
    pairs = _pair_cells(view)
    rows = {row for pair in pairs for row in pair.rows}
    labels = {(pair.label.row, pair.label.col) for pair in pairs}
    labelled = len(rows) / view.n_rows
    if len(labels) < MIN_LABELS or labelled < LABELLED_ROWS or len(rows) < 2:
        return None
    lines = tuple(
        _with_counts(line_of_pieces(pieces, None, None, setting), card, view)
        for card in _split_cards(pairs)
        if (pieces := [piece for pair in card for piece in pair.pieces(view)])
    )
    if not lines:
        return None
    return Recognition(
        layout="card",
        evidence=0.5 + labelled / 2,
        says=f"{len(labels)} labels stand beside values, in {len(rows)} of {view.n_rows} rows",
        lines=lines,
        doubts=tuple(
            doubt_step(view.text_of(pair.plan.step), view.text_of(pair.plan.day))
            for pair in pairs
            if pair.plan is not None and not pair.plan.is_dated and pair.plan.step.text.strip()
        ),
        roles=frozenset(pair.role for pair in pairs),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label with one value; `header` is the part of the year that the value stands under, and
    `plan` the row of a plan that it is the step of."""

    label: Cell
    role: str
    value: Cell
    header: str = ""
    number: Text | None = None
    """The number that the label prints behind its word (`项目3`)."""
    plan: PlanRow | None = None

    @property
    def rows(self) -> range:
        """The rows that the label covers."""
        return range(self.label.row, self.label.row + self.label.row_span)

    def pieces(self, view: TableView) -> Iterator[LabelledPiece]:
        """The value as a piece of a line, after the number of its label."""
        if self.number is not None:
            yield LabelledPiece("item_no", self.number)
        if self.plan is not None and not self.plan.is_dated:
            # A step whose day is not known is none that can be told; its figures stay unresolved.
            return
        if self.plan is not None and self.plan.begins_day:
            yield LabelledPiece(STEP_DUE, view.text_of(self.plan.day))
        if self.value.text.strip():
            yield LabelledPiece(self.role, view.text_of(self.value), self.header)


def _with_counts(line: Line, card: Sequence[_Pair], view: TableView) -> Line:
    """A line with the counts and shares done of its card, which a list does not know of."""
    labels = {view.text_of(p.value).key: p for p in card if p.role in COUNT_ROLES}
    rows = tuple(
        replace(
            row, fields=tuple(_count_field(f, labels.get(f.text.key), view) for f in row.fields)
        )
        for row in line.rows
    )
    return replace(line, rows=rows)


def _count_field(field: Field, pair: _Pair | None, view: TableView) -> Field:
    if pair is None:
        return field
    return replace(field, role=pair.role, header=view.text_of(pair.label).words)


def _split_cards(pairs: Sequence[_Pair]) -> list[list[_Pair]]:
    """Cards that lie below each other in one table: each begins with the label of the first."""
    cards: list[list[_Pair]] = []
    for pair in pairs:
        if not cards or (pair.role == pairs[0].role and pair.label.row != pairs[0].label.row):
            cards.append([])
        cards[-1].append(pair)
    return cards


def _pair_cells(view: TableView) -> list[_Pair]:
    """Cells that hold nothing but a header word, with the cell beside, with the grid of parts of
    the year beside, or with each step of the plan beside."""
    pairs: list[_Pair] = []
    used: set[tuple[int, int]] = set()
    for row in range(view.n_rows):
        cells = view.cells_of_row(row)
        for position, (label, value) in enumerate(itertools.pairwise(cells)):
            if (label.row, label.col) in used:
                continue
            role, number = _read_label(view, label)
            if role is None:
                continue
            periods = cells[position + 1 :]
            if len(periods) >= MIN_PERIODS and all(_is_period(view, cell) for cell in periods):
                found = _pair_grid(view, label, periods)
            elif role in PLAN_ROLES and (plan := read_plan_rows(view, label)):
                found = [_pair_step(view, label, step) for step in plan]
            elif _read_label(view, value)[0] is None:
                found = [_Pair(label, role, value, number=number)]
            else:
                continue
            pairs.extend(found)
            used.update((pair.value.row, pair.value.col) for pair in found)
    return pairs


def _pair_step(view: TableView, label: Cell, plan: PlanRow) -> _Pair:
    """A step of a plan, under its day."""
    return _Pair(label, STEP, plan.step, view.text_of(plan.day).words, plan=plan)


def _pair_grid(view: TableView, label: Cell, periods: Sequence[Cell]) -> list[_Pair]:
    """What stands below each part of the year, beside a label that covers both rows."""
    return [
        _Pair(label, "quarter_goal", below, view.text_of(period).words)
        for period in periods
        if (below := view.cell(min(period.row + period.row_span, view.n_rows - 1), period.col))
        is not None
        and below.row < label.row + label.row_span
        and below is not period
    ]


def _is_period(view: TableView, cell: Cell) -> bool:
    text = view.text_of(cell)
    return text.language.pattern("header_period").fullmatch(text.words) is not None


def _read_label(view: TableView, cell: Cell) -> tuple[str | None, Text | None]:
    """The role of a label, and the number behind its word where it names and numbers the line."""
    text = view.text_of(cell)
    match = text.vocabulary.headers.role_of(text.words)
    if match is not None and match.kind == "exact":
        return match.role, None
    numbered = text.language.pattern("numbered_label").fullmatch(text.printed)
    match = text.vocabulary.headers.role_of(numbered["word"]) if numbered is not None else None
    if numbered is None or match is None or (match.role, match.kind) != ("title", "exact"):
        return None, None
    return match.role, text.part(*numbered.span("no"))

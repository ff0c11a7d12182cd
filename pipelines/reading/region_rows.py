"""Tables that list regions down the side: each column is a target, each row a region's shares.

Belongs here: only this turned layout. Tables with a column per region are read by `shares.py`.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.records import Cell
from pipelines.facts import Commitment, Target
from pipelines.quantities.grammar import Number
from pipelines.reading.builder import FactsBuilder
from pipelines.reading.columns import Column, TableLayout, clean_header
from pipelines.reading.figures import SourceText
from pipelines.reading.indicators import indicator_of
from pipelines.reading.shares import add_share, queue_region
from pipelines.vocabulary import RegionMatch

ROW_KEYS = frozenset({"item_no", "region", "remark", "category", "lead", "support"})


def has_region_rows(layout: TableLayout) -> bool:
    """Whether the regions stand down the side of this table."""
    return layout.has("region") and not layout.has("allocation")


def read_region_rows(builder: FactsBuilder, layout: TableLayout) -> None:
    """Record a commitment and target for each task column, and each region's share of it."""
    region_column = layout.having("region")[0]
    tasks = [column for column in layout.columns if column.role not in ROW_KEYS and column.header]
    total_row = _total_row(builder, layout, region_column)
    for column in tasks:
        target = _read_task(builder, layout, column, total_row)
        for row in range(layout.first_row, layout.table.n_rows):
            if row == total_row:
                continue
            cell = layout.table.grid[row][column.index]
            name = layout.table.grid[row][region_column.index]
            if cell is None or name is None or cell.row != row:
                continue
            _read_share(builder, layout, cell, name, column, target)


def _text(builder: FactsBuilder, layout: TableLayout, cell: Cell) -> SourceText:
    return builder.ledger.of_cell(layout.table.number, cell)


def _total_row(builder: FactsBuilder, layout: TableLayout, region_column: Column) -> int | None:
    """The row of totals: named so, or named for the document's own region."""
    for row in range(layout.first_row, layout.table.n_rows):
        cells = {c.text: c for c in layout.table.grid[row][: region_column.index + 1] if c}
        for text in map(clean_header, cells):
            if builder.vocabulary.headers.is_total(text):
                return row
            own = builder.document.region_code
            match = builder.vocabulary.regions.resolve(text) if own and text else None
            if match is not None and match.region_code == own:
                return row
    return None


def _read_task(
    builder: FactsBuilder, layout: TableLayout, column: Column, total_row: int | None
) -> Target:
    header = _deepest_header_cell(layout, column)
    text = _text(builder, layout, header)
    stated = text.quantities()
    subject = column.header.replace("/", "")
    if stated:
        subject = indicator_of(text.text, stated[0], text.numbers)
    suffix = str(column.index + 1)
    commitment_id = builder.identify(f"{layout.table.number}-{suffix}")
    builder.commitments.append(
        Commitment(
            commitment_id=commitment_id,
            document_id=builder.document.document_id,
            item_no=None,
            category=None,
            title=subject,
            detail=None,
            region_code=builder.document.region_code,
            plan_year=builder.document.plan_year,
            due_on=None,
            page=header.page,
            table_no=layout.table.number,
            row_no=header.row + 1,
            as_printed=header.text,
        )
    )
    total = layout.table.grid[total_row][column.index] if total_row is not None else None
    total_text = _text(builder, layout, total) if total is not None else None
    numbers = total_text.quantities() if total_text is not None else ()
    unit = column.unit_hint
    if numbers and total_text is not None:
        target = builder.add_target(
            commitment_id, subject, total_text, numbers[0], unit, as_printed=total_text.text
        )
        for echo in stated:
            builder.ledger.claim(text, echo, "target", target.target_id)
        return target
    number: Number | None = stated[0] if stated else None
    return builder.add_target(commitment_id, subject, text, number, unit, as_printed=text.text)


def _deepest_header_cell(layout: TableLayout, column: Column) -> Cell:
    for row in range(layout.first_row - 1, layout.header_start - 1, -1):
        cell = layout.table.grid[row][column.index]
        if cell is not None and cell.text.strip():
            return cell
    raise AssertionError("a task column has a header")


def _read_share(
    builder: FactsBuilder,
    layout: TableLayout,
    cell: Cell,
    name: Cell,
    column: Column,
    target: Target,
) -> None:
    text = _text(builder, layout, cell)
    quantities = text.quantities()
    region_name = clean_header(name.text)
    if not quantities or not region_name:
        return
    region = _region(builder, region_name)
    if region is None or len(quantities) != 1:
        builder.notice(
            "unread_share",
            f"The figures of “{region_name}” under “{column.header}” could not be attached: "
            "the region is unknown or the cell holds more than one figure.",
            text,
            as_printed=text.text,
            vocabulary="regions.csv",
            suggestion=region_name,
        )
        return
    add_share(builder, text, quantities[0], region, target, replace(column, region=region))


def _region(builder: FactsBuilder, name: str) -> RegionMatch | None:
    region = builder.vocabulary.regions.resolve(name, within=builder.document.region_code)
    if region is not None and region.kind == "provisional":
        queue_region(builder, region)
    return region

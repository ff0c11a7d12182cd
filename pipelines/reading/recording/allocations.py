"""The shares that regions carry of a target, from tables with a column or a row per region.

Belongs here: allocation cells, total columns, and tables whose rows are regions. Does not belong
here: which column is a region (see `columns.py`), or whether the shares add up.
"""

from __future__ import annotations

from pipelines.facts import Allocation, Target
from pipelines.quantities.grammar import Number
from pipelines.reading.language.likeness import likeness, strip_action
from pipelines.reading.language.units import Quantity, UnitHint, measure
from pipelines.reading.recording.builder import FactsBuilder
from pipelines.reading.recording.ledger import SourceText
from pipelines.reading.recording.targets import (
    CommitmentTargets,
    name_row,
    split_named_unit,
    unit_of_row,
)
from pipelines.reading.tables.layout import Column, TableLayout, clean_header
from pipelines.reading.tables.lines import PlanRow, Slot
from pipelines.vocabulary import RegionMatch

SAME_THING = 0.8
"""Two names of one thing in one document share most of their character pairs."""
SAME_TOTAL = 0.5
"""Where the totals are equal too, half of the pairs are enough."""


def read_shares(
    builder: FactsBuilder, layout: TableLayout, row: PlanRow, found: CommitmentTargets
) -> None:
    """Record the shares of one row; the row's targets must have been read before."""
    hint = unit_of_row(builder, layout, row)
    for slot in row.all("total"):
        if slot.is_first:
            _read_total(builder, layout, slot, row, found, hint or slot.column.unit_hint)
    if row.all("allocation") and not found.by_row.get(row.index):
        _find_unstated_target(builder, layout, row, found, hint)
    for slot in row.all("allocation"):
        if not slot.is_first or slot.cell.col != slot.column.index:
            continue
        text = builder.ledger.of_cell(layout.table.number, slot.cell)
        if slot.cell.col_span > 1:
            # A sentence across the regions' columns says why there are no shares.
            builder.ledger.claim_rest(text, "scope")
            continue
        region = region_of_column(builder, slot.column, text)
        if region is not None:
            _add_shares(builder, text, region, found.by_row.get(row.index, []), hint)


def region_of_column(builder: FactsBuilder, column: Column, text: SourceText) -> RegionMatch | None:
    """The region of a share's column; one that is not listed is queued under a made code."""
    if column.region is None:
        builder.notice(
            "unknown_region",
            f"The column “{column.header}” is the publisher's own share, but the document's region "
            "is not known. Name it in raw/sources.yml.",
            text,
            as_printed=column.header,
        )
    elif column.region.kind == "provisional":
        queue_region(builder, column.region)
    return column.region


def queue_region(builder: FactsBuilder, region: RegionMatch) -> None:
    """Queue a region that the vocabulary lacks, once for each document."""
    builder.notice(
        "unknown_region",
        f"“{region.name}” is not in the vocabulary of regions; its shares are kept under the "
        f"provisional code {region.region_code}.",
        None,
        as_printed=region.name,
        vocabulary="regions.csv",
        suggestion=f"{region.region_code},{region.name}",
    )


def _add_shares(
    builder: FactsBuilder,
    text: SourceText,
    region: RegionMatch,
    target_ids: list[str],
    hint: UnitHint | None,
) -> None:
    quantities = text.quantities()
    if not quantities:
        if text.text.strip() and not builder.vocabulary.is_blank(clean_header(text.text)):
            builder.notice(
                "unread_share",
                f"“{text.text.strip()}” under {region.name} is not a figure; no share was taken.",
                text,
            )
        return
    targets = [t for t in builder.targets if t.target_id in target_ids]
    if len(targets) > 1:
        targets = [t for t in targets if t.value is not None]
    pairs = _pair(builder, quantities, targets)
    if pairs is None:
        builder.notice(
            "ambiguous_share",
            f"{len(quantities)} figure(s) under {region.name} cannot be told apart between "
            f"{len(targets)} target(s) of this row.",
            text,
        )
        return
    for number, target in pairs:
        add_share(builder, text, number, region, target, hint)


def _find_unstated_target(
    builder: FactsBuilder,
    layout: TableLayout,
    row: PlanRow,
    found: CommitmentTargets,
    hint: UnitHint | None,
) -> None:
    """The target of shares whose own row states none.

    A second table of the same document may split a target of the first (`零工驿站（个）`): the
    likest one of the same unit, if one is much likelier than all others. Else the row promises its
    shares only: a target without a value holds them, so that none is lost.
    """
    name = split_named_unit(name_row(row), builder.vocabulary)[0]
    named = row.first("sub_title", "title", "goal", "detail") or row.slots[0]
    text = builder.ledger.of_cell(layout.table.number, named.cell)
    stated = find_stated_target(builder, name, hint, None, found.commitment_id)
    if stated is not None:
        found.add(row.index, text, stated.target_id)
        return
    target = builder.add_target(found.commitment_id, name, None, None, hint, as_printed=name)
    found.add(row.index, text, target.target_id)


def find_stated_target(
    builder: FactsBuilder,
    name: str,
    hint: UnitHint | None,
    total: Quantity | None,
    commitment_id: str | None,
) -> Target | None:
    """The target of another line of this document that a table splits without stating it.

    Of the targets of the same unit (and of the total's value, where the table prints one) the
    likest by name, if it is like enough and no other is as like.
    """
    unit = hint.unit if hint is not None else total.unit if total is not None else None
    scored = sorted(
        (
            (likeness(strip_action(name), strip_action(t.indicator)), t.target_id)
            for t in builder.targets
            if t.value is not None
            and t.commitment_id != commitment_id
            and (unit is None or builder.vocabulary.units.agree(t.unit, unit))
            and (total is None or t.value == total.value)
        ),
        reverse=True,
    )
    floor = SAME_THING if total is None else SAME_TOTAL
    if not scored or scored[0][0] < floor or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    return next(t for t in builder.targets if t.target_id == scored[0][1])


def _pair(
    builder: FactsBuilder, quantities: tuple[Number, ...], targets: list[Target]
) -> list[tuple[Number, Target]] | None:
    """Which share belongs to which target of a row, or None where that cannot be known."""
    if len(quantities) == len(targets):
        return list(zip(quantities, targets, strict=True))
    pairs = []
    for number in quantities:
        same_unit = [
            t
            for t in targets
            if number.unit and builder.vocabulary.units.agree(t.unit, number.unit)
        ]
        if len(same_unit) != 1:
            return None
        pairs.append((number, same_unit[0]))
    return pairs


def add_share(
    builder: FactsBuilder,
    text: SourceText,
    number: Number,
    region: RegionMatch,
    target: Target,
    hint: UnitHint | None,
) -> None:
    """Record one region's share of a target and claim its number."""
    quantity = measure(number, hint or (UnitHint(target.unit) if target.unit else None))
    if quantity.value is None:
        return
    figure_id = builder.ledger.claim(text, number, "allocation", target.target_id, quantity)
    builder.allocations.append(
        Allocation(
            target_id=target.target_id,
            region_code=region.region_code,
            region=region.name,
            value=quantity.value,
            unit=quantity.unit,
            as_printed=text.text,
            figure_id=figure_id,
        )
    )


def _read_total(
    builder: FactsBuilder,
    layout: TableLayout,
    slot: Slot,
    row: PlanRow,
    found: CommitmentTargets,
    hint: UnitHint | None,
) -> None:
    """A total column repeats the target, or states it where no other column does."""
    text = builder.ledger.of_cell(layout.table.number, slot.cell)
    ids = found.by_row.get(row.index, [])
    for number in text.quantities():
        quantity = measure(number, hint)
        known = next(
            (
                t
                for t in builder.targets
                if t.target_id in ids
                and t.value == quantity.value
                and (quantity.unit is None or builder.vocabulary.units.agree(t.unit, quantity.unit))
            ),
            None,
        )
        if known is not None:
            builder.ledger.claim(text, number, "target", known.target_id, quantity)
        elif not ids:
            target = builder.add_target(
                found.commitment_id,
                name_row(row),
                text,
                number,
                hint,
                as_printed=number.as_printed,
            )
            found.add(row.index, text, target.target_id)
        else:
            builder.ledger.claim(text, number, "target", found.commitment_id, quantity)
            builder.notice(
                "total_differs",
                f"The total “{number.as_printed}” differs from the target stated in its own row.",
                text,
            )

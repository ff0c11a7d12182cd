"""The shares that regions carry of a target, from tables with a column or a row per region.

Belongs here: allocation cells, total columns, and tables whose rows are regions. Does not belong
here: which column is a region (see `columns.py`), or whether the shares add up.
"""

from __future__ import annotations

from pipelines.facts import Allocation, Target
from pipelines.quantities.grammar import Number
from pipelines.reading.builder import FactsBuilder
from pipelines.reading.columns import Column, TableLayout, clean_header
from pipelines.reading.figures import SourceText
from pipelines.reading.plan_rows import PlanRow, Slot
from pipelines.reading.plan_targets import CommitmentTargets
from pipelines.vocabulary import RegionMatch



def read_shares(
    builder: FactsBuilder, layout: TableLayout, row: PlanRow, found: CommitmentTargets
) -> None:
    """Record the shares of one row; the row's targets must have been read before."""
    for slot in row.all("total"):
        if slot.is_first:
            _read_total(builder, layout, slot, row, found)
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
            _add_shares(builder, text, region, found.by_row.get(row.index, []), slot.column)


def region_of_column(
    builder: FactsBuilder, column: Column, text: SourceText
) -> RegionMatch | None:
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
    column: Column,
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
    targets = [t for t in builder.targets if t.target_id in target_ids and t.value is not None]
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
        add_share(builder, text, number, region, target, column)


def _pair(
    builder: FactsBuilder, quantities: tuple[Number, ...], targets: list[Target]
) -> list[tuple[Number, Target]] | None:
    """Which share belongs to which target of a row, or None where that cannot be known."""
    if len(quantities) == len(targets):
        return list(zip(quantities, targets, strict=True))
    pairs = []
    for number in quantities:
        same_unit = [
            t for t in targets if number.unit and builder.vocabulary.units.agree(t.unit, number.unit)
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
    column: Column,
) -> None:
    """Record one region's share of a target and claim its number."""
    if number.value is None:
        return
    unit = number.unit or column.unit_hint or target.unit
    figure_id = builder.ledger.claim(text, number, "allocation", target.target_id, unit=unit)
    builder.allocations.append(
        Allocation(
            target_id=target.target_id,
            region_code=region.region_code,
            region=region.name,
            value=number.value,
            unit=unit,
            as_printed=text.text,
            figure_id=figure_id,
        )
    )


def _read_total(
    builder: FactsBuilder, layout: TableLayout, slot: Slot, row: PlanRow, found: CommitmentTargets
) -> None:
    """A total column repeats the target, or states it where no other column does."""
    text = builder.ledger.of_cell(layout.table.number, slot.cell)
    ids = found.by_row.get(row.index, [])
    for number in text.quantities():
        known = next(
            (
                t
                for t in builder.targets
                if t.target_id in ids
                and t.value == number.value
                and (number.unit is None or builder.vocabulary.units.agree(t.unit, number.unit))
            ),
            None,
        )
        if known is not None:
            builder.ledger.claim(text, number, "target", known.target_id)
        elif not ids:
            target = builder.add_target(
                found.commitment_id,
                clean_header(row.title_cell.text) if row.title_cell is not None else "",
                text,
                number,
                slot.column.unit_hint,
                as_printed=number.as_printed,
            )
            found.add(row.index, text, target.target_id)
        else:
            builder.ledger.claim(text, number, "target", found.commitment_id)
            builder.notice(
                "total_differs",
                f"The total “{number.as_printed}” differs from the target stated in its own row.",
                text,
            )

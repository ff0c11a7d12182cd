"""The shares that regions carry of the targets of a line, and its totals.

Belongs here: share and total fields, whatever layout they come from. Does not belong here: which
column is a region's (`tables`), or whether the shares add up.
"""

from __future__ import annotations

from pipelines.facts import Allocation, Target
from pipelines.quantities.grammar import Number
from pipelines.reading.language.units import Quantity, UnitHint, measure
from pipelines.reading.recognition import Doubt, PlaceShares
from pipelines.reading.recording.book import Book
from pipelines.reading.recording.line_record import (
    LineRecord,
    Stated,
    name_of,
    rule_of,
    split_named_unit,
)
from pipelines.reading.recording.matching import Claimant, Matcher
from pipelines.reading.rows import Field, Row
from pipelines.vocabulary import RegionMatch

ACROSS = "table:sentence_across"
"""A sentence that runs over the columns of several regions says why there are no shares."""


def record_shares(record: LineRecord) -> None:
    """Record the shares of a line; its stated targets must have been recorded before."""
    for row in record.line.rows:
        hint = record.unit_of(row) if row.all("total", "allocation") else None
        for field in row.all("total"):
            if field.is_first:
                _record_total(record, row, field, hint or field.unit)
        if row.all("allocation") and not record.targets_in_force(row):
            _find_unstated_target(record, row, hint)
        for field in row.all("allocation"):
            if field.is_first:
                _record_field(record, row, field, field.unit or hint)


def record_place_shares(book: Book, shares: PlaceShares) -> None:
    """Record the figures of a paragraph of one place as its shares of targets stated before.

    A figure for which no target is much likelier than all others is queued, and stays unresolved.
    """
    text = shares.told
    claimants = [
        Claimant(text.counts(number).words, None, number.unit) for number in text.quantities
    ]
    valued = [t for t in book.targets if t.value is not None]
    chosen = Matcher(book.vocabulary).results_of(claimants, valued, {})
    if shares.region.kind == "provisional":
        book.doubt_region(shares.region)
    for number, target in zip(text.quantities, chosen, strict=True):
        if target is None:
            book.doubt(
                Doubt(
                    "ambiguous_share",
                    f"“{number.as_printed}” of {shares.region.name} could not be joined to one "
                    "target.",
                    text,
                    as_printed=number.as_printed,
                )
            )
            continue
        field = Field("allocation", text.part(number.start, number.end), region=shares.region)
        _add_share(book, field, field.text.quantities[0], target, None)


def _record_field(record: LineRecord, row: Row, field: Field, hint: UnitHint | None) -> None:
    if field.is_across:
        record.ledger.claim_rest(field.text, "scope", ACROSS)
        return
    region = _region_of(record, field)
    if region is not None:
        _add_shares(record, row, field, region, hint)


def _region_of(record: LineRecord, field: Field) -> RegionMatch | None:
    """The region of a share; one that is not listed is queued under a made code."""
    if field.region is None:
        record.book.doubt(
            Doubt(
                "unknown_region",
                f"The column “{field.header}” is the publisher's own share, but the document's "
                "region is not known. Name it in raw/sources.yml.",
                field.text,
                as_printed=field.header,
            )
        )
    elif field.region.kind == "provisional":
        record.book.doubt_region(field.region)
    return field.region


def _add_shares(
    record: LineRecord, row: Row, field: Field, region: RegionMatch, hint: UnitHint | None
) -> None:
    text, quantities = field.text, field.text.quantities
    if not quantities:
        if not text.is_blank:
            record.book.doubt(
                Doubt(
                    "unread_share",
                    f"“{text.printed.strip()}” under {region.name} is not a figure; no share was "
                    "taken.",
                    text,
                )
            )
        return
    targets = _shared_targets(record, row, field)
    paired = Matcher(record.vocabulary).pair([number.unit for number in quantities], targets)
    if paired is None:
        record.book.doubt(
            Doubt(
                "ambiguous_share",
                f"{len(quantities)} figure(s) under {region.name} cannot be told apart between "
                f"{len(targets)} target(s) of this row.",
                text,
            )
        )
        return
    for number, target in zip(quantities, paired, strict=True):
        _add_share(record.book, field, number, target, hint)


def _shared_targets(record: LineRecord, row: Row, field: Field) -> list[Target]:
    """The targets that the shares of a row may be of; without a value only where it is alone.

    In running text a share is of the last promise of its unit.
    """
    targets = record.book.targets_by_id(record.targets_in_force(row))
    valued = [t for t in targets if t.value is not None]
    if field.covers is not None:
        return valued if len(targets) > 1 else targets
    units = record.vocabulary.units
    unit = field.text.quantities[0].unit
    fitting = [t for t in valued if not unit or not t.unit or units.agree(t.unit, unit)]
    return fitting[-1:] or targets[-1:]


def _add_share(
    book: Book, field: Field, number: Number, target: Target, hint: UnitHint | None
) -> None:
    """Record one region's share of a target and claim its number."""
    region = field.region
    quantity = measure(number, hint or (UnitHint(target.unit) if target.unit else None))
    if quantity.value is None or region is None:
        return
    figure_id = book.ledger.claim(
        field.text, number, "allocation", rule_of(field), target.target_id, quantity
    )
    book.allocations.append(
        Allocation(
            target_id=target.target_id,
            region_code=region.region_code,
            region=region.name,
            value=quantity.value,
            unit=quantity.unit,
            as_printed=field.text.printed,
            figure_id=figure_id,
        )
    )


def _find_unstated_target(record: LineRecord, row: Row, hint: UnitHint | None) -> None:
    """The target of shares whose own row states none.

    A second table of the same document may split a target of the first (`零工驿站（个）`): the
    likest one of the same unit, if one is much likelier than all others. Else the row promises its
    shares only: a target without a value holds them, so that none is lost.
    """
    name = split_named_unit(name_of(row), record.vocabulary)[0]
    named = row.first("sub_title", "title", "goal", "detail") or row.fields[0]
    elsewhere = [t for t in record.book.targets if t.commitment_id != record.commitment_id]
    unit = hint.unit if hint is not None else None
    stated = Matcher(record.vocabulary).stated(name, unit, None, elsewhere)
    if stated is None:
        stated = record.add_target(Stated(name, name, hint=hint))
    record.add(row.index, named.text, stated.target_id)


def _record_total(record: LineRecord, row: Row, field: Field, hint: UnitHint | None) -> None:
    """A total column repeats the target, or states it where no other column does."""
    text, ids = field.text, record.targets_in_force(row)
    for number in text.quantities:
        if record.ledger.is_claimed(text, number):
            continue
        quantity = measure(number, hint)
        known = _target_of_total(record, ids, quantity)
        if known is not None:
            record.ledger.claim(text, number, "target", rule_of(field), known.target_id, quantity)
        elif (open_target := _unvalued(record, ids)) is not None:
            _fill(record, open_target, number, field, quantity)
        elif not ids:
            total = Stated(
                name_of(row), number.as_printed, text, number, hint=hint, rule=rule_of(field)
            )
            target = record.add_target(total)
            record.add(row.index, text, target.target_id)
        else:
            record.ledger.claim(
                text, number, "target", rule_of(field), record.commitment_id, quantity
            )
            record.book.doubt(
                Doubt(
                    "total_differs",
                    f"The total “{number.as_printed}” differs from the target stated in its own "
                    "row.",
                    text,
                )
            )


def _unvalued(record: LineRecord, ids: list[str]) -> Target | None:
    """The only target of a row, where it is named in words and has no value yet."""
    targets = record.book.targets_by_id(ids)
    return targets[0] if len(targets) == 1 and targets[0].value is None else None


def _fill(
    record: LineRecord, target: Target, number: Number, field: Field, quantity: Quantity
) -> None:
    """Give a target that is named in words the value that its total column prints."""
    figure_id = record.ledger.claim(
        field.text, number, "target", rule_of(field), target.target_id, quantity
    )
    base_value, base_unit = record.book.in_base_unit(quantity.value, quantity.unit)
    record.book.replace_target(
        target,
        value=quantity.value,
        unit=quantity.unit,
        comparator=number.comparator,
        base_value=base_value,
        base_unit=base_unit,
        as_printed=field.text.printed,
        figure_id=figure_id,
    )


def _target_of_total(record: LineRecord, ids: list[str], quantity: Quantity) -> Target | None:
    return next(
        (
            t
            for t in record.book.targets_by_id(ids)
            if t.value == quantity.value
            and (quantity.unit is None or record.vocabulary.units.agree(t.unit, quantity.unit))
        ),
        None,
    )

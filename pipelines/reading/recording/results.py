"""What is reported as done of a line: texts of progress, counts, percentages.

Belongs here: walking the fields that report, and recording their figures. Does not belong here:
what a progress text says (`clauses.accomplished`), or choosing a target (`matching`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipelines.facts import Report, Target
from pipelines.quantities.grammar import Number, NumberKind
from pipelines.reading.clauses.accomplished import Reported, read_article, read_progress
from pipelines.reading.clauses.rules import NumberRole
from pipelines.reading.language.dates import Precision, Relation, find_dates
from pipelines.reading.language.passage import read_passage
from pipelines.reading.language.text import Text
from pipelines.reading.language.units import PERCENT, Quantity, UnitHint, measure
from pipelines.reading.lists.captioned import pair_captions
from pipelines.reading.recognition import Doubt
from pipelines.reading.recording.book import Book
from pipelines.reading.recording.line_record import (
    LineRecord,
    name_of,
    rule_of,
    split_named_unit,
)
from pipelines.reading.recording.matching import Claimant, Matcher
from pipelines.reading.recording.quoted import record_goals_of_line, record_quoted_goals
from pipelines.reading.rows import RESULT_ROLES, Field, Row
from pipelines.vocabulary import RegionMatch, Vocabulary

NOTHING_DONE = Decimal(0)
CAPTIONED = "result:captioned"


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """A figure ready to be recorded, with the rule that says it is one."""

    number: Number
    quantity: Quantity
    rule: str
    indicator: str
    as_of: date | None
    text: str
    context: str = ""
    is_cumulative: bool = True
    region_code: str | None = None

    @classmethod
    def of(cls, reported: Reported, text: str) -> ReportedFigure:
        """The figure of a number that a text reports; `text` is what is shown of it."""
        number = reported.number
        return cls(
            number=number,
            quantity=Quantity(number.value, number.unit),
            rule=reported.rule,
            indicator=reported.indicator,
            as_of=reported.as_of,
            text=text,
            context=reported.context,
            is_cumulative=reported.is_cumulative,
        )


# --------------------------------------------------------------------------------- of a line


def record_results(record: LineRecord) -> None:
    """Record what the fields of a line report."""
    for row in record.line.rows:
        fields = [field for field in row.all(*RESULT_ROLES) if field.is_first]
        for field in sorted(fields, key=lambda field: field.role == "progress"):
            is_text = field.role == "progress" and not field.text.is_figure_alone
            if field.region is not None:
                _record_count_of_region(record, row, field, field.region)
            elif is_text or not field.text.quantities:
                _record_text(record, field)
            else:
                _record_counts(record, row, field)


def last_day_of(header: str, vocabulary: Vocabulary, plan_year: int | None) -> date | None:
    """The last day that a column of progress speaks for, from its header (`1-3月完成情况`).

    A bare year is the plan's own, unless it lies before it: then the whole of it is told.
    """
    days = [
        mention.ends_on
        for mention in find_dates(read_passage(header, vocabulary), plan_year)
        if mention.ends_on is not None
        and (
            mention.precision not in (Precision.YEAR, Precision.START)
            or mention.relation is Relation.BY
            or (plan_year is not None and mention.ends_on.year < plan_year)
        )
    ]
    return max(days, default=None)


def day_of(record: LineRecord, field: Field) -> date | None:
    """The day that a field of results speaks for: its header's, or else the document's."""
    day = last_day_of(field.header, record.vocabulary, record.book.plan_year)
    return day or record.book.document.as_of


def _open_targets(
    record: LineRecord, target_ids: Sequence[str] | None, as_of: date | None
) -> list[Target]:
    """The targets that a figure of that day may be for: what was done before the plan's year began
    meets none."""
    year = record.book.plan_year
    if as_of is not None and year is not None and as_of.year < year:
        return []
    listed = record.targets if target_ids is None else record.book.targets_by_id([*target_ids])
    return [t for t in listed if t.value is not None]


def _record_text(record: LineRecord, field: Field) -> None:
    """Record the figures of one text of progress."""
    text, as_of = field.text, day_of(record, field)
    reading = read_progress(text, as_of, record.book.plan_year)
    beside = record_goals_of_line(record, field, reading.reported)
    answered = {id(reading.reported[index]): target for index, target in beside.items()}
    ids = record.targets_under(field)
    targets = [
        t for t in _open_targets(record, ids, as_of) if t.commitment_id == record.commitment_id
    ]
    if reading.nothing_done:
        _add_nothing_done(record, text, targets, as_of)
    sub_items = max((item.position or 0 for item in reading.items), default=0)
    done = [
        r for r in reading.reported if r.role is NumberRole.REPORT and r.number.value is not None
    ]
    results = [r for r in done if r.is_result and not r.is_share and id(r) not in answered]
    chosen = Matcher(record.vocabulary).results_of(
        [_claimant(record, text, reported, sub_items) for reported in results],
        [target for target in targets if target not in answered.values()],
        _counted(record.book, ids, as_of),
    )
    target_of = dict(answered) | {id(r): t for r, t in zip(results, chosen, strict=True)}
    for reported in done:
        figure = ReportedFigure.of(reported, text.simplified)
        add_report(record.book, text, figure, record.commitment_id, target_of.get(id(reported)))
    claim_others(record.book, text, [r for r in reading.reported if r not in done])


def _claimant(record: LineRecord, text: Text, reported: Reported, sub_items: int) -> Claimant:
    clause = text.clause_around(reported.number)
    return Claimant(
        words=reported.indicator,
        value=reported.number.value,
        unit=reported.number.unit,
        clause=clause,
        is_start=reported.is_start,
        sub_item=reported.sub_item - 1 if reported.sub_item is not None else None,
        sub_items=sub_items,
    )


def _counted(
    book: Book, target_ids: Sequence[str] | None, as_of: date | None
) -> Mapping[str, Decimal]:
    """What a row's columns of counts say of its targets on that day."""
    return {
        report.target_id: report.value
        for report in book.reports
        if target_ids is not None
        and report.target_id is not None
        and report.target_id in target_ids
        and report.as_of == as_of
        and report.value is not None
    }


def _record_counts(record: LineRecord, row: Row, field: Field) -> None:
    """A column of counts done reports on its row's target; a share done on none by itself."""
    as_of, quantities = day_of(record, field), field.text.quantities
    targets = _open_targets(record, record.targets_under(field), as_of)
    is_share = field.role == "percent"
    hint = UnitHint(PERCENT) if is_share else record.unit_of(row) or field.unit
    matcher = Matcher(record.vocabulary)
    for position, number in enumerate(quantities):
        quantity = measure(number, hint)
        target = None
        if not is_share:
            target = matcher.at(targets, quantity.unit, position, len(quantities))
        if quantity.unit is None and target is not None:
            quantity = Quantity(quantity.value, target.unit)
        figure = ReportedFigure(
            number=number,
            quantity=quantity,
            rule=rule_of(field),
            indicator=target.indicator if target is not None else _name_of(record, row, field),
            as_of=as_of,
            text=field.text.simplified,
            is_cumulative=not (
                field.is_own_period or record.vocabulary.language.has("single_period", field.header)
            ),
        )
        add_report(record.book, field.text, figure, record.commitment_id, target)


def _name_of(record: LineRecord, row: Row, field: Field) -> str:
    """What a figure that is for no target counts: what its row goes on with, or its header."""
    ids = [] if row.states else record.targets_in_force(row)
    above = record.book.targets_by_id(ids)
    if len(above) == 1:
        return above[0].indicator
    if field.role == "percent":
        return field.header.replace("/", "")
    name = split_named_unit(name_of(row), record.vocabulary)[0]
    return name or field.header.replace("/", "")


def _record_count_of_region(
    record: LineRecord, row: Row, field: Field, region: RegionMatch
) -> None:
    """What one region reports of the row's target is no report of the whole."""
    if region.kind == "provisional":
        record.book.doubt_region(region)
    ids, quantities = record.targets_in_force(row), field.text.quantities
    if not ids or len(quantities) != 1:
        record.book.doubt(
            Doubt(
                "unread_share",
                f"A cell under “{field.header}” holds {len(quantities)} figures; they cannot be "
                "told apart.",
                field.text,
            )
        )
        return
    target = record.book.targets_by_id(ids)[0]
    is_share = field.role == "percent"
    hint = UnitHint(PERCENT) if is_share else field.unit or record.unit_of(row)
    figure = ReportedFigure(
        number=quantities[0],
        quantity=measure(quantities[0], hint),
        rule=rule_of(field),
        indicator=target.indicator,
        as_of=day_of(record, field),
        text=field.text.simplified,
        region_code=region.region_code,
    )
    add_report(record.book, field.text, figure, target.commitment_id, None)


# ------------------------------------------------------------------------------ of a document


def record_article(book: Book, paragraphs: Sequence[Text]) -> None:
    """Record every figure that an article reports, in order, parts with their total."""
    captions = pair_captions(paragraphs)
    readings = read_article(paragraphs, book.plan_year, book.document.as_of)
    for text, reading in zip(paragraphs, readings, strict=True):
        caption = captions.get(text.key)
        if caption is not None:
            _record_captioned(book, text, caption)
        else:
            _record_paragraph(book, text, reading)


def _record_captioned(book: Book, text: Text, caption: Text) -> None:
    """A figure alone on its line reports what the line beside it names."""
    figure = ReportedFigure(
        number=text.quantities[0],
        quantity=Quantity(text.quantities[0].value, text.quantities[0].unit),
        rule=CAPTIONED,
        indicator=caption.words,
        as_of=book.document.as_of,
        text=f"{text.simplified} {caption.simplified}",
    )
    add_report(book, text, figure, None, None)


def _record_paragraph(book: Book, text: Text, reading: Sequence[Reported]) -> None:
    recorded: dict[int, str] = {}
    targets = record_quoted_goals(book, text, reading)
    for index, reported in enumerate(reading):
        if reported.role is not NumberRole.REPORT or reported.number.value is None:
            claim_others(book, text, [reported])
            continue
        figure = ReportedFigure.of(reported, sentence_around(text, reported.number.start))
        total = recorded.get(reported.part_of) if reported.part_of is not None else None
        target = targets.get(index)
        report = add_report(book, text, figure, None, target, part_of=total)
        recorded[index] = report.report_id


SENTENCE_STOPS = "。！？"


def sentence_around(text: Text, position: int) -> str:
    """The sentence that a printed position lies in, in Simplified characters."""
    printed = text.printed
    start = max((printed.rfind(mark, 0, position) for mark in SENTENCE_STOPS), default=-1) + 1
    ends = [at for mark in SENTENCE_STOPS if (at := printed.find(mark, position)) >= 0]
    return text.part(start, min(ends, default=len(printed) - 1) + 1).simplified


# ------------------------------------------------------------------------------------- facts


def claim_others(book: Book, text: Text, others: Sequence[Reported]) -> None:
    """Write down the numbers of a text that report nothing, as what their rule says they are."""
    for reported in others:
        if reported.number.kind is NumberKind.UNRESOLVED:
            continue
        if not book.ledger.is_claimed(text, reported.number):
            book.ledger.claim(text, reported.number, str(reported.role), reported.rule)


def add_report(
    book: Book,
    text: Text,
    figure: ReportedFigure,
    commitment_id: str | None,
    target: Target | None,
    part_of: str | None = None,
) -> Report:
    """Record a reported figure and claim its number."""
    report_id = _next_id(book, commitment_id)
    figure_id = book.ledger.claim(
        text, figure.number, "report", figure.rule, report_id, figure.quantity
    )
    report = Report(
        report_id=report_id,
        document_id=book.document.document_id,
        commitment_id=commitment_id or (target.commitment_id if target is not None else None),
        target_id=target.target_id if target is not None else None,
        region_code=figure.region_code or book.document.region_code,
        as_of=figure.as_of,
        indicator=figure.indicator or (target.indicator if target is not None else ""),
        value=figure.quantity.value,
        unit=figure.quantity.unit,
        comparator=figure.number.comparator,
        as_printed=figure.number.as_printed,
        text=figure.text,
        figure_id=figure_id,
        part_of=part_of,
        context=figure.context,
        is_cumulative=figure.is_cumulative,
    )
    book.reports.append(report)
    return report


def _add_nothing_done(
    record: LineRecord, text: Text, targets: Sequence[Target], as_of: date | None
) -> None:
    """Record, for each target of the line, that the source says nothing was begun."""
    for target in targets:
        record.book.reports.append(
            Report(
                report_id=_next_id(record.book, record.commitment_id),
                document_id=record.book.document.document_id,
                commitment_id=record.commitment_id,
                target_id=target.target_id,
                region_code=record.book.document.region_code,
                as_of=as_of,
                indicator=target.indicator,
                value=NOTHING_DONE,
                unit=target.unit,
                comparator="=",
                as_printed=text.printed,
                text=text.simplified,
                figure_id=None,
                part_of=None,
            )
        )


def _next_id(book: Book, commitment_id: str | None) -> str:
    """A readable id: the line's with `r` and a count, or `r` and a count in an article."""
    # An article counts through, whichever of its results answer a goal that it quotes.
    lines = {commitment_id} if commitment_id is not None else {None, *book.quoted_lines()}
    count = sum(1 for report in book.reports if report.commitment_id in lines) + 1
    return book.identify_under(commitment_id, f"r{count}")

"""A line becomes facts: its commitment, targets, shares, duties, steps, results and words, in this
order.

Belongs here: the order, the commitment itself, and fields that state no fact of their own. Does not
belong here: what each recorder does, or how a line was recognised.
"""

from __future__ import annotations

from datetime import date

from pipelines.facts import Commitment
from pipelines.reading.language.units import measure
from pipelines.reading.lists.article import RESULT_KINDS
from pipelines.reading.recognition import Doubt
from pipelines.reading.recording.book import Book
from pipelines.reading.recording.duties import record_duties
from pipelines.reading.recording.line_record import LineRecord, rule_of
from pipelines.reading.recording.matching import Matcher
from pipelines.reading.recording.remainders import claim_remainder, leave_open_what_is_told
from pipelines.reading.recording.results import record_results
from pipelines.reading.recording.shares import record_shares
from pipelines.reading.recording.statements import record_statements
from pipelines.reading.recording.steps import record_steps
from pipelines.reading.recording.targets import record_targets
from pipelines.reading.rows import ROLES_OF_DESCRIBING, Line, Remainder


def record_line(book: Book, line: Line) -> None:
    """Record all that a line says; every number of it gets its role."""
    if line.may_restate and _restates(book, line):
        return
    record = LineRecord(book, line, book.identify(line.suffix or str(len(book.commitments) + 1)))
    position = len(book.commitments)
    record_targets(record)
    record_shares(record)
    book.commitments.insert(position, _commitment(record))
    record_duties(record)
    record_steps(record)
    record_results(record)
    record_statements(record)
    claim_rest(record)


def _restates(book: Book, line: Line) -> bool:
    """Record a line that splits a target which another line states; False where none does."""
    record = LineRecord(book, line, "")
    first = line.rows[0]
    total = next(iter(first.all("goal_value", "total")), None)
    hint = record.unit_of(first) or (total.unit if total is not None else None)
    hint = hint or next((f.unit for row in line.rows for f in row.fields if f.unit), None)
    number = next(iter(total.text.quantities), None) if total is not None else None
    quantity = measure(number, hint) if number is not None else None
    unit = hint.unit if hint is not None else quantity.unit if quantity is not None else None
    value = quantity.value if quantity is not None else None
    stated = Matcher(book.vocabulary).stated(line.heading.title, unit, value, book.targets)
    if stated is None:
        return False
    if number is not None and total is not None:
        book.ledger.claim(total.text, number, "target", rule_of(total), stated.target_id, quantity)
    record.commitment_id = stated.commitment_id
    for row in line.rows:
        record.add(row.index, row.fields[0].text, stated.target_id)
    record_shares(record)
    record_results(record)
    record_statements(record)
    claim_rest(record)
    return True


def _commitment(record: LineRecord) -> Commitment:
    document, line = record.book.document, record.line
    place = line.heading.place
    return Commitment(
        commitment_id=record.commitment_id,
        document_id=document.document_id,
        item_no=line.number,
        category=line.category,
        title=line.heading.title,
        detail=line.heading.detail,
        region_code=document.region_code,
        plan_year=document.plan_year,
        due_on=_read_due(record),
        page=place.page,
        table_no=place.table_no,
        row_no=place.row_no,
        as_printed=line.heading.as_printed,
        standing="proposed" if document.kind == "voting_list" else "adopted",
    )


def _read_due(record: LineRecord) -> date | None:
    """The latest day that a due date of the line names."""
    days = []
    for row in record.line.rows:
        for field in row.all("due"):
            due = field.text.due(record.book.plan_year)
            if due is not None:
                days.append(due)
            else:
                record.book.doubt(
                    Doubt(
                        "unread_due_date",
                        f"“{field.text.printed.strip()}” is not a date that is understood; the "
                        "line has no due date.",
                        field.text,
                    )
                )
    return max(days, default=None)


def claim_rest(record: LineRecord) -> None:
    """Numbers of describing fields qualify what they stand beside; those of keys number it."""
    for row in record.line.rows:
        for field in row.fields:
            if field.role not in ROLES_OF_DESCRIBING:
                continue
            role, rule = ROLES_OF_DESCRIBING[field.role], rule_of(field)
            if field.role == "remark" and record.book.document.kind in RESULT_KINDS:
                leave_open_what_is_told(record.book, field.text)
            if field.covers is None:
                record.ledger.claim_rest(field.text, role, rule)
            else:
                claim_remainder(record.book, Remainder(field.text, role, rule))

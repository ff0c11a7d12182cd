"""What the texts of a line say in words, beside their figures or without any.

Belongs here: which texts are asked, and which targets of the line each saying is of. Does not
belong here: what a text says (`clauses.sayings`), or its figures (`results`, `steps`, `shares`).

A saying is of the targets whose figures it reports or whose things it names; where it names none,
of all that its cell stands beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipelines.facts import Report, Statement
from pipelines.reading.clauses.clause import Kind, State
from pipelines.reading.clauses.sayings import Saying, read_sayings
from pipelines.reading.language.text import Text
from pipelines.reading.recording.book import Book
from pipelines.reading.recording.line_record import LineRecord, rule_of
from pipelines.reading.recording.matching import Matcher
from pipelines.reading.recording.placing import place_of
from pipelines.reading.recording.results import day_of
from pipelines.reading.rows import RESULT_ROLES, Field

COLONS = ("：", ":")
ON_SCHEDULE = "on_schedule"
PROGRESS_ROLES = (*RESULT_ROLES, ON_SCHEDULE)
WORDED_ROLES = (*PROGRESS_ROLES, "remark", "allocation")
STATING_ROLES = ("progress", ON_SCHEDULE)
"""Roles whose cells say something even by a mark or a bare figure."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all that a text says has in common. `target_ids` are those that its cell stands beside;
    empty where that is the whole line."""

    text: Text
    commitment_id: str | None
    region_code: str | None
    as_of: date | None
    header: str | None = None
    target_ids: tuple[str, ...] = ()


# --------------------------------------------------------------------------------- of a line


def record_statements(record: LineRecord) -> None:
    """Record what the fields of a line say in words; its reports must have been recorded before."""
    for row in record.line.rows:
        for field in row.all(*WORDED_ROLES):
            if field.is_first and _has_words(field):
                _record_field(record, field)


def record_step_words(record: LineRecord, text: Text, start: int, end: int) -> None:
    """Record the words of a schedule that no dated step tells: plans without a day, caveats."""
    end += text.printed[end : end + 1] in COLONS
    part = text.part(start, end)
    setting = Setting(part, record.commitment_id, *_of_document(record.book))
    _record_sayings(record, setting, read_sayings(part, Kind.PLAN))


def _has_words(field: Field) -> bool:
    text = field.text
    if text.is_blank:
        return False
    if field.role in STATING_ROLES or field.is_across:
        return True
    if field.role == "remark":
        return not text.is_figure_alone
    # Columns of figures: what holds none says in words why.
    return not text.quantities


def _record_field(record: LineRecord, field: Field) -> None:
    is_progress = field.role in PROGRESS_ROLES
    region_code, as_of = _of_document(record.book)
    beside = record.targets_under(field) or []
    setting = Setting(
        text=field.text,
        commitment_id=record.commitment_id,
        region_code=field.region.region_code if field.region is not None else region_code,
        as_of=day_of(record, field) if is_progress else as_of,
        header=field.header or None,
        target_ids=tuple(beside) if len(beside) < len(record.targets) else (),
    )
    place = _place_of_field(field)
    sayings = tuple(
        saying
        for saying in read_sayings(field.text, place, setting.as_of, record.book.plan_year)
        if saying.text != record.line.heading.title
    )
    if field.role == ON_SCHEDULE and field.text.words in field.text.language.words("no_mark"):
        whole = _say_whole(field, place)
        sayings = (replace(whole, state=State.DELAYED, state_rule=whole.kind_rule),)
    elif not sayings and field.role in STATING_ROLES:
        sayings = (_say_whole(field, place),)
    _record_sayings(record, setting, sayings)


def _place_of_field(field: Field) -> Kind:
    """The kind of what stands under such a header."""
    if field.role in PROGRESS_ROLES:
        return Kind.PROGRESS
    language = field.text.language
    if field.role != "remark" or language.has("reason_header", field.header):
        # Words that stand instead of a share say why there is none.
        return Kind.REASON
    return Kind.PLAN if language.has("plan_header", field.header) else Kind.REMARK


def _say_whole(field: Field, place: Kind) -> Saying:
    """The whole of a cell as one saying: a mark that answers its header."""
    text = field.text
    return Saying(
        kind=place,
        state=None,
        is_of_all=False,
        text=text.simplified.strip(),
        start=0,
        end=len(text.printed),
        item=None,
        as_of=None,
        kind_rule=rule_of(field),
        state_rule=None,
    )


def _record_sayings(record: LineRecord, setting: Setting, sayings: Sequence[Saying]) -> None:
    said_of = [_targets_of(record, setting, saying) for saying in sayings]
    for saying, own in zip(sayings, said_of, strict=True):
        of_item = [
            ids
            for other, ids in zip(sayings, said_of, strict=True)
            if saying.item is not None and other.item == saying.item
        ]
        found = own or sorted({target_id for ids in of_item for target_id in ids})
        for target_id in found or setting.target_ids or (None,):
            add_statement(record.book, setting, saying, target_id)


def _targets_of(record: LineRecord, setting: Setting, saying: Saying) -> list[str]:
    """The targets that a saying reports on or names; none where it tells of all, or of none."""
    candidates = [
        target
        for target in record.targets
        if not setting.target_ids or target.target_id in setting.target_ids
    ]
    if len(candidates) < 2:
        return []
    matcher, reports = Matcher(record.vocabulary), _reports_in(record.book, setting.text, saying)
    reported = {report.target_id for report in record.book.reports}
    open_to = [target for target in candidates if target.target_id not in reported]
    loose = [report.unit for report in reports if report.target_id is None]
    if any(matcher.of_unit(open_to, unit) for unit in loose):
        # A figure that nobody could assign: its words may be of any target that is counted so.
        return []
    found = {report.target_id for report in reports}
    found |= {target.target_id for target in matcher.spoken_of(saying.text, candidates)}
    chosen = [target.target_id for target in candidates if target.target_id in found]
    return chosen if len(chosen) < len(candidates) else []


def _reports_in(book: Book, text: Text, saying: Saying) -> list[Report]:
    """The reports whose figures stand in a saying."""
    figure_ids = {
        book.ledger.figure_id_of(text, number)
        for number in text.numbers
        if saying.start <= number.start < saying.end
    }
    return [report for report in book.reports if report.figure_id in figure_ids]


# ------------------------------------------------------------------------------ of a document


def record_told(book: Book, paragraphs: Iterable[Text]) -> None:
    """Record what an article tells of progress: sentences that report a figure, or that say of a
    thing more than that it goes on, which articles say of everything."""
    days = [report.as_of for report in book.reports if report.as_of is not None]
    region_code, as_of = _of_document(book)
    for text in paragraphs:
        setting = Setting(text, None, region_code, as_of)
        last_day = as_of or max(days, default=None)
        for saying in read_sayings(text, Kind.PROGRESS, last_day, book.plan_year):
            is_told = saying.state not in (None, State.PREPARING, State.UNDER_WAY)
            if saying.kind is Kind.PROGRESS and (is_told or _reports_in(book, text, saying)):
                add_statement(book, setting, saying, None)


# ------------------------------------------------------------------------------------- facts


def add_statement(book: Book, setting: Setting, saying: Saying, target_id: str | None) -> Statement:
    """Record a saying, of one target or of the whole line."""
    text = setting.text
    start, end = saying.start + text.start, saying.end + text.start
    place = place_of(text, start, end)
    statement = Statement(
        statement_id=_next_id(book, setting.commitment_id),
        document_id=book.document.document_id,
        commitment_id=setting.commitment_id,
        target_id=target_id,
        region_code=setting.region_code,
        kind=str(saying.kind),
        state=str(saying.state) if saying.state is not None else None,
        is_of_all=saying.is_of_all,
        as_of=saying.as_of or setting.as_of,
        header=setting.header,
        text=saying.text,
        as_printed=text.whole[start:end],
        kind_rule=saying.kind_rule,
        state_rule=saying.state_rule,
        page=place.page,
        table_no=text.table_no,
        row_no=text.row_no,
        col_no=text.col_no,
        char_start=start,
        char_end=end,
        x0=place.x0,
        top=place.top,
        x1=place.x1,
        bottom=place.bottom,
    )
    book.statements.append(statement)
    return statement


def _of_document(book: Book) -> tuple[str | None, date | None]:
    return book.document.region_code, book.document.as_of


def _next_id(book: Book, commitment_id: str | None) -> str:
    """A readable id: the line's with `s` and a count, or `s` and a count in an article."""
    count = sum(1 for said in book.statements if said.commitment_id == commitment_id) + 1
    return book.identify_under(commitment_id, f"s{count}")

"""The facts of a document: one frozen record for each row of the `core` schema.

Belongs here: the records that reading the meaning of a document yields and the warehouse loads.
Field names are the column names of the table that the record fills (see `sql/schema/core.yml`).
Does not belong here: how a fact is found, checked or stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """One source file. `pages` is None for Word; `as_of` is the date that its results speak for."""

    document_id: str
    title: str
    kind: str
    publisher: str | None
    region_code: str | None
    plan_year: int | None
    as_of: date | None
    file_name: str
    sha256: str
    pages: int | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One line of a plan."""

    commitment_id: str
    document_id: str
    item_no: str | None
    category: str | None
    title: str
    detail: str | None
    region_code: str | None
    plan_year: int | None
    due_on: date | None
    page: int | None
    table_no: int | None
    row_no: int | None
    as_printed: str
    standing: str = "adopted"
    """`adopted`; `proposed` for a list put to a vote; `quoted` where only a report names it."""


@dataclass(frozen=True, slots=True)
class Target:
    """One quantified promise of a commitment. A line that promises a thing without a number has
    neither `value` nor `unit` nor `figure_id`.

    `headline_figure_id` is the figure of the line's text that gives one total of which this target
    is a part (90 = 30 + 20 + 40); None where there is no such figure.
    """

    target_id: str
    commitment_id: str
    document_id: str
    region_code: str | None
    plan_year: int | None
    indicator: str
    indicator_id: str | None
    value: Decimal | None
    unit: str | None
    comparator: str
    base_value: Decimal | None
    base_unit: str | None
    as_printed: str
    figure_id: str | None
    headline_figure_id: str | None = None
    context: str = ""
    """The words before it that tell what the indicator belongs to (新增学位 of which schools)."""
    upper_value: Decimal | None = None
    """The upper bound of a printed range; `value` is its lower one."""
    origin: str = "plan"
    """`plan`; `quoted` where only a report names the goal."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """A region's share of a target."""

    target_id: str
    region_code: str
    region: str
    value: Decimal
    unit: str | None
    as_printed: str
    figure_id: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated step of a commitment. `expected_share` is a fraction from 0 to 1 of the target."""

    milestone_id: str
    commitment_id: str
    target_id: str | None
    document_id: str
    starts_on: date | None
    due_on: date | None
    expected_value: Decimal | None
    expected_share: Decimal | None
    unit: str | None
    comparator: str
    is_cumulative: bool
    text: str
    as_printed: str
    figure_id: str | None
    repeats: int | None = None
    """How often a step that is not cumulative is due between its two days (每月250堂: 4)."""


@dataclass(frozen=True, slots=True)
class Report:
    """A figure reported as done. `value` is 0 where the source says that nothing was begun."""

    report_id: str
    document_id: str
    commitment_id: str | None
    target_id: str | None
    region_code: str | None
    as_of: date | None
    indicator: str
    value: Decimal | None
    unit: str | None
    comparator: str
    as_printed: str
    text: str
    figure_id: str | None
    part_of: str | None
    """The report of whose total this one is a part (183 = 80 + 55 + …)."""
    context: str = ""
    """The words before it that tell what the indicator belongs to (停车位 of which place)."""
    is_cumulative: bool = True
    """False where the figure is of one month or quarter alone."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a source says of a line in words, beside figures or without any.

    `kind` and `state` are those of `pipelines.reading.clauses.clause`; `kind_rule` and `state_rule`
    name the rules that gave them, the latter None where the words tell no state. `target_id` is
    None where it is said of the whole line, `commitment_id` where the line is not known. `header`
    is what stands over the cell. Places as in `Figure`.
    """

    statement_id: str
    document_id: str
    commitment_id: str | None
    target_id: str | None
    region_code: str | None
    kind: str
    state: str | None
    is_of_all: bool
    as_of: date | None
    header: str | None
    text: str
    as_printed: str
    kind_rule: str
    state_rule: str | None
    page: int | None
    table_no: int | None
    row_no: int | None
    col_no: int | None
    char_start: int
    char_end: int
    x0: float | None
    top: float | None
    x1: float | None
    bottom: float | None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A body or an official in a role (`lead`, `support`, `city_leader`, `lead_official`).

    `target_id` is set where the role is for that target alone, not for the whole commitment.
    """

    commitment_id: str
    document_id: str
    target_id: str | None
    role: str
    position: int
    organization_id: str | None
    organization: str | None
    person: str | None
    as_printed: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the source prints: where, and what became of it.

    `char_start` and `char_end` count characters of the printed text of the cell or paragraph
    (half open). `rule` names what gave the role, None where nothing did. The box is in points from
    the top left corner of the page (PDF only). `table_no`, `row_no` and `col_no` count from 1;
    outside a table `table_no` is None and `row_no` is the number of the paragraph. `fact_id` is the
    id of the fact that the figure became, if any.
    """

    figure_id: str
    document_id: str
    page: int | None
    table_no: int | None
    row_no: int | None
    col_no: int | None
    char_start: int
    char_end: int
    as_printed: str
    value: Decimal | None
    unit: str | None
    role: str
    fact_id: str | None
    context: str
    x0: float | None
    top: float | None
    x1: float | None
    bottom: float | None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was not understood and is queued for a person: never guessed, never dropped.

    `code` is stable (`unknown_header`, `unknown_unit`, `unknown_region`, …); `suggestion` is the
    line to add, `vocabulary` the file to add it to.
    """

    document_id: str
    code: str
    message: str
    as_printed: str
    page: int | None
    table_no: int | None
    row_no: int | None
    col_no: int | None
    vocabulary: str | None
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """How a report or target was joined to a target or indicator.

    `document_id` is the document that `from_id` stands in. The kinds are `target`, `report`,
    `indicator`; `method` is `same_text`, `rule`, `similarity` or `signed`; `score` is a fraction
    from 0 to 1, given for a similarity.
    """

    link_id: str
    document_id: str
    from_kind: str
    from_id: str
    to_kind: str
    to_id: str
    method: str
    score: Decimal | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """A link that was proposed but is not certain, and so was not made. Fields as in `Link`."""

    candidate_id: str
    document_id: str
    from_kind: str
    from_id: str
    to_kind: str
    to_id: str
    method: str
    score: Decimal | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A line that was read and is kept back, because what was read of it makes no sense.

    `as_read` is JSON; `reading` is its hash, by which a person signs that it is right.
    """

    document_id: str
    commitment_id: str
    item_no: str | None
    reasons: str
    as_read: str
    reading: str
    page: int | None
    table_no: int | None
    row_no: int | None


@dataclass(frozen=True)
class DocumentFacts:
    """All that was understood of one document, in the order of the source."""

    document: DocumentFact
    commitments: tuple[Commitment, ...] = ()
    targets: tuple[Target, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    reports: tuple[Report, ...] = ()
    statements: tuple[Statement, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    figures: tuple[Figure, ...] = ()
    notices: tuple[Notice, ...] = ()

"""Rows of the published file as the pages need them.

Belongs here: one frozen record a relation; its fields are columns of that relation, by name. A
field with a default may be missing in the file: versions of before a column was added stay
readable. Does not belong here: how rows are asked for (`ledger`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """`core.document`."""

    document_id: str
    title: str | None
    kind: str | None
    publisher: str | None
    region_code: str | None
    plan_year: int | None
    as_of: date | None
    file_name: str
    sha256: str
    pages: int | None
    status: str


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """`core.commitment`. `standing` is adopted, proposed or quoted, where the file knows it."""

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
    standing: str | None = None
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class TargetRow:
    """`marts.attainment`: a target beside the latest figure reported for it."""

    target_id: str
    commitment_id: str
    document_id: str
    region_code: str | None
    indicator_id: str | None
    report_id: str | None
    region: str | None
    plan_year: int | None
    indicator: str
    target_value: Decimal | None
    unit: str | None
    comparator: str
    due_on: date | None
    reported_value: Decimal | None
    reported_comparator: str | None
    reported_printed_value: Decimal | None
    reported_printed_unit: str | None
    as_of: date | None
    attainment: Decimal | None
    status: str
    basis: str
    scope: str | None
    figure_id: str | None
    report_figure_id: str | None
    report_document_id: str | None
    status_reason: str | None = None
    state: str | None = None
    last_words: str | None = None


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """`core.target`, for what the mart leaves out: the upper bound of a printed range."""

    target_id: str
    upper_value: Decimal | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """`core.report`: one figure reported as done."""

    report_id: str
    document_id: str
    commitment_id: str | None
    target_id: str | None
    as_of: date | None
    indicator: str
    value: Decimal | None
    unit: str | None
    comparator: str
    text: str
    figure_id: str | None


@dataclass(frozen=True, slots=True)
class ShareRow:
    """`marts.allocation`: a region's share of a target; `share` is a fraction from 0 to 1."""

    target_id: str
    region_code: str
    commitment_id: str
    document_id: str
    plan_year: int | None
    indicator: str
    region: str
    value: Decimal
    unit: str | None
    target_value: Decimal | None
    target_unit: str | None
    share: Decimal | None
    figure_id: str | None


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """`core.milestone`: a dated step."""

    milestone_id: str
    commitment_id: str
    target_id: str | None
    document_id: str
    starts_on: date | None
    due_on: date | None
    expected_value: Decimal | None
    unit: str | None
    comparator: str
    text: str
    figure_id: str | None


@dataclass(frozen=True, slots=True)
class PaceRow:
    """`marts.milestone_schedule`: what should have been done by when, beside what was reported."""

    target_id: str
    milestone_id: str
    commitment_id: str
    indicator: str
    due_on: date | None
    expected_value: Decimal | None
    unit: str | None
    as_of: date | None
    reported_value: Decimal | None
    reported_comparator: str | None
    pace: str
    schedule_of: str
    text: str
    figure_id: str | None
    report_figure_id: str | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """`core.statement`, where the file has it: what was said of a line in words."""

    statement_id: str
    document_id: str
    commitment_id: str | None
    kind: str | None
    state: str | None
    as_of: date | None
    text: str
    page: int | None = None
    table_no: int | None = None
    row_no: int | None = None


@dataclass(frozen=True, slots=True)
class DutyRow:
    """`core.responsibility`: a body or an official, and the role."""

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
class FindingRow:
    """`marts.reconciliation`: an arithmetic claim of the sources, checked."""

    check_name: str
    subject_id: str
    target_id: str | None
    commitment_id: str | None
    document_id: str
    expected: Decimal | None
    actual: Decimal | None
    difference: Decimal | None
    expected_on: date | None
    actual_on: date | None
    unit: str | None
    status: str
    reason: str | None
    signed_on: date | None
    signed_by: str | None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """`quality.check_result`: one check of a run."""

    run_id: str
    name: str
    layer: str
    severity: str
    success: bool
    unexpected_count: int | None
    document_id: str | None
    message: str | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """`marts.change`: what this version says that the one before did not."""

    fact_id: str
    fact_kind: str
    change: str
    column_name: str | None
    previous_value: str | None
    current_value: str | None
    previous_document_id: str | None
    current_document_id: str | None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """`marts.district_scorecard`: a region in a year."""

    region_code: str
    plan_year: int | None
    region: str | None
    level: str | None
    commitments: int
    targets: int
    shares: int
    mean_share: Decimal | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """`core.figure`: a printed number and its place. The box is in points from the top left."""

    figure_id: str
    document_id: str
    page: int | None
    table_no: int | None
    row_no: int | None
    col_no: int | None
    char_start: int
    char_end: int
    as_printed: str
    unit: str | None
    role: str
    fact_id: str | None
    context: str
    x0: float | None
    top: float | None
    x1: float | None
    bottom: float | None


@dataclass(frozen=True, slots=True)
class RegionRow:
    """`core.region`."""

    region_code: str
    name_zh: str
    name_en: str | None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """`core.indicator`."""

    indicator_id: str
    name_zh: str
    name_en: str | None
    theme: str | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """`core.unit`."""

    unit: str
    name_en: str | None


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """`core.organization`."""

    organization_id: str
    name_zh: str
    name_en: str | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """`quality.run`."""

    run_id: str
    started: datetime
    finished: datetime | None
    outcome: str | None
    published: bool
    code_version: str | None

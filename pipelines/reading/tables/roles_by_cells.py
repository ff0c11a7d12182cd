"""What a column is for where its header words leave more than one reading.

Belongs here: settling roles by what stands below the headers and beside them, one settler after the
other. Does not belong here: what the header words say (`roles_by_header`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipelines.reading.clauses.tense import count_plan_cues, count_result_cues, tells_done
from pipelines.reading.language.dates import find_dates
from pipelines.reading.language.passage import read_passage
from pipelines.reading.language.text import Text
from pipelines.reading.language.units import is_figure_only, read_unit
from pipelines.reading.recognition import Setting
from pipelines.reading.tables.dated_steps import pair_dated_steps
from pipelines.reading.tables.figure_columns import (
    settle_own_periods,
    settle_parts,
    settle_units,
)
from pipelines.reading.tables.header import MIN_REGIONS_DOWN, names_row
from pipelines.reading.tables.layout import PROMISING_ROLES, Column, TableView
from pipelines.reading.tables.row_roles import settle_row_roles
from pipelines.vocabulary import RegionMatch

CONTENT_ROLES = frozenset({"title", "sub_title", "goal", "detail", "region"})
DUTY_ROLES = frozenset(
    {"lead", "responsible", "support", "lead_and_support", "due", "schedule", "progress"}
    | {"goal_value", "done_value", "allocation"}
)
REPORTING_ROLES = frozenset({"progress", "done_value", "percent"})
OPEN_TO_REGIONS = (None, "location", "lead", "category", "title")
NUMBERED_ROLES = ("goal", "title", "detail", "category")
OPEN_TO_PLANS = (None, "detail", "goal")
MIN_SIBLINGS = 2
MIN_PERIODS = 2
MIN_REGIONS_ACROSS = 3
NO_LETTERS = re.compile(r"^[\W_]+$")
DUE_MAX_LENGTH = 15
"""A due date is hardly longer than `2024年12月31日前完成`."""
SOME_YEAR = 2000
"""Which year a header's date lies in does not matter to whether it is one."""
MIN_ALIKE = 2
"""Cells of a column by which its role may be told."""
MOST = 0.6
"""Share of its cells that must read alike."""
CONTENT_LENGTH = 5
"""Characters that some cell of a column must have to say what a line is about."""

Columns = tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class _Body:
    """The data of a table, from `first_row` on, with what is known of its document."""

    view: TableView
    first_row: int
    setting: Setting

    def texts(self, index: int) -> list[Text]:
        return self.view.column_texts(self.first_row, index)

    def words(self, index: int) -> list[str]:
        return [text.shown for text in self.texts(index)]


def settle_by_cells(view: TableView, first_row: int, columns: Columns, setting: Setting) -> Columns:
    """Correct the roles that header words alone leave open; rows from `first_row` are data."""
    body = _Body(view, first_row, setting)
    for settle in SETTLERS:
        columns = settle(body, columns)
    return columns


def _settle_each(body: _Body, columns: Columns) -> Columns:
    """Roles that the cells of one column decide by themselves."""
    return tuple(_settle_one(body, column, columns) for column in columns)


def _settle_one(body: _Body, column: Column, columns: Columns) -> Column:
    words = body.words(column.index)
    ordinal = body.setting.vocabulary.language.pattern("ordinal_cell")
    if words and all(ordinal.fullmatch(w) or not re.search(r"\w", w) for w in words):
        is_number = _numbers_lines(column, columns) or _numbers_titles(words, column, columns)
        return replace(column, role="item_no") if is_number else column
    if _may_list_regions(column) and _lists_regions(words, body.setting):
        return replace(column, region=None, role="region")
    if column.role == "due" and _tells_steps(words):
        return replace(column, role="schedule")
    if column.role == "unit":
        vocabulary = body.setting.vocabulary
        known = sum(1 for word in words if read_unit(word, vocabulary) is not None)
        if 2 * known < len(words):
            # The word for a unit of measure is one for a body as well.
            return replace(column, role="lead")
    return column


def _numbers_lines(column: Column, columns: Columns) -> bool:
    """Whether a column of ordinals numbers the lines: it has no header, or shares one with the next
    column (`项目目标` over number and text). Where another column does so, these are figures."""
    if any(other.role == "item_no" for other in columns if other is not column):
        return False
    if column.role is None and not column.header:
        return column.index == 0
    return column.role in NUMBERED_ROLES and any(
        other.index == column.index + 1 and other.header == column.header for other in columns
    )


def _numbers_titles(words: Sequence[str], column: Column, columns: Columns) -> bool:
    """Whether a first column of ordinals, each once, numbers what a column of titles names."""
    titles = [other for other in columns if other is not column and other.role == "title"]
    is_first = column.index == 0 and column.role == "title"
    return is_first and bool(titles) and len(set(words)) == len(words)


def _tells_steps(words: Sequence[str]) -> bool:
    """Whether the cells under a header of due dates (`时间节点`) tell what is done by when."""
    telling = [text for text in words if len(text) > DUE_MAX_LENGTH]
    return 2 * len(telling) > len(words)


def _may_list_regions(column: Column) -> bool:
    """Whether the header leaves open that the column lists regions: it says nothing of figures."""
    is_made_up = column.region is not None and column.region.kind == "provisional"
    return column.role in OPEN_TO_REGIONS or is_made_up


def _lists_regions(words: Sequence[str], setting: Setting) -> bool:
    """Whether a column's cells are regions and totals, and nothing else to speak of."""
    named = [text for text in words if not setting.vocabulary.headers.is_total(text)]
    if len(set(named)) < MIN_REGIONS_DOWN:
        return False
    regions = [text for text in named if names_row(text, setting)]
    return len(regions) * 5 >= len(named) * 4


def _settle_siblings(body: _Body, columns: Columns) -> Columns:
    """Columns under one header are told apart by their own: regions carry shares, whatever stands
    above them; under a header of money they are where it comes from."""
    settled = list(columns)
    parents = dict.fromkeys(c.header.split("/")[0] for c in columns)
    for parent in parents:
        siblings = [c for c in columns if "/" in c.header and c.header.split("/")[0] == parent]
        if len(siblings) < MIN_SIBLINGS:
            continue
        names = [c.header.rsplit("/", 1)[-1] for c in siblings]
        regions = [body.setting.region_named(name) for name in names]
        listed = [r for r in regions if r is not None and r.kind != "provisional"]
        if _is_of_money(body, parent):
            for column in siblings:
                settled[column.index] = replace(column, role="investment", region=None)
        elif len(listed) >= MIN_SIBLINGS and 2 * len(listed) >= len(siblings):
            for column, region in zip(siblings, regions, strict=True):
                if region is not None:
                    settled[column.index] = replace(column, role="allocation", region=region)
    return tuple(settled)


def _is_of_money(body: _Body, header: str) -> bool:
    match = body.setting.vocabulary.headers.role_of(header)
    if match is not None and match.role == "investment":
        return True
    return body.setting.vocabulary.language.has("money_word", header)


def _settle_plans(body: _Body, columns: Columns) -> Columns:
    """A column whose cells tell what is done by when is a schedule, whatever its header says, where
    another column says what is promised."""
    if any(column.role in ("schedule", *REPORTING_ROLES) for column in columns):
        return columns
    telling = [c for c in columns if c.role in OPEN_TO_PLANS and _tells_dated_steps(body, c)]
    if len(telling) != 1:
        return columns
    promising = [
        c
        for c in columns
        if c.role in PROMISING_ROLES and c is not telling[0] and _promises(body, c)
    ]
    if not promising:
        return columns
    settled = replace(telling[0], role="schedule", is_inferred=telling[0].role is None)
    return tuple(settled if column is telling[0] else column for column in columns)


def _tells_dated_steps(body: _Body, column: Column) -> bool:
    texts = body.texts(column.index)
    dated = [t for t in texts if len(t.words) > DUE_MAX_LENGTH and t.dates(SOME_YEAR)]
    several = [t for t in dated if len(t.dates(SOME_YEAR)) >= MIN_PERIODS]
    return 2 * len(dated) > len(texts) and 3 * len(several) >= len(texts)


def _promises(body: _Body, column: Column) -> bool:
    texts = body.texts(column.index)
    return 2 * sum(1 for text in texts if text.quantities) >= len(texts) > 0


def _tell_twins_apart(body: _Body, columns: Columns) -> Columns:
    """Of two title columns under one header, the right one names the parts of the left one."""
    result = list(columns)
    titles = [c for c in columns if c.role == "title"]
    for left, right in itertools.pairwise(titles):
        if right.index == left.index + 1:
            result[right.index] = replace(right, role="sub_title")
    return tuple(result)


def _infer_content(body: _Body, columns: Columns) -> Columns:
    """A table of duties must say of what: where no header is known to, the one unknown column does.

    Only a single unknown column of text is taken so, beside known ones; it is marked as inferred,
    so that its header is queued for the vocabulary all the same.
    """
    roles = {column.role for column in columns}
    if roles & CONTENT_ROLES or not roles & DUTY_ROLES:
        return columns
    unknown = [
        column
        for column in columns
        if column.role is None
        and column.header
        and any(len(text) >= CONTENT_LENGTH for text in body.words(column.index))
    ]
    if len(unknown) != 1:
        return columns
    inferred = replace(unknown[0], role="title", is_inferred=True)
    return tuple(inferred if column is unknown[0] else column for column in columns)


def _infer_by_cells(body: _Body, columns: Columns) -> Columns:
    """An unknown header over cells that read like progress, bodies or days takes that role, marked
    as inferred, so that its header is queued all the same."""
    settled = list(columns)
    for column in columns:
        if column.role is not None or not column.header:
            continue
        texts = [text for text in body.texts(column.index) if not text.is_blank]
        role = _role_of_cells(texts, {c.role for c in settled}, body.setting)
        if role is not None:
            settled[column.index] = replace(column, role=role, is_inferred=True)
    return tuple(settled)


def _role_of_cells(texts: Sequence[Text], known: set[str | None], setting: Setting) -> str | None:
    if len(texts) < MIN_ALIKE:
        return None
    promises = bool(known & (PROMISING_ROLES | {"goal_value"}))

    def most(asks: Callable[[Text], bool]) -> bool:
        return MOST * len(texts) <= sum(map(asks, texts))

    if most(_is_day) and "due" not in known:
        return "due"
    if most(_names_bodies):
        return "support" if known & {"lead", "responsible"} else "lead"
    if promises and most(_tells_progress) and "progress" not in known:
        return "progress"
    if not known & {"goal", "detail", "goal_value"} and most(_tells_promise):
        return "goal"
    return None


def _is_day(text: Text) -> bool:
    return len(text.words) <= DUE_MAX_LENGTH and text.due(SOME_YEAR) is not None


def _names_bodies(text: Text) -> bool:
    organizations = text.vocabulary.organizations
    mentions = organizations.split(text.printed)
    return bool(mentions) and all(
        (match := organizations.resolve(mention.text, None)) is not None and match.is_known
        for mention in mentions
    )


def _tells_promise(text: Text) -> bool:
    """Whether a cell says in words what is to be done, and how many."""
    is_figure = text.is_figure_alone or not text.quantities
    return not is_figure and text.language.has("action", text.simplified) and not tells_done(text)


def _tells_progress(text: Text) -> bool:
    if tells_done(text) or text.language.has("accomplished", text.simplified):
        return True
    results, plans = count_result_cues(text), count_plan_cues(text)
    acts = bool(text.quantities) and text.language.has("action", text.simplified)
    return results > plans or (acts and not plans)


def _settle_unlisted_regions(body: _Body, columns: Columns) -> Columns:
    """An unknown name among regions, over figures, is a region that the vocabulary lacks.

    It lies between two region columns, or right after the last of a run of them, or it ends as the
    name of one under the same header does; its shares are kept under a made code, and the name is
    queued.
    """
    shares = [column.index for column in columns if column.role == "allocation"]
    code = body.setting.region_code
    if len(shares) < MIN_REGIONS_ACROSS or code is None:
        return columns
    settled = list(columns)
    for column in columns:
        is_among = min(shares) < column.index <= max(shares) + 1
        alike = _region_named_alike(column, columns)
        is_open = alike is not None or (column.role is None and column.header and is_among)
        if is_open and _holds_figures(body, column):
            name = column.header.rsplit("/", 1)[-1]
            level = alike.level if alike is not None else "functional_area"
            region = RegionMatch(f"{code}-{name}", name, level, "provisional", code)
            settled[column.index] = replace(column, role="allocation", region=region)
            shares.append(column.index)
    return tuple(settled)


def _region_named_alike(column: Column, columns: Columns) -> RegionMatch | None:
    """A region under the same header as a column whose own words are a name that ends alike."""
    above, _, name = column.header.rpartition("/")
    if not column.names:
        return None
    beside = (c.region for c in columns if c.header.rpartition("/")[0] == above)
    return next((r for r in beside if r is not None and r.name[-1:] == name[-1:]), None)


def _holds_figures(body: _Body, column: Column) -> bool:
    words, vocabulary = body.words(column.index), body.setting.vocabulary
    figures = [w for w in words if NO_LETTERS.match(w) or is_figure_only(w, vocabulary)]
    return bool(words) and 2 * len(figures) >= len(words)


def _settle_periods(body: _Body, columns: Columns) -> Columns:
    """Columns that are headed by nothing but days or parts of the year are steps by then.

    Only beside a column that promises something, and where nothing is reported as done: in a table
    of progress such columns tell what was reached.
    """
    roles = {column.role for column in columns}
    if not roles & (PROMISING_ROLES | {"goal_value"}) or roles & REPORTING_ROLES:
        return columns
    dated = [c for c in columns if c.role is None and c.header and _is_all_date(body, c.header)]
    if len(dated) < MIN_PERIODS:
        return columns
    return tuple(replace(c, role="quarter_goal") if c in dated else c for c in columns)


def _is_all_date(body: _Body, header: str) -> bool:
    """Whether the deepest storey of a header is a date and nothing besides."""
    words = header.rsplit("/", 1)[-1]
    mentions = find_dates(read_passage(words, body.setting.vocabulary), SOME_YEAR)
    covered = sum(mention.end - mention.start for mention in mentions)
    return covered > 0 and covered >= len(words.strip("（）()")) - 1


def _settle_dated_steps(body: _Body, columns: Columns) -> Columns:
    """Days beside steps, row by row."""
    headers = body.setting.vocabulary.headers
    return pair_dated_steps(body.view, body.first_row, columns, headers)


def _settle_row_roles(body: _Body, columns: Columns) -> Columns:
    """Words down a column that name what the figures of their rows are."""
    return settle_row_roles(body.view, body.first_row, columns)


def _settle_figures(body: _Body, columns: Columns) -> Columns:
    """What bare figures count, in which unit, and whether in one part of the year alone."""
    view, first_row, vocabulary = body.view, body.first_row, body.setting.vocabulary
    columns = settle_units(view, first_row, columns, vocabulary)
    columns = settle_parts(view, first_row, columns)
    return settle_own_periods(columns, vocabulary)


SETTLERS: tuple[Callable[[_Body, Columns], Columns], ...] = (
    _settle_siblings,
    _settle_row_roles,
    _settle_each,
    _settle_figures,
    _settle_dated_steps,
    _settle_plans,
    _tell_twins_apart,
    _infer_by_cells,
    _infer_content,
    _settle_unlisted_regions,
    _settle_periods,
)
"""In this order: each sees what the one before it settled."""

"""What each column of a table is for, read from its header words.

Belongs here: giving each column a role through the header vocabulary. Does not belong here: finding
the header (`header`), what only the content can tell (`roles_by_cells`), or any header word (those
are `vocabulary/headers.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.reading.language.text import Text
from pipelines.reading.language.units import UnitHint, is_figure_only, read_unit
from pipelines.reading.recognition import Setting
from pipelines.reading.tables.header import find_header_rows
from pipelines.reading.tables.layout import PROMISING_ROLES, Column, TableLayout, TableView
from pipelines.reading.tables.roles_by_cells import settle_by_cells
from pipelines.vocabulary import RoleMatch, Vocabulary

GOAL_ROLES = ("goal", "goal_value", "schedule")
BRACKETED = re.compile(r"[（(]([^（）()]+)[)）]")


def read_layout(view: TableView, setting: Setting) -> TableLayout | None:
    """The layout of a table, or None where no row of it reads as a header."""
    found = find_header_rows(view, setting)
    if found is None:
        return None
    start, end = found
    columns = tuple(
        _read_column(index, _storeys(view, index, start, end), setting)
        for index in range(view.n_cols)
    )
    return TableLayout(view, settle_by_cells(view, end, columns, setting), start, end)


def _storeys(view: TableView, index: int, start: int, end: int) -> list[Text]:
    """The header cells over a column that say something, from the top, each once."""
    texts: list[Text] = []
    for row in range(start, end):
        text = view.text(row, index)
        if text is not None and text not in texts and text.words:
            texts.append(text)
    return texts


def _read_column(index: int, texts: Sequence[Text], setting: Setting) -> Column:
    vocabulary = setting.vocabulary
    storeys = [text.words for text in texts]
    header = "/".join(storeys)
    if not storeys:
        return Column(index, "", None)
    match = _role_of_storeys(storeys, vocabulary)
    region = setting.region_named(storeys[-1])
    if (match is not None and match.role == "city_own") or (
        region is not None and _may_be_share(match, storeys, vocabulary)
    ):
        return Column(index, header, "allocation", region=region)
    if match is not None and match.role in GOAL_ROLES and _is_part_of_year(storeys, vocabulary):
        match = replace(match, role="quarter_goal")
    leads = tuple(text for text in texts if _is_body(text, setting))
    goals = tuple(text for text in texts if is_figure_only(text.words, vocabulary))
    names = tuple(
        text
        for text in texts
        if text not in leads and text not in goals and _is_name(text.words, vocabulary)
    )
    period = vocabulary.language.pattern("header_period").search(header)
    return Column(
        index,
        header,
        match.role if match else None,
        names=names,
        goals=goals,
        leads=leads,
        unit_hint=_unit_in(storeys, vocabulary),
        period=(match.period if match else None) or (period.group() if period else None),
        year=match.year if match else None,
        is_own_period=match is not None and match.is_own_period,
    )


def _may_be_share(match: RoleMatch | None, storeys: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a column that a region heads is its share, seen the roles of its storeys."""
    if match is None or match.role in ("allocation_group", "region"):
        return True
    parent = vocabulary.headers.role_of(storeys[0]) if len(storeys) > 1 else None
    return parent is not None and parent.role == "allocation_group"


def _is_name(words: str, vocabulary: Vocabulary) -> bool:
    """Whether a storey names a thing: it is no header word and no unit."""
    return vocabulary.headers.role_of(words) is None and read_unit(words, vocabulary) is None


def _is_part_of_year(storeys: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the deepest storey that names a time names a part of the year (目标 over 一季度)."""
    for words in reversed(storeys):
        period = vocabulary.headers.find_period(words)
        if period is not None:
            return period.kind == "part"
    return False


def _is_body(text: Text, setting: Setting) -> bool:
    """Whether a header storey names a body, not a task."""
    match = setting.vocabulary.organizations.resolve(text.words, setting.region_code)
    return match is not None and match.is_known


def _unit_in(storeys: Sequence[str], vocabulary: Vocabulary) -> UnitHint | None:
    """The unit that a header names: in brackets (`投资（万元）`), or a storey of its own."""
    for words in reversed(storeys):
        for part in (*reversed(BRACKETED.findall(words)), words):
            for lead in vocabulary.language.words("unit_lead"):
                part = part.removeprefix(lead)
            unit = read_unit(part, vocabulary)
            if unit is not None:
                return unit
    return None


def _role_of_storeys(storeys: Sequence[str], vocabulary: Vocabulary) -> RoleMatch | None:
    """The deepest storey decides; where it says nothing by itself, it does with the one above.

    A storey that only names a unit gives the column no role while another storey does.
    """
    unit_match: RoleMatch | None = None
    for depth in reversed(range(len(storeys))):
        candidates = [storeys[depth]]
        if depth > 0:
            candidates.append(storeys[depth - 1] + storeys[depth])
        for candidate in candidates:
            match = vocabulary.headers.role_of(candidate)
            if match is not None and match.role == "unit":
                unit_match = match
            elif match is not None:
                return match
    return unit_match or _role_of_compound(storeys[-1], vocabulary)


def _role_of_compound(header: str, vocabulary: Vocabulary) -> RoleMatch | None:
    """A header that names two things (`具体任务和完成时间`) stands over what is to be done."""
    parts = [part for part in vocabulary.language.pattern("header_joint").split(header) if part]
    matches = [vocabulary.headers.role_of(part) for part in parts]
    content = [m for m in matches if m is not None and m.role in PROMISING_ROLES]
    if not content or any(m is None for m in matches):
        return None
    return next((m for m in content if m.role == "goal"), content[0])

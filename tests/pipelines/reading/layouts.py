"""Small tables with their layout, and what a recogniser made of them as text, for its own tests.

Belongs here: building what recognisers take, and spelling what they give, one line or row a string.
Does not belong here: whole documents (`documents`), or any expectation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from extractors.records import Document, Table
from pipelines.reading.language.text import WHITE_SPACE, Text
from pipelines.reading.language.units import UnitHint
from pipelines.reading.outline.texts import DocumentTexts
from pipelines.reading.recognition import Doubt, Recognition, Setting
from pipelines.reading.rows import Field, Line, Row
from pipelines.reading.tables.layout import Column, TableLayout, TableView
from pipelines.reading.tables.roles_by_header import read_layout
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.reading.documents import make_document

Rows = Sequence[Sequence[str]]


def setting_of(
    region_code: str | None = "330800", plan_year: int | None = 2024, *, is_report: bool = False
) -> Setting:
    """What is known of a document of 衢州市 for 2024, or of another."""
    return Setting(load_vocabulary(), region_code, plan_year, is_report)


def table_of(rows: Rows) -> tuple[Document, Table]:
    """A document that holds one table, and the table."""
    document = make_document(rows)
    return document, document.tables[0]


def view_of(rows: Rows) -> TableView:
    """A table whose cells are texts; marks in cells as in `documents.make_table`."""
    document, table = table_of(rows)
    return TableView(table, DocumentTexts(document, load_vocabulary()))


def prose_of(*paragraphs: str) -> tuple[Text, ...]:
    """The paragraphs of a document as texts."""
    return DocumentTexts(make_document(*paragraphs), load_vocabulary()).prose()


def layout_of(rows: Rows, setting: Setting | None = None) -> TableLayout:
    """The layout of a table by its own header words."""
    layout = read_layout(view_of(rows), setting or setting_of())
    assert layout is not None
    return layout


def layout_as(roles: Sequence[str | Column | None], rows: Rows) -> TableLayout:
    """A table below a header of one row, its columns as given: a role stands for its own header."""
    columns = tuple(
        role if isinstance(role, Column) else Column(index, role or "", role)
        for index, role in enumerate(roles)
    )
    return TableLayout(view_of([[column.header for column in columns], *rows]), columns, 0, 1)


def spell(recognition: Recognition | None) -> str:
    """All that a recogniser gives: lines with their rows, remainders, results, shares, doubts."""
    if recognition is None:
        return "nothing"
    told = [f"{recognition.layout} {recognition.evidence:.2f}"]
    told += [spelled for line in recognition.lines for spelled in spell_line(line)]
    for (role, rule), rest in groupby(recognition.remainders, key=lambda r: (r.role, r.rule)):
        words = [remainder.text.words for remainder in rest]
        told += [f"{role} by {rule}: {' '.join(filter(None, words))}"] if any(words) else []
    told += [f"result: {text.words}" for text in recognition.results]
    told += [f"share of {share.region.name}: {share.told.words}" for share in recognition.shares]
    told += [_spell_doubt(doubt) for doubt in recognition.doubts]
    return "\n".join(told)


def _spell_doubt(doubt: Doubt) -> str:
    return f"{doubt.code}: {doubt.as_printed}, {doubt.vocabulary} lacks “{doubt.suggestion}”"


def spell_line(line: Line) -> Iterator[str]:
    """What a line is called and counted in, then its rows, indented."""
    heading = line.heading
    named = (line.suffix, line.number, line.category, heading.title, heading.detail)
    restates = ", may restate" if line.may_restate else ""
    yield " | ".join(part or "-" for part in named) + _spell_unit(line.unit) + restates
    place = f"{heading.place.key}, row {heading.place.row_no}"
    yield f"  from {place}: {WHITE_SPACE.sub(' ', heading.as_printed) or '-'}"
    yield from (f"  {spell_row(row)}" for row in line.rows)


def spell_row(row: Row) -> str:
    """A row: its index, `+` where it goes on with the row above, `=` where it sums up, its keys
    where another field does not tell them, and its fields."""
    head = f"{row.index}{'' if row.states else '+'}{'=' if row.is_total else ''}"
    told = {field.text.words for field in row.fields}
    keys = (row.category, row.number, row.title.words if row.title is not None else None)
    filled = [f"<{key}>" for key in keys if key is not None and key not in told]
    fields = (spell_field(field, row.index) for field in row.fields if field.text.shown)
    return " ".join((head, *filled, *fields))


def spell_field(field: Field, at: int | None = None) -> str:
    """`role=text`, with its region and unit, `^` where it is merged in from above, `<` where
    it runs over several columns, and the rows
    that it speaks for where a table does not say that these are row `at` alone."""
    region = f"@{field.region.name}" if field.region is not None else ""
    covers = ""
    if field.covers is not None and (field.covers != (at,) or field.text.table_no is None):
        covers = "→" + "-".join(map(str, dict.fromkeys((field.covers[0], field.covers[-1]))))
    words = field.text.words + ("" if field.is_first else "^") + ("<" if field.is_across else "")
    return f"{field.role}={words}{region}{_spell_unit(field.unit)}{covers}"


def _spell_unit(unit: UnitHint | None) -> str:
    return f" [{unit.scale:f}{unit.unit}]" if unit is not None else ""


def spell_columns(columns: Iterable[Column]) -> list[str]:
    """What each column is for, and what else its header says."""
    return [_spell_column(column) for column in columns]


def _spell_column(column: Column) -> str:
    region = column.region
    of_region = f"@{region.name} {region.region_code} {region.kind}" if region is not None else ""
    told = [f"{column.header}: {column.role}{of_region}{_spell_unit(column.unit_hint)}"]
    for name in ("names", "goals", "leads"):
        words = [text.words for text in getattr(column, name)]
        told += [f"{name}={'/'.join(words)}"] if words else []
    told += [f"{column.period}"] if column.period else []
    told += [f"{column.year}"] if column.year else []
    return " ".join(told) + (" inferred" if column.is_inferred else "")

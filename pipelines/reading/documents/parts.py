"""The parts of a document, each as the layout that it is best read as.

Belongs here: putting every table and the running text before the recognisers, and what their
layouts tell of the whole document. Does not belong here: any layout, or what is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.records import Document, Table
from pipelines.reading.clauses.tense import count_plan_cues, count_result_cues
from pipelines.reading.language.text import Text
from pipelines.reading.lists.article import (
    RESULT_KINDS,
    recognise_article,
    reports_results,
)
from pipelines.reading.lists.items import recognise_items
from pipelines.reading.outline.captions import read_caption
from pipelines.reading.outline.labels import label_roles
from pipelines.reading.outline.texts import DocumentTexts
from pipelines.reading.recognition import Doubt, Recognition, Setting, best_of
from pipelines.reading.recording.results import last_day_of
from pipelines.reading.rows import RESULT_ROLES
from pipelines.reading.tables.cards import recognise_card
from pipelines.reading.tables.layout import Column, TableLayout, TableView
from pipelines.reading.tables.long import recognise_long
from pipelines.reading.tables.ordinary import recognise_ordinary
from pipelines.reading.tables.roles_by_header import read_layout
from pipelines.reading.tables.row_roles import ROW_ROLE
from pipelines.reading.tables.transposed import transpose
from pipelines.reading.tables.turned import recognise_turned

HEADER_ROWS_SEARCHED = 4
HEADER_COLS_SEARCHED = 2
HEADED_RESULTS = ("progress", "done_value")


@dataclass(frozen=True, slots=True)
class Parts:
    """The recognised parts of a document, in the order of the source.

    `roles` are those of all columns and labels that speak for the plan's year; `result_headers` the
    words over columns of progress; `is_article` says that the running text reports.
    """

    recognitions: tuple[Recognition, ...]
    roles: frozenset[str]
    result_headers: tuple[str, ...]
    is_article: bool


def header_words(document: Document, texts: DocumentTexts) -> list[str]:
    """The words where headers stand: in the first rows and columns of all tables."""
    return [
        texts.of_cell(table, cell).words
        for table in document.tables
        for cell in table.cells
        if cell.row < HEADER_ROWS_SEARCHED or cell.col < HEADER_COLS_SEARCHED
    ]


def recognise_parts(
    document: Document, texts: DocumentTexts, title: str, setting: Setting
) -> Parts:
    """Read every table and the running text as the layout that has the best evidence."""
    hint = setting.vocabulary.document_kinds.hint(title)
    setting = replace(setting, is_report=hint in RESULT_KINDS)
    tables = [_Reading.of(document, table, texts, setting) for table in document.tables]
    roles = frozenset[str]().union(*(table.roles_of_year(setting) for table in tables))
    paragraphs = texts.prose()
    labels = label_roles(paragraphs) if not roles else frozenset[str]()
    article = recognise_article(paragraphs, title, setting) if not roles else None
    prose = _read_prose(paragraphs, roles, article, setting)
    laid_out = [table.layout for table in tables if table.layout is not None]
    return Parts(
        recognitions=(*(table.recognition for table in tables), *prose),
        # Labels name leads in every kind of text; only that progress is told makes the kind.
        roles=roles | (labels & set(RESULT_ROLES)),
        result_headers=tuple(
            column.header for layout in laid_out for column in layout.having(*HEADED_RESULTS)
        ),
        is_article=article is not None,
    )


def _read_prose(
    paragraphs: Sequence[Text],
    table_roles: frozenset[str],
    article: Recognition | None,
    setting: Setting,
) -> tuple[Recognition, ...]:
    """The running text as an article or a list; beside tables of results only what reports."""
    if table_roles & set(RESULT_ROLES):
        results = tuple(text for text in paragraphs if _tells_beside(text, setting))
        return (Recognition("article", 1.0, "it stands beside results", results=results),)
    if table_roles:
        return ()
    best = best_of((article, recognise_items(paragraphs, setting)))
    return (best,) if best is not None else ()


def _tells_beside(text: Text, setting: Setting) -> bool:
    """Whether a paragraph beside tables of results tells results: in a report, whatever does not
    only plan, nor ask, nor explain the table."""
    if reports_results([text]):
        return True
    if not setting.is_report or not text.quantities:
        return False
    if count_plan_cues(text) and not count_result_cues(text):
        return False
    return text.language.pattern("note_or_request").match(text.words) is None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A table with the layout that it was read as."""

    recognition: Recognition
    layout: TableLayout | None

    @classmethod
    def of(
        cls, document: Document, table: Table, texts: DocumentTexts, setting: Setting
    ) -> _Reading:
        """The best reading of a table; one without any keeps its numbers unresolved."""
        view = TableView(table, texts)
        turned = transpose(view)
        if turned is not None:
            layout = _layout_of(document, turned, table, setting)
            if layout is not None:
                return cls(_as_transposed(recognise_ordinary(layout, setting)), layout)
        card = recognise_card(view, setting)
        layout = _layout_of(document, view, table, setting)
        if layout is None:
            return cls(card or _unread(view), None)
        if layout.has(ROW_ROLE):
            # Words that name the figures of their rows stand beside values as labels do.
            card = None
        best = best_of(
            (
                card,
                recognise_long(layout, setting),
                recognise_turned(layout, setting),
                recognise_ordinary(layout, setting),
            )
        )
        assert best is not None, "an ordinary table may always be read"
        return cls(best, None if best is card else layout)

    def roles_of_year(self, setting: Setting) -> frozenset[str]:
        """The roles of its columns or labels that speak for the plan's year."""
        if self.layout is None:
            return self.recognition.roles
        speaking = (c for c in self.layout.columns if _is_of_year(c, setting))
        return frozenset[str]().union(*(column.roles for column in speaking))


def _as_transposed(recognition: Recognition) -> Recognition:
    says = f"{recognition.says}, attributes down the side"
    return replace(recognition, layout="transposed", evidence=1.0, says=says)


def _layout_of(
    document: Document, view: TableView, table: Table, setting: Setting
) -> TableLayout | None:
    """The layout of a table as it is seen; what stands over it, by the table as printed."""
    layout = read_layout(view, setting)
    if layout is None:
        return None
    caption = read_caption(document, table, setting.vocabulary)
    return replace(layout, caption_name=caption.name, caption_unit=caption.unit)


def _is_of_year(column: Column, setting: Setting) -> bool:
    """Whether a column speaks for the plan's year: one of what was done before it makes no report
    of a plan."""
    if column.role not in RESULT_ROLES or setting.plan_year is None:
        return True
    end = last_day_of(column.header, setting.vocabulary, setting.plan_year)
    return end is None or end.year >= setting.plan_year


def _unread(view: TableView) -> Recognition:
    first = next((c for c in view.table.cells if c.text.strip()), None)
    words = [view.text_of(cell).words for cell in view.cells_of_row(0)]
    doubt = Doubt(
        "unknown_table",
        f"No row of table {view.table.number} reads as a header, so none of it was interpreted. "
        "Add its header words to the vocabulary.",
        view.text_of(first) if first is not None else None,
        vocabulary="headers.csv",
        suggestion=", ".join(words),
    )
    return Recognition("unread", 0.0, "no row reads as a header", doubts=(doubt,))

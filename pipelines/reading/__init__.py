"""What a document means: from the records of `extractors` to the facts of the warehouse.

`read_facts` is the one entry. It knows no file format, no city and no year: roles of columns,
regions, units and bodies come from the vocabulary, layouts from the document itself.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.records import Document, ParagraphKind, Table
from pipelines.facts import DocumentFact, DocumentFacts
from pipelines.inventory import document_id_of
from pipelines.reading.documents.identity import (
    read_as_of,
    read_kind,
    read_plan_year,
    read_region,
    read_title,
)
from pipelines.reading.lists.articles import (
    is_titled_as_results,
    read_results_article,
    reports_results,
)
from pipelines.reading.lists.prose import read_prose_plan, read_slices
from pipelines.reading.outline.captions import read_caption
from pipelines.reading.outline.items import tells_plans_in_items
from pipelines.reading.outline.labels import label_roles
from pipelines.reading.recording.builder import FactsBuilder
from pipelines.reading.recording.ledger import Ledger, SourceText
from pipelines.reading.recording.results import period_end
from pipelines.reading.tables.cards import read_card
from pipelines.reading.tables.layout import Column, TableLayout, clean_header
from pipelines.reading.tables.ordinary import read_plan_table
from pipelines.reading.tables.roles_by_header import read_layout
from pipelines.sources import SourceEntry
from pipelines.vocabulary import Vocabulary

__all__ = ["read_facts"]

PROSE = (ParagraphKind.BODY, ParagraphKind.HEADING)


def read_facts(document: Document, source: SourceEntry, vocabulary: Vocabulary) -> DocumentFacts:
    """All facts of a document, in the order of the source, with every number in the ledger.

    What is not understood is queued as a `Notice` and its quantities stay `unresolved`; nothing
    here raises because of what a document says.
    """
    document_id = document_id_of(document.name)
    ledger = Ledger(document_id, document)
    title = read_title(document, source)
    header_texts = [
        clean_header(cell.text)
        for table in document.tables
        for cell in table.cells
        if cell.row < HEADER_ROWS_SEARCHED or cell.col < HEADER_COLS_SEARCHED
    ]
    region_code = read_region(document, source, title, header_texts, vocabulary)
    layouts = [_layout(document, table, vocabulary, region_code) for table in document.tables]
    cards = [read_card(table, ledger, vocabulary) for table in document.tables]
    known = [lo for lo, card in zip(layouts, cards, strict=True) if lo is not None and not card]
    year = read_plan_year(document, source, title)
    roles = {c.role for layout in known for c in layout.columns if c.role and _is_of_year(c, year)}
    roles |= {piece.role for card in cards for piece in card or () if piece.role}
    paragraphs = tuple(text for text in ledger.paragraphs() if text.paragraph_kind in PROSE)
    table_roles = frozenset(roles)
    labels = label_roles(paragraphs, vocabulary) if not table_roles else frozenset()
    # Labels name leads in every kind of text; that progress is told beside goals makes the kind.
    roles |= labels & PROGRESS_ROLES
    is_article = (
        not table_roles
        and "goal" not in labels
        and (reports_results(paragraphs) or is_titled_as_results(title, vocabulary))
        and not tells_plans_in_items(paragraphs)
    )
    builder = FactsBuilder(
        document=DocumentFact(
            document_id=document_id,
            title=title,
            kind=read_kind(roles, title, is_article, vocabulary),
            publisher=source.publisher or publisher_of(title, region_code, vocabulary),
            region_code=region_code,
            plan_year=year,
            as_of=read_as_of(document, source, title, known, year),
            file_name=document.name,
            sha256=document.sha256,
            pages=document.pages,
        ),
        ledger=ledger,
        vocabulary=vocabulary,
    )
    _queue_unknown_identity(builder, source)
    _queue_omissions(builder, document)
    for table, layout, card in zip(document.tables, layouts, cards, strict=True):
        if card is not None:
            read_slices(builder, None, None, card)
        elif layout is None:
            _queue_table_without_header(builder, table)
        else:
            read_plan_table(builder, layout)
    if is_article:
        read_results_article(builder, paragraphs)
    elif table_roles & PROGRESS_ROLES:
        read_results_article(builder, [p for p in paragraphs if reports_results([p])])
    elif not table_roles:
        read_prose_plan(builder, paragraphs)
    _claim_surroundings(builder)
    days = [report.as_of for report in builder.reports if report.as_of is not None]
    if builder.document.as_of is None and days:
        builder.document = replace(builder.document, as_of=max(days))
    return builder.finish()


PROGRESS_ROLES = frozenset({"progress", "done_value", "percent"})
HEADER_ROWS_SEARCHED = 4
HEADER_COLS_SEARCHED = 2


def _layout(
    document: Document, table: Table, vocabulary: Vocabulary, region_code: str | None
) -> TableLayout | None:
    layout = read_layout(table, vocabulary, region_code)
    if layout is None:
        return None
    caption = read_caption(document, table, vocabulary)
    return replace(layout, caption_name=caption.name, caption_unit=caption.unit)


def publisher_of(title: str, region_code: str | None, vocabulary: Vocabulary) -> str | None:
    """The government of the document's region; None where the region is not known."""
    region = vocabulary.regions.get(region_code)
    return f"{region.name}人民政府" if region is not None else None


def _queue_unknown_identity(builder: FactsBuilder, source: SourceEntry) -> None:
    document = builder.document
    regions = builder.vocabulary.regions
    is_coded = regions.get(source.region) is not None
    named = regions.find_in_title(source.region) if source.region and not is_coded else None
    if source.region and not is_coded and (named is None or named.kind == "provisional"):
        builder.notice(
            "unknown_region",
            f"raw/sources.yml names the region “{source.region}”, which is not in the vocabulary; "
            "what the document itself says was taken instead.",
            None,
            as_printed=source.region,
            vocabulary="regions.csv",
            suggestion=source.region,
        )
    if document.region_code is None:
        builder.notice(
            "unknown_document_region",
            "The document does not say which region it is about. Write `region:` for it in "
            "raw/sources.yml.",
            None,
            as_printed=document.title,
        )
    if document.plan_year is None:
        builder.notice(
            "unknown_plan_year",
            "The document names no year. Write `plan_year:` for it in raw/sources.yml.",
            None,
            as_printed=document.title,
        )


def _is_of_year(column: Column, year: int | None) -> bool:
    """Whether a column speaks for the plan's year: one of what was done before it makes no report
    of a plan."""
    if column.role not in PROGRESS_ROLES or year is None:
        return True
    end = period_end(column, year)
    return end is None or end.year >= year


def _queue_omissions(builder: FactsBuilder, document: Document) -> None:
    """What the file shows and nobody has read stands in the warehouse beside what was read."""
    for omission in document.omissions:
        place = omission.place or (f"{omission.page}" if omission.page is not None else "")
        builder.notice(omission.code, omission.message, None, as_printed=place, page=omission.page)


def _queue_table_without_header(builder: FactsBuilder, table: Table) -> None:
    """The numbers of a table that nobody understands stay in the ledger, unresolved."""
    first = next((cell for cell in table.cells if cell.text.strip()), None)
    text = builder.ledger.of_cell(table.number, first) if first is not None else None
    builder.notice(
        "unknown_table",
        f"No row of table {table.number} reads as a header, so none of it was interpreted. Add its "
        "header words to the vocabulary.",
        text,
        vocabulary="headers.csv",
        suggestion=", ".join(clean_header(cell.text) for cell in table.cells if cell.row == 0),
    )


def _claim_surroundings(builder: FactsBuilder) -> None:
    """Quantities of titles, notes and page furniture qualify the document; none is a promise."""
    for text in builder.ledger.paragraphs():
        role = "ordinal" if text.paragraph_kind == ParagraphKind.PAGE_NUMBER else "scope"
        _claim(builder, text, role)


def _claim(builder: FactsBuilder, text: SourceText, role: str) -> None:
    builder.ledger.claim_rest(text, role)

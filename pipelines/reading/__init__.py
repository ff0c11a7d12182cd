"""What a document means: from the records of `extractors` to the facts of the warehouse.

`read_facts` is the one entry. It knows no file format, no city and no year: roles of columns,
regions, units and bodies come from the vocabulary, layouts from the document itself.

The rooms, in the order in which they are passed: `outline` cuts a document into texts, `language`
parses them, `documents` tells what it is, `tables` and `lists` turn every layout into the same
lines of rows of named fields (`rows`), `clauses` tells which part a number plays, and `recording`
writes the facts down.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.records import Document
from pipelines.facts import DocumentFact, DocumentFacts
from pipelines.inventory import document_id_of
from pipelines.reading.documents.genre import doubt_genre
from pipelines.reading.documents.identity import (
    publisher_of,
    read_as_of,
    read_kind,
    read_plan_year,
    read_region,
    read_signed_on,
    read_title,
)
from pipelines.reading.documents.parts import Parts, header_words, recognise_parts
from pipelines.reading.outline.texts import DocumentTexts
from pipelines.reading.recognition import Doubt, Setting
from pipelines.reading.recording.book import Book
from pipelines.reading.recording.ledger import Ledger
from pipelines.reading.recording.lines import record_line
from pipelines.reading.recording.remainders import claim_remainder, claim_surroundings
from pipelines.reading.recording.results import record_article
from pipelines.reading.recording.shares import record_place_shares
from pipelines.reading.recording.statements import record_told
from pipelines.reading.recording.unsaid import doubt_unsaid
from pipelines.sources import SourceEntry
from pipelines.vocabulary import Vocabulary

__all__ = ["read_facts"]


def read_facts(document: Document, source: SourceEntry, vocabulary: Vocabulary) -> DocumentFacts:
    """All facts of a document, in the order of the source, with every number in the ledger.

    What is not understood is queued as a `Notice` and its quantities stay `unresolved`; nothing
    here raises because of what a document says.
    """
    texts = DocumentTexts(document, vocabulary)
    title = read_title(document, source, vocabulary)
    region_code = read_region(document, source, title, header_words(document, texts), vocabulary)
    year = read_plan_year(document, source, title)
    setting = Setting(vocabulary, region_code, year)
    parts = recognise_parts(document, texts, title, setting)
    book = Book(
        document=_describe(document, source, title, setting, parts),
        ledger=Ledger(document_id_of(document.name), texts),
        vocabulary=vocabulary,
    )
    _doubt_identity(book, source)
    if (doubt := doubt_genre(texts, title, setting)) is not None:
        book.doubt(doubt)
    _tell_omissions(book, document)
    _record(book, parts)
    doubt_unsaid(book, parts.recognitions)
    for text in texts.paragraphs():
        claim_surroundings(book, text)
    days = [report.as_of for report in book.reports if report.as_of is not None]
    if book.document.as_of is None and book.reports:
        day = max(days, default=None) or read_signed_on(document, setting)
        book.document = replace(book.document, as_of=day)
    return book.finish()


def _describe(
    document: Document, source: SourceEntry, title: str, setting: Setting, parts: Parts
) -> DocumentFact:
    as_of = read_as_of(document, source, title, parts.result_headers, setting)
    return DocumentFact(
        document_id=document_id_of(document.name),
        title=title,
        kind=read_kind(parts.roles, title, as_of, setting, tells=parts.is_article),
        publisher=source.publisher or publisher_of(title, setting.region_code, setting.vocabulary),
        region_code=setting.region_code,
        plan_year=setting.plan_year,
        as_of=as_of,
        file_name=document.name,
        sha256=document.sha256,
        pages=document.pages,
    )


def _record(book: Book, parts: Parts) -> None:
    """Write down what the parts of a document say, in the order of the source."""
    for recognition in parts.recognitions:
        for doubt in recognition.doubts:
            book.doubt(doubt)
        for line in recognition.lines:
            record_line(book, line)
        for shares in recognition.shares:
            record_place_shares(book, shares)
        if recognition.results:
            record_article(book, recognition.results)
            record_told(book, recognition.results)
        for remainder in recognition.remainders:
            claim_remainder(book, remainder)


def _doubt_identity(book: Book, source: SourceEntry) -> None:
    """Say what of the document's identity is not known."""
    regions = book.vocabulary.regions
    is_coded = regions.get(source.region) is not None
    named = regions.find_in_title(source.region) if source.region and not is_coded else None
    if source.region and not is_coded and (named is None or named.kind == "provisional"):
        book.doubt(
            Doubt(
                "unknown_region",
                f"raw/sources.yml names the region “{source.region}”, which is not in the "
                "vocabulary; what the document itself says was taken instead.",
                as_printed=source.region,
                vocabulary="regions.csv",
                suggestion=source.region,
            )
        )
    if book.document.region_code is None:
        book.doubt(
            Doubt(
                "unknown_document_region",
                "The document does not say which region it is about. Write `region:` for it in "
                "raw/sources.yml.",
                as_printed=book.document.title,
            )
        )
    if book.plan_year is None:
        book.doubt(
            Doubt(
                "unknown_plan_year",
                "The document names no year. Write `plan_year:` for it in raw/sources.yml.",
                as_printed=book.document.title,
            )
        )


def _tell_omissions(book: Book, document: Document) -> None:
    """What the file shows and nobody has read stands in the warehouse beside what was read."""
    for omission in document.omissions:
        place = omission.place or (f"{omission.page}" if omission.page is not None else "")
        book.doubt(Doubt(omission.code, omission.message, as_printed=place), page=omission.page)

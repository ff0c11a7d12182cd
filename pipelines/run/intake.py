"""The first half of a refresh: from what lies in the raw folder to facts.

Belongs here: the steps up to the facts of each document, and what passes between them.
Does not belong here: how a step does its work (`sources`, `extraction`, `reading`), or what becomes
of the facts (`release`).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.checks.completeness import DigitCount
from pipelines.errors import PipelineError
from pipelines.facts import DocumentFacts, HeldLine, Link, LinkCandidate
from pipelines.installation import CODE, HOME, list_libraries, read_version
from pipelines.inventory import OWN_WORDS, RawFile, take_inventory
from pipelines.publishing.account import read_incumbents
from pipelines.publishing.fingerprint import fingerprint
from pipelines.run.attempt import new_run_id
from pipelines.run.extraction import Extraction, Refusal, extract_documents
from pipelines.run.kept import MEGABYTE, KeptResults
from pipelines.run.kept_form import ReadDocument
from pipelines.run.logs import bind_run, log
from pipelines.run.progress import Progress, Silence
from pipelines.run.settings import SETTINGS_FILE, InvalidSettingsError, Settings, read_settings
from pipelines.run.single_document import Reader, Terms, read_with_extractors
from pipelines.sources import (
    AcceptedDiscrepancy,
    AcceptedLoss,
    AcceptedReading,
    SourceEntry,
    find_entries_without_file,
    read_accepted_discrepancies,
    read_accepted_losses,
    read_accepted_readings,
    read_sources,
)

if TYPE_CHECKING:
    from pipelines.doubting import DoubtedDocument
    from pipelines.linking import AcceptedLink, Indicator, StaleSignature

DEFAULT_RAW = HOME / "raw"
DEFAULT_WAREHOUSE = HOME / "warehouse" / "minsheng.duckdb"


class NoSourcesError(PipelineError):
    """There is nothing to read where there should be; the published file is as it was.

    A share that is not mounted and a misspelt name look just like this.
    """

    def __init__(self, message: str) -> None:
        super().__init__("no_sources", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


@dataclass(frozen=True, slots=True)
class Folders:
    """Where sources come from, which file is published, and whose losses may go out this once.

    With `reads_anew` nothing is taken over from earlier runs.
    """

    raw: Path = DEFAULT_RAW
    warehouse: Path = DEFAULT_WAREHOUSE
    accept_losses: tuple[str, ...] = ()
    reads_anew: bool = False


@dataclass(frozen=True, slots=True)
class Stock:
    """What the run starts from: files, and what people wrote down about them."""

    run_id: str
    started: datetime
    fingerprint: str
    code_version: str
    files: tuple[RawFile, ...]
    sources: dict[str, SourceEntry]
    accepted: tuple[AcceptedDiscrepancy, ...]
    accepted_links: tuple[AcceptedLink, ...]
    accepted_losses: tuple[AcceptedLoss, ...]
    accepted_readings: tuple[AcceptedReading, ...]
    settings: Settings
    entries_without_file: tuple[str, ...]
    own_words: Path | None = None
    """The folder of words that a person keeps beside the sources."""
    kept_results: Path | None = None
    """The folder of results of earlier runs; None: nothing is kept."""
    reads_anew: bool = False
    """Whether what is kept there is not looked at."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The facts of all documents that could be read, and the files that could not.

    What joins them (`indicators`, `links`, `candidates`) is there once they were linked, and so is
    what makes no sense: `held_lines` are out of the facts, `doubted` documents are in them.
    """

    facts: tuple[DocumentFacts, ...]
    refusals: tuple[Refusal, ...] = ()
    digits: tuple[DigitCount, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    links: tuple[Link, ...] = ()
    candidates: tuple[LinkCandidate, ...] = ()
    stale_links: tuple[StaleSignature, ...] = ()
    held_lines: tuple[HeldLine, ...] = ()
    doubted: tuple[DoubtedDocument, ...] = ()
    stale_readings: tuple[AcceptedReading, ...] = ()


def compute_fingerprint(raw: Path) -> str:
    """One hash over the sources, what people wrote beside them, the code and its libraries."""
    return fingerprint((raw, *CODE) if raw.is_dir() else CODE, list_libraries())


def read_code_version() -> str:
    """The project's version and a hash of its code, so that each run says what made it."""
    return f"{read_version()}+{fingerprint(CODE, list_libraries())[:12]}"


def take_stock(
    folders: Folders, progress: Progress | None = None, run_id: str | None = None
) -> Stock:
    """List and hash the sources, and read what people wrote beside them.

    `run_id` is that of a run that has been begun and logged; without one it gets an id here.

    Raises:
        NoSourcesError: the folder is missing, or there is nothing in it.
        InvalidSourcesError, InvalidSettingsError: a file that people write cannot be understood.
    """
    from pipelines.linking import read_accepted_links

    progress = progress or Silence()
    progress.begin("Looking through the sources")
    started = datetime.now(UTC)
    # Before anything else is looked at: what changes from here on is new to the next run.
    current = compute_fingerprint(folders.raw)
    sources = read_sources(folders.raw)
    settings = read_settings(folders.raw)
    files = take_inventory(
        folders.raw, settings.limits.file_bytes, read_incumbents(folders.warehouse)
    )
    if not files:
        raise NoSourcesError(_explain_none(folders))
    stock = Stock(
        run_id=run_id or new_run_id(started),
        started=started,
        fingerprint=current,
        code_version=read_code_version(),
        files=files,
        sources=sources,
        accepted=read_accepted_discrepancies(folders.raw),
        accepted_links=read_accepted_links(folders.raw),
        accepted_losses=read_accepted_losses(folders.raw),
        accepted_readings=read_accepted_readings(folders.raw),
        entries_without_file=find_entries_without_file(sources, files),
        settings=settings,
        own_words=folders.raw / OWN_WORDS,
        kept_results=_find_kept(folders, settings),
        reads_anew=folders.reads_anew,
    )
    bind_run(stock.run_id)
    progress.end(f"{len(files)} files")
    return stock


def _find_kept(folders: Folders, settings: Settings) -> Path:
    """The folder of kept results, which its setting names from beside the published file.

    Raises:
        InvalidSettingsError: results would lie among the sources, and be taken for some.
    """
    folder = folders.warehouse.parent / settings.kept_results
    if folder.resolve().is_relative_to(folders.raw.resolve()):
        problem = "`kept_results` must not be a folder of the sources"
        raise InvalidSettingsError(folders.raw / SETTINGS_FILE, (problem,))
    return folder


def _explain_none(folders: Folders) -> str:
    if not folders.raw.is_dir():
        there = "There is no folder" if not folders.raw.exists() else "No folder, but a file, is"
        return (
            f"{there} {folders.raw}, so nothing was published. Is its disk there, is its name "
            "right? `minsheng init` makes a new one."
        )
    if folders.warehouse.exists():
        return (
            f"{folders.raw} holds no documents, while {folders.warehouse} is there: nothing was "
            "published. If it is meant to be empty, remove that file."
        )
    return (
        f"{folders.raw} holds no documents, so nothing was published. Put PDF or Word files there, "
        "or name another folder with --raw."
    )


def extract(
    stock: Stock, progress: Progress | None = None, reader: Reader = read_with_extractors
) -> Extraction:
    """Read and understand all files in worker processes, save those whose result is known.

    The check engine is imported meanwhile.
    """
    from pipelines.checks import imported_meanwhile

    progress = progress or Silence()

    def note(file: RawFile, outcome: ReadDocument | Refusal) -> None:
        progress.advance(file.file_name)
        if isinstance(outcome, Refusal):
            told = f"refused ({outcome.code}): {outcome.message}"
            log(told, level=logging.WARNING, document_id=file.document_id, code=outcome.code)
        else:
            told = f"read, {outcome.tables} tables, {outcome.pages or 'no'} pages"
            told += f", {len(outcome.facts.figures)} numbers"
            log(told, document_id=file.document_id)

    progress.begin("Reading documents", len(stock.files))
    kept = _open_kept(stock)
    with imported_meanwhile():
        extraction = extract_documents(
            stock.files,
            Terms(reader=reader, own_words=stock.own_words, limits=stock.settings.limits),
            sources=stock.sources,
            kept=kept,
            workers=stock.settings.workers or None,
            on_done=note,
        )
    refused = f", {len(extraction.refusals)} refused" if extraction.refusals else ""
    progress.end(f"{len(extraction.documents)} read{refused}{_tell_kept(kept, extraction)}")
    return extraction


def _open_kept(stock: Stock) -> KeptResults | None:
    if stock.kept_results is None:
        return None
    settings = stock.settings
    return KeptResults(
        stock.kept_results,
        most_days=settings.kept_results_days,
        most_mb=settings.kept_results_mb,
        is_blind=stock.reads_anew,
    )


def _tell_kept(kept: KeptResults | None, extraction: Extraction) -> str:
    """What was known before, what keeping takes of the disk, and why nothing is kept, if so."""
    if kept is None or not kept.is_on:
        return ""
    known = f", {extraction.known} known from earlier runs" if extraction.known else ""
    left = kept.tidy() / MEGABYTE
    if kept.problem is not None:
        log(f"results are not kept in {kept.folder}: {kept.problem}", level=logging.WARNING)
        return f"{known}; results are not kept in {kept.folder}: {kept.problem}"
    return f"{known}; {left:,.1f} MB of results kept" if left else known


def read_meaning(stock: Stock, extraction: Extraction, progress: Progress | None = None) -> Meaning:
    """Put together what was understood of each document, and what was refused."""
    progress = progress or Silence()
    progress.begin("Gathering facts")
    facts = tuple(read.facts for _, read in extraction.documents)
    digits = tuple(count for _, read in extraction.documents for count in read.digits)
    count = sum(len(item.figures) for item in facts)
    progress.end(f"{count} numbers in {len(facts)} documents")
    return Meaning(facts, extraction.refusals, digits)


def link(
    stock: Stock,
    meaning: Meaning,
    progress: Progress | None = None,
    folders: Folders | None = None,
) -> Meaning:
    """Join what different documents and years say of the same promise, once it makes sense.

    Where `folders` says what is published, verdicts on links follow facts that bear another
    identifier there.
    """
    from pipelines.linking import link_facts
    from pipelines.run.sense import hold_doubtful_lines, refuse_other_genres
    from pipelines.vocabulary import load_vocabulary

    progress = progress or Silence()
    progress.begin("Linking documents")
    meaning = hold_doubtful_lines(stock, refuse_other_genres(meaning))
    accepted = _follow_former_ids(stock, meaning, folders) if folders else stock.accepted_links
    linking = link_facts(meaning.facts, load_vocabulary(stock.own_words), accepted)
    progress.end(f"{len(linking.links)} links, {len(linking.candidates)} for a person to judge")
    return replace(
        meaning,
        facts=linking.documents,
        indicators=linking.indicators,
        links=linking.links,
        candidates=linking.candidates,
        stale_links=linking.stale,
    )


def _follow_former_ids(
    stock: Stock, meaning: Meaning, folders: Folders
) -> tuple[AcceptedLink, ...]:
    """The signed links, by the identifiers that their facts bear now."""
    from pipelines.publishing.continuity import find_former_ids, read_published, read_run

    if not stock.accepted_links:
        return ()
    former = find_former_ids(
        read_published(folders.warehouse), read_run(meaning.facts), stock.run_id
    )
    names = {one.former_id: one.fact_id for one in former}
    return tuple(
        replace(
            signed,
            from_id=names.get(signed.from_id, signed.from_id),
            to_id=names.get(signed.to_id, signed.to_id),
        )
        for signed in stock.accepted_links
    )

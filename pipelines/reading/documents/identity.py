"""What a document is: its title, publisher, region, plan year, kind and the date it speaks for.

Belongs here: reading these from the document itself where nobody wrote them down. What a person
wrote in `raw/sources.yml` always wins. Does not belong here: facts of single lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import PurePath

from extractors.records import Document, Paragraph, ParagraphKind, Table
from pipelines.quantities.text import simplify
from pipelines.reading.language.dates import (
    DateMention,
    Precision,
    end_of_titled_period,
    find_dates,
)
from pipelines.reading.language.passage import read_passage
from pipelines.reading.recognition import Setting
from pipelines.sources import SourceEntry
from pipelines.vocabulary import RegionMatch, Vocabulary

YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
LINE_BREAK = re.compile(r"\s*\n\s*")
WHITE_SPACE = re.compile(r"\s+")
ADDRESS_END = "："
SIGNED_MARGINS = (ParagraphKind.PAGE_HEADER, ParagraphKind.PAGE_FOOTER)
SIGNATURE_MAX_LENGTH = 30
SIGNING_LINES = 3
LEADING_LINES = 4
DOMINANT_SHARE = 0.6
"""A region named in the text counts as the document's where it has this share of all mentions."""
TITLE_MAX_LENGTH = 80
TITLE_LINES = 2
DUTY_ROLES = (
    "lead",
    "responsible",
    "support",
    "due",
    "lead_official",
    "city_leader",
    "quarter_goal",
)
"""Roles of columns that a list of duties has and a list to vote on has not."""
VAGUE = (Precision.YEAR, Precision.START)
"""Dates that name no day which a report could speak for."""
PROVISIONAL = "provisional"
PARTS_BEFORE_DATA = (ParagraphKind.BODY, ParagraphKind.HEADING)


def read_title(document: Document, source: SourceEntry, vocabulary: Vocabulary) -> str:
    """The title as a person wrote it, or as the document prints it, or the file's own."""
    if source.title:
        return source.title
    own = _printed_title(document, vocabulary) or document.properties.get("title", "").strip()
    return simplify(own) or PurePath(document.name).stem


def _printed_title(document: Document, vocabulary: Vocabulary) -> str:
    """The first line or two before the body that read as a title.

    Plain lines above one that names a year or a kind of document (a body's name, a number) are not
    it.
    """
    parts: list[str] = []
    lines = list(_lines_before_body(document, vocabulary))
    naming = [at for at, (_, words) in enumerate(lines) if _names_document(words, vocabulary)]
    first_heading = next(
        (at for at, (b, _) in enumerate(lines) if b.kind is ParagraphKind.HEADING), len(lines)
    )
    for block, words in lines[min(first_heading, naming[0] if naming else 0) :]:
        is_heading = block.kind is ParagraphKind.HEADING
        if parts and not (is_heading and _goes_on(parts, words, vocabulary)):
            break
        parts.append(LINE_BREAK.sub("", block.text).strip())
        if not is_heading or len(parts) == TITLE_LINES:
            break
    return "".join(parts)


def _lines_before_body(
    document: Document, vocabulary: Vocabulary
) -> Iterator[tuple[Paragraph, str]]:
    """The lines above the first table or sentence, save those of a letterhead."""
    for block in document.blocks:
        if isinstance(block, Table):
            return
        if block.kind not in PARTS_BEFORE_DATA:
            continue
        words = _words(block.text)
        if not words or _heads_letter(words, vocabulary):
            continue
        if len(words) > TITLE_MAX_LENGTH or words[-1] in "。；;":
            return
        yield block, words


def _names_document(words: str, vocabulary: Vocabulary) -> bool:
    return YEAR.search(words) is not None or vocabulary.document_kinds.hint(words) is not None


def _goes_on(parts: Sequence[str], words: str, vocabulary: Vocabulary) -> bool:
    """Whether a second line belongs to the title: the first names no year, or this one says what
    kind of document it is (…2024年民生实事 / 前三季度进展情况的通报)."""
    if YEAR.search(_words("".join(parts))) is None:
        return True
    is_item = any(marker.pattern.match(words) for marker in vocabulary.language.markers)
    return not is_item and vocabulary.document_kinds.hint(words) is not None


def _heads_letter(words: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is of what stands above a title: `附件1`, a document's number, an address."""
    language = vocabulary.language
    if language.pattern("attachment_line").fullmatch(words) is not None:
        return True
    return language.pattern("letterhead").search(words) is not None


def _words(text: str) -> str:
    return WHITE_SPACE.sub("", simplify(text))


# ------------------------------------------------------------------------------------- region


def read_region(
    document: Document,
    source: SourceEntry,
    title: str,
    header_words: Sequence[str],
    vocabulary: Vocabulary,
) -> str | None:
    """The GB/T 2260 code of the region whose plan or report it is, or None.

    In this order: what a person wrote; a region named in the title or file name; the parent of the
    regions that head the columns; a region that signs or opens the text, or that it names far more
    often than any other; one that only the title's form makes a region.
    """
    if vocabulary.regions.get(source.region) is not None:
        return source.region
    titles = (source.region or "", source.publisher or "", title)
    match = _first_named((*titles, document.properties.get("title", "")), vocabulary)
    if match is not None:
        return match.region_code
    parent = common_parent(header_words, vocabulary)
    if parent is not None:
        return parent
    leading = [text for text in _leading_texts(document) if _words(text)[-1:] != ADDRESS_END]
    match = _first_named((*_signing_texts(document), *leading), vocabulary)
    if match is not None:
        return match.region_code
    told_by = _region_of_media(_leading_texts(document), vocabulary)
    if told_by is not None:
        return told_by
    dominant = _dominant_region(document, vocabulary)
    if dominant is not None:
        return dominant
    made = vocabulary.regions.find_in_title(title)
    return made.region_code if made is not None else None


def _first_named(texts: Iterable[str], vocabulary: Vocabulary) -> RegionMatch | None:
    """The first region of the vocabulary that one of these texts names."""
    for text in texts:
        match = vocabulary.regions.find_in_title(text) if text else None
        if match is not None and match.kind != PROVISIONAL:
            return match
    return None


def _region_of_media(texts: Iterable[str], vocabulary: Vocabulary) -> str | None:
    """The region whose newspaper or office of news a line names."""
    for text in texts:
        for line in text.split():
            media = vocabulary.language.pattern("media_name").match(_words(line))
            place = vocabulary.regions.resolve(media["place"]) if media is not None else None
            if place is not None and place.kind != PROVISIONAL:
                return place.region_code
    return None


def _signing_texts(document: Document) -> list[str]:
    """Page headers and footers, and the last lines, where a publisher signs."""
    furniture = [p.text for p in document.paragraphs if p.kind in SIGNED_MARGINS]
    prose = [p.text for p in document.paragraphs if p.kind in PARTS_BEFORE_DATA]
    last = reversed(prose[-SIGNING_LINES:])
    return [text for text in (*furniture, *last) if len(text) <= SIGNATURE_MAX_LENGTH]


def common_parent(names: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The region right below which most of these names lie, if at least two of them do.

    Names that several regions share (西湖区) are told apart by their neighbours.
    """
    wanted = set(names)
    counts = Counter(
        region.parent_code
        for region in vocabulary.regions.members
        if region.name in wanted and region.parent_code and region.is_in_force(None)
    )
    if not counts:
        return None
    (code, count), *others = counts.most_common(2)
    if count < 2 or (others and others[0][1] == count):
        return None
    return code


def _leading_texts(document: Document) -> list[str]:
    texts = [p.text for p in document.paragraphs if p.kind in PARTS_BEFORE_DATA]
    return texts[:LEADING_LINES]


def _dominant_region(document: Document, vocabulary: Vocabulary) -> str | None:
    counts: Counter[str] = Counter()
    for text in _all_texts(document):
        match = vocabulary.regions.find_in_title(_words(text))
        if match is not None and match.kind != PROVISIONAL:
            counts[match.region_code] += 1
    if not counts:
        return None
    (code, count), *_ = counts.most_common(1)
    return code if count >= 2 and count >= DOMINANT_SHARE * counts.total() else None


def _all_texts(document: Document) -> Iterable[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


def publisher_of(title: str, region_code: str | None, vocabulary: Vocabulary) -> str | None:
    """The government of the document's region; None where the region is not known."""
    region = vocabulary.regions.get(region_code)
    name = vocabulary.language.words("government_name")[0]
    return f"{region.name}{name}" if region is not None else None


# --------------------------------------------------------------------------------- year, kind


def read_plan_year(document: Document, source: SourceEntry, title: str) -> int | None:
    """The year of the plan: written down, in the title, the file name, or the year named most."""
    if source.plan_year is not None:
        return source.plan_year
    for text in (title, document.properties.get("title", ""), PurePath(document.name).stem):
        years = YEAR.findall(_words(text))
        if years:
            return int(years[0])
    counts: Counter[str] = Counter()
    for text in _all_texts(document):
        counts.update(YEAR.findall(_words(text)))
    return int(counts.most_common(1)[0][0]) if counts else None


def read_kind(
    roles: Collection[str], title: str, told_until: date | None, setting: Setting, *, tells: bool
) -> str:
    """The kind of a document from the roles of its columns; without a table, from its words.

    `tells` says that its running text reports, `told_until` the last day that it speaks for: what
    reports on a part of the plan's year is progress, what comes after it results.
    """
    if any(role in roles for role in ("progress", "done_value", "percent", "on_schedule")):
        return "progress_report"
    if any(role in roles for role in ("allocation", "city_own", "region")):
        return "allocation_table"
    if "schedule" in roles or "quarter_goal" in roles:
        return "responsibility_list"
    hinted = setting.vocabulary.document_kinds.hint(title)
    if hinted is not None:
        return hinted
    if roles:
        has_duties = any(role in roles for role in DUTY_ROLES)
        return "responsibility_list" if has_duties else "voting_list"
    if not tells:
        return "responsibility_list"
    year = setting.plan_year
    is_within = told_until is not None and year is not None and told_until < date(year, 12, 1)
    return "progress_report" if is_within else "results_article"


# --------------------------------------------------------------------------------------- date


def read_as_of(
    document: Document,
    source: SourceEntry,
    title: str,
    result_headers: Sequence[str],
    setting: Setting,
) -> date | None:
    """The last day that a progress report speaks for.

    In this order: what a person wrote; the words over its columns of progress (`result_headers`); a
    line outside tables that says up to when something is told (截至…); the title; the lines before
    the first table. The day on which it is signed is none of these.
    """
    if source.as_of is not None:
        return source.as_of
    headed = _last_day(result_headers, setting)
    if headed is not None:
        return headed
    told = _last_day_told([p.text for p in document.paragraphs], setting)
    periods = [line for line in _lines_before_data(document) if _is_all_period(line, setting)]
    titled = _last_day((title, *periods), setting) or end_of_titled_period(
        title, setting.plan_year, setting.vocabulary.calendar
    )
    leading = _lines_before_data(document) if result_headers else []
    return told or titled or _last_day(leading, setting)


def read_signed_on(document: Document, setting: Setting) -> date | None:
    """The day that stands alone on one of the last lines, where a publisher signs."""
    lines = [p.text for p in document.paragraphs if p.kind in PARTS_BEFORE_DATA]
    for line in reversed(lines[-SIGNING_LINES:]):
        passage = read_passage(line, setting.vocabulary)
        mentions = find_dates(passage, setting.plan_year)
        if len(mentions) == 1 and _is_all_date(line, mentions[0]):
            return mentions[0].ends_on
    return None


def _lines_before_data(document: Document) -> list[str]:
    """Short lines before the first table that are no date by themselves."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            break
        if block.kind in PARTS_BEFORE_DATA and len(block.text) <= TITLE_MAX_LENGTH:
            lines.append(block.text)
    return lines[:LEADING_LINES]


def _is_all_period(line: str, setting: Setting) -> bool:
    """Whether a line is a part of the year and nothing besides, in brackets or not: below a title
    it says what the document speaks for."""
    inner = line.strip().strip("（）()")
    mentions = _dates_in(inner, setting)
    if len(mentions) != 1 or mentions[0].precision is Precision.DAY:
        return False
    return mentions[0].end - mentions[0].start == len(inner)


def _is_all_date(line: str, mention: DateMention) -> bool:
    return mention.precision is Precision.DAY and mention.end - mention.start == len(line.strip())


def _last_day(texts: Iterable[str], setting: Setting) -> date | None:
    days = [
        mention.ends_on
        for text in texts
        for mention in _dates_in(text, setting)
        if mention.ends_on is not None
        and mention.precision not in VAGUE
        and not _is_all_date(text, mention)
    ]
    return max(days, default=None)


def _last_day_told(texts: Iterable[str], setting: Setting) -> date | None:
    """The last day of those that the text says its figures run to."""
    as_of = setting.vocabulary.language.cue("as_of_cue")
    days = [
        mention.ends_on
        for text in texts
        for mention in _dates_in(text, setting)
        if mention.ends_on is not None
        and mention.precision is not Precision.START
        and as_of.match(read_passage(text, setting.vocabulary).printed, mention.start)
    ]
    return max(days, default=None)


def _dates_in(text: str, setting: Setting) -> tuple[DateMention, ...]:
    return find_dates(read_passage(text, setting.vocabulary), setting.plan_year)

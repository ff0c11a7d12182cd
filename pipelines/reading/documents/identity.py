"""What a document is: its title, publisher, region, plan year, kind and the date it speaks for.

Belongs here: reading these from the document itself where nobody wrote them down. What a person
wrote in `raw/sources.yml` always wins. Does not belong here: facts of single lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import PurePath

from extractors.records import Document, Paragraph, ParagraphKind, Table
from pipelines.quantities.text import simplify
from pipelines.reading.language.dates import find_dates
from pipelines.reading.language.tense import end_of_titled_period, is_as_of
from pipelines.reading.tables.layout import TableLayout, clean_header
from pipelines.sources import SourceEntry
from pipelines.vocabulary import Vocabulary

YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
ATTACHMENT = re.compile(r"^附(?:件|表|录)?\s*[\d一二三四五六七八九十]*[:：]?$")
LETTERHEAD = re.compile(r"文件$|^[^，。]{1,12}〔\d{4}〕\d+号$|[:：]$")
SIGNED_MARGINS = (ParagraphKind.PAGE_HEADER, ParagraphKind.PAGE_FOOTER)
SIGNATURE_MAX_LENGTH = 30
FILE_TITLE_SKIP = re.compile(r"[\s_\-]+")
DOMINANT_SHARE = 0.6
"""A region named in the text counts as the document's where it has this share of all mentions."""
TITLE_MAX_LENGTH = 80
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

PARTS_BEFORE_DATA = (ParagraphKind.BODY, ParagraphKind.HEADING)


def read_title(document: Document, source: SourceEntry) -> str:
    """The title as a person wrote it, or as the document prints it, or the file's own."""
    if source.title:
        return source.title
    printed = _printed_title(document)
    own = printed or document.properties.get("title", "").strip()
    return simplify(own) or PurePath(document.name).stem


def _printed_title(document: Document) -> str:
    """The first line or two before the body that read as a title."""
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            break
        if block.kind not in PARTS_BEFORE_DATA:
            continue
        text = clean_header(block.text)
        if not text or ATTACHMENT.match(text) or LETTERHEAD.search(text):
            continue
        if parts and block.kind != ParagraphKind.HEADING:
            break
        if len(text) > TITLE_MAX_LENGTH or text[-1] in "。；;":
            break
        parts.append(_one_line(block))
        if block.kind != ParagraphKind.HEADING or YEAR.search(text) or len(parts) == 2:
            break
    return "".join(parts)


def _one_line(paragraph: Paragraph) -> str:
    return re.sub(r"\s*\n\s*", "", paragraph.text).strip()


def read_region(
    document: Document,
    source: SourceEntry,
    title: str,
    header_texts: Sequence[str],
    vocabulary: Vocabulary,
) -> str | None:
    """The GB/T 2260 code of the region whose plan or report it is, or None.

    In this order: what a person wrote; a region named in the title or file name; the parent of the
    regions that head the columns; a region that the text names far more often than any other.
    """
    regions = vocabulary.regions
    if source.region:
        if regions.get(source.region) is not None:
            return source.region
        match = regions.find_in_title(source.region)
        if match is not None and match.kind != "provisional":
            return match.region_code
    for text in (source.publisher or "", title, document.properties.get("title", "")):
        match = regions.find_in_title(text)
        if match is not None and match.kind != "provisional":
            return match.region_code
    parent = common_parent(header_texts, vocabulary)
    if parent is not None:
        return parent
    leading = [text for text in _leading_texts(document) if not _is_address(text)]
    for text in (*_signing_texts(document), *leading):
        match = regions.find_in_title(text)
        if match is not None and match.kind != "provisional":
            return match.region_code
    dominant = _dominant_region(document, vocabulary)
    if dominant is not None:
        return dominant
    made = regions.find_in_title(title)
    return made.region_code if made is not None else None


def _signing_texts(document: Document) -> list[str]:
    """Page headers and footers, and the last lines, where a publisher signs."""
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    furniture = [p.text for p in paragraphs if p.kind in SIGNED_MARGINS]
    prose = [p.text for p in paragraphs if p.kind in PARTS_BEFORE_DATA]
    return [t for t in (*furniture, *reversed(prose[-3:])) if len(t) <= SIGNATURE_MAX_LENGTH]


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
    texts = [
        block.text
        for block in document.blocks
        if isinstance(block, Paragraph) and block.kind in PARTS_BEFORE_DATA
    ]
    return texts[:4]


def _is_address(text: str) -> bool:
    """Whether a line addresses somebody (`各区县人民政府：`): its region is not the document's."""
    return clean_header(text)[-1:] == "："


def _dominant_region(document: Document, vocabulary: Vocabulary) -> str | None:
    counts: Counter[str] = Counter()
    for text in _all_texts(document):
        match = vocabulary.regions.find_in_title(clean_header(text))
        if match is not None and match.kind != "provisional":
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


def read_plan_year(document: Document, source: SourceEntry, title: str) -> int | None:
    """The year of the plan: written down, in the title, the file name, or the year named most."""
    if source.plan_year is not None:
        return source.plan_year
    for text in (title, document.properties.get("title", ""), PurePath(document.name).stem):
        years = YEAR.findall(clean_header(text))
        if years:
            return int(years[0])
    counts: Counter[str] = Counter()
    for text in _all_texts(document):
        counts.update(YEAR.findall(clean_header(text)))
    return int(counts.most_common(1)[0][0]) if counts else None


def read_kind(
    roles: Collection[str], title: str, reports_in_text: bool, vocabulary: Vocabulary
) -> str:
    """The kind of a document from the roles of its columns; without a table, from its words."""
    if any(role in roles for role in ("progress", "done_value", "percent", "on_schedule")):
        return "progress_report"
    if any(role in roles for role in ("allocation", "city_own", "region")):
        return "allocation_table"
    if "schedule" in roles:
        return "responsibility_list"
    hinted = vocabulary.document_kinds.hint(title)
    if hinted is not None:
        return hinted
    if roles:
        has_duties = any(role in roles for role in DUTY_ROLES)
        return "responsibility_list" if has_duties else "voting_list"
    return "results_article" if reports_in_text else "responsibility_list"


def read_as_of(
    document: Document,
    source: SourceEntry,
    title: str,
    layouts: Sequence[TableLayout],
    plan_year: int | None,
) -> date | None:
    """The last day that a progress report speaks for, from its title or its column headers."""
    if source.as_of is not None:
        return source.as_of
    texts = [column.header for lo in layouts for column in lo.having("progress", "done_value")]
    leading = [text for text in _leading_texts(document) if len(text) <= TITLE_MAX_LENGTH]
    if texts:
        texts += leading
    days = [
        mention.ends_on
        for text in (*texts, title)
        for mention in find_dates(text, plan_year)
        if mention.ends_on is not None and mention.precision != "year"
    ]
    if not days and not layouts:
        # A report in prose says up to when it speaks before it begins (截至…，完成情况如下).
        days = [
            mention.ends_on
            for text in leading
            for mention in find_dates(text, plan_year)
            if mention.ends_on is not None and is_as_of(text[mention.start : mention.end])
        ]
    return max(days, default=None) or end_of_titled_period(title, plan_year)

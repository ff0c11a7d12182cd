"""Running text that tells what was done: its paragraphs report, and belong to no line.

Belongs here: recognising such a text. Does not belong here: what a figure of it says
(`clauses.accomplished`), or joining it to the targets of a plan, which stands in another document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.records import ParagraphKind
from pipelines.reading.clauses.tense import count_plan_cues, count_result_cues
from pipelines.reading.language.dates import Precision, Relation
from pipelines.reading.language.text import Text
from pipelines.reading.outline.labels import label_roles
from pipelines.reading.outline.listing import tells_plans_in_items
from pipelines.reading.recognition import Recognition, Setting
from pipelines.reading.rows import BODY_ROLES

EVIDENCE = 0.9
RESULT_KINDS = ("results_article", "progress_report")
DASHES = ("—", "-", "–")
HEAD_LINES = 4
TAIL_LINES = 3
HEAD_MAX_LENGTH = 60
"""A line that names what a text is, or when it was published, is hardly longer."""
PRINTED_YEAR = re.compile(r"(?:19|20)\d{2}")


def recognise_article(
    paragraphs: Sequence[Text], title: str, setting: Setting
) -> Recognition | None:
    """The paragraphs as results, where the text, its title or its date says that it reports."""
    says = _evidence(paragraphs, title, setting)
    labels = label_roles(paragraphs)
    if says is None or "goal" in labels or labels & set(BODY_ROLES):
        # Who names the goal, or the bodies that answer for it, tells line by line.
        return None
    if tells_plans_in_items(paragraphs):
        return None
    return Recognition("article", EVIDENCE, says, results=tuple(paragraphs))


def _evidence(paragraphs: Sequence[Text], title: str, setting: Setting) -> str | None:
    """What says that a text reports, in words; None where nothing does."""
    kinds = setting.vocabulary.document_kinds
    heads = [p.simplified for p in paragraphs[:HEAD_LINES] if _is_subtitle(p)]
    if any(kinds.hint(head) in RESULT_KINDS for head in (title, *heads)):
        return "its title announces results"
    if reports_results(paragraphs):
        return "it tells results more than plans"
    if _is_published_late(paragraphs, setting):
        return "it was published when the plan's year was over"
    return None


def _is_subtitle(text: Text) -> bool:
    """Whether a line goes on with the title: a heading, or after a dash (——某市民生实事回眸)."""
    is_heading = text.paragraph_kind is ParagraphKind.HEADING
    return len(text.words) <= HEAD_MAX_LENGTH and (is_heading or text.words[:1] in DASHES)


def _is_published_late(paragraphs: Sequence[Text], setting: Setting) -> bool:
    """Whether one of the first or last lines is dated after the plan's year."""
    year = setting.plan_year
    lines = (*paragraphs[:HEAD_LINES], *paragraphs[-TAIL_LINES:])
    days = [
        mention.ends_on
        for line in lines
        if len(line.words) <= HEAD_MAX_LENGTH
        for mention in line.dates(year)
        if mention.precision is Precision.DAY
        and mention.relation is Relation.IN
        and mention.ends_on is not None
        and PRINTED_YEAR.search(line.printed[mention.start : mention.end])
    ]
    return year is not None and any(day.year > year for day in days)


def reports_results(paragraphs: Sequence[Text]) -> bool:
    """Whether running text tells what was done more often than what is planned."""
    results = sum(count_result_cues(text) for text in paragraphs)
    return results > sum(count_plan_cues(text) for text in paragraphs)

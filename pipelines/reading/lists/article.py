"""Running text that tells what was done: its paragraphs report, and belong to no line.

Belongs here: recognising such a text. Does not belong here: what a figure of it says
(`clauses.accomplished`), or joining it to the targets of a plan, which stands in another document.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.reading.clauses.tense import count_plan_cues, count_result_cues
from pipelines.reading.language.text import Text
from pipelines.reading.outline.labels import label_roles
from pipelines.reading.outline.listing import tells_plans_in_items
from pipelines.reading.recognition import Recognition
from pipelines.vocabulary import Vocabulary

EVIDENCE = 0.9
RESULT_KINDS = ("results_article", "progress_report")


def recognise_article(
    paragraphs: Sequence[Text], title: str, vocabulary: Vocabulary
) -> Recognition | None:
    """The paragraphs as results, where the text or its title says that it reports."""
    is_titled = vocabulary.document_kinds.hint(title) in RESULT_KINDS
    if "goal" in label_roles(paragraphs) or not (is_titled or reports_results(paragraphs)):
        return None
    if tells_plans_in_items(paragraphs):
        return None
    says = "its title announces results" if is_titled else "it tells results more than plans"
    return Recognition("article", EVIDENCE, says, results=tuple(paragraphs))


def reports_results(paragraphs: Sequence[Text]) -> bool:
    """Whether running text tells what was done more often than what is planned."""
    results = sum(count_result_cues(text) for text in paragraphs)
    return results > sum(count_plan_cues(text) for text in paragraphs)

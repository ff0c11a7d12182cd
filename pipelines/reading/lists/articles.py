"""A results article → the figures that it reports.

Belongs here: telling an article from a plan in prose, and recording its figures. Does not belong
here: joining them to the targets of a plan, which stands in another document.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.reading.clauses.accomplished import Reported, read_article
from pipelines.reading.clauses.expectations import NumberRole
from pipelines.reading.language.tense import count_plan_cues, count_result_cues
from pipelines.reading.language.units import Quantity
from pipelines.reading.recording.builder import FactsBuilder
from pipelines.reading.recording.ledger import SourceText
from pipelines.reading.recording.matching import ReportedFigure, add_report
from pipelines.vocabulary import Vocabulary


def reports_results(paragraphs: Sequence[SourceText]) -> bool:
    """Whether running text tells what was done more often than what is planned."""
    results = sum(count_result_cues(text.simplified) for text in paragraphs)
    plans = sum(count_plan_cues(text.simplified) for text in paragraphs)
    return results > plans


def is_titled_as_results(title: str, vocabulary: Vocabulary) -> bool:
    """Whether a title announces results (…盘点, …成绩单, …进展情况)."""
    return vocabulary.document_kinds.hint(title) in ("results_article", "progress_report")


def read_results_article(builder: FactsBuilder, paragraphs: Sequence[SourceText]) -> None:
    """Record every figure that an article reports, in order, parts with their total."""
    readings = read_article(
        [text.text for text in paragraphs], builder.document.plan_year, builder.document.as_of
    )
    for text, reading in zip(paragraphs, readings, strict=True):
        _read_paragraph(builder, text, reading)


def _read_paragraph(builder: FactsBuilder, text: SourceText, reading: Sequence[Reported]) -> None:
    recorded: dict[int, str] = {}
    for index, reported in enumerate(reading):
        if reported.role != NumberRole.REPORT or reported.number.value is None:
            if not builder.ledger.is_claimed(text, reported.number):
                builder.ledger.claim(text, reported.number, str(reported.role))
            continue
        figure = ReportedFigure(
            number=reported.number,
            quantity=Quantity(reported.number.value, reported.number.unit),
            indicator=reported.indicator,
            context=reported.context,
            is_cumulative=reported.is_cumulative,
            as_of=reported.as_of,
            text=sentence_around(text, reported.number.start),
        )
        total = recorded.get(reported.part_of) if reported.part_of is not None else None
        report = add_report(builder, text, figure, None, None, part_of=total)
        recorded[index] = report.report_id


SENTENCE_ENDS = "。！？"


def sentence_around(text: SourceText, position: int) -> str:
    """The sentence that a printed position lies in, in Simplified characters."""
    printed = text.text
    start = max((printed.rfind(mark, 0, position) for mark in SENTENCE_ENDS), default=-1) + 1
    ends = [at for mark in SENTENCE_ENDS if (at := printed.find(mark, position)) >= 0]
    return text.part(start, min(ends, default=len(printed) - 1) + 1).simplified

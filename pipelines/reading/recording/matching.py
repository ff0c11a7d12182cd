"""Recording what is reported as done, and joining it to the targets of its own line.

Belongs here: which target of a line a reported figure speaks of. Does not belong here: reading the
text (`reported.py`), or joining documents (see `pipelines/linking`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipelines.facts import Report, Target
from pipelines.quantities.grammar import Number
from pipelines.reading.language.likeness import head, likeness, strip_action
from pipelines.reading.language.units import Quantity
from pipelines.reading.language.words import list_words, match_words
from pipelines.reading.recording.builder import FactsBuilder
from pipelines.reading.recording.ledger import SourceText

LIKENESS_FLOOR = 0.25
"""Share of character pairs in common below which words speak of something else."""
SUB_ITEM_BONUS = 0.2
"""The k-th sub-item of a report usually answers the k-th promise of the line."""
HEAD_LIKENESS = 0.25
"""Things whose names end alike (道路, 瓶颈路) are of one kind."""
ACTION_BONUS = 0.2
LEAD = 0.05
"""The best target must be this much better than the next, or none is chosen."""


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """A reported figure ready to be recorded.

    `clause` is what stands around the number up to the next stop; `sub_item` counts from 0, with
    how many there are.
    """

    number: Number
    quantity: Quantity
    indicator: str
    as_of: date | None
    text: str
    context: str = ""
    clause: str = ""
    is_cumulative: bool = True
    sub_item: int | None = None
    sub_items: int = 0


def add_report(
    builder: FactsBuilder,
    text: SourceText,
    figure: ReportedFigure,
    commitment_id: str | None,
    target: Target | None,
    part_of: str | None = None,
    region_code: str | None = None,
) -> Report:
    """Record a reported figure and claim its number; `region_code` where not the document's."""
    report_id = next_report_id(builder, commitment_id)
    figure_id = builder.ledger.claim(text, figure.number, "report", report_id, figure.quantity)
    report = Report(
        report_id=report_id,
        document_id=builder.document.document_id,
        commitment_id=commitment_id,
        target_id=target.target_id if target is not None else None,
        region_code=region_code or builder.document.region_code,
        as_of=figure.as_of,
        indicator=figure.indicator or (target.indicator if target is not None else ""),
        value=figure.quantity.value,
        unit=figure.quantity.unit,
        comparator=figure.number.comparator,
        as_printed=figure.number.as_printed,
        text=figure.text,
        figure_id=figure_id,
        part_of=part_of,
        context=figure.context,
        is_cumulative=figure.is_cumulative,
    )
    builder.reports.append(report)
    return report


def add_nothing_done(
    builder: FactsBuilder,
    text: SourceText,
    commitment_id: str,
    targets: Sequence[Target],
    as_of: date | None,
) -> None:
    """Record, for each target of the line, that the source says nothing was begun."""
    for target in targets:
        builder.reports.append(
            Report(
                report_id=next_report_id(builder, commitment_id),
                document_id=builder.document.document_id,
                commitment_id=commitment_id,
                target_id=target.target_id,
                region_code=builder.document.region_code,
                as_of=as_of,
                indicator=target.indicator,
                value=Decimal(0),
                unit=target.unit,
                comparator="=",
                as_printed=text.text,
                text=text.simplified,
                figure_id=None,
                part_of=None,
            )
        )


def next_report_id(builder: FactsBuilder, commitment_id: str | None) -> str:
    """A readable id: the line's with `r` and a count, or `r` and a count in an article."""
    count = sum(1 for report in builder.reports if report.commitment_id == commitment_id) + 1
    suffix = (commitment_id or "").removeprefix(builder.document.document_id + "/")
    return builder.identify(suffix, f"r{count}")


def choose_targets(
    builder: FactsBuilder,
    figures: Sequence[ReportedFigure],
    targets: Sequence[Target],
    counted: Mapping[str, Decimal] | None = None,
) -> list[Target | None]:
    """For each figure the target of its line that it reports on, or None.

    Units must agree, and words too, unless the figure has no words of its own (`已建成145个`). Two
    figures that claim one target: the likelier one gets it, for a line reports a target once; so
    does a column of counts, and what it says of a target (`counted`) no other figure contradicts.
    """
    counted = counted or {}
    chosen: list[Target | None] = []
    scores: list[float] = []
    open_targets = [
        [t for t in targets if counted.get(t.target_id, f.quantity.value) == f.quantity.value]
        for f in figures
    ]
    for figure, candidates in zip(figures, open_targets, strict=True):
        target, score = _best(builder, figure, candidates)
        chosen.append(target)
        scores.append(score)
    taken = {target.target_id for target in chosen if target is not None}
    for i, (figure, candidates) in enumerate(zip(figures, open_targets, strict=True)):
        # What fits two targets alike reports on the one that no other figure is for.
        if chosen[i] is None:
            free = [target for target in candidates if target.target_id not in taken]
            is_alone = len(free) < len(candidates)
            chosen[i], scores[i] = _best(builder, figure, free) if is_alone else (None, 0.0)
    for i, one in enumerate(chosen):
        for j, other in enumerate(chosen):
            if one is None or other is None or i == j or one.target_id != other.target_id:
                continue
            if scores[i] < scores[j]:
                chosen[i] = None
                break
    return chosen


def _best(
    builder: FactsBuilder, figure: ReportedFigure, targets: Sequence[Target]
) -> tuple[Target | None, float]:
    agreeing = [t for t in targets if builder.vocabulary.units.agree(t.unit, figure.quantity.unit)]
    if match_words("start_cue").search(figure.clause or figure.indicator):
        # What is begun or prepared is no result, unless beginning it is what was promised.
        agreeing = [t for t in agreeing if match_words("start_cue").search(t.indicator)]
    if not agreeing and figure.quantity.unit is None and len(targets) == 1:
        agreeing = list(targets)
    words = strip_action(figure.indicator)
    if not words or figure.indicator in list_words("action"):
        return (agreeing[0], 1.0) if len(agreeing) == 1 else (None, 0.0)
    ranked = []
    for target in agreeing:
        thing = strip_action(target.indicator)
        same_head = HEAD_LIKENESS if head(words) == head(thing) else 0.0
        score = max(likeness(words, thing), same_head)
        # The same action decides between two targets of one thing (新建学校, 改造学校).
        score += ACTION_BONUS * likeness(figure.indicator, target.indicator)
        is_in_step = figure.sub_items == len(targets) and figure.sub_item == targets.index(target)
        ranked.append((score + (SUB_ITEM_BONUS if is_in_step else 0.0), target))
    ranked.sort(key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < LIKENESS_FLOOR:
        return None, 0.0
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < LEAD:
        return None, 0.0
    return ranked[0][1], ranked[0][0]

"""What a report says in words follows the figures that stand beside it.

Belongs here: giving a statement whose line promises nothing the line of its figures. Does not
belong here: joining the figures themselves (`linker`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipelines.facts import DocumentFacts, Figure, Report, Statement

_Place = tuple[int | None, int | None, int | None]
"""Table, row and column."""


def follow_figures(
    facts: DocumentFacts, joined: Iterable[Report], commitments: Mapping[str, str | None]
) -> tuple[Statement, ...]:
    """The statements of a document, those of no plan joined to the plan of their figures.

    `joined` are the document's reports with the targets that they were joined to, `commitments`
    gives the commitment of each target. A sentence without figures goes with those of its line. It
    is of a target where all its joined figures report on that one, of a line where they report on
    several targets of it; where they are of several lines, nobody can say which of them its words
    are of.
    """
    promising = {target.commitment_id for target in facts.targets}
    if all(statement.commitment_id in promising for statement in facts.statements):
        return facts.statements
    reports = {report.figure_id: report for report in facts.reports}
    figures: dict[_Place, list[Figure]] = defaultdict(list)
    for figure in facts.figures:
        if figure.figure_id in reports:
            figures[figure.table_no, figure.row_no, figure.col_no].append(figure)
    target_of = {report.report_id: report.target_id for report in joined}

    def follow(statement: Statement) -> Statement:
        if statement.commitment_id in promising:
            return statement
        beside = [
            reports[figure.figure_id]
            for figure in figures[statement.table_no, statement.row_no, statement.col_no]
            if statement.char_start <= figure.char_start < statement.char_end
        ]
        line = statement.commitment_id
        if not beside and line is not None:
            beside = [report for report in facts.reports if report.commitment_id == line]
        targets = {t for report in beside if (t := target_of[report.report_id]) is not None}
        lines = {commitments[target_id] for target_id in targets}
        if len(lines) != 1:
            return statement
        own = next(iter(targets)) if len(targets) == 1 else None
        return replace(statement, commitment_id=next(iter(lines)), target_id=own)

    return tuple(follow(statement) for statement in facts.statements)

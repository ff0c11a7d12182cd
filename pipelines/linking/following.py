"""What an article says in words follows the figures that stand in it.

Belongs here: giving a statement without a line the line of its figures. Does not belong here:
joining the figures themselves (`linker`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipelines.facts import DocumentFacts, Figure, Report, Statement


def follow_figures(
    facts: DocumentFacts, commitments: Mapping[str, str | None]
) -> tuple[Statement, ...]:
    """The statements of a document, those without a line joined to that of their figures.

    `commitments` gives the commitment of each target. A sentence is of a target where all its
    joined figures report on that one, of a line where they report on several targets of it; where
    they are of several lines, nobody can say which of them its words are of.
    """
    if all(statement.commitment_id is not None for statement in facts.statements):
        return facts.statements
    figures = {figure.figure_id: figure for figure in facts.figures}
    placed = [
        (figures[report.figure_id], report)
        for report in facts.reports
        if report.figure_id is not None and report.target_id is not None
    ]

    def joined(statement: Statement) -> Statement:
        if statement.commitment_id is not None:
            return statement
        targets = {r.target_id for r in _reports_in(statement, placed) if r.target_id is not None}
        lines = {commitments[target_id] for target_id in targets}
        if len(lines) != 1:
            return statement
        [line] = lines
        own = next(iter(targets)) if len(targets) == 1 else None
        return replace(statement, commitment_id=line, target_id=own)

    return tuple(joined(statement) for statement in facts.statements)


def _reports_in(statement: Statement, placed: list[tuple[Figure, Report]]) -> Iterator[Report]:
    place = (statement.table_no, statement.row_no, statement.col_no)
    for figure, report in placed:
        is_there = (figure.table_no, figure.row_no, figure.col_no) == place
        if is_there and statement.char_start <= figure.char_start < statement.char_end:
            yield report

"""What a person sees on the terminal: progress while a run works, and its closing words.

Belongs here: lay-out and wording. Does not belong here: finding anything out (`summary`).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn

from pipelines.console.summary import (
    DiscrepancyLine,
    FailedCheck,
    HeldLineShown,
    Suggestion,
    Summary,
    Unresolved,
    show_time,
    tell_failures,
)
from pipelines.installation import COMMAND, IS_INSTALLED
from pipelines.publishing.records import RunRecord

if TYPE_CHECKING:
    from pipelines.console.last_run import LastRun
    from pipelines.console.rule_counts import RuleCount
    from pipelines.console.tracing import Trace
    from pipelines.publishing.versions import Version

_STATUS_STYLE = {"published": "green", "held": "yellow", "quarantined": "red"}
_SEVERITY_STYLE = {"critical": "red", "warning": "yellow", "info": "dim"}
_MOST_LINES = 12


class LiveProgress:
    """Draws a run's steps: a moving bar on a terminal, one plain line a step elsewhere."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("[dim]{task.fields[detail]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task: TaskID | None = None
        self._step = ""
        self._began = 0.0

    def __enter__(self) -> LiveProgress:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def begin(self, step: str, total: int | None = None) -> None:
        """Show the step as under way."""
        self._step = step
        self._began = time.monotonic()
        self._task = self._bar.add_task(step, total=total, detail="")

    def advance(self, detail: str) -> None:
        """Move the bar by one."""
        if self._task is not None:
            self._bar.update(self._task, advance=1, detail=escape(detail))

    def end(self, outcome: str) -> None:
        """Leave the step's line standing, with its outcome and what it took."""
        if self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None
        seconds = time.monotonic() - self._began
        self._console.print(
            f"[green]✓[/] {self._step:<28} {escape(outcome)} [dim]{seconds:.1f} s[/]",
            highlight=False,
        )


def print_summary(console: Console, summary: Summary) -> None:
    """Documents, facts, checks, discrepancies, and what to do about them."""
    _print_documents(console, summary)
    _print_facts(console, summary)
    _print_checks(console, summary)
    _print_held_lines(console, summary.held_lines)
    _print_discrepancies(console, summary.discrepancies)


def print_next_steps(console: Console, summary: Summary) -> None:
    """Where the file is, and what to try now."""
    console.print(f"\nThe warehouse: [bold]{escape(str(summary.warehouse))}[/]", highlight=False)
    console.print("What to try next:")
    steps = [
        (f"{COMMAND} questions", "what analysts ask; with a number, the answer"),
        (f"{COMMAND} trace ID", "where a fact is printed; a part of an id or a place will do"),
    ]
    if summary.held:
        steps.append((f"{COMMAND} status", "why a document was held back, and what to do"))
    if summary.unresolved:
        steps.append((f"{COMMAND} status --unresolved", "numbers that were not understood"))
    if summary.notices:
        steps.append((f"{COMMAND} vocabulary suggest", "words that the vocabulary lacks"))
    if not IS_INSTALLED:
        steps.append(("make ui", "the pipeline, its checks and its schedule in a browser"))
    width = max(len(command) for command, _ in steps)
    for command, purpose in steps:
        console.print(f"  [bold]{command:<{width}}[/]  {purpose}", soft_wrap=True)


def print_status(
    console: Console, last: LastRun | None, summary: Summary | None, *, is_current: bool
) -> None:
    """The last run's verdict, then what is published. `is_current`: nothing has changed since."""
    if last is not None:
        print_last_run(console, last)
    if summary is None:
        return
    console.print(f"Published {summary.finished or 'at an unknown time'}")
    if not is_current:
        console.print("[yellow]The sources or the code have changed since: minsheng refresh[/]")
    print_summary(console, summary)
    print_next_steps(console, summary)


def print_last_run(console: Console, last: LastRun) -> None:
    """Whether the last run was good, first of all."""
    style, mark = {0: ("green", "✓"), 1: ("red", "✗")}.get(last.exit_status, ("yellow", "!"))
    console.print(f"[{style}]{mark}[/] {escape(last.sentence)}", soft_wrap=True)


def print_versions(console: Console, versions: Sequence[Version], archive: tuple[int, int]) -> None:
    """One line a version, the newest first, and what the kept ones take of the disk."""
    width = max((len(version.name) for version in versions), default=0)
    for version in versions:
        console.print(
            f"  {escape(f'{version.name:<{width}}')}  {_describe_version(version)}",
            soft_wrap=True,
        )
    kept, originals = archive
    console.print(
        f"Kept versions take {_show_size(kept)}, the files that they were read from "
        f"{_show_size(originals)}."
    )


def _describe_version(version: Version) -> str:
    run = version.run
    if run is None:
        return f"[red]cannot be read[/]  {_show_size(version.size_bytes)}"
    moment = show_time(run.finished or run.started)
    mark = "  [green]published[/]" if version.is_published else ""
    said = f"  {escape(run.message)}" if run.message else ""
    return (
        f"{moment}  {run.documents} documents, {run.facts} facts: {_tell_changes(run)}  "
        f"{_show_size(version.size_bytes)}{mark}{said}"
    )


def _tell_changes(run: RunRecord) -> str:
    if run.added is None:
        return "what changed is not known"
    return f"{run.added} came, {run.removed} went, {run.changed} changed"


def _show_size(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f} MB"


def _print_documents(console: Console, summary: Summary) -> None:
    console.print("\n[bold]Documents[/]")
    name_width = max((len(line.file_name) for line in summary.documents), default=0)
    kind_width = max((len(line.kind or "") for line in summary.documents), default=0)
    for line in summary.documents:
        style = _STATUS_STYLE.get(line.status, "")
        pages = f"{line.pages} pages" if line.pages else ""
        console.print(
            f"  {escape(f'{line.file_name:<{name_width}}')}  {line.kind or '':<{kind_width}}  "
            f"{pages:<9} [{style}]{line.status}[/]",
            soft_wrap=True,
        )
    for loss in summary.losses:
        if loss.status != "held":
            console.print(
                f"  [dim]loss {loss.status}[/] {escape(loss.document_id)}: {escape(loss.reason)}",
                highlight=False,
                soft_wrap=True,
            )
    for line in summary.held:
        for reason in line.reasons:
            console.print(
                f"  [{_STATUS_STYLE.get(line.status, '')}]{line.status}[/] "
                f"{escape(line.document_id)}: {escape(reason)}",
                highlight=False,
                soft_wrap=True,
            )


def _print_facts(console: Console, summary: Summary) -> None:
    console.print("\n[bold]Facts[/]")
    for name, count in summary.facts:
        console.print(f"  {name:<16} [bold]{count:>6}[/]", highlight=False)
    if summary.run is not None:
        console.print(f"  against the version before: {_tell_changes(summary.run)}")
    if summary.unresolved:
        console.print(
            f"  [yellow]{summary.unresolved} of the printed numbers are not understood[/]",
            highlight=False,
        )


def _print_checks(console: Console, summary: Summary) -> None:
    failed = summary.checks_failed
    style = "green" if not failed else "yellow"
    said = tell_failures(check.severity for check in _one_a_name(failed))
    console.print(
        f"\n[bold]Checks[/]  {summary.checks_passed} passed, [{style}]{said}[/]", highlight=False
    )
    for check in failed[:_MOST_LINES]:
        console.print(f"  {_describe_check(check)}", highlight=False, soft_wrap=True)
    _print_rest(console, len(failed))


def _one_a_name(failed: Sequence[FailedCheck]) -> list[FailedCheck]:
    return list({check.name: check for check in failed}.values())


def _describe_check(check: FailedCheck) -> str:
    style = _SEVERITY_STYLE.get(check.severity, "")
    where = escape(check.document_id or "the whole file")
    return f"[{style}]{check.severity}[/] {check.name}, {where}: {escape(check.message)}"


def _print_held_lines(console: Console, lines: tuple[HeldLineShown, ...]) -> None:
    if not lines:
        return
    console.print("\n[bold]Lines that are held back[/]: most likely they were misread")
    for line in lines[:_MOST_LINES]:
        console.print(
            f"  {escape(line.commitment_id)}: {escape(line.reasons)} [dim](reading "
            f"{line.reading})[/]",
            highlight=False,
            soft_wrap=True,
        )
    _print_rest(console, len(lines))
    console.print(
        "  Compare them with the page; quality.held_line says what was read. Where it is right, "
        "sign its reading in raw/accepted_readings.yml.",
        soft_wrap=True,
    )


def _print_discrepancies(console: Console, lines: tuple[DiscrepancyLine, ...]) -> None:
    if not lines:
        return
    tally = Counter(line.status for line in lines)
    said = ", ".join(f"{count} {status}" for status, count in sorted(tally.items()))
    console.print(f"\n[bold]Discrepancies in the sources[/]  {said}", highlight=False)
    for line in lines[:_MOST_LINES]:
        style = "dim" if line.status == "accepted" else "yellow"
        console.print(
            f"  [{style}]{line.status}[/] {escape(line.check_name)} {escape(line.subject_id)}: "
            f"expected {escape(line.expected)}, found {escape(line.actual)}",
            highlight=False,
            soft_wrap=True,
        )
    _print_rest(console, len(lines))


def _print_rest(console: Console, count: int) -> None:
    if count > _MOST_LINES:
        console.print(f"  [dim]… and {count - _MOST_LINES} more: minsheng status[/]")


def print_rules(console: Console, counts: Sequence[RuleCount]) -> None:
    """The rules in order, each with its count, what it says and an example."""
    width = max(len(count.name) for count in counts)
    for count in counts:
        example = f" [dim]{escape(count.example)}[/]" if count.example else ""
        number = f"{count.decided:6}" if count.decided else "[dim]     –[/]"
        console.print(
            f"{number}  {escape(count.name):{width}}  {escape(count.says)}{example}",
            soft_wrap=True,
        )


def print_unresolved(console: Console, figures: Sequence[Unresolved]) -> None:
    """Every printed number whose part is not understood, with where it stands."""
    for figure in figures:
        page = f", page {figure.page}" if figure.page else ""
        console.print(
            f"[bold]{escape(figure.as_printed)}[/]  {escape(figure.context)}  "
            f"[dim]{escape(figure.figure_id)}{page}[/]",
            soft_wrap=True,
        )
    count = len(figures)
    console.print(
        f"{count} numbers are not understood." if count else "Every printed number is understood."
    )


def print_suggestions(console: Console, suggestions: Sequence[Suggestion]) -> None:
    """The files of words, each with the lines that it lacks and what they are lacked for."""
    if not suggestions:
        console.print("The vocabulary knows every word of the published documents.")
    file = None
    for found in suggestions:
        if found.vocabulary != file:
            file = found.vocabulary
            console.print(f"\n[bold]raw/vocabulary/{escape(file or '')}[/]")
        console.print(
            f"  [dim]# {found.code}, {escape(found.document_id)}: "
            f"{escape(found.message.strip())}[/]",
            soft_wrap=True,
        )
        console.print(f"  {escape(found.line or found.as_printed)}", soft_wrap=True)


def print_trace(console: Console, found: Trace, picture: str | None = None) -> None:
    """Where a fact stands, a line a part of it; `picture` says what came of drawing the page."""
    places = {
        "fact": f"{found.fact_id} ({found.fact_kind})",
        "document": found.file_name,
        "page": found.page,
        "table": found.table_no,
        "row" if found.table_no else "paragraph": found.row_no,
        "column": found.col_no,
        "characters": _show_span(found.char_start, found.char_end),
        "number": found.figure_as_printed,
        "by the rule": found.rule,
        "around it": found.context,
        "as printed": found.as_printed,
        "picture": picture,
    }
    for name, value in places.items():
        if value is not None:
            text = escape(str(value)).replace("\n", "\n              ")
            console.print(f"[dim]{name:>12}[/]  {text}", soft_wrap=True)


def _show_span(start: int | None, end: int | None) -> str | None:
    return None if start is None or end is None else f"{start} to {end}"

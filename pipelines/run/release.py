"""The second half of a refresh: from facts to a published file, or to a build that is kept back.

Belongs here: building beside the published file, checking the build, holding documents back, and
publishing what is sound. Does not belong here: how each is done (`publishing`, `checks`).

A document that breaks a critical rule is held back: the file is built again without it, its last
good version stays, and all others go out. A fault that is no document's own fails the run.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.checks import run_checks
from pipelines.console.summary import Summary, read_summary, tell_failures
from pipelines.publishing.publish import (
    new_path,
    publish,
    reject,
    rejected_path,
    remove_build,
    run_lock,
)
from pipelines.publishing.records import (
    BuildSummary,
    CheckResult,
    Discrepancy,
    QuarantinedDocument,
    RunRecord,
)
from pipelines.publishing.run_log import describe_failures, earlier_runs, log_run
from pipelines.run.attempt import is_disk_full
from pipelines.run.intake import Folders, Meaning, Stock
from pipelines.run.progress import Progress, Silence
from pipelines.run.verdicts import (
    Holding,
    OtherRefreshError,
    UnsoundBuildError,
    describe_faults,
    drop_repeated,
    find_critical,
    find_faults_of_the_file,
    read_verdicts,
    record_outcome,
    require_every_result,
    write_results,
)

if TYPE_CHECKING:
    from pipelines.run.left_out import LeftOut

_MOST_PASSES = 5
"""Holding one document back can leave another dangling; each pass holds those too."""

_BUILD_ID_BYTES = 8


def build_candidate(
    folders: Folders,
    stock: Stock,
    meaning: Meaning,
    *,
    holding: Holding | None = None,
    progress: Progress | None = None,
) -> BuildSummary:
    """Build a new file beside the published one, without the facts of the documents held back.

    Left out too, and recorded, is what `left_out` finds. The file's build
    id is written last: one without it was cut short, and is neither checked nor published.

    Raises:
        PublishError: another refresh is at work. LoadError: a table refuses a row.
    """
    from pipelines.publishing.build import Content, build_warehouse
    from pipelines.publishing.dimensions import build_dimensions
    from pipelines.publishing.discrepancies import signed_discrepancies
    from pipelines.run.left_out import leave_out
    from pipelines.vocabulary import load_vocabulary

    progress = progress or Silence()
    progress.begin("Building the warehouse")
    holding = holding or Holding()
    path = new_path(folders.warehouse)
    with run_lock(folders.warehouse), _kept_on_failure(folders):
        left_out = leave_out(folders, stock, meaning, holding.documents)
        content = Content(
            facts=meaning.facts,
            run=_describe_run(stock),
            dimensions=build_dimensions(
                meaning.facts, meaning.indicators, load_vocabulary(stock.own_words)
            ),
            links=meaning.links,
            candidates=meaning.candidates,
            accepted=signed_discrepancies(stock.accepted),
            quarantined=[QuarantinedDocument(**asdict(refusal)) for refusal in meaning.refusals],
            held_lines=meaning.held_lines,
            held=sorted({*holding.documents, *left_out.documents} - {*left_out.vanished}),
            vanished=left_out.vanished,
        )
        previous = folders.warehouse if folders.warehouse.exists() else None
        build = build_warehouse(path, content, previous)
        _seal(path, folders, stock, left_out, holding)
    progress.end(f"{build.facts} facts")
    return build


def _seal(path: Path, folders: Folders, stock: Stock, left_out: LeftOut, holding: Holding) -> None:
    """Write what the run knows beside the facts, and the build's new id last."""
    from pipelines.publishing.sealing import Seal, seal_build

    build_id = secrets.token_hex(_BUILD_ID_BYTES)
    seal_build(
        path,
        Seal(
            run_id=stock.run_id,
            build_id=build_id,
            results=(*left_out.record(stock, build_id), *holding.reasons),
            discrepancies=holding.disagreements,
            losses=left_out.losses,
            former_ids=left_out.former_ids,
            earlier=earlier_runs(folders.warehouse, stock.run_id),
            kept_runs=stock.settings.kept_runs,
        ),
    )


def _describe_run(stock: Stock) -> RunRecord:
    return RunRecord(
        run_id=stock.run_id,
        started=stock.started,
        outcome="running",
        code_version=stock.code_version,
        fingerprint=stock.fingerprint,
    )


def check_candidate(
    folders: Folders, stock: Stock, meaning: Meaning, progress: Progress | None = None
) -> tuple[CheckResult, ...]:
    """Hold the new file against all rules, and write into it what came of them.

    Returns everything that is recorded of the new file, misfits included.
    """
    progress = progress or Silence()
    progress.begin("Checking")
    path = new_path(folders.warehouse)
    with run_lock(folders.warehouse):
        build_id = read_verdicts(path, stock.run_id).build_id
        with _kept_on_failure(folders):
            outcomes = run_checks(path, observed=_observe(path, stock, meaning))
            results = [
                row
                for outcome in outcomes
                for row in record_outcome(outcome, stock.run_id, build_id)
            ]
            write_results(path, results)
            results = list(read_verdicts(path, stock.run_id).all)
            # Now, not at the end: a run that is killed or fails must leave what it found.
            log_run(
                folders.warehouse,
                RunRecord(stock.run_id, stock.started, outcome="running"),
                describe_failures(results),
                kept=stock.settings.kept_runs,
            )
    failed = {row.name: row.severity for row in results if not row.success}
    passed = len({row.name for row in results} - set(failed))
    progress.end(f"{passed} passed, {tell_failures(failed.values())}")
    return tuple(results)


def log_blocking_faults(folders: Folders, stock: Stock, results: Sequence[CheckResult]) -> None:
    """Log the run as failed where its checks keep `publish_candidate` from being called at all."""
    if faults := find_faults_of_the_file(results):
        log_run(
            folders.warehouse,
            RunRecord(
                run_id=stock.run_id,
                started=stock.started,
                finished=datetime.now(UTC),
                outcome="failed",
                code="unsound_build",
                message=describe_faults(faults),
            ),
        )


def publish_candidate(
    folders: Folders, stock: Stock, meaning: Meaning, progress: Progress | None = None
) -> Summary:
    """Hold back what has to be, build again if so, and replace the published file.

    Only a document whose newest version is in the build can be held; a critical failure of another
    one (its last good version was carried over, or it is gone) is recorded and told.

    Raises:
        UncheckedBuildError: some rule did not look at this very build.
        UnsoundBuildError: a critical failure is no document's own. The build is kept as rejected.
        OtherRefreshError, PublishError: another refresh is at work, or the disk failed.
    """
    from pipelines.publishing.build import finish_build

    progress = progress or Silence()
    path = new_path(folders.warehouse)
    with run_lock(folders.warehouse), _kept_on_failure(folders):
        for _ in range(_MOST_PASSES):
            verdicts = read_verdicts(path, stock.run_id)
            require_every_result(verdicts)
            if faults := find_faults_of_the_file(verdicts.own):
                raise UnsoundBuildError(describe_faults(faults))
            disagreements = _gather_disagreements(path)
            failures = find_critical(verdicts.own, _list_documents(path, "published"))
            if not failures:
                break
            holding = Holding((*_held_before(verdicts.told), *failures), disagreements)
            progress.begin("Holding back")
            progress.end(", ".join(holding.documents))
            build_candidate(folders, stock, meaning, holding=holding, progress=progress)
            check_candidate(folders, stock, meaning, progress)
        else:
            raise UnsoundBuildError(
                f"Holding back {', '.join(holding.documents)} breaks other documents without end. "
                "This is an error of ours: please report it with the files."
            )
        progress.begin("Publishing")
        record = finish_build(
            path,
            stock.run_id,
            datetime.now(UTC),
            is_published=True,
            check_results=drop_repeated(verdicts.told, verdicts.own),
            discrepancies=disagreements,
        )
        _replace(folders, stock, record)
    progress.end(str(folders.warehouse))
    return read_summary(folders.warehouse)


def _replace(folders: Folders, stock: Stock, record: RunRecord) -> None:
    """Publish the finished build; what was published becomes a version, and the oldest goes."""
    from pipelines.publishing.versions import keep_version, prune_versions

    keep_version(folders.warehouse)
    publish(new_path(folders.warehouse), folders.warehouse)
    # It is out. What only tidies up behind it must not make a failure of it.
    with suppress(OSError):
        log_run(folders.warehouse, record, kept=stock.settings.kept_runs)
        rejected_path(folders.warehouse).unlink(missing_ok=True)
        prune_versions(folders.warehouse, stock.settings.kept_versions)


def _held_before(told: Sequence[CheckResult]) -> list[CheckResult]:
    """The reasons of earlier passes; what left a document out of each build is found again."""
    return [row for row in told if not row.success]


def _gather_disagreements(path: Path) -> tuple[Discrepancy, ...]:
    """What disagreed in earlier builds of the run, and in this one."""
    from pipelines.publishing.discrepancies import read_discrepancies, read_kept_discrepancies

    found: dict[tuple[str, str, str], Discrepancy] = {}
    for one in (*read_kept_discrepancies(path), *read_discrepancies(path)):
        found.setdefault((one.document_id, one.check_name, one.subject_id), one)
    return tuple(found.values())


def _observe(path: Path, stock: Stock, meaning: Meaning) -> dict[str, list[dict[str, Any]]]:
    """What the rules look at and no table holds."""
    counted = _list_documents(path, "published")
    return {
        "observed.digits": [
            asdict(count) for count in meaning.digits if count.document_id in counted
        ],
        "observed.source_entries": [
            {"file_name": name, "status": "missing"} for name in stock.entries_without_file
        ],
        "observed.copies": [
            {"document_id": file.document_id, "copy_of": file.copy_of, "status": "copy"}
            for file in stock.files
            if file.copy_of is not None and file.document_id in counted
        ],
        "observed.held_lines": [
            {
                "document_id": line.document_id,
                "commitment_id": line.commitment_id,
                "status": "held",
                "reasons": line.reasons,
                "reading": line.reading,
            }
            for line in meaning.held_lines
            if line.document_id in counted
        ],
        "observed.doubted": [
            {**asdict(found), "status": "held"}
            for found in meaning.doubted
            if found.document_id in counted
        ],
        "observed.stale_readings": [
            {"document": signed.document, "reading": signed.reading, "status": "stale"}
            for signed in meaning.stale_readings
        ],
        "observed.stale_links": [
            {"code": found.code, "message": found.message, "from_id": found.accepted.from_id}
            for found in meaning.stale_links
        ],
    }


@contextmanager
def _kept_on_failure(folders: Folders) -> Iterator[None]:
    """Whatever goes wrong, the build is kept as the rejected one, for a look.

    Not so where it is another refresh's build: that one is not ours to turn down. Nor where the
    disk is full: half a build shows nothing, and its room is wanted.
    """
    try:
        yield
    except OtherRefreshError:
        raise
    except BaseException as error:
        with suppress(OSError):
            if is_disk_full(error):
                remove_build(new_path(folders.warehouse))
            else:
                reject(new_path(folders.warehouse), folders.warehouse)
        raise


def _list_documents(path: Path, status: str) -> set[str]:
    from pipelines.publishing.opening import open_read_only

    with open_read_only(path) as connection:
        rows = connection.execute(
            "SELECT document_id FROM core.document WHERE status = ?", [status]
        ).fetchall()
    return {document_id for (document_id,) in rows}

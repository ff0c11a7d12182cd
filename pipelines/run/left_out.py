"""What is left out of a build before any rule looks at it, and why.

Belongs here: documents that no table could take, that would lose too much of what is published, or
whose file is not there any more to be kept. Does not belong here: what the rules find in a build
(`verdicts`), or building (`release`).
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass

from pipelines.checks.preflight import Misfit, find_misfits
from pipelines.publishing.continuity import find_former_ids, read_published, read_run
from pipelines.publishing.losses import Words, find_losses, list_held, list_vanished
from pipelines.publishing.originals import archive_original
from pipelines.publishing.records import CheckResult, FormerId, Loss
from pipelines.run.intake import Folders, Meaning, Stock
from pipelines.run.verdicts import record_misfit, record_moved_original


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Misfits, losses, and sources that changed since they were read (file names by document).

    `former_ids` are the identifiers that the facts which go out bore in earlier versions.
    """

    misfits: tuple[Misfit, ...]
    losses: tuple[Loss, ...]
    moved: tuple[tuple[str, str], ...]
    former_ids: tuple[FormerId, ...]

    @property
    def vanished(self) -> tuple[str, ...]:
        """Documents that are published, not there any more, and not let go."""
        return list_vanished(self.losses)

    @property
    def documents(self) -> frozenset[str]:
        """All of them, those that vanished included."""
        return frozenset(
            (
                *(misfit.document_id for misfit in self.misfits),
                *list_held(self.losses),
                *(document_id for document_id, _ in self.moved),
            )
        )

    def record(self, stock: Stock, build_id: str) -> tuple[CheckResult, ...]:
        """Why, as results of this build. Losses have a rule of their own, which looks at them."""
        return (
            *(record_misfit(misfit, stock.run_id, build_id) for misfit in self.misfits),
            *(
                record_moved_original(document_id, file_name, stock.run_id, build_id)
                for document_id, file_name in self.moved
            ),
        )


def leave_out(
    folders: Folders, stock: Stock, meaning: Meaning, held: tuple[str, ...] = ()
) -> LeftOut:
    """Keep the originals of what is to go out, and find what must not.

    `held` are documents that are held for other reasons: they keep their names too.

    Raises:
        PreviousFileError: the published file cannot be asked. OSError: the disk takes no originals.
    """
    published, run = read_published(folders.warehouse), read_run(meaning.facts)
    refused = {refusal.document_id for refusal in meaning.refusals}
    losses = find_losses(
        published,
        run,
        refused,
        stock.settings.most_lost_share,
        Words(stock.accepted_losses, folders.accept_losses, _name_user(), stock.started.date()),
    )
    left_out = LeftOut(
        find_misfits(meaning.facts), losses, _archive_originals(folders, stock, meaning), ()
    )
    staying = {*left_out.documents, *refused, *held}
    return LeftOut(
        left_out.misfits,
        left_out.losses,
        left_out.moved,
        find_former_ids(published, run, stock.run_id, staying),
    )


def _archive_originals(
    folders: Folders, stock: Stock, meaning: Meaning
) -> tuple[tuple[str, str], ...]:
    files = {file.document_id: file for file in stock.files if file.conflict is None}
    return tuple(
        (item.document.document_id, item.document.file_name)
        for item in meaning.facts
        if not archive_original(
            folders.warehouse, files[item.document.document_id].path, item.document.sha256
        )
    )


def _name_user() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return None

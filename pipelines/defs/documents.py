"""Assets of the first half: the sources, what they say, what they mean."""

from __future__ import annotations

from typing import Any, NamedTuple

import dagster as dg

from pipelines.defs.resources import READING, SOURCES, FoldersResource
from pipelines.run.attempt import begin_run, ending_logged
from pipelines.run.extraction import Extraction
from pipelines.run.intake import Meaning, Stock, extract, link, read_meaning, take_stock


class Reading(NamedTuple):
    """All that the warehouse is made from: one input for the tables, one arrow in the graph."""

    stock: Stock
    meaning: Meaning


@dg.asset(group_name=SOURCES, kinds={"pdf", "word"})
def documents(folders: FoldersResource, progress: dg.ResourceParam[Any]) -> dg.Output[Stock]:
    """The files of the raw folder, and what people wrote down about them (文件)."""
    resolved = folders.resolve()
    with ending_logged(resolved.warehouse):
        run_id = begin_run(resolved.warehouse, progress)
        stock = take_stock(resolved, progress, run_id)
    files = [
        dg.TableRecord({"file": file.file_name, "sha256": file.sha256[:16]}) for file in stock.files
    ]
    return dg.Output(
        stock,
        metadata={
            "dagster/row_count": len(files),
            "files": dg.MetadataValue.table(
                files,
                schema=dg.TableSchema([dg.TableColumn("file"), dg.TableColumn("sha256")]),
            ),
            "fingerprint": stock.fingerprint,
            "raw": dg.MetadataValue.path(folders.raw),
        },
    )


@dg.asset(group_name=READING, kinds={"python"})
def extracted(
    documents: Stock, folders: FoldersResource, progress: dg.ResourceParam[Any]
) -> dg.Output[Extraction]:
    """What came of each file: read and understood in one go, or refused by name (抽取)."""
    with ending_logged(folders.resolve().warehouse):
        extraction = extract(documents, progress)
    rows = [
        dg.TableRecord(
            {
                "document": name,
                "outcome": "read",
                "tables": read.tables,
                "pages": read.pages or 0,
            }
        )
        for name, read in extraction.documents
    ] + [
        dg.TableRecord(
            {"document": refusal.document_id, "outcome": refusal.code, "tables": 0, "pages": 0}
        )
        for refusal in extraction.refusals
    ]
    return dg.Output(
        extraction,
        metadata={
            "read": len(extraction.documents),
            "refused": len(extraction.refusals),
            "known from earlier runs": extraction.known,
            "documents": dg.MetadataValue.table(
                rows,
                schema=dg.TableSchema(
                    [
                        dg.TableColumn("document"),
                        dg.TableColumn("outcome"),
                        dg.TableColumn("tables", "int"),
                        dg.TableColumn("pages", "int"),
                    ]
                ),
            ),
        },
    )


@dg.asset(group_name=READING, kinds={"python"})
def facts(
    documents: Stock,
    extracted: Extraction,
    folders: FoldersResource,
    progress: dg.ResourceParam[Any],
) -> dg.Output[Meaning]:
    """What all documents mean: commitments, targets, steps, reports, and every number (事实)."""
    with ending_logged(folders.resolve().warehouse):
        meaning = read_meaning(documents, extracted, progress)
    return dg.Output(
        meaning,
        metadata={
            "documents": len(meaning.facts),
            "refused": len(meaning.refusals),
            "numbers": sum(len(item.figures) for item in meaning.facts),
            "queued for a person": sum(len(item.notices) for item in meaning.facts),
        },
    )


@dg.asset(group_name=READING, kinds={"python"})
def linked(
    documents: Stock,
    facts: Meaning,
    folders: FoldersResource,
    progress: dg.ResourceParam[Any],
) -> dg.Output[Reading]:
    """The facts with what joins them over documents and years (关联)."""
    resolved = folders.resolve()
    with ending_logged(resolved.warehouse):
        meaning = link(documents, facts, progress, resolved)
    return dg.Output(
        Reading(documents, meaning),
        metadata={
            "indicators": len(meaning.indicators),
            "links": len(meaning.links),
            "for a person to judge": len(meaning.candidates),
            "signatures that fit no more": len(meaning.stale_links),
        },
    )

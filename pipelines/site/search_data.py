"""The list of promises as a script file: pages from disk may load scripts, but fetch nothing.

Belongs here: what the search and the filters need. Does not belong here: the search itself, which
runs in the reader's browser (`assets/search.js`).
"""

from __future__ import annotations

import json
from typing import Any

from pipelines.site.addresses import promise_path
from pipelines.site.dossiers import Dossier
from pipelines.site.folder import SiteFolder
from pipelines.site.shelf import Shelf
from pipelines.site.tallies import find_leads


def write_search_data(folder: SiteFolder, shelf: Shelf) -> None:
    """Write `data/promises.js`: rows, and names of what their codes stand for."""
    leads = find_leads(shelf.ledger)
    bodies = {row.name_zh: row.name_en for row in shelf.ledger.organizations}
    rows = [_describe(shelf, dossier, leads) for dossier in shelf.dossiers]
    used_places = {row["place"] for row in rows}
    data = {
        "rows": rows,
        "names": {
            "status": _labels(shelf, "status", rows),
            "theme": _labels(shelf, "theme", rows),
            "place": {
                row.region_code: [row.name_zh, row.name_en or row.name_zh]
                for row in shelf.ledger.regions
                if row.region_code in used_places
            },
            "lead": {
                name: [name, f"{bodies[name]} {name}" if bodies.get(name) else name]
                for row in rows
                for name in row["lead"]
            },
            "say": {
                key: [shelf.markups.words.say(said).zh, shelf.markups.words.say(said).en]
                for key, said in (
                    ("any", "any"),
                    ("none", "none_given"),
                    ("is_proposal", "is_proposal"),
                )
            },
        },
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    folder.write_text("data/promises.js", f"window.MINSHENG = {text};\n")


def _describe(shelf: Shelf, dossier: Dossier, leads: Any) -> dict[str, Any]:
    row = dossier.row
    cover = shelf.markups.telephones.cover
    said = [row.title, row.detail, row.as_printed, row.category]
    said += [one.row.indicator for one in dossier.targets]
    return {
        "path": promise_path(row.commitment_id),
        "title": cover(row.title, row.document_id),
        "text": cover(" ".join(dict.fromkeys(filter(None, said))), row.document_id),
        "year": str(row.plan_year) if row.plan_year else "",
        "place": row.region_code or "",
        "proposal": dossier.is_proposal,
        "status": list(dossier.statuses),
        "theme": list(dossier.themes),
        "lead": list(
            dict.fromkeys(name for one in dossier.targets for name in leads[one.row.target_id])
        ),
    }


def _labels(shelf: Shelf, group: str, rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    labels = {}
    for code in dict.fromkeys(code for row in rows for code in row[group]):
        label = shelf.markups.words.label(group, code)
        labels[code] = [label.zh, label.en or label.zh]
    return labels

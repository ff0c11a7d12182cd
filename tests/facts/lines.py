"""Facts as lines of text, one fact a line, for people who review what a change to the code does.

Belongs here: what of a fact is told, in which words and order, and what one container of a
content tells otherwise than the first. Does not belong here: where lines are kept.

A line tells every field of its record that says something of its own: fields that are empty, that
hold what is usual, or that only repeat others, are left out, and a long text is told by its
beginning, its length and its end. Ids stand without the document's. Figures stand one line a cell
or paragraph, each as `start:printed=role→fact`, and the pages of both commitments and figures in
lines of their own, since they say where the paper breaks and nothing of the facts.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import groupby
from typing import Any

from pipelines.facts import DocumentFacts, Figure
from tests.fixtures.scoring import simplify_words

KINDS = (
    "commitments",
    "targets",
    "allocations",
    "milestones",
    "reports",
    "statements",
    "responsibilities",
    "notices",
)
UNTOLD = frozenset(
    {"document_id", "sha256", "file_name", "pages", "page", "rule", "message"}
    | {"kind_rule", "state_rule", "char_end", "x0", "top", "x1", "bottom"}
)
"""What names the file, how the reader came to a fact or puts it; pages have their own lines, and
the rest of a place follows from its beginning."""
OF_THE_DOCUMENT = ("region_code", "plan_year")
USUAL = {
    "comparator": "=",
    "is_cumulative": True,
    "is_of_all": False,
    "char_start": 0,
    "standing": "adopted",
    "origin": "plan",
}
LONG = 40
KEPT = 12


def spell_facts(facts: DocumentFacts) -> list[str]:
    """The lines of a document: what it is, its facts in their order, its figures, its pages."""
    prefix = facts.document.document_id + "/"
    lines = [_spell_record("document", facts.document, prefix, {})]
    of_document = {name: getattr(facts.document, name) for name in OF_THE_DOCUMENT}
    for kind in KINDS:
        name = "responsibility" if kind == "responsibilities" else kind.removesuffix("s")
        lines += [_spell_record(name, row, prefix, of_document) for row in getattr(facts, kind)]
    lines += _spell_figures(facts.figures, prefix)
    return [*lines, *_spell_pages(facts, prefix)]


def spell_family(variants: Sequence[tuple[str, DocumentFacts]]) -> list[str]:
    """The lines of the first container, then for each other one what it tells otherwise.

    A container in another script or with another spacing tells the same, and so does one whose
    pages break elsewhere; the lines of the first are removed (`-`) or added (`+`) as in a patch.
    """
    name, first = variants[0]
    lines = [f"=== {name}", *spell_facts(first)]
    plain = _plain_lines(first)
    for name, facts in variants[1:]:
        lines.append(f"=== {name}")
        changes = difflib.unified_diff(plain, _plain_lines(facts), n=0, lineterm="")
        lines += [line for line in changes if not line.startswith(("---", "+++", "@@"))]
    return lines


def _plain_lines(facts: DocumentFacts) -> list[str]:
    lines = (line for line in spell_facts(facts) if not line.startswith("page "))
    return [" ".join(map(simplify_words, line.split(" "))) for line in lines]


def _spell_record(kind: str, record: Any, prefix: str, of_document: dict[str, Any]) -> str:
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    shown = {
        name: _spell_value(value).removeprefix(prefix)
        for name, value in values.items()
        if name not in UNTOLD
        and value not in (None, "")
        and USUAL.get(name) != value
        and (name not in of_document or value != of_document[name])
    }
    _drop_repetitions(shown)
    own = f"{kind}_id"
    head = " ".join(filter(None, (kind, shown.pop(own, ""))))
    return " | ".join((head, *(f"{name}={_shorten(text)}" for name, text in shown.items())))


def _drop_repetitions(shown: dict[str, str]) -> None:
    """What another field of the same record says already."""
    value, unit = shown.get("value", ""), shown.get("unit", "")
    if (shown.get("base_value", ""), shown.get("base_unit", "")) == (value, unit):
        shown.pop("base_value", None)
        shown.pop("base_unit", None)
    printed = shown.pop("as_printed", "")
    said = ("", value, value + unit, shown.get("text"), shown.get("detail"))
    if simplify_words(printed) not in map(simplify_words, said):
        shown["as_printed"] = printed
    for name in ("target_id", "report_id", "milestone_id", "statement_id"):
        if shown.get(name, "").rpartition(".")[0] == shown.get("commitment_id", "-"):
            shown.pop("commitment_id")


def _spell_value(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value).replace("\n", "⏎")


def _shorten(text: str) -> str:
    if len(text) <= LONG:
        return text
    return f"{text[:KEPT]}…({len(text)})…{text[-KEPT:]}"


def _place_of(figure: Figure, prefix: str) -> str:
    return figure.figure_id.removeprefix(prefix).rpartition(".")[0]


def _spell_figures(figures: Iterable[Figure], prefix: str) -> list[str]:
    return [
        f"figures {place} | " + "  ".join(_spell_figure(figure, prefix) for figure in at)
        for place, at in groupby(figures, key=lambda figure: _place_of(figure, prefix))
    ]


def _spell_figure(figure: Figure, prefix: str) -> str:
    printed = figure.as_printed.replace("\n", "⏎")
    value = _spell_value(figure.value) if figure.value is not None else ""
    meant = f"{value}{figure.unit or ''}"
    is_plain = simplify_words(printed) in (simplify_words(meant), "")
    told = printed if is_plain or not meant else f"{printed}({meant})"
    became = f"→{figure.fact_id.removeprefix(prefix)}" if figure.fact_id else ""
    return f"{figure.char_start}:{told}={figure.role}{became}"


def _spell_pages(facts: DocumentFacts, prefix: str) -> list[str]:
    """Which commitments and which figures stand on which page."""
    placed = (
        ("commitments", [(row.page, row.commitment_id) for row in facts.commitments]),
        ("figures", [(row.page, row.figure_id) for row in facts.figures]),
    )
    lines = []
    for kind, rows in placed:
        for page, run in groupby(rows, key=lambda row: row[0]):
            ids = [re.sub("^" + re.escape(prefix), "", row_id) for _, row_id in run]
            if page is not None:
                lines.append(f"page {page} | {kind} {ids[0]} … {ids[-1]}")
    return lines

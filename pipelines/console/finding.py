"""Which fact is meant by what a person types: an id, an earlier one, a part of one, a place.

Belongs here: from typed words to one fact, or to those that they may mean. Does not belong here:
where the fact is printed (`tracing`), or how anything is shown.

Only what can be nothing else is taken: the id itself, an id that the fact once bore, or the end of
just one id. All else is suggested.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.errors import PipelineError

if TYPE_CHECKING:
    import duckdb

_MOST_SUGGESTED = 12
_LONGEST_EXCERPT = 40
_ALIKE = 0.7
_PLACE = "@"
_KINDS = ("document", "commitment", "target", "report", "milestone", "allocation", "responsibility")
"""In the order in which they are suggested; what else there is comes after them."""

_IN_ORDER = f"ORDER BY coalesce(list_position({list(_KINDS)}, fact_kind), 99), fact_id"
_FORMER = "SELECT DISTINCT fact_id FROM quality.former_id WHERE former_id = ?"
_ENDING = "SELECT fact_id FROM marts.source WHERE ends_with(lower(fact_id), lower(?)) LIMIT 2"
_BY_PART = f"""
SELECT fact_id, fact_kind, as_printed FROM marts.source WHERE contains(lower(fact_id), lower(?))
{_IN_ORDER}
"""
_BY_WORDS = f"""
WITH named AS (
    SELECT document_id AS fact_id, title AS words FROM core.document
    UNION ALL SELECT commitment_id, title FROM core.commitment
    UNION ALL SELECT target_id, indicator FROM core.target
    UNION ALL SELECT report_id, indicator FROM core.report
    UNION ALL SELECT fact_id, as_printed FROM marts.source WHERE fact_kind <> 'figure'
)

SELECT DISTINCT fact_id, fact_kind, as_printed
FROM marts.source SEMI JOIN (FROM named WHERE contains(words, ?)) USING (fact_id)
{_IN_ORDER}
"""
_REGIONS = """
SELECT region_code FROM core.region
WHERE region_code = $typed OR starts_with(name_zh, $typed) OR lower(name_en) = lower($typed)
"""
_BY_REGION = f"""
WITH mine AS (
    SELECT document_id AS fact_id FROM core.document WHERE list_contains($codes, region_code)
    UNION ALL
    SELECT target_id FROM core.target WHERE list_contains($codes, region_code)
    UNION ALL
    SELECT concat(target_id, '{_PLACE}', region_code)
    FROM core.allocation WHERE list_contains($codes, region_code)
)

SELECT DISTINCT fact_id, fact_kind, as_printed FROM mine INNER JOIN marts.source USING (fact_id)
WHERE contains(lower(fact_id), lower($part))
{_IN_ORDER}
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact that may be meant: its id, its kind, and how its printed text begins."""

    fact_id: str
    fact_kind: str
    excerpt: str


class UnknownFactError(PipelineError):
    """No one fact is meant; `similar` are the first that may be, `others` counts the rest."""

    def __init__(self, typed: str, similar: tuple[Candidate, ...], others: int = 0) -> None:
        self.typed = typed
        self.similar = similar
        self.others = others
        super().__init__("unknown_fact", f"No fact has the id {typed}.{_tell(similar, others)}")

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.typed, self.similar, self.others))


def find_fact(connection: duckdb.DuckDBPyConnection, typed: str) -> str:
    """The id of the fact that is meant.

    Raises:
        UnknownFactError: none is, or several may be.
    """
    typed = typed.strip()
    known = connection.execute("SELECT 1 FROM marts.source WHERE fact_id = ? LIMIT 1", [typed])
    if known.fetchone():
        return typed
    if not typed:
        raise UnknownFactError(typed, ())
    for question, words in ((_FORMER, typed), (_ENDING, f"/{typed}")):
        found = connection.execute(question, [words]).fetchall()
        if len(found) == 1:
            return str(found[0][0])
    suggested = _suggest(connection, typed)
    shown = tuple(
        Candidate(fact_id, kind, _shorten(text))
        for fact_id, kind, text in suggested[:_MOST_SUGGESTED]
    )
    if len(suggested) == 1 and _PLACE in typed:
        # A share by the name of its district, as its id would be with the code.
        return shown[0].fact_id
    raise UnknownFactError(typed, shown, len(suggested) - len(shown))


def _suggest(connection: duckdb.DuckDBPyConnection, typed: str) -> Sequence[tuple[Any, ...]]:
    """Facts that may be meant: of a place, by a part of the id, by printed words, by likeness."""
    part, _, place = typed.rpartition(_PLACE)
    codes = [code for (code,) in connection.execute(_REGIONS, {"typed": place}).fetchall()]
    if codes and place:
        found = connection.execute(_BY_REGION, {"codes": codes, "part": part}).fetchall()
        if found:
            return found
    for question in (_BY_PART, _BY_WORDS):
        found = connection.execute(question, [typed]).fetchall()
        if found:
            return found
    ids = {
        fact_id: (fact_id, kind, text)
        for fact_id, kind, text in connection.execute(
            "SELECT fact_id, fact_kind, as_printed FROM marts.source"
        ).fetchall()
    }
    alike = difflib.get_close_matches(typed, ids, n=_MOST_SUGGESTED, cutoff=_ALIKE)
    return [ids[fact_id] for fact_id in alike]


def _shorten(text: str | None) -> str:
    line = " ".join((text or "").split())
    return line if len(line) <= _LONGEST_EXCERPT else line[: _LONGEST_EXCERPT - 1] + "…"


def _tell(similar: Sequence[Candidate], others: int) -> str:
    if not similar:
        return " Type an id, a part of one, a place or printed words; minsheng query finds any id."
    width = max(len(one.fact_id) for one in similar)
    lines = [f"\n  {one.fact_id:<{width}}  {one.fact_kind}  {one.excerpt}" for one in similar]
    rest = f"\n  … and {others} more: type more of it" if others else ""
    return " Did you mean one of these?" + "".join(lines) + rest

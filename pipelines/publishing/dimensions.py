"""Members of the dimension tables: what the vocabulary knows, and what the documents add to it.

Belongs here: frames for `core.region`, `core.unit`, `core.organization`, `core.indicator` and
`core.claim_pattern`.
Does not belong here: deciding what a printed word means (`pipelines.vocabulary`).

A dimension holds the members that facts refer to and, for regions, those above them: an analyst
who joins finds every member, and does not wade through those that nobody mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pipelines.facts import DocumentFacts
from pipelines.publishing.schema import find_table

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.linking import Indicator
    from pipelines.vocabulary import Vocabulary

_FACTOR_PLACES = Decimal("1E-10")
_PROVISIONAL = "provisional"
"""Level of a region that no vocabulary lists: named by a document, queued for a person."""


def build_dimensions(
    facts: Sequence[DocumentFacts], indicators: Sequence[Indicator], vocabulary: Vocabulary
) -> dict[str, pd.DataFrame]:
    """One frame for each dimension table, ordered by key."""
    return {
        "indicator": _frame(
            "indicator",
            (asdict(found) for found in sorted(indicators, key=lambda found: found.indicator_id)),
        ),
        "region": _frame("region", _list_regions(facts, vocabulary)),
        "organization": _frame("organization", _list_organizations(facts, vocabulary)),
        "unit": _frame("unit", _list_units(vocabulary)),
        "claim_pattern": _frame("claim_pattern", (asdict(found) for found in vocabulary.claims)),
    }


def _frame(table: str, rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    columns = list(find_table(f"core.{table}").column_names)
    return pd.DataFrame(list(rows), columns=columns, dtype=object)


def _list_regions(
    facts: Sequence[DocumentFacts], vocabulary: Vocabulary
) -> Iterator[dict[str, Any]]:
    """Regions that facts name, those above them and those beside them, and made-up codes."""
    named: dict[str, str | None] = {}
    for item in facts:
        codes = [item.document.region_code]
        codes += [record.region_code for record in item.commitments]
        codes += [record.region_code for record in item.targets]
        codes += [record.region_code for record in item.reports]
        codes += [record.region_code for record in item.statements]
        named.update(dict.fromkeys((code for code in codes if code), None))
        for share in item.allocations:
            named[share.region_code] = share.region
    regions = vocabulary.regions
    wanted = set(named)
    for code in named:
        wanted.update(regions.ancestors(code))
        parent = regions.parent_of(code)
        wanted.update(region.region_code for region in regions.children(parent or code))
    for code in sorted(wanted):
        region = regions.get(code)
        if region is not None:
            yield {
                "region_code": code,
                "name_zh": region.name,
                "name_en": region.name_en or None,
                "level": region.level,
                "parent_code": region.parent_code,
                "valid_from": region.valid_from,
                "valid_to": region.valid_to,
            }
            continue
        parent = regions.parent_of(code)
        own = regions.own(parent) if parent else None
        yield {
            "region_code": code,
            "name_zh": named.get(code) or code,
            "level": own.level if own and own.region_code == code else _PROVISIONAL,
            "parent_code": parent,
        }


def _list_units(vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    for unit in sorted(vocabulary.units.members, key=lambda unit: unit.unit):
        yield {
            "unit": unit.unit,
            "name_en": unit.name_en or None,
            "dimension": unit.dimension,
            "base_unit": unit.base_unit or None,
            "factor": _to_decimal(unit.factor) if unit.base_unit else None,
            "unit_family": unit.family or None,
        }


def _list_organizations(
    facts: Sequence[DocumentFacts], vocabulary: Vocabulary
) -> Iterator[dict[str, Any]]:
    """The bodies that answer for something. An id is `<region code or level>/<stem>`."""
    named = {
        record.organization_id: record.organization
        for item in facts
        for record in item.responsibilities
        if record.organization_id and record.organization
    }
    for organization_id in sorted(named):
        owner, _, stem = organization_id.rpartition("/")
        known = vocabulary.organizations.by_stem.get(stem)
        yield {
            "organization_id": organization_id,
            "name_zh": named[organization_id],
            "name_en": (known.name_en or None) if known else None,
            "region_code": owner if vocabulary.regions.get(owner) else None,
            "valid_to": known.valid_to if known else None,
        }


def _to_decimal(factor: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        return (Decimal(factor.numerator) / factor.denominator).quantize(_FACTOR_PLACES)

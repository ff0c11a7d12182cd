"""A dimension holds what facts refer to, and no fact refers to nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pipelines.facts import DocumentFacts
from pipelines.linking import Indicator
from pipelines.publishing.dimensions import build_dimensions
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.plans import Plan, read_plan, understand_plan

ELSEWHERE = "330100-own"
MADE_UP = "330100-somewhere"


def facts(tmp_path: Path) -> DocumentFacts:
    item = understand_plan(read_plan(Plan().write(tmp_path, "a")))
    shares = [
        replace(item.allocations[0], region_code=code, region=code)
        for code in (ELSEWHERE, MADE_UP, "330102")
    ]
    return replace(item, allocations=tuple(shares))


def rows(tmp_path: Path, table: str) -> dict[str, dict[str, object]]:
    indicator = Indicator("parking", "停车位", None, "个", None, "a/1.1")
    frame = build_dimensions([facts(tmp_path)], [indicator], load_vocabulary())[table]
    key = frame.columns[0]
    return {row[key]: row for row in frame.to_dict("records")}


def test_regions_are_those_that_facts_name_with_those_above_and_beside(tmp_path: Path) -> None:
    regions = rows(tmp_path, "region")
    assert {"330102", "330105", "330100", "330000"} <= set(regions)
    assert "440100" not in regions
    assert regions["330102"]["parent_code"] == "330100"


def test_a_citys_own_share_has_a_level_of_its_own(tmp_path: Path) -> None:
    own = rows(tmp_path, "region")[ELSEWHERE]
    assert (own["level"], own["parent_code"]) == ("city_own", "330100")


def test_a_region_that_nobody_lists_is_provisional(tmp_path: Path) -> None:
    assert rows(tmp_path, "region")[MADE_UP]["level"] == "provisional"


def test_units_convert_exactly(tmp_path: Path) -> None:
    units = rows(tmp_path, "unit")
    assert units["亩"]["base_unit"] == "平方米"
    assert units["亩"]["factor"] == Decimal("666.6666666667")


def test_units_of_one_family_say_so(tmp_path: Path) -> None:
    units = rows(tmp_path, "unit")
    assert units["名"]["unit_family"] == units["人"]["unit_family"]
    assert units["人次"]["unit_family"] not in (None, units["人"]["unit_family"])
    assert units["箱"]["unit_family"] != units["盒"]["unit_family"]


def test_indicators_are_those_that_were_founded(tmp_path: Path) -> None:
    assert set(rows(tmp_path, "indicator")) == {"parking"}


def test_no_facts_leave_only_what_the_vocabulary_knows() -> None:
    dimensions = build_dimensions([], [], load_vocabulary())
    assert {name for name, frame in dimensions.items() if len(frame)} == {
        "claim_pattern",
        "unit",
    }

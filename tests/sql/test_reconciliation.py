"""The five rules of the arithmetic, and what a signature does to a disagreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from invented_city import (
    CITY_OWN,
    EAST,
    WEST,
    ask,
    build,
    make_allocation,
    make_commitment,
    make_document,
    make_figure,
    make_milestone,
    make_plan,
    make_report,
    make_results,
    make_target,
)

from pipelines.facts import Allocation, DocumentFacts, Milestone, Report, Target
from pipelines.publishing.discrepancies import read_discrepancies
from pipelines.publishing.records import SignedDiscrepancy


def reconcile(path: Path, check_name: str) -> dict[str, tuple[Any, ...]]:
    """subject → expected, actual, difference, unit, status of one check."""
    rows = ask(
        path,
        "SELECT subject_id, expected, actual, difference, unit, status "
        "FROM marts.reconciliation WHERE check_name = ?",
        check_name,
    )
    return {row[0]: row[1:] for row in rows}


def statuses(path: Path, check_name: str) -> dict[str, str]:
    return {subject: row[-1] for subject, row in reconcile(path, check_name).items()}


def make_shared(targets: tuple[Target, ...], allocations: tuple[Allocation, ...]) -> DocumentFacts:
    return DocumentFacts(
        document=make_document("plan"),
        commitments=(make_commitment("plan/1"),),
        targets=targets,
        allocations=allocations,
    )


def make_scheduled(target: Target, milestones: tuple[Milestone, ...]) -> DocumentFacts:
    return DocumentFacts(
        document=make_document("plan", "responsibility_list"),
        commitments=(make_commitment("plan/1"),),
        targets=(target,),
        milestones=milestones,
    )


def make_reported(target: Target, *reports: Report) -> tuple[DocumentFacts, DocumentFacts]:
    return make_scheduled(target, ()), make_results(reports)


def sign(**changed: Any) -> SignedDiscrepancy:
    fields: dict[str, Any] = {
        "document_id": "plan",
        "target_id": "plan/1/1",
        "check_name": "shares_add_up",
        "expected": Decimal(71),
        "actual": Decimal(72),
        "reason": "原件如此",
        "signed_on": date(2031, 1, 1),
        "signed_by": "某人",
    }
    return SignedDiscrepancy(**fields | changed)


SEVENTY_ONE = make_shared(
    (make_target("plan/1/1", 71),),
    (make_allocation("plan/1/1", EAST, 40), make_allocation("plan/1/1", WEST, 32)),
)


def test_shares_that_add_up_agree(tmp_path: Path) -> None:
    facts = make_shared(
        (make_target("plan/1/1", "0.3"),),
        (make_allocation("plan/1/1", EAST, "0.1"), make_allocation("plan/1/1", CITY_OWN, "0.2")),
    )
    build(tmp_path / "w", facts)
    assert reconcile(tmp_path / "w", "shares_add_up") == {
        "plan/1/1": (Decimal("0.3"), Decimal("0.3"), Decimal(0), "个", "agrees")
    }


def test_shares_that_do_not_add_up_disagree(tmp_path: Path) -> None:
    build(tmp_path / "w", SEVENTY_ONE)
    assert reconcile(tmp_path / "w", "shares_add_up") == {
        "plan/1/1": (Decimal(71), Decimal(72), Decimal(1), "个", "disagrees")
    }
    (found,) = read_discrepancies(tmp_path / "w")
    assert (found.document_id, found.subject_id, found.status) == ("plan", "plan/1/1", "disagrees")


def test_a_signed_disagreement_is_accepted_with_its_reason(tmp_path: Path) -> None:
    build(tmp_path / "w", SEVENTY_ONE, accepted=[sign()])
    rows = ask(tmp_path / "w", "SELECT status, reason, signed_by FROM marts.reconciliation")
    assert rows == [("accepted", "原件如此", "某人")]
    assert ask(tmp_path / "w", "FROM quality.stale_signature") == []
    assert [found.status for found in read_discrepancies(tmp_path / "w")] == ["accepted"]


def test_a_signature_with_other_numbers_accepts_nothing_and_is_stale(tmp_path: Path) -> None:
    build(tmp_path / "w", SEVENTY_ONE, accepted=[sign(actual=Decimal(73))])
    assert statuses(tmp_path / "w", "shares_add_up") == {"plan/1/1": "disagrees"}
    assert ask(
        tmp_path / "w", "SELECT signed_actual, found_actual, reason FROM quality.stale_signature"
    ) == [(73, 72, "differs")]
    assert [found.status for found in read_discrepancies(tmp_path / "w")] == ["disagrees"]


def test_a_signature_of_what_agrees_or_is_not_there_is_stale(tmp_path: Path) -> None:
    accepted = [sign(), sign(target_id="plan/9/9")]
    build(tmp_path / "w", make_plan(), accepted=accepted)
    reasons = ask(
        tmp_path / "w", "SELECT target_id, reason FROM quality.stale_signature ORDER BY target_id"
    )
    assert reasons == [("plan/1/1", "agrees"), ("plan/9/9", "missing")]
    assert [found.status for found in read_discrepancies(tmp_path / "w")] == ["stale", "stale"]


def test_a_target_without_shares_is_not_applicable_beside_one_that_has_them(
    tmp_path: Path,
) -> None:
    facts = make_shared(
        (
            make_target("plan/1/1", 5),
            make_target("plan/1/2", None, None),
            make_target("plan/1/3", 100, "%"),
        ),
        (
            make_allocation("plan/1/1", EAST, 5),
            make_allocation("plan/1/3", EAST, 100, "%"),
            make_allocation("plan/1/3", WEST, 100, "%"),
        ),
    )
    build(tmp_path / "w", facts)
    assert statuses(tmp_path / "w", "shares_add_up") == {
        "plan/1/1": "agrees",
        "plan/1/2": "not_applicable",
        "plan/1/3": "not_applicable",
    }


def test_a_document_that_shares_nothing_out_makes_no_claim_about_shares(tmp_path: Path) -> None:
    build(tmp_path / "w", make_scheduled(make_target("plan/1/1", 5), ()))
    assert reconcile(tmp_path / "w", "shares_add_up") == {}


def test_shares_are_converted_or_told_to_be_foreign(tmp_path: Path) -> None:
    facts = make_shared(
        (
            make_target("plan/1/1", 4000, "平方米"),
            make_target("plan/1/2", 10, "名"),
            make_target("plan/1/3", 10, "人"),
        ),
        (
            make_allocation("plan/1/1", EAST, 6, "亩"),
            make_allocation("plan/1/2", EAST, 10, "人"),
            make_allocation("plan/1/3", EAST, 10, "家"),
        ),
    )
    build(tmp_path / "w", facts)
    assert statuses(tmp_path / "w", "shares_add_up") == {
        "plan/1/1": "agrees",
        "plan/1/2": "agrees",
        "plan/1/3": "disagrees",
    }


def test_parts_are_held_against_the_total_of_their_line(tmp_path: Path) -> None:
    headline, wrong = "plan/1/headline", "plan/1/wrong"
    parts = [
        make_target(f"plan/1/{number}", value, headline_figure_id=headline)
        for number, value in enumerate((30, 20, 40), start=1)
    ]
    parts.append(make_target("plan/1/4", 2000, headline_figure_id=wrong))
    facts = replace(
        make_shared(tuple(parts), ()),
        figures=(make_figure(headline, 90), make_figure(wrong, 2130)),
    )
    build(tmp_path / "w", facts)
    assert reconcile(tmp_path / "w", "parts_add_up") == {
        headline: (Decimal(90), Decimal(90), Decimal(0), "个", "agrees"),
        wrong: (Decimal(2130), Decimal(2000), Decimal(-130), "个", "disagrees"),
    }


def test_steps_that_rise_to_the_target_agree(tmp_path: Path) -> None:
    steps = (
        make_milestone("plan/1/m1", None, date(2030, 3, 31)),
        make_milestone("plan/1/m2", "plan/1/1", date(2030, 6, 30), share="0.3"),
        make_milestone("plan/1/m10", "plan/1/1", date(2030, 9, 30), 60),
        make_milestone("plan/1/m11", "plan/1/1", date(2030, 11, 30), share="1"),
    )
    build(tmp_path / "w", make_scheduled(make_target("plan/1/1", 100), steps))
    for check in ("milestones_monotone", "milestones_within_target", "milestones_end_on_target"):
        assert set(statuses(tmp_path / "w", check).values()) == {"agrees"}, check
    assert len(statuses(tmp_path / "w", "milestones_monotone")) == 2


def test_steps_that_fall_pass_or_miss_the_target_disagree(tmp_path: Path) -> None:
    steps = (
        make_milestone("plan/1/m1", "plan/1/1", date(2030, 6, 30), 120),
        make_milestone("plan/1/m2", "plan/1/1", date(2030, 12, 31), 60),
    )
    build(tmp_path / "w", make_scheduled(make_target("plan/1/1", 100), steps))
    assert statuses(tmp_path / "w", "milestones_monotone") == {"plan/1/m2": "disagrees"}
    assert statuses(tmp_path / "w", "milestones_within_target") == {
        "plan/1/m1": "disagrees",
        "plan/1/m2": "agrees",
    }
    assert statuses(tmp_path / "w", "milestones_end_on_target") == {"plan/1/1": "disagrees"}


def test_a_schedule_that_stops_before_the_line_is_due_makes_no_claim(tmp_path: Path) -> None:
    steps = (make_milestone("plan/1/m1", "plan/1/1", date(2030, 6, 30), 60),)
    build(tmp_path / "w", make_scheduled(make_target("plan/1/1", 100), steps))
    assert statuses(tmp_path / "w", "milestones_end_on_target") == {"plan/1/1": "not_applicable"}


def test_a_last_step_in_words_makes_no_claim_in_numbers(tmp_path: Path) -> None:
    steps = (
        make_milestone("plan/1/m1", "plan/1/1", date(2030, 9, 30), 50),
        make_milestone("plan/1/m2", None, date(2030, 11, 30)),
    )
    build(tmp_path / "w", make_scheduled(make_target("plan/1/1", 100), steps))
    assert statuses(tmp_path / "w", "milestones_end_on_target") == {"plan/1/1": "not_applicable"}


def test_steps_that_stand_for_their_own_stretch_are_added_up(tmp_path: Path) -> None:
    steps = tuple(
        make_milestone(
            f"plan/1/m{month}", "plan/1/1", date(2030, month, 28), 25, is_cumulative=False
        )
        for month in (4, 5, 6, 7)
    )
    build(tmp_path / "w", make_scheduled(make_target("plan/1/1", 100), steps))
    assert statuses(tmp_path / "w", "milestones_end_on_target") == {"plan/1/1": "agrees"}


def test_a_step_due_after_its_commitment_disagrees_and_can_be_signed(tmp_path: Path) -> None:
    steps = (
        make_milestone("plan/1/m1", None, date(2030, 11, 30)),
        make_milestone("plan/1/m2", None, date(2030, 12, 10)),
    )
    facts = make_scheduled(make_target("plan/1/1", 100), steps)
    build(tmp_path / "w", facts)
    assert reconcile(tmp_path / "w", "milestones_before_due") == {
        "plan/1/m1": (Decimal(0), Decimal(0), Decimal(0), "天", "agrees"),
        "plan/1/m2": (Decimal(0), Decimal(10), Decimal(10), "天", "disagrees"),
    }
    signature = sign(
        target_id="plan/1/m2",
        check_name="milestones_before_due",
        expected=Decimal(0),
        actual=Decimal(10),
    )
    build(tmp_path / "w", facts, accepted=[signature])
    assert statuses(tmp_path / "w", "milestones_before_due")["plan/1/m2"] == "accepted"


def test_reports_are_in_the_unit_and_not_before_the_year_of_their_target(tmp_path: Path) -> None:
    facts = make_reported(
        make_target("plan/1/1", 100),
        make_report("results/1", "plan/1/1", 90),
        make_report("results/2", "plan/1/1", 90, unit="家", as_of=date(2029, 12, 31)),
        make_report("results/3", "plan/1/1", 90, unit="亩", as_of=None),
        make_report("results/4", "plan/1/1", 90, unit="%"),
    )
    build(tmp_path / "w", *facts)
    assert statuses(tmp_path / "w", "report_unit") == {
        "results/1": "agrees",
        "results/2": "agrees",
        "results/3": "disagrees",
        "results/4": "not_applicable",
    }
    assert statuses(tmp_path / "w", "report_date") == {
        "results/1": "agrees",
        "results/2": "disagrees",
        "results/3": "not_applicable",
        "results/4": "agrees",
    }


def test_the_parts_of_a_report_are_held_against_its_total(tmp_path: Path) -> None:
    facts = make_results(
        [
            make_report("results/1", None, 183),
            make_report("results/2", None, 80, part_of="results/1"),
            make_report("results/3", None, 103, part_of="results/1"),
        ]
    )
    build(tmp_path / "w", facts)
    assert statuses(tmp_path / "w", "report_parts_add_up") == {"results/1": "agrees"}


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("建成床位120个，超额完成原定目标", 120, "agrees"),
        ("建成床位100个，超额完成原定目标", 100, "disagrees"),
        ("全面完成床位100个", 100, "agrees"),
        ("全面完成床位90个", 90, "disagrees"),
        ("建成床位90个；全面完成道路任务", 90, None),
        ("建成床位90个，力争年底超额完成", 90, None),
        ("建成床位90个；其中床位90个，全面完成", 90, None),
    ],
)
def test_what_is_claimed_in_words_is_held_against_the_figure(
    tmp_path: Path, text: str, value: int, status: str | None
) -> None:
    facts = make_reported(
        make_target("plan/1/1", 100), make_report("results/1", "plan/1/1", value, text=text)
    )
    build(tmp_path / "w", *facts)
    expected = {} if status is None else {"results/1": status}
    assert statuses(tmp_path / "w", "claimed_completion") == expected


def test_what_is_said_of_every_one_counted_claims_the_whole_rate(tmp_path: Path) -> None:
    report = make_report("results/1", "plan/1/1", 433, unit="家", text="433家医院均已开通")
    build(tmp_path / "w", *make_reported(make_target("plan/1/1", 100, "%"), report))
    assert reconcile(tmp_path / "w", "claimed_completion") == {
        "results/1": (Decimal(100), Decimal(100), Decimal(0), "%", "agrees")
    }


def test_a_quoted_goal_is_held_against_the_plan_of_the_nearest_result(tmp_path: Path) -> None:
    promises = make_scheduled(make_target("plan/1/1", 70), ())
    result = make_report("results/1", "plan/1/1", 96, figure_id="results/f1")
    article = replace(
        make_results([result]),
        figures=(
            make_figure("results/f1", 96, role="report", fact_id="results/1", char_start=10),
            make_figure("results/f2", 70, char_start=30),
            make_figure("results/f3", 72, char_start=40),
            make_figure("results/f4", 70, char_start=50, unit="亩"),
        ),
    )
    build(tmp_path / "w", promises, article)
    assert statuses(tmp_path / "w", "quoted_goal") == {
        "results/f2": "agrees",
        "results/f3": "disagrees",
        "results/f4": "not_applicable",
    }

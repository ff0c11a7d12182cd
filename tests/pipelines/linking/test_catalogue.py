"""The catalogue of indicators and the joins as a whole: stable, traceable, grouped with care."""

from dataclasses import replace
from datetime import date

import pytest

from pipelines.facts import DocumentFacts
from pipelines.linking import AcceptedLink, Linking, link_facts
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.linking import labelled

CITY, DISTRICT = "130100", "130102"


def plan(
    name: str, region: str, year: int, *promises: tuple[str, str, str], kind: str = "voting_list"
) -> DocumentFacts:
    """A plan with one line a promise: indicator, value, unit."""
    document = labelled.make_document(name, kind, region, year)
    lines = [
        labelled.make_line(document, str(number), f"{said}{value}{unit}")
        for number, (said, value, unit) in enumerate(promises, start=1)
    ]
    targets = tuple(
        labelled.make_target(line, 1, {"indicator": said, "value": value, "unit": unit})
        for line, (said, value, unit) in zip(lines, promises, strict=True)
    )
    return DocumentFacts(document, tuple(lines), targets)


def article(name: str, region: str, year: int, *said: tuple[str, str, str, str]) -> DocumentFacts:
    """An article with reports: indicator, value, unit, sentence."""
    document = labelled.make_document(name, "results_article", region, year, date(year, 12, 31))
    reports = tuple(
        labelled.make_report(
            document, number, {"indicator": words, "value": value, "unit": unit}, text, None
        )
        for number, (words, value, unit, text) in enumerate(said, start=1)
    )
    return DocumentFacts(document, reports=reports)


def link(*documents: DocumentFacts) -> Linking:
    return link_facts(documents, load_vocabulary())


def indicator_ids(linking: Linking) -> dict[str, str | None]:
    return {t.target_id: t.indicator_id for f in linking.documents for t in f.targets}


def pairs(linking: Linking) -> set[tuple[str, str]]:
    return {(made.from_id, made.to_id) for made in linking.links if made.to_kind == "target"}


@pytest.fixture(scope="module")
def gold() -> Linking:
    return link(*labelled.gold_documents())


def test_every_target_has_an_indicator_of_the_catalogue(gold: Linking) -> None:
    known = [indicator.indicator_id for indicator in gold.indicators]
    assert len(known) == len(set(known))
    assert set(indicator_ids(gold).values()) == set(known)


def test_ids_of_links_and_candidates_are_unique(gold: Linking) -> None:
    made = [made.link_id for made in gold.links]
    proposed = [candidate.candidate_id for candidate in gold.candidates]
    assert len(made) == len(set(made))
    assert len(proposed) == len(set(proposed))
    assert not set(made) & set(proposed)


def test_every_link_says_how_it_was_made(gold: Linking) -> None:
    for made in gold.links:
        assert made.method in ("same_text", "rule", "similarity", "signed")
        assert made.reason
        assert (made.score is not None) == (made.method == "similarity")


def test_the_order_of_the_documents_changes_nothing(gold: Linking) -> None:
    turned = link(*reversed(labelled.gold_documents()))
    assert turned.indicators == gold.indicators
    assert turned.links == gold.links
    assert turned.candidates == gold.candidates


def test_documents_come_back_in_the_order_given() -> None:
    documents = labelled.gold_documents()
    linked = link(*documents).documents
    assert [f.document for f in linked] == [f.document for f in documents]


def test_a_joined_report_gets_the_line_of_its_target(gold: Linking) -> None:
    lines = {t.target_id: t.commitment_id for f in gold.documents for t in f.targets}
    joined = [r for f in gold.documents for r in f.reports if r.target_id]
    assert joined
    assert all(report.commitment_id == lines[report.target_id or ""] for report in joined)


def test_the_same_words_in_two_years_are_one_indicator_named_after_the_first() -> None:
    first = plan("early", CITY, 2023, ("新增文化驿站", "10", "家"))
    second = plan("late", CITY, 2024, ("新增文化驿站", "12", "家"))
    linking = link(second, first)
    (indicator,) = linking.indicators
    assert indicator.founded_by == "early/1.1"
    assert indicator.indicator_id == indicator.name_zh == "新增文化驿站"
    assert indicator.name_en == "New culture stations"
    assert (indicator.unit_family, indicator.theme) == ("establishment", "文化体育")


def test_building_and_renewing_the_same_thing_are_two_indicators() -> None:
    linking = link(
        plan("one", CITY, 2024, ("新建污水管网", "60", "公里"), ("改造污水管网", "45", "公里"))
    )
    assert len(linking.indicators) == 2


def test_a_district_is_joined_to_its_own_city_and_year_only() -> None:
    promise = ("新增公共停车泊位", "100", "个")
    district = plan("district", DISTRICT, 2024, promise)
    own = plan("own", CITY, 2024, promise)
    other_city = plan("other", "130200", 2024, promise)
    other_year = plan("year", CITY, 2022, promise)
    assert pairs(link(district, own, other_city, other_year)) == {
        ("district/1.1", "own/1.1"),
        ("own/1.1", "year/1.1"),
    }


def test_a_breakdown_is_joined_to_the_plan_of_the_same_city_and_year() -> None:
    promise = ("新增公共停车泊位", "100", "个")
    listed = plan("a-list", CITY, 2024, promise, kind="responsibility_list")
    shared = plan("b-breakdown", CITY, 2024, promise, kind="allocation_table")
    assert pairs(link(listed, shared)) == {("b-breakdown/1.1", "a-list/1.1")}


def test_a_part_is_never_joined_to_the_target_of_the_total() -> None:
    promised = plan("plan", CITY, 2024, ("新建公园", "60", "个"))
    told = article("article", CITY, 2024, ("新建公园", "48", "个", "其中新建48个"))
    part = replace(told, reports=(replace(told.reports[0], part_of="article#0"),))
    assert pairs(link(promised, told)) == {("article#1", "plan/1.1")}
    assert pairs(link(promised, part)) == set()


def test_two_targets_of_the_same_words_leave_a_report_to_a_person() -> None:
    promised = plan("plan", CITY, 2024, ("新建充电桩", "60", "个"), ("新建充电桩", "50", "个"))
    told = article("article", CITY, 2024, ("新建充电桩", "55", "个", ""))
    linking = link(promised, told)
    assert pairs(linking) == set()
    assert {candidate.to_id for candidate in linking.candidates} == {"plan/1.1", "plan/2.1"}


def test_a_report_in_its_own_words_is_placed_by_its_neighbours() -> None:
    line = plan("plan", CITY, 2024, ("新建儿童中心", "6", "家"))
    document = line.document
    shared = labelled.make_line(document, "1", "新建儿童中心，开展照护师资培训，举办照护讲座")
    promises = [
        ("新建儿童中心", "6", "家"),
        ("开展照护师资培训", "200", "人次"),
        ("举办照护讲座", "20", "场"),
    ]
    targets = tuple(
        labelled.make_target(shared, n, {"indicator": said, "value": value, "unit": unit})
        for n, (said, value, unit) in enumerate(promises, start=1)
    )
    promised = DocumentFacts(document, (shared,), targets)
    told = article(
        "article",
        CITY,
        2024,
        ("新建儿童中心", "7", "家", ""),
        ("培训护理师", "230", "人次", ""),
        ("举办照护讲座", "25", "场", ""),
    )
    linking = link(promised, told)
    assert ("article#2", "plan/1.2") in pairs(linking)
    (made,) = (made for made in linking.links if made.from_id == "article#2")
    assert made.method == "rule"


SENTENCE = "全力推动回迁安置工作提速，让{}户回迁居民住进新居"


@pytest.mark.parametrize(
    ("value", "unit", "is_linked"),
    [("35000", "户", True), ("350", "户", False), ("35000", "人", False)],
)
def test_a_sentence_places_a_number_of_the_same_unit_and_size(
    value: str, unit: str, is_linked: bool
) -> None:
    promised = plan("plan", CITY, 2024, ("完成回迁安置", "33000", "户"))
    told = article("article", CITY, 2024, ("让回迁居民住进新居", value, unit, SENTENCE))
    assert bool(pairs(link(promised, told))) == is_linked


def test_a_report_that_its_line_places_is_a_link_too() -> None:
    promised = plan("plan", CITY, 2024, ("新建公园", "60", "个"))
    told = article("plan", CITY, 2024, ("建成", "48", "个", "")).reports[0]
    placed = replace(told, target_id="plan/1.1", commitment_id="plan/1")
    (made,) = link(replace(promised, reports=(placed,))).links
    assert (made.method, made.to_id) == ("rule", "plan/1.1")


def test_a_person_overrules_what_a_line_says() -> None:
    promised = plan("plan", CITY, 2024, ("新建公园", "60", "个"), ("新建绿道", "9", "公里"))
    told = article("plan", CITY, 2024, ("建成", "48", "个", "")).reports[0]
    placed = replace(told, target_id="plan/1.1", commitment_id="plan/1")
    documents = [replace(promised, reports=(placed,))]

    def sign(verdict: str, to_id: str, words: str) -> Linking:
        entry = AcceptedLink(
            verdict, placed.report_id, "建成", to_id, words, "seen", "a reader", date(2026, 1, 1)
        )
        return link_facts(documents, load_vocabulary(), [entry])

    assert sign("reject", "plan/1.1", "新建公园").links == ()
    assert sign("reject", "plan/1.1", "新建公园").documents[0].reports[0].target_id is None
    moved = sign("confirm", "plan/2.1", "新建绿道")
    assert [(made.method, made.to_id) for made in moved.links] == [("signed", "plan/2.1")]
    assert moved.documents[0].reports[0].commitment_id == "plan/2"


def test_a_sentence_that_names_another_target_leaves_the_choice_to_a_person() -> None:
    promised = plan(
        "plan",
        CITY,
        2024,
        ("分配公租房实物房源", "6000", "套"),
        ("推出保障性租赁住房", "8000", "套"),
    )
    text = "加大保障性租赁住房供应，共推出公租房13700套"
    told = article("article", CITY, 2024, ("推出公租房", "13700", "套", text))
    linking = link(promised, told)
    assert pairs(linking) == set()
    assert {candidate.to_id for candidate in linking.candidates} == {"plan/1.1", "plan/2.1"}

"""Goals that only a report names, beside the plan that promises the same."""

from dataclasses import replace
from datetime import date

from pipelines.facts import DocumentFacts
from pipelines.linking import AcceptedLink, Linking, link_facts
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.reading.documents import make_document, read_facts_of

REGION = "310117"
ARTICLE = (
    "松江市2031年民生实事年终成绩单",
    "截至12月底，修复河堤28公里，完成年度目标修复河堤25公里的112%，圆满完成。",
)
PLAN = (
    "松江市2031年民生实事责任清单",
    [
        ["序号", "项目", "目标任务", "牵头单位"],
        ["1", "河堤修复", "修复河堤25公里", "市水务局"],
        ["2", "凉亭建设", "新建凉亭12座", "市园林局"],
    ],
)


def documents(*names: str) -> list[DocumentFacts]:
    told = {"plan": PLAN, "article": ARTICLE}
    return [
        read_facts_of(make_document(*told[name], name=f"{name}.docx"), region=REGION)
        for name in names
    ]


def of_article(linking: Linking) -> DocumentFacts:
    return next(f for f in linking.documents if f.document.document_id == "article")


def links(linking: Linking, kind: str) -> set[tuple[str, str]]:
    return {
        (link.from_id, link.to_id)
        for link in linking.links
        if link.from_kind == kind and link.to_kind == "target"
    }


def test_without_a_plan_the_quoted_goal_counts() -> None:
    linking = link_facts(documents("article"), load_vocabulary())
    assert links(linking, "report") == {("article/r1", "article/g1.1")}
    assert links(linking, "target") == set()


def test_where_the_plan_stands_the_result_answers_the_plan() -> None:
    linking = link_facts(documents("article", "plan"), load_vocabulary())
    assert links(linking, "report") == {("article/r1", "plan/1.1")}
    [report] = [r for r in of_article(linking).reports if r.report_id == "article/r1"]
    assert (report.target_id, report.commitment_id) == ("plan/1.1", "plan/1")


def test_the_quoted_goal_is_linked_to_the_plans_and_shares_its_indicator() -> None:
    linking = link_facts(documents("article", "plan"), load_vocabulary())
    assert links(linking, "target") == {("article/g1.1", "plan/1.1")}
    indicators = {t.target_id: t.indicator_id for f in linking.documents for t in f.targets}
    assert indicators["article/g1.1"] == indicators["plan/1.1"]


def test_a_result_in_other_words_follows_the_goal_beside_it() -> None:
    article, plan = documents("article", "plan")
    reports = tuple(replace(r, indicator="工作任务", text="") for r in article.reports)
    linking = link_facts([replace(article, reports=reports), plan], load_vocabulary())
    assert ("article/r1", "plan/1.1") in links(linking, "report")


def test_a_goal_that_the_plan_does_not_hold_keeps_its_result() -> None:
    article, plan = documents("article", "plan")
    others = tuple(t for t in plan.targets if t.target_id != "plan/1.1")
    linking = link_facts([article, replace(plan, targets=others)], load_vocabulary())
    assert links(linking, "report") == {("article/r1", "article/g1.1")}
    assert links(linking, "target") == set()


def test_a_result_in_a_line_that_promises_nothing_answers_the_plan() -> None:
    results = make_document(
        "松江市2031年民生实事完成情况",
        [["序号", "项目", "完成情况"], ["1", "河堤修复", "修复河堤28公里"], ["2", "凉亭", "已建"]],
        name="results.docx",
    )
    [plan] = documents("plan")
    linking = link_facts([read_facts_of(results, region=REGION), plan], load_vocabulary())
    assert links(linking, "report") == {("results/1.r1", "plan/1.1")}


def test_what_a_person_rejected_is_not_joined_by_the_goal_beside_it() -> None:
    article, plan = documents("article", "plan")
    reports = tuple(replace(r, indicator="工作任务", text="") for r in article.reports)
    signed = AcceptedLink(
        from_id="article/r1",
        from_text="工作任务",
        to_id="plan/1.1",
        to_text=plan.targets[0].indicator,
        verdict="reject",
        reason="another dyke",
        signed_by="a reader",
        signed_on=date(2032, 1, 5),
    )
    linking = link_facts([replace(article, reports=reports), plan], load_vocabulary(), [signed])
    assert ("article/r1", "plan/1.1") not in links(linking, "report")

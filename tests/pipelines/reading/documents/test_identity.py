"""What a document is, read from the document itself where nobody wrote it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from extractors.records import Block, Document, Line, Paragraph, ParagraphKind
from pipelines.reading.documents.identity import (
    common_parent,
    publisher_of,
    read_as_of,
    read_kind,
    read_plan_year,
    read_region,
    read_signed_on,
    read_title,
)
from pipelines.sources import SourceEntry
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.reading.documents import make_document
from tests.pipelines.reading.layouts import setting_of

WORDS = load_vocabulary()
KINDS = {
    "# ": ParagraphKind.HEADING,
    "^ ": ParagraphKind.PAGE_HEADER,
    "_ ": ParagraphKind.PAGE_FOOTER,
    "* ": ParagraphKind.NOTE,
}
"""Marks of lines that are no body; a line of `|` is a table of one row."""


def document_of(*lines: str, name: str = "plan.docx", title: str = "") -> Document:
    """A document of lines, of which a mark tells the kind."""
    blocks: list[Block] = []
    for line in lines:
        kind = KINDS.get(line[:2], ParagraphKind.BODY)
        text = line[2:] if line[:2] in KINDS else line
        if "|" in text:
            blocks.extend(make_document([text.split("|")]).blocks)
        else:
            blocks.append(Paragraph(tuple(map(Line, text.split("/"))), kind))
    return replace(make_document(name=name), blocks=tuple(blocks), properties={"title": title})


def source_of(**given: object) -> SourceEntry:
    """What a person wrote down."""
    return SourceEntry(file_name="plan.docx", **given)  # type: ignore[arg-type]  # by key


# --- title ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["衢州市民生实事", "新建学校3所"], "衢州市民生实事"),
        (["# 衢州市", "# 民生实事", "# 任务清单"], "衢州市民生实事"),
        (["# 衢州市2024年实事", "# 任务清单"], "衢州市2024年实事任务清单"),
        (["# 衢州市2024年实事", "# 一、任务清单"], "衢州市2024年实事"),
        (["衢州市人民政府办公室", "衢州市2024年实事"], "衢州市2024年实事"),
        (["# 衢州市", "民生实事"], "衢州市"),
        (["# 衢州市", "* 内部", "^ 公报", "# 民生实事"], "衢州市民生实事"),
        (
            ["附件1", "衢政发〔2024〕3号", "各县（市、区）人民政府：", "　", "衢州市 / 民生实事"],
            "衢州市民生实事",
        ),
        (["甲|乙", "衢州市民生实事"], "own"),
        (["衢州市民生实事。", "任务清单"], "own"),
        (["衢州市民生实事；", "任务清单"], "own"),
        (["甲" * 80, "新建学校3所"], "甲" * 80),
        (["甲" * 81, "任务清单"], "own"),
        ([], "own"),
    ],
)
def test_a_title_is_the_first_line_or_two(lines: Sequence[str], title: str) -> None:
    found = read_title(document_of(*lines, title=" own "), source_of(), WORDS)
    assert found == title


def test_a_title_is_written_down_or_printed_or_the_file_s_own_or_its_name() -> None:
    document = document_of("衢州市民生實事", name="a/plan.docx", title="own")
    assert read_title(document, source_of(title="given"), WORDS) == "given"
    assert read_title(document, source_of(), WORDS) == "衢州市民生实事"
    assert read_title(document_of(name="a/plan.docx", title="own"), source_of(), WORDS) == "own"
    assert read_title(document_of(name="a/plan.docx"), source_of(), WORDS) == "plan"


# --- region ---------------------------------------------------------------------------------------

QUZHOU, HANGZHOU, KECHENG = "330800", "330100", "330802"


@pytest.mark.parametrize(
    ("lines", "region"),
    [
        (["实事", "甲", "乙", "丙", "丁", "戊"], None),
        (["实事", "衢州市教育局"], QUZHOU),
        (["实事", "甲", "乙", "衢州市教育局", "丙", "丁", "戊"], QUZHOU),
        (["实事", "甲", "乙", "丙", "衢州市教育局", "丁", "戊", "己"], None),
        (["实事", "甲", "乙", "丙", "丁", "衢州市教育局", "戊", "己"], QUZHOU),
        (["实事", "甲", "乙", "丙", "丁", "衢州市教育局", "戊", "杭州市人民政府"], HANGZHOU),
        (["实事", "^ 衢州市公报", "杭州市"], QUZHOU),
        (["实事", "_ 衢州市公报", "杭州市"], QUZHOU),
        (["实事", "* 衢州市公报", "甲"], None),
        (["实事", "^ 衢州市" + "甲" * 27, "丙"], QUZHOU),
        (["实事", "^ 衢州市" + "甲" * 28, "丙"], None),
        (["实事", "衢州市各单位：", *"甲乙丙丁"], None),
        (["实事", *"甲乙丙", "衢州市", "杭州市", "衢州市|衢州市", *"丁戊己"], QUZHOU),
        (["实事", *"甲乙丙", "杭州市", "杭州市", "衢州市|衢州市", *"丁戊己"], None),
        (["实事", *"甲乙丙", "衢州市|衢州市", *"丁戊己"], QUZHOU),
        (["实事", *"甲乙丙", "梦溪区|梦溪区", *"丁戊己"], None),
        (["实事", *"甲乙丙", "衢州市", *"丁戊己"], None),
        (["实事", "来源 威县发布 2024", *"甲乙丙丁"], "130533"),
        (["实事", "来源 乌有县发布 2024", *"甲乙丙丁"], None),
    ],
)
def test_a_region_signs_opens_or_fills_the_text(lines: Sequence[str], region: str | None) -> None:
    assert read_region(document_of(*lines), source_of(), lines[0], [], WORDS) == region


@pytest.mark.parametrize(
    ("given", "title", "headers", "region"),
    [
        ({"region": QUZHOU}, "杭州市实事", [], QUZHOU),
        ({"region": "衢州市"}, "杭州市实事", [], QUZHOU),
        ({"region": "无名区", "publisher": "衢州市人民政府"}, "杭州市实事", [], QUZHOU),
        ({}, "杭州市实事", ["柯城区", "衢江区"], HANGZHOU),
        ({}, "实事", ["柯城区", "衢江区"], QUZHOU),
        ({}, "无名区实事", ["柯城区", "衢江区"], QUZHOU),
    ],
)
def test_a_region_is_written_down_or_named_in_the_title_or_above_the_columns(
    given: dict[str, object], title: str, headers: list[str], region: str
) -> None:
    document = document_of("义乌市")
    assert read_region(document, source_of(**given), title, headers, WORDS) == region


def test_a_region_that_only_the_title_makes_comes_last() -> None:
    made = read_region(document_of(), source_of(), "梦溪区2024年民生实事", [], WORDS)
    assert made is not None
    assert WORDS.regions.get(made) is None
    named = document_of("衢州市")
    assert read_region(named, source_of(), "梦溪区2024年民生实事", [], WORDS) == QUZHOU
    titled = document_of("杭州市", title="衢州市实事")
    assert read_region(titled, source_of(), "梦溪区2024年民生实事", [], WORDS) == QUZHOU


@pytest.mark.parametrize(
    ("names", "parent"),
    [
        (["柯城区", "衢江区", "甲"], QUZHOU),
        (["柯城区", "甲"], None),
        (["西湖区", "上城区"], HANGZHOU),
        (["柯城区", "衢江区", "上城区", "拱墅区"], None),
        (["柯城区", "衢江区", "龙游县", "上城区", "拱墅区"], QUZHOU),
        (["浙江省", "江苏省"], None),
        ([], None),
    ],
)
def test_names_lie_below_the_region_of_most_of_them(names: list[str], parent: str | None) -> None:
    assert common_parent(names, WORDS) == parent


def test_the_government_of_the_region_publishes() -> None:
    assert publisher_of("", QUZHOU, WORDS) == "衢州市人民政府"
    assert publisher_of("", None, WORDS) is None


# --- year and kind --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "given", "title", "year"),
    [
        (document_of("2023年"), {"plan_year": 2021}, "2022年实事", 2021),
        (document_of("2023年"), {}, "2022年实事，2020年", 2022),
        (document_of("2023年", name="2020.docx", title="2021年"), {}, "实事", 2021),
        (document_of("2023年", name="2020-plan.docx"), {}, "实事", 2020),
        (document_of("2023年", "2024年|２０２４年"), {}, "实事", 2024),
        (document_of("12023年", "1999年"), {}, "实事", 1999),
        (document_of("无"), {}, "实事", None),
    ],
)
def test_a_year_is_written_down_in_a_title_or_named_most(
    document: Document, given: dict[str, object], title: str, year: int | None
) -> None:
    assert read_plan_year(document, source_of(**given), title) == year


@pytest.mark.parametrize(
    ("roles", "title", "kind"),
    [
        *((f"{role} allocation", "", "progress_report") for role in ("progress", "done_value")),
        *((f"{role} allocation", "", "progress_report") for role in ("percent", "on_schedule")),
        *(
            (f"{role} schedule", "投票清单", "allocation_table")
            for role in ("allocation", "region")
        ),
        ("city_own schedule", "投票清单", "allocation_table"),
        ("schedule title", "投票清单", "responsibility_list"),
        ("quarter_goal title", "投票清单", "responsibility_list"),
        ("title lead", "投票清单", "voting_list"),
        *(
            (f"title {role}", "", "responsibility_list")
            for role in ("lead", "responsible", "support")
        ),
        *((f"title {role}", "", "responsibility_list") for role in ("due", "lead_official")),
        ("title city_leader", "", "responsibility_list"),
        ("title detail", "", "voting_list"),
    ],
)
def test_a_kind_is_told_by_columns_then_by_the_title(roles: str, title: str, kind: str) -> None:
    assert read_kind(roles.split(), title, None, setting_of(), tells=False) == kind


@pytest.mark.parametrize(
    ("until", "year", "tells", "kind"),
    [
        (None, 2024, False, "responsibility_list"),
        (None, 2024, True, "results_article"),
        (date(2024, 11, 30), 2024, True, "progress_report"),
        (date(2024, 12, 1), 2024, True, "results_article"),
        (date(2024, 11, 30), None, True, "results_article"),
    ],
)
def test_a_text_that_reports_on_part_of_its_year_is_progress(
    until: date | None, year: int | None, tells: bool, kind: str
) -> None:
    assert read_kind([], "", until, setting_of(plan_year=year), tells=tells) == kind


# --- date -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title", "headers", "day"),
    [
        (["截至2024年8月31日"], "1—6月实事", ["1-3月完成", "1-2月"], date(2024, 3, 31)),
        (["截至2024年8月31日，已完成", "截至5月底"], "1—6月实事", [], date(2024, 8, 31)),
        (["（1-9月）"], "1—6月实事", [], date(2024, 9, 30)),
        (["1-9月办理"], "1—6月实事", [], date(2024, 6, 30)),
        (["1-9月办理"], "实事半年度报告", [], date(2024, 6, 30)),
        (["1-9月办理"], "实事", ["完成数"], date(2024, 9, 30)),
        (["1-9月办理"], "实事", [], None),
        (["甲|乙", "1-9月办理"], "实事", ["完成数"], None),
        (["甲", "乙", "丙", "丁", "1-9月办理"], "实事", ["完成数"], None),
        (["1-9月" + "甲" * 76], "实事", ["完成数"], date(2024, 9, 30)),
        (["1-9月" + "甲" * 77], "实事", ["完成数"], None),
        (["* 1-9月办理"], "实事", ["完成数"], None),
        (["2024年9月30日"], "实事", ["完成数"], None),
        (["2024年办理"], "实事", ["完成数"], None),
        (["（9月30日）"], "实事", [], None),
    ],
)
def test_a_report_speaks_for_the_last_day_that_it_names(
    lines: Sequence[str], title: str, headers: list[str], day: date | None
) -> None:
    assert read_as_of(document_of(*lines), source_of(), title, headers, setting_of()) == day


def test_a_day_that_a_person_wrote_goes_first() -> None:
    given = source_of(as_of=date(2024, 1, 2))
    assert read_as_of(document_of(), given, "", ["1-3月"], setting_of()) == date(2024, 1, 2)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["2024年5月6日", "乙", "丙"], date(2024, 5, 6)),
        (["2024年5月6日", "乙", "丙", "丁"], None),
        (["2024年5月6日", "2024年5月7日"], date(2024, 5, 7)),
        (["2024年5月6日印发", "2024年5月"], None),
        (["5月6日 5月7日"], None),
        (["* 2024年5月6日"], None),
    ],
)
def test_a_day_alone_on_the_last_lines_signs(lines: Sequence[str], day: date | None) -> None:
    assert read_signed_on(document_of(*lines), setting_of()) == day

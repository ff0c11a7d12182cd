"""The parts of the site one by one: addresses, words, telephones, rebuilt tables, pictures."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pagesizes import A6
from reportlab.pdfgen.canvas import Canvas

from extractors.records import Cell, Document, Line, Paragraph, Table
from pipelines.site.addresses import link, promise_path, slug
from pipelines.site.ledger import OutdatedWarehouseError, natural_key, read_rows
from pipelines.site.markup import grouped, in_percent, plain
from pipelines.site.pictures import UndrawablePageError, open_pdf
from pipelines.site.rebuilt import Run, rebuild
from pipelines.site.records import CommitmentRow, DocumentRow, FigureRow, RegionRow
from pipelines.site.sheets import Sheet
from pipelines.site.telephones import find_telephones
from pipelines.site.words import load_words

ROOT = Path(__file__).resolve().parents[3]


def make_figure(printed: str, start: int = 0, **changed: object) -> FigureRow:
    fields: dict[str, object] = {
        "figure_id": f"plan/t1.r1.c1.n{start}",
        "document_id": "plan",
        "page": None,
        "table_no": 1,
        "row_no": 1,
        "col_no": 1,
        "char_start": start,
        "char_end": start + len(printed),
        "as_printed": printed,
        "unit": None,
        "role": "target",
        "fact_id": None,
        "context": "",
        "x0": None,
        "top": None,
        "x1": None,
        "bottom": None,
    }
    return FigureRow(**(fields | changed))  # type: ignore[arg-type]


# --- addresses ------------------------------------------------------------------------------------


@given(st.text(min_size=1))
def test_every_id_gives_a_name_that_any_file_system_takes(identifier: str) -> None:
    name = slug(identifier)
    assert name == name.lower()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert 8 <= len(name) <= 70
    assert not name.startswith((".", "-"))


def test_ids_that_differ_in_case_or_signs_alone_keep_apart() -> None:
    names = {slug(one) for one in ("plan/1.1", "PLAN/1.1", "plan-1.1", "plan 1.1", "plán/1.1")}
    assert len(names) == 5


def test_links_are_relative_and_escaped() -> None:
    page = promise_path("plan/1")
    assert link("index.html", page) == "../index.html"
    assert link(page, "index.html") == page
    assert link("promises.html", "index.html", "theme=养老").endswith("#theme=%E5%85%BB%E8%80%81")


# --- words ----------------------------------------------------------------------------------------


def test_every_word_is_there_in_both_languages() -> None:
    words = load_words()
    lacking = [
        key
        for key, label in words.labels.items()
        if not (label.zh and label.en) and key != ("comparator", "range") and key[1] != "="
    ]
    assert lacking == []


def test_every_theme_of_the_vocabulary_has_an_english_name() -> None:
    text = (ROOT / "pipelines/vocabulary/indicator_themes.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    themes = {row["theme"] for row in csv.DictReader(lines)}
    assert {theme for theme in themes if not load_words().has("theme", theme)} == set()


def test_a_status_that_nobody_declared_is_shown_as_it_is() -> None:
    assert load_words().label("status", "half_done").zh == "half done"
    assert not load_words().has("status", "half_done")


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "as_plain", "as_grouped"),
    [
        (Decimal("227.0000"), "227", "227"),
        (Decimal("11790000.0000"), "11790000", "11,790,000"),
        (Decimal("93.5700"), "93.57", "93.57"),
        (Decimal("-0.5"), "-0.5", "-0.5"),
        (Decimal("1E+3"), "1000", "1,000"),
        (0, "0", "0"),
    ],
)
def test_numbers_are_shown_without_loss(
    value: Decimal | int, as_plain: str, as_grouped: str
) -> None:
    assert (plain(value), grouped(value)) == (as_plain, as_grouped)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15)))
def test_a_shown_number_reads_back_as_itself(value: Decimal) -> None:
    assert Decimal(grouped(value).replace(",", "")) == value


def test_fractions_are_shown_in_per_cent() -> None:
    assert [in_percent(Decimal(one)) for one in ("0.166667", "1", "1.0763")] == [
        "16.7 %",
        "100 %",
        "107.6 %",
    ]


def test_lines_are_in_the_order_in_which_people_count() -> None:
    names = ["2.10", "2.9", "10.1", "2.9.m2"]
    assert sorted(names, key=natural_key) == ["2.9", "2.9.m2", "2.10", "10.1"]


# --- telephones -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number", ["13812345678", "138 1234 5678", "0571-85251234", "(0571)85251234", "+86 13812345678"]
)
def test_telephone_numbers_are_covered_in_texts(number: str) -> None:
    covered = find_telephones(()).cover(f"联系人：王某，{number}。", "plan")
    assert not any(character.isdigit() for character in covered)
    assert covered.startswith("联系人：王某，●")


@pytest.mark.parametrize(
    "text", ["建成1180000平方米", "2024-11-30", "投保11790000人", "0.138123456789", "100.0571"]
)
def test_quantities_and_dates_are_no_telephone_numbers(text: str) -> None:
    assert find_telephones(()).cover(text, "plan") == text


def test_what_the_ledger_calls_a_code_is_covered_in_its_document_alone() -> None:
    telephones = find_telephones([make_figure("87654321", role="code"), make_figure("12")])
    assert telephones.cover("拨打87654321", "plan") == "拨打●●●●●●●●"
    assert telephones.cover("共87654321个", "other") == "共87654321个"
    assert telephones.cover("共12个，187654321", "plan") == "共12个，187654321"


# --- rebuilt tables -------------------------------------------------------------------------------


def make_document(*blocks: Table | Paragraph) -> Document:
    return Document("plan.docx", "word", "0" * 64, tuple(blocks), None)


def make_sheet(figures: list[FigureRow], table_no: int | None = 1) -> Sheet:
    document = DocumentRow(
        "plan", None, None, None, None, None, None, "plan.docx", "0" * 64, None, "published"
    )
    return Sheet("sheets/x.html", document, None, table_no, tuple(figures))


def test_a_number_is_marked_in_its_cell_and_every_other_character_stays() -> None:
    cells = (
        Cell(0, 0, row_span=2, lines=(Line("新增4所、20所"),)),
        Cell(0, 1, lines=(Line("一"),)),
        Cell(1, 1, lines=(Line("二"),)),
    )
    figures = [make_figure("20所", 5), make_figure("4所", 2)]
    rows = rebuild(make_document(Table(cells, 2, 2)), make_sheet(figures), lambda text: text)
    first = rows[0].cells[0]
    assert first.row_span == 2
    assert first.runs == (
        Run("新增"),
        Run("4所", "t1.r1.c1.n2"),
        Run("、"),
        Run("20所", "t1.r1.c1.n5"),
    )
    assert [[cell.runs[0].text for cell in row.cells] for row in rows] == [["新增", "一"], ["二"]]


def test_a_place_that_does_not_fit_marks_the_whole_cell() -> None:
    cells = (Cell(0, 0, lines=(Line("新增4所"),)),)
    rows = rebuild(
        make_document(Table(cells, 1, 1)), make_sheet([make_figure("9所", 2)]), lambda text: text
    )
    assert rows[0].cells[0].runs == (Run("新增4所", "t1.r1.c1.n2"),)


def test_paragraphs_are_marked_by_their_number() -> None:
    paragraphs = (Paragraph((Line("前言"),)), Paragraph((Line("新增4所"),)))
    figure = make_figure("4所", 2, table_no=None, col_no=None, row_no=2)
    rows = rebuild(
        make_document(*paragraphs), make_sheet([figure], table_no=None), lambda text: text
    )
    assert [row.anchor for row in rows] == ["row1", "row2"]
    assert rows[1].cells[0].runs[1] == Run("4所", "t1.r1.c1.n2")


# --- pictures -------------------------------------------------------------------------------------


def draw(path: Path, *texts: str) -> Path:
    canvas = Canvas(str(path), pagesize=A6)
    for number, text in enumerate(texts):
        canvas.drawString(40, 300 - 40 * number, text)
    canvas.save()
    return path


def count_ink(picture: bytes) -> int:
    """Pixels that are near black; a cover is grey."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    return sum(image.histogram()[:60])


def test_a_page_is_drawn_in_its_own_shape(tmp_path: Path) -> None:
    with open_pdf(draw(tmp_path / "a.pdf", "227")) as pdf:
        width, height = pdf.size_of(1)
        image = Image.open(io.BytesIO(pdf.draw(1, ())))
    assert image.format == "WEBP"
    assert image.width / image.height == pytest.approx(width / height, rel=0.01)


def test_telephone_numbers_are_covered_in_pictures(tmp_path: Path) -> None:
    with open_pdf(draw(tmp_path / "a.pdf", "13812345678")) as pdf:
        assert count_ink(pdf.draw(1, ())) == 0
    with open_pdf(draw(tmp_path / "b.pdf", "1381234")) as pdf:
        assert count_ink(pdf.draw(1, ())) > 0


def test_boxes_of_the_ledger_are_covered_in_pictures(tmp_path: Path) -> None:
    with open_pdf(draw(tmp_path / "a.pdf", "12345")) as pdf:
        height = pdf.size_of(1)[1]
        assert count_ink(pdf.draw(1, [(30, height - 320, 120, height - 290)])) == 0


def test_a_file_that_is_no_pdf_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("no pdf")
    with (
        pytest.raises(UndrawablePageError, match=r"a\.pdf cannot be drawn"),
        open_pdf(tmp_path / "a.pdf"),
    ):
        pass


# --- rows of the file -----------------------------------------------------------------------------


def test_a_column_with_a_default_may_be_missing_and_others_may_not() -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA core")
        connection.execute("CREATE TABLE core.region (region_code VARCHAR, name_zh VARCHAR)")
        with pytest.raises(OutdatedWarehouseError, match=r"core\.region\.name_en"):
            read_rows(connection, "core.region", RegionRow)
        with pytest.raises(OutdatedWarehouseError, match=r"no core\.commitment"):
            read_rows(connection, "core.commitment", CommitmentRow)
        connection.execute(
            "CREATE TABLE core.commitment AS SELECT 'a/10' AS commitment_id, 'a' AS document_id, "
            "'10' AS item_no, NULL AS category, 'x' AS title, NULL AS detail, NULL AS region_code, "
            "2024 AS plan_year, DATE '2024-11-30' AS due_on, 1 AS page, 1 AS table_no, "
            "1 AS row_no, 'x' AS as_printed"
        )
        [row] = read_rows(connection, "core.commitment", CommitmentRow)
    assert (row.due_on, row.standing) == (date(2024, 11, 30), None)

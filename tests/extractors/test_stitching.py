"""Tables over pages: joined, headers dropped, cut rows and cells whole again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from extractors import Cell, Line, Paragraph, ParagraphKind, Table, read_document
from extractors.parts import TablePart
from extractors.stitching import stitch
from tests.extractors.steps import count_steps

RAW = Path(__file__).parents[2] / "raw"
SIZE = 10.0
COLUMN_WIDTHS = (30.0, 60.0, 60.0, 60.0, 120.0)
HEADER = ("序号", "项目", "目标", "牵头", "安排")


def lay(text: str, left: float, width: float, page: int) -> tuple[Line, ...]:
    """Lines as a typesetter would set them: `\\n` breaks, the rest wraps at the width."""
    lines = []
    per_line = int(width // SIZE)
    for row in filter(None, text.split("\n")):
        pieces = [row[i : i + per_line] for i in range(0, len(row), per_line)]
        for number, piece in enumerate(pieces):
            boxes = tuple(
                (left + SIZE * i, 0.0, left + SIZE * (i + 1), SIZE) for i in range(len(piece))
            )
            lines.append(Line(piece, page, boxes, wraps=number < len(pieces) - 1))
    return tuple(lines)


def part(
    page: int, *rows: tuple[str, ...], merged: dict[tuple[int, int], int] | None = None
) -> TablePart:
    """A ruled part on a page; `merged` gives row spans by (row, col), `^` marks covered places."""
    spans = merged or {}
    cells = []
    for row, texts in enumerate(rows):
        left = 0.0
        for col, text in enumerate(texts):
            width = COLUMN_WIDTHS[col]
            if text != "^":
                box = (left, 0.0, left + width, 100.0)
                lines = lay(text, left, width, page)
                cells.append(Cell(row, col, spans.get((row, col), 1), 1, lines, page, box))
            left += width
    edges = tuple(sum(COLUMN_WIDTHS[:i]) for i in range(len(rows[0]) + 1))
    return TablePart(tuple(cells), len(rows), len(rows[0]), edges, page, (0, 0, edges[-1], 100))


def rows_of(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text if cell else "" for cell in row) for row in table.grid]


def only_table(*blocks: TablePart | Paragraph) -> Table:
    (table,) = [block for block in stitch(blocks) if isinstance(block, Table)]
    return table


FIRST = ("1", "新建公园", "65个", "园文局", "三月底前完成选址，六月底前开工建设。")
SECOND = ("2", "加装电梯", "100台", "市建委", "全年完成。")


def test_parts_with_the_same_columns_are_one_table_and_the_header_stands_once() -> None:
    blocks = stitch([part(1, HEADER, FIRST), part(2, HEADER, SECOND)])
    assert isinstance(blocks[0], Table)
    assert rows_of(blocks[0]) == [HEADER, FIRST, SECOND]
    assert (blocks[0].header_rows, blocks[0].pages) == (1, (1, 2))
    assert isinstance(blocks[1], Paragraph)
    assert blocks[1].kind is ParagraphKind.REPEATED_HEADER
    assert blocks[1].text == "\n".join(HEADER)


def test_a_header_printed_in_another_width_is_the_same_header() -> None:
    other = ("序 号", "项目", "目标", "牵头", "安排")
    assert rows_of(only_table(part(1, HEADER, FIRST), part(2, other, SECOND)))[2] == SECOND


def test_a_first_page_with_nothing_but_the_header_works() -> None:
    assert rows_of(only_table(part(1, HEADER), part(2, HEADER, FIRST))) == [HEADER, FIRST]


def test_parts_without_a_repeated_header_are_joined() -> None:
    assert rows_of(only_table(part(1, HEADER, FIRST), part(2, SECOND))) == [HEADER, FIRST, SECOND]


def test_a_heading_between_parts_two_tables() -> None:
    title = Paragraph((Line("二、交通项目", 2),), ParagraphKind.HEADING, 2)
    blocks = stitch([part(1, HEADER, FIRST), title, part(2, HEADER, SECOND)])
    assert [type(block) for block in blocks] == [Table, Paragraph, Table]


def test_a_note_that_the_table_goes_on_does_not_part_it() -> None:
    note = Paragraph((Line("（续表）", 2),), ParagraphKind.BODY, 2)
    assert only_table(part(1, HEADER, FIRST), note, part(2, HEADER, SECOND)).n_rows == 3


def test_another_header_opens_another_table() -> None:
    other = ("编号", "街道", "任务", "单位", "备注")
    assert len(stitch([part(1, HEADER, FIRST, SECOND), part(2, other, FIRST)])) == 2


def test_two_tables_of_one_page_stay_two() -> None:
    assert len(stitch([part(1, HEADER, FIRST), part(1, HEADER, SECOND)])) == 2


def test_a_sentence_cut_by_the_page_is_whole() -> None:
    upper = ("1", "新建公园", "65个", "园文局", "三月底前完成选址，六月底")
    lower = ("", "", "", "", "前开工建设。")
    table = only_table(part(1, HEADER, upper), part(2, HEADER, lower))
    assert rows_of(table) == [HEADER, (*FIRST[:4], "三月底前完成选址，六月底前开工建设。")]


def test_a_number_cut_by_the_page_is_whole() -> None:
    upper = ("1", "新建公园", "65个", "园文局", "三月底前选址累计建成18")
    lower = ("", "", "", "", "600平方米。")
    table = only_table(part(1, HEADER, upper), part(2, HEADER, lower))
    assert "18600平方米" in rows_of(table)[1][4]


def test_a_row_is_cut_where_its_columns_stay_empty_below_although_a_sentence_ended() -> None:
    upper = ("2", "加装电梯", "100台", "市建委", "三月底前完成选址。")
    lower = ("", "", "", "", "全年完成。")
    table = only_table(part(1, HEADER, FIRST, SECOND, upper), part(2, HEADER, lower))
    assert table.n_rows == 4
    assert rows_of(table)[3][4] == "三月底前完成选址。\n全年完成。"


def test_bare_figures_one_under_the_other_are_two_rows() -> None:
    upper = ("6", "救助", "600人", "残联", "65人")
    lower = ("", "", "550 人", "", "37 人")
    table = only_table(part(1, HEADER, upper), part(2, HEADER, lower))
    assert [row[2] for row in rows_of(table)] == ["目标", "600人", "550 人"]
    assert [row[4] for row in rows_of(table)] == ["安排", "65人", "37 人"]
    assert rows_of(table)[2][0] == "6"


def test_a_blank_key_goes_on_with_the_merged_group_above() -> None:
    upper = part(
        1, HEADER, FIRST, ("^", "^", "40条", "市建委", "完成。"), merged={(1, 0): 2, (1, 1): 2}
    )
    lower = part(2, HEADER, ("", "", "50条", "市建委", "按时完成。"))
    table = only_table(upper, lower)
    keys = {cell.text: cell.row_span for cell in table.cells if cell.col < 2}
    assert (keys["1"], keys["新建公园"]) == (3, 3)


def test_a_figure_never_reaches_into_the_rows_below() -> None:
    upper = part(1, HEADER, FIRST)
    lower = part(2, HEADER, ("", "种植", "", "林水局", "按时完成。"))
    table = only_table(upper, lower)
    (figure,) = [cell for cell in table.cells if cell.text == "65个"]
    assert figure.row_span == 1


def test_a_new_number_is_a_new_row_even_under_a_cut_category() -> None:
    upper = ("1", "项目名称没有写完整的", "65个", "园文局", "完成。")
    lower = ("2", "加装电梯", "100台", "市建委", "完成。")
    assert only_table(part(1, HEADER, upper), part(2, HEADER, lower)).n_rows == 3


def test_a_category_printed_again_stays_a_cell_of_its_own() -> None:
    table = only_table(
        part(1, HEADER, FIRST), part(2, HEADER, ("1", "新建公园", "5家", "残联", "办好。"))
    )
    assert [cell.text for cell in table.cells if cell.col == 0] == ["序号", "1", "1"]


def test_a_title_whose_figure_comes_on_the_next_page_is_whole() -> None:
    rows = [
        HEADER,
        ("1", "加装电梯100台", "100台", "市建委", "80台"),
        ("2", "新建公共领域", "2000个", "市建委", "225个"),
    ]
    lower = ("", "充电桩2130个", "130个", "交通局", "44个")
    table = only_table(part(1, *rows), part(2, HEADER, lower))
    (title,) = [cell for cell in table.cells if "充电桩" in cell.text]
    assert (title.text, title.row, title.row_span) == ("新建公共领域充电桩2130个", 2, 2)
    assert [row[3] for row in rows_of(table)][-2:] == ["市建委", "交通局"]


# --- the real documents ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def breakdown() -> Table:
    (table,) = read_document(RAW / "2023-hangzhou-district-breakdown.pdf").tables
    return table


def test_the_breakdown_is_one_table_with_a_header_of_two_rows(breakdown: Table) -> None:
    assert (breakdown.n_cols, breakdown.header_rows) == (19, 2)
    assert breakdown.n_rows == 2 + 42


@pytest.mark.parametrize(
    ("title", "row_span", "leads"),
    [
        (
            "实施孤独症儿童康复救助 600 人，新增残疾人稳定就业 550 人，"
            "完成重要公共服务场所无障碍改造 138 处",
            3,
            ["市残联"],
        ),
        ("新建和改造公共领域新能源汽车充电桩 2130 个", 2, ["市建委", "市交通运输局"]),
    ],
)
def test_titles_cut_by_a_page_are_whole_and_keep_their_rows(
    breakdown: Table, title: str, row_span: int, leads: list[str]
) -> None:
    (cell,) = [cell for cell in breakdown.cells if cell.text == title]
    assert cell.row_span == row_span
    covered = [row[3] for row in breakdown.grid[cell.row : cell.row + row_span]]
    assert list(dict.fromkeys(lead.text for lead in covered if lead)) == leads


def test_every_row_of_the_responsibility_list_is_there_once() -> None:
    (table,) = read_document(RAW / "2024-hangzhou-responsibility-list.pdf").tables
    assert (table.n_rows, table.n_cols, table.header_rows) == (1 + 48, 9, 1)
    assert not any("\n" in cell.text for cell in table.cells)


def test_the_progress_table_and_the_voting_list_are_read_whole() -> None:
    (progress,) = read_document(RAW / "2024-binjiang-q1-progress.docx").tables
    assert progress.n_rows == 1 + 56
    (voting,) = read_document(RAW / "2023-yuhang-voting-list.docx").tables
    assert sum(len([c for c in row if c]) == 4 for row in voting.grid) == voting.n_rows
    assert sum(cell.col_span == 4 for cell in voting.cells) == 9
    assert voting.n_rows == 1 + 9 + 30


def test_two_finished_titles_of_one_group_stay_two_although_the_first_fills_its_line() -> None:
    rows = [
        HEADER,
        ("1", "新建公园", "65个", "市建委", "80台"),
        ("2", "装电梯100台", "100台", "市建委", "80台"),
    ]
    lower = ("", "建小区100个", "100个", "市建委", "44个")
    table = only_table(part(1, *rows), part(2, HEADER, lower))
    assert [row[1] for row in rows_of(table)][2:] == ["装电梯100台", "建小区100个"]
    assert rows_of(table)[3][0] == "2"


def test_a_short_category_that_fills_its_line_does_not_swallow_the_next() -> None:
    merged = {(1, 0): 2}
    upper = part(1, HEADER, ("幸福助", *FIRST[1:]), ("^", *SECOND[1:]), merged=merged)
    table = only_table(upper, part(2, HEADER, ("弱有众", *FIRST[1:])))
    assert [cell.text for cell in table.cells if cell.col == 0] == ["序号", "幸福助", "弱有众"]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([("{n}", "新建公园{n}个", "{n}个", "市建委", "开工建设")] * 6, id="rows"),
        pytest.param([("{n}", "", "", "", "")] * 5 + [("", "续建", "", "", "")], id="cut rows"),
        pytest.param([("合计", "公园", "新建", "市", "验收")] * 6, id="rows like headers"),
    ],
)
def test_the_work_of_joining_pages_grows_with_the_pages(rows: list[tuple[str, ...]]) -> None:
    def lay_pages(count: int) -> list[TablePart]:
        pages = []
        for page in range(1, count + 1):
            texts = [
                tuple(text.format(n=6 * page + at) for text in row) for at, row in enumerate(rows)
            ]
            pages.append(part(page, *texts, merged={(0, 0): 1}))
        return pages

    few, many = lay_pages(10), lay_pages(80)
    assert count_steps(partial(stitch, many)) < 1.5 * 8 * count_steps(partial(stitch, few))


def test_a_merged_key_that_runs_over_many_pages_does_not_make_each_of_them_dearer() -> None:
    def lay_pages(count: int) -> list[TablePart]:
        pages = []
        for page in range(1, count + 1):
            key = "幸福助" if page == 1 else ""
            rows = [(key if at == 0 else "^", "建公园", "9个", "市建委", "完") for at in range(6)]
            pages.append(part(page, *rows, merged={(0, 0): 6}))
        return pages

    (table,) = [block for block in stitch(lay_pages(40)) if isinstance(block, Table)]
    assert table.cells[0].row_span == table.n_rows == 240
    few, many = lay_pages(10), lay_pages(80)
    assert count_steps(partial(stitch, many)) < 1.5 * 8 * count_steps(partial(stitch, few))


def test_the_work_of_cutting_a_word_table_at_its_headers_grows_with_its_rows() -> None:
    def lay_table(count: int) -> TablePart:
        rows = [HEADER, FIRST, SECOND] * count
        cells = [
            Cell(row, col, lines=(Line(text),) if text else ())
            for row, texts in enumerate(rows)
            for col, text in enumerate(texts)
        ]
        return TablePart(tuple(cells), len(rows), len(HEADER))

    few, many = lay_table(10), lay_table(80)
    assert count_steps(partial(stitch, [many])) < 1.5 * 8 * count_steps(partial(stitch, [few]))

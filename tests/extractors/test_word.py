"""Word files as several producers write them: what is shown is read, what is not shown is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extractors import Document, ParagraphKind, read_document

DECLARED = nsdecls("w")
SHAPES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def read_body(tmp_path: Path, *elements: str) -> Document:
    """A document whose body holds the given XML elements, read back."""
    document = docx.Document()
    body = document.element.body
    for element in elements:
        head, rest = (
            element.split(">", 1)
            if not element.split(">", 1)[0].endswith("/")
            else (
                element.split("/>", 1)[0],
                "",
            )
        )
        xml = f"{head} {DECLARED} {SHAPES}>{rest}"
        body.insert(len(body) - 1, parse_xml(xml))
    path = tmp_path / "a.docx"
    document.save(str(path))
    return read_document(path)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def rows_of(document: Document, number: int = 0) -> list[tuple[str, ...]]:
    return [tuple(c.text if c else "" for c in line) for line in document.tables[number].grid]


def spans_of(document: Document) -> dict[str, tuple[int, int, int, int]]:
    return {
        c.text: (c.row, c.col, c.row_span, c.col_span) for c in document.tables[0].cells if c.text
    }


def test_blocks_keep_their_order(tmp_path: Path) -> None:
    document = read_body(
        tmp_path,
        paragraph(run("前")),
        table(row(cell("a"), cell("b"))),
        paragraph(run("后")),
    )
    assert [type(block).__name__ for block in document.blocks] == [
        "Paragraph",
        "Table",
        "Paragraph",
    ]


def test_merged_cells_have_their_true_spans(tmp_path: Path) -> None:
    document = read_body(
        tmp_path,
        table(
            row(
                cell("序号", '<w:vMerge w:val="restart"/>'), cell("分解", '<w:gridSpan w:val="2"/>')
            ),
            row(cell("", "<w:vMerge/>"), cell("甲区"), cell("乙区")),
            row(cell("1"), cell("3个"), cell("4个")),
        ),
    )
    spans = spans_of(document)
    assert spans["序号"] == (0, 0, 2, 1)
    assert spans["分解"] == (0, 1, 1, 2)
    assert spans["乙区"] == (1, 2, 1, 1)


def test_cells_shifted_by_empty_grid_columns_stand_under_their_header(tmp_path: Path) -> None:
    document = read_body(
        tmp_path,
        table(
            row(cell("a"), cell("b"), cell("c")),
            row(cell("x"), cell("y"), properties='<w:gridBefore w:val="1"/>'),
        ),
    )
    assert spans_of(document)["x"][1] == 1


def test_rows_in_which_every_cell_is_merged_away_do_not_count(tmp_path: Path) -> None:
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read_body(
        tmp_path,
        table(
            row(cell("a", restart), cell("b", restart)),
            row(cell("", goes_on), cell("", goes_on)),
            row(cell("1"), cell("2")),
        ),
    )
    assert rows_of(document) == [("a", "b"), ("1", "2")]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda inner: f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>",
        lambda inner: f'<w:customXml w:element="x">{inner}</w:customXml>',
    ],
)
def test_content_controls_around_rows_and_cells_hide_nothing(
    tmp_path: Path, wrap: Callable[[str], str]
) -> None:
    document = read_body(
        tmp_path,
        table(row(cell("a"), wrap(cell("b"))), wrap(row(cell("1"), cell("2")))),
        wrap(paragraph(run("段落"))),
    )
    assert rows_of(document) == [("a", "b"), ("1", "2")]
    assert document.paragraphs[0].text == "段落"


def test_tracked_insertions_are_kept_and_deletions_dropped(tmp_path: Path) -> None:
    document = read_body(
        tmp_path,
        paragraph(
            run("新建")
            + f'<w:ins w:id="1" w:author="x">{run("65")}</w:ins>'
            + '<w:del w:id="2" w:author="x"><w:r><w:delText>50</w:delText></w:r></w:del>'
            + run("个")
        ),
    )
    assert document.paragraphs[0].text == "新建65个"
    assert document.characters == ("新建65个",)


def test_a_deleted_row_is_not_read(tmp_path: Path) -> None:
    document = read_body(
        tmp_path,
        table(
            row(cell("a"), cell("b")),
            row(cell("1"), cell("2"), properties='<w:del w:id="1" w:author="x"/>'),
        ),
    )
    assert rows_of(document) == [("a", "b")]
    assert document.characters == ("ab",)


def test_hidden_text_is_not_read(tmp_path: Path) -> None:
    document = read_body(
        tmp_path, paragraph(run("完成") + run("99个", "<w:vanish/>") + run("65个"))
    )
    assert document.paragraphs[0].text == "完成65个"
    assert document.characters == ("完成65个",)


def test_breaks_are_the_authors_and_tabs_are_text(tmp_path: Path) -> None:
    document = read_body(
        tmp_path, paragraph("<w:r><w:t>牵头</w:t><w:br/><w:t>单位</w:t><w:tab/><w:t>甲</w:t></w:r>")
    )
    assert document.paragraphs[0].text == "牵头\n单位\t甲"


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph(run('框内7个'))}</w:txbxContent>"
    document = read_body(
        tmp_path,
        paragraph(
            run("正文")
            + "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
            + f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
            + f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
            + "</mc:AlternateContent></w:r>"
        ),
    )
    assert [p.text for p in document.paragraphs] == ["正文", "框内7个"]
    assert document.characters[0].count("7") == 1


def test_a_table_inside_a_cell_is_a_table_after_it(tmp_path: Path) -> None:
    inner = table(row(cell("x"), cell("y")))
    outer = f"<w:tc><w:tcPr/>{paragraph(run('外'))}{inner}{paragraph('')}</w:tc>"
    document = read_body(tmp_path, table(row(outer, cell("b"))))
    assert [rows_of(document, n) for n in (0, 1)] == [[("外", "b")], [("x", "y")]]


def test_a_table_of_one_cell_is_a_frame(tmp_path: Path) -> None:
    inner = table(row(cell("x"), cell("y")))
    document = read_body(
        tmp_path, table(row(f"<w:tc><w:tcPr/>{paragraph(run('框'))}{inner}{paragraph('')}</w:tc>"))
    )
    assert document.paragraphs[0].text == "框"
    assert [rows_of(document)] == [[("x", "y")]]


def test_headers_and_footers_are_marked(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "某市民生实事"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_paragraph("正文65个")
    path = tmp_path / "a.docx"
    document.save(str(path))
    kinds = {p.text: p.kind for p in read_document(path).paragraphs}
    assert kinds == {
        "某市民生实事": ParagraphKind.PAGE_HEADER,
        "正文65个": ParagraphKind.BODY,
        "第1页": ParagraphKind.PAGE_FOOTER,
    }


def test_heading_styles_make_headings(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("一、教育项目", level=1)
    document.add_paragraph("正文")
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert [p.kind for p in read_document(path).paragraphs] == [
        ParagraphKind.HEADING,
        ParagraphKind.BODY,
    ]


HEADER = row(cell("序号"), cell("项目"), cell("牵头单位"))


def test_tables_that_follow_each_other_with_one_header_are_one(tmp_path: Path) -> None:
    document = read_body(
        tmp_path,
        table(HEADER, row(cell("1"), cell("公园65个"), cell("园文局"))),
        paragraph(""),
        table(HEADER, row(cell("2"), cell("电梯100台"), cell("市建委"))),
    )
    assert [line[0] for line in rows_of(document)] == ["序号", "1", "2"]
    assert [p.kind for p in document.paragraphs] == [ParagraphKind.REPEATED_HEADER]


def test_a_heading_between_tables_keeps_them_two(tmp_path: Path) -> None:
    document = read_body(
        tmp_path,
        table(HEADER, row(cell("1"), cell("公园65个"), cell("园文局"))),
        paragraph(run("二、交通项目")),
        table(HEADER, row(cell("2"), cell("电梯100台"), cell("市建委"))),
    )
    assert len(document.tables) == 2


def test_a_header_printed_again_inside_a_table_drops_out(tmp_path: Path) -> None:
    document = read_body(
        tmp_path,
        table(
            HEADER,
            row(cell("1"), cell("公园65个"), cell("园文局")),
            HEADER,
            row(cell("2"), cell("电梯100台"), cell("市建委")),
        ),
    )
    assert [line[0] for line in rows_of(document)] == ["序号", "1", "2"]
    assert document.tables[0].header_rows == 1


def test_every_character_of_the_runs_is_in_a_block(tmp_path: Path) -> None:
    document = read_body(
        tmp_path,
        paragraph(run("标题")),
        table(HEADER, row(cell("1"), cell("公园65个"), cell("局"))),
    )
    said = "".join(p.text for p in document.paragraphs)
    said += "".join(c.text for c in document.tables[0].cells)
    assert sorted(said) == sorted(document.characters[0])

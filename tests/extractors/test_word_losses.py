"""What a Word file shows beside its runs, or hides: read, or named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors import Document, ParagraphKind, read_document

from .fixtures_word import (
    DECLARED,
    MACROS,
    TEMPLATE,
    Parts,
    cell,
    draw_graphic,
    draw_picture,
    make_strict,
    paragraph,
    row,
    run,
    say,
    styles,
    table,
    write_word,
)

HIDING = '<w:style w:type="paragraph" w:styleId="a">'
VANISH = "<w:rPr><w:vanish/></w:rPr>"


def read(tmp_path: Path, body: str, parts: Parts | None = None, **others: object) -> Document:
    return read_document(write_word(tmp_path / "a.docx", body, parts, **others))  # type: ignore[arg-type]


def texts_of(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def codes_of(document: Document) -> list[str]:
    return [omission.code for omission in document.omissions]


def assert_counted(document: Document) -> None:
    """Blocks and raw characters hold the same text."""
    said = "".join(texts_of(document))
    said += "".join(held.text for table in document.tables for held in table.cells)
    assert sorted(said.replace("\n", "")) == sorted(document.characters[0])


# --- symbols and choices --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Symbol", "F0B3", "≥"),
        ("Symbol", "00A3", "≤"),
        ("Symbol", "F0B1", "±"),
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings", "F083", "③"),
        ("Wingdings 2", "F052", "☑"),
        ("Arial", "2265", "≥"),
    ],
)
def test_a_symbol_is_read_by_its_font(tmp_path: Path, font: str, code: str, shown: str) -> None:
    sign = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    document = read(tmp_path, paragraph(run("覆盖率") + sign + run("90%")))
    assert texts_of(document) == [f"覆盖率{shown}90%"]
    assert_counted(document)
    assert not document.omissions


def test_letters_of_a_symbol_font_are_read_as_the_signs_that_they_show(tmp_path: Path) -> None:
    fonts = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
    document = read(tmp_path, paragraph(run("\uf0b3", fonts) + run("90%") + run("³ 5", fonts)))
    assert texts_of(document) == ["≥90%≥ 5"]


@pytest.mark.parametrize(("font", "code"), [("Wingdings 3", "F07D"), ("方正", "E000"), ("A", "x")])
def test_a_sign_that_nobody_knows_is_named(tmp_path: Path, font: str, code: str) -> None:
    sign = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    document = read(tmp_path, paragraph(run("完成") + sign + run("90%")))
    assert texts_of(document) == ["完成\ufffd90%"]
    assert [(o.code, o.place) for o in document.omissions] == [
        ("unknown_sign", "in “完成\ufffd90%”")
    ]


def test_a_private_character_of_an_ordinary_font_stays_and_is_named(tmp_path: Path) -> None:
    document = read(tmp_path, say("某\ue123村5个"))
    assert texts_of(document) == ["某\ue123村5个"]
    assert codes_of(document) == ["unknown_sign"]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (
            '<w:ddList><w:result w:val="1"/><w:listEntry w:val="50个"/>'
            '<w:listEntry w:val="65个"/></w:ddList>',
            "65个",
        ),
        ('<w:ddList><w:listEntry w:val="50个"/><w:listEntry w:val="65个"/></w:ddList>', "50个"),
        ("<w:checkBox><w:checked/></w:checkBox>", "☒"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "☐"),
    ],
)
def test_the_choice_of_a_legacy_form_field_is_read(tmp_path: Path, data: str, shown: str) -> None:
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = read(tmp_path, paragraph(run("目标") + field))
    assert texts_of(document) == [f"目标{shown}"]
    assert_counted(document)
    assert not document.omissions


def field(instruction: str, result: str | None) -> str:
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}' if result else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>{shown}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_a_field_without_a_kept_result_is_named(tmp_path: Path) -> None:
    document = read(tmp_path, paragraph(field(r"eq \o\ac(○,12)", None) + run("新建公园")))
    assert codes_of(document) == ["computed_field"]
    assert "12" in document.omissions[0].message


@pytest.mark.parametrize(("name", "result"), [("REF a", "65"), ("PAGE", None), ("XE 词", None)])
def test_a_field_that_shows_its_result_or_nothing_is_not_named(
    tmp_path: Path, name: str, result: str | None
) -> None:
    assert not read(tmp_path, paragraph(run("新建") + field(name, result))).omissions


# --- drawings -------------------------------------------------------------------------------------


def test_a_picture_is_named_with_its_words_and_its_place(tmp_path: Path) -> None:
    body = say("任务分解表如下") + paragraph(draw_picture("image1", "分解表"))
    document = read(tmp_path, body, {"image1.png": ("image", "x")})
    (omission,) = document.omissions
    assert (omission.code, omission.place) == ("picture", "after “任务分解表如下”")
    assert "分解表" in omission.message


def test_a_picture_in_a_table_is_placed_by_its_row(tmp_path: Path) -> None:
    held = f"<w:tc><w:tcPr/>{paragraph(draw_picture('image1'))}</w:tc>"
    document = read(
        tmp_path, table(row(cell("3"), cell("公园"), held)), {"image1.png": ("image", "x")}
    )
    assert document.omissions[0].place == "in the table row “3公园”"


def test_a_missing_picture_costs_the_picture_only(tmp_path: Path) -> None:
    document = read(
        tmp_path, paragraph(run("新建65个") + draw_picture("gone")), dangling={"gone": "image"}
    )
    assert texts_of(document) == ["新建65个"]
    assert codes_of(document) == ["picture"]
    assert "missing" in document.omissions[0].message


def test_an_old_picture_is_named_once(tmp_path: Path) -> None:
    old = '<w:r><w:pict><v:shape><v:imagedata r:id="image1"/></v:shape></w:pict></w:r>'
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{draw_picture('image1')}</mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = read(
        tmp_path, paragraph(run("a") + old) + paragraph(both), {"image1.png": ("image", "x")}
    )
    assert codes_of(document) == ["picture", "picture"]


def test_a_chart_is_named_with_its_figures(tmp_path: Path) -> None:
    chart = (
        f"<c:chartSpace {DECLARED}><c:ser><c:tx><c:v>完成</c:v></c:tx><c:pt><c:v>65</c:v></c:pt>"
        "</c:ser></c:chartSpace>"
    )
    body = paragraph(run("进度") + draw_graphic('<c:chart r:id="chart1"/>'))
    document = read(tmp_path, body, {"chart1.xml": ("chart", chart)})
    assert codes_of(document) == ["chart"]
    assert "完成 65" in document.omissions[0].message


DIAGRAM = draw_graphic('<dgm:relIds r:dm="data1"/>')


def test_the_words_of_smart_art_are_read(tmp_path: Path) -> None:
    point = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    points = point.format("新建12所") + point.format("改建3所")
    data = f"<dgm:dataModel {DECLARED}>{points}</dgm:dataModel>"
    document = read(
        tmp_path, paragraph(run("目标") + DIAGRAM), {"data1.xml": ("diagramData", data)}
    )
    assert texts_of(document) == ["目标", "新建12所", "改建3所"]
    assert_counted(document)
    assert not document.omissions


def test_smart_art_without_words_is_named(tmp_path: Path) -> None:
    assert codes_of(read(tmp_path, paragraph(run("目标") + DIAGRAM))) == ["diagram"]


def test_word_art_is_read(tmp_path: Path) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="实事30件"/></v:shape></w:pict></w:r>'
    document = read(tmp_path, paragraph(run("标题") + art))
    assert texts_of(document) == ["标题", "实事30件"]
    assert_counted(document)


def test_text_of_a_drawn_shape_is_read(tmp_path: Path) -> None:
    words = "<a:p><a:r><a:t>图中7个</a:t></a:r></a:p>"
    shape = f"<a:sp><a:txSp><a:txBody>{words}</a:txBody></a:txSp></a:sp>"
    document = read(tmp_path, paragraph(run("正文") + draw_graphic(shape)))
    assert texts_of(document) == ["正文", "图中7个"]


def test_a_fallback_without_a_choice_is_what_is_shown(tmp_path: Path) -> None:
    fallback = f"<mc:Fallback>{run('备用8个')}</mc:Fallback>"
    body = f"<w:r><mc:AlternateContent>{fallback}</mc:AlternateContent></w:r>"
    assert texts_of(read(tmp_path, paragraph(body))) == ["备用8个"]


def test_an_embedded_workbook_is_named_and_its_preview_is_no_picture(tmp_path: Path) -> None:
    held = (
        '<w:r><w:object><v:shape><v:imagedata r:id="image1"/></v:shape>'
        '<o:OLEObject ProgID="Excel.Sheet.12" r:id="book1"/></w:object></w:r>'
    )
    document = read(tmp_path, paragraph(run("见附表") + held), {"image1.png": ("image", "x")})
    assert codes_of(document) == ["embedded_object"]
    assert "Excel.Sheet.12" in document.omissions[0].message


def test_a_document_inside_the_document_is_named(tmp_path: Path) -> None:
    body = say("前言") + '<w:altChunk r:id="chunk1"/>' + say("后文")
    document = read(tmp_path, body, {"chunk1.html": ("aFChunk", "<p>65</p>")})
    assert [(o.code, o.place) for o in document.omissions] == [("foreign_chunk", "after “前言”")]


# --- hidden and deleted ---------------------------------------------------------------------------


def test_hidden_text_is_named_once_for_each_stretch(tmp_path: Path) -> None:
    body = paragraph(
        run("完成") + run("99", "<w:vanish/>") + run("个", "<w:vanish/>") + run("65个")
    )
    document = read(tmp_path, body)
    assert texts_of(document) == ["完成65个"]
    assert [(o.code, "“99个”" in o.message) for o in document.omissions] == [("hidden_text", True)]


@pytest.mark.parametrize(
    ("declared", "own", "is_hidden"),
    [
        (f"{HIDING}{VANISH}</w:style>", "", True),
        (
            f'<w:style w:type="paragraph" w:styleId="b">{VANISH}</w:style>'
            '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>',
            "",
            True,
        ),
        (
            f'<w:style w:type="paragraph" w:styleId="b">{VANISH}</w:style>'
            '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/>'
            '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>',
            "",
            False,
        ),
        (
            f'<w:style w:type="paragraph" w:styleId="a">{VANISH}</w:style>',
            '<w:vanish w:val="0"/>',
            False,
        ),
        (f"<w:docDefaults><w:rPrDefault>{VANISH}</w:rPrDefault></w:docDefaults>", "", True),
    ],
)
def test_a_paragraphs_style_hides_its_text(
    tmp_path: Path, declared: str, own: str, is_hidden: bool
) -> None:
    shown = run("正文", '<w:vanish w:val="0"/>')
    body = paragraph(shown) + paragraph(run("99个", own), '<w:pStyle w:val="a"/>')
    document = read(tmp_path, body, styles(declared))
    assert texts_of(document) == (["正文"] if is_hidden else ["正文", "99个"])
    assert codes_of(document) == (["hidden_text"] if is_hidden else [])
    assert_counted(document)


def test_a_row_that_is_marked_hidden_is_read_and_named(tmp_path: Path) -> None:
    body = table(
        row(cell("1"), cell("65个")), row(cell("2"), cell("7个"), properties="<w:hidden/>")
    )
    document = read(tmp_path, body)
    assert document.tables[0].n_rows == 2
    assert codes_of(document) == ["hidden_row"]


def test_a_row_whose_text_is_hidden_is_not_read(tmp_path: Path) -> None:
    hidden = f"<w:tc><w:tcPr/>{paragraph(run('7个', '<w:vanish/>'))}</w:tc>"
    body = table(row(cell("1"), cell("65个")), row(hidden, hidden, properties="<w:hidden/>"))
    document = read(tmp_path, body)
    assert codes_of(document) == ["hidden_text"]
    assert document.characters == ("165个",)


def test_a_deleted_cell_is_not_read_and_named(tmp_path: Path) -> None:
    gone = '<w:cellDel w:id="1" w:author="x"/>'
    document = read(tmp_path, table(row(cell("a"), cell("50", gone), cell("65"))))
    assert [c.text for c in document.tables[0].cells] == ["a", "65"]
    assert [(o.code, "“50”" in o.message) for o in document.omissions] == [("deleted_text", True)]
    assert_counted(document)


def test_a_deleted_row_and_deleted_words_are_named(tmp_path: Path) -> None:
    gone = row(cell("2"), cell("7个"), properties='<w:del w:id="1" w:author="x"/>')
    words = '<w:del w:id="2"><w:r><w:delText>50</w:delText></w:r></w:del>'
    document = read(tmp_path, table(row(cell("1"), cell("65个")), gone) + paragraph(words))
    assert codes_of(document) == ["deleted_text"]


GOES_ON = '<w:vMerge w:val="continue"/>'
STARTS = '<w:vMerge w:val="restart"/>'


def test_a_merge_without_a_start_is_a_cell_of_its_own(tmp_path: Path) -> None:
    body = table(row(cell("甲", GOES_ON), cell("1")), row(cell("乙", GOES_ON), cell("2")))
    document = read(tmp_path, body)
    assert [c.text for c in document.tables[0].cells] == ["甲", "1", "2"]
    assert document.tables[0].cells[0].row_span == 2
    assert [(o.code, "“乙”" in o.message) for o in document.omissions] == [("hidden_text", True)]
    assert_counted(document)


def test_a_cell_with_text_below_one_that_is_not_merged_is_read(tmp_path: Path) -> None:
    body = table(row(cell("甲"), cell("1")), row(cell("乙", GOES_ON), cell("2")))
    document = read(tmp_path, body)
    assert [c.text for c in document.tables[0].cells] == ["甲", "1", "乙", "2"]
    assert_counted(document)


def test_text_under_a_merged_cell_is_named(tmp_path: Path) -> None:
    body = table(row(cell("甲", STARTS), cell("1")), row(cell("99", GOES_ON), cell("2")))
    document = read(tmp_path, body)
    assert [(o.code, "“99”" in o.message) for o in document.omissions] == [("hidden_text", True)]
    assert_counted(document)


# --- headers and notes ----------------------------------------------------------------------------


def header(text: str) -> str:
    return f"<w:hdr {DECLARED}>{say(text)}</w:hdr>"


def test_a_header_that_no_section_uses_is_not_read_and_named(tmp_path: Path) -> None:
    body = say("正文") + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    parts = {
        "header1.xml": ("header", header("某市")),
        "header2.xml": ("header", header("旧稿99件")),
    }
    document = read(tmp_path, body, parts)
    assert [p.text for p in document.paragraphs if p.kind is ParagraphKind.PAGE_HEADER] == ["某市"]
    assert [(o.code, "旧稿99件" in o.message) for o in document.omissions] == [
        ("orphan_header", True)
    ]
    assert_counted(document)


@pytest.mark.parametrize(("switch", "is_printed"), [("", False), ("<w:titlePg/>", True)])
def test_a_first_pages_header_needs_a_first_page(
    tmp_path: Path, switch: str, is_printed: bool
) -> None:
    body = (
        say("正文")
        + f'<w:sectPr><w:headerReference w:type="first" r:id="header1"/>{switch}</w:sectPr>'
    )
    document = read(tmp_path, body, {"header1.xml": ("header", header("封面"))})
    assert ("封面" in texts_of(document)) is is_printed
    assert codes_of(document) == ([] if is_printed else ["orphan_header"])


def test_a_header_that_the_file_lacks_is_named(tmp_path: Path) -> None:
    document = read(tmp_path, say("正文"), dangling={"h": "header"})
    assert codes_of(document) == ["missing_part"]


def test_a_note_that_nothing_calls_is_not_read_and_named(tmp_path: Path) -> None:
    notes = (
        f'<w:footnotes {DECLARED}><w:footnote w:id="2">{say("注一")}</w:footnote>'
        f'<w:footnote w:id="3">{say("旧注9")}</w:footnote></w:footnotes>'
    )
    body = paragraph(run("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    document = read(tmp_path, body, {"footnotes.xml": ("footnotes", notes)})
    assert texts_of(document) == ["正文", "注一"]
    assert codes_of(document) == ["orphan_note"]


def test_a_comment_is_named(tmp_path: Path) -> None:
    comments = (
        f'<w:comments {DECLARED}><w:comment w:id="0">{say("应为70个")}</w:comment></w:comments>'
    )
    document = read(tmp_path, say("新建65个"), {"comments.xml": ("comments", comments)})
    assert [(o.code, "应为70个" in o.message) for o in document.omissions] == [("comment", True)]


# --- files of other kinds -------------------------------------------------------------------------


@pytest.mark.parametrize("content_type", [MACROS, TEMPLATE])
def test_files_with_macros_and_templates_are_read(tmp_path: Path, content_type: str) -> None:
    assert texts_of(read(tmp_path, say("新建65个"), content_type=content_type)) == ["新建65个"]


def test_the_strict_variant_is_read_like_the_usual_one(tmp_path: Path) -> None:
    body = table(row(cell("1"), cell("65个"))) + paragraph(draw_picture("image1"))
    path = write_word(tmp_path / "a.docx", body, {"image1.png": ("image", "x")})
    usual = read_document(path)
    strict = read_document(make_strict(path))
    assert (strict.blocks, strict.characters) == (usual.blocks, usual.characters)
    assert codes_of(strict) == ["picture"]

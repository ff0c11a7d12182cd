"""Markers that Word generates: as its lists declare them, beside the text and never in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extractors import Document, read_document
from extractors.list_markers import spell_marker

DECLARED = nsdecls("w")


def level(depth: int, format_name: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{format_name}"/>'
        f'{extra}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def write_lists(document: docx.document.Document, lists: Sequence[str], changes: str = "") -> None:
    """Lists 900, 901, … of the given levels; list 990 shares the first one with `changes`."""
    root = document.part.numbering_part.element
    for element in list(root):
        root.remove(element)
    for index, levels in enumerate(lists):
        root.append(
            parse_xml(
                f'<w:abstractNum {DECLARED} w:abstractNumId="{index}">{levels}</w:abstractNum>'
            )
        )
    numbers = [(900 + index, index, "") for index in range(len(lists))] + [(990, 0, changes)]
    for number, index, inner in numbers:
        root.append(
            parse_xml(
                f'<w:num {DECLARED} w:numId="{number}"><w:abstractNumId w:val="{index}"/>{inner}'
                "</w:num>"
            )
        )


def numbered(text: str, depth: int = 0, number: int = 900, mark: str = "") -> str:
    run = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return (
        f'<w:p {DECLARED}><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/>'
        f"</w:numPr>{mark}</w:pPr>{run}</w:p>"
    )


def read_lists(tmp_path: Path, lists: Sequence[str], *elements: str, changes: str = "") -> Document:
    document = docx.Document()
    write_lists(document, lists, changes)
    body = document.element.body
    for element in elements:
        body.insert(len(body) - 1, parse_xml(element))
    document.save(str(tmp_path / "a.docx"))
    return read_document(tmp_path / "a.docx")


def labels_of(document: Document) -> list[str]:
    return [paragraph.label for paragraph in document.paragraphs]


def test_a_marker_stands_beside_the_text_and_nowhere_else(tmp_path: Path) -> None:
    plain = f"<w:p {DECLARED}><w:r><w:t>前言</w:t></w:r></w:p>"
    document = read_lists(
        tmp_path, [level(0, "decimal", "%1、")], plain, numbered("甲"), numbered("乙")
    )
    assert labels_of(document) == ["", "1、", "2、"]
    assert [paragraph.text for paragraph in document.paragraphs] == ["前言", "甲", "乙"]
    assert "".join(document.characters) == "前言甲乙"


def test_levels_restart_under_the_level_above_and_quote_it(tmp_path: Path) -> None:
    levels = (
        level(0, "chineseCountingThousand", "%1、")
        + level(1, "chineseCounting", "（%2）")
        + level(2, "decimal", "%1.%3", "<w:isLgl/>")
    )
    depths = [0, 1, 1, 2, 2, 0, 1, 2]
    document = read_lists(
        tmp_path, [levels], *[numbered(str(index), depth) for index, depth in enumerate(depths)]
    )
    assert labels_of(document) == [
        "一、", "（一）", "（二）", "1.1", "1.2", "二、", "（一）", "2.1",
    ]  # fmt: skip


def test_a_level_that_never_restarts_counts_on(tmp_path: Path) -> None:
    levels = level(0, "upperLetter", "%1.") + level(
        1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'
    )
    document = read_lists(tmp_path, [levels], *[numbered("x", depth) for depth in (0, 1, 0, 1)])
    assert labels_of(document) == ["A.", "1)", "B.", "2)"]


def test_lists_of_one_definition_count_on_and_a_new_start_is_kept(tmp_path: Path) -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    document = read_lists(
        tmp_path,
        [level(0, "decimal", "%1.", start=3), level(0, "decimalEnclosedCircle", "%1")],
        *[numbered("x", 0, number) for number in (900, 901, 900, 990, 990, 901)],
        changes=start,
    )
    assert labels_of(document) == ["3.", "①", "4.", "7.", "8.", "②"]


def test_a_style_numbers_its_paragraphs_on_the_level_that_names_it(tmp_path: Path) -> None:
    document = docx.Document()
    levels = level(0, "decimal", "%1.") + level(
        1, "chineseCounting", "（%2）", '<w:pStyle w:val="Heading2"/>'
    )
    write_lists(document, [levels])
    style = document.styles["Heading 2"].element
    style.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {DECLARED}><w:numId w:val="900"/></w:numPr>')
    )
    for text in ("甲", "乙"):
        document.add_paragraph(text, style="Heading 2")
    off = document.add_paragraph("丙", style="Heading 2")
    off._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {DECLARED}><w:numId w:val="0"/></w:numPr>'))
    document.save(str(tmp_path / "a.docx"))
    assert labels_of(read_document(tmp_path / "a.docx")) == ["（一）", "（二）", ""]


def test_paragraphs_that_are_struck_out_or_hidden_are_not_counted(tmp_path: Path) -> None:
    struck = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    document = read_lists(
        tmp_path,
        [level(0, "decimal", "%1.")],
        numbered("甲"),
        numbered("", mark=struck),
        numbered("", mark="<w:rPr><w:vanish/></w:rPr>"),
        numbered("乙"),
    )
    assert labels_of(document) == ["1.", "2."]


def test_rows_of_a_table_are_counted_although_their_cells_hold_no_text(tmp_path: Path) -> None:
    rows = "".join(
        f"<w:tr><w:tc><w:tcPr/>{numbered('')}</w:tc>"
        f"<w:tc><w:tcPr/><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
        for text in ("新建公园", "加装电梯")
    )
    table = f"<w:tbl {DECLARED}><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"
    document = read_lists(tmp_path, [level(0, "decimal", "%1")], table, numbered("x"))
    assert [(cell.label, cell.text) for cell in document.tables[0].cells] == [
        ("1", ""), ("", "新建公园"), ("2", ""), ("", "加装电梯"),
    ]  # fmt: skip
    assert labels_of(document) == ["3"]


@pytest.mark.parametrize(
    ("number", "format_name", "marker"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (105, "chineseCounting", "一〇五"),
        (11, "chineseLegalSimplified", "壹拾壹"),
        (21, "decimalEnclosedCircle", "㉑"),
        (51, "decimalEnclosedCircle", "51"),
        (3, "decimalEnclosedParen", "⑶"),
        (12, "decimalFullWidth", "１２"),
        (4, "lowerRoman", "iv"),
        (28, "upperLetter", "BB"),
        (3, "ideographTraditional", "丙"),
        (3, "a format of tomorrow", "3"),
        (0, "chineseCounting", "0"),
    ],
)
def test_numbers_are_spelled_as_word_prints_them(
    number: int, format_name: str, marker: str
) -> None:
    assert spell_marker(number, format_name) == marker

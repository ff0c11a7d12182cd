"""Small Word files, written part by part: one trait of real documents each."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

USUAL = "http://schemas.openxmlformats.org/"
STRICT = "http://purl.oclc.org/ooxml/"
RELATIONS = f"{USUAL}package/2006/relationships"
KINDS = f"{USUAL}officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
DECLARED = (
    f'xmlns:w="{USUAL}wordprocessingml/2006/main" '
    f'xmlns:r="{USUAL}officeDocument/2006/relationships" '
    f'xmlns:a="{USUAL}drawingml/2006/main" '
    f'xmlns:wp="{USUAL}drawingml/2006/wordprocessingDrawing" '
    f'xmlns:pic="{USUAL}drawingml/2006/picture" '
    f'xmlns:c="{USUAL}drawingml/2006/chart" '
    f'xmlns:dgm="{USUAL}drawingml/2006/diagram" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
Parts = Mapping[str, tuple[str, str]]
"""Name of a part within `word/` → the kind of its relation, and its XML."""


def write_word(
    path: Path,
    body: str,
    parts: Parts | None = None,
    *,
    content_type: str = MAIN,
    dangling: Mapping[str, str] | None = None,
) -> Path:
    """A Word file; relations are called after their part (`chart1.xml` → `chart1`).

    `dangling` are relations (identifier → kind) to parts that the file does not hold.
    """
    parts = parts or {}
    relations = "".join(
        f'<Relationship Id="{name.split(".")[0]}" Type="{KINDS}/{kind}" Target="{name}"/>'
        for name, (kind, _) in parts.items()
    ) + "".join(
        f'<Relationship Id="{identifier}" Type="{KINDS}/{kind}" Target="../NULL"/>'
        for identifier, kind in (dangling or {}).items()
    )
    members = {
        "[Content_Types].xml": (
            f'<Types xmlns="{USUAL}package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="main" '
            f'Type="{KINDS}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
        ),
        "word/document.xml": f"<w:document {DECLARED}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}": xml for name, (_, xml) in parts.items()},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def make_strict(path: Path) -> Path:
    """The same file with the namespaces of the strict variant."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            for short in ("wordprocessingml", "drawingml", "officeDocument"):
                content = content.replace(f"{USUAL}{short}/2006/", f"{STRICT}{short}/")
            archive.writestr(name, content)
    return path


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def say(text: str) -> str:
    return paragraph(run(text))


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{say(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def styles(inner: str) -> Parts:
    return {"styles.xml": ("styles", f"<w:styles {DECLARED}>{inner}</w:styles>")}


def draw_picture(identifier: str, alternative: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="{alternative}"/><a:graphic>'
        f'<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{identifier}"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def draw_graphic(inner: str) -> str:
    return (
        f"<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>"
    )

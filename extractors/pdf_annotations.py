"""What lies on a PDF's pages without being part of them: fields, notes, stamps, attachments.

Belongs here: naming them, with the words that they carry. A viewer shows most of them, and paper
some; the page's text holds none. Source: ISO 32000-1, 12.5 to 12.7. Does not belong here: what the
page itself draws (`pdf_content`).
"""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, String

from extractors.pdf_objects import ObjectsOfPage, PdfObjects, read_inherited
from extractors.records import Omission

_SILENT = frozenset({"/Link", "/Popup", "/PrinterMark", "/TrapNet", "/Widget"})
_WITH_WORDS_ONLY = frozenset(
    {"/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Square", "/Circle", "/Line",
     "/Polygon", "/PolyLine", "/Caret", "/Text"}
)  # fmt: skip
"""Marks that say something only if a note hangs on them."""
_HIDDEN = 0b10
_PUSH_BUTTON = 1 << 16
_QUOTED = 60


def describe_annotations(page: ObjectsOfPage) -> list[Omission]:
    """Annotations and form fields of a page that say something."""
    held = page.page.get("/Annots")
    omissions: list[Omission] = []
    for annotation in held if isinstance(held, Array) else ():
        if not isinstance(annotation, Dictionary):
            continue
        kind = str(annotation.get("/Subtype", ""))
        if kind == "/Widget":
            omissions.extend(_describe_field(annotation, page.number))
        elif kind not in _SILENT:
            omissions.extend(_describe_mark(annotation, kind, page.number))
    return omissions


def _describe_mark(annotation: Any, kind: str, number: int) -> list[Omission]:
    words = _read_words(annotation.get("/Contents"))
    if not words and kind in _WITH_WORDS_ONLY:
        return []
    name = kind[1:] or "unknown"
    return [
        Omission(
            "annotation",
            f"Page {number} carries an annotation ({name}{_tell_hidden(annotation)}) that is no "
            f"part of its text and was not read{_quote(words)}. If it counts, have it printed into "
            "the page.",
            number,
        )
    ]


def _describe_field(field: Any, number: int) -> list[Omission]:
    kind = str(read_inherited(field, "/FT") or "")
    flags = read_inherited(field, "/Ff")
    if kind == "/Btn" and isinstance(flags, int) and flags & _PUSH_BUTTON:
        return []
    words = _read_value(field, kind)
    if not words and kind != "/Sig":
        return []
    name = _read_words(read_inherited(field, "/T"))
    what = "a signature" if kind == "/Sig" else f"a form field ({name}{_tell_hidden(field)})"
    return [
        Omission(
            "form_field",
            f"Page {number} carries {what} that is no part of its text and was not read"
            f"{_quote(words)}. Print the form into a new PDF, so that its entries become text.",
            number,
        )
    ]


def _read_value(field: Any, kind: str) -> str:
    if kind == "/Btn":
        state = str(field.get("/AS", "/Off"))
        return "" if state == "/Off" else f"ticked: {state[1:]}"
    if kind == "/Sig":
        return ""
    return _read_words(read_inherited(field, "/V"))


def _read_words(value: Any) -> str:
    if isinstance(value, Array):
        return ", ".join(word for word in map(_read_words, value) if word)
    if isinstance(value, Name):
        return str(value)[1:]
    return str(value).strip() if isinstance(value, (String, str)) else ""


def _tell_hidden(annotation: Any) -> str:
    flags = annotation.get("/F")
    return ", hidden" if isinstance(flags, int) and flags & _HIDDEN else ""


def _quote(words: str) -> str:
    words = " ".join(words.split())
    if len(words) > _QUOTED:
        words = f"{words[:_QUOTED]}… ({len(words)} characters)"
    return f": “{words}”" if words else ""


def describe_attachments(objects: PdfObjects) -> list[Omission]:
    """Files that the document carries along, and forms that only one program can show."""
    omissions = [
        Omission(
            "attachment",
            f"The PDF carries the file {name} along; it was not read. Save it from a viewer and "
            "add it as a document of its own if it counts.",
            place=name,
        )
        for name in objects.pdf.attachments
    ]
    form = objects.pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and form.get("/XFA") is not None:
        omissions.append(
            Omission(
                "form_field",
                "The PDF holds a form that only some viewers can show (XFA); it was not read. "
                "Print it into a new PDF.",
            )
        )
    return omissions

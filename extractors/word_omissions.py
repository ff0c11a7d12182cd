"""What a Word file shows, or hides, and its blocks do not hold: named, with its place.

Belongs here: pictures, charts, embedded objects, foreign chunks, computed fields, hidden and
deleted text. Does not belong here: text that is only stored elsewhere (`word_drawn_text`), stories
that no page prints (`word_stories`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from extractors.records import Omission
from extractors.word_drawn_text import read_diagram
from extractors.word_package import Part
from extractors.word_stories import Story, gather_words, quote
from extractors.word_symbols import UNKNOWN_SIGN
from extractors.word_visibility import DELETED, HIDDEN, SWALLOWED, Visibility
from extractors.word_xml import CHART, DIAGRAM, OFFICE, VML, A, R, W, is_on

_CHART_2014 = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PLACE_WORDS = 24
_HIDDEN_KINDS = {
    HIDDEN: (
        "hidden_text",
        "Text formatted as hidden was not read: {}. If it counts, unhide it in the file.",
    ),
    DELETED: (
        "deleted_text",
        "Text struck out by a tracked change was not read: {}. Accept or reject the changes to "
        "settle it.",
    ),
    SWALLOWED: (
        "hidden_text",
        "A cell that is merged into another one holds text that no page shows; it was not read: "
        "{}. If it counts, part the cells.",
    ),
}
_SILENT_FIELDS = frozenset({"TC", "XE", "RD", "TA", "SET", "ASK", "PRIVATE", "NEXT", "COMMENTS"})
"""Fields that show nothing."""
_CHOICE_FIELDS = frozenset({"FORMDROPDOWN", "FORMCHECKBOX", "FORMTEXT"})
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"})


def find_omissions(story: Story, visibility: Visibility) -> Iterator[Omission]:
    """Everything in the story that its text does not hold, in the file's order."""
    tellers = _list_tellers()
    for element in story.root.iter(*tellers):
        cause = visibility.find_cause(element)
        if not cause:
            yield from tellers[element.tag](element, story)
    yield from _find_unshown_text(story, visibility)
    yield from _find_marked_rows(story, visibility)


Teller = Callable[[Any, Story], Iterator[Omission]]


def _list_tellers() -> dict[str, Teller]:
    return {
        f"{A}blip": _tell_picture,
        f"{VML}imagedata": _tell_picture,
        f"{CHART}chart": _tell_chart,
        f"{_CHART_2014}chart": _tell_chart,
        f"{DIAGRAM}relIds": _tell_diagram,
        f"{W}object": _tell_object,
        f"{W}control": _tell_control,
        f"{W}contentPart": _tell_ink,
        f"{W}altChunk": _tell_chunk,
        f"{W}subDoc": _tell_chunk,
        f"{W}instrText": _tell_field,
        f"{W}t": _tell_unknown_signs,
    }


def _tell_picture(element: Any, story: Story) -> Iterator[Omission]:
    if any(ancestor.tag == f"{W}object" for ancestor in element.iterancestors()):
        return
    identifier = element.get(f"{R}embed") or element.get(f"{R}link") or element.get(f"{R}id")
    relation = story.part.relations.get(identifier or "")
    if relation is None and identifier is None:
        return
    named = _describe_drawing(element)
    if relation is None or (not relation.is_external and story.part.follow(identifier) is None):
        text = f"A picture{named} is missing from the file"
    else:
        text = f"A picture{named} was not read"
    yield _omit(
        "picture",
        f"{text}. If words or figures stand on it, get them as text.",
        element,
    )


def _describe_drawing(element: Any) -> str:
    """The words that the author gave a drawing for those who cannot see it."""
    for ancestor in element.iterancestors():
        if ancestor.tag in (f"{_DRAWN}inline", f"{_DRAWN}anchor"):
            properties = ancestor.find(f"{_DRAWN}docPr")
            words = properties.get("descr", "") if properties is not None else ""
            return f" ({quote(words)})" if words.strip() else ""
    return ""


def _tell_chart(element: Any, story: Story) -> Iterator[Omission]:
    part = story.part.follow(element.get(f"{R}id"))
    words = _read_chart(part) if part is not None else ""
    said = f": {quote(words, 120)}" if words else ""
    yield _omit(
        "chart",
        f"A chart was not read{said}. If its figures count, get them as a table.",
        element,
    )


def _read_chart(part: Part) -> str:
    texts = part.root.iter(f"{A}t", f"{CHART}v")
    return " ".join((text.text or "").strip() for text in texts if (text.text or "").strip())


def _tell_diagram(element: Any, story: Story) -> Iterator[Omission]:
    if not any(words.strip() for words in read_diagram(story, element)):
        yield _omit(
            "diagram",
            "A diagram (SmartArt) holds no words that can be read. If it shows some, get them as "
            "text.",
            element,
        )


def _tell_object(element: Any, story: Story) -> Iterator[Omission]:
    held = element.find(f".//{OFFICE}OLEObject")
    kind = held.get("ProgID", "") if held is not None else ""
    yield _omit(
        "embedded_object",
        f"An embedded object ({kind or 'of unknown kind'}) was not read. Open it in the file and "
        "put its words and figures into the text.",
        element,
    )


def _tell_control(element: Any, story: Story) -> Iterator[Omission]:
    if any(ancestor.tag == f"{W}object" for ancestor in element.iterancestors()):
        return
    yield _omit(
        "embedded_object",
        f"A form control ({element.get(f'{W}name', '')}) was not read. Put its words and figures "
        "into the text.",
        element,
    )


def _tell_ink(element: Any, story: Story) -> Iterator[Omission]:
    yield _omit("handwriting", "Handwriting was not read. Type it into the text.", element)


def _tell_chunk(element: Any, story: Story) -> Iterator[Omission]:
    relation = story.part.relations.get(element.get(f"{R}id", ""))
    target = f" ({relation.target})" if relation is not None else ""
    yield _omit(
        "foreign_chunk",
        f"A document inside the document{target} was not read. Open the file in a word processor "
        "and save it again, so that its text becomes the file's own.",
        element,
    )


def _tell_field(element: Any, story: Story) -> Iterator[Omission]:
    """A field whose result the file does not keep: only Word can compute it."""
    instruction = (element.text or "").strip()
    name = instruction.split(maxsplit=1)[0].upper() if instruction else ""
    if not name.isalpha() or name in _SILENT_FIELDS | _CHOICE_FIELDS | _PAGE_FIELDS:
        return
    if _has_result(element):
        return
    yield _omit(
        "computed_field",
        f"A field was not read, because the file does not keep its result: {quote(instruction)}. "
        "Replace it by plain text.",
        element,
    )


def _has_result(instruction: Any) -> bool:
    """Whether the field's result follows its instruction before the field ends."""
    paragraph = next(instruction.iterancestors(f"{W}p"), None)
    if paragraph is None:
        return False
    depth = 0
    is_behind = False
    for element in paragraph.iter(f"{W}instrText", f"{W}fldChar"):
        if element is instruction:
            is_behind = True
        elif is_behind and element.tag == f"{W}fldChar":
            match element.get(f"{W}fldCharType"):
                case "begin":
                    depth += 1
                case "separate" if depth == 0:
                    return True
                case "end" if depth == 0:
                    return False
                case "end":
                    depth -= 1
    # Results of long fields (a table of contents) begin in later paragraphs.
    return True


def _tell_unknown_signs(element: Any, story: Story) -> Iterator[Omission]:
    words = element.text or ""
    unknown = sum(sign == UNKNOWN_SIGN or "\ue000" <= sign <= "\uf8ff" for sign in words)
    if unknown:
        yield _omit(
            "unknown_sign",
            f"{unknown} sign(s) of a font of its own have no character: {quote(words)}. Look what "
            "the page shows there, and type it.",
            element,
        )


def _find_unshown_text(story: Story, visibility: Visibility) -> Iterator[Omission]:
    """Words that are not shown, those that follow each other in one omission."""
    held: list[str] = []
    first: Any = None
    last_cause = ""
    for element in story.root.iter(f"{W}t", f"{W}delText"):
        cause = visibility.find_cause(element)
        if cause != last_cause:
            yield from _tell_unshown(last_cause, held, first)
            held, first, last_cause = [], element, cause
        held.append(element.text or "")
    yield from _tell_unshown(last_cause, held, first)


def _tell_unshown(cause: str, held: list[str], first: Any) -> Iterator[Omission]:
    words = "".join(held).strip()
    if words and cause in _HIDDEN_KINDS:
        code, message = _HIDDEN_KINDS[cause]
        yield _omit(code, message.format(quote(words)), first)


def _find_marked_rows(story: Story, visibility: Visibility) -> Iterator[Omission]:
    for mark in story.root.iter(f"{W}hidden"):
        row = mark.getparent().getparent() if mark.getparent() is not None else None
        if row is None or row.tag != f"{W}tr" or not is_on(mark):
            continue
        texts = [t for t in row.iter(f"{W}t") if not visibility.find_cause(t)]
        words = "".join(text.text or "" for text in texts).strip()
        if words:
            yield _omit(
                "hidden_row",
                f"A table row is marked as hidden, but its text is not: {quote(words)}. It was "
                "read; look whether the page shows it.",
                row,
            )


def _omit(code: str, message: str, element: Any) -> Omission:
    return Omission(code, message, place=_find_place(element))


def _find_place(element: Any) -> str:
    """Words near the element: of its table row, its paragraph, or what stands before it."""
    for ancestor in element.iterancestors():
        if ancestor.tag == f"{W}tr":
            words = gather_words(ancestor)
            if words:
                return f"in the table row {quote(words, _PLACE_WORDS)}"
        if ancestor.tag == f"{W}p":
            words = gather_words(ancestor)
            if words:
                return f"in {quote(words, _PLACE_WORDS)}"
    return _find_words_before(element)


def _find_words_before(element: Any) -> str:
    node = element
    while node is not None:
        for before in node.itersiblings(preceding=True):
            words = gather_words(before)
            if words:
                return f"after {quote(words, _PLACE_WORDS)}"
        node = node.getparent()
    return "at the beginning"

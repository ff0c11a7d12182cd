"""Text that a Word file shows but keeps outside its runs, put where it is shown.

Belongs here: symbols, form fields whose choice is no text, WordArt, SmartArt and text of drawings.
Each becomes a run or a text box at its place, so that whoever reads or counts the story afterwards
finds it. Does not belong here: what cannot be read at all (`word_omissions`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from extractors.word_stories import Story
from extractors.word_symbols import UNKNOWN_SIGN, spell_symbol, spell_text
from extractors.word_xml import DIAGRAM, MC, VML, A, R, W, is_on, read_number

_CHECKED, _UNCHECKED = "☒", "☐"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def place_text(story: Story) -> None:
    """Change the story so that all the text that it shows stands in runs."""
    root = story.root
    for choice in root.iter(f"{MC}AlternateContent"):
        _take_only_alternative(choice)
    for text in root.iter(f"{W}t"):
        font = _find_font(text)
        if font and text.text:
            text.text = spell_text(text.text, font)
    for symbol in list(root.iter(f"{W}sym")):
        _replace_symbol(symbol)
    for data in list(root.iter(f"{W}ffData")):
        _show_choice(data)
    for art in list(root.iter(f"{VML}textpath")):
        _put_box(art, [art.get("string", "")])
    for relations in list(root.iter(f"{DIAGRAM}relIds")):
        _put_box(relations, read_diagram(story, relations))
    for body in [element for element in root.iter() if _is_text_body(element)]:
        _put_box(body, _read_paragraphs(body))


def _take_only_alternative(choice: Any) -> None:
    """Where no choice is offered, the fallback is what is shown."""
    if choice.find(f"{MC}Choice") is None:
        for fallback in choice.findall(f"{MC}Fallback"):
            fallback.tag = f"{MC}Choice"


def _replace_symbol(symbol: Any) -> None:
    code = symbol.get(f"{W}char", "")
    try:
        sign = spell_symbol(int(code, 16), symbol.get(f"{W}font", ""))
    except ValueError:
        sign = UNKNOWN_SIGN
    symbol.tag = f"{W}t"
    symbol.text = sign
    symbol.set(_SPACE, "preserve")


def _find_font(text: Any) -> str:
    """The font that a run names for its plain letters; empty where it names none."""
    run = text.getparent()
    fonts = run.find(f"{W}rPr/{W}rFonts") if run is not None else None
    if fonts is None:
        return ""
    return str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")


def _show_choice(data: Any) -> None:
    """A drop-down shows the entry that is chosen, a box whether it is ticked."""
    choices = data.find(f"{W}ddList")
    box = data.find(f"{W}checkBox")
    shown = ""
    if choices is not None:
        entries = [entry.get(f"{W}val", "") for entry in choices.findall(f"{W}listEntry")]
        chosen = choices.find(f"{W}result")
        number = read_number(chosen if chosen is not None else choices.find(f"{W}default"), 0)
        shown = entries[number] if 0 <= number < len(entries) else ""
    elif box is not None:
        state = box.find(f"{W}checked")
        is_checked = is_on(state if state is not None else box.find(f"{W}default"))
        shown = _CHECKED if is_checked else _UNCHECKED
    run = next(data.iterancestors(f"{W}r"), None)
    if shown and run is not None:
        run.append(_make_text(shown))


def read_diagram(story: Story, relations: Any) -> list[str]:
    """The words of a diagram's points, a paragraph each; empty where its data is missing."""
    part = story.part.follow(relations.get(f"{R}dm"))
    if part is None:
        return []
    words: list[str] = []
    for point in part.root.iter(f"{DIAGRAM}pt"):
        if point.get("type", "node") in ("node", "asst"):
            words.extend(_read_paragraphs(point))
    return words


def _is_text_body(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("}txBody")


def _read_paragraphs(body: Any) -> list[str]:
    return [
        "".join(text.text or "" for text in paragraph.iter(f"{A}t"))
        for paragraph in body.iter(f"{A}p")
    ]


def _put_box(place: Any, paragraphs: Sequence[str]) -> None:
    """A text box of the given paragraphs, inside the element that draws them."""
    if not any(words.strip() for words in paragraphs):
        return
    box = etree.SubElement(place, f"{W}txbxContent")
    for words in paragraphs:
        run = etree.SubElement(etree.SubElement(box, f"{W}p"), f"{W}r")
        run.append(_make_text(words))


def _make_text(words: str) -> Any:
    text = etree.Element(f"{W}t")
    text.text = words
    text.set(_SPACE, "preserve")
    return text

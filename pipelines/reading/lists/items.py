"""Plans without a table: numbered lists and paragraphs as lines.

Belongs here: recognising a list of promises, and cutting one item by its labels and the bodies in
brackets at its end. Does not belong here: finding the items (`outline.listing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.reading.language.dates import Relation
from pipelines.reading.language.text import Text
from pipelines.reading.lists.labelled_line import line_of_pieces
from pipelines.reading.lists.place_shares import shares_by_place
from pipelines.reading.lists.trailing_bodies import find_trailing_bodies
from pipelines.reading.outline.labels import LabelledPiece, split_labelled, trailing_label
from pipelines.reading.outline.listing import Item, read_items
from pipelines.reading.recognition import Recognition, Setting
from pipelines.reading.rows import BODY_ROLES, Field, Line

BODY_MAX_LENGTH = 14
STOPS = "。；：，"
EVIDENCE = 0.5
"""Any running text may be read as a list of promises, where it does not report."""


def recognise_items(paragraphs: Sequence[Text], setting: Setting) -> Recognition:
    """Each item of a list as a line; without marks, each paragraph that counts something."""
    closing = [text for text in paragraphs if _closing_due(text, setting) is not None]
    places = shares_by_place(paragraphs, setting)
    leads = [text for text in paragraphs if _heads_by_body(text)]
    apart = {text.key for text in (*closing, *leads, *(share.text for share in places))}
    items = read_items([text for text in paragraphs if text.key not in apart])
    order = {text.key: at for at, text in enumerate(paragraphs)}
    lines = [
        _with_lead(line, item, leads, order)
        for item in items
        if (line := _line_of(item, setting)) is not None
    ]
    for text in closing:
        lines = [_with_due(line, text, setting) for line in lines]
    return Recognition(
        layout="items",
        evidence=EVIDENCE,
        says=f"{len(lines)} items are listed",
        lines=tuple(lines),
        shares=places,
        roles=frozenset(role for line in lines for role in line.roles),
    )


def _heads_by_body(text: Text) -> bool:
    """Whether a line is the name of a body and nothing besides: it leads the items below it."""
    is_short = 0 < len(text.words) <= BODY_MAX_LENGTH and text.words[-1] not in STOPS
    if not is_short or text.numbers:
        return False
    match = text.vocabulary.organizations.resolve(text.words, None)
    return match is not None and match.is_known


def _with_lead(line: Line, item: Item, leads: Sequence[Text], order: dict[str, int]) -> Line:
    """The line with the body that heads it, unless it names its own."""
    at = order[item.texts[0].key]
    above = [lead for lead in leads if order[lead.key] < at]
    if not above or any(row.all(*BODY_ROLES) for row in line.rows):
        return line
    first, *others = line.rows
    first = replace(first, fields=(*first.fields, Field("lead", above[-1])))
    return replace(line, rows=(first, *others))


def _closing_due(text: Text, setting: Setting) -> Text | None:
    """The date of a text that says by when all lines are due (以上项目均须于11月底前完工)."""
    if text.language.pattern("closing_due").match(text.simplified) is None:
        return None
    mention = next((m for m in text.dates(setting.plan_year) if m.relation is Relation.BY), None)
    return text.part(mention.start, mention.end) if mention is not None else None


def _with_due(line: Line, closing: Text, setting: Setting) -> Line:
    """The line with the day of a closing rule, unless it has its own or the rule leaves it out."""
    due = _closing_due(closing, setting)
    spared = {m["no"] for m in closing.language.pattern("except_item").finditer(closing.simplified)}
    has_own = any(row.all("due") for row in line.rows)
    if due is None or has_own or setting.words_of(line.number or "") in spared:
        return line
    first, *others = line.rows
    first = replace(first, fields=(*first.fields, Field("due", due)))
    return replace(line, rows=(first, *others))


def _line_of(item: Item, setting: Setting) -> Line | None:
    pieces: list[LabelledPiece] = []
    role: str | None = None
    for text in item.texts:
        own = _pieces_of(text)
        if role is not None and own and own[0].role is None:
            # The label stood on a line of its own.
            own[0] = LabelledPiece(role, own[0].text)
        pieces.extend(own)
        role = trailing_label(text) or (role if not own else None)
    if not pieces:
        return None
    number = setting.words_of(item.number) if item.number else None
    return line_of_pieces(pieces, number, item.category, setting)


def _pieces_of(text: Text) -> list[LabelledPiece]:
    """The text by its labels, and by the bodies in brackets at its end."""
    pieces = list(split_labelled(text))
    is_labelled = any(piece.role in BODY_ROLES for piece in pieces)
    bodies = None if is_labelled else find_trailing_bodies(text)
    if bodies is None:
        label = trailing_label(text)
        # A label without anything behind it is no text of the line.
        return [p for p in pieces if not (label is not None and p.role is None and _is_label(p))]
    before = split_labelled(text.part(0, bodies.start))
    return [*before, *(LabelledPiece(role, part) for role, part in bodies.parts)]


def _is_label(piece: LabelledPiece) -> bool:
    return piece.text.vocabulary.headers.role_of(piece.text.words.rstrip("：")) is not None

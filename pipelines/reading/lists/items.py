"""Plans without a table: numbered lists and paragraphs as lines.

Belongs here: recognising a list of promises, and cutting one item by its labels and the bodies in
brackets at its end. Does not belong here: finding the items (`outline.listing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from pipelines.reading.clauses.tense import count_result_cues
from pipelines.reading.language.dates import Relation
from pipelines.reading.language.likeness import likeness
from pipelines.reading.language.text import Text
from pipelines.reading.lists.labelled_line import line_of_pieces
from pipelines.reading.lists.place_shares import shares_by_place
from pipelines.reading.lists.trailing_bodies import find_trailing_bodies
from pipelines.reading.outline.labels import LabelledPiece, split_labelled, trailing_label
from pipelines.reading.outline.listing import Item, read_items
from pipelines.reading.recognition import Recognition, Setting
from pipelines.reading.rows import BODY_ROLES, Field, Line
from pipelines.vocabulary import Language

BODY_MAX_LENGTH = 14
SAME_NAME = 0.8
MIN_NAME = 3
NAME_BREAK = re.compile("[、，]")
STOPS = "。；：，"
EVIDENCE = 0.5
"""Any running text may be read as a list of promises, where it does not report."""


def recognise_items(paragraphs: Sequence[Text], setting: Setting) -> Recognition:
    """Each item of a list as a line; without marks, each paragraph that counts something."""
    closing = [text for text in paragraphs if _closing_days(text, setting)]
    places = shares_by_place(paragraphs, setting)
    leads = [
        text
        for text, below in zip_longest(paragraphs, paragraphs[1:])
        if _heads_by_body(text) and not (below is not None and below.is_date_alone)
    ]
    apart = {text.key for text in (*closing, *leads, *(share.text for share in places))}
    listed = read_items([text for text in paragraphs if text.key not in apart])
    # Where nothing else is listed, the promises themselves stand under such a heading.
    items = [item for item in listed if not _tells_how(item, paragraphs[0].language)] or listed
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
        results=tuple(_results_outside(paragraphs, items, apart, setting)),
        shares=places,
        roles=frozenset(role for line in lines for role in line.roles),
    )


def _tells_how(item: Item, language: Language) -> bool:
    """Whether an item stands under a heading for how the work is organised, not what is promised:
    保障措施, 工作要求."""
    category = item.category or ""
    return language.pattern("how_heading").search(category) is not None


def _results_outside(
    paragraphs: Sequence[Text], items: Sequence[Item], apart: set[str], setting: Setting
) -> Iterator[Text]:
    """In a report, the paragraphs of no item that tell results (累计完成投资1.86亿元)."""
    listed = {text.key for item in items for text in item.texts} | apart
    for text in paragraphs:
        if setting.is_report and text.key not in listed and count_result_cues(text):
            yield text


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


def _closing_days(text: Text, setting: Setting) -> list[Text]:
    """The last days of a text that says by when all lines are due (以上项目均须于11月底前完工)."""
    if text.language.pattern("closing_due").match(text.simplified) is None:
        return []
    return [
        text.part(mention.start, mention.end)
        for mention in text.dates(setting.plan_year)
        if mention.relation is Relation.BY
    ]


def _with_due(line: Line, closing: Text, setting: Setting) -> Line:
    """The line with the day of a closing rule, unless it has its own or the rule leaves it out.

    Where the rule excepts some lines by name and gives them a day, these get that day.
    """
    days = _closing_days(closing, setting)
    spared = {m["no"] for m in closing.language.pattern("except_item").finditer(closing.simplified)}
    has_own = any(row.all("due") for row in line.rows)
    if not days or has_own or setting.words_of(line.number or "") in spared:
        return line
    excepted = closing.part(0, days[0].start - closing.start).words if len(days) > 1 else ""
    is_excepted = any(
        likeness(name, line.heading.title) >= SAME_NAME
        for name in NAME_BREAK.split(excepted)
        if len(name) > MIN_NAME
    )
    first, *others = line.rows
    first = replace(first, fields=(*first.fields, Field("due", days[0 if is_excepted else -1])))
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
    if not any(piece.role in BODY_ROLES for piece in pieces):
        pieces.extend(LabelledPiece("lead", bodies) for t in item.texts for bodies in _led_by(t))
    number = setting.words_of(item.number) if item.number else None
    return line_of_pieces(pieces, number, item.category, setting)


def _led_by(text: Text) -> Iterator[Text]:
    """The bodies that a clause of the text says lead (`由市教育局负责`)."""
    for match in text.language.pattern("led_by").finditer(text.printed):
        bodies = text.part(match.start("bodies"), match.end("bodies"))
        mentions = text.vocabulary.organizations.split(bodies.printed)
        known = [text.vocabulary.organizations.resolve(m.text, None) for m in mentions]
        if known and all(match is not None and match.is_known for match in known):
            yield bodies


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

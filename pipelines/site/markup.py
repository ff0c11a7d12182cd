"""Small pieces of HTML that every page uses: labels, numbers, dates, links to the marked cell.

Belongs here: functions that templates call. A number always says of which column of which row it
is, or what it counts (`data-of`): the pages can be held against the file, number by number.
Does not belong here: whole pages (the templates).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup, escape

from pipelines.site.addresses import link
from pipelines.site.ledger import Ledger
from pipelines.site.records import FigureRow
from pipelines.site.sheets import Paper, Place
from pipelines.site.telephones import Telephones
from pipelines.site.words import Label, Words

_PLACES_OF_PERCENT = 1
_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Of:
    """Where a number comes from: a column of a row, by the row's key."""

    relation: str
    column: str
    key: str

    def __str__(self) -> str:
        return f"{self.relation}|{self.column}|{self.key}"


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: rows of a relation that have these values."""

    relation: str
    having: tuple[tuple[str, str | None], ...] = ()

    def __str__(self) -> str:
        conditions = json.dumps(dict(self.having), ensure_ascii=False)
        return f"count|{self.relation}|{conditions}"


@dataclass(frozen=True, slots=True)
class Markups:
    """The pieces, for one ledger and its sheets of paper."""

    words: Words
    paper: Paper
    telephones: Telephones
    figures: Mapping[str, FigureRow]
    units: Mapping[str, str | None]

    def both(self, label: Label) -> Markup:
        """A label in both languages, of which the page shows one."""
        zh = Markup('<span class="zh" lang="zh-Hans">{}</span>').format(label.zh)
        return zh + Markup('<span class="en" lang="en">{}</span>').format(label.en or label.zh)

    def say(self, key: str) -> Markup:
        """Words of the interface."""
        return self.both(self.words.say(key))

    def label(self, group: str, code: str | None) -> Markup:
        """A readable label of a code of the file."""
        return self.both(self.words.label(group, code))

    def source_text(self, text: str | None, document_id: str | None) -> Markup:
        """A source's own words: always Chinese, never with a telephone number."""
        if not text:
            return _NOTHING
        covered = self.telephones.cover(text, document_id)
        lines = Markup("<br>").join(escape(line) for line in covered.splitlines())
        return Markup('<span class="source" lang="zh-Hans">{}</span>').format(lines)

    def number(self, value: Decimal | int | None, of: Of | Counted) -> Markup:
        """A number with what it is of; nothing for nothing."""
        if value is None:
            return _NOTHING
        return Markup('<data value="{}" data-of="{}">{}</data>').format(
            plain(value), of, grouped(value)
        )

    def percent(self, fraction: Decimal | None, of: Of) -> Markup:
        """A fraction from 0 to 1 as per cent, rounded to one place."""
        if fraction is None:
            return _NOTHING
        return Markup('<data value="{}" data-of="{}" data-as="percent">{}</data>').format(
            plain(fraction), of, in_percent(fraction)
        )

    def quantity(
        self, value: Decimal | None, unit: str | None, comparator: str | None, of: Of
    ) -> Markup:
        """A quantity as a reader says it: at least 227 个."""
        if value is None:
            return _NOTHING
        said = self.label("comparator", comparator) if comparator not in (None, "=") else _NOTHING
        space = Markup(" ") if said else _NOTHING
        return Markup('<span class="quantity">{}{}{}{}</span>').format(
            said, space, self.number(value, of), self.unit(unit)
        )

    def unit(self, unit: str | None) -> Markup:
        """A measure word, with its English name to look up."""
        if not unit:
            return _NOTHING
        name = self.units.get(unit)
        if name:
            return Markup(' <abbr lang="zh-Hans" title="{}">{}</abbr>').format(name, unit)
        return Markup(' <span lang="zh-Hans">{}</span>').format(unit)

    def day(self, day: date | None) -> Markup:
        """A date."""
        return Markup("<time>{}</time>").format(day.isoformat()) if day else _NOTHING

    def figure_link(self, figure_id: str | None, here: str, inner: Markup | str = "") -> Markup:
        """`inner` (or the place in words) leading to the picture with the figure's cell marked."""
        place = self.paper.places.get(figure_id or "")
        if place is None or figure_id is None:
            return Markup("{}").format(inner)
        shown = inner or self.place_in_words(self.figures[figure_id])
        return Markup('<a class="cell" href="{}">{}<span class="hidden">{}</span></a>').format(
            link(place.path, here, place.anchor), shown, self.say("to_the_cell")
        )

    def line_link(self, place: Place | None, here: str) -> Markup:
        """A link to the sheet on which a line begins; nothing where it is not shown."""
        if place is None:
            return _NOTHING
        return Markup('<a class="cell" href="{}">{}</a>').format(
            link(place.path, here, place.anchor), self.say("on_its_page")
        )

    def place_part(self, name: str, number: Markup | int) -> Markup:
        """One part of a place: page 3, or 第 3 页."""
        said = self.words.label("place", name)
        texts = zip(("zh", "en"), ("zh-Hans", "en"), (said.zh, said.en), strict=True)
        return Markup("").join(
            Markup('<span class="{} nowrap" lang="{}">{}{}{}</span>').format(
                side, language, before, number, after
            )
            for side, language, text in texts
            for before, _, after in [text.partition("{}")]
        )

    def place_in_words(self, figure: FigureRow) -> Markup:
        """Page 3, table 1, row 7: where a figure is printed."""
        columns = ("page", "table_no", "row_no", "col_no")
        parts = []
        for column in columns:
            number = getattr(figure, column)
            if number is not None:
                name = "paragraph_no" if column == "row_no" and not figure.table_no else column
                of = Of("core.figure", column, figure.figure_id)
                parts.append(self.place_part(name, self.number(number, of)))
        return Markup(" · ").join(parts)


def make_markups(ledger: Ledger, words: Words, paper: Paper, telephones: Telephones) -> Markups:
    """The pieces for a ledger."""
    return Markups(
        words=words,
        paper=paper,
        telephones=telephones,
        figures={figure.figure_id: figure for figure in ledger.figures},
        units={unit.unit: unit.name_en for unit in ledger.units},
    )


def plain(value: Decimal | int) -> str:
    """`227` for 227.0000: digits alone, as programs read them."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: Decimal | int) -> str:
    """`11,790,000`: digits in threes, as people read them."""
    whole, point, rest = plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}" if whole not in ("-0", "") else f"{whole}{point}{rest}"


def in_percent(fraction: Decimal) -> str:
    """`94.1 %`."""
    return f"{plain(round(fraction * 100, _PLACES_OF_PERCENT))} %"

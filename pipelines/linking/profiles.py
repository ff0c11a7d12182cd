"""What linking needs to know of a report or target, gathered from its document once.

Belongs here: reading a fact together with its line, its bodies and its neighbours. Does not belong
here: comparing two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pipelines.facts import DocumentFacts, Report, Target
from pipelines.linking.words import IndicatorWords, Phrase
from pipelines.quantities.text import simplify
from pipelines.quantities.words import Unit
from pipelines.vocabulary import Units, Vocabulary

START = "start"
RENEW = "renew"
NEW = frozenset({"new"})
"""新增 says nothing of when: what is newly there follows the rest of its line."""
SENTENCE_PARTS = re.compile(r"[；;。]")
SHORTEST_CORE = 1.0
"""Below one character of full weight the words do not say what is counted (惠及, 服务人数)."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A report or target with all evidence for and against joining it.

    `order` is its place among the facts of its kind in the document. `stage` is `start` where only
    the beginning of something is promised or reported, else empty. `says_all` is whether the clause
    says that every one was reached. `context` are the words of a report's sentence up to and with
    its number, `line` those of a target's line in the plan, where they say more than its own.
    `is_answered` marks a goal that only a report names, where a plan of its place and year stands.
    """

    kind: str
    fact_id: str
    document_id: str
    document_kind: str
    region_code: str | None
    indicator: str
    phrase: Phrase
    value: Decimal | None
    base_value: float | None
    unit: str | None
    family: str | None
    dimension: str | None
    stage: str
    says_all: bool
    year: int | None = None
    order: int = 0
    is_open: bool = False
    context: Phrase | None = None
    line: Phrase | None = None
    commitment_id: str | None = None
    category: str | None = None
    leads: frozenset[str] = frozenset()
    is_answered: bool = False

    @property
    def key(self) -> tuple[str, str, bool, str | None]:
        """What is the same for two facts whose words mean the same without further evidence."""
        is_renewal = RENEW in self.phrase.actions and not self.phrase.actions & NEW
        return self.phrase.core, self.stage, is_renewal, self.family

    @property
    def is_comparable(self) -> bool:
        """Whether the words say enough to be compared at all."""
        return self.phrase.weight >= SHORTEST_CORE


def read_targets(
    facts: DocumentFacts,
    words: IndicatorWords,
    vocabulary: Vocabulary,
    answered: frozenset[str] = frozenset(),
) -> Iterator[Profile]:
    """The profiles of a document's targets, in order."""
    lines = {line.commitment_id: line for line in facts.commitments}
    titles = {line.commitment_id: words.read_phrase(line.title) for line in facts.commitments}
    leads: dict[str, set[str]] = {}
    for role in facts.responsibilities:
        body = role.organization_id or role.organization
        if role.role == "lead" and body:
            leads.setdefault(role.commitment_id, set()).add(body)
    reader = _Reader.of(facts, words, vocabulary)
    for order, target in enumerate(facts.targets):
        line, title = lines.get(target.commitment_id), titles.get(target.commitment_id)
        profile = reader.read(target, "target", target.target_id, target.as_printed, title)
        says_more = title is not None and bool(title.bigrams - profile.phrase.bigrams)
        yield replace(
            profile,
            order=order,
            year=target.plan_year or facts.document.plan_year,
            is_open=True,
            line=title if says_more else None,
            commitment_id=line.commitment_id if line else None,
            category=line.category if line else None,
            leads=frozenset(leads.get(target.commitment_id, ())),
            is_answered=target.target_id in answered,
        )


def read_reports(
    facts: DocumentFacts,
    words: IndicatorWords,
    vocabulary: Vocabulary,
    answered: frozenset[str] = frozenset(),
) -> Iterator[Profile]:
    """The profiles of a document's reports, in order.

    Not open are those that stand in a line that promises something itself, and parts of another
    report: a part never stands for the whole. Only a person may join these. A result beside an
    `answered` goal is open to the plan's targets.
    """
    document = facts.document
    promising = {target.commitment_id for target in facts.targets}
    reader = _Reader.of(facts, words, vocabulary)
    for order, report in enumerate(facts.reports):
        is_joined = bool(report.target_id) or report.commitment_id in promising
        yield replace(
            reader.read(report, "report", report.report_id, report.text),
            order=order,
            year=_year_of(document.plan_year, report.as_of or document.as_of),
            is_open=not report.part_of and (report.target_id in answered or not is_joined),
            context=words.read_phrase(_before_number(report.text, report.as_printed)),
        )


def _year_of(plan_year: int | None, as_of: date | None) -> int | None:
    """The year whose plan a report answers to: what was reached before it meets none of it."""
    if as_of is not None and (plan_year is None or as_of.year < plan_year):
        return as_of.year
    return plan_year


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads what targets and reports of one document have in common."""

    facts: DocumentFacts
    words: IndicatorWords
    units: Units
    names: tuple[str, ...]

    @classmethod
    def of(cls, facts: DocumentFacts, words: IndicatorWords, vocabulary: Vocabulary) -> _Reader:
        names = _list_names(facts.document.region_code, vocabulary)
        return cls(facts, words, vocabulary.units, names)

    def read(
        self,
        fact: Target | Report,
        kind: str,
        fact_id: str,
        text: str,
        title: Phrase | None = None,
    ) -> Profile:
        """The profile of a fact, told by `text`, in a line called `title`."""
        document = self.facts.document
        indicator = _without_names(fact.indicator, self.names, self.words)
        phrase, unit = self.words.read_phrase(indicator), self.units.resolve(fact.unit)
        return Profile(
            kind=kind,
            fact_id=fact_id,
            document_id=document.document_id,
            document_kind=document.kind,
            region_code=fact.region_code or document.region_code,
            indicator=fact.indicator,
            phrase=phrase,
            value=fact.value,
            base_value=_in_base(fact.value, unit),
            unit=fact.unit,
            family=unit.family if unit else fact.unit,
            dimension=unit.dimension if unit else None,
            stage=_read_stage(phrase, title),
            says_all=self.words.says_all(text),
        )


def _list_names(region_code: str | None, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The names of a region and those above it, longest first: they do not say what is counted."""
    regions = vocabulary.regions
    codes = (region_code, *regions.ancestors(region_code))
    found = [region for code in codes if (region := regions.get(code)) is not None]
    names = {name for region in found for name in (region.name, *region.short_names)}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _without_names(text: str, names: tuple[str, ...], words: IndicatorWords) -> str:
    for name in names:
        if text.startswith((name, *(f"{word}{name}" for word in words.before_region))):
            return text.replace(name, "", 1)
    return text


def _before_number(text: str, as_printed: str) -> str:
    """The sentence up to the number, back to where it turns to something else."""
    printed = simplify(as_printed)
    end = text.find(printed)
    return SENTENCE_PARTS.split(text[: end + len(printed)] if end >= 0 else text)[-1]


def _in_base(value: Decimal | None, unit: Unit | None) -> float | None:
    """The quantity in its base unit: sizes are compared here, nothing is added up."""
    if value is None:
        return None
    return float(Fraction(value) * unit.factor) if unit else float(value)


def _read_stage(phrase: Phrase, title: Phrase | None) -> str:
    """`start` where the fact, or else its whole line, speaks of beginning something only.

    学位 of schools whose building begins are not the 学位 of schools that open.
    """
    if START in phrase.actions:
        return START
    if title is None or not phrase.actions <= NEW:
        return ""
    return START if START in title.actions and "finish" not in title.actions else ""

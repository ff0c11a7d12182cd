"""The verbs that open a promise or a result: what is done to the thing counted.

Belongs here: finding them, told apart from nouns that only look like one (保障房, 培训率). Does not
belong here: the verbs themselves, which are data.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.reading.language.words import alternate_words, list_words


@cache
def action_pattern() -> re.Pattern[str]:
    """Verbs in a row, each perhaps with a variant in brackets: 新（改）建, 新增（优化）."""
    verb = "(?:新（[^）]{1,3}）建|" + alternate_words("action") + ")"
    more = plain_verbs()
    variant = r"(?:（" + verb + r"{1,3}）)?"
    return re.compile(rf"{verb}{variant}(?:[、和与及]?{more}{variant})*")


@cache
def _plain_actions() -> tuple[str, ...]:
    """The verbs that are hardly ever part of a noun."""
    return tuple(word for word in list_words("action") if word not in list_words("action_noun"))


def opening_action(words: str) -> str:
    """The verbs that the words open with; a noun that only looks like one is left to the thing."""
    match = action_pattern().match(words)
    if match is None:
        return ""
    action = match[0]
    rest = words[len(action) :]
    if rest in list_words("action_noun"):
        return words
    if re.match("率|人数|人次|人员|者|面|性", rest) or action in list_words("action_noun"):
        return ""
    return action


def closing_action(words: str) -> tuple[str, str]:
    """The verb of growth that the words close with, and the words before it: 托位新增 → 新增, 托位.

    Other verbs at the end are part of a noun (管网改造) and stay.
    """
    for verb in list_words("growth_action"):
        if words.endswith(verb) and len(words) > len(verb):
            return verb, words[: -len(verb)]
    return "", words


def measures_something(words: str) -> bool:
    """Whether the words name a measure (面积, 惠及人数) but not what is measured."""
    return any(
        words == attribute
        or (words.endswith(attribute) and action_pattern().fullmatch(words[: -len(attribute)]))
        for attribute in list_words("attribute")
    )


def words_after_action(words: str) -> str:
    """Without a verb and who it is said of: `某市新建公路` → `公路`."""
    match = _plain_action_pattern().search(words)
    return words[match.end() :] if match and match.end() < len(words) else words


def find_action(words: str) -> int | None:
    """Where the first verb stands that is a verb only."""
    match = _plain_action_pattern().search(words)
    return match.start() if match else None


@cache
def _plain_action_pattern() -> re.Pattern[str]:
    return re.compile(plain_verbs())


@cache
def plain_verbs() -> str:
    """A pattern of the verbs that are hardly ever part of a noun, as text to build on."""
    return "(?:新（[^）]{1,3}）建|" + "|".join(map(re.escape, _plain_actions())) + ")"

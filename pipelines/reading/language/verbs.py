"""The verbs that open a promise or a result: what is done to the thing counted.

Belongs here: finding them, told apart from nouns that only look like one (保障房, 培训率). Does not
belong here: the verbs themselves, which are data.
"""

from __future__ import annotations

from pipelines.vocabulary import Language


def names_nothing(words: str, language: Language) -> bool:
    """Whether words only tell that something is done (现已完成), not what."""
    telling = language.cue(
        "action",
        "finished_cue",
        "accomplished",
        "done_turn",
        "done_alone",
        "target_word",
        "finish_verb",
        "built_word",
        "use_verb",
    )
    rest = language.pattern("telling_joint").sub("", telling.sub("", words))
    return not rest


def opening_action(words: str, language: Language) -> str:
    """The verbs that the words open with; a noun that only looks like one is left to the thing."""
    match = language.pattern("verbs").match(words)
    if match is None:
        return ""
    action = match[0]
    rest = words[len(action) :]
    if rest in language.words("action_noun"):
        return words
    if language.cue("noun_tail").match(rest) or action in language.words("action_noun"):
        return ""
    return action


def closing_action(words: str, language: Language) -> tuple[str, str]:
    """The verb of growth that the words close with, and the words before it: 托位新增 → 新增, 托位.

    Other verbs at the end are part of a noun (管网改造) and stay.
    """
    for verb in language.words("growth_action"):
        if words.endswith(verb) and len(words) > len(verb):
            return verb, words[: -len(verb)]
    return "", words


def measures_something(words: str, language: Language) -> bool:
    """Whether the words name a measure (面积, 惠及人数) but not what is measured."""
    verbs = language.pattern("verbs")
    return any(
        words == attribute
        or (words.endswith(attribute) and verbs.fullmatch(words[: -len(attribute)]) is not None)
        for attribute in language.words("attribute")
    )


def words_after_action(words: str, language: Language) -> str:
    """Without a verb and who it is said of: `某市新建公路` → `公路`."""
    match = language.pattern("plain_verb").search(words)
    return words[match.end() :] if match and match.end() < len(words) else words


def find_action(words: str, language: Language) -> int | None:
    """Where the first verb stands that is a verb only."""
    match = language.pattern("plain_verb").search(words)
    return match.start() if match else None


def strip_action(words: str, language: Language) -> str:
    """An indicator without the action that it opens with; all of it where nothing would be left."""
    if words in language.words("action"):
        return words
    for action in language.words("action"):
        if words.startswith(action) and len(words) > len(action):
            return words[len(action) :]
    return words

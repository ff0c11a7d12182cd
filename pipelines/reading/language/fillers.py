"""Words around an indicator that say nothing of what is counted: dates, comparators, 其中, 任务.

Belongs here: taking them off either end of a stretch of words. Does not belong here: the words
themselves, which are data.
"""

from __future__ import annotations

from pipelines.vocabulary import Language


def strip_head(words: str, dates: tuple[str, ...], language: Language) -> str:
    """Without the dates, item numbers and fillers that the words open with."""
    fillers, item_number = language.cue("filler_head"), language.pattern("item_number")
    while words:
        match = item_number.match(words)
        if match is None:
            date = next((text for text in dates if words.startswith(text)), None)
            if date is not None:
                words = words[len(date) :]
                continue
            match = fillers.match(words)
            if match is None or _opens_action(words, match.end(), language):
                break
        words = words[match.end() :]
    told = language.pattern("together_before_verb").match(words)
    return words[told.end() :] if told else words


def _opens_action(words: str, filler_end: int, language: Language) -> bool:
    """Whether what looks like a filler is the start of a longer verb."""
    match = language.pattern("verbs").match(words)
    return match is not None and match.end() > filler_end


def strip_tail(words: str, language: Language) -> str:
    """Without the comparators and fillers that the words close with."""
    while words:
        match = next((t for t in language.words("filler_tail") if words.endswith(t)), None)
        if match is None:
            return words
        words = words[: -len(match)]
    return words


def strip_after(words: str, language: Language) -> str:
    """Without what only says that the number was a task, and without the particle that joins it."""
    quote = language.pattern("ends_quote").match(words)
    words = words[quote.end() :] if quote else words
    if words in language.words("task_alone"):
        return ""
    while True:
        stripped = next(
            (words[: -len(tail)] for tail in language.words("task_tail") if words.endswith(tail)),
            words,
        )
        for particle in language.words("joining_particle"):
            stripped = stripped.removeprefix(particle).removesuffix(particle)
        if stripped == words:
            return language.cue("idle_adverb").sub("", words)
        words = stripped

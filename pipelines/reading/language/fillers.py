"""Words around an indicator that say nothing of what is counted: dates, comparators, 其中, 任务.

Belongs here: taking them off either end of a stretch of words. Does not belong here: the words
themselves, which are data.
"""

from __future__ import annotations

import re

from pipelines.reading.language.actions import action_pattern, plain_verbs
from pipelines.reading.language.passage import ITEM_NUMBER
from pipelines.reading.language.words import alternate_words, list_words


def strip_head(words: str, dates: tuple[str, ...]) -> str:
    """Without the dates, item numbers and fillers that the words open with."""
    fillers = re.compile(alternate_words("filler_head"))
    item_number = re.compile(ITEM_NUMBER)
    while words:
        match = item_number.match(words)
        if match is None:
            date = next((text for text in dates if words.startswith(text)), None)
            if date is not None:
                words = words[len(date) :]
                continue
            match = fillers.match(words)
            if match is None or _opens_action(words, match.end()):
                break
        words = words[match.end() :]
    # `各中心共开展` → `开展`: who did it is not what is counted (but 公共 is a word of its own).
    together = alternate_words("filler_before_action")
    told = re.match(rf".*?(?<!公){together}(?={plain_verbs()})", words)
    return words[told.end() :] if told else words


def _opens_action(words: str, filler_end: int) -> bool:
    """Whether what looks like a filler is the start of a longer verb."""
    match = action_pattern().match(words)
    return match is not None and match.end() > filler_end


def strip_tail(words: str) -> str:
    """Without the comparators and fillers that the words close with."""
    while words:
        match = next((tail for tail in list_words("filler_tail") if words.endswith(tail)), None)
        if match is None:
            return words
        words = words[: -len(match)]
    return words


def strip_after(words: str) -> str:
    """Without what only says that the number was a task, and without the 的 that joins it."""
    words = re.sub(r"^[）”’」』]+", "", words)
    if words in list_words("task_alone"):
        return ""
    while True:
        stripped = next(
            (words[: -len(tail)] for tail in list_words("task_tail") if words.endswith(tail)),
            words,
        )
        stripped = stripped.removeprefix("的").removesuffix("的")
        if stripped == words:
            return words.replace("均已", "")
        words = stripped

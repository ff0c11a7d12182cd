"""Whether running text tells what was done, or what is planned.

Belongs here: counting the words that tell, and the state of one clause. Does not belong here: any
of those words (`vocabulary/phrases.csv`), or the part of a single number (`result_rules`).
"""

from __future__ import annotations

from pipelines.reading.language.text import Text


def count_result_cues(text: Text) -> int:
    """How often a text says that something was done."""
    return len(text.language.cue("telling_result").findall(text.simplified))


def count_plan_cues(text: Text) -> int:
    """How often a text says that something is to be done."""
    return len(text.language.cue("telling_plan").findall(text.simplified))


def introduces_list(text: Text) -> bool:
    """Whether a text announces what comes after it."""
    return text.language.has("list_intro", text.simplified)


def tells_plan(text: Text) -> bool:
    """Whether a clause of an item that tells plan and result names the plan."""
    told = text.language.pattern("against_goal").sub("", text.simplified)
    return text.language.has("plan_clause", told)


def tells_plan_beside_result(text: Text) -> bool:
    """Whether a clause names the plan, seen that another one of its sentence tells the result."""
    return tells_plan(text) or text.language.has("plan_beside_done", text.simplified)


def tells_done(text: Text) -> bool:
    """Whether a clause of an item that tells plan and result names the result."""
    return text.language.has("done_clause", text.simplified)

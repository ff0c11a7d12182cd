"""Joins that a person has confirmed or rejected, and whether they still fit what is read.

Belongs here: reading `accepted_links.yml` strictly, and holding each entry against the facts.
Does not belong here: what is done with a verdict (`joining`).
"""

from __future__ import annotations

import reprlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.errors import PipelineError
from pipelines.strict_yaml import YamlProblem, read_yaml

ACCEPTED_LINKS_FILE = "accepted_links.yml"
VERDICTS = ("confirm", "reject")
TEXTS = ("from", "from_text", "to", "to_text", "reason", "signed_by")
KEYS = frozenset({"verdict", "signed_on", *TEXTS})


class InvalidAcceptedLinksError(PipelineError):
    """`accepted_links.yml` cannot be used; `problems` lists all that is wrong with it."""

    def __init__(self, path: Path, problems: tuple[str, ...]) -> None:
        self.path = path
        self.problems = problems
        lines = "".join(f"\n  - {problem}" for problem in problems)
        super().__init__("invalid_accepted_links", f"{path.name} needs correcting:{lines}\n")

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.path, self.problems))


@dataclass(frozen=True, slots=True)
class AcceptedLink:
    """A person's verdict on one join, with the words of both ends as they were when signed.

    `from_id` is a report or a target, `to_id` a target. `from_text` and `to_text` are their
    `indicator`.
    """

    verdict: str
    from_id: str
    from_text: str
    to_id: str
    to_text: str
    reason: str
    signed_by: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class StaleSignature:
    """A verdict that fits the facts no more. `code`: `unknown_fact` or `changed_text`."""

    accepted: AcceptedLink
    code: str
    message: str


def read_accepted_links(raw: Path) -> tuple[AcceptedLink, ...]:
    """The verdicts in the folder's `accepted_links.yml`, in order; none where there is no file.

    Raises:
        InvalidAcceptedLinksError: with every problem of the file at once.
    """
    path = raw / ACCEPTED_LINKS_FILE
    try:
        content = read_yaml(path)
    except YamlProblem as error:
        raise InvalidAcceptedLinksError(path, (str(error),)) from error
    if content is None:
        return ()
    if not isinstance(content, dict) or set(content) != {"links"}:
        raise InvalidAcceptedLinksError(path, ("must hold one key, `links`",))
    entries = content["links"]
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise InvalidAcceptedLinksError(path, ("`links` must be a list",))
    problems: list[str] = []
    accepted: list[AcceptedLink] = []
    seen: set[tuple[str, str]] = set()
    for number, fields in enumerate(entries, start=1):
        link = _read_entry(f"entry {number}", fields, problems)
        if link is None:
            continue
        pair = (link.from_id, link.to_id)
        if pair in seen:
            problems.append(f"entry {number}: {pair[0]} and {pair[1]} are signed twice; keep one")
        seen.add(pair)
        accepted.append(link)
    if problems:
        raise InvalidAcceptedLinksError(path, tuple(problems))
    return tuple(accepted)


def _read_entry(place: str, fields: Any, problems: list[str]) -> AcceptedLink | None:
    if not isinstance(fields, dict):
        problems.append(f"{place}: must be `key: value` lines")
        return None
    found = len(problems)
    problems.extend(f"{place}: nobody knows the key `{key}`" for key in fields if key not in KEYS)
    problems.extend(f"{place}: `{key}` is missing" for key in sorted(KEYS - set(fields)))
    for key in TEXTS:
        value = fields.get(key, "-")
        if not isinstance(value, str) or not value.strip():
            problems.append(f"{place}: `{key}` must be text, not {reprlib.repr(value)}")
    if "verdict" in fields and fields["verdict"] not in VERDICTS:
        problems.append(f"{place}: `verdict` must be one of {', '.join(VERDICTS)}")
    if "signed_on" in fields and type(fields["signed_on"]) is not date:
        problems.append(f"{place}: `signed_on` must be a date like 2024-11-30")
    if len(problems) > found:
        return None
    return AcceptedLink(
        verdict=fields["verdict"],
        from_id=fields["from"].strip(),
        from_text=fields["from_text"].strip(),
        to_id=fields["to"].strip(),
        to_text=fields["to_text"].strip(),
        reason=fields["reason"].strip(),
        signed_by=fields["signed_by"].strip(),
        signed_on=fields["signed_on"],
    )


def find_stale(
    accepted: Sequence[AcceptedLink],
    report_words: Mapping[str, str],
    target_words: Mapping[str, str],
) -> tuple[StaleSignature, ...]:
    """The verdicts whose ends are not there any more or say something else, in order.

    `report_words` and `target_words` map ids to the indicator that is read now.
    """
    stale: list[StaleSignature] = []
    for link in accepted:
        ends = (
            ("from", link.from_id, link.from_text, report_words.get(link.from_id)),
            ("to", link.to_id, link.to_text, None),
        )
        for name, fact_id, signed_text, report_text in ends:
            text = target_words.get(fact_id, report_text)
            if text is None:
                message = (
                    f"{ACCEPTED_LINKS_FILE}: `{name}` {fact_id} is no report or target of any "
                    "document. Correct the entry or remove it."
                )
                stale.append(StaleSignature(link, "unknown_fact", message))
                break
            if text != signed_text:
                message = (
                    f"{ACCEPTED_LINKS_FILE}: {fact_id} was signed as “{signed_text}” and now reads "
                    f"“{text}”. Look at the pair again and sign it anew, or remove the entry."
                )
                stale.append(StaleSignature(link, "changed_text", message))
                break
    return tuple(stale)

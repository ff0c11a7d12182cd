"""The stories of a Word file: its body, and the headers, footers and notes that it prints.

Belongs here: which stories reach the paper, and a word on those that do not. Does not belong here:
what stands in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from extractors.records import Omission
from extractors.word_package import Package, Part
from extractors.word_xml import UNSEEN, R, W, is_on

_FURNITURE = ("header", "footer")
_NOTES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}
_SHOWN_WORDS = 60


@dataclass(frozen=True, slots=True)
class Story:
    """A text of its own: the element that holds it, and the part whose relations it uses."""

    root: Any
    part: Part


@dataclass(frozen=True, slots=True)
class Stories:
    """What reaches the paper, in the file's order, and what does not."""

    headers: tuple[Story, ...]
    body: Story
    notes: tuple[Story, ...]
    footers: tuple[Story, ...]
    omissions: tuple[Omission, ...]

    def __iter__(self) -> Iterator[Story]:
        yield from (*self.headers, self.body, *self.notes, *self.footers)


def find_stories(package: Package, body: Any) -> Stories:
    """The stories that the body refers to; the others, and parts that are missing, are told."""
    main = package.main
    printed = _find_printed(main, body)
    found: dict[str, list[Story]] = {"header": [], "footer": []}
    omissions: list[Omission] = []
    for identifier, relation in main.relations.items():
        if relation.kind not in _FURNITURE or relation.is_external:
            continue
        part = main.follow(identifier)
        if part is None:
            omissions.append(_tell_missing(relation.kind, relation.target))
        elif identifier in printed:
            found[relation.kind].append(Story(part.root, part))
        else:
            omissions.extend(_tell_orphan(relation.kind, part.root))
    notes: list[Story] = []
    for kind, mark in _NOTES.items():
        part = main.find_related(kind)
        if part is not None:
            called = {element.get(f"{W}id", "") for element in body.iter(f"{W}{mark}")}
            shown, lost = _read_notes(part, called)
            notes.extend(shown)
            omissions.extend(lost)
    omissions.extend(_tell_comments(main))
    return Stories(
        tuple(found["header"]), Story(body, main), tuple(notes), tuple(found["footer"]),
        tuple(omissions),
    )  # fmt: skip


def _find_printed(main: Part, body: Any) -> set[str]:
    """Identifiers of the headers and footers that some page prints."""
    settings = main.find_related("settings")
    has_even = settings is not None and is_on(settings.root.find(f"{W}evenAndOddHeaders"))
    sections = list(body.iter(f"{W}sectPr"))
    has_first = any(is_on(section.find(f"{W}titlePg")) for section in sections)
    is_used = {"default": True, "even": has_even, "first": has_first}
    return {
        reference.get(f"{R}id", "")
        for section in sections
        for reference in section.iter(f"{W}headerReference", f"{W}footerReference")
        if is_used.get(reference.get(f"{W}type", "default"), True)
    }


def _read_notes(part: Part, called: set[str]) -> tuple[list[Story], list[Omission]]:
    shown: list[Story] = []
    lost: list[Omission] = []
    for note in part.root:
        # Separators between text and notes are notes too, with a type of their own.
        if not isinstance(note.tag, str) or note.get(f"{W}type") not in (None, "normal"):
            continue
        if note.get(f"{W}id", "") in called:
            shown.append(Story(note, part))
        else:
            lost.extend(_tell_orphan("note", note))
    return shown, lost


def _tell_orphan(kind: str, root: Any) -> Iterable[Omission]:
    words = gather_words(root)
    if words:
        yield Omission(
            f"orphan_{kind}",
            f"The file holds a {kind} that no page prints; it was not read: {quote(words)}. If it "
            "matters, put its words into the text.",
            place=kind,
        )


def _tell_missing(kind: str, target: str) -> Omission:
    return Omission(
        "missing_part",
        f"The file names a {kind} ({target}) that it does not hold. Open it in a word processor, "
        "look whether something is missing, and save it again.",
        place=kind,
    )


def _tell_comments(main: Part) -> Iterable[Omission]:
    comments = main.find_related("comments")
    for comment in comments.root if comments is not None else ():
        words = gather_words(comment)
        if words:
            yield Omission(
                "comment",
                f"A reviewer's comment stands in the margin and was not read: {quote(words)}.",
                place="comment",
            )


def gather_words(root: Any) -> str:
    """The text under an element, shown or not, for a message."""
    return "".join(
        element.text or ""
        for element in root.iter(f"{W}t", f"{W}delText")
        if not any(a.tag in UNSEEN and a.tag.endswith("}Fallback") for a in element.iterancestors())
    ).strip()


def quote(words: str, limit: int = _SHOWN_WORDS) -> str:
    """Words in quotation marks, the middle of long ones left out."""
    words = " ".join(words.split())
    if len(words) > limit:
        words = f"{words[: limit - 10]}…{words[-9:]} ({len(words)} characters)"
    return f"“{words}”"

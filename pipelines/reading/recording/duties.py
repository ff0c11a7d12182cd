"""Who answers for a line: leading and supporting bodies, and officials by name.

Belongs here: reading the fields of duties into roles. Does not belong here: the names of bodies,
their aliases and how a list of them is cut (see `vocabulary/organizations.csv`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.facts import Responsibility
from pipelines.quantities.text import simplify
from pipelines.reading.language.text import Text
from pipelines.reading.lists.trailing_bodies import find_bodies_by_part
from pipelines.reading.outline.labels import split_labelled
from pipelines.reading.recognition import Doubt
from pipelines.reading.recording.line_record import LineRecord, rule_of
from pipelines.reading.rows import BODY_ROLES, OFFICIAL_ROLES, Field

BRACKETED_MARK = re.compile(r"\s*[（(](?P<mark>[^（）()]{2,8})[)）]\s*$")
NAMED_IN_BRACKETS = re.compile(r"[（(](?P<names>[^（）()]{2,20})[)）]\s*$")
SHARED_ROLES = ("responsible", "lead_and_support")
"""Roles of a field whose bodies may play different parts."""
FULL_NAME = (3, 4)
"""Characters of a name that is surely whole: two may be the beginning of a longer one."""
NAME_BREAK = re.compile(r"[、，,；;/\s]+")


@dataclass(frozen=True, slots=True)
class _Bearer:
    """A body or an official, by printed name and, for a body, by what it is known as."""

    as_printed: str
    organization_id: str | None = None
    organization: str | None = None
    person: str | None = None


def record_duties(record: LineRecord) -> None:
    """Record the bodies and officials of a line, each once in each role.

    A field that covers only some of the line's rows speaks for their targets alone, where these
    rows have exactly one.
    """
    for row in record.line.rows:
        for field in row.all(*BODY_ROLES, *OFFICIAL_ROLES):
            if not field.is_first:
                continue
            target_id = _target_of(record, field)
            if field.role in OFFICIAL_ROLES:
                _record_officials(record, target_id, field)
            else:
                _record_bodies(record, target_id, field)


def _record_officials(record: LineRecord, target_id: str | None, field: Field) -> None:
    """Officials by name; where the cell names a body with its official in brackets, both."""
    text = field.text
    bracket = NAMED_IN_BRACKETS.search(text.printed)
    if bracket is not None and names_body(text.part(0, bracket.start())):
        _add_bodies(record, target_id, "lead", text.part(0, bracket.start()), rule_of(field))
        text = text.part(bracket.start("names"), bracket.end("names"))
    for person in names_in(text):
        _add(record, target_id, field.role or "", _Bearer(person, person=simplify(person)))


def names_body(text: Text) -> bool:
    """Whether a text names bodies and nothing else."""
    organizations = text.vocabulary.organizations
    mentions = organizations.split(text.printed)
    return bool(mentions) and all(organizations.resolve(m.text, None) for m in mentions)


def _target_of(record: LineRecord, field: Field) -> str | None:
    rows = {row.index for row in record.line.rows}
    if field.covers is None or rows <= set(field.covers) or not _differs(record, field):
        return None
    ids = {i for row in field.covers for i in record.by_row.get(row, ())}
    if not ids:
        # Rows that leave their targets blank go on with those above.
        above = [r for r in record.line.rows if r.index < min(field.covers)]
        stated = [set(record.by_row.get(r.index, ())) for r in reversed(above)]
        ids = next((found for found in stated if found), set())
    return next(iter(ids)) if len(ids) == 1 else None


def _differs(record: LineRecord, field: Field) -> bool:
    """Whether the rows of a line have different texts in the column of a field."""
    texts = {
        other.text.words
        for row in record.line.rows
        for other in row.fields
        if other.column == field.column and other.role == field.role and other.text.words
    }
    return len(texts) > 1


def _record_bodies(record: LineRecord, target_id: str | None, field: Field) -> None:
    """A cell of bodies, cut by the labels in it where it has some (`牵头：…⏎配合：…`)."""
    pieces = split_labelled(field.text)
    has_lead = record.line.has("lead") or any(piece.role == "lead" for piece in pieces)
    for piece in pieces:
        own = piece.role if piece.role in BODY_ROLES else field.role
        by_part = find_bodies_by_part(piece.text) if own in SHARED_ROLES else ()
        for part, bodies in by_part:
            _add_bodies(record, target_id, part, bodies, rule_of(field))
        if not by_part:
            role = body_role(own or "", has_lead)
            _add_bodies(record, target_id, role, piece.text, rule_of(field))


def body_role(role: str, has_lead: bool) -> str:
    """`lead` or `support`: the body named responsible leads unless another one is named lead."""
    if role == "support" or (role == "responsible" and has_lead):
        return "support"
    return "lead"


def _add_bodies(
    record: LineRecord, target_id: str | None, role: str, text: Text, rule: str
) -> None:
    """Record the bodies named in a text; a star marks leads where both kinds share a cell."""
    record.ledger.claim_rest(text, "scope", rule)
    if text.is_blank:
        return
    organizations = record.vocabulary.organizations
    mentions = organizations.split(text.printed)
    marked = [_mark_in_brackets(record, mention.text) for mention in mentions]
    has_leads = any(m.is_lead for m in mentions) or any(mark == "lead" for _, mark in marked)
    for mention, (name, mark) in zip(mentions, marked, strict=True):
        own_role = mark or role
        if has_leads and mark is None:
            own_role = "lead" if mention.is_lead else "support"
        match = organizations.resolve(name, record.book.document.region_code)
        if match is None:
            _doubt(record, text, mention.text, None)
            bearer = _Bearer(name, organization=re.sub(r"\s+", "", simplify(name)))
        else:
            if not match.is_known:
                _doubt(record, text, mention.text, match.name)
            bearer = _Bearer(name, match.organization_id, match.name)
        _add(record, target_id, own_role, bearer)


def _doubt(record: LineRecord, text: Text, printed: str, name: str | None) -> None:
    """Queue a body that was not recognised at all, or is not listed."""
    code, message = (
        ("unknown_organization", "was not recognised as a body; it is kept by its printed name.")
        if name is None
        else ("new_organization", "is not in the vocabulary of bodies; it has a provisional id.")
    )
    record.book.doubt(
        Doubt(
            code,
            f"“{name or printed}” {message}",
            text,
            as_printed=printed,
            vocabulary="organizations.csv",
            suggestion=name or printed,
        )
    )


def _mark_in_brackets(record: LineRecord, printed: str) -> tuple[str, str | None]:
    """A body's name without a role in brackets (`市人社局（牵头）`), and that role."""
    match = BRACKETED_MARK.search(printed)
    if match is None:
        return printed, None
    found = record.vocabulary.headers.role_of(match.group("mark"))
    if found is None or found.kind != "exact" or found.role not in ("lead", "support"):
        return printed, None
    return printed[: match.start()].rstrip(), found.role


def names_in(text: Text) -> list[str]:
    """Personal names of a text; a space at which a narrow column broke its line is not printed.

    What is too long for one name was two, parted where the line ends, if each line may be a name.
    """
    names = split_names(text.printed)
    lines = [line.text.strip() for line in text.lines]
    shortest, longest = FULL_NAME
    if (
        text.is_part
        or all(len(name) <= longest for name in names)
        or any(not shortest <= len(line) <= longest for line in lines)
    ):
        return names
    return split_names("\n".join(lines))


def split_names(text: str) -> list[str]:
    """Personal names of a cell; a name broken over two lines (`邓⏎伟民`) is one name."""
    pieces = [piece for piece in NAME_BREAK.split(text.strip()) if piece]
    names: list[str] = []
    for piece in pieces:
        if names and (len(names[-1]) == 1 or len(piece) == 1):
            names[-1] += piece
        else:
            names.append(piece)
    return names


def _add(record: LineRecord, target_id: str | None, role: str, bearer: _Bearer) -> None:
    known = [r for r in record.book.responsibilities if r.commitment_id == record.commitment_id]
    key = (target_id, role, bearer.organization_id, bearer.organization, bearer.person)
    if any(
        (r.target_id, r.role, r.organization_id, r.organization, r.person) == key for r in known
    ):
        return
    record.book.responsibilities.append(
        Responsibility(
            commitment_id=record.commitment_id,
            document_id=record.book.document.document_id,
            target_id=target_id,
            role=role,
            position=sum(1 for r in known if r.role == role) + 1,
            organization_id=bearer.organization_id,
            organization=bearer.organization,
            person=bearer.person,
            as_printed=bearer.as_printed,
        )
    )

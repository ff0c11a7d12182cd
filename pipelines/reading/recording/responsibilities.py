"""Who answers for a commitment: leading and supporting bodies, and officials by name.

Belongs here: reading the cells of responsibility columns into roles. Does not belong here: the
names of bodies, their aliases and how a list of them is cut (see `vocabulary/organizations.csv`).
"""

from __future__ import annotations

import re

from pipelines.facts import Responsibility
from pipelines.quantities.text import simplify
from pipelines.reading.outline.labels import split_labelled
from pipelines.reading.recording.builder import FactsBuilder
from pipelines.reading.recording.ledger import SourceText
from pipelines.reading.recording.targets import CommitmentTargets
from pipelines.reading.tables.layout import TableLayout, clean_header
from pipelines.reading.tables.lines import CommitmentRows

BODY_ROLES = ("lead", "support", "lead_and_support", "responsible")
OFFICIAL_ROLES = ("city_leader", "lead_official")
RESPONSIBILITY_ROLES = (*BODY_ROLES, *OFFICIAL_ROLES)
BRACKETED_MARK = re.compile(r"\s*[（(](?P<mark>[^（）()]{2,8})[)）]\s*$")
FULL_NAME = (3, 4)
"""Characters of a name that is surely whole: two may be the beginning of a longer one."""
NAME_BREAK = re.compile(r"[、，,；;/\s]+")


def read_responsibilities(
    builder: FactsBuilder, layout: TableLayout, group: CommitmentRows, found: CommitmentTargets
) -> None:
    """Record the bodies and officials of one commitment, each once in each role.

    A cell that covers only some of the commitment's rows speaks for their targets alone, where
    these rows have exactly one.
    """
    whole = {row.index for row in group.rows}
    for row in group.rows:
        for slot in row.all(*RESPONSIBILITY_ROLES):
            if not slot.is_first:
                continue
            text = builder.ledger.of_cell(layout.table.number, slot.cell)
            covered = set(range(slot.cell.row, slot.cell.row + slot.cell.row_span))
            target_id = None
            if not whole <= covered and _differs_between_rows(layout, group, slot.column.index):
                ids = _targets_of_rows(group, found, covered)
                target_id = next(iter(ids)) if len(ids) == 1 else None
            role = slot.column.role or ""
            if role in OFFICIAL_ROLES:
                add_officials(builder, found.commitment_id, target_id, role, text)
            else:
                _add_cell(builder, found.commitment_id, target_id, role, layout.has("lead"), text)


def _targets_of_rows(
    group: CommitmentRows, found: CommitmentTargets, covered: set[int]
) -> set[str]:
    """The targets that these rows state; rows that leave them blank go on with those above."""
    ids = {target_id for row in covered for target_id in found.by_row.get(row, ())}
    for row in reversed(group.rows):
        if ids:
            break
        if row.index < min(covered):
            ids = set(found.by_row.get(row.index, ()))
    return ids


def _add_cell(
    builder: FactsBuilder,
    commitment_id: str,
    target_id: str | None,
    role: str,
    has_lead: bool,
    text: SourceText,
) -> None:
    """A cell of bodies, cut by the labels in it where it has some (`牵头：…⏎配合：…`)."""
    pieces = split_labelled(text, builder.vocabulary)
    has_lead = has_lead or any(piece.role == "lead" for piece in pieces)
    for piece in pieces:
        own = piece.role if piece.role in BODY_ROLES else role
        add_bodies(builder, commitment_id, target_id, body_role(own, has_lead), piece.text)


def body_role(role: str, has_lead: bool) -> str:
    """`lead` or `support`: the body named responsible leads unless another one is named lead."""
    if role == "support" or (role == "responsible" and has_lead):
        return "support"
    return "lead"


def _differs_between_rows(layout: TableLayout, group: CommitmentRows, col: int) -> bool:
    texts = set()
    for row in group.rows:
        cell = layout.table.grid[row.index][col]
        if cell is not None and cell.text.strip():
            texts.add(clean_header(cell.text))
    return len(texts) > 1


def add_bodies(
    builder: FactsBuilder, commitment_id: str, target_id: str | None, role: str, text: SourceText
) -> None:
    """Record the bodies named in a text; a star marks leads where both kinds share a cell."""
    builder.ledger.claim_rest(text, "scope")
    if builder.vocabulary.is_blank(clean_header(text.text)):
        return
    mentions = builder.vocabulary.organizations.split(text.text)
    marked = [_mark_in_brackets(builder, mention.text) for mention in mentions]
    has_leads = any(m.is_lead for m in mentions) or any(mark == "lead" for _, mark in marked)
    for mention, (name, mark) in zip(mentions, marked, strict=True):
        own_role = mark or role
        if has_leads and mark is None:
            own_role = "lead" if mention.is_lead else "support"
        match = builder.vocabulary.organizations.resolve(name, builder.document.region_code)
        if match is None:
            builder.notice(
                "unknown_organization",
                f"“{mention.text}” was not recognised as a body; it is kept by its printed name.",
                text,
                as_printed=mention.text,
                vocabulary="organizations.csv",
                suggestion=mention.text,
            )
        elif not match.is_known:
            builder.notice(
                "new_organization",
                f"“{match.name}” is not in the vocabulary of bodies; it has a provisional id.",
                text,
                as_printed=mention.text,
                vocabulary="organizations.csv",
                suggestion=match.name,
            )
        _add(
            builder,
            commitment_id,
            target_id,
            own_role,
            match.organization_id if match else None,
            match.name if match else clean_header(name),
            None,
            name,
        )


def _mark_in_brackets(builder: FactsBuilder, printed: str) -> tuple[str, str | None]:
    """A body's name without a role in brackets (`市人社局（牵头）`), and that role."""
    match = BRACKETED_MARK.search(printed)
    if match is None:
        return printed, None
    found = builder.vocabulary.headers.role_of(match.group("mark"))
    if found is None or found.kind != "exact" or found.role not in ("lead", "support"):
        return printed, None
    return printed[: match.start()].rstrip(), found.role


def add_officials(
    builder: FactsBuilder, commitment_id: str, target_id: str | None, role: str, text: SourceText
) -> None:
    """Record the officials named in a text."""
    for person in _names_in(text):
        name = simplify(person)
        _add(builder, commitment_id, target_id, role, None, None, name, person)


def _names_in(text: SourceText) -> list[str]:
    """Personal names of a text; a space at which a narrow column broke its line is not printed.

    What is too long for one name was two, parted where the line ends, if each line may be a name.
    """
    names = split_names(text.text)
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


def _add(
    builder: FactsBuilder,
    commitment_id: str,
    target_id: str | None,
    role: str,
    organization_id: str | None,
    organization: str | None,
    person: str | None,
    as_printed: str,
) -> None:
    known = [r for r in builder.responsibilities if r.commitment_id == commitment_id]
    key = (target_id, role, organization_id, organization, person)
    if any(
        (r.target_id, r.role, r.organization_id, r.organization, r.person) == key for r in known
    ):
        return
    builder.responsibilities.append(
        Responsibility(
            commitment_id=commitment_id,
            document_id=builder.document.document_id,
            target_id=target_id,
            role=role,
            position=sum(1 for r in known if r.role == role) + 1,
            organization_id=organization_id,
            organization=organization,
            person=person,
            as_printed=as_printed,
        )
    )

"""Whether a document is of the genre at all: whether it speaks of livelihood commitments.

Belongs here: the evidence. Does not belong here: what becomes of a document without it
(`pipelines.run`), or which of the five kinds it is (`identity`).
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.reading.language.text import Text
from pipelines.reading.recognition import Doubt, Setting

NOT_OF_THE_GENRE = "not_a_commitment_document"


def doubt_genre(texts: Iterable[Text], title: str, setting: Setting) -> Doubt | None:
    """The doubt that a document is of the genre, or None where it is.

    It is where its title or its text names such a programme, and it says for where or for when.
    """
    has_place_or_time = setting.region_code is not None or setting.plan_year is not None
    names = setting.vocabulary.language.pattern("genre")
    is_named = names.search(title) is not None or any(
        names.search(text.simplified) is not None for text in texts
    )
    if is_named and has_place_or_time:
        return None
    missing = "names no place and no year" if is_named else "names no programme of commitments"
    return Doubt(
        NOT_OF_THE_GENRE,
        f"The document {missing}, so nothing was taken from it. If it does list or report such "
        "commitments, say so in raw/sources.yml with `title:` (as the office calls the "
        "programme), `region:` and `plan_year:`; else take it away.",
        as_printed=title,
    )

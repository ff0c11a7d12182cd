"""Where a page break cuts a table: is the first row below a new row, or the rest of the last one?

Belongs here: the decision, cell by cell, from the printed text and its place alone. `stitching`
asks and puts the cells together. The rules lean to *new row*: a false join mixes two commitments,
which is worse than a cut sentence that stays in two cells.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from extractors.cell_room import has_room_below
from extractors.cell_text import has_digits, is_quantity, mentions, simplify
from extractors.growing import GrowingTable, is_merged_key
from extractors.lines import ends_sentence, has_item_start, starts_item
from extractors.parts import TablePart
from extractors.records import Cell

_NUMBER_KEY = re.compile(r"^[(（]?(?:\d+(?:[.\-]\d+)*|[一二三四五六七八九十]+)[)）、.．]?$")

SHORTEST_NAME = 3
"""Characters; what is shorter may be the end of several names."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What a page break did to a table.

    `continued` maps the index of a lower cell to the index of the upper cell that it goes on with;
    `is_row_cut` says that the whole first row below is the rest of the last row above.
    """

    is_row_cut: bool
    continued: dict[int, int]


def judge_cut(upper: GrowingTable, lower: TablePart, columns_match: bool) -> Cut:
    """Decide for the first row of `lower` whether and with what it goes on.

    Both parts count columns alike. Only cells that reach the end of `upper` and cells that begin
    `lower` can be one.
    """
    top = [i for i, cell in enumerate(lower.cells) if cell.row == 0]
    above = {(upper.cells[i].col, upper.cells[i].col_span): i for i in upper.list_open()}
    pairs = {
        i: above[key]
        for i in top
        if (key := (lower.cells[i].col, lower.cells[i].col_span)) in above
    }
    is_whole = columns_match and len(pairs) == len(top)
    is_open = {i: upper.cells[u].col in upper.open_below for i, u in pairs.items()}
    if any(is_open.values()) and not all(is_open.values()):
        # This producer closes what is finished and leaves open what goes on.
        going_on = {
            i: u
            for i, u in pairs.items()
            if is_open[i]
            and not (
                lower.cells[i].text and _is_cell_of_its_own(upper.cells[u], lower.cells[i], upper)
            )
        }
        return Cut(False, going_on)
    if is_whole and is_row_cut(upper, lower, pairs, all(is_open.values())):
        return Cut(True, pairs)
    return Cut(False, find_continued_group(upper, lower, pairs))


# --- a row cut in two ---------------------------------------------------------------------------


def is_row_cut(upper: GrowingTable, lower: TablePart, pairs: dict[int, int], is_open: bool) -> bool:
    """Whether the first row of `lower` is the rest of the last row of `upper`.

    Every text below must stand under one that could have been cut, and something must speak for the
    cut: the row above has no border below (`is_open`), filled cells stand above empty ones, or a
    sentence stops in the middle at a full line.
    """
    filled = [(upper.cells[u], lower.cells[i]) for i, u in pairs.items() if lower.cells[i].text]
    if not filled:
        return True  # an empty strip of the row above
    last_row = [upper.cells[u] for u in pairs.values()]
    if not any(cell.text for cell in last_row if cell.row == upper.n_rows - 1):
        # The break left an empty strip of the row on the page above.
        return all(
            not above.text or _is_mid_sentence(above, below, upper) for above, below in filled
        )
    deepest = max((len(cell.lines) for cell in last_row if cell.row_span == 1), default=0)
    if not all(_could_be_cut(above, below, deepest, upper) for above, below in filled):
        return False
    if is_open or _leaves_filled_columns_empty(upper, lower, pairs):
        return True
    if any(_is_finished(above, below, upper) for above, below in filled):
        return False
    return any(_is_mid_sentence(above, below, upper) for above, below in filled)


def _could_be_cut(above: Cell, below: Cell, deepest: int, upper: GrowingTable) -> bool:
    """Whether `below` may be the rest of `above`, in a row whose deepest cell has so many lines."""
    if not above.text or _is_cell_of_its_own(above, below, upper):
        return False
    # A merged cell has its own height; others must have filled the row down to the break.
    return above.row_span > 1 or len(above.lines) >= deepest - 1


def _is_cell_of_its_own(above: Cell, below: Cell, upper: GrowingTable) -> bool:
    """Whether the text below cannot be the rest of the text above, whatever the borders say."""
    if _completes_count(above, below, upper):
        return False
    if simplify(above.text) == simplify(below.text):
        return True
    if _starts_with_same_sign(above.text, below.text):
        return True
    if not above.text or _is_broken_number(above.text):
        return False
    if _NUMBER_KEY.match(simplify(below.text)):
        return True
    return is_quantity(above.text) and is_quantity(below.text)


def _completes_count(above: Cell, below: Cell, upper: GrowingTable) -> bool:
    """Whether two digits make the number that is due in a column that counts its lines.

    A narrow column may break `22` after its first digit, and the page may end there.
    """
    first, rest = simplify(above.text), simplify(below.text)
    if not (first.isdecimal() and rest.isdecimal()):
        return False
    earlier = (simplify(cell.text) for cell in upper.walk_up(above.col) if cell.row < above.row)
    before = next(earlier, "")
    if not before.isdecimal():
        return False
    due = (int(before), int(before) + 1)
    return int(first) not in due and int(first + rest) in due


def _is_finished(above: Cell, below: Cell, upper: GrowingTable) -> bool:
    """The text above ends a sentence with room to spare, and no numbered item follows below."""
    text = above.text.rstrip()
    return (
        text[-1] in "。！？"
        and not _is_full(above, below, upper)
        and not starts_item(below.text, after=text)
    )


def _is_broken_number(text: str) -> bool:
    """A narrow column may cut even `10.2` after its point."""
    return simplify(text)[-1:] in (".", "-", "(")


def _starts_with_same_sign(above: str, below: str) -> bool:
    """Both texts open with the same sign, such as the star before a lead body: each is a cell."""
    first, second = simplify(above)[:1], simplify(below)[:1]
    return bool(first) and first == second and unicodedata.category(first).startswith("S")


def _is_mid_sentence(above: Cell, below: Cell, upper: GrowingTable) -> bool:
    """The text above stops without an end mark, at a line with no room for the next word."""
    return bool(above.text) and not ends_sentence(above.text) and _is_full(above, below, upper)


def _is_full(above: Cell, below: Cell, upper: GrowingTable) -> bool:
    """Whether the next word would not have fitted at the end of the text above.

    Without a layout (Word) nobody can tell, so it does not speak for a cut.
    """
    return has_room_below(above, below, upper.padding_pt) is False


def _leaves_filled_columns_empty(
    upper: GrowingTable, lower: TablePart, pairs: dict[int, int]
) -> bool:
    """A column that is filled in every row, empty below: the row below is not a row of its own."""
    for i, u in pairs.items():
        above, below = upper.cells[u], lower.cells[i]
        if below.text or not above.text or above.row_span > 1 or below.row_span > 1:
            continue
        filled, total = upper.count_filled(above.col)
        if total > 2 and filled > 0.9 * total:
            return True
    return False


# --- a merged group cut between two of its rows --------------------------------------------------


def find_continued_group(
    upper: GrowingTable, lower: TablePart, pairs: dict[int, int]
) -> dict[int, int]:
    """Cells of a new first row that go on with a merged cell above, as lower index → upper index.

    Only key columns do so: the first column, and columns in which cells are merged over rows. A
    blank key goes on; a key with text goes on when the text above is plainly unfinished. Figures
    never do.
    """
    key_columns = upper.find_key_columns() | {
        cell.col for cell in lower.cells if is_merged_key(cell)
    }
    continued: dict[int, int] = {}
    is_leading = True  # every column further left goes on
    filled = [lower.cells[i] for i in pairs if lower.cells[i].text]
    if not filled:
        return continued
    in_words = [cell for cell in filled if not is_quantity(cell.text)]
    only = in_words[0] if len(in_words) == 1 else None
    for i in sorted(pairs, key=lambda index: lower.cells[index].col):
        above, below = upper.cells[pairs[i]], lower.cells[i]
        is_number_key = is_leading and _NUMBER_KEY.match(simplify(above.text)) is not None
        is_key = below.col == 0 or is_number_key or below.col in key_columns
        if is_quantity(above.text) and not (is_number_key or below.col == 0):
            goes_on = False
        elif below.text:
            # A merged lead body may be cut too, but only in a group that goes on.
            may_go_on = is_leading or (is_key and bool(continued))
            goes_on = (
                may_go_on
                and not _is_known_name(below, upper)
                and is_unfinished(above, below, upper, is_merged=is_key, is_alone=below is only)
            )
        else:
            goes_on = is_key and (bool(above.text) or above.row_span > 1 or below.row_span > 1)
        if goes_on:
            continued[i] = pairs[i]
        else:
            is_leading = False
    return continued


def _is_known_name(below: Cell, upper: GrowingTable) -> bool:
    """Whether the text below also stands in a cell above it: a name, and a whole one."""
    text = simplify(below.text)
    return len(text) >= SHORTEST_NAME and upper.has_name(below.col, text)


def is_unfinished(
    above: Cell, below: Cell, upper: GrowingTable, *, is_merged: bool, is_alone: bool = False
) -> bool:
    """Whether a text was cut between two rows: it stops in mid-sentence or before its figure.

    Where titles carry the figure of their row (`加装电梯 1000 台` beside `1000 台`), one without
    its figure is not at its end when the text below brings one, and one with its figure is at its
    end. A full last line alone speaks for a cut only in columns that are merged over rows
    (`is_merged`); in the first column not even there, because short categories fill their lines by
    chance, but an open bracket or a missing number does. Where the text below is the only one of
    its row beside figures (`is_alone`), all other keys go on, and so does it.
    """
    if not above.text or ends_sentence(above.text) or _is_cell_of_its_own(above, below, upper):
        return False
    if is_alone and below.col > 0 and _is_mid_sentence(above, below, upper):
        return True
    own = upper.find_figures(above)
    if mentions(above.text, own):
        return False
    is_trusted = above.col > 0 or _has_open_bracket(above.text) or _lacks_number(below, upper)
    if is_merged and is_trusted and _is_mid_sentence(above, below, upper):
        return True
    if not own or not has_digits(below.text):
        return False
    if mentions(below.text, own):
        return True
    beside_figures, naming_them = upper.count_titles(above.col)
    return bool(beside_figures) and naming_them >= 0.5 * beside_figures


def _has_open_bracket(text: str) -> bool:
    return any(text.count(first) > text.count(last) for first, last in ("“”", "（）", "()", "《》"))


def _lacks_number(below: Cell, upper: GrowingTable) -> bool:
    """The column numbers its texts (`四、…`) and the text below has no number."""
    texts = (cell.text for cell in upper.walk_texts_up(below.col) if cell.row > 0)
    last = list(islice(texts, 3))
    return len(last) > 1 and all(map(has_item_start, last)) and not has_item_start(below.text)

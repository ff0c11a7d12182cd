"""Room at the end of a cell's text: what would still have fitted there, and what therefore goes on.

Belongs here: measuring cells on either side of a page break, and joining their lines. Does not
belong here: whether two cells are one (`continuation`).
"""

from __future__ import annotations

from extractors.lines import ends_sentence, find_first_run, measure_slack, starts_item
from extractors.records import Box, Cell, Line


def join_cell_lines(above: Cell, below: Cell, padding: float, is_row_cut: bool) -> tuple[Line, ...]:
    """Lines of a cut cell, with the line before the break told apart as wrapped or broken.

    In a cut row the room at the line's end decides, as inside a page. A merged cell that goes on
    in a new row was cut by hand between two rows, so there only an end mark speaks for a break.
    """
    if not above.lines or not below.lines:
        return above.lines or below.lines
    last = above.lines[-1]
    has_room = has_room_below(above, below, padding) if is_row_cut else None
    wraps = not ends_sentence(last.text) if has_room is None else not has_room
    wraps = wraps and not starts_item(below.lines[0].text, after=last.text.rstrip())
    return (*above.lines[:-1], Line(last.text, last.page, last.boxes, wraps), *below.lines)


def has_room_below(above: Cell, below: Cell, padding: float) -> bool | None:
    """Whether the first word of `below` would have fitted after `above`; None without a layout."""
    room = measure_room_below(above, padding)
    if room is None:
        return None
    need, size = measure_start(below)
    before, after = above.lines[-1].text.rstrip(), below.lines[0].text.lstrip()
    last = above.lines[-1]
    spaces = last.boxes[len(last.text.rstrip()) :]
    if spaces:
        need += min(max(spaces[-1][2] - spaces[0][0], 0.0), size)
    return room >= need + measure_slack(before, after, size)


def measure_room_below(cell: Cell, padding: float) -> float | None:
    """Points left at the end of a cell's last line; None where no page is laid out."""
    if cell.box is None or not cell.lines or not cell.lines[-1].boxes:
        return None
    boxes = [box for line in cell.lines for box in _seen_boxes(line)]
    last = _seen_boxes(cell.lines[-1])
    if not last:
        return None
    left = min(box[0] for box in boxes)
    width = max(box[2] for box in last) - min(box[0] for box in last)
    is_centred = (
        len(cell.lines) == 1
        and abs((left - cell.box[0]) - (cell.box[2] - max(box[2] for box in boxes))) < 2.0
    )
    if is_centred:
        return cell.box[2] - cell.box[0] - 2 * padding - width
    return max(cell.box[2] - padding, *(box[2] for box in boxes)) - max(box[2] for box in last)


def measure_start(cell: Cell) -> tuple[float, float]:
    """Width of a cell's first word with the marks that cling to it, and type size, in points."""
    line = cell.lines[0]
    pairs = [
        (character, box)
        for character, box in zip(line.text, line.boxes, strict=False)
        if not character.isspace()
    ]
    if not pairs:
        return (0.0, 0.0)
    size = pairs[0][1][3] - pairs[0][1][1]
    end = find_first_run([character for character, _ in pairs])
    return (pairs[end][1][2] - pairs[0][1][0], size)


def _seen_boxes(line: Line) -> list[Box]:
    return [
        box
        for character, box in zip(line.text, line.boxes, strict=False)
        if not character.isspace()
    ]

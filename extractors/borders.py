"""Rules → the borders of each table of a page: straight, whole, and closed where offices leave off.

The journey: rules → straightened (doubled and dashed borders become one rule) → groups that touch →
groups that only a merged row keeps apart joined → open frames closed. Does not belong here: the
cells that the borders enclose (`lattice`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.drawing import Rule


@dataclass(frozen=True, slots=True)
class LatticeSettings:
    """Distances in points; shares from 0 to 1."""

    snap_pt: float = 3.0
    """Rules closer than this are one rule: doubled borders, borders drawn by both neighbours."""
    join_pt: float = 3.5
    """Gap that a rule may have and still be one: dashes, borders drawn cell by cell."""
    cover_share: float = 0.55
    """How much of a slot's side must be ruled for the side to be a border."""
    least_side_pt: float = 4.0
    """Rules and cells shorter than this are ornament."""
    merged_row_pt: float = 30.0
    """A row merged across a table without outer borders is no higher than this."""


DEFAULT_SETTINGS = LatticeSettings()


def straighten_rules(rules: Iterable[Rule], settings: LatticeSettings) -> list[Rule]:
    """Parallel rules that nearly coincide get one position; collinear pieces are joined."""
    straight: list[Rule] = []
    for is_horizontal in (True, False):
        same_way = [rule for rule in rules if rule.is_horizontal is is_horizontal]
        positions = cluster_positions([rule.at for rule in same_way], settings.snap_pt)
        rows: dict[float, list[Rule]] = {}
        for rule in same_way:
            rows.setdefault(positions[rule.at], []).append(rule)
        for at, pieces in rows.items():
            straight.extend(_join_pieces(is_horizontal, at, pieces, settings))
    return straight


def cluster_positions(values: Sequence[float], tolerance: float) -> dict[float, float]:
    """Each value → the middle of the cluster that it belongs to."""
    clustered: dict[float, float] = {}
    cluster: list[float] = []
    for value in [*sorted(set(values)), float("inf")]:
        if cluster and value - cluster[0] > tolerance:
            middle = (cluster[0] + cluster[-1]) / 2
            clustered.update(dict.fromkeys(cluster, middle))
            cluster = []
        cluster.append(value)
    return clustered


def _join_pieces(
    is_horizontal: bool, at: float, pieces: list[Rule], settings: LatticeSettings
) -> list[Rule]:
    joined: list[Rule] = []
    start = end = 0.0
    for index, piece in enumerate(sorted(pieces, key=lambda rule: rule.start)):
        if index and piece.start <= end + settings.join_pt:
            end = max(end, piece.end)
            continue
        if index:
            joined.append(Rule(is_horizontal, at, start, end))
        start, end = piece.start, piece.end
    joined.append(Rule(is_horizontal, at, start, end))
    return [rule for rule in joined if rule.end - rule.start >= settings.least_side_pt]


def group_touching(rules: Sequence[Rule], tolerance: float) -> list[list[Rule]]:
    """Rules that cross or touch, directly or through others, belong to one table."""
    horizontal = [index for index, rule in enumerate(rules) if rule.is_horizontal]
    vertical = [index for index, rule in enumerate(rules) if not rule.is_horizontal]
    parents = list(range(len(rules)))

    def find_root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for h in horizontal:
        for v in vertical:
            if (
                rules[h].start - tolerance <= rules[v].at <= rules[h].end + tolerance
                and rules[v].start - tolerance <= rules[h].at <= rules[v].end + tolerance
            ):
                parents[find_root(h)] = find_root(v)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(find_root(index), []).append(rule)
    return list(groups.values())


def join_side_rules(groups: list[list[Rule]], settings: LatticeSettings) -> list[list[Rule]]:
    """Put vertical rules that touch nothing with the table beside them, where they run as it does.

    The leading cells of a table may be merged over more than a page. On such a page no horizontal
    rule reaches their sides, which then begin and end where the table's other vertical rules do.
    """
    tables = [list(group) for group in groups if any(rule.is_horizontal for rule in group)]
    apart: list[list[Rule]] = []
    for group in groups:
        if any(rule.is_horizontal for rule in group):
            continue
        home = next((table for table in tables if _runs_beside(group, table, settings)), None)
        if home is None:
            apart.append(group)
        else:
            home.extend(group)
    return [*tables, *apart]


def _runs_beside(group: list[Rule], table: list[Rule], settings: LatticeSettings) -> bool:
    upright = [rule for rule in table if not rule.is_horizontal]
    if len(upright) < 2:
        return False
    start, end = min(rule.start for rule in upright), max(rule.end for rule in upright)
    return all(
        abs(rule.start - start) <= settings.snap_pt and abs(rule.end - end) <= settings.snap_pt
        for rule in group
    )


def join_open_groups(groups: list[list[Rule]], settings: LatticeSettings) -> list[list[Rule]]:
    """Join groups of a table without outer borders that only a merged row keeps apart.

    A row that is one cell across such a table has no vertical rule at all, so nothing ties the rows
    above it to those below. They are one table when the columns agree and the row is low.
    """
    joined: list[list[Rule]] = []
    for group in sorted(groups, key=lambda group: min(rule.at for rule in _across(group))):
        if joined and _goes_on_below(joined[-1], group, settings):
            joined[-1] = joined[-1] + group
        else:
            joined.append(group)
    return joined


def _across(group: list[Rule]) -> list[Rule]:
    return [rule for rule in group if rule.is_horizontal] or group


def _goes_on_below(upper: list[Rule], lower: list[Rule], settings: LatticeSettings) -> bool:
    gap = min(rule.at for rule in _across(lower)) - max(rule.at for rule in _across(upper))
    if not 0 < gap <= settings.merged_row_pt:
        return False
    sides: list[list[float]] = []
    for group in (upper, lower):
        flat = [rule for rule in group if rule.is_horizontal]
        if not flat:
            return False
        left, right = min(rule.start for rule in flat), max(rule.end for rule in flat)
        columns = sorted({rule.at for rule in group if not rule.is_horizontal})
        if columns and (
            columns[0] - left <= settings.snap_pt or right - columns[-1] <= settings.snap_pt
        ):
            return False
        sides.append([left, *columns, right])
    above, below = sides
    if len(above) == len(below) == 2:
        return False  # bare rules make no table
    if 2 in (len(above), len(below)):
        # One rule closes a merged row that is the first or the last of its page.
        above, below = [above[0], above[-1]], [below[0], below[-1]]
    return len(above) == len(below) and all(
        abs(a - b) <= settings.snap_pt for a, b in zip(above, below, strict=True)
    )


def close_frame(group: list[Rule], settings: LatticeSettings) -> tuple[list[Rule], list[float]]:
    """The rules with the outer borders that a table leaves open, where its rules end at one line.

    Many offices print tables without left and right borders: the horizontal rules then run past the
    outermost vertical ones and end together. Two of them must agree, or several rules cross the one
    there is (a part of two rows): a stray line that only touches must not do. A table open above or
    below gets no rule but, second in the result, the height at which it ends: that a page break
    left its cells open must not be forgotten.
    """
    closed = list(group)
    ends: list[float] = []
    for is_horizontal in (True, False):
        along = [rule for rule in group if rule.is_horizontal is is_horizontal]
        across = [rule.at for rule in group if rule.is_horizontal is not is_horizontal]
        if not along or not across:
            continue
        for outer, is_first in (
            (min(rule.start for rule in along), True),
            (max(rule.end for rule in along), False),
        ):
            edge = min(across) if is_first else max(across)
            beyond = edge - outer if is_first else outer - edge
            agreeing = [
                rule
                for rule in along
                if abs((rule.start if is_first else rule.end) - outer) <= settings.snap_pt
            ]
            if beyond <= settings.least_side_pt:
                continue
            if len(agreeing) < 2 and not _is_crossed(agreeing[0], group, settings):
                continue
            if is_horizontal:
                # Vertical rules may run on to the page's end where the last row is cut.
                upright = [rule for rule in group if not rule.is_horizontal]
                start = min([rule.at for rule in agreeing] + [rule.start for rule in upright])
                end = max([rule.at for rule in agreeing] + [rule.end for rule in upright])
                closed.append(Rule(False, outer, start, end))
            else:
                ends.append(outer)
    return closed, ends


def _is_crossed(rule: Rule, group: list[Rule], settings: LatticeSettings) -> bool:
    """Whether several rules of the other direction run on beyond the rule on both sides."""
    crossing = [
        other
        for other in group
        if other.is_horizontal is not rule.is_horizontal
        and other.start + settings.least_side_pt < rule.at < other.end - settings.least_side_pt
        and rule.start <= other.at <= rule.end
    ]
    return len(crossing) > 1

"""Path and image objects of PDFium → rules and pictures, as the reference engine finds them.

Belongs here: subpaths, and which of them are rules. Does not belong here: text (`pdfium_text`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

from extractors import pdfium
from extractors.drawing import Rule
from extractors.printing import THIN_PT, read_straight
from extractors.records import Box

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

SIMPLE_SEGMENTS = 5
"""A path without outline and of no more segments is one shape, which its bounds describe."""
SQUARE_PT = 0.01
"""Corners of a rectangle are level with each other to within this."""

_floats = (ctypes.c_float * 8)()
_FLOATS = ctypes.addressof(_floats)
_mode = (ctypes.c_int * 2)()
_MODE = ctypes.addressof(_mode)


class PathReader:
    """Rules and pictures of one page, in the order in which the reference hands them out."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._lines: list[Rule] = []
        self._rects: list[Rule] = []
        self._curves: list[Rule] = []
        self.pictures: list[Box] = []

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Lines first, then rectangles, then all other shapes."""
        return (*self._lines, *self._rects, *self._curves)

    def add_path(self, handle: int, to_page: Matrix) -> None:
        """The rules of one path; `to_page` leads from its form to the page, y pointing up."""
        pdfium.get_draw_mode(handle, _MODE, _MODE + 4)
        is_stroked = bool(_mode[1])
        if not is_stroked and _mode[0] == pdfium.FILL_NONE:
            return
        count = pdfium.count_segments(handle)
        if not is_stroked and count <= SIMPLE_SEGMENTS:
            x0, top, x1, bottom = self.bound(handle, to_page)
            if bottom - top <= THIN_PT or x1 - x0 <= THIN_PT:
                self._rects.extend(read_straight(x0, top, x1, bottom))
            return
        matrix = multiply(read_matrix(handle), to_page)
        for points in _read_subpaths(handle, count):
            if len(points) > 1:
                self._add_shape(self._place(points, matrix), is_stroked)

    def add_picture(self, handle: int, to_page: Matrix) -> None:
        """The box of an image."""
        self.pictures.append(self.bound(handle, to_page))

    def bound(self, handle: int, to_page: Matrix) -> Box:
        """The bounds of an object on the page, from its top left corner."""
        pdfium.get_bounds(handle, _FLOATS, _FLOATS + 4, _FLOATS + 8, _FLOATS + 12)
        left, bottom, right, top = _floats[:4]
        corners = self._place([(left, bottom), (right, bottom), (right, top), (left, top)], to_page)
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _place(self, points: list[Point], matrix: Matrix) -> list[Point]:
        a, b, c, d, e, f = matrix
        height = self._height
        return [(x * a + y * c + e, height - (x * b + y * d + f)) for x, y in points]

    def _add_shape(self, points: list[Point], is_stroked: bool) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
        is_line = len(points) == 2 or (len(points) == 3 and points[0] == points[2])
        kind = self._lines if is_line else self._rects if _is_rect(points) else self._curves
        if is_line or bottom - top <= THIN_PT or x1 - x0 <= THIN_PT:
            kind.extend(read_straight(x0, top, x1, bottom))
        elif is_stroked and kind is self._rects:
            kind.extend(Rule(True, at, x0, x1) for at in (top, bottom))
            kind.extend(Rule(False, at, top, bottom) for at in (x0, x1))
        elif is_stroked:
            for (ax, ay), (bx, by) in pairwise(points):
                kind.extend(read_straight(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))


def _is_rect(points: list[Point]) -> bool:
    if len(points) != 5:
        return False
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), (x4, y4) = points
    if abs(x0 - x4) > SQUARE_PT or abs(y0 - y4) > SQUARE_PT:
        return False
    return all(abs(gap) <= SQUARE_PT for gap in (x0 - x1, y1 - y2, x2 - x3, y3 - y0)) or all(
        abs(gap) <= SQUARE_PT for gap in (y0 - y1, x1 - x2, y2 - y3, x3 - x0)
    )


def _read_subpaths(handle: int, count: int) -> Iterator[list[Point]]:
    """End points of the segments of each subpath; a closed one ends where it began."""
    points: list[Point] = []
    bezier = 0
    for index in range(count):
        segment = pdfium.get_segment(handle, index)
        kind = pdfium.get_segment_type(segment)
        if kind == pdfium.BEZIER_TO:
            bezier = (bezier + 1) % 3
            if bezier:
                continue  # a control point
        pdfium.get_segment_point(segment, _FLOATS, _FLOATS + 4)
        point = (_floats[0], _floats[1])
        if kind == pdfium.MOVE_TO:
            if points:
                yield points
            points = [point]
        else:
            points.append(point)
        if pdfium.is_segment_closing(segment) and points[-1] != points[0]:
            points.append(points[0])
    if points:
        yield points


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    a2, b2, c2, d2, e2, f2 = second
    return (
        a * a2 + b * c2,
        a * b2 + b * d2,
        c * a2 + d * c2,
        c * b2 + d * d2,
        e * a2 + f * c2 + e2,
        e * b2 + f * d2 + f2,
    )


def read_matrix(handle: int) -> Matrix:
    """The matrix of a page object."""
    pdfium.get_matrix(handle, _FLOATS)
    a, b, c, d, e, f = _floats[:6]
    return a, b, c, d, e, f

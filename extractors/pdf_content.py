"""What a page's content stream draws, in outline: texts, fills, pictures and their order.

Belongs here: splitting a content stream into text objects and graphics, and following the matrix,
the clip and the resources that they name. Words and exact shapes are the engine's business; this
tells where a closer look is needed, at a cost of a fraction of a millisecond. Source of the
operators: ISO 32000-1, annex A. Does not belong here: what is told of it (`pdf_losses`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Dictionary, Stream

from extractors.pdf_objects import inflate, read_box
from extractors.pdf_operands import (
    IDENTITY,
    Matrix,
    read_form_matrix,
    read_hex,
    read_literal,
    read_matrix,
    read_number,
    read_numbers,
    read_pair,
)

Rectangle = tuple[float, float, float, float]
"""x0, y0, x1, y1 in the page's own units, y upwards."""

EVERYWHERE: Rectangle = (-1e9, -1e9, 1e9, 1e9)
CODE_WIDTH = 0.4
"""Estimated width of a byte of text, in units of the font's size: most fonts take two a sign."""
_STRING = rb"\((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*+\))*+\)"
_TEXT_OBJECT = re.compile(
    rb"(?<![^\s\])>])BT(?=[\s/(<\[-])((?:[^()E]|%s|E(?!T(?![^\s/\[(<])))*+)ET(?![^\s/\[(<])"
    % _STRING,
    re.DOTALL,
)
_INLINE_PICTURE = re.compile(rb"(?<!\S)BI(?=[\s/])(.*?)(?<=\s)ID\s.*?\sEI(?!\S)", re.DOTALL)
_TEXT_PART = re.compile(
    rb"/([^\s()<>\[\]{}/%%]+)\s+([-+.\d]+)\s+Tf"
    rb"|(%s)|<([0-9A-Fa-f\s]*)>(?!>)"
    rb"|((?:[-+.\d]+\s+){1,6})(T[mdDrzL]|[rR]g|g)(?![\w*])"
    rb"|(T\*|/OC\s+/[^\s/]+\s+BDC|BDC|BMC|EMC)(?!\w)"
    rb"|<<(?:[^<>()]|%s|<[^<>]*>|<<[^<>]*>>)*+>>" % (_STRING, _STRING),
    re.DOTALL,
)
_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})


@dataclass(slots=True)
class ShownText:
    """One string that is shown: font, raw codes, where it begins and about ends, in which state.

    Widths are not looked up: the end, and the beginning of all but the first string of an array,
    are estimates. `mode` is the text rendering mode; `clip` is what bounds it; `is_optional` says
    that a layer may hide it.
    """

    font: Any
    codes: bytes
    x: float
    y: float
    end_x: float
    end_y: float
    size: float
    mode: int
    clip: Rectangle
    is_optional: bool


@dataclass(slots=True)
class Sketch:
    """What a page draws: texts, fills and pictures, each with its place in the order."""

    texts: list[tuple[int, ShownText]] = field(default_factory=list)
    fills: list[tuple[int, Rectangle]] = field(default_factory=list)
    pictures: list[tuple[int, Rectangle]] = field(default_factory=list)
    outlines: list[Rectangle] = field(default_factory=list)
    """Filled shapes with curves."""
    missing: list[str] = field(default_factory=list)
    """Names of fonts and forms that the page uses and does not have."""
    patterns: list[Any] = field(default_factory=list)
    """Tiling patterns that fill something."""
    drawn: int = 0
    """How much was drawn so far; what is drawn later covers what was drawn before."""


@dataclass(slots=True)
class _State:
    """What a stream may change as it goes on, and take back."""

    matrix: Matrix = IDENTITY
    clip: Rectangle = EVERYWHERE
    font: Any = None
    size: float = 0.0
    mode: int = 0
    leading: float = 0.0

    def copy(self) -> _State:
        """The state as it is now."""
        return _State(self.matrix, self.clip, self.font, self.size, self.mode, self.leading)


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)  # fmt: skip


def bound(box: Rectangle, matrix: Matrix) -> Rectangle:
    """The upright rectangle around a box after the matrix."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    xs = (a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1)
    ys = (b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1)
    return min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f


def intersect(first: Rectangle, second: Rectangle) -> Rectangle:
    """What two rectangles share; empty (x1 <= x0) where nothing."""
    return (max(first[0], second[0]), max(first[1], second[1]),
            min(first[2], second[2]), min(first[3], second[3]))  # fmt: skip


def sketch_content(content: bytes, resources: Any) -> Sketch:
    """Follow a page's content stream, and the forms that it draws."""
    sketch = Sketch()
    _Walk(sketch, resources, _State()).follow(content)
    return sketch


class _Walk:
    """One content stream on its way: a stack of states, the path at hand, open layers."""

    def __init__(
        self, sketch: Sketch, resources: Any, state: _State, forms: tuple[tuple[int, int], ...] = ()
    ) -> None:
        self.sketch = sketch
        self.resources = resources
        self.state = state
        self.forms = forms
        self.stack: list[_State] = []
        self.layers: list[bool] = [False]
        self.fonts: dict[bytes, Any] = {}
        self.path: list[Rectangle] = []
        self.points: list[tuple[float, float]] = []
        self.has_curve = False
        self.clips = False
        self.pattern: Any = None
        self.handlers = self._list_handlers()

    def _list_handlers(self) -> dict[bytes, Callable[[list[bytes]], None]]:
        handlers: dict[bytes, Callable[[list[bytes]], None]] = {
            b"q": self._save, b"Q": self._restore, b"cm": self._transform,
            b"re": self._add_rectangle, b"m": self._add_point, b"l": self._add_point,
            b"c": self._add_curve, b"v": self._add_curve, b"y": self._add_curve,
            b"W": self._mark_clip, b"W*": self._mark_clip, b"Do": self._draw_named,
            b"BDC": self._open_layer, b"BMC": self._open_layer, b"EMC": self._close_layer,
            b"scn": self._set_pattern, b"cs": self._set_pattern, b"g": self._set_color,
            b"rg": self._set_color, b"k": self._set_color, b"sc": self._set_color,
            b"Tf": self._set_font, b"Tr": self._set_mode, b"TL": self._set_leading,
        }  # fmt: skip
        for operator in _FILLS:
            handlers[operator] = self._fill
        for operator in (b"n", b"S", b"s"):
            handlers[operator] = self._end_path
        return handlers

    def follow(self, content: bytes) -> None:
        """Read the whole stream: graphics and text objects by turns."""
        if b"%" in content:
            content = _drop_comments(content)
        if b"BI" in content:
            # A picture within the content is drawn like a named one; its bytes must not be read.
            content = _INLINE_PICTURE.sub(b" /\xff Do ", content)
        for index, piece in enumerate(_TEXT_OBJECT.split(content)):
            if index % 2:
                self._follow_text(piece)
            else:
                self._follow_graphics(piece)

    # --- graphics

    def _follow_graphics(self, piece: bytes) -> None:
        find = self.handlers.get
        operands: list[bytes] = []
        # A name or an array may follow, or be followed, without a blank.
        spaced = piece.replace(b"/", b" /").replace(b"[", b" [ ").replace(b"]", b" ] ")
        for token in spaced.split():
            handle = find(token)
            if handle is None:
                # Operators that are of no interest stay too: only the last operands are taken.
                operands.append(token)
            else:
                handle(operands)
                operands.clear()

    def _save(self, operands: list[bytes]) -> None:
        self.stack.append(self.state.copy())

    def _restore(self, operands: list[bytes]) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def _transform(self, operands: list[bytes]) -> None:
        self.state.matrix = multiply(read_matrix(operands), self.state.matrix)

    def _add_point(self, operands: list[bytes]) -> None:
        self.points.append(read_pair(operands))

    def _add_curve(self, operands: list[bytes]) -> None:
        self.has_curve = True
        self.points.append(read_pair(operands))

    def _mark_clip(self, operands: list[bytes]) -> None:
        self.clips = True

    def _open_layer(self, operands: list[bytes]) -> None:
        self.layers.append(self.layers[-1] or b"/OC" in operands)

    def _close_layer(self, operands: list[bytes]) -> None:
        if len(self.layers) > 1:
            self.layers.pop()

    def _set_color(self, operands: list[bytes]) -> None:
        self.pattern = None

    def _set_pattern(self, operands: list[bytes]) -> None:
        self.pattern = None
        if operands and operands[-1][:1] == b"/":
            found = _look_up(self.resources, "/Pattern", operands[-1].decode("latin-1"))
            self.pattern = found if isinstance(found, Stream) else None

    def _set_font(self, operands: list[bytes]) -> None:
        if len(operands) >= 2:
            self._use_font(operands[-2][1:], operands[-1])

    def _set_mode(self, operands: list[bytes]) -> None:
        self.state.mode = int(read_numbers(operands, 1)[0])

    def _set_leading(self, operands: list[bytes]) -> None:
        self.state.leading = read_numbers(operands, 1)[0]

    def _add_rectangle(self, operands: list[bytes]) -> None:
        x, y, width, height = read_numbers(operands, 4)
        self.path.append((min(x, x + width), min(y, y + height),
                          max(x, x + width), max(y, y + height)))  # fmt: skip

    def _take_path(self) -> list[Rectangle]:
        """The boxes of the path at hand; it ends here, and bounds what follows if it shall."""
        boxes = self.path
        if self.points:
            boxes.append(_hull([(x, y, x, y) for x, y in self.points]))
        state = self.state
        if self.clips:
            state.clip = intersect(state.clip, bound(_hull(boxes), state.matrix))
        self.path, self.points, self.clips = [], [], False
        return boxes

    def _end_path(self, operands: list[bytes]) -> None:
        self._take_path()
        self.has_curve = False

    def _fill(self, operands: list[bytes]) -> None:
        clip, matrix = self.state.clip, self.state.matrix
        boxes = self._take_path()
        for box in boxes:
            self.sketch.fills.append((self._order(), intersect(bound(box, matrix), clip)))
        if self.has_curve and boxes:
            self.sketch.outlines.append(bound(boxes[-1], matrix))
        if self.pattern is not None:
            self.sketch.patterns.append(self.pattern)
        self.has_curve = False

    def _order(self) -> int:
        self.sketch.drawn += 1
        return self.sketch.drawn

    def _draw_named(self, operands: list[bytes]) -> None:
        name = operands[-1].decode("latin-1") if operands else ""
        square = intersect(bound((0.0, 0.0, 1.0, 1.0), self.state.matrix), self.state.clip)
        if name == "/\xff":
            self.sketch.pictures.append((self._order(), square))
            return
        thing = _look_up(self.resources, "/XObject", name)
        if not isinstance(thing, Stream):
            self.sketch.missing.append(name)
        elif thing.get("/Subtype") == "/Image":
            self.sketch.pictures.append((self._order(), square))
        elif thing.get("/Subtype") == "/Form" and thing.objgen not in self.forms:
            self._draw_form(thing)

    def _draw_form(self, form: Any) -> None:
        state = self.state.copy()
        state.matrix = multiply(read_form_matrix(form), state.matrix)
        box = read_box(form.get("/BBox"))
        if box is not None:
            state.clip = intersect(state.clip, bound(box, state.matrix))
        resources = form.get("/Resources")
        if not isinstance(resources, Dictionary):
            resources = self.resources
        walk = _Walk(self.sketch, resources, state, (*self.forms, form.objgen))
        walk.layers[0] = self.layers[-1] or form.get("/OC") is not None
        walk.follow(inflate(form))

    def _use_font(self, name: bytes, size: bytes) -> None:
        if name not in self.fonts:
            found = _look_up(self.resources, "/Font", f"/{name.decode('latin-1')}")
            self.fonts[name] = found if isinstance(found, Dictionary) else name
        self.state.font = self.fonts[name]
        self.state.size = read_number(size)

    # --- text

    def _follow_text(self, piece: bytes) -> None:
        line: Matrix = IDENTITY
        advance = 0.0
        state = self.state
        for found in _TEXT_PART.finditer(piece):
            match found.lastindex:
                case 3:
                    advance += self._show(read_literal(found[3]), line, advance)
                case 4:
                    advance += self._show(read_hex(found[4]), line, advance)
                case 2:
                    self._use_font(found[1], found[2])
                case 6:
                    moved = self._move(found[6], found[5].split(), line)
                    if moved is not line:
                        line, advance = moved, 0.0
                case 7 if found[7] == b"T*":
                    line, advance = multiply((1, 0, 0, 1, 0, -state.leading), line), 0.0
                case 7:
                    self.handlers[found[7][-3:]](found[7].split())

    def _move(self, operator: bytes, operands: list[bytes], line: Matrix) -> Matrix:
        if operator == b"Tm":
            return read_matrix(operands)
        if operator in (b"Td", b"TD"):
            x, y = read_pair(operands)
            if operator == b"TD":
                self.state.leading = -y
            return multiply((1, 0, 0, 1, x, y), line)
        handle = self.handlers.get(operator)
        if handle is not None:
            handle(operands)
        return line

    def _show(self, codes: bytes, line: Matrix, advance: float) -> float:
        """Note the string; returns about how far it reaches along its line."""
        state = self.state
        if not codes:
            return 0.0
        if isinstance(state.font, bytes):
            self.sketch.missing.append(f"/{state.font.decode('latin-1')}")
        a, b, c, d, x, y = multiply(line, state.matrix)
        size = state.size * max(abs(c), abs(d))
        width = len(codes) * state.size * CODE_WIDTH
        end = advance + width
        self.sketch.texts.append(
            (
                self._order(),
                ShownText(
                    state.font, codes, x + a * advance, y + b * advance, x + a * end, y + b * end,
                    size, state.mode, state.clip, self.layers[-1],
                ),
            )
        )  # fmt: skip
        return width


def _hull(boxes: list[Rectangle]) -> Rectangle:
    if not boxes:
        return (0.0, 0.0, 0.0, 0.0)
    return (min(b[0] for b in boxes), min(b[1] for b in boxes),
            max(b[2] for b in boxes), max(b[3] for b in boxes))  # fmt: skip


def _drop_comments(content: bytes) -> bytes:
    """The content without comments; a percent sign within a string is none."""
    return re.sub(
        rb"(%s)|%%[^\r\n]*" % _STRING, lambda m: m[1] if m[1] is not None else b" ", content
    )


def _look_up(resources: Any, kind: str, name: str) -> Any:
    held = resources.get(kind) if isinstance(resources, Dictionary) else None
    if not isinstance(held, Dictionary):
        return None
    try:
        return held.get(re.sub(r"#([0-9A-Fa-f]{2})", lambda m: chr(int(m[1], 16)), name))
    except (ValueError, TypeError):
        return None

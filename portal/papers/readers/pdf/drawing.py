"""Rules, shades and pictures of a page, as PDFium gives its objects."""

import ctypes
import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

from portal.papers.readers.pdf.frames import Frame
from portal.papers.readers.pdf.model import Box, Picture, Rule

MOST_OBJECTS, MOST_POINTS = 30_000, 120_000
_THIN, _SHORTEST = 3.2, 6.0

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawing:
    """`level` and `upright` rules; `shades` filled areas with how dark they are (0 black … 255 white).

    `doubled`: where letters are drawn twice, hardly aside, to look bold.
    """

    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    shades: list[tuple[Box, float]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    points: int = 0
    text_before_picture: bool = False
    doubled: list[Box] = field(default_factory=list)

    def is_dark(self, box: Box) -> bool:
        """Whether what is drawn behind a place lets white letters be seen: the last shade there, or a picture."""
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        shades = [dark for shade, dark in self.shades if shade.holds(x, y)]
        return bool(shades and shades[-1] < 235) or any(picture.box.holds(x, y) for picture in self.pictures)

    def covered(self, sheet: Box) -> float:
        """The share of the sheet that pictures cover, overlaps counted once, on a grid of 20 × 20 points."""
        boxes = [p.box for p in self.pictures if p.box.common(sheet) > 0]
        if not boxes or sheet.area <= 0:
            return 0.0
        places = [((i + 0.5) / 20, (j + 0.5) / 20) for i in range(20) for j in range(20)]
        inside = sum(
            any(box.holds(sheet.x0 + x * sheet.width, sheet.top + y * sheet.height) for box in boxes) for x, y in places
        )
        return inside / len(places)


def drawing_of(page: Any, frame: Frame, number: int) -> Drawing:
    """Everything drawn on the page, but its letters; forms within forms to a depth of four."""
    drawing = Drawing()
    _Looking(frame, drawing, number).objects(
        [raw.FPDFPage_GetObject(page, i) for i in range(min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS))], _SAME, 0
    )
    return drawing


class _Looking:
    def __init__(self, frame: Frame, drawing: Drawing, number: int) -> None:
        self.frame, self.drawing, self.number = frame, drawing, number
        self.seen, self.texts = 0, 0
        self.alike: dict[int, list[Box]] = {}
        self.sheet = Box(0, 0, frame.width, frame.height)

    def objects(self, things: list[Any], outer: Matrix, depth: int) -> None:
        for thing in things:
            self.seen += 1
            if not thing or self.seen > MOST_OBJECTS:
                continue
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.texts += 1
                self._text(thing, depth)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(thing, outer)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._picture(thing, outer, depth)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < 4:
                count = min(raw.FPDFFormObj_CountObjects(thing), MOST_OBJECTS)
                inner = [raw.FPDFFormObj_GetObject(thing, i) for i in range(max(0, count))]
                self.objects(inner, _times(_matrix(thing), outer), depth + 1)

    def _text(self, thing: Any, depth: int) -> None:
        """PDFium gives letters drawn twice only once; that they look bold shows in their boxes alone."""
        sides = [ctypes.c_float() for _ in range(4)]
        if depth or self.texts > 5000 or not raw.FPDFPageObj_GetBounds(thing, *sides):
            return
        box = self.frame.box(*(side.value for side in sides))
        if not all(map(math.isfinite, box)) or box.height <= 0:
            return
        lane, near = int(box.top // 4), 0.12 * box.height
        before = [other for place in (lane - 1, lane, lane + 1) for other in self.alike.get(place, ())[-40:]]
        if any(_is_double(other, box, near) for other in before):
            self.drawing.doubled.append(box)
        self.alike.setdefault(lane, []).append(box)

    def _picture(self, thing: Any, outer: Matrix, depth: int) -> None:
        a, b, c, d, e, f = _times(_matrix(thing), outer)
        corners = [self.frame.point(e + x * a + y * c, f + x * b + y * d) for x in (0, 1) for y in (0, 1)]
        xs, ys = [p[0] for p in corners], [p[1] for p in corners]
        if not all(map(math.isfinite, xs + ys)):
            return
        box = Box(min(xs), min(ys), max(xs), max(ys))
        index = len(self.drawing.pictures)
        if len(self.drawing.pictures) < 2000:
            self.drawing.pictures.append(Picture(box, index if depth == 0 else -1, self.number))
        if self.texts > 10 and box.common(self.sheet) > 0.6 * self.sheet.area:
            self.drawing.text_before_picture = True

    def _path(self, thing: Any, outer: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not raw.FPDFPath_GetDrawMode(thing, fill, stroke) or not (fill.value or stroke.value):
            return
        count = raw.FPDFPath_CountSegments(thing)
        self.drawing.points += max(0, count)
        if count < 2 or self.drawing.points > MOST_POINTS:
            return
        matrix = _times(_matrix(thing), outer)
        for points, is_closed in self._outlines(thing, count, matrix):
            self._outline(thing, points, is_closed, filled=bool(fill.value), stroked=bool(stroke.value))

    def _outlines(self, thing: Any, count: int, matrix: Matrix) -> list[tuple[list[tuple[float, float]], bool]]:
        a, b, c, d, e, f = matrix
        x, y = ctypes.c_float(), ctypes.c_float()
        out: list[tuple[list[tuple[float, float]], bool]] = []
        points: list[tuple[float, float]] = []
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(thing, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            place = self.frame.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            if not all(map(math.isfinite, place)):
                return out
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    out.append((points, False))
                points = [place]
            else:
                points.append(place)
            if raw.FPDFPathSegment_GetClose(segment):
                if len(points) > 1:
                    out.append((points, True))
                points = [points[0]] if points else []
        if len(points) > 1:
            out.append((points, False))
        return out

    def _outline(
        self, thing: Any, points: list[tuple[float, float]], is_closed: bool, *, filled: bool, stroked: bool
    ) -> None:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        if box.height <= _THIN and box.width >= _SHORTEST:
            self.drawing.level.append(Rule((box.top + box.bottom) / 2, box.x0, box.x1))
        elif box.width <= _THIN and box.height >= _SHORTEST:
            self.drawing.upright.append(Rule((box.x0 + box.x1) / 2, box.top, box.bottom))
        elif len(points) <= 6:
            if filled and len(self.drawing.shades) < 400:
                self.drawing.shades.append((box, _darkness(thing)))
            if stroked:
                self._sides([*points, points[0]] if is_closed or filled else points)
        elif stroked:
            self._sides(points)

    def _sides(self, points: list[tuple[float, float]]) -> None:
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ay - by) < 1 and abs(ax - bx) >= _SHORTEST:
                self.drawing.level.append(Rule((ay + by) / 2, min(ax, bx), max(ax, bx)))
            elif abs(ax - bx) < 1 and abs(ay - by) >= _SHORTEST:
                self.drawing.upright.append(Rule((ax + bx) / 2, min(ay, by), max(ay, by)))


def _is_double(first: Box, second: Box, near: float) -> bool:
    """The same size, and hardly but surely aside: what is drawn twice at one place is only drawn twice."""
    same = abs(first.width - second.width) < 0.05 and abs(first.height - second.height) < 0.05
    return same and 0.01 < abs(first.x0 - second.x0) + abs(first.top - second.top) < near


def _darkness(thing: Any) -> float:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha) or alpha.value < 40:
        return 255.0
    return (red.value + green.value + blue.value) / 3


def _matrix(thing: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, matrix):
        return _SAME
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    k, m, n, o, p, q = outer
    return (a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q)

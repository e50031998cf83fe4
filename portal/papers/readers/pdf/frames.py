"""How a page lies before the reader: its cut and its turn."""

import math
from dataclasses import dataclass

import pypdfium2 as pdfium

from portal.papers.readers.pdf.model import Box


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns places of the file (y upwards, unturned) into places of the sheet as shown."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        return (self.right - self.left) if self.turn % 180 == 0 else (self.top - self.bottom)

    @property
    def height(self) -> float:
        return (self.top - self.bottom) if self.turn % 180 == 0 else (self.right - self.left)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (ax, ay), (bx, by) = self.point(left, bottom), self.point(right, top)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def direction(self, a: float, b: float) -> int:
        """Where a text runs on the sheet whose matrix begins with a, b: 0, 90, 180, 270 degrees clockwise; -1 askew."""
        angle = (self.turn - math.degrees(math.atan2(b, a))) % 360
        nearest = round(angle / 90) * 90
        return int(nearest % 360) if abs(angle - nearest) < 4 else -1


def frame_of(page: pdfium.PdfPage) -> Frame:
    """The crop box within the media box; a nonsensical one is replaced by the page's size."""
    left, bottom, right, top = page.get_cropbox()
    media = page.get_mediabox()
    left, bottom = max(left, media[0]), max(bottom, media[1])
    right, top = min(right, media[2]), min(top, media[3])
    if not all(map(math.isfinite, (left, bottom, right, top))) or right - left < 10 or top - bottom < 10:
        width, height = page.get_size()
        return Frame(0.0, 0.0, width, height, 0)
    return Frame(left, bottom, right, top, page.get_rotation() % 360)


def turned(frame: Frame, direction: int) -> Frame:
    """The frame in which a text that runs in `direction` runs to the right."""
    return Frame(frame.left, frame.bottom, frame.right, frame.top, (frame.turn - direction) % 360)

"""What recognition gives back: one line of text with the place and the certainty of each character."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import fmean


@dataclass(frozen=True, slots=True)
class Line:
    """One recognised line. ``left, top, right, bottom`` are pixels of the whole picture; ``slope`` is its fall (pixels
    down for each pixel to the right). ``edges`` holds left and right of each character, ``sure`` how sure recognition
    is of it (0 to 1); both are as long as ``text``.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    slope: float = 0.0
    edges: tuple[tuple[float, float], ...] = ()
    sure: tuple[float, ...] = ()

    @property
    def height(self) -> float:
        """Height of the characters, the fall of a long line left out (pixels)."""
        return max(1.0, (self.bottom - self.top) - abs(self.slope) * (self.right - self.left))

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def confidence(self) -> float:
        """How sure recognition is of the line as a whole."""
        return fmean(self.sure) if self.sure else 0.0

    def scaled(self, factor: float, right: float = 0.0, down: float = 0.0) -> Line:
        """The line in the pixels of a larger picture: times ``factor``, then moved."""
        return replace(
            self,
            left=self.left * factor + right,
            right=self.right * factor + right,
            top=self.top * factor + down,
            bottom=self.bottom * factor + down,
            edges=tuple((low * factor + right, high * factor + right) for low, high in self.edges),
        )

    def overlap(self, other: Line) -> float:
        """The share (0 to 1) of the smaller of the two rectangles that lies in the other."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        if width <= 0 or height <= 0:
            return 0.0
        smaller = min(self._area(), other._area())
        return width * height / smaller

    def _area(self) -> float:
        return max(1.0, (self.right - self.left) * (self.bottom - self.top))

"""How large the program's text is beside the window's: Ctrl and the wheel over it, or keys. On the window's thread."""

from __future__ import annotations

from PySide6.QtGui import QFont

from engine.shared.local_numbers import percent
from visualizer.look import theme

_STEP = 1.1
_FEWEST, _MOST = -6, 14  # steps: from about half to about four times as large
_NOTCH = 120  # of a wheel, in eighths of a degree; a touch pad tells fractions of it
_steps = [0]


def steps() -> int:
    """Larger than the window's by so many steps, 0 at first."""
    return _steps[0]


def choose(n: int) -> None:
    """So many steps from here on; who shows the program dresses itself anew."""
    _steps[0] = min(max(n, _FEWEST), _MOST)


def mono(px: float) -> QFont:
    """The font of code that is so large, in pixels at 100 % of both."""
    return theme.current().mono(px * _STEP ** steps())


def px(size: float) -> int:
    """Pixels of a length beside that text, as in `mono`."""
    return theme.current().px(size * _STEP ** steps())


def words() -> str:
    """How large it is, of the window's size of text: "110 %"."""
    return percent(_STEP ** steps())


class Wheel:
    """Gathers turns of the wheel to steps."""

    def __init__(self) -> None:
        self._turned = 0

    def take(self, angle: int) -> int:
        """Eighths of a degree; by how many steps the text is to be larger for them."""
        self._turned = angle + (self._turned if (self._turned > 0) == (angle > 0) else 0)
        n = int(self._turned / _NOTCH)
        self._turned -= n * _NOTCH
        return n

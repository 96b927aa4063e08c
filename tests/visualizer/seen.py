"""What is seen of a window by its pixels: where the keyboard is, and whether a text can be read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QScrollArea, QWidget

from tests.visualizer.window import until

_LINE_PX = 24  # of which a shorter part may have no letters
AROUND_PX = 4  # a ring may lie outside of what it is around


_PART = np.arange(256) / 255
_LINEAR = np.where(_PART <= 0.04045, _PART / 12.92, ((_PART + 0.055) / 1.055) ** 2.4)


def luminance(colors: np.ndarray) -> np.ndarray:
    """Relative luminance of 8-bit sRGB colours (…, 3), 0 to 1, as WCAG 2 defines it."""
    return _LINEAR[colors] @ np.array([0.2126, 0.7152, 0.0722])


def contrast(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The contrast of two luminances, 1 to 21."""
    return (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)


def pixels(top: QWidget, part: QRect) -> np.ndarray:
    """The colours (height, width, 3) that a part of a window shows."""
    image = top.grab(part).toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), 2::-1].copy()


def takers(root: QWidget) -> list[QWidget]:
    """Every widget on the screen that takes the keyboard itself."""
    return [
        each
        for each in root.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() != Qt.FocusPolicy.NoFocus
        if each.focusProxy() is None and not (isinstance(each, QLabel) and not each.text())
    ]


def hidden_focus(root: QWidget) -> list[str]:
    """Every stop of Tab below `root` that does not show that it has the keyboard: over half of the way around it, what
    is seen there with it and without differs by a contrast of 3."""
    top, faint = root.window(), []
    top.activateWindow()
    until(top.isActiveWindow, "it has the keyboard")
    for widget in takers(root):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.visibleRegion().isEmpty():
            continue
        widget.clearFocus()  # who has it already would not be told how it came
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        _scroll_to(widget)
        if QApplication.focusWidget() is not widget:
            continue
        around = _place(widget, top).adjusted(-AROUND_PX, -AROUND_PX, AROUND_PX, AROUND_PX) & top.rect()
        with_it = luminance(pixels(top, around))
        widget.clearFocus()
        ratio = contrast(with_it, luminance(pixels(top, around)))
        if (ratio >= 3).sum() < widget.width() + widget.height():
            faint.append(f"{type(widget).__name__} {widget.objectName()!r} {ratio.max():.2f}")
    return faint


def _scroll_to(widget: QWidget) -> None:
    """As the key does it, where of a stop only an edge is in view."""
    above = widget.parentWidget()
    while above is not None:
        area = above.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is above:
            area.ensureWidgetVisible(widget)
        above = area


def faint_texts(root: QWidget, least: float = 4.5, least_of_sign: float = 3) -> list[str]:
    """Every text below `root` that stands out from the colour around it by less than a contrast, a sign by another."""
    top, faint = root.window(), []
    seen = pixels(top, top.rect())
    for widget in root.findChildren(QWidget):
        if not _text(widget).strip() or not widget.isEnabled() or widget.window() is not top:
            continue
        inside = widget.visibleRegion().boundingRect().translated(widget.mapTo(top, QPoint(0, 0)))
        if inside.height() < min(2 * widget.height() / 3, _LINE_PX):  # a line that is scrolled half out of view
            continue
        inside.adjust(3, 3, -3, -3)
        part = seen[max(inside.top(), 0) : inside.bottom() + 1, max(inside.left(), 0) : inside.right() + 1]
        if part.size < 100:
            continue
        told = luminance(part).ravel()
        around = np.bincount((told * 1000).astype(int)).argmax() / 1000
        ratio = contrast(told, np.array(around)).max()
        is_sign = not any(letter.isalnum() for letter in _text(widget))
        if ratio < (least_of_sign if is_sign else least):
            faint.append(f"{type(widget).__name__} {widget.objectName()!r} {_text(widget)[:30]!r} {ratio:.2f}")
    return faint


def _place(widget: QWidget, top: QWidget) -> QRect:
    return QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())


def _text(widget: QWidget) -> str:
    if not widget.isVisible():
        return ""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def focus_chain(root: QWidget) -> Iterator[QWidget]:
    """What Qt goes to from `root` on, until it comes back."""
    one = root
    while (one := one.nextInFocusChain()) is not root:
        # Who is returned by it is taken for a child of whoever was asked, and would be given up together with that.
        one.setParent(one.parentWidget())
        yield one


def jumps_of_tab(root: QWidget) -> list[str]:
    """Where Tab goes back up, or to the left within a line, but for the way from the last stop to the first."""
    reached = {each for each in takers(root) if each.focusPolicy() & Qt.FocusPolicy.TabFocus}
    stops = [
        (one.objectName() or type(one).__name__, _place(one, root))
        for one in focus_chain(root)
        if one in reached and not one.visibleRegion().isEmpty()
    ]
    first = min(range(len(stops)), key=lambda place: (stops[place][1].top(), stops[place][1].left()), default=0)
    stops = stops[first:] + stops[:first]
    return [f"{a} → {b}" for (a, here), (b, there) in pairwise(stops) if _is_before(there, here)]


def _is_before(one: QRect, other: QRect) -> bool:
    """In reading order, of two places that do not lie in one another."""
    is_in_line = one.top() <= other.bottom() and one.bottom() >= other.top()
    return one.right() <= other.left() if is_in_line else one.bottom() < other.top() and one.left() <= other.right()

"""A frame that says where the keyboard is, around whatever it came to but by a click."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QWidget
from shiboken6 import isValid

from visualizer.look import theme
from visualizer.look.painting import guarded

_BY_HAND = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.OtherFocusReason)
_AWAY_AND_BACK = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_LINE_PX, _GAP_PX = 2, 1
RING_PX = _LINE_PX + _GAP_PX  # what it needs of room around a check box, a radio button or a link


# Of a widget that Qt made itself, as a button of a box or a list of a file dialog, nobody in Python holds more than the
# ring does, and the ring is held by nothing but that widget: Python's collector would take the two for garbage and
# empty them, while Qt goes on asking the ring.
_ALIVE: set[FocusRing] = set()


class FocusRing(QWidget):
    """Lies over `target` and takes no event from it; around those kinds that fill their own room to the edge. A click
    needs no frame: the hand knows where it is. Its line stands out from what lies around, and the gap inside of it
    from a fill of the same colour."""

    accessible_role = QAccessible.Role.Border

    def __init__(self, target: QWidget) -> None:
        self.target = target
        self._outside_px = RING_PX if _is_full(target) else 0
        super().__init__(target.parentWidget() if self._outside_px else target)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        _ALIVE.add(self)
        self.destroyed.connect(lambda: _ALIVE.discard(self))
        target.installEventFilter(self)
        target.destroyed.connect(self.deleteLater)
        theme.current().changed.connect(self.update)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isValid(self.target):
            return False  # it is being destroyed with the keyboard in it, of which Qt tells it
        if isinstance(event, QFocusEvent) and event.reason() not in _AWAY_AND_BACK:
            self.show_for(event.gotFocus() and event.reason() not in _BY_HAND)
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._surround()
        return False

    def show_for(self, is_by_keyboard: bool) -> None:
        """Around it, or gone."""
        self._surround()
        self.raise_()
        self.setVisible(is_by_keyboard)

    def _surround(self) -> None:
        """Only the rim is its own: what is painted within is not painted twice."""
        out = self._outside_px
        self.setGeometry(self.target.geometry().adjusted(-out, -out, out, out) if out else self.target.rect())
        self.setMask(_rim(self.rect(), RING_PX))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().color("bg.panel"))
        painter.setClipRegion(_rim(self.rect(), _LINE_PX))
        painter.fillRect(self.rect(), theme.current().color("accent.line"))


def _is_full(target: QWidget) -> bool:
    """Whether a line inside of it would cross its words."""
    return isinstance(target, QCheckBox | QRadioButton) or target.property("kind") == "link"


def _rim(around: QRect, width_px: int) -> QRegion:
    return QRegion(around) - QRegion(around.adjusted(width_px, width_px, -width_px, -width_px))


def install(application: QApplication) -> None:
    """From here on, whatever has the keyboard shows it."""
    if application.findChild(_Rings) is None:
        _Rings(application)


class _Rings(QObject):
    """Gives each widget that the keyboard comes to its ring, whatever kind it is. One for the application."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._ringed: QWidget | None = None
        self._reason = Qt.FocusReason.NoFocusReason
        application.focusChanged.connect(self._follow)

    def _follow(self, _left: QWidget | None, reached: QWidget | None) -> None:
        """What is left was told why the keyboard goes before Qt tells of what is reached."""
        if self._ringed is not None and isValid(self._ringed):
            self._ringed.removeEventFilter(self)
        self._ringed, reason = reached, self._reason
        self._reason = Qt.FocusReason.NoFocusReason
        if reached is None or reached.isWindow():
            return
        reached.installEventFilter(self)
        near = (*reached.children(), *reached.parentWidget().children())
        if not any(isinstance(each, FocusRing) and each.target is reached for each in near):
            FocusRing(reached).show_for(reason not in _BY_HAND)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus():
            self._reason = event.reason()
        return False


@contextmanager
def handing_over(*buttons: QWidget) -> Iterator[None]:
    """Inside of it buttons are shown, hidden or disabled. If one of them has the keyboard and cannot keep it, the first
    that can be pressed now gets it, framed as the other was: Qt would give it to whatever Tab comes to next."""
    held = next((button for button in buttons if button.window().focusWidget() is button), None)  # also in the back
    is_framed = held is not None and any(
        isinstance(each, FocusRing) and each.target is held and each.isVisible()
        for each in (*held.children(), *held.parentWidget().children())
    )
    yield
    if held is None or (held.isVisible() and held.isEnabled()):
        return
    heir = next((button for button in buttons if button.isVisible() and button.isEnabled()), None)
    if heir is not None:
        heir.setFocus(Qt.FocusReason.TabFocusReason if is_framed else Qt.FocusReason.OtherFocusReason)

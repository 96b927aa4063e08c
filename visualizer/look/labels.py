"""Small things that stand around a tensor: a label that shortens itself, a pill, a hairline, a stripe."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualizer.look import theme
from visualizer.look.elision import elided, elided_code
from visualizer.look.measured import Measured, measured
from visualizer.look.painting import guarded


def strong(html: str) -> str:
    """Rich text in the heaviest weight that the program's fonts have: of `<b>` Qt makes a smeared one of its own."""
    return f"<span style='font-weight: 600'>{html}</span>"


def on_one_line(code: str) -> str:
    """A piece of a program as a label of one line has it."""
    return " ".join(line.strip() for line in code.splitlines())


class ElidedLabel(QWidget):
    """One line in a font and colour of the theme; where there is no room, in one as small as `smallest_px`, then with
    "…", of code in its middle, but for `least` or `whole`. The tool tip has all of it."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(
        self,
        px: float,
        token: str,
        *,
        weight: int = 400,
        mono: bool = False,
        whole: bool = False,
        is_code: bool = False,
        least: str = "mmm…",
        smallest_px: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._whole, self._least, self._is_code = whole, least, is_code
        self._smallest_px = px if smallest_px is None else smallest_px
        self._px, self._weight, self._mono = px, weight, mono
        self._token = token
        self._text = ""
        self._said: tuple[str, str] | None = None  # by set_text
        self._hint: QSize | None = None  # measuring a text costs more than all else here
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self._measure_again)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str, token: str = "") -> None:
        """`token` changes the colour, too."""
        said, before = (text, token or self._token), self._text
        if said == self._said:
            return
        self._said = said
        self._text, self._token = said
        self.setAccessibleName(text)
        self.setToolTip(text)
        if text and self.parentWidget() is None:  # shown now, it would be a window; with its parent it will be seen
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
        elif self.isHidden() == bool(text) and not (text and before):  # asked for in vain, Qt takes its time
            self.setVisible(bool(text))
        elif text and self.isHidden() and self.parent() is not None:  # by somebody else, who may have room for it now
            QCoreApplication.postEvent(self.parent(), QEvent(QEvent.Type.LayoutRequest))
        self._measure_again()
        self.update()

    def set_px(self, px: float, smallest_px: float | None = None) -> None:
        """Letters of another size, at 100 %."""
        if px != self._px:
            self._px, self._smallest_px = px, px if smallest_px is None else smallest_px
            self._measure_again()
            self.update()

    def width_of(self, text: str) -> int:
        """Of words in its font, in pixels."""
        return self._face().horizontalAdvance(text)

    def _measure_again(self) -> None:
        self._hint = None
        self.updateGeometry()

    def _face(self, px: float | None = None) -> Measured:
        return measured(self._px if px is None else px, self._weight, mono=self._mono)

    def _fitting_face(self) -> Measured:
        """The largest in which all of it is seen, else the smallest."""
        px = self._px
        while px > self._smallest_px:
            face = self._face(px)
            if face.horizontalAdvance(self._text) <= self.width():
                return face
            px -= 1
        return self._face(self._smallest_px)

    def sizeHint(self) -> QSize:
        if self._hint is None:
            face, around = self._face(), self.contentsMargins()
            self._hint = QSize(face.horizontalAdvance(self._text) + 1, face.height + around.top())
        return self._hint

    def minimumSizeHint(self) -> QSize:
        if self._whole:
            return self.sizeHint()
        least = self._face().horizontalAdvance(self._least)
        return QSize(min(self.sizeHint().width(), least), self.sizeHint().height())

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, face = QPainter(self), self._fitting_face()
        painter.setFont(face.font)
        painter.setPen(theme.current().color(self._token))
        shorten = elided_code if self._is_code else elided
        text = shorten(face, self._text, self.width())
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def lower_by(self, top: int) -> None:
        """So many px stay free above it."""
        self.setContentsMargins(0, top, 0, 0)
        self._measure_again()


# Of what a pill tells: colour of the text, colour of the pill, glyph.
_PILLS = {
    "current": ("flow.text", "flow.tint", "play"),
    "ready": ("state.ready", "flow.tint", ""),
    "waiting": ("state.waiting", "waiting.tint", ""),
    "done": ("ok.text", "ok.tint", "check"),
    "failed": ("error.text", "error.tint", ""),
    "changed": ("warn.text", "warn.tint", ""),
    "checked": ("ok.text", "ok.tint", "check"),
    "differs": ("warn.text", "warn.tint", ""),
    "partial": ("state.waiting", "waiting.tint", ""),
}


class Pill(QWidget):
    """A state in words on a tint of its own; hidden while the words are empty."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._kind = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)
        self.hide()

    def text(self) -> str:
        return self._text

    def set_text(self, text: str, kind: str = "") -> None:
        """`kind`: what it tells, "done", which has a colour and perhaps a glyph; without one it is grey."""
        if (text, kind) == (self._text, self._kind):
            return
        self._text, self._kind = text, kind
        self.setAccessibleName(text)
        self.setToolTip(text)
        if self.isHidden() == bool(text):
            self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def _look(self) -> tuple[str, str, str]:
        return _PILLS.get(self._kind, ("text.secondary", "bg.control", ""))

    def _glyph_width(self) -> int:
        return theme.current().px(14) if self._look()[2] else 0

    def sizeHint(self) -> QSize:
        face, look = measured(11, 500), theme.current()
        width = face.horizontalAdvance(self._text) + self._glyph_width() + 2 * look.px(9) + 1
        return QSize(width, face.height + look.px(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.current().px(72)), self.sizeHint().height())

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        ink, ground, glyph = self._look()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(ground))
        painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        inner = QRectF(self.rect()).adjusted(look.px(9), 0, -look.px(9), 0)
        if glyph:
            side = look.px(8)
            _paint_glyph(
                painter, QRectF(inner.left(), inner.center().y() - side / 2, side, side), glyph, look.color(ink)
            )
            inner.setLeft(inner.left() + self._glyph_width())
        painter.setFont(look.font(11, 500))
        painter.setPen(look.color(ink))
        text = elided(painter.fontMetrics(), self._text, int(inner.width()) + 1)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _paint_glyph(painter: QPainter, box: QRectF, glyph: str, ink: QColor) -> None:
    corners = [box.topLeft(), box.bottomLeft(), box.topRight()]
    if glyph == "play":
        painter.setBrush(ink)
        corners[2] = box.center() + (box.topRight() - box.topLeft()) / 2
        painter.drawPolygon(QPolygonF(corners))
        return
    pen = painter.pen()
    pen.setStyle(Qt.PenStyle.SolidLine)
    pen.setColor(ink)
    pen.setWidthF(max(1.4, box.width() / 6))
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    elbow = box.bottomLeft() + (box.bottomRight() - box.bottomLeft()) * 0.38 - (box.bottomLeft() - box.topLeft()) * 0.1
    start = box.topLeft() + (box.bottomLeft() - box.topLeft()) * 0.55
    painter.drawPolyline(QPolygonF([start, elbow, box.topRight() + (box.bottomLeft() - box.topLeft()) * 0.1]))


class Hairline(QWidget):
    """The 1 px line between parts of a panel."""

    accessible_role = QAccessible.Role.Separator

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("line.subtle"))


class Stripe(QWidget):
    """The 4 px stripe in the colour of a category, as on a card of the graph."""

    accessible_role = QAccessible.Role.Border

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = "cat.view"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_token(self, token: str) -> None:
        self._token = token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(4), theme.current().px(16))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color(self._token))
        painter.drawRoundedRect(QRectF(self.rect()), self.width() / 2, self.width() / 2)

"""A storage as a bar for each tensor that lies in it, with the parts that hold its elements filled."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.protocol.views import ViewFamily, ViewMember
from engine.shared.language import grouped, tr
from visualizer.look import theme
from visualizer.look.elision import elided
from visualizer.look.painting import guarded

_ROW_PX, _BAR_PX = 36, 10


class StorageBars(QWidget):
    """The base first. That which `chosen` names is in the colour of the selection."""

    accessible_role = QAccessible.Role.Chart

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("storage_bars")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._family = ViewFamily()
        self._chosen = ""
        theme.current().changed.connect(self.updateGeometry)

    def set_family(self, family: ViewFamily, chosen: str) -> None:
        """Draw another one."""
        self._family, self._chosen = family, chosen
        self.setAccessibleName("; ".join(map(_words, family.members)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(140), len(self._family.members) * look.px(_ROW_PX))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.mono(11))
        metrics = QFontMetricsF(painter.font())
        for number, member in enumerate(self._family.members):
            top, is_chosen = number * look.px(_ROW_PX), member.name == self._chosen
            painter.setPen(look.color("accent.text" if is_chosen else "text.primary"))
            words = elided(metrics, _words(member), self.width() - 2)
            text = QRectF(0, top, self.width(), metrics.height() + 2)
            painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
            bar = QRectF(0.5, text.bottom() + 1, self.width() - 1, look.px(_BAR_PX))
            painter.setPen(QPen(look.color("line.default"), 1))
            painter.setBrush(look.color("bg.control"))
            painter.drawRect(bar)
            color = look.color("accent.line" if is_chosen else "flow.line" if member.is_base else "line.control")
            for start, end in member.spans:
                painter.fillRect(
                    QRectF(bar.left() + start * bar.width(), bar.top(), (end - start) * bar.width(), bar.height()),
                    color,
                )


def _words(member: ViewMember) -> str:
    view = tr("view, from element {offset}, strides {strides}", offset=grouped(member.offset), strides=member.stride)
    kind = tr("base") if member.is_base else view
    stands = f" · {member.node_name}" if member.node_name else f" · {tr('leaf')}" if member.node >= 0 else ""
    return f"{member.name} {member.shape} · {kind}{stands}"

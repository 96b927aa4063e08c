"""What lies over sections of the inspector whose words are still of another node: it says so, and nothing moves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from engine.shared.language import tr
from visualizer.backprop.inspector.node_section import NodeSection
from visualizer.look import theme
from visualizer.look.elision import elided
from visualizer.look.painting import guarded

_ALPHA = 0.6
_WORDS_PX = 12


class Veil(QWidget):
    """Over each section in `behind`, which its words recede under; the head names the node that they are of. The mouse
    goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sections_veil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._behind: tuple[NodeSection, ...] = ()
        self.hide()

    def cover(self, behind: Sequence[NodeSection]) -> None:
        """These; none takes it away."""
        self._behind = tuple(behind)
        self.setVisible(bool(behind))
        if behind:
            self.setAccessibleName("; ".join(f"{tr(section.title)}: {_words(section)}" for section in behind))
            self.setGeometry(self.parentWidget().rect())
            self.raise_()
            self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        ground = QColor(look.color("bg.panel"))
        veil = QColor(ground)
        veil.setAlphaF(_ALPHA)
        font = look.font(_WORDS_PX)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(look.color("text.secondary"))
        for section in self._behind:
            place, head = section.geometry(), section.head_rect()
            painter.fillRect(place, veil)
            words = elided(metrics, _words(section), head.width() // 2)
            width = metrics.horizontalAdvance(words) + look.px(8)
            plate = QRect(head.right() - width, place.top() + head.top(), width, head.height())
            painter.fillRect(plate, ground)
            painter.drawText(plate, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


def _words(section: NodeSection) -> str:
    return tr("still of {name}", name=section.shown_name)

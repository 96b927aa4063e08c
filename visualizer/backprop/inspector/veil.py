"""What lies over sections of the inspector whose words are still of another node: it says so, and nothing moves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from engine.shared.language import tr
from visualizer.backprop.inspector.node_section import NodeSection
from visualizer.look import theme
from visualizer.look.elision import elided
from visualizer.look.painting import guarded

_ALPHA = 0.6
_WORDS_PX = 12
_SHORTEST = "mmmm…"  # of a name, with which the words still say something


class Veil(QWidget):
    """Over each section in `behind`, which its words recede under; the head names the node that they are of. The mouse
    goes through it."""

    accessible_role = QAccessible.Role.StaticText

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

    def plate(self, section: NodeSection) -> QRect:
        """Where its words stand: at the right end of the head, below a title that leaves no room for them there."""
        metrics, margin = self._metrics(), theme.current().px(8)
        beside, head = section.beside_title(), section.head_rect()
        least = metrics.horizontalAdvance(tr("still of {name}", name=_SHORTEST)) + margin
        room = beside if beside.width() >= least else head.translated(0, head.height())
        width = min(metrics.horizontalAdvance(_words(section)) + margin, room.width())
        return room.adjusted(room.width() - width, 0, 0, 0).translated(section.pos())

    @staticmethod
    def _metrics() -> QFontMetrics:
        return QFontMetrics(theme.current().font(_WORDS_PX))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        ground = QColor(look.color("bg.panel"))
        veil = QColor(ground)
        veil.setAlphaF(_ALPHA)
        painter.setFont(look.font(_WORDS_PX))
        painter.setPen(look.color("text.secondary"))
        for section in self._behind:
            if not section.geometry().intersects(event.rect()):
                continue
            painter.fillRect(section.geometry(), veil)
            plate = self.plate(section)
            painter.fillRect(plate, ground)
            words = elided(self._metrics(), _words(section), plate.width() - look.px(8) + 1)
            painter.drawText(plate, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


def _words(section: NodeSection) -> str:
    return tr("still of {name}", name=section.shown_name)

"""A list to choose from: its chosen words end in "…" where they have no room, and resting on them tells them whole."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QToolTip

from visualizer.look.elision import elided
from visualizer.look.painting import guarded


class ChoiceBox(QComboBox):
    """Qt's own cuts words that are too long at the last whole pixel."""

    @property
    def painted(self) -> str:
        """The chosen words, as far as they have room."""
        option = self._option()
        return elided(self.fontMetrics(), option.currentText, self._room(option))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing is pasted into a list: that is for what is around it. Qt would look for words that begin so."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self.isEditable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), self._option()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = elided(self.fontMetrics(), option.currentText, self._room(option))
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.painted != self.currentText():
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, (self.currentText(), self.toolTip()))), self)
            return True
        return super().event(event)

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return option

    def _room(self, option: QStyleOptionComboBox) -> int:
        part = QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 2

"""Whether what is written on widgets has room there: told of every label, button, field, list, tab and header."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStyleOptionHeader,
    QTabBar,
    QWidget,
)

from tests.visualizer.marked_language import cut_words
from visualizer.look.choice_box import ChoiceBox

ACROSS = Qt.Orientation.Horizontal
_CURSOR = 2  # px that the words of a field are from its edge, on each side


def cut(root: QWidget) -> list[str]:
    """The words below `root`, on the screen, that have less room than they need; of what is drawn shortened on purpose
    the whole text stands in the tooltip."""
    return [
        f"{type(widget).__name__} {widget.objectName()}: {words}"
        for widget in (root, *root.findChildren(QWidget))
        if widget.isVisible() and not widget.visibleRegion().isEmpty()
        for words in _cut(widget)
    ]


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractButton):
        if (words := cut_words(widget)) and widget.text() not in widget.toolTip():
            yield words
    elif isinstance(widget, QLabel):
        yield from _cut_label(widget)
    elif isinstance(widget, ChoiceBox):
        return  # tells its words whole where it ends them in "…"
    elif isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        edit = QStyle.SubControl.SC_ComboBoxEditField
        room = widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, widget).width()
        yield from _wider(widget, widget.currentText(), room, widget.toolTip())
    elif isinstance(widget, QLineEdit):
        option = QStyleOptionFrame()
        widget.initStyleOption(option)
        room = widget.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, widget).width()
        margins = widget.textMargins()
        room -= margins.left() + margins.right() + 2 * _CURSOR
        yield from _wider(widget, "" if widget.text() else widget.placeholderText(), room, widget.toolTip())
    elif isinstance(widget, QHeaderView) and widget.orientation() == ACROSS and widget.model() is not None:
        yield from _cut_header(widget)
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            yield from _wider(widget, widget.tabText(place), widget.tabRect(place).width(), widget.tabToolTip(place))


def _wider(widget: QWidget, words: str, room: int, tip: str) -> Iterator[str]:
    need = widget.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width()
    if need > room and words not in tip:
        yield f"{words} {need} > {room}"


def _cut_label(label: QLabel) -> Iterator[str]:
    """Its words wrapped in its width, or on their line."""
    words, room = label.text(), label.contentsRect()
    if not words or (label.toolTip() and not label.wordWrap()):
        return
    if "<" in words and label.textFormat() != Qt.TextFormat.PlainText:
        document = QTextDocument()
        document.setDefaultFont(label.font())
        document.setDocumentMargin(0)
        document.setHtml(words)
        document.setTextWidth(room.width() if label.wordWrap() else -1)
        need = document.size().toSize()
    else:
        flags = Qt.TextFlag.TextWordWrap if label.wordWrap() else Qt.TextFlag.TextExpandTabs
        need = label.fontMetrics().boundingRect(0, 0, room.width(), 1 << 20, flags, words).size()
    if need.width() > room.width() + 1 or need.height() > room.height() + 2:
        yield f"{words[:60]} {need.toTuple()} > {room.size().toTuple()}"


def _cut_header(header: QHeaderView) -> Iterator[str]:
    """What is seen of each section: one that is scrolled out of the way comes when it is wanted."""
    for place in range(header.count()):
        if header.isSectionHidden(place):
            continue
        words = str(header.model().headerData(place, ACROSS) or "")
        option = QStyleOptionHeader()
        header.initStyleOption(option)
        margin = header.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMargin, option, header)
        tip = str(header.model().headerData(place, ACROSS, Qt.ItemDataRole.ToolTipRole) or "")
        yield from _wider(header, words, header.sectionSize(place) - 2 * margin, tip)

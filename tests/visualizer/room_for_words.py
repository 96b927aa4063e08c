"""Whether what is written on widgets has room there: told of every label, button, field, text, list, tab and header, in
the widget itself and in what it lies in."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStyleOptionHeader,
    QTabBar,
    QTextEdit,
    QWidget,
)

from tests.visualizer.marked_language import cut_words
from visualizer.look.choice_box import ChoiceBox

ACROSS = Qt.Orientation.Horizontal
NEVER = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
_OF_A_BOX = 2  # px of the place for its words that Qt does not write on
_CURSOR = 2  # px that the words of a field are from its edge, on each side


def cut(root: QWidget) -> list[str]:
    """The words below `root`, on the screen, that have less room than they need; of what is drawn shortened on purpose
    the whole text stands in the tooltip."""
    return [
        f"{type(widget).__name__} {widget.objectName()}: {words}"
        for widget in (root, *root.findChildren(QWidget))
        if widget.isVisible() and not widget.visibleRegion().isEmpty()
        for words in (*_cut(widget), *_cut_off(widget, root))
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
        room = (
            widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, widget).width() - _OF_A_BOX
        )
        yield from _wider(widget, widget.currentText(), room, widget.toolTip())
    elif isinstance(widget, QLineEdit):
        option = QStyleOptionFrame()
        widget.initStyleOption(option)
        room = widget.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, widget).width()
        margins = widget.textMargins()
        room -= margins.left() + margins.right() + 2 * _CURSOR
        yield from _wider(widget, "" if widget.text() else widget.placeholderText(), room, widget.toolTip())
    elif isinstance(widget, QTextEdit) and widget.horizontalScrollBarPolicy() == NEVER:
        yield from _wider_text(widget)
    elif isinstance(widget, QHeaderView) and widget.orientation() == ACROSS and widget.model() is not None:
        yield from _cut_header(widget)
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            yield from _wider(widget, widget.tabText(place), widget.tabRect(place).width(), widget.tabToolTip(place))


def _cut_off(widget: QWidget, root: QWidget) -> Iterator[str]:
    """Where it reaches out of what it lies in, and nothing scrolls that way."""
    words = widget.text() if isinstance(widget, QAbstractButton | QLabel | QLineEdit) else ""
    words = words or (widget.currentText() if isinstance(widget, QComboBox) else "")
    parent = widget.parentWidget()
    while words and widget is not root and parent is not None:
        area = parent.parentWidget()
        place = widget.rect().translated(widget.mapTo(parent, QPoint()))
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            is_across = area.horizontalScrollBarPolicy() != NEVER and area.horizontalScrollBar().maximum() > 0
            is_down = area.verticalScrollBarPolicy() != NEVER and area.verticalScrollBar().maximum() > 0
        else:
            is_across = is_down = False
        room = parent.rect()
        if not is_across and (place.left() < room.left() or place.right() > room.right() + 1):
            yield f"{words[:60]} {place.left()} … {place.right()} of {room.width()} in {type(parent).__name__}"
            return
        if not is_down and (place.top() < room.top() or place.bottom() > room.bottom() + 1):
            yield f"{words[:60]} {place.top()} … {place.bottom()} of {room.height()} in {type(parent).__name__}"
            return
        if is_across or is_down or parent.isWindow():
            return
        parent = parent.parentWidget()


def _wider_text(text: QTextEdit) -> Iterator[str]:
    need, room = text.document().size().width(), text.viewport().width()
    if need > room + 1:
        yield f"{text.toPlainText()[:60]} {need} > {room}"


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

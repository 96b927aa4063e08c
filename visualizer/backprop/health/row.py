"""One finding: what is wrong, with its figures, and the usual cure; a click, Enter or Space leads to its node."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.protocol.health import Finding
from engine.shared.language import said, tr
from visualizer.backprop.health.shares_strip import SharesStrip
from visualizer.backprop.health.words import SEVERITIES, TITLES, TOKENS, rule_words
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.painting import guarded

_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class FindingRow(QWidget):
    """Emits `chosen(Finding)`, `place_clicked(Source)`, and `moved(±1)` for the row before or after."""

    accessible_role = QAccessible.Role.ListItem

    chosen = Signal(object)
    place_clicked = Signal(object)
    moved = Signal(int)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("finding")
        self.finding = finding
        self._is_selected = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if finding.node >= 0 or finding.variable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(rule_words(finding))
        title, severity = tr(TITLES[finding.kind]), tr(SEVERITIES[finding.severity])
        self.setAccessibleName(f"{title}, {severity}: {said(finding.said)}")
        self.setAccessibleDescription(said(finding.cure))
        self._build()
        theme.current().changed.connect(self._dress)
        self._dress()

    def _build(self) -> None:
        finding = self.finding
        title = ElidedLabel(12.5, "text.primary", weight=600, parent=self)
        title.set_text(tr(TITLES[finding.kind]))
        severity = ElidedLabel(12, TOKENS[finding.severity], least="mm…", parent=self)
        severity.set_text(tr(SEVERITIES[finding.severity]))
        self.link = QPushButton(self, objectName="finding_line")
        self.link.setProperty("kind", "link")
        self.link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.link.setVisible(finding.place is not None)
        if finding.place is not None:
            self.link.setText(tr("line {line}", line=finding.place.line))
            self.link.setToolTip(tr("Go to the line of the program"))
            self.link.clicked.connect(lambda: self.place_clicked.emit(finding.place))
        self._head = QHBoxLayout()
        self._head.addWidget(title)
        self._head.addWidget(severity)
        self._head.addStretch(1)
        self._head.addWidget(self.link)
        self._said = _text(said(finding.said), self)
        self._cure = _text(said(finding.cure), self)
        self._cure.setProperty("role", "secondary")
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self._said)
        if finding.shares:
            self._column.addWidget(SharesStrip(finding.shares, self))
        self._column.addWidget(self._cure)

    def set_selected(self, *, is_selected: bool) -> None:
        """Whether what it leads to is selected."""
        if is_selected != self._is_selected:
            self._is_selected = is_selected
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.finding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS:
            self.chosen.emit(self.finding)
        elif event.key() in _MOVES:
            self.moved.emit(_MOVES[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        if self._is_selected:
            painter.fillRect(self.rect(), look.color("accent.tint"))
        painter.fillRect(QRectF(0, 0, look.px(4), self.height()), look.color(TOKENS[self.finding.severity]))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), look.color("line.subtle"))

    def _dress(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(look.px(14), look.px(8), look.px(10), look.px(10))
        self._column.setSpacing(look.px(4))
        self._head.setSpacing(look.px(8))
        for label in (self._said, self._cure):
            label.setFont(look.font(12))


def _text(words: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
    return label

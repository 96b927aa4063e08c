"""The health of a pass: what is wrong with it, the worst first, and a plot of the gradient through the layers."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from engine.protocol.health import Finding, PassHealth
from engine.shared.language import mark, said, tr
from visualizer.backprop.health.depth_plot import DepthPlot
from visualizer.backprop.health.row import FindingRow
from visualizer.backprop.health.words import count_words, well_words
from visualizer.look import spoken, theme
from visualizer.look.empty_words import EmptyWords
from visualizer.look.labels import ElidedLabel
from visualizer.look.panel_head import PanelHead
from visualizer.look.reading_order import tab_as_read
from visualizer.look.spoken import speak
from visualizer.model.health import HealthBook
from visualizer.model.selection import SelectedNode, SelectedVariable, Selection

_RUNNING = mark("The program runs: its newest pass is looked at as soon as it is held or has ended.")
_DUE = mark("The pass is being looked at.")
_EMPTY = mark(
    "Run a program that calls backward: what is wrong with its gradients stands here, the worst first. Each line leads "
    "to its node."
)


class HealthPanel(QWidget):
    """Shows a book, which it has ask only while it is on screen. Emits where a row leads: `node_chosen(id)`,
    `variable_chosen(name)`, `place_clicked(Source)`."""

    node_chosen = Signal(int)
    variable_chosen = Signal(str)
    place_clicked = Signal(object)

    def __init__(self, book: HealthBook, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("health")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._book, self._selection = book, selection
        self._shown: PassHealth | None = None
        self._is_of_all = False  # what was said of it
        self.rows: list[FindingRow] = []
        self._count = ElidedLabel(12, "text.secondary", least="…", parent=self)
        self._count.setObjectName("health_count")
        self.head = PanelHead(mark("Health"), self)
        self.head.fill((self._count,), (), leaving=(self._count,))
        self.list = self.first_stop = _List(self)
        self.plot = DepthPlot(self)
        self.plot.node_chosen.connect(self.node_chosen)
        self._caption = _words(self, "depth_caption")
        self.said = _words(self, "health_said")
        self.limits = _words(self, "health_limits")
        self._empty = EmptyWords(_EMPTY, self, name="health_empty")
        speak(self._caption.setText, "Norm of the gradient on its way past each layer")
        self._build()
        spoken.current().changed.connect(self._say_again)
        book.changed.connect(self._show)
        selection.changed.connect(self._mark)
        theme.current().changed.connect(self._dress)
        self._dress()
        self._show()

    def _build(self) -> None:
        inside = QWidget(self)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._plot_box = QWidget(inside)
        box = QVBoxLayout(self._plot_box)
        for widget in (self._caption, self.plot):
            box.addWidget(widget)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._column.addLayout(self._rows)
        for widget in (self.said, self._plot_box, self.limits):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.list.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(140), theme.current().px(48))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._book.watch(is_watched=True)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._book.watch(is_watched=False)

    # -- what is shown

    def _show(self) -> None:
        book, health = self._book, self._book.health
        self._count.set_text(count_words(health, book.n_findings, is_looking=book.is_due))
        self.list.setVisible(health is not None)
        self._empty.setVisible(health is None)
        words = tr(_RUNNING) if book.is_running else tr(_DUE) if book.is_due else tr(_EMPTY)
        if self._empty.text() != words:
            self._empty.setText(words)
        told = health, book.is_of_all
        if health is None or not self.isVisible() or told == (self._shown, self._is_of_all):
            return
        if self._shown is None or self._shown.findings != health.findings:
            self._show_findings(health.findings)
        self._shown, self._is_of_all = told
        marked = frozenset(finding.node for finding in health.findings)
        self.plot.set_points(health.depth, marked)
        self._plot_box.setVisible(not self.plot.isHidden())
        is_well = not health.findings and health.n_done >= health.n_all
        self.said.setText(well_words(health, is_of_all=book.is_of_all) if is_well else "")
        self.said.setVisible(is_well)
        self.limits.setText("\n".join(map(said, health.limits)))
        self.limits.setVisible(bool(health.limits))

    def _say_again(self) -> None:
        self._show_findings(())
        self._shown = None
        self._show()

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Those that were there stay as they are, with the keyboard in them."""
        kept = [next((row for row in self.rows if row.finding == one), None) or self._row(one) for one in findings]
        for row in self.rows:
            if row in kept:
                continue
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, row in enumerate(kept):
            self._rows.insertWidget(place, row)
            row.show()
        self.rows = kept
        tab_as_read(self.list)  # what is made later comes behind the whole window otherwise
        self._mark()

    def _row(self, finding: Finding) -> FindingRow:
        row = FindingRow(finding, self)
        row.chosen.connect(self._choose)
        row.place_clicked.connect(self.place_clicked)
        row.moved.connect(self._move)
        return row

    def _choose(self, finding: Finding) -> None:
        if finding.node >= 0:
            self.node_chosen.emit(finding.node)
        elif finding.variable:
            self.variable_chosen.emit(finding.variable)

    def _mark(self) -> None:
        """The rows that lead to what is selected."""
        current = self._selection.current
        for row in self.rows:
            is_node = isinstance(current, SelectedNode) and current.node == row.finding.node
            is_variable = isinstance(current, SelectedVariable) and current.name == row.finding.variable
            row.set_selected(is_selected=is_node or is_variable)

    # -- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.rows:
            self._go_to(0)
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        here = next((place for place, row in enumerate(self.rows) if row.hasFocus()), -1)
        self._go_to(min(max(here + by, 0), len(self.rows) - 1))

    def _go_to(self, place: int) -> None:
        row = self.rows[place]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self.list.ensureWidgetVisible(row, 0, 0)

    def _dress(self) -> None:
        look = theme.current()
        side = look.px(12)
        self.head.row.setContentsMargins(side, look.px(6), look.px(8), look.px(6))
        self._plot_box.layout().setContentsMargins(side, look.px(6), side, look.px(8))
        self._plot_box.layout().setSpacing(look.px(4))
        for label in (self._caption, self.said, self.limits):
            label.setFont(look.font(12))
        for label in (self.said, self.limits):
            label.setContentsMargins(side, look.px(8), side, look.px(4))


class _List(QScrollArea):
    """Takes the keyboard; its rows have it one by one."""

    accessible_role = QAccessible.Role.List

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("health_list")
        speak(self.setAccessibleName, "Findings")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            event.ignore()  # into the first row
        else:
            super().keyPressEvent(event)


def _words(parent: QWidget, name: str) -> QLabel:
    label = QLabel(parent, objectName=name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "secondary")
    return label

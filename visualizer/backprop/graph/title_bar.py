"""The row above the canvas: which output's graph this is, how large it is, search, and zoom."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFocusEvent, QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QMenu, QSizePolicy, QToolButton, QWidget

from engine.protocol.graph_values import Graph
from engine.shared.language import grouped, mark, tr, trn
from engine.shared.local_numbers import percent
from visualizer.backprop.graph.color_menu import ColorMenu
from visualizer.backprop.graph.fact_words import bytes_text
from visualizer.look import icons, spoken, theme
from visualizer.look.search_field import SearchField
from visualizer.look.spoken import speak

_LONGEST, _SHORTEST = 24, 4  # characters of the output's name, before it is cut
_PLACEHOLDERS = (mark("Find a node   Ctrl F"), mark("Find a node"), mark("Find"))
_ASKED = (Qt.FocusReason.ShortcutFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_ROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}  # of the list


class GraphTitleBar(QWidget):
    """Widgets leave one after the other when the room gets narrow; the zoom and the search field stay longest."""

    output_chosen = Signal(str)
    color_chosen = Signal(str)  # one of CHOICES
    search_left = Signal()
    zoom_stepped = Signal(int)  # 1 larger, -1 smaller, 0 to 100 %
    fit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("graph_title_bar")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._category, self._name = "loss", ""
        self._graph: Graph | None = None
        self.title = QLabel(self)
        speak(self.title.setText, "Graph")
        self.title.setProperty("role", "title")
        self.output = QToolButton(self, objectName="graph_output")
        self.output.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.output.setProperty("kind", "menu")
        self.output.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        speak(self.output.setAccessibleName, "Output whose graph is shown")
        self.output.setMenu(QMenu(self.output))
        self.counts = QLabel(self, objectName="graph_counts")
        self.counts.setProperty("role", "secondary")
        self.recorded = QLabel(self, objectName="graph_recorded")
        self.recorded.setProperty("role", "caption")
        self.color = ColorMenu(self)
        self.color.chosen.connect(self.color_chosen)
        self.found = QLabel(self, objectName="graph_found")
        self.found.setProperty("role", "caption")
        self.field = FindField(self)
        self.smaller = self._button("graph_zoom_out", mark("Smaller (−)"), lambda: self.zoom_stepped.emit(-1))
        self.percent = self._button("graph_zoom", mark("To 100 % (1)"), lambda: self.zoom_stepped.emit(0))
        self.larger = self._button("graph_zoom_in", mark("Larger (+)"), lambda: self.zoom_stepped.emit(1))
        self.fit = self._button("graph_fit", mark("Fit the whole graph (F)"), self.fit_wanted.emit)
        self.percent.setText("100 %")
        self._build()
        self.field.left.connect(self.search_left)
        self.set_graph(None)
        self.restyle()

    def set_graph(self, graph: Graph | None) -> None:
        """Name, counts, recorded bytes and the menu of outputs."""
        self.found.setText("")
        self._describe(graph)

    def _describe(self, graph: Graph | None) -> None:
        self._graph, has_graph = graph, graph is not None
        for widget in (self.output, self.counts, self.recorded, self.color, self.field, self.smaller, self.percent,
                       self.larger, self.fit):  # fmt: skip
            widget.setEnabled(has_graph)
        self.output.setVisible(graph is not None and bool(graph.output or graph.outputs))
        self.counts.setText("")
        self.recorded.setText("")
        if graph is None:
            return
        nodes = graph.n_nodes
        edges = sum(edge.gradient for edge in graph.edges)
        words = f"{trn('{n} node', '{n} nodes', nodes)}, {trn('{n} edge', '{n} edges', edges)}"
        self.counts.setText(words if graph.nodes else tr("no graph"))
        if graph.budget_bytes:
            budget = "1 GB" if graph.budget_bytes == 1 << 30 else bytes_text(graph.budget_bytes)
            recorded = bytes_text(graph.recorded_bytes)
            self.recorded.setText(tr("{size} of {budget} recorded", size=recorded, budget=budget))
            self.recorded.setToolTip(_recorded_words(graph))
        self._category = graph.nodes[0].category if graph.nodes else "loss"
        self._fill_menu(graph)
        self._paint_output()
        self._make_room()

    def say_again(self) -> None:
        """The language is another. What is found says who searches."""
        self._describe(self._graph)
        self.field.updateGeometry()

    def set_zoom(self, zoom: float) -> None:
        """1.0 is 100 %."""
        self.percent.setText(percent(zoom, 0 if zoom >= 0.095 else 1))

    def set_color(self, name: str) -> None:
        """What the cards are coloured by: one of CHOICES."""
        self.color.set_chosen(name)
        self._make_room()

    def set_found(self, place: int, total: int, *, is_so_far: bool = False) -> None:
        """ "2 of 9 so far" beside the search field; -1 for no search."""
        words = tr("{number} of {total}", number=grouped(place), total=grouped(total)) if total else tr("not found")
        self.found.setText("" if place < 0 else tr("{words} so far", words=words) if is_so_far else words)
        self._make_room()

    def restyle(self) -> None:
        """Icons, fonts and sizes of today's theme."""
        look = theme.current()
        self.smaller.setIcon(icons.icon("minus"))
        self.larger.setIcon(icons.icon("plus"))
        self.fit.setIcon(icons.icon("fit"))
        for button in (self.smaller, self.larger, self.fit):
            button.setIconSize(QSize(look.px(16), look.px(16)))
        self.percent.setMinimumWidth(self.percent.fontMetrics().horizontalAdvance("100 %") + look.px(14))
        self.field.updateGeometry()
        self.layout().setContentsMargins(look.px(12), look.px(5), look.px(8), look.px(5))
        self.setMinimumHeight(look.px(40))
        self._paint_output()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(160), super().minimumSizeHint().height())

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setSpacing(6)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # what does not fit is hidden instead
        for widget in (self.title, self.output, self.counts):
            row.addWidget(widget)
        row.addSpacing(6)
        row.addWidget(self.recorded)
        row.addStretch(1)
        row.addWidget(self.found)
        for widget in (self.color, self.field, self.smaller, self.percent, self.larger, self.fit):
            row.addWidget(widget)

    def _button(self, name: str, tip: str, clicked: object) -> QToolButton:
        button = QToolButton(self, objectName=name)
        speak(button.setToolTip, tip)
        speak(button.setAccessibleName, tip)
        button.clicked.connect(clicked)
        return button

    def _fill_menu(self, graph: Graph) -> None:
        menu = self.output.menu()
        menu.clear()
        group = QActionGroup(menu)
        names = graph.outputs if graph.output in graph.outputs else (graph.output, *graph.outputs)
        for name in names:
            action = QAction(name, menu)
            action.setCheckable(True)
            action.setChecked(name == graph.output)
            action.triggered.connect(lambda checked=False, name=name: self.output_chosen.emit(name))
            group.addAction(action)
            menu.addAction(action)
        speak(self.output.setToolTip, "The output whose graph is shown; choose another one here")
        self._name = graph.output
        self._write_name(_LONGEST)

    def _paint_output(self) -> None:
        look = theme.current()
        palette = self.output.palette()
        palette.setColor(QPalette.ColorRole.ButtonText, look.color(f"cat.{self._category}"))
        self.output.setPalette(palette)
        family = look.mono(12).family()
        self.output.setStyleSheet(
            f"QToolButton#graph_output {{ color: {look.color(f'cat.{self._category}').name()};"
            f" font-family: '{family}'; font-size: {look.px(12.5)}px; font-weight: 500; }}"
        )

    def _write_name(self, longest: int) -> None:
        name = self._name if len(self._name) <= longest else self._name[: longest - 1] + "…"
        self.output.setText(name)

    def _make_room(self) -> None:
        """Hide what fits no more, the least needed first; then the output's name gets shorter."""
        self._write_name(_LONGEST)
        leaving = (self.recorded, self.counts, self.color, self.title, self.found, self.percent)
        for widget in leaving:
            widget.setVisible(bool(widget.text()))
        spacing = self.layout().spacing()
        margins = self.layout().contentsMargins()
        shown = [self.layout().itemAt(i).widget() for i in range(self.layout().count())]
        needed = margins.left() + margins.right() + 12
        needed += sum(w.sizeHint().width() + spacing for w in shown if w is not None and not w.isHidden())
        for widget in leaving:
            if needed <= self.width():
                break
            if not widget.isHidden():
                needed -= widget.sizeHint().width() + spacing
                widget.hide()
        needed -= self.field.sizeHint().width() - self.field.minimumSizeHint().width()
        lack = needed - self.width()
        if lack > 0:
            letter = self.output.fontMetrics().horizontalAdvance("m")
            longest = min(len(self._name), _LONGEST) - math.ceil(lack / letter)
            self._write_name(max(longest, _SHORTEST))
        self.layout().activate()  # now: what is still laid out for those that have left is squeezed for a frame


def _recorded_words(graph: Graph) -> str:
    size, budget = grouped(graph.recorded_bytes), grouped(graph.budget_bytes)
    words = tr("Values kept from the forward pass: {size} of {budget} bytes. ", size=size, budget=budget)
    if not graph.n_not_recorded:
        return words
    return words + trn("{n} node has no recorded value.", "{n} nodes have no recorded value.", graph.n_not_recorded)


class FindField(SearchField):
    """Enter and Shift+Enter go from match to match, Up and Down along the list under it. While that is open, Escape
    closes it; then Escape clears the field and leaves."""

    stepped = Signal(int)
    moved = Signal(int)  # in the list
    entered = Signal()
    exited = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_list = False
        self.setObjectName("graph_search")
        speak(self.setAccessibleName, "Find a node")
        spoken.current().changed.connect(self._choose_words)
        speak(self.setToolTip, "Words, or facts: op:mm, norm>1e3, nan. Enter: next, Shift+Enter: previous.")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_has_list(self, has_list: bool) -> None:
        """Whether a list hangs open that Escape closes first."""
        self._has_list = has_list

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        words = self.fontMetrics().horizontalAdvance(tr(_PLACEHOLDERS[0]))
        return QSize(words + theme.current().px(48), hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(90), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The longest words that have room."""
        super().resizeEvent(event)
        self._choose_words()

    def _choose_words(self) -> None:
        room = self.width() - theme.current().px(44)
        fitting = (words for words in map(tr, _PLACEHOLDERS) if self.fontMetrics().horizontalAdvance(words) <= room)
        self.setPlaceholderText(next(fitting, ""))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _ASKED:  # not with the window's own activation
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.exited.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() in _ROWS:
            self.moved.emit(_ROWS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape and self._has_list:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

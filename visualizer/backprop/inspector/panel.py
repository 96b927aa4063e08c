"""The inspector: value and gradient of the selected node or variable, cell by cell and in numbers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QTabBar, QVBoxLayout, QWidget

from engine.protocol.keys import TensorKey
from engine.protocol.values import Node, Source, TensorDetails, TensorRectangle, Variable
from visualizer.backprop.inspector.axes import AxisControls
from visualizer.backprop.inspector.camera import Camera
from visualizer.backprop.inspector.histogram import Histogram
from visualizer.backprop.inspector.identity import Identity
from visualizer.backprop.inspector.pages import Page, page_of_variable, pages_of_node
from visualizer.backprop.inspector.rule_section import RuleSection
from visualizer.backprop.inspector.section import TensorSection, limits_of
from visualizer.look import theme
from visualizer.look.empty_words import EmptyWords
from visualizer.look.labels import Hairline
from visualizer.model.selection import SelectedModule

_WIDE = 760  # px from which value and gradient stand side by side
_NARROW = 190  # without room for two histograms side by side
_LOW = 170  # without room for a line of the state
_MODULE = "Many nodes in one card. Enter, or a double click, opens it in the graph."
_EMPTY = "Select a node of the graph or a variable: its value, its gradient and their statistics appear here."


class InspectorPanel(QWidget):
    """Shows one node, variable or folded module. It holds no tensor: it asks by key, answers come through `set_…`.

    Signals: `rectangle_wanted(AskRectangle)`, `details_wanted(TensorKey)`, `text_wanted(TensorKey)` for the
    clipboard,
    `rule_wanted(node, cell)`, `place_clicked(Source)`, `output_turned(node, output)`, `status(sentence)` about the
    selected cell.
    """

    rectangle_wanted = Signal(object)
    details_wanted = Signal(object)
    text_wanted = Signal(object)
    place_clicked = Signal(object)
    rule_wanted = Signal(int, object)  # node, cell
    output_turned = Signal(int, int)  # node, output: the person turned to another output's page
    status = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages: tuple[Page, ...] = ()
        self._subject: object = None  # the node's id, the variable's name, or the module
        self._token = "cat.view"
        self._gradient_available = False
        self._placed: tuple[bool, bool, float] | None = None  # side by side, one histogram a line, and at which scale
        self.camera = Camera(self)
        self.value = TensorSection("value", self.camera, self)
        self.gradient = TensorSection("gradient", self.camera, self)
        self.rule = RuleSection(self)
        self.axes = AxisControls(self)
        self._build()
        for section in (self.value, self.gradient):
            section.details_wanted.connect(self.details_wanted)
            section.rectangle_wanted.connect(self.rectangle_wanted)
            section.copy_wanted.connect(lambda section=section: self.text_wanted.emit(section.feed.key))
            section.changed.connect(self._on_section)
            section.cell_clicked.connect(self._say_cell)
            section.text_arrived.connect(self._say_cell)
        self.rule.wanted.connect(self.rule_wanted)
        self.axes.changed.connect(self._on_axes)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.copy)
        theme.current().changed.connect(self._on_theme)
        self._on_theme()
        self.clear()

    def _build(self) -> None:
        self._identity = Identity(self)
        self._identity.place_clicked.connect(self.place_clicked)
        self._tabs = QTabBar(self, objectName="inspector_pages")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.currentChanged.connect(self._on_tab)
        self._empty = EmptyWords(_EMPTY, self, name="inspector_empty")
        self._histograms = {"value": Histogram("value", self), "gradient": Histogram("gradient", self)}
        self._content = QWidget(self)
        self._sections = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._between = Hairline(self)
        self._sections.addWidget(self.value, 1, Qt.AlignmentFlag.AlignTop)
        self._sections.addWidget(self._between)
        self._sections.addWidget(self.gradient, 1, Qt.AlignmentFlag.AlignTop)
        self._bars = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for histogram in self._histograms.values():
            self._bars.addWidget(histogram, 1)
        self._under = Hairline(self)
        self._column = QVBoxLayout(self._content)
        self._column.addWidget(self.axes)
        self._column.addLayout(self._sections)
        self._column.addWidget(self._under)
        self._column.addLayout(self._bars)
        self._over_rule = Hairline(self)
        self._column.addWidget(self._over_rule)
        self._column.addWidget(self.rule)
        self._column.addStretch(1)
        self._scroll = QScrollArea(self, objectName="inspector_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._content)
        self._scroll.viewport().installEventFilter(self)
        self._content.installEventFilter(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._line = Hairline(self)
        self.head = self._identity.head
        for widget in (self.head, self._identity, self._tabs, self._line, self._empty):
            outer.addWidget(widget)
        outer.setStretchFactor(self._empty, 1)
        outer.addWidget(self._scroll, 1)

    # -- what is shown

    @property
    def has_tensor(self) -> bool:
        """Whether there is something to copy."""
        return self.value.feed.key is not None or self.gradient.feed.key is not None

    def show_node(
        self, node: Node, *, state_text: str, category: str, has_gradient: bool = False, slot: int = -1
    ) -> None:
        """A node of the graph, on the page of an output, -1 for that on screen. Shown again, it keeps zoom and selected
        cell, and asks for fresh numbers. `has_gradient`: backward has brought it; without, its place says so."""
        is_same = self._subject == node.id
        self._subject, self._pages = node.id, pages_of_node(node)
        self._gradient_available = has_gradient
        self._token = f"cat.{category}"
        self._identity.state.set_text(state_text)
        sequence = f"sequence {node.sequence}" if node.sequence >= 0 else ""
        page = slot if slot >= 0 else max(self._tabs.currentIndex(), 0) if is_same else 0
        self._show(node.name, sequence, node.source, page=page)
        self._show_rule(-1 if node.is_input else node.id, node.name)

    def show_variable(self, variable: Variable, *, category: str = "") -> None:
        """A variable of the program: its tensor and its .grad, or one line for anything else."""
        self._subject = variable.name
        self._pages = (page_of_variable(variable),) if variable.summary is not None else ()
        self._gradient_available = variable.grad is not None
        self._token = f"cat.{category or ('accumulate' if _is_trained(variable) else 'leaf')}"
        self._identity.state.set_text("")
        self._show(variable.name, "", None, text=variable.text, kind=variable.kind)
        self._show_rule(-1)

    def show_module(self, module: SelectedModule) -> None:
        """A folded module: what it is and where it was called."""
        self._subject, self._pages = module, ()
        self._gradient_available = False
        self._token = "cat.view"
        self._identity.state.set_text("")
        facts = f"{module.n_nodes:,} nodes"
        self._show(module.type_name, "", module.source, text=_MODULE, kind=facts, name=module.path)
        self._show_rule(-1)

    def clear(self) -> None:
        """Nothing is selected."""
        self._subject, self._pages = None, ()
        self._gradient_available = False
        self.value.show_message("")
        self.gradient.show_message("")
        self._empty.setText(_EMPTY)
        self._identity.clear()
        self._set_visible(has_subject=False, has_tensor=False)
        self._show_rule(-1)

    def _show_rule(self, node: int, name: str = "") -> None:
        """Of a node that a pass runs; -1 for what has none."""
        self._over_rule.setVisible(node >= 0)
        if node >= 0:
            self.rule.show_node(node, name)
        else:
            self.rule.show_nothing()

    def show_rule(self) -> bool:
        """Scroll to the rule of the node; False where there is none."""
        self._scroll.ensureWidgetVisible(self.rule, 0, 0)
        return self.rule.isVisible()

    def shut_down(self) -> None:
        """End the typesetting process."""
        self.rule.typesetter.stop()

    def refresh(self) -> None:
        """The values may have changed, for example after a step: ask for them again."""
        self.value.refresh()
        self.gradient.refresh()
        self.rule.refresh()

    def copy(self) -> None:
        """Ask for the text of the gradient if its heat map has the focus, else of the value."""
        chosen = self.gradient if self.gradient.heat_map.hasFocus() or self.value.feed.key is None else self.value
        if chosen.feed.key is not None:
            self.text_wanted.emit(chosen.feed.key)

    # -- answers

    def set_details(self, details: TensorDetails) -> None:
        """What the engine says of a tensor that was asked for; of any other, nothing happens."""
        for section in (self.value, self.gradient):
            section.set_details(details)

    def set_rectangle(self, rectangle: TensorRectangle) -> None:
        """Cells that were asked for; of any other tensor, nothing happens."""
        for section in (self.value, self.gradient):
            section.take(rectangle)

    def request_failed(self, key: TensorKey, sentence: str) -> None:
        """A tensor that was asked for cannot be shown: the sentence takes its place."""
        for section in (self.value, self.gradient):
            section.failed(key, sentence)

    # -- pages

    def _show(
        self,
        title: str,
        sequence: str,
        source: Source | None,
        *,
        page: int = 0,
        text: str = "",
        kind: str = "",
        name: str = "",
    ) -> None:
        self._facts = (title, sequence, source)
        self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        for item in self._pages if len(self._pages) > 1 else ():
            self._tabs.addTab(item.label)
        self._tabs.setCurrentIndex(min(max(page, 0), self._tabs.count() - 1))
        self._tabs.blockSignals(False)
        self._set_visible(has_subject=True, has_tensor=bool(self._pages))
        if self._pages:
            self._show_page()
            return
        self._identity.set_subject(title, self._token, name, kind, sequence, source)
        self.value.show_message("")
        self.gradient.show_message("")
        self._empty.setText(text)

    def _set_visible(self, *, has_subject: bool, has_tensor: bool) -> None:
        self._line.setVisible(has_subject)
        self._tabs.setVisible(self._tabs.count() > 1 and has_tensor)
        self._scroll.setVisible(has_tensor)
        self._empty.setVisible(not has_tensor)

    @property
    def page(self) -> Page | None:
        """The page on screen."""
        return self._pages[max(self._tabs.currentIndex(), 0)] if self._pages else None

    def _on_tab(self, index: int) -> None:
        self._show_page()
        if isinstance(self._subject, int) and self._pages and self._pages[index].slot == index:
            self.output_turned.emit(self._subject, index)

    def _show_page(self) -> None:
        page = self.page
        if page is None:
            return
        title, sequence, source = self._facts
        shape = f"{page.shape} {page.dtype}" if page.shape is not None else page.dtype
        self._identity.set_subject(title, self._token, page.name if page.name != title else "", shape, sequence, source)
        if page.shape is not None:
            self._set_shape(page.shape)
        if page.value_key is not None:
            self.value.show_tensor(page.value_key, page.name, self._token)
        else:
            self.value.show_message(page.value_message, page.name)
        self._show_gradient()

    def _show_gradient(self) -> None:
        page = self.page
        if page is None:
            return
        if page.gradient_key is not None and self._gradient_available:
            self.gradient.show_tensor(page.gradient_key, page.gradient_label, "flow.text")
        else:
            self.gradient.show_message(page.gradient_message)
        self._on_section()

    # -- slices, sizes, statistics

    def _set_shape(self, shape: tuple[int, ...]) -> None:
        before = (self.axes.row_axis, self.axes.column_axis, self.axes.matrix_size)
        self.axes.set_shape(shape)
        self.camera.set_size(*self.axes.matrix_size, self.axes.n_axes)
        if before != (self.axes.row_axis, self.axes.column_axis, self.axes.matrix_size):
            self.camera.select(None)
        self._set_slices()

    def _set_slices(self) -> None:
        for section in (self.value, self.gradient):
            section.feed.show_slice(self.axes.index, self.axes.row_axis, self.axes.column_axis)

    def _on_axes(self) -> None:
        self.camera.set_size(*self.axes.matrix_size, self.axes.n_axes)
        self._set_slices()
        for section in (self.value, self.gradient):
            section.heat_map.camera_changed()
        self._arrange()
        if self.camera.selected is not None:
            self._say_cell()

    def _on_section(self) -> None:
        details = self.value.details or self.gradient.details
        if details is not None and details.summary.shape != (self.page.shape if self.page else None):
            self._set_shape(details.summary.shape)
        for kind, section in (("value", self.value), ("gradient", self.gradient)):
            if section.is_awaited:
                continue
            known = section.details
            limits = (limits_of(known.summary, kind) if known else None) or (0.0, 1.0)
            is_drawn = known is not None and bool(known.histogram) and known.summary.n_elements > 1
            self._histograms[kind].set_details(known if is_drawn else None, limits)
            self._histograms[kind].setVisible(is_drawn)
        sizes = [section.number_size() for section in (self.value, self.gradient) if section.feed.key is not None]
        if sizes:
            width, least = (max(size[place] for size in sizes) for place in (0, 2))
            self.camera.set_number_size(width, sizes[0][1], least)
        self._under.setVisible(any(not histogram.isHidden() for histogram in self._histograms.values()))
        if not (self.value.is_awaited and self.gradient.is_awaited):  # till then all stays where it is
            self._arrange()

    def _say_cell(self) -> None:
        page, cell = self.page, self.camera.selected
        if page is None or cell is None:
            return
        name, place = page.name or self._identity.title.text(), self.axes.element(*cell)
        self.rule.show_cell(tuple(place))
        words = [f"cell {list(place)} of {name}" if place else name]
        for section in (self.value, self.gradient):
            text = section.text_at(*cell)
            words += [f"{section.kind} {text}"] if text else []
        self.status.emit(", ".join(words))

    # -- geometry

    def _on_theme(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(12))
        self._column.setSpacing(look.px(2))
        self._bars.setContentsMargins(0, look.px(8), 0, 0)
        self._on_section()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._arrange()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """The same whatever is shown: what is selected moves no panel."""
        return QSize(theme.current().px(140), theme.current().px(48))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._identity.set_low(is_low=self.height() < theme.current().px(_LOW))
        self._arrange()

    def _place(self, *, is_wide: bool, is_narrow: bool) -> None:
        """Only on a change: each setter asks for a layout, which would bring the next `_arrange` without end."""
        look = theme.current()
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sections.setDirection(beside if is_wide else below)
        self._bars.setDirection(below if is_narrow else beside)
        self._sections.setSpacing(look.px(24) if is_wide else 0)
        self._between.setVisible(not is_wide)
        self._bars.setSpacing(look.px(24 if is_wide else 16))

    def _arrange(self) -> None:
        """Side by side where there is room; each heat map as high as its rows, as far as both fit on screen."""
        look = theme.current()
        view = self._scroll.viewport().size()
        is_wide, is_narrow = view.width() >= look.px(_WIDE), view.width() < look.px(_NARROW)
        if self._placed != (is_wide, is_narrow, look.scale):
            self._placed = is_wide, is_narrow, look.scale
            self._place(is_wide=is_wide, is_narrow=is_narrow)
        sections = (self.value, self.gradient)
        inner = view.width() - 2 * look.px(12)
        width = (inner - look.px(24)) // 2 if is_wide else inner
        others = self._content.sizeHint().height() - sum(section.heat_map.height() for section in sections)
        others -= 0 if self.rule.isHidden() else self.rule.sizeHint().height()  # it is scrolled to where it must be
        shown = [section for section in sections if not section.heat_map.message]
        room = (view.height() - others) // (1 if is_wide else max(len(shown), 1))
        for section in sections:
            heat_map = section.heat_map
            if heat_map.message or not self._pages:
                heat_map.setFixedHeight(max(look.px(56), heat_map.message_height(width)))
            else:
                heat_map.setFixedHeight(min(heat_map.natural_height(width), max(room, look.px(160))))
        if self.camera.is_fitted and shown:
            shown[0].heat_map.fit()


def _is_trained(variable: Variable) -> bool:
    return variable.summary is not None and variable.summary.requires_grad

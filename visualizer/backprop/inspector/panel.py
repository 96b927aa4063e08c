"""The inspector: value and gradient of the selected node or variable, cell by cell and in numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QTabBar, QVBoxLayout, QWidget

from engine.protocol.graph_values import Node
from engine.protocol.keys import TensorKey
from engine.protocol.not_finite import Found
from engine.protocol.program_values import Variable
from engine.protocol.source import Source
from engine.protocol.tensor_values import TensorDetails, short_dtype
from engine.shared.language import mark, tr, trn
from visualizer.backprop.inspector.account_section import AccountSection
from visualizer.backprop.inspector.found_section import FoundSection, pages_of, part_of_page, places_in
from visualizer.backprop.inspector.identity import Identity
from visualizer.backprop.inspector.node_section import text_label
from visualizer.backprop.inspector.node_sections import NodeSections
from visualizer.backprop.inspector.origin_section import OriginSection
from visualizer.backprop.inspector.pages import Page, page_of_variable, pages_of_node, tried_pages
from visualizer.backprop.inspector.rule_section import RuleSection
from visualizer.backprop.inspector.saved_section import SavedSection
from visualizer.backprop.inspector.tensor_pair import TensorPair
from visualizer.backprop.inspector.why_section import WhySection
from visualizer.backprop.tensor_view.feed import Part
from visualizer.look import spoken, theme
from visualizer.look.empty_words import EmptyWords
from visualizer.look.kept_in_view import KeptInView
from visualizer.look.labels import Hairline
from visualizer.look.spoken import Words, speak
from visualizer.model.selection import SelectedModule
from visualizer.model.variable_words import text_of

_ARRANGE = QEvent.Type(QEvent.registerEventType())
_ROUNDS = 3  # of heights that change what is around them
_LOW = 170  # without room for a line of the state
_MODULE = mark("Many nodes in one card. Enter, or a double click, opens it in the graph.")
_UNFOLDS = mark("The sign before its name, or → in the table of variables, unfolds it into what it holds.")
_EMPTY = mark("Select a node of the graph or a variable: its value, its gradient and their statistics appear here.")


class InspectorPanel(QWidget):
    """Shows one node, variable or folded module. It holds no tensor: it asks by key, answers come through `set_…`.

    Signals: `rectangle_wanted(AskRectangle)`, `details_wanted(TensorKey)`, `text_wanted(TensorKey)` for the
    clipboard, `section_wanted(NodeSection, Request)`, whose answer the section takes, `place_clicked(Source)`,
    `node_chosen(node)` by a link, `output_turned(node, output)`, `status(sentence)` about the selected cell.
    """

    rectangle_wanted = Signal(object)
    details_wanted = Signal(object)
    text_wanted = Signal(object)
    place_clicked = Signal(object)
    section_wanted = Signal(object, object)
    node_chosen = Signal(int)  # a section leads to it
    graph_wanted = Signal(str)  # of a variable
    life_shown = Signal(object)  # NodeSaved, or None
    output_turned = Signal(int, int)  # node, output: the person turned to another output's page
    status = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages: tuple[Page, ...] = ()
        self._subject: object = None  # the node's id, the variable's name, or the module
        self._token = "cat.view"
        self._gradient_available = False
        self._is_arranging_soon = False
        self._identity = Identity(self)  # made in the order in which they stand, which is that of Tab
        self._tabs = QTabBar(self, objectName="inspector_pages")
        self.why = WhySection(self)
        self.pair = TensorPair(self)
        self.value, self.gradient = self.pair.value, self.pair.gradient
        self.axes, self.camera = self.pair.axes, self.pair.camera
        self.found = FoundSection(self)
        self.sections = NodeSections(self.why, self)
        self.rule, self.saved = self.sections.get(RuleSection), self.sections.get(SavedSection)
        self._build()
        for name in ("rectangle_wanted", "details_wanted", "text_wanted", "status"):
            getattr(self.pair, name).connect(getattr(self, name))
        self.pair.cell_selected.connect(self.sections.show_cell)
        self.pair.rearranged.connect(self._arrange_soon)
        self.sections.wanted.connect(self.section_wanted)
        self.found.cell_chosen.connect(self._show_found_cell)
        self.sections.node_chosen.connect(self.node_chosen)
        self.sections.folded.connect(self._in_view.forget)
        self.saved.life_shown.connect(self.life_shown)
        self.sections.get(AccountSection).bound_known.connect(self.gradient.set_bound)
        self.sections.get(OriginSection).place_clicked.connect(self.place_clicked)
        self.why.shown_changed.connect(lambda: self.pair.set_told(is_told=self.why.is_told))
        for name in ("place_clicked", "graph_wanted"):
            getattr(self.why, name).connect(getattr(self, name))
        theme.current().changed.connect(self._on_theme)
        spoken.current().changed.connect(self._say_again)
        self._on_theme()
        self.clear()

    def _build(self) -> None:
        self._identity.place_clicked.connect(self.place_clicked)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.currentChanged.connect(self._on_tab)
        self._empty = EmptyWords(_EMPTY, self, name="inspector_empty")
        self._content = QWidget(self)
        self._content.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # what its sections take repaints no tensor
        self._column = QVBoxLayout(self._content)
        self._about = text_label(self._content, "inspector_about", "secondary")
        for widget in (self._about, self.found, self.why):
            self._column.addWidget(widget)
        self._column.addWidget(self.pair)
        self._column.addWidget(self.sections)
        self._column.addStretch(1)
        self._scroll = QScrollArea(self, objectName="inspector_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._content)
        speak(self._scroll.setAccessibleName, "Inspector")
        self._in_view = KeptInView(self._scroll)
        self._scroll.viewport().installEventFilter(self)
        self._content.installEventFilter(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._line = Hairline(self)
        self.head = self._identity.head
        self.first_stop = self._identity.place
        for widget in (self.head, self._identity, self._tabs, self._line, self._empty):
            outer.addWidget(widget)
        outer.setStretchFactor(self._empty, 1)
        outer.addWidget(self._scroll, 1)

    # -- what is shown

    @property
    def has_tensor(self) -> bool:
        """Whether there is something to copy."""
        return self.pair.has_tensor

    def show_node(
        self,
        node: Node,
        *,
        state_text: str,
        state_kind: str = "",
        category: str,
        has_gradient: bool = False,
        slot: int = -1,
        at_rest: bool = False,
        tried: tuple[int, str] | None = None,
    ) -> None:
        """A node of the graph, on the page of an output, -1 for that on screen. Shown again, it keeps zoom and selected
        cell, and asks for fresh numbers. `has_gradient`: backward has brought it; without, its place says so.
        `at_rest`: a pass came to it, and its sections follow once that rests. `tried`: of which experiment, in which of
        its views, the gradient is."""
        is_same = self._subject == node.id
        if not is_same:
            self._in_view.forget()
            self.why.expect()
        self._subject, self._pages = node.id, pages_of_node(node)
        self._gradient_available = has_gradient
        if tried is not None:
            self._pages, self._gradient_available = tried_pages(self._pages, *tried, node.id), True
        self._token = f"cat.{category}"
        self._identity.set_state(state_text, state_kind)
        sequence = tr("sequence {number}", number=node.sequence) if node.sequence >= 0 else ""
        page = slot if slot >= 0 else max(self._tabs.currentIndex(), 0) if is_same else 0
        self._show(node.name, sequence, node.source, page=page)
        self.sections.show_node(node, 0 if self.page is None else self.page.slot, at_rest=at_rest)

    def show_variable(self, variable: Variable, *, category: str = "") -> None:
        """A variable of the program: its tensor and its .grad, or one line for anything else."""
        if self._subject != variable.name:
            self._in_view.forget()
            self.why.expect()
        self._subject = variable.name
        self._pages = (page_of_variable(variable),) if variable.summary is not None else ()
        self._gradient_available = variable.grad is not None
        self._token = f"cat.{category or ('accumulate' if _is_trained(variable) else 'leaf')}"
        self._identity.set_state("")
        lines = (text_of(variable), tr(_UNFOLDS) if variable.inside else "")
        self._show(variable.name, "", None, text="\n\n".join(filter(None, lines)), kind=variable.kind)
        self.sections.show_variable(variable)

    def show_found(self, found: Found) -> None:
        """What a program or a pass is held at: the tensors that took part, and why it is not finite."""
        self._subject, self._pages = found, pages_of(found)
        self._gradient_available = False
        self._token = "error.text"
        self._identity.set_state(tr(found.brief))
        self._show(found.operation, "", found.source)
        self.sections.show_nothing()

    def _say_again(self) -> None:
        """What is selected is shown again by who chose it."""
        if isinstance(self._subject, Found):
            self.show_found(self._subject)

    def forget_found(self) -> None:
        """It goes on: those tensors are not kept."""
        if self.is_at_found:
            self.clear()

    def _show_found_cell(self, row: int, position: int) -> None:
        """A cell of the table of what was found, in the tensor of its column."""
        found = self._subject
        if isinstance(found, Found):
            page = next(place for place, one in enumerate(self._pages) if part_of_page(one) == position)
            self._tabs.setCurrentIndex(page)
            place = found.cells[row].places[position]
            if place is not None:
                self.pair.show_cell(place)

    def show_module(self, module: SelectedModule, variable: Variable | None = None) -> None:
        """A folded module: what it is and where it was called; with the `variable` that holds it, what is to be said of
        its parameters."""
        self._subject, self._pages = module, ()
        self._gradient_available = False
        self._token = "cat.view"
        self._identity.set_state("")
        facts = trn("{n} node", "{n} nodes", module.n_nodes)
        self._show(module.type_name, "", module.source, text=tr(_MODULE), kind=facts, name=module.path)
        if variable is None:
            self.sections.show_nothing()
            return
        self._set_visible(has_subject=True, has_tensor=False, has_sections=True)
        self.sections.show_module(variable)

    @property
    def is_at_found(self) -> bool:
        """Whether it shows what is not finite."""
        return isinstance(self._subject, Found)

    def clear(self) -> None:
        """Nothing is selected."""
        self._subject, self._pages = None, ()
        self._gradient_available = False
        self.pair.show_nothing()
        self._empty.setText(tr(_EMPTY))
        self._identity.clear()
        self._set_visible(has_subject=False, has_tensor=False)
        self.sections.show_nothing()

    def reveal(self, section: QWidget) -> bool:
        """Scroll to a part of what is shown, such as what one of the sections says of the node; False where there is
        none of it."""
        self.sections.settle()
        self._in_view.show(section)
        return section.isVisible()

    def show_why(self) -> bool:
        """Open and scroll to why there is no gradient; False where that cannot be asked of what is selected."""
        self.sections.settle()
        self.why.ask()
        return self.reveal(self.why)

    def shut_down(self) -> None:
        """End the typesetting process."""
        self.rule.typesetter.stop()

    def refresh(self) -> None:
        """The values may have changed, for example after a step: ask for them again."""
        self.pair.refresh()
        self.sections.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, which is the window's own where there is one."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Ask for the text of the gradient if its heat map has the focus, else of the value."""
        self.pair.copy()

    # -- answers

    def set_details(self, details: TensorDetails) -> None:
        """What the engine says of a tensor that was asked for; of any other, nothing happens."""
        self.pair.set_details(details)

    def set_rectangle(self, rectangle: Part) -> None:
        """Cells that were asked for; of any other tensor, nothing happens."""
        self.pair.set_rectangle(rectangle)

    def request_failed(self, key: TensorKey, why: Words) -> None:
        """A tensor that was asked for cannot be shown: why it cannot takes its place."""
        self.pair.request_failed(key, why)

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
        labels = [item.label for item in self._pages] if len(self._pages) > 1 else []
        if labels != [self._tabs.tabText(place) for place in range(self._tabs.count())]:
            while self._tabs.count():
                self._tabs.removeTab(0)
            for label in labels:
                self._tabs.addTab(label)
        self._tabs.setCurrentIndex(min(max(page, 0), self._tabs.count() - 1))
        self._tabs.blockSignals(False)
        self._set_visible(has_subject=True, has_tensor=bool(self._pages))
        if self._pages:
            self._show_page()
            return
        self._identity.set_subject(title, self._token, name, kind, sequence, source)
        self.pair.show_nothing()
        self._empty.setText(text)
        self._about.setText(text)

    def _set_visible(self, *, has_subject: bool, has_tensor: bool, has_sections: bool = False) -> None:
        """`has_sections`: there is something to say of it although it is no tensor."""
        wanted = {
            self._line: has_subject,
            self._tabs: self._tabs.count() > 1 and has_tensor,
            self._scroll: has_tensor or has_sections,
            self._empty: not (has_tensor or has_sections),
            self._about: has_sections,
            self.pair: has_tensor,
        }
        for widget, is_shown in wanted.items():
            if widget.isHidden() == is_shown:
                widget.setVisible(is_shown)
        self.found.show_found(self._subject if isinstance(self._subject, Found) else None)

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
        short = f"{page.shape} {short_dtype(page.dtype)}" if page.shape is not None else ""
        name = page.name if page.name != title else ""
        self._identity.set_subject(title, self._token, name, shape, sequence, source, short)
        self.pair.show_page(page, title, self._token, has_gradient=self._gradient_available)
        if isinstance(self._subject, Found):
            places = places_in(self._subject, page)
            self.pair.set_lit(places)
            if places:
                self.pair.axes.show_element(places[0].cell)

    # -- geometry

    def showEvent(self, event: QShowEvent) -> None:
        """What it did not ask while nobody saw it."""
        super().showEvent(event)
        self.why.refresh()

    def _on_theme(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(12))
        self._column.setSpacing(look.px(10))
        self._arrange_soon()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._scroll.viewport():
            self._arrange()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._arrange_soon()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """The same whatever is shown: what is selected moves no panel."""
        return QSize(theme.current().px(140), theme.current().px(48))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._identity.set_low(is_low=self.height() < theme.current().px(_LOW))
        self._arrange_soon()

    def _arrange_soon(self) -> None:
        """Once for all that is under way, and before the next frame: a frame comes after all other events."""
        if not self._is_arranging_soon:
            self._is_arranging_soon = True
            QCoreApplication.postEvent(self, QEvent(_ARRANGE))

    def customEvent(self, event: QEvent) -> None:
        """What a layout asks for while events are delivered comes behind a frame that is due already, in which one
        widget would lie over another: all of it is done at once."""
        if event.type() != _ARRANGE:
            return
        for _ in range(_ROUNDS):
            self._is_arranging_soon = False
            self._arrange()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            if not self._is_arranging_soon:
                break
            QCoreApplication.removePostedEvents(self, _ARRANGE.value)
        else:
            self._is_arranging_soon = False
            self._arrange_soon()

    def _arrange(self) -> None:
        """The sections are scrolled to: the tensors have all the room in view."""
        margins = self._column.contentsMargins()
        around = QSize(margins.left() + margins.right(), margins.top() + margins.bottom())
        self.pair.arrange(self._scroll.viewport().size(), around)


def _is_trained(variable: Variable) -> bool:
    return variable.summary is not None and variable.summary.requires_grad

"""Value and gradient of what is selected: cells, numbers and histograms, below each other or side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from engine.protocol.cells import CellPlace
from engine.protocol.keys import DifferenceKey, TensorKey
from engine.protocol.tensor_values import TensorDetails
from engine.shared.language import mark, tr
from visualizer.backprop.inspector.compare_bar import CompareBar
from visualizer.backprop.inspector.found_section import FoundPlace
from visualizer.backprop.inspector.pages import Page
from visualizer.backprop.tensor_view.axes import AxisControls
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.feed import Part
from visualizer.backprop.tensor_view.histogram import Histogram
from visualizer.backprop.tensor_view.section import TensorSection
from visualizer.backprop.tensor_view.slice_field import SliceField
from visualizer.backprop.tensor_view.summary_look import limits_of
from visualizer.backprop.tensor_view.whole_index import whole_index
from visualizer.look import theme
from visualizer.look.labels import Hairline
from visualizer.look.one_frame import OneFrame
from visualizer.look.spoken import Words

_WIDE = 760  # px from which value and gradient stand side by side
_NARROW = 190  # without room for two histograms side by side


class TensorPair(QWidget):
    """Holds no tensor: it asks by key, answers come through `set_…`.

    Signals: `rectangle_wanted(AskRectangle)`, `details_wanted(TensorKey)`, `text_wanted(TensorKey)` for the clipboard,
    `cell_selected(cell)` by its index along every axis, `status(sentence)` about it, `rearranged()`: its height may be
    another.
    """

    rectangle_wanted = Signal(object)
    details_wanted = Signal(object)
    text_wanted = Signal(object)
    cell_selected = Signal(tuple)
    status = Signal(object)
    rearranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: Page | None = None
        self._name = ""  # of what is shown
        self._again: Callable[[], None] | None = None  # shows the page anew
        self._is_told = False  # why there is no gradient stands elsewhere
        self._lit: tuple[CellPlace | FoundPlace, ...] = ()
        self._placed: tuple[bool, bool, float] | None = None  # side by side, one histogram a line, and at which scale
        self.camera = Camera(self)
        self.compare = CompareBar(self)  # made in the order in which they stand, which is that of Tab
        self.slice = SliceField(self, caption=mark("Part"), name="inspector_slice")
        self.axes = AxisControls(self)
        self.value = TensorSection("value", self.camera, self)
        self.gradient = TensorSection("gradient", self.camera, self)
        self.second = TensorSection("second", self.camera, self)
        self._both = (self.value, self.gradient, self.second)
        self._build()
        self._one_frame = OneFrame(self, self._is_complete)
        for section in self._both:
            section.details_wanted.connect(self.details_wanted)
            section.rectangle_wanted.connect(self.rectangle_wanted)
            section.copy_wanted.connect(lambda section=section: self.text_wanted.emit(section.feed.key))
            section.changed.connect(self._on_section)
            section.feed.arrived.connect(self._one_frame.look)
            section.cell_clicked.connect(self._say_cell)
            section.text_arrived.connect(self._say_cell)
        self.axes.changed.connect(self._on_axes)
        self.slice.wanted.connect(lambda key, name: self._show_again())
        self.compare.changed.connect(self._on_compare)
        theme.current().changed.connect(self._on_theme)
        self._on_theme()

    def _build(self) -> None:
        self._histograms = {"value": Histogram("value", self), "gradient": Histogram("gradient", self)}
        self._sections = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._between = Hairline(self)
        self._sections.addWidget(self.value, 1, Qt.AlignmentFlag.AlignTop)
        self._sections.addWidget(self._between)
        self._sections.addWidget(self.gradient, 1, Qt.AlignmentFlag.AlignTop)
        self._sections.addWidget(self.second, 1, Qt.AlignmentFlag.AlignTop)
        self.second.hide()
        self._bars = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for histogram in self._histograms.values():
            self._bars.addWidget(histogram, 1)
        self._under = Hairline(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.compare)
        self._column.addWidget(self.slice)
        self._column.addWidget(self.axes)
        self._column.addLayout(self._sections)
        self._column.addWidget(self._under)
        self._column.addLayout(self._bars)

    # -- what is shown

    @property
    def has_tensor(self) -> bool:
        """Whether there is something to copy."""
        return any(section.feed.key is not None for section in self._both)

    @property
    def histogram(self) -> QWidget:
        """Of the value, of the gradient where there is none of that."""
        return next((one for one in self._histograms.values() if one.isVisible()), self._histograms["value"])

    def show_nothing(self) -> None:
        """There is no tensor to show."""
        self._page, self._again = None, None
        self.slice.hide()
        self.compare.set_subject(None, None)
        for section in self._both:
            section.show_message("")

    def show_page(self, page: Page, title: str, token: str, *, has_gradient: bool) -> None:
        """The value in the colour of a category; `title` names what has no name. Without a gradient words say so."""
        self._page, self._name = page, page.name or title
        self._again = partial(self.show_page, page, title, token, has_gradient=has_gradient)
        self._offer_part(page)
        if page.shape is not None and not self.slice.index:
            self._set_shape(page.shape)
        value, gradient = self.slice.part_of(page.value_key), self.slice.part_of(page.gradient_key)
        if value is not None:
            self.value.show_tensor(value, f"{page.name}{self.slice.index}", token)
        else:
            self.value.show_message(page.value_message, page.name)
        if gradient is not None and has_gradient:
            self.gradient.show_tensor(gradient, f"{page.gradient_label}{self.slice.index}", "flow.text")
        else:
            self.gradient.show_message(self._gradient_message(page))
        for widget in (self.gradient, self._between):
            widget.setVisible(page.gradient_key is not None or bool(page.gradient_message))
        self.compare.set_subject(None if self.slice.index else page.value_key, page.shape)
        self._light()
        self._on_section()
        self._one_frame.begin()

    def set_told(self, *, is_told: bool) -> None:
        """Whether the reason why there is no gradient stands elsewhere: the place of the gradient is brief then."""
        if is_told != self._is_told:
            self._is_told = is_told
            if self._page is not None and self.gradient.feed.key is None:
                self.gradient.show_message(self._gradient_message(self._page))
                self.rearranged.emit()

    def _gradient_message(self, page: Page) -> str:
        return page.gradient_brief if self._is_told and page.gradient_brief else page.gradient_message

    def _is_complete(self) -> bool:
        """Whether numbers and cells on screen are of what is named there."""
        if any(section.is_awaited for section in self._both):
            return False
        return all(one.is_complete for one in (section.heat_map for section in self._both) if one.isVisible())

    def _offer_part(self, page: Page) -> None:
        """The field for a part of it, which another tensor begins anew."""
        key = page.value_key or page.gradient_key
        if key is not None:
            self.slice.set_tensor(key, page.name)
        if page.shape:
            self.slice.set_n_axes(len(page.shape))
        self.slice.setVisible(key is not None and self.slice.applies and bool(page.shape))
        if self.slice.isHidden():
            self.slice.clear()

    def _show_again(self) -> None:
        if self._again is not None:
            self._again()

    def _on_compare(self) -> None:
        """What stands beside the value is another one."""
        key, name = self.compare.key, self.compare.name
        is_difference = isinstance(key, DifferenceKey)
        self.second.set_colors("gradient" if is_difference else "value")
        if key is None or self.compare.message:
            self.second.show_message(self.compare.message)
        else:
            self.second.show_tensor(key, f"{self._name} − {name}" if is_difference else name, "text.secondary")
        self.second.setVisible(key is not None)
        self._on_section()

    def refresh(self) -> None:
        """The values may have changed: ask for them again."""
        for section in self._both:
            section.refresh()

    def copy(self) -> None:
        """Ask for the text of what `copied_key` is of."""
        if self.copied_key is not None:
            self.text_wanted.emit(self.copied_key)

    @property
    def copied_key(self) -> TensorKey | None:
        """Of the gradient, the second tensor or the difference if its heat map has the focus, else of the value, or of
        the gradient where there is no value; None where there is neither."""
        for section in (self.gradient, self.second):
            if section.heat_map.hasFocus() and section.feed.key is not None:
                return section.feed.key
        return self.gradient.feed.key if self.value.feed.key is None else self.value.feed.key

    def show_cell(self, element: tuple[int, ...]) -> None:
        """Select an element, and bring it into view."""
        if self.slice.index:
            self.slice.clear()
            self._show_again()
        self.axes.show_element(element)
        cell = self.axes.cell_of(element)
        if cell is not None:
            for section in self._both:
                section.heat_map.reveal(*cell)
            self._say_cell()

    def set_lit(self, places: tuple[CellPlace | FoundPlace, ...]) -> None:
        """The elements that took part in what is explained."""
        self._lit = places
        self._light()

    def _light(self) -> None:
        for section in self._both:
            key = section.feed.key
            cells = (self.axes.cell_of(place.cell) for place in self._lit if place.key == key)
            section.heat_map.set_lit(tuple(cell for cell in cells if cell is not None))

    # -- answers

    def set_details(self, details: TensorDetails) -> None:
        """What the engine says of a tensor that was asked for; of any other, nothing happens."""
        for section in self._both:
            section.set_details(details)

    def set_rectangle(self, rectangle: Part) -> None:
        """Cells that were asked for; of any other tensor, nothing happens."""
        for section in self._both:
            section.take(rectangle)

    def request_failed(self, key: TensorKey, why: Words) -> None:
        """A tensor that was asked for cannot be shown: why it cannot takes its place."""
        for section in self._both:
            section.failed(key, why)

    # -- slices, sizes, statistics

    def _set_shape(self, shape: tuple[int, ...]) -> None:
        before = (self.axes.row_axis, self.axes.column_axis, self.axes.matrix_size)
        self.axes.set_shape(shape)
        self.camera.set_size(*self.axes.matrix_size, self.axes.n_axes)
        if before != (self.axes.row_axis, self.axes.column_axis, self.axes.matrix_size):
            self.camera.select(None)
        self._set_slices()

    def _set_slices(self) -> None:
        self.camera.is_colored = self.axes.colors is not None
        for section in self._both:
            section.feed.show_slice(self.axes.index, self.axes.row_axis, self.axes.column_axis, self.axes.colors)
            section.set_colored(self.axes.colors is not None)
        self._light()

    def _on_axes(self) -> None:
        self.camera.set_size(*self.axes.matrix_size, self.axes.n_axes)
        self._set_slices()
        for section in self._both:
            section.heat_map.camera_changed()
        self.rearranged.emit()
        if self.camera.selected is not None:
            self._say_cell()

    def _on_section(self) -> None:
        details = self.value.details or self.gradient.details
        if details is not None and details.summary.shape != (self._page.shape if self._page else None):
            self._set_shape(details.summary.shape)
        if details is not None:
            self.axes.set_names(details.axes)
            self.axes.set_summary(details.summary)
        for kind, section in (("value", self.value), ("gradient", self.gradient)):
            if section.is_awaited:
                continue
            known = section.details
            limits = (limits_of(known.summary, kind) if known else None) or (0.0, 1.0)
            is_drawn = known is not None and bool(known.histogram) and known.summary.n_elements > 1
            self._histograms[kind].set_details(known if is_drawn else None, limits)
            self._histograms[kind].setVisible(is_drawn)
        sizes = [section.number_size() for section in self._both if section.feed.key is not None]
        if sizes:
            width, least = (max(size[place] for size in sizes) for place in (0, 2))
            self.camera.set_number_size(width, sizes[0][1], least)
        self._under.setVisible(any(not histogram.isHidden() for histogram in self._histograms.values()))
        if not (self.value.is_awaited and self.gradient.is_awaited):  # till then all stays where it is
            self.rearranged.emit()
        self._one_frame.look()

    @property
    def selected_cell(self) -> tuple[int, ...] | None:
        """The cell that is marked in both, by its index along every axis of the whole tensor."""
        seen = self._seen_cell
        if seen is None or not self.slice.index:
            return seen
        shape = self._page.shape if self._page is not None else None
        return None if shape is None else whole_index(shape, self.slice.index, seen)

    @property
    def _seen_cell(self) -> tuple[int, ...] | None:
        """The same by its index in what is seen."""
        cell = self.camera.selected
        return None if self._page is None or cell is None else tuple(self.axes.element(*cell))

    def _say_cell(self) -> None:
        cell, place, seen = self.camera.selected, self.selected_cell, self._seen_cell
        if cell is None or seen is None:
            return
        if place is not None:
            self.cell_selected.emit(place)
        name = f"{self._name}{self.slice.index}"
        texts = [(section.kind_words, section.text_at(*cell)) for section in self._both]

        def words() -> str:
            first = tr("cell {place} of {name}", place=list(seen), name=name) if seen else name
            return ", ".join([first, *(f"{kind()} {text}" for kind, text in texts if text)])

        self.status.emit(words)

    # -- geometry

    def _on_theme(self) -> None:
        look = theme.current()
        self._column.setSpacing(look.px(2))
        self._bars.setContentsMargins(0, look.px(8), 0, 0)
        self._on_section()

    def _place(self, *, is_wide: bool, is_narrow: bool) -> None:
        """Only on a change: each setter asks for a layout, which would bring the next `arrange` without end."""
        look = theme.current()
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sections.setDirection(beside if is_wide else below)
        self._bars.setDirection(below if is_narrow else beside)
        self._sections.setSpacing(look.px(24) if is_wide else 0)
        self._between.setVisible(not is_wide)
        self._bars.setSpacing(look.px(24 if is_wide else 16))

    def arrange(self, view: QSize, margins: QSize) -> None:
        """Side by side where the view has room; each heat map as high as its rows, as far as both fit into it within
        its margins."""
        look = theme.current()
        is_wide, is_narrow = view.width() >= look.px(_WIDE), view.width() < look.px(_NARROW)
        if self._placed != (is_wide, is_narrow, look.scale):
            self._placed = is_wide, is_narrow, look.scale
            self._place(is_wide=is_wide, is_narrow=is_narrow)
        inner = view.width() - margins.width()
        n_beside = 2 if self.second.isHidden() else 3
        width = (inner - look.px(24) * (n_beside - 1)) // n_beside if is_wide else inner
        seen = [section for section in self._both if section is not self.second or not section.isHidden()]
        before = self._heights()
        for section in seen:
            section.settle(width)
        if self._heights() != before:
            self._measure_anew()
        before = self._heights()
        others = margins.height() + self.sizeHint().height() - sum(s.heat_map.height() for s in seen)
        shown = [section for section in seen if not section.heat_map.message]
        room = (view.height() - others) // (1 if is_wide else max(len(shown), 1))
        for section in self._both:
            heat_map = section.heat_map
            if heat_map.message or self._page is None:
                heat_map.setFixedHeight(max(look.px(56), heat_map.message_height(width)))
            else:
                heat_map.setFixedHeight(min(heat_map.natural_height(width), max(room, look.px(160))))
        if self.camera.is_fitted and shown:
            shown[0].heat_map.fit_into(width, shown[0].heat_map.maximumHeight())
        if self._heights() != before:
            self._measure_anew()

    def _heights(self) -> tuple[int, ...]:
        return tuple(part.maximumHeight() for section in self._both for part in (section.heat_map, section.statistics))

    def _measure_anew(self) -> None:
        """A height that is set while a layout is under way, as in a resize event, is not heard by the layouts around
        it: what is below would stand on it."""
        for section in self._both:
            section.layout().invalidate()
        self._sections.invalidate()
        self._column.invalidate()
        self.updateGeometry()

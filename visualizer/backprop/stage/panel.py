"""The tensor stage: name and shape in words, the cells as the rank is, beside them what they were made of."""

from __future__ import annotations

import itertools
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.protocol.keys import NodeValueKey, SliceKey, TensorKey, VariableKey
from engine.protocol.operations import AskSources, CellsOf, OperationSeen, SourcesShown
from engine.protocol.sentence import Sentence
from engine.protocol.tensor_values import SHAPELESS, AxisName, TensorDetails, TensorSummary
from engine.shared.language import local, said, tr
from visualizer.backprop.stage.age_bar import AgeBar
from visualizer.backprop.stage.cell_words import words_of
from visualizer.backprop.stage.foot import Foot
from visualizer.backprop.stage.operands_row import OperandsRow
from visualizer.backprop.stage.operation_layout import OperationLayout
from visualizer.backprop.stage.places_bar import PlacesBar
from visualizer.backprop.stage.pointed import Pointed
from visualizer.backprop.stage.storage_room import StorageRoom
from visualizer.backprop.stage.tensor_block import TensorBlock
from visualizer.backprop.stage.walk_bar import WalkBar
from visualizer.backprop.tensor_view.axis_words import sources_text
from visualizer.backprop.tensor_view.planes import Planes, flat_index
from visualizer.backprop.tensor_view.rank_words import axis_words, index_words, rank_name
from visualizer.backprop.tensor_view.slice_field import SliceField
from visualizer.backprop.tensor_view.summary_look import kind_of
from visualizer.look import spoken, theme
from visualizer.look.announcing import announce
from visualizer.look.labels import ElidedLabel, on_one_line
from visualizer.look.spoken import Words, speak, speak_by

_CELLS_PX = 96  # the least height of cells, with the numbers of their columns
_LOW, _LOWEST, _NARROW, _LEAST = 400, 300, 200, 160  # px at 100 %
_TITLE_PX, _LOW_TITLE_PX, _SMALLEST_TITLE_PX = 20, 15, 13
_AROUND, _AROUND_LOW = (20, 16, 20, 14, 8), (20, 6, 20, 6, 4)  # px at 100 %: the four sides, and between two lines
_MANY_PLACES = 72  # px at 100 %, of the lines of axes; more of them take from what else stands around the cells
_LEAST_KIND = "(99, 99, 99)  float32  on cpu"  # seen, however long the name beside it is
_HOVER_MS = 40  # cells that the mouse only passes are not asked about


class TensorStage(QWidget):
    """Holds no tensor: it asks by key. `details_wanted(TensorKey)` is answered by `set_details`,
    `rectangle_wanted(AskRectangle, Feed)` by the feed's `take`, `operation_wanted(key)` by `set_operation`,
    `sources_wanted(AskSources)` by `set_sources`, `storage_wanted(AskStorage)` by `storage.show_storage`.
    `status(sentence)` is about a cell."""

    details_wanted = Signal(object)
    rectangle_wanted = Signal(object, object)
    operation_wanted = Signal(object)
    sources_wanted = Signal(object)
    storage_wanted = Signal(object)
    status = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tensor_stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        speak(self.setAccessibleName, "Tensor")
        self._name = ""
        self._shape: tuple[int, ...] = ()
        self._is_shapeless = False  # its axes have no size
        self._is_low = False
        self._names: tuple[AxisName, ...] = ()
        self._key: TensorKey | None = None
        self._operation: OperationSeen | None = None
        self._why_none: Words = str  # no operation is told
        self._asked: AskSources | None = None
        self._element: tuple[int, ...] | None = None  # the same of the tensor itself
        self._pointed = Pointed()
        self._chosen: AskSources | None = None  # by a click or a key: what lights up while the mouse is nowhere
        self.title = ElidedLabel(
            _TITLE_PX, "text.primary", weight=600, mono=True, is_code=True, smallest_px=_SMALLEST_TITLE_PX, parent=self
        )
        self.kind = ElidedLabel(13, "text.secondary", least=_LEAST_KIND, parent=self)
        self.age = AgeBar(self)
        self.axes = QLabel(self, objectName="stage_axes")
        self.slice, self.places = SliceField(self), PlacesBar(self)
        self.operands = OperandsRow(self)
        self.block = TensorBlock(self)
        self.sheets, self.number, self.words = self.block.sheets, self.block.number, self.block.words
        self.number.setObjectName("stage_number")
        self.cell = QLabel(self, objectName="stage_cell")
        self.storage, self.foot = StorageRoom(self), Foot(self)
        self.reason = QLabel(self, objectName="stage_reason")
        self.walk_bar = WalkBar(self)
        self.walk = self.walk_bar.walk
        self._hovering = QTimer(self, singleShot=True, interval=_HOVER_MS)
        self._hovering.timeout.connect(self._ask_sources)
        self._build()
        self._connect()
        theme.current().changed.connect(self._dress)
        spoken.current().changed.connect(self._say_again)
        self._dress()

    def _build(self) -> None:
        for label in (self.axes, self.cell, self.reason):
            label.setWordWrap(True)
        self._head = QHBoxLayout()
        self._head.addWidget(self.title)
        self._head.addWidget(self.kind)
        self._head.addWidget(self.age)
        self._head.addStretch(1)
        self._head.addWidget(self.storage.button)
        self._under = QHBoxLayout()  # what has no room beside a long title
        self._middle = OperationLayout(self.operands, self.block)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addLayout(self._under)
        self._column.addWidget(self.axes)
        self._column.addWidget(self.slice)
        self._column.addWidget(self.places)
        self._column.addLayout(self._middle, 1)
        for widget in (self.walk_bar, self.cell, self.storage, self.foot, self.reason):
            self._column.addWidget(widget)

    def _connect(self) -> None:
        sheets = self.sheets
        sheets.rectangle_wanted.connect(self.rectangle_wanted)
        sheets.cell_chosen.connect(self._choose)
        sheets.cell_hovered.connect(lambda cell: self._hover(-1, cell))
        sheets.text_arrived.connect(self._say_element)
        sheets.is_heard = False  # the status says it by its name
        sheets.arranged.connect(self._show_places)
        self.operands.details_wanted.connect(self.details_wanted)
        self.operands.rectangle_wanted.connect(self.rectangle_wanted)
        self.operands.cell_hovered.connect(self._hover)
        self.operands.cell_chosen.connect(lambda place, cell: self._follow(place, cell))
        self.storage.storage_wanted.connect(self.storage_wanted)
        self.storage.button.toggled.connect(lambda is_open: self._make_room())
        self.storage.shown_anew.connect(self._make_room)
        self.storage.strip.cell_hovered.connect(self._hover_storage)
        self.walk.came_to.connect(lambda cell: self._follow(-1, cell, is_walking=True))
        for asking in (self.block.again_wanted, self.age.again_wanted):
            asking.connect(self._read_again)
        self.slice.wanted.connect(lambda key, name: self.show_tensor(key, name, None))
        self.places.turned.connect(self._turn)
        self.places.moved.connect(self._move)

    def _dress(self) -> None:
        look = theme.current()
        self._head.setSpacing(look.px(12))
        self._middle.dress()
        fonts = {self.axes: look.font(13), self.cell: look.mono(14), self.reason: look.font(12)}
        tokens = {self.axes: "text.secondary", self.cell: "text.primary", self.reason: "text.muted"}
        for label, token in tokens.items():
            label.setFont(fonts[label])
            label.setStyleSheet(f"color: {look.color(token).name()}; background: transparent;")
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The cells come first: where it is low, the scale and the statistics are the inspector's alone, and where it
        is a stripe, what was made stands there without what it was made of."""
        whole = self.height() / theme.current().scale
        self._stand_close(is_low=whole < _LOWEST)
        self._place_kind()
        sides = self._column.contentsMargins()
        lines = self.places.heightForWidth(self.width() - sides.left() - sides.right())
        beside = lines / theme.current().scale if self.places.applies else 0
        room = whole - beside if beside > _MANY_PLACES else whole
        is_open = not self.storage.isHidden()
        self.storage.strip.set_room(self.height() // 3)
        self.storage.words.setVisible(room >= _LOW and bool(self.storage.words.text()))
        is_beside = self._operation is not None and room >= _LEAST
        self.operands.setVisible(is_beside)
        self._name_result(is_beside=is_beside)
        wanted = {
            self.axes: room >= _LOWEST and bool(self.axes.text()),
            self.slice: self.slice.applies and room >= _LOWEST,
            self.places: self._may_turn,
            self.walk_bar: self._operation is not None and room >= (_LOWEST if is_open else _NARROW),
            self.cell: room >= _NARROW,
            self.foot: room >= (2 * _LOW if is_open else _LOW),
            self.reason: room >= _LOWEST and bool(self.reason.text()),
        }
        seen = [widget for widget, is_wanted in wanted.items() if is_wanted]
        for widget in (self.reason, self.axes, self.foot):
            if widget in seen and self._left_beside(seen) < self._least_cells:
                seen.remove(widget)
        for widget in wanted:
            widget.setVisible(widget in seen)

    def _stand_close(self, *, is_low: bool) -> None:
        """What is around the cells takes less where it is low: smaller letters, and one line instead of two."""
        *sides, gap = map(theme.current().px, _AROUND_LOW if is_low else _AROUND)
        self._is_low = is_low
        self._column.setContentsMargins(*sides)
        self._column.setSpacing(gap)
        self.title.set_px(_LOW_TITLE_PX if is_low else _TITLE_PX, _SMALLEST_TITLE_PX)
        self.places.set_low(is_low)

    @property
    def _may_turn(self) -> bool:
        """Whether there is room for the lines of axes."""
        if not self.places.applies or self.sheets.isHidden() or self.height() < theme.current().px(_LEAST):
            return False
        return not self._is_low or self._left_beside([self.places]) >= self._least_cells

    @property
    def _least_cells(self) -> int:
        """px, for a few rows of a tensor below its name and its columns' numbers."""
        is_named = not self.operands.isHidden()
        return theme.current().px(_CELLS_PX) + (self.block.names_height if is_named else 0)

    def _left_beside(self, seen: list[QWidget]) -> int:
        """px, of the height, for the cells."""
        sides = self._column.contentsMargins()
        width = self.width() - sides.left() - sides.right()
        others = [*seen, *([] if self.storage.isHidden() else [self.storage])]
        heads = [line.sizeHint().height() for line in (self._head, self._under) if not line.isEmpty()]
        heights = [one.heightForWidth(width) if one.hasHeightForWidth() else one.sizeHint().height() for one in others]
        gaps = (len(heads) + len(heights)) * self._column.spacing()
        return self.height() - sides.top() - sides.bottom() - sum(heads) - sum(heights) - gaps

    def _place_kind(self) -> None:
        """Beside the title where both are seen whole, else below it."""
        others = (self.kind, self.age, self.storage.button)
        taken = sum(one.sizeHint().width() + self._head.spacing() for one in others if not one.isHidden())
        sides = self._column.contentsMargins()
        room = self.width() - sides.left() - sides.right()
        is_long = not self._is_low and self.title.sizeHint().width() + taken > room
        if is_long == (self._under.indexOf(self.kind) >= 0):
            return
        if is_long:
            self._head.removeWidget(self.kind)
            self._under.addWidget(self.kind)
        else:
            self._under.removeWidget(self.kind)
            self._head.insertWidget(1, self.kind)

    # -- what is shown

    def show_tensor(self, key: TensorKey, name: str, summary: TensorSummary | None) -> None:
        """A tensor by its key, and what is known of it so far; None of what comes with its details."""
        self.walk.stop()
        self.age.set_note(None)
        self._key, self._name, self._why_none = key, name, str
        self._pointed.await_tensor(name)
        self.title.set_text(name)
        self.slice.set_tensor(key, name)
        if isinstance(key, VariableKey | NodeValueKey):  # before its cells: what it was made of takes room from them
            self.operation_wanted.emit(key)
        if summary is None:
            self.kind.set_text("")
            self.axes.setText("")
            self.block.say("")
            self.foot.set_summary(None)
        else:
            self._show(key, summary)
        self._forget_cells()
        self.details_wanted.emit(key)
        self.storage.set_tensor(key, name)
        self._make_room()
        if not isinstance(key, VariableKey | NodeValueKey):
            self.set_operation(key, None)

    def set_operation(self, key: TensorKey, seen: OperationSeen | None, why: Sentence | None = None) -> None:
        """What made the tensor that is shown, or why that is not told; of any other, nothing happens."""
        if key == self._key:
            name, self._operation = self._name, seen
            self.title.set_text(_title(name, seen))
            self.operands.show_operation(seen)
            self._make_room()
            self.walk.set_shape(self._shape)
            self._why_none = str if why is None else partial(said, why)
            self._forget_cells()
            self._pointed.has_operation = seen is not None
            self._point()

    def _name_result(self, *, is_beside: bool) -> None:
        """What was made, where it stands beside what it was made of."""
        self.block.name(*(self._beside if is_beside else ("", "")))

    @property
    def _beside(self) -> tuple[str, str]:
        """What stands over the result beside operands."""
        if self._operation is None or not self._operation.written_since:
            return self._name, self.kind.text()
        return tr("{name} now", name=self._name), tr("written since, {words}", words=self.kind.text())

    def set_reason(self, sentence: str) -> None:
        """Why there is no graph in its place; "" where there is one."""
        self.reason.setText(sentence)
        self._make_room()

    def set_details(self, details: TensorDetails) -> None:
        """What the engine says of a tensor that was asked for; of any other, nothing happens."""
        self.operands.set_details(details)
        if details.key == self._key:
            self._show(details.key, details.summary, details.axes)
            self.age.set_note(details.note)
            self._make_room()  # for the axes, of which nothing stood before
            self._pointed.has_shape = True
            self._point()

    def request_failed(self, key: TensorKey, why: Words) -> None:
        """A tensor that was asked for cannot be shown: why it cannot takes its place."""
        self.operands.request_failed(key, why)
        if key == self._key:
            self.block.say(why(), may_ask_again=True)
            self.foot.set_summary(None)

    def _read_again(self) -> None:
        if self._key is not None:
            self.block.say("")
            self.details_wanted.emit(self._key)

    @property
    def key(self) -> TensorKey | None:
        """Of the tensor that is shown."""
        return self._key

    @property
    def stop(self) -> QWidget:
        """What takes the keyboard."""
        return self.sheets.sheets[0].heat_map if self.sheets.sheets and not self.sheets.isHidden() else self

    def _show(self, key: TensorKey, summary: TensorSummary, axes: tuple[AxisName, ...] = ()) -> None:
        if summary.shape != self._shape:  # what made it may have been told before
            self.walk.set_shape(summary.shape)
        self._shape = summary.shape
        if not isinstance(key, SliceKey):
            self.slice.set_n_axes(len(summary.shape))
        self._is_shapeless = summary.layout in SHAPELESS
        self.kind.set_text(kind_of(summary))
        self._place_kind()
        self._name_result(is_beside=not self.operands.isHidden())
        self._names = axes
        self.places.set_names(axes)
        self.places.set_summary(summary)
        self.block.show_tensor(key, summary)
        self._middle.stand(summary)
        self._say_axes()
        self._show_places()
        self.foot.set_summary(summary, is_part=isinstance(key, SliceKey))

    def _say_axes(self) -> None:
        """What each axis is, as the tensor is seen now."""
        planes = self.sheets.planes if self.sheets.planes.shape == self._shape else Planes(self._shape)
        words = () if self._is_shapeless else (rank_name(len(self._shape)), *axis_words(planes, self._names))
        self.axes.setText(", ".join(words))
        self.axes.setToolTip(sources_text(self._names))
        self.setAccessibleDescription(", ".join(filter(None, (self._name, self.kind.text(), self.axes.text()))))

    def _say_again(self) -> None:
        """The language is another: what is known is said anew when the engine tells it again."""
        if self._key is not None:
            self.details_wanted.emit(self._key)

    def _show_places(self) -> None:
        if self.sheets.isHidden():
            self.places.hide()
        else:
            self.places.set_planes(self.sheets.planes, self.sheets.first, self.sheets.n_shown)
            self.places.setVisible(self._may_turn)
        self.foot.bar.setVisible(self.sheets.isHidden() or self.sheets.planes.colors is None)

    def _turn(self, planes: Planes) -> None:
        self.sheets.set_planes(planes)
        self._say_axes()
        self._show_places()

    def _move(self, first: int) -> None:
        self.sheets.show_from(first)
        self._show_places()

    # -- cells

    def point_at(self, name: str, element: tuple[int, ...]) -> None:
        """Choose a cell of a tensor that is called so as soon as it is here with what made it; of a cell that it has
        not, the nearest."""
        self._pointed.point(name, element)
        self._point()

    def _point(self) -> None:
        cell = self._pointed.taken(self._name, self._shape)
        if cell is not None:
            self._choose(cell)

    def _choose(self, element: tuple[int, ...]) -> None:
        self._element = element
        self._say_element()
        self._follow(-1, element)

    def _say_element(self) -> None:
        """The chosen one; its number, where it is seen as a part of a cell, comes later."""
        if self._element is not None:
            text, words = self.sheets.text_at(self._element), index_words(self._name, self._element)
            self.status.emit(lambda: f"{words}{f' = {local(text)}' if text else ''}")

    def _follow(self, position: int, element: tuple[int, ...], *, is_walking: bool = False) -> None:
        """A cell was chosen: what it is made of, or goes into, stays lit."""
        if position >= 0:
            self.walk.stop()
        elif not is_walking:
            self.walk.stand_at(element)
        self.storage.strip.light(element if position < 0 else None)
        self._chosen = self._about(position, element)
        self._asked = self._chosen
        self._ask_sources()

    def _hover(self, position: int, element: tuple[int, ...] | None) -> None:
        self.storage.strip.light(element if position < 0 else None)
        self._asked = self._chosen if element is None else self._about(position, element)
        self._hovering.start()

    def _hover_storage(self, element: tuple[int, ...] | None) -> None:
        self.block.light(() if element is None else (flat_index(element, self._shape),))
        self._hover(-1, element)

    def _about(self, position: int, element: tuple[int, ...]) -> AskSources | None:
        seen, key = self._operation, self._key
        if seen is None or not isinstance(key, VariableKey | NodeValueKey):
            return None
        return AskSources(key=key, serial=seen.serial, cell=element, position=position)

    def _ask_sources(self) -> None:
        if self._asked is None:
            self._light(())
            speak_by(self.cell.setText, self._why_none)
        else:
            self.sources_wanted.emit(self._asked)

    def set_sources(self, asked: AskSources, shown: SourcesShown | None, why: Words = str) -> None:
        """The answer to a question about a cell, or why there is none; an old one is passed over."""
        if asked != self._asked:
            return
        operation, name, shape = self._operation, self._name, self._shape
        words = why if shown is None or operation is None else partial(words_of, asked, shown, operation, name, shape)
        speak_by(self.cell.setText, words)
        if asked == self._chosen and not self.walk.is_running:
            announce(self.cell, self.cell.text())
        self._light(() if shown is None else _lit(shown))

    def _light(self, cells: tuple[tuple[int, ...], ...]) -> None:
        asked = self._asked
        if asked is None or not cells:
            self.operands.light(())
            self.block.light(())
        elif asked.position < 0:
            self.operands.light(cells)
            self.block.light((flat_index(asked.cell, self._shape),))
        else:
            self.operands.light_one(asked.position, asked.cell)
            self.block.light(cells[0])

    def _forget_cells(self) -> None:
        self._asked = self._chosen = self._element = None
        self._hovering.stop()
        speak_by(self.cell.setText, self._why_none)
        self._light(())


def _lit(shown: SourcesShown) -> tuple[tuple[int, ...], ...]:
    """Flat indices: what a cell is made of, and what chose it."""
    pairs = itertools.zip_longest(shown.cells, shown.choosing, fillvalue=CellsOf((), 0))
    return tuple((*made.indices, *chose.indices) for made, chose in pairs)


def _title(name: str, seen: OperationSeen | None) -> str:
    """ "c = a @ b"; of what wrote into the tensor the statement, "x[:, 0] = v"."""
    if seen is None or seen.text in ("", name):
        return name
    text = on_one_line(seen.text)
    return text if seen.writes else f"{name} = {text}"

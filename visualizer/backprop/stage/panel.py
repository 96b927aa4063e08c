"""The tensor stage: name and shape in words, the cells as the rank is, and under them the scale and the numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.protocol.keys import TensorKey
from engine.protocol.values import TensorDetails, TensorSummary
from visualizer.backprop.stage.places_bar import PlacesBar
from visualizer.backprop.stage.planes import Planes
from visualizer.backprop.stage.rank_words import axis_words, index_words, rank_name
from visualizer.backprop.stage.sheets_view import SheetsView
from visualizer.backprop.tensor_view.color_bar import ColorBar
from visualizer.backprop.tensor_view.section import is_readable, limits_of
from visualizer.backprop.tensor_view.statistics import Statistics
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel

_LOW = 400  # px


class TensorStage(QWidget):
    """Holds no tensor: it asks by key. `details_wanted(TensorKey)` is answered by `set_details`,
    `rectangle_wanted(AskRectangle, Feed)` by the feed's `take`. `status(sentence)` is about a cell."""

    details_wanted = Signal(object)
    rectangle_wanted = Signal(object, object)
    status = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tensor_stage")
        self.setAccessibleName("Tensor")
        self._name = ""
        self._key: TensorKey | None = None
        self.title = ElidedLabel(20, "text.primary", weight=600, mono=True, parent=self)
        self.kind = ElidedLabel(13, "text.secondary", parent=self)
        self.axes = QLabel(self, objectName="stage_axes")
        self.axes.setWordWrap(True)
        self.number = QLabel(self, objectName="stage_number")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words = QLabel(self, objectName="stage_words")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.sheets = SheetsView(self)
        self.places = PlacesBar(self)
        self.bar, self.statistics = ColorBar("value", self), Statistics(self)
        self.reason = QLabel(self, objectName="stage_reason")
        self.reason.setWordWrap(True)
        self._build()
        self.sheets.rectangle_wanted.connect(self.rectangle_wanted)
        self.sheets.cell_chosen.connect(self._say_cell)
        self.sheets.arranged.connect(self._show_places)
        self.places.turned.connect(self._turn)
        self.places.moved.connect(self._move)
        theme.current().changed.connect(self._dress)
        self._dress()

    def _build(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self.title)
        self._head.addWidget(self.kind)
        self._head.addStretch(1)
        self.foot = QWidget(self)
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.statistics, 1)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        for widget, stretch in ((self.axes, 0), (self.places, 0), (self.number, 1), (self.words, 1), (self.sheets, 1)):
            self._column.addWidget(widget, stretch)
        self._column.addWidget(self.foot)
        self._column.addWidget(self.reason)

    def _dress(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(*(look.px(side) for side in (20, 16, 20, 14)))
        self._column.setSpacing(look.px(8))
        self._head.setSpacing(look.px(12))
        self.number.setFont(look.mono(48, 500))
        self.words.setFont(look.font(13))
        self.reason.setFont(look.font(12))
        for label, token in (
            (self.number, "text.primary"),
            (self.words, "text.secondary"),
            (self.reason, "text.muted"),
        ):
            label.setStyleSheet(f"color: {look.color(token).name()}; background: transparent;")
        self.setStyleSheet(f"#tensor_stage {{ background: {look.color('bg.canvas').name()}; }}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The cells come first: where it is low, the scale and the statistics are the inspector's alone."""
        self.foot.setVisible(self.height() >= theme.current().px(_LOW))

    # -- what is shown

    def show_tensor(self, key: TensorKey, name: str, summary: TensorSummary) -> None:
        """A tensor by its key, and what is known of it so far."""
        self._key, self._name = key, name
        self.title.set_text(name)
        self._show(key, summary)
        self.details_wanted.emit(key)

    def set_reason(self, sentence: str) -> None:
        """Why there is no graph in its place; "" where there is one."""
        self.reason.setText(sentence)
        self.reason.setVisible(bool(sentence))

    def set_details(self, details: TensorDetails) -> None:
        """What the engine says of a tensor that was asked for; of any other, nothing happens."""
        if details.key == self._key:
            self._show(details.key, details.summary)

    def request_failed(self, key: TensorKey, sentence: str) -> None:
        """A tensor that was asked for cannot be shown: the sentence takes its place."""
        if key == self._key:
            self._say(sentence)

    @property
    def stop(self) -> QWidget:
        """What takes the keyboard."""
        return self.sheets.sheets[0].heat_map if self.sheets.sheets and not self.sheets.isHidden() else self

    def _show(self, key: TensorKey, summary: TensorSummary) -> None:
        shape = summary.shape
        place = f"  on {summary.device}" if summary.device else ""
        self.kind.set_text(f"{shape}  {summary.dtype}{place}")
        self.axes.setText(", ".join((rank_name(len(shape)), *axis_words(shape))))
        self.setAccessibleDescription(f"{self._name}, {self.kind.text()}, {self.axes.text()}")
        if not shape and summary.scalar is not None:
            self._fill(number=summary.scalar)
        elif not is_readable(summary):
            self._say(_why_no_cells(summary))
        else:
            self._fill()
            self.sheets.show_tensor(key, summary)
            self._show_places()
        is_many = summary.n_elements > 1
        self.bar.set_limits(limits_of(summary, "value") if is_many else None)
        self.statistics.set_summary(summary if is_many else None)

    def _say(self, sentence: str) -> None:
        self._fill(words=sentence)
        self.bar.set_limits(None)
        self.statistics.set_summary(None)

    def _fill(self, *, number: str = "", words: str = "") -> None:
        self.number.setText(number)
        self.words.setText(words)
        self.number.setVisible(bool(number))
        self.words.setVisible(bool(words))
        self.sheets.setVisible(not number and not words)
        if number or words:
            self.places.hide()

    def _show_places(self) -> None:
        self.places.set_planes(self.sheets.planes, self.sheets.first, self.sheets.n_shown)

    def _turn(self, planes: Planes) -> None:
        self.sheets.set_planes(planes)
        self._show_places()

    def _move(self, first: int) -> None:
        self.sheets.show_from(first)
        self._show_places()

    def _say_cell(self, element: tuple[int, ...]) -> None:
        text = self.sheets.text_at(element)
        self.status.emit(f"{index_words(self._name, element)}{f' = {text}' if text else ''}")


def _why_no_cells(summary: TensorSummary) -> str:
    return "It has no elements." if not summary.n_elements else f"Its elements cannot be shown: {summary.line}"

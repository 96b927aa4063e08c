"""The operands of a call beside each other, with its sign between them, and "=" before the result."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.protocol.keys import OperandKey, TensorKey
from engine.protocol.operations import OperandSeen, OperationSeen
from engine.protocol.tensor_values import TensorDetails
from engine.shared.language import said, tr, trn
from visualizer.backprop.stage.facing import MOST_DIGITS, share_of
from visualizer.backprop.stage.tensor_block import TensorBlock
from visualizer.backprop.tensor_view.planes import flat_index
from visualizer.backprop.tensor_view.rank_words import letter
from visualizer.backprop.tensor_view.summary_look import digits_of
from visualizer.look import spoken, theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import Words

_SENTENCE_PX = 110  # the width of a sentence in place of a tensor, of several of them together
_SIGN_PX, _NAME_PX, _LONG = 22, 14, 8  # a name of as many letters is set smaller
_COLUMN_NUMBERS_PX = 18
_FEW = 3  # digits of a whole number
_MOST = 3  # operands that have room beside a result
_INFIX = frozenset(
    ["+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>", "==", "!=", "<", "<=", ">", ">="]
)


class OperandsRow(QWidget):
    """Hidden without an operation. `cell_hovered(position, index or None)` and `cell_chosen(position, index)` are of
    an operand's cells. `end`: the sign behind the last of them."""

    details_wanted = Signal(object)
    rectangle_wanted = Signal(object, object)
    cell_hovered = Signal(int, object)
    cell_chosen = Signal(int, tuple)

    def __init__(self, parent: QWidget | None = None, *, end: str = "=") -> None:
        super().__init__(parent)
        self._end = end
        self.blocks: list[TensorBlock] = []
        self._seen: OperationSeen | None = None
        self._signs: list[ElidedLabel] = []
        self._digits: list[int] = []
        self._near = QTimer(self, singleShot=True, interval=0)  # once the row has placed its parts, too
        self._near.timeout.connect(self._draw_near)
        self.is_above = False  # the result stands below, and not beside them
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        spoken.current().changed.connect(self._say_again)
        theme.current().changed.connect(self._lower_signs)
        self.hide()

    def _draw_near(self) -> None:
        """What stands before all of them, and behind them where nothing follows, is right beside their cells, which may
        leave room at their sides."""
        if not self.blocks or self._seen is None:
            return
        first, last = self._signs[0], self._signs[-1]
        (left, _), (_, right) = self.blocks[0].free_sides, self.blocks[-1].free_sides
        if len(self._signs) > len(self.blocks):
            first.move(self.blocks[0].x() + left - self._row.spacing() - first.width(), first.y())
        if self.is_above:
            last.move(self.blocks[-1].geometry().right() + 1 - right + self._row.spacing(), last.y())

    def show_operation(self, seen: OperationSeen | None) -> None:
        """The operands of a call; None of what no call on tensors made."""
        if seen == self._seen:
            return
        self._seen = seen
        self._digits = [_digits_of(one.dtype) for one in seen.operands[:_MOST]] if seen is not None else []
        gone: tuple[QWidget, ...] = (*self.blocks, *self._signs)
        for widget in gone:
            self._row.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.blocks, self._signs = [], []
        self.setVisible(seen is not None)
        if seen is None:
            return
        is_infix = seen.sign in _INFIX
        if not is_infix or len(seen.operands) == 1:
            self._add_sign(seen.sign)
        for place, operand in enumerate(seen.operands[:_MOST]):
            if place:
                self._add_sign(seen.sign if is_infix else ",")
            self._add_block(place, operand, shares=seen.shares[place])
        n_more = max(len(seen.operands) - _MOST, 0) + seen.n_left_out
        self._add_sign(
            trn("and {n} more {sign}", "and {n} more {sign}", n_more, sign=self._end) if n_more > 0 else self._end
        )
        self._lower_signs()

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """Of the operands that are seen."""
        return () if self._seen is None else tuple(one.shape or () for one in self._seen.operands[:_MOST])

    @property
    def digits(self) -> tuple[int, ...]:
        """Of a number in each of them: as its kind has, until what it holds is known."""
        return tuple(self._digits)

    @property
    def signs_width(self) -> int:
        """What the signs between them take, in px."""
        return sum(sign.sizeHint().width() for sign in self._signs) + self._row.spacing() * 2 * len(self._signs)

    def _say_again(self) -> None:
        seen, self._seen = self._seen, None
        lit = [block.lit for block in self.blocks]
        self.show_operation(seen)
        for block, indices in zip(self.blocks, lit, strict=True):
            block.light(indices)

    def _add_sign(self, text: str) -> None:
        sign = ElidedLabel(_NAME_PX if len(text) >= _LONG else _SIGN_PX, "text.secondary", mono=True, parent=self)
        sign.set_text(text)
        self._signs.append(sign)
        self._row.addWidget(sign)

    def _lower_signs(self) -> None:
        """They stand beside the middle of the cells, which have names and numbers of columns above them."""
        above = self.blocks[0].names_height + theme.current().px(_COLUMN_NUMBERS_PX) if self.blocks else 0
        for sign in self._signs:
            sign.lower_by(above)

    def _add_block(self, place: int, operand: OperandSeen, *, shares: bool) -> None:
        block = TensorBlock(self)
        block.offer_colors()
        known = f"{operand.shape} {operand.dtype}" if operand.shape is not None else ""
        misfits = [one.axis for one in self._seen.misfits if one.operand == place] if self._seen is not None else []
        caption = tr("{words}, the same storage", words=known) if shares and known else known
        name = operand.name or tr("operand {number}", number=place + 1)
        is_before = self._seen is not None and self._seen.writes and not place
        if is_before:
            block.name(tr("{name} before", name=name), known)
        elif self._seen is not None and self._seen.written_since:
            block.name(tr("{name} then", name=name), caption)
        elif misfits and operand.shape is not None:
            sizes = [f"{letter(axis)} = {operand.shape[axis]}" for axis in misfits]
            block.name(name, ", ".join((*sizes, caption)), is_wrong=True)
            block.sheets.wrong_axes = frozenset(misfits)
        else:
            block.name(name, caption)
        block.sheets.rectangle_wanted.connect(self.rectangle_wanted)
        block.sheets.placed.connect(self._near.start)
        block.sheets.cell_hovered.connect(lambda cell: self.cell_hovered.emit(place, cell))
        block.sheets.cell_chosen.connect(lambda cell: self.cell_chosen.emit(place, cell))
        self.blocks.append(block)
        self._row.addWidget(block, share_of(operand.shape or (), self._digits[place]))
        block.show()
        if operand.key is not None:
            block.again_wanted.connect(lambda: self.details_wanted.emit(operand.key))
            self.details_wanted.emit(operand.key)
        elif operand.said is not None:
            block.say(said(operand.said))
            n_said = sum(one.key is None for one in self._seen.operands[:_MOST]) if self._seen is not None else 1
            block.setMinimumWidth(theme.current().px(_SENTENCE_PX) // n_said)

    def set_details(self, details: TensorDetails) -> None:
        """What the engine says of an operand."""
        place, summary = self._place_of(details.key), details.summary
        if place is not None:
            self._digits[place] = min(digits_of(summary), MOST_DIGITS)
            self._row.setStretchFactor(self.blocks[place], share_of(summary.shape, self._digits[place]))
            self.blocks[place].show_tensor(details.key, summary)

    def request_failed(self, key: TensorKey, why: Words) -> None:
        """An operand that was asked for cannot be shown; of any other tensor, nothing happens."""
        place = self._place_of(key)
        if place is not None:
            self.blocks[place].say(why(), may_ask_again=True)

    def _place_of(self, key: TensorKey) -> int | None:
        """Of an operand's block; None of any other tensor."""
        keys = [] if self._seen is None else [one.key for one in self._seen.operands[: len(self.blocks)]]
        return keys.index(key) if isinstance(key, OperandKey) and key in keys else None

    def light_one(self, position: int, index: tuple[int, ...]) -> None:
        """One cell of one operand."""
        shape = self.blocks[position].sheets.planes.shape
        for place, block in enumerate(self.blocks):
            block.light((flat_index(index, shape),) if place == position else ())

    def light(self, cells: tuple[tuple[int, ...], ...]) -> None:
        """By operand, what took part, by flat index."""
        for place, block in enumerate(self.blocks):
            block.light(cells[place] if place < len(cells) else ())


def _digits_of(dtype: str) -> int:
    """In a number of a tensor of which no more is known."""
    return _FEW if dtype.startswith(("int", "uint", "bool")) else MOST_DIGITS

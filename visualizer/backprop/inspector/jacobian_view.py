"""One Jacobian of the selected node: what arrives, the matrix, what leaves."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.protocol.jacobians import LocalJacobian, NodeJacobian
from engine.shared.language import grouped, mark, said, tr
from visualizer.backprop.inspector.node_section import say, text_label
from visualizer.backprop.tensor_view.matrix_map import MatrixMap
from visualizer.look import theme
from visualizer.look.spoken import speak

_BY_RECORD = mark(
    "Its pass has freed what the node saved: the matrix is by its record's function, from the values kept."
)


_PRODUCT = mark("arriving (1 × {rows}) · J ({rows} × {columns}) = leaving (1 × {columns})")


_STRUCTURES = {
    "zero": mark("zero"),
    "number": mark("number"),
    "identity": mark("identity"),
    "diagonal": mark("diagonal"),
    "permutation": mark("permutation"),
    "selection": mark("selection"),
    "copies": mark("copies"),
    "sums": mark("sums"),
    "constant": mark("constant"),
    "one row": mark("one row"),
    "block diagonal": mark("block diagonal"),
}


def structure_words(word: str) -> str:
    """What a matrix is, in the language in use: of "3 × identity" the number stays."""
    times, kind = word[: -len("identity")] if word.endswith("× identity") else "", word.split(" × ")[-1]
    return times + (tr(_STRUCTURES[kind]) if kind in _STRUCTURES else kind)


class RowMap(QWidget):
    """A caption, and below it a gradient as one row of cells."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.caption = text_label(self, f"{name}_caption", "secondary")
        self.cells = MatrixMap(name, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(2))
        column.addWidget(self.caption)
        column.addWidget(self.cells)

    def show_row(self, caption: str, data: bytes, shape: Sequence[int], name: str) -> None:
        """Without numbers the caption alone; without a caption nothing."""
        row = np.frombuffer(data)[None] if data else np.zeros((1, 0))
        say(self.caption, caption)
        self.cells.setVisible(bool(data))
        self.setVisible(bool(caption))
        if data:
            self.cells.set_numbers(row, None, shape, (name, ""))


class JacobianView(QWidget):
    """By one operand."""

    def __init__(self, nth: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"jacobian_{nth}")
        self.title = text_label(self, f"jacobian_title_{nth}", "primary")
        self.said = text_label(self, f"jacobian_said_{nth}", "secondary")
        self.matrix = MatrixMap(f"jacobian_matrix_{nth}", self)
        speak(self.matrix.setAccessibleName, "Jacobian")
        self.product = text_label(self, f"jacobian_product_{nth}", "primary")
        self.arriving = RowMap(f"jacobian_arriving_{nth}", self)
        self.leaving = RowMap(f"jacobian_leaving_{nth}", self)
        self.agreement = text_label(self, f"jacobian_agreement_{nth}", "secondary")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (
            self.title,
            self.matrix,
            self.said,
            self.product,
            self.arriving,
            self.leaving,
            self.agreement,
        ):
            self._column.addWidget(widget)
        theme.current().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._column.setSpacing(theme.current().px(4))
        for label in (self.title, self.product):
            label.setFont(theme.current().mono(12))

    def show_jacobian(self, made: NodeJacobian, local: LocalJacobian) -> None:
        """One of the operands of a node."""
        rows, columns = math.prod(made.shape), math.prod(local.shape)
        operand = local.name or tr("the operand")
        word = f" · {structure_words(local.structure.word)}" if local.structure is not None else ""
        say(self.title, f"∂{made.name}/∂{operand} · {grouped(rows)} × {grouped(columns)}{word}")
        self.matrix.setVisible(bool(local.matrix))
        if local.matrix:
            matrix = np.frombuffer(local.matrix).reshape(rows, columns)
            self.matrix.set_numbers(matrix, made.shape, local.shape, (made.name, operand))
        say(self.said, " ".join(_said(local)))
        say(self.product, tr(_PRODUCT, rows=grouped(rows), columns=grouped(columns)))
        arrives = tr("{name} arrives", name=f"∂L/∂{made.name}")
        self.arriving.show_row(arrives if made.arriving else "", made.arriving, made.shape, f"∂L/∂{made.name}")
        leaves = tr("{name} leaves, as PyTorch computed it", name=f"∂L/∂{operand}")
        self.leaving.show_row(leaves if local.leaving else "", local.leaving, local.shape, f"∂L/∂{operand}")
        say(self.agreement, "" if local.agreement is None else said(local.agreement))


def _said(local: LocalJacobian) -> list[str]:
    found = [said(local.said)] if local.said is not None else []
    found += [said(local.structure.said)] if local.structure is not None else []
    return [*found, *([tr(_BY_RECORD)] if local.is_by_record and local.matrix else [])]

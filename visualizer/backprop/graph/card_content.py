"""What one card says, and each of its rows, as values that its artists draw."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from engine.shared.backward_model import NodeState


@dataclass(frozen=True)
class Slot:
    """A place for a tensor: a thumbnail, a number, or nothing yet. `mark` is "nan", "inf", "changed" or ""."""

    image: QImage | None = None
    text: str = ""
    is_flat: bool = False  # a 1-d tensor's low thumbnail
    mark: str = ""
    note: str = ""  # small words in an empty slot
    is_hidden: bool = False  # nothing at all is drawn in its place
    tag: str = ""  # what it is of an experiment: "old", "new", "diff"
    lit: tuple[QRectF, ...] = ()  # cells that took part in something, as shares of width and height

    @property
    def is_empty(self) -> bool:
        return self.image is None and not self.text


@dataclass(frozen=True)
class RowContent:
    """A leaf or a view in the card of a node beside it. `n_uses` is 0 but for a leaf that has a card of its own, to
    which the row leads; `n_more` counts the leaves that have no row any more, in place of one."""

    node: int = -1  # index in graph.nodes
    name: str = ""
    shape: str = ""
    category: str = "leaf"
    state: NodeState | None = None
    value: Slot = field(default_factory=Slot)
    gradient: Slot | None = None  # None: an input, which gets none
    difference: Slot | None = None  # of an experiment, which has old and new in the places of value and gradient
    n_uses: int = 0
    n_more: int = 0
    stripe: str = ""  # "#rrggbb" of the leaf's number, while cards are coloured by one


@dataclass(frozen=True)
class CardContent:
    """Everything that cards.py needs to draw one card. `state` is None outside of a backward pass."""

    title: str
    subtitle: str = ""
    is_variable: bool = False
    shape: str = ""
    dtype: str = ""
    category: str = "view"
    state: NodeState | None = None
    pill: str = ""
    is_input: bool = False
    is_ghost: bool = False  # behind a cut
    value: Slot = field(default_factory=Slot)
    gradient: Slot = field(default_factory=Slot)
    grad: Slot | None = None  # AccumulateGrad: the leaf's resulting .grad
    page: tuple[int, int] | None = None  # (shown output, number of outputs)
    stack: int = 0  # 0: one node, 1: a folded module, more: that many folded modules
    progress: tuple[int, int] = (0, 0)
    strip: tuple[float | None, ...] = ()  # by member of a series: the norm of the gradient that reached it
    is_slim: bool = False
    rows: tuple[RowContent, ...] = ()
    stripe: str = ""  # "#rrggbb" in place of the category's colour
    sign: str = ""  # what is out of the ordinary
    is_wrong: bool = False  # the sign says that its gradient is


def without_pictures(content: CardContent) -> CardContent:
    """Without pictures and the places for them; numbers stay."""
    rows = tuple(
        replace(row, value=_number(row.value), gradient=row.gradient and _number(row.gradient)) for row in content.rows
    )
    grad = content.grad if content.grad is not None and content.grad.text else None
    return replace(content, value=_number(content.value), gradient=_number(content.gradient), grad=grad, rows=rows)


def _number(slot: Slot) -> Slot:
    return slot if slot.text else Slot(is_hidden=True)

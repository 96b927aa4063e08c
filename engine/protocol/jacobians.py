"""The Jacobians of one node, the product that backward computes instead, and their product from the loss on."""

from __future__ import annotations

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence

MAX_SIDE = 256  # cells of a result, or of an operand, up to which a matrix is made


class AskJacobian(Request, frozen=True, tag="ask_jacobian", kw_only=True):
    """The Jacobians of an output of a node of the graph on screen by each of its operands."""

    graph: int
    node: int
    slot: int = 0


class Structure(msgspec.Struct, frozen=True, array_like=True):
    """What a matrix exactly is: a word, "diagonal", and what that means for the product."""

    word: str
    said: Sentence


class LocalJacobian(msgspec.Struct, frozen=True):
    """∂ result / ∂ operand: a row for each cell of the result, a column for each of the operand, both row by row.

    All numbers are float64, as bytes, "" where there are none. `said`: why there is no matrix. `leaving` is what
    PyTorch sent on, `product` the row that arrived times the matrix, `agreement` whether they are the same, or why that
    is not known.
    """

    node: int  # the operand's
    name: str
    shape: tuple[int, ...] = ()  # of the operand
    matrix: bytes = b""
    structure: Structure | None = None
    is_by_record: bool = False  # by the function of the node's record, because the node itself cannot be asked any more
    said: Sentence | None = None
    product: bytes = b""
    leaving: bytes = b""
    agreement: Sentence | None = None


class Factor(msgspec.Struct, frozen=True, array_like=True):
    """One Jacobian of a chain: that of `node`, -1 for what the pass began with."""

    node: int
    name: str  # "∂a/∂z"
    rows: int
    columns: int
    word: str = ""  # of its structure; a matrix of one number is that number


class Path(msgspec.Struct, frozen=True, array_like=True):
    """One way from the loss to an output. `norm`: of its product, as text, "" where that is not made."""

    factors: tuple[Factor, ...]
    norm: str = ""


class Chain(msgspec.Struct, frozen=True):
    """From the loss to an output: the Jacobians along each path multiplied, the products of all paths added.

    `paths`: all of them where they are few. `gradient` is PyTorch's own. `said`: why there is no product.
    """

    n_paths: int = 0
    paths: tuple[Path, ...] = ()
    product: bytes = b""
    gradient: bytes = b""
    agreement: Sentence | None = None
    said: tuple[Sentence, ...] = ()


class NodeJacobian(msgspec.Struct, frozen=True):
    """The answer to AskJacobian. `arriving` is the gradient by the result, where it has up to MAX_SIDE cells."""

    node: int
    slot: int = 0
    name: str = ""  # of the result
    shape: tuple[int, ...] = ()
    arriving: bytes = b""
    operands: tuple[LocalJacobian, ...] = ()
    chain: Chain | None = None


class JacobianShown(Event, frozen=True, tag="jacobian", kw_only=True):
    """The answer to AskJacobian."""

    jacobian: NodeJacobian

"""What the engine tells of a graph.

What a graph has thousands of is in no reference cycle, and the collector of cycles leaves it alone (`gc=False`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import msgspec

from engine.protocol.card_parts import CardParts
from engine.protocol.columns import Columns
from engine.protocol.kind_names import snake
from engine.protocol.layers import GradientLayer
from engine.protocol.notes import Note
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source
from engine.protocol.tensor_values import TensorSummary


class NodeOutput(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One output of a node's forward operation; its value is asked for by NodeValueKey."""

    shape: tuple[int, ...] | None = None
    dtype: str = ""  # "" of what a custom Function returned that is no tensor
    recorded: bool = False  # whether a value can be asked for
    variable: str = ""  # the variable that holds this output; "" where none does
    has_derivative: bool = True  # False: a custom Function returned it beside, and no gradient comes to it


class Node(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One node of the grad_fn graph, an input tensor without a gradient (`kind` "input"), or what lies behind a cut
    (`kind` "ghost"), which an edge without a gradient leads to from the tensor that was cut off."""

    id: int  # unique in the life of an engine
    name: str  # grad_fn's own name, "TanhBackward0"; "Tensor" for an input without a gradient
    kind: str  # "backward" | "accumulate" | "input" | "ghost"
    category: str  # leaf matmul elementwise activation view reduction loss accumulate
    sequence: int  # autograd's sequence number, -1 where it has none
    operation: str = ""  # the public function called, "torch.tanh"; "" where it was not seen
    variable: str = ""  # the variable that holds its output (or, for AccumulateGrad, the leaf)
    source: Source | None = None
    module: str = ""  # dotted path of the module whose forward made it; "" outside of one
    call: int = -1  # nodes with the same non-negative number were made by one call
    outputs: tuple[NodeOutput, ...] = ()
    iteration: int = -1  # the innermost pass of a Repetition that made it: an index in Graph.iterations
    layer: int = -1  # that of the backward pass which made it: an index in Graph.layers; -1 of a forward pass's own
    traits: tuple[str, ...] = ()  # what is out of the ordinary: words of `engine.protocol.origin.TRAITS`
    is_own: bool = True  # whether `source` is what made its output, and no call of a model that made much else

    @property
    def is_input(self) -> bool:
        """Whether no pass runs it, as a tensor without a gradient or a ghost: drawn, but in no count of nodes."""
        return self.kind in ("input", "ghost")

    @property
    def expression(self) -> str:
        """The first line of the sub-expression that made it; "" without one, and where that stands for other nodes as
        well: a call of a model, or that of a backward pass, which made all that the pass made."""
        is_of_pass = self.layer >= 0 and self.operation.endswith(("autograd.grad", ".backward"))
        text = "" if self.source is None or is_of_pass or not self.is_own else self.source.text
        return text.partition("\n")[0]

    @property
    def title(self) -> str:
        """What a person calls its output: its variable, else its sub-expression, else its module and kind, "h.3.attn ·
        addmm"; "" where none of these is known."""
        own = self.variable or self.expression
        return own if own or self.is_own or not self.module else f"{self.module} · {snake(self.name)}"

    @property
    def is_ghost(self) -> bool:
        """Whether it lies behind a cut."""
        return self.kind == "ghost"


def count(nodes: Iterable[Node]) -> int:
    """How many of these a backward pass can run."""
    return sum(not node.is_input for node in nodes)


class Edge(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Along which a gradient flows: from `source`, nearer to the loss, to `target`'s output `target_slot`."""

    source: int
    target: int
    source_slot: int = 0  # index in source.next_functions
    target_slot: int = 0
    shape: tuple[int, ...] | None = None
    gradient: bool = True  # False: the target is an input without a gradient
    summed_from: tuple[int, ...] | None = None  # the shape before the engine sums a broadcast away


class Module(msgspec.Struct, frozen=True, array_like=True):
    """A module that the forward pass went through."""

    path: str  # "transformer.h.0.attn"
    type_name: str  # "CausalSelfAttention"
    variable: str = ""  # "model.transformer.h.0.attn", where a variable of the program holds its root


class Repetition(msgspec.Struct, frozen=True, array_like=True):
    """Lines of the program that ran again: a loop, a recursion, a `sum` or `map`; or what one call repeats inside."""

    path: str
    line: int  # first and last line of what is repeated
    end_line: int
    module: str = ""  # dotted path of the module whose forward ran it
    iteration: int = -1  # the pass of another one that it lies in: an index in Graph.iterations
    what: str = ""  # "time step", where one call repeats it


class Graph(msgspec.Struct, frozen=True, dict=True):
    """The graph behind one output. `reason` says why there is nothing to draw."""

    id: int
    output: str  # the variable or expression whose graph it is; "a, b" of several
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    modules: tuple[Module, ...] = ()
    reason: Sentence | None = None
    n_not_recorded: int = 0  # nodes without a value
    recorded_bytes: int = 0
    budget_bytes: int = 0
    outputs: tuple[str, ...] = ()  # the names of all variables whose graph can be shown, newest first
    repetitions: tuple[Repetition, ...] = ()  # outer before inner
    iterations: tuple[int, ...] = ()  # by pass, in the order in which they ran: the index of its repetition
    layers: tuple[GradientLayer, ...] = ()  # what backward passes made of it

    @cached_property
    def columns(self) -> Columns[Node, Edge]:
        """Its nodes and edges as arrays."""
        return Columns(self.nodes, self.edges)

    @cached_property
    def n_nodes(self) -> int:
        """How many nodes a backward pass over all of it runs: what every count of nodes means."""
        return len(self.nodes) - int(self.columns.is_input.sum())


class Card(msgspec.Struct, frozen=True, array_like=True):
    """What a visible node shows, asked for when it comes into view."""

    node: int
    slot: int = 0
    value: TensorSummary | None = None
    value_note: Note | None = None
    gradient: TensorSummary | None = None  # of the loss with respect to this output
    gradient_note: Note | None = None
    grad: TensorSummary | None = None  # AccumulateGrad: the leaf's resulting .grad
    sent: tuple[float | None, ...] = ()  # by operand: the norm of what it sent on, once it has run
    n_hooks: int = 0  # of the program, that the newest pass has met on it
    parts: CardParts = CardParts.ALL  # which of its tensors were read; the rest is None

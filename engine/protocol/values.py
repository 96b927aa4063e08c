"""What the engine tells the window: frozen values that neither torch nor Qt is needed to read.

What a graph or a pass has thousands of is in no reference cycle, and the collector of cycles leaves it alone
(`gc=False`). Lengths of columns are UTF-16 code units, the editor's own; lines count from 1, columns from 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

import msgspec
import numpy as np

from engine.protocol.card_parts import CardParts
from engine.protocol.columns import Columns
from engine.protocol.keys import TensorKey
from engine.protocol.kind_names import snake
from engine.protocol.layers import GradientLayer
from engine.protocol.notes import NoGrad, Note
from engine.protocol.sentence import Arguments, Sentence

_SHORT_KINDS = {"float": "f", "int": "i", "uint": "u", "complex": "c", "bfloat": "bf", "qint": "qi", "quint": "qu"}


def short_dtype(dtype: str) -> str:
    """ "f32" for "float32", "i64" for "int64"; "bool" and names without a short form stay as they are."""
    kind = dtype.rstrip("0123456789")
    bits, separator, variant = dtype[len(kind) :], "", ""
    if dtype.startswith("float8_") or dtype.startswith("float4_"):
        kind, bits, separator, variant = "float", dtype[5], "_", dtype[7:]
    return f"{_SHORT_KINDS[kind]}{bits}{separator}{variant}" if kind in _SHORT_KINDS and bits else dtype


class Source(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place in a program: a sub-expression from (line, column) to (end_line, end_column), end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str = ""


class Grid(msgspec.Struct, frozen=True, array_like=True):
    """A small 2-d array of float32 that crosses the pipe: a thumbnail or a visible rectangle."""

    rows: int
    columns: int
    data: bytes

    @classmethod
    def of(cls, array: np.ndarray) -> Grid:
        """Pack a 2-d array."""
        return cls(array.shape[0], array.shape[1], np.ascontiguousarray(array, dtype=np.float32).tobytes())

    def array(self) -> np.ndarray:
        """The array, float32 (rows, columns), read-only."""
        return np.frombuffer(self.data, dtype=np.float32).reshape(self.rows, self.columns)


SHAPELESS = ("nested", "uninitialized")  # layouts of tensors that have no shape to speak of


class TensorSummary(msgspec.Struct, frozen=True):
    """One tensor in numbers. Statistics are None where the dtype or the emptiness of the tensor has none.

    `sampled` says that minimum, maximum, mean, std and thumbnail come from an evenly spaced sample of a large tensor;
    norm and counts are of all elements. Where `counts_due`, these are still to come.
    """

    shape: tuple[int, ...]
    dtype: str  # "float32", "int64", "bool": torch's own name without "torch."
    device: str
    layout: str = ""  # "sparse_coo", "quantized"; those of SHAPELESS; "" for an ordinary dense tensor
    requires_grad: bool = False
    is_leaf: bool = True
    grad_fn: str | None = None
    version: int = 0
    n_elements: int = 0
    scalar: str | None = None  # the number of a one-element tensor, as text
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    std: float | None = None
    norm: float | None = None
    n_zero: int = 0
    n_nan: int = 0
    n_inf: int = 0
    sampled: bool = False
    counts_due: bool = False
    thumbnail: Grid | None = None
    line: str = ""  # one line, e.g. "(4, 5) f32 x∈[-0.998, 0.958] μ=0.02 σ=0.71"
    why: Sentence | str = ""  # it has no elements to read, in few words, with which the line ends


class AxisName(msgspec.Struct, frozen=True, array_like=True):
    """What an axis is called, "" where that is not known, and which text of the program says so, at which line.
    `is_of_operation`: the operation there gives its axes a meaning, "batch"; else the program has written the name."""

    name: str
    source: str = ""
    line: int = 0
    is_of_operation: bool = False


class TensorDetails(msgspec.Struct, frozen=True):
    """What the inspector shows of one tensor besides its cells. `axes`: one for each, () where none has a name."""

    key: TensorKey
    summary: TensorSummary
    histogram: tuple[int, ...] = ()  # counts of finite elements
    histogram_low: float = 0.0  # left edge of the first bin
    histogram_high: float = 0.0  # right edge of the last bin
    note: Note | None = None
    axes: tuple[AxisName, ...] = ()


class TensorRectangle(msgspec.Struct, frozen=True):
    """The visible rectangle of a tensor at the visible zoom: `grid` cell (i, j) stands for `step`×`step` elements.

    With step 1 each cell is one element; above it the cell is the element of its block with the largest magnitude
    (NaN and Inf win), so that nothing that matters vanishes in the distance.
    """

    key: TensorKey
    index: tuple[int, ...]  # position along every axis but the two that are shown
    row_axis: int  # -1 where the tensor has fewer than 2 axes
    column_axis: int
    first_row: int
    first_column: int
    step: int
    grid: Grid
    n_rows: int  # of the whole slice
    n_columns: int
    texts: tuple[str, ...] = ()  # row-major exact text per cell where step is 1 and the cells are few
    colors: tuple[Grid, ...] = ()  # red, green, blue and any opacity, where asked for: means of blocks
    sampled: bool = False  # True: a cell stands for evenly spaced rows of its block only (huge tensors)


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
    def columns(self) -> Columns:
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


class Waiting(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A node that has some, but not all, of its gradients."""

    node: int
    arrived: int
    expected: int


class BackwardStep(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One node about to run: the picture while the engine is held in its prehook."""

    index: int  # 0 for the first node of the pass
    node: int
    norm: float | None  # of the arriving gradients together
    ready: tuple[int, ...] = ()  # the predicted queue behind it, head first
    waiting: tuple[Waiting, ...] = ()


EditKind = Literal["replace", "scale", "clip_norm", "clip_value", "zero", "negate", "perturb"]


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """What is done to the gradient that enters a node on trial.

    `amount`: what it is multiplied by ("scale"), the largest norm or magnitude that it keeps ("clip_norm",
    "clip_value"), or what is added to its `cell` ("perturb"). `expression`: of the program's names, with `grad` for the
    gradient itself, what stands in its place ("replace").
    """

    kind: EditKind
    amount: float = 0.0
    cell: tuple[int, ...] = ()
    expression: str = ""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """A gradient that the person put in place of the program's, with which the pass went on."""

    node: int
    slot: int
    edit: Edit
    experiment: int = 0


class BackwardState(msgspec.Struct, frozen=True):
    """Where a backward pass stands."""

    pass_id: int
    graph: int
    status: str  # "paused" | "running" | "finished" | "aborted" | "failed"
    origin: str  # "loss.backward()", or "stepping loss"
    line: int = 0  # of the call, 0 without one
    n_needed: int = 0  # nodes that this call will run
    n_done: int = 0
    current: int = -1  # the held node, -1 when none is
    not_needed: tuple[int, ...] = ()
    roots: tuple[int, ...] = ()  # the nodes that it starts at, with repeats
    captured: tuple[int, ...] = ()  # the nodes that autograd.grad takes a gradient out at; they do not run
    captured_norms: tuple[float | None, ...] = ()  # of what it took out there, once the pass has finished
    hits: tuple[int, ...] = ()  # the breakpoints that hold it here
    pass_index: int = 0  # in the program's run, from 1; 0 of an owned one
    owned: bool = False  # started by the window, so that its .grads are restored unless kept
    kept: tuple[Kept, ...] = ()  # gradients that the person put in place of the program's
    error: ProgramError | None = None
    forecast: Notice | None = (
        None  # of a pass that is held from its first node on: why it will fail, and which operation
    )
    forecast_node: int = -1  # is the reason


class ProgramError(msgspec.Struct, frozen=True):
    """An exception of the person's program in one sentence of English, with its place.

    `code` and `arguments` are those of Sentence; without a code the sentence is Python's or PyTorch's own.
    """

    type_name: str
    sentence: str
    place: Source | None = None
    traceback: str = ""
    code: str = ""
    arguments: Arguments = {}

    @classmethod
    def of(cls, error: BaseException, said: Sentence, place: Source | None = None, traceback: str = "") -> ProgramError:
        """What `said` says of an exception."""
        return cls(type(error).__name__, said.text, place, traceback, said.code, said.arguments)

    @property
    def said(self) -> Sentence:
        """The sentence as data."""
        return Sentence(self.code, self.sentence, self.arguments)


class Notice(msgspec.Struct, frozen=True):
    """What a program did that it does not say itself, and where."""

    said: Sentence
    place: Source | None = None


class LineResult(msgspec.Struct, frozen=True):
    """What one top-level statement left behind, shown beside its first line."""

    line: int
    end_line: int
    name: str = ""  # the variable assigned, if there is one
    text: str = ""  # "f32 (4, 3)" for a tensor, "3.1803" for a number
    summary: TensorSummary | None = None


class Variable(msgspec.Struct, frozen=True):
    """One row of the variables table."""

    name: str
    kind: str  # "Tensor", "Parameter", "Linear", "int", "list" …: the type's name
    text: str = ""  # one line, for what is not a tensor
    summary: TensorSummary | None = None
    grad: TensorSummary | None = None
    no_grad: NoGrad | None = None  # why `grad` is None, in short
    why_no_grad: Sentence | None = None  # and in full: what cut or computed it, on which line, what to write instead
    node: int = -1  # of the graph on screen
    copied_from: str = ""  # the device that its value was copied from onto its own, "cpu"


class Completion(msgspec.Struct, frozen=True, array_like=True):
    """One name that fits."""

    name: str
    kind: str = ""  # "function" "class" "module" "tensor" "keyword" …
    detail: str = ""  # "(4, 5) f32"

"""What the forward pass leaves behind for the graph. A node's record lives in `grad_fn.metadata`, as long as the node.

Nothing here refers to a tensor with a grad_fn, to a module, or to a frame: a graph that its own record kept alive would
never be collected. Nor does a call refer to what refers to it: the collector passes calls by, of which a loop keeps
thousands.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import torch
from msgspec import Struct, field
from torch import Tensor
from torch.nn import Parameter

from engine.autograd.contexts import Context
from engine.autograd.derived import Value
from engine.autograd.modules import Frames, ModuleCall
from engine.autograd.references import Reference
from engine.autograd.snapshot import Snapshot
from engine.program.places import Place
from engine.protocol.layers import GradientLayer
from engine.tensors import native
from engine.tensors.unseen import Unseen

_NUMBERS = frozenset({int, float, bool, type(None)})  # nearly all of what is no tensor
PLAIN_TENSORS = frozenset({Tensor, Parameter})  # whose class runs none of a program's code
_INT = frozenset({int})
_MAX_ARGUMENTS = 64
KEY = "tensor_visualizer"  # in grad_fn.metadata


_NO_CONSTANTS: Mapping[int, LeafRecord | None] = MappingProxyType({})  # nearly every node has none
_NOTHING: Mapping[int, LeafRecord] = MappingProxyType({})


class Call(Struct, gc=False, eq=False):
    """One call of a public function."""

    number: int
    function: Any
    place: Place | None  # nearest in the program; None where none of its frames is above
    direct: bool  # no function of a library lies between the program's frame and the call
    module: ModuleCall | None
    thread: int  # each thread numbers the nodes that it makes by itself
    # The frames that led here: those of the program, and the library's below where no module was entered there.
    frames: Frames | None = None
    context: Context | None = None  # that is out of the ordinary
    cause: tuple[str, Call] | None = None  # why its result has no graph: see `why_no_graph`
    severed: tuple[Severed, ...] = ()  # what it cut off itself


class Severed:
    """A tensor that a call took and passed no gradient on to. It keeps neither it nor its graph alive."""

    __slots__ = ("dtype", "made", "node_id", "reference", "shape")

    def __init__(self, reference: Reference, shape: tuple[int, ...] | None, dtype: str, made: Call | None) -> None:
        self.reference = reference
        self.shape = shape
        self.dtype = dtype
        self.made = made  # the call that computed it; None of a leaf
        self.node_id = -1  # of what stands for it in a graph once it is gone


@functools.cache
def dtype_name(dtype: torch.dtype) -> str:
    """As the window writes it, "float32"."""
    return str(dtype).removeprefix("torch.")


def shape_of(tensor: Tensor) -> tuple[int, ...] | None:
    """The shape; None of a nested tensor, whose rows differ in length, and of one with symbols for sizes."""
    if native.is_nested(tensor):
        return None
    if native.dispatches(tensor):
        with Unseen():
            return _sizes(native.bare(tensor))
    return _sizes(tensor)


def _sizes(tensor: Tensor) -> tuple[int, ...] | None:
    shape = tuple(native.shape(tensor))
    return shape if _INT.issuperset(map(type, shape)) else None


def slot_shape(slot: Any) -> tuple[int, ...] | None:
    """The shape that a node's input metadata give; None of a nested tensor."""
    if slot.is_cpp_nested_tensor:  # its shape raises
        return None
    shape = tuple(slot.shape)
    return shape if all(type(size) is int for size in shape) else None  # a ragged size is a symbol


def has_shape_of(slot: Any, tensor: Tensor) -> bool:
    """Whether a tensor may be what a node's input metadata speak of, by its shape."""
    if native.is_nested(tensor) or slot.is_cpp_nested_tensor:
        return bool(native.is_nested(tensor) and slot.is_nested_tensor)
    if native.dispatches(tensor):
        return shape_of(tensor) == tuple(slot.shape)
    return list(native.shape(tensor)) == slot.shape


class LeafRecord(Struct, eq=False, weakref=True):
    """A tensor without a grad_fn that an operation consumed: a leaf, or an input without a gradient."""

    reference: Reference
    value: Snapshot | None
    made: Call | None  # the call that made an input without a gradient
    requires_grad: bool
    _kind: tuple[Any, torch.dtype] | None = None  # as `Snapshot.kind`, where there is no value
    node_id: int = -1

    @classmethod
    def of(
        cls, tensor: Tensor, reference: Reference, value: Snapshot | None, made: Call | None, *, requires_grad: bool
    ) -> LeafRecord:
        """Of a tensor as it is."""
        kind = (shape_of(tensor), native.dtype(tensor)) if value is None else None
        return cls(reference, value, made, requires_grad, kind)

    @property
    def shape(self) -> tuple[int, ...] | None:
        """As `shape_of`."""
        size = self.size
        return None if size is None else tuple(size)

    @property
    def size(self) -> Any:
        """As torch has it; None as of `shape`."""
        return self._shape_and_dtype()[0]

    @property
    def dtype(self) -> str:
        """As `dtype_name`."""
        _, dtype = self._shape_and_dtype()
        return dtype_name(dtype)

    def _shape_and_dtype(self) -> tuple[Any, torch.dtype]:
        kind = self._kind if self.value is None else self.value.kind
        assert kind is not None
        return kind


class Layer:
    """What one backward pass with create_graph=True makes: a graph of its gradients. `order` is 2 where all that ran
    was made by the program's own lines, 3 where a layer of order 2 ran, and so on."""

    __slots__ = ("call", "line", "order", "origin", "pass_index", "run")

    def __init__(self, call: Call, order: int, origin: str, line: int, pass_index: int, run: int) -> None:
        self.call = call  # of backward() or grad(), which stands for all that it made without a line of its own
        self.order = order
        self.origin = origin
        self.line = line  # 0 without one
        self.pass_index = pass_index  # in its run of the program; 0 of a pass that the window started
        self.run = run  # counted by whoever runs programs

    def told(self) -> GradientLayer:
        """As the window knows it."""
        return GradientLayer(self.order, self.origin, self.line, self.pass_index)


def layers_in(records: Iterable[NodeRecord | None]) -> dict[Layer, int]:
    """By layer its place in the order of their first nodes."""
    made = (record.made for record in records if record is not None and record.made is not None)
    return {layer: place for place, layer in enumerate(dict.fromkeys(one.layer for one in made))}


class Made(NamedTuple):
    """Where in a layer a node was born: which node of the pass was running, or was about to (`is_meeting`): then it
    adds up what comes there, or a hook on the way made it."""

    layer: Layer
    node_id: int
    name: str  # of that node's grad_fn
    call: Call | None  # that made that node
    is_meeting: bool


class RegisteredHook(NamedTuple):
    """A hook on a tensor, and the call that registered it. `is_before`: it sees the gradient before the node of the
    tensor runs; else it runs once the `.grad` of a leaf is written."""

    call: Call
    is_before: bool
    hooks: Callable[[], Mapping[int, Any] | None]  # a weak reference to all that are on the tensor
    key: int

    @property
    def is_on(self) -> bool:
        """Whether nobody has taken it off."""
        return self.key in (self.hooks() or ())

    def behind(self, before: tuple[RegisteredHook, ...]) -> tuple[RegisteredHook, ...]:
        """These, and this one, without those that were taken off as far as these are looked through: whenever they have
        become twice as many, so that n hooks on one tensor look at n, not each at all before it."""
        n_before = len(before)
        is_due = n_before & (n_before - 1) == 0
        return (*(hook for hook in before if hook.is_on), self) if is_due else (*before, self)


class PassTrace(NamedTuple):
    """One backward pass that ended well, as the nodes that it ran remember it."""

    number: int  # counted with the calls
    origin: str  # the call's text, "loss.backward()"
    line: int  # 0 without one
    end_sequence: int  # nodes with this number and above were born later
    frees: bool  # what the nodes had saved


class NodeRecord(Struct, eq=False, weakref=True):
    """What was seen of one node.

    `constants`: by slot, the outputs of a custom Function that have no derivative; None for one that is no tensor.
    """

    call: Call | None
    values: dict[int, Value] = field(default_factory=dict)  # by output slot
    constants: Mapping[int, LeafRecord | None] = _NO_CONSTANTS
    inputs: tuple[LeafRecord, ...] = ()
    given: Any = None  # what its call took, as a `Given` reads it; of a node that a call returned
    taken: Mapping[int, LeafRecord] = _NOTHING  # by id, by a call whose other nodes are met later: see `folded`
    hooks: tuple[RegisteredHook, ...] = ()  # on tensors of its
    ran_in: PassTrace | None = None  # the newest pass that it ran in
    made: Made | None = None  # in which backward pass; None of a node of a forward pass
    returned: Place | None = None  # where the outermost module that returned its output was called
    node_id: int = -1


def tensors_in(arguments: Iterable[Any]) -> list[Tensor]:
    """The tensors among arguments, also in lists, tuples and dicts (an index, an LSTM's weights), in order."""
    found: list[Tensor] = []
    for argument in arguments:
        kind = type(argument)  # not what its `__class__` says, and no method of a list of the program's own
        if kind in PLAIN_TENSORS:
            found.append(argument)
        elif kind in _NUMBERS or (kind is dict and not argument):
            continue
        elif kind is tuple and len(argument) <= _MAX_ARGUMENTS:
            found += tensors_in(argument)
        elif issubclass(kind, Tensor):
            found.append(argument)
        elif issubclass(kind, (list, tuple)):
            found += tensors_in(_elements(argument))
        elif issubclass(kind, dict):
            found += tensors_in(dict.values(argument))
    return found


def _elements(argument: Any) -> Sequence[Any]:
    """Of a list or a tuple; a long one that starts with a number is data for torch.tensor, not arguments."""
    elements = elements_of(argument)
    is_data = len(elements) > _MAX_ARGUMENTS and issubclass(type(elements[0]), (int, float))
    return () if is_data else elements


def elements_of(value: list[Any] | tuple[Any, ...]) -> Sequence[Any]:
    """What is in a list or a tuple, or in a program's own kind of one, whose methods are not asked."""
    kind = type(value)
    if kind is list or kind is tuple:
        return value
    return list(list.__iter__(value) if issubclass(kind, list) else tuple.__iter__(value))  # type: ignore[arg-type]

"""Records a forward pass as it runs. Everything here is on the path of every operation: keep it small.

A TorchFunctionMode sees the public call with its result and its grad_fn; a TorchDispatchMode below autograd sees the
value of each node that the call makes inside, as node number `_get_sequence_nr() - 1`.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import weakref
from collections.abc import Callable, Iterator
from threading import get_ident
from types import FrameType
from typing import Any

import torch
from torch import Tensor, overrides
from torch.autograd import forward_ad
from torch.overrides import TorchFunctionMode
from torch.utils import _python_dispatch
from torch.utils._device import DeviceContext
from torch.utils._python_dispatch import TorchDispatchMode

from engine.autograd.binding import Binder, Operation
from engine.autograd.departures import NOTED
from engine.autograd.modules import ModuleStack
from engine.autograd.records import Place, tensors_in
from engine.autograd.snapshots import SnapshotStore, can_alias
from engine.autograd.tangents import tangents_of
from engine.platform import c_stack
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.pristine import pristine_torch

_sequence_nr: Callable[[], int] = torch.autograd._get_sequence_nr  # type: ignore[attr-defined]
_functorch_level = torch._C._functorch.peek_interpreter_stack  # not None inside vmap, grad, jvp
_tracing_state = torch._C._get_tracing_state  # not None inside torch.jit.trace, which would trace the recording, too
BACKWARD = frozenset({torch.Tensor.backward, torch.autograd.backward, torch.autograd.grad})
_frames = torch._C._dynamo.eval_frame
_CLONE = torch.ops.aten.clone.default
_current_modes = {
    overrides: overrides._get_current_function_mode_stack,
    _python_dispatch: _python_dispatch._get_current_dispatch_mode_stack,
}
_captures: weakref.WeakSet[Capture] = weakref.WeakSet()


class Capture:
    """Watches one thread. Public calls arrive at `run`, operations below autograd at `note_operation`."""

    def __init__(self, store: SnapshotStore) -> None:
        self.modules = ModuleStack(self._module_returned)
        self.binder = Binder(store, self.modules)
        self.recording = False
        self.thread = 0
        self.seen = 0  # the next sequence number at the last look: a larger one means that a node was born
        self.pending: list[Operation] = []  # inside a public call, which will bind them
        self.depth = 0  # of public calls
        self.below = False  # inside an operation below autograd, where nothing is a public call
        self.cloning = -1  # the node whose in-place operation is making its clone, -1 for none
        self._store = store
        self._immediate = 0  # above 0 inside a backward pass, whose nodes no public call will collect
        self._function_mode = _FunctionMode(self)
        self._dispatch_mode = _DispatchMode(self)
        _captures.add(self)

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Operations of this thread are recorded inside; nothing is done a second time when nested."""
        if self.recording:
            yield
            return
        c_stack.deepen()
        self.binder.forget_unbound()
        self.binder.departures.clear()
        self.thread = get_ident()
        self.seen = _sequence_nr()
        self.recording = True
        try:
            with self.modules.watching(), self._custom_functions():
                with _lowest(self._function_mode, overrides), _lowest(self._dispatch_mode, _python_dispatch):
                    yield
        finally:
            self.recording = False
            self.pending.clear()
            self.depth = self._immediate = 0
            GATE.leave(self.thread, None)  # whatever a KeyboardInterrupt came between

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Nothing is recorded inside, and no attribute of a tensor costs a call of a mode."""
        with torch._C.DisableTorchFunction(), pristine_torch():
            yield

    @contextlib.contextmanager
    def _custom_functions(self) -> Iterator[None]:
        """`autograd.Function.apply` is no public torch function, so that no mode sees it: it is wrapped inside."""
        original = torch.autograd.Function.__dict__["apply"]

        @functools.wraps(original.__func__)
        def apply(cls: type, *args: Any, **kwargs: Any) -> Any:
            output = self.run(original.__get__(None, cls), args, kwargs, sys._getframe(1))
            if self.recording and get_ident() == self.thread and _functorch_level() is None:
                self.binder.bind_constants(output)
            return output

        torch.autograd.Function.apply = classmethod(apply)  # type: ignore[assignment, method-assign]
        try:
            yield
        finally:
            torch.autograd.Function.apply = original  # type: ignore[method-assign]

    def run(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], frame: FrameType) -> Any:
        """Run a public function, called from `frame`, and record what it made."""
        if not self.recording or self.below or _functorch_level() is not None or _tracing_state() is not None:
            return function(*args, **kwargs)
        if get_ident() != self.thread:
            return function(*args, **kwargs)
        start = self.seen = _sequence_nr()
        self.cloning = -1
        mark = len(self.pending)
        backward = function in BACKWARD
        self.depth += 1
        self._immediate += backward
        try:
            output = function(*args, **kwargs)
            end = _sequence_nr()
            if end != start:
                call = self.binder.call(function, frame)
                if backward:
                    self.binder.name_unbound(call, start, end)
                consumed, outputs = tensors_in((args, kwargs)), tensors_in((output,))
                if forward_ad._current_level >= 0:
                    consumed += tangents_of(consumed)
                    outputs += tangents_of(outputs)
                self.binder.bind(call, consumed, outputs, start, end, self.pending[mark:])
            elif isinstance(output, (Tensor, tuple, list)):
                outputs = [tensor for tensor in tensors_in((output,)) if not native.requires_grad(tensor)]
                if outputs:
                    self.binder.bind_ungraphed(self.binder.call(function, frame), tensors_in((args, kwargs)), outputs)
            if end == start and function in NOTED:
                self.binder.note_departure(self.binder.call(function, frame), args, output)
        finally:
            self.depth -= 1
            self._immediate -= backward
            self.seen = _sequence_nr()
            del self.pending[mark:]
        if backward:
            self._store.check()  # what backward freed may now be kept alive by the snapshots alone
        return output

    def note_operation(self, function: Any, sequence: int, output: Any, args: tuple[Any, ...]) -> None:
        """An operation below autograd belongs to the node with this sequence number."""
        seen = Operation(sequence, output, args)
        if self.depth and not self._immediate:
            self.pending.append(seen)
        else:
            self.binder.keep_unbound(seen, function, sys._getframe(2))

    def before_write(self, tensor: Tensor) -> None:
        """`tensor` is about to be written: keep the recorded values that lie in its storage."""
        if not can_alias(tensor):
            return
        self._store.before_write(tensor)
        if self.pending:
            key = native.untyped_storage(tensor)._cdata
            for index, seen in enumerate(self.pending):
                outputs = seen.output if isinstance(seen.output, (tuple, list)) else (seen.output,)
                self.pending[index] = seen._replace(output=[self._copy_if_in(key, item) for item in outputs])

    def _copy_if_in(self, key: int, item: Any) -> Any:
        if isinstance(item, Tensor) and can_alias(item) and native.untyped_storage(item)._cdata == key:
            return self._store.take_copy(item)
        return item

    def _module_returned(self, output: Any, frame: FrameType) -> None:
        """A module returned: its caller's instruction is what may give the result a name."""
        if (
            not self.recording
            or frame.f_code.co_filename not in self.binder.program_paths
            or _functorch_level() is not None
        ):
            return
        if isinstance(output, (Tensor, tuple, list)):
            with torch._C.DisableTorchFunction():
                nodes = [native.grad_fn(tensor) for tensor in tensors_in((output,))]
            for node in nodes:
                record = None if node is None else self.binder.record_of(node)
                if record is not None:
                    record.returned = Place(frame.f_code, frame.f_lasti)


class _FunctionMode(TorchFunctionMode):
    def __init__(self, capture: Capture) -> None:
        super().__init__()
        self._capture = capture

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func in BACKWARD:  # its call of the engine is inside the gate, and lets readers in between its nodes
            return self._capture.run(func, args, kwargs or {}, sys._getframe(1))
        entered = GATE.enter()
        try:
            return self._capture.run(func, args, kwargs or {}, sys._getframe(1))
        finally:
            GATE.leave(entered, None)


class _DispatchMode(TorchDispatchMode):
    supports_higher_order_operators = True  # torch.cond would refuse to run otherwise

    def __init__(self, capture: Capture) -> None:
        super().__init__()
        self._capture = capture

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Torch would keep torch.compile off by importing all of it, for over a second, with the first operation."""
        return False

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        entered = GATE.enter()  # what no public call makes: the backward of a custom Function, say
        try:
            return self._run(func, args, kwargs or {})
        finally:
            GATE.leave(entered, None)

    def _run(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        capture = self._capture
        if not capture.recording or _tracing_state() is not None:
            return func(*args, **kwargs)
        written = _written(func)
        for position, name in written:
            for tensor in tensors_in((args[position] if position < len(args) else kwargs.get(name),)):
                capture.before_write(tensor)
        sequence = _sequence_nr()
        born = sequence > capture.seen and torch.is_grad_enabled() and get_ident() == capture.thread
        below, capture.below = capture.below, True
        try:
            output = func(*args, **kwargs)
            if born:
                # An in-place operation that saves what it overwrites clones it first, after its own node was born.
                capture.cloning = sequence - 2 if func is _CLONE and sequence - capture.seen > 1 else -1
                capture.seen = sequence
                capture.note_operation(func, sequence - 1, output, args)
            elif written and capture.cloning >= 0:
                capture.note_operation(func, capture.cloning, output, args)
                capture.cloning = -1
        finally:
            capture.below = below
        return output


@contextlib.contextmanager
def _lowest(mode: Any, stack: Any) -> Iterator[None]:
    """`mode` lies below the modes that a program has left entered, or leaves so. `stack` is torch's module of its kind.

    Torch leaves whichever mode is on top: of ours on top, a program that leaves its own would leave ours.
    """
    above = _pop_above(lambda other: type(other) is DeviceContext, stack)  # which torch wants below all others
    mode.__enter__()
    _push_back(above, stack)
    try:
        yield
    finally:
        above = _pop_above(lambda other: other is mode, stack)
        if _current_modes[stack]():  # else the program has left more than it had entered
            mode.__exit__(None, None, None)
        _push_back(above, stack)


def _pop_above(is_floor: Callable[[Any], bool], stack: Any) -> list[Any]:
    current = _current_modes[stack]
    popped = []
    while (modes := current()) and not is_floor(modes[-1]):
        popped.append(stack._pop_mode())
    return popped


def _push_back(popped: list[Any], stack: Any) -> None:
    while popped:
        stack._push_mode(popped.pop())


# torch.compile runs this and all that it calls as it stands.
_frames.set_code_exec_strategy(
    _DispatchMode.__torch_dispatch__.__code__,
    _frames._FrameExecStrategy(_frames._FrameAction.SKIP, _frames._FrameAction.SKIP),
)


@functools.cache
def _written(operation: Any) -> tuple[tuple[int, str], ...]:
    """Position and name of the arguments that an operation writes into."""
    schema = getattr(operation, "_schema", None)
    if schema is None:  # a higher-order operator
        return ()
    return tuple(
        (position, argument.name)
        for position, argument in enumerate(schema.arguments)
        if argument.alias_info is not None and argument.alias_info.is_write
    )


def _stop_in_child() -> None:
    """A forked worker of a DataLoader inherits the modes, not the purpose."""
    for capture in _captures:
        capture.recording = False


os.register_at_fork(after_in_child=_stop_in_child)

"""Records the public calls of one thread. Everything here is on the path of every operation: keep it small."""

from __future__ import annotations

from collections.abc import Callable
from threading import get_ident
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

import torch
from torch import Tensor, nn
from torch.autograd import forward_ad
from torch.optim import Optimizer

from engine.autograd.below import Below
from engine.autograd.binding import Binder
from engine.autograd.composed import UNOBSERVED
from engine.autograd.contexts import Context, transforms
from engine.autograd.departures import GIVING_AWAY, NOTED, Departures
from engine.autograd.finite.stop import FiniteStop
from engine.autograd.finite.watch import FiniteWatch
from engine.autograd.modules import ModuleStack
from engine.autograd.node_records import NodeRecords
from engine.autograd.operations.beginnings import BEGINNING
from engine.autograd.operations.book import OperationBook
from engine.autograd.operations.given import GONE, Kept, kept_before, note_written
from engine.autograd.operations.writing import SETITEM, UNHEARD, WRITING
from engine.autograd.placing import WRAPPERS, Placing
from engine.autograd.records import KEY, PLAIN_TENSORS, Call, tensors_in
from engine.autograd.single import GRAD, is_plain_write
from engine.autograd.snapshots import SnapshotStore
from engine.autograd.tangents import tangents_of
from engine.autograd.training_events import TrainingEvents
from engine.program.places import Place, place_of
from engine.tensors import native, observing
from engine.tensors.unseen import quiet, spare

_sequence_nr: Callable[[], int] = torch.autograd._get_sequence_nr  # type: ignore[attr-defined]
_SET_GRAD_ENABLED = torch._C._set_grad_enabled
_functorch_level = torch._C._functorch.peek_interpreter_stack  # not None inside vmap, grad, jvp
_is_profiled, _unseen_by_functions = torch._C._autograd._profiler_enabled, torch._C.DisableTorchFunction  # as `quiet`
_tracing_state = torch._C._get_tracing_state  # not None inside torch.jit.trace, which would trace the recording, too
BACKWARD = frozenset({torch.Tensor.backward, torch.autograd.backward, torch.autograd.grad})


class RecordedCalls:
    """Public calls arrive at `run`, operations below autograd at `below.run`.

    `first` records the program's first thread.
    """

    def __init__(self, store: SnapshotStore, first: RecordedCalls | None = None) -> None:
        self.modules: ModuleStack = ModuleStack(self._module_returned, None if first is None else first.modules)
        self.placing: Placing = Placing(self.modules, None if first is None else first.placing)
        self.records: NodeRecords = NodeRecords(store, self.placing, None if first is None else first.records)
        self.departures: Departures = Departures() if first is None else first.departures
        self.operations: OperationBook = OperationBook(store) if first is None else first.operations
        self.binder = Binder(store, self.records, self.departures)
        self.below = Below(store, self.records, self.placing)
        self.recording = False
        self.thread = 0
        self.finite: FiniteStop | None = None  # looks at what the calls of this thread make
        self.transforms: set[str] = set()  # of torch.func, that something ran in
        self.events: TrainingEvents = TrainingEvents() if first is None else first.events
        self.empty_steps: WeakKeyDictionary[Optimizer, Call] = WeakKeyDictionary()  # the newest, without any gradient
        self._store = store
        self._immediate = 0  # above 0 inside a backward pass, whose nodes no public call will collect

    def begin(self) -> None:
        """The calling thread is recorded from now on."""
        self.thread = self.placing.thread = get_ident()
        self.binder.is_left_off = not torch.is_grad_enabled()
        self.below.look()
        self.transforms = set()
        self.empty_steps.clear()
        self.recording = True

    def end(self) -> None:
        """No longer, wherever it was left."""
        self.recording = False
        self.below.settle_writes()
        self.below.pending.clear()
        self.below.collects, self.below.public = False, None
        self.placing.packings.forget()
        self._immediate = 0

    def is_here(self) -> bool:
        """Whether the calling thread is recorded, and outside of torch.func."""
        return self.recording and get_ident() == self.thread and _functorch_level() is None

    def is_alone(self) -> bool:
        """Whether it is, and no public call, pass or trace runs, which would have to know of each operation."""
        return self.is_here() and not self.below.is_inside and not self._immediate and _tracing_state() is None

    def looking(self) -> FiniteWatch | None:
        """What looks at the results of this thread's calls; None where nothing does."""
        return self.finite.watch if self.finite is not None and self.finite.watch.is_on else None

    def looks(self, function: Any) -> FiniteStop | None:
        """What looks at the result of a call of `function` that has returned; None where nothing is to."""
        stop = self.finite
        if (
            stop is None
            or not stop.watch.is_on
            or not stop.watch.is_looked_at(function)
            or self._immediate
            or self.below.is_inside
            or not self.is_here()
        ):
            return None
        return stop if _tracing_state() is None else None

    def run(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], frame: FrameType) -> Any:
        """Run a public function, called from `frame`, and record what it made."""
        below = self.below
        if not self.recording or below.is_inside or _tracing_state() is not None or get_ident() != self.thread:
            return function(*args, **kwargs)
        if _functorch_level() is not None:
            return self._run_transformed(function, args, kwargs, frame)
        if self.binder.is_left_off and function is _SET_GRAD_ENABLED and args == (True,):
            self.binder.is_left_off = False
        is_writing = function in WRITING or (kwargs and kwargs.get("inplace") is True)
        before = self._before(args, frame) if is_writing else None
        if is_writing and function in UNHEARD:
            self.below.before_call_writes(args[0], function, frame)
        takes = UNOBSERVED.get(function)
        if takes is not None and not self._immediate and takes(args, kwargs):
            return self._run_unobserved(function, args, kwargs, frame, before, writes=takes is is_plain_write)
        start = below.begin_call()
        mark = len(below.pending)
        backward = function in BACKWARD
        collected, public = below.collects, below.public
        self._immediate += backward
        below.collects = not self._immediate
        below.public = self.placing.call(function, frame) if backward else None
        try:
            output = function(*args, **kwargs)
            self._note_call(function, (args, kwargs), output, frame, start, mark, before)
        finally:
            below.collects, below.public = collected, public
            self._immediate -= backward
            below.end_call()
            del below.pending[mark:]
        if backward:
            self._store.check()  # what backward freed may now be kept alive by the snapshots alone
        return output

    def _run_transformed(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], frame: FrameType) -> Any:
        """As `run`, inside of torch.func, whose tensors nobody may bind: what is seen below is this call's."""
        below = self.below
        public, call = below.public, self.placing.call(function, frame)
        below.public, around = call, transforms()
        call.context = Context(self.placing.packings.innermost, around)
        self.transforms.update(around)
        try:
            output = function(*args, **kwargs)
        finally:
            below.public = public
        try:
            with quiet():
                made = tensors_in((output,))
                made += tangents_of(made) if around[-1] == "jvp" else []
                self.operations.transformed.note(call, tensors_in((args, kwargs)), made, around)
        except Exception as error:
            spare(error)
        return output

    def _before(self, args: tuple[Any, ...], frame: FrameType) -> Kept | None:
        """What a line of the program is about to write into, as it is now."""
        line: FrameType | None = frame
        while line is not None and line.f_code.co_filename in WRAPPERS:
            line = line.f_back
        if not args or line is None or line.f_code.co_filename not in self.placing.program_paths:
            return None
        try:
            with quiet():
                kept = kept_before(args[0]) if issubclass(type(args[0]), Tensor) else None
                return self.operations.before(args, None if kept is GONE else kept, place_of(line))
        except Exception as error:
            spare(error)
            return None

    def _run_unobserved(
        self,
        function: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        frame: FrameType,
        before: Kept | None,
        *,
        writes: bool,
    ) -> Any:
        """As `run`, where nothing has to be observed inside, and all arguments are plain."""
        start = end = _sequence_nr()
        observing.turn_off()
        try:
            if writes:
                self.below.before_call_writes(args[0], function, frame)
            output = function(*args, **kwargs)
        finally:
            observing.turn_on()
            end = _sequence_nr()
            self.below.end_unobserved(end)
        if end == start:
            self._note_call(function, (args, kwargs), output, frame, start, len(self.below.pending), before)
            return output
        try:
            with quiet() if _is_profiled() else _unseen_by_functions():
                call = self.placing.call(function, frame)
                self.binder.bind_unobserved(call, args, kwargs, output, start, end)
        except Exception as error:
            spare(error)
        return output

    def is_known_grad(self, tensor: Any, frame: FrameType) -> bool:
        """Whether a library, as an optimizer, reads a `.grad` of which nothing new is to be noted."""
        if type(tensor) not in PLAIN_TENSORS or frame.f_code.co_filename in self.placing.program_paths:
            return False
        grad = native.grad(tensor)
        return grad is None or self.records.leaves.made(grad) is not None

    def _note_call(
        self,
        function: Any,
        given: Any,
        output: Any,
        frame: FrameType,
        start: int,
        mark: int,
        before: Kept | None = None,
    ) -> None:
        """Bind what a call made, which has returned. The program neither sees it nor hears of a failure."""
        end = _sequence_nr()
        try:
            with quiet():
                if end != start:
                    call = self.below.public or self.placing.call(function, frame)
                    consumed, outputs = tensors_in(given), tensors_in((output,))
                    if forward_ad._current_level >= 0:
                        consumed += tangents_of(consumed)
                        outputs += tangents_of(outputs)
                    self.binder.bind(call, given, consumed, outputs, start, end, self.below.pending[mark:])
                    if before is not None:
                        note_written(call, given, consumed, given[0][0], before, self.records.leaves.record)
                elif before is not None or issubclass(type(output), (Tensor, tuple, list)):
                    returned = tensors_in((output,))
                    outputs = [tensor for tensor in returned if not native.requires_grad(tensor)]
                    if outputs or before is not None:
                        call = self.placing.call(function, frame)
                        consumed = tensors_in(given)
                        if outputs:  # one that it gives back as it came, as `broadcast_tensors`, is not cut off
                            cut = consumed if len(outputs) == len(returned) else _others(consumed, returned)
                            self.binder.bind_ungraphed(call, cut, outputs)
                        made = outputs if before is None else [given[0][0]]
                        self.operations.note(call, given, consumed, made, before)
                if end == start and function in BEGINNING:
                    self.operations.beginnings.note(
                        function, given[0], given[1], output, lambda: self.placing.call(function, frame)
                    )
                if function in GIVING_AWAY:
                    self._store.expose(given[0][0])
                    self.operations.give_away(given[0][0])
                if function is SETITEM and before is None:
                    self.operations.note_written(given[0][0])
                if end == start and (function in NOTED or (output is None and function == GRAD)):
                    self.binder.note_departure(self.placing.call(function, frame), given[0], output)
        except Exception as error:
            spare(error)

    def _module_returned(self, module: nn.Module, args: tuple[Any, ...], output: Any, frame: FrameType) -> None:
        """A module returned: its caller's instruction is what may give the result a name."""
        if (
            not self.recording
            or frame.f_code.co_filename not in self.placing.program_paths
            or _functorch_level() is not None
        ):
            return
        if issubclass(type(output), (Tensor, tuple, list, dict)):
            try:
                with quiet():
                    self._note_returned(output, place_of(frame))
                    if self.modules.current is None and not torch.is_grad_enabled():
                        self.events.measured(module, args, self.placing.call(nn.Module.__call__, frame))
            except Exception as error:
                spare(error)

    def _note_returned(self, output: Any, place: Place) -> None:
        for tensor in (output,) if type(output) is Tensor else tensors_in((output,)):
            node = native.grad_fn(tensor)
            if node is None:
                self.operations.note_returned(tensor)
                continue
            record = node.metadata.get(KEY) or self.records.record_of(node)
            if record is not None and not issubclass(type(output), dict):
                record.returned = place


def _others(tensors: list[Tensor], known: list[Tensor]) -> list[Tensor]:
    return [tensor for tensor in tensors if not any(tensor is one for one in known)]

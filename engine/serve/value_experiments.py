"""Another value of a leaf on trial: in a copy of the engine, compared on the thread of the held pass."""

from __future__ import annotations

import functools
from collections.abc import Callable
from time import perf_counter

import msgspec

from engine.autograd.experiments.rest import inside_func
from engine.autograd.experiments.value_trial import Trial, Wanted, run_trial
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.program.runner import Runner
from engine.protocol import messages as m
from engine.protocol.backward_values import BackwardState
from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.serve.errands import Errands
from engine.serve.experiments import CANCELLED, ExperimentDesk
from engine.serve.graph_index import GraphIndex
from engine.shared.numbers import number
from engine.tensors import native
from engine.tensors.reading import UnreadableError, plain, unobserved
from engine.tensors.unseen import Unseen

_ENDED = Sentence.of(
    "experiment.value_ended", "The copy of the engine ended before it was done: memory may have run out."
)
_messages = msgspec.msgpack.Decoder(Trial | m.TrialProgress)


class ValueDesk:
    """`try_value` inside `GATE.reading`; its answer comes from another thread, or from that of the held pass."""

    def __init__(
        self,
        runner: Runner,
        recorder: Recorder,
        controller: BackwardController,
        desk: ExperimentDesk,
        emit: Callable[[m.Event], None],
    ) -> None:
        self._runner, self._recorder, self._controller, self._desk = runner, recorder, controller, desk
        self._emit, self._index = emit, GraphIndex(recorder)
        self._errands = Errands("another value of a leaf")

    def try_value(self, request: m.TryValue) -> None:
        """Run the forward pass again in a copy. Raises EngineError where that cannot be."""
        start_s = perf_counter()
        leaf, forward = self._recorder.leaf(request.node), self._controller.forwards.of(request.node)
        state = self._controller.state
        if leaf is None or forward is None or not self._runner.begun or state is None or state.status != "paused":
            raise EngineError("experiment.value_no_pass", "This needs a held pass that goes through this leaf.")
        with Unseen():
            if native.is_wrapped(leaf):
                raise inside_func()
            value = native.bare(leaf)
            if value.device.type != "cpu" or not native.has_own_data(value):
                raise EngineError(
                    "experiment.value_device",
                    "Only a dense leaf on the CPU gets another value in a copy of the engine.",
                )
            if "CheckpointFunctionBackward" in forward.names:
                raise EngineError(
                    "experiment.value_reentrant",
                    "A reentrant checkpoint runs a backward of its own inside; use_reentrant=False can be tried.",
                )
        node = self._index.node(request.graph, request.node)
        wanted = Wanted(request.node, value, "" if node is None else node.variable, request.edit)
        found: list[Trial] = []

        def told(message: bytes) -> None:
            event = _messages.decode(message)
            if isinstance(event, Trial):
                found.append(event)
            else:
                self._emit(event)

        def ended(is_cancelled: bool) -> None:
            trial = found[0] if found else Trial(refused=CANCELLED if is_cancelled else _ENDED)
            if trial.refused is not None:
                self._desk.refuse(request.id, EngineError.saying(trial.refused))
            else:
                self._desk.on_held_pass(request.id, functools.partial(self._compare, request, trial, start_s))

        paths, runner = self._recorder.program_paths, self._runner
        self._errands.begin(lambda tell: run_trial(tell, runner, forward, paths, wanted), told, ended)

    def cancel(self, request: m.CancelTrial) -> None:
        """End the trial that runs. From any thread."""
        self._desk.cancel()
        self._errands.cancel()

    def _compare(
        self, request: m.TryValue, trial: Trial, start_s: float, current: BackwardPass, state: BackwardState
    ) -> m.ExperimentTried:
        said = self._said(current, trial)
        check, book = self._desk.checking(), self._desk.book
        tried = book.add_value(current, state, request.node, request.edit, trial, check, said, start_s)
        return m.ExperimentTried(request.id, tried=tried)

    def _said(self, current: BackwardPass, trial: Trial) -> tuple[Sentence, ...]:
        """What the root is, and what it would be."""
        again = Sentence.of("experiment.forward_again", "The program ran again, to this pass, in a copy of the engine.")
        node, slot = current.call.roots[0]
        value, _ = self._recorder.value(current.ids[node], slot)
        try:
            with unobserved():
                now = "" if value is None or not trial.root else number(plain(value).item())
        except (UnreadableError, ValueError, RuntimeError):
            now = ""
        if not now:
            return (again,)
        root = Sentence.of(
            "experiment.root_would_be", "The root is {now}, and {new} with this value.", now=now, new=trial.root
        )
        return (root, again)

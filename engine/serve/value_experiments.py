"""Another value of a leaf on trial: in a copy of the engine, compared on the thread of the held pass."""

from __future__ import annotations

import functools
import threading
from time import perf_counter

import msgspec

from engine.autograd.experiments.value_trial import Trial, run_trial
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.platform.copies import Copy
from engine.program.runner import Runner
from engine.protocol import messages as m
from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.protocol.values import BackwardState
from engine.serve.experiments import ExperimentDesk
from engine.shared.numbers import number
from engine.tensors import native
from engine.tensors.reading import UnreadableError, plain, unobserved
from engine.tensors.unseen import Unseen

_trials = msgspec.msgpack.Decoder(Trial)


class ValueDesk:
    """`try_value` inside `GATE.reading`; its answer comes from another thread, or from that of the held pass."""

    def __init__(
        self,
        runner: Runner,
        recorder: Recorder,
        controller: BackwardController,
        desk: ExperimentDesk,
    ) -> None:
        self._runner, self._recorder, self._controller, self._desk = runner, recorder, controller, desk

    def try_value(self, request: m.TryValue) -> None:
        """Run the forward pass again in a copy. Raises EngineError where that cannot be."""
        start_s = perf_counter()
        leaf, forward = self._recorder.leaf(request.node), self._controller.forwards.of(request.node)
        state = self._controller.state
        if leaf is None or forward is None or self._runner.begun is None or state is None or state.status != "paused":
            raise EngineError("experiment.value_no_pass", "This needs a held pass that goes through this leaf.")
        with Unseen():
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
        paths, runner = self._recorder.program_paths, self._runner
        copy = Copy(lambda tell: run_trial(tell, runner, forward, paths, request.node, value.clone(), request.edit))
        threading.Thread(
            target=self._follow, args=(copy, request, start_s), name="another value of a leaf", daemon=True
        ).start()

    def _follow(self, copy: Copy, request: m.TryValue, start_s: float) -> None:
        trial: Trial | None = None
        for message in copy.messages():
            trial = _trials.decode(message)
        if trial is None:
            trial = Trial(refused=Sentence.of("experiment.value_ended", "The copy of the engine ended unasked."))
        if trial.refused is not None:
            self._desk.refuse(request.id, EngineError.saying(trial.refused))
            return
        self._desk.on_held_pass(request.id, functools.partial(self._compare, request, trial, start_s))

    def _compare(
        self, request: m.TryValue, trial: Trial, start_s: float, current: BackwardPass, state: BackwardState
    ) -> m.ExperimentTried:
        said = self._said(current, trial)
        check = self._controller.holding.check_held
        tried = self._desk.book.add_value(current, state, request.node, request.edit, trial, check, said, start_s)
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

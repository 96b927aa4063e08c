"""Requests about experiments: tried on the thread of the held pass, read beside it."""

from __future__ import annotations

import functools
from collections.abc import Callable

from torch import Tensor

from engine.autograd.experiments.book import Check, Experiment, ExperimentBook
from engine.autograd.experiments.telling import Telling
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.program.sentences.explain import explain
from engine.protocol import messages as m
from engine.protocol.backward_values import BackwardState
from engine.protocol.errors import EngineError
from engine.protocol.experiments import Compared, TrialStage, View
from engine.protocol.keys import TriedGradKey
from engine.protocol.sentence import Sentence

CANCELLED = Sentence.of("experiment.value_cancelled", "The trial was cancelled.")


class ExperimentDesk:
    """`try_gradient` from any thread; the rest inside `GATE.reading`. `emit` is called on the thread of the pass."""

    def __init__(
        self,
        recorder: Recorder,
        controller: BackwardController,
        emit: Callable[[m.Event], None],
        failed: Callable[[int, Exception], m.Failed],
    ) -> None:
        self._recorder = recorder
        self._holding = controller.holding
        self._emit = emit
        self._failed = failed
        self.book = ExperimentBook(recorder)
        self._is_cancelled = False

    def forget(self) -> None:
        """Another program runs."""
        self.book.forget()

    def try_gradient(self, request: m.TryGradient) -> None:
        """Answered once it has run. Raises EngineError where no pass is held."""
        make = functools.partial(self._try, request)
        self._holding.do_here(
            functools.partial(self._answer, request.id, make), functools.partial(self.refuse, request.id)
        )

    def _try(self, request: m.TryGradient, current: BackwardPass, state: BackwardState) -> m.ExperimentTried:
        output = (request.node, request.slot)
        tried = self.book.try_on(current, state, output, request.edit, self._holding.names(), self.checking())
        return m.ExperimentTried(request.id, tried=tried)

    def checking(self) -> Check:
        """For each node of a trial: it stops with the pass, or where it is cancelled, and tells how far it is."""
        self._is_cancelled = False
        telling = Telling(self._emit)

        def check(stage: TrialStage, n_begun: int, n_nodes: int) -> None:
            self._holding.check_held()
            if self._is_cancelled:
                raise EngineError.saying(CANCELLED)
            telling.tell(stage, n_begun, n_nodes)

        return check

    def cancel(self) -> None:
        """End the trial that runs beside the pass, at its next node. From any thread."""
        self._is_cancelled = True

    def refuse(self, request_id: int, error: Exception) -> None:
        """Say why nothing came of a request. From any thread."""
        self._emit(self._failed(request_id, error))

    def on_held_pass(self, request_id: int, make: Callable[[BackwardPass, BackwardState], m.Event]) -> None:
        """Answer a request with what `make` gives on the thread of the held pass. From any thread."""
        try:
            self._holding.do_here(
                functools.partial(self._answer, request_id, make), functools.partial(self.refuse, request_id)
            )
        except EngineError as error:
            self.refuse(request_id, error)

    def _answer(
        self,
        request_id: int,
        make: Callable[[BackwardPass, BackwardState], m.Event],
        current: BackwardPass,
        state: BackwardState,
    ) -> None:
        try:
            self._emit(make(current, state))
        except EngineError as error:
            self.refuse(request_id, error)
        except Exception as error:  # of the program's own code, which the held pass will meet again, or will not
            said = explain(error, self._recorder.program_paths).sentence
            self._emit(m.Failed.of(request_id, _raised(said)))
        except BaseException:  # the pass is stopped
            self.refuse(request_id, EngineError("pass.was_stopped", "The pass was stopped meanwhile."))
            raise

    def drop(self, request: m.DropExperiment) -> None:
        """Forget one."""
        found = self.book.drop(request.experiment)
        if found is not None:
            self._holding.tell_kept(found)

    def keep(self, request: m.KeepExperiment) -> None:
        """Let the pass go on with it, or not. Raises EngineError where that cannot be any more."""
        self._holding.tell_kept(self.book.keep(request.experiment, is_kept=request.is_kept))

    def compared(self, request: m.AskCompared) -> m.ComparedShown:
        """Raises EngineError where the experiment is gone."""
        found = self.book.get(request.experiment)
        outputs = zip(request.nodes, request.slots, strict=True)
        compared = tuple(self._compared(found, node, slot) for node, slot in outputs)
        return m.ComparedShown(request.id, experiment=request.experiment, compared=compared)

    def tensor(self, key: TriedGradKey) -> Tensor:
        """Element by element. Raises EngineError where it is not kept so."""
        return self.book.read(key.experiment, _view(key.view), (key.node, key.slot))

    def _compared(self, found: Experiment, node: int, slot: int) -> Compared:
        place, outcome = (found.index(node), slot), found.outcome
        old, new = outcome.read(place, "old"), outcome.read(place, "new")
        if old is None or new is None:
            return Compared()
        leaf, is_reached = self._recorder.leaf(node), place[0] in outcome.reached
        return Compared(
            old.summary,
            new.summary,
            outcome.difference_summary(place),
            is_reached,
            None if leaf is None else old.grad or old.summary,
            None if leaf is None else new.grad or new.summary,
        )


def _view(name: str) -> View:
    return "old" if name == "old" else "new" if name == "new" else "difference"


def _raised(reason: str) -> Sentence:
    return Sentence.of(
        "experiment.failed", "The experiment raised, and the held pass is as it was: {reason}", reason=reason
    )

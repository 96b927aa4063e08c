"""The experiments of a pass: each changes the gradient that enters one node and runs the rest of the held pass."""

from __future__ import annotations

import functools
import itertools
import weakref
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

import msgspec
import torch
from torch import Tensor

from engine.autograd.experiments.edits import Change, change_of
from engine.autograd.experiments.outcome import Budget, Difference, Outcome
from engine.autograd.experiments.rest import Rest
from engine.autograd.experiments.run_twice import ran_again
from engine.autograd.experiments.value_outcome import value_outcome
from engine.autograd.experiments.value_trial import Trial
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.recorder import Recorder
from engine.protocol.backward_values import BackwardState, Edit, Kept
from engine.protocol.errors import EngineError
from engine.protocol.experiments import TrialStage, Tried, View
from engine.protocol.sentence import Sentence
from engine.tensors.unseen import Unseen

Check = Callable[[TrialStage, int, int], None]  # how many of the nodes of a stage have begun, of how many
BUDGET_BYTES = 1 << 30  # of gradients that are kept element by element, as much as a backward of GPT-2 124M brings


class Experiment:
    """One that was tried. `entered` is what entered its node instead. It keeps no pass, nor a node of one."""

    def __init__(self, tried: Tried, current: BackwardPass, outcome: Difference, entered: Tensor | None) -> None:
        self.tried = tried
        self.outcome = outcome
        self.entered = entered
        self.place = (current.index(tried.node), tried.slot)
        self._of = weakref.ref(current)
        self._indices = current.indices

    def index(self, node: int) -> int:
        """Of the node with this id, -1 where the pass has none."""
        return self._indices.get(node, -1)

    def open_pass(self) -> BackwardPass | None:
        """The pass, while its node can still be changed in it."""
        current = self._of()
        return None if current is None or self.place[0] in current.order[:-1] or not current.is_running else current


class ExperimentBook:
    """Of the newest pass that any was tried in; those of a pass before are forgotten with the first of another.

    `try_on` runs on the thread of the held pass, the rest inside `GATE.reading`.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._ids = itertools.count(1)
        self._all: dict[int, Experiment] = {}
        self._budget = Budget(BUDGET_BYTES)
        self._baseline: Outcome | None = None  # what arrives without a change
        self._base: tuple[weakref.ref[BackwardPass], frozenset[int]] | None = None  # in which pass, with what kept

    # -- on the thread of the held pass

    def try_on(
        self,
        current: BackwardPass,
        state: BackwardState,
        output: tuple[int, int],
        edit: Edit,
        namespace: Mapping[str, Any],
        check: Check,
    ) -> Tried:
        """Run the rest of the pass without the change, once for a pass, and with it. `output` is the id of a node and a
        slot; `check` is called at each node and may raise. Raises EngineError, and what the program's code raises."""
        start_s = perf_counter()
        place = (current.index(output[0]), output[1])
        if place[0] < 0:
            raise EngineError("experiment.no_part", "The held pass does not go through this node.")
        with self._recorder.paused(), torch.no_grad():
            rest = Rest(current)
            if place[0] not in rest.nodes:
                raise EngineError(
                    "experiment.has_run", "This node has run already: its gradient can be changed until it runs."
                )
            change = change_of(edit, namespace)
            baseline = self._without(rest, current, check)
            if baseline.at(place) is None:
                raise EngineError("experiment.none_arrives", "No gradient arrives here in the rest of the pass.")
            outcome, entered = self._with(rest, current, baseline, place, change, check)
            said = ran_again(self._recorder, [current.call.nodes[one] for one in rest.nodes])
        tried = self._tried(state, output, edit, said, current, outcome, start_s)
        self._all[tried.experiment] = Experiment(tried, current, outcome, entered)
        return tried

    def _tried(
        self,
        state: BackwardState,
        output: tuple[int, int],
        edit: Edit,
        said: tuple[Sentence, ...],
        current: BackwardPass,
        outcome: Difference,
        start_s: float,
    ) -> Tried:
        """What is told of an experiment that has been made."""
        return Tried(
            next(self._ids),
            state.graph,
            *output,
            edit,
            state.pass_id,
            state.pass_index,
            whole_bytes=self._budget.n_bytes,
            budget_bytes=self._budget.limit_bytes,
            ran_again=said,
            **_norms(current, outcome),
            dt_ms=round(1000 * (perf_counter() - start_s), 1),
        )

    def add_value(
        self,
        current: BackwardPass,
        state: BackwardState,
        node: int,
        edit: Edit,
        trial: Trial,
        check: Check,
        said: tuple[Sentence, ...],
        start_s: float,
    ) -> Tried:
        """What another value of the leaf of a node, by its id, brought in a copy, beside what the pass has."""
        with self._recorder.paused(), torch.no_grad():
            rest = Rest(current)
            baseline = self._without(rest, current, check)
            outcome = value_outcome(current, self._budget, rest.grads(), baseline, trial)
        tried = self._tried(state, (node, 0), edit, said, current, outcome, start_s)
        tried = msgspec.structs.replace(tried, of="value")
        self._all[tried.experiment] = Experiment(tried, current, outcome, None)
        return tried

    def _with(
        self,
        rest: Rest,
        current: BackwardPass,
        baseline: Outcome,
        place: tuple[int, int],
        change: Change,
        check: Check,
    ) -> tuple[Difference, Tensor]:
        """What arrives with a change, and what entered the changed node."""
        outcome, entered = Difference(self._budget, rest.grads(), baseline, _behind(current, place[0])), list[Tensor]()
        try:
            rest.run(_take(current, outcome, place, change, entered), functools.partial(check, "with"))
        except BaseException:
            outcome.forget()
            raise
        return outcome, entered[0]

    def _without(self, rest: Rest, current: BackwardPass, check: Check) -> Outcome:
        """What arrives as the pass stands: run once, and again where the person has kept a change since."""
        kept = frozenset(one.experiment for one in current.replaced.kept.values())
        if self._base is not None and self._base[0]() is not current:
            self.forget()
        if self._base is not None and self._baseline is not None and self._base[1] == kept:
            return self._baseline
        outcome = Outcome(self._budget, rest.grads())
        try:
            rest.run(_take(current, outcome), functools.partial(check, "without"))
        except BaseException:
            outcome.forget()
            raise
        self._baseline, self._base = outcome, (weakref.ref(current), kept)
        return outcome

    # -- inside of a reading

    def get(self, experiment: int) -> Experiment:
        """Raises EngineError where it is gone."""
        found = self._all.get(experiment)
        if found is None:
            raise EngineError("experiment.gone", "This experiment is gone: another pass was changed since.")
        return found

    def drop(self, experiment: int) -> tuple[Kept, ...] | None:
        """Forget one. Where the held pass was to go on with it, and its node has not begun to run, it goes on with the
        program's own gradient: what is kept of the pass then; None where nothing changes there."""
        found = self._all.pop(experiment, None)
        if found is None:
            return None
        found.outcome.forget()
        return _let_go(found)

    def forget(self) -> None:
        """Forget all, with what arrives without a change."""
        self._all, self._baseline, self._base = {}, None, None
        self._budget = Budget(BUDGET_BYTES)

    def keep(self, experiment: int, *, is_kept: bool) -> tuple[Kept, ...]:
        """Let the held pass go on with what was tried, or with the program's own gradient again; all that is kept of
        the pass by now. Raises EngineError where its node has begun to run."""
        found = self.get(experiment)
        current, tried = found.open_pass(), found.tried
        if current is None:
            raise EngineError("experiment.too_late", "This node has run already: the pass has gone on without it.")
        if current.call.captured[found.place[0]]:
            raise EngineError(
                "experiment.taken_out",
                "autograd.grad takes this gradient out itself, no node gets it: it cannot be kept.",
            )
        if found.entered is None:
            raise EngineError(
                "experiment.value_kept", "Another value of a leaf is not kept: write it in the program, and run it."
            )
        if is_kept:
            kept = Kept(tried.node, tried.slot, tried.edit, experiment)
            current.replaced.put(found.place, found.entered, kept)
        else:
            _let_go(found)
        return tuple(current.replaced.kept.values())

    def read(self, experiment: int, view: View, output: tuple[int, int]) -> Tensor:
        """A gradient of a run element by element; `output` is the id of a node and a slot. Raises EngineError."""
        found = self.get(experiment)
        place = (found.index(output[0]), output[1])
        arrived = found.outcome.read(place, view if view != "difference" else "new")
        if arrived is None:
            raise EngineError("experiment.nothing_here", "Nothing of this experiment arrives here.")
        with Unseen(), torch.no_grad():
            tensor = found.outcome.difference(place) if view == "difference" else arrived.tensor
        if tensor is None:
            raise EngineError(
                "experiment.over_budget",
                "Of a gradient this large an experiment keeps the norm and a thumbnail.",
            )
        return tensor


def _let_go(found: Experiment) -> tuple[Kept, ...] | None:
    """The pass goes on with the program's own gradient: what is kept of it; None where it does not change."""
    current = found.open_pass()
    if current is None or current.replaced.experiment(found.place) != found.tried.experiment:
        return None
    current.replaced.take_back(found.place)
    return tuple(current.replaced.kept.values())


def _take(
    current: BackwardPass,
    outcome: Outcome,
    target: tuple[int, int] | None = None,
    change: Change | None = None,
    entered: list[Tensor] | None = None,
) -> Callable[[int, tuple[Tensor | None, ...]], tuple[Tensor | None, ...]]:
    """What a run does at each node: put in what is to enter, note it."""

    def take(node: int, gradients: tuple[Tensor | None, ...]) -> tuple[Tensor | None, ...]:
        entering = list(gradients)
        for slot, gradient in enumerate(gradients):
            if gradient is None:
                continue
            replaced = current.replaced.get((node, slot))
            if target == (node, slot) and change is not None and entered is not None:
                entering[slot] = changed = change(gradient.detach())
                entered.append(changed.detach().clone())
            elif replaced is not None:
                entering[slot] = replaced.clone()
        with Unseen():
            outcome.arrive(node, entering)
        return tuple(entering)

    return take


def _behind(current: BackwardPass, node: int) -> frozenset[int]:
    """The node and all that a gradient comes to from it."""
    found, pending = {node}, [node]
    while pending:
        for edge in current.call.edges[pending.pop()]:
            if edge is not None and edge[0] not in found:
                found.add(edge[0])
                pending.append(edge[0])
    return frozenset(found)


def _norms(current: BackwardPass, outcome: Difference) -> dict[str, Any]:
    """What is told of each node that got a gradient."""
    nodes = outcome.baseline.nodes()
    return {
        "nodes": tuple(current.ids[node] for node in nodes),
        "old": tuple(map(outcome.baseline.norm, nodes)),
        "new": tuple(map(outcome.new_norm, nodes)),
        "difference": tuple(map(outcome.difference_norm, nodes)),
        "n_over_budget": outcome.baseline.n_over_budget + outcome.n_over_budget,
    }

"""A gradient changed on trial: what is done to it, and what becomes of the rest of a held pass."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.protocol.backward_values import Edit
from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence
from engine.protocol.tensor_values import TensorSummary

View = Literal["old", "new", "difference"]
TrialStage = Literal["without", "with", "running", "backward"]


class Tried(msgspec.Struct, frozen=True):
    """One experiment: what arrives at each of `nodes`, which are those left of the pass in their order, as norms of
    all outputs together, without the change and with it, and the norm of the difference; None where there is none.

    `whole_bytes` of the `budget_bytes` are taken by the gradients of all experiments that are kept element by element;
    of `n_over_budget` only norms and thumbnails are there.
    """

    experiment: int  # unique in the life of an engine
    graph: int
    node: int
    slot: int
    edit: Edit
    pass_id: int
    pass_index: int = 0
    nodes: tuple[int, ...] = ()
    old: tuple[float | None, ...] = ()
    new: tuple[float | None, ...] = ()
    difference: tuple[float | None, ...] = ()
    whole_bytes: int = 0
    budget_bytes: int = 0
    n_over_budget: int = 0
    ran_again: tuple[Sentence, ...] = ()  # what of the program's own code was run for it, and what came of that
    dt_ms: float = 0.0  # that it took
    of: Literal["gradient", "value"] = "gradient"  # what was changed


class Compared(msgspec.Struct, frozen=True, array_like=True):
    """What arrives at an output without the change and with it, and the difference new − old. `is_reached`: whether the
    change can be seen there at all; elsewhere new is old."""

    old: TensorSummary | None = None
    new: TensorSummary | None = None
    difference: TensorSummary | None = None
    is_reached: bool = False
    grad_old: TensorSummary | None = None  # the leaf's .grad that comes of it: what it holds now and what arrives
    grad_new: TensorSummary | None = None


class TryGradient(Request, frozen=True, tag="try_gradient", kw_only=True):
    """Run the rest of the held pass beside it with another gradient entering a node; answered by ExperimentTried, or
    Failed where the pass goes on meanwhile."""

    graph: int
    node: int
    slot: int = 0
    edit: Edit


class TryValue(Request, frozen=True, tag="try_value", kw_only=True):
    """Run the program's forward pass again in a copy of the engine, with another value of the leaf of a node, and
    backward from there; answered by ExperimentTried. `edit`: as of a gradient; in an expression `value` is what it
    holds."""

    graph: int
    node: int
    edit: Edit


class CancelTrial(Request, frozen=True, tag="cancel_trial"):
    """End the copy that runs for a TryValue, which then fails and says so."""


class TrialProgress(Event, frozen=True, tag="trial_progress", kw_only=True):
    """How far a trial is: the rest of the held pass beside it, "without" the change and "with" it; of a TryValue first
    what its copy does, the program again, to the pass ("running"), or the pass ("backward"). `n_done` of the `n_nodes`
    that the stage runs have begun, both 0 where that is not counted. `left_s`: about how long the stage takes yet."""

    stage: TrialStage
    n_done: int = 0
    n_nodes: int = 0
    left_s: float | None = None


class DropExperiment(Request, frozen=True, tag="drop_experiment", kw_only=True):
    """Forget an experiment; where the held pass was to go on with it, it goes on with the program's own gradient."""

    experiment: int


class KeepExperiment(Request, frozen=True, tag="keep_experiment", kw_only=True):
    """Let the held pass itself go on with what an experiment put in, or not; news of the pass say what is kept."""

    experiment: int
    is_kept: bool = True


class AskCompared(Request, frozen=True, tag="ask_compared", kw_only=True):
    """What arrives at outputs of nodes without the change of an experiment and with it."""

    experiment: int
    nodes: tuple[int, ...]
    slots: tuple[int, ...]


class ExperimentTried(Event, frozen=True, tag="experiment_tried", kw_only=True):
    tried: Tried


class ComparedShown(Event, frozen=True, tag="compared", kw_only=True):
    """In the order of what was asked for."""

    experiment: int
    compared: tuple[Compared, ...]

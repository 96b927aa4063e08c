"""A gradient beside finite differences: what is asked, how far it is, and what came of it."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence

Stage = Literal["running", "comparing", "searching"]
CellKind = Literal["agrees", "differs", "kink"]


class CheckDifferences(Request, frozen=True, tag="check_differences", kw_only=True):
    """Compare the gradient at an output of a node with finite differences; answered by DifferencesShown.

    The program's forward pass runs again in a copy of the engine, one check at a time: a new one ends that before it.
    """

    graph: int
    node: int
    slot: int = 0


class CancelDifferences(Request, frozen=True, tag="cancel_differences"):
    """End the check that runs; its answer says so."""


class DifferencesProgress(Event, frozen=True, tag="differences_progress", kw_only=True):
    """How far the check of an output is: `n_done` of `n_cells`, both 0 before the first cell. `left_s`: about how long
    the stage takes yet, None while that is not known; of "running", what the program took until there."""

    node: int
    slot: int
    stage: Stage
    n_done: int = 0
    n_cells: int = 0
    left_s: float | None = None


class CellDifference(msgspec.Struct, frozen=True, array_like=True):
    """One cell. At a kink `finite` lies between the slopes `left` and `right`."""

    cell: tuple[int, ...]
    autograd: float
    finite: float
    kind: CellKind
    left: float = 0.0
    right: float = 0.0


class Differences(msgspec.Struct, frozen=True):
    """What a check found. `relative_error` is |autograd - finite| over the larger of both, as norms of the cells that
    were compared; `direction_error` the same along one random direction through all cells, None where each cell was
    compared. `cells`: the worst, not more than twelve. `reason`: why nothing could be compared.
    """

    node: int
    slot: int
    status: Literal["agrees", "differs", "unchecked"]
    relative_error: float = 0.0
    direction_error: float | None = None
    n_compared: int = 0
    n_cells: int = 0
    n_differ: int = 0
    n_kinks: int = 0
    cells: tuple[CellDifference, ...] = ()
    said: tuple[Sentence, ...] = ()
    reason: Sentence | None = None
    n_operations: int = 0  # that were replayed for each evaluation
    culprit: int = -1  # the node that they part at


class DifferencesShown(Event, frozen=True, tag="differences", kw_only=True):
    """The answer to CheckDifferences."""

    found: Differences

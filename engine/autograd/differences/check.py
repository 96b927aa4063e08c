"""A gradient against central differences of the forward pass, run again in float64."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor
from torch.autograd.function import BackwardCFunction

from engine.autograd.again.replay import CannotReplayError, Constants
from engine.autograd.again.rerun import Arrived
from engine.autograd.again.tape import has_shared_cells
from engine.autograd.differences.pace import Pace
from engine.autograd.differences.parting import SEARCH_S, Parting
from engine.autograd.differences.scalar import Scalar
from engine.autograd.differences.slope import Slope, slope
from engine.autograd.differences.told import OnScreen, drawn_again, lines_of, notes_on
from engine.autograd.differences.way import Ways
from engine.protocol.differences import CellDifference, CellKind, Differences, Stage
from engine.protocol.sentence import Sentence
from engine.shared.phrases import both
from engine.tensors.places import unravelled

BUDGET_S = 20.0  # for the cells, where the gradient as a whole is not the derivative
BRIEF_S = 3.0  # for the cells, where along a random direction it is
N_SAMPLED = 64  # of a tensor that has more than N_WHOLE
N_WHOLE = 256
_N_TOLD = 12
_SEED = 0
Progress = Callable[[Stage, int, int, float | None], None]  # stage, cells done, cells in all, seconds left


class Check:
    """One check of an output of a node, in a copy of the process that has arrived."""

    def __init__(self, arrived: Arrived, node_id: int, slot: int, on_screen: OnScreen, progress: Progress) -> None:
        self._arrived, self._node, self._slot = arrived, node_id, slot
        self._on_screen, self._progress = on_screen, progress
        self._constants = Constants(arrived.tape, torch.float64)
        self._ways = Ways(arrived, on_screen)
        self._generator = torch.Generator().manual_seed(_SEED)

    def found(self) -> Differences:
        """What it finds."""
        try:
            return self._found()
        except CannotReplayError as error:
            return self._unchecked(
                Sentence.of(
                    "differences.not_replayed",
                    "{operation} ({place}) cannot be replayed in float64{reason}.",
                    operation=error.operation,
                    place=lines_of([error.line]),
                    reason=f": {error.reason.rstrip('.')}" if error.reason else "",  # PyTorch's own
                )
            )

    def _unchecked(self, reason: Sentence) -> Differences:
        return Differences(self._node, self._slot, "unchecked", reason=reason)

    def _found(self) -> Differences:
        reason = drawn_again(self._arrived, self._on_screen)
        use = self._arrived.use(self._node, self._slot)
        given = self._on_screen.gradient(self._node, self._slot)
        if reason is None and use is None:
            reason = Sentence.of("differences.not_used", "No operation that was seen again takes this value.")
        if reason is not None or use is None or given is None:
            return self._unchecked(
                reason or Sentence.of("differences.no_gradient", "No gradient has arrived here to compare with.")
            )
        if has_shared_cells(use.ref):
            return self._unchecked(
                Sentence.of(
                    "differences.shared_cells",
                    "Its cells share memory, as those of an expanded tensor do: none can be changed alone.",
                )
            )
        n_cells = given.numel()
        n_wanted = n_cells if n_cells <= N_WHOLE else N_SAMPLED
        pace = Pace(
            n_wanted,
            BRIEF_S if n_wanted < n_cells else BUDGET_S,
            lambda n_done, left_s: self._progress("comparing", n_done, n_wanted, left_s),
        )
        scalar = Scalar(self._arrived, self._node, self._slot, use, self._constants, pace=pace)
        rounding = self._ways.rounding(self._arrived.forward.ids.index(self._node), scalar.dtype)
        return _Comparison(self, scalar, given.to(torch.float64), rounding, pace).found()

    # -- what a comparison needs

    def told(self, scalar: Scalar, n_kinks: int) -> list[Sentence]:
        """What is to be known of the replay, and of what was not compared."""
        index = self._arrived.forward.ids.index(self._node)
        is_own = isinstance(self._arrived.graph.nodes[index], BackwardCFunction)
        return [*([self._own_left_out(index)] if is_own else []), *notes_on(scalar.replay, n_kinks)]

    def _own_left_out(self, index: int) -> Sentence:
        """Of a Function of the program's, whose backward only runs after this gradient has arrived."""
        ids, words = self._arrived.forward.ids, self._on_screen.words
        given = list(dict.fromkeys(edge[0] for edge in self._arrived.graph.edges[index] if edge is not None))
        return Sentence.of(
            "differences.own_left_out",
            "Compared is what arrives here: all that lies between this and the loss. What the backward of {name} makes "
            "of it is not: check what it was given, {operands}.",
            name=words(self._node),
            operands=both([words(ids[one]) for one in given]),
        )

    def parting(self) -> Parting:
        """Looks for where autograd and differences part."""
        return Parting(self._arrived, self._on_screen, self._constants, self._generator, self._ways)

    def sample(self, n_cells: int) -> list[int]:
        """The cells to compare, in the order to compare them."""
        order = torch.randperm(n_cells, generator=self._generator)
        return (order if n_cells <= N_WHOLE else order[:N_SAMPLED]).tolist()

    def direction(self, like: Tensor) -> Tensor:
        """A random one."""
        return random_direction(like, self._generator)

    def searching(self, n_done: int, n_cells: int) -> None:
        """Tell that what differs is looked for."""
        self._progress("searching", n_done, n_cells, SEARCH_S)

    @property
    def place(self) -> tuple[int, int]:
        """The node and the output."""
        return self._node, self._slot


def random_direction(like: Tensor, generator: torch.Generator) -> Tensor:
    """As long a step in each cell, up or down."""
    return torch.empty(like.shape, dtype=torch.float64).bernoulli_(0.5, generator=generator).mul_(2).sub_(1)


class _Comparison:
    """`rounding`: how large the gradient may be by rounding alone."""

    def __init__(self, check: Check, scalar: Scalar, gradient: Tensor, rounding: float, pace: Pace) -> None:
        self._check, self._scalar, self._gradient, self._rounding = check, scalar, gradient, rounding
        self._pace = pace
        largest = float(gradient.abs().max()) if gradient.numel() else 0.0
        self._least = rounding + 0.01 * scalar.tolerance * largest  # what is so much smaller than the largest
        self._slopes: dict[int, Slope] = {}

    def found(self) -> Differences:
        node, slot = self._check.place
        n_cells = self._gradient.numel()
        wanted = self._check.sample(n_cells)
        direction_error, differs_along = (None, False) if len(wanted) == n_cells else self._along()
        budget_s = BUDGET_S if differs_along or direction_error is None else BRIEF_S
        self._compare(wanted, budget_s)
        if direction_error is None and len(self._slopes) < n_cells:
            direction_error, differs_along = self._along()
        cells = sorted(map(self._cell, self._slopes), key=self._badness, reverse=True)
        n_differ = sum(cell.kind == "differs" for cell in cells)
        n_kinks = sum(cell.kind == "kink" for cell in cells)
        differs = bool(n_differ) or differs_along
        said = self._check.told(self._scalar, n_kinks)
        if len(self._slopes) < len(wanted):
            said.append(
                Sentence.of("differences.time_up", "After {seconds} s no further cell was compared.",
                            seconds=round(budget_s))
            )  # fmt: skip
        culprit = -1
        if differs:
            self._check.searching(len(self._slopes), len(wanted))
            culprit, words = self._check.parting().found(node, slot, self._scalar)
            said = [*words, *said]
        return Differences(
            node,
            slot,
            "differs" if differs else "agrees",
            self._error(),
            direction_error,
            len(self._slopes),
            n_cells,
            n_differ,
            n_kinks,
            tuple(cells[:_N_TOLD]),
            tuple(said),
            None,
            len(self._scalar.replay.steps),
            culprit,
        )

    def _compare(self, wanted: list[int], budget_s: float) -> None:
        self._pace.begin_cells(budget_s)
        flat, values = self._gradient.reshape(-1), self._scalar.value.view(-1)
        for index in wanted:
            expected = float(flat[index])
            at_cell = partial(self._scalar.at_cell, index)
            self._slopes[index] = slope(
                at_cell, self._scalar.at_value, expected, self._margin(expected), float(values[index])
            )
            if not self._pace.cell_done():
                return

    def _margin(self, expected: float) -> float:
        return self._scalar.tolerance * abs(expected) + self._least

    def _along(self) -> tuple[float, bool]:
        """The relative error along one direction through all cells, and whether it is too large."""
        direction = self._check.direction(self._gradient)
        expected = float((self._gradient * direction).sum())
        least = self._rounding * self._gradient.numel() ** 0.5
        norm = max(float(self._gradient.norm()), least)
        margin = self._scalar.tolerance * norm + least
        found = slope(lambda shift: self._scalar.along(direction, shift), self._scalar.at_value, expected, margin)
        error = abs(found.value - expected) / max(abs(found.value), norm, 1e-300)
        return error, not found.allows(expected, margin) and found.kind in ("smooth", "kink")

    def _cell(self, index: int) -> CellDifference:
        found, expected = self._slopes[index], float(self._gradient.reshape(-1)[index])
        agrees = found.allows(expected, self._margin(expected))
        kind: CellKind = "agrees" if agrees else "differs"
        if found.kind != "smooth" and (agrees or found.kind != "kink"):
            kind = "kink"
        place = unravelled(index, self._gradient.shape)
        return CellDifference(place, expected, found.value, kind, found.left, found.right)

    @staticmethod
    def _badness(cell: CellDifference) -> tuple[int, float]:
        return ("agrees", "kink", "differs").index(cell.kind), abs(cell.autograd - cell.finite)

    def _error(self) -> float:
        """Over the cells that have a derivative."""
        smooth = [index for index, found in self._slopes.items() if found.kind == "smooth"]
        if not smooth:
            return 0.0
        finite = torch.tensor([self._slopes[index].value for index in smooth], dtype=torch.float64)
        autograd = self._gradient.reshape(-1)[torch.tensor(smooth)]
        least = max(self._rounding * len(smooth) ** 0.5, 1e-300)
        return float((finite - autograd).norm() / max(float(finite.norm()), float(autograd.norm()), least))

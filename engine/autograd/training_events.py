"""What a run did to train: steps of its optimizers, gradients that it clipped or unscaled, modules that it put into
evaluation mode, each with its number in the order of calls, which passes have, too; and gradients that it took out."""

from __future__ import annotations

import math
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary, WeakSet

from torch import Tensor, nn
from torch.optim import Optimizer

from engine.autograd.optimizer_groups import held_by, settings_of
from engine.autograd.records import Call
from engine.program.places import Place
from engine.shared.static_reads import own_attributes
from engine.tensors import native

_MOST = 32  # calls of a kind that are kept, the newest
_MOST_ASKED = 4096  # tensors
_SMALL = 1e-3  # of the highest rate


class Steps:
    """Those of one optimizer."""

    __slots__ = ("first", "highest_rate", "n", "n_empty", "n_small", "newest")

    def __init__(self, number: int) -> None:
        self.first = self.newest = number
        self.n = self.n_empty = 0  # of them those that found no gradient
        self.highest_rate = 0.0  # so far
        self.n_small = 0  # steps at less than a thousandth of that


class Clip(NamedTuple):
    """One call that limits gradients. `taken`: the ids of the parameters; None where the gradients alone are known."""

    call: Call
    taken: frozenset[int] | None
    had_gradients: bool
    is_limit: bool  # else it measures alone

    @property
    def number(self) -> int:
        """In the order of calls."""
        return self.call.number


class Taken(NamedTuple):
    """One call of grad() that made no graph: the ids of the leaves that it took the gradients of, and of all behind."""

    inputs: frozenset[int]
    leaves: frozenset[int]


class Measured(NamedTuple):
    """The newest call, at one place of the program, of a module that was in training mode while no graph was made.
    `is_sampled`: one input was given to it several times between two steps, as for samples of its dropout."""

    module: weakref.ref[nn.Module]
    call: Call
    taken: Callable[[], Any]  # a weak reference to its input
    n_steps: int  # that there were before
    is_sampled: bool


class TrainingEvents:
    """Of one run. On the threads that are watched; read once it has ended."""

    def __init__(self) -> None:
        self.steps: WeakKeyDictionary[Optimizer, Steps] = WeakKeyDictionary()
        self.clips: deque[Clip] = deque(maxlen=_MOST)
        self.unscaled: deque[int] = deque(maxlen=_MOST)  # their numbers
        self.evaluating: WeakKeyDictionary[nn.Module, Call] = WeakKeyDictionary()  # since when, of those that trained
        self.evaluated: WeakSet[nn.Module] = WeakSet()  # that were ever put into evaluation mode
        self.measurements: dict[Place, Measured] = {}
        self.taken: dict[Place | None, Taken] = {}  # the newest at each place
        self.asked: set[int] = set()  # the ids of what grad() was asked for the gradients of
        self.differentiated: dict[Place, int] = {}  # by place of a grad() that makes a graph, how many results of it

    def begin_run(self) -> None:
        """Forget the run before."""
        self.steps.clear()
        self.clips.clear()
        self.unscaled.clear()
        self.evaluating.clear()
        self.evaluated.clear()
        self.measurements.clear()
        self.taken.clear()
        self.asked.clear()
        self.differentiated.clear()

    def stepped(self, optimizer: Optimizer, number: int) -> None:
        """An optimizer is about to step."""
        steps = self.steps.get(optimizer)
        if steps is None:
            steps = self.steps[optimizer] = Steps(number)
        steps.newest, steps.n = number, steps.n + 1
        if not any(native.grad(one) is not None for one in held_by(optimizer)):
            steps.n_empty += 1
        rate = max(map(_rate, settings_of(optimizer)), default=0.0)
        if rate > steps.highest_rate:
            steps.highest_rate = rate
        elif rate < _SMALL * steps.highest_rate:
            steps.n_small += 1

    def measured(self, module: nn.Module, args: Sequence[Any], call: Call) -> None:
        """A module has returned to the program where no graph was made."""
        place = call.place
        if place is None or own_attributes(module).get("training") is not True or not args or len(self.steps) == 0:
            return
        if place not in self.measurements and len(self.measurements) >= _MOST:
            return
        before, n_steps = self.measurements.get(place), sum(one.n for one in self.steps.values())
        is_again = before is not None and before.n_steps == n_steps and before.taken() is args[0]
        is_sampled = is_again or (before is not None and before.is_sampled)
        taken = weakref.ref(args[0]) if issubclass(type(args[0]), Tensor) else _nothing
        self.measurements[place] = Measured(weakref.ref(module), call, taken, n_steps, is_sampled)

    def clipped(self, call: Call, parameters: Iterable[Tensor] | None, *, had: bool, is_limit: bool = True) -> None:
        """Gradients were limited, or none where there are none."""
        taken = None if parameters is None else frozenset(map(id, parameters))
        self.clips.append(Clip(call, taken, had, is_limit))

    def took(self, place: Place | None, inputs: Iterable[Any], leaves: Iterable[Tensor]) -> None:
        """grad() was called without a graph of its own. One of what was computed, as in a loop of steps along
        gradients, is none of these."""
        found = {id(one): one for one in leaves}
        taken = frozenset(map(id, inputs))
        self.taken.pop(place, None)
        if taken <= found.keys() and len(self.taken) < _MOST:
            self.taken[place] = Taken(taken, frozenset(found))

    def asks(self, inputs: Iterable[Any]) -> None:
        """grad() was called, which writes no `.grad`."""
        if len(self.asked) < _MOST_ASKED:
            self.asked.update(map(id, inputs))

    def differentiates(self, place: Place | None, n_results: int) -> None:
        """grad() was called with a graph of its own."""
        if place is not None and (place in self.differentiated or len(self.differentiated) < _MOST):
            self.differentiated[place] = n_results

    def clips_between(self, first: int, last: int) -> list[Clip]:
        """Those with a number above the one and below the other."""
        return [clip for clip in self.clips if first < clip.number < last]

    def is_unscaled_between(self, first: int, last: int) -> bool:
        """Whether a scaler has taken its factor out of gradients in between."""
        return any(first < number < last for number in self.unscaled)


def _nothing() -> None:
    """In the place of a reference to what is no tensor."""


def _rate(settings: Mapping[str, Any]) -> float:
    rate: Any = settings.get("lr")
    is_number = type(rate) in (int, float) and rate == rate
    return float(rate) if is_number else math.inf  # a tensor may be anything, and NaN is no small rate

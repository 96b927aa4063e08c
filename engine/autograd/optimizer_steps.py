"""The steps of torch's own optimizers, each observed as one operation.

It writes into the parameters that have a gradient, and into its state; all else that it makes is gone when it returns.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor
from torch.optim import Optimizer
from torch.optim.optimizer import _global_optimizer_post_hooks, _global_optimizer_pre_hooks

from engine.autograd.below import copies_among
from engine.autograd.finite.trial import Trial
from engine.autograd.mode_stack import ours_off
from engine.autograd.optimizer_groups import is_whole
from engine.autograd.patches import Wanted
from engine.autograd.recorded_calls import RecordedCalls
from engine.autograd.records import PLAIN_TENSORS, Call
from engine.autograd.snapshot import can_alias
from engine.shared.static_reads import own_attributes
from engine.tensors import native, observing
from engine.tensors.gate import GATE
from engine.tensors.unseen import Spared

# Of the parameters on the CPU: while a step runs, nobody reads. Of all that a step is tried with: it is copied.
_MAX_ELEMENTS = 1 << 20
OWN = frozenset(
    kind
    for kind in vars(torch.optim).values()
    if isinstance(kind, type) and issubclass(kind, Optimizer) and kind not in (Optimizer, torch.optim.LBFGS)
)  # but for the one whose step runs a closure of the program's
# In the others a number that is not finite may come and go.
_TOLD_AT_THE_END = frozenset(kind for kind in OWN if kind.__name__ not in ("Adafactor", "Muon", "RAdam", "SparseAdam"))
_HOOKS = ("_optimizer_step_pre_hooks", "_optimizer_step_post_hooks")
_NUMBERS = frozenset({int, float, bool, complex, type(None)})
_EMPTY: Mapping[str, Any] = MappingProxyType({})


def watched_steps(of_thread: Callable[[], RecordedCalls]) -> list[Wanted]:
    """What stands in the place of their `step` and `zero_grad` while a program is watched; `of_thread` is as in
    `recorded_apply`."""
    make = functools.partial(_stepped, of_thread)
    steps: list[Wanted] = [(kind, "step", make) for kind in OWN if "step" in vars(kind)]
    return [*steps, (Optimizer, "zero_grad", functools.partial(_emptied, of_thread))]


def _stepped(of_thread: Callable[[], RecordedCalls], theirs: Callable[..., Any]) -> Callable[..., Any]:
    # The first optimizer of a class does so, if it has not been done.
    original = theirs if getattr(theirs, "hooked", False) else Optimizer.profile_hook_step(theirs)

    @functools.wraps(original)
    def step(self: Optimizer, *args: Any, **kwargs: Any) -> Any:
        calls = of_thread()
        if calls.is_here():
            with Spared():
                calls.events.stepped(self, next(calls.placing.numbers))
        one = None
        if not args and not kwargs and _is_own(self) and calls.is_alone():
            with Spared():
                one = _Step.of(self, original, calls)
        if one is None:
            return original(self, *args, **kwargs)
        with one.recorded(), ours_off(), observing.off():
            result = original(self)
        return original(self) if one.is_taken_back() else result

    step.hooked = True  # type: ignore[attr-defined]
    return step


def _emptied(of_thread: Callable[[], RecordedCalls], theirs: Callable[..., Any]) -> Callable[..., Any]:
    """Letting go of gradients is nothing that anybody asks about."""

    @functools.wraps(theirs)
    def zero_grad(self: Optimizer, set_to_none: bool = True) -> Any:
        if set_to_none is not True or not _is_own(self) or not of_thread().is_alone():
            return theirs(self, set_to_none)
        with GATE.inside(), ours_off(), observing.off():
            return theirs(self)

    return zero_grad


def _is_own(optimizer: Optimizer) -> bool:
    """Whether nothing of its is a program's: neither its class nor a hook."""
    if type(optimizer) not in OWN or _global_optimizer_pre_hooks or _global_optimizer_post_hooks:
        return False
    own = own_attributes(optimizer)
    before, after = _HOOKS
    return not own.get(before) and not own.get(after)


class _Step:
    """One call of `function` that is about to run."""

    def __init__(self, function: Any, calls: RecordedCalls, state: MutableMapping[Any, Any]) -> None:
        self._written: list[Tensor] = []  # what there is of it before it has run
        self._parameters: list[Tensor] = []
        self._state = state
        self._function, self._calls = function, calls
        self._call: Call | None = None
        self._is_tried = False  # NaN is looked for
        self._trial: Trial | None = None

    @classmethod
    def of(cls, optimizer: Optimizer, function: Any, calls: RecordedCalls) -> _Step | None:
        """None where it has to be observed as what it is made of. Inside `Unseen`."""
        if not is_whole(optimizer):
            return None
        own = own_attributes(optimizer)
        one = cls(function, calls, own["state"])
        is_tried, parameters = calls.looking() is not None, one._parameters
        for group in own["param_groups"]:
            if group.get("differentiable"):
                return None
            parameters += [parameter for parameter in group["params"] if native.grad(parameter) is not None]
        if not _are_plain(parameters) or not _are_plain(list(map(native.grad, parameters))) or not one._take():
            return None
        if not parameters:
            calls.empty_steps[optimizer] = one._placed()
        elif calls.empty_steps:
            calls.empty_steps.pop(optimizer, None)
        read = parameters if is_tried else filter(native.is_cpu, parameters)
        if sum(map(native.numel, read)) > _MAX_ELEMENTS:
            return None
        one._is_tried = is_tried
        # What it has written then says whether all that it made was finite.
        return one if not is_tried or type(optimizer) in _TOLD_AT_THE_END else None

    def is_taken_back(self) -> bool:
        """Whether, NaN being looked for, it made one, and has to be observed as what it is made of."""
        watch, trial = self._calls.looking(), self._trial
        if watch is None or trial is None:
            return False
        with GATE.inside(), Spared(), torch.no_grad():
            if not trial.is_finite() and watch.is_news(trial.written()):
                trial.take_back()
                return True
        return False

    def _take(self) -> bool:
        """Whether the state of its parameters consists of plain tensors and numbers."""
        if not self._state:
            self._written += self._parameters
            return True
        for parameter in self._parameters:
            values = self._state.get(parameter, _EMPTY).values()
            tensors = [value for value in values if type(value) not in _NUMBERS]
            if not _are_plain(tensors):
                return False
            self._written += [parameter, *tensors]
        return True

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """It runs inside."""
        below, entered = self._calls.below, GATE.enter()
        try:
            with Spared():
                written = below.before_writes(self._written, self._placed)
                if self._is_tried:
                    with torch.no_grad():
                        copies = copies_among(written)
                        self._trial = Trial(self._written, self._parameters, self._state, copies)
            try:
                yield
            finally:
                with Spared():
                    below.end_call()
                    self._note_state()
        finally:
            GATE.leave(entered, None)

    def _note_state(self) -> None:
        """Who has made what it did not have before."""
        if not self._state:
            return
        known = set(map(id, self._written))
        for parameter in self._parameters:
            values = self._state.get(parameter, _EMPTY).values()
            made = [value for value in values if type(value) in PLAIN_TENSORS and id(value) not in known]
            if made:
                with torch.no_grad():  # as it was made
                    self._calls.binder.bind_ungraphed(self._placed(), [parameter], made)

    def _placed(self) -> Call:
        """In the program, which is further up the stack."""
        if self._call is None:
            self._call = self._calls.placing.call(self._function, sys._getframe())
        return self._call


def _are_plain(tensors: Sequence[Tensor]) -> bool:
    return PLAIN_TENSORS.issuperset(map(type, tensors)) and all(map(can_alias, tensors))

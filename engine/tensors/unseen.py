"""Where the engine looks at a tensor of the program, none of the program's code takes part."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import torch
from torch._functorch.pyfunctorch import temporarily_clear_interpreter_stack

from engine.tensors.observing import is_undispatched, undispatched

_functorch_level = torch._C._functorch.peek_interpreter_stack
_is_profiled = torch._C._autograd._profiler_enabled
_n_function_modes, _n_dispatch_modes = torch._C._len_torch_function_stack, torch._C._len_torch_dispatch_stack
_is_disabled = torch._C._is_torch_function_all_disabled
_record_in_profile = torch._C._autograd._enable_record_function
_told: Callable[[Exception], object] | None = None


class _Unprofiled:
    __slots__ = ("_guard",)

    def __enter__(self) -> None:
        self._guard = torch._C.DisableTorchFunction()
        self._guard.__enter__()
        _record_in_profile(False)

    def __exit__(self, *exception: object) -> None:
        _record_in_profile(True)
        self._guard.__exit__(None, None, None)


def quiet() -> contextlib.AbstractContextManager[None]:
    """No class of tensors or function mode sees what is done inside, nor is it in a profile that a program takes."""
    return _Unprofiled() if _is_profiled() else torch._C.DisableTorchFunction()


def is_alone() -> bool:
    """Whether nothing in force would see what is done with tensors of torch's own classes, but the observer: no mode,
    transform or profile. Ten times cheaper than `Unseen`."""
    return not (_n_function_modes() or _n_dispatch_modes() or _is_profiled()) and _functorch_level() is None


class Unseen:
    """Nothing that is done inside is seen by a mode, by a class of tensors, by torch.func, or recorded. Of one thread.

    A class with a `__torch_dispatch__` may keep its elements where torch does not find them: of such a tensor only
    what `bare` gives may be asked.
    """

    __slots__ = ("_quiet", "_stack", "_undispatched")

    def __enter__(self) -> None:
        self._quiet: contextlib.AbstractContextManager[None] | None = None
        if _is_disabled() and is_undispatched() and _functorch_level() is None and not _is_profiled():
            return  # inside of another, as a rule
        self._quiet, self._undispatched = quiet(), undispatched()
        self._quiet.__enter__()
        self._undispatched.__enter__()
        self._stack = None if _functorch_level() is None else temporarily_clear_interpreter_stack()
        if self._stack is not None:
            self._stack.__enter__()

    def __exit__(self, *exception: object) -> None:
        if self._quiet is None:
            return
        if self._stack is not None:
            self._stack.__exit__(None, None, None)
        self._undispatched.__exit__(None, None, None)
        self._quiet.__exit__(None, None, None)


class Spared:
    """As Unseen, and what goes wrong inside is no concern of the program, which goes on."""

    __slots__ = ("_unseen",)

    def __enter__(self) -> None:
        self._unseen = Unseen()
        self._unseen.__enter__()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self._unseen.__exit__()
        if not isinstance(error, Exception):
            return False
        spare(error)
        return True


def spare(error: Exception) -> None:
    """An exception of the engine's own, in the middle of the program: to whoever `tell_failures_to` named."""
    if _told is None:
        raise error
    _told(error)


def tell_failures_to(report: Callable[[Exception], object] | None) -> None:
    """From now on `report` hears of exceptions that the program is spared; without one they are raised."""
    global _told
    _told = report

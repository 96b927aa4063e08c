"""What a program may change of its interpreter, so that neither the engine nor the next run has to live with it."""

from __future__ import annotations

import _signal
import faulthandler
import os
import sys
import threading
from collections.abc import Callable, Mapping
from operator import is_not
from sys import getprofile, getrecursionlimit, gettrace, setprofile, setrecursionlimit, settrace
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, TextIO

from engine.shared.pristine import BUILTINS
from engine.tensors.pristine import TORCH

_CODE = (FunctionType, BuiltinFunctionType, MethodType, ModuleType, type)
_CODE_ITSELF = frozenset(_CODE)  # by far the most of what a module has
_ENVIRONMENT = type(os.environ)
_TIMERS = (_signal.ITIMER_REAL, _signal.ITIMER_VIRTUAL, _signal.ITIMER_PROF)
_SEARCH = ("path", "meta_path", "path_hooks")  # lists of `sys` that an import walks


class Interpreter:
    """Python as it was when this was made. All on the main thread.

    A run begins with Python's own functions, hooks and handlers in their places. What a program sets up in torch, its
    environment, filters of warnings and what it adds anywhere stays, as in a notebook; the folder is the runner's.
    """

    def __init__(self, log: TextIO) -> None:
        self._log = log
        self._live_modules = sys.modules
        # Copies of what is walked: the thread that serves requests may import meanwhile.
        self._modules = {name: module for name, module in sys.modules.copy().items() if name != "__main__"}
        library = [vars(module) for name, module in self._modules.items() if _is_library(name, module)]
        self._kept = [(namespace, *_kept(namespace)) for namespace in library]
        self._search = {name: list(getattr(sys, name)) for name in _SEARCH}
        self._handlers = {number: _signal.getsignal(number) for number in _signal.valid_signals()}
        self._blocked = _signal.pthread_sigmask(_signal.SIG_BLOCK, ())
        self._switch_interval_s = sys.getswitchinterval()
        self._depth = sys.getrecursionlimit()
        self._their_depth = self._depth
        self._is_ours = False
        self._their_trace: Callable[..., Any] | None = None
        self._their_profile: Callable[..., Any] | None = None

    def restore(self) -> None:
        """Before each run and after it: whatever the program left behind."""
        self.take()
        BUILTINS.forget()
        self._their_trace = self._their_profile = None
        self._their_depth = self._depth
        for timer in _TIMERS:
            _signal.setitimer(timer, 0)  # an alarm that nobody handles any more would end the process
        self._restore_modules()
        self._restore_signals()
        threading.settrace(None)  # type: ignore[arg-type]
        threading.setprofile(None)
        sys.setswitchinterval(self._switch_interval_s)
        faulthandler.enable(self._log)

    def take(self) -> None:
        """The engine's code follows: untraced, with Python's builtins and torch's own functions in their places."""
        self._their_trace, self._their_profile = gettrace(), getprofile()
        if self._their_trace is not None:
            settrace(None)
        if self._their_profile is not None:
            setprofile(None)
        self._their_depth = getrecursionlimit()
        if self._their_depth != self._depth:
            setrecursionlimit(self._depth)
        if not self._is_ours:
            self._is_ours = True
            BUILTINS.take()
            TORCH.take()

    def give(self) -> None:
        """The program's code follows: it finds what it has changed."""
        self._is_ours = False
        TORCH.give()
        BUILTINS.give()
        if self._their_depth != self._depth:
            try:
                setrecursionlimit(self._their_depth)
            except RecursionError:  # the stack is deeper already
                pass
        if self._their_profile is not None:
            setprofile(self._their_profile)
        if self._their_trace is not None:
            settrace(self._their_trace)

    def _restore_modules(self) -> None:
        for namespace, fixed, containers in self._kept:
            if _differs(namespace, fixed):
                namespace.update(fixed)
            for name, value in containers.items():
                if type(namespace.get(name)) is not type(value):
                    namespace[name] = value
        modules = sys.modules = self._live_modules
        for name, module in self._modules.items():
            if modules.get(name) is None:
                modules[name] = module
        for name, entries in self._search.items():
            found = getattr(sys, name)
            found += [entry for entry in entries if entry not in found]

    def _restore_signals(self) -> None:
        for number, handler in self._handlers.items():
            if handler is not None and _signal.getsignal(number) is not handler:
                _signal.signal(number, handler)
        _signal.pthread_sigmask(_signal.SIG_SETMASK, self._blocked)


def _is_library(name: str, module: ModuleType) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names and type(module) is ModuleType


def _kept(namespace: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of what is public: functions, classes, modules and constants; and lists and dictionaries, whose contents may
    change. Before the first run all libraries are gone through, some ten thousand names."""
    fixed: dict[str, Any] = {}
    containers: dict[str, Any] = {}
    for name, value in dict(namespace).items():
        if name[0] == "_":
            continue
        if type(value) in _CODE_ITSELF:
            fixed[name] = value
            continue
        if name[0].isupper() or isinstance(value, _CODE):
            fixed[name] = value
        if isinstance(value, (list, dict)) or type(value) is _ENVIRONMENT:
            containers[name] = value
    return fixed, containers


def _differs(namespace: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    """Whether anything kept is missing or another object; nothing is asked whether it is equal."""
    return any(map(is_not, map(namespace.get, kept), kept.values()))

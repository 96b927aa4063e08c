"""torch.compile is that of plain PyTorch: nothing of the recorder is in force while it is imported or a region runs."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import FrameType, ModuleType
from typing import Any

_PACKAGE = "torch._dynamo"
Suspend = Callable[[FrameType | None], AbstractContextManager[None]]  # given who calls the region


def follow_compiled_regions(suspend: Suspend) -> None:
    """From now on each compiled region runs inside `suspend(frame)`, also of what is compiled later. Once."""
    if _PACKAGE in sys.modules:
        _follow(suspend)
    else:
        sys.meta_path.insert(0, _Finder(suspend))


def _follow(suspend: Suspend) -> None:
    eval_frame: Any = sys.modules[f"{_PACKAGE}.eval_frame"]
    of_context, of_module = eval_frame._TorchDynamoContext.__init__, eval_frame.OptimizedModule._initialize

    @functools.wraps(of_context)
    def initialize(self: Any, *args: Any, **kwargs: Any) -> None:
        of_context(self, *args, **kwargs)
        self.enter_exit_hooks.append(enter)

    @functools.wraps(of_module)
    def initialize_module(self: Any) -> None:
        with suspend(None):  # it keeps the module's `__call__`
            of_module(self)

    def enter() -> Callable[[], object]:
        region = suspend(_caller(sys._getframe(1)))
        region.__enter__()
        return functools.partial(region.__exit__, None, None, None)

    eval_frame._TorchDynamoContext.__init__ = initialize
    eval_frame.OptimizedModule._initialize = initialize_module


def _caller(frame: FrameType | None) -> FrameType | None:
    """Whoever called torch.compile's wrapper: the first frame outside of its file."""
    wrapper = None if frame is None else frame.f_code.co_filename
    while frame is not None and frame.f_code.co_filename == wrapper:
        frame = frame.f_back
    return frame


class _Finder(MetaPathFinder):
    """Torch imports the package when it is first used, perhaps while a program is watched."""

    def __init__(self, suspend: Suspend) -> None:
        self._suspend = suspend

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != _PACKAGE:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, self._suspend)
        return spec


class _Loader(Loader):
    def __init__(self, original: Loader, suspend: Suspend) -> None:
        self._original = original
        self._suspend = suspend

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._original.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        with self._suspend(None):
            self._original.exec_module(module)
        _follow(self._suspend)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

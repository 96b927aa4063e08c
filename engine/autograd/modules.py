"""Which `nn.Module`'s forward is running: a stack kept while a program is watched."""

from __future__ import annotations

import contextlib
import functools
import sys
import weakref
from collections.abc import Callable, Iterator, Mapping
from threading import get_ident
from types import CodeType, FrameType, MappingProxyType
from typing import Any

from msgspec import Struct
from torch import nn

from engine.program.module_tree import modules_in
from engine.program.places import Place, Turns
from engine.shared.static_reads import type_name
from engine.tensors.unseen import spare

Path = tuple[weakref.ref[nn.Module], str]  # of a module in its root
Paths = Mapping[int, Path]  # by id of the module
_NO_PATHS: Paths = MappingProxyType({})


# A frame at a call, and those that it was called from: its place, how many modules had been entered before it, what the
# loops around the place counted, and the frame further out.
Frames = tuple[Place, int, Turns, "Frames | None"]


class ModuleCall(Struct, gc=False, eq=False):
    """One module inside its forward. `path` counts from `root`, the module called at the top, whose path is ""."""

    root: weakref.ref[nn.Module]  # weak: a module may hold a tensor whose graph holds this, a cycle nothing collects
    path: str
    type_name: str
    parent: ModuleCall | None
    paths: Paths  # of the modules in `root`; empty before they were looked for
    depth: int
    # The frames that led here, once a call inside has looked at them; they stand still until the module returns.
    above: Frames | None = None
    is_above_known: bool = False

    @classmethod
    def of(
        cls, root: weakref.ref[nn.Module], path: str, type_name: str, parent: ModuleCall | None, paths: Paths
    ) -> ModuleCall:
        """One that is entered inside of `parent`."""
        return cls(root, path, type_name, parent, paths, 1 if parent is None else parent.depth + 1)


class ModuleStack:
    """Follows the module calls of one thread. `first` is that of the program's first thread."""

    def __init__(
        self, returned: Callable[[nn.Module, tuple[Any, ...], Any, FrameType], None], first: ModuleStack | None = None
    ) -> None:
        self.current: ModuleCall | None = None
        self.code: CodeType | None = None if first is None else first.code  # of the frames that enter a module
        self._by_thread: dict[int, ModuleStack] = {} if first is None else first._by_thread
        self._returned = returned  # told each module, its arguments and output, and the frame that called it
        self._paths: dict[int, tuple[weakref.ref[nn.Module], Paths]] = {}  # by id of a root
        self._looked_up: set[int] = set()

    def wrapped(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """`nn.Module.__call__` followed; global forward hooks would not see a forward that raises."""

        @functools.wraps(original)
        def call(module: nn.Module, *args: Any, **kwargs: Any) -> Any:
            stack = self._by_thread.get(get_ident())
            if stack is None:
                return original(module, *args, **kwargs)
            outer = stack.current
            try:
                stack.current = stack._enter(module, outer)
            except Exception as error:
                stack.current = ModuleCall.of(weakref.ref(module), "", type_name(module), outer, _NO_PATHS)
                spare(error)
            try:
                output = original(module, *args, **kwargs)
            finally:
                stack.current = outer
            stack._returned(module, args, output, sys._getframe(1))
            return output

        self.code = call.__code__  # type: ignore[attr-defined]
        return call

    @contextlib.contextmanager
    def following(self) -> Iterator[None]:
        """This thread is followed inside."""
        thread = get_ident()
        self._by_thread[thread] = self
        try:
            yield
        finally:
            del self._by_thread[thread]  # a program may have kept the wrapper
            self.current = None

    def _enter(self, module: nn.Module, outer: ModuleCall | None) -> ModuleCall:
        if outer is None:
            self._looked_up.clear()
            known = self._paths.get(id(module))
            paths = known[1] if known is not None and known[0]() is module else _NO_PATHS
            return ModuleCall.of(weakref.ref(module), "", type_name(module), None, paths)
        entry = outer.paths.get(id(module))
        if entry is None or entry[0]() is not module:
            entry = self._look_up(outer, module)
        if entry is None:  # not registered in the root
            return ModuleCall.of(weakref.ref(module), "", type_name(module), outer, _NO_PATHS)
        return ModuleCall(outer.root, entry[1], type_name(module), outer, outer.paths, outer.depth + 1)

    def _look_up(self, outer: ModuleCall, module: nn.Module) -> Path | None:
        """What the paths in the root of `outer` say of a module, after a look at it where they did not know it."""
        root = outer.root()
        if root is None:
            return None
        for fresh in (False, True):
            known = self._paths.get(id(root))
            if known is not None and known[0]() is root:
                outer.paths = known[1]
                entry = known[1].get(id(module))
                if entry is not None and entry[0]() is module:
                    return entry
            if fresh or id(root) in self._looked_up:
                return None
            self._looked_up.add(id(root))  # walk a root at most once in one call of it
            paths = {id(child): (weakref.ref(child), path) for path, child in modules_in(root)}
            self._paths[id(root)] = (weakref.ref(root), paths)
            for dead in [key for key, (reference, _) in self._paths.items() if reference() is None]:
                del self._paths[dead]
        return None

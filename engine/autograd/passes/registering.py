"""Hooks on thousands of nodes at once: of their cost torch's own handles are three quarters."""

from __future__ import annotations

import contextlib
import functools
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from threading import get_ident
from typing import Any

from torch.autograd.function import _HookMixin


class LightHandle:
    """As torch's RemovableHandle of a hook on a node."""

    __slots__ = ("_hooks",)

    def __init__(self, hooks: OrderedDict[Any, Any]) -> None:
        self._hooks = hooks

    @property
    def id(self) -> Any:
        """Under which the hook is among those of its node."""
        return self

    def hooks_dict_ref(self) -> OrderedDict[Any, Any]:
        """Those of its node."""
        return self._hooks

    def remove(self) -> None:
        """Take the hook off."""
        self._hooks.pop(self, None)


OURS, OUR_TIME = "ours", "ours, for the time"
_SECOND: Callable[..., Any] = {}.get  # called with None and anything, it returns that, and is of C
_theirs: list[weakref.ref[OrderedDict[Any, Any]]] = []  # hooks of programs, by node


def noting(theirs: Any) -> Any:
    """torch's way to register a hook on a node, `_HookMixin._register_hook`, as a program takes it."""

    @functools.wraps(theirs.__func__)
    def register(hooks: Any, hook: Any) -> Any:
        registered = theirs.__func__(hooks, hook)
        _theirs.append(weakref.ref(registered[0]))
        return registered

    return staticmethod(register)


def are_any_theirs() -> bool:
    """Whether a node still has a hook that a program registered while it was watched."""
    while _theirs:
        if _theirs[-1]():
            return True
        _theirs.pop()
    return False


@contextlib.contextmanager
def light_handles() -> Iterator[None]:
    """What this thread registers on nodes inside has light handles."""
    thread, theirs = get_ident(), vars(_HookMixin)["_register_hook"]

    def register(hooks: Any, hook: Any) -> Any:
        if get_ident() != thread:
            return theirs.__func__(hooks, hook)
        if hooks is None:
            hooks = OrderedDict()
        handle = LightHandle(hooks)
        hooks[handle] = hook
        return hooks, handle

    _HookMixin._register_hook = staticmethod(register)  # type: ignore[method-assign]
    try:
        yield
    finally:
        _HookMixin._register_hook = theirs  # type: ignore[method-assign]


def register_made(nodes: Sequence[Any], made: list[OrderedDict[Any, Any]]) -> None:
    """Let the hooks in each of `made`, which nobody else has, be called before the node of the same place. Inside the
    gate, where no other thread of the program runs: what any thread registers meanwhile would come here. Where a node
    has had such hooks before, these join them, and its own take their place in `made`."""
    theirs = vars(_HookMixin)["_register_hook"]
    left: list[int] = []
    _HookMixin._register_hook = staticmethod(_SECOND)  # type: ignore[method-assign]
    try:
        for place, (node, hooks) in enumerate(zip(nodes, made, strict=True)):
            try:
                node.register_prehook((hooks, None))
            except TypeError:  # no None was handed over
                left.append(place)
    finally:
        _HookMixin._register_hook = theirs  # type: ignore[method-assign]
    for place in left:
        own: list[OrderedDict[Any, Any]] = []
        with hooks_into(own):
            nodes[place].register_prehook(made[place][OURS])
        own[0].update(made[place])
        made[place] = own[0]


@contextlib.contextmanager
def hooks_into(made: list[OrderedDict[Any, Any]]) -> Iterator[None]:
    """What this thread registers on nodes inside is the hook with the key `OURS` among those of its node, which are
    added to `made`; nobody needs a handle."""
    thread, theirs = get_ident(), vars(_HookMixin)["_register_hook"]

    def register(hooks: Any, hook: Any) -> Any:
        if get_ident() != thread:
            return theirs.__func__(hooks, hook)
        if hooks is None:
            hooks = OrderedDict()
        hooks[OURS] = hook
        made.append(hooks)
        return hooks, None

    _HookMixin._register_hook = staticmethod(register)  # type: ignore[method-assign]
    try:
        yield
    finally:
        _HookMixin._register_hook = theirs  # type: ignore[method-assign]

"""Hooks of the program on the nodes of a pass, and what they changed: of what was handed over, before it arrived; of
what a node had made, before it left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.utils.hooks import BackwardHook

from engine.autograd.graph.calls import expression_of, source_of
from engine.autograd.passes.registering import LightHandle
from engine.autograd.records import RegisteredHook
from engine.autograd.snapshot import can_alias
from engine.program.callables import Named, enclosed, named
from engine.protocol import origin as o
from engine.protocol.source import Source
from engine.shared.numbers import number
from engine.tensors import native
from engine.tensors.unseen import Spared

_MAX_ELEMENTS = 1 << 20  # of a gradient that is compared


class Change(NamedTuple):
    """The norm of a gradient before a hook and after it, as text."""

    before: str
    after: str


class NodeHook(NamedTuple):
    """One that is on the node itself. `module` is the type of the module that it was registered on, "" without one."""

    is_before: bool
    function: Named
    module: str = ""

    def told(self, change: str) -> o.NodeHook:
        """As the window knows it."""
        name, path, line = self.function
        place = Source(path, line, 0, line, 0) if line else None
        return o.NodeHook(name, "before" if self.is_before else "after", place, self.module, change)


class HookedNodes:
    """Of one pass: `registered` are those on tensors, by the index of the node. Inside, nothing is observed."""

    def __init__(self, registered: Mapping[int, tuple[RegisteredHook, ...]]) -> None:
        self.on_tensors = registered
        self.on_nodes: dict[int, tuple[NodeHook, ...]] = {}
        self._arriving = {node for node, hooks in registered.items() if any(hook.is_before for hook in hooks)}
        self._handed: dict[tuple[int, int], Tensor | None] = {}  # None: not comparable
        self._made: dict[int, list[Tensor | None]] = {}  # by node, before its hooks
        self.changed: dict[int, Change] = {}
        self.changed_after: dict[int, Change] = {}

    def __contains__(self, node: int) -> bool:
        return node in self._arriving

    def __bool__(self) -> bool:
        return bool(self._arriving)

    def last(self, node: int, when: str) -> o.NodeHook | None:
        """Of those "before" or "after" a node."""
        found = [hook for hook in self.told(node) if hook.when == when]
        return found[-1] if found else None

    def line_of(self, node: int) -> int:
        """Of the last hook before a node: where it was registered on a tensor, or defined; 0 where that is unknown."""
        last = self.last(node, "before")
        return 0 if last is None or last.place is None else last.place.line

    def told(self, node: int) -> tuple[o.NodeHook, ...]:
        """All of a node, in the order in which they run."""
        before, after = (_words(changes.get(node)) for changes in (self.changed, self.changed_after))
        on_tensors = self.on_tensors.get(node, ())
        return (
            *(_on_tensor(hook, "before", before) for hook in on_tensors if hook.is_before),
            *(hook.told(before) for hook in self.on_nodes.get(node, ()) if hook.is_before),
            *(_on_tensor(hook, "grad", "") for hook in on_tensors if not hook.is_before),
            *(hook.told(after) for hook in self.on_nodes.get(node, ()) if not hook.is_before),
        )

    def signs(self) -> tuple[o.HookedNode, ...]:
        """Of each node with hooks, by its index."""
        found = []
        for node in dict.fromkeys((*self.on_tensors, *self.on_nodes)):
            names = ", ".join(hook.name for hook in self.told(node))
            changes = _words(self.changed.get(node)), _words(self.changed_after.get(node))
            found.append(o.HookedNode(node, names, *changes))
        return tuple(found)

    # -- hooks on nodes

    def meet(self, node: int, grad_fn: Any, before: LightHandle, after: LightHandle) -> list[LightHandle]:
        """A node with other hooks beside these, which are ours. Returns what else is to be taken off after the pass."""
        found = [NodeHook(True, named(hook)) for hook in _others(before)]
        for hook in _others(after):
            of_module = _of_module(hook)
            found += [NodeHook(False, named(hook))] if of_module is None else of_module
        if found:
            self.on_nodes[node] = tuple(found)
        if any(hook.is_before for hook in found):
            self._arriving.add(node)
        if all(hook.is_before for hook in found):
            return []
        first = native.register_hook(grad_fn, lambda made, _: self._note_made(node, made))
        _put_first(first)
        return [first]

    def _note_made(self, node: int, made: Sequence[Tensor | None]) -> None:
        with Spared():
            self._made[node] = [
                None if one is None or not _is_comparable(one) else one.detach().clone() for one in made
            ]

    def leave(self, node: int, handed_on: Sequence[Tensor | None]) -> None:
        """What a node with hooks on it hands on, after them."""
        for before, after in zip(self._made.pop(node, ()), handed_on, strict=False):
            change = None if before is None or after is None else _change(before, after)
            if change is not None:
                self.changed_after[node] = change

    # -- what arrives

    def hand_over(self, node: int, slot: int, gradient: Tensor) -> None:
        """A producer hands `gradient` on; the engine adds up those of several."""
        key = (node, slot)
        known = self._handed.get(key)
        is_lost = key in self._handed and known is None
        if is_lost or not _is_comparable(gradient):
            self._handed[key] = None
        else:
            self._handed[key] = gradient.clone() if known is None else known + gradient

    def arrive(self, node: int, gradients: Sequence[Tensor | None]) -> None:
        """What the node is about to work with, after the hooks."""
        for slot, gradient in enumerate(gradients):
            handed = self._handed.pop((node, slot), None)
            change = None if handed is None or gradient is None else _change(handed, gradient)
            if change is not None:
                self.changed[node] = change


def _on_tensor(hook: RegisteredHook, when: str, change: str) -> o.NodeHook:
    return o.NodeHook(expression_of(hook.call), when, source_of(hook.call.place), "", change)


def _words(change: Change | None) -> str:
    return "" if change is None else f"{change.before} → {change.after}"


def _is_comparable(gradient: Tensor) -> bool:
    return bool(can_alias(gradient) and gradient.numel() <= _MAX_ELEMENTS)


def _change(before: Tensor, after: Tensor) -> Change | None:
    if not can_alias(after) or before.shape != after.shape:
        return None
    if torch.equal(before, after) or bool((before != before).any()):
        return None
    return Change(number(float(before.norm())), number(float(after.norm())))


def _others(ours: LightHandle) -> list[Any]:
    """The hooks that stand beside one of ours."""
    hooks = ours.hooks_dict_ref()
    return [hook for key, hook in hooks.items() if key != ours.id]


def _put_first(handle: LightHandle) -> None:
    """Let a hook run before those that were registered earlier, whose order stays."""
    hooks = handle.hooks_dict_ref()
    others = [(key, hook) for key, hook in hooks.items() if key != handle.id]
    for key, _ in others:
        del hooks[key]
    hooks.update(others)


def _of_module(hook: Any) -> list[NodeHook] | None:
    """Those of `register_full_backward_hook` and its like, which torch calls from one of its own; None of any other."""
    owner = enclosed(hook, "self")
    if type(owner) is not BackwardHook:
        return None
    is_at_outputs = "user_pre_hook" in hook.__code__.co_varnames
    functions = owner.user_pre_hooks if is_at_outputs else owner.user_hooks
    return [NodeHook(False, named(function), type(owner.module).__name__) for function in functions]

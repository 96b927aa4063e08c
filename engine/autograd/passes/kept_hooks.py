"""What stays of a pass's hooks once it is over: their names, places and changes, and nothing of the program's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.hooks import Change
from engine.protocol import origin as o


class KeptHooks:
    """Of one pass that has ended and had some, or another pass inside, by the index of the node."""

    def __init__(self, current: BackwardPass) -> None:
        hooks = current.hooks
        self.told = {node: told for node in {*hooks.on_tensors, *hooks.on_nodes} if (told := hooks.told(node))}
        self.changed: Mapping[int, tuple[Change, int]] = {
            node: (change, hooks.line_of(node)) for node, change in hooks.changed.items()
        }
        self.inside = {node: tuple(passes) for node, passes in current.inside.items()}
        self._signs = current.hooked()

    def signs(self, ids: Sequence[int]) -> tuple[o.HookedNode, ...]:
        """As `BackwardPass.signs`, where the nodes have other ids."""
        return tuple(msgspec.structs.replace(sign, node=ids[sign.node]) for sign in self._signs)

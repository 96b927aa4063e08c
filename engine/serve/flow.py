"""What comes to a node and what it sends on: as the hooks of the nodes that sent it saw it."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

import torch
from torch import Tensor

from engine.autograd.passes.kept_gradient import Part
from engine.autograd.passes.norms import norm_of
from engine.autograd.passes.pass_values import PassValues
from engine.autograd.recorder import Recorder
from engine.protocol import messages as m
from engine.protocol.flow import ArrivedGradient, GradientPart, HookChange, NodeFlow, SentGradient
from engine.protocol.graph_values import Node
from engine.protocol.kind_names import bare
from engine.protocol.notes import Changed
from engine.serve.graph_index import GraphIndex
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.reading import UnreadableError, pieces, plain, real, unobserved

_N_AT_ONCE = 1 << 18  # elements, of which the double takes 2 MiB


class FlowBook:
    """Answers from the graph on screen and its pass. Only inside `GATE.reading`."""

    def __init__(self, recorder: Recorder, values: PassValues) -> None:
        self._index = GraphIndex(recorder)
        self._values = values

    def flow(self, request: m.AskFlow) -> m.FlowShown:
        """Of a node of a graph on screen; of any other there is nothing to say."""
        node = self._index.node(request.graph, request.node)
        if node is None or node.is_input:
            return m.FlowShown(request.id, flow=NodeFlow(request.node))
        with unobserved():
            slots = range(max(1, len(node.outputs)))
            arrived = tuple(self._arrived(node, slot) for slot in slots)
            return m.FlowShown(request.id, flow=NodeFlow(node.id, arrived, self._sent(node)))

    def _arrived(self, node: Node, slot: int) -> ArrivedGradient:
        tensor, note = self._values.gradient(node.id, slot)
        total = None if tensor is None else native.bare(tensor)
        parts, hook = self._values.parts(node.id, slot), self._hook(node.id)
        is_changed = isinstance(note, Changed)  # as the next pass adds to a .grad that had taken it over
        met = total if hook is None and not is_changed else _sum([part for _, part in parts])
        if is_changed and hook is None and met is not None:
            total, note = met, None
        norm_met = None if hook is not None or is_changed or total is None else norm_of((total,))
        shares = _shares([part.kept.norm() for _, part in parts], norm_met)
        return ArrivedGradient(
            self._index.written(node.id, slot),
            node.outputs[slot].shape if node.outputs else None,
            None if total is None else norm_of((total,)),
            max(1, len(self._index.senders(node.id, slot)), len(parts)),
            tuple(self._part(sender, part, met, share) for (sender, part), share in zip(parts, shares, strict=True)),
            hook,
            note,
        )

    def _part(self, sender: int, part: Part, total: Tensor | None, likely: float | None) -> GradientPart:
        known = self._index.nodes.get(sender)
        tensor, note = part.kept.read()
        share, agreement = (likely, None) if tensor is None or total is None else _against(tensor, total)
        return GradientPart(
            sender,
            "" if known is None else known.name,
            known.source.line if known is not None and known.source is not None else 0,
            part.place if self._index.n_operands(sender) > 1 else -1,
            part.kept.norm(),
            share,
            agreement,
            note,
        )

    def _kind(self, node: int) -> str:
        known = self._index.nodes.get(node)
        return "" if known is None else bare(known.name)

    def _hook(self, node: int) -> HookChange | None:
        found = self._values.hook_change(node)
        if found is None:
            return None
        change, line = found
        return HookChange(line, change.before, change.after)

    def _sent(self, node: Node) -> tuple[SentGradient, ...]:
        found = []
        for place in range(self._index.n_operands(node.id)):
            edge = self._index.edge(node.id, place)
            if edge is not None:
                _, said = self._values.leaving(node.id, place)
                norm = self._values.norm_sent(node.id, place)
                name = self._index.written(edge.target, edge.target_slot) or self._kind(edge.target)
                found.append(SentGradient(name, edge.target, place, edge.shape, norm, said))
        return tuple(found)


def _sum(parts: Sequence[Part]) -> Tensor | None:
    """Of what met, before a hook changed it."""
    tensors = [part.kept.tensor for part in parts if part.kept.tensor is not None]
    return functools.reduce(torch.add, tensors) if tensors and len(tensors) == len(parts) else None


def _shares(norms: Sequence[float | None], total: float | None) -> list[float | None]:
    """Those that the norms alone tell: of two parts, by the law of cosines, where they do not nearly cancel, which
    would leave nothing but the error of float32."""
    if len(norms) != 2 or not total or not math.isfinite(total):
        return [None] * len(norms)
    first, second = norms
    if first is None or second is None or max(first, second) > 2 * total:
        return [None, None]
    share = (first**2 + total**2 - second**2) / (2 * total**2)
    return [share, 1 - share]


def _against(part: Tensor, total: Tensor) -> tuple[float | None, float | None]:
    """(share, agreement of signs) of a part in its sum; None of what torch cannot tell."""
    if native.is_complex(part) or native.layout(part) is not torch.strided or native.layout(total) is not torch.strided:
        return None, None
    try:
        both = [pieces(plain(one).flatten(), _N_AT_ONCE) for one in (part, total)]
        overlap, square, n_same, n_signed = map(sum, zip(*map(_compared, *both), strict=True))
        share = overlap / square if 0 < square < float("inf") else None
        return share, n_same / n_signed if n_signed else None
    except (RuntimeError, UnreadableError):
        return None, None


def _compared(part: Tensor, total: Tensor) -> tuple[float, float, int, int]:
    """(product, square of the total, how often the signs are the same, how often both have one)."""
    GATE.give_way()
    ours, whole = real(part).double(), real(total).double()
    signs = ours.sign() * whole.sign()
    return float(ours @ whole), float(whole @ whole), int((signs > 0).sum()), int(signs.count_nonzero())

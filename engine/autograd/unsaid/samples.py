"""Samples of a distribution that a layer goes on with, though the distribution itself is trained by the same pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.autograd.graph import cuts
from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.node_names import assigned
from engine.autograd.records import Call, LeafRecord
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

_LAYERS = re.compile(r"(Mm|Addmm|Bmm|Baddbmm|Linear|Mv|\w*Convolution)Backward\d")
_DRAWN = re.compile(r"NormalBackward\d")
_SAMPLING = frozenset({"normal", "normal_"})  # of what can be written as its mean and a noise


def samples(run: Run) -> Iterator[Notice]:
    """One for each call that drew one. An action, which is sampled, too, is scored by its log-probability."""
    calls = {id(record.call) for _, _, record in run.nodes() if record.call is not None}
    for made, cut in _taken_by_layers(run):
        if any(one.made is not None and id(one.made) in calls for one in cut.severed):
            yield from _said(assigned(made.place) or expression_of(made), cut)
    for index, node, record in run.nodes():
        if _DRAWN.fullmatch(native.name_of(node)) and record.call is not None:  # a node that sends zeros
            edges = enumerate(run.current.call.edges)
            users = [one for one, some in edges if any(edge is not None and edge[0] == index for edge in some)]
            if users and all(_LAYERS.fullmatch(native.name_of(run.current.call.nodes[one])) for one in users):
                yield from _said(assigned(record.call.place) or expression_of(record.call), record.call)


def _taken_by_layers(run: Run) -> Iterator[tuple[Call, Call]]:
    """What made an input of a layer of samples, and the call that drew them, where nothing but layers takes any."""
    taken: dict[int, tuple[Call, Call, bool]] = {}  # by id of the call that drew
    for _, node, record in run.nodes():
        is_layer = bool(_LAYERS.fullmatch(native.name_of(node)))
        for leaf in record.inputs:
            cut = None if leaf.requires_grad else _drawn(leaf)
            if cut is not None and leaf.made is not None:
                _, _, was_layer = taken.get(id(cut), (leaf.made, cut, True))
                taken[id(cut)] = leaf.made, cut, is_layer and was_layer
    return ((made, cut) for made, cut, is_of_layers in taken.values() if is_of_layers)


def _said(name: str, cut: Call) -> Iterator[Notice]:
    if line_of(cut) is not None:
        said = Sentence.of(
            "notice.sampled",
            "{name} is drawn by {expression} (line {line}), and a sample passes no gradient on to its distribution, "
            "which is trained here all the same. Use .rsample(), or mean + deviation * torch.randn_like(mean).",
            name=name,
            expression=expression_of(cut),
            line=line_of(cut),
        )
        yield Notice(said, source_of(cut.place))


def _drawn(leaf: LeafRecord) -> Call | None:
    """The call that drew what an input was computed from."""
    cause = None if leaf.made is None else leaf.made.cause
    is_sample = cause is not None and cause[0] != "detached" and cuts.bare_name(cause[1].function) in _SAMPLING
    return cause[1] if cause is not None and is_sample else None

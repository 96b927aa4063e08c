"""Passes that begin while a node of another runs: of a reentrant checkpoint, a custom Function, a hook. They are not
held, and what is known of them is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.autograd.passes.call_site import CallSite
from engine.autograd.passes.engine_calls import EngineCall
from engine.protocol.origin import HookedNode
from engine.protocol.sentence import Sentence
from engine.tensors import native

_MAX_NAMES = 4  # that are told


class InnerPass(NamedTuple):
    """`origin` is the call's text, `line` 0 where no line of the program called. `kinds`: the names of its nodes, each
    once, those nearest its root first."""

    origin: str
    line: int
    n_nodes: int
    kinds: tuple[str, ...]


def inner_pass(call: EngineCall, site: CallSite) -> InnerPass:
    """Of a call that is about to be made. Inside `Unseen` or `Spared`: it walks the graph."""
    graph = call.graph()
    runs = [node for node, does_run in zip(graph.nodes, graph.runs, strict=True) if does_run]
    kinds = dict.fromkeys(native.name_of(node).rpartition("::")[2] for node in runs)
    return InnerPass(site.origin, site.line, len(runs), tuple(kinds))


def sign_of(node: int, passes: Sequence[InnerPass], known: HookedNode | None) -> HookedNode:
    """How a node with passes inside is told, beside its hooks."""
    known = HookedNode(node, "") if known is None else known
    n_nodes = sum(one.n_nodes for one in passes)
    return HookedNode(node, known.names, known.arriving, known.leaving, n_nodes, names_inside(passes))


def names_inside(passes: Sequence[InnerPass]) -> str:
    """The kinds of the nodes of all these, as far as there is room."""
    kinds = list(dict.fromkeys(kind for one in passes for kind in one.kinds))
    return ", ".join(kinds[:_MAX_NAMES]) + (" …" if len(kinds) > _MAX_NAMES else "")


def nodes_inside(passes: Sequence[InnerPass]) -> Sentence:
    """ "12 nodes (MulBackward0, SinBackward0)"."""
    return Sentence.phrase(
        "words.nodes_inside",
        "{n} ({names})",
        n=Sentence.counted("count.nodes_inside", "{n} node", "{n:,} nodes", sum(one.n_nodes for one in passes)),
        names=names_inside(passes),
    )

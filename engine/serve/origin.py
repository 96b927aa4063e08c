"""Where a node comes from: the pass and the node that made it, checkpoints and transforms around it; hooks on it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.autograd.contexts import ON_CPU, PACKED, RECOMPUTED, Context, Packing
from engine.autograd.graph.calls import expression_of, source_of
from engine.autograd.graph.traits import given_to_copy
from engine.autograd.passes.controller import BackwardController
from engine.autograd.passes.inner_passes import nodes_inside
from engine.autograd.recorder import Recorder
from engine.autograd.records import Made, NodeRecord
from engine.program.callables import Named
from engine.protocol import origin as o
from engine.protocol.graph_values import Node
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source
from engine.serve.graph_index import GraphIndex
from engine.shared.phrases import at_line, line_words, origin_words
from engine.tensors.reading import unobserved


class OriginBook:
    """Answers about nodes of a graph on screen. Only inside `GATE.reading`."""

    def __init__(self, recorder: Recorder, controller: BackwardController) -> None:
        self._recorder = recorder
        self._controller = controller
        self._index = GraphIndex(recorder)

    def origin(self, request: o.AskOrigin) -> o.OriginShown:
        """Of a node; of one that is on no screen there is nothing to say."""
        node = self._index.node(request.graph, request.node)
        if node is None or node.is_input:
            return o.OriginShown(request.id, origin=o.NodeOrigin(request.node))
        with unobserved():
            return o.OriginShown(request.id, origin=self._told(node))

    def _told(self, node: Node) -> o.NodeOrigin:
        record = self._recorder.shown_record(node.id)
        made = None if record is None else record.made
        context = None if record is None or record.call is None else record.call.context
        packing = None if context is None else context.packing
        return o.NodeOrigin(
            node.id,
            None if made is None else made.layer.told(),
            None if made is None else self._maker(made),
            0 if made is None else self._controller.pass_to_open(made.layer),
            (*_sentences(node, record, context), *self._copied(node), *self._passes_inside(node)),
            None if packing is None else packing.place,
            self._controller.values.hooks_on(node.id),
        )

    def _copied(self, node: Node) -> Iterator[Sentence]:
        """From one device to another."""
        grad_fn = self._recorder.grad_fn(node.id)
        if grad_fn is None or "device copy" not in node.traits:
            return
        given = given_to_copy(grad_fn)
        if given is not None:
            yield Sentence.of(
                "origin.device_copy",
                "Its value was copied from {before} to {after}; in a backward pass its gradient is copied back.",
                before=given.device,
                after=grad_fn._input_metadata[0].device,
            )

    def _passes_inside(self, node: Node) -> Iterator[Sentence]:
        """Of a custom Function or a hook that calls backward; of a checkpoint that is said otherwise."""
        inside = self._controller.values.passes_inside(node.id)
        if inside and "reentrant" not in node.traits:
            yield Sentence.of(
                "origin.pass_inside",
                "While this node ran, {n} ran inside of it, called as {origin} at line {line}. It has a graph of its "
                "own, which is not shown, and what it writes into a .grad is there beside what this pass brings.",
                n=Sentence.counted(
                    "count.passes_inside", "another backward pass", "{n} other backward passes", len(inside)
                ),
                origin=origin_words(inside[-1].origin),
                line=inside[-1].line,
            )
        if inside:
            yield Sentence.of(
                "origin.not_held_inside",
                "It ran {nodes} there. No step and no breakpoint holds one of them: their graph is there only while "
                "this node runs.",
                nodes=nodes_inside(inside),
            )

    def _maker(self, made: Made) -> o.Maker:
        node = self._index.nodes.get(made.node_id)
        place = None if made.call is None else source_of(made.call.place)
        text = "" if made.call is None else expression_of(made.call)
        if node is not None and node.kind == "accumulate":
            text = node.variable
        is_here = node is not None and not node.is_input
        return o.Maker(
            made.name, made.node_id if is_here else -1, text, 0 if place is None else place.line, made.is_meeting
        )


def _sentences(node: Node, record: NodeRecord | None, context: Context | None) -> Iterator[Sentence]:
    if "reentrant" in node.traits:
        yield Sentence.of(
            "origin.reentrant",
            "When this node runs, torch runs the forward of the checkpoint again, and inside of this node a backward "
            "pass through it. That graph is made and let go of there, and is not shown; what it brings to the "
            "parameters goes straight into their .grad. With use_reentrant=False these are nodes of this graph.",
        )
    if "compiled" in node.traits:
        yield Sentence.of(
            "origin.compiled",
            "torch.compile made one piece of this region. Its gradients come from compiled code, in which there are no "
            "nodes: no step and no breakpoint holds any part of it. Its operations are nodes where the program runs "
            "with torch.compiler.set_stance('force_eager').",
        )
    if context is not None and context.packing is not None:
        yield _of_packing(context.packing)
    if context is not None and context.transforms:
        yield from _of_transforms(context.transforms, is_made=record is not None and record.made is not None)


def _of_packing(packing: Packing) -> Sentence:
    where = _where(packing.place)
    if packing.kind == RECOMPUTED:
        return Sentence.of(
            "origin.recomputed",
            "{where} keeps nothing of this for backward: the first of its nodes that needs something makes its forward "
            "run again, and what that makes is let go of after use. So far it has run again {n}.",
            where=where or Sentence.phrase("words.a_checkpoint", "A checkpoint"),
            n=_times(packing.n_again),
        )
    if packing.kind == ON_CPU:
        return Sentence.of(
            "origin.on_cpu",
            "What this saves for backward is kept on the CPU, and comes back when the node runs: save_on_cpu{where}.",
            where=Sentence.phrase("words.after_comma", ", {where}", where=where) if where else "",
        )
    assert packing.kind == PACKED
    return Sentence.of(
        "origin.packed",
        "What this saves for backward goes through {pack} and comes back through {unpack}, hooks of the program. "
        "Nobody here calls them, so what they give is not shown.",
        pack=_name(packing.pack),
        unpack=_name(packing.unpack),
    )


def _of_transforms(transforms: tuple[str, ...], *, is_made: bool) -> Iterator[Sentence]:
    if "vmap" in transforms:
        yield Sentence.of(
            "origin.vmap",
            "This ran inside torch.vmap: one node for the whole batch. Value and gradient have the batch's dimension, "
            "which the function does not see.",
        )
    if "jvp" in transforms:
        yield Sentence.of(
            "origin.forward_mode",
            "This ran in forward mode (jvp, jacfwd): beside each operation on values stand those on its tangent, and "
            "both are nodes here. Forward mode has no backward pass of its own to step.",
        )
    if "grad" in transforms:
        yield _of_inner_backward() if is_made else _of_inner_forward()


def _of_inner_backward() -> Sentence:
    return Sentence.of(
        "origin.func_backward",
        "torch.func ran its backward pass here, over a graph of its own that it lets go of at its end; this node is "
        "how the graph outside has recorded it.",
    )


def _of_inner_forward() -> Sentence:
    return Sentence.of(
        "origin.func_forward",
        "This ran inside torch.func.grad or its like. For its backward pass torch.func makes a graph of its own, which "
        "it lets go of at its end; where something outside requires a gradient, the graph outside records the same "
        "operations.",
    )


def _times(n: int) -> Sentence:
    if not n:
        return Sentence.phrase("words.not_once", "not once")
    return Sentence.counted("count.times", "once", "{n} times", n)


def _where(place: Source | None) -> Sentence | None:
    if place is None:
        return None
    text = place.text.splitlines()[0] if place.text else ""
    if not text:
        return line_words(place.line)
    return Sentence.phrase("words.text_at_line", "{text} at line {line}", text=text, line=place.line)


def _name(function: Named) -> str | Sentence:
    return at_line(function.name, function.line) if function.line else function.name

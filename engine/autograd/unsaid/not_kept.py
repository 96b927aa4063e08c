"""A `.grad` that the program looked for where none is kept."""

from __future__ import annotations

from collections.abc import Iterator

from engine.autograd import why_no_grad
from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.tensors import native


def not_kept(run: Run) -> Iterator[Notice]:
    """One for each place that read it of what is no leaf, and is there still."""
    told = set()
    for reference, call in run.recorder.seen.unkept():
        tensor, name = reference(), expression_of(call).removesuffix(".grad")
        if tensor is None or call.place in told or line_of(call) is None or native.retains_grad(tensor):
            continue
        told.add(call.place)
        yield Notice(why_no_grad.of_result(tensor, name, run.recorder.seen.maker(tensor)), source_of(call.place))

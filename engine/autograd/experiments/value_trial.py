"""What if a leaf had another value: the program's forward pass runs again with it in a copy of the process, and torch's
engine from its roots; what arrives at each node is sent back."""

from __future__ import annotations

import functools
import itertools
import os
from typing import Any, NamedTuple

import msgspec
import torch
from torch import Tensor
from torch.autograd.graph import GradientEdge

from engine.autograd.again.changed import Again, NewValue, run_changed
from engine.autograd.again.rerun import Arrived
from engine.autograd.experiments.edits import change_of
from engine.autograd.experiments.telling import Telling
from engine.autograd.passes.forwards import Forward
from engine.autograd.passes.norms import norm
from engine.autograd.snapshot import can_alias
from engine.platform.copies import Tell
from engine.program.runner import Runner
from engine.protocol.backward_values import Edit
from engine.protocol.errors import EngineError
from engine.protocol.experiments import TrialProgress
from engine.protocol.sentence import Sentence
from engine.protocol.tensor_values import TensorSummary
from engine.shared.numbers import number
from engine.tensors import native
from engine.tensors.pristine import TORCH
from engine.tensors.summary import summarize
from engine.tensors.unseen import Unseen

_trials = msgspec.msgpack.Encoder()
_WHOLE_BYTES = 1 << 20  # of a gradient that is sent element by element; of a larger one a summary


class Sent(msgspec.Struct, frozen=True, array_like=True):
    """What arrived at an output of a node, by its id. `data` are its elements in row-major order."""

    node: int
    slot: int
    norm: float | None
    shape: tuple[int, ...] = ()
    dtype: str = ""  # torch's own name without "torch."
    data: bytes = b""
    summary: TensorSummary | None = None

    def tensor(self) -> Tensor | None:
        """None of a large one."""
        if self.summary is not None:
            return None
        dtype = getattr(torch, self.dtype)
        found = torch.frombuffer(bytearray(self.data), dtype=dtype) if self.data else torch.empty(0, dtype=dtype)
        return found.view(self.shape)


class Trial(msgspec.Struct, frozen=True, tag_field="type", tag="trial"):
    """What came of one; `refused` says why nothing did. `root`: the value of the one root, "" without one."""

    sent: tuple[Sent, ...] = ()
    root: str = ""
    refused: Sentence | None = None


class Wanted(NamedTuple):
    """Another value of a leaf: the id of its node, what it holds, its name in the program, and what is done to it."""

    node: int
    held: Tensor
    name: str
    edit: Edit


def run_trial(tell: Tell, runner: Runner, forward: Forward, paths: set[str], wanted: Wanted) -> None:
    """Only in a copy of the process, which it ends. It tells TrialProgress, and at last a Trial."""
    TORCH.give()  # the safepoint that this was asked at had taken it
    try:
        with torch.no_grad():
            changed = change_of(wanted.edit, runner.namespace, "value")(wanted.held)
    except EngineError as error:
        tell(_trials.encode(Trial(refused=error.sentence)))
        os._exit(0)
    again = Again(runner, forward, paths, _answer, _trials.encode(TrialProgress(stage="running", left_s=forward.cpu_s)))
    run_changed(tell, again, {wanted.node: NewValue(changed, wanted.held, wanted.name)})


def _answer(tell: Tell, found: Arrived | Sentence) -> None:
    if isinstance(found, Sentence):
        tell(_trials.encode(Trial(refused=found)))
        return
    tell(_trials.encode(TrialProgress(stage="backward")))
    try:
        trial = _backward(found, Telling(lambda told: tell(_trials.encode(told))))
    except Exception as error:  # of the program's hooks and custom Functions, as the pass would have met it
        reason = str(error).partition("\n")[0].rstrip(".")
        refused = Sentence.of("experiment.value_failed", "With this value backward fails: {reason}.", reason=reason)
        trial = Trial(refused=refused)
    tell(_trials.encode(trial))


def _backward(where: Arrived, telling: Telling) -> Trial:
    """From the roots to the leaves and inputs, whose gradients are taken out."""
    graph, found = where.graph, dict[tuple[int, int], Tensor]()
    ends = [(node, 0) for node, one in enumerate(graph.nodes) if graph.runs[node] and native.leaf_of(one) is not None]
    ends += [output for output in graph.captured_inputs if output is not None and graph.captured[output[0]]]
    inner = [node for node, one in enumerate(graph.nodes) if graph.runs[node] and native.leaf_of(one) is None]
    numbers = itertools.count(1)

    def note(node: int, gradients: tuple[Any, ...]) -> None:
        telling.tell("backward", next(numbers), len(inner))
        _note(found, node, gradients)

    for node in inner:
        grad_fn = graph.nodes[node]
        type(grad_fn).register_prehook(grad_fn, functools.partial(note, node))
    given = [
        torch.ones_like(root) if gradient is None else gradient
        for root, gradient in zip(where.roots, where.root_gradients, strict=True)
    ]
    taken = torch.autograd.Variable._execution_engine.run_backward(
        tuple(where.roots),
        tuple(given),
        keep_graph=True,
        create_graph=False,
        inputs=tuple(GradientEdge(graph.nodes[node], slot) for node, slot in dict.fromkeys(ends)),
        allow_unreachable=True,
        accumulate_grad=False,
    )
    found |= {end: one for end, one in zip(dict.fromkeys(ends), taken, strict=True) if one is not None}
    with Unseen(), torch.no_grad():
        sent = tuple(_sent(where.forward.ids[node], slot, native.bare(one)) for (node, slot), one in found.items())
        roots = [native.bare(root) for root in where.roots]
        return Trial(sent, number(roots[0].item()) if len(roots) == 1 and roots[0].numel() == 1 else "")


def _note(found: dict[tuple[int, int], Tensor], node: int, gradients: tuple[Any, ...]) -> None:
    for slot, gradient in enumerate(gradients):
        if gradient is not None:
            found[node, slot] = gradient.detach()


def _sent(node: int, slot: int, gradient: Tensor) -> Sent:
    if not can_alias(gradient) or native.nbytes(gradient) > _WHOLE_BYTES:
        return Sent(node, slot, norm(gradient), summary=summarize(gradient))
    plain = gradient.resolve_conj().resolve_neg().contiguous()
    data = plain.view(-1).view(torch.uint8).numpy().tobytes() if plain.numel() else b""
    dtype = str(plain.dtype).removeprefix("torch.")
    return Sent(node, slot, norm(gradient), tuple(gradient.shape), dtype, data)

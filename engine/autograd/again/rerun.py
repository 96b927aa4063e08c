"""A forward pass of the person's program, run again in a copy of this process.

The program runs from its first line, alone, with the random numbers that its newest run began with, to the backward
call in question; where a part of it ran last, what ran before goes first, each with its own random numbers. Neither its
variables nor its `.grad`s, files or output are touched: the copy has its own memory and no streams, and ends before the
program does anything outside of its process.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType, ModuleType
from typing import Any, NamedTuple, NoReturn

import torch
from torch import Tensor
from torch.optim.optimizer import register_optimizer_step_post_hook, register_optimizer_step_pre_hook

from engine.autograd.again.effects import refuse
from engine.autograd.again.tape import Awaited, Opaque, Place, Ref, Tag, Tape, Use, flat_of, placed
from engine.autograd.passes.call_graph import CallGraph
from engine.autograd.passes.engine_calls import EngineCall, intercepted
from engine.autograd.passes.forwards import Forward
from engine.program.lookup import resolve_tensor
from engine.program.runner import Begun, Runner
from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.shared.output_names import parted
from engine.tensors import native

TAPE_BYTES = 2 << 30  # of values between the operations
_NO_CHANGES: Mapping[Place, Tensor] = MappingProxyType({})
Refuse = Callable[[Sentence], NoReturn]


class Arrived(NamedTuple):
    """Where the program has come to: at the call of backward, which has not begun.

    `tape` has its forward pass, `ends` the places of the roots. `graph` has the grad_fns of the copy, in the order of
    `Forward.ids`; they may be run through, changed, or freed.
    """

    tape: Tape
    roots: Sequence[Tensor]
    root_gradients: Sequence[Tensor | None]
    ends: Sequence[Ref]
    graph: CallGraph
    forward: Forward

    def tag(self, node_id: int, slot: int) -> Tag:
        """What the tape knows an output by."""
        node = self.graph.nodes[self.forward.ids.index(node_id)]
        leaf = native.leaf_of(node)
        return (native.sequence_nr(node), slot) if leaf is None else (id(leaf), -1)

    def value(self, node_id: int, slot: int) -> Tensor | None:
        """What an output was in the copy, detached; None where no operation took it. Not to be written to."""
        use = self.use(node_id, slot)
        if use is None:
            return None
        return placed(flat_of(self.tape.content(use.ref.storage, use.start), use.ref.dtype), use.ref)

    def use(self, node_id: int, slot: int) -> Use | None:
        """Where an output is first used; None where that was not seen."""
        tag = self.tag(node_id, slot)
        found = self.tape.uses.get(tag)
        if found is not None:
            return found
        end = next((end for end in self.ends if end.tag == tag), None)
        n_entries = len(self.tape.entries)
        return None if end is None else Use(n_entries, end, Place(n_entries, 0))


def run_again(
    runner: Runner,
    forward: Forward,
    program_paths: set[str],
    arrived: Callable[[Arrived], None],
    refused: Refuse,
    changes: Mapping[Place, Tensor] = _NO_CHANGES,
    awaited: Awaited | None = None,
) -> None:
    """Run the program to where `forward` ends, and call `arrived` there, which is to end the process.

    `changes` are written into operands of its operations, of the same shape, just before those run, and so is what
    `awaited` gives of an operand: the program itself goes on with them, in whatever branch that leads to. `refused` is
    called, and must not return, with the reason why
    the program does not come there: it does something outside of its process, fails, or makes another graph than it
    had. Only in a copy of the process.
    """
    begun = runner.begun
    assert begun
    rerun = _Rerun(runner, forward, program_paths, arrived, refused)
    rerun.tape.changes, rerun.tape.awaited = dict(changes), awaited
    rerun.run(begun)


class _Rerun:
    def __init__(
        self,
        runner: Runner,
        forward: Forward,
        program_paths: set[str],
        arrived: Callable[[Arrived], None],
        refused: Refuse,
    ) -> None:
        self._runner, self._forward, self._arrived, self._refused = runner, forward, arrived, refused
        self._program_paths = program_paths
        self.tape = Tape(program_paths, TAPE_BYTES, self._refuse_size)
        self._n_begun = 0
        self._is_running = False  # what the runner itself does between two parts is none of the program's effects

    def run(self, begun: Sequence[Begun]) -> None:
        torch.set_num_threads(1)  # OpenMP's threads stayed behind
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115  # a lock of the old ones may be taken
        self._runner.module = ModuleType("__main__")
        refuse(lambda effect: self._refuse_effect(effect) if self._is_running else None)
        for one in begun:
            watching = self._observed if one is begun[-1] else self._apart
            one.random.restore()
            outcome = self._runner.run(one.text, one.path, watching, one.lines, one.invocation)
        if outcome.error is not None:
            place = outcome.error.place
            self._refused(
                Sentence.of(
                    "again.failed",
                    "The program failed when it ran again, alone, at line {line}: {reason}",
                    line=0 if place is None else place.line,
                    reason=outcome.error.said,
                )
            )
        if self._forward.pass_index == 0:
            self._arrive_at_end()
        self._refused(
            Sentence.of("again.other_way", "The program took another way when it ran again: it did not come here.")
        )

    @contextlib.contextmanager
    def _apart(self) -> Iterator[None]:
        torch.compile = _as_it_is  # type: ignore[assignment]  # a compiled region is one piece that no tape sees into
        if "torch._dynamo" in sys.modules:
            torch.compiler.set_stance("force_eager")
        self._is_running = True
        yield
        self._is_running = False

    @contextlib.contextmanager
    def _observed(self) -> Iterator[None]:
        self.tape.is_on = self._forward.after == 0
        register_optimizer_step_pre_hook(self._before_step)
        register_optimizer_step_post_hook(self._after_step)
        with self._apart(), intercepted(self._observe), _counting(self.tape), self.tape:
            yield
            self.tape.is_on = False

    def _before_step(self, *given: Any) -> None:
        if not self.tape.has_graph:
            self.tape.is_on = False

    def _after_step(self, *given: Any) -> None:
        """What an optimizer does between two passes is over: the values that it leaves are those to begin with."""
        if not self.tape.has_graph:
            self.tape.clear()
            self.tape.is_on = self._is_wanted

    @property
    def _is_wanted(self) -> bool:
        return self._n_begun >= self._forward.after

    # -- calls of backward

    def _observe(self, call: EngineCall) -> Any:
        self._n_begun += 1
        if self._n_begun == self._forward.pass_index:
            self.tape.is_on = False
            self._arrive(call.roots, call.root_gradients, call.graph())
        self.tape.is_on = self.tape.is_on and call.creates_graph
        result = call.run()
        if self._n_begun == self._forward.after:
            self.tape.clear()
        self.tape.is_on = self._is_wanted
        return result

    def _arrive_at_end(self) -> None:
        try:
            roots = [resolve_tensor(self._runner.namespace, name) for name in parted(self._forward.label)]
        except EngineError as error:
            self._refused(error.sentence)
        self._arrive(roots, (), CallGraph(roots, accumulate=True))

    def _arrive(self, roots: Sequence[Any], gradients: Sequence[Tensor | None], graph: CallGraph) -> None:
        now, had = [native.name_of(node) for node in graph.nodes], self._forward.names
        if now != list(had):
            self._refuse_graph(now, had)
        ends = [self.tape.ref(root) for root in roots if issubclass(type(root), Tensor)]
        if len(ends) < len(roots) or any(type(end) is Opaque for end in ends):
            self._refused(
                Sentence.of(
                    "again.root", "The pass begins at something other than a dense tensor, and is not replayed."
                )
            )
        gradients = gradients or (None,) * len(roots)
        self._arrived(Arrived(self.tape, roots, gradients, ends, graph, self._forward))  # type: ignore[arg-type]

    # -- refusals

    def _refuse_graph(self, now: Sequence[str], had: Sequence[str]) -> None:
        if self.tape.changes:
            self._refused(
                Sentence.of("again.other_branch", "With the new value the program goes another way, to another graph.")
            )
        here = next((place for place, (one, other) in enumerate(zip(now, had, strict=False)) if one != other), -1)
        self._refused(
            Sentence.of(
                "again.other_graph",
                "The program made another graph when it ran again, {now} where it had {had}: it depends on something "
                "outside of it, or on being watched.",
                now=_nodes(len(now)) if here < 0 else now[here],
                had=_nodes(len(had)) if here < 0 else had[here],
            )
        )

    def _refuse_effect(self, effect: Sentence) -> None:
        self._refused(
            Sentence.of(
                "again.side_effect",
                "The program {effect} (line {line}), and running it again would do that a second time.",
                effect=effect,
                line=self._line(),
            )
        )

    def _refuse_size(self) -> None:
        self._refused(
            Sentence.of(
                "again.too_large",
                "The values between the operations of this forward pass take more than {limit} GiB.",
                limit=TAPE_BYTES >> 30,
            )
        )

    def _line(self) -> int:
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename not in self._program_paths:
            frame = frame.f_back  # type: ignore[assignment]
        return 0 if frame is None else frame.f_lineno


@contextlib.contextmanager
def _counting(tape: Tape) -> Iterator[None]:
    """The tape knows when the forward of a custom Function runs."""
    original = torch.autograd.Function.__dict__["apply"]

    @functools.wraps(getattr(original, "__func__", original))
    def apply(cls: type, *args: Any, **kwargs: Any) -> Any:
        tape.depth += 1
        try:
            return original.__get__(None, cls)(*args, **kwargs)
        finally:
            tape.depth -= 1

    torch.autograd.Function.apply = classmethod(apply)  # type: ignore[assignment,method-assign]
    yield


def _as_it_is(model: Any = None, **options: Any) -> Any:
    return model if model is not None else lambda function: function


def _nodes(n: int) -> Sentence:
    return Sentence.counted("count.nodes", "{n} node", "{n} nodes", n)

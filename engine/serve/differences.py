"""Checks of gradients by finite differences: each in a copy of the engine, one at a time."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NoReturn

import msgspec
import torch
from torch import Tensor

from engine.autograd.again.rerun import Arrived, run_again
from engine.autograd.differences.check import Check
from engine.autograd.passes.controller import BackwardController
from engine.autograd.passes.forwards import Forward
from engine.autograd.recorder import Recorder
from engine.platform.copies import Tell
from engine.program.runner import Runner
from engine.protocol import messages as m
from engine.protocol.differences import (
    CancelDifferences,
    CheckDifferences,
    Differences,
    DifferencesProgress,
    DifferencesShown,
    Stage,
)
from engine.protocol.sentence import Sentence
from engine.serve.errands import Errands
from engine.serve.graph_index import GraphIndex
from engine.shared.phrases import at_line
from engine.tensors import native
from engine.tensors.pristine import TORCH
from engine.tensors.unseen import Unseen

_CANCELLED = Sentence.of("differences.cancelled", "The check was cancelled.")
_ENDED = Sentence.of("differences.ended", "The copy of the engine ended before it was done: memory may have run out.")
_messages = msgspec.msgpack.Decoder(DifferencesProgress | DifferencesShown)


class DifferencesBook:
    """`check` at a safepoint, `cancel` and `emit` on any thread."""

    def __init__(
        self,
        runner: Runner,
        recorder: Recorder,
        controller: BackwardController,
        emit: Callable[[m.Event], None],
        report: Callable[[Exception], Sentence],
    ) -> None:
        self._runner, self._recorder, self._controller = runner, recorder, controller
        self._emit, self._report = emit, report
        self._index = GraphIndex(recorder)
        self._errands = Errands("differences")

    def check(self, request: CheckDifferences) -> DifferencesShown | None:
        """Begin one; the answer comes later, or at once where there is a reason against it."""
        self._errands.cancel()
        node, slot = request.node, request.slot
        forward = self._controller.forwards.of(node)
        reason = self._reason(request)
        if forward is not None and reason is None:
            reason = _out_of_reach(forward, is_leaf=self._index.nodes[node].kind == "accumulate")
        if reason is not None or forward is None:
            found = Differences(node, slot, "unchecked", reason=reason or _no_pass())
            return DifferencesShown(request.id, found=found)
        answered: list[DifferencesShown] = []

        def told(message: bytes) -> None:
            event = _messages.decode(message)
            answered.extend([event] if isinstance(event, DifferencesShown) else ())
            self._emit(event)

        def ended(is_cancelled: bool) -> None:
            if not answered:
                found = Differences(node, slot, "unchecked", reason=_CANCELLED if is_cancelled else _ENDED)
                self._emit(DifferencesShown(request.id, found=found))

        self._errands.begin(lambda tell: self._work(tell, request, forward), told, ended)
        return None

    def cancel(self, request: CancelDifferences) -> None:
        """End the check that runs."""
        self._errands.cancel()

    def _reason(self, request: CheckDifferences) -> Sentence | None:
        """Why there is nothing to compare, as far as it is known without running anything again."""
        node = self._index.node(request.graph, request.node)
        if node is None or not self._runner.begun:
            return _no_pass()
        if node.is_input:
            return Sentence.of("differences.no_grad", "It takes no gradient, so there is nothing to compare with.")
        with Unseen():
            gradient = self._controller.values.gradient(request.node, request.slot)[0]
            if gradient is None:
                return Sentence.of("differences.none_arrived", "No gradient has arrived here yet.")
            bare = native.bare(gradient)
            if native.is_complex(bare):
                return Sentence.of("differences.complex", "Complex numbers are not compared.")
            if not native.has_own_data(bare):
                return Sentence.of("differences.not_dense", "Only dense tensors are compared.")
            if bare.device.type != "cpu":
                return Sentence.of(
                    "differences.device", "What runs on another device than the CPU is not run again in a copy."
                )
        return None

    # -- in the copy

    def _work(self, tell: Tell, request: CheckDifferences, forward: Forward) -> NoReturn:
        TORCH.give()  # the safepoint that this was asked at had taken it

        def end(found: Differences) -> NoReturn:
            tell(msgspec.msgpack.encode(DifferencesShown(request.id, found=found)))
            os._exit(0)

        def refused(reason: Sentence) -> NoReturn:
            end(Differences(request.node, request.slot, "unchecked", reason=reason))

        def progress(stage: Stage, n_done: int, n_cells: int, left_s: float | None) -> None:
            event = DifferencesProgress(
                node=request.node,
                slot=request.slot,
                stage=stage,
                n_done=n_done,
                n_cells=n_cells,
                left_s=left_s,
            )
            tell(msgspec.msgpack.encode(event))

        def arrived(where: Arrived) -> None:
            progress("comparing", 0, 0, None)
            try:
                with torch.no_grad(), Unseen():
                    found = Check(where, request.node, request.slot, self, progress).found()
            except Exception as error:
                refused(self._report(error))
            end(found)

        progress("running", 0, 0, forward.cpu_s)
        run_again(self._runner, forward, self._recorder.program_paths, arrived, refused)
        raise AssertionError("run_again does not return")

    # -- what is on screen, as `OnScreen`

    def gradient(self, node: int, slot: int) -> Tensor | None:
        """What arrived at an output."""
        return _bare(self._controller.values.gradient(node, slot)[0])

    def value(self, node: int, slot: int) -> Tensor | None:
        """What the operation computed."""
        return _bare(self._recorder.value(node, slot)[0])

    def hook_line(self, node: int) -> int | None:
        """Of a hook of the program that changed what arrived there: its line, 0 where that is not known."""
        found = self._controller.values.hook_change(node)
        return None if found is None else found[1]

    def words(self, node: int) -> Sentence:
        """A node by its variable, kind and line."""
        known = self._index.nodes.get(node)
        if known is None:
            return Sentence.phrase("words.a_node", "a node")
        name = f"{known.variable} = {known.name}" if known.variable else known.name
        return (
            Sentence.phrase("words.name", "{name}", name=name)
            if known.source is None
            else at_line(name, known.source.line)
        )


def _bare(tensor: Tensor | None) -> Tensor | None:
    found = None if tensor is None else native.bare(tensor)
    return found if found is not None and native.has_own_data(found) else None


def _out_of_reach(forward: Forward, *, is_leaf: bool) -> Sentence | None:
    """Why a pass cannot be compared, by the nodes that it has."""
    if any(name.startswith("CompiledFunction") for name in forward.names):
        return Sentence.of(
            "differences.compiled", "What torch.compile makes is one piece, of which no part is run again in float64."
        )
    if is_leaf and "CheckpointFunctionBackward" in forward.names:
        return Sentence.of(
            "differences.reentrant",
            "A reentrant checkpoint runs a backward pass of its own, whose part of this gradient does not arrive here.",
        )
    return None


def _no_pass() -> Sentence:
    return Sentence.of(
        "differences.no_pass",
        "What this pass went back over is not known any more: the program has gone on since, or was never run. Open a "
        "pass of the strip, or run the program.",
    )

"""Which graph is on screen: of the output that the person chose, else of the newest loss."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import torch
from torch import Tensor

from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.program import variables
from engine.program.lookup import resolve_tensor
from engine.program.runner import Runner
from engine.protocol import messages as m
from engine.protocol.errors import EngineError
from engine.protocol.graph_values import Graph
from engine.protocol.program_values import ProgramError
from engine.shared.output_names import parted


class ChosenGraph:
    """Of one workspace. On the main thread."""

    def __init__(
        self, runner: Runner, recorder: Recorder, controller: BackwardController, emit: Callable[[m.Event], None]
    ) -> None:
        self._runner, self._recorder, self._controller, self._emit = runner, recorder, controller, emit
        self._run_start = 0  # the sequence number at which the newest run began
        self._chosen = ""  # the output that the person chose, "" for the newest loss

    def begin_run(self) -> None:
        """A program begins: what is newest, and what it has made, counts from here."""
        self._run_start = torch.autograd._get_sequence_nr()  # type: ignore[attr-defined]

    @property
    def has_grown(self) -> bool:
        """Whether the newest run has made any node."""
        return bool(torch.autograd._get_sequence_nr() > self._run_start)  # type: ignore[attr-defined]

    def outputs(self, label: str) -> dict[str, Tensor]:
        """Those that a label names, which may be several. Raises EngineError."""
        return {name: resolve_tensor(self._runner.scope, name) for name in parted(label)}

    def choose(self, name: str) -> Graph:
        """The person chose an output, "" for the newest loss. Raises EngineError."""
        graph = self._graph(name)
        self._chosen = name
        return graph

    def show(self, error: ProgramError | None) -> None:
        """After a run: the graph of the output that was chosen while it has one, else of the newest loss; why there is
        none behind a root that the program called backward of."""
        namespace = self._runner.namespace
        rootless = self._controller.leaf_root
        if error is not None and error.code.startswith("graph."):
            rootless = str(error.arguments.get("name", ""))
        if rootless in namespace:
            self._emit(m.GraphShown(graph=self._graph(rootless)))
            return
        name = self._name_after_run()
        output = resolve_tensor(self._runner.scope, name) if name else None
        if self._controller.shows_newest_pass and (not name or name != self._chosen) and self._is_older(output):
            return  # as where a function trains, or where the loss of the newest pass has no name
        if output is not None and self._recorder.is_shown(output, namespace):
            return  # its backward has shown it already
        if output is not None and name != self._chosen and self._recorder.is_inside(output):
            self._emit(m.GraphShown(graph=self._recorder.shown_again(namespace)))  # behind roots that no variable holds
        else:
            self._emit(m.GraphShown(graph=self._graph(name)))

    def _is_older(self, output: Tensor | None) -> bool:
        """Whether the newest pass, whose graph is on screen, began at a root that was made after it, or there is none
        of this run."""
        if output is None or not variables.has_graph_since(output, self._run_start):
            return True
        return self._recorder.is_newer(output) and not self._recorder.is_inside(output)

    def _name_after_run(self) -> str:
        scope = self._runner.scope
        with suppress(EngineError):  # the chosen variable may be gone
            if self._chosen and variables.has_graph(resolve_tensor(scope, self._chosen)):
                return self._chosen
        return variables.newest_output(scope, self._run_start)

    def _graph(self, name: str) -> Graph:
        namespace = self._runner.namespace
        name = name or variables.newest_output(self._runner.scope, self._run_start)
        name = name or variables.newest_severed(namespace, self._recorder.seen.is_severed)
        if name:
            outputs = self.outputs(name)
            if len(outputs) > 1:
                return self._recorder.graph_of_several(outputs, namespace)
            return self._recorder.graph(outputs[name], name, namespace)
        self._recorder.clear()
        return Graph(
            0,
            "",
            reason=variables.why_no_output(namespace, self._recorder.seen.transforms),
            recorded_bytes=self._recorder.recorded_bytes,
            budget_bytes=self._recorder.budget_bytes,
        )

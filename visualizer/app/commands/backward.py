"""The menu Backward: stepping a pass, live or in what is recorded of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QWidget

from engine.protocol.until import Until, UntilEnd, UntilNext, UntilNode, UntilOutOfModule
from visualizer.backprop.timeline.panel import TimelinePanel
from visualizer.model.selection import Selection
from visualizer.model.session import Session

HELD_DOWN: dict[str, Until] = {"step": UntilNext(), "step_over": UntilOutOfModule()}  # keys that may be held down


class BackwardCommands:
    """Acts on the session's pass; dialogs stand over `window`."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        selection: Selection,
        timeline: TimelinePanel,
        say: Callable[[str], None],
    ) -> None:
        self._window, self._session, self._selection = window, session, selection
        self._timeline, self._say = timeline, say

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        session, stepping = self._session, self._session.stepping
        return {
            "step_output": self._step_output,
            "start": lambda: stepping.go_back(0),
            "back": lambda: stepping.go_back(session.history.position - 1),
            "step": lambda: stepping.step(HELD_DOWN["step"]),
            "step_over": lambda: stepping.step(HELD_DOWN["step_over"]),
            "run_to": self._run_to,
            "play": lambda: stepping.play(self._timeline.interval_ms),
            "end": lambda: stepping.step(UntilEnd()),
            "reset": session.reset_backward,
            "keep": self._keep,
        }

    def repeat(self, name: str) -> None:
        """The key of a step is held down."""
        self._session.stepping.repeat(HELD_DOWN[name])

    def _step_output(self) -> None:
        graph = self._session.graph
        if graph is None:
            return
        variable = next((row for row in self._session.variables if row.name == graph.output), None)
        if variable is not None and variable.summary is not None and variable.summary.n_elements != 1:
            self._ask_root_gradient(graph.output, variable.summary.shape)
        else:
            self._session.step_output(graph.output)

    def _ask_root_gradient(self, output: str, shape: tuple[int, ...]) -> None:
        """What was given last is offered again: it may have had a slip."""
        session = self._session
        dialog = QInputDialog(self._window)
        dialog.setObjectName("root_gradient")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Gradient for the root")
        dialog.setLabelText(f"{output} has the shape {shape}, so the backward needs a gradient of that shape:")
        dialog.setTextValue(session.root_gradients.get(output, f"torch.ones_like({output})"))
        dialog.textValueSelected.connect(lambda gradient: session.step_output(output, gradient))
        dialog.open()

    def _run_to(self) -> None:
        node = self._selection.node
        if node is not None:
            self._session.stepping.step(UntilNode(node.id))

    def _keep(self) -> None:
        self._session.keep_gradients()
        self._say("The gradients of this pass stay in the tensors' .grad.")

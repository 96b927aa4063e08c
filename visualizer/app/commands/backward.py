"""The menu Backward: stepping a pass, live or in what is recorded of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from engine.protocol.cell_changes import AskCellChanges
from engine.protocol.graph_values import Node
from engine.protocol.until import (
    Until,
    UntilAny,
    UntilEnd,
    UntilNext,
    UntilOutOfModule,
    UntilOutside,
    UntilPass,
    UntilProgramEnd,
)
from engine.shared.language import tr, trn
from engine.shared.output_names import parted
from visualizer.backprop.backward_words import unheld_inside
from visualizer.backprop.graph.on_screen import drawn_in, drawn_with
from visualizer.backprop.panels import Panels
from visualizer.look.questions import ask_text
from visualizer.look.spoken import Say
from visualizer.model.arrivals import last_change
from visualizer.model.selection import SelectedModule, SelectedNode, Selection
from visualizer.model.session import Session

HELD_DOWN = ("step", "step_over", "step_card")  # keys that may be held down


class BackwardCommands:
    """Acts on the session's pass; dialogs stand over `window`."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        selection: Selection,
        panels: Panels,
        say: Say,
    ) -> None:
        self._window, self._session, self._selection = window, session, selection
        self._panels, self._say = panels, say

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        session, stepping = self._session, self._session.stepping
        return {
            "step_output": self._step_output,
            "retain_graph": session.held.turn_retaining,
            "start": lambda: stepping.go_back(0),
            "back": lambda: stepping.go_back(session.history.position - 1),
            **{name: partial(self._step, name) for name in HELD_DOWN},
            "run_to": self._run_to,
            "run_to_line": self._run_to_line,
            "back_to_change": self._back_to_change,
            "play": lambda: stepping.play(self._panels.timeline.nodes_per_s),
            "slower": lambda: self._panels.timeline.change_speed(-1),
            "faster": lambda: self._panels.timeline.change_speed(1),
            "end": lambda: stepping.step(UntilEnd()),
            "previous_pass": lambda: session.shown.open(session.passes.shown - 1),
            "next_pass": self._next_pass,
            "run_to_pass": self._ask_pass,
            "run_to_end": lambda: stepping.step(UntilProgramEnd()),
            "newest_pass": session.shown.return_to_newest,
            "reset": session.held.reset,
            "keep": self._keep,
        }

    def _step(self, name: str) -> None:
        self._session.stepping.step(self._until(name))

    def repeat(self, name: str) -> None:
        """The key of a step is held down."""
        self._session.stepping.repeat(self._until(name))

    def _until(self, name: str) -> Until:
        """How far the step of this name goes from where the pass is."""
        if name == "step":
            return UntilNext()
        if name == "step_over":
            return UntilOutOfModule()
        step = self._session.history.current
        scene = self._panels.graph.canvas.scene
        return UntilOutside(drawn_with(scene, self._session.graph, step.node) if step is not None else frozenset())

    def _step_output(self) -> None:
        graph = self._session.graph
        if graph is None:
            return
        names = parted(graph.output)
        summaries = {row.name: row.summary for row in self._session.variables if row.name in names}
        shapes = {name: found.shape for name, found in summaries.items() if found is not None and found.n_elements != 1}
        if shapes:
            self._ask_root_gradient(graph.output, names, shapes)
        else:
            self._session.held.step_output(graph.output)

    def _ask_root_gradient(self, output: str, names: Sequence[str], shapes: Mapping[str, tuple[int, ...]]) -> None:
        """What was given last is offered again: it may have had a slip."""
        session = self._session
        ask_text(
            self._window,
            "root_gradient",
            lambda: tr("Gradient for the root"),
            lambda: _wanted(names, shapes),
            lambda gradient: session.held.step_output(output, gradient),
            offer=session.held.root_gradients.get(output, _offered(names, shapes)),
        )

    def _run_to(self) -> None:
        node, selected = self._selection.node, self._selection.current
        if node is not None:
            self._session.stepping.step(UntilAny(frozenset({node.id})))
        elif isinstance(selected, SelectedModule):
            self._session.stepping.step(UntilAny(drawn_in(self._panels.graph.canvas.scene, selected.key)))

    def _run_to_line(self) -> None:
        editor, graph = self._panels.program.editor, self._session.graph
        line = editor.textCursor().blockNumber() + 1
        is_of = editor.run_lines.beginning(line)
        nodes = () if graph is None else graph.nodes
        made = frozenset(node.id for node in nodes if not node.is_input and is_of(node.source))
        if made:
            self._session.stepping.step(UntilAny(made))
        else:
            inside = unheld_inside(self._session.history)
            self._session.say_of_now(
                lambda: (
                    tr(
                        "Line {line} made no node of this graph. What {nodes} runs inside is not held.",
                        line=line,
                        nodes=inside,
                    )
                    if inside
                    else tr("Line {line} made no node of this graph.", line=line)
                )
            )

    def _back_to_change(self) -> None:
        """Of the cell that is selected, else of the whole gradient."""
        node, cell, graph = self._selection.node, self._panels.inspector.pair.selected_cell, self._session.graph
        if node is None or graph is None:
            return
        if cell is None:
            self._go_back_to(node, None)
            return
        selected = self._selection.current
        slot = selected.slot if isinstance(selected, SelectedNode) else 0
        self._session.engine.ask(
            AskCellChanges(graph=graph.id, node=node.id, slot=slot, cell=cell),
            lambda answer: self._go_back_to(node, cell, answer.senders),
            self._session.say_of_now,
        )

    def _go_back_to(self, node: Node, cell: tuple[int, ...] | None, changed_by: tuple[int, ...] | None = None) -> None:
        """`changed_by`: the nodes that changed the cell; None where that is not known, or none is selected."""
        position = last_change(self._session.history, node.id, changed_by)
        place = "" if cell is None else str(list(cell))
        if position is None:
            self._session.say_of_now(
                lambda: (
                    tr("Before this moment of the pass nothing has arrived there.")
                    if changed_by is None
                    else tr("Before this moment of the pass nothing has changed cell {cell}.", cell=place)
                )
            )
            return
        self._session.stepping.go_back(position)
        if cell is not None and changed_by is None:
            self._session.say_of_now(
                lambda: tr(
                    "Which part changed cell {cell} is not kept: this is where the gradient as a whole last changed.",
                    cell=place,
                )
            )
        elif cell is not None:
            self._session.say_of_now(lambda: tr("Here cell {cell} of the gradient last changed.", cell=place))

    def _next_pass(self) -> None:
        passes = self._session.passes
        if passes.shown < len(passes):
            self._session.shown.open(passes.shown + 1)
        else:
            self._session.stepping.step(UntilEnd())

    def _ask_pass(self) -> None:
        n_begun = len(self._session.passes)
        ask_text(
            self._window,
            "run_to_pass",
            lambda: tr("Run to a pass"),
            lambda: trn(
                "{n} pass has begun. The number of one to come is held at its first node, an earlier one opens:",
                "{n} passes have begun. The number of one to come is held at its first node, an earlier one opens:",
                n_begun,
            ),
            self._go_to_pass,
            offer=str(n_begun + 1),
        )

    def _go_to_pass(self, text: str) -> None:
        n_begun, number = len(self._session.passes), text.strip()
        if not number.isdecimal() or int(number) < 1:
            self._session.say_of_now(
                lambda: (
                    tr("There is no pass {number}: passes count from 1.", number=number)
                    if number
                    else tr("Write the number of a pass: passes count from 1.")
                )
            )
        elif int(number) > n_begun:
            self._session.stepping.step(UntilPass(min(int(number), 2**31 - 1)))
        else:
            self._session.shown.open(int(number))

    def _keep(self) -> None:
        self._session.held.keep_gradients()
        self._say(lambda: tr("The gradients of this pass stay in the tensors' .grad."))


def _offered(names: Sequence[str], shapes: Mapping[str, tuple[int, ...]]) -> str:
    """An expression that gives a backward from these outputs what it needs."""
    offered = [f"torch.ones_like({name})" if name in shapes else "None" for name in names]
    return offered[0] if len(names) == 1 else f"[{', '.join(offered)}]"


def _wanted(names: Sequence[str], shapes: Mapping[str, tuple[int, ...]]) -> str:
    """What a backward from these outputs needs, in words."""
    if len(names) == 1:
        shape = shapes[names[0]]
        return tr(
            "{name} has the shape {shape}, so the backward needs a gradient of that shape:", name=names[0], shape=shape
        )
    which = ", ".join(
        tr("one of the shape {shape} for {name}", shape=shape, name=name) for name, shape in shapes.items()
    )
    if len(shapes) == len(names):
        return tr("The backward needs a list of gradients: {which}.", which=which)
    return tr("The backward needs a list of gradients: {which}, None for a scalar.", which=which)

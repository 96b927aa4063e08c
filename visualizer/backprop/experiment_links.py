"""Experiments on a held pass: tried in the inspector, shown on cards, timeline, norms and in the inspector."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from engine.protocol.experiments import AskCompared, ComparedShown
from engine.protocol.graph_values import Node
from engine.shared.language import mark, tr
from visualizer.backprop.inspector.node_section import CONCEALED
from visualizer.backprop.inspector.what_if_section import WhatIfSection
from visualizer.backprop.panels import Panels
from visualizer.look import spoken
from visualizer.look.spoken import Say
from visualizer.model.edits import Of, change_words, subject_of
from visualizer.model.experiments import VIEWS
from visualizer.model.selection import Selection
from visualizer.model.session import Session

_NO_PASS = mark(
    "This needs a held pass: Ctrl+Shift+Enter runs the program and holds its backward at each node, F9 steps an output."
)
_EARLIER = mark("This pass has run. What if needs the one that is held: Alt+End goes to it.")
_HAS_RUN = mark("This node has run already in the held pass: a gradient can be changed until its node runs.")
_OWN = mark("Of the pass as the program runs it: the experiment on screen is not in these numbers.")
_NOT_NEEDED = mark("The held pass does not run this node.")


class ExperimentLinks(QObject):
    """The connections between the session's experiments and the panels."""

    def __init__(
        self,
        session: Session,
        selection: Selection,
        panels: Panels,
        bring: Callable[[], None],
        say: Say,
        parent: QObject,
    ) -> None:
        """`bring` shows the inspector."""
        super().__init__(parent)
        self._session, self._selection, self._panels = session, selection, panels
        self._bring, self._say = bring, say
        self._experiments = session.experiments
        self._on_screen: tuple[int, str] | None = None  # the experiment whose cards are shown, and the view
        self.section = panels.inspector.sections.get(WhatIfSection)
        self.section.attach(self._experiments, self._why_not, lambda node: session.history.nodes.get(node))
        self.section.tried.connect(self._experiments.try_change)
        panels.graph.sign.view_chosen.connect(self._experiments.set_view)
        panels.graph.sign.left.connect(lambda: self._experiments.show(0))
        panels.graph.cards_wanted.connect(self._ask)
        self._experiments.changed.connect(self._show)
        spoken.current().changed.connect(self._say_again)
        self._after_frame = QTimer(self, singleShot=True, interval=0)
        self._after_frame.timeout.connect(self._follow)
        session.backward_changed.connect(self._on_backward)
        session.program_started.connect(self._experiments.forget)
        session.engine_ended.connect(lambda sentence: self._experiments.forget())

    def table(self) -> dict[str, Callable[[], object]]:
        """What its rows of the action table do."""
        return {
            "what_if": self.open_section,
            "what_if_view": self._experiments.turn_view,
            "what_if_show": self.leave,
        }

    def open_section(self) -> None:
        """To the section about the node that is selected, with the keyboard in it."""
        if self._selection.node is None:
            self._say(lambda: tr("Select a node first: What if is asked of the gradient that enters it."))
            return
        self._bring()
        self.section.set_open(is_open=True)
        if self._panels.inspector.reveal(self.section):
            self.section.focus_form()

    def leave(self) -> None:
        """The program's own gradients again, or the newest experiment where none is shown."""
        experiments = self._experiments
        if experiments.shown is not None:
            experiments.show(0)
        elif experiments.all:
            experiments.show(experiments.all[-1].id)

    def _why_not(self, node: Node, of: Of) -> str:
        """Why nothing can be tried at a node now; "" where it can."""
        session = self._session
        state, history = session.shown.live_state, session.history
        if state is None or state.status != "paused" or session.held.is_held_forward:
            return tr(_NO_PASS)
        if not session.shown.is_newest:
            return tr(_EARLIER)
        if self._experiments.is_concealed:
            return tr(CONCEALED)
        if of == "value":
            return ""
        if node.id in state.not_needed and node.id not in state.captured:
            return tr(_NOT_NEEDED)
        has_run = history.position_of(node.id) is not None and node.id != state.current
        return tr(_HAS_RUN) if has_run else ""

    def _on_backward(self) -> None:
        self._after_frame.start()
        self._show()

    def _follow(self) -> None:
        """After the frame that shows where the pass has come to. What the section says of a node takes a line more or
        less, for which all is laid out anew: as the others it stays as it is until the pass rests."""
        if not self._panels.inspector.sections.is_due:
            self.section.show_pass()
        self.section.show_experiments()

    def _show(self) -> None:
        """On all that shows gradients; the cards ask anew only where it is another one."""
        experiments, graph = self._experiments, self._panels.graph
        shown, view = experiments.shown, experiments.view
        wanted = None if shown is None else (shown.id, view)
        self._show_sign()
        if wanted == self._on_screen:
            return
        is_other = (wanted or (0,))[0] != (self._on_screen or (0,))[0]
        self._on_screen = wanted
        self._set_caption()
        graph.tried.show(view if shown is not None else "", is_other=is_other)

    def _say_again(self) -> None:
        self._show_sign()
        self._set_caption()

    def _set_caption(self) -> None:
        is_shown = self._experiments.shown is not None
        self._panels.inspector.sections.set_caption(tr(_OWN) if is_shown else "")

    def _show_sign(self) -> None:
        """An experiment is shown, or the pass itself has a gradient of the person's."""
        experiments, sign, state = self._experiments, self._panels.graph.sign, self._session.history.state
        shown, kept = experiments.shown, () if state is None else state.kept
        is_on = state is not None and state.status in ("paused", "running")
        if shown is not None:
            goes_on = tr("the pass goes on with it") if is_on else tr("the pass went on with it")
            truth = goes_on if shown.id in experiments.kept else tr("not the program's")
            sign.show_words(
                tr("What if: {name} · {truth}", name=shown.name, truth=truth), VIEWS.index(experiments.view)
            )
        elif kept:
            nodes = self._session.history.nodes
            changes = [change_words(one.edit, subject_of(nodes.get(one.node), one.slot)) for one in kept]
            words = ", ".join(changes)
            going = tr("This pass goes on with {changes} · kept by you", changes=words)
            gone = tr("This pass went on with {changes} · kept by you", changes=words)
            sign.show_words(going if is_on else gone)
        else:
            sign.show_words("")

    def _ask(self, graph: int, nodes: tuple[int, ...], slots: tuple[int, ...]) -> None:
        """What the experiment on screen has for the cards that are asked for."""
        shown = self._experiments.shown
        if shown is None or graph != shown.tried.graph:
            return
        known = [(node, slot) for node, slot in zip(nodes, slots, strict=True) if self._experiments.has(node)]
        if known:
            asked = AskCompared(
                experiment=shown.id, nodes=tuple(node for node, _ in known), slots=tuple(slot for _, slot in known)
            )
            self._session.engine.ask(asked, lambda event: self._take(known, event), self._say)

    def _take(self, outputs: list[tuple[int, int]], event: ComparedShown) -> None:
        shown = self._experiments.shown
        if shown is not None and event.experiment == shown.id:
            self._panels.graph.tried.add(dict(zip(outputs, event.compared, strict=True)))

"""To the first NaN or Inf: what the program is held at, in transport, program and inspector, and the ways to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from engine.protocol.messages import AskFirstNotFinite, FirstNotFinite
from engine.protocol.until import UntilNotFinite
from engine.shared.language import mark, said, tr
from visualizer.backprop.panels import Panels
from visualizer.look.spoken import Say
from visualizer.model.nan_pause import first_bad
from visualizer.model.selection import SelectedNode, Selection
from visualizer.model.session import Session

_FIRST = {  # by whether it is of the forward pass, and whether that has a number
    (True, True): mark("In pass {number} the first value that is not finite is that of {node}, as it was kept."),
    (True, False): mark("The first value that is not finite is that of {node}, as it was kept."),
    (False, True): mark(
        "In pass {number} the first gradient that it sends on that is not finite is that of {node}, as it was kept."
    ),
    (False, False): mark("The first gradient that it sends on that is not finite is that of {node}, as it was kept."),
}


class NanLinks(QObject):
    """`run_to_it` runs the program again, held there and nowhere else; `is_newest`: whether its text is that of the
    newest run."""

    def __init__(
        self,
        session: Session,
        selection: Selection,
        panels: Panels,
        say: Say,
        run_to_it: Callable[[], object],
        is_newest: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._selection, self._panels = session, selection, panels
        self._say, self._run_to_it, self._is_newest = say, run_to_it, is_newest
        self._shown = 0  # the serial of what was brought into the inspector
        self._opening = 0  # the number of the pass that is opened to be looked through
        session.nan.changed.connect(self._on_found)
        session.backward_changed.connect(self._bring)
        session.graph_changed.connect(self._on_opened)

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        nan = self._session.nan
        return {"first_nan": self._go, "pause_on_nan": lambda: nan.switch(is_on=not nan.is_on)}

    # -- what it is held at

    def _on_found(self) -> None:
        self._session.stepping.stop()
        found = self._session.nan.found
        if found is None:
            self._panels.inspector.forget_found()
            return
        self._say(partial(said, found.said))
        if self._session.nan.is_held:
            self._session.shown.return_to_newest()
            if found.source is not None:
                self._panels.program.go_to(found.source)
            self._selection.clear()
            self._bring()

    def _bring(self) -> None:
        """Into the inspector, once: the person may then look at something else."""
        found = self._session.nan.found
        if found is not None and found.serial != self._shown:
            self._shown = found.serial
            self._panels.inspector.show_found(found)

    # -- to it

    def _go(self) -> None:
        session = self._session
        if session.nan.found is not None:
            self._panels.inspector.show_found(session.nan.found)
        elif session.held.can_step or session.held.may_be_held:
            session.stepping.step(UntilNotFinite())
        elif session.is_busy:
            session.nan.ask_now()
        elif self._is_newest():
            self._go_back()
        else:
            self._run_to_it()  # what has run is another program

    def _go_back(self) -> None:
        """Of a run that has finished: as far as it was kept, else it runs again."""
        session, passes = self._session, self._session.passes
        mark = first_bad(passes)
        if mark is None or mark.index == passes.shown or not len(passes):
            self._look()
        elif mark.index in passes.whole:
            self._opening = mark.index
            session.shown.open(mark.index)
        else:
            self._run_again()

    def _on_opened(self) -> None:
        if self._opening and self._session.passes.shown == self._opening:
            self._opening = 0
            self._look()

    def _look(self) -> None:
        graph = self._session.graph
        if graph is None or not graph.nodes:
            self._run_again()
            return
        self._session.engine.ask(AskFirstNotFinite(graph=graph.id), self._on_answer, lambda sentence: self._run_again())

    def _on_answer(self, event: FirstNotFinite) -> None:
        graph = self._session.graph
        if graph is None or graph.id != event.graph:
            return
        if event.node < 0:
            self._run_again()
            return
        self._selection.select(SelectedNode(event.node))
        if event.found is not None:
            self._panels.inspector.show_found(event.found)
        node = next(node for node in graph.nodes if node.id == event.node)
        words = _FIRST[event.direction == "forward", bool(self._session.passes.shown)]
        number = self._session.passes.shown
        self._say(lambda: tr(words, node=node.name, number=number))

    def _run_again(self) -> None:
        self._say(lambda: tr("What led there was not kept: the program runs again, to the first NaN or Inf."))
        self._run_to_it()

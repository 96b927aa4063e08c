"""Where a backward pass stands, in the graph, the queue, the timeline and the program."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from engine.protocol.backward_values import BackwardState
from engine.shared.language import mark, said, tr
from visualizer.backprop import backward_words
from visualizer.backprop.inspector.origin_section import OriginSection
from visualizer.backprop.panels import Panels
from visualizer.backprop.timeline.marks import Marks
from visualizer.backprop.timeline.pass_words import position_of_pass
from visualizer.look import spoken
from visualizer.look.spoken import Say
from visualizer.model.nan_pause import found_words
from visualizer.model.session import Session


class PassLinks(QObject):
    """The connections between the session's pass and the panels."""

    def __init__(self, session: Session, panels: Panels, say: Say, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._panels, self._say = session, panels, say
        self._foretold = -1  # the pass that was last said to fail
        self._unseen = ""  # what was said last of what a node did unseen
        session.backward_changed.connect(self._show)
        session.passes.changed.connect(self._show_position)
        session.nan.changed.connect(self._show_found)
        for changed in (session.experiments.changed, spoken.current().changed):
            changed.connect(self._show)
        panels.timeline.moved.connect(session.shown.move)
        panels.timeline.ahead.connect(session.stepping.run_ahead)
        panels.timeline.strip.opened.connect(session.shown.open)
        panels.inspector.sections.get(OriginSection).pass_wanted.connect(session.shown.open)
        panels.timeline.speed_changed.connect(session.stepping.set_speed)

    def _show(self) -> None:
        history, panels = self._session.history, self._panels
        panels.graph.set_backward(history.view(), history.soon())
        panels.inspector.sections.get(OriginSection).set_hooked(history.hooked)
        panels.queue.set_rows(backward_words.queue_rows(history))
        norms = self._session.experiments.norms(history.order())
        marks = Marks(history.order(), history.norms if norms is None else norms, history.nodes)
        is_held = self._session.held.can_step or self._session.held.may_be_held
        panels.timeline.set_marks(marks, history.position, history.newest, goes_on=is_held)
        self._show_position()
        self._mark_program()
        state = history.state
        self._foretell(state)
        self._say_what_is_unseen(state)
        if state is not None and state.owned and state.status == "failed" and state.error is not None:
            self._say(partial(said, state.error.said))

    def _say_what_is_unseen(self, state: BackwardState | None) -> None:
        words = self._unseen_words() if state is not None and state.status == "paused" else ""
        if words or self._unseen:
            self._say(self._unseen_words if words else str)  # nothing, once the pass has gone on from there
        self._unseen = words

    def _unseen_words(self) -> str:
        history = self._session.history
        return backward_words.hook_words(history)[1] or backward_words.inside_words(history)[1]

    def _foretell(self, state: BackwardState | None) -> None:
        """Once for a pass that is held at its first node and will fail."""
        if state is None or state.forecast is None or state.pass_id == self._foretold:
            return
        self._foretold = state.pass_id
        self._panels.program.set_notices((state.forecast,), mark("This backward will fail"))
        self._say(partial(said, state.forecast.said))

    def _show_found(self) -> None:
        """The program is held in its forward pass, or goes on from there."""
        self._show_position()
        self._mark_program()

    def _show_position(self) -> None:
        found = self._session.nan.found
        if found is not None:
            self._panels.timeline.set_position(*found_words(found))
            return
        title, detail, hint = backward_words.position_words(self._session.history)
        history = self._session.history
        unseen = backward_words.hook_words(history)[0] or backward_words.inside_words(history)[0]
        self._panels.timeline.set_position(title, detail, unseen or position_of_pass(self._session.passes) or hint)

    def _mark_program(self) -> None:
        """The expression that is held, and the live line: that whose breakpoint holds the pass, else that which called
        backward."""
        session, program = self._session, self._panels.program
        history, found = session.history, session.nan.found
        if found is not None and session.nan.is_held:
            program.mark_source(found.source)
            program.set_paused(
                tr("held: {what}", what=tr(found.brief)), found.source.line if found.source is not None else 0
            )
            return
        state, node = history.state, history.held
        is_paused = state is not None and state.status == "paused"
        is_still = is_paused or history.is_replay
        program.mark_source(node.source if node is not None and is_still else None)
        if state is not None and is_still and not state.owned:
            place = f"{history.position} / {history.n_nodes}"
            words = tr("paused {place}", place=place) if is_paused else tr("replay {place}", place=place)
            at = session.breakpoints.line_of(state.hits) if is_paused and history.is_live else 0
            program.set_paused(words, program.editor.run_lines.run_line(at) or state.line)
            if at:
                program.editor.held.show(at)
        else:
            program.set_paused(None, 0)

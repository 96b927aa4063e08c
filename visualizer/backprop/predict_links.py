"""Predict, then reveal: between the session's pass, the panel of fields, and the keys that step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from engine.shared.language import mark, tr, trn
from visualizer.backprop.concealing import Concealing
from visualizer.backprop.panels import Panels
from visualizer.backprop.predict.verdict_words import verdicts_html
from visualizer.look import spoken, theme
from visualizer.model.predicting import Predicting, is_over
from visualizer.model.session import Session

_OFF = mark(
    "Be asked, at each node of a pass that is held or replayed, what it will send on: switch Predict on, then Step "
    "through (Ctrl+Shift+Enter), or go back in a pass that has run."
)
_NOT_HELD = mark("Predict asks while a pass is held: Step through the program (Ctrl+Shift+Enter).")
_BEHIND = mark("You look at an earlier step, whose gradients are known. Step on (F10) to where the pass is held.")
_HAS_RUN = mark(
    "This pass has run. Go back to its start (Shift+F5) and step through it once more: at each node you are asked "
    "what it sends on, and what the window knows already is hidden until then."
)
_NOT_KEPT = mark(
    "Of this pass only the order and the norms are kept, so that no prediction can be judged. Open a whole one of the "
    "strip, or Step through the program (Ctrl+Shift+Enter)."
)
_NO_NODE = mark("The first node is next: step (F10).")
_NOTHING = mark("{node} sends nothing on: step.")


class PredictLinks(QObject):
    """`bring` shows the panel; `step` is what the key of a step does otherwise."""

    def __init__(
        self,
        session: Session,
        panels: Panels,
        bring: Callable[[], None],
        step: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._panel = session, panels.predict
        self._bring, self._step = bring, step
        self.predicting = Predicting(session, self)
        Concealing(session, panels, self.predicting, self)
        for changed in (self.predicting.asked, session.backward_changed):
            changed.connect(self._ask)
        self.predicting.refused.connect(lambda: self._panel.refuse(self.predicting.refusals))
        self.predicting.judged.connect(self._tell)
        self._panel.stepped.connect(self._compare)
        self._panel.revealed.connect(self.predicting.reveal)
        self._panel.switched.connect(self._switch)
        theme.current().changed.connect(self._tell)
        spoken.current().changed.connect(self._say_again)
        self._shown: object = None
        self._ask()

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {"predict": self._switch, "step": self._on_step, "reveal": self.predicting.reveal}

    def _switch(self) -> None:
        self.predicting.switch()
        if self.predicting.is_on:
            self._bring()
            self._panel.take_focus()

    def _on_step(self) -> None:
        """The key of a step compares what is entered."""
        if self.predicting.question is not None and any(text.strip() for text in self._panel.texts().values()):
            self._compare()
        else:
            self._step()

    def _compare(self) -> None:
        self.predicting.step(self._panel.texts())

    # -- what the panel says

    def _ask(self) -> None:
        predicting = self.predicting
        if predicting.node is not None and predicting.question is None:
            return  # it is on its way, and what is on screen stays so long
        shown = (predicting.is_on, predicting.node, predicting.question, self._words())
        if shown == self._shown:
            return
        self._shown = shown
        self._panel.set_on(is_on=predicting.is_on)
        question = predicting.question
        self._panel.ask(self._words(), self._names(), question.wanted if question else ())

    def _names(self) -> str:
        question = self.predicting.question
        if question is None or not question.names or not question.wanted:
            return ""
        return tr("Names besides the program's: {names}.", names=", ".join(question.names))

    def _say_again(self) -> None:
        """The language is another; what is entered stays."""
        predicting = self.predicting
        if predicting.node is None or predicting.question is not None:
            self._shown = (predicting.is_on, predicting.node, predicting.question, self._words())
            self._panel.say(self._words(), self._names())
        self._tell()

    def _words(self) -> str:
        predicting, history = self.predicting, self._session.history
        if not predicting.is_on:
            return tr(_OFF)
        node = predicting.node
        if is_over(history) and node is None:
            why = self._of_ended()
            return tr(why)
        if history.state is not None and not is_over(history) and not history.is_live:
            return tr(_BEHIND)
        if node is None:
            return tr(_NOT_HELD)
        if predicting.question is not None and not predicting.question.wanted:
            return tr(_NOTHING, node=node.name)
        if node.source is None:
            return tr("{node} is about to run. What does it send on?", node=node.name)
        line = node.source.line
        return tr("{node} of line {line} is about to run. What does it send on?", node=node.name, line=line)

    def _of_ended(self) -> str:
        """Why nothing is asked at a pass that has ended."""
        history, passes = self._session.history, self._session.passes
        if not self._session.shown.is_newest and passes.opened not in passes.whole:
            return _NOT_KEPT
        return _HAS_RUN if history.is_live or history.position else _NO_NODE

    def _tell(self) -> None:
        predicting = self.predicting
        node = predicting.judged_node
        html = verdicts_html(node, predicting.verdicts) if node is not None and predicting.verdicts else ""
        score = (
            trn(
                "{right} of {n} prediction right",
                "{right} of {n} predictions right",
                predicting.n_judged,
                right=predicting.n_right,
            )
            if predicting.n_judged
            else ""
        )
        self._panel.set_verdict(html, score if predicting.is_on else "")

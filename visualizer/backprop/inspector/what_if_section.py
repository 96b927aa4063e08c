"""What if another gradient entered this node: tried beside the held pass, shown on every card, undone or kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from engine.protocol.backward_values import Edit
from engine.protocol.experiments import TrialProgress
from engine.protocol.graph_values import Node
from engine.shared.language import grouped, mark, said, tr, trn
from engine.shared.local_numbers import compact, scaled
from visualizer.backprop.inspector.node_section import NodeSection, say, text_label
from visualizer.backprop.inspector.time_left import TICK_MS, with_time_left
from visualizer.backprop.inspector.what_if_form import WhatIfForm
from visualizer.backprop.inspector.what_if_list import WhatIfList
from visualizer.look import spoken, theme
from visualizer.look.segments import Segments
from visualizer.look.spoken import speak
from visualizer.model.edits import Of, subject_of
from visualizer.model.experiments import VIEW_TIPS, VIEW_WORDS, VIEWS, Experiment, Experiments

_UNITS = ("B", "KiB", "MiB", "GiB")
_TRYING = mark("Running beside the pass")
_RUNNING = mark("Running the program again, to this pass, in a copy of the engine")
_BACKWARD = mark("The pass runs in the copy")


class WhatIfSection(NodeSection):
    """Of a node that a held pass has not run yet; of any other it says why not. `attach` gives it its experiments.

    `wanted` is never emitted: it is `tried(node, slot, Edit, of)`, of the gradient or of a leaf's value.
    """

    title = mark("What if")
    tried = Signal(int, int, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("what_if_section")
        self._experiments: Experiments | None = None
        self._node_of: Callable[[int], Node | None] = lambda node: None
        self._why_not: Callable[[Node, Of], str] = lambda node, of: ""
        self._about: Node | None = None
        self.obstacle = text_label(self, "what_if_obstacle", "secondary")
        self.form = WhatIfForm(self)
        self.said = text_label(self, "what_if_said", "error")
        self.cancel = QPushButton(self, objectName="what_if_cancel")
        speak(self.cancel.setText, "Cancel")
        speak(self.cancel.setToolTip, "End the copy of the engine that runs")
        self.facts = text_label(self, "what_if_facts", "caption")
        self.form.wanted.connect(self._on_wanted)
        self.form.refused.connect(self._refuse)
        self.form.turned.connect(self.show_pass)
        self.form.corrected.connect(lambda: say(self.said, ""))
        for widget in (self.obstacle, self.form, self.said):
            self.column.addWidget(widget)
        self.column.addWidget(self.cancel, alignment=Qt.AlignmentFlag.AlignLeft)
        self._clock = QTimer(self, interval=TICK_MS)  # while something is tried
        self._clock.timeout.connect(self._say_progress)
        self.set_open(is_open=False)

    def attach(
        self, experiments: Experiments, why_not: Callable[[Node, Of], str], node_of: Callable[[int], Node | None]
    ) -> None:
        """What it shows and changes; `why_not` says of a node why nothing can be tried there, "" where it can;
        `node_of` gives a node of the graph on screen by its id."""
        self._experiments, self._why_not, self._node_of = experiments, why_not, node_of
        self.list = WhatIfList(experiments, self)
        self.cancel.clicked.connect(experiments.cancel)
        self.views = Segments(VIEW_WORDS, VIEW_TIPS, "what_if_view", self)
        self.views.chosen.connect(lambda place: experiments.set_view(VIEWS[place]))
        self.keep = QPushButton(self, objectName="what_if_keep")
        self.keep.setCheckable(True)
        self.keep.clicked.connect(self._on_keep)
        self.column.addWidget(self.list)
        for widget in (self.views, self.keep):
            self.column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.facts)
        experiments.changed.connect(self.show_experiments)
        for changed in (theme.current().changed, spoken.current().changed):
            changed.connect(self.show_experiments)
        self.show_experiments()

    def show_node(self, node: Node, slot: int = 0) -> None:
        is_another = self._about is None or (self._about.id, self.slot) != (node.id, slot)
        if is_another:
            self.form.set_cell(None)
        self._about = node
        super().show_node(node, slot)
        if is_another and self._experiments is not None:
            self.show_experiments()

    def show_pass(self) -> None:
        """The pass has gone on, or another is on screen: whether something can be tried at the node now."""
        node = self._about
        if node is None or self.isHidden():
            return
        is_leaf = node.kind == "accumulate"
        self.form.offer_value(is_offered=is_leaf)
        obstacle = self._why_not(node, self.form.of)
        say(self.obstacle, obstacle)
        self.form.setVisible(not obstacle or (is_leaf and not self._why_not(node, "value")))
        self.form.set_open(is_open=not obstacle)
        self.subject.set_text(subject_of(node, self.slot, self.form.of))

    def show_cell(self, cell: tuple[int, ...]) -> None:
        self.form.set_cell(cell)

    def refresh(self) -> None:
        """It asks the engine for nothing."""
        self.show_pass()

    def forget(self) -> None:
        self._about = None

    def focus_form(self) -> None:
        """The keyboard to what is to be written."""
        self.form.focus()

    def _on_wanted(self, edit: Edit) -> None:
        if self._experiments is not None and self._experiments.is_trying:
            return  # the button stays, and with it the keyboard
        say(self.said, "")
        if self._about is not None:
            self.tried.emit(self._about.id, self.slot, edit, self.form.of)

    def _refuse(self, sentence: str) -> None:
        self._set_said(sentence, "error")

    def _on_keep(self, is_kept: bool) -> None:
        shown = None if self._experiments is None else self._experiments.shown
        if shown is not None and self._experiments is not None:
            self._experiments.keep(shown.id, is_kept=is_kept)

    def _say_progress(self) -> None:
        experiments = self._experiments
        assert experiments is not None
        self._set_said(with_time_left(_doing(experiments.progress), experiments.left_s()), "secondary")

    def _set_said(self, sentence: str, role: str) -> None:
        say(self.said, sentence)
        if self.said.property("role") != role:
            self.said.setProperty("role", role)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)

    def show_experiments(self) -> None:
        """As they are now, and whether the pass goes on with one."""
        experiments = self._experiments
        assert experiments is not None
        shown = experiments.shown
        failure = experiments.failure if experiments.tried_at == self._node else ""
        if experiments.is_trying:
            self._say_progress()
        else:
            self._set_said(failure, "error")
        if experiments.is_trying != self._clock.isActive():
            (self._clock.start if experiments.is_trying else self._clock.stop)()
        self.cancel.setVisible(experiments.is_trying and experiments.progress is not None)
        self.list.show_all()
        self.list.setVisible(bool(experiments.all) or experiments.can_restore)
        self.views.set_chosen(VIEWS.index(experiments.view))
        self.views.setVisible(shown is not None)
        self.keep.setVisible(shown is not None and shown.tried.of == "gradient")
        is_kept = shown is not None and shown.id in experiments.kept
        changed = None if shown is None else self._node_of(shown.tried.node)
        self.keep.setEnabled(changed is not None and not self._why_not(changed, "gradient"))
        self.keep.setChecked(is_kept)
        self.keep.setText(tr("Kept") if is_kept else tr("Keep"))
        self.keep.setToolTip(
            tr("The held pass goes on with this gradient: press again for the program's own, until its node has run")
            if is_kept
            else tr("Let the held pass itself go on with this gradient, down to the program's .grads")
        )
        say(self.facts, "" if shown is None else _facts(shown, is_kept=is_kept))


def _facts(experiment: Experiment, *, is_kept: bool) -> str:
    """What it took, what it could not keep, what ran again."""
    tried = experiment.tried
    taken, room = (scaled(n_bytes, _UNITS, 1024) for n_bytes in (tried.whole_bytes, tried.budget_bytes))
    lines = [
        trn(
            "{n} node in {time} s; all experiments keep {taken} of {room}.",
            "{n} nodes in {time} s; all experiments keep {taken} of {room}.",
            len(tried.nodes),
            time=compact(tried.dt_ms / 1000),
            taken=taken,
            room=room,
        )
    ]
    if tried.n_over_budget:
        lines.append(
            trn(
                "Of {n} large gradient only norms and thumbnails are kept.",
                "Of {n} large gradients only norms and thumbnails are kept.",
                tried.n_over_budget,
            )
        )
    lines += map(said, tried.ran_again)
    if is_kept:
        lines.append(tr("This gradient is the one with which the pass goes on, in place of the program's."))
    return "\n".join(lines)


def _doing(progress: TrialProgress | None) -> str:
    if progress is None:
        return tr(_TRYING)
    done, n_nodes = grouped(progress.n_done), progress.n_nodes
    match progress.stage:
        case "running":
            return tr(_RUNNING)
        case "without":
            return trn(
                "Beside the pass, without the change: {done} of {n} node",
                "Beside the pass, without the change: {done} of {n} nodes",
                n_nodes,
                done=done,
            )
        case "with":
            return trn(
                "Beside the pass, with the change: {done} of {n} node",
                "Beside the pass, with the change: {done} of {n} nodes",
                n_nodes,
                done=done,
            )
    if not n_nodes:
        return tr(_BACKWARD)
    return trn(
        "The pass runs in the copy: {done} of {n} node",
        "The pass runs in the copy: {done} of {n} nodes",
        n_nodes,
        done=done,
    )

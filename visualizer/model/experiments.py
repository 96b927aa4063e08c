"""The experiments of a held pass: what was tried, which one is shown and how, and which the pass goes on with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from time import monotonic

from PySide6.QtCore import QObject, Signal

from engine.protocol.backward_values import Edit
from engine.protocol.experiments import (
    CancelTrial,
    DropExperiment,
    ExperimentTried,
    KeepExperiment,
    TrialProgress,
    Tried,
    TryGradient,
    TryValue,
    View,
)
from engine.shared.language import mark
from visualizer.model.edits import Of, change_words, subject_of
from visualizer.model.engine_process import EngineProcess, Why
from visualizer.model.history import NOTHING_ARRIVED
from visualizer.model.shown_pass import ShownPass

VIEWS: tuple[View, ...] = ("old", "new", "difference")
VIEW_WORDS = (mark("Old"), mark("New"), mark("Difference"))
VIEW_TIPS = (
    mark("Norms, timeline, colours and inspector: what arrives without the change"),
    mark("Norms, timeline, colours and inspector: what arrives with the change"),
    mark("Norms, timeline, colours and inspector: new − old"),
)


@dataclass(frozen=True)
class Experiment:
    """One, and what the person calls it. `words` say what it changes: "grad of h × 2"."""

    tried: Tried
    words: str
    name: str

    @property
    def id(self) -> int:
        """The engine's number of it."""
        return self.tried.experiment


class Experiments(QObject):
    """Of one pass: the first of another pass takes the place of all.

    `changed()`: other ones, another one shown or otherwise, or one is being tried. Lives on the window's thread.
    """

    changed = Signal()

    def __init__(self, engine: EngineProcess, shown: ShownPass, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._pass = engine, shown
        self.all: tuple[Experiment, ...] = ()
        self.view: View = "new"
        self.is_concealed = False  # none is shown or tried: it would tell what a learner is to predict
        self.is_trying = False
        self.progress: TrialProgress | None = None  # of one that takes more than a moment
        self._told_s = 0.0  # when that was told, by `monotonic`
        self._why: Why | None = None  # the newest that was tried failed
        self.tried_at = -1  # the node of that
        self._shown = 0  # the id of one
        self._removed: tuple[int, Experiment] | None = None  # the last, and where it stood
        self._is_undone = False  # it was removed by `undo`
        self._norms: dict[View, dict[int, float | None]] = {}
        engine.event_arrived.connect(self._take)

    # -- what is known

    @property
    def shown(self) -> Experiment | None:
        """The one on screen: none where another pass than its own is, or while it is concealed."""
        found = None if self.is_concealed else self.get(self._shown)
        state = self._pass.history.state
        return found if found is not None and state is not None and state.pass_id == found.tried.pass_id else None

    def get(self, experiment: int) -> Experiment | None:
        """By its id."""
        return next((one for one in self.all if one.id == experiment), None)

    @property
    def kept(self) -> frozenset[int]:
        """Those with which the pass goes on, by their ids."""
        state = self._pass.history.state
        return frozenset() if state is None else frozenset(one.experiment for one in state.kept)

    @property
    def can_restore(self) -> bool:
        """Whether the last that was removed can come back."""
        return self._removed is not None

    @property
    def can_undo(self) -> bool:
        """Whether there is one to take back, or one that was removed by itself."""
        return bool(self.all) or (self.can_restore and not self._is_undone)

    @property
    def can_redo(self) -> bool:
        """Whether one was taken back, and nothing done since."""
        return self.can_restore and self._is_undone

    def left_s(self) -> float | None:
        """About how long the stage of the trial takes yet, None where that is not known."""
        told = None if self.progress is None else self.progress.left_s
        return None if told is None else told - (monotonic() - self._told_s)

    def has(self, node: int) -> bool:
        """Whether the experiment on screen knows what arrives at a node."""
        return self.shown is not None and node in self._norms.get("old", {})

    def shows(self, node: int) -> tuple[int, View] | None:
        """Of which experiment, in which view, the gradient of a node is; None where it is the program's own."""
        return (self._shown, self.view) if self.has(node) else None

    def norm(self, node: int) -> float | None:
        """Of what arrives at a node in the view on screen; None also without an experiment."""
        return self._norms[self.view].get(node) if self.has(node) else None

    def norms(self, order: Iterable[int]) -> list[float] | None:
        """Of the nodes of a pass as a timeline draws them; None without an experiment."""
        if self.shown is None:
            return None
        norms = (self.norm(node) for node in order)
        return [NOTHING_ARRIVED if norm is None else norm for norm in norms]

    @property
    def failure(self) -> str:
        """Why the newest that was tried failed; "" where it did not."""
        return "" if self._why is None else self._why()

    # -- intents

    def try_change(self, node: int, slot: int, edit: Edit, of: Of = "gradient") -> None:
        """Run the rest of the held pass with another gradient, or the program with another value of a leaf, and show
        what comes of it."""
        graph = self._pass.graph
        if graph is None or self.is_trying:
            return
        self.is_trying, self.progress, self._why, self.tried_at = True, None, None, node
        gradient = TryGradient(graph=graph.id, node=node, slot=slot, edit=edit)
        request = TryValue(graph=graph.id, node=node, edit=edit) if of == "value" else gradient
        self._engine.ask(request, self._on_tried, self._on_failed)
        self.changed.emit()

    def conceal(self, *, is_concealed: bool) -> None:
        """Take the one that is shown off the screen, or let it come back."""
        if is_concealed != self.is_concealed:
            self.is_concealed = is_concealed
            self.changed.emit()

    def cancel(self) -> None:
        """End the copy that runs for a leaf's value."""
        self._engine.send(CancelTrial())

    def show(self, experiment: int) -> None:
        """This one on every card; 0 shows the program's own gradients again."""
        if experiment != self._shown:
            self._shown = experiment
            self._take_norms()
            self.changed.emit()

    def set_view(self, view: View) -> None:
        """What arrives without the change, with it, or how far they are apart."""
        if view != self.view:
            self.view = view
            self.changed.emit()

    def turn_view(self) -> None:
        """The next of the three."""
        self.set_view(VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)])

    def rename(self, experiment: int, name: str) -> None:
        """Empty words give it back the name that it had."""
        self.all = tuple(
            replace(one, name=name.strip() or one.words) if one.id == experiment else one for one in self.all
        )
        self.changed.emit()

    def undo(self) -> None:
        """Take back what was done last: a removal, else the newest that was tried."""
        if self.can_restore and not self._is_undone:
            self.restore()
        elif self.all:
            self.remove(max(one.id for one in self.all))
            self._is_undone = True
            self.changed.emit()

    def redo(self) -> None:
        """The one that was taken back is there again."""
        if self.can_redo:
            self.restore()

    def remove(self, experiment: int) -> None:
        """Take one away: the pass goes on without it, where it was to go on with it. `restore` brings the last back."""
        found = self.get(experiment)
        if found is None:
            return
        self._drop_removed()
        if experiment in self.kept:
            self.keep(experiment, is_kept=False)
        self._removed, self._is_undone = (self.all.index(found), found), False
        self.all = tuple(one for one in self.all if one is not found)
        if self._shown == experiment:
            self._shown = 0
        self._take_norms()
        self.changed.emit()

    def restore(self) -> None:
        """The last that was removed is there again, and shown."""
        if self._removed is not None:
            at, found = self._removed
            self._removed = None
            self.all = (*self.all[:at], found, *self.all[at:])
            self._shown = found.id
            self._take_norms()
            self.changed.emit()

    def keep(self, experiment: int, *, is_kept: bool) -> None:
        """Let the held pass itself go on with it, or with the program's own gradient again."""
        self._engine.send(KeepExperiment(experiment=experiment, is_kept=is_kept))

    def forget(self) -> None:
        """Another program runs, or another engine."""
        had_any = bool(self.all) or self.is_trying
        self.all, self._removed, self._norms = (), None, {}
        self._shown, self.is_trying, self._why = 0, False, None
        if had_any:
            self.changed.emit()

    # -- answers

    def _take(self, event: object) -> None:
        if isinstance(event, TrialProgress) and self.is_trying:
            self.progress, self._told_s = event, monotonic()
            self.changed.emit()

    def _on_tried(self, event: ExperimentTried) -> None:
        tried = event.tried
        self.is_trying = False
        if self.all and self.all[0].tried.pass_id != tried.pass_id:
            self.all, self._removed = (), None
        words = change_words(tried.edit, subject_of(self._pass.history.nodes.get(tried.node), tried.slot, tried.of))
        taken = {one.name for one in self.all}
        name = next(
            name for name in (words, *(f"{words} ({number})" for number in range(2, 1000))) if name not in taken
        )
        self.all = (*self.all, Experiment(tried, words, name))
        if self._is_undone:  # nothing to do again
            self._drop_removed()
        self._shown = tried.experiment
        self.view = "new" if self.view == "old" else self.view
        self._take_norms()
        self.changed.emit()

    def _on_failed(self, why: Why) -> None:
        self.is_trying, self._why = False, why
        self.changed.emit()

    def _take_norms(self) -> None:
        found = self.get(self._shown)
        tried = None if found is None else found.tried
        self._norms = {} if tried is None else {
            "old": dict(zip(tried.nodes, tried.old, strict=True)),
            "new": dict(zip(tried.nodes, tried.new, strict=True)),
            "difference": dict(zip(tried.nodes, tried.difference, strict=True)),
        }  # fmt: skip

    def _drop_removed(self) -> None:
        if self._removed is not None:
            self._engine.send(DropExperiment(experiment=self._removed[1].id))
            self._removed = None

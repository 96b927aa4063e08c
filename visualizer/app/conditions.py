"""When each row of the action table can be done, and which of them are checked."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from visualizer.app.presenting import PointerRing, Presenting
from visualizer.app.text_fields import TextFields
from visualizer.app.training_room import TrainingRoom
from visualizer.app.way_back import WayBack
from visualizer.backprop.panels import Panels
from visualizer.backprop.workspace import BackpropWorkspace
from visualizer.lessons.reader import LessonReader
from visualizer.look import theme
from visualizer.model.selection import SelectedModule, SelectedNode, Selection
from visualizer.model.session import Session


class Conditions:
    """Reads the session, the selection and the panels, and changes nothing."""

    def __init__(
        self,
        *,
        session: Session,
        selection: Selection,
        workspaces: QStackedWidget,
        backprop: BackpropWorkspace,
        panels: Panels,
        pretraining: TrainingRoom,
        lessons: LessonReader,
        presenting: Presenting,
        way_back: WayBack,
        pointer: PointerRing,
        fields: TextFields,
    ) -> None:
        self._fields = fields
        self._session, self._selection = session, selection
        self._workspaces, self._backprop, self._panels = workspaces, backprop, panels
        self._pretraining, self._lessons = pretraining, lessons
        self._presenting, self._pointer, self._way_back = presenting, pointer, way_back

    def held(self) -> set[str]:
        """The `enabled_when` and `checked_when` of the action table that hold now."""
        conditions = {**self._of_program(), **self._of_pass(), **self._of_window()}
        return {name for name, holds in conditions.items() if holds} | {
            f"can_{name}" for name in self._fields.holding()
        }

    def _of_program(self) -> dict[str, object]:
        session, is_editing = self._session, self._panels.program.has_editor_focus()
        has_graph = session.graph is not None and bool(session.graph.nodes)
        return {
            "busy": session.is_busy,
            "idle": not session.is_busy,
            "graph": has_graph,
            "output": has_graph and not session.is_busy,
            "findable": has_graph or is_editing,
            "part": not session.is_busy and self._fields.current is self._panels.program.editor,
            "editing": self._fields.current is self._panels.program.editor,
        }

    def _of_pass(self) -> dict[str, object]:
        session, history = self._session, self._session.history
        is_ahead = session.held.can_step or session.held.may_be_held or not history.is_live
        passes = session.passes
        is_owned = history.state is not None and history.state.owned
        return {
            "behind": history.position > 0,
            "ahead": is_ahead,
            "ahead_selected": is_ahead and isinstance(self._selection.current, SelectedNode | SelectedModule),
            "behind_selected": history.position > 0 and self._selection.node is not None,
            "playable": is_ahead or session.stepping.is_playing or session.held.runs_on,
            "pass_before": passes.shown > 1,
            "pass_after": 0 < passes.shown < len(passes) or (session.held.can_step and passes.shown > 0),
            "pass_opened": passes.opened > 0,
            "retains_graph": session.held.retains_graph,
            "pause_on_nan": session.nan.is_on,
            "predict": self._panels.predict.is_on,
            "predicting": self._panels.predict.is_on and (session.held.can_step or session.history.is_replay),
            "experiment": session.experiments.shown is not None,
            "experiments": bool(session.experiments.all),
            "stop_at_nan": session.breakpoints.stops_at_nan,
            "live_held": session.held.can_step and (passes.shown > 0 or session.held.is_held_forward),
            "owned": is_owned,
            "owned_done": is_owned and history.state is not None and history.state.status == "finished",
        }

    def _of_window(self) -> dict[str, object]:
        in_pretraining = self._workspaces.currentIndex() == 1
        return {
            "tensor": self._panels.inspector.has_tensor,
            "selection": self._selection.current is not None and not in_pretraining,
            "node": self._selection.node is not None and not self._selection.node.is_input and not in_pretraining,
            "training": self._pretraining.is_training,
            "in_pretraining": in_pretraining,
            "in_backprop": not in_pretraining,
            f"theme_{theme.current().mode}": True,
            "high_contrast": theme.current().is_high,
            f"color_{self._panels.graph.colors.name}": True,
            "tensor_large": self._panels.middle.wants_tensor,
            "legend": self._panels.graph.overlays.has_legend,
            "way": self._panels.graph.light.is_on,
            "inside": self._way_back.is_open
            or self._presenting.can_step_out
            or (self._selection.current is not None and not in_pretraining),
            "large_panel": self._pretraining.is_large if in_pretraining else bool(self._backprop.large.name),
            "presenting": self._presenting.is_on,
            "pointer": self._pointer.is_on,
            "lessons": not self._lessons.isHidden(),
            "lesson_page": not self._lessons.isHidden() and self._lessons.lesson is not None,
        }

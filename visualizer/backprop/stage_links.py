"""What stands in the middle of the window: the graph, or where there is none, or where it is asked for, a tensor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from engine.protocol.graph_values import Node
from engine.protocol.keys import NodeValueKey, OperandKey, TensorKey, VariableKey
from engine.protocol.messages import AskDetails, AskRectangle, AskVariables, Details, Finished
from engine.protocol.operations import AskOperation, AskSources, OperationShown
from engine.protocol.program_values import Variable
from engine.protocol.storage import AskStorage
from engine.protocol.tensor_values import TensorSummary
from engine.protocol.tiles import AskTiles
from engine.shared.language import said, tr
from engine.shared.newest import newest
from visualizer.backprop.operation_at import operation_at
from visualizer.backprop.panels import Panels
from visualizer.backprop.tensor_view.feed import Feed, Part, Request, carried
from visualizer.look import spoken
from visualizer.look.spoken import Say, Words
from visualizer.model.age import dated
from visualizer.model.newest import counts_due, without_statistics
from visualizer.model.selection import SelectedNode, Selection
from visualizer.model.session import Session

_PATIENCE_MS = 2000  # for a picture that may never come, as after Stop
_Subject = tuple[TensorKey, str, TensorSummary | None]


class StageLinks(QObject):
    """The tensor on the stage is the one that is selected, else the newest of the program."""

    def __init__(self, session: Session, selection: Selection, panels: Panels, say: Say, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._selection, self._panels = session, selection, panels
        self._engine, self._stage, self._middle = session.engine, panels.stage, panels.middle
        self._say = say
        self._rows: dict[str, Variable] = {}  # of tensors
        self._inside: dict[str, str] = {}  # of what leads to one, and to which
        self._newest = ""  # of the tensors
        self._shown: _Subject | None = None
        self._failed: Finished | None = None  # the newest run, where a call on tensors has ended it
        self._shows_failed = False  # nobody has turned away from it
        self._is_by_run = False  # a run without a graph has asked for the tensor
        self._is_counting_due = False  # in large tensors
        self._has_asked = False  # what made the tensor, since the newest variables came
        self._held: list[Callable[[], None]] = []  # what is asked after the first picture of a large tensor
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._ask_held)
        self._stage.sheets.pictured.connect(self._ask_held)
        session.program_started.connect(self._on_started)
        session.program_finished.connect(self._on_finished)
        session.variables_changed.connect(self._on_variables)
        session.state_changed.connect(self._on_state)
        session.graph_changed.connect(lambda graph: self._show())
        session.backward_changed.connect(self._on_backward)
        selection.changed.connect(self._on_selection)
        self._middle.wanted.connect(self._want)
        spoken.current().changed.connect(self._show)
        for asking in (self._stage, self._middle.failure):
            asking.details_wanted.connect(self._ask_details)
            asking.rectangle_wanted.connect(self._ask_rectangle)
        self._stage.operation_wanted.connect(self._ask_operation)
        self._stage.sources_wanted.connect(self._ask_sources)
        self._stage.storage_wanted.connect(self._ask_storage)
        self._middle.failure.storage_wanted.connect(self._ask_failed_storage)
        self._stage.slice.line_wanted.connect(self._add_line)
        self._stage.status.connect(say)
        panels.program.error_bar.operation_clicked.connect(self._see_failed)

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {"tensor_large": self._toggle, "see_operation": self._see}

    def _see(self) -> None:
        """The operation at the text cursor, while the keyboard is in the program, else of what is selected."""
        editor = self._panels.program.editor
        if editor.hasFocus() and self._failed_at(editor.textCursor().blockNumber() + 1):
            self._shows_failed = True
        elif editor.hasFocus():
            found = operation_at(editor, self._session.graph, self._rows)
            if found is None:
                self._say(lambda: tr("No operation on tensors that has run stands at the cursor."))
                return
            if isinstance(found, SelectedNode):
                self._selection.select(found)
            else:
                self._selection.select_variable(found.name)
        self._middle.wants_tensor, self._is_by_run = True, False
        self._show()

    def _failed_at(self, line: int) -> bool:
        """Whether the call that ended the newest run stands on that line."""
        place = None if self._failed is None or self._failed.failed is None else self._failed.failed.place
        return place is not None and place.line <= line <= place.end_line

    def _toggle(self) -> None:
        self._middle.wants_tensor, self._is_by_run = not self._middle.wants_tensor, False
        self._show()

    def _want(self, to_tensor: bool) -> None:
        self._middle.wants_tensor = self._is_by_run = to_tensor
        self._show()

    def _on_started(self) -> None:
        self._shown = None  # what made a tensor is a call of this run, also where its numbers are the same
        self._forget_failed()

    def _forget_failed(self) -> None:
        self._failed = None
        self._panels.program.error_bar.offer_operation(False)

    def _on_state(self, state: str) -> None:
        """What a call took goes with the engine that has it."""
        if state in ("starting", "ended"):
            self._forget_failed()
            self._show()
        self._count()

    def _on_selection(self) -> None:
        self._shows_failed = False
        self._show()

    def _see_failed(self) -> None:
        self._shows_failed = self._middle.wants_tensor = True
        self._is_by_run = False
        self._show()

    def _on_finished(self, event: Finished) -> None:
        """The graph of a run before is not what a run that made none is about."""
        if self._middle.wants_tensor == event.made_graph and (self._is_by_run or not event.made_graph):
            self._is_by_run = self._middle.wants_tensor = not event.made_graph
        before = self._shown
        self._failed, self._shows_failed = event if event.failed is not None else None, True
        self._panels.program.error_bar.offer_operation(self._failed is not None)
        self._show()
        if self._has_asked or before is None or not _is_same(before, self._shown):
            return
        if isinstance(before[0], VariableKey | NodeValueKey):
            self._ask_operation(before[0])  # a later line may have made the same numbers

    def _on_backward(self) -> None:
        """A pass that is held has a graph, long before its run is over."""
        if self._is_by_run and self._session.history.held is not None:
            self._is_by_run = self._middle.wants_tensor = False
            self._show()

    def _on_variables(self, rows: tuple[Variable, ...]) -> None:
        row = newest(rows)
        self._newest = "" if row is None else row.name
        self._has_asked = False
        self._rows = {row.name: row for row in rows if row.summary is not None}
        self._inside = {row.name: row.inside for row in rows if row.inside}
        if self._shown is not None and self._shown[1] in self._inside.values():
            self._shown = None  # nothing tells here whether it holds other numbers now
        self._show()
        self._is_counting_due = counts_due(rows)
        self._count()

    def _count(self) -> None:
        """What is due, of a program that is over or held: one that runs would wait meanwhile."""
        if self._is_counting_due and self._session.may_read_on:
            self._is_counting_due = False
            self._after_picture(self._ask_counts)

    def _ask_counts(self) -> None:
        self._engine.send(AskVariables(counting="rest"))

    def _show(self) -> None:
        graph = self._session.graph
        has_graph = graph is not None and bool(graph.nodes)
        may_be_tensor = self._middle.wants_tensor or not has_graph
        subject = self._subject() if may_be_tensor else None
        shown, self._shown = self._shown, subject
        if subject is not None and not _is_same(subject, shown):
            self._stage.show_tensor(*subject)
        self._stage.set_reason("" if has_graph or graph is None or graph.reason is None else said(graph.reason))
        failed = self._failed if self._shows_failed else None
        if failed is not None and failed.failed is not None and failed.error is not None and may_be_tensor:
            self._middle.failure.show_failure(failed.failed, failed.error, self._rows)
            self._middle.turn_to_failure()
        else:
            self._middle.turn(to_tensor=subject is not None)

    def _subject(self) -> _Subject | None:
        """What to show; None while there is no tensor."""
        current, node = self._selection.current, self._selection.node
        is_left = self._is_by_run and self._selection.is_followed  # where a pass before came to, nobody chose it
        if isinstance(current, SelectedNode) and node is not None and not is_left:
            leaf = self._rows.get(node.variable) if node.kind == "accumulate" else None
            if leaf is not None:  # as it is now, with what wrote into it since the graph took it
                return VariableKey(leaf.name), leaf.name, leaf.summary
            found = _output_of(node, current.slot)
            if found is not None:
                return found
        for name in (*(() if is_left else (self._selection.name,)), self._newest):
            if (row := self._rows.get(name)) is not None:
                return VariableKey(row.name), row.name, row.summary
            if (inside := self._inside.get(name)) is not None:
                return VariableKey(inside), inside, None
        return None

    # -- what the engine keeps

    def _ask_details(self, key: TensorKey) -> None:
        def ask() -> None:
            if key != self._stage.key and not isinstance(key, OperandKey):
                return  # another tensor has come meanwhile, and all of this one would be read for nobody
            self._engine.ask(
                AskDetails(key=key),
                lambda event: self._on_details(key, event),
                lambda why: self._on_details_failed(key, why),
            )

        self._after_picture(ask)

    def _on_details(self, key: TensorKey, event: Details) -> None:
        for shown in (self._stage, self._middle.failure):
            shown.set_details(dated(event))
        if event.details.summary.counts_due and self._session.may_read_on:
            self._ask_details(key)  # the engine reads for a turn and goes on when it is asked again

    def _on_details_failed(self, key: TensorKey, why: Words) -> None:
        for shown in (self._stage, self._middle.failure):
            shown.request_failed(key, why)

    def _after_picture(self, ask: Callable[[], None]) -> None:
        """The engine reads one tensor after the other: of a large one the picture comes first, then its statistics,
        then what it was made of."""
        if self._stage.sheets.is_awaited:
            self._held.append(ask)
            self._patience.start()
        else:
            ask()

    def _ask_held(self) -> None:
        self._patience.stop()
        held, self._held = self._held, []
        for ask in held:
            ask()

    def _add_line(self, line: str, name: str) -> None:
        """Behind the line that gives the variable its value."""
        self._panels.program.insert_line(line, after_assignment_of=name)

    def _ask_operation(self, key: VariableKey | NodeValueKey) -> None:
        self._has_asked = True
        self._engine.ask(
            AskOperation(key=key),
            lambda event: self._on_operation(key, event),
            lambda sentence: self._stage.set_operation(key, None),
        )

    def _on_operation(self, key: TensorKey, event: OperationShown) -> None:
        """Of a node inside of a call that which the call has returned takes the place."""
        node = None if event.returned is None else self._selection.node_of(event.returned.node)
        subject = None if node is None or event.returned is None else _output_of(node, event.returned.slot)
        if subject is None:
            self._stage.set_operation(key, event.operation, event.why)
        elif self._stage.key == key:
            self._stage.show_tensor(*subject)

    def _ask_sources(self, request: AskSources) -> None:
        self._engine.ask(
            request,
            lambda event: self._stage.set_sources(request, event),
            lambda why: self._stage.set_sources(request, None, why),
        )

    def _ask_rectangle(self, request: AskRectangle | AskTiles, feed: Feed) -> None:
        ask = partial(
            self._engine.ask,
            request,
            lambda event: _give(feed, carried(event)),
            lambda sentence: _fail(feed, request),
        )
        if isinstance(request.key, OperandKey):
            self._after_picture(ask)
        else:
            ask()

    def _ask_storage(self, request: AskStorage) -> None:
        self._engine.ask(
            request,
            lambda event: self._stage.storage.show_storage(request, event),
            lambda why: self._stage.storage.show_storage(request, None, why),
        )

    def _ask_failed_storage(self, request: AskStorage) -> None:
        failure = self._middle.failure
        self._engine.ask(request, lambda event: failure.show_storage(request, event), lambda why: None)


def _is_same(subject: _Subject, other: _Subject | None) -> bool:
    """Whether they differ in nothing but statistics, which come with the details, too."""
    if other is None:
        return False
    return (*subject[:2], without_statistics(subject[2])) == (*other[:2], without_statistics(other[2]))


def _give(feed: Feed, rectangle: Part) -> None:
    """To the sheet that asked, if it is still there."""
    if isValid(feed):
        feed.take(rectangle)


def _fail(feed: Feed, request: Request) -> None:
    """There is no answer for the sheet that asked."""
    if isValid(feed):
        feed.failed(request)


def _output_of(node: Node, slot: int) -> _Subject | None:
    """A recorded value of a node."""
    output = node.outputs[slot] if slot < len(node.outputs) else None
    if output is None or not output.recorded or output.shape is None:
        return None
    name = output.variable or node.variable or node.expression or node.name
    return NodeValueKey(node.id, slot), name, None

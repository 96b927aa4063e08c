"""The tensors that graph and inspector show: asked of the engine, which keeps them."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from engine.protocol.card_parts import CardParts
from engine.protocol.keys import TensorKey
from engine.protocol.messages import AskCards, AskRectangle, AskText, Details
from engine.protocol.subtraction import AskSubtraction
from engine.protocol.tiles import AskTiles
from engine.shared.language import trn
from visualizer.backprop.details_asked import DetailsAsked
from visualizer.backprop.inspector.node_section import NodeSection
from visualizer.backprop.panels import Panels
from visualizer.backprop.tensor_view.feed import carried
from visualizer.look.spoken import Say
from visualizer.model.age import dated
from visualizer.model.session import Session


class TensorLinks(QObject):
    """The connections between the panels that show tensors and the engine."""

    def __init__(self, session: Session, panels: Panels, say: Say, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._engine, self._inspector, self._say = session.engine, panels.inspector, say
        session.cards_arrived.connect(panels.graph.set_cards)
        panels.graph.cards_wanted.connect(self._ask_cards)
        panels.inspector.rectangle_wanted.connect(self._ask_rectangle)
        take, fail = self._take_details, panels.inspector.request_failed
        details = DetailsAsked(session.engine, take, fail, lambda: session.may_read_on, self)
        panels.inspector.details_wanted.connect(details.want)
        panels.inspector.text_wanted.connect(self._copy_text)
        panels.inspector.pair.slice.line_wanted.connect(
            lambda line, name: panels.program.insert_line(line, after_assignment_of=name)
        )
        compare = panels.inspector.pair.compare
        session.variables_changed.connect(compare.set_variables)
        compare.wanted.connect(self._ask_subtraction)
        panels.inspector.section_wanted.connect(self._ask_section)

    def _ask_cards(
        self, graph: int, nodes: tuple[int, ...], slots: tuple[int, ...], parts: tuple[CardParts, ...]
    ) -> None:
        self._engine.send(AskCards(graph=graph, nodes=nodes, slots=slots, parts=parts))

    def _ask_rectangle(self, request: AskRectangle | AskTiles) -> None:
        self._engine.ask(
            request,
            lambda event: self._inspector.set_rectangle(carried(event)),
            lambda why: self._inspector.request_failed(request.key, why),
            may_wait=True,
        )

    def _ask_subtraction(self, request: AskSubtraction) -> None:
        compare = self._inspector.pair.compare
        self._engine.ask(request, compare.take, lambda why: compare.failed(request.key, why))

    def _take_details(self, event: Details) -> None:
        self._inspector.set_details(dated(event))

    def _ask_section(self, section: NodeSection, request: Any) -> None:
        graph, node = self._session.graph, getattr(request, "name", "") or request.node
        self._engine.ask(
            msgspec.structs.replace(request, graph=0 if graph is None else graph.id),
            lambda event: section.answered(node, event),
            lambda why: section.failed(node, why),
            may_wait=True,
        )

    def _copy_text(self, key: TensorKey) -> None:
        """A tensor's numbers on the clipboard."""
        self._engine.ask(AskText(key=key), lambda event: self._to_clipboard(event.text), self._say)

    def _to_clipboard(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self._say(lambda: trn("Copied {n} character", "Copied {n} characters", len(text)))

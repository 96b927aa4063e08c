"""While a prediction is open nothing on screen tells its answer: it is no prediction any more once it is seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from visualizer.backprop.inspector.account_section import AccountSection
from visualizer.backprop.inspector.cell_section import CellSection
from visualizer.backprop.inspector.differences_section import DifferencesSection
from visualizer.backprop.inspector.flow_section import FlowSection
from visualizer.backprop.inspector.jacobian_section import JacobianSection
from visualizer.backprop.inspector.node_section import NodeSection
from visualizer.backprop.panels import Panels
from visualizer.model.predicting import Predicting
from visualizer.model.session import Session


class Concealing(QObject):
    """Experiments, and with them cards, edges, norms and colours; checks of a run before; products along a chain; the
    numbers of the rule; where a pass is replayed, all that the engine knows of what comes after the cursor. What has
    arrived is known, and stays."""

    def __init__(self, session: Session, panels: Panels, predicting: Predicting, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._predicting = session, predicting
        sections = panels.inspector.sections
        self._rule = panels.inspector.rule
        self._ahead: tuple[tuple[NodeSection, Callable[[int], bool]], ...] = (
            (sections.get(JacobianSection), self._is_to_run),
            (sections.get(DifferencesSection), self._is_to_get),
            (sections.get(FlowSection), lambda node: predicting.is_replay and self._is_to_run(node)),
            (sections.get(CellSection), lambda node: predicting.is_replay and self._is_to_get(node)),
            (sections.get(AccountSection), lambda node: predicting.is_replay and self._is_to_get(node)),
        )
        self._node = -1
        predicting.asked.connect(self._follow)

    def _follow(self) -> None:
        node = -1 if self._predicting.node is None else self._predicting.node.id
        if node == self._node:
            return
        self._node = node
        self._rule.hide_numbers_where(self._is_to_run)
        for section, conceals in self._ahead:
            section.conceal_where(conceals)
        self._session.experiments.conceal(is_concealed=node >= 0)

    def _is_to_run(self, node: int) -> bool:
        """The node that is asked about, and those behind it."""
        history = self._session.history
        position = history.position_of(node)
        return self._node >= 0 and (position is None or position >= history.position)

    def _is_to_get(self, node: int) -> bool:
        """Those behind that node, to which not all has come yet."""
        return self._is_to_run(node) and node != self._node

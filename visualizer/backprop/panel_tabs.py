"""The panels by name above the one that is large: a click away, as they are a key away."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QDockWidget, QTabBar, QWidget

from engine.shared.language import tr
from visualizer.backprop.large_panel import MIDDLE, LargePanel
from visualizer.look import spoken
from visualizer.look.spoken import speak


class PanelTabs(QTabBar):
    """Follows `large`; on screen only while there is one."""

    def __init__(self, large: LargePanel, docks: Mapping[str, QDockWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel_tabs")
        self.setDocumentMode(True)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        speak(self.setAccessibleName, "Panels")
        self._large, self._docks = large, docks
        self._names: list[str] = []
        self.currentChanged.connect(self._choose)
        large.changed.connect(self._follow)
        spoken.current().changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """What is large, and what else is to be had."""
        self.blockSignals(True)
        self._names = self._large.candidates if self._large.name else []
        while self.count() > len(self._names):
            self.removeTab(self.count() - 1)
        for place, name in enumerate(self._names):
            title = tr("Graph") if name == MIDDLE else self._docks[name].windowTitle()
            if place == self.count():
                self.addTab(title)
            self.setTabText(place, title)
        if self._names:
            self.setCurrentIndex(self._names.index(self._large.name))
        self.blockSignals(False)
        self.setVisible(bool(self._names))

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._names) and self._names[place] != self._large.name:
            self._large.show(self._names[place])

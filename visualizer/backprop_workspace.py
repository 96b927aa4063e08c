"""The Backprop workspace: the panels as docks around the graph. Docks can be moved, floated, closed and reset."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from visualizer import theme

_DOCKS = (
    ("program", "Program", Qt.DockWidgetArea.LeftDockWidgetArea),
    ("variables", "Variables", Qt.DockWidgetArea.LeftDockWidgetArea),
    ("console", "Output", Qt.DockWidgetArea.LeftDockWidgetArea),
    ("inspector", "Inspector", Qt.DockWidgetArea.RightDockWidgetArea),
    ("queue", "Ready queue", Qt.DockWidgetArea.RightDockWidgetArea),
    ("timeline", "Timeline", Qt.DockWidgetArea.BottomDockWidgetArea),
)


class BackpropWorkspace(QMainWindow):
    """`panels` maps the names in _DOCKS to widgets; the graph is the centre."""

    def __init__(self, graph: QWidget, panels: dict[str, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("backprop_workspace")
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks)
        self.setCentralWidget(graph)
        self.docks: dict[str, QDockWidget] = {}
        for name, title, area in _DOCKS:
            dock = QDockWidget(title, self, objectName=f"dock_{name}")
            dock.setWidget(panels[name])
            self.addDockWidget(area, dock)
            self.docks[name] = dock
        self._is_arranging = False
        self._is_laid_out = False
        self.set_arranging(False)

    def restore(self, state: QByteArray | None) -> None:
        """The layout of the last time, if there is one."""
        self._is_laid_out = state is not None and self.restoreState(state)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_laid_out:
            self._is_laid_out = True
            # Sizes can be shared out only after the first layout has given this window its own.
            QTimer.singleShot(0, self, self.reset_layout)

    @property
    def is_arranging(self) -> bool:
        return self._is_arranging

    def set_arranging(self, on: bool) -> None:
        """Show the docks' title bars, to move them; without them the panels' own headers are title enough."""
        self._is_arranging = on
        for dock in self.docks.values():
            old = dock.titleBarWidget()
            dock.setTitleBarWidget(None if on else QWidget(dock))
            if old is not None:
                old.deleteLater()

    def reset_layout(self) -> None:
        """Every panel back to its first place and size."""
        for name, _title, area in _DOCKS:
            dock = self.docks[name]
            dock.setFloating(False)
            self.addDockWidget(area, dock)
            dock.show()
        look = theme.current()
        left = [self.docks[name] for name in ("program", "variables", "console")]
        right = [self.docks[name] for name in ("inspector", "queue")]
        wide, narrow = min(round(self.width() * 0.3), look.px(520)), min(round(self.width() * 0.235), look.px(420))
        self.resizeDocks([*left, *right], [wide] * 3 + [narrow] * 2, Qt.Orientation.Horizontal)
        height = self.height()
        self.resizeDocks(left, [round(height * share) for share in (0.42, 0.42, 0.16)], Qt.Orientation.Vertical)
        self.resizeDocks(right, [round(height * share) for share in (0.75, 0.25)], Qt.Orientation.Vertical)

"""The Backprop workspace: the panels as docks around the graph. Docks can be moved, floated, closed and reset."""

from __future__ import annotations

import json

from PySide6.QtCore import QByteArray, QChildEvent, QDataStream, QEvent, QIODevice, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from engine.shared.language import mark
from visualizer.backprop.dock_bar import DockBar
from visualizer.backprop.large_panel import BELOW, LargePanel
from visualizer.backprop.panel_tabs import PanelTabs
from visualizer.look import theme
from visualizer.look.spoken import speak

_DOCKS = (
    ("program", mark("Program"), Qt.DockWidgetArea.LeftDockWidgetArea),
    ("variables", mark("Variables"), Qt.DockWidgetArea.LeftDockWidgetArea),
    ("outline", mark("Outline"), Qt.DockWidgetArea.LeftDockWidgetArea),
    ("health", mark("Health"), Qt.DockWidgetArea.LeftDockWidgetArea),
    ("console", mark("Output"), Qt.DockWidgetArea.LeftDockWidgetArea),
    ("inspector", mark("Inspector"), Qt.DockWidgetArea.RightDockWidgetArea),
    ("queue", mark("Ready queue"), Qt.DockWidgetArea.RightDockWidgetArea),
    ("breakpoints", mark("Breakpoints"), Qt.DockWidgetArea.RightDockWidgetArea),
    ("predict", mark("Predict"), Qt.DockWidgetArea.RightDockWidgetArea),
    ("timeline", mark("Timeline"), Qt.DockWidgetArea.BottomDockWidgetArea),
)
# Panels in the tabs of another, closed until they are wanted.
_IN_FRONT_OF = {"outline": "variables", "health": "variables", "breakpoints": "queue", "predict": "queue"}
_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
# Of the whole width and height, for a start; the widths end where wider columns would show no more.
_WIDTHS = {_LEFT: (0.3, 520), _RIGHT: (0.235, 420)}
_LEAST_WIDTH = 200  # px, and what a column is wide enough for
_HEIGHTS = {
    "program": 0.42,
    "variables": 0.42,
    "outline": 0.55,
    "health": 0.55,
    "console": 0.16,
    "inspector": 0.75,
    "queue": 0.25,
    "breakpoints": 0.25,
    "predict": 0.42,
}
_SIDES_AT_MOST = 0.6  # of the width: the graph keeps the rest, unless the person drags a column wider
# px: a column at either side and the graph between; with less, in width or in height, panels come one at a time
_LEAST_ROOM = 2 * _LEAST_WIDTH + 240, 320


class BackpropWorkspace(QMainWindow):
    """`panels` maps the names in _DOCKS to widgets; the graph is the centre."""

    def __init__(self, graph: QWidget, panels: dict[str, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("backprop_workspace")
        self.setWindowFlags(Qt.WindowType.Widget)
        options = QMainWindow.DockOption
        self.setDockOptions(options.AnimatedDocks | options.AllowNestedDocks | options.AllowTabbedDocks)
        self.setDocumentMode(True)  # tabs without a frame
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setCentralWidget(graph)
        self.docks: dict[str, QDockWidget] = {}
        self._bars: dict[str, DockBar] = {}
        for name, title, area in _DOCKS:
            dock = QDockWidget(self, objectName=f"dock_{name}")
            speak(dock.setWindowTitle, title)
            dock.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # seen as the frame of a floating one
            dock.setWidget(panels[name])
            parts = (getattr(panels[name], part, None) for part in ("head", "corner", "first_stop"))
            self._bars[name] = DockBar(dock, *parts)
            dock.setTitleBarWidget(self._bars[name])
            self.addDockWidget(area, dock)
            self.docks[name] = dock
        for name, front in _IN_FRONT_OF.items():
            self.tabifyDockWidget(self.docks[front], self.docks[name])
            self.docks[name].hide()
        self.large = LargePanel(self, self.docks)
        for name, bar in self._bars.items():
            self.large.watch(bar, name)
        self.setMenuWidget(PanelTabs(self.large, self.docks, self))
        self._closed: set[str] = set()  # panels that the person has closed, and that do not open by themselves
        self._shares: dict[str, tuple[float, float]] = {}  # of this window's width and of a column's height, by dock
        self._is_laid_out = False
        # Sizes can be shared out only after Qt's own layout of the new size.
        self._sharing = QTimer(self, singleShot=True, interval=0)
        self._sharing.timeout.connect(self._share_out)
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit)
        for dock in self.docks.values():
            dock.visibilityChanged.connect(lambda is_visible: self._share_soon())
            dock.topLevelChanged.connect(lambda is_floating: self._share_soon())
            dock.dockLocationChanged.connect(lambda area: self._share_soon())
            dock.installEventFilter(self)
        theme.current().changed.connect(self._share_soon)
        theme.current().changed.connect(self._fitting.start)
        QApplication.instance().focusChanged.connect(self._show_keyboard)

    def save_layout(self) -> QByteArray:
        """Where the panels are and their proportions, for `restore_layout`."""
        self.large.need(is_needed=False)
        self.large.leave()
        saved = QByteArray()
        stream = QDataStream(saved, QIODevice.OpenModeFlag.WriteOnly)
        stream << self.saveState()
        stream.writeQString(json.dumps(self._shares))
        stream.writeQString(json.dumps(sorted(self._closed)))
        return saved

    def restore_layout(self, saved: QByteArray | None) -> None:
        """The layout of the last time, if there is one."""
        if saved is None:
            return
        stream, state = QDataStream(saved), QByteArray()
        stream >> state
        shares = _shares_of(stream.readQString())
        if stream.status() == QDataStream.Status.Ok and shares and self.restoreState(state):
            self._is_laid_out = True
            self._shares = shares
            self._closed = set(_names_in(stream.readQString()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_laid_out:
            self._is_laid_out = True
            QTimer.singleShot(0, self, self.reset_layout)

    def bring(self, name: str) -> None:
        """Show a panel, in front of the others of its tabs."""
        if self.large.name and name != BELOW:  # which is beside whichever is large
            self.large.show(name)
            return
        self.docks[name].show()
        self.docks[name].raise_()

    def offer(self, name: str) -> None:
        """Show a panel that is wanted now, unless it is shown already or the person has closed it."""
        if name not in self._closed and self.docks[name].isHidden() and not self.large.name:
            self.bring(name)

    def toggles(self) -> list[QAction]:
        """For each panel the checkable action that closes and reopens it."""
        return [self.docks[name].toggleViewAction() for name, _title, _area in _DOCKS]

    def reset_layout(self) -> None:
        """Every panel back to its first place and size."""
        self.large.need(is_needed=False)
        self.large.leave()
        look, width = theme.current(), max(self.width(), 1)
        for name, _title, area in _DOCKS:
            dock = self.docks[name]
            dock.setFloating(False)
            self.addDockWidget(area, dock)
            dock.setVisible(name not in _IN_FRONT_OF or not dock.isHidden())
            if area in _WIDTHS:
                share, most = _WIDTHS[area]
                share = max(min(share, look.px(most) / width), look.px(_LEAST_WIDTH) / width)
                self._shares[name] = (share, _HEIGHTS[name])
        for name, front in _IN_FRONT_OF.items():
            self.tabifyDockWidget(self.docks[front], self.docks[name])
        self._closed.clear()
        self._share_out()
        self._fitting.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the person closes stays closed; tabs that Qt has put out of sight take no keyboard."""
        if isinstance(watched, QTabBar) and event.type() == QEvent.Type.Move:
            is_seen = self.rect().intersects(watched.geometry())
            watched.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_seen else Qt.FocusPolicy.NoFocus)
        if isinstance(watched, QDockWidget) and event.type() in (QEvent.Type.Close, QEvent.Type.Show):
            name = next((name for name, dock in self.docks.items() if dock is watched), "")
            (self._closed.add if event.type() == QEvent.Type.Close else self._closed.discard)(name)
        return False

    def _show_keyboard(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A panel that the keyboard comes to is in front of the others of its tabs."""
        for dock in self.docks.values():
            if now is not None and dock.isAncestorOf(now) and dock.visibleRegion().isEmpty():
                dock.raise_()

    # -- proportions: a larger window makes every panel larger, a smaller one makes none vanish

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_soon()
        self._fitting.start()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.MouseButtonRelease:  # on a separator, which is this window's own
            self.remember_soon()
        return handled

    def remember_soon(self) -> None:
        """The person has sized a panel, by mouse or keys: once it is laid out, these are the proportions to keep."""
        QTimer.singleShot(0, self, self._remember)

    def childEvent(self, event: QChildEvent) -> None:
        """Qt makes the tabs of docks as it needs them: a name that has no room is scrolled to, and never cut."""
        bar = event.child()
        if event.type() == QEvent.Type.ChildPolished and isinstance(bar, QTabBar) and not bar.accessibleName():
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setUsesScrollButtons(True)
            speak(bar.setAccessibleName, "Panels")
            bar.installEventFilter(self)

    def _mark_tabs(self) -> None:
        for name, dock in self.docks.items():
            self._bars[name].set_tabbed(bool(self.tabifiedDockWidgets(dock)))

    def _share_soon(self) -> None:
        if self._shares and self.isVisible() and not self.large.name:
            self._sharing.start()

    def _fit(self) -> None:
        if self._is_laid_out and self.isVisible():
            width, height = map(theme.current().px, _LEAST_ROOM)
            self.large.need(is_needed=self.width() < width or self.height() < height)

    def _columns(self) -> dict[str, QDockWidget]:
        """The docks at the left and at the right that are on the screen."""
        return {
            name: dock
            for name, dock in self.docks.items()
            if dock.isVisible() and not dock.isFloating() and self.dockWidgetArea(dock) in (_LEFT, _RIGHT)
        }

    def _remember(self) -> None:
        if self.large.name:  # which has all the room for a while
            return
        width, height = max(self.width(), 1), max(self.centralWidget().height(), 1)
        for name, dock in self._columns().items():
            self._shares[name] = (dock.width() / width, dock.height() / height)

    def _share_out(self) -> None:
        self._mark_tabs()
        docks = {name: dock for name, dock in self._columns().items() if name in self._shares}
        if not docks:
            return
        sides = [
            max((self._shares[name][0] for name, dock in docks.items() if self.dockWidgetArea(dock) == area), default=0)
            for area in (_LEFT, _RIGHT)
        ]
        fit = min(1.0, _SIDES_AT_MOST / max(sum(sides), 0.01))
        widths = [round(self.width() * self._shares[name][0] * fit) for name in docks]
        heights = [round(self.centralWidget().height() * self._shares[name][1]) for name in docks]
        self.resizeDocks(list(docks.values()), widths, Qt.Orientation.Horizontal)
        self.resizeDocks(list(docks.values()), heights, Qt.Orientation.Vertical)


def _shares_of(text: str) -> dict[str, tuple[float, float]]:
    """The proportions that were saved, none from a file that something else wrote."""
    try:
        return {str(name): (float(width), float(height)) for name, (width, height) in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _names_in(text: str) -> list[str]:
    """The panels that were closed, none from a file that was saved before there were any."""
    try:
        return [str(name) for name in json.loads(text)]
    except (ValueError, TypeError):
        return []

"""What can be done with the window itself: its look, its workspaces and panels, and the ways to every command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import version

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDockWidget, QStackedWidget, QToolButton, QWidget

from engine.shared.language import tr
from visualizer.app.actions import TABLE, ActionRow, menu_title
from visualizer.app.applying import Applying
from visualizer.app.command_palette import CommandPalette, Entry
from visualizer.app.languages import Languages
from visualizer.app.preferences.dialog import SettingsDialog
from visualizer.app.search_words import EXAMPLE, WORDS
from visualizer.app.shortcut_sheet import ShortcutSheet
from visualizer.app.training_room import TrainingRoom
from visualizer.backprop.large_panel import BELOW
from visualizer.backprop.panels import Panels
from visualizer.backprop.workspace import BackpropWorkspace
from visualizer.lessons.reader import LessonReader
from visualizer.look import theme
from visualizer.look.boxes import inform
from visualizer.look.resizing import grow
from visualizer.model.session import Session

_SCALE_STEP = 0.125
_GROWN_PX = 40  # by which a key makes a panel wider


class WindowCommands:
    """Acts on the theme, the two `workspaces` and the panels in them."""

    def __init__(
        self,
        window: QWidget,
        *,
        actions: Mapping[str, QAction],
        applying: Applying,
        session: Session,
        workspaces: QStackedWidget,
        backprop: BackpropWorkspace,
        panels: Panels,
        pretraining: TrainingRoom,
        lessons: LessonReader,
        recent: Callable[[], list[QAction]],
        languages: Languages,
    ) -> None:
        self._recent = recent
        self._window, self._actions, self._applying, self._session = window, actions, applying, session
        self._workspaces, self._backprop, self._panels = workspaces, backprop, panels
        self._pretraining, self._lessons, self._languages = pretraining, lessons, languages.actions
        languages.chosen.connect(applying.language)
        backprop.large.keyboard_wanted.connect(self._give_keyboard)

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        applying = self._applying
        window, look = self._window, theme.current()
        return {
            "large_panel": self._toggle_large,
            "backprop": lambda: self._workspaces.setCurrentIndex(0),
            "pretraining": lambda: self._workspaces.setCurrentIndex(1),
            "palette": lambda: CommandPalette(self._palette_entries, window).open_over(window),
            "theme_system": lambda: applying.theme("system"),
            "theme_dark": lambda: applying.theme("dark"),
            "theme_light": lambda: applying.theme("light"),
            "high_contrast": lambda: applying.contrast("usual" if look.is_high else "high"),
            "larger": lambda: applying.scale(look.scale + _SCALE_STEP),
            "smaller": lambda: applying.scale(look.scale - _SCALE_STEP),
            "program_larger": lambda: self._panels.program.editor.zoom_by(1),
            "program_smaller": lambda: self._panels.program.editor.zoom_by(-1),
            "program_usual": lambda: self._panels.program.editor.zoom_by(0),
            "next_panel": lambda: self._go_to_panel(1),
            "previous_panel": lambda: self._go_to_panel(-1),
            "panel_wider": lambda: self._grow(Qt.Orientation.Horizontal, 1),
            "panel_narrower": lambda: self._grow(Qt.Orientation.Horizontal, -1),
            "panel_higher": lambda: self._grow(Qt.Orientation.Vertical, 1),
            "panel_lower": lambda: self._grow(Qt.Orientation.Vertical, -1),
            "reset_layout": self._reset_layout,
            "settings": self._open_settings,
            "shortcuts": lambda: ShortcutSheet(window).open(),
            "about": self._about,
            "quit": window.close,
        }

    def _palette_entries(self) -> list[Entry]:
        """Every action but the palette itself, the recent programs, the panels to close and reopen, the languages."""
        commands = [self._entry(row) for row in TABLE if row.id != "palette"]
        opened = WORDS["open"]
        recent = [
            Entry(tr("File › Recent"), action, ("File Recent", action.text(), opened), tr(opened))
            for action in self._recent()
        ]
        docks = self._backprop.docks.items()
        panels = [Entry(tr("Panels"), dock.toggleViewAction(), ("Panels", name)) for name, dock in docks]
        languages = [Entry(tr("Language"), one, ("Language", one.text())) for one in self._languages]
        return commands + recent + panels + languages

    def _entry(self, row: ActionRow) -> Entry:
        more = EXAMPLE if row.submenu == "Examples" else WORDS.get(row.id, "")
        menu = " › ".join(filter(None, (menu_title(row.menu), tr(row.submenu))))
        english = (f"{row.menu} {row.submenu}", row.text, f"{row.tip} {more}")
        return Entry(menu, self._actions[row.id], english, tr(more) if more else "")

    def _go_to_panel(self, way: int) -> None:
        """The panels of the workspace in a ring; the one behind or before the one that has the focus."""
        if self._backprop.large.name and not self._workspaces.currentIndex():
            self._show_large(way)
            return
        if self._workspaces.currentIndex() and self._pretraining.is_large:
            self._pretraining.workspace.large.next(way).setFocus(Qt.FocusReason.TabFocusReason)
            return
        stops = self._pretraining.workspace.stops() if self._workspaces.currentIndex() else self._panels.stops()
        panels = [(panel, stop) for panel, stop in (self._reader, *stops) if stop.isVisible()]
        has_focus = [_has_keyboard(panel) for panel, _stop in panels]
        here = has_focus.index(True) if True in has_focus else (-1 if way > 0 else 0)
        panels[(here + way) % len(panels)][1].setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def _reader(self) -> tuple[QWidget, QWidget]:
        return self._lessons, self._lessons.stop

    def _toggle_large(self) -> None:
        """The panel with the keyboard, in the workspace that is shown."""
        large = self._backprop.large
        if self._workspaces.currentIndex():
            self._pretraining.toggle_large()
        else:
            large.toggle(large.name or large.holding(QApplication.focusWidget()))

    def _show_large(self, way: int) -> None:
        """The next panel in place of the one that is large; lessons and timeline, which stay, are in the ring, too."""
        large, timeline = self._backprop.large, self._panels.timeline
        beside = {"": self._reader, BELOW: (timeline, timeline.scrubber)}
        beside = {name: pair for name, pair in beside.items() if pair[1].isVisible()}
        names = [name for name in ("", *large.candidates, BELOW) if name in beside or name in large.candidates]
        here = next((name for name, (panel, _stop) in beside.items() if _has_keyboard(panel)), large.name)
        to = names[(names.index(here) + way) % len(names)]
        if to in beside:
            beside[to][1].setFocus(Qt.FocusReason.TabFocusReason)
            return
        large.show(to)
        self._give_keyboard()

    def _give_keyboard(self) -> None:
        """To the panel that is large; to its title's button where nothing in it takes any."""
        timeline, name = self._panels.timeline, self._backprop.large.name
        stops = [stop for panel, stop in self._panels.stops() if stop.isVisible() and panel is not timeline]
        if not stops and name in self._backprop.docks:
            stops = self._backprop.docks[name].findChildren(QToolButton, f"close_dock_{name}")
        for stop in stops[:1]:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    def _grow(self, along: Qt.Orientation, way: int) -> None:
        """The panel with the keyboard, by some of what lies beside it."""
        focused = QApplication.focusWidget()
        if focused is not None and grow(focused, along, way * theme.current().px(_GROWN_PX)):
            self._backprop.remember_soon()

    def _reset_layout(self) -> None:
        self._backprop.reset_layout()
        self._pretraining.reset_layout()

    def _open_settings(self) -> None:
        SettingsDialog.show_over(self._window, self._applying)

    def _about(self) -> None:
        inform(self._window, lambda: tr("About"), self._about_words)

    def _about_words(self) -> str:
        info = self._session.info
        words = f"{tr('Tensor visualizer')} {version('tensor-visualizer')}"
        if info is not None:
            words += "\n" + tr(
                "torch {torch}, Python {python}, engine process {pid}",
                torch=info.torch_version,
                python=info.python_version,
                pid=info.pid,
            )
        return words


def _has_keyboard(panel: QWidget) -> bool:
    """Whether it has, the dock around it included, whose bar has the panel's head."""
    focused, place = QApplication.focusWidget(), panel.parentWidget()
    if focused is None:
        return False
    whole = place if isinstance(place, QDockWidget) else panel
    return whole is focused or whole.isAncestorOf(focused)

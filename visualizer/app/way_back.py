"""Escape brings the keyboard back from a panel to where it was when a command led it there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class WayBack(QObject):
    """`panels` are those that commands lead to, by the command's name. On the window's thread."""

    changed = Signal()  # there is a way back now, or no longer

    def __init__(self, panels: Mapping[str, QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self._panels = panels
        self._panel: QWidget | None = None
        self._from: QWidget | None = None
        self._was_open = False
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    @property
    def is_open(self) -> bool:
        """Whether the keyboard is in a panel that a command led it to, and its place before is still there."""
        before, here = self._from, QApplication.focusWidget()
        if self._panel is None or before is None or here is None or not isValid(before):
            return False
        return before.isVisible() and self._panel.isAncestorOf(here)

    def noting(self, name: str, command: Callable[[], object]) -> Callable[[], object]:
        """The command, which notes where the keyboard was."""

        def led() -> object:
            here, panel = QApplication.focusWidget(), self._panels[name]
            if here is not None and not panel.isAncestorOf(here):
                self._panel, self._from = panel, here
            done = command()
            self._follow()
            return done

        return led if name in self._panels else command

    def go(self) -> None:
        """Back to it; a command may have to lead there again."""
        before, self._panel, self._from = self._from, None, None
        if before is not None and isValid(before):
            before.setFocus()

    def _follow(self, *_: object) -> None:
        if self.is_open != self._was_open:
            self._was_open = self.is_open
            self.changed.emit()

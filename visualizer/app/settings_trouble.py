"""A settings file that cannot be read or written is said, once: what is chosen holds until the window closes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from engine.shared.language import tr
from visualizer.app.settings import Settings

_REST_MS = 300  # after the last of several changes


class SettingsTrouble(QObject):
    """Looks at once, and after each change of a setting. On the window's thread."""

    def __init__(self, settings: Settings, say: Callable[[Callable[[], str]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._settings, self._say = settings, say
        self._said: set[str] = set()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.look)
        settings.set_on_changed(self._on_changed)
        self.look()

    def _on_changed(self) -> None:
        if isValid(self._rest):  # the settings may outlive the window
            self._rest.start()

    def look(self) -> None:
        """Write what is chosen, and say what stands against that where it was not said before."""
        trouble = self._settings.trouble()
        if trouble and trouble not in self._said:
            self._said.add(trouble)
            self._say(self._unwritable if trouble == "unwritable" else self._damaged)

    def _unwritable(self) -> str:
        name = str(self._settings.file)
        return tr("{file} cannot be written: what you choose holds until the window closes.", file=name)

    def _damaged(self) -> str:
        return tr("{file} is damaged: what cannot be read of it is as at first.", file=str(self._settings.file))

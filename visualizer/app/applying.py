"""What a setting does: it is kept, and holds at once."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtGui import QAction

from engine.protocol.budgets import SetBudgets
from engine.shared.folders import runs_folder
from engine.shared.language import tr
from visualizer.app.actions import choose_keys
from visualizer.app.settings import Settings
from visualizer.app.training_room import TrainingRoom
from visualizer.backprop.program.code_editor import CodeEditor
from visualizer.look import color_maps, motion, theme
from visualizer.look.spoken import Words, use_language
from visualizer.model.engine_process import DEFAULT_COMMAND, EngineProcess


class Applying:
    """On the window's thread."""

    def __init__(
        self,
        settings: Settings,
        engine: EngineProcess,
        actions: Mapping[str, QAction],
        pretraining: TrainingRoom,
        editor: CodeEditor,
        is_presenting: Callable[[], bool],
    ) -> None:
        self.settings, self._engine, self._is_presenting = settings, engine, is_presenting
        self._actions, self._pretraining, self._pairs = actions, pretraining, editor.pairs
        self._pairs.is_on = settings.closes_pairs
        editor.zoomed.connect(self.program_zoom)
        motion.reduce(settings.reduces_motion)
        color_maps.order_signs(settings.orders_signs)
        choose_keys(settings.keys, actions)
        engine.ready.connect(lambda info: engine.send(settings.budgets))

    def theme(self, mode: str) -> None:
        """ "system", "dark" or "light"."""
        self.settings.theme_mode = mode
        theme.current().set_mode(mode)

    def contrast(self, contrast: str) -> None:
        """ "system", "usual" or "high"."""
        self.settings.contrast = contrast
        theme.current().set_contrast(contrast)

    def ordered_signs(self, is_on: bool) -> None:
        """Of gradients: from dark to bright."""
        self.settings.orders_signs = is_on
        color_maps.order_signs(is_on)
        theme.current().changed.emit()

    def scale(self, scale: float) -> None:
        """The size of text, 1.0 at 100 %; in a presentation until that ends."""
        theme.current().set_scale(scale)
        if not self._is_presenting():
            self.settings.scale = theme.current().scale

    def language(self, code: str) -> None:
        """ "pt_BR"."""
        self.settings.language = code
        use_language(code)

    def reduced_motion(self, is_on: bool) -> None:
        """As little as possible."""
        self.settings.reduces_motion = is_on
        motion.reduce(is_on)

    def closed_pairs(self, is_on: bool) -> None:
        """By the editor, as they are typed."""
        self.settings.closes_pairs = self._pairs.is_on = is_on

    def program_zoom(self, steps: int) -> None:
        """As the editor's text is already."""
        self.settings.program_zoom = steps

    def engine_command(self, text: str) -> Words:
        """For the next engine; the words why it is none, `str` where it is one."""
        try:
            command = tuple(shlex.split(text)) or DEFAULT_COMMAND
        except ValueError:
            return lambda: tr("This is no command: a quote in it is not closed.")
        if text and shutil.which(command[0]) is None:
            return lambda: tr("This is no command: there is no program {name}.", name=command[0])
        self._engine.command = command
        self.settings.engine_command_text = text
        return str

    def budgets(self, wanted: SetBudgets) -> None:
        """Of the engine that runs, and of later ones."""
        self.settings.budgets = wanted
        if self._engine.is_alive:
            self._engine.send(wanted)

    def keys(self, keys: Mapping[str, str]) -> None:
        """By the id of an action, in place of the table's."""
        self.settings.keys = dict(keys)
        choose_keys(keys, self._actions)

    def runs_folder(self, path: Path | None) -> None:
        """Where the window lists runs and begins new ones; None for the place of the system."""
        self.settings.runs_folder = path
        self._pretraining.set_root(path or runs_folder())

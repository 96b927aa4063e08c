"""What the window remembers between two starts: each setting's type, default and meaning in one place."""

from __future__ import annotations

import json
import math
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from PySide6.QtCore import QByteArray, QLocale, QSettings

from engine.protocol.budgets import SetBudgets
from engine.protocol.invocation import Invocation
from engine.shared.folders import settings_file
from engine.shared.language import known_language
from engine.shared.stored_json import parsed
from visualizer.backprop.graph.export.choice import ExportChoice, decode_choice, encode_choice
from visualizer.model.engine_process import DEFAULT_COMMAND

MOST_BUDGET = 1 << 40  # bytes, a million MiB
_Kind = TypeVar("_Kind")
_MOST_ZOOM = 100  # steps, of which the editor takes fewer
_SCALES = (0.75, 2.5)
_MOST_RECENT = 10
_MOST_INVOCATIONS = 200
_Place = Annotated[int, msgspec.Meta(ge=0, lt=1 << 31)]  # a line or a column, as Qt counts them
_MOST_CARETS = 100  # programs of which it is known where their cursor stood


class _Store(QSettings):
    """Tells of each change."""

    def __init__(self, file: Path) -> None:
        super().__init__(str(file), QSettings.Format.IniFormat)
        self.on_changed: Callable[[], object] = lambda: None

    def setValue(self, key: str, value: object) -> None:
        super().setValue(key, value)
        self.on_changed()


class Settings:
    """Typed access to the settings file, which is `file`."""

    def __init__(self) -> None:
        self.file = settings_file()
        self._store = _Store(self.file)

    def set_on_changed(self, heard: Callable[[], object]) -> None:
        """Call it after each change."""
        self._store.on_changed = heard

    def trouble(self) -> str:
        """Write what was changed: "unwritable" where that cannot be, "damaged" where the file held what is none of
        settings, else ""."""
        self._store.sync()
        troubles = {QSettings.Status.AccessError: "unwritable", QSettings.Status.FormatError: "damaged"}
        return troubles.get(self._store.status(), "")

    @property
    def theme_mode(self) -> str:
        """ "system", "dark" or "light"."""
        value = self._text("theme_mode", "system")
        return value if value in ("system", "dark", "light") else "system"

    @theme_mode.setter
    def theme_mode(self, mode: str) -> None:
        self._store.setValue("theme_mode", mode)

    @property
    def contrast(self) -> str:
        """ "system", "usual" or "high"."""
        value = self._text("contrast", "system")
        return value if value in ("system", "usual", "high") else "system"

    @contrast.setter
    def contrast(self, contrast: str) -> None:
        self._store.setValue("contrast", contrast)

    @property
    def orders_signs(self) -> bool:
        """Whether gradients are dark below 0 and bright above it."""
        return self._text("orders_signs", "false") == "true"

    @orders_signs.setter
    def orders_signs(self, is_on: bool) -> None:
        self._store.setValue("orders_signs", "true" if is_on else "false")

    @property
    def scale(self) -> float:
        """The size of text, 1.0 at 100 %."""
        try:
            scale = float(self._text("scale", "1"))
        except ValueError:
            return 1.0
        return min(max(scale, _SCALES[0]), _SCALES[1]) if math.isfinite(scale) else 1.0

    @scale.setter
    def scale(self, scale: float) -> None:
        self._store.setValue("scale", scale)

    @property
    def language(self) -> str:
        """ "pt_BR": the chosen one, else the system's, else English."""
        return known_language([self._text("language"), *QLocale.system().uiLanguages()])

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue("language", code)

    @property
    def system_language(self) -> str:
        """What it is as long as nobody chooses one."""
        return known_language(QLocale.system().uiLanguages())

    @property
    def reduces_motion(self) -> bool:
        """Whether nothing moves by itself but what the person plays."""
        return self._text("reduces_motion", "false") == "true"

    @reduces_motion.setter
    def reduces_motion(self, is_on: bool) -> None:
        self._store.setValue("reduces_motion", "true" if is_on else "false")

    @property
    def budgets(self) -> SetBudgets:
        """The memory that the engine may take for what it keeps of a run."""
        first = SetBudgets()
        recorded = self._number("recorded_bytes", first.recorded_bytes, MOST_BUDGET)
        passes = self._number("passes_bytes", first.passes_bytes, MOST_BUDGET)
        return SetBudgets(recorded_bytes=recorded, passes_bytes=passes)

    @budgets.setter
    def budgets(self, wanted: SetBudgets) -> None:
        self._store.setValue("recorded_bytes", wanted.recorded_bytes)
        self._store.setValue("passes_bytes", wanted.passes_bytes)

    @property
    def keys(self) -> dict[str, str]:
        """By the id of an action the keys that the person gave it, "" where it has none."""
        return self._decoded("keys", dict[str, str], {})

    @keys.setter
    def keys(self, keys: Mapping[str, str]) -> None:
        self._keep("keys", dict(keys))

    @property
    def runs_folder(self) -> Path | None:
        """Where training runs lie, None for the place of the system."""
        return self._path("runs_folder")

    @runs_folder.setter
    def runs_folder(self, path: Path | None) -> None:
        self._keep_path("runs_folder", path)

    @property
    def legend(self) -> str:
        """The graph's legend: "open", "folded", "closed", or "" for what its room allows."""
        value = self._text("legend")
        return value if value in ("open", "folded", "closed") else ""

    @legend.setter
    def legend(self, how: str) -> None:
        self._store.setValue("legend", how)

    @property
    def lights_way(self) -> bool:
        """Whether the way of a gradient lights up in the graph."""
        return self._text("lights_way", "true") != "false"

    @lights_way.setter
    def lights_way(self, is_on: bool) -> None:
        self._store.setValue("lights_way", "true" if is_on else "false")

    @property
    def pauses_on_nan(self) -> bool:
        """Whether a program that is stepped is held where a number turns NaN or infinite."""
        return self._text("pauses_on_nan", "true") != "false"

    @pauses_on_nan.setter
    def pauses_on_nan(self, is_on: bool) -> None:
        self._store.setValue("pauses_on_nan", "true" if is_on else "false")

    @property
    def closes_pairs(self) -> bool:
        """Whether the editor puts the other half of a bracket or a quote behind one that is typed."""
        return self._text("closes_pairs", "true") != "false"

    @closes_pairs.setter
    def closes_pairs(self, is_on: bool) -> None:
        self._store.setValue("closes_pairs", "true" if is_on else "false")

    @property
    def export_choice(self) -> ExportChoice:
        """What was chosen of the last export."""
        return decode_choice(self._text("export"))

    @export_choice.setter
    def export_choice(self, choice: ExportChoice) -> None:
        self._store.setValue("export", encode_choice(choice))

    @property
    def workspace(self) -> int:
        """The tab that was in front: 0 is Backprop, 1 is Pretraining."""
        return 1 if self._text("workspace") == "pretraining" else 0

    @workspace.setter
    def workspace(self, index: int) -> None:
        self._store.setValue("workspace", "pretraining" if index else "backprop")

    @property
    def shows_lessons(self) -> bool:
        """Whether the lessons stood beside the panels."""
        return self._text("shows_lessons", "false") == "true"

    @shows_lessons.setter
    def shows_lessons(self, is_shown: bool) -> None:
        self._store.setValue("shows_lessons", "true" if is_shown else "false")

    @property
    def program_zoom(self) -> int:
        """How many steps the text of the program is larger than that of the window."""
        return self._number("program_zoom", 0, _MOST_ZOOM, least=-_MOST_ZOOM)

    @program_zoom.setter
    def program_zoom(self, steps: int) -> None:
        self._store.setValue("program_zoom", steps)

    @property
    def engine_command(self) -> tuple[str, ...]:
        """The command that starts an engine; `ssh gpu-box python -P -m engine serve` makes it a remote one."""
        text = self._text("engine_command")
        try:
            return tuple(shlex.split(text)) or DEFAULT_COMMAND
        except ValueError:  # a quote that nobody closed
            return DEFAULT_COMMAND

    @property
    def engine_command_text(self) -> str:
        """As it was typed, "" for the engine of this installation."""
        return self._text("engine_command")

    @engine_command_text.setter
    def engine_command_text(self, text: str) -> None:
        self._store.setValue("engine_command", text)

    @property
    def last_file(self) -> Path | None:
        """The program that was open when the window closed."""
        return self._path("last_file")

    @last_file.setter
    def last_file(self, path: Path | None) -> None:
        self._keep_path("last_file", path)
        if path is not None:
            self.add_recent(path)

    def add_recent(self, path: Path) -> None:
        """A file that was opened or saved comes first."""
        self.recent_files = [path, *(other for other in self.recent_files if other != path)]

    @property
    def recent_files(self) -> list[Path]:
        """The programs that were opened or saved, the newest first; some may be gone."""
        return [Path(name) for name in self._decoded("recent_files", list[str], [])][:_MOST_RECENT]

    @recent_files.setter
    def recent_files(self, paths: list[Path]) -> None:
        self._keep("recent_files", [str(path) for path in paths[:_MOST_RECENT]])

    def caret(self, path: Path) -> tuple[int, int]:
        """Where the cursor of a program stood last, line and column from 0; the start of one that is not known."""
        return self._carets().get(str(path), (0, 0))

    def set_caret(self, path: Path, place: tuple[int, int]) -> None:
        """Keep that for when it is opened again."""
        others = {other: kept for other, kept in self._carets().items() if other != str(path)}
        kept = dict(list({str(path): place, **others}.items())[:_MOST_CARETS])
        self._keep("carets", kept)

    def _carets(self) -> dict[str, tuple[int, int]]:
        return self._decoded("carets", dict[str, tuple[_Place, _Place]], {})

    def invocation(self, path: Path) -> Invocation | None:
        """How a program was started last that has this file; None where nothing was set for it."""
        return self._invocations().get(str(path))

    def set_invocation(self, path: Path, invocation: Invocation) -> None:
        """Keep that for its next start."""
        others = {other: kept for other, kept in self._invocations().items() if other != str(path)}
        kept = dict(list({str(path): invocation, **others}.items())[:_MOST_INVOCATIONS])
        self._keep("invocations", kept)

    def _invocations(self) -> dict[str, Invocation]:
        return self._decoded("invocations", dict[str, Invocation], {})

    def _text(self, name: str, first: str = "") -> str:
        """As it stands in the file, where a comma that nobody quoted makes several of one; `first` for what is none."""
        value = self._store.value(name, first)
        if isinstance(value, list):
            return ",".join(map(str, value))
        return first if value is None or isinstance(value, QByteArray) else str(value)

    def _decoded(self, name: str, kind: type[_Kind], first: _Kind) -> _Kind:
        """What is kept as JSON; `first` for what is no such value, whatever a hand has made of it."""
        try:
            return msgspec.convert(parsed(self._text(name).encode(errors="replace")), kind)
        except (ValueError, msgspec.ValidationError):
            return first

    def _keep(self, name: str, value: object) -> None:
        """As JSON whose letters are ASCII: the name of a file may have some that no text has."""
        self._store.setValue(name, json.dumps(msgspec.to_builtins(value)))

    def _path(self, name: str) -> Path | None:
        text = self._text(name)
        return Path(self._decoded(name, str, text) if text.startswith('"') else text) if text else None

    def _keep_path(self, name: str, path: Path | None) -> None:
        """As it is, or as JSON where it has letters that no text has: whole paths begin with no quote."""
        text = str(path) if path is not None else ""
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            self._keep(name, text)
        else:
            self._store.setValue(name, text)

    def _number(self, name: str, first: int, most: int, *, least: int = 0) -> int:
        try:
            return min(max(int(self._text(name, str(first))), least), most)
        except ValueError:
            return first

    def state(self, name: str) -> QByteArray | None:
        """A saved geometry or dock layout."""
        value = self._store.value(f"state/{name}")
        return value if isinstance(value, QByteArray) else None

    def set_state(self, name: str, state: QByteArray) -> None:
        """Keep what `state` gives back at the next start."""
        self._store.setValue(f"state/{name}", state)

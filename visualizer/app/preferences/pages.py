"""Every setting but the keys: what it is called, what it is about, and what it does."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from engine.protocol.budgets import SetBudgets
from engine.shared.folders import runs_folder
from engine.shared.language import languages, mark, spoken, tr
from visualizer.app.applying import Applying
from visualizer.app.preferences import rows
from visualizer.app.preferences.keys import KeysPage
from visualizer.app.settings import MOST_BUDGET
from visualizer.look import theme
from visualizer.look.file_dialogs import ask_folder
from visualizer.look.spoken import Words, speak

_MIB = 1 << 20


class Section(NamedTuple):
    """`title` is a marked constant."""

    title: str
    page: rows.RowsPage | KeysPage


def sections(applying: Applying) -> list[Section]:
    """In the order of the dialog, as the settings are now."""
    return [
        Section(mark("Look and language"), rows.RowsPage(_look(applying))),
        Section(mark("Program"), rows.RowsPage([_pairs(applying)])),
        Section(mark("Engine"), rows.RowsPage(_engine(applying))),
        Section(mark("Memory"), rows.RowsPage(_memory(applying))),
        Section(mark("Training runs"), rows.RowsPage([_runs(applying)])),
        Section(mark("Keys"), KeysPage(applying)),
    ]


def _look(applying: Applying) -> list[rows.Row]:
    settings = applying.settings
    return [
        rows.choice(
            "language", mark("Language"), mark("Of menus, panels, lessons and what the engine says."),
            tuple(languages().items()), spoken(), applying.language, first=applying.settings.system_language,
        ),
        rows.choice(
            "theme", mark("Theme"), "",
            (("system", mark("As the system")), ("dark", mark("Dark")), ("light", mark("Light"))),
            settings.theme_mode, applying.theme, first="system",
        ),
        rows.choice(
            "contrast", mark("Contrast"),
            mark("High: white on black or black on white, and an edge around each button."),
            (("system", mark("As the system")), ("usual", mark("Usual")), ("high", mark("High"))),
            settings.contrast, applying.contrast, first="system",
        ),
        rows.switch(
            "signs", mark("Signs without colours"),
            mark("Gradients go from dark below 0 to bright above it, so that they are told apart in grey, too."),
            settings.orders_signs, applying.ordered_signs,
        ),
        rows.number(
            "scale", mark("Text size"), mark("Of everything in the window; also Ctrl++ and Ctrl+−."),
            value=round(100 * theme.current().scale), least=75, most=250, step=25, unit="%", first=100,
            take=lambda percent: applying.scale(percent / 100),
        ),
        rows.switch(
            "motion", mark("Reduce motion"), mark("No blinking cursor, and no menus that fade or slide."),
            settings.reduces_motion, applying.reduced_motion,
        ),
    ]  # fmt: skip


def _pairs(applying: Applying) -> rows.Row:
    return rows.switch(
        "pairs", mark("Close brackets and quotes"),
        mark("The other half stands behind the cursor as one is typed; typing it then only passes it."),
        applying.settings.closes_pairs, applying.closed_pairs, first=True,
    )  # fmt: skip


def _engine(applying: Applying) -> list[rows.Row]:
    command = rows.text(
        "engine_command", mark("Engine command"),
        mark("What starts an engine, in another Python or on another machine; empty for this installation. It holds "
             "from the next start of the engine on."),
        value=applying.settings.engine_command_text, empty=f"{Path(sys.executable).name} -P -m engine serve",
        take=applying.engine_command,
    )  # fmt: skip
    return [command]


def _memory(applying: Applying) -> list[rows.Row]:
    def set_bytes(field: str) -> Callable[[int], None]:
        return lambda mib: applying.budgets(msgspec.structs.replace(applying.settings.budgets, **{field: mib * _MIB}))

    budgets, first = applying.settings.budgets, SetBudgets()
    return [
        rows.number(
            "recorded", mark("Values of operations"),
            mark("How much memory the engine may take for values as they were when an operation ran; the oldest go "
                 "first."),
            value=budgets.recorded_bytes // _MIB, least=16, most=MOST_BUDGET // _MIB, step=256, unit="MiB",
            take=set_bytes("recorded_bytes"), first=first.recorded_bytes // _MIB,
        ),
        rows.number(
            "passes", mark("Earlier passes"),
            mark("How much memory earlier passes of a run may take that can be opened whole."),
            value=budgets.passes_bytes // _MIB, least=0, most=MOST_BUDGET // _MIB, step=64, unit="MiB",
            take=set_bytes("passes_bytes"), first=first.passes_bytes // _MIB,
        ),
    ]  # fmt: skip


def _runs(applying: Applying) -> rows.Row:
    row = rows.text(
        "runs_folder", mark("Folder of runs"),
        mark("Where this window lists training runs and begins new ones; empty for the place of the system."),
        value=str(applying.settings.runs_folder or ""), empty=str(runs_folder()),
        take=lambda text: _set_runs(applying, text),
    )  # fmt: skip
    field = row.editor
    assert isinstance(field, QLineEdit)

    def choose(path: str) -> None:
        field.setText(path)
        row.complain(_set_runs(applying, path))
        row.show_first()

    button = QPushButton(row, objectName="choose_runs_folder")
    speak(button.setText, "Choose folder…")
    button.clicked.connect(lambda: ask_folder(row, lambda: tr("Folder of runs"), choose))
    row.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return row


def _set_runs(applying: Applying, text: str) -> Words:
    path = Path(os.path.expanduser(text)) if text else None
    if path is not None and not os.path.isdir(path):
        return lambda: tr("There is no folder {path}.", path=path)
    if path != applying.settings.runs_folder:
        applying.runs_folder(path)
    return str

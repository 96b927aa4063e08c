"""What a page of a lesson brings up, and where its links lead."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget

from engine.protocol.sentence import Sentence
from engine.runs.config import PRESETS, TOKENIZERS, GPTConfig, RunConfig
from engine.runs.config_rules import RULES
from engine.runs.typed_numbers import why_no_number
from engine.shared.language import tr
from visualizer.app.page_colors import PageColors
from visualizer.app.training_room import TrainingRoom
from visualizer.backprop.inspector.panel import InspectorPanel
from visualizer.backprop.large_panel import MIDDLE
from visualizer.backprop.middle import Middle
from visualizer.backprop.workspace import BackpropWorkspace
from visualizer.lessons.parts import COMMANDS, OF_VARIABLES, cell_of
from visualizer.lessons.reader import LessonReader
from visualizer.look.spoken import Say
from visualizer.model.selection import Selection

_OF_THE_GRAPH = ("fit", "fold_all", "color_norm")  # actions that change what stands in the middle
_FIELDS = frozenset((*RunConfig.__struct_fields__, *GPTConfig.__struct_fields__))
_CHOICES: dict[str, Collection[str]] = {
    "preset": PRESETS,
    "tokenizer": TOKENIZERS,
    "qkv_bias": ("True", "False"),
    "compile": ("True", "False", "None"),
}


class LessonShows:
    """Selects, raises and fills what the commands of a page name; `say` tells what leads nowhere."""

    def __init__(
        self,
        reader: LessonReader,
        *,
        selection: Selection,
        workspaces: QStackedWidget,
        backprop: BackpropWorkspace,
        middle: Middle,
        inspector: InspectorPanel,
        pretraining: TrainingRoom,
        actions: dict[str, QAction],
        colors: PageColors,
        say: Say,
    ) -> None:
        self._reader, self._selection, self._workspaces, self._middle = reader, selection, workspaces, middle
        self._backprop, self._pretraining, self._actions, self._say = backprop, pretraining, actions, say
        self._colors, self._inspector = colors, inspector
        reader.leads = self.leads

    def go_to_program(self) -> None:
        """The workspace in which programs run."""
        self._workspaces.setCurrentIndex(0)

    def leave(self) -> None:
        """What a page has brought up for itself goes with it."""
        self._colors.give_back()

    def leads(self, command: str, argument: str) -> Collection[str] | Sentence | None:
        """None where it shows something, as any name may be a variable of the program; else what would, or why not."""
        if command == "cell" and cell_of(argument) is None:
            return (f"{argument.partition('[')[0]}[0, 1]",)
        if command in OF_VARIABLES:
            return None
        if command == "field":
            return _field_leads(*argument.partition(" ")[::2])
        known: dict[str, Collection[str]] = {"panel": self._backprop.docks, "action": self._actions}
        names = known.get(command, ())
        return None if argument in names else names

    def show_all(self, shown: Iterable[tuple[str, str]]) -> None:
        """Pairs of a command and its argument, in this order."""
        shown = tuple(shown)
        variables = self._backprop.docks["variables"]
        if any(command in OF_VARIABLES for command, _ in shown) and not variables.isHidden():
            variables.raise_()  # the panel of another page may stand before it
        for command, argument in shown:
            self.show(command, argument)

    def show(self, command: str, argument: str) -> None:
        """One of COMMANDS of `visualizer/lessons/parts.py`."""
        if command in (*OF_VARIABLES, "panel"):
            self.go_to_program()
        if command == "variable":
            self._selection.select_variable(argument)
            self._bring_alone(MIDDLE if self._is_in_middle else "inspector")
            self._middle.come_near()
        elif command == "tensor":
            self._selection.select_variable(argument)
            self._show_in_middle(to_tensor=True)
        elif command == "cell" and (cell := cell_of(argument)) is not None:
            self._selection.select_variable(cell[0])
            self._show_in_middle(to_tensor=True)
            self._middle.point_at(*cell)
        elif command == "rule":
            self._selection.select_variable(argument)
            self._backprop.bring("inspector")
            self._inspector.reveal(self._inspector.rule)
        elif command == "panel" and argument in self._backprop.docks:
            self._backprop.bring(argument)
        elif command == "action" and argument in self._actions:
            if argument in _OF_THE_GRAPH:
                self._show_in_middle(to_tensor=False)
            self._colors.choose(self._actions[argument].trigger)
        elif command == "field":
            self._workspaces.setCurrentIndex(1)
            self._pretraining.workspace.set_field(*argument.partition(" ")[::2])
        else:
            self._lead_nowhere(f"{command} {argument}")

    def follow(self, link: str) -> None:
        """`variable:x`, as a link of a page has it."""
        command, _, argument = link.partition(":")
        cell = cell_of(argument) if command == "cell" else None
        name = argument if cell is None else cell[0]
        if command in OF_VARIABLES and not self._selection.has_variable(name):
            self._say(lambda: tr("No variable is called {name}: run the program of the page.", name=name))
        elif command in COMMANDS:
            self.show(command, argument.replace("=", " ", 1) if command == "field" else argument)
        elif command == "page" and self._reader.has_page(argument):
            self._reader.turn(int(argument) - 1 - self._reader.page_number)
        else:
            self._lead_nowhere(link)

    @property
    def _is_in_middle(self) -> bool:
        """Whether what is selected is seen there: as a card, or large."""
        row = self._selection.variable  # one that the graph has not
        return row is None or (row.summary is not None and self._middle.shows_tensor)

    def _show_in_middle(self, *, to_tensor: bool) -> None:
        self._middle.wanted.emit(to_tensor)
        self._bring_alone(MIDDLE)

    def _bring_alone(self, name: str) -> None:
        """What is shown is seen, also where panels come one at a time."""
        if self._backprop.large.is_needed:
            self._backprop.bring(name)

    def _lead_nowhere(self, link: str) -> None:
        self._say(lambda: tr("This link leads nowhere here: {link}", link=link))


def _field_leads(key: str, value: str) -> Collection[str] | Sentence | None:
    """A number that the rule of its field refuses leads there, too: the form says why, as the lesson may want."""
    if key in _CHOICES:
        return None if value.strip() in _CHOICES[key] else tuple(f"{key} {name}" for name in _CHOICES[key])
    if key not in _FIELDS:
        return _FIELDS
    return why_no_number(key, value) if key in RULES else None

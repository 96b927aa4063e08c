"""The menu Edit: the text that has the keyboard, and looking for something in the program, the graph or the runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QStackedWidget

from visualizer.app.text_fields import TextFields
from visualizer.backprop.large_panel import LargePanel
from visualizer.backprop.panels import Panels
from visualizer.backprop.program import lines, typing

_OF_TEXT = ("undo", "redo", "cut", "copy", "paste", "select_all")


class EditCommands:
    """Acts on the field that has the keyboard, else on the program; `workspaces` holds Backprop first."""

    def __init__(
        self,
        fields: TextFields,
        workspaces: QStackedWidget,
        panels: Panels,
        large: LargePanel,
        find_run: Callable[[], object],
    ) -> None:
        self._fields, self._workspaces, self._panels, self._find_run = fields, workspaces, panels, find_run
        self._large = large
        self._is_large_to_find = False  # it is so by itself
        panels.program.find_bar.closed.connect(self._end_finding)

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        editor = self._panels.program.editor
        return {
            **{name: partial(self._fields.do, name) for name in _OF_TEXT},
            "find": self._find,
            "replace": self._replace,
            "find_next": lambda: self._step(1),
            "find_previous": lambda: self._step(-1),
            "comment": editor.toggle_comment,
            "cursor_next": editor.cursors.add_next,
            "cursor_all": editor.cursors.add_all,
            "cursor_above": partial(editor.cursors.add_beside, QTextCursor.MoveOperation.Up),
            "cursor_below": partial(editor.cursors.add_beside, QTextCursor.MoveOperation.Down),
            "lines_up": partial(editor.edit_lines, lines.move_up),
            "lines_down": partial(editor.edit_lines, lines.move_down),
            "lines_twice": partial(editor.edit_lines, lines.duplicate),
            "lines_away": partial(editor.edit_lines, lines.delete),
            "lines_deeper": partial(editor.edit_lines, typing.deepen),
            "lines_shallower": partial(editor.edit_lines, typing.dedent),
            "lines_joined": partial(editor.edit_lines, lines.join),
            "go_to_line": editor.going_to_line.open,
            "definition": editor.navigation.go_to_definition,
            "fold": partial(self._fold, is_folded=True),
            "unfold": partial(self._fold, is_folded=False),
            "fold_blocks": editor.folds.fold_all,
            "unfold_blocks": editor.folds.unfold_all,
            "bracket": editor.navigation.go_to_bracket,
            "rename": editor.renaming.open,
            "line_result": editor.results.choose_at_cursor,
            "describe": editor.hints.ask_at_cursor,
            "parameters": editor.hints.ask_about_call,
        }

    def _find(self) -> None:
        """In the list of runs, in the program while the keyboard is there, else in the graph."""
        if self._workspaces.currentIndex() == 1:
            self._find_run()
        elif self._panels.program.has_editor_focus():
            self._find_in_program(is_replacing=False)
        else:
            self._panels.graph.focus_search()

    def _fold(self, *, is_folded: bool) -> None:
        """A block of the program while the keyboard is there, else the modules of the graph."""
        folds, graph = self._panels.program.editor.folds, self._panels.graph
        if self._panels.program.has_editor_focus():
            (folds.fold_at_cursor if is_folded else folds.unfold_at_cursor)()
        else:
            (graph.fold_all if is_folded else graph.unfold_all)()

    def _replace(self) -> None:
        self._workspaces.setCurrentIndex(0)
        self._find_in_program(is_replacing=True)

    def _find_in_program(self, *, is_replacing: bool) -> None:
        """A panel that has no room for the bar and some lines is large while it is open."""
        program = self._panels.program
        program.searching.open(is_replacing=is_replacing)
        if not program.has_room_to_find() and not self._large.name:
            self._large.show("program")
            self._is_large_to_find = True
            program.find_bar.field.setFocus()

    def _end_finding(self) -> None:
        if self._is_large_to_find and self._large.name == "program":
            self._large.leave()
            self._panels.program.editor.setFocus()
        self._is_large_to_find = False

    def _step(self, way: int) -> None:
        """To what was found in the program while the keyboard is there, else in the graph."""
        if self._panels.program.has_editor_focus():
            self._panels.program.searching.step(way)
        else:
            self._panels.graph.finding.step(way)

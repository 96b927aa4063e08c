"""The experiments by name: one is shown at a time, each can be renamed and removed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from engine.shared.language import tr
from visualizer.look import icons, theme
from visualizer.look.spoken import speak
from visualizer.model.experiments import Experiments

_ID = Qt.ItemDataRole.UserRole
_MOST_ROWS = 6


class WhatIfList(QListWidget):
    """A click or Return shows one, and takes it off again; F2 renames, Delete removes, Ctrl+Z brings back, Esc shows
    none. It changes `experiments` itself."""

    def __init__(self, experiments: Experiments, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("what_if_list")
        speak(self.setAccessibleName, "Experiments")
        speak(self.setToolTip, "Click or Return: show it, or not · F2: rename · Delete: remove · Ctrl+Z: bring back")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self._experiments = experiments
        self.itemClicked.connect(self._turn)
        self.itemChanged.connect(lambda item: experiments.rename(item.data(_ID), item.text()))
        theme.current().changed.connect(self.show_all)

    def show_all(self) -> None:
        """As they are now: the one on screen is checked, those that the pass goes on with say so."""
        experiments, look = self._experiments, theme.current()
        shown, kept = experiments.shown, experiments.kept
        self.blockSignals(True)
        while self.count() > len(experiments.all):
            self.takeItem(self.count() - 1)
        while self.count() < len(experiments.all):
            self.addItem(QListWidgetItem())
        for row, one in enumerate(experiments.all):  # in place: one of them may be the caller
            item = self.item(row)
            item.setData(_ID, one.id)
            item.setText(one.name)
            item.setToolTip(f"{one.words} · {tr('the pass goes on with it')}" if one.id in kept else one.words)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            is_shown = shown is not None and one.id == shown.id
            item.setIcon(icons.icon("eye" if is_shown else "minus", None if is_shown else look.color("line.control")))
            font = look.font(12, 600 if one.id in kept else 400)
            item.setFont(font)
            item.setSizeHint(QSize(0, look.px(26)))
            if is_shown:
                self.setCurrentRow(row)
        self.blockSignals(False)
        self.setFixedHeight(look.px(26) * min(max(self.count(), 1), _MOST_ROWS) + 2)

    def event(self, event: QEvent) -> bool:
        """Keys that the window has a command for, and that mean something here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_leaving = event.key() == Qt.Key.Key_Escape and self._experiments.shown is not None
            if is_leaving or event.matches(QKeySequence.StandardKey.Undo):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if self.state() == QAbstractItemView.State.EditingState:  # the keys of a name that is being written
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._experiments.undo()
        elif event.key() == Qt.Key.Key_Escape and self._experiments.shown is not None:
            self._experiments.show(0)
        elif item is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._experiments.remove(item.data(_ID))
        elif item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._turn(item)
        else:
            super().keyPressEvent(event)

    def _turn(self, item: QListWidgetItem) -> None:
        shown = self._experiments.shown
        self._experiments.show(0 if shown is not None and shown.id == item.data(_ID) else item.data(_ID))

"""Where the Pretraining workspace stands in the window; it is made when somebody first goes there or asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualizer.app.training_import import TrainingImport

if TYPE_CHECKING:
    from visualizer.pretraining.workspace import PretrainingWorkspace


class TrainingRoom(QWidget):
    """A page of the window's stack. Until the workspace is made it keeps what the workspace is to begin with.

    Its plots take a third of the time in which the window would otherwise come onto the screen.
    """

    status = Signal(object)  # as those of the workspace
    said_again = Signal()
    state_changed = Signal()

    def __init__(self, parent: QWidget, *, root: Path | None) -> None:
        super().__init__(parent)
        self.setObjectName("training_room")
        self._root = root
        self._devices: tuple[str, ...] = ("cpu",)
        self._columns: QByteArray | None = None
        self._made: PretrainingWorkspace | None = None
        self._import = TrainingImport(self)
        self._is_presented = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    @property
    def workspace(self) -> PretrainingWorkspace:
        """The workspace, made now where it was not."""
        if self._made is None:
            self._made = self._make()
        return self._made

    @property
    def is_training(self) -> bool:
        """Whether the shown run has a trainer that can be paused and stopped."""
        return self._made is not None and self._made.is_training

    def load(self) -> None:
        """Import what the workspace is made of in the next turns, so that going there takes a blink."""
        self._import.begin()

    def set_root(self, root: Path) -> None:
        """List the runs of another folder, and begin new ones there."""
        self._root = root
        if self._made is not None:
            self._made.set_root(root)

    def set_devices(self, devices: tuple[str, ...]) -> None:
        """Offer what this machine has, as its engine says."""
        self._devices = devices
        if self._made is not None:
            self._made.set_devices(devices)

    def restore_layout(self, columns: QByteArray | None) -> None:
        """The widths and heights of the panels as `save_layout` gave them; without any, those of a first start."""
        self._columns = columns
        if self._made is not None:
            self._made.restore_layout(columns)

    def save_layout(self) -> QByteArray | None:
        """As the panels stand, or as they are to."""
        return self._columns if self._made is None else self._made.save_layout()

    def reset_layout(self) -> None:
        """The panels back to their first sizes."""
        self._columns = None
        if self._made is not None:
            self._made.reset_layout()

    @property
    def is_large(self) -> bool:
        """Whether one column has all the room."""
        return self._made is not None and self._made.large.is_on

    def toggle_large(self) -> None:
        """The column with the keyboard alone, or all of them again."""
        self.workspace.large.toggle_focused()

    def present(self, *, is_on: bool) -> None:
        """All the room for the plots, or for every panel again."""
        self._is_presented = is_on
        if self._made is not None:
            self._made.present(is_on=is_on)

    def close(self) -> bool:
        """End the threads; runs go on."""
        self._import.stop()
        if self._made is not None:
            self._made.close()
        return super().close()

    def showEvent(self, event: QShowEvent) -> None:
        _ = self.workspace
        super().showEvent(event)

    def _make(self) -> PretrainingWorkspace:
        workspace: PretrainingWorkspace = self._import.end().PretrainingWorkspace(self, root=self._root)
        self.layout().addWidget(workspace)
        workspace.show()  # now, where a layout would have it shown by the next turn
        workspace.set_devices(self._devices)
        workspace.restore_layout(self._columns)
        workspace.present(is_on=self._is_presented)
        workspace.status.connect(self.status)
        workspace.said_again.connect(self.said_again)
        workspace.state_changed.connect(self.state_changed)
        return workspace

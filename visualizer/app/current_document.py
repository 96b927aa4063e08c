"""The program in the editor and its file: whether they differ, what it is called, and the copy kept against a crash."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.shared.language import tr
from visualizer.app.disk_watch import DiskWatch
from visualizer.app.documents import Document, stamp
from visualizer.app.settings import Settings
from visualizer.app.unsaved import Unsaved
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.look import spoken


class CurrentDocument(QObject):
    """Of one window, on its thread. What a run of another document left is nobody's, which `replaced` says."""

    replaced = Signal()  # another document is in the editor
    page_edited = Signal(str)  # the program of a lesson's page, which is kept there
    disk_changed = Signal()  # its file has changed there, now and then for nothing

    def __init__(self, window: QWidget, program: ProgramPanel, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._program, self._settings = window, program, settings
        self.unsaved = Unsaved(self, lambda: (self.document.path, program.text()) if self.is_modified else None)
        self.unsaved.failed.connect(program.status)
        self.document = Document()
        self.is_page_after_page = False  # of a lesson: what ran before needs no engine of its own
        program.text_changed.connect(self._on_text)
        self._disk = DiskWatch(window)
        self._disk.changed.connect(self.disk_changed)
        spoken.current().changed.connect(self.refresh_name)

    @property
    def is_modified(self) -> bool:
        """Whether the text in the editor is another than the one in the file."""
        return self._program.text() != self.document.saved_text

    @property
    def is_unsaved(self) -> bool:
        """Whether a text would be lost that the person may want. An unsaved example counts as saved."""
        return self.is_modified and bool(self._program.text().strip())

    def show(self, document: Document, text: str) -> None:
        """Another document, with this text; what was unsaved of the one before is given up."""
        self.is_page_after_page = None not in (document.page, self.document.page)
        self.keep_caret()
        self.document = document
        self.unsaved.forget()
        if document.page is None:
            self._settings.last_file = document.path
        self.watch()
        self._program.set_text(text)
        if document.path is not None:
            self._program.put_caret(self._settings.caret(document.path))
        self.refresh_name()
        self.replaced.emit()

    def keep_caret(self) -> None:
        """Before it goes: opened again, its cursor stands where it stands now."""
        if self.document.path is not None:
            self._settings.set_caret(self.document.path, self._program.caret)

    def forget(self) -> None:
        """Give the unsaved text up."""
        self.document.saved_text = self._program.text()
        self.unsaved.forget()

    def watch(self) -> None:
        """What is on the disk now is what the editor knows of it."""
        document = self.document
        document.stamp = stamp(document.path) if document.path is not None else None
        self._disk.follow(document.path)

    def has_left_its_file(self, stamp_before: tuple[int, int] | None) -> None:
        """The file is gone, or no program (it is then known as it was before): the text is in no file."""
        self.document.saved_text, self.document.stamp = None, stamp_before
        self.unsaved.changed()
        self.refresh_name()

    def refresh_name(self) -> None:
        """In the panel and at the head of the window."""
        title, is_modified = self.document.title, self.is_modified
        self._program.set_name(title, is_modified=is_modified)
        self._window.setWindowTitle(f"{'• ' if is_modified else ''}{title} — {tr('Tensor visualizer')}")

    def _on_text(self) -> None:
        if self.document.page is not None and self.is_modified:
            self.document.saved_text = self._program.text()
            self.page_edited.emit(self.document.saved_text)
        self.refresh_name()
        self.unsaved.changed()

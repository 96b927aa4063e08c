"""One Pretraining workspace for the tests of a file, put back to its start before each of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QRegularExpression
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget

from engine.runs.config import PRESETS
from engine.shared.language import spoken
from tests.visualizer.window import until
from visualizer.look.focus_ring import FocusRing
from visualizer.look.spoken import use_language
from visualizer.pretraining.form.form_model import to_text
from visualizer.pretraining.workspace import PretrainingWorkspace


class KeptForm:
    """The workspace, and how it was when it had opened."""

    def __init__(self, root: Path) -> None:
        self.workspace = PretrainingWorkspace(root=root)
        self.workspace.resize(1440, 900)
        self.workspace.show()
        self._wait()
        self._language = spoken()
        self._first = self._shown()
        self._n_widgets = self._count()

    @contextmanager
    def as_it_opens(self) -> Iterator[PretrainingWorkspace]:
        """In the language that is spoken; at the end nothing has been added to it."""
        language = spoken()
        use_language(self._language)
        self.workspace.resize(1440, 900)
        self.workspace.form._more.setChecked(False)
        for field in self.workspace.prompts.findChildren(QLineEdit):
            field.setText(self._first[field.objectName()])
        self.workspace.draft.fill(to_text(PRESETS["nano"]))
        self._wait()
        assert self._shown() == self._first
        use_language(language)
        yield self.workspace
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert self._count() == self._n_widgets

    def close(self) -> None:
        self.workspace.close()
        self.workspace.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _count(self) -> int:
        """But for the frames of the keyboard, which are made where it first comes and are there or not as other tests
        of the process have asked for them."""
        return sum(not isinstance(each, FocusRing) for each in self.workspace.findChildren(QWidget))

    def _wait(self) -> None:
        until(lambda: self.workspace.draft.config == PRESETS["nano"], "the corpus is read")

    def _shown(self) -> dict[str, str]:
        """What stands in every field, and what is said under it."""
        fields = {field.objectName(): field.text() for field in self.workspace.findChildren(QLineEdit)}
        choices = {box.objectName(): box.currentText() for box in self.workspace.findChildren(QComboBox)}
        said = self.workspace.findChildren(QLabel, QRegularExpression("^(error|warning)_"))
        return fields | choices | {label.objectName(): label.text() for label in said}

"""What can be done with the checkpoint that is chosen on the axis."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from engine.shared.language import mark
from visualizer.look import theme
from visualizer.look.flow_layout import FlowWidget
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import speak, speak_by
from visualizer.pretraining.plots.checkpoint_marks import CheckpointMarks


class CheckpointBar(FlowWidget):
    """There while one is chosen: its words, and a button for each thing to do with it."""

    branch_wanted = Signal(int)  # the step of the checkpoint
    weights_wanted = Signal(int)
    ask_wanted = Signal(int)

    def __init__(self, marks: CheckpointMarks) -> None:
        super().__init__()
        self.setObjectName("checkpoint_bar")
        self.marks = marks
        self.words = ElidedLabel(12, "text.primary", parent=self)
        self.words.setObjectName("checkpoint_words")
        self.branch = self._button("branch_here", mark("Branch…"), mark("A new run that begins with these weights"))
        self.weights = self._button(
            "export_here", mark("Export weights…"), mark("These weights as a Hugging Face folder")
        )
        self.ask = self._button("ask_here", mark("Ask…"), mark("Have a prompt answered by these weights"))
        self._leave = self._button("leave_checkpoint", mark("Leave"), mark("Choose no checkpoint (Esc)"))
        self.branch.clicked.connect(lambda: self._tell(self.branch_wanted))
        self.weights.clicked.connect(lambda: self._tell(self.weights_wanted))
        self.ask.clicked.connect(lambda: self._tell(self.ask_wanted))
        self._leave.clicked.connect(lambda: marks.choose(None))
        marks.chosen_changed.connect(self._show)
        self.flow.setSpacing(theme.current().px(8))
        for widget in (self.words, self.branch, self.weights, self.ask, self._leave):
            self.flow.addWidget(widget)
        self._show()

    def _show(self) -> None:
        one = self.marks.chosen
        self.setVisible(one is not None)
        speak_by(self.words.set_text, lambda: "" if one is None else self.marks.words(one))
        self.updateGeometry()

    def _tell(self, signal: object) -> None:
        if self.marks.chosen is not None:
            signal.emit(self.marks.chosen.progress.step)  # type: ignore[attr-defined]

    def _button(self, name: str, words: str, tip: str) -> QPushButton:
        button = QPushButton(self, objectName=name)
        speak(button.setText, words)
        speak(button.setToolTip, tip)
        button.setProperty("kind", "link")
        return button

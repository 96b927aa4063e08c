"""The middle of the Pretraining workspace: the plots, or a prompt and its answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from engine.shared.language import mark, tr
from visualizer.look.labels import Hairline
from visualizer.look.spoken import say_again

PLOTS, PROMPT = 0, 1


class Centre(QWidget):
    """Pages under a bar that names them."""

    def __init__(self, plots: QWidget, prompts: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar = QTabBar(self, objectName="centre_pages")
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideRight)
        self._stack = QStackedWidget(self)
        self._pages: list[tuple[int, str, str]] = []  # place, title and what is said of it
        for page, (words, tip) in zip(
            (plots, prompts),
            (
                (mark("Plots"), mark("How the run learns")),
                (mark("Ask the model"), mark("Have a prompt answered by the run's weights, or others")),
            ),
            strict=True,
        ):
            place = self._stack.addWidget(page)
            self.bar.addTab("")
            self._pages.append((place, words, tip))
        say_again(self.bar, self._say)
        self.bar.currentChanged.connect(self._stack.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(Hairline(self))
        column.addWidget(self._stack, 1)

    def _say(self) -> None:
        for place, words, tip in self._pages:
            self.bar.setTabText(place, tr(words))
            self.bar.setTabToolTip(place, tr(tip))

    @property
    def page(self) -> int:
        """PLOTS or PROMPT."""
        return self._stack.currentIndex()

    def show_page(self, page: int) -> None:
        """PLOTS or PROMPT."""
        self.bar.setCurrentIndex(page)

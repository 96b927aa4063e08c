"""All settings in one dialog: a line to search in, sections, and rows that hold at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from engine.shared.language import grouped, mark, tr
from visualizer.app.applying import Applying
from visualizer.app.preferences.pages import sections
from visualizer.look import theme
from visualizer.look.bare import bare
from visualizer.look.search_field import SearchField
from visualizer.look.spoken import say_again, speak, speak_by

_NOTHING = mark("No setting has “{text}” in its name. Esc in the search shows all.")


class SettingsDialog(QDialog):
    """There is no button to confirm: what is set holds, and Escape closes."""

    def __init__(self, parent: QWidget, applying: Applying) -> None:
        super().__init__(parent)
        self.setObjectName("settings_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        speak(self.setWindowTitle, "Settings")
        self.sections = sections(applying)
        self._n_found = 0  # rows in which every word of the search stands
        self.search = SearchField(self)
        self.search.setObjectName("settings_search")
        speak(self.search.setPlaceholderText, "Search the settings")
        speak(self.search.setAccessibleName, "Search the settings")
        self.list = QListWidget(self, objectName="settings_sections")
        speak(self.list.setAccessibleName, "Sections of the settings")
        self.list.addItems([""] * len(self.sections))
        say_again(self.list, self._say_sections)
        self.pages = QStackedWidget(self)
        for section in self.sections:
            self.pages.addWidget(section.page)
            speak(section.page.setAccessibleName, section.title)
        self.nothing = QLabel(self, objectName="settings_nothing", alignment=Qt.AlignmentFlag.AlignTop)
        self.nothing.setProperty("role", "secondary")
        self.pages.addWidget(self.nothing)
        self._build()
        self.list.currentRowChanged.connect(self._go)
        self.list.setCurrentRow(0)
        self.search.textChanged.connect(self._find)
        self.search.tell(self._found_words)
        self.search.left.connect(self.list.setFocus)
        self.search.installEventFilter(self)
        theme.current().changed.connect(self._dress)
        self._dress()

    @classmethod
    def show_over(cls, window: QWidget, applying: Applying) -> None:
        """Open it, or bring the one that is open to the front."""
        there = window.findChild(cls)
        dialog = there if there is not None else cls(window, applying)
        dialog.show()
        dialog.activateWindow()
        dialog.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape in a search for nothing closes; what is looked for it takes away."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.search and is_key and event.key() == Qt.Key.Key_Escape and not self.search.text():  # type: ignore[attr-defined]
            self.reject()
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        below = QHBoxLayout()
        below.addWidget(self.list)
        below.addWidget(self.pages, 1)
        self._below, self._outer = below, QVBoxLayout(self)
        self._outer.addWidget(self.search)
        self._outer.addLayout(below, 1)

    def _found_words(self) -> str:
        """For who does not see the rows: how many there are, and in which sections."""
        here = [self.list.item(place) for place in range(self.list.count())]
        sections = ", ".join(item.text() for item in here if not item.isHidden())
        return f"{tr('{count} found', count=grouped(self._n_found))}: {sections}" if sections else self.nothing.text()

    def _find(self, text: str) -> None:
        """Show what has every word of the text, in the first section that has any."""
        words = bare(text).split()
        counts = [section.page.find(words) for section in self.sections]
        for place, n_found in enumerate(counts):
            self.list.item(place).setHidden(not n_found)
        self._n_found, here = sum(counts), self.list.currentRow()
        found = [place for place, n_found in enumerate(counts) if n_found]
        if found and here not in found:
            self.list.setCurrentRow(found[0])
        speak_by(self.nothing.setText, lambda: tr(_NOTHING, text=text))
        self.pages.setCurrentIndex(self.list.currentRow() if found else len(self.sections))

    def _go(self, place: int) -> None:
        """To a section."""
        if place >= 0:
            self.pages.setCurrentIndex(place)

    def _say_sections(self) -> None:
        for place, section in enumerate(self.sections):
            self.list.item(place).setText(tr(section.title))
        self._fit_list()

    def _fit_list(self) -> None:
        """As wide as its words: in large letters the page needs the rest."""
        margin = theme.current().px(12)
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + 2 * self.list.spacing() + margin)

    def _dress(self) -> None:
        look = theme.current()
        self._outer.setContentsMargins(*(look.px(12),) * 4)
        self._outer.setSpacing(look.px(12))
        self._below.setSpacing(look.px(16))
        self.list.setFont(look.font(12.5))
        self.list.setSpacing(look.px(3))
        self._fit_list()
        parent = self.parentWidget()
        room = parent.size() if parent is not None else self.size()
        self.resize(min(look.px(800), room.width() - 40), min(look.px(560), room.height() - 40))

"""What a program did that it does not say itself, and why the pass that is held will fail, under its text."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from engine.protocol.program_values import Notice
from engine.protocol.source import Source
from engine.shared.language import grouped, said, tr
from visualizer.look import icons, spoken, theme
from visualizer.look.scrolling_text import ScrollingRows
from visualizer.look.spoken import speak
from visualizer.look.style_sheet import wear

_MOST = 3  # that are shown at once
_MOST_LINES = 12  # of them, before they scroll


class NoticeBar(QFrame):
    """One sentence for each notice, with a link to its line. Emits `place_clicked(Source)`."""

    place_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice_bar")
        self._notices: tuple[Notice, ...] = ()
        self._marked_title = ""
        self._title = QLabel(self, objectName="notice_title")
        self._close = QToolButton(self, objectName="notice_close")
        speak(self._close.setToolTip, "Close")
        speak(self._close.setAccessibleName, "Close the notices")
        self._close.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        inner = QWidget(self)
        self._rows = [self._make_row(inner, number) for number in range(_MOST)]
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 10)
        column.setSpacing(4)
        column.addLayout(head)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for place, text in self._rows:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(text, 1)
            rows.addLayout(row)
        self._scroll = ScrollingRows(inner, _MOST_LINES, self)
        speak(self._scroll.setAccessibleName, "What the program did")
        column.addWidget(self._scroll)
        theme.current().changed.connect(self._dress)
        spoken.current().changed.connect(self._say)
        self._dress()
        self.hide()

    def _make_row(self, parent: QWidget, number: int) -> tuple[QPushButton, QLabel]:
        place = QPushButton(parent, objectName=f"notice_place_{number}")
        place.setProperty("kind", "link")
        place.clicked.connect(partial(self._go, number))
        text = QLabel(parent, objectName=f"notice_text_{number}")
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return place, text

    def show_notices(self, notices: tuple[Notice, ...], title: str) -> None:
        """Show these, the first of many; none hides the bar. `title` is a marked constant."""
        self._notices, self._marked_title = notices, title
        self.setVisible(bool(notices))
        self._say()

    def _say(self) -> None:
        notices, title = self._notices, self._marked_title
        total = grouped(len(notices))
        more = tr("{title}, {shown} of {total}", title=tr(title), shown=_MOST, total=total)
        self._title.setText(more if len(notices) > _MOST else tr(title))
        for number, (place, text) in enumerate(self._rows):
            notice = notices[number] if number < len(notices) else None
            source = notice.place if notice is not None else None
            text.setVisible(notice is not None)
            text.setText(said(notice.said) if notice is not None else "")
            place.setVisible(source is not None)
            place.setText(tr("line {line}", line=source.line) if source is not None else "")

    @property
    def sentences(self) -> list[str]:
        """What is said, nothing while hidden."""
        return [] if self.isHidden() else [said(notice.said) for notice in self._notices[:_MOST]]

    def _go(self, number: int) -> None:
        place: Source | None = self._notices[number].place
        if place is not None:
            self.place_clicked.emit(place)

    def _dress(self) -> None:
        look = theme.current()
        self._title.setFont(look.font(12, 600))
        wear(self._title, f"color: {look.color('warn.text').name()};")
        for _, text in self._rows:
            text.setFont(look.font(12))
        self._close.setIcon(icons.icon("close", size=12))
        self._close.setIconSize(QSize(look.px(12), look.px(12)))
        wear(self, f"QFrame#notice_bar {{ background: {look.color('warn.tint').name()}; }}")

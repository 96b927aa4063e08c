"""Markdown as it is read: as tall as its text, in the fonts and colours of the theme, its links to be clicked."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from visualizer.lessons import pictures
from visualizer.lessons.ties import tied
from visualizer.look import theme
from visualizer.look.highlighter import PythonHighlighter
from visualizer.look.spoken import speak

_LINE_HEIGHT = 145  # per cent
_GOES_ON = 4  # columns that the rest of a line of code is further in


class Prose(QTextBrowser):
    """`followed(link)`: a link as it is written, "variable:W". Takes the keyboard only where it has links."""

    followed = Signal(str)

    def __init__(self, markdown: str, folder: Path, parent: QWidget | None = None, *, px: float = 13.5) -> None:
        super().__init__(parent)
        self._markdown, self._folder, self._px = markdown, folder, px
        self.setProperty("kind", "prose")
        self.setSearchPaths([str(folder)])
        self.setOpenLinks(False)
        speak(self.setAccessibleName, "Text of the lesson")
        self.anchorClicked.connect(lambda url: self.followed.emit(QUrl.fromPercentEncoding(url.toEncoded())))
        _as_tall_as_its_text(self)
        if "](" not in markdown:
            self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.dress()

    def dress(self) -> None:
        """In the theme as it is now."""
        look = theme.current()
        document = self.document()
        document.setDocumentMargin(0)
        document.setDefaultFont(look.font(self._px))
        document.setIndentWidth(look.px(18))
        document.setMarkdown(tied(pictures.readable(self._markdown, self._folder)))
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress_table(frame)
        block = document.begin()
        while block.isValid():
            self._dress_block(block, is_first=block == document.begin())
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _keep_code_whole(frame, self._px)
        self._fit_pictures()
        _fit(self)

    def _fit_pictures(self) -> None:
        if "![" in self._markdown:
            pictures.fit(self.document(), self._folder, self.viewport().width())

    def _dress_block(self, block: QTextBlock, *, is_first: bool) -> None:
        look, cursor = theme.current(), QTextCursor(block)
        form = QTextBlockFormat(block.blockFormat())
        is_code = bool(form.property(QTextBlockFormat.Property.BlockCodeFence)) or form.hasProperty(
            QTextBlockFormat.Property.BlockCodeLanguage
        )
        form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if not is_code:
            is_first = is_first or any(
                frame.firstPosition() <= block.position() <= frame.lastPosition()
                for frame in self.document().rootFrame().childFrames()
            )
            form.setTopMargin(0 if is_first else look.px(4 if block.textList() is not None else 9))
            form.setBottomMargin(0)
        cursor.setBlockFormat(form)
        for start, length, kinds in _fragments(block):
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(_dressed(self._px, kinds))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()
        _fit(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(80), self.height())


class Code(QTextBrowser):
    """Python that is read and copied, whole: as tall as its lines are many. A line that is wider goes on below, further
    in than it began."""

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "prose")
        _as_tall_as_its_text(self)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setPlainText(code)
        speak(self.setAccessibleName, "Program of the page")
        PythonHighlighter(self.document())
        self.dress()

    def dress(self) -> None:
        """In the theme as it is now."""
        self.document().setDocumentMargin(0)
        self.document().setDefaultFont(theme.current().mono(12.5))
        self._n_columns = 0
        self._hang()

    def _hang(self) -> None:
        """Where the rest of each line begins: never so far in that little room is left."""
        column = QFontMetricsF(self.document().defaultFont()).horizontalAdvance(" ")
        n_columns = max(int(self.viewport().width() / column), 1)
        if n_columns != self._n_columns:
            self._n_columns = n_columns
            block = self.document().begin()
            while block.isValid():
                indent = len(block.text()) - len(block.text().lstrip()) + _GOES_ON
                indent = min(indent, max(n_columns // 2, _GOES_ON))
                form = QTextBlockFormat(block.blockFormat())
                form.setLeftMargin(indent * column)
                form.setTextIndent(-indent * column)
                QTextCursor(block).setBlockFormat(form)
                block = block.next()
        _fit(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hang()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(80), self.height())


def _as_tall_as_its_text(view: QTextBrowser) -> None:
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.viewport().setAutoFillBackground(False)


def _fit(view: QTextBrowser) -> None:
    bar = view.horizontalScrollBar()
    extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
    height = math.ceil(view.document().size().height()) + extra
    if height != view.height():
        view.setFixedHeight(max(height, math.ceil(QFontMetricsF(view.font()).height())))


def _dress_table(table: QTextTable) -> None:
    look, form = theme.current(), QTextTableFormat(table.format())
    form.setBorderCollapse(True)
    form.setBorder(1)
    form.setBorderBrush(look.color("line.default"))
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setCellPadding(look.px(5))
    form.setCellSpacing(0)
    form.setTopMargin(look.px(9))
    table.setFormat(form)
    _mend_head(table)


def _mend_head(table: QTextTable) -> None:
    """Behind a quotation Qt begins a table with an empty paragraph, and takes its first head for a cell like others."""
    cell = table.cellAt(0, 0)
    first = cell.firstCursorPosition()
    if not first.block().text() and first.position() < cell.lastCursorPosition().position():
        first.deleteChar()
        first.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        first.mergeCharFormat(bold)


def _keep_code_whole(table: QTextTable, px: float) -> None:
    """A column of code is as wide as that, where Qt would break it at any letter; words make way."""
    metrics, widths = QFontMetricsF(theme.current().mono(px - 1)), [0.0] * table.columns()
    around = 2 * (table.format().cellPadding() + table.format().border())
    for row in range(1, table.rows()):
        for column in range(table.columns()):
            block = table.cellAt(row, column).firstCursorPosition().block()
            if block.text() and all("code" in kinds for _start, _length, kinds in _fragments(block)):
                widths[column] = max(widths[column], metrics.horizontalAdvance(block.text()) + around)
    form = QTextTableFormat(table.format())
    fixed, free = QTextLength.Type.FixedLength, QTextLength.Type.VariableLength
    form.setColumnWidthConstraints([QTextLength(fixed if width else free, math.ceil(width)) for width in widths])
    table.setFormat(form)


def _fragments(block: QTextBlock) -> list[tuple[int, int, set[str]]]:
    """Start, length, and what it is of "code", "link" and "strong": read before any of them is changed."""
    found = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        form = fragment.charFormat()
        is_strong = form.fontWeight() > QFont.Weight.Medium
        kinds = {"code": form.fontFixedPitch(), "link": form.isAnchor(), "strong": is_strong}
        found.append((fragment.position(), fragment.length(), {kind for kind, holds in kinds.items() if holds}))
        iterator += 1
    return found


def _dressed(px: float, kinds: set[str]) -> QTextCharFormat:
    look, form = theme.current(), QTextCharFormat()
    only_these = QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesSpecifiedOnly
    if "code" in kinds:
        form.setFont(look.mono(px - 1), only_these)
        form.setForeground(look.color("syntax.string"))
    if "link" in kinds:
        form.setForeground(look.color("accent.text"))
        form.setFontUnderline(True)
    if "strong" in kinds:  # the heaviest that the fonts have: of any more Qt makes a smeared one of its own
        form.setFontWeight(QFont.Weight.DemiBold)
    return form

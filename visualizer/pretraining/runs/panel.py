"""The list of runs: name and state, a small curve, the validation loss, and a box to lay a run over the plot."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.shared.language import grouped, mark, tr
from visualizer.look import icons, theme
from visualizer.look.empty_words import EmptyWords
from visualizer.look.entering import choosing_nothing
from visualizer.look.reading_order import tab_as_read
from visualizer.look.shrinking_button import ShrinkingButton
from visualizer.look.spoken import current, speak
from visualizer.pretraining.run_view import LIVE, RESUMABLE, UNREADABLE, RunRow
from visualizer.pretraining.runs.finder import RunFinder
from visualizer.pretraining.runs.order import arranged
from visualizer.pretraining.runs.row_delegate import ROW, Index, RunDelegate, box_of
from visualizer.pretraining.runs.row_losses import validations

_NOT_FOUND = mark("No run has “{text}” in its name or state. Esc in the search shows all.")
_NONE = mark("No runs yet. Choose a preset and press Start.")


class TrainingRuns(QWidget):
    """Shows RunRows. A run is named by the path of its folder."""

    run_selected = Signal(object)  # Path
    overlay_wanted = Signal(object, bool)  # Path, whether it is to be laid over the plot
    resume_wanted = Signal(object)
    change_wanted = Signal(object)
    branch_wanted = Signal(object)
    reveal_wanted = Signal(object)
    copy_path_wanted = Signal(object)
    export_wanted = Signal(object)
    ask_wanted = Signal(object)
    rename_wanted = Signal(object)
    delete_wanted = Signal(object)
    open_wanted = Signal()
    new_wanted = Signal()  # back to the form as it was left

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_runs")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = _RunsModel(self)
        self.view = _RunsView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(RunDelegate(self.view))
        self.view.box_clicked.connect(self._toggle)
        self.view.rename_pressed.connect(lambda index: self.rename_wanted.emit(index.data(ROW).path))
        self.view.delete_pressed.connect(self._delete)
        self.finder = RunFinder(self)
        self.finder.changed.connect(self._list)
        self.finder.left.connect(self.view.setFocus)
        self._rows: tuple[RunRow, ...] = ()
        self._selected: Path | None = None
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.selectionModel().currentChanged.connect(self._tell_selection)
        self._count = QLabel(self, objectName="runs_count")
        self._count.setProperty("role", "caption")
        self._empty = EmptyWords(_NONE, self, name="runs_empty")
        self._open = ShrinkingButton(mark("Open other run folder…"), self, objectName="open_run_folder")
        self._open.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # it gives way
        self._open.setProperty("kind", "link")
        speak(self._open.setToolTip, "Open other run folder…")
        self._open.clicked.connect(self.open_wanted)
        self.new_button = QPushButton(self, objectName="new_run")
        self.new_button.setProperty("kind", "link")
        speak(self.new_button.setText, "New run")
        speak(self.new_button.setToolTip, "Back to the form as you left it")
        self.new_button.clicked.connect(self.new_wanted)
        self._is_quiet = False
        self._build()
        self.finder.search.tell(lambda: self._empty.text() if self.view.isHidden() else self._count.text())
        theme.current().changed.connect(self._dress)
        current().changed.connect(self._list)
        self._dress()
        self.show_rows((), None)

    def show_rows(self, rows: tuple[RunRow, ...], selected: Path | None) -> None:
        """The runs, newest first, and which of them is shown."""
        self._rows, self._selected = rows, selected
        self._list()

    def _list(self) -> None:
        finder, selected, n_rows = self.finder, self._selected, len(self._rows)
        text = finder.search.text()
        rows = arranged(self._rows, text, finder.order.currentData(), is_reversed=finder.direction.isChecked())
        self._is_quiet = True
        self.model.set_rows(rows)
        place = next((i for i, row in enumerate(rows) if row.path == selected), -1)
        index = self.model.index(place) if place >= 0 else QModelIndex()
        if self.view.currentIndex() != index:
            self.view.setCurrentIndex(index)
        if place < 0:
            self.view.clearSelection()
        self.new_button.setVisible(selected is not None)
        self._is_quiet = False
        some = tr("{n} of {all}", n=grouped(len(rows)), all=grouped(n_rows))
        self._count.setText("" if not n_rows else grouped(n_rows) if len(rows) == n_rows else some)
        self._empty.setText(tr(_NOT_FOUND, text=text) if n_rows else tr(_NONE))
        self._empty.setVisible(not rows)
        self.view.setVisible(bool(rows))
        finder.setVisible(n_rows > 1 or bool(text))

    def focus_search(self) -> None:
        """The keyboard into the line that is searched by."""
        self.finder.search.setFocus()
        self.finder.search.selectAll()

    def _dress(self) -> None:
        look = theme.current()
        self._open.setIcon(icons.icon("folder", look.color("accent.text"), 14))
        self._open.setIconSize(QSize(look.px(14), look.px(14)))
        self.view.setMinimumHeight(self.view.itemDelegate().row_height())
        self.view.doItemsLayout()

    def _tell_selection(self, index: QModelIndex) -> None:
        if not self._is_quiet and index.isValid():
            self.run_selected.emit(index.data(ROW).path)

    def _toggle(self, index: QModelIndex) -> None:
        row: RunRow = index.data(ROW)
        self.overlay_wanted.emit(row.path, row.place < 0)

    def _delete(self, index: QModelIndex) -> None:
        row: RunRow = index.data(ROW)
        if row.state not in LIVE:
            self.delete_wanted.emit(row.path)

    def _show_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        if index.isValid():
            self.menu_for(index.data(ROW)).popup(self.view.viewport().mapToGlobal(place))

    def menu_for(self, row: RunRow) -> QMenu:
        """What can be done with one run."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        can_go_on = not row.is_remote and not row.cannot_go_on and row.state != UNREADABLE
        if row.state in (*RESUMABLE, "paused") and can_go_on:
            menu.addAction(tr("Resume"), lambda: self.resume_wanted.emit(row.path))
        if can_go_on and row.state not in ("starting", "stopping"):
            words = mark("Extend…") if row.state == "finished" else mark("Change settings…")
            menu.addAction(tr(words), lambda: self.change_wanted.emit(row.path))
        menu.addAction(tr("Ask the model…"), lambda: self.ask_wanted.emit(row.path))
        menu.addAction(tr("Branch…"), lambda: self.branch_wanted.emit(row.path))
        words = mark("Remove from the plots") if row.place >= 0 else mark("Lay over the plots")
        menu.addAction(tr(words), lambda: self.overlay_wanted.emit(row.path, row.place < 0))
        menu.addSeparator()
        menu.addAction(tr("Rename…"), lambda: self.rename_wanted.emit(row.path))
        menu.addAction(tr("Show folder"), lambda: self.reveal_wanted.emit(row.path))
        menu.addAction(tr("Copy path"), lambda: self.copy_path_wanted.emit(row.path))
        menu.addAction(tr("Export weights…"), lambda: self.export_wanted.emit(row.path))
        if row.state not in LIVE:
            menu.addSeparator()
            menu.addAction(tr("Delete…"), lambda: self.delete_wanted.emit(row.path))
        return menu

    def _build(self) -> None:
        self.title = title = QLabel(self)
        speak(title.setText, "Runs")
        title.setProperty("role", "title")
        right = QLabel(self)
        speak(right.setText, "val loss")
        speak(right.setToolTip, "The best validation loss; below it the newest where that is another")
        right.setProperty("role", "caption")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.setContentsMargins(12, 8, 12, 6)
        head.addWidget(title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(right)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.setContentsMargins(12, 4, 12, 6)
        foot.addWidget(self._open)
        foot.addWidget(self.new_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.finder)
        column.addWidget(self._empty, 1)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        tab_as_read(self)


class _RunsModel(QAbstractListModel):
    """Rows are replaced in place while the same runs are listed, so that selection and scrolling stay."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[RunRow, ...] = ()

    def set_rows(self, rows: tuple[RunRow, ...]) -> None:
        if [row.path for row in rows] != [row.path for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif rows:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole):
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (row.name, row.words, validations(row), row.origin)))
        if role == Qt.ItemDataRole.DisplayRole:
            return ", ".join(filter(None, (row.name, row.words, row.origin)))
        if role == Qt.ItemDataRole.ToolTipRole:
            told = [each[:1].upper() + each[1:] for each in (validations(row), row.origin) if each]
            return "\n".join((row.name, *filter(None, (row.words,)), *told, str(row.path)))
        return None


class _RunsView(QListView):
    box_clicked = Signal(QModelIndex)
    rename_pressed = Signal(QModelIndex)
    delete_pressed = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("runs_list")
        speak(self.setAccessibleName, "Runs")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(choosing_nothing(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and box_of(self.visualRect(index)).adjusted(-8, -8, 8, 8).contains(event.position()):
            self.box_clicked.emit(index)
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.box_clicked.emit(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self.rename_pressed.emit(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.delete_pressed.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

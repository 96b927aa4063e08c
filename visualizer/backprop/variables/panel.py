"""The variables table: every name of the program, its tensor in a stamp and in numbers, and its gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from engine.protocol.graph_values import Node
from engine.protocol.program_values import Variable
from engine.shared.language import mark, tr
from engine.shared.output_names import in_function
from visualizer.backprop.variables.delegate import CELL_PADDING, NAME_INDENT, VariablesDelegate, row_height
from visualizer.backprop.variables.notices import NoMatch, WhyNotKept
from visualizer.backprop.variables.table_model import COLUMNS, VariablesModel, VariablesProxy
from visualizer.backprop.variables.table_view import VariablesTable
from visualizer.look import spoken, theme
from visualizer.look.column_actions import offer_columns
from visualizer.look.empty_words import EmptyWords
from visualizer.look.labels import Hairline
from visualizer.look.panel_head import PanelHead
from visualizer.look.search_field import SearchField
from visualizer.look.spoken import speak
from visualizer.look.style_sheet import wear
from visualizer.model.age import WHY
from visualizer.model.selection import Selection

_ROWS_MEASURED = 200  # column widths follow these; measuring thousands would be felt
_WHOLE_FROM, _SHORT_FROM = 284, 174  # px of height from which there is room for the explanation, whole or short


class VariablesPanel(QWidget):
    """Emits `variable_selected(name)` when the person chose a row, `retain_grad_requested(name)`, and
    `unfolding_wanted(names)` with all rows that are to be unfolded. The row that `selection` leads to is marked."""

    variable_selected = Signal(str)
    retain_grad_requested = Signal(str)
    unfolding_wanted = Signal(tuple)

    def __init__(self, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("variables")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._selection = selection
        self._retain_lines: Mapping[str, int] = {}
        self._is_quiet = False
        self._is_fitting = False
        self.unfolded: tuple[str, ...] = ()  # names of rows that are to be
        self._dragged: set[int] = set()  # columns whose width the person chose
        self.model = VariablesModel(self)
        self.proxy = VariablesProxy(self)
        self.proxy.setSourceModel(self.model)
        self._build_head()
        self._build_table()
        self.why = WhyNotKept(self)
        self.why.link.clicked.connect(lambda: self.retain_grad_requested.emit(self.selected))
        self._empty = EmptyWords(mark("Run a program to see its variables."), self, name="variables_empty")
        self.no_match = NoMatch(self)
        self.no_match.link.clicked.connect(self._leave_filter)
        self._line = Hairline(self)
        self._column = QVBoxLayout(self)
        rows = ((self.head, 0), (self._line, 0), (self._empty, 1), (self.no_match, 1), (self.table, 1), (self.why, 0))
        for widget, stretch in rows:
            self._column.addWidget(widget, stretch)
        selection.changed.connect(self._mark_selected)
        spoken.current().changed.connect(self._say_again)
        theme.current().changed.connect(self._on_theme)
        self._on_theme()
        self.set_variables(())

    def _build_head(self) -> None:
        self.head = PanelHead(mark("Variables"), self)
        self._count = QLabel(self, objectName="variables_count")
        self._count.setProperty("role", "secondary")
        self.time = QLabel(self, objectName="variables_time")
        self.time.setProperty("role", "secondary")
        speak(self.time.setToolTip, WHY)
        self.time.hide()
        self.filter = SearchField(self)
        self.filter.setObjectName("variables_filter")
        speak(self.filter.setPlaceholderText, "Filter")
        speak(self.filter.setAccessibleName, "Filter the variables")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter)
        self.filter.tell(self._count.text)
        self.filter.left.connect(self._leave_filter)
        self.head.fill((self._count, self.time), (self.filter,), leaving=(self._count, self.time))

    def _build_table(self) -> None:
        self.table = VariablesTable(self.proxy, self.model, self)
        self.table.setItemDelegate(VariablesDelegate(self.table))
        self.table.unfolding_wanted.connect(self._unfold)
        header = self.table.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_column_menu)
        offer_columns(self.table, header)
        self.table.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._fit_columns)
        header.sectionResized.connect(self._on_resized)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)

    def _on_theme(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.head.row.setContentsMargins(look.px(12), look.px(2), look.px(8), look.px(2))
        self.head.setMinimumHeight(look.px(32))
        self.head.row.setSpacing(look.px(8))
        self.filter.setMinimumWidth(look.px(32))
        self.filter.setMaximumWidth(look.px(130))
        self._make_room()
        # A margin around the text: the contents margins of a label in a layout that was laid out before do not count.
        self.no_match.layout().setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        self.table.verticalHeader().setMinimumSectionSize(1)
        self.table.verticalHeader().setDefaultSectionSize(row_height())
        self._dress_header()
        self._fit_columns()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(140), theme.current().px(48))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        current = self.proxy.index(self.table.currentIndex().row(), 0)
        if current.isValid():
            self.table.scrollTo(current)

    def _make_room(self) -> None:
        """The rows come first: in a low panel the explanation shortens itself, and then it goes."""
        look = theme.current()
        is_tall = self.height() >= look.px(_WHOLE_FROM)
        self.why.set_room(is_whole=is_tall, is_short=self.height() >= look.px(_SHORT_FROM))

    # -- what is shown

    def set_time(self, text: str) -> None:
        """When the values were as shown; "" for now."""
        self.time.setText(text)
        self.time.setVisible(bool(text))

    def set_variables(self, rows: tuple[Variable, ...]) -> None:
        """Show these variables; the selected one stays marked, without a signal, while it exists."""
        self._is_quiet = True
        changed = self.model.set_rows(rows)
        self._is_quiet = False
        if rows and changed == []:
            return
        self._mark_selected()
        self._show_matches()
        if changed is None:
            self._fit_columns()
        else:
            self._widen_columns([self.proxy.mapFromSource(self.model.index(row, 0)).row() for row in changed])
        self._explain()

    def set_nodes(self, nodes: Mapping[int, Node]) -> None:
        """The nodes of the graph on screen by id: their categories are the stripes of variables that are not leaves."""
        self.model.set_nodes(nodes)

    def set_retain_lines(self, lines: Mapping[str, int]) -> None:
        """At which line of the program `name.retain_grad()` would be added."""
        self._retain_lines = lines
        self._explain()

    @property
    def stop(self) -> QWidget:
        """What takes the keyboard: the rows, or the way back to them."""
        return self.no_match.link if self.no_match.isVisible() else self.table

    @property
    def selected(self) -> str:
        """The name of the marked row, "" if none is."""
        index = self.table.currentIndex()
        variable = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        return variable.name if variable is not None else ""

    def copy(self) -> None:
        """The name of the marked row."""
        QGuiApplication.clipboard().setText(self.selected)

    def _mark_selected(self) -> None:
        """Mark the row of what is selected, without a signal; none where the table does not show it."""
        row = next((row for row, variable in enumerate(self.model.rows) if self._is_selected(variable)), -1)
        index = self.proxy.mapFromSource(self.model.index(row, 0)) if row >= 0 else QModelIndex()
        self._is_quiet = True
        if index.isValid():
            across = self.table.horizontalScrollBar().value()
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)
            self.table.horizontalScrollBar().setValue(across)
        elif self.table.currentIndex().isValid():
            self.table.selectionModel().clear()
        self._is_quiet = False
        self._explain()

    def _is_selected(self, variable: Variable) -> bool:
        """By name; a function's by its node, too, whose variable has no function before it."""
        name, node = self._selection.name, self._selection.node
        if variable.name == name:
            return True
        return node is not None and variable.node == node.id and in_function(variable.name)[1] == name

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        if self._is_quiet or not current.isValid():
            return
        self._explain()
        self.variable_selected.emit(self.selected)

    def _on_filter(self, text: str) -> None:
        self._is_quiet = True
        self.proxy.set_filter(text)
        self._is_quiet = False
        self._mark_selected()
        self._show_matches()
        if not text.strip():
            self._fit_columns()  # what came meanwhile was measured without the rows that were hidden

    def _unfold(self, name: str, is_on: bool) -> None:
        others = tuple(one for one in self.unfolded if one != name)
        self.unfolded = (*others, name) if is_on else others
        self.unfolding_wanted.emit(self.unfolded)

    def _leave_filter(self) -> None:
        self.filter.clear()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_again(self) -> None:
        self.model.say_again()
        self._fit_columns()
        self._show_matches()

    def _show_matches(self) -> None:
        """The table, or why it would be empty."""
        n_shown, text = self.proxy.rowCount(), self.filter.text().strip()
        n_rows = len(self.model.rows) if text else sum(not row.depth for row in self.model.rows)  # variables, not parts
        words = tr("{shown} of {total}", shown=n_shown, total=n_rows) if text else str(n_rows)
        self._count.setText(words if n_rows else "")
        self._empty.setVisible(not n_rows)
        self.filter.setVisible(n_rows > 0)
        self.table.setVisible(n_shown > 0)
        self.no_match.setVisible(n_rows > 0 and not n_shown)
        self.no_match.say(text)

    def _explain(self) -> None:
        variable = next((row for row in self.model.rows if row.name == self.selected), None)
        self.why.explain(variable, self._retain_lines.get(variable.name) if variable is not None else None)

    # -- columns

    def _on_resized(self, column: int) -> None:
        if not self._is_fitting:
            self._dragged.add(column)

    def _dress_header(self) -> None:
        header, look = self.table.horizontalHeader(), theme.current()
        tall, left, right = look.px(4), look.px(CELL_PADDING), look.px(2)
        self._is_fitting = True  # also a style and a least size change widths
        header.setMinimumSectionSize(look.px(28))
        wear(
            header,
            f"QHeaderView::section {{ padding: {tall}px {right}px {tall}px {left}px; }}"
            f"QHeaderView::section:first {{ padding-left: {look.px(NAME_INDENT)}px; }}",
        )
        self._is_fitting = False

    def _fit_columns(self, *_: object) -> None:
        """Each column as wide as its cells and its title; the arrow of the sorted one has room, too."""
        header, look = self.table.horizontalHeader(), theme.current()
        metrics = QFontMetrics(look.font(11))
        rows = range(min(self.proxy.rowCount(), _ROWS_MEASURED))
        self._is_fitting = True
        for number, column in enumerate(COLUMNS):
            if number not in self._dragged:
                title = metrics.horizontalAdvance(tr(column.title)) + look.px(13 if number else NAME_INDENT + 4)
                arrow = look.px(16) if header.sortIndicatorSection() == number else 0
                header.resizeSection(number, max(title + arrow, self._widest(number, rows)))
        self._is_fitting = False

    def _widen_columns(self, rows: Sequence[int]) -> None:
        """Make room for what has changed in these rows of the table."""
        header = self.table.horizontalHeader()
        self._is_fitting = True
        for number in range(len(COLUMNS)):
            if number not in self._dragged and (width := self._widest(number, rows)) > header.sectionSize(number):
                header.resizeSection(number, width)
        self._is_fitting = False

    def _widest(self, column: int, rows: Sequence[int]) -> int:
        delegate, option = self.table.itemDelegate(), QStyleOptionViewItem()
        cells = (delegate.sizeHint(option, self.proxy.index(row, column)).width() for row in rows if row >= 0)
        return max(cells, default=0)

    def _show_column_menu(self, at: QPoint) -> None:
        menu = self.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.horizontalHeader().mapToGlobal(at))

    def column_menu(self) -> QMenu:
        """Which columns are shown; the name always is."""
        menu = QMenu(self)
        for number, column in enumerate(COLUMNS[1:], start=1):
            action = menu.addAction(tr(column.title))
            action.setCheckable(True)
            action.setChecked(not self.table.isColumnHidden(number))
            action.toggled.connect(lambda on, number=number: self.table.setColumnHidden(number, not on))
        return menu

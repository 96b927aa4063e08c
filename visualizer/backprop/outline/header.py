"""The head of the outline: how wide each column is, and which are shown."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeView

from engine.shared.language import tr
from visualizer.backprop.outline.columns import COLUMNS, NAME
from visualizer.look import theme

_LEAST_NAME = 70  # px at 100 %, in a panel where less than a name and a number have room
COUNTS = next(number for number, column in enumerate(COLUMNS) if column.name == "nodes")


class OutlineHeader(QHeaderView):
    """Numbers have the width that they need, the name what is left; a width that the person chose stays."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        view.setHeader(self)  # which makes it deaf to clicks
        self.setSectionsClickable(True)
        self._view = view
        self._dragged: set[int] = set()
        self._hidden: set[int] = set()  # by the person
        self._is_fitting = False
        self.setStretchLastSection(False)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.sectionResized.connect(self._on_resized)

    def dress(self) -> None:
        """In today's sizes."""
        look = theme.current()
        self.setMinimumSectionSize(look.px(28))
        self._is_fitting = True
        for number, column in enumerate(COLUMNS):
            if number != NAME and number not in self._dragged:
                # The words are wider than the numbers in some languages: a title that is cut says nothing.
                self.resizeSection(number, max(look.px(column.width), self.sectionSizeFromContents(number).width()))
        self._is_fitting = False
        self.fit_name()

    def show_columns(self, *, is_flat: bool) -> None:
        """A list of nodes needs no count of them."""
        for number in range(1, len(COLUMNS)):
            self.setSectionHidden(number, number in self._hidden or (is_flat and number == COUNTS))
        self.fit_name()

    def fit_name(self) -> None:
        """The name has what is left by as many whole columns as find room beside it, and by one at least."""
        if NAME in self._dragged:
            return
        look, width = theme.current(), self._view.viewport().width()
        sizes = [self.sectionSize(number) for number in sorted(range(1, len(COLUMNS)), key=self.visualIndex)]
        taken = next((size for size in sizes if size), 0)
        for n_columns in range(1, len(sizes) + 1):
            if look.px(COLUMNS[NAME].width) + sum(sizes[:n_columns]) <= width:
                taken = sum(sizes[:n_columns])
        self._is_fitting = True
        self.resizeSection(NAME, max(look.px(_LEAST_NAME), width - taken))
        self._is_fitting = False

    def menu(self) -> QMenu:
        """Which columns are shown; the name always is."""
        menu = QMenu(self)
        for number, column in enumerate(COLUMNS[1:], start=1):
            action = menu.addAction(tr(column.title))
            action.setCheckable(True)
            action.setChecked(number not in self._hidden)
            action.toggled.connect(lambda is_on, number=number: self._choose(number, is_on=is_on))
        return menu

    def _choose(self, number: int, *, is_on: bool) -> None:
        (self._hidden.discard if is_on else self._hidden.add)(number)
        self.show_columns(is_flat=not self._view.rootIsDecorated())

    def _show_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(at))

    def _on_resized(self, number: int, before: int, after: int) -> None:
        if not self._is_fitting and after and before:  # a hidden one has no width
            self._dragged.add(number)
            if number != NAME:
                self.fit_name()

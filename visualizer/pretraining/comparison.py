"""What runs came to, and what differs between their settings: only those rows, in a table, and how many are equal."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.runs.config import parameters
from engine.runs.config_rules import RULES
from engine.shared.language import grouped, mark, tr, trn
from visualizer.look import theme
from visualizer.look.spoken import say_again, speak
from visualizer.look.style_sheet import wear
from visualizer.pretraining import formatting
from visualizer.pretraining.form.form_model import to_text
from visualizer.pretraining.runs.shown_runs import Runs
from visualizer.pretraining.runs.tracked_run import RunSnapshot
from visualizer.pretraining.typed_text import as_typed

_NONE = "–"
_ROW = 28  # px
_MOST_WIDTH = 170  # px that words of a run take, as its name or a path: longer ones end in the middle
_ALONE = mark("Lay another run over the plots first: the box beside it in the list, or Space.")


def settings_of(snapshot: RunSnapshot) -> dict[str, str]:
    """Every setting as one would type it in the language in use, and what follows from them."""
    if not snapshot.is_known:
        return {}
    config = snapshot.facts.config
    typed = {name: _typed(name, text) for name, text in to_text(config).items()}
    return typed | {
        tr("origin"): snapshot.origin or "–",
        tr("parameters"): grouped(parameters(config.model).total),
        tr("tokens per step"): grouped(config.tokens_per_step),
    }


def _typed(name: str, text: str) -> str:
    return as_typed(text, is_whole=RULES[name].is_whole) if name in RULES else text


def results_of(snapshot: RunSnapshot) -> dict[str, str]:
    """How far a run has come: its best validation loss and where, its newest losses, steps, tokens, time, speed."""
    curves = snapshot.curves
    known = np.isfinite(curves.val_loss)
    losses, steps = curves.val_loss[known], curves.val_step[known]
    best = int(losses.argmin()) if losses.size else -1
    pace = float(np.median(curves.tokens_per_second)) if curves.step.size else math.nan
    return {
        tr("best validation loss"): _loss(losses[best : best + 1]),
        tr("at step"): grouped(int(steps[best])) if losses.size else _NONE,
        tr("newest validation loss"): _loss(losses),
        tr("newest training loss"): _loss(curves.loss),
        tr("steps"): grouped(snapshot.header.step),
        tr("tokens"): grouped(int(curves.tokens[-1])) if curves.step.size else _NONE,
        tr("training time"): formatting.duration(float(curves.hours[-1]) * 3600) if curves.step.size else _NONE,
        tr("tokens per second, median"): grouped(round(pace)) if math.isfinite(pace) else _NONE,
    }


def _loss(losses: np.ndarray) -> str:
    """The newest."""
    return formatting.exact_loss(float(losses[-1])) if losses.size else _NONE


def differing(runs: Sequence[Mapping[str, str]]) -> tuple[list[tuple[str, tuple[str, ...]]], int]:
    """(name, value in each run) of every setting that is not the same in all, and how many are."""
    names = dict.fromkeys(name for run in runs for name in run)
    rows = [(name, tuple(run.get(name, "–") for run in runs)) for name in names]
    found = [(name, values) for name, values in rows if len(set(values)) > 1]
    return found, len(rows) - len(found)


class _Table(QTableWidget):
    """Its columns of runs share the width; where that is too little for their numbers, these stay whole, and the table
    scrolls. Long words give way: else those of one run would take the others out of sight."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()

    def share_width(self) -> None:
        """The numbers, or the room, are others."""
        header, runs = self.horizontalHeader(), range(1, self.columnCount())
        hints = [max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in runs]
        wanted = min(max(hints, default=0), theme.current().px(_MOST_WIDTH))
        is_enough = wanted * len(runs) <= self.viewport().width() - header.sectionSize(0)
        for at in runs:
            header.setSectionResizeMode(
                at, QHeaderView.ResizeMode.Stretch if is_enough else QHeaderView.ResizeMode.Fixed
            )
            if not is_enough:
                header.resizeSection(at, wanted)


class ComparisonDialog(QDialog):
    """The table of some runs, the first one the shown one: results, as they stand when it opens, then settings."""

    def __init__(
        self,
        parent: QWidget,
        names: Sequence[str],
        runs: Callable[[], Sequence[Mapping[str, str]]],
        results: Callable[[], Sequence[Mapping[str, str]]] = tuple,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("comparison")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        speak(self.setWindowTitle, "What differs between the chosen runs")
        look = theme.current()
        self._names, self._runs, self._results = tuple(names), runs, results
        self.rows, _, _ = self._found()
        self.table = _Table(len(self.rows), len(names) + 1, self)
        self.words = QLabel(self, objectName="comparison_words")
        self.words.setWordWrap(True)
        self.words.setProperty("role", "secondary")
        self.table.setVisible(bool(self.rows))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        speak(copy.setText, "Copy")
        speak(copy.setToolTip, "Copy the table as text with tabs")
        copy.setAutoDefault(False)  # Enter closes
        copy.setEnabled(bool(self.rows))
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.px(16),) * 4)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        column.addWidget(buttons)
        height = look.px(150) + len(self.rows) * look.px(_ROW) if self.rows else look.px(110)
        self._dress()
        say_again(self, self._fill)
        room = self.screen().availableSize() - QSize(look.px(20), look.px(40))
        self.resize(QSize(look.px(min(260 + _MOST_WIDTH * len(names), 980)), min(height, look.px(620))).boundedTo(room))

    def _dress(self) -> None:
        table = self.table
        table.setObjectName("comparison_table")
        speak(table.setAccessibleName, "Settings that differ")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setDefaultSectionSize(theme.current().px(_ROW))
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setWordWrap(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        side = theme.current().px(12)
        wear(
            table,
            f"QTableView::item {{ padding: 0 {side}px; }}"
            f"QHeaderView::section {{ padding: {theme.current().px(4)}px {side}px; }}",
        )

    def _fill(self) -> None:
        """The words and numbers of the table in the language in use; which rows it has is the same in all."""
        look, table = theme.current(), self.table
        self.rows, n_results, n_equal = self._found()
        self.words.setText(_words(len(self._names), len(self.rows) - n_results, n_equal))
        table.setHorizontalHeaderLabels([self._head, *self._names])
        for column in range(table.columnCount()):  # over names as names stand, over numbers as these do
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            table.horizontalHeaderItem(column).setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            table.horizontalHeaderItem(column).setToolTip(self._names[column - 1] if column else "")
        for row, (name, values) in enumerate(self.rows):
            table.setItem(row, 0, QTableWidgetItem(name))
            for column, value in enumerate(values, 1):
                item = QTableWidgetItem(value)
                item.setFont(look.mono(12))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(f"{self._names[column - 1]}: {name} {value}")
                table.setItem(row, column, item)
        table.share_width()

    @property
    def _head(self) -> str:
        return tr("result or setting") if self._results() else tr("setting")

    def _found(self) -> tuple[list[tuple[str, tuple[str, ...]]], int, int]:
        """The rows, how many of them are results, and how many settings are equal."""
        results = self._results()
        names = list(results[0]) if results else []
        told = [(name, tuple(run[name] for run in results)) for name in names]
        settings, n_equal = differing(self._runs())
        return [*told, *settings], len(told), n_equal

    def _copy(self) -> None:
        lines = [(self._head, *self._names), *((name, *values) for name, values in self.rows)]
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))


def _words(n_runs: int, n_differing: int, n_equal: int) -> str:
    if n_runs < 2:
        return tr(_ALONE)
    if not n_differing:
        return tr("All {n} settings are equal.", n=grouped(n_equal))
    return trn("{n} other setting is equal.", "{n} other settings are equal.", n_equal)


def compare(window: QWidget, runs: Runs) -> None:
    """Show what differs between the shown run and those laid over it."""
    chosen = runs.chosen()
    dialog = ComparisonDialog(
        window,
        [each.curves.name for each in chosen],
        lambda: [settings_of(each) for each in chosen],
        lambda: [results_of(each) for each in chosen] if len(chosen) > 1 else [],
    )
    dialog.open()

"""What differs between the settings of runs: only those rows, in a table, and how many are equal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
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
from engine.shared.language import grouped, mark, tr, trn
from visualizer.look import theme
from visualizer.look.spoken import say_again, speak
from visualizer.pretraining.form.form_model import to_text
from visualizer.pretraining.runs.shown_runs import Runs
from visualizer.pretraining.runs.tracked_run import RunSnapshot, origin_words

_ALONE = mark("Lay another run over the plots first: the box beside it in the list, or Space.")


def settings_of(snapshot: RunSnapshot) -> dict[str, str]:
    """Every setting as one would type it, and what follows from them."""
    config = snapshot.facts.config
    return to_text(config) | {
        tr("origin"): origin_words(snapshot.facts) or "–",
        tr("parameters"): grouped(parameters(config.model).total),
        tr("tokens per step"): grouped(config.tokens_per_step),
    }


def differing(runs: Sequence[Mapping[str, str]]) -> tuple[list[tuple[str, tuple[str, ...]]], int]:
    """(name, value in each run) of every setting that is not the same in all, and how many are."""
    names = dict.fromkeys(name for run in runs for name in run)
    rows = [(name, tuple(run.get(name, "–") for run in runs)) for name in names]
    found = [(name, values) for name, values in rows if len(set(values)) > 1]
    return found, len(rows) - len(found)


class ComparisonDialog(QDialog):
    """The table of some runs, the first one the shown one."""

    def __init__(self, parent: QWidget, names: Sequence[str], runs: Callable[[], Sequence[Mapping[str, str]]]) -> None:
        super().__init__(parent)
        self.setObjectName("comparison")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        speak(self.setWindowTitle, "What differs between the chosen runs")
        look = theme.current()
        self._names, self._runs = tuple(names), runs
        self.rows, _ = differing(runs())
        self.table = QTableWidget(len(self.rows), len(names) + 1, self)
        self.words = QLabel(self, objectName="comparison_words")
        self.words.setWordWrap(True)
        self.words.setProperty("role", "secondary")
        self.table.setVisible(bool(self.rows))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        speak(copy.setText, "Copy")
        speak(copy.setToolTip, "Copy the table as text with tabs")
        copy.setEnabled(bool(self.rows))
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        column.addWidget(buttons)
        height = look.px(150) + len(self.rows) * look.px(28) if self.rows else look.px(110)
        self._dress()
        say_again(self, self._fill)
        room = self.screen().availableSize() - QSize(look.px(20), look.px(40))
        self.resize(QSize(look.px(min(260 + 150 * len(names), 980)), min(height, look.px(620))).boundedTo(room))

    def _dress(self) -> None:
        table = self.table
        table.setObjectName("comparison_table")
        speak(table.setAccessibleName, "Settings that differ")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().setVisible(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)

    def _fill(self) -> None:
        """The words and numbers of the table in the language in use; which rows it has is the same in all."""
        look, table = theme.current(), self.table
        self.rows, n_equal = differing(self._runs())
        self.words.setText(_words(len(self._names), len(self.rows), n_equal))
        table.setHorizontalHeaderLabels([tr("setting"), *self._names])
        for row, (name, values) in enumerate(self.rows):
            table.setItem(row, 0, QTableWidgetItem(name))
            for column, value in enumerate(values, 1):
                item = QTableWidgetItem(value)
                item.setFont(look.mono(12))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(f"{self._names[column - 1]}: {name} {value}")
                table.setItem(row, column, item)

    def _copy(self) -> None:
        lines = [(tr("setting"), *self._names), *((name, *values) for name, values in self.rows)]
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
        window, [each.curves.name for each in chosen], lambda: [settings_of(each) for each in chosen]
    )
    dialog.open()

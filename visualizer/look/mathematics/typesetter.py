"""The window's end of the typesetting process: formulas are asked for once, and kept."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QObject, QProcess, Signal

from engine.shared.language import tr
from visualizer.look.mathematics.formula_values import Formula, decode_formula, encode

_KEPT = 4000
_MODULE = "visualizer.look.mathematics.formula_process"


class Typesetter(QObject):
    """One process, started with the first formula. `arrived` fires when all that were asked for are there.

    A process that dies leaves what it was asked for without a picture; the next formula starts another.
    """

    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._known: OrderedDict[str, Formula] = OrderedDict()
        self._awaited: dict[str, None] = {}
        self._arrived = bytearray()

    @property
    def process_id(self) -> int:
        """Of the running process, 0 without one."""
        return self._process.processId() if self._process is not None else 0

    def get(self, latex: str) -> Formula | None:
        """A formula that is there."""
        return self._known.get(latex)

    def request(self, formulas: Iterable[str]) -> bool:
        """Whether all of these are there; else `arrived` follows. What was asked for before and is not wanted any more
        is still set: it is a few formulas."""
        wanted = dict.fromkeys(formulas)
        for latex in wanted:
            if latex in self._known:
                self._known.move_to_end(latex)
            elif latex not in self._awaited:
                self._awaited[latex] = None
                self._running().write(encode(latex))
        return not any(latex in self._awaited for latex in wanted)

    def _running(self) -> QProcess:
        if self._process is None:
            process = QProcess(self)
            process.readyReadStandardOutput.connect(self._read)
            process.finished.connect(self._ended)
            process.errorOccurred.connect(self._failed_to_start)
            self._process = process
            self._arrived.clear()
            process.start(sys.executable, ["-P", "-m", _MODULE])
        return self._process

    def _read(self) -> None:
        if self._process is None:
            return
        self._arrived += self._process.readAllStandardOutput().data()
        *lines, rest = self._arrived.split(b"\n")
        self._arrived = bytearray(rest)
        for line in lines:
            self._keep(decode_formula(bytes(line)))
        if lines and not self._awaited:
            self.arrived.emit()

    def _keep(self, formula: Formula) -> None:
        self._awaited.pop(formula.latex, None)
        self._known[formula.latex] = formula
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)

    def _failed_to_start(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._ended()

    def _ended(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.deleteLater()
        for latex in tuple(self._awaited):
            self._keep(Formula(latex, failure=tr("the typesetting process has ended")))
        self.arrived.emit()

    def stop(self) -> None:
        """End the process and wait until it is gone."""
        process, self._process = self._process, None
        self._awaited.clear()
        if process is None:
            return
        process.blockSignals(True)
        process.kill()
        process.waitForFinished(2000)
        process.deleteLater()

"""Exceptions that nobody expected: written down where they are raised, told later from a timer, each place once."""

from __future__ import annotations

import contextlib
import sys
import threading
import traceback
from dataclasses import dataclass
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QWidget

from engine.shared.language import tr, trn
from visualizer.look.boxes import message_box
from visualizer.look.spoken import speak_by

_POPUP_CLOSES_MS = 100  # how often to look whether the menu over which no box can be used has gone
_MAX_TOLD = 5  # in the box; its details have them all
_OURS = ("visualizer", "engine")

_Place = tuple[str, str, int]  # the exception's name, the file, the line


@dataclass(eq=False)
class _Defect:
    """One place that raised, however often it did."""

    summary: str  # "ValueError: …", one line
    text: str  # the traceback of the first time
    n_times: int = 1


class Defects(QObject):
    """`collect` only writes down, so it may run in any thread and in any handler, a paintEvent too. The boxes come
    from the event loop, one at a time and modal to nothing."""

    _found = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.RLock()  # of the next two
        self._by_place: dict[_Place, _Defect] = {}
        self._untold: list[_Defect] = []
        self._is_closed = False
        self._box: QMessageBox | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._tell)
        self._found.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on whatever is not caught comes here, from this thread and from every other."""
        sys.excepthook = self.collect
        threading.excepthook = lambda raised: self.collect(raised.exc_type, raised.exc_value, raised.exc_traceback)

    def collect(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """An exception hook. It opens nothing and raises nothing."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        with contextlib.suppress(Exception):
            self._write_down(kind, error, trace)
        # What is kept of the frames keeps the painter of a broken paintEvent painting.
        sys.last_type = sys.last_value = sys.last_traceback = None

    def close(self) -> None:
        """Nothing is shown from now on; the log gets the counts."""
        self._is_closed = True
        self._timer.stop()
        if self._box is not None:
            self._box.close()
        for (name, file, line), defect in self._by_place.items():
            if defect.n_times > 1:
                _log(f"{defect.n_times:,} times in all: {name}, {file}:{line}")

    # -- inner workings

    def _write_down(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        place = _place(kind, trace)
        with self._lock:
            known = self._by_place.get(place)
            if known is not None:
                known.n_times += 1
                return
            summary = "".join(traceback.format_exception_only(kind, error)).strip().splitlines()[-1]
            defect = _Defect(summary, "".join(traceback.format_exception(kind, error, trace)))
            self._by_place[place] = defect
            self._untold.append(defect)
        _log(defect.text)
        if not self._is_closed:
            self._found.emit()

    def _tell(self) -> None:
        """All that was not told yet in one box, unless one stands already."""
        if self._box is not None or self._is_closed:
            return
        if QApplication.activePopupWidget() is not None:
            self._timer.start(_POPUP_CLOSES_MS)
            return
        with self._lock:
            told = list(self._untold)
        if not told:
            return
        try:
            self._open(told)
        except Exception:
            self._forget(told)  # the log has them
            raise

    def _open(self, told: list[_Defect]) -> None:
        box = message_box(
            _over(),
            "defect",
            QMessageBox.Icon.Critical,
            lambda: tr("A defect"),
            lambda: tr("Something went wrong in the window. Your program is autosaved."),
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        speak_by(box.setInformativeText, lambda: _summaries(told))
        box.setDetailedText("\n".join(defect.text for defect in told))
        box.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # what is being typed goes on
        box.setModal(False)
        box.finished.connect(lambda: self._forget(told))
        box.destroyed.connect(self._on_gone)  # also with the dialog that it stood over: then it comes again
        self._box = box
        box.show()

    def _forget(self, told: list[_Defect]) -> None:
        with self._lock:
            self._untold = [defect for defect in self._untold if defect not in told]

    def _on_gone(self) -> None:
        self._box = None
        if not self._is_closed:
            self._timer.start(0)


def _summaries(told: list[_Defect]) -> str:
    more = [trn("and {n} more", "and {n} more", len(told) - _MAX_TOLD)] if len(told) > _MAX_TOLD else []
    return "\n".join([defect.summary[:200] for defect in told[:_MAX_TOLD]] + more)


def _place(kind: type[BaseException], trace: TracebackType | None) -> _Place:
    """Where it was raised: the innermost line of the program's own, whatever library it calls there."""
    frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(trace)]
    ours = [
        (frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(trace)
        if str(frame.f_globals.get("__name__", "")).partition(".")[0] in _OURS
    ]
    file, line = (ours or frames or [("", 0)])[-1]
    return kind.__name__, file, line


def _over() -> QWidget | None:
    """What a box has to stand over to be used: the dialog that blocks all else, or the window."""
    modal = QApplication.activeModalWidget()
    windows = (each for each in QApplication.topLevelWidgets() if isinstance(each, QMainWindow) and each.isVisible())
    return modal if modal is not None else next(windows, None)


def _log(text: str) -> None:
    with contextlib.suppress(Exception):  # there may be no stderr
        print(text, file=sys.stderr, flush=True)

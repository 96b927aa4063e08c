"""Let the event loop run until something has happened, or for a while."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

_LONGEST_MS = 120_000


def until(signal: object) -> None:
    """Wait for a signal of any arguments. Raises TimeoutError after two minutes."""
    loop = QEventLoop()
    signal.connect(lambda *arguments: loop.exit(0))  # type: ignore[attr-defined]
    QTimer.singleShot(_LONGEST_MS, loop, lambda: loop.exit(1))
    if loop.exec():
        raise TimeoutError(f"Nothing happened for {_LONGEST_MS // 1000} s.")


def until_true(condition: Callable[[], bool]) -> None:
    """Look every 5 ms. Raises TimeoutError after two minutes."""
    for _ in range(_LONGEST_MS // 5):
        if condition():
            return
        run_events(0.005)
    raise TimeoutError(f"Nothing happened for {_LONGEST_MS // 1000} s.")


def run_events(seconds: float) -> None:
    """As long as that."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()

"""No signal of the window hides a method of the Qt class that it belongs to."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal

import visualizer


def _classes() -> Iterator[type[QObject]]:
    for module in pkgutil.walk_packages(visualizer.__path__, "visualizer."):
        if not module.name.endswith("__main__"):
            for _, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
                if issubclass(found, QObject) and found.__module__.startswith("visualizer."):
                    yield found


@pytest.mark.filterwarnings("ignore:path is deprecated")  # a library's, when it is imported for the first time
def test_no_signal_hides_what_qt_has() -> None:
    classes = set(_classes())
    assert len(classes) > 50
    hidden = [
        f"{kind.__name__}.{name}"
        for kind in classes
        for name, value in vars(kind).items()
        if isinstance(value, Signal) and any(name in vars(base) for base in kind.__mro__[1:])
    ]
    assert hidden == []

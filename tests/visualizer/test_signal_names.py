"""No signal of the window hides a method of the Qt class that it belongs to, and each is heard by somebody."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

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
def test_no_signal_hides_what_qt_has_or_is_told_to_nobody() -> None:
    classes = set(_classes())
    assert len(classes) > 50
    hidden = [
        f"{kind.__name__}.{name}"
        for kind in classes
        for name, value in vars(kind).items()
        if isinstance(value, Signal) and any(name in vars(base) for base in kind.__mro__[1:])
    ]
    assert hidden == []
    texts = "".join(path.read_text() for path in Path(visualizer.__path__[0]).rglob("*.py"))
    used = set(re.findall(r"\.(\w+)\b(?!\.emit\b)", texts))
    signals = {
        f"{kind.__name__}.{name}": name
        for kind in classes
        for name, value in vars(kind).items()
        if isinstance(value, Signal)
    }
    assert [told for told, name in signals.items() if name not in used] == []

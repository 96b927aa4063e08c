"""No word of a panel or a dialog is cut, in either language, at usual and double size of text: each has room, or its
tooltip has the whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from tests.visualizer.every_dialog import OPENED, opened, window_of_all
from tests.visualizer.room_for_words import cut
from visualizer.app.main_window import MainWindow
from visualizer.look import theme
from visualizer.look.spoken import use_language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support", r"raise\(\)", "grabbing the keyboard")
SIZES = ((1440, 900), (1000, 700))


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with window_of_all(tmp_path_factory.mktemp("words")) as made:
        for dock in made.backprop.docks.values():
            dock.show()
        yield made
        use_language("en")


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["pt_BR", "en"])
def test_words_of_panels_and_dialogs_have_room(window: MainWindow, language: str, scale: float) -> None:
    theme.current().set_scale(scale)
    use_language(language)
    found = set()
    for workspace in (0, 1):
        window.stack.setCurrentIndex(workspace)
        for size in SIZES:
            window.resize(*size)
            found |= {f"{size}: {words}" for words in cut_at_rest(window)}
    for name in OPENED:
        with opened(window, name) as dialog:
            found |= {f"{name}: {words}" for words in cut_at_rest(dialog)}
    assert not found


def test_words_without_room_are_found(qtbot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    label = QLabel("Words that need more", place)
    with qtbot.waitExposed(place):
        place.show()
    label.resize(label.sizeHint())
    assert not cut(place)
    label.resize(40, 40)
    assert cut(place)
    label.setWordWrap(True)
    assert cut(place)
    label.resize(100, 200)
    assert not cut(place)


def cut_at_rest(root: QWidget) -> list[str]:
    """Once layouts have followed each other."""
    for _ in range(60):
        QTest.qWait(5)
        found = cut(root)
        if not found:
            break
    return found

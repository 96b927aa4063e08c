"""No word of a panel or a dialog is cut, in either language, at usual and double size of text, nor at usual size in one
whose texts are 40 % longer: each has room, or its tooltip has the whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea, QTextBrowser, QWidget

from tests.visualizer.every_dialog import OPENED, opened, window_of_all
from tests.visualizer.room_for_words import cut
from visualizer.app.main_window import MainWindow
from visualizer.lessons.blocks import GuessBlock
from visualizer.lessons.progress import Progress
from visualizer.lessons.reader import LessonReader
from visualizer.look import theme
from visualizer.look.spoken import use_language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support", r"raise\(\)", "grabbing the keyboard")
SIZES = ((1440, 900), (1000, 700))
_NARROW_SCREEN_PX = 800  # on which every dialog has room, also in large letters


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory, long: str) -> Iterator[MainWindow]:
    with window_of_all(tmp_path_factory.mktemp("words")) as made:
        for dock in made.backprop.docks.values():
            dock.show()
        yield made
        use_language("en")


# Before there is a window, which would be dressed and said anew as often as these.
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["pt_BR", "en"])
def test_words_of_every_page_of_every_lesson_have_room(tmp_path: Path, qtbot, language: str, scale: float) -> None:
    theme.current().set_scale(scale)
    use_language(language)
    reader = LessonReader(Progress(tmp_path / "lessons.json"))
    qtbot.addWidget(reader)
    reader.resize(reader.minimumSizeHint().width(), 900)
    with qtbot.waitExposed(reader):
        reader.show()
    reader.read()
    found = {f"contents: {words}" for words in cut_at_rest(reader)}
    for place in range(len(reader.lessons)):
        reader.open_lesson(place)
        for number, page in enumerate(reader.lesson.pages, 1):
            for block in reader.view.asked:
                if isinstance(block, GuessBlock):
                    block.judge(is_right=False, truth="2.5")
            found |= {f"{place + 1}.{number} {page.title}: {words}" for words in cut_at_rest(reader)}
            reader.turn(1)
    assert sorted(found) == []
    use_language("en")
    reader.shut_down()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_words_of_panels_and_dialogs_have_room(window: MainWindow, scale: float) -> None:
    theme.current().set_scale(scale)
    found = set()
    for language in ("pt_BR", "en", "xl") if scale == 1 else ("pt_BR", "en"):
        use_language(language)
        found |= {f"{language}, {words}" for words in without_room(window, scale)}
    assert sorted(found) == []


def without_room(window: MainWindow, scale: float) -> Iterator[str]:
    """What is cut in its panels, beside a lesson too, and in its dialogs."""
    for has_lessons in (False, True):
        if has_lessons:
            window.do("lessons")
        for workspace in (0, 1) if scale == 1 or not has_lessons else (0,):
            window.stack.setCurrentIndex(workspace)
            for size in SIZES if not has_lessons else SIZES[:1]:  # half of a smaller window would be the lesson's
                window.resize(*size)
                yield from (f"{size}: {words}" for words in cut_at_rest(window))
    window.do("lessons")
    for name in OPENED:
        with opened(window, name) as dialog:
            if (width := dialog.minimumSizeHint().width()) > _NARROW_SCREEN_PX:
                yield f"{name} is {width} px wide at least"
            yield from (f"{name}: {words}" for words in cut_at_rest(dialog))


def test_words_without_room_are_found(qtbot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(300, 300)
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


def test_words_that_what_they_lie_in_cuts_off_are_found(qtbot) -> None:
    area, body = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    label = QLabel("Words that need more", body)
    label.resize(label.sizeHint())
    body.resize(label.width(), 1000)
    area.setWidget(body)
    area.resize(label.width() + 60, 100)
    with qtbot.waitExposed(area):
        area.show()
    label.move(0, 900)
    area.ensureWidgetVisible(label)
    assert not cut(area)
    area.resize(label.width() - 20, 100)
    assert not cut(area)  # it is scrolled to
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    assert cut_at_rest(area)
    label.hide()
    text = QTextBrowser(body)
    text.setGeometry(0, 900, 80, 60)
    text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    text.setLineWrapMode(QTextBrowser.LineWrapMode.NoWrap)
    text.setPlainText("w " * 200)
    text.show()
    assert cut(area)
    text.setLineWrapMode(QTextBrowser.LineWrapMode.WidgetWidth)
    assert not cut(area)


def cut_at_rest(root: QWidget) -> list[str]:
    """Once layouts have followed each other."""
    for _ in range(60):
        QTest.qWait(5)
        found = cut(root)
        if not found:
            break
    return found

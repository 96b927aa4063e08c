"""Every text of the window is said in the language in use, and has room there: in a third language, which is a folder
of files and marks each of its texts ⟦so⟧, no word stands outside of the marks but what is the program's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDockWidget,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QToolButton,
    QWidget,
)

from engine.shared import language
from engine.shared.assets import asset
from tests.visualizer.window import main_window, start, until
from visualizer.app.main_window import MainWindow
from visualizer.backprop.tensor_builder.expression import DTYPES, FILLS
from visualizer.look import theme
from visualizer.look.spoken import use_language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

ACROSS = Qt.Orientation.Horizontal
PROGRAM = """\
import torch
torch.manual_seed(0)
xs = torch.randn(4, 3)
w1 = torch.randn(3, 5, requires_grad=True)
hs = torch.tanh(xs @ w1)
ls = hs.sum()
ls.backward()
"""
_WORD = re.compile(r"[^\W\d_]{2,}")
_CODE = re.compile(r"\\[a-z]+|\w*Backward\d|\w+_\w+|\w+\.(py|grad|md)\b|beta\d")  # LaTeX, nodes, names with a stroke
# What stays in every language: names of keys, units, file formats, PyTorch's and the languages' own.
_OWN = """
    Ctrl Shift Alt Esc Enter Return Tab Home End Del PgUp PgDown PgDn Up Down Left Right Space Backspace PageUp PageDown
    kB MB GB TB KiB MiB GiB TiB ms GFLOP MFLOP TFLOP EN PT XX English Português NaN Inf nan inf None True False torch
    float int bool cpu cuda Python PyTorch NumPy GPT grad fn backward SVG PDF PNG DOT GIF CSV JSON numpy dtype
    AccumulateGrad Sum Tanh Mm Acc Tensor MFU MLP id Aa ab nano mini tiny shakespeare verdict the patience compile
    untitled py
"""


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A third language: files in a folder, each text of the second in marks."""
    folder = tmp_path_factory.mktemp("translations")
    for file in (asset("translations") / "pt_BR").glob("*.ts"):
        tree = ElementTree.parse(file)
        for text in (*tree.iter("translation"), *tree.iter("numerusform")):
            if text.text and text.text.strip() and file.stem != "languages":
                text.text = f"⟦{text.text}⟧"
        for code in ("xx", "pt_BR"):
            (folder / code).mkdir(exist_ok=True)
        tree.write(folder / "xx" / file.name, encoding="utf-8")
        (folder / "pt_BR" / file.name).write_bytes(file.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "asset", lambda name: folder if name == "translations" else asset(name))
        patch.setattr(language, "_known", dict(language._known))
        yield "xx"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory, marked: str) -> Iterator[MainWindow]:
    """Its program is held in the middle of a pass."""
    with main_window(tmp_path_factory.mktemp("panels")) as made:
        made.resize(1700, 1100)
        start(made, PROGRAM, "Ctrl+Shift+Return")
        until(lambda: made.session.state == "paused", "the pass is held")
        made.actions_by_id["step"].trigger()
        until(lambda: made.session.history.position > 0 and made.session.state == "paused", "it has stepped")
        for dock in made.backprop.docks.values():
            dock.show()
        QApplication.processEvents()
        yield made
        use_language("en")


def outside(text: str) -> str:
    """What of a text no translation has said."""
    depth, kept = 0, []
    for letter in text:
        depth += (letter == "⟦") - (letter == "⟧")
        kept.append(letter if not depth and letter != "⟧" else " ")
    return "".join(kept)


def texts_of(widget: QWidget) -> Iterator[str]:
    """What a person reads or hears of one widget."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    if isinstance(widget, QDockWidget):
        yield widget.windowTitle()
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QHeaderView) and widget.model() is not None and widget.orientation() == ACROSS:
        yield from (str(widget.model().headerData(place, ACROSS) or "") for place in range(widget.count()))


def is_qts_own(widget: QWidget) -> bool:
    """What Qt names and translates itself, from its own files."""
    name = widget.objectName()
    return (
        name.startswith("qt_dockwidget") or name in ("ScrollLeftButton", "ScrollRightButton") or name == "recent_menu"
    )


def unsaid(texts: Iterable[str], own: set[str]) -> set[str]:
    """Those that have words which nobody said in the language in use."""
    found = set()
    for text in texts:
        bare = outside(re.sub("<[^>]*>", " ", text))
        if any(word not in own for word in _WORD.findall(_CODE.sub(" ", bare))):
            found.add(text)
    return found


def everything_in(window: MainWindow) -> list[str]:
    """Every text of the workspace on the screen, also what is painted."""
    painted: list[str] = []
    draw = QPainter.drawText

    def spy(painter: QPainter, *args: object) -> object:
        painted.extend(text for text in args if isinstance(text, str))
        return draw(painter, *args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", spy)
        window.grab()
    widgets = [widget for widget in (window, *window.findChildren(QWidget)) if not is_qts_own(widget)]
    actions = [action for action in window.findChildren(QAction) if not isinstance(action.parent(), QMenu)]
    said = [text for widget in widgets for text in texts_of(widget)]
    return painted + said + [text for action in actions for text in (action.text(), action.toolTip())]


def test_no_text_of_a_panel_stays_in_another_language(window: MainWindow, marked: str) -> None:
    own = {*_OWN.split(), *_WORD.findall(PROGRAM)}
    use_language(marked)
    left = set()
    for workspace in (0, 1):
        window.stack.setCurrentIndex(workspace)
        QApplication.processEvents()
        left |= unsaid(everything_in(window), own)
    window.stack.setCurrentIndex(0)
    assert not left


def test_a_pass_is_held_as_before_and_all_is_english_again(window: MainWindow, marked: str) -> None:
    use_language(marked)
    position, text = window.session.history.position, window.program.text()
    use_language("en")
    assert (window.session.state, window.session.history.position, window.program.text()) == ("paused", position, text)
    window.stack.setCurrentIndex(0)
    QApplication.processEvents()
    assert not [text for text in everything_in(window) if "⟦" in text]


def test_a_further_language_is_a_folder_of_files(window: MainWindow, marked: str) -> None:
    assert set(language.languages()) == {"en", "pt_BR", "xx"}
    use_language("xx")
    assert language.spoken() == "xx" and window.actions_by_id["run"].text() == "⟦Executar⟧"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_button_is_narrower_than_its_portuguese_words(window: MainWindow, scale: float) -> None:
    theme.current().set_scale(scale)
    use_language("pt_BR")
    cut = []
    for workspace in (0, 1):
        window.stack.setCurrentIndex(workspace)
        for _ in range(5):
            QApplication.processEvents()
        cut += [words for button in window.findChildren(QAbstractButton) if (words := cut_words(button))]
    window.stack.setCurrentIndex(0)
    assert not cut


def cut_words(button: QAbstractButton) -> str:
    """The words of a button that is on the screen and has no room for them."""
    style = Qt.ToolButtonStyle.ToolButtonIconOnly
    is_icon = isinstance(button, QToolButton) and button.toolButtonStyle() == style and not button.icon().isNull()
    if not button.isVisible() or is_icon or button.visibleRegion().isEmpty():
        return ""
    size = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text())
    is_cut = size.width() > button.width() or size.height() > button.height() + 1
    return f"{button.objectName()}: {button.text()}" if is_cut else ""


@pytest.mark.parametrize("action", ["build_tensor", "export", "add_breakpoint"])
def test_a_dialog_that_is_open_is_said_anew(window: MainWindow, marked: str, action: str) -> None:
    use_language("en")
    window.stack.setCurrentIndex(0)
    window.actions_by_id[action].trigger()
    until(lambda: open_dialogs(window), "the dialog is open")
    (dialog,) = open_dialogs(window)
    before = sorted(text for one in (dialog, *dialog.findChildren(QWidget)) for text in texts_of(one))
    use_language(marked)
    widgets = [one for one in (dialog, *dialog.findChildren(QWidget)) if not is_qts_own(one)]
    widgets = [one for one in widgets if not isinstance(one.parent(), QDialogButtonBox)]  # Qt says its own
    widgets = [one for one in widgets if one.objectName() != "builder_line"]  # Python
    own = {*_OWN.split(), *_WORD.findall(PROGRAM), *_WORD.findall(" ".join((*FILLS, *DTYPES)))}
    left = unsaid((text for one in widgets for text in texts_of(one)), own)
    use_language("en")
    again = sorted(text for one in (dialog, *dialog.findChildren(QWidget)) for text in texts_of(one))
    dialog.close()
    until(lambda: not open_dialogs(window), "the dialog is closed")
    assert not left and again == before


def open_dialogs(window: MainWindow) -> list[QDialog]:
    """On the screen now."""
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]

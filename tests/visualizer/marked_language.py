"""A third language, which marks each of its texts ⟦so⟧, and what of a window's texts nobody said in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
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

ACROSS = Qt.Orientation.Horizontal
WORD = re.compile(r"[^\W\d_]{2,}")
_CODE = re.compile(r"\\[a-z]+|\w*Backward\d|\w+_\w+|\w+\.(py|grad|md)\b|beta\d")  # LaTeX, nodes, names with a stroke
# What stays in every language: names of keys, units, file formats, PyTorch's and the languages' own.
OWN = """
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


_WORDS_OF = re.compile(r"(\{[^}]*\}|<[^>]*>|&[a-z]+;|\(\*.*|##.*)", re.DOTALL)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A third language whose texts are 40 % longer than English."""
    folder = tmp_path_factory.mktemp("translations")
    for code in ("xl", "pt_BR"):
        (folder / code).mkdir()
    for file in (asset("translations") / "pt_BR").glob("*.ts"):
        tree = ElementTree.parse(file)
        for message in tree.iter("message") if file.stem != "languages" else ():
            source = (message.findtext("source") or "").partition("##")[0]
            for text in (*message.iter("translation"), *message.iter("numerusform")):
                text.text = text.text if len(text) else longer(source)
        tree.write(folder / "xl" / file.name, encoding="utf-8")
        (folder / "pt_BR" / file.name).write_bytes(file.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "asset", lambda name: folder if name == "translations" else asset(name))
        patch.setattr(language, "_known", {language.ENGLISH: language.Catalog(language.ENGLISH)})
        yield "xl"


def longer(text: str) -> str:
    """By two fifths of its words."""
    n = sum(len(part) for place, part in enumerate(_WORDS_OF.split(text)) if not place % 2) * 2 // 5
    return text if "(*" in text else f"{text}{(' mensen' * (n // 7 + 1))[:n].rstrip()}"


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
        if any(word not in own for word in WORD.findall(_CODE.sub(" ", bare))):
            found.add(text)
    return found


def cut_words(button: QAbstractButton) -> str:
    """The words of a button that is on the screen and has no room for them."""
    style = Qt.ToolButtonStyle.ToolButtonIconOnly
    is_icon = isinstance(button, QToolButton) and button.toolButtonStyle() == style and not button.icon().isNull()
    if not button.isVisible() or is_icon or button.visibleRegion().isEmpty():
        return ""
    size = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text())
    is_cut = size.width() > button.width() or size.height() > button.height() + 1
    return f"{button.objectName()}: {button.text()}" if is_cut else ""

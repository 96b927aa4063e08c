"""A text that was spoken follows the language, as long as what says it lives."""

from __future__ import annotations

import ast
import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QDoubleSpinBox, QLabel, QMenuBar, QWidget

import visualizer
from engine.shared import language
from engine.shared.language import tr
from visualizer.app.status_bar import StatusBar
from visualizer.backprop.timeline.scrubber import Scrubber
from visualizer.look import spoken
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import say_again, speak, speak_by, speak_count, use_language

# What goes to the foot of the window, or to what stands over a panel until something else is said there.
TOLD = {"status", "message", "said", "failed", "ended", "progress"}


@pytest.fixture
def place(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few in Portuguese."""
    catalog = language._read("pt_BR")
    catalog.by_source["Step {n} of {whole}"] = "Passo {n} de {whole}"
    catalog.by_count["{n} steps"] = ("{n} passo", "{n} passos")
    monkeypatch.setitem(language._known, "pt_BR", catalog)


def test_a_text_is_said_now_and_again_whenever_the_language_changes(place):
    label, counted, made = QLabel(place), QLabel(place), QLabel(place)
    speak(label.setText, "Step {n} of {whole}", n=3, whole="x")
    speak(label.setToolTip, "English")
    speak_count(counted.setText, "{n} step", "{n} steps", 1234)
    speak_by(made.setText, lambda: f"{tr('English')}!")
    assert [label.text(), label.toolTip(), counted.text()] == ["Step 3 of x", "English", "1,234 steps"]
    use_language("pt_BR")
    assert [label.text(), label.toolTip(), counted.text()] == ["Passo 3 de x", "Português", "1.234 passos"]
    assert made.text() == "Português!"
    use_language("en")
    assert [label.text(), counted.text(), made.text()] == ["Step 3 of x", "1,234 steps", "English!"]


def test_the_last_text_of_a_setter_is_the_one_that_is_said_again(place):
    label = QLabel(place)
    speak(label.setText, "English")
    speak_by(label.setText, lambda: "model.pt")
    use_language("pt_BR")
    assert label.text() == "model.pt"


def test_items_and_headers_are_said_again_each_once(place):
    box, calls = QComboBox(place), []
    box.addItem("")
    for _ in range(3):
        say_again(box, lambda: (box.setItemText(0, tr("English")), calls.append(box.itemText(0))))
    use_language("pt_BR")
    assert calls == ["English", "English", "English", "Português"]


def test_nothing_is_said_again_in_the_language_that_it_was_said_in(place):
    label, calls, heard = QLabel(place), [], []
    use_language("en")
    say_again(label, lambda: calls.append(tr("English")))
    hears = spoken.current().changed.connect(lambda: heard.append(tr("English")))
    use_language("en")
    assert (calls, heard) == (["English"], [])
    language.use("pt_BR")  # beside the window, which has its texts to say when it is asked to
    use_language("pt_BR")
    use_language("pt_BR")
    language.use("en")
    use_language("pt_BR")  # what was said meanwhile may be in either
    spoken.current().changed.disconnect(hears)
    assert (calls, heard) == (["English", "Português", "Português"], ["Português", "Português"])


def test_what_hears_that_the_language_changed_finds_every_text_said(place):
    label, seen = QLabel(place), []
    speak(label.setText, "English")

    def see() -> None:
        seen.append(label.text())

    spoken.current().changed.connect(see)
    use_language("pt_BR")
    spoken.current().changed.disconnect(see)
    assert seen == ["Português"]


def test_qts_own_buttons_and_numbers_follow(place, qtbot):
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, place)
    number = QDoubleSpinBox(place)
    number.setValue(1.5)
    assert number.text() == "1.50"
    use_language("pt_BR")
    qtbot.waitUntil(lambda: buttons.buttons()[0].text().replace("&", "") == "Cancelar")
    assert number.text() == "1,50"
    later = QDoubleSpinBox(place)
    later.setValue(2.5)
    assert later.text() == "2,50"
    use_language("en")
    qtbot.waitUntil(lambda: buttons.buttons()[0].text().replace("&", "") == "Cancel")


def test_a_menu_that_qt_made_and_python_forgot_still_speaks(place):
    menu = QMenuBar(place).addMenu("")
    speak(menu.menuAction().setText, "English")
    gc.collect()
    use_language("pt_BR")
    assert menu.menuAction().text() == "Português"


def test_what_is_gone_is_forgotten():
    n_before = len(spoken.current()._owners)
    place = QWidget()
    label, alone, menu = QLabel(place), QLabel(), QMenuBar(place).addMenu("")
    speak_by(label.setText, label.parentWidget().objectName)
    speak(alone.setText, "English")
    speak(menu.menuAction().setText, "English")
    watched = [weakref.ref(one) for one in (place, label, alone)]
    place.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    use_language("pt_BR")  # a label without its C++ side is not spoken to
    del place, label, alone, menu
    gc.collect()
    assert [one() for one in watched] == [None] * 3
    assert len(spoken.current()._owners) == n_before and not spoken.current()._wrappers


def test_the_foot_says_again_what_it_says(place):
    bar = StatusBar(place)
    message = bar.findChild(QLabel, "status_message")
    bar.say(lambda: tr("Step {n} of {whole}", n=3, whole="x"))
    use_language("pt_BR")
    assert message.text() == message.toolTip() == "Passo 3 de x"
    with pytest.raises(TypeError):
        bar.say("Copiado")  # would stay in its language
    bar.say(str)
    use_language("en")
    assert message.text() == ""


def test_a_label_that_others_have_hidden_stays_hidden_in_another_language(place):
    label = ElidedLabel(12, "text.primary", parent=place)
    speak_by(label.set_text, lambda: tr("Step {n} of {whole}", n=3, whole="x"))
    place.show()
    assert label.isVisible()
    label.hide()
    use_language("pt_BR")
    assert label.text() == "Passo 3 de x" and label.isHidden()
    use_language("en")
    label.set_text("")
    label.set_text("again")
    assert label.isVisible()


def test_a_timeline_without_a_pass_says_so_from_the_start_on(place):
    scrubber = Scrubber(place)
    first = scrubber.accessibleDescription()
    use_language("pt_BR")
    use_language("en")
    assert first and scrubber.accessibleDescription() == first


def test_what_is_told_can_be_told_again_in_another_language():
    """A signal whose words stand somewhere carries a function, and not the text that this gave at that moment."""
    fixed = []
    for path in sorted(Path(visualizer.__file__).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text())):
            match call:
                case ast.Call(ast.Attribute(ast.Attribute(attr=signal), "emit"), [told]) if signal in TOLD:
                    match told:
                        case ast.JoinedStr() | ast.Call(ast.Name("tr" | "trn" | "said" | "str")):
                            fixed.append(f"{path.name}:{call.lineno}: {ast.unparse(call)}")
    assert not fixed

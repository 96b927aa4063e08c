"""Enter presses the button that has the keyboard, and none that a field gives it to."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QMainWindow, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from visualizer.app.enter_presses import EnterPresses


def test_enter_presses_the_button_that_has_the_keyboard_and_none_that_a_field_gives_it_to(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    EnterPresses(window)
    room = QWidget(window)
    field, push, tool, menu = QLineEdit(room), QPushButton(room), QToolButton(room), QPushButton(room)
    menu.setMenu(QMenu(menu))
    column = QVBoxLayout(room)
    for widget in (field, push, tool, menu):
        column.addWidget(widget)
    window.setCentralWidget(room)
    window.show()
    window.activateWindow()
    pressed = []
    push.clicked.connect(lambda: pressed.append("push"))
    tool.clicked.connect(lambda: pressed.append("tool"))
    field.returnPressed.connect(push.setFocus)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert push.hasFocus() and pressed == []
    QTest.keyClick(push, Qt.Key.Key_Return)
    tool.setFocus()
    QTest.keyClick(tool, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert pressed == ["push", "tool"]
    QTest.keyClick(tool, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    menu.setFocus()
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert pressed == ["push", "tool"] and not menu.menu().isVisible()
    push.setFocus()
    push.deleteLater()
    qtbot.waitUntil(lambda: not isValid(push))
    field.setFocus()  # of the one that is gone nothing is asked
    dialog = QDialog(window)
    inside = QPushButton(dialog)
    inside.setAutoDefault(False)
    inside.clicked.connect(lambda: pressed.append("inside"))
    dialog.show()
    dialog.activateWindow()
    inside.setFocus()
    QTest.keyClick(inside, Qt.Key.Key_Return)
    assert pressed == ["push", "tool"], "a dialog has its own rules"
    dialog.close()

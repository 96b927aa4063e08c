"""The variables of functions in the table: where a program is held or has failed, and what is done with one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from tests.visualizer.window import main_window, press, run, set_program, until
from visualizer.app.main_window import MainWindow
from visualizer.backprop.program.assignments import assignment_line
from visualizer.backprop.variables.table_model import name_text

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

TRAINS = """\
import torch

def train(w, x):
    for step in range(2):
        hidden = torch.tanh(x * w)
        loss = hidden.sum()
        loss.backward()

def main():
    hidden = 3
    train(torch.ones(4, requires_grad=True), torch.arange(4.0))

main()
"""
FAILS = TRAINS.replace("loss.backward()", "hidden @ torch.ones(7)")


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with main_window(tmp_path_factory.mktemp("window")) as window:
        window.resize(1440, 900)
        yield window


def names(window: MainWindow) -> list[str]:
    return [row.name for row in window.variables.model.rows]


def choose(window: MainWindow, name: str) -> None:
    row = names(window).index(name)
    window.variables.table.setCurrentIndex(window.variables.proxy.mapFromSource(window.variables.model.index(row, 0)))


def test_a_held_pass_shows_what_its_functions_hold_and_a_row_is_its_node(window: MainWindow) -> None:
    set_program(window, TRAINS)
    press(window, "Ctrl+Shift+Return")
    until(lambda: "train().hidden" in names(window), "the function's variables are there")
    assert [name for name in names(window) if "()" in name] == [
        "train().w", "train().x", "train().step", "train().hidden", "train().loss", "main().hidden",
    ]  # fmt: skip
    assert name_text(window.variables.model.rows[3]) == "hidden  train()"
    choose(window, "train().hidden")
    node = window.selection.node
    assert node is not None and node.variable == "hidden"
    until(lambda: window.variables.selected == "train().hidden", "its row is marked")
    link = window.variables.findChild(QPushButton, "add_retain_grad")
    until(lambda: link.text() == "Add hidden.retain_grad() at line 5", "in its own function")
    link.click()
    assert window.program.text().split("\n")[4:6] == [
        "        hidden = torch.tanh(x * w)", "        hidden.retain_grad()",
    ]  # fmt: skip
    press(window, "Ctrl+F5")
    until(lambda: window.session.state == "ready", "the program has ended")
    until(lambda: not any("()" in name for name in names(window)), "and they have gone with the functions")


def test_where_a_function_failed_its_variables_and_its_graph_are_seen(window: MainWindow) -> None:
    assert run(window, FAILS).error is not None
    until(lambda: "train().hidden" in names(window), "the function's variables are there")
    until(lambda: window.session.graph is not None and window.session.graph.output == "train().loss", "its graph")
    press(window, "F9")
    until(lambda: window.session.state == "paused", "which can be stepped")
    press(window, "F5")
    until(lambda: window.session.state == "ready", "to its end")
    press(window, "Shift+F9")
    run(window, "x = 1")
    until(lambda: names(window) and not any("()" in name for name in names(window)), "gone with the next run")


@pytest.mark.parametrize(
    ("name", "line"),
    [("hidden", 10), ("train().hidden", 5), ("main().hidden", 10), ("main#2().hidden", 10), ("other().hidden", 0)],
)
def test_an_assignment_is_looked_for_in_its_function(name: str, line: int) -> None:
    assert assignment_line(TRAINS, name) == line


def test_of_two_methods_that_are_called_the_same_each_has_its_class() -> None:
    text = "class A:\n    def f(self):\n        x = 1\nclass B:\n    def f(self):\n        x = 2\n"
    found: list[Any] = [assignment_line(text, name) for name in ("A.f().x", "B.f().x", "C.f().x")]
    assert found == [3, 6, 0]
    assert assignment_line("def f(:\n x = 1", "f().x") == 0

"""The variables of a program that runs."""

import pytest

from tests.visualizer.window import main_window, press, start, until, value

LOOP = "import time\nn = 0\nwhile True:\n    n += 1\n    time.sleep(0.01)\n"


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with main_window(tmp_path_factory.mktemp("window")) as window:
        yield window


def test_they_appear_and_follow_while_it_runs(window):
    start(window, LOOP)
    until(lambda: value(window, "n"), "the table has a row for n")
    first = int(value(window, "n"))
    until(lambda: int(value(window, "n")) > first, "the row follows the program")
    assert window.session.state == "running"
    press(window, "Ctrl+.")
    until(lambda: window.session.state == "ready", "the program has stopped")


def test_those_of_a_program_that_waits_for_input_are_there(window):
    finished = start(window, "before = 5\nanswer = input('?')\n")
    until(lambda: window.session.state == "input", "the program asks")
    until(lambda: value(window, "before") == "5", "the table has what was made before")
    window.session.answer_input("yes")
    until(lambda: finished, "the program finishes")
    assert "yes" in value(window, "answer")

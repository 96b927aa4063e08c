"""The variables of a program that runs."""

import pytest
from PySide6.QtCore import QObject

from engine.protocol.messages import Variables
from engine.protocol.program_values import Variable
from engine.protocol.tensor_values import TensorSummary
from tests.visualizer.window import main_window, press, start, until, value
from visualizer.model.live_variables import LiveVariables

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


class Asked(QObject):
    """Answers at once, with a tensor in which something is still to be counted."""

    def __init__(self) -> None:
        super().__init__()
        self.counting: list[str] = []

    def ask(self, question, take, failed, *, may_wait) -> None:
        self.counting.append(question.counting)
        summary = TensorSummary((3_000, 3_000), "float32", "cpu", counts_due=question.counting == "later")
        take(Variables(rows=(Variable("x", "Tensor", summary=summary),)))


def test_what_takes_long_to_count_is_left_out_until_a_program_runs_for_longer():
    engine = Asked()
    live = LiveVariables(engine, engine)
    live.start()
    for n_asked in range(1, 4):
        until(lambda n_asked=n_asked: len(engine.counting) >= n_asked, "it has asked once more")
    live.stop()
    assert engine.counting[:3] == ["later", "rest", "rest"]
    live.start()
    until(lambda: len(engine.counting) > 3, "it asks of another run")
    live.stop()
    assert engine.counting[3] == "later"

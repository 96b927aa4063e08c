"""While the program is inside one operation the window says of what time the values are that it shows."""

from __future__ import annotations

from engine.protocol.messages import AskVariables
from tests.visualizer import window as w

BEFORE = "import os, time, torch\nx = torch.zeros(2, 3)\nslow = torch.zeros(1)\n"
# One operation, which lasts until a file is there: it calls Python for its one element.
ONE_OPERATION = """def ends(value):
    while not os.path.exists({gate!r}): time.sleep(0.01)
    return 1.0
slow.apply_(ends)
"""


def test_values_of_before_are_shown_with_their_time_until_those_of_now_come(qapp, tmp_path):
    with w.main_window(tmp_path) as window:
        w.run(window, BEFORE)
        window.selection.select_variable("x")
        note = window.inspector.value.note
        w.until(lambda: window.inspector.value.details is not None, "x is shown")
        assert note.isHidden() and window.variables.time.isHidden()
        running = []
        window.session.statement_running.connect(running.append)
        w.start(window, BEFORE.replace("zeros(2", "ones(2") + ONE_OPERATION.format(gate=str(tmp_path / "gate")))
        w.until(lambda: 5 in running, "the operation runs")
        assert window.program.editor.gutter.running_line == 5
        window.engine.send(AskVariables())
        window.inspector.refresh()
        w.until(lambda: note.text().startswith("as of "), "the inspector says of when its values are")
        assert window.inspector.value.again.isVisibleTo(window.inspector)
        age = window.panels.stage.age
        window.panels.stage.details_wanted.emit(window.panels.stage.key)
        w.until(lambda: age.note.text().startswith("as of "), "the stage says so, too")
        window.inspector.value.again.click()  # in vain: it is still inside of that operation
        w.until(lambda: note.text().startswith("as of "), "still of then")
        w.until(lambda: not window.variables.time.isHidden(), "the table says of when its values are")
        (tmp_path / "gate").touch()
        value = window.inspector.value
        w.until(lambda: value.details is not None and value.details.summary.minimum == 1, "the values are of now")
        w.until(lambda: note.isHidden() and window.variables.time.isHidden(), "nothing says that they are old")
        assert value.again.isHidden()
        w.until(lambda: age.isHidden(), "those of the stage, too")


def test_what_could_not_be_read_is_read_again_on_request(qapp, tmp_path):
    with w.main_window(tmp_path) as window:
        w.run(window, "import torch\na = torch.ones(2, 3)\nx = a + 1\n")
        window.selection.select_variable("x")
        stage, value = window.panels.stage, window.inspector.value
        w.until(lambda: value.details is not None and stage.operands.blocks, "x is shown")
        operand = stage.operands.blocks[0]
        w.until(lambda: not operand.sheets.isHidden(), "the operand is shown")
        asked = (window.inspector.request_failed, value.feed.key), (stage.request_failed, stage.key)
        for fail, key in (*asked, (stage.request_failed, operand.sheets._key)):
            fail(key, lambda: "The engine had no room.")
        assert value.heat_map.message == operand.words.text() == stage.words.text() == "The engine had no room."
        buttons = value.again, operand.again, stage.block.again
        assert all(button.isVisibleTo(window) for button in buttons)
        for button in buttons:
            button.click()
        w.until(lambda: value.details is not None and not value.heat_map.message, "the inspector has read it")
        w.until(lambda: not stage.sheets.isHidden() and not operand.sheets.isHidden(), "the stage has read both")
        assert all(button.isHidden() for button in buttons)

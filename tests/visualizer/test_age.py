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
        w.until(lambda: not window.variables.time.isHidden(), "the table says of when its values are")
        (tmp_path / "gate").touch()
        w.until(lambda: note.isHidden() and window.variables.time.isHidden(), "the values are of now")
        assert window.inspector.value.details.summary.minimum == 1

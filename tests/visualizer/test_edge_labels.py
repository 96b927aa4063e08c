"""Words beside the lines of the graph: nothing of what they said before stays on the screen."""

from PySide6.QtCore import QPointF

from tests.visualizer import window as w
from tests.visualizer.test_graph_content import difference

PROGRAM = """import torch
x = torch.ones(6, 3, requires_grad=True)
hidden_states_of_the_last_layer = torch.tanh(x)
loss = hidden_states_of_the_last_layer.mean()
loss.backward()
"""


def test_a_wide_label_leaves_nothing_behind_when_a_step_makes_it_narrow(tmp_path):
    with w.main_window(tmp_path) as window:
        held, canvas = window.session.held, window.graph.canvas
        w.set_program(window, PROGRAM)
        w.press(window, "Ctrl+Shift+Return")
        w.until(lambda: held.can_step, "the pass is held")
        w.until(lambda: canvas.scene is not None and canvas.scene.layout.engine == "dot", "the graph is drawn")
        canvas.zoom_to(1.0)
        canvas.center_on(QPointF(canvas.scene.bounds.center()))
        for _ in range(3):
            before = canvas.states.links.copy()
            canvas.grab()
            w.press(window, "F10")
            w.until(lambda before=before: (canvas.states.links != before).any(), "the step is drawn")
            stepped = canvas.grab().toImage()
            canvas.redraw()
            assert difference(stepped, canvas.grab().toImage()) <= 2  # of 255: a line that is cut is rounded anew

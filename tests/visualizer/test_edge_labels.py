"""Words beside the lines of the graph: nothing of what they said before stays on the screen."""

from PySide6.QtCore import QPointF

from tests.visualizer import window as w
from tests.visualizer.test_graph_content import difference
from visualizer.backprop.graph.edges import EdgeArtist
from visualizer.backprop.graph.states import ARRIVING
from visualizer.model.selection import SelectedNode

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


FAN_IN = """import torch
class Passed(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 1
    @staticmethod
    def backward(ctx, gradient):
        return gradient
x, w = torch.ones(3, 4), torch.ones(4, 6, requires_grad=True)
h = Passed.apply(x @ w)
top = torch.tanh(h)
loss = top.sum() + 0.1 * h.pow(2).mean()
loss.backward()
"""


def test_pills_of_gradients_that_arrive_at_one_card_lie_beside_one_another(tmp_path):
    with w.main_window(tmp_path) as window:
        session, canvas = window.session, window.graph.canvas
        w.start(window, FAN_IN, "Ctrl+Shift+Return")
        w.until(lambda: session.state == "paused", "the pass is held")
        w.until(lambda: canvas.scene is not None and canvas.scene.shown.graph is session.graph, "the graph is drawn")
        at = next(node.id for node in session.graph.nodes if node.variable == "h")
        window.selection.select(SelectedNode(at))
        w.press(window, "Ctrl+F10", canvas)
        w.until(lambda: session.history.held is not None and session.history.held.id == at, "held where both arrive")
        artist, book = EdgeArtist(), canvas.book
        w.until(lambda: (canvas.states.links == ARRIVING).sum() == 2, "both are drawn")

        def pills():
            return list(artist.arriving(canvas.scene, canvas.states, book.norm_sent).values())

        w.until(lambda: sorted(pill.text for pill in pills()) == ["0.00569", "0.189"], "both norms are on pills")
        one, other = (artist.pill_box(pill.place, pill.text) for pill in pills())
        assert not one.intersects(other), pills()

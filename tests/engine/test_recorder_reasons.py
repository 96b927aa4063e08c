"""An output without a graph says why."""

import pytest

from tests.engine.watched import watch

PROGRAM = """\
x = torch.ones(3)
w = torch.ones(3, requires_grad=True)
h = w * 2
with torch.no_grad():
    a = h * 2
b = a + x
c = h.detach()
d = c * x
e = x * 2
f = h.argmax()
g = h > 0
i = h.data
j = (h > 0).float()
with torch.inference_mode():
    k = h * 2
@torch.no_grad()
def predict(t):
    return t.exp()
l = predict(w)
m = torch.tensor([1, 2])
n = e.new_zeros(2)
o = h.clone().detach_()
"""

REASONS = {
    "a": "a was made under torch.no_grad() at line 5.",
    "b": "b depends only on what was made under torch.no_grad() at line 5.",
    "c": "c was detached at line 7.",
    "d": "d depends only on what was detached at line 7.",
    "e": "No tensor that e depends on requires a gradient.",
    "f": "f came out of Tensor.argmax at line 10, which has no derivative.",
    "g": "g came out of Tensor.gt at line 11, which has no derivative.",
    "i": "i was detached at line 12.",
    "j": "j depends only on what came out of Tensor.gt at line 13, which has no derivative.",
    "k": "k was made under torch.inference_mode() at line 15.",
    "l": "l was made under torch.no_grad() at line 18.",
    "m": "m is int64, and only floating-point and complex tensors have gradients.",
    "n": "No tensor that n depends on requires a gradient.",
    "o": "o was detached at line 22.",
    "w": "w is a leaf: no operation made it, so nothing lies behind it.",
    "x": "No tensor that x depends on requires a gradient.",
}


@pytest.fixture(scope="module")
def watched():
    return watch(PROGRAM)


@pytest.mark.parametrize("name", REASONS)
def test_the_reason(watched, name):
    recorder, namespace = watched
    graph = recorder.graph(namespace[name], name, namespace)
    assert graph.reason == REASONS[name]
    assert graph.nodes == () and graph.outputs == ("h",)


def test_an_output_with_a_graph_needs_none(watched):
    recorder, namespace = watched
    assert recorder.graph(namespace["h"], "h", namespace).reason == ""


def test_without_a_place_there_is_no_line():
    recorder, namespace = watch("w = torch.ones(3, requires_grad=True)\n")
    with recorder.watching():
        late = (namespace["w"] * 2).detach()
    recorder.program_paths.clear()
    assert recorder.graph(late, "late", {}).reason.startswith("late was detached")

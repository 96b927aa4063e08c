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
n = e.new_zeros(2); of_shape = torch.randn_like(h)
o = h.clone().detach_()
p = h.long().float()
q = torch.tensor(h.sum())
r, = torch.autograd.grad(h.sum(), w)
s = torch.multinomial(h, 1)
number = h[0].item() * 2
u = torch.tensor(number, requires_grad=True)
v = torch.from_numpy(h.detach().numpy() ** 2).sum()
y = torch.ones(3)
z = y * 2
y.requires_grad_()
aa = h.detach().requires_grad_()
bb = torch.tensor(h.sum(), requires_grad=True)
with torch.no_grad():
    cc = h * 1
    cc = cc - 0.1
    dd = w.clone()
    ee = torch.exp(dd)
w = torch.ones(3, requires_grad=True)
with torch.no_grad():
    w = w - 0.1
ff = (w * 2).sum()
w = torch.ones(3, requires_grad=True)
gg = nn.Parameter(h * 3)
hh = nn.Parameter(torch.ones(3))
"""


def cut(name, line, expression, rest):
    return f"{name} has no graph: it was cut at line {line} by {expression}{rest}"


DETACHES = ", which detaches; leave that out where the gradient has to pass."
POSITIONS = (
    ": positions have no derivative; compute with the values themselves, as F.cross_entropy does with the scores."
)
TRUTH = ": true and false have no derivative; a smooth function has one, e.g. torch.sigmoid."
NO_GRAD = "ran under torch.no_grad(), or with gradients switched off; compute it outside of that."
NOTHING = "requires a gradient: make one with requires_grad=True before computing with it."
REASONS = {
    "a": f"a has no graph: h * 2 at line 5 {NO_GRAD}",
    "b": f"b has no graph: h * 2 at line 5 {NO_GRAD}",
    "c": cut("c", 7, "h.detach()", DETACHES),
    "d": cut("d", 7, "h.detach()", DETACHES),
    "e": f"No tensor that e depends on {NOTHING}",
    "f": cut("f", 10, "h.argmax()", POSITIONS),
    "g": cut("g", 11, "h > 0", TRUTH),
    "i": cut("i", 12, "h.data", DETACHES),
    "j": cut("j", 13, "h > 0", TRUTH),
    "k": "k has no graph: h * 2 at line 15 ran under torch.inference_mode(); compute it outside of that.",
    "l": f"l has no graph: t.exp() at line 18 {NO_GRAD}",
    "m": "m is int64, and only floating-point and complex tensors have gradients.",
    "n": f"No tensor that n depends on {NOTHING}",
    "o": cut("o", 22, "h.clone().detach_()", DETACHES),
    "p": cut("p", 23, "h.long()", ": whole numbers have no derivative; stay in floating point."),
    "q": cut(
        "q",
        24,
        "torch.tensor(h.sum())",
        ", which copies the numbers without their graph; use the tensor itself, or torch.stack for several.",
    ),
    "r": "r has no graph: the gradient that torch.autograd.grad(h.sum(), w) computed at line 25 has none; pass "
    "create_graph=True to that call.",
    "s": cut(
        "s",
        26,
        "torch.multinomial(h, 1)",
        ": a sample has no derivative; use .rsample() of a distribution that has it, or the .log_prob() of the sample.",
    ),
    "u": "u is a leaf, made at line 28 of plain numbers, so nothing lies behind it. h[0].item() at line 27 had taken "
    "numbers out of a graph, and numbers carry none: compute with the tensor itself.",
    "v": "No tensor that v depends on requires a gradient. h.detach().numpy() at line 29 had taken numbers out of a "
    "graph, and numbers carry none: compute with the tensor itself.",
    "of_shape": f"No tensor that of_shape depends on {NOTHING}",
    "z": "No tensor that z depends on required a gradient when it was computed at line 31; y.requires_grad_() at line "
    "32 came after that.",
    "aa": "aa is a new leaf, so nothing lies behind it: h.detach() at line 33 cut it off from what it was computed "
    "from.",
    "bb": "bb is a new leaf, so nothing lies behind it: torch.tensor(h.sum(), requires_grad=True) at line 34 cut it "
    "off from what it was computed from.",
    "ff": "ff has no graph: w - 0.1 at line 42 made w a new tensor under torch.no_grad(), which requires no gradient; "
    "there, w -= … changes the leaf itself.",
    "gg": "gg is a new leaf, so nothing lies behind it: nn.Parameter(h * 3) at line 45 cut it off from what it was "
    "computed from.",
    "hh": "hh is a leaf: no operation made it, so nothing lies behind it.",
    "w": "w is a leaf: no operation made it, so nothing lies behind it.",
    "x": f"No tensor that x depends on {NOTHING}",
}


@pytest.fixture(scope="module")
def watched():
    return watch(PROGRAM)


@pytest.mark.filterwarnings("ignore:To copy construct from a tensor")  # which is what one of the programs does
@pytest.mark.parametrize("name", REASONS)
def test_the_reason(watched, name):
    recorder, namespace = watched
    graph = recorder.graph(namespace[name], name, namespace)
    assert graph.reason.text == REASONS[name]
    assert graph.nodes == () and graph.outputs == ("h",)


def test_an_output_with_a_graph_needs_none(watched):
    recorder, namespace = watched
    assert recorder.graph(namespace["h"], "h", namespace).reason is None


def test_without_a_place_there_is_no_line():
    recorder, namespace = watch("w = torch.ones(3, requires_grad=True)\n")
    with recorder.watching():
        late = (namespace["w"] * 2).detach()
    recorder.program_paths.clear()
    assert recorder.graph(late, "late", {}).reason.text == "late has no graph: Tensor.detach cut it off."

"""What ran again on the same lines is one repetition, with a pass for each time that it ran."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.protocol.graph_values import Graph
from tests.engine.watched import PATH, graph_of

START = "W = torch.rand(3, 3, requires_grad=True)\nh = torch.rand(2, 3, requires_grad=True)\n"  # two lines


def tree(graph: Graph) -> list:
    """Of the repetitions in no other: (first line, last line, number of passes, what is in its first pass)."""
    passes: dict[int, list[int]] = {}
    for number, repetition in enumerate(graph.iterations):
        passes.setdefault(repetition, []).append(number)

    def inside(iteration: int) -> list:
        return [
            (r.line, r.end_line, len(passes[number]), inside(passes[number][0]))
            for number, r in enumerate(graph.repetitions)
            if r.iteration == iteration
        ]

    assert all(repetition.path == PATH for repetition in graph.repetitions)
    return inside(-1)


def repeated(text: str, name: str = "h") -> list:
    return tree(graph_of(START + text, name)[2])


def test_a_loop_over_time_steps_has_a_pass_for_each_step() -> None:
    text = "for t in range(50):\n    z = h @ W\n    h = torch.tanh(z)\nloss = h.sum()\n"
    assert repeated(text, "loss") == [(4, 5, 50, [])]
    _, _, graph = graph_of(START + text, "loss")
    inside = [node.iteration for node in graph.nodes if node.kind == "backward"]
    assert inside == [-1] + [number for number in reversed(range(50)) for _ in range(2)]
    assert {node.iteration for node in graph.nodes if node.kind != "backward"} == {-1}


LOOPS = [
    """for i in range(3):
    h = h @ W
    for j in range(4):
        h = torch.tanh(h)
""",
    """for i in range(3):
    for j in range(4):
        h = torch.tanh(h)
    h = h @ W
""",
    """for i in range(6):
    if i % 2:
        h = h @ W
    else:
        h = torch.tanh(h @ W)
""",
    """i = 0
while i < 5:
    h = h @ W
    i += 1
    if i == 2:
        continue
    h = torch.tanh(h)
""",
    """for i in range(5):
    try:
        h = h @ W
        int("x")
    except ValueError:
        h = torch.tanh(h)
""",
    "h = torch.stack([torch.tanh(h @ W) for _ in range(7)])\n",
    "h = sum(torch.tanh(h @ W) for _ in range(4))\n",
    "h = h @ W\nh = h @ W\nh = h @ W\n",
]
FOUND = [
    [(4, 6, 3, [(6, 6, 4, [])])],
    [(4, 6, 3, [(5, 5, 4, [])])],
    [(4, 7, 6, [])],
    [(5, 9, 5, [])],
    [(4, 8, 5, [])],
    [(3, 3, 7, [])],
    [(3, 3, 4, [])],
    [],
]


@pytest.mark.parametrize(("text", "expected"), [*zip(LOOPS, FOUND, strict=True)])
def test_a_loop_has_a_pass_for_each_time_that_it_ran(text: str, expected: list) -> None:
    assert repeated(text) == expected


def test_a_function_called_in_a_loop_is_inside_of_its_passes() -> None:
    text = "def step(h):\n    h = h @ W\n    return torch.tanh(h)\nfor _ in range(9):\n    h = step(h)\n"
    assert repeated(text) == [(7, 7, 9, [])]
    assert repeated("def step(h):\n    return torch.tanh(h @ W)\nh = step(h)\nh = step(h)\n") == []


def test_layers_in_a_list_are_passes_of_the_loop_over_them() -> None:
    text = "layers = [nn.Linear(3, 3) for _ in range(5)]\nfor layer in layers:\n    h = torch.relu(layer(h))\n"
    assert repeated(text) == [(5, 5, 5, [])]


def test_a_module_of_several_operations_is_in_one_pass() -> None:
    text = "m = nn.TransformerEncoderLayer(3, 1, 8)\nfor _ in range(4):\n    h = m(h)\n"
    assert repeated(text) == [(5, 5, 4, [])]


def test_a_loop_in_a_forward_says_which_module_ran_it() -> None:
    text = (
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.cell = nn.RNNCell(3, 3)\n        self.rnn = Rnn(self.cell)\n"
        "    def forward(self, x):\n        return torch.tanh(self.rnn(x))\n"
        "class Rnn(nn.Module):\n    def __init__(self, cell):\n        super().__init__()\n"
        "        self.cell = cell\n    def forward(self, x):\n        h = x\n        for _ in range(6):\n"
        "            h = self.cell(x, h)\n        return h\n"
        "net = Net()\nh = net(h)\n"
    )
    _, _, graph = graph_of(START + text, "h")
    (repetition,) = graph.repetitions
    assert (repetition.line, repetition.module, len(graph.iterations)) == (17, "rnn", 6)


STEPPING = {
    "m = nn.GRU(3, 4)\nh, _ = m(h.expand(5, 2, 3))": [5],
    "m = nn.GRU(3, 4, num_layers=2, bidirectional=True)\nh, _ = m(h.expand(5, 2, 3))": [5] * 4,
    "m = nn.RNN(3, 4, nonlinearity='relu')\nh, _ = m(h.expand(7, 2, 3))": [7],
    "m = nn.LSTM(3, 4).double()\nh, _ = m(h.double().expand(6, 2, 3))": [6],
    "m = nn.GRU(3, 4)\np = nn.utils.rnn.pack_padded_sequence(h.expand(9, 2, 3), [9, 6])\nh = m(p)[0].data": [6, 3],
    "m = nn.GRU(3, 4)\nh, _ = m(h.expand(1, 2, 3))": [],
}


@pytest.mark.parametrize("text", STEPPING)
def test_the_steps_that_a_recurrent_module_takes_inside_of_one_call_are_passes(text: str) -> None:
    _, _, graph = graph_of(START + text, "h")
    assert [graph.iterations.count(number) for number in range(len(graph.repetitions))] == STEPPING[text]
    made = [
        node for node in graph.nodes if node.operation.partition("_")[0] in ("torch.gru", "torch.lstm", "torch.rnn")
    ]
    for number, repetition in enumerate(graph.iterations):
        assert graph.repetitions[repetition].what == "time step"
        inside = [node.name for node in made if node.iteration == number]
        assert inside.count("AddmmBackward0") == 1, "the product of the hidden state"
    assert made and any(node.iteration < 0 for node in made), "what is computed for all steps at once"


def test_steps_of_a_recurrent_module_in_a_loop_are_in_its_passes() -> None:
    text = "m = nn.GRU(3, 3)\nh = h.expand(4, 2, 3)\nfor _ in range(3):\n    h, _ = m(h)\n"
    assert repeated(text) == [(6, 6, 3, [(6, 6, 4, [])])]


def test_a_linear_recursion_has_a_pass_for_each_depth() -> None:
    text = "def f(h, n):\n    if n == 0:\n        return h\n    return torch.tanh(f(h, n - 1) @ W)\nh = f(h, 30)\n"
    assert repeated(text) == [(4, 6, 30, [])]


def test_a_recursion_into_two_branches_is_one_repetition() -> None:
    text = "def f(h, n):\n    if n == 0:\n        return h @ W\n    return f(h, n - 1) * f(h, n - 1)\nh = f(h, 3)\n"
    assert repeated(text) == [(4, 6, 15, [])]


def test_a_function_of_a_library_is_in_one_pass_however_many_operations_it_calls() -> None:
    text = (
        "from torch.distributions import Normal, kl_divergence\nfor _ in range(4):\n"
        "    h = kl_divergence(Normal(h @ W, 1.0), Normal(h, 2.0))\n"
    )
    assert repeated(text) == [(5, 5, 4, [])]


def test_scalar_code_in_nested_comprehensions() -> None:
    text = (
        "class Neuron:\n    def __init__(self, n):\n"
        "        self.w = [torch.rand([], requires_grad=True) for _ in range(n)]\n"
        "    def __call__(self, x):\n        return sum((w * v for w, v in zip(self.w, x)), torch.zeros(())).tanh()\n"
        "class Layer:\n    def __init__(self, n, m):\n        self.neurons = [Neuron(n) for _ in range(m)]\n"
        "    def __call__(self, x):\n        return [neuron(x) for neuron in self.neurons]\n"
        "x = [torch.rand(()) for _ in range(2)]\n"
        "for layer in [Layer(2, 3), Layer(3, 4), Layer(4, 5)]:\n    x = layer(x)\n"
        "h = torch.stack(x).sum()\n"
    )
    assert repeated(text) == [(12, 12, 12, [(7, 7, 2, [])])]


INNERMOST = "h = torch.tanh(h @ W)\n"


def nested(*heads: str, body: str = INNERMOST) -> str:
    """Loops of which only the innermost line makes nodes."""
    return "".join(f"{'    ' * depth}for {head}:\n" for depth, head in enumerate(heads)) + "    " * len(heads) + body


def test_an_outer_loop_that_makes_no_node_itself_is_told_by_its_counter() -> None:
    assert repeated(nested("epoch in range(3)", "t in range(5)")) == [(4, 5, 3, [(5, 5, 5, [])])]
    assert repeated(nested("i, v in enumerate('abc')", "t in range(2, 6, 2)")) == [(4, 5, 3, [(5, 5, 2, [])])]
    three = nested("i in range(2)", "j in range(3)", "k in range(4)")
    assert repeated(three) == [(4, 6, 2, [(5, 6, 3, [(6, 6, 4, [])])])]
    call = "def step(h):\n    z = h @ W\n    return torch.tanh(z)\n"
    assert repeated(call + nested("epoch in range(3)", "t in range(len('abcd'))", body="h = step(h)\n")) == [
        (7, 8, 3, [(8, 8, 4, [])])
    ]
    assert repeated(nested("epoch in range(3)", "t in range(1)")) == [(4, 5, 3, [])]
    inside = "def run(h):\n    for t in range(5):\n        h = torch.tanh(h @ W)\n    return h\n"
    assert repeated(inside + nested("epoch in range(3)", body="h = run(h)\n")) == [(8, 8, 3, [(5, 5, 5, [])])]


def in_function(text: str) -> str:
    """The same lines inside of a function that is called once."""
    return (
        "def run(h):\n"
        + "".join(f"    {line}" for line in text.splitlines(keepends=True))
        + "    return h\nh = run(h)\n"
    )


def test_loops_inside_a_function_or_a_method_nest_as_at_the_top() -> None:
    assert repeated(in_function(nested("i in range(3)", "j in range(5)"))) == [(5, 6, 3, [(6, 6, 5, [])])]
    three = nested("i in range(2)", "j, v in enumerate('abc')", "k in range(8, 0, -2)")
    assert repeated(in_function(three)) == [(5, 7, 2, [(6, 7, 3, [(7, 7, 4, [])])])]
    captured = nested("i in range(3)", "j in range(5)", body="h = (lambda: torch.tanh(h @ W) * i)()\n")
    assert repeated(in_function(captured)) == [(5, 6, 3, [(6, 6, 5, [])])]
    method = (
        "class Net(nn.Module):\n    def forward(self, h):\n        for i in range(3):\n            for j in range(5):\n"
    )
    method += "                h = torch.tanh(h @ W)\n        return h\nh = Net()(h)\n"
    assert repeated(method) == [(6, 7, 3, [(7, 7, 5, [])])]


def test_a_loop_over_calls_of_a_function_with_a_loop_nests_inside_a_function_too() -> None:
    inner = "def inner(h):\n    for j in range(5):\n        h = torch.tanh(h @ W)\n    return h\n"
    assert repeated(inner + in_function("for i in range(3):\n    h = inner(h)\n")) == [(9, 9, 3, [(5, 5, 5, [])])]


def test_the_loops_of_a_recursion_nest_in_each_depth() -> None:
    text = "def f(h, n):\n    for i in range(3):\n        for j in range(4):\n            h = torch.tanh(h @ W)\n"
    text += "    return f(h, n - 1) if n else h\nh = f(h, 2)\n"
    assert repeated(text) == [(4, 7, 3, [(5, 6, 3, [(6, 6, 4, [])])])]


def test_the_loops_of_comprehensions_nest() -> None:
    both = "h = torch.stack([torch.tanh(h @ W) for i in range(3) for j in range(5)])\n"
    rows = "h = torch.stack([torch.stack([torch.tanh(h @ W) for j in range(5)]) for i in range(3)])\n"
    for text in (both, rows):
        assert repeated(in_function(text)) == [(4, 4, 3, [(4, 4, 5, [])])]
        assert repeated(text) == [(3, 3, 3, [(3, 3, 5, [])])]


def test_an_outer_loop_without_a_counter_is_told_by_the_inner_one_that_counts_anew() -> None:
    for write in (str, in_function):
        line = 5 if write is in_function else 4
        for heads in (("x in [7, 7, 8]", "t in range(5)"), ("_ in range(3)", "_ in range(5)")):
            assert repeated(write(nested(*heads))) == [(line, line + 1, 3, [(line + 1, line + 1, 5, [])])]


def test_what_a_function_held_is_let_go_as_if_nobody_had_read_its_counters() -> None:
    text = "import weakref\ndef run(h):\n    kept = locals()\n    big = torch.rand(9)\n    gone = weakref.ref(big)\n"
    text += "    for i in range(2):\n        for j in range(2):\n            h = h @ W\n"
    text += "    del big\n    return h, gone() is None, sorted(kept)\nh, is_gone, kept = run(h)\n"
    _, names, _ = graph_of(START + text, "h")
    assert (names["is_gone"], names["kept"]) == (True, ["h"])


def test_an_outer_loop_that_nothing_tells_counts_through() -> None:
    own = "range = lambda n: [0] * n\n"
    assert repeated(own + nested("a in range(3)", "b in range(5)")) == [(6, 6, 15, [])]
    changed = "for a in [0, 0, 0]:\n    b = 0\n    while b < 5:\n        h = torch.tanh(h @ W)\n        b += 1\n"
    assert repeated(changed) == [(6, 7, 15, [])]


LINES = st.sampled_from(["op", "call", "pair"])
INNER = st.lists(st.one_of(LINES, st.tuples(st.integers(2, 4), st.lists(LINES, max_size=2))), max_size=3)
BODY = st.lists(st.one_of(LINES, st.tuples(st.integers(2, 4), INNER)), max_size=4)


def written(body: list, depth: int = 0) -> list[str]:
    """Lines of a program of nested loops, in each of which an operation stands first."""
    lines = []
    for part in body:
        if isinstance(part, str):
            words = {"op": "h = torch.tanh(h)", "call": "h = step(h)", "pair": "h = torch.cat([h, h @ W])[:2]"}
            lines.append("    " * depth + words[part])
        else:
            lines += ["    " * depth + f"for _ in range({part[0]}):", "    " * (depth + 1) + "h = h * 1.5"]
            lines += written(part[1], depth + 1)
    return lines


def counted(body: list) -> list:
    return [(part[0], counted(part[1])) for part in body if not isinstance(part, str)]


def counts(found: list) -> list:
    return [(n, counts(inside)) for _, _, n, inside in found]


@settings(max_examples=40)
@given(BODY)
def test_loops_are_counted_as_they_ran(body: list) -> None:
    text = "def step(h):\n    h = h @ W\n    return h + 1\nh = h @ W\n" + "\n".join(written(body)) + "\n"
    assert counts(repeated(text)) == counted(body)


def counting(body: list, depth: int = 0) -> list[str]:
    """As `written`, but only what stands in a body makes nodes, and every loop has a counter of its own."""
    lines = []
    for part in body:
        if isinstance(part, str):
            lines += written([part], depth)
        else:
            lines += ["    " * depth + f"for i{depth} in range({part[0]}):", "    " * (depth + 1) + "pass"]
            lines += counting(part[1], depth + 1)
    return lines


def counted_where_nodes_are(body: list) -> list:
    loops = [(part[0], part[1]) for part in body if not isinstance(part, str) and "'" in repr(part)]
    return [(n, counted_where_nodes_are(inside)) for n, inside in loops]


@settings(max_examples=40)
@given(BODY, st.booleans())
def test_loops_that_only_hold_loops_are_counted_as_they_ran(body: list, inside: bool) -> None:
    text = "\n".join(["h = h @ W", *counting(body)]) + "\n"
    step = "def step(h):\n    h = h @ W\n    return h + 1\n"
    assert counts(repeated(step + (in_function(text) if inside else text))) == counted_where_nodes_are(body)

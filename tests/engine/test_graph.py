"""The graph is PyTorch's own: every node and edge of a plain walk, root first, at any size."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autograd.graph.categories import category
from engine.autograd.recorder import Recorder
from tests.engine.models import GPT
from tests.engine.watched import graph_of, node, watch

UNARY = [torch.tanh, torch.exp, torch.relu, torch.neg, torch.t, lambda t: t[0:2], lambda t: t.mul_(0.5), torch.clone]
BINARY = [torch.add, torch.mul, lambda a, b: a.expand(2, 2) @ b.expand(2, 2), torch.sub, torch.maximum]
STEPS = st.lists(
    st.tuples(st.integers(0, len(UNARY) + len(BINARY) - 1), st.integers(0, 99), st.integers(0, 99)), max_size=40
)


def plain_walk(root):
    """(nodes, edges) in PyTorch's own words."""
    nodes, edges, stack = {root}, [], [root]
    while stack:
        above = stack.pop()
        for index, (below, slot) in enumerate(above.next_functions):
            if below is not None:
                edges.append((above, index, below, slot))
                if below not in nodes:
                    nodes.add(below)
                    stack.append(below)
    return nodes, edges


def random_expression(steps):
    tensors = [torch.rand(2, 2, requires_grad=True), torch.rand(2, requires_grad=True), torch.rand(2, 2)]
    for which, first, second in steps:
        a, b = tensors[first % len(tensors)], tensors[second % len(tensors)]
        if which < len(UNARY):
            a = a + 0 if UNARY[which] is UNARY[6] else a  # a leaf may not be written
            tensors.append(UNARY[which](a))
        else:
            tensors.append(BINARY[which - len(UNARY)](a, b))
    return sum((t.sum() for t in tensors[-3:]), tensors[0].sum()), tensors


@settings(max_examples=60)
@given(STEPS)
def test_nodes_and_edges_are_those_of_a_plain_walk(steps):
    recorder = Recorder()
    with recorder.watching():
        loss, tensors = random_expression(steps)
    graph = recorder.graph(loss, "loss", {f"t{i}": t for i, t in enumerate(tensors)})
    nodes, edges = plain_walk(loss.grad_fn)
    shown = {n.id: recorder.grad_fn(n.id) for n in graph.nodes if n.kind != "input"}
    assert set(shown.values()) == nodes and len(shown) == len(nodes)
    drawn = [(shown[e.source], e.source_slot, shown[e.target], e.target_slot) for e in graph.edges if e.gradient]
    assert sorted(drawn, key=str) == sorted(edges, key=str)
    assert graph.n_not_recorded == 0
    order = {n.id: index for index, n in enumerate(graph.nodes)}
    assert all(order[e.source] < order[e.target] for e in graph.edges)
    assert graph.nodes[0].id == recorder.node_id(loss.grad_fn)


@settings(max_examples=60)
@given(STEPS)
def test_watching_a_random_expression_changes_no_bit_of_it(steps):
    torch.manual_seed(1)
    plain, before = random_expression(steps)
    torch.manual_seed(1)
    with Recorder().watching():
        watched, after = random_expression(steps)
    assert torch.equal(plain, watched) or (plain.isnan() and watched.isnan())
    grads = [
        torch.autograd.grad(loss, tensors[:2], allow_unused=True)
        for loss, tensors in ((plain, before), (watched, after))
    ]
    for a, b in zip(*grads, strict=True):
        assert (a is None and b is None) or torch.equal(a.nan_to_num(), b.nan_to_num())


@settings(max_examples=60)
@given(STEPS)
def test_summed_from_is_the_shape_that_the_node_hands_on(steps):
    recorder = Recorder()
    with recorder.watching():
        loss, _ = random_expression(steps)
    graph = recorder.graph(loss, "loss", {})
    for shown in graph.nodes:
        if shown.kind == "backward" and "CopySlices" not in shown.name:
            handed = recorder.grad_fn(shown.id)(*(torch.ones(o.shape) for o in shown.outputs))
            handed = handed if isinstance(handed, tuple) else (handed,)
            for edge in graph.edges:
                if edge.source == shown.id and edge.gradient:
                    shape = tuple(handed[edge.source_slot].shape)
                    assert (edge.summed_from or edge.shape) == shape


def test_long_chains_need_no_recursion():
    n_nodes = 10_000
    recorder, namespace = watch(f"h = torch.ones(2, requires_grad=True)\nfor _ in range({n_nodes}):\n    h = h + 1\n")
    graph = recorder.graph(namespace["h"], "h", namespace)
    assert len(graph.nodes) == n_nodes + 1 and graph.n_not_recorded == 0


def test_modules_of_a_gpt():
    _, _, graph = graph_of(
        "model = GPT(vocabulary=60)\nloss = model(tokens, tokens)\n", "loss", GPT=GPT, tokens=torch.arange(16)[None]
    )
    modules = {m.path: m.type_name for m in graph.modules}
    assert modules["transformer"] == "ModuleDict" and modules["transformer.h"] == "ModuleList"
    assert modules["transformer.h.3.attn"] == "CausalSelfAttention"
    assert all(m.variable == f"model.{m.path}" for m in graph.modules)
    assert node(graph, module="transformer.h.2.mlp.gelu").name == "GeluBackward0"
    paths = [m.path for m in graph.modules]
    assert all(path.rpartition(".")[0] in ("", *paths[:index]) for index, path in enumerate(paths))
    tied = node(graph, kind="accumulate", variable="model.transformer.wte.weight")
    assert sum(e.target == tied.id for e in graph.edges) == 2
    assert {n.variable for n in graph.nodes if n.kind == "input"} >= {"tokens"}


def test_two_root_modules_are_told_apart_by_their_variables():
    text = "enc, dec = nn.Sequential(nn.Linear(3, 2)), nn.Linear(2, 3)\nloss = dec(enc(torch.ones(3))).sum()\n"
    _, _, graph = graph_of(text, "loss")
    assert [m.path for m in graph.modules] == ["dec", "enc", "enc.0"]
    assert [m.variable for m in graph.modules] == ["dec", "enc", "enc.0"]
    assert node(graph, variable="dec.bias").kind == "accumulate"


def test_a_module_that_is_not_registered_is_a_root_of_its_own():
    text = """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(3, 3)]
        self.head = nn.Linear(3, 1)
    def forward(self, x):
        return self.head(self.layers[0](x))
net = Net()
loss = net(torch.ones(3)).sum()
"""
    _, _, graph = graph_of(text, "loss")
    assert {m.path: m.type_name for m in graph.modules} == {"net": "Net", "net.head": "Linear", "Linear": "Linear"}
    assert [m.variable for m in graph.modules if m.path == "Linear"] == [""]


def test_modules_of_a_model_that_is_gone_keep_their_paths():
    text = (
        "def f(x):\n    model = nn.Sequential(nn.Linear(3, 3), nn.Sequential(nn.Tanh()))\n"
        "    return model(x).sum()\nloss = f(torch.ones(3))\n"
    )
    _, _, graph = graph_of(text, "loss")
    assert node(graph, name="TanhBackward0").module == "1.0"


def test_variables_of_functions_loops_attributes_and_elements():
    text = """\
class Box:
    pass
box = Box()
w = torch.ones(4, requires_grad=True)
params = {"scale": torch.ones(4, requires_grad=True)}
biases = [torch.zeros(4, requires_grad=True)]
def f(x):
    inner = torch.exp(x) + biases[0]
    return inner * params["scale"]
box.h = f(w)
p, q = box.h.split(2)
for _ in range(2):
    p = p.tanh()
loss = (p + q).sum()
"""
    _, _, graph = graph_of(text, "loss")
    names = [(n.name, n.variable) for n in graph.nodes if n.variable]
    assert ("AddBackward0", "inner") in names and ("MulBackward0", "box.h") in names
    assert ("SplitBackward0", "q") in names or ("SplitBackward0", "p, q") in names
    assert names.count(("TanhBackward0", "p")) == 2
    assert {name for kind, name in names if kind == "AccumulateGrad"} == {"w", "params['scale']", "biases[0]"}


def test_operators_methods_and_getters_are_named_as_written():
    text = """\
a = torch.rand(3, 3, requires_grad=True)
b = 2 - a
b = b ** 2 / 3
b += 1
b = -b.T[0:2] @ a
loss = torch.add(b.relu(), 1).mean(0)[1]
"""
    _, _, graph = graph_of(text, "loss")
    seen = [(n.operation, n.source.text) for n in reversed(graph.nodes) if n.kind == "backward"]
    assert seen == [
        ("-", "2 - a"),
        ("**", "b ** 2"),
        ("/", "b ** 2 / 3"),
        ("+", "b += 1"),
        ("Tensor.T", "b.T"),
        ("[]", "b.T[0:2]"),
        ("-", "-b.T[0:2]"),
        ("@", "-b.T[0:2] @ a"),
        ("Tensor.relu", "b.relu()"),
        ("torch.add", "torch.add(b.relu(), 1)"),
        ("Tensor.mean", "torch.add(b.relu(), 1).mean(0)"),
        ("[]", "torch.add(b.relu(), 1).mean(0)[1]"),
    ]


def test_sources_lie_in_the_program_also_for_library_code():
    text = (
        "def loss_of(m, é):\n    return m(é).sum()\n\n"
        "loss = loss_of(nn.Sequential(nn.Linear(3, 3), nn.ReLU()), torch.ones(3))\n"
    )
    _, _, graph = graph_of(text, "loss")
    relu = node(graph, name="ReluBackward0").source
    assert (relu.line, relu.column, relu.end_column, relu.text) == (2, 11, 15, "m(é)")


def test_a_custom_function_is_named_after_its_class():
    text = """\
class Twice(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2
    @staticmethod
    def backward(ctx, g):
        return g * 2
y = Twice.apply(torch.ones(2, requires_grad=True))
"""
    _, _, graph = graph_of(text, "y")
    assert (graph.nodes[0].name, graph.nodes[0].operation, graph.nodes[0].variable) == (
        "TwiceBackward",
        "Twice.apply",
        "y",
    )


@pytest.mark.parametrize(
    "name, expected",
    [
        ("MmBackward0", "matmul"), ("AddmmBackward0", "matmul"), ("ConvolutionBackward0", "matmul"),
        ("ScaledDotProductFlashAttentionForCpuBackward0", "matmul"), ("MkldnnRnnLayerBackward0", "matmul"),
        ("AddBackward0", "elementwise"), ("RsubBackward1", "elementwise"), ("PowBackward0", "elementwise"),
        ("TwiceBackward", "elementwise"), ("TrilinearBackward0", "matmul"), ("MaximumBackward0", "elementwise"),
        ("TanhBackward0", "activation"), ("GeluBackward0", "activation"), ("SoftmaxBackward0", "activation"),
        ("LogSoftmaxBackward0", "activation"), ("ReluBackward0", "activation"), ("LeakyReluBackward0", "activation"),
        ("ViewBackward0", "view"), ("TransposeBackward0", "view"), ("TBackward0", "view"),
        ("EmbeddingBackward0", "view"),
        ("LinalgVectorNormBackward0", "reduction"), ("LinalgInvExBackward0", "matmul"),
        ("CopysignBackward0", "elementwise"),
        ("TopkBackward0", "reduction"), ("MaskedFillBackward0", "elementwise"), ("UnsafeSplitBackward0", "view"),
        ("CopySlices", "view"), ("ToCopyBackward0", "view"), ("UnsafeViewBackward0", "view"), ("CatBackward0", "view"),
        ("SumBackward0", "reduction"), ("MeanBackward1", "reduction"), ("NativeLayerNormBackward0", "reduction"),
        ("NativeBatchNormBackward0", "reduction"), ("VarBackward0", "reduction"),
        ("MaxPool2DWithIndicesBackward0", "reduction"),
        ("NllLossBackward0", "loss"), ("MseLossBackward0", "loss"), ("BinaryCrossEntropyWithLogitsBackward0", "loss"),
        ("AccumulateGrad", "accumulate"), ("torch::autograd::AccumulateGrad", "accumulate"),
    ],
)  # fmt: skip
def test_categories(name, expected):
    assert category(name) == expected


def test_every_name_that_torch_knows_has_a_category():
    known = {"leaf", "matmul", "elementwise", "activation", "view", "reduction", "loss", "accumulate"}
    names = [name for name in dir(torch._C._functions) if "Backward" in name]
    assert len(names) > 500
    assert {category(name) for name in names} <= known
    assert sum(category(name) == "elementwise" for name in names) < len(names) / 2


@pytest.mark.parametrize(
    "call",
    ["F.cross_entropy(nn.Linear(3, 2)(x[:2]), y[:2])", "F.gelu(nn.Linear(3, 2)(x[:2])).softmax(1).log()[0, y[0]]"],
)
def test_what_a_part_is_taken_of_is_no_input_of_the_call_that_gets_the_part(call):
    _, _, graph = graph_of(f"loss = {call}\n", "loss", x=torch.ones(4, 3), y=torch.zeros(4, dtype=torch.int64))
    inputs = [n.outputs[0].shape for n in graph.nodes if n.kind == "input"]
    assert (2, 3) in inputs and not {(4, 3), (4,)} & set(inputs)


def test_results_without_a_derivative_are_no_inputs():
    recorder, namespace, graph = graph_of(
        "a = torch.rand(3, 3, requires_grad=True)\nv, i = a.max(1)\nloss = v.sum()\n", "loss"
    )
    assert [n.kind for n in graph.nodes] == ["backward", "backward", "accumulate"]
    reason = recorder.graph(namespace["i"], "i", namespace).reason
    assert reason.text.startswith("i has no graph: it was cut at line 2 by a.max(1): positions have no derivative")


def test_only_the_result_of_a_library_function_takes_the_variable_s_name():
    text = """\
w = torch.rand(3, requires_grad=True)
p = torch.distributions.Normal(w, 1.0).log_prob(torch.ones(3))
loss = p.sum()
"""
    _, _, graph = graph_of(text, "loss")
    assert [n.name for n in graph.nodes if n.variable == "p"] == ["SubBackward0"]


def test_what_a_library_makes_for_one_call_of_the_program_is_of_that_call():
    text = """\
w, entropies = torch.rand(3, requires_grad=True), []
for _ in range(2):
    policy = torch.distributions.Categorical(logits=w * 2)
    policy.sample()
    entropies.append(policy.entropy())
loss = sum(entropies)
"""
    _, _, graph = graph_of(text, "loss")
    made = [n for n in graph.nodes if n.kind == "backward" and n.source.text == "policy.entropy()"]
    assert len({n.call for n in made}) == 2, "one for each turn"
    first = [n.name for n in made if n.call == made[0].call]
    assert sorted(first) == ["ClampBackward1", "MulBackward0", "NegBackward0", "SumBackward1"]
    softmax = [n for n in graph.nodes if n.name == "SoftmaxBackward0"]
    assert [(n.source.text, n.is_own) for n in softmax] == [("policy.sample()", False)] * 2, "it draws no sample"
    assert len({n.call for n in graph.nodes if n.name == "MulBackward0" and n.source.text == "w * 2"}) == 2


def test_a_call_of_a_model_names_nothing_that_is_inside_of_it():
    _, _, graph = graph_of(
        "net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))\n"
        "loss = F.cross_entropy(net(x), y) / 2 + (w * w).sum()\n",
        "loss",
        x=torch.ones(5, 3),
        y=torch.zeros(5, dtype=torch.int64),
        w=torch.ones(2, requires_grad=True),
    )
    titles = {n.name: n.title for n in graph.nodes if n.kind == "backward"}
    assert titles["TanhBackward0"] == "1 · tanh" and titles["AddmmBackward0"].endswith(" · addmm")
    assert titles["NllLossBackward0"] == "F.cross_entropy(net(x), y)", "its call returned what this node stands for"
    assert titles["LogSoftmaxBackward0"] == ""
    assert titles["MulBackward0"] == "w * w" and titles["DivBackward0"] == "F.cross_entropy(net(x), y) / 2"
    assert all(n.source is not None for n in graph.nodes if n.kind == "backward"), "each still leads to its place"


def test_the_one_operation_of_a_layer_is_named_by_the_call_of_the_layer():
    _, _, graph = graph_of("layer = nn.Linear(3, 4)\nh = torch.tanh(layer(x))\n", "h", x=torch.ones(2, 5, 3))
    assert {n.name: n.title for n in graph.nodes if n.kind == "backward"} == {
        "TanhBackward0": "h",
        "ViewBackward0": "",
        "AddmmBackward0": "layer(x)",
        "TBackward0": "",
    }

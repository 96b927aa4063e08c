"""Every node of a forward pass has a value, also those that a call makes inside."""

import msgspec
import pytest
import torch
from torch import nn
from torch.autograd import forward_ad
from torch.utils.checkpoint import checkpoint

from engine.protocol.graph_values import Graph
from tests.engine.models import GPT
from tests.engine.watched import graph_of, watch


class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x)
        return x * x, y + x

    @staticmethod
    def backward(ctx, g, h):
        (x,) = ctx.saved_tensors
        return 2 * x * g + h, h


class Rounded(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        rounded, largest = x.detach().round(), x.argmax(1)
        ctx.mark_non_differentiable(rounded, largest)
        return rounded, x * 2, largest

    @staticmethod
    def backward(ctx, unused, gradient, unused_too):
        return gradient * 2


PROGRAMS = {
    "GPT-2, fused attention": "loss = GPT(vocabulary=60, dropout=0.1)(tokens, tokens)",
    "GPT-2, 12 layers, attention written out": "loss = GPT(vocabulary=60, n_layers=12, fused=False)(tokens, tokens)",
    "TransformerEncoderLayer, train": "loss = nn.TransformerEncoderLayer(16, 4, 32, batch_first=True)(x).sum()",
    "TransformerEncoderLayer, eval": "loss = nn.TransformerEncoderLayer(16, 4, 32, batch_first=True).eval()(x).sum()",
    "TransformerEncoderLayer, norm first": "loss = nn.TransformerEncoderLayer(16, 4, 32, norm_first=True)(x).sum()",
    "Transformer": "loss = nn.Transformer(16, 4, 1, 1, 32, batch_first=True)(x, x).sum()",
    "einsum": "loss = torch.einsum('bij,jk->bk', x, w).sum()",
    "einsum of three": "loss = torch.einsum('ij,jk,kl->il', w, w, w).sum()",
    "cross_entropy": "loss = F.cross_entropy(w, torch.arange(16), label_smoothing=0.1)",
    "cross_entropy of probabilities": "loss = F.cross_entropy(w, torch.softmax(w.detach(), 1))",
    "custom Function": "a, b = Square.apply(w, torch.ones(16, 16)); loss = a.sum() + b.sum()",
    "custom Function, one output unused": "a, b = Square.apply(w, torch.ones(16, 16)); loss = b.sum()",
    "custom Function, outputs without a derivative": "r, a, i = Rounded.apply(w); loss = (r * a).sum() + a[0, i].sum()",
    "tangents": (
        "with forward_ad.dual_level():\n    d = forward_ad.make_dual(w.detach(), w)\n"
        "    loss = forward_ad.unpack_dual((d * d).sin().sum()).tangent"
    ),
    "tangents and primals": (
        "v = torch.randn(16, 16, requires_grad=True)\nwith forward_ad.dual_level():\n"
        "    d = forward_ad.make_dual(w, v)\n    p, t = forward_ad.unpack_dual(torch.tanh(d @ d + w).sum())\n"
        "loss = p * t"
    ),
    "functional jvp": "loss = sum(torch.autograd.functional.jvp(lambda t: t.sin().sum(), w, w, create_graph=True))",
    "func.jvp": "loss = sum(torch.func.jvp(lambda t: t.sin().sum(), (w,), (w * 2,)))",
    "LSTM": "loss = nn.LSTM(16, 5, 2, bidirectional=True)(x)[0].sum()",
    "GRU": "loss = nn.GRU(16, 5, 2)(x)[1].sum()",
    "convolutions": (
        "loss = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), "
        "nn.ReLU(True), nn.MaxPool2d(2))(w[None, None]).sum()"
    ),
    "split, unbind, stack": "loss = torch.stack([t.sum() for t in w.split(4)] + list(w.unbind(1)[3])).sum()",
    "in-place into views": (
        "h = torch.zeros(4, 4); h[0] = w[0, :4]; h[1:3, 2] += w[0, :2]; h.t().relu_(); h.exp_(); loss = h.sum()"
    ),
    "circular padding": "loss = F.pad(w[None, None] * 2, (1, 1, 1, 1), mode='circular').square().sum()",
    "circular convolution": "loss = nn.Conv2d(1, 2, 3, padding=1, padding_mode='circular')(w[None, None]).sum()",
    "packed sequences": (
        "packed = nn.utils.rnn.pack_padded_sequence(x @ w, torch.tensor([16, 9]), batch_first=True)\n"
        "loss = nn.utils.rnn.pad_packed_sequence(nn.GRU(16, 4, batch_first=True)(packed)[0])[0].sum()"
    ),
    "views written in a custom Function's backward": (
        "g, = torch.autograd.grad(F.pad(w[None], (2, 1), mode='circular').exp().sum(), w, create_graph=True)\n"
        "loss = g.sum()"
    ),
    "views written inside of vmap": (
        "def f(t):\n    z = t * 1\n    z[0] = t[1] * 2\n    z[1:3].mul_(3)\n    return z.sum()\n"
        "loss = torch.vmap(f)(w).sum()"
    ),
    "complex": "loss = torch.fft.fft(w).abs().sum() + torch.view_as_real(torch.complex(w, w) * 2).sum()",
    "linear algebra": "loss = torch.linalg.svd(w)[1].sum() + torch.linalg.inv(w).sum() + torch.cdist(w, w + 1).sum()",
    "grad of a grad": "loss = torch.autograd.grad((w**3).sum(), w, create_graph=True)[0].sum()",
    "gradient penalty": (
        "p = nn.Linear(16, 1)\ng, = torch.autograd.grad(p(w).tanh().sum(), w, create_graph=True)\n"
        "loss = g.norm() + p(w).sum()"
    ),
    "checkpoint": "loss = checkpoint(lambda t: (t * 2).sin(), w, use_reentrant=False).sum()",
    "reentrant checkpoint": "loss = checkpoint(lambda t: (t * 2).sin(), w, use_reentrant=True).sum()",
    "vmap": "loss = torch.vmap(lambda t: (t * 2).sin().sum())(w).sum()",
    "func.grad": "loss = torch.func.grad(lambda t: (t * 2).sin().sum())(w).sum()",
    "functional_call": "loss = torch.func.functional_call(nn.Linear(16, 2), {'weight': w[:2]}, (x,)).sum()",
    "script": "loss = torch.jit.script(nn.Linear(16, 4))(x).sum()",
    "autocast": (
        "with torch.autocast('cpu', dtype=torch.bfloat16):\n"
        "    loss = (nn.Linear(16, 4)(x) @ torch.ones(4, 4)).float().sum()"
    ),
    "parametrizations": "loss = nn.utils.parametrizations.weight_norm(nn.Linear(16, 4))(x).sum()",
    "nested functions": (
        "def f(t):\n    def g(u):\n        return u.exp() * 2\n"
        "    return g(t) + sum(g(t * i) for i in range(3))\nloss = f(w).sum()"
    ),
    "lambda out of exec": "exec('k = lambda t: t.sigmoid() @ t')\nloss = k(w).mean()",
    "iteration over a tensor": "loss = sum(row.square().sum() for row in w)",
    "out of a DataLoader": (
        "from torch.utils.data import DataLoader, TensorDataset\nloss = sum((b[0] @ w).sum() for b in "
        "DataLoader(TensorDataset(x[0]), batch_size=2))"
    ),
}


OTHERS = {"Rounded": Rounded, "checkpoint": checkpoint, "forward_ad": forward_ad}


@pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning")
@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_no_node_is_without_a_value(text):
    setup = (
        "torch.manual_seed(0)\nx = torch.randn(2, 16, 16)\nw = torch.randn(16, 16, requires_grad=True)\n"
        "tokens = torch.randint(0, 60, (2, 16))\n"
    )
    recorder, namespace = watch(setup + text + "\n", GPT=GPT, Square=Square, **OTHERS)
    graph = recorder.graph(namespace["loss"], "loss", namespace)
    without = [n.name for n in graph.nodes if n.kind == "backward" and not all(o.recorded for o in n.outputs)]
    assert without == [] and graph.n_not_recorded == 0
    assert sum(n.kind == "backward" for n in graph.nodes) > 1
    for shown in [n for n in graph.nodes if not n.is_ghost]:
        for slot, output in enumerate(shown.outputs):
            value, note = recorder.value(shown.id, slot)
            assert tuple(value.shape) == output.shape and str(value.dtype) == f"torch.{output.dtype}"
            assert not value.requires_grad and note is None


def test_every_value_of_a_gpt_reproduces_the_next():
    """What a node holds is its own operation of what its inputs hold: nothing is shifted by one."""
    recorder, namespace = watch(
        "loss = GPT(vocabulary=60, fused=False)(tokens, tokens)\n", GPT=GPT, tokens=torch.arange(16)[None]
    )
    graph = recorder.graph(namespace["loss"], "loss", namespace)
    nodes = {n.id: n for n in graph.nodes}
    inputs = {}
    for edge in graph.edges:
        if edge.gradient:
            inputs.setdefault(edge.source, {})[edge.source_slot] = recorder.value(edge.target, edge.target_slot)[0]
    rules = {
        "SoftmaxBackward0": lambda a: torch.softmax(a[0], -1),
        "GeluBackward0": lambda a: nn.functional.gelu(a[0], approximate="tanh"),
        "AddBackward0": lambda a: a[0] + a[1],
        "BmmBackward0": lambda a: a[0] @ a[1],
        "AddmmBackward0": lambda a: torch.addmm(a[0], a[1], a[2]),
        "TBackward0": lambda a: a[0].t(),
        "CloneBackward0": lambda a: a[0],
    }
    checked = 0
    for node_id, slots in inputs.items():
        rule = rules.get(nodes[node_id].name)
        if rule is not None:
            assert torch.equal(rule(slots), recorder.value(node_id, 0)[0])
            checked += 1
    assert checked > 60


def test_a_custom_function_is_recorded_where_torch_has_its_apply_in_c(monkeypatch):
    """As torch 2.14 has it."""
    monkeypatch.setattr(torch.autograd.Function, "apply", vars(torch._C._FunctionBase)["apply"])
    program = """\
class Double(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2
    @staticmethod
    def backward(ctx, gradient):
        return gradient * 2
x = torch.ones(3, requires_grad=True)
y = Double.apply(x)
loss = y.sum()
"""
    _, _, graph = graph_of(program, "loss")
    assert [(n.name, n.variable) for n in graph.nodes if n.kind == "backward"] == [
        ("SumBackward0", "loss"),
        ("DoubleBackward", "y"),
    ]


def test_what_a_custom_function_returns_without_a_derivative_is_an_output_of_its_node():
    text = """class Mixed(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, n):
        sign = x.detach().sign().long()
        ctx.mark_non_differentiable(sign)
        return sign, None, x * n, n
    @staticmethod
    def backward(ctx, *gradients):
        return gradients[2] * 3, None
sign, nothing, tripled, n = Mixed.apply(x, 3)
sign += 5
loss = tripled.sum()
"""
    recorder, namespace = watch(text, x=torch.tensor([-2.0, 4.0], requires_grad=True))
    graph = recorder.graph(namespace["loss"], "loss", namespace)
    mixed = next(n for n in graph.nodes if n.name == "MixedBackward")
    assert [(o.shape, o.dtype, o.recorded, o.variable, o.has_derivative) for o in mixed.outputs] == [
        ((2,), "int64", True, "sign", False),
        (None, "", False, "", False),
        ((2,), "float32", True, "tripled", True),
        (None, "", False, "", False),
    ]
    assert recorder.value(mixed.id, 0)[0].tolist() == [-1, 1] and graph.n_not_recorded == 0


def test_a_node_whose_operation_was_not_seen_is_not_given_the_next_one():
    """Products with a tangent of zero are not computed at all; what is computed after them is another node's."""
    text = "h = torch.func.jvp(torch.func.grad(lambda t: t.sin().prod()), (x,), (torch.ones(3),))[1]\nloss = h.sum()\n"
    recorder, namespace = watch(text, x=torch.randn(3).requires_grad_())
    graph = recorder.graph(namespace["loss"], "loss", namespace)
    values = {n.id: recorder.value(n.id, 0)[0] for n in graph.nodes}
    operands = {n.id: [values[e.target] for e in graph.edges if e.source == n.id] for n in graph.nodes}
    products = [n.id for n in graph.nodes if n.name == "MulBackward0" and values[n.id] is not None]
    factors = {one: [f for f in operands[one] if f is not None] for one in products}
    known = [one for one in products if len(factors[one]) == 2]
    assert known and all(torch.equal(values[one], factors[one][0] * factors[one][1]) for one in known)


def test_what_a_call_writes_into_views_is_kept_write_by_write():
    recorder, namespace = watch(
        "y = F.pad(w, (2, 1), mode='circular')\nloss = (y * 3).sum()\n", w=torch.arange(4.0)[None].requires_grad_()
    )
    graph = recorder.graph(namespace["loss"], "loss", namespace)
    last, middle, first = (recorder.value(n.id, 0)[0][0].tolist() for n in graph.nodes if n.name == "CopySlices")
    assert first[2:6] == [0, 1, 2, 3] and middle[:6] == [2, 3, 0, 1, 2, 3] and last == [2, 3, 0, 1, 2, 3, 0]
    (product,) = (recorder.value(n.id, 0)[0][0].tolist() for n in graph.nodes if n.name == "MulBackward0")
    assert product == [6, 9, 0, 3, 6, 9, 0]


def test_a_tangent_has_the_values_of_its_own_formula():
    """d(sin(x²)) = cos(x²) · (x·v + v·x): each product of the graph is that of its two factors."""
    text = """with forward_ad.dual_level():
    dual = forward_ad.make_dual(x, v)
    tangent = forward_ad.unpack_dual((dual * dual).sin()).tangent
loss = tangent.sum()
"""
    x, v = torch.tensor([0.3, -1.2]), torch.tensor([2.0, 0.5], requires_grad=True)
    recorder, namespace = watch(text, x=x, v=v, forward_ad=forward_ad)
    graph = recorder.graph(namespace["loss"], "loss", namespace)
    values = {n.name: recorder.value(n.id, 0)[0] for n in graph.nodes}
    assert torch.equal(values["AddBackward0"], 2 * x * v) and torch.equal(values["SumBackward0"], namespace["loss"])
    products = [recorder.value(n.id, 0)[0].tolist() for n in graph.nodes if n.name == "MulBackward0"]
    assert products == [namespace["tangent"].tolist(), (x * v).tolist(), (x * v).tolist()]
    assert {n.source.text for n in graph.nodes if n.name in ("MulBackward0", "AddBackward0")} == {
        "dual * dual",
        "(dual * dual).sin()",
    }


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_in_forward_mode_tensors_of_every_kind_are_watched():
    text = """with forward_ad.dual_level():
    dual = forward_ad.make_dual(w, torch.ones(3))
    sparse = torch.sparse_coo_tensor([[0, 1]], torch.ones(2, requires_grad=True), (3,)) * 2
    nested = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], requires_grad=True) * 2
    meta = torch.empty(3, device="meta", requires_grad=True) * 2
    picked = dual[torch.arange(3)] * torch.arange(3)
    half = (dual * 2).bfloat16().float()
    loss = forward_ad.unpack_dual(picked.sum() + half.sum()).tangent
"""
    _, namespace = watch(text, w=torch.ones(3, requires_grad=True), forward_ad=forward_ad)
    assert namespace["loss"].item() == 9.0


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
@pytest.mark.parametrize("layout", [torch.strided, torch.jagged])
def test_a_nested_tensor_is_watched_and_drawn_without_a_shape(layout):
    text = "b = a * 2\nloss = torch.nested.to_padded_tensor(b, 0.0).sum()\n"
    rows = [torch.ones(2, 3), torch.ones(4, 3)]
    a = torch.nested.nested_tensor(rows, layout=layout, requires_grad=True)
    recorder, namespace = watch(text, a=a)
    assert namespace["loss"].item() == 36
    graph = recorder.graph(namespace["loss"], "loss", namespace)
    shapes = {n.variable: n.outputs[0].shape for n in graph.nodes}
    assert shapes["b"] is None and shapes["a"] is None and shapes["loss"] == ()
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(graph), type=Graph) == graph

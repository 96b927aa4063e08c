"""Graphs made by hand for the canvas's tests: the nine-node lesson graph, a GPT-2 in outline, and a large grid."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject

from engine.protocol.graph_values import Card, Edge, Graph, Module, Node, NodeOutput
from engine.protocol.notes import Partial
from engine.protocol.source import Source
from engine.protocol.tensor_values import Grid, TensorSummary
from visualizer.model.engine_process import EngineProcess
from visualizer.model.facts import GraphFacts
from visualizer.model.session import Session

_KINDS = {"AccumulateGrad": ("accumulate", "accumulate"), "Tensor": ("input", "leaf")}
_CATEGORIES = {
    "mm": "matmul", "addmm": "matmul", "scaled_dot_product": "matmul", "add": "elementwise", "mul": "elementwise",
    "tanh": "activation", "gelu": "activation", "log_softmax": "activation", "nll": "loss",
    "native_layer_norm": "reduction",
}  # fmt: skip


class Builder:
    """Collects nodes and edges; `node` gives back the id."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.modules: list[Module] = []

    def node(self, name: str, shape: tuple[int, ...] = (), **fields) -> int:
        kind, category = _KINDS.get(name, ("backward", ""))
        if not category:
            category = next((value for key, value in _CATEGORIES.items() if key in _snake(name)), "view")
        number = len(self.nodes) + 1
        fields.setdefault("outputs", (NodeOutput(shape, fields.pop("dtype", "float32"), True),))
        self.nodes.append(Node(number, name, kind, fields.pop("category", category), 1000 - number, **fields))
        return number

    def edge(self, source: int, target: int, **fields) -> None:
        node = self.nodes[target - 1]
        shape = node.outputs[0].shape if node.outputs else None
        self.edges.append(Edge(source, target, shape=shape, gradient=node.kind != "input", **fields))

    def graph(self, number: int = 1, output: str = "loss") -> Graph:
        return Graph(
            number, output, tuple(self.nodes), tuple(self.edges), tuple(self.modules),
            recorded_bytes=12_400_000, budget_bytes=1 << 30, outputs=("loss", "logits", "h"),
        )  # fmt: skip


def _snake(name: str) -> str:
    text = name.replace("Backward0", "")
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in text).strip("_")


def lesson_graph() -> Graph:
    """Nine nodes, eight gradient edges, two inputs: a two-layer network with cross-entropy."""
    b = Builder()
    call = Source("two_layers.py", 10, 7, 10, 33, "F.cross_entropy(logits, y)")
    nll = b.node("NllLossBackward0", (), operation="F.cross_entropy", variable="loss", source=call, call=4)
    soft = b.node("LogSoftmaxBackward0", (4, 3), operation="F.cross_entropy", source=call, call=4)
    logits = b.node("MmBackward0", (4, 3), operation="torch.Tensor.__matmul__", variable="logits",
                    source=Source("two_layers.py", 9, 9, 9, 15, "h @ W2"), call=3)  # fmt: skip
    tanh = b.node("TanhBackward0", (4, 5), operation="torch.tanh", variable="h",
                  source=Source("two_layers.py", 8, 4, 8, 27, "torch.tanh(x @ W1 + b1)"), call=2)  # fmt: skip
    add = b.node("AddBackward0", (4, 5), operation="torch.Tensor.__add__",
                 source=Source("two_layers.py", 8, 15, 8, 26, "x @ W1 + b1"), call=1)  # fmt: skip
    mm = b.node("MmBackward0", (4, 5), operation="torch.Tensor.__matmul__",
                source=Source("two_layers.py", 8, 15, 8, 21, "x @ W1"), call=0)  # fmt: skip
    leaves = {name: b.node("AccumulateGrad", shape, variable=name)
              for name, shape in (("W1", (3, 5)), ("b1", (5,)), ("W2", (5, 3)))}  # fmt: skip
    x = b.node("Tensor", (4, 3), variable="x")
    y = b.node("Tensor", (4,), variable="y", dtype="int64")
    b.edge(nll, soft)
    b.edge(soft, logits)
    b.edge(logits, tanh)
    b.edge(logits, leaves["W2"])
    b.edge(tanh, add)
    b.edge(add, mm)
    b.edge(add, leaves["b1"], summed_from=(4, 5))
    b.edge(mm, x)
    b.edge(mm, leaves["W1"])
    b.edge(nll, y)
    return b.graph()


def gpt2_graph(n_layers: int = 12, number: int = 2) -> Graph:
    """A GPT-2 in outline, some 45 nodes a block, with the module paths of the real one."""
    b = Builder()
    loss = b.node("NllLossBackward0", (), variable="loss", operation="F.cross_entropy", call=9000)
    soft = b.node("LogSoftmaxBackward0", (64, 50257), operation="F.cross_entropy", call=9000)
    view = b.node("ViewBackward0", (64, 50257), operation="torch.Tensor.view")
    b.edge(loss, soft)
    b.edge(soft, view)
    b.edge(loss, b.node("Tensor", (64,), variable="targets", dtype="int64"))
    head = b.node("UnsafeViewBackward0", (1, 64, 50257), module="lm_head", variable="logits")
    head_mm = b.node("MmBackward0", (64, 50257), module="lm_head")
    b.edge(view, head)
    b.edge(head, head_mm)
    transposed = b.node("TBackward0", (768, 50257), module="lm_head")
    b.edge(head_mm, transposed)
    wte = b.node("AccumulateGrad", (50257, 768), variable="transformer.wte.weight")
    b.edge(transposed, wte)
    flat = b.node("ViewBackward0", (64, 768), module="lm_head")
    b.edge(head_mm, flat)
    below: tuple[int, ...] = _layer_norm(b, flat, "transformer.ln_f")
    b.modules += [Module("transformer", "GPT2Model"), Module("lm_head", "Linear"),
                  Module("transformer.ln_f", "LayerNorm"), Module("transformer.wte", "Embedding"),
                  Module("transformer.wpe", "Embedding")]  # fmt: skip
    for layer in reversed(range(n_layers)):
        below = _block(b, below, f"transformer.h.{layer}")
    add = b.node("AddBackward0", (1, 64, 768), module="transformer", variable="")
    for node in below:
        b.edge(node, add)
    tokens = b.node("EmbeddingBackward0", (1, 64, 768), module="transformer.wte")
    places = b.node("EmbeddingBackward0", (64, 768), module="transformer.wpe")
    b.edge(add, tokens)
    b.edge(add, places, summed_from=(1, 64, 768))
    b.edge(tokens, wte)
    b.edge(tokens, b.node("Tensor", (1, 64), variable="idx", dtype="int64"))
    b.edge(places, b.node("AccumulateGrad", (1024, 768), variable="transformer.wpe.weight"))
    return b.graph(number)


def _layer_norm(b: Builder, above: int, path: str) -> tuple[int, ...]:
    norm = b.node("NativeLayerNormBackward0", (1, 64, 768), module=path, operation="F.layer_norm")
    b.edge(above, norm)
    b.edge(norm, b.node("AccumulateGrad", (768,), variable=f"{path}.weight"))
    b.edge(norm, b.node("AccumulateGrad", (768,), variable=f"{path}.bias"))
    return (norm,)


def _linear(b: Builder, above: int, path: str, n_in: int, n_out: int) -> int:
    out = b.node("ViewBackward0", (1, 64, n_out), module=path)
    addmm = b.node("AddmmBackward0", (64, n_out), module=path, operation="F.linear")
    flat = b.node("ViewBackward0", (64, n_in), module=path)
    transposed = b.node("TBackward0", (n_in, n_out), module=path)
    b.edge(above, out)
    b.edge(out, addmm)
    b.edge(addmm, b.node("AccumulateGrad", (n_out,), variable=f"{path}.bias"), summed_from=(64, n_out))
    b.edge(addmm, flat)
    b.edge(addmm, transposed)
    b.edge(transposed, b.node("AccumulateGrad", (n_out, n_in), variable=f"{path}.weight"))
    return flat


def _block(b: Builder, above: tuple[int, ...], path: str) -> tuple[int, ...]:
    """One pre-norm block from its output down to its input; gives back the nodes that lead on to the input."""
    for name, kind in (("", "Block"), (".ln_1", "LayerNorm"), (".attn", "CausalSelfAttention"), (".ln_2", "LayerNorm"),
                       (".attn.c_attn", "Linear"), (".attn.c_proj", "Linear"), (".mlp", "MLP"), (".mlp.c_fc", "Linear"),
                       (".mlp.c_proj", "Linear")):  # fmt: skip
        b.modules.append(Module(path + name, kind))
    second = b.node("AddBackward0", (1, 64, 768), module=path, variable="x")
    for node in above:
        b.edge(node, second)
    gelu = b.node("GeluBackward0", (1, 64, 3072), module=f"{path}.mlp")
    b.edge(_linear(b, second, f"{path}.mlp.c_proj", 3072, 768), gelu)
    norm = _layer_norm(b, _linear(b, gelu, f"{path}.mlp.c_fc", 768, 3072), f"{path}.ln_2")
    first = b.node("AddBackward0", (1, 64, 768), module=path, variable="x")
    b.edge(norm[0], first)
    b.edge(second, first)
    attention = f"{path}.attn"
    projected = _linear(b, first, f"{attention}.c_proj", 768, 768)
    merged = b.node("ViewBackward0", (1, 64, 768), module=attention)
    swapped = b.node("TransposeBackward0", (1, 64, 12, 64), module=attention)
    product = b.node("ScaledDotProductFlashAttentionForCpuBackward0", (1, 12, 64, 64), module=attention)
    b.edge(projected, merged)
    b.edge(merged, swapped)
    b.edge(swapped, product)
    split = b.node("SplitBackward0", module=attention, outputs=(NodeOutput((1, 64, 768), "float32", True),) * 3)
    for slot, name in enumerate("qkv"):
        turned = b.node("TransposeBackward0", (1, 12, 64, 64), module=attention, variable=name)
        heads = b.node("ViewBackward0", (1, 64, 12, 64), module=attention)
        b.edge(product, turned)
        b.edge(turned, heads)
        b.edge(heads, split, target_slot=slot)
    norm = _layer_norm(b, _linear(b, split, f"{attention}.c_attn", 768, 2304), f"{path}.ln_1")
    return first, norm[0]


def chain_graph(n_nodes: int, number: int = 3) -> Graph:
    """A long ladder of cheap nodes without modules, every 16th with a leaf and a skip connection."""
    b = Builder()
    last = b.node("SumBackward0", (), variable="loss", category="reduction")
    anchor = last
    while len(b.nodes) < n_nodes:
        new = b.node(("TanhBackward0", "AddBackward0", "MmBackward0")[len(b.nodes) % 3], (4, 4))
        b.edge(last, new)
        if len(b.nodes) % 16 == 0:
            b.edge(anchor, new)
            b.edge(new, b.node("AccumulateGrad", (4, 4), variable=f"w{len(b.nodes)}"))
            anchor = new
        last = new
    return b.graph(number)


def summary(array: np.ndarray, dtype: str = "float32") -> TensorSummary:
    """A summary with a thumbnail of its own cells."""
    flat = np.asarray(array, dtype=np.float32)
    grid = Grid.of(np.atleast_2d(flat)) if flat.ndim else None
    text = f"{float(flat):.4f}" if flat.size == 1 else None
    return TensorSummary(
        tuple(flat.shape), dtype, "cpu", n_elements=flat.size, scalar=text, minimum=float(flat.min()),
        maximum=float(flat.max()), n_nan=int(np.isnan(flat).sum()), thumbnail=grid,
    )  # fmt: skip


def card(node: Node, *, gradient: bool = True, partial: bool = False, seed: int = 0) -> Card:
    """A made-up card of the node's own shape (at most 8 rows and 12 columns of it are kept)."""
    random = np.random.default_rng(node.id + 1000 * seed)
    shape = tuple(min(n, limit) for n, limit in zip((node.outputs[0].shape or ())[-2:], (8, 12), strict=False))
    dtype = node.outputs[0].dtype
    value = summary(random.normal(size=shape), dtype)
    if not gradient or node.kind == "input":
        return Card(node.id, value=value)
    slope = summary(random.normal(size=shape) if shape else np.float32(1.0))
    note = Partial(1, 2) if partial else None
    grad = slope if node.kind == "accumulate" else None
    return Card(node.id, value=value, gradient=slope, gradient_note=note, grad=grad)


def no_facts(parent: QObject) -> GraphFacts:
    """Facts that nobody tells: the engine is not started."""
    return GraphFacts(Session(EngineProcess(parent=parent), parent), parent)

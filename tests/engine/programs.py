"""Programs that call backward, and three ways to run one: plainly, held at every node, recorded.

The thread that runs a program runs its backward passes; another one steps them, as the engine's server does.
"""

import queue
import threading
from contextlib import contextmanager
from unittest import mock

import torch

import tests.engine.models
from engine.autograd.passes import controller
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.program.sources import register
from engine.protocol.messages import BackwardProgress, GraphShown, Passes
from engine.protocol.until import UntilNext

PATH = "<stepped program>"

PROGRAMS = {
    "chain": """\
x = torch.tensor(0.7, requires_grad=True)
loss = (x.sin().exp() * 2).log()
loss.backward()
""",
    "mlp": """\
X = torch.randn(8, 5)
targets = torch.tensor([0, 2, 1, 1, 0, 2, 2, 1])
model = nn.Sequential(nn.Linear(5, 16), nn.Tanh(), nn.Linear(16, 3))
loss = F.cross_entropy(model(X), targets)
loss.backward()
""",
    "shared weights and fan-in": """\
W = torch.randn(6, 6, requires_grad=True)
x = torch.randn(3, 6, requires_grad=True)
h = x
for _ in range(4):
    h = torch.tanh(h @ W) + h
loss = (h * h + x).sum() + (W * W).mean()
loss.backward()
""",
    "broadcasting": """\
a = torch.randn(4, 5, requires_grad=True)
b = torch.randn(5, requires_grad=True)
c = torch.randn(4, 1, requires_grad=True)
s = torch.randn((), requires_grad=True)
loss = ((a + b) * c / (1 + s * s)).pow(2).mean()
loss.backward()
""",
    "in place": """\
a = torch.randn(4, 5, requires_grad=True)
x = a * 2
x[1:3] = a[0] * a[3]
x.mul_(3)
x[:, 0].add_(a.sum(1))
x.relu_()
loss = x.exp().sum()
loss.backward()
""",
    "custom Function": """\
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x)
        return x ** 3, y * 2, x.detach().round()

    @staticmethod
    def backward(ctx, g, h, unused):
        (x,) = ctx.saved_tensors
        return g * 3 * x ** 2, None if h is None else h * 2

x = torch.randn(5, requires_grad=True)
y = torch.randn(5, requires_grad=True)
cube, twice, rounded = Cube.apply(x, y)
loss = (cube * y).sum()
loss.backward()
""",
    "non-scalar root": """\
x = torch.randn(3, 4, requires_grad=True)
y = torch.softmax(x, 1) * x
y.backward(torch.linspace(-1, 1, 12).view(3, 4))
""",
    "two roots, one behind the other": """\
x = torch.randn(6, requires_grad=True)
first = (x * x).sum()
second = first.exp() / 100 + x.sum()
torch.autograd.backward([first, second, second])
""",
    "two roots on one trunk": """\
w = torch.randn(3, requires_grad=True)
h = w.tanh()
a, b = h.sum(), (h * h).mean()
torch.autograd.backward([a, b])
""",
    "two roots with gradients of their own": """\
x, y = torch.randn(3, requires_grad=True), torch.randn(3, requires_grad=True)
a = x.exp() * y
b = (y * 2).sin()
torch.autograd.backward([a, b], [torch.linspace(-1, 1, 3), torch.tensor([0.5, 0.0, 3.0])])
""",
    "grad of two roots": """\
x, y = torch.randn(3, requires_grad=True), torch.randn(3, requires_grad=True)
h = x * y
a, b = h.cos(), (h.exp() + x).sum()
g = torch.autograd.grad((a, b), [x, h], (torch.linspace(0, 2, 3), None))
""",
    "roots of which one is a leaf and one is given twice": """\
w = torch.randn((), requires_grad=True)
loss = w.exp() * 2
torch.autograd.backward([w, loss, loss])
""",
    "gradient edges as roots": """\
from torch.autograd.graph import get_gradient_edge
x = torch.randn(4, requires_grad=True)
low, high = x.sort()[0].split(2)
edges = [get_gradient_edge(low), get_gradient_edge((high * x[:2]).exp())]
torch.autograd.backward(edges, [torch.ones(2), torch.linspace(-1, 1, 2)])
""",
    "tangents of forward mode": """\
import torch.autograd.forward_ad as forward_ad
w, v = torch.randn(4, 4, requires_grad=True), torch.randn(4, 4, requires_grad=True)
with forward_ad.dual_level():
    dual = forward_ad.make_dual(w, v)
    primal, tangent = forward_ad.unpack_dual(torch.tanh(dual @ dual).sum())
    loss = primal * tangent
loss.backward()
""",
    "circular padding and packed sequences": """\
w = torch.randn(2, 5, 3, requires_grad=True)
packed = nn.utils.rnn.pack_padded_sequence(w * 2, torch.tensor([5, 3]), batch_first=True)
rnn = nn.LSTM(3, 4, batch_first=True)
padded, lengths = nn.utils.rnn.pad_packed_sequence(rnn(packed)[0], batch_first=True)
loss = F.pad(padded, (1, 2), mode="circular").pow(2).sum()
loss.backward()
""",
    "GPT-2": """\
model = models.GPT(vocabulary=101, context=16, width=32)
tokens = torch.randint(0, 101, (2, 17))
loss = model(tokens[:, :-1], tokens[:, 1:].contiguous())
loss.backward()
""",
    "GPT-2 with dropout": """\
model = models.GPT(vocabulary=101, context=16, width=32, n_layers=1, fused=False, dropout=0.1)
tokens = torch.randint(0, 101, (2, 17))
loss = model(tokens[:, :-1], tokens[:, 1:].contiguous())
loss.backward()
""",
    "grad of inputs": """\
W = torch.randn(4, 4, requires_grad=True)
x = torch.randn(2, 4, requires_grad=True)
h = torch.relu(x @ W)
loss = (h @ W).pow(2).sum() + x.sum()
g = torch.autograd.grad(loss, [h, W])
""",
    "grad of an unused input": """\
x = torch.randn(3, requires_grad=True)
other = torch.randn(3, requires_grad=True)
loss = (x * x).sum()
g = torch.autograd.grad(loss, [x, other], allow_unused=True)
""",
    "backward of inputs": """\
W = torch.randn(4, 4, requires_grad=True)
x = torch.randn(2, 4, requires_grad=True)
h = torch.relu(x @ W)
loss = (h @ W).pow(2).sum() + x.sum()
loss.backward(inputs=[W, h])
h_grad = h.grad
""",
    "double backward": """\
x = torch.randn(4, requires_grad=True)
y = (x ** 3).sum() + (x.sin() * x).sum()
(g,) = torch.autograd.grad(y, x, create_graph=True)
loss = g.pow(2).sum()
loss.backward()
""",
    "accumulate twice": """\
w = torch.randn(3, 3, requires_grad=True)
loss = (w @ w).tanh().sum()
loss.backward(retain_graph=True)
loss.backward()
""",
    "tensor hooks": """\
x = torch.randn(4, requires_grad=True)
h = x.exp()
h.register_hook(lambda gradient: gradient * 2)
x.register_hook(lambda gradient: gradient.clamp(-1, 1))
h.retain_grad()
loss = (h * h).sum()
loss.backward()
h_grad = h.grad
""",
    "checkpoint, non-reentrant": """\
import torch.utils.checkpoint as checkpoint
layers = nn.ModuleList(nn.Linear(4, 4) for _ in range(3))
x = torch.randn(2, 4, requires_grad=True)
h = x
for layer in layers:
    h = checkpoint.checkpoint(lambda t, layer=layer: torch.tanh(layer(t)), h, use_reentrant=False)
loss = h.sum()
loss.backward()
""",
    "checkpoint, reentrant": """\
import torch.utils.checkpoint as checkpoint
layer = nn.Linear(4, 4)
x = torch.randn(2, 4, requires_grad=True)
h = checkpoint.checkpoint(lambda t: torch.tanh(layer(t)), x, use_reentrant=True)
loss = layer(h).sum()
loss.backward()
""",
    "several outputs": """\
x = torch.randn(6, 4, requires_grad=True)
a, b, c = x.split(2)
values, indices = (a * b).sort(dim=1)
loss = (values * c).sum()
loss.backward()
""",
    "sparse gradient": """\
table = torch.randn(7, 3, requires_grad=True)
loss = F.embedding(torch.tensor([1, 1, 5]), table, sparse=True).pow(2).sum()
loss.backward()
""",
    "torch.func": """\
x = torch.randn(3, 2)
g = torch.func.vmap(torch.func.grad(lambda row: (row.sin() * 2).sum()))(x)
""",
    "batched grad": """\
x = torch.randn(3, 4, requires_grad=True)
y = (x.sin() * x).sum(1)
g = torch.autograd.grad(y, x, torch.eye(3), is_grads_batched=True)
""",
    "LBFGS": """\
w = torch.randn(4, requires_grad=True)
optimizer = torch.optim.LBFGS([w], max_iter=3)
def closure():
    optimizer.zero_grad()
    loss = (w.pow(2) - 1).pow(2).sum()
    loss.backward()
    return loss
optimizer.step(closure)
""",
    "many leaves at once": """\
leaves = [torch.randn(2, requires_grad=True) for _ in range(13)]
loss = torch.cat(leaves).pow(2).sum() + torch.stack(leaves[::-1]).prod()
loss.backward()
""",
    "complex and half": """\
z = torch.randn(3, dtype=torch.complex64, requires_grad=True)
h = torch.randn(3, dtype=torch.bfloat16, requires_grad=True)
loss = (z * z.conj()).real.sum() + h.float().pow(2).sum()
loss.backward()
""",
}


def new_namespace():
    """What a program starts with; the seed is set, too."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    return {
        "__name__": "__main__",
        "torch": torch,
        "nn": torch.nn,
        "F": torch.nn.functional,
        "models": tests.engine.models,
    }


def execute(text, namespace):
    """Run `text` as the program at PATH."""
    register(PATH, text)
    exec(compile(text, PATH, "exec"), namespace)


def run_plainly(text):
    """The namespace that the program leaves behind."""
    namespace = new_namespace()
    execute(text, namespace)
    return namespace


def outcome(namespace):
    """Every gradient that a program left behind, by name, in a fixed order."""
    found = {}
    for name, value in namespace.items():
        if isinstance(value, torch.nn.Module):
            found |= {f"{name}.{path}": leaf.grad for path, leaf in value.named_parameters()}
        elif name in ("g", "h_grad"):
            found |= {f"{name}[{i}]": item for i, item in enumerate(value if isinstance(value, tuple) else (value,))}
        elif isinstance(value, torch.Tensor) and value.is_leaf:
            found[name] = value.grad
        elif isinstance(value, list):
            found |= {f"{name}[{i}]": leaf.grad for i, leaf in enumerate(value) if isinstance(leaf, torch.Tensor)}
    return found


def differences(first, second):
    """The names whose gradients are not the same bits."""
    assert first.keys() == second.keys()
    return [name for name in first if not _is_same(first[name], second[name])]


def _is_same(first, second):
    if first is None or second is None:
        return first is second
    if first.is_sparse:
        first, second = first.to_dense(), second.to_dense()
    first, second = first.detach(), second.detach()
    if first.dtype != second.dtype or first.shape != second.shape:
        return False
    return _bits(first) == _bits(second)


def _bits(tensor):
    return tensor.resolve_conj().contiguous().flatten().view(torch.uint8).numpy().tobytes()


def reachable(roots):
    """All nodes behind some, breadth first: the same program gives the same order."""
    found = list(dict.fromkeys(roots))
    for node in found:
        for below, _ in node.next_functions:
            if below is not None and below not in found:
                found.append(below)
    return found


class Stepper:
    """A controller, what it emitted, and a second thread that answers each held node with `answer(event)`."""

    def __init__(self, answer=None, recorder=None):
        self.recorder = recorder or Recorder()
        self.recorder.program_paths.add(PATH)
        self.controller = BackwardController(self.recorder, self._take)
        self.events, self.graphs, self.passes = [], [], []
        self._taken = {BackwardProgress: self.events, GraphShown: self.graphs, Passes: self.passes}
        self._news = queue.Queue()
        self._answer = answer or (lambda event: self.controller.holding.step(UntilNext()))
        self.failure = None

    def _take(self, event):
        self._taken[type(event)].append(event)
        self._news.put(event)

    @property
    def marks(self):
        """The newest mark of each pass of the run, by number."""
        return {mark.index: mark for event in self.passes for mark in event.marks}

    @property
    def steps(self):
        return [step for event in self.events for step in event.steps]

    @property
    def statuses(self):
        return [event.state.status for event in self.events]

    @contextmanager
    def answering(self):
        """A thread answers while this one works inside."""
        thread = threading.Thread(target=self._serve, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._news.put(None)
            thread.join(20)
        if self.failure is not None:
            raise self.failure

    def _serve(self):
        while (event := self._news.get()) is not None:
            if isinstance(event, BackwardProgress) and event.state.status == "paused" and self.failure is None:
                try:
                    self._answer(event)
                except BaseException as error:  # a failing answer must not leave the pass held
                    self.failure = error
                    self.controller.holding.abort()

    def run(self, text, *, stepping=True, namespace=None):
        """Run a program as the workspace does; its namespace."""
        namespace = new_namespace() if namespace is None else namespace
        is_main = mock.patch.object(controller, "_main_namespace", lambda: namespace)  # as a program's own is
        with is_main, self.answering(), self.recorder.watching(), self.controller.installed(stepping=stepping):
            execute(text, namespace)
        return namespace

    def run_output(self, output, gradient, label, namespace):
        self.run_outputs({label: output}, [gradient], namespace)

    def run_outputs(self, *arguments):
        with self.answering():
            self.controller.run_outputs(*arguments)

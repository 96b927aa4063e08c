"""Forward passes on other threads of a program are recorded as those on its first one are."""

from __future__ import annotations

import itertools
import threading

import pytest
import torch

from engine.protocol.messages import GraphShown
from tests.engine.client import Client, of_kind
from tests.engine.programs import Stepper, differences, outcome, run_plainly
from tests.engine.watched import graph_of, node, watch

SETUP = """import threading
from concurrent.futures import ThreadPoolExecutor
torch.manual_seed(0)
w = torch.randn(6, 6, requires_grad=True)
def on_a_thread(work):
    results = []
    thread = threading.Thread(target=lambda: results.append(work()))
    thread.start()
    thread.join()
    return results[0]
"""
PROGRAMS = {
    "a thread": "loss = on_a_thread(lambda: (w @ w).tanh()).sum()",
    "a pool": (
        "with ThreadPoolExecutor(1) as pool:\n    loss = sum(pool.map(lambda i: (w * i).relu().pow(2).sum(), range(8)))"
    ),
    "a module on each thread": (
        "net = nn.Sequential(nn.Linear(6, 4), nn.Tanh())\nparts = w.split(2)\n"
        "loss = torch.cat([on_a_thread(lambda part=part: net(part)) for part in parts]).mean()"
    ),
    "replicas, as DataParallel has them": (
        "nets = [nn.Linear(6, 3) for _ in range(2)]\ndef apply(place):\n    return nets[place](w[place:place + 2])\n"
        "loss = torch.stack([on_a_thread(lambda place=place: apply(place)) for place in range(2)]).sum()"
    ),
    "a subclass of Thread": (
        "class Worker(threading.Thread):\n    def run(self):\n        self.result = F.gelu(w).exp()\n"
        "worker = Worker()\nworker.start()\nworker.join()\nloss = worker.result.sum()"
    ),
    "a thread of a thread": "loss = on_a_thread(lambda: on_a_thread(lambda: w.sin() * 2) @ w).sum()",
    "a custom Function": (
        "class Twice(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n        return x * 2\n"
        "    @staticmethod\n    def backward(ctx, g):\n        return g * 2\n"
        "loss = on_a_thread(lambda: Twice.apply(w).sum())"
    ),
    "writes into views": (
        "def fill():\n    z = torch.zeros(6, 6)\n    z[0] = w[1] * 3\n    z[1:3].add_(w[2])\n"
        "    return F.pad(z[None], (1, 1), mode='circular')\nloss = on_a_thread(fill).sum()"
    ),
    "vmap": "loss = on_a_thread(lambda: torch.vmap(lambda row: (row.sin() * 2).sum())(w)).sum()",
    "a grad of a grad": (
        "loss = on_a_thread(lambda: torch.autograd.grad((w ** 3).sum(), w, create_graph=True)[0]).sum()"
    ),
}


@pytest.fixture(scope="module")
def engine():
    with Client() as client:
        yield client


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_no_node_of_another_thread_is_without_value_operation_and_place(text):
    _, _, graph = graph_of(SETUP + text + "\n", "loss")
    bare = [n.name for n in graph.nodes if n.kind == "backward" and not (n.operation and n.source)]
    assert bare == [] and graph.n_not_recorded == 0


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("stepping", [True, False], ids=["stepped", "recorded"])
def test_gradients_are_bit_identical_to_a_plain_run(name, stepping):
    text = SETUP + PROGRAMS[name] + "\nloss.backward()\n"
    plain, stepper = outcome(run_plainly(text)), Stepper()
    seen = outcome(stepper.run(text, stepping=stepping))
    assert differences(plain, seen) == [] and seen["w"] is not None
    assert stepper.statuses[-1] == "finished"


def test_nodes_with_one_number_keep_what_their_own_thread_saw():
    """Each thread numbers the nodes that it makes from 0 on: here both make as many, in one call after the other."""
    text = SETUP + (
        "def chain(x):\n    for _ in range(20):\n        x = x.sin()\n    return x\n"
        "def product(x):\n    for _ in range(20):\n        x = x * 2\n    return x\n"
        "first = on_a_thread(lambda: chain(w))\nsecond = on_a_thread(lambda: product(w))\n"
        "loss = F.mse_loss(first, second) + F.cross_entropy(first + second, torch.arange(6))\n"
    )
    recorder, namespace, graph = graph_of(text, "loss")
    operations = {(n.name, n.operation) for n in graph.nodes if n.name in ("SinBackward0", "MulBackward0")}
    assert operations == {("SinBackward0", "Tensor.sin"), ("MulBackward0", "*")}
    for name, step in (("SinBackward0", torch.sin), ("MulBackward0", lambda x: x * 2)):
        values = [recorder.value(n.id, 0)[0] for n in graph.nodes if n.name == name]
        assert torch.equal(values[-1], step(namespace["w"].detach()))
        assert all(torch.equal(later, step(earlier)) for later, earlier in itertools.pairwise(values))


def test_threads_that_compute_at_once_do_not_meet():
    text = SETUP + (
        "def work(seed):\n    x = w * seed\n    for _ in range(60):\n        x = torch.tanh(x @ w) + x.detach()\n"
        "    return x.mean()\n"
        "with ThreadPoolExecutor(6) as pool:\n    losses = list(pool.map(work, range(1, 13)))\n"
        "loss = torch.stack(losses).sum()\nloss.backward()\n"
    )
    plain, stepper = run_plainly(text), Stepper()
    seen = stepper.run(text, stepping=False)
    expected = plain["w"].grad
    assert torch.allclose(
        expected, seen["w"].grad, atol=1e-5 * expected.abs().max().item()
    )  # which thread had which task makes the order of the sums
    graph = stepper.graphs[-1].graph
    assert graph.n_not_recorded == 0 and len([n for n in graph.nodes if n.name == "TanhBackward0"]) == 720


def test_a_module_called_on_another_thread_keeps_to_its_own_stack():
    text = SETUP + (
        "class Both(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.here, self.there = nn.Linear(6, 2), nn.Linear(6, 2)\n"
        "    def forward(self, x):\n        other = on_a_thread(lambda: self.there(x))\n"
        "        return self.here(x) + other\n"
        "net = Both()\nloss = net(w).sum()\n"
    )
    _, _, graph = graph_of(text, "loss")
    assert {n.module for n in graph.nodes if n.name == "AddmmBackward0"} == {"net.here", "Linear"}
    assert node(graph, name="AddBackward0").module == "net"


def test_a_thread_that_outlives_a_run_is_recorded_in_the_next():
    text = "import threading\nfrom concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(1)\n"
    text += "first = pool.submit(lambda: w * 2).result()\n"
    recorder, namespace = watch(text, w=torch.ones(3, requires_grad=True))
    namespace["between"] = namespace["pool"].submit(lambda: namespace["w"] * 3).result()
    text = "loss = (pool.submit(lambda: w.exp()).result() + between).sum()\npool.shutdown()\n"
    _, namespace = watch(text, recorder, **namespace)
    graph = recorder.graph(namespace["loss"], "loss", namespace)
    operations = {n.name: n.operation for n in graph.nodes}
    assert operations["ExpBackward0"] == "Tensor.exp" and operations["MulBackward0"] == ""


def test_in_an_engine_a_thread_s_nodes_have_their_names(engine):
    events = engine.run(
        "import torch\n" + SETUP + "def work():\n    h = w.sin()\n    return h * 2\nloss = on_a_thread(work).sum()\n"
    )
    graph = of_kind(events, GraphShown)[-1].graph
    found = {n.name: (n.operation, n.variable, n.source.text) for n in graph.nodes if n.kind == "backward"}
    assert found["SinBackward0"] == ("Tensor.sin", "h", "w.sin()") and found["MulBackward0"][0] == "*"


def test_nothing_is_left_of_a_thread_that_has_ended():
    recorder, _ = watch(SETUP + PROGRAMS["a pool"] + "\n")
    capture = recorder._capture
    assert list(capture._by_thread) == [] and len(capture.calls.records._all) == 1
    assert threading.Thread._bootstrap_inner.__name__ == "_bootstrap_inner"

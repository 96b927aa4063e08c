"""Values live as long as their graph, and under a byte budget."""

import gc

import psutil
import torch

from engine.protocol.notes import Changed, NotRecorded
from tests.engine.watched import graph_of, watch

LOOP = """\
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(inplace=True), nn.LayerNorm(64), nn.Linear(64, 8))
optimizer = torch.optim.AdamW(model.parameters())
x, y = torch.randn(512, 64), torch.randint(0, 8, (512,))
def train(n):
    global loss
    for _ in range(n):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
"""


def living_tensors():
    gc.collect()
    return sum(issubclass(type(thing), torch.Tensor) for thing in gc.get_objects())


def test_a_training_loop_runs_in_constant_memory():
    recorder, namespace = watch(LOOP + "train(30)\n")
    tensors, n_bytes, loss = living_tensors(), recorder.recorded_bytes, namespace["loss"].item()
    resident = psutil.Process().memory_info().rss
    watch("train(120)\n", recorder, train=namespace["train"])
    assert living_tensors() - tensors <= 4  # what earlier tests left may go meanwhile
    assert recorder.recorded_bytes == n_bytes
    # 120 passes of several times 512 × 64 floats kept by reference would be over 60 MB.
    assert psutil.Process().memory_info().rss - resident < 30e6
    assert namespace["loss"].item() < loss - 0.1


def test_everything_dies_with_the_graph():
    recorder, namespace = watch(LOOP + "train(1)\n")
    recorder.graph(namespace["loss"], "loss", namespace)
    assert recorder.recorded_bytes > 0
    namespace.clear()
    recorder.clear()
    gc.collect()
    assert recorder.recorded_bytes == 0
    assert not len(recorder._store) and not recorder._store._by_storage


def test_a_module_that_keeps_its_output_makes_no_cycle():
    text = """\
class Keeps(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(50, 50)
    def forward(self, x):
        self.last = self.fc(x)
        return self.last
buffer = torch.zeros(50)
buffer[:] = Keeps()(torch.ones(50))
"""
    recorder, namespace = watch(text)
    namespace.clear()
    gc.collect()
    assert not len(recorder._store)


def test_recorded_bytes_are_what_only_the_recorder_keeps_alive():
    text = "a = torch.ones(1000, requires_grad=True)\nb = a + 1\nc = b + 1\n"
    recorder, namespace = watch(text)
    assert recorder.recorded_bytes == 0  # the program holds all three
    del namespace["b"]
    assert recorder.recorded_bytes == 4000


def test_over_the_budget_the_oldest_values_go():
    text = "h = torch.ones(1000, requires_grad=True)\nfor _ in range(20):\n    h = h + 1\n"
    recorder, namespace = watch(text)
    recorder.budget_bytes = 5 * 4000
    assert recorder.recorded_bytes <= 5 * 4000
    graph = recorder.graph(namespace["h"], "h", namespace)
    recorded = [n.outputs[0].recorded for n in graph.nodes if n.kind == "backward"]
    assert recorded == [True] * 6 + [False] * 14  # the newest is the program's own
    assert graph.n_not_recorded == 14
    assert recorder.value(graph.nodes[10].id, 0) == (None, NotRecorded("budget"))
    assert graph.budget_bytes == 20_000 and graph.recorded_bytes <= 20_000


def test_the_budget_holds_while_the_program_runs():
    text = (
        "h = torch.ones(1000, requires_grad=True)\nfor _ in range(200):\n"
        "    h = h + 1\n    peak.append(meter.recorded_bytes)\n"
    )
    recorder, _ = watch("")
    recorder.budget_bytes = 10 * 4000
    peak = []
    watch(text, recorder, peak=peak, meter=recorder)
    assert 5 * 4000 <= max(peak) <= 12 * 4000


def test_parameters_are_not_copied_beyond_the_budget():
    text = "w = torch.ones(1000, requires_grad=True)\nh = w * 2\nwith torch.no_grad():\n    w.zero_()\n"
    recorder, _ = watch("")
    recorder.budget_bytes = 1000
    _, namespace = watch(text, recorder)
    recorder.graph(namespace["h"], "h", namespace)
    value, note = recorder.value(recorder.node_of(namespace["w"]), 0)
    assert note == Changed(0) and value.sum() == 0


def test_values_of_a_checkpointed_block_are_not_kept_for_ever():
    text = """\
from torch.utils.checkpoint import checkpoint
w = torch.randn(1000, requires_grad=True)
for _ in range(50):
    loss = checkpoint(lambda t: (t * 2).sin().exp(), w, use_reentrant=True).sum()
    loss.backward()
"""
    recorder, namespace = watch(text)
    namespace.clear()
    recorder.clear()
    gc.collect()
    assert recorder.recorded_bytes == 0


def test_the_graph_on_screen_is_replaced_not_collected():
    recorder, namespace, graph = graph_of(LOOP + "train(1)\n", "loss")
    first = [recorder.grad_fn(n.id) for n in graph.nodes if n.kind == "backward"]
    watch("train(3)\n", recorder, train=namespace["train"])
    second = recorder.graph(namespace["loss"], "loss", namespace)
    assert not {n.id for n in graph.nodes if n.kind == "backward"} & {n.id for n in second.nodes}
    assert all(fn is not None for fn in first)


def test_a_small_view_that_alone_keeps_a_large_storage_counts_as_large():
    text = "w = torch.ones(10, requires_grad=True)\nh = torch.zeros(1000, 1000)[5, :10] * w\nh.sum().backward()\n"
    recorder, namespace = watch(text)
    assert recorder.recorded_bytes == 4_000_000
    recorder.budget_bytes = 1_000_000
    assert recorder.recorded_bytes == 0
    graph = recorder.graph(namespace["h"], "h", namespace)
    assert [n.outputs[0].recorded for n in graph.nodes] == [True, True, False]


def test_what_backward_frees_is_dropped_when_it_is_too_much():
    text = "w = torch.ones(1000, requires_grad=True)\nloss = w.exp().exp().exp().exp().sum()\nloss.backward()\n"
    recorder, _ = watch("")
    recorder.budget_bytes = 2 * 4000
    _, namespace = watch(text, recorder)
    assert 0 < recorder.recorded_bytes <= 2 * 4000
    assert recorder.graph(namespace["loss"], "loss", namespace).n_not_recorded == 2

"""What is kept of a pass: values at arrival, references where copies would cost, the newest pass only, a budget."""

import gc
import time
import weakref

import torch

from engine.autograd.passes import gradients
from engine.protocol.notes import Changed, NotRecorded
from tests.engine.programs import PROGRAMS, Stepper, execute, new_namespace

LARGE = """\
w = torch.randn(700, 700, requires_grad=True)
loss = (w * w).sum()
loss.backward()
"""


def id_of(stepper, name):
    return next(node.id for node in stepper.recorder.current().nodes if node.name == name)


def test_a_large_gradient_of_a_leaf_is_its_grad_not_a_copy():
    for stepping in (True, False):
        stepper = Stepper()
        w = stepper.run(LARGE, stepping=stepping)["w"]
        kept, note = stepper.controller.values.gradient(id_of(stepper, "AccumulateGrad"), 0)
        assert kept.data_ptr() == w.grad.data_ptr() and note is None
        assert not kept.requires_grad and kept.grad_fn is None
        w.grad.zero_()
        assert stepper.controller.values.gradient(id_of(stepper, "AccumulateGrad"), 0)[1] == Changed()


def test_a_small_gradient_is_what_arrived_whatever_is_written_later():
    text = "w = torch.ones(3, requires_grad=True)\nloss = (w * 2).sum()\nloss.backward()\nw.grad.zero_()\n"
    for stepping in (True, False):
        stepper = Stepper()
        assert stepper.run(text, stepping=stepping)["w"].grad.tolist() == [0, 0, 0]
        kept, note = stepper.controller.values.gradient(id_of(stepper, "AccumulateGrad"), 0)
        assert (kept.tolist(), note) == ([2, 2, 2], None)


def test_a_gradient_that_passes_through_and_is_added_to_stays_what_it_was():
    """The engine adds a second gradient in place where it may; what was shown of the first must not move."""
    text = f"""\
x = torch.ones({1 << 19}, requires_grad=True)
h = x.exp()
loss = ((h + x.sin()) + h * 2).sum()
loss.backward()
"""
    for stepping in (True, False):
        stepper = Stepper()
        stepper.run(text, stepping=stepping)
        assert len(stepper.steps) == 7
        for node in stepper.recorder.current().nodes:
            if node.name in ("AddBackward0", "MulBackward0", "SinBackward0"):
                tensor, note = stepper.controller.values.gradient(node.id, 0)
                assert tensor.unique().tolist() == [1] and note is None
            if node.name == "ExpBackward0":
                assert stepper.controller.values.gradient(node.id, 0)[0].unique().tolist() == [3]


def test_a_gradient_that_a_hook_changes_is_shown_as_the_node_gets_it():
    text = """\
x = torch.ones(3, requires_grad=True)
h = x.exp()
h.register_hook(lambda gradient: gradient * 10)
x.register_hook(lambda gradient: gradient * 0 + 7)
loss = h.sum()
loss.backward()
"""
    stepper = Stepper()
    stepper.run(text)
    assert stepper.controller.values.gradient(id_of(stepper, "ExpBackward0"), 0)[0].tolist() == [10, 10, 10]
    assert stepper.controller.values.gradient(id_of(stepper, "AccumulateGrad"), 0)[0].tolist() == [7, 7, 7]


def test_what_grad_returns_is_the_gradient_of_the_input():
    stepper = Stepper()
    namespace = stepper.run("x = torch.ones(3, requires_grad=True)\nloss = (x * x).sum()\n" + GRAD)
    leaf = id_of(stepper, "AccumulateGrad")
    assert torch.equal(stepper.controller.values.gradient(leaf, 0)[0], namespace["g"])
    assert leaf in stepper.events[-1].state.not_needed and namespace["x"].grad is None


GRAD = "(g,) = torch.autograd.grad(loss, x)\n"


def test_over_the_budget_gradients_are_not_kept(monkeypatch):
    monkeypatch.setattr(gradients, "_ROOM_UNASKED_BYTES", 0)
    stepper = Stepper()
    stepper.recorder.budget_bytes = 1
    stepper.run(LARGE.replace("(w * w)", "(w * w).exp()"))
    kept, note = stepper.controller.values.gradient(id_of(stepper, "MulBackward0"), 0)
    assert kept is None and note == NotRecorded("budget")
    leaf, note = stepper.controller.values.gradient(id_of(stepper, "AccumulateGrad"), 0)
    assert leaf is not None and note is None  # the program keeps that one anyway


def test_a_new_pass_lets_go_of_the_gradients_of_the_last():
    stepper = Stepper()
    stepper.run(LARGE)
    kept, _ = stepper.controller.values.gradient(id_of(stepper, "MulBackward0"), 0)
    alive = weakref.ref(kept)
    del kept
    gc.collect()
    assert alive() is not None
    stepper.run("x = torch.ones(1, requires_grad=True)\nx.exp().backward()\n")
    gc.collect()
    assert alive() is None


def test_a_thousand_passes_run_in_constant_memory_and_little_news():
    text = """\
w = torch.randn(8, 8, requires_grad=True)
def loop(n):
    for _ in range(n):
        loss = (w @ w).tanh().sum()
        loss.backward()
        w.grad = None
"""
    stepper, namespace = Stepper(), new_namespace()
    stepper.controller._kept.budget_bytes = 40 << 10  # two or three passes
    execute(text, namespace)

    def n_tensors():
        gc.collect()
        return sum(issubclass(type(item), torch.Tensor) for item in gc.get_objects())

    start_s = time.monotonic()
    with stepper.controller.installed(stepping=False):
        namespace["loop"](50)
        before = n_tensors()
        namespace["loop"](1000)
        assert n_tensors() - before < 200  # one that each pass left behind would make a thousand
    elapsed_s = time.monotonic() - start_s
    assert 1 <= len(stepper.events) <= 2 + elapsed_s / 0.1
    assert stepper.statuses[-1] == "finished"
    last = stepper.controller.values.gradient(id_of(stepper, "TanhBackward0"), 0)[0]
    assert torch.equal(last, torch.ones(8, 8))


def test_the_newest_pass_is_told_when_the_program_has_ended():
    text = """\
x = torch.ones(2, requires_grad=True)
for k in range(3):
    loss = (x * k).sum()
    loss.backward()
"""
    stepper = Stepper()
    stepper.run(text, stepping=False)
    assert stepper.statuses == ["finished"]
    state = stepper.events[0].state
    assert (state.n_done, state.n_needed, len(stepper.steps), state.line) == (3, 3, 3, 4)
    assert stepper.controller.values.gradient(id_of(stepper, "AccumulateGrad"), 0)[0].tolist() == [2, 2]


def test_modes_of_the_program_see_nothing_of_the_hooks():
    text = """\
from torch.utils._python_dispatch import TorchDispatchMode
class Count(TorchDispatchMode):
    n = 0
    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        Count.n += 1
        return function(*args, **(kwargs or {}))
x = torch.ones(3, requires_grad=True)
with Count():
    loss = (x.exp() * x).sum()
    loss.backward()
n = Count.n
"""
    plain = new_namespace()
    execute(text, plain)
    for stepping in (True, False):
        assert Stepper().run(text, stepping=stepping)["n"] == plain["n"]


def test_gradients_of_torch_func_can_be_read_after_it_has_returned():
    text = """\
x = torch.tensor([0.5, 1.5])
g = torch.func.grad(lambda row: (row.sin() * 2).sum())(x)
"""
    for stepping in (True, False):
        stepper = Stepper()
        stepper.run(text, stepping=stepping)
        tensors = [stepper.controller.values.gradient(step.node, 0)[0] for step in stepper.steps]
        assert [tensor.tolist() for tensor in tensors] == [1, [1, 1], [2, 2]]
        assert [step.norm for step in stepper.steps] == [tensor.norm().item() for tensor in tensors]


def test_a_batch_of_gradients_is_not_kept_and_says_so():
    stepper = Stepper()
    stepper.run(PROGRAMS["batched grad"])
    assert stepper.controller.values.gradient(id_of(stepper, "SumBackward1"), 0) == (None, NotRecorded("batch"))


def test_an_undefined_gradient_counts_as_arrived():
    text = """\
class Half(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        return x + y

    @staticmethod
    def backward(ctx, g):
        return g, None

x = torch.ones(2, requires_grad=True)
h = x.exp()
loss = (Half.apply(x, h) + h).sum()
loss.backward()
"""
    stepper = Stepper()
    stepper.run(text)
    waits = [(w.arrived, w.expected) for step in stepper.steps for w in step.waiting]
    assert waits and stepper.statuses[-1] == "finished"
    assert stepper.events[-1].state.n_done == stepper.events[-1].state.n_needed == len(stepper.steps)


def test_the_bytes_counted_are_those_of_the_storages_that_are_kept():
    text = f"""\
w = torch.randn({1 << 19}, requires_grad=True)
h = w.exp()
loss = ((h + h.sin()) * h.detach() + h.cos()).sum()
loss.backward()
"""
    for stepping in (True, False):
        stepper = Stepper()
        stepper.run(text, stepping=stepping)
        leaf = id_of(stepper, "AccumulateGrad")
        storages = {}
        for step in stepper.steps:
            arrived, _ = stepper.controller.values.gradient(step.node, 0)
            parts = [part.kept.tensor for _, part in stepper.controller.values.parts(step.node, 0)]
            for tensor in parts + [arrived] * (step.node != leaf):
                storages[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
        assert stepper.controller._pass.gradients.n_bytes == sum(storages.values())


# What a pass of h * c runs of the program's own, which writes into c.
WRITERS = (
    "h.register_hook(lambda gradient: write())",
    "h.grad_fn.register_prehook(lambda arrived: write())",
    "y.grad_fn.register_hook(lambda sent, arrived: write())",
    "x.register_post_accumulate_grad_hook(lambda leaf: write())",
    "x.grad = c",
)


def test_a_write_inside_a_pass_leaves_the_value_of_the_forward_pass():
    for writer in WRITERS:
        for stepping in (True, False):
            stepper = Stepper()
            text = f"""\
x = torch.ones(3, requires_grad=True)
c = torch.full((3,), 2.0)
def write():
    c.zero_()
h = x.exp()
y = h * c
{writer}
y.sum().backward()
"""
            written = stepper.run(text, stepping=stepping)["c"]
            assert written.tolist() != [2, 2, 2], writer
            given = next(node.id for node in stepper.recorder.current().nodes if node.is_input)
            assert stepper.recorder.value(given, 0)[0].tolist() == [2, 2, 2], writer


def test_passes_that_have_ended_leave_the_collector_nothing_to_find():
    """What refers to itself waits for a collection, which takes longer than many a pass."""
    text = """\
import gc
w = torch.ones(3, requires_grad=True)
def train(n_steps):
    for step in range(n_steps):
        loss = (w * 2).tanh().sum()
        loss.backward()
train(1)
gc.collect()
gc.disable()
train(40)
n_found = gc.collect()
gc.enable()
"""
    n_found = Stepper().run(text, stepping=False)["n_found"]
    assert n_found < 40  # of other threads, perhaps

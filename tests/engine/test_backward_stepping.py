"""Holding, going on, stopping: a second thread steps the pass that the first one runs."""

import os
import signal
import threading
import time

import pytest
import torch

from engine.autograd.passes.controller import BackwardAborted
from engine.protocol.errors import EngineError
from engine.protocol.notes import Partial
from engine.protocol.until import UntilEnd, UntilNext, UntilNode, UntilOutOfModule
from tests.engine.programs import PROGRAMS, Stepper, execute, new_namespace
from tests.patience import PATIENCE_S

FAN_IN = """\
x = torch.tensor([1.0, 2.0], requires_grad=True)
h = x * 3
a = h.exp()
b = h.sin()
loss = (a + b).sum()
loss.backward()
"""
MODULES = """\
class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(3, 3), nn.Sequential(nn.Linear(3, 3), nn.Tanh())
    def forward(self, x):
        return self.second(torch.relu(self.first(x)) * 2)
model = Pair()
loss = model(torch.ones(2, 3)).sum()
loss.backward()
"""


def named(stepper):
    return {node.id: node.name for node in stepper.recorder.current().nodes}


def id_of(stepper, name):
    return next(node for node, found in named(stepper).items() if found == name)


def stepped(text, *moves):
    """(stepper, events) of a program that is told one move after another, then runs to its end."""
    stepper = Stepper()
    left = list(moves)

    def answer(event):
        move = left.pop(0) if left else UntilEnd()
        if callable(move):
            move = move(event)
        stepper.controller.holding.step(move)

    stepper._answer = answer
    stepper.run(text)
    return stepper


def test_the_graph_is_shown_before_the_first_node_is_held():
    order = []
    stepper = Stepper()
    take = stepper.controller._telling.progress.emit
    stepper.controller._telling.progress.emit = lambda event: (order.append(type(event).__name__), take(event))
    stepper.run(FAN_IN)
    assert order[:2] == ["GraphShown", "BackwardProgress"]
    (shown,) = stepper.graphs
    state = stepper.events[0].state
    assert (shown.graph.output, shown.graph.id) == ("loss", state.graph)
    assert (state.status, state.origin, state.line, state.owned) == ("paused", "loss.backward()", 6, False)
    assert (state.n_needed, state.n_done, state.not_needed) == (6, 0, ())
    assert named(stepper)[state.current] == "SumBackward0"


def test_each_node_is_held_once_and_the_counts_go_up():
    stepper = Stepper()
    stepper.run(FAN_IN)
    assert stepper.statuses == ["paused"] * 6 + ["finished"]
    assert [event.state.n_done for event in stepper.events] == [0, 1, 2, 3, 4, 5, 6]
    assert [len(event.steps) for event in stepper.events] == [1] * 6 + [0]
    assert [step.index for step in stepper.steps] == list(range(6))
    assert stepper.events[-1].state.current == -1


def test_a_fan_in_waits_for_its_second_gradient():
    stepper = Stepper()
    stepper.run(FAN_IN)
    names = named(stepper)
    seen = [
        (names[s.node], [names[n] for n in s.ready], [(names[w.node], w.arrived, w.expected) for w in s.waiting])
        for s in stepper.steps
    ]
    assert seen == [
        ("SumBackward0", [], []),
        ("AddBackward0", [], []),
        ("SinBackward0", ["ExpBackward0"], []),
        ("ExpBackward0", [], [("MulBackward0", 1, 2)]),
        ("MulBackward0", [], []),
        ("AccumulateGrad", [], []),
    ]


def test_gradients_of_done_held_ready_and_waiting_nodes():
    seen = {}
    stepper = Stepper()

    def answer(event):
        names = named(stepper)
        if names[event.state.current] == "ExpBackward0":
            seen.update({name: stepper.controller.values.gradient(node, 0) for node, name in names.items()})
        if names[event.state.current] == "SinBackward0":
            seen["ready"] = stepper.controller.values.gradient(id_of(stepper, "ExpBackward0"), 0)
        stepper.controller.holding.step(UntilNext())

    stepper._answer = answer
    stepper.run(FAN_IN)
    ones, h = torch.ones(2), torch.tensor([3.0, 6.0])
    assert torch.equal(seen["SinBackward0"][0], ones) and seen["SinBackward0"][1] is None
    assert torch.equal(seen["ExpBackward0"][0], ones) and torch.equal(seen["ready"][0], ones)
    partial, note = seen["MulBackward0"]
    assert torch.equal(partial, h.cos()) and note == Partial(1, 2)
    assert seen["AccumulateGrad"] == (None, None)
    total, note = stepper.controller.values.gradient(id_of(stepper, "MulBackward0"), 0)
    assert torch.equal(total, h.cos() + h.exp()) and note is None


def test_the_norm_is_that_of_all_arriving_gradients_together():
    stepper = Stepper()
    namespace = stepper.run(PROGRAMS["custom Function"])
    names = named(stepper)
    step = next(step for step in stepper.steps if names[step.node] == "CubeBackward")
    y = namespace["y"].detach()
    assert step.norm == pytest.approx(y.norm().item())


def test_run_to_a_node_holds_just_before_it():
    stepper = Stepper()
    moves = [lambda event: UntilNode(id_of(stepper, "MulBackward0"))]

    def answer(event):
        stepper.controller.holding.step(moves.pop()(event) if moves else UntilEnd())

    stepper._answer = answer
    stepper.run(FAN_IN)
    paused = [event.state for event in stepper.events if event.state.status == "paused"]
    assert [(named(stepper)[state.current], state.n_done) for state in paused] == [
        ("SumBackward0", 0),
        ("MulBackward0", 4),
    ]


def test_step_over_passes_the_module_and_its_accumulations():
    stepper = Stepper()

    def answer(event):
        stepper.controller.holding.step(UntilOutOfModule())

    stepper._answer = answer
    stepper.run(MODULES)
    names = named(stepper)
    modules = {node.id: node.module for node in stepper.recorder.current().nodes}
    held = [event.state.current for event in stepper.events if event.state.status == "paused"]
    assert [(names[node], modules[node]) for node in held] == [
        ("SumBackward0", ""),
        ("TanhBackward0", "second.1"),
        ("AddmmBackward0", "second.0"),
        ("MulBackward0", ""),
        ("ReluBackward0", ""),
        ("AddmmBackward0", "first"),
    ]
    assert len(stepper.steps) == stepper.events[-1].state.n_needed > len(held)


def test_running_to_the_end_brings_every_step_in_batches():
    start_s = time.monotonic()
    stepper = stepped(PROGRAMS["GPT-2"], UntilNext(), UntilEnd())
    elapsed_s, steps = time.monotonic() - start_s, stepper.steps
    assert [step.index for step in steps] == list(range(stepper.events[-1].state.n_needed))
    assert len(stepper.events) <= 5 + elapsed_s / 0.03  # which they are apart at least
    assert stepper.statuses[-1] == "finished"


def test_a_pass_that_runs_on_is_held_by_a_step():
    """The news of a pass that runs on make the window ask for the next node: it is held again."""
    text = """\
x = torch.ones(2, requires_grad=True)
loss = x.sum()
loss.register_hook(lambda gradient: None if goes_on.wait() else None)
for _ in range(300):
    loss = loss * 1.01
loss.backward()
"""
    stepper, goes_on = Stepper(), threading.Event()
    held = []

    def answer(event):
        held.append(event.state.n_done)
        if len(held) == 1:
            stepper.controller.holding.step(UntilEnd())
            stepper.controller.holding.step(UntilNext())  # before the pass can have ended
            goes_on.set()
        else:
            stepper.controller.holding.step(UntilEnd())

    stepper._answer = answer
    stepper.run(text, namespace=new_namespace() | {"goes_on": goes_on})
    assert len(held) == 2 and held[1] >= 1


@pytest.mark.parametrize(
    "move, sentence",
    [
        (lambda s, e: UntilNode(10**6), "not part of"),
        (lambda s, e: UntilNode(e.state.current), "has run already"),
        (lambda s, e: UntilNode(e.state.not_needed[0]), "does not need"),
    ],
)
def test_a_goal_that_cannot_be_reached_is_one_sentence_and_the_node_stays_held(move, sentence):
    stepper = Stepper()
    said = []

    def answer(event):
        if not said:
            with pytest.raises(EngineError) as failure:
                stepper.controller.holding.step(move(stepper, event))
            said.append(str(failure.value))
            assert stepper.controller.state.status == "paused"
        stepper.controller.holding.step(UntilEnd())

    stepper._answer = answer
    stepper.run(PROGRAMS["grad of inputs"])
    assert sentence in said[0]
    assert stepper.statuses[-1] == "finished"


def test_a_step_without_a_held_node_is_one_sentence():
    stepper = Stepper()
    with pytest.raises(EngineError, match="No backward pass is held"):
        stepper.controller.holding.step(UntilNext())
    stepper.run(FAN_IN)
    with pytest.raises(EngineError, match="No backward pass is held"):
        stepper.controller.holding.step(UntilNext())


def test_abort_ends_the_program_like_an_interrupt_and_leaves_no_hook():
    stepper = Stepper()
    moves = [UntilNext(), UntilNext()]
    stepper._answer = lambda event: (
        stepper.controller.holding.step(moves.pop()) if moves else stepper.controller.holding.abort()
    )
    with pytest.raises(BackwardAborted, match=r"Stopped in loss\.backward\(\)") as stop:
        stepper.run(FAN_IN + "after = 1\n", namespace=(namespace := new_namespace()))
    assert isinstance(stop.value, KeyboardInterrupt)
    assert stepper.statuses == ["paused"] * 3 + ["aborted"]
    assert "after" not in namespace
    again = Stepper()
    execute("loss = (x * 2).sum()\nloss.backward()", namespace)  # the same leaf: nothing holds it
    assert again.events == [] and torch.equal(namespace["x"].grad, torch.full((2,), 2.0))


def test_a_program_that_survives_the_abort_can_be_stepped_again():
    text = """\
x = torch.ones(2, requires_grad=True)
for _ in range(2):
    try:
        x.exp().sum().backward()
    except KeyboardInterrupt:
        pass
"""
    stepper = Stepper()
    answers = [stepper.controller.holding.abort]
    stepper._answer = lambda event: answers.pop()() if answers else stepper.controller.holding.step(UntilEnd())
    stepper.run(text)
    ends = [status for status in stepper.statuses if status not in ("paused", "running")]
    assert ends == ["aborted", "finished"]


def test_a_sigint_gets_through_a_held_node():
    stepper = Stepper(answer=lambda event: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        stepper.run(FAN_IN)
    assert stepper.statuses == ["paused", "aborted"]


def test_an_error_inside_backward_is_on_its_node_and_the_program_s_own():
    text = """\
class Bad(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, g):
        raise ValueError("no derivative here\\nat all")

x = torch.ones(2, requires_grad=True)
h = Bad.apply(x.exp())
loss = h.sum()
loss.backward()
"""
    for stepping in (True, False):
        stepper = Stepper()
        with pytest.raises(ValueError, match="no derivative here"):
            stepper.run(text, stepping=stepping)
        state = stepper.events[-1].state
        assert (state.status, named(stepper)[state.current], state.n_done) == ("failed", "BadBackward", 1)
        assert (state.error.type_name, state.error.sentence) == (
            "ValueError",
            "ValueError: no derivative here\nat all.",
        )
        assert (state.error.place.line, "raise ValueError" in state.error.place.text) == (8, True)
        assert "Traceback" in state.error.traceback
        assert stepper.controller.values.gradient(state.current, 0)[0].tolist() == [1, 1]


def test_an_error_in_a_tensor_s_hook_is_on_the_node_that_would_have_run():
    text = """\
def refuse(gradient):
    raise RuntimeError("refused")
x = torch.ones(2, requires_grad=True)
h = x.exp()
h.register_hook(refuse)
loss = (h * 2).sum()
loss.backward()
"""
    for stepping in (True, False):
        stepper = Stepper()
        with pytest.raises(RuntimeError, match="refused"):
            stepper.run(text, stepping=stepping)
        state = stepper.events[-1].state
        assert (state.status, named(stepper)[state.current]) == ("failed", "ExpBackward0")


def test_the_freed_graph_is_one_sentence():
    stepper = Stepper()
    with pytest.raises(RuntimeError, match="second time"):
        stepper.run(FAN_IN + "loss.backward()\n")
    assert "retain_graph=True" in stepper.events[-1].state.error.sentence


def test_a_backward_of_another_thread_runs_through():
    text = """\
import threading
w = torch.ones(3, requires_grad=True)
def work():
    (w * 2).sum().backward()
thread = threading.Thread(target=work)
thread.start()
thread.join(100)
alive = thread.is_alive()
"""
    stepper = Stepper()
    namespace = stepper.run(text)
    assert not namespace["alive"] and stepper.events == []
    assert torch.equal(namespace["w"].grad, torch.full((3,), 2.0))


def test_another_thread_s_pass_through_a_hooked_leaf_is_not_held():
    stepper = Stepper()
    namespace = new_namespace()
    w = namespace["w"] = torch.ones(2, requires_grad=True)
    finished = []

    def answer(event):
        if not finished:
            thread = threading.Thread(target=lambda: (w * 5).sum().backward())
            thread.start()
            thread.join(PATIENCE_S)
            finished.append(not thread.is_alive())
        stepper.controller.holding.step(UntilNext())

    stepper._answer = answer
    stepper.run("loss = (w * 2).sum()\nloss.backward()", namespace=namespace)
    assert finished == [True]
    assert torch.equal(w.grad, torch.full((2,), 7.0))
    assert len(stepper.steps) == stepper.events[-1].state.n_needed == 3


@pytest.mark.parametrize(
    "text, label, origin, line",
    [
        ("def train():\n    inner = x.exp()\n    inner.backward()\ntrain()\n", "inner", "inner.backward()", 3),
        ("(x * 2).backward()\n", "(x * 2)", "(x * 2).backward()", 1),
        ("y = x * 2\ng = torch.autograd.grad(\n    y,\n    x,\n)\n", "y", "torch.autograd.grad( y, x, )", 2),
        ("é = x.sin(); é.backward()\n", "é", "é.backward()", 1),
    ],
)
def test_a_pass_is_named_after_its_call(text, label, origin, line):
    for stepping in (True, False):
        stepper, namespace = Stepper(), new_namespace()
        namespace["x"] = torch.tensor(0.3, requires_grad=True)
        stepper.run(text, stepping=stepping, namespace=namespace)
        state = stepper.events[-1].state
        assert (stepper.graphs[0].graph.output, state.origin, state.line) == (label, origin, line)


def test_an_interrupt_inside_a_node_ends_either_pass():
    text = """\
class Stop(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, g):
        raise KeyboardInterrupt

x = torch.ones(2, requires_grad=True)
loss = Stop.apply(x).sum()
loss.backward()
"""
    for stepping in (True, False):
        stepper = Stepper()
        with pytest.raises(KeyboardInterrupt):
            stepper.run(text, stepping=stepping)
        assert (stepper.statuses[-1], stepper.events[-1].state.n_done) == ("aborted", 1)


def test_a_forked_child_is_not_held():
    text = """\
import os
x = torch.ones(2, requires_grad=True)
child = os.fork()
if child == 0:
    try:
        (x * 2).sum().backward()
        os._exit(5)
    finally:
        os._exit(6)
"""
    stepper = Stepper()
    namespace = stepper.run(text)
    deadline_s = time.monotonic() + PATIENCE_S
    status = (0, 0)
    while status == (0, 0) and time.monotonic() < deadline_s:
        status = os.waitpid(namespace["child"], os.WNOHANG)
        time.sleep(0.01)
    if status == (0, 0):
        os.kill(namespace["child"], signal.SIGKILL)
    assert os.waitstatus_to_exitcode(status[1]) == 5 and stepper.events == []

"""Stepping an output without a backward line: the graph and the `.grad`s are what they were, unless kept."""

import os
import signal

import pytest
import torch

from engine.protocol.errors import EngineError
from engine.protocol.until import UntilNext
from tests.engine.programs import Stepper, execute, new_namespace

PROGRAM = """\
W = torch.randn(4, 4, requires_grad=True)
b = torch.randn(4, requires_grad=True)
x = torch.randn(3, 4)
h = torch.tanh(x @ W + b)
h.retain_grad()
y = h @ W
loss = y.pow(2).mean()
"""


def ready(text=PROGRAM, answer=None):
    """(stepper, namespace) of a program that ran without a backward."""
    stepper, namespace = Stepper(answer), new_namespace()
    with stepper.recorder.watching(), stepper.controller.installed(stepping=False):
        execute(text, namespace)
    return stepper, namespace


def stop_at(stepper, n_done, act):
    """Answers that step until so many nodes have run."""
    return lambda event: act() if event.state.n_done == n_done else stepper.controller.holding.step(UntilNext())


def test_a_finished_pass_has_the_gradients_of_a_plain_one_and_reset_takes_them_back():
    stepper, namespace = ready()
    W, b, h = namespace["W"], namespace["b"], namespace["h"]
    expected = torch.autograd.grad(namespace["loss"], [W, b, h], retain_graph=True)
    h.grad = None  # grad() writes it, too, where a tensor retains its gradient
    results = []
    for _ in range(2):
        stepper.run_output(namespace["loss"], None, "loss", namespace)
        state = stepper.controller.state
        assert (state.status, state.owned, state.origin, state.line) == ("finished", True, "stepping loss", 0)
        results.append([tensor.grad.clone() for tensor in (W, b, h)])
        assert all(torch.equal(got, want) for got, want in zip(results[-1], expected, strict=True))
        stepper.controller.reset()
        assert (W.grad, b.grad, h.grad) == (None, None, None)
        assert stepper.controller.state is None and stepper.statuses[-1] == "aborted"
    assert all(torch.equal(first, second) for first, second in zip(*results, strict=True))


def test_reset_brings_back_the_very_tensors_and_keep_writes_into_them():
    stepper, namespace = ready(PROGRAM + "(W * 3).sum().backward()\n")
    W, b = namespace["W"], namespace["b"]
    found, values = W.grad, W.grad.clone()
    version = found._version
    (expected,) = torch.autograd.grad(namespace["loss"], [W], retain_graph=True)
    stepper.run_output(namespace["loss"], None, "loss", namespace)
    assert torch.equal(W.grad, values + expected) and torch.equal(found, values)
    stepper.controller.reset()
    assert W.grad is found and torch.equal(found, values) and found._version == version and b.grad is None
    stepper.run_output(namespace["loss"], None, "loss", namespace)
    stepper.controller.keep()
    assert W.grad is found and torch.equal(found, values + expected) and b.grad is not None
    assert stepper.events[-1].state.owned is False
    with pytest.raises(EngineError, match="Only"):
        stepper.controller.reset()
    with pytest.raises(EngineError, match="no gradients to keep"):
        stepper.controller.keep()


def test_leaves_show_their_grad_filling_in_while_held():
    stepper, namespace = ready()
    seen = []

    def answer(event):
        seen.append(namespace["b"].grad is not None)
        stepper.controller.holding.step(UntilNext())

    stepper._answer = answer
    stepper.run_output(namespace["loss"], None, "loss", namespace)
    assert seen[0] is False and seen[-1] is True


def test_abort_is_silent_and_restores():
    stepper, namespace = ready()
    stepper._answer = stop_at(stepper, 6, lambda: stepper.controller.holding.abort())
    stepper.run_output(namespace["loss"], None, "loss", namespace)
    assert stepper.statuses[-1] == "aborted"
    assert namespace["W"].grad is None and namespace["b"].grad is None


def test_reset_of_a_held_pass_ends_it_and_restores():
    stepper, namespace = ready()
    stepper._answer = stop_at(stepper, 6, lambda: stepper.controller.reset())
    stepper.run_output(namespace["loss"], None, "loss", namespace)
    assert stepper.statuses[-1] == "aborted"
    assert namespace["W"].grad is None and namespace["b"].grad is None
    stepper._answer = lambda event: stepper.controller.holding.step(UntilNext())
    stepper.run_output(namespace["loss"], None, "loss", namespace)  # and nothing of it is in the way
    assert stepper.statuses[-1] == "finished"


def test_an_interrupt_restores_and_reaches_the_caller():
    stepper, namespace = ready(answer=lambda event: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        stepper.run_output(namespace["loss"], None, "loss", namespace)
    assert stepper.statuses[-1] == "aborted" and namespace["W"].grad is None


def test_an_error_restores_and_is_told_on_its_node():
    stepper, namespace = ready(
        """\
class Bad(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, g):
        raise ValueError("no derivative here")

x = torch.ones(2, requires_grad=True)
y = Bad.apply(x) + x
"""
    )
    stepper.run_output(namespace["y"], torch.ones(2), "y", namespace)
    state = stepper.events[-1].state
    assert (state.status, state.owned, state.error.sentence) == ("failed", True, "ValueError: no derivative here.")
    assert stepper.recorder.grad_fn(state.current).name() == "BadBackward"
    assert namespace["x"].grad is None


def test_a_non_scalar_output_asks_for_a_gradient_by_its_shape():
    stepper, namespace = ready()
    with pytest.raises(EngineError, match=r"y has shape \(3, 4\)"):
        stepper.run_output(namespace["y"], None, "y", namespace)
    with pytest.raises(EngineError, match=r"gradient has shape \(2,\), but y has shape \(3, 4\)"):
        stepper.run_output(namespace["y"], torch.ones(2), "y", namespace)
    with pytest.raises(EngineError, match="No tensor that x depends on requires a gradient"):
        stepper.run_output(namespace["x"], torch.ones(3, 4), "x", namespace)
    assert stepper.events == []
    weights = torch.linspace(0, 1, 12).view(3, 4)
    (expected,) = torch.autograd.grad(namespace["y"], [namespace["W"]], weights, retain_graph=True)
    stepper.run_output(namespace["y"], weights, "y", namespace)
    assert torch.equal(namespace["W"].grad, expected)


def test_an_output_whose_graph_was_freed_says_how_to_get_it_back():
    stepper, namespace = ready(PROGRAM + "loss.backward()\n")
    found = namespace["W"].grad
    stepper.run_output(namespace["loss"], None, "loss", namespace)
    assert stepper.events[-1].state.status == "failed"
    assert "retain_graph=True" in stepper.events[-1].state.error.sentence
    assert namespace["W"].grad is found


def test_a_run_after_an_unkept_pass_starts_from_the_grads_of_before():
    stepper, namespace = ready()
    stepper.run_output(namespace["loss"], None, "loss", namespace)
    assert namespace["W"].grad is not None
    with stepper.controller.installed(stepping=False):
        assert namespace["W"].grad is None


def test_the_shown_graph_is_kept_when_it_holds_the_root():
    stepper, namespace = ready()
    shown = stepper.recorder.graph(namespace["loss"], "loss", namespace)
    stepper.run_output(namespace["h"], torch.ones(3, 4), "h", namespace)
    assert stepper.graphs == [] and stepper.events[-1].state.graph == shown.id
    assert {step.node for step in stepper.steps} < {node.id for node in shown.nodes}

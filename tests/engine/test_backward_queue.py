"""The model of torch's ready queue against torch's own, on graphs that nobody wrote down."""

import random

import pytest
import torch

from engine.autograd.passes import backward_pass
from engine.autograd.passes.call_graph import CallGraph
from engine.shared.ready_queue import Arrivals, ReadyQueue
from tests.engine.programs import Stepper


def random_loss(seed):
    """(loss, leaves): a graph with fan-out, fan-in, several outputs and many leaves that become ready together."""
    chance = random.Random(seed)
    leaves = [torch.rand(4, requires_grad=True) for _ in range(chance.randint(3, 12))]
    values = list(leaves)
    for _ in range(chance.randint(5, 40)):
        some = chance.choices(values, k=chance.randint(2, 5))
        make = chance.choice(
            [
                lambda items: torch.stack(items).sum(0),
                lambda items: items[0] * items[1],
                lambda items: torch.cat(items)[:4],
                lambda items: torch.stack(items).unbind(0)[0],
                lambda items: items[0].exp() + items[-1],
            ]
        )
        values.append(make(some).tanh())
    return torch.stack(chance.choices(values, k=5)).sum() + values[-1].sum(), leaves


def heads(loss, inputs, monkeypatch):
    """(predicted, fired) of a whole pass."""
    seen = []

    class Watched(Arrivals):
        def fires(self, node):
            seen.append((self.head, node))
            super().fires(node)

    monkeypatch.setattr(backward_pass, "Arrivals", Watched)
    stepper = Stepper()
    with stepper.controller.installed(stepping=False):
        if inputs is None:
            loss.backward()
        else:
            torch.autograd.grad(loss, inputs, allow_unused=True)
    return seen


@pytest.mark.parametrize("seed", range(40))
def test_the_head_fires_on_random_graphs(seed, monkeypatch):
    torch.manual_seed(seed)
    loss, leaves = random_loss(seed)
    inputs = None if seed % 3 else random.Random(seed).sample(leaves, 2)
    seen = heads(loss, inputs, monkeypatch)
    assert all(head == fired for head, fired in seen)
    assert seen or inputs  # inputs that the loss does not depend on need no node


def test_nodes_of_one_number_do_not_leave_in_the_order_they_came():
    """What tells the model from a sort: std::priority_queue is not stable."""
    queue = ReadyQueue()
    for node in range(5):
        queue.push(node, 7)
    order = queue.first(5)
    assert sorted(order) == [0, 1, 2, 3, 4] and order != [0, 1, 2, 3, 4]
    assert [queue.pop() for _ in range(5)] == order


def test_larger_sequence_numbers_leave_first():
    chance = random.Random(0)
    numbers = [chance.randrange(50) for _ in range(200)]
    queue = ReadyQueue()
    for node, number in enumerate(numbers):
        queue.push(node, number)
    queue.remove(17)
    left = [numbers[queue.pop()] for _ in range(199)]
    assert left == sorted(left, reverse=True)
    assert queue.head == -1


def test_only_nodes_on_a_path_to_the_inputs_run():
    x, y = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    h = x.exp()
    loss = (h * y).sum()

    def names(call):
        return [n.name().rpartition("::")[2] for n, runs in zip(call.nodes, call.runs, strict=True) if runs]

    assert names(CallGraph([loss], [h], accumulate=False)) == ["SumBackward0", "MulBackward0"]
    assert names(CallGraph([loss], [h], accumulate=True)) == ["SumBackward0", "MulBackward0", "ExpBackward0"]
    assert names(CallGraph([loss], [y], accumulate=True)) == ["SumBackward0", "MulBackward0", "AccumulateGrad"]
    assert len(names(CallGraph([loss], accumulate=True))) == 5

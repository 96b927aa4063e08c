"""What a pass at full speed knows of nodes that it hears of only once they have run."""

import pytest
import torch

from tests.engine.programs import Stepper

FAILING = """\
w = torch.ones(3, requires_grad=True)
a = w * 2
b = a.exp()
with torch.no_grad():
    b.zero_()
try:
    (b.tanh() * 3).sum().backward()
except RuntimeError as error:
    message = str(error)
"""
HOOKED = """\
w = torch.ones(3, requires_grad=True)
a = w * 2
b = a.exp()
{hook}
b.sum().backward()
"""
HOOKS = {
    "before a node": "b.grad_fn.register_prehook(lambda grads: (grads[0] * 5,))",
    "on a tensor": "b.register_hook(lambda grad: grad * 5)",
}


def arrived(stepper):
    """The gradient at each node of the newest graph, by name."""
    nodes = [node for node in stepper.recorder.current().nodes if not node.is_input]
    found = {node.name: stepper.controller.values.gradient(node.id, 0)[0] for node in nodes}
    return {name: None if gradient is None else gradient.tolist() for name, gradient in found.items()}


def test_the_node_that_failed_is_the_last_step_with_what_had_arrived_there():
    said, steps = [], []
    for stepping in (True, False):
        stepper = Stepper()
        assert "modified by an inplace operation" in stepper.run(FAILING, stepping=stepping)["message"]
        names = {node.id: node.name for node in stepper.recorder.current().nodes}
        said.append(arrived(stepper))
        steps.append([(names[step.node], step.norm) for step in stepper.steps])
        state = stepper.events[-1].state
        assert (state.status, names[state.current]) == ("failed", "ExpBackward0")
    assert said[0] == said[1] and steps[0] == steps[1]
    assert steps[1][-1][0] == "ExpBackward0" and said[1]["ExpBackward0"] == [3, 3, 3]


@pytest.mark.parametrize("hook", HOOKS)
def test_what_arrives_is_what_a_hook_of_the_program_made_of_it(hook):
    for stepping in (True, False):
        stepper = Stepper()
        namespace = stepper.run(HOOKED.format(hook=HOOKS[hook]), stepping=stepping)
        assert arrived(stepper)["ExpBackward0"] == [5, 5, 5]
        assert torch.equal(namespace["w"].grad, 10 * namespace["b"].detach())


def test_a_gradient_that_is_added_to_one_of_before_is_what_arrived():
    text = "w = torch.ones(3, requires_grad=True)\nfor step in range(3):\n    (w * 2).sum().backward()\n"
    stepper = Stepper()
    assert stepper.run(text, stepping=False)["w"].grad.tolist() == [6, 6, 6]
    assert arrived(stepper)["AccumulateGrad"] == [2, 2, 2]


def test_passes_that_add_to_a_gradient_are_of_the_structure_of_the_first():
    text = "w = torch.ones(3, requires_grad=True)\nfor step in range(4):\n    (w * 2).tanh().sum().backward()\n"
    stepper = Stepper()
    stepper.run(text, stepping=False)
    assert len(stepper.controller.values.earlier(stepper.recorder.current())) == 3

"""A held or recorded backward pass computes what a plain one does, in the order that the engine has."""

import pytest
import torch
from torch.autograd.graph import GradientEdge, get_gradient_edge

from engine.protocol.until import UntilNext
from tests.engine.programs import PROGRAMS, Stepper, differences, outcome, reachable, run_plainly

# torch compiles some of its own decompositions with what it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning")

# Left out: programs with several passes, and the checkpoint whose inner pass also runs the plain prehooks.
SEVERAL = ("double backward", "accumulate twice", "torch.func", "LBFGS", "checkpoint, reentrant")
ORDERED = [name for name in PROGRAMS if name not in SEVERAL]


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("stepping", [True, False], ids=["stepped", "recorded"])
def test_gradients_are_bit_identical_to_a_plain_run(name, stepping):
    plain = outcome(run_plainly(PROGRAMS[name]))
    stepper = Stepper()
    seen = outcome(stepper.run(PROGRAMS[name], stepping=stepping))
    assert plain and any(gradient is not None for gradient in plain.values())
    assert differences(plain, seen) == []
    assert stepper.statuses[-1] == "finished"
    assert stepper.events[-1].state.n_done == stepper.events[-1].state.n_needed > 0


def test_one_bit_of_difference_is_seen():
    plain, again = outcome(run_plainly(PROGRAMS["GPT-2"])), outcome(run_plainly(PROGRAMS["GPT-2"]))
    assert differences(plain, again) == []
    name = "model.lm_head.weight" if "model.lm_head.weight" in again else next(iter(again))
    flat = again[name].view(-1)
    flat[3] = torch.nextafter(flat[3], torch.tensor(torch.inf))
    assert differences(plain, again) == [name]


def plain_order(text):
    """Which nodes ran, as places in a walk from the roots, seen by prehooks in a run of their own."""
    order = []
    original = torch.autograd._engine_run_backward

    def hooked(roots, *arguments, **named):
        edges = [root if isinstance(root, GradientEdge) else get_gradient_edge(root) for root in roots]
        for place, node in enumerate(reachable(edge.node for edge in edges)):
            node.register_prehook(lambda gradients, place=place: order.append(place))
        return original(roots, *arguments, **named)

    torch.autograd._engine_run_backward = hooked
    try:
        run_plainly(text)
    finally:
        torch.autograd._engine_run_backward = original
    return order


@pytest.mark.parametrize("name", ORDERED)
def test_the_order_is_the_engine_s_own(name):
    stepper = Stepper()
    seen = []

    def answer(event):
        seen.append(event.state.current)
        stepper.controller.holding.step(UntilNext())

    stepper._answer = answer
    stepper.run(PROGRAMS[name])
    roots = stepper.controller._pass.call.root_nodes
    places = {stepper.recorder.node_id(node): place for place, node in enumerate(reachable(roots))}
    ran = [step.node for step in stepper.steps]
    assert seen == ran
    expected = plain_order(PROGRAMS[name])
    assert [places[node] for node in ran] == expected
    assert len(ran) == stepper.events[-1].state.n_needed


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_head_of_the_predicted_queue_is_the_node_that_fires(name, monkeypatch):
    from engine.autograd.passes import backward_pass

    predictions = []

    class Watched(backward_pass.Arrivals):
        def fires(self, node):
            predictions.append((self.head, node))
            super().fires(node)

    monkeypatch.setattr(backward_pass, "Arrivals", Watched)
    Stepper().run(PROGRAMS[name])
    assert predictions and all(head == node for head, node in predictions)


@pytest.mark.parametrize("name", PROGRAMS)
def test_recorded_steps_are_those_of_a_held_pass(name):
    held, recorded = Stepper(), Stepper()
    held.run(PROGRAMS[name])
    recorded.run(PROGRAMS[name], stepping=False)
    last = held.events[-1].state.pass_id
    steps = [step for event in held.events if event.state.pass_id == last for step in event.steps]

    def numbered(steps):
        names = {}

        def number(node):
            return names.setdefault(node, len(names))

        return [
            (
                step.index,
                number(step.node),
                step.norm,
                [number(node) for node in step.ready],
                [(number(item.node), item.arrived, item.expected) for item in step.waiting],
            )
            for step in steps
        ]

    assert numbered(steps) == numbered(recorded.steps)
    assert recorded.statuses == ["finished"]


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("stepping", [True, False], ids=["stepped", "recorded"])
def test_no_hook_is_left_behind(name, stepping):
    stepper = Stepper()
    namespace = stepper.run(PROGRAMS[name], stepping=stepping)
    current = stepper.controller._pass
    for node in current.call.nodes:
        before = len(current.order)
        for hooks in (node.register_prehook(print), node.register_hook(print)):
            left = [hook for hook in hooks.hooks_dict_ref().values() if hook is not print]
            hooks.remove()
            assert left == []
        assert len(current.order) == before
    assert torch.autograd._engine_run_backward is torch.autograd.graph._engine_run_backward
    assert torch.autograd._engine_run_backward.__module__ == "torch.autograd.graph"
    assert namespace

"""A pass is held where a breakpoint says so, and nowhere else; a run with breakpoints leaves the same bits."""

import pytest

from engine.protocol.breakpoints import (
    AllZero,
    Anywhere,
    AtLine,
    AtModule,
    AtOperation,
    AtPass,
    AtVariable,
    Breakpoint,
    Norm,
    NotFinite,
    Ratio,
)
from engine.protocol.until import UntilEnd, UntilNext
from tests.engine.programs import PROGRAMS, Stepper, differences, outcome, run_plainly

LOOP = """\
w = torch.tensor([0.5, 0.25], requires_grad=True)
for i in range(4):
    h = torch.tanh(w)
    y = h * h
    loss = y.sum() * (i - 1)
    loss.backward()
"""
NET = """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(3, 3), nn.Linear(3, 1)
    def forward(self, x):
        return self.second(torch.relu(self.first(x)))
net = Net()
loss = net(torch.ones(2, 3)).sum()
loss.backward()
"""
NAN = """\
x = torch.tensor([0.0, 1.0], requires_grad=True)
loss = (x.sqrt() * 0).sum()
loss.backward()
"""


def holds(text, *places, condition=None, stepping=False, until=UntilEnd, is_set_again=False):
    """(pass, name of the node, ids of the breakpoints) of each hold. `is_set_again`: the same breakpoints are set at
    each, as a window does that tells them together with others."""
    found = []

    def answer(event):
        graph = stepper.recorder.current()
        names = {node.id: node.name for node in graph.nodes}
        found.append((event.state.pass_index, names[event.state.current], event.state.hits))
        if is_set_again:
            stepper.controller.holding.breakpoints.set(points)
        stepper.controller.holding.step(until())

    stepper = Stepper(answer)
    points = tuple(Breakpoint(i + 1, place, condition) for i, place in enumerate(places))
    stepper.controller.holding.breakpoints.set(points)
    namespace = stepper.run(text, stepping=stepping)
    assert differences(outcome(namespace), outcome(run_plainly(text))) == []
    return found


def test_a_line_holds_the_nodes_that_it_made():
    assert holds(LOOP, AtLine(4)) == [(i, "MulBackward0", (1,)) for i in (1, 2, 3, 4)]


def test_a_line_that_calls_backward_holds_its_pass_before_the_first_node():
    assert holds(LOOP, AtLine(6)) == [(i, "MulBackward0", (1,)) for i in (1, 2, 3, 4)]
    assert holds("w = torch.ones(2, requires_grad=True)\n(w * 2).sum().backward()\n", AtLine(2))[0][1] == "SumBackward0"


def test_a_number_holds_its_pass():
    assert holds(LOOP, AtPass(3)) == [(3, "MulBackward0", (1,))]


def test_a_number_with_a_condition_holds_its_pass_at_the_first_node_that_meets_it():
    """What arrives at the first node is 1, at the sum (i - 1), at y as many of it as there are."""
    assert holds(LOOP, AtPass(4), condition=Norm(1.5)) == [(4, "SumBackward0", (1,))]
    assert holds(LOOP, AtPass(3), condition=Norm(1.5)) == []
    assert holds(LOOP, AtPass(2), condition=AllZero()) == [(2, "SumBackward0", (1,))]


@pytest.mark.parametrize(
    ("place", "names"),
    [
        (AtVariable("h"), ["TanhBackward0"]),
        (AtVariable("w"), ["AccumulateGrad"]),
        (AtOperation("tanh"), ["TanhBackward0"]),
        (AtOperation("Tanh*"), ["TanhBackward0"]),
        (AtOperation("mul"), ["MulBackward0", "MulBackward0"]),
        (AtOperation("SumBackward0"), ["SumBackward0"]),
        (AtOperation("AccumulateGrad"), ["AccumulateGrad"]),
        (AtVariable("nothing"), []),
    ],
)
def test_a_variable_or_an_operation_holds_its_nodes(place, names):
    assert [name for number, name, _ in holds(LOOP, place) if number == 2] == names


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("first", ["AddmmBackward0"]),
        ("first.*", ["AccumulateGrad", "AccumulateGrad"]),
        ("net.second.bias", ["AccumulateGrad"]),
        ("*.weight", ["AccumulateGrad", "AccumulateGrad"]),
        ("second", ["AddmmBackward0"]),
    ],
)
def test_a_module_or_a_parameter_holds_what_is_of_it(pattern, names):
    assert [name for _, name, _ in holds(NET, AtModule(pattern))] == names


NESTED = """import torch
from torch import nn
inner = nn.Sequential()
inner.add_module("attn", nn.Linear(3, 3))
body = nn.Sequential()
body.add_module("h", inner)
net = nn.Sequential()
net.add_module("transformer", body)
del inner, body
loss = net(torch.ones(2, 3)).sum()
loss.backward()
"""


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("h.attn", ["AddmmBackward0"]),
        ("h.*.weight", ["AccumulateGrad"]),
        ("h.*", ["AddmmBackward0", "AccumulateGrad", "AccumulateGrad"]),
        ("h.attn.weight", ["AccumulateGrad"]),
        ("ttn", []),
    ],
)
def test_a_pattern_may_be_the_end_of_a_path(pattern, names):
    assert [name for _, name, _ in holds(NESTED, AtModule(pattern))] == names


CALLED = """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.h = nn.ModuleList(nn.Linear(3, 3) for _ in range(3))
    def forward(self, x):
        for layer in self.h:
            x = torch.tanh(layer(x))
        return x
def squared(x):
    return x * x
net = Net()
y = net(torch.ones(2, 3))
z = squared(y) + squared(y + 1)
loss = sum(squared(t) for t in (z, z.cos())).sum()
loss.backward()
"""
RECURRENT = """\
w = torch.tensor(0.5, requires_grad=True)
h = torch.tensor(1.0)
def down(x, n):
    return x if n == 0 else torch.tanh(w * down(x, n - 1))
while h.numel() and h > 0.3: h = torch.sin(w * h)
for i in range(3):
    h = torch.tanh(w * h + h)
out = (down(h, 3) * torch.nn.Sequential(nn.Identity())(h))
out.backward()
"""


@pytest.mark.parametrize(
    ("text", "line", "names"),
    [
        (CALLED, 12, ["TanhBackward0"]),  # calls the model: where the pass comes to it
        (CALLED, 7, ["TanhBackward0"] * 3),  # in each pass of the loop
        (CALLED, 10, ["MulBackward0"] * 4),  # in each call of the function
        (CALLED, 13, ["AddBackward0"]),
        (CALLED, 14, ["SumBackward0"]),
        (RECURRENT, 4, ["TanhBackward0"] * 3),  # at each depth
        (RECURRENT, 5, ["SinBackward0"]),  # a loop that the line has to itself
        (RECURRENT, 7, ["TanhBackward0"] * 3),
    ],
)
def test_a_line_holds_once_for_each_execution(text, line, names):
    assert [name for _, name, _ in holds(text, AtLine(line))] == names


def test_what_a_line_made_is_stepped_without_being_held_anew():
    found = holds(RECURRENT, AtLine(7), until=UntilNext)
    assert [name for _, name, ids in found if ids] == ["TanhBackward0"] * 3
    assert [name for _, name, _ in found[:4]] == ["TanhBackward0", "AddBackward0", "MulBackward0", "TanhBackward0"]


def test_with_a_condition_a_line_holds_at_the_first_node_that_meets_it():
    line = "(w * 100).tanh().mul(0.5).sum().backward()"
    text = f"w = torch.full((4,), 0.001, requires_grad=True)\n{line}\n"
    assert [name for _, name, _ in holds(text, AtLine(2))] == ["SumBackward0"]
    assert holds(text, AtLine(2), condition=Norm(50.0)) == []
    assert [name for _, name, _ in holds(text, AtLine(2), condition=Norm(0.995, above=False))] == ["MulBackward0"]


def test_one_that_is_set_inside_of_its_line_waits_for_the_next_execution():
    found = []

    def answer(event):
        names = {node.id: node.name for node in stepper.recorder.current().nodes}
        found.append((names[event.state.current], event.state.hits))
        stepper.controller.holding.breakpoints.set((Breakpoint(8, AtLine(7)),))
        stepper.controller.holding.step(UntilEnd())

    stepper = Stepper(answer)
    stepper.controller.holding.breakpoints.set((Breakpoint(7, AtOperation("AddBackward0")),))
    stepper.run(RECURRENT, stepping=False)
    assert found == [("AddBackward0", (7,)), ("TanhBackward0", (8,)), ("TanhBackward0", (8,))]


def test_a_condition_holds_only_where_it_is_met():
    zero = holds(LOOP, AtOperation("tanh"), condition=AllZero())
    assert zero == [(2, "TanhBackward0", (1,))]
    large = holds(LOOP, AtOperation("tanh"), condition=Norm(1.5))
    assert large == [(4, "TanhBackward0", (1,))]
    small = holds(LOOP, AtOperation("tanh"), condition=Norm(0.5, above=False))
    assert small == [(2, "TanhBackward0", (1,))]
    assert [number for number, _, _ in holds(LOOP, AtOperation("sum"), condition=Ratio(3.0))] == [1, 3, 4]
    assert holds(LOOP, Anywhere(), condition=NotFinite()) == []
    assert holds(NAN, Anywhere(), condition=NotFinite()) == [(1, "SqrtBackward0", (1,))]
    loop = LOOP.replace("h * h", "h * h * w * w").replace("(i - 1)", "float('nan')")
    once = [(i, "MulBackward0", (1,)) for i in (1, 2, 3, 4)]
    for is_set_again in (False, True):  # what has turned before is known to those that are set in the midst of a pass
        assert holds(loop, Anywhere(), condition=NotFinite(), is_set_again=is_set_again) == once


def test_two_breakpoints_at_one_node_are_both_hit():
    assert holds(LOOP, AtLine(3), AtVariable("h"), AtPass(1))[:2] == [
        (1, "MulBackward0", (3,)),
        (1, "TanhBackward0", (1, 2)),
    ]


def test_a_run_on_of_a_held_pass_ends_at_a_breakpoint():
    found = holds(LOOP, AtOperation("tanh"), stepping=True)
    assert found[:2] == [(1, "MulBackward0", ()), (1, "TanhBackward0", (1,))] and len(found) == 8


def test_from_where_a_breakpoint_holds_the_pass_is_stepped_node_by_node():
    found = holds(PROGRAMS["shared weights and fan-in"], AtOperation("TanhBackward0"), until=UntilNext)
    whole = holds(PROGRAMS["shared weights and fan-in"], stepping=True, until=UntilNext)
    first = next(i for i, (_, name, _) in enumerate(whole) if name == "TanhBackward0")
    assert [name for _, name, _ in found] == [name for _, name, _ in whole[first:]]


def test_one_that_is_set_while_a_pass_is_held_holds_that_pass():
    found = []

    def answer(event):
        found.append(event.state.hits)
        stepper.controller.holding.breakpoints.set((Breakpoint(7, AtOperation("tanh")),))
        stepper.controller.holding.step(UntilEnd())

    stepper = Stepper(answer)
    stepper.run("w = torch.ones(2, requires_grad=True)\n(w.tanh() * 2).sum().backward()\n")
    assert found == [(), (7,)]


def test_one_that_is_taken_away_where_it_holds_holds_no_more():
    found = []

    def answer(event):
        found.append(event.state.hits)
        stepper.controller.holding.breakpoints.set(())
        stepper.controller.holding.step(UntilEnd())

    stepper = Stepper(answer)
    stepper.controller.holding.breakpoints.set((Breakpoint(7, AtOperation("tanh")),))
    stepper.run("w = torch.ones(2, requires_grad=True)\n(w.tanh() * 2).sum().backward()\n", stepping=False)
    assert found == [(7,)]


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_every_node_is_looked_at_for_and_never_found_changes_no_bit(name):
    assert holds(PROGRAMS[name], Anywhere(), condition=Norm(1e30)) == []


CHECKPOINT = """\
w = torch.ones(2, requires_grad=True)
def block(t):
    return t.sin()
y = torch.utils.checkpoint.checkpoint(block, w * 1, use_reentrant={})
y.sum().backward()
"""
COMPILED = """\
w = torch.ones(2, requires_grad=True)
@torch.compile(backend="aot_eager")
def block(t):
    return t.sin()
block(w).sum().backward()
"""


def told(text, *places):
    """The places of those that are said to have held nothing, after a plain run in which each hold goes on."""
    stepper = Stepper(lambda event: stepper.controller.holding.step(UntilEnd()))
    points = tuple(Breakpoint(i + 1, place) for i, place in enumerate(places))
    stepper.controller.holding.breakpoints.set(points)
    namespace = stepper.run(text, stepping=False)
    notices = [notice.said for notice in stepper.controller.notices(namespace, set())]
    return [said for said in notices if said.code.startswith("notice.breakpoint")]


def test_a_breakpoint_at_what_runs_inside_of_a_node_is_said_to_hold_nothing():
    inside, held = (AtLine(3), AtOperation("sin"), AtVariable("nothing")), (AtLine(4), AtLine(5), AtOperation("Mul*"))
    found = told(CHECKPOINT.format(True), *inside, *held)
    assert [str(said.arguments["place"]) for said in found] == ["line 3", "sin", "nothing"]
    assert "CheckpointFunctionBackward (line 4) ran 2 nodes (SinBackward0, AccumulateGrad)" in found[0].text
    (said,) = told(CHECKPOINT.format(False), *inside)  # nothing is unseen there
    assert said.text == "The breakpoint at nothing has held nothing: no node that a pass ran lies there."
    (said,) = told(COMPILED, AtLine(4), AtLine(5))
    assert "CompiledFunctionBackward (line 5) is a region that torch.compile" in said.text


def test_what_lies_nowhere_is_said_after_the_run():
    lines, names = (AtLine(2), AtLine(3), AtLine(6)), (AtVariable("h"), AtVariable("hh"), AtModule("net.*"))
    *nowhere, beyond = sorted(told(LOOP, AtPass(4), AtPass(5), *lines, *names), key=lambda said: "run had" in said.text)
    assert [said.text for said in nowhere] == [
        f"The breakpoint at {place} has held nothing: no node that a pass ran lies there."
        for place in ("line 2", "hh", "net.*")
    ]
    assert beyond.text == "The breakpoint at pass 5 has held nothing: the run had 4 passes."
    assert told("w = torch.ones(2, requires_grad=True)\nw * 2", AtVariable("x")) == []  # there was no pass at all

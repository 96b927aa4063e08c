"""What goes wrong without a word, neither PyTorch's nor the program's, is told when the program has ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.program_values import Notice
from tests.engine.client import Client

HEAD = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n"


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def notices(engine: Client, program: str) -> tuple[Notice, ...]:
    engine.run("import sys; vars(sys.modules['__main__']).clear()")
    finished = engine.run(HEAD + program)[-1]
    assert isinstance(finished, m.Finished) and finished.error is None, finished
    return finished.notices


def only(found: tuple[Notice, ...]) -> tuple[str, int]:
    (notice,) = found
    return notice.said.text, notice.place.line if notice.place is not None else 0


PAIRS = (
    "compares each of 5 values with all 5: shapes (5, 1) and (5,) broadcast to (5, 5). Where each has one of its own, "
    "give both one shape, e.g. with .squeeze(1) or .unsqueeze(1)."
)
COMPARED = {
    "a loss of torch": ("loss = F.mse_loss(net(x), y)", "F.mse_loss(net(x), y)"),
    "a loss of another kind": ("loss = F.smooth_l1_loss(net(x), y)", "F.smooth_l1_loss(net(x), y)"),
    "a module": ("loss = nn.L1Loss()(net(x), y)", "nn.L1Loss()(net(x), y)"),
    "a difference": ("loss = ((net(x) - y) ** 2).mean()", "net(x) - y"),
    "a difference the other way": ("loss = (y - net(x)).abs().mean()", "y - net(x)"),
}


@pytest.mark.parametrize("name", COMPARED)
def test_a_column_against_a_row_is_told(engine: Client, name: str) -> None:
    line, expression = COMPARED[name]
    program = f"net = nn.Linear(2, 1)\nx, y = torch.randn(5, 2), torch.randn(5)\n{line}\nloss.backward()\n"
    assert only(notices(engine, program)) == (f"{expression} {PAIRS}", 6)


@pytest.mark.parametrize(
    "loss",
    [
        "F.mse_loss(net(x).squeeze(1), y)",
        "F.mse_loss(net(x), y.unsqueeze(1))",
        "(w.unsqueeze(1) - w).abs().mean()",
        "(net(x) * y).sum()",
        "(net(x) - y.mean()).sum()",
        "(net(x).T - y).abs().sum()",
    ],
)
def test_what_is_meant_is_not_told(engine: Client, loss: str) -> None:
    program = "net, w = nn.Linear(2, 1), torch.randn(5, requires_grad=True)\nx, y = torch.randn(5, 2), torch.randn(5)\n"
    assert notices(engine, f"{program}loss = {loss}\nloss.backward()\n") == ()


def test_a_write_through_data_is_told_where_a_pass_computed_with_it(engine: Client) -> None:
    program = """w = torch.tensor([1.0, 2.0], requires_grad=True)
out = w.sigmoid()
alias = out.data
alias.zero_()
loss = out.sum()
loss.backward()
"""
    assert only(notices(engine, program)) == (
        "alias.zero_() overwrote out (line 5) through .data, which autograd does not notice: loss.backward() (line 9) "
        "computed with the new values. Write into out.detach() to be told of it, or into out.clone().",
        7,
    )


def test_an_update_through_data_after_the_pass_is_as_it_should_be(engine: Client) -> None:
    program = """w = torch.ones(3, requires_grad=True)
for _ in range(3):
    loss = (w * w).sum()
    loss.backward()
    w.data -= 0.1 * w.grad
    w.grad.zero_()
"""
    assert notices(engine, program) == ()


HOOKS = {
    "of a result": ("y = x * 3\ny.register_hook(lambda g: g * 0)\n", "y.register_hook(lambda g: g * 0)", 6),
    "of a leaf": ("y = x * 3\nx.register_hook(lambda g: g * 0)\n", "x.register_hook(lambda g: g * 0)", 6),
}


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_that_changes_a_gradient_is_told(engine: Client, name: str) -> None:
    program, hook, line = HOOKS[name]
    before = {"of a result": "12.000", "of a leaf": "36.000"}[name]
    assert only(notices(engine, f"x = torch.tensor(2.0, requires_grad=True)\n{program}(y ** 2).backward()\n")) == (
        f"The hook {hook} changed the gradient that arrived: its norm was {before} and became 0.",
        line,
    )


def test_a_hook_that_only_looks_is_not_told(engine: Client) -> None:
    program = "y = torch.ones(3, requires_grad=True) * 3\ny.register_hook(lambda g: None)\n(y ** 2).sum().backward()\n"
    assert notices(engine, program) == ()


def test_parameters_in_a_plain_container_are_told(engine: Client) -> None:
    program = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.others = nn.Linear(2, 2), [nn.Linear(2, 2), nn.Linear(2, 2)]
net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
"""
    assert only(notices(engine, program)) == (
        "net.others is a plain list, which a module does not look into: an optimizer of net.parameters() does not "
        "train the 4 tensors in it. Make it an nn.ModuleList.",
        0,
    )
    registered = program.replace("net = Net()", "net = Net()\nnet.all = nn.ModuleList(net.others)")
    assert notices(engine, registered) == ()


TWO = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(2, 2), nn.Linear(2, 1)
    def forward(self, x):
        return self.b(FIRST)
net = Net()
net(torch.ones(3, 2)).mean().backward()
"""


def test_a_layer_that_was_cut_off_is_told_with_the_cut(engine: Client) -> None:
    assert only(notices(engine, TWO.replace("FIRST", "self.a(x).detach()"))) == (
        "net.a.weight, net.a.bias got no gradient: net(torch.ones(3, 2)).mean().backward() (line 11) did not reach "
        "them, and self.a(x).detach() at line 9 cuts off what comes before it.",
        9,
    )


def test_a_layer_behind_a_parameter_that_was_computed_is_told_with_the_cut(engine: Client) -> None:
    program = """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(2, 4, bias=False), nn.Linear(2, 2, bias=False)
    def forward(self, x):
        self.b.weight = nn.Parameter(self.a(x[0]).view(2, 2))
        return self.b(x)
net = Net()
net(torch.ones(3, 2)).mean().backward()
"""
    assert only(notices(engine, program)) == (
        "net.a.weight got no gradient: net(torch.ones(3, 2)).mean().backward() (line 12) did not reach them, and "
        "nn.Parameter(self.a(x[0]).view(2, 2)) at line 9 cuts off what comes before it.",
        9,
    )


def test_a_layer_that_was_not_used_is_told(engine: Client) -> None:
    assert only(notices(engine, TWO.replace("FIRST", "x"))) == (
        "net.a.weight, net.a.bias got no gradient: net(torch.ones(3, 2)).mean().backward() (line 11) did not reach "
        "them.",
        11,
    )
    assert notices(engine, TWO.replace("FIRST", "self.a(x)")) == ()
    frozen = TWO.replace("FIRST", "x").replace("net(torch", "net.a.requires_grad_(False)\nnet(torch")
    assert notices(engine, frozen) == ()


def test_parameters_that_no_optimizer_trains_are_told(engine: Client) -> None:
    program = """net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
net.weight = nn.Parameter(torch.zeros(1, 2))
net(torch.ones(1, 2)).sum().backward()
opt.step()
"""
    assert only(notices(engine, program)) == (
        "net.weight: there is a gradient, but opt does not train them: they are not among its parameters. Give "
        "them to it, or let what is to stay as it is require no gradient: .requires_grad_(False).",
        0,
    )
    assert notices(engine, program.replace("net.weight = nn.Parameter(torch.zeros(1, 2))\n", "")) == ()


def test_an_optimizer_that_another_program_left_behind_is_not_missed(engine: Client) -> None:
    engine.run("import torch\nold = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(old.parameters(), lr=0.1)\n")
    events = engine.run("import torch\nnew = torch.nn.Linear(2, 1)\nnew(torch.ones(1, 2)).sum().backward()\n")
    finished = events[-1]
    assert isinstance(finished, m.Finished) and finished.error is None and not finished.notices


def test_a_function_without_slope_is_told(engine: Client) -> None:
    program = "w = torch.tensor([1.3, 2.6], requires_grad=True)\nloss = (w.round() - 1).pow(2).sum()\nloss.backward()\n"
    assert only(notices(engine, program)) == (
        "w.round() has the derivative 0 everywhere: nothing that it was computed from gets another gradient through "
        "it.",
        5,
    )
    straight_through = program.replace("(w.round() - 1)", "(w + (w.round() - w).detach() - 1)")
    assert notices(engine, straight_through) == ()
    others = {"w.sgn()": True, "F.lp_pool1d(w[None], 2, 2)": False, "(w + 1j).sgn().real": False}
    for function, is_told in others.items():
        found = [one.said.text for one in notices(engine, program.replace("w.round()", function))]
        assert [f"{function} has the derivative 0" in said for said in found] == [True] * is_told, function


TWICE = {
    "a softmax before a cross-entropy": ("net(x).softmax(1)", "softmax", "F.cross_entropy(p, t)"),
    "a module that ends with one": ("nn.Sequential(net, nn.Softmax(1))(x)", "softmax", "F.cross_entropy(p, t)"),
    "one that is viewed": ("net(x).softmax(1)", "softmax", "F.cross_entropy(p.view(4, 3), t)"),
    "a sigmoid": ("net(x).sigmoid()", "sigmoid", "F.binary_cross_entropy_with_logits(p, y)"),
}


@pytest.mark.parametrize("name", TWICE)
def test_a_loss_of_scores_that_gets_probabilities_is_told(engine: Client, name: str) -> None:
    inner, kind, loss = TWICE[name]
    program = "net, x, t = nn.Linear(2, 3), torch.randn(4, 2), torch.tensor([0, 1, 2, 0])\ny = torch.zeros(4, 3)\n"
    said, line = only(notices(engine, f"{program}p = {inner}\nloss = {loss}\nloss.backward()\n"))
    assert said == (
        f"{loss} makes probabilities of scores itself, and gets probabilities: the {kind} of {inner} at line 6 has "
        "made them already, so that the loss cannot come near 0, and its gradients are small. Give it the scores."
    )
    assert line == 7


def test_probabilities_where_their_logarithms_belong_are_told(engine: Client) -> None:
    program = "net, x, t = nn.Linear(2, 3), torch.randn(4, 2), torch.tensor([0, 1, 2, 0])\n"
    found = notices(engine, f"{program}loss = F.nll_loss(net(x).softmax(1), t)\nloss.backward()\n")
    assert [notice.said.code for notice in found] == ["notice.not_logarithms"]


@pytest.mark.parametrize(
    "loss",
    [
        "F.cross_entropy(net(x), t)",
        "F.nll_loss(net(x).log_softmax(1), t)",
        "F.cross_entropy(net(x).softmax(1) @ torch.randn(3, 3), t)",
        "F.binary_cross_entropy(net(x).sigmoid(), torch.zeros(4, 3))",
    ],
)
def test_a_loss_that_gets_what_it_takes_is_no_matter(engine: Client, loss: str) -> None:
    program = "net, x, t = nn.Linear(2, 3), torch.randn(4, 2), torch.tensor([0, 1, 2, 0])\n"
    assert notices(engine, f"{program}loss = {loss}\nloss.backward()\n") == ()


LOOP = """net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for i in range(3):
    loss = net(torch.randn(4, 2)).pow(2).mean()
"""


def test_a_step_whose_gradients_were_emptied_before_is_told(engine: Client) -> None:
    said, line = only(notices(engine, f"{LOOP}    loss.backward()\n    opt.zero_grad()\n    opt.step()\n"))
    assert said == (
        "opt.step() (line 10) found no gradient and changed nothing: loss.backward() (line 8) had brought one to the "
        "parameters of opt, and it was emptied in between, as zero_grad() does. Call that before backward, or after "
        "the step."
    )
    assert line == 10


@pytest.mark.parametrize("order", ["zero_grad backward step", "backward step zero_grad", "step zero_grad backward"])
def test_a_step_in_its_place_is_no_matter(engine: Client, order: str) -> None:
    lines = "".join(f"    {'loss' if one == 'backward' else 'opt'}.{one}()\n" for one in order.split())
    assert notices(engine, LOOP + lines) == ()


def test_a_backward_of_the_programs_that_returns_none_is_told(engine: Client) -> None:
    program = """class Scale(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, k):
        return x * k
    @staticmethod
    def backward(ctx, g):
        return {returned}
w = torch.ones(3, requires_grad=True)
loss = Scale.apply(w * 2, 3.0).sum()
loss.backward()
"""
    said, line = only(notices(engine, program.format(returned="None, None")))
    assert said.startswith("Scale.apply(w * 2, 3.0): its backward returned None for operand 1, so that nothing behind")
    assert line == 12
    assert notices(engine, program.format(returned="g * 3, None")) == ()

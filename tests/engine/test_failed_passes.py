"""A backward pass that cannot go on says which variable, which lines and which call brought that about, in one wording
for error, timeline and card."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.until import UntilEnd
from tests.engine.client import Client, of_kind

HEAD = "import torch\nfrom torch import nn\nw = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)\n"


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def failure(engine: Client, program: str) -> str:
    """The error's sentence, which is also that of the pass."""
    events = engine.run(HEAD + program)
    error = events[-1].error
    assert error is not None
    state = of_kind(events, m.BackwardProgress)[-1].state
    assert state.status == "failed" and state.error.sentence == error.sentence and state.error.code == error.code
    return error.sentence


CARRIED = "along, which freed what it had saved; cut it off between the passes:"
SECOND_TIME = {
    "a hidden state": (
        """cell, head, hidden = nn.RNNCell(3, 4), nn.Linear(4, 1), torch.zeros(2, 4)
for batch in range(3):
    for t in range(2):
        hidden = cell(torch.randn(2, 3), hidden)
    loss = head(hidden).pow(2).mean()
    loss.backward()
""",
        f"loss.backward(): hidden (line 7) carries the graph of an earlier loss.backward() (line 9) {CARRIED} "
        "hidden = hidden.detach().",
    ),
    "a state of several parts": (
        """net, state = nn.LSTM(3, 4), None
for batch in range(2):
    out, state = net(torch.randn(2, 5, 3), state)
    loss = (out.mean() + state[0].mean())
    loss.backward()
""",
        f"loss.backward(): state (line 6) carries the graph of an earlier loss.backward() (line 8) {CARRIED} "
        "state = tuple(part.detach() for part in state).",
    ),
    "a state that a module keeps": (
        """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell, self.state = nn.LSTMCell(2, 3), None
    def forward(self, x):
        self.state = self.cell(x, self.state)
        return self.state[0]
net = Net()
for batch in range(2):
    loss = net(torch.randn(1, 2)).sum()
    loss.backward()
""",
        f"loss.backward(): self.state (line 9) carries the graph of an earlier loss.backward() (line 14) {CARRIED} "
        "self.state = tuple(part.detach() for part in self.state).",
    ),
    "a sum that grows": (
        """total = 0
for step in range(2):
    total = total + (w ** 2).sum()
    total.backward()
""",
        f"total.backward(): total (line 6) carries the graph of an earlier total.backward() (line 7) {CARRIED} "
        "total = total.detach().",
    ),
    "two losses on one trunk": (
        """trunk = w.exp()
first, second = (trunk * 2).sum(), trunk.exp().sum()
first.backward()
second.backward()
""",
        "second.backward(): trunk (line 4) is also behind first.backward() at line 6, which freed what they share; "
        "call backward once, of the sum of both, or pass retain_graph=True to first.backward().",
    ),
    "a trunk from before the loop": (
        """trunk = w.exp()
for step in range(2):
    loss = (trunk * w).sum()
    loss.backward()
""",
        "loss.backward(): trunk was computed at line 4, before loss.backward() at line 7 freed its graph; compute "
        "trunk anew for each pass, or use trunk.detach() where nothing behind it is trained.",
    ),
    "one loss twice": (
        "loss = (w ** 2).sum()\nloss.backward()\nloss.backward()\n",
        "loss.backward(): loss.backward() at line 5 has gone back through this graph already and freed what it had "
        "saved; pass retain_graph=True to that one, or compute the output anew.",
    ),
    "a gradient, then a pass": (
        "loss = (w ** 2).sum()\ntorch.autograd.grad(loss, w)\nloss.backward()\n",
        "loss.backward(): torch.autograd.grad(loss, w) at line 5 has gone back through this graph already and freed "
        "what it had saved; pass retain_graph=True to that one, or compute the output anew.",
    ),
}


BROKEN_OFF = """class Bad(torch.autograd.Function):
    forward = staticmethod(lambda ctx, x: x * 1)
    @staticmethod
    def backward(ctx, g): raise ValueError('on purpose')
loss = Bad.apply(w).exp().sum()
"""


def test_a_pass_that_was_broken_off_has_freed_what_ran_in_it(engine: Client) -> None:
    attempt = "try: loss.backward()\nexcept {}: pass\n"
    words = "loss.backward(): loss.backward() at line 9 has gone back through this graph already and freed what it had "
    said = words + "saved; pass retain_graph=True to that one, or compute the output anew."
    first, again = attempt.format("ValueError"), attempt.format("RuntimeError")
    assert failure(engine, f"{BROKEN_OFF}{first}loss.backward()\n") == said
    assert failure(engine, f"{BROKEN_OFF}{first}{again}loss.backward()\n") == said  # nor does a failure change that
    engine.start(f"{HEAD}{BROKEN_OFF}{first}loss.backward()\n", step=True)
    for n_done in range(3):  # up to the node that raises
        engine.wait(
            m.BackwardProgress, where=lambda event, n=n_done: (event.state.status, event.state.n_done) == ("paused", n)
        )
        engine.send(m.Step())
    held = engine.wait(m.BackwardProgress, where=lambda event: event.state.line == 11)
    assert held.state.forecast.said.text == said
    engine.send(m.Step(until=UntilEnd()))
    engine.wait(m.Finished)


def test_nothing_is_foretold_of_a_graph_whose_pass_has_failed(engine: Client) -> None:
    program = """with torch.autograd.set_detect_anomaly(True):
    loss = ((w * 0).sqrt() * 0).sum()
    try: loss.backward()
    except RuntimeError: pass
"""
    assert [notice.said.code for notice in engine.run(HEAD + program)[-1].notices] == []


@pytest.mark.parametrize("name", SECOND_TIME)
def test_a_second_time_names_what_leads_back_and_to_which_pass(engine: Client, name: str) -> None:
    program, sentence = SECOND_TIME[name]
    assert failure(engine, program) == sentence


ANEW = "changed in place; compute a new tensor there, or write into"
OVERWRITTEN = {
    "through a detached alias": (
        "out = w.sigmoid()\nalias = out.detach()\nalias.zero_()\nout.sum().backward()\n",
        "out.sum().backward(): backward of Tensor.sigmoid (line 4) needs its own result out, which alias.zero_() at "
        f"line 6 {ANEW} out.clone().",
    ),
    "an activation in place": (
        "h = w.sigmoid()\ntorch.relu_(h)\nh.sum().backward()\n",
        "h.sum().backward(): backward of Tensor.sigmoid (line 4) needs its own result h, which torch.relu_(h) at line "
        f"5 {ANEW} h.clone().",
    ),
    "a masked assignment": (
        "h = w.exp()\nh[h < 1] = 0\nh.sum().backward()\n",
        "h.sum().backward(): backward of Tensor.exp (line 4) needs its own result h, which h[h < 1] = … at line 5 "
        f"{ANEW} h.clone().",
    ),
    "an addition to a softmax": (
        "p = torch.softmax(w, 0)\np += 1e-8\np.log().sum().backward()\n",
        f"p.log().sum().backward(): backward of torch.softmax (line 4) needs its own result p, which p += 1e-8 at line "
        f"5 {ANEW} p.clone().",
    ),
    "a row of it": (
        "h = torch.tanh(w)\nh[0].mul_(2)\nh.sum().backward()\n",
        "h.sum().backward(): backward of torch.tanh (line 4) needs its own result h, which h[0].mul_(2) at line 5 "
        f"{ANEW} h.clone().",
    ),
    "a leaf": (
        "v = torch.ones(3, requires_grad=True)\nloss = (w * v).sum()\nwith torch.no_grad():\n    v.add_(1)\n"
        "loss.backward()\n",
        "loss.backward(): backward of Tensor.mul (line 5) needs v as it was then, but v.add_(1) at line 7 changed it "
        "in place; compute a new tensor there, or write into v.clone().",
    ),
    "data without a gradient": (
        "x = torch.ones(3)\nloss = (w * x).sum()\nx *= 2\nloss.backward()\n",
        "loss.backward(): backward of Tensor.mul (line 5) needs x as it was then, but x *= 2 at line 6 changed it in "
        "place; compute a new tensor there, or write into x.clone().",
    ),
    "a buffer that is filled": (
        "buffer = torch.zeros(3)\nbuffer[0] = w[0] * 2\ny = buffer.pow(2)\nbuffer[1] = w[1]\ny.sum().backward()\n",
        "y.sum().backward(): backward of Tensor.pow (line 6) needs buffer as it was then, but buffer[1] = … at line 7 "
        "changed it in place; compute a new tensor there, or write into buffer.clone().",
    ),
    "an optimizer's step between two passes": (
        """a, b = nn.Linear(3, 3), nn.Linear(3, 1)
h = a(torch.randn(4, 3)); out = b(h)
first, second = out.mean(), out.pow(2).mean()
opt = torch.optim.SGD([*a.parameters(), *b.parameters()], lr=0.1)
first.backward(retain_graph=True)
opt.step()
second.backward()
""",
        "second.backward(): backward of b(h) (line 5) needs b.weight as it was then, but opt.step() at line 9 has "
        "updated it since; call second.backward() before opt.step(), or compute the forward pass anew after it.",
    ),
    "a step behind a state that is carried along": (
        """net, head = nn.LSTM(3, 4, batch_first=True), nn.Linear(4, 1)
opt = torch.optim.SGD([*net.parameters(), *head.parameters()], lr=0.1)
state = None
for batch in range(3):
    out, state = net(torch.randn(2, 5, 3), state)
    loss = head(out).pow(2).mean()
    opt.zero_grad()
    loss.backward(retain_graph=True)
    opt.step()
""",
        "loss.backward(retain_graph=True): state (line 8) carries the graph of an earlier "
        "loss.backward(retain_graph=True) (line 11) along, which needs net.weight_ih_l0 as it was before opt.step() at "
        "line 12; cut it off between the passes: state = tuple(part.detach() for part in state).",
    ),
    "a weight of a normalization": (
        "norm = nn.BatchNorm1d(3)\nloss = norm(w * torch.randn(4, 3)).sum()\nwith torch.no_grad():\n"
        "    norm.weight.mul_(0.5)\nloss.backward()\n",
        "loss.backward(): backward of F.batch_norm (line 5) needs norm.weight as it was then, but "
        "norm.weight.mul_(0.5) at line 7 changed it in place; compute a new tensor there, or write into "
        "norm.weight.clone().",
    ),
}


@pytest.mark.parametrize("name", OVERWRITTEN)
def test_what_was_overwritten_is_named_with_its_writer_and_their_lines(engine: Client, name: str) -> None:
    program, sentence = OVERWRITTEN[name]
    assert failure(engine, program) == sentence


def test_held_at_the_node_the_words_are_the_same(engine: Client) -> None:
    program, sentence = OVERWRITTEN["an activation in place"]
    engine.start(HEAD + program, step=True)
    paused = engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    assert paused.state.origin == "h.sum().backward()"
    engine.send(m.Step(until=UntilEnd()))
    failed = engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "failed")
    finished = engine.wait(m.Finished)
    assert failed.state.error.sentence == finished.error.sentence == sentence


def test_a_write_that_nobody_saw_keeps_torchs_words(engine: Client) -> None:
    program = "h = w.exp()\ntorch.autograd.graph.increment_version(h)\nh.sum().backward()\n"
    found = failure(engine, program)
    assert "modified by an inplace operation" in found and "Hint: enable anomaly detection" in found


def test_the_exception_that_the_program_catches_is_torchs_own(engine: Client) -> None:
    program = """loss = (w ** 2).sum()
loss.backward()
try: loss.backward()
except RuntimeError as error: said, kept, notes = str(error), vars(error), getattr(error, "__notes__", None)
assert said.startswith("Trying to backward through the graph a second time") and not kept and notes is None
"""
    assert engine.run(HEAD + program)[-1].error is None


INSIDE = {
    "a hook": (
        "v = torch.ones(3, requires_grad=True)\ndef second(g):\n    inner = (v.exp() * g).sum()\n"
        "    return torch.autograd.grad(inner, v)[0]\nh = w.tanh()\nh.register_hook(second)\nh.sum().backward()\n",
        "inner",
    ),
    "a custom Function": (
        "class Square(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n"
        "        ctx.save_for_backward(x)\n        return x * x\n    @staticmethod\n    def backward(ctx, g):\n"
        "        y = ctx.saved_tensors[0].detach().requires_grad_()\n        z = y * y\n"
        "        return torch.autograd.grad(z, y, g)[0]\nSquare.apply(w).sum().backward()\n",
        "z",
    ),
}


@pytest.mark.parametrize("name", INSIDE)
def test_what_is_computed_while_a_pass_runs_has_no_graph_and_says_how_it_gets_one(engine: Client, name: str) -> None:
    program, root = INSIDE[name]
    assert failure(engine, program).startswith(f"{root} has no graph: it was computed while a backward pass ran")
    computed = next(line for line in program.splitlines() if f"{root} = " in line)
    indent = computed[: len(computed) - len(computed.lstrip())]
    mended = program.replace(computed, f"{indent}with torch.enable_grad():\n    {computed}")
    assert engine.run(HEAD + mended)[-1].error is None


NEW = "let that make a new tensor: no inplace=True, and no function whose name ends with _."
UNNAMED = {
    "a rectifier behind a sigmoid": (
        "net = nn.Sequential(nn.Linear(3, 4), nn.Sigmoid(), nn.ReLU(inplace=True))\nnet(w).sum().backward()\n",
        "net(w).sum().backward(): backward of net.1, Sigmoid (line 5) needs its own result, which net.2, ReLU (line 5) "
        f"changed in place; {NEW}",
    ),
    "a call on the result of another": (
        "loss = w.exp().mul_(2).sum()\nloss.backward()\n",
        "loss.backward(): backward of w.exp() (line 4) needs its own result, which w.exp().mul_(2) (line 4) changed in "
        f"place; {NEW}",
    ),
    "elements of a list": (
        "hs = [w.exp() + 1]\nhs.append(hs[0].sin())\nfor h in hs:\n    h.mul_(2)\nsum(hs).sum().backward()\n",
        "sum(hs).sum().backward(): backward of hs[0].sin() (line 5) needs what w.exp() + 1 (line 4) has made as it was "
        f"then, but h.mul_(2) (line 7) changed it in place; {NEW}",
    ),
}


@pytest.mark.parametrize("name", UNNAMED)
def test_what_no_variable_holds_is_told_by_what_made_it(engine: Client, name: str) -> None:
    program, sentence = UNNAMED[name]
    assert failure(engine, program) == sentence


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (
            "class Scale(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x, s):\n"
            "        return x * s\n    @staticmethod\n    def backward(ctx, g):\n        return g\n"
            "y = Scale.apply(w, w * 2)\ny.sum().backward()\n",
            "at the backward of Scale.apply(w, w * 2) (line 11): Scale.backward has to return as many gradients",
        ),
        (
            "h = w.tanh()\nh.register_hook(lambda g: g[:2])\nh.sum().backward()\n",
            "at the backward of w.tanh() (line 4): the hook <lambda> returned a gradient of another shape",
        ),
    ],
)
def test_an_error_in_torchs_words_is_told_with_the_operation_whose_backward_it_came_from(
    engine: Client, program: str, words: str
) -> None:
    assert words in failure(engine, program)

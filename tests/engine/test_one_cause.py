"""One cause has one wording: in the error, in the graph's notice, for an output that is stepped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from tests.engine.client import Client, of_kind, printed

HEAD = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n"


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


CUT_OFF = {
    "labels instead of scores": (
        "logits = nn.Linear(4, 3)(torch.randn(6, 4))\n"
        "labels = logits.argmax(dim=1).float()\n"
        "loss = F.mse_loss(labels, torch.zeros(6))\n",
        "loss has no graph: it was cut at line 5 by logits.argmax(dim=1): positions have no derivative; compute with "
        "the values themselves, as F.cross_entropy does with the scores.",
    ),
    "a loss of numbers": (
        "h = torch.ones(3, requires_grad=True) * 2\nloss = torch.tensor(sum(row.item() for row in h))\n",
        "No tensor that loss depends on requires a gradient. row.item() at line 5 had taken numbers out of a graph, "
        "and numbers carry none: compute with the tensor itself.",
    ),
    "gradients switched off": (
        "torch.set_grad_enabled(False)\nloss = nn.Linear(2, 1)(torch.ones(1, 2)).sum()\ntorch.set_grad_enabled(True)\n",
        "loss has no graph: nn.Linear(2, 1)(torch.ones(1, 2)) at line 5 ran under torch.no_grad(), or with gradients "
        "switched off; compute it outside of that.",
    ),
    "detached in a forward": (
        "class Net(nn.Module):\n"
        "    def forward(self, x):\n"
        "        return x.detach() * 2\n"
        "loss = Net()(torch.ones(3, requires_grad=True)).sum()\n",
        "loss has no graph: it was cut at line 6 by x.detach(), which detaches; leave that out where the gradient has "
        "to pass.",
    ),
}


@pytest.mark.parametrize("name", CUT_OFF)
def test_what_cut_the_graph_is_said_in_the_same_words_everywhere(engine: Client, name: str) -> None:
    program, sentence = CUT_OFF[name]
    events = engine.run(f"{HEAD}{program}loss.backward()")
    assert events[-1].error.sentence == sentence
    shown = of_kind(events, m.GraphShown)[-1].graph
    assert (shown.output, shown.reason) == ("loss", events[-1].error.said)
    assert engine.ask(m.ShowGraph(output="loss")).graph.reason.text == sentence
    refused = engine.ask(m.StepOutput(output="loss"))
    assert isinstance(refused, m.Failed) and refused.sentence == sentence


def test_the_programs_own_handler_finds_torchs_error(engine: Client) -> None:
    program = """
try: torch.ones(3, requires_grad=True).argmax().backward()
except RuntimeError as error: said, kept = error.args[0], vars(error)
print(said, kept)
"""
    events = engine.run(HEAD + program)
    assert events[-1].error is None
    assert printed(events) == "element 0 of tensors does not require grad and does not have a grad_fn {}\n"


def test_a_loss_of_plain_numbers_shows_why_no_weight_has_a_gradient(engine: Client) -> None:
    program = """policy = nn.Linear(3, 2)
scores = policy(torch.randn(4, 3))
total = -sum(row[0].item() * 0.9 for row in scores)
loss = torch.tensor(total, requires_grad=True)
loss.backward()
"""
    events = engine.run(HEAD + program)
    assert events[-1].error is None
    shown = of_kind(events, m.GraphShown)[-1].graph
    assert shown.output == "loss" and shown.reason.text == (
        "loss is a leaf, made at line 7 of plain numbers, so nothing lies behind it. row[0].item() at line 6 had taken "
        "numbers out of a graph, and numbers carry none: compute with the tensor itself."
    )


def test_gradients_that_an_earlier_run_left_switched_off_are_told_apart(engine: Client) -> None:
    off = "torch.set_grad_enabled(False)\nloss = (w * 2).sum()\nloss.backward()"
    program = f"{HEAD}w = torch.ones(2, requires_grad=True)\n"
    assert "or with gradients switched off" in str(engine.run(program + off)[-1].error)
    without = off.partition("\n")[2]
    try:
        told = str(engine.run(program + without)[-1].error)
        assert "an earlier run has left gradients switched off, so w * 2 at line 5 made none" in told
        inside = "torch.set_grad_enabled(True)\nwith torch.no_grad(): loss = (w * 2).sum()\nloss.backward()"
        assert "ran under torch.no_grad(), or" in str(engine.run(program + inside)[-1].error)
    finally:
        engine.run("torch.set_grad_enabled(True)")
    assert engine.run(program + without)[-1].error is None


UPDATE = """w = torch.tensor(5.0, requires_grad=True)
for step in range(2):
    loss = (w - 3) ** 2
    loss.backward()
    w = w - 0.1 * w.grad
"""
MISSING = {
    "an update that makes a new tensor": (
        UPDATE,
        "w",
        "w.grad is None: w - 0.1 * w.grad at line 8 made w a new tensor, which is no leaf; under torch.no_grad(), w -= "
        "… changes the leaf itself.",
    ),
    "a converted leaf": (
        "w = torch.ones(3, requires_grad=True).double()\n(w * 2).sum().backward()\nw.grad.norm()\n",
        "w",
        "w.grad is None: torch.ones(3, requires_grad=True).double() at line 4 made w from a leaf, and the leaf has the "
        "gradient; let w begin as one: w = w.detach().requires_grad_().",
    ),
    "a result": (
        "w = torch.ones(3, requires_grad=True)\nh = w * 2\nh.sum().backward()\nprint(1 - h.grad)\n",
        "h",
        "h.grad is None: h is not a leaf, w * 2 at line 5 computed it, and what passes through is not kept; call "
        "h.retain_grad() before backward.",
    ),
    "no backward": (
        "w = torch.ones(3, requires_grad=True)\nw.grad.zero_()\n",
        "w",
        "w.grad is None: no backward has reached it yet.",
    ),
    "not in the graph": (
        "w, v = (torch.ones(3, requires_grad=True) for _ in range(2))\n(w * 2).sum().backward()\nv.grad.norm()\n",
        "v",
        "v.grad is None: no operation that was recorded took v, so (w * 2).sum().backward() (line 5) could not reach "
        "it; use it in the forward pass.",
    ),
    "set to None": (
        "w = torch.ones(3, requires_grad=True)\n(w * 2).sum().backward()\ntorch.optim.SGD([w]).zero_grad()\nw.grad + "
        "1\n",
        "w",
        "w.grad is None: (w * 2).sum().backward() (line 5) brought it, and it has been set to None since, as "
        "zero_grad() does.",
    ),
    "returned": (
        "w = torch.ones(3, requires_grad=True)\ntorch.autograd.grad((w * 2).sum(), w)\nw.grad + 1\n",
        "w",
        "w.grad is None: torch.autograd.grad((w * 2).sum(), w) (line 5) returns its gradients, and writes no .grad.",
    ),
    "no requires_grad": (
        "x = torch.ones(3)\nx.grad + 1\n",
        "x",
        "x.grad is None: x does not require a gradient.",
    ),
    "cut off": (
        "h = (torch.ones(3, requires_grad=True) * 2).detach()\nh.grad + 1\n",
        "h",
        "h has no graph: it was cut at line 4 by (torch.ones(3, requires_grad=True) * 2).detach(), which detaches; "
        "leave that out where the gradient has to pass.",
    ),
}


@pytest.mark.parametrize("name", MISSING)
def test_a_gradient_that_is_none_has_one_reason_in_error_and_table(name: str) -> None:
    program, variable, sentence = MISSING[name]
    with Client() as fresh:
        events = fresh.run(HEAD + program)
        assert events[-1].error.sentence == sentence
        assert events[-1].error.type_name in ("TypeError", "AttributeError")
        rows = {row.name: row for row in of_kind(events, m.Variables)[-1].rows}
        assert rows[variable].why_no_grad == events[-1].error.said


def test_layers_in_a_plain_list_are_named_when_an_optimizer_finds_none(engine: Client) -> None:
    program = """class Tower(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.layers = layers
"""
    for layers, kind, container in (
        ("[nn.Linear(4, 4)]", "list", "ModuleList"),
        ("{'a': nn.Linear(4, 4)}", "dict", "ModuleDict"),
        ("(nn.Parameter(torch.ones(2)),)", "tuple", "ParameterList"),
    ):
        text = program + f"net = Tower({layers})\ntorch.optim.SGD(net.parameters(), lr=0.1)\n"
        assert engine.run(HEAD + text)[-1].error.sentence == (
            f"torch.optim.SGD(net.parameters(), lr=0.1): net has no parameters, for net.layers is a plain {kind}, "
            f"which a module does not look into; make it an nn.{container}."
        )


def test_a_number_says_where_it_left_its_graph(engine: Client) -> None:
    program = "loss = (torch.ones(3, requires_grad=True) * 2).sum().item()\nloss.backward()\n"
    assert engine.run(HEAD + program)[-1].error.sentence == (
        "loss.backward: this is a plain number (float), which has no graph; (torch.ones(3, requires_grad=True) * "
        "2).sum().item() at line 4 was the last to take numbers out of one: go on with the tensor itself."
    )

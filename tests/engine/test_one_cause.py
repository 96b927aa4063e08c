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

"""Values that change between forward and backward while no version tells of it: a gradient that is wrong in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.keys import OperandKey, VariableKey
from engine.protocol.operations import AskOperation
from tests.engine.client import Client, printed
from tests.engine.noticed import HEAD, notices

IMPORTS = "import numpy as np\n"
AHEAD = (HEAD + IMPORTS).count("\n")  # lines before those of a program here
W = "w = torch.ones(3, requires_grad=True)\n"
A = W + "a = torch.arange(3.0)\nshared = a.numpy()\n"
BY_OTHERS, BUFFER = "notice.written_by_others", "notice.taken_written_by_others"
TOLD = {  # the program, the code, its line in the program, and its first words
    "an operand": (
        A + "loss = (w * a).sum()\nshared += 9\nloss.backward()\n",
        (BY_OTHERS, 4, "The numbers of a changed after w * a (line"),
    ),
    "a parameter": (
        W + "v = torch.ones(3, requires_grad=True)\nloss = (w * v).sum()\nw.detach().numpy()[:] = 7\nloss.backward()\n",
        (BY_OTHERS, 3, "The numbers of w changed after w * v (line"),
    ),
    "a result": (
        W + "h = (w * 2).exp()\nh.detach().numpy()[0] = 0\nloss = h.sum()\nloss.backward()\n",
        (BY_OTHERS, 2, "The numbers of h changed after (w * 2).exp() (line"),
    ),
    "through DLPack": (
        W
        + """a = torch.arange(3.0)
other = torch.from_dlpack(np.from_dlpack(a))
loss = (w * a).sum()
other.mul_(2)
loss.backward()
""",
        (BY_OTHERS, 4, "The numbers of a changed"),
    ),
    "a large one": (
        W
        + """buffer = np.ones(300_000, np.float32)
x = torch.from_numpy(buffer)
loss = (w.sum() * x).sum()
buffer[:] = 3
loss.backward()
""",
        (BY_OTHERS, 4, "The numbers of x changed"),
    ),
    "a buffer that is filled anew": (
        """buffer, net, losses = np.ones((4, 3), np.float32), nn.Linear(3, 2), []
for i in range(3):
    buffer[:] = i
    x = torch.from_numpy(buffer)
    losses.append(net(x).pow(2).mean())
loss = sum(losses)
loss.backward()
""",
        (BUFFER, 5, "Numbers that net(x) (line"),
    ),
    "a parameter through data": (
        W + "v = torch.ones(3, requires_grad=True)\nloss = (w * v).sum()\nw.data.mul_(5)\nloss.backward()\n",
        ("notice.overwritten_unseen", 4, "w.data.mul_(5) overwrote w (line"),
    ),
}
RIGHT = {
    "what a sum took": A + "loss = (w + a).sum()\nshared += 9\nloss.backward()\n",
    "after the pass": A + "loss = (w * a).sum()\nloss.backward()\nshared += 9\n",
    "before it was taken": A + "b = a * 2\nshared[:] = 1\nloss = (w * a).sum()\nloss.backward()\n",
    "a buffer of each step": """buffer, net = np.ones((4, 3), np.float32), nn.Linear(3, 2)
for i in range(3):
    buffer[:] = i + 1
    loss = net(torch.from_numpy(buffer)).pow(2).mean()
    net.zero_grad()
    loss.backward()
""",
    "running statistics": """net = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU())
loss = (net(torch.randn(5, 3)) - net(torch.randn(5, 3))).pow(2).mean()
loss.backward()
""",
}


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


@pytest.mark.parametrize("name", TOLD)
def test_a_gradient_of_changed_numbers_is_told(engine: Client, name: str) -> None:
    program, (code, line, words) = TOLD[name]
    (told,) = notices(engine, IMPORTS + program)
    assert (told.said.code, told.place.line if told.place is not None else 0) == (code, AHEAD + line)
    assert told.said.text.startswith(words)


@pytest.mark.parametrize("name", RIGHT)
def test_a_gradient_of_the_numbers_that_were_taken_is_not(engine: Client, name: str) -> None:
    assert notices(engine, IMPORTS + RIGHT[name]) == ()


def test_each_operation_after_a_write_through_dlpack_keeps_what_it_took(engine: Client) -> None:
    program = """import numpy as np, torch
a = torch.tensor([1.0, 2.0])
other = torch.from_dlpack(np.from_dlpack(a))
first = a + 1
other.mul_(2)
second = a + 1
other.mul_(2)
third = a + 1
other.mul_(2)
print(a)
"""
    start = len(engine.events)
    assert engine.run(program)[-1].error is None
    assert "[ 8., 16.]" in printed(engine.events[start:])
    taken = []
    for name in ("first", "second", "third"):
        serial = engine.ask(AskOperation(key=VariableKey(name))).operation.serial
        text = engine.ask(m.AskText(key=OperandKey(serial, 0))).text
        taken.append([float(one) for one in re.findall(r"\d+\.", text)])
    assert taken == [[1, 2], [2, 4], [4, 8]]

"""PyTorch on its own, in a process that knows nothing of the window or the engine: what the tour compares with."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

TWO_LAYERS = """\
import torch, torch.nn.functional as F
torch.manual_seed(0)
x = torch.randn(4, 3)
y = torch.tensor([0, 1, 2, 0])
W1 = torch.randn(3, 5, requires_grad=True)
b1 = torch.zeros(5, requires_grad=True)
W2 = torch.randn(5, 3, requires_grad=True)
h = torch.tanh(x @ W1 + b1)
logits = h @ W2
loss = F.cross_entropy(logits, y)
loss.backward()"""

# Line 11 is the backward of each of its fifty passes.
FIFTY_PASSES = """\
import torch
from torch import nn
torch.manual_seed(0)
x = torch.randn(64, 2)
y = (x.prod(dim=1, keepdim=True) > 0).float()
net = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
for step in range(50):
    optimizer.zero_grad()
    loss = nn.functional.binary_cross_entropy_with_logits(net(x), y)
    loss.backward()
    optimizer.step()
"""
FIFTY_PASSES_BACKWARD = 11  # its line
NOT_ZEROED = FIFTY_PASSES.replace("    optimizer.zero_grad()\n", "").replace("range(50)", "range(3)")

# Runs the forward part, notes the order in which PyTorch's engine runs the nodes, and every gradient that arrives.
_SCRIPT = """
import json, sys
import torch
program = sys.stdin.read()
forward, _, last = program.rpartition("\\n")
space = {}
exec(forward, space)
order, norms, seen, todo = [], [], set(), [space["loss"].grad_fn]
def hook_for(node):
    def hook(gradients):
        order.append(node.name().rpartition("::")[2])
        parts = [g.double().square().sum() for g in gradients if g is not None]
        norms.append(float(sum(parts)) ** 0.5)
    return hook
while todo:
    node = todo.pop()
    if node is None or node in seen:
        continue
    seen.add(node)
    node.register_prehook(hook_for(node))
    todo += [following for following, _ in node.next_functions]
space["h"].retain_grad()
exec(last, space)
tensors = {name: value for name, value in space.items() if isinstance(value, torch.Tensor)}
print(json.dumps({
    "order": order,
    "norms": norms,
    "values": {name: value.tolist() for name, value in tensors.items()},
    "gradients": {name: tensors[name].grad.tolist() for name in ("W1", "b1", "W2", "h")},
    "shapes": {name: list(value.shape) for name, value in tensors.items()},
}))
"""

# Notes each pass: its loss, and the norm of all that it left in the leaves, which were empty before.
_PASSES_SCRIPT = """
import json, sys
import torch
plain, found, space = torch.Tensor.backward, [], {}
def backward(loss, *arguments, **more):
    plain(loss, *arguments, **more)
    parts = [leaf.grad.double().square().sum() for leaf in space["net"].parameters()]
    found.append((loss.item(), float(sum(parts)) ** 0.5))
torch.Tensor.backward = backward
exec(sys.stdin.read(), space)
print(json.dumps(found))
"""


def run(program: str = TWO_LAYERS) -> dict[str, Any]:
    """Order of nodes, norms, values and gradients of a program whose last line calls `backward()` on `loss`."""
    return _said(_SCRIPT, program)


def passes(program: str = FIFTY_PASSES) -> list[tuple[float, float]]:
    """(loss, norm of the gradients of `net`'s parameters) of each backward of a program."""
    return [(loss, norm) for loss, norm in _said(_PASSES_SCRIPT, program)]


def _said(script: str, program: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], input=program, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)

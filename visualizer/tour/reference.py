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


def run(program: str = TWO_LAYERS) -> dict[str, Any]:
    """Order of nodes, norms, values and gradients of a program whose last line calls `backward()` on `loss`."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", _SCRIPT], input=program, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)

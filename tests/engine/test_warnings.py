"""Warnings come as often, and name the same places, as in plain Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.engine.client import Client, printed

PROGRAM = """import torch, warnings
from torch import nn
def far(): return nn.functional.mse_loss(torch.zeros(3, 1), torch.zeros(3))
def module(): return nn.MSELoss()(torch.zeros(4, 1), torch.zeros(4))
far()
far()
for _ in range(2): module()
module()
for _ in range(2): nn.functional.mse_loss(torch.zeros(3, 1), torch.zeros(3))
nn.functional.mse_loss(torch.zeros(3, 1), torch.zeros(3))
h = torch.ones(3, requires_grad=True) * 2
for _ in range(2): h.grad
h.grad
def kept(): return h.grad
kept()
kept()
nn.Softmax()(torch.ones(2, 2))
nn.functional.softmax(torch.ones(2, 2))
net = nn.Linear(2, 1); opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    loss = nn.functional.mse_loss(net(torch.ones(6, 2)), torch.zeros(6))
    loss.backward()
    opt.step()
warnings.warn("mine")
for _ in range(2): warnings.warn("mine")
with warnings.catch_warnings():
    warnings.simplefilter("always")
    kept()
    kept()
    warnings.filterwarnings("ignore", module="__main__")
    kept()
    warnings.filterwarnings("error", module="__main__")
    try: far()
    except UserWarning as error: print("raised", str(error)[:20])
"""


def test_warnings_are_those_of_plain_python(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    plain = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    assert plain.stderr.count("UserWarning") > 10
    with Client() as engine:
        for _ in range(2):  # and again in a second run
            events = engine.run(PROGRAM, path=str(path))
            assert events[-1].error is None
            assert printed(events, "stderr") == plain.stderr
            assert printed(events) == plain.stdout

"""Recording and torch.compile: neither imports, traces nor breaks the other."""

import subprocess
import sys

import torch

from engine.autograd.recorder import Recorder

FIRST_OPERATION = """
import sys
import torch
from engine.autograd.recorder import Recorder
with Recorder().watching():
    torch.ones(3, requires_grad=True).tanh().sum().backward()
print("torch._dynamo" in sys.modules)
"""


def test_an_operation_that_is_recorded_does_not_import_torch_compile() -> None:
    run = subprocess.run([sys.executable, "-c", FIRST_OPERATION], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("False\n", "")


def test_a_compiled_region_is_not_led_into_the_recorder(recwarn) -> None:
    x = torch.linspace(-1, 1, 5, requires_grad=True)
    compiled = torch.compile(lambda a: (a * 2).sin(), backend="eager")
    with Recorder().watching():
        y = compiled(x)
        torch._dynamo.graph_break()
        y.sum().backward()
    assert torch.equal(y, (x * 2).sin())
    assert not [str(warning.message) for warning in recwarn if "Dynamo" in str(warning.message)]
    torch._dynamo.reset()

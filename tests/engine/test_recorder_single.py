"""What the recorder takes for one operation that makes one node is that, for torch itself."""

import pytest
import torch

from engine.autograd.single import NAMES
from tests.engine.watched import graph_of, node


def overloads(name):
    """The schemas of `aten::name` that take a tensor and return a new one."""
    named = [full for full in torch._C._dispatch_get_all_op_names() if full.partition(".")[0] == f"aten::{name}"]
    schemas = [(full, torch._C._get_schema(full.partition(".")[0], full.partition(".")[2])) for full in named]
    return [(full, s) for full, s in schemas if "Tensor" in str(s) and not any(a.is_out for a in s.arguments)]


@pytest.mark.parametrize("name", NAMES)
def test_torch_runs_it_as_one_operation_with_a_derivative_of_its_own(name):
    found = overloads(name)
    assert found
    for full, schema in found:
        assert not torch._C._dispatch_has_kernel_for_dispatch_key(full, "CompositeImplicitAutograd")
        assert torch._C._dispatch_has_kernel_for_dispatch_key(full, "Autograd")
        assert not any(a.alias_info is not None and a.alias_info.is_write for a in schema.arguments)


@pytest.mark.parametrize(
    "line",
    [
        "h = torch.mul(w, 2)",
        "h = w.mul(other=torch.full((3,), 2.0))",
        "h = torch.empty(3)\nwith torch.no_grad():\n    torch.mul(w, 2, out=h)\nh = h + 0 * w",
        "with torch.autocast('cpu', torch.bfloat16):\n    h = torch.mm(w.diag(), 2 * torch.eye(3)).sum(0)",
    ],
)
def test_its_value_is_recorded_however_it_is_called(line):
    recorder, _, graph = graph_of(f"w = torch.ones(3, requires_grad=True)\n{line}\nloss = h.sum()\n", "loss")
    assert graph.n_not_recorded == 0
    value, note = recorder.value(node(graph, name="SumBackward0", variable="loss").id, 0)
    assert value.item() == 6 and note is None

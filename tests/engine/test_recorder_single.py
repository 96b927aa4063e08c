"""What the recorder takes for one operation that makes one node is that, for torch itself."""

import pytest
import torch

from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.autograd.single import NAMES, WRITER_NAMES
from engine.program.sources import register
from tests.engine.watched import PATH, graph_of, node


def run_with_recorded_passes(text):
    """(recorder, namespace) after `text` has run, as a plain Run does it."""
    recorder, namespace = Recorder(), {"torch": torch}
    recorder.program_paths.add(PATH)
    register(PATH, text)
    with recorder.watching(), BackwardController(recorder, lambda event: None).installed(stepping=False):
        exec(compile(text, PATH, "exec"), namespace)
    return recorder, namespace


def overloads(name):
    """The schemas of `aten::name` that take a tensor and return a new one.

    Those by the names of axes, which PyTorch 2.11 has, look up the axis and call another.
    """
    every = [full for full in torch._C._dispatch_get_all_op_names() if full.partition(".")[0] == f"aten::{name}"]
    named = [full for full in every if "name" not in full.partition(".")[2].lower()]
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


@pytest.mark.parametrize("name", WRITER_NAMES)
def test_what_writes_does_so_into_its_first_argument_alone(name):
    found = overloads(name)
    assert found
    for full, schema in found:
        assert not torch._C._dispatch_has_kernel_for_dispatch_key(full, "CompositeImplicitAutograd")
        written = [a.name for a in schema.arguments if a.alias_info is not None and a.alias_info.is_write]
        assert written == ["self"]


@pytest.mark.parametrize(
    "line",
    [
        "h = torch.mul(w, 2)",
        "h = w.mul(other=torch.full((3,), 2.0))",
        "h = torch.empty(3)\nwith torch.no_grad():\n    torch.mul(w, 2, out=h)\nh = h + 0 * w",
        "with torch.autograd.graph.saved_tensors_hooks(lambda t: (t + 0).sin(), lambda t: t):\n    h = w * 2",
        "with torch.autocast('cpu', torch.bfloat16):\n    h = torch.mm(w.diag(), 2 * torch.eye(3)).sum(0)",
    ],
)
def test_its_value_is_recorded_however_it_is_called(line):
    recorder, _, graph = graph_of(f"w = torch.ones(3, requires_grad=True)\n{line}\nloss = h.sum()\n", "loss")
    assert graph.n_not_recorded == 0
    value, note = recorder.value(node(graph, name="SumBackward0", variable="loss").id, 0)
    assert value.item() == 6 and note is None


def test_a_gradient_that_is_added_to_is_copied_before():
    text = """\
w = torch.ones(2, requires_grad=True)
(w * 2).sum().backward()
h = (w * w.grad).sum()
(w * 3).sum().backward()
"""
    recorder, namespace = run_with_recorded_passes(text)
    graph = recorder.graph(namespace["h"], "h", namespace)
    value, note = recorder.value(node(graph, kind="input").id, 0)
    assert value.tolist() == [2, 2] and note is None


def test_a_write_and_a_node_made_by_hooks_inside_of_a_pass_are_recorded():
    text = """\
w, v = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
kept = (w * v).exp()
made = []
def hook(gradient):
    with torch.no_grad():
        v.mul_(5)
    with torch.enable_grad():
        made.append((v * gradient).sin().sum())
h = w * 2
h.register_hook(hook)
h.sum().backward()
inside = made[0]
"""
    recorder, namespace = run_with_recorded_passes(text)
    graph = recorder.graph(namespace["kept"], "kept", namespace)
    value, note = recorder.value(recorder.node_of(namespace["v"]), 0)
    assert value.tolist() == [1, 1] and note is None
    graph = recorder.graph(namespace["inside"], "inside", namespace)
    assert graph.n_not_recorded == 0 and node(graph, name="SinBackward0").variable == ""

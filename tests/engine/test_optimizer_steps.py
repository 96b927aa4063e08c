"""A step of torch's own optimizers is observed as one operation; what is known of it is what its parts would tell."""

import pytest
import torch

from engine.autograd import optimizer_steps
from engine.autograd.finite import trial
from engine.autograd.graph.calls import expression_of, line_of
from tests.engine.finite import run
from tests.engine.programs import execute, new_namespace
from tests.engine.watched import graph_of, node, watch

KINDS = ("SGD", "Adam", "AdamW", "NAdam", "RAdam", "Adamax", "Adagrad", "Adadelta", "ASGD", "RMSprop", "Rprop")
MATRICES = ("Adafactor", "Muon")
STEP = """\
torch.manual_seed(0)
w = torch.rand(3, 2, requires_grad=True)
before = w.detach().clone()
optimizer = torch.optim.{kind}([w], lr=0.1{options})
loss = (w * w).sum()
loss.backward()
{run}
"""


def written(kind, options="", run="optimizer.step()"):
    recorder, names, graph = graph_of(STEP.format(kind=kind, options=options, run=run), "loss")
    leaf = node(graph, name="AccumulateGrad")
    assert not torch.equal(names["w"], names["before"])
    assert torch.equal(recorder.value(leaf.id, 0)[0], names["before"])
    return recorder, names, recorder.leaf_record(leaf.id).value.writer


@pytest.mark.parametrize("kind", [*KINDS, *MATRICES])
def test_the_values_of_the_forward_pass_stay_and_the_step_is_named(kind):
    _, _, writer = written(kind)
    assert (expression_of(writer), line_of(writer), writer.direct) == ("optimizer.step()", 7, False)
    assert writer.function.__name__ == "step"


@pytest.mark.parametrize("options", [", foreach=True", ", foreach=False", ", fused=True", ", maximize=True"])
def test_however_it_is_computed(options):
    assert written("AdamW", options)[2].function.__name__ == "step"


def test_its_state_is_made_by_the_step():
    recorder, names, _ = written("AdamW")
    for state in names["optimizer"].state[names["w"]].values():
        call = recorder.seen.maker(state)
        assert expression_of(call) == "optimizer.step()" and call.cause[0] == "no_grad"


HOOKED = "(lambda *_: (c.zero_(), None)[1])"


@pytest.mark.parametrize(
    "run",
    [
        "optimizer.step(lambda: c.zero_())",
        f"optimizer.register_step_pre_hook{HOOKED}\noptimizer.step()",
        f"optimizer.register_step_post_hook{HOOKED}\noptimizer.step()",
        f"handle = register_optimizer_step_pre_hook{HOOKED}\noptimizer.step()\nhandle.remove()",
        "Own([w], lr=0.1).step()",
    ],
)
def test_what_a_program_runs_in_a_step_is_observed(run):
    text = f"""\
from torch.optim.optimizer import register_optimizer_step_pre_hook
w = torch.rand(3, requires_grad=True)
c = torch.full((3,), 2.0)
class Own(torch.optim.SGD):
    def _init_group(self, *arguments):
        c.zero_()
        return super()._init_group(*arguments)
optimizer = torch.optim.SGD([w], lr=0.1)
loss = (w * c).sum()
loss.backward()
{run}
"""
    recorder, names, graph = graph_of(text, "loss")
    given = next(node for node in graph.nodes if node.is_input)
    assert names["c"].tolist() == [0, 0, 0]
    assert recorder.value(given.id, 0)[0].tolist() == [2, 2, 2]


def test_a_step_that_fails_leaves_the_program_watched():
    text = """\
w = torch.ones(3, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
(w * w).sum().backward()
optimizer.param_groups[0]["lr"] = "much"
try:
    optimizer.step()
except TypeError:
    loss = w.exp().sum()
"""
    _, _, graph = graph_of(text, "loss")
    assert node(graph, name="ExpBackward0").source.line == 8


def test_a_mode_of_the_program_sees_what_it_sees_in_plain_python():
    text = """\
from torch.overrides import TorchFunctionMode
seen = []
class Seen(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        seen.append(function.__name__)
        return function(*args, **(kwargs or {}))
w = torch.ones(3, requires_grad=True)
optimizer = torch.optim.AdamW([w], lr=0.1)
(w * w).sum().backward()
with Seen():
    optimizer.step()
    optimizer.zero_grad()
"""
    plain = new_namespace()
    execute(text, plain)
    _, names = watch(text)
    assert names["seen"] == plain["seen"] and len(names["seen"]) > 20


def test_the_functions_of_torch_are_its_own_again():
    kinds = [torch.optim.SGD, torch.optim.Rprop]
    before = [vars(kind)["step"] for kind in kinds] + [torch.optim.Optimizer.zero_grad]
    watch("w = torch.ones(3, requires_grad=True)\noptimizer = torch.optim.SGD([w], lr=0.1)\noptimizer.step()\n")
    assert [vars(kind)["step"] for kind in kinds] + [torch.optim.Optimizer.zero_grad] == before


OVERFLOWING = """\
w, v = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
optimizer = torch.optim.{kind}([w, v], lr={lr})
versions = []
for scale in (1.0, 1e25, 1.0):
    optimizer.zero_grad()
    (w * scale + v).sum().backward()
    optimizer.step()
    versions.append([w._version, v._version])
state = [value for values in optimizer.state.values() for value in values.values()]
"""


@pytest.mark.parametrize("kind", [*KINDS, "SGD", "AdamW"])
@pytest.mark.parametrize("lr", [0.1, 1e20])
def test_a_step_that_overflows_is_held_at_the_operation_that_does(kind, lr, monkeypatch):
    text = OVERFLOWING.format(kind=kind, lr=lr)
    found, names = run(text)
    monkeypatch.setattr(optimizer_steps, "_MAX_ELEMENTS", 0)  # of it all parts are observed
    in_parts, names_of_parts = run(text)
    told, told_in_parts = ([(one.source, one.operation, one.said, one.cells) for one in of] for of in (found, in_parts))
    assert told == told_in_parts
    assert found or kind not in ("Adam", "AdamW", "NAdam")
    plain = new_namespace()
    execute(text, plain)
    for one in (names, names_of_parts):
        assert one["versions"] == plain["versions"]
        for mine, theirs in zip(tensors_of(one), tensors_of(plain), strict=True):
            assert torch.equal(torch.nan_to_num(mine), torch.nan_to_num(theirs))


SQUARE = """\
w = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
v = torch.ones(2, requires_grad=True)
optimizer = torch.optim.{kind}([w, v], lr=1e20)
for scale in (1.0, 1e25):
    optimizer.zero_grad()
    ((w.t() * scale).mean() + (w[0] * v).sum()).backward()
    optimizer.step()
versions = [w._version, v._version]
state = [value for values in optimizer.state.values() for value in values.values()]
"""


@pytest.mark.parametrize("kind", ["SGD", "AdamW"])
def test_a_step_is_taken_back_by_the_copies_that_were_made_of_its_parameters(kind, monkeypatch):
    text = SQUARE.format(kind=kind)
    found_by_own, _ = run(text)  # copies, as of small ones
    monkeypatch.setattr(trial, "_COPIED_BYTES", -1)
    found, names = run(text)
    told, told_by_own = ([(one.source, one.said, one.cells) for one in of] for of in (found, found_by_own))
    assert told == told_by_own and 7 in {one.source.line for one in found}
    plain = new_namespace()
    execute(text, plain)
    assert names["versions"] == plain["versions"]
    for mine, theirs in zip(tensors_of(names), tensors_of(plain), strict=True):
        assert torch.equal(torch.nan_to_num(mine), torch.nan_to_num(theirs))


def tensors_of(names):
    return [value for value in (names["w"], names["v"], *names["state"]) if value is not None]

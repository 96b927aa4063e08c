"""Where a node comes from and which hooks are on it: what the engine answers of the programs with layers."""

import pytest

from engine.protocol.messages import AskCards, AskFlow, BackwardProgress, Finished, GraphShown, OpenPass
from engine.protocol.origin import TRAITS, AskOrigin
from tests.engine.client import Client, of_kind
from tests.engine.layered_programs import PROGRAMS
from tests.engine.programs import Stepper, run_plainly


@pytest.fixture(scope="module")
def engine():
    with Client() as client:
        yield client


class Shown:
    """The last graph of a program that was run, with the origin of each node, by its name, those nearest the loss
    first."""

    def __init__(self, engine, name, text="", **run):
        self.events = engine.run("import torch, torch.nn.functional as F\nfrom torch import nn\ntorch.manual_seed(0)\n"
                                 + (text or PROGRAMS[name]), **run)  # fmt: skip
        self.graph = of_kind(self.events, GraphShown)[-1].graph
        self.nodes = [node for node in self.graph.nodes if not node.is_input]
        self.origins = {}
        for node in self.nodes:
            origin = engine.ask(AskOrigin(graph=self.graph.id, node=node.id)).origin
            self.origins.setdefault(node.name, []).append(origin)

    def traits(self):
        return {node.name: node.traits for node in self.nodes if node.traits}

    def of(self, name):
        return self.origins[name][0]

    def codes(self, name):
        return [said.code for said in self.of(name).said]


def test_a_node_of_a_layer_names_the_node_that_made_it_and_the_pass_to_open(engine):
    shown = Shown(engine, "grad create_graph")
    cosine = shown.of("CosBackward0")
    assert (cosine.maker.name, cosine.maker.text, cosine.maker.line) == ("SinBackward0", "x.sin()", 5)
    assert cosine.maker.node == next(node.id for node in shown.nodes if node.name == "SinBackward0")
    assert (cosine.layer.order, cosine.layer.pass_index, cosine.pass_to_open) == (2, 1, 1)
    total = shown.of("AddBackward0").maker
    assert (total.name, total.text, total.is_meeting) == ("AccumulateGrad", "x", True)
    assert shown.of("PowBackward0").layer is None


def test_the_pass_that_made_a_layer_in_an_earlier_run_cannot_be_opened(engine):
    Shown(engine, "grad create_graph")
    again = Shown(engine, "", "z2 = (g ** 3).sum()\nz2.backward()\n")
    assert again.graph.output == "z2" and again.of("CosBackward0").pass_to_open == 0


def test_in_torch_func_the_maker_is_of_the_graph_that_torch_func_let_go_of(engine):
    shown = Shown(engine, "vmap(grad)")
    cosine = shown.of("CosBackward0")
    assert (cosine.maker.name, cosine.maker.node, cosine.maker.text) == ("SinBackward0", -1, "(w * x).sin()")
    assert shown.codes("CosBackward0") == ["origin.vmap", "origin.func_backward"]
    assert [one.code for one in shown.origins["MulBackward0"][-1].said] == ["origin.vmap", "origin.func_forward"]


@pytest.mark.parametrize(
    "name, traits, code",
    [
        ("checkpoint", {"TanhBackward0": ("recomputed",), "AddmmBackward0": ("recomputed",),
                        "TBackward0": ("recomputed",)}, "origin.recomputed"),
        ("checkpoint, reentrant", {"CheckpointFunctionBackward": ("reentrant",)}, "origin.reentrant"),
        ("saved_tensors_hooks", {"SinBackward0": ("packed",), "MulBackward0": ("packed",)}, "origin.packed"),
    ],
)  # fmt: skip
def test_what_a_node_saves_elsewhere_is_said(engine, name, traits, code):
    shown = Shown(engine, name)
    assert shown.traits() == traits
    assert all(shown.codes(node)[0] == code for node in traits)
    assert all(trait in TRAITS for one in traits.values() for trait in one)


def test_a_checkpoint_is_named_with_its_line_and_how_often_its_forward_ran_again(engine):
    shown = Shown(engine, "checkpoint")
    (said,) = shown.of("TanhBackward0").said
    assert (
        str(said.arguments["where"]) == "checkpoint(block, x, use_reentrant=False) at line 7"
        and str(said.arguments["n"]) == "once"
    )
    assert shown.of("TanhBackward0").place.line == 7
    nested = Shown(engine, "nested checkpoints")
    where = {name: str(nested.of(name).said[0].arguments["where"]) for name in ("SinBackward0", "TanhBackward0")}
    assert where["SinBackward0"].startswith("checkpoint(outer, x")
    assert where["TanhBackward0"].startswith("checkpoint(inner, a(x).relu()")


def test_operations_after_a_checkpoint_and_after_hooks_keep_what_they_save(engine):
    text = PROGRAMS["checkpoint"].replace("loss = h.sum()", "loss = h.exp().sum()")
    assert "ExpBackward0" not in Shown(engine, "", text).traits()
    text = """\
x = torch.ones(2, requires_grad=True)
try:
    with torch.autograd.graph.save_on_cpu():
        y = x.exp()
        raise KeyError
except KeyError:
    pass
loss = y.sin().sum()
loss.backward()
"""
    assert Shown(engine, "", text).traits() == {"ExpBackward0": ("on cpu",)}


def test_forward_mode_says_so(engine):
    shown = Shown(engine, "jacfwd")
    assert shown.codes("ExpBackward0") == ["origin.vmap", "origin.forward_mode"]


def test_a_pass_that_a_node_runs_itself_is_said_to_be_inside_of_it(engine):
    shown = Shown(engine, "backward inside backward")
    said, _ = shown.of("InnerBackward").said
    assert (said.code, said.arguments["origin"], said.arguments["line"]) == (
        "origin.pass_inside", "torch.autograd.grad(y, t, g)", "15"
    )  # fmt: skip
    assert shown.codes("InnerBackward") == ["origin.pass_inside", "origin.not_held_inside"]
    assert shown.codes("MulBackward0") == []


INSIDE = {  # by what runs a pass inside: what runs, its node, and what that pass runs by PyTorch's own graph
    "checkpoint": (
        "net = nn.Linear(2, 2)\nx = torch.ones(1, 2, requires_grad=True)\n"
        "y = torch.utils.checkpoint.checkpoint(lambda t: net(t).sin(), x * 1, use_reentrant=True)\n"
        "(y ** 2).sum().backward()\n",
        ("CheckpointFunctionBackward", 6, "SinBackward0, AddmmBackward0, AccumulateGrad, TBackward0"),
    ),
    "hook of a tensor": (
        "v = torch.ones(2, requires_grad=True)\n"
        "def second(g):\n    with torch.enable_grad():\n        (v.exp() * 3).sum().backward()\n"
        "w = torch.ones(2, requires_grad=True)\nh = w.tanh()\nh.register_hook(second)\nh.sum().backward()\n",
        ("TanhBackward0", 4, "SumBackward0, MulBackward0, ExpBackward0, AccumulateGrad"),
    ),
    "hook of the root": (
        "v = torch.ones(2, requires_grad=True)\n"
        "def second(g):\n    with torch.enable_grad():\n        v.exp().sum().backward()\n"
        "loss = torch.ones(2, requires_grad=True).sum()\nloss.register_hook(second)\nloss.backward()\n",
        ("SumBackward0", 3, "SumBackward0, ExpBackward0, AccumulateGrad"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", INSIDE)
def test_what_runs_inside_of_a_node_is_counted_and_said_not_to_be_held(engine, name):
    text, (node, n_nodes, kinds) = INSIDE[name]
    shown = Shown(engine, "", text)
    (sign,) = of_kind(shown.events, BackwardProgress)[-1].hooked
    assert (sign.n_inside, sign.kinds_inside) == (n_nodes, kinds)
    assert shown.codes(node)[-1] == "origin.not_held_inside"


def test_a_region_of_torch_compile_is_said_to_be_one_piece(engine):
    text = (
        "w = torch.ones(2, requires_grad=True)\n@torch.compile(backend='aot_eager')\ndef f(t):\n"
        "    return t.sin().exp()\n{}loss = f(w).sum()\nloss.backward()\n"
    )
    shown = Shown(engine, "", text.format(""))
    assert shown.traits() == {"CompiledFunctionBackward": ("compiled",)}
    assert shown.codes("CompiledFunctionBackward") == ["origin.compiled"]
    eager = Shown(engine, "", text.format("torch.compiler.set_stance('force_eager')\n"))
    assert [node.name for node in eager.nodes[:3]] == ["SumBackward0", "ExpBackward0", "SinBackward0"]


@pytest.mark.parametrize("step", [False, True])
def test_the_graph_of_a_pass_stays_on_screen_where_no_variable_has_one(step):
    stepper = Stepper()
    stepper.run("x = torch.ones(2)\ng = torch.func.grad(lambda t: (t ** 3).sum())(x)\n", stepping=step)
    assert stepper.controller.shows_newest_pass
    assert stepper.recorder.current().output == "torch.func.grad(lambda t: (t ** 3).sum())(x)"
    stepper.run("x = torch.ones(2, requires_grad=True)\n(x * 2).sum().backward()\n", stepping=step)
    assert stepper.controller.shows_newest_pass
    assert stepper.recorder.current().output == "(x * 2).sum()"


def test_what_was_computed_in_forward_mode_or_for_many_at_once_is_said_to_have_no_graph():
    with Client() as engine:
        events = engine.run("import torch\nx = torch.ones(2)\nJ = torch.func.jacfwd(torch.sin)(x)\n")
        graph = of_kind(events, GraphShown)[-1].graph
        assert not graph.nodes and graph.reason.code == "graph.forward_mode"
        events = engine.run("y = torch.vmap(torch.sin)(x)\n")
        reason = of_kind(events, GraphShown)[-1].graph.reason
        assert reason.code == "graph.inside_func" and "no cells are followed" in str(reason)
        events = engine.run("g = torch.func.grad(lambda t: (t ** 3).sum())(x)\n")
        assert [node.name for node in of_kind(events, GraphShown)[-1].graph.nodes][:2] == [
            "SumBackward0",
            "PowBackward0",
        ]


def hooks_of(origin):
    return [(hook.name, hook.when, hook.place.line, hook.module, hook.change) for hook in origin.hooks]


def test_hooks_are_named_with_their_lines_and_what_they_changed(engine):
    shown = Shown(engine, "hooks")
    outer, inner = shown.origins["BackwardHookFunctionBackward"]
    assert hooks_of(outer) == []  # torch's own, which gives the module's hook what it is to see
    assert hooks_of(inner) == [("module_hook", "after", 12, "Linear", "1.1220 → 3.3659")]
    assert hooks_of(shown.of("TanhBackward0")) == [
        ("watch", "before", 8, "", ""),
        ("clip", "after", 10, "", "2.8379 → 0.2449"),
    ]
    assert hooks_of(shown.origins["AddmmBackward0"][-1]) == [
        ("h.register_hook(double)", "before", 17, "", "0.2449 → 0.4899")
    ]
    weight = next(origin for origin in shown.origins["AccumulateGrad"] if origin.hooks)
    assert hooks_of(weight) == [("lin.weight.register_post_accumulate_grad_hook(after)", "grad", 22, "", "")]
    assert {notice.said.code for notice in of_kind(shown.events, Finished)[0].notices} == {
        "notice.changed_by_hook",
        "notice.changed_after",
    }


def test_an_earlier_pass_opens_with_the_hooks_that_it_had_and_what_they_changed_then(engine):
    text = """\
w = torch.ones(2, requires_grad=True)
for scale in (2.0, 5.0, 7.0):
    y = w * 3
    y.register_hook(lambda g: g * scale)
    z = y.tanh()
    z.grad_fn.register_hook(lambda made, arrived: tuple(g + scale for g in made))
    z.sum().backward()
"""
    newest = Shown(engine, "", text)
    opened = engine.ask(OpenPass(index=2))
    of_name = {node.name: node.id for node in opened.graph.nodes if not node.is_input}
    asked = {
        name: engine.ask(AskOrigin(graph=opened.graph.id, node=node)).origin.hooks for name, node in of_name.items()
    }
    told = {name: (hook.name, hook.place.line) for name, hooks in asked.items() for hook in hooks}
    assert told == {"MulBackward0": ("y.register_hook(lambda g: g * scale)", 7), "TanhBackward0": ("<lambda>", 9)}
    arriving, leaving = asked["MulBackward0"][0].change, asked["TanhBackward0"][0].change
    live = newest.of("MulBackward0").hooks[0].change
    assert float(arriving.split(" → ")[1]) == pytest.approx(5 * float(arriving.split(" → ")[0]), rel=1e-3)
    assert arriving != live and leaving
    signs = {sign.node: (sign.arriving, sign.leaving) for sign in opened.hooked}
    assert signs == {of_name["MulBackward0"]: (arriving, ""), of_name["TanhBackward0"]: ("", leaving)}
    flow = engine.ask(AskFlow(graph=opened.graph.id, node=of_name["MulBackward0"])).flow
    assert (flow.arrived[0].hook.line, f"{flow.arrived[0].hook.before} → {flow.arrived[0].hook.after}") == (7, arriving)
    sent = engine.ask(AskFlow(graph=opened.graph.id, node=of_name["TanhBackward0"])).flow.sent[0]
    assert sent.norm is None and sent.said.code == "rule.was_hooked"  # what arrived is what the hook made of it
    cards = engine.ask(AskCards(graph=opened.graph.id, nodes=tuple(of_name.values()), slots=())).cards
    counts = {card.node: (card.n_hooks, card.sent) for card in cards}
    assert counts[of_name["MulBackward0"]][0] == counts[of_name["TanhBackward0"]][0] == 1
    norm = pytest.approx(3 * float(arriving.split(" → ")[1]), rel=1e-3)
    assert counts[of_name["MulBackward0"]][1][0] == norm


def test_a_hook_that_was_taken_off_is_not_on_the_node(engine):
    text = """\
x = torch.ones(2, requires_grad=True)
y = x * 3
first = y.register_hook(lambda g: g * 2)
y.register_hook(print)
first.remove()
loss = y.sum()
loss.backward()
"""
    assert [hook[0] for hook in hooks_of(Shown(engine, "", text).of("MulBackward0"))] == ["y.register_hook(print)"]


def test_a_card_counts_the_hooks_on_its_node(engine):
    shown = Shown(engine, "hooks")
    nodes = tuple(node.id for node in shown.nodes)
    counts = {
        card.node: card.n_hooks for card in engine.ask(AskCards(graph=shown.graph.id, nodes=nodes, slots=())).cards
    }
    assert {node.name: counts[node.id] for node in shown.nodes if counts[node.id]} == {
        "BackwardHookFunctionBackward": 1,
        "TanhBackward0": 2,
        "AddmmBackward0": 1,
        "AccumulateGrad": 1,
    }


def test_a_held_pass_says_at_each_node_what_hooks_have_changed_so_far():
    stepper = Stepper()
    stepper.run(PROGRAMS["hooks"])
    names = {node.id: node.name for node in stepper.recorder.current().nodes}
    seen = [[(names[one.node], one.arriving, one.leaving) for one in event.hooked if one.arriving or one.leaving]
            for event in stepper.events if event.state.status == "paused"]  # fmt: skip
    assert seen[5][-1] == ("BackwardHookFunctionBackward", "", "1.1220 → 3.3659")
    assert ("AddmmBackward0", "0.2449 → 0.4899", "") in seen[6] and ("TanhBackward0", "", "2.8379 → 0.2449") in seen[6]
    assert len(seen[0]) == 0 and len(seen[-1]) == 3


@pytest.mark.parametrize(
    "register, when, change",
    [
        ("net.register_full_backward_hook(hook)", "after", True),
        ("net.register_full_backward_pre_hook(lambda module, got: tuple(g * 2 for g in got))", "after", True),
        ("net.register_full_backward_hook(lambda *a: None)", "after", False),
        ("torch.nn.modules.module.register_module_full_backward_hook(hook)", "after", True),
    ],
)
def test_hooks_on_modules_are_named_with_the_module(engine, register, when, change):
    text = f"""\
def hook(module, made, got):
    return tuple(g * 2 for g in made)
net = nn.Linear(2, 2)
x = torch.ones(1, 2, requires_grad=True)
handle = {register}
y = net(x).sum()
handle.remove()
y.backward()
"""
    shown = Shown(engine, "", text)
    found = [hook for origin in shown.origins["BackwardHookFunctionBackward"] for hook in origin.hooks]
    assert {(hook.when, hook.module) for hook in found} == {(when, "Linear")}
    assert any(hook.change for hook in found) == change
    assert {hook.place.line for hook in found} == {4 if "(hook)" in register else 8}


def test_comparing_what_hooks_change_is_seen_by_no_mode_of_the_program():
    text = """\
from torch.utils._python_dispatch import TorchDispatchMode
class Seen(TorchDispatchMode):
    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        seen.append(str(function))
        return function(*args, **(kwargs or {}))
seen = []
x = torch.ones(2, requires_grad=True)
y = x.exp()
y.grad_fn.register_hook(lambda made, got: (made[0] * 2,))
y.register_hook(lambda got: got * 3)
loss = y.sum()
with Seen():
    loss.backward()
"""
    plain = run_plainly(text)["seen"]
    for stepping in (False, True):
        assert Stepper().run(text, stepping=stepping)["seen"] == plain


def test_hooks_run_in_their_own_order_and_once_each():
    text = """\
order = []
x = torch.ones(2, requires_grad=True)
y = x.exp()
for name in "abc":
    y.grad_fn.register_hook(lambda made, got, name=name: order.append(name) or (made[0] * 2,))
    y.grad_fn.register_prehook(lambda got, name=name: order.append(name.upper()))
loss = y.sum()
loss.backward(retain_graph=True)
loss.backward()
"""
    plain = run_plainly(text)
    for stepping in (False, True):
        seen = Stepper().run(text, stepping=stepping)
        assert seen["order"] == plain["order"] == list("ABCabc" * 2) and seen["x"].grad.equal(plain["x"].grad)

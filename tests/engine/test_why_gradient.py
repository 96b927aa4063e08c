"""Whatever has no gradient, or one of zeros, says what cut it, on which line, and what to write instead."""

from __future__ import annotations

import weakref
from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.graph_values import Graph
from engine.protocol.why import GradientWhy
from tests.engine.client import Client, of_kind
from tests.engine.watched import graph_of, watch

HEAD = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\ntorch.manual_seed(0)\n"
CUT_NET = """\
encoder, head = nn.Linear(3, 4), nn.Linear(4, 1)
hidden = torch.tanh(encoder(torch.ones(2, 3)))
features = hidden.detach()
loss = head(features).sum()
"""
DETACHED = (
    "features has no graph: it was cut at line 7 by hidden.detach(), which detaches; leave that out where the gradient "
    "has to pass."
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def shown(events: list[m.Event]) -> Graph:
    return of_kind(events, m.GraphShown)[-1].graph


def why(engine: Client, **request: object) -> GradientWhy:
    answer = engine.ask(m.AskWhy(**request))  # type: ignore[arg-type]
    assert isinstance(answer, m.WhyShown), answer
    return answer.why


def words(found: GradientWhy) -> list[str]:
    return [said.text for said in found.said]


VARIABLES = {
    "a parameter behind a detach": (
        CUT_NET + "loss.backward()",
        "encoder.weight",
        [
            "encoder.weight.grad is None: loss.backward() (line 9) did not reach encoder.weight, which is not in its "
            "graph.",
            DETACHED,
        ],
        7,
        "hidden",
    ),
    "a module whose parameters lie behind a detach": (
        CUT_NET + "loss.backward()",
        "encoder",
        [
            "2 of 2 parameters of encoder have no gradient.",
            "encoder.weight.grad is None: loss.backward() (line 9) did not reach encoder.weight, which is not in its "
            "graph.",
            DETACHED,
        ],
        7,
        "hidden",
    ),
    "a result behind a detach": (
        CUT_NET + "loss.backward()",
        "hidden",
        ["No gradient comes here: this lies behind a cut.", DETACHED],
        7,
        "hidden",
    ),
    "a parameter used under no_grad alone": (
        "a, b = nn.Parameter(torch.ones(2)), nn.Parameter(torch.ones(2))\n"
        "with torch.no_grad():\n    scale = a * 2\nloss = (b * scale).sum()\nloss.backward()",
        "a",
        [
            "a.grad is None: loss.backward() (line 9) did not reach a, which is not in its graph.",
            "scale has no graph: a * 2 at line 7 ran under torch.no_grad(), or with gradients switched off; compute it "
            "outside of that.",
        ],
        7,
        "",
    ),
    "a parameter that nothing used": (
        "a, b = nn.Parameter(torch.ones(2)), nn.Parameter(torch.ones(2))\nloss = (a * 2).sum()\nloss.backward()",
        "b",
        [
            "b.grad is None: no operation that was recorded took b, so loss.backward() (line 7) could not reach it; "
            "use it in the forward pass."
        ],
        None,
        "",
    ),
    "a constant": (
        "a, b = nn.Parameter(torch.ones(2)), torch.ones(2)\nloss = (a * b).sum()\nloss.backward()",
        "b",
        [
            "b.grad is None: b does not require a gradient.",
            "It takes part as a constant: b.requires_grad_() before it is computed with lets it get one.",
        ],
        5,
        "",
    ),
    "whole numbers": (
        "a, b = nn.Parameter(torch.ones(2)), torch.tensor([1, 2])\nloss = (a * b).sum()\nloss.backward()",
        "b",
        [
            "b.grad is None: b does not require a gradient.",
            "b is int64, and only floating-point and complex tensors have gradients.",
        ],
        5,
        "",
    ),
    "before any backward": (
        "a = nn.Parameter(torch.ones(2))\nloss = (a * 2).sum()",
        "a",
        ["a.grad is None: no backward has reached it yet."],
        None,
        "",
    ),
    "a result whose gradient is to be kept, before any backward": (
        "a = nn.Parameter(torch.ones(2))\nb = a * 2\nb.retain_grad()\nloss = b.sum()",
        "b",
        ["b.grad is None: no backward has reached b since its gradient is to be kept."],
        6,
        "",
    ),
}


@pytest.mark.parametrize("name", VARIABLES)
def test_a_variable_without_a_gradient_says_what_cut_it_and_the_way_out(engine: Client, name: str) -> None:
    program, variable, sentences, line, behind = VARIABLES[name]
    assert engine.run(HEAD + program)[-1].error is None
    found = why(engine, name=variable)
    assert words(found) == sentences
    assert not found.has_gradient
    assert (found.place.line if found.place is not None else None, found.behind) == (line, behind)


def test_in_a_loop_the_cut_is_named_though_what_it_cut_off_is_gone(engine: Client) -> None:
    text = (
        "encoder, head = nn.Linear(3, 4), nn.Linear(4, 1)\nfor step in range(50):\n"
        "    hidden = torch.tanh(encoder(torch.ones(2, 3))).detach()\n    loss = head(hidden).sum()\n"
        "    loss.backward()\n"
    )
    engine.run(HEAD + text)
    assert words(why(engine, name="encoder.weight"))[1] == (
        "hidden has no graph: it was cut at line 7 by torch.tanh(encoder(torch.ones(2, 3))).detach(), which detaches; "
        "leave that out where the gradient has to pass."
    )


ZEROS = {
    "a dead unit": ("torch.relu(h - 9)", "let none of it through"),
    "a limit": ("h.clamp(5, 6)", "lies outside of the limits"),
    "a saturated unit": ("torch.sigmoid(h * 1e4 + 1e4)", "is saturated"),
    "a function of steps": ("torch.round(h)", "has the derivative 0 everywhere"),
    "a product with zeros": ("(h * torch.zeros(3))", "multiplied it by zeros"),
    "a branch not taken": ("torch.where(torch.zeros(3) > 0, h, 1.0)", "took nothing from here"),
}


def test_a_leaf_that_nothing_took_lies_behind_no_cut(engine: Client) -> None:
    text = "w, unused = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)\n"
    events = engine.run(f"{HEAD}{text}loss = (w * (w * 2).detach()).sum()\nloss.backward()")
    assert not of_kind(events, m.Finished)[-1].error
    (said,) = words(why(engine, name="unused"))
    assert said.startswith("unused.grad is None") and "detach" not in said


@pytest.mark.parametrize("name", ZEROS)
def test_a_gradient_of_zeros_says_where_it_became_one(engine: Client, name: str) -> None:
    expression, said = ZEROS[name]
    program = f"w = nn.Parameter(torch.ones(3))\nh = (w * 1.0).view(3)\nloss = {expression}.sum()\nloss.backward()"
    graph = shown(engine.run(HEAD + program))
    leaf = next(node.id for node in graph.nodes if node.variable == "w")
    for found in (why(engine, name="w"), why(engine, graph=graph.id, node=leaf)):
        assert found.has_gradient and said in words(found)[0], words(found)
        assert found.place is not None and found.place.line == 7
        cause = next(node for node in graph.nodes if node.id == found.cause)
        assert cause.source is not None and cause.source.line == 7


NOT_FINITE = {
    "a root of 0, backward": ("(h - 1).sqrt().sum()", ["(h - 1).sqrt(), backward: ", "Clamp it first"], False),
    "a logarithm of 0, forward": (
        "(h - 1).log().sum()",
        ["(h - 1).log(): the logarithm of 0", "Add a small number"],
        True,
    ),
}


@pytest.mark.parametrize("name", NOT_FINITE)
def test_a_gradient_that_is_not_finite_says_which_operation_made_the_first_such_number(engine: Client, name) -> None:
    expression, said, is_forward = NOT_FINITE[name]
    program = f"w = nn.Parameter(torch.ones(3))\nh = w * 1.0\nloss = {expression}\nloss.backward()"
    graph = shown(engine.run(HEAD + program))
    leaf = next(node.id for node in graph.nodes if node.variable == "w")
    for found in (why(engine, name="w"), why(engine, graph=graph.id, node=leaf)):
        assert found.has_gradient and found.is_surprising
        assert all(begin in text for begin, text in zip(said, words(found), strict=True)), words(found)
        assert found.place is not None and found.place.line == 7
        cause = next(node for node in graph.nodes if node.id == found.cause)
        assert cause.name == ("LogBackward0" if is_forward else "SqrtBackward0")


def test_what_was_written_into_a_gradient_since_is_not_told_of_the_pass(engine: Client) -> None:
    program = "w = nn.Parameter(torch.ones(3))\nloss = (w * 2).relu().sum()\nloss.backward()\nw.grad"
    engine.run(f"{HEAD}{program}.fill_(torch.nan)")
    (said,) = words(why(engine, name="w"))
    assert "of what first made it nothing is kept" in said
    engine.run(f"{HEAD}{program}.zero_()")
    found = why(engine, name="w")
    assert "set to 0 since" in words(found)[0] and found.cause == -1 and found.is_surprising


def test_a_gradient_of_other_numbers_needs_no_words(engine: Client) -> None:
    engine.run(HEAD + "w = nn.Parameter(torch.ones(3))\nloss = (w * 2).sum()\nloss.backward()")
    assert why(engine, name="w") == GradientWhy(name="w", has_gradient=True)


def test_a_node_says_how_far_its_pass_has_come(engine: Client) -> None:
    text = HEAD + "w = nn.Parameter(torch.ones(3))\nloss = (w * 2).sum()\n"
    graph = shown(engine.run(text))
    leaf = next(node.id for node in graph.nodes if node.variable == "w")
    assert words(why(engine, graph=graph.id, node=leaf)) == [
        "No backward has run through this graph: let the program call backward(), or step it with F9."
    ]
    engine.start(text + "loss.backward()", step=True)
    held = engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused").state
    nodes = shown(engine.events).nodes
    leaf = next(node.id for node in nodes if node.variable == "w")
    assert words(why(engine, graph=held.graph, node=leaf)) == [
        "loss.backward() has not come here yet: 0 of 3 nodes have run."
    ]
    engine.send(m.AbortBackward())
    engine.wait(m.Finished)
    assert words(why(engine, graph=held.graph, node=leaf)) == [
        "loss.backward() ended before it came here: 0 of 3 nodes had run."
    ]


def test_what_a_custom_function_sends_none_for_is_said(engine: Client) -> None:
    text = """
class Half(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y): return x * y
    @staticmethod
    def backward(ctx, g): return g, None
a, b = nn.Parameter(torch.ones(2)), nn.Parameter(torch.ones(2))
loss = Half.apply(a, b.exp()).sum()
loss.backward()
"""
    graph = shown(engine.run(HEAD + text))
    found = next(node.id for node in graph.nodes if node.name == "ExpBackward0")
    assert words(why(engine, graph=graph.id, node=found)) == [
        "HalfBackward sent None here: what it computed does not depend on this in a way that has a derivative."
    ]


# -- ghosts


def ghosts(graph: Graph) -> list[tuple[str, str]]:
    return [(node.name, node.variable) for node in graph.nodes if node.is_ghost]


def test_what_lies_behind_a_cut_is_drawn_as_ghosts_down_to_its_leaves() -> None:
    _, _, graph = graph_of(CUT_NET, "loss")
    assert ghosts(graph) == [
        ("TanhBackward0", "hidden"),
        ("AddmmBackward0", ""),
        ("AccumulateGrad", "encoder.bias"),
        ("TBackward0", ""),
        ("AccumulateGrad", "encoder.weight"),
    ]
    by_id = {node.id: node for node in graph.nodes}
    (leading,) = [e for e in graph.edges if by_id[e.target].name == "TanhBackward0" and by_id[e.target].is_ghost]
    assert (by_id[leading.source].variable, leading.gradient) == ("features", False)
    assert graph.n_nodes == sum(node.kind in ("backward", "accumulate") for node in graph.nodes)


def test_a_graph_that_the_program_has_let_go_of_leaves_the_operation_that_was_cut_off() -> None:
    recorder, space = watch(CUT_NET.replace("features = hidden.detach()", "features = hidden.detach()\ndel hidden"))
    graph = recorder.graph(space["loss"], "loss", space)
    assert ghosts(graph) == [("torch.tanh", "hidden")]
    again = recorder.graph(space["loss"], "loss", space)
    assert [n.id for n in again.nodes if n.is_ghost] == [n.id for n in graph.nodes if n.is_ghost]


def test_a_cut_inside_of_a_graph_leads_back_to_the_node_that_is_there() -> None:
    _, _, graph = graph_of("w = torch.ones(3, requires_grad=True)\ny = w.exp()\nloss = (y - y.detach()).sum()", "loss")
    assert ghosts(graph) == []
    by_id = {node.id: node for node in graph.nodes}
    led = [(by_id[e.source].kind, by_id[e.target].name) for e in graph.edges if not e.gradient]
    assert ("input", "ExpBackward0") in led


def test_ghosts_keep_nothing_of_the_program_alive() -> None:
    recorder, space = watch(CUT_NET)
    recorder.graph(space["loss"], "loss", space)
    node = space["hidden"].grad_fn
    node.metadata["alive"] = sentinel = type("Sentinel", (), {})()

    gone = weakref.ref(sentinel)
    del sentinel, node, space["hidden"]
    assert gone() is None


def test_a_ghost_says_which_cut_it_lies_behind(engine: Client) -> None:
    graph = shown(engine.run(HEAD + CUT_NET + "loss.backward()"))
    by_id = {node.id: node for node in graph.nodes}
    for ghost in (node for node in graph.nodes if node.is_ghost):
        found = why(engine, graph=graph.id, node=ghost.id)
        assert words(found) == ["No gradient comes here: this lies behind a cut.", DETACHED]
        assert (by_id[found.cause].variable, found.behind) == ("features", "hidden")

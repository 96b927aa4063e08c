"""A node's rule as the window gets it: filled with the program's names, and with the numbers of its newest pass."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import torch

from engine.autograd.rules import latex
from engine.autograd.rules.catalogue import RULES
from engine.autograd.rules.explain import Sent, Subject, explain
from engine.autograd.rules.latex import fill, name_of, number_of
from engine.autograd.rules.values import MissingError
from engine.protocol import messages as m
from engine.protocol.graph_values import Graph
from engine.protocol.rules import NodeRule, RuleOperand, Where
from engine.protocol.until import UntilNext
from tests.engine.client import Client
from tests.engine.rule_models import MODELS

PROGRAM = """import torch
z = torch.tensor([0.5, -2.0], requires_grad=True)
w = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
mask = torch.tensor([True, False])
a = torch.sigmoid(z)
v = a * w
x = torch.where(mask, v, v.detach())
d = torch.nn.functional.multilabel_margin_loss(x, torch.tensor([[0, -1], [1, -1]]))
loss = x.sum() + d.sum() - d.sum()
loss.backward()
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def rule(engine: Client, graph: Graph, name: str, cell: tuple[int, ...] | None = None) -> NodeRule:
    """The rule of the first node of a kind, once it is there."""
    node = next(node.id for node in graph.nodes if node.name == name)
    while True:
        answer = engine.ask(m.AskRule(graph=graph.id, node=node, cell=cell))
        assert isinstance(answer, m.RuleShown), answer
        if answer.rule.source != "loading":
            return answer.rule
        time.sleep(0.05)


def shown(engine: Client, text: str) -> Graph:
    """The graph on screen once a program has ended."""
    engine.run(text)
    finished = [event for event in engine.events if isinstance(event, m.Finished)][-1]
    assert finished.error is None, finished.error
    return [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]


@pytest.fixture(scope="module")
def graph(engine: Client) -> Graph:
    return shown(engine, PROGRAM)


def operand(found: NodeRule, name: str = "") -> RuleOperand:
    return next(one for one in found.operands if not name or one.name == name)


def test_a_rule_is_in_the_programs_names_and_its_numbers_are_of_the_largest_cell(engine: Client, graph: Graph) -> None:
    found = rule(engine, graph, "SigmoidBackward0")
    assert (found.source, found.forward) == ("record", (r"a = \sigma(z)",))
    assert found.meaning is not None and found.meaning.text.startswith("The slope is largest")
    one = operand(found, "z")
    assert one.formula == (r"\frac{\partial L}{\partial z}", r"= \frac{\partial L}{\partial a} \cdot a\, (1 - a)")
    assert one.cell == (0,) and one.is_checked and not one.said
    assert one.numbers == (
        r"\frac{\partial L}{\partial {z}_{[0]}}", r"= 4 \cdot 0.6225\, (1 - 0.6225)", r"= 4 \cdot 0.2350", "= 0.9400",
    )  # fmt: skip


def test_the_cell_that_is_wanted_is_shown(engine: Client, graph: Graph) -> None:
    one = operand(rule(engine, graph, "SigmoidBackward0", (1,)), "z")
    assert one.cell == (1,) and one.numbers[-1] == "= 0"
    assert operand(rule(engine, graph, "SigmoidBackward0", (5,)), "z").cell == (0,)


def test_what_was_broadcast_gets_a_sum_of_terms_from_snapshots_once_the_pass_has_freed_them(
    engine: Client, graph: Graph
) -> None:
    one = operand(rule(engine, graph, "MulBackward0"), "a")
    assert one.formula[1] == r"= \sum_{\text{copies}} \frac{\partial L}{\partial v} \cdot w"
    assert one.numbers[1:] == (r"= 1 \cdot 1", r"{} + 1 \cdot 3", "= 4") and one.is_checked


def test_a_leafs_node_tells_its_grad(engine: Client, graph: Graph) -> None:
    found = rule(engine, graph, "AccumulateGrad")
    assert found.operands[0].numbers[-1].startswith(rf"{{{found.operands[0].name}\mathrm{{.grad}}}}_{{[")


def test_a_node_without_a_record_has_pytorchs_own_text_and_saved_values(engine: Client, graph: Graph) -> None:
    found = rule(engine, graph, "MultilabelMarginLossBackward0")
    assert found.source == "pytorch" and found.forward[0].startswith("multilabel_margin_loss_forward(Tensor self")
    assert found.operands[0].formula[0].startswith("∂L/∂self = multilabel_margin_loss_backward(grad")
    assert ("reduction", "1") in [(one.name, one.text) for one in found.saved]


FREED = """import torch
import torch.nn.functional as F
torch.manual_seed(0)
w = torch._weight_norm_interface(torch.randn(4, 3, requires_grad=True), torch.rand(4, 1, requires_grad=True), 0)[0]
scores = torch.randn(7, 2, 5, requires_grad=True).log_softmax(2)
words, steps, lengths = torch.tensor([[1, 2, 2], [3, 1, 4]]), torch.tensor([7, 6]), torch.tensor([3, 2])
ctc = F.ctc_loss(scores, words, steps, lengths) + F.ctc_loss(scores, words, (7, 6), (3, 2))
rows = torch.randn(5, 3, 2, requires_grad=True)
packed = torch.nn.utils.rnn.pack_padded_sequence(rows, torch.tensor([5, 3, 1]))
pooled = F.fractional_max_pool2d(torch.randn(1, 2, 6, 6, requires_grad=True), 2, output_size=3)
out = w.pow(2).sum() + ctc + packed.data.pow(2).sum() + pooled.pow(2).sum()
out.backward()
"""


@pytest.mark.parametrize(
    "name", ["WeightNormInterface", "CtcLoss", "PackPaddedSequence", "FractionalMaxPool2D"]
)  # which save what no output is
def test_what_a_pass_has_freed_and_no_snapshot_has_is_computed_again(engine: Client, name: str) -> None:
    graph = shown(engine, FREED)
    nodes = [node.id for node in graph.nodes if node.name == f"{name}Backward0"]
    for node in nodes:
        answer = engine.ask(m.AskRule(graph=graph.id, node=node, cell=None))
        assert isinstance(answer, m.RuleShown), answer
        assert [(one.is_checked, one.said) for one in answer.rule.operands] == [(True, ())] * len(answer.rule.operands)
    assert len(nodes) == (2 if name == "CtcLoss" else 1)


def test_every_node_of_the_usual_models_has_a_record_which_agrees_with_what_pytorch_sent_on(engine: Client) -> None:
    graph = shown(engine, MODELS)
    nodes = [node for node in graph.nodes if not node.is_input]
    answers = [engine.ask(m.AskRule(graph=graph.id, node=node.id)) for node in nodes]
    rules = [answer.rule for answer in answers if isinstance(answer, m.RuleShown)]
    assert [node.name for node, found in zip(nodes, rules, strict=True) if found.source != "record"] == []
    said = [said.code for found in rules for one in found.operands for said in one.said]
    assert {"rule.disagrees", "rule.unfit"}.isdisjoint(said), said
    operands = [one for found in rules for one in found.operands]
    n_unknown = len(said) + sum(node.kind == "accumulate" for node in nodes)
    assert sum(one.is_checked for one in operands) >= len(operands) - n_unknown > len(operands) / 2


def test_a_function_of_the_program_is_said_to_be_one(engine: Client) -> None:
    text = (
        "import torch\nclass Twice(torch.autograd.Function):\n"
        "    @staticmethod\n    def forward(ctx, x): return x * 2\n"
        "    @staticmethod\n    def backward(ctx, g): return g * 2\n"
        "x = torch.ones(2, requires_grad=True)\nloss = Twice.apply(x).sum()\nloss.backward()\n"
    )
    found = rule(engine, shown(engine, text), "TwiceBackward")
    assert (found.source, found.said[0].code) == ("none", "rule.is_programs")


def test_a_held_node_is_told_what_arrived_and_after_its_step_what_left(engine: Client) -> None:
    text = (
        "import torch\nz = torch.tensor(0.5, requires_grad=True)\na = torch.sigmoid(z)\nloss = a * 3\nloss.backward()\n"
    )
    engine.start(text, step=True)
    states: list[m.BackwardProgress] = []
    graph = engine.wait(m.GraphShown).graph
    while not states or states[-1].state.status != "finished":
        states.append(engine.wait(m.BackwardProgress))
        if states[-1].state.status != "paused":
            continue
        held = states[-1].state.current
        if next(node.name for node in graph.nodes if node.id == held) == "SigmoidBackward0":
            one = operand(rule(engine, graph, "SigmoidBackward0"))
            assert one.said[0].code == "rule.not_run"
            assert one.numbers[1:] == (r"= 3 \cdot 0.6225\, (1 - 0.6225)", r"= 3 \cdot 0.2350")
        engine.send(m.Step(until=UntilNext()))
    one = operand(rule(engine, graph, "SigmoidBackward0"))
    assert one.numbers[-1] == "= 0.7050" and one.is_checked
    times_three = operand(rule(engine, graph, "MulBackward0"))
    assert times_three.numbers[1:] == (r"= 1 \cdot 3", "= 3")  # the number was no variable of anybody
    engine.wait(m.Finished)


def test_of_gradients_that_were_summed_each_is_told_by_itself(engine: Client) -> None:
    text = "import torch\nx = torch.tensor([1.0, 2], requires_grad=True)\nloss = (x * x).sum()\nloss.backward()\n"
    found = rule(engine, shown(engine, text), "MulBackward0")
    assert [(one.said, one.is_checked) for one in found.operands] == [((), True)] * 2
    assert found.operands[0].numbers[-1] == "= 2"


def test_a_letter_is_no_variable_of_the_program_and_what_it_stands_for_is_said(engine: Client) -> None:
    text = """import torch
x, y = torch.randn(2, 3), 2.0
W = torch.randn(3, 2, requires_grad=True)
h = torch.tanh(x @ W + y)
loss = torch.nn.functional.cross_entropy(h * h, torch.tensor([0, 1]))
loss.backward()
"""
    graph = shown(engine, text)
    tanh, square, product = (rule(engine, graph, f"{kind}Backward0") for kind in ("Tanh", "Mul", "Mm"))
    assert operand(tanh).formula[0] == latex.partial("u") and tanh.forward == (r"h = \tanh u",)
    assert tanh.where == (Where("u", "x @ W + y"),)
    assert square.where == (Where("y", "h * h"),)  # the number y is in no graph
    assert product.where == (Where("y", "x @ W"),)
    inner = rule(engine, graph, "NllLossBackward0")
    assert not inner.where  # what cross_entropy had on its way has no text of its own


def test_a_value_that_is_kept_nowhere_is_named() -> None:
    def missing(name: str) -> torch.Tensor:
        raise MissingError(name)

    one = explain(RULES["SigmoidBackward0"], _subject(missing, torch.tensor(0.2)))
    assert [said.code for said in one.operands[0].said] == ["rule.value_not_kept"]
    assert one.operands[0].numbers[-1] == "= 0.2000"


def test_a_gradient_that_is_not_the_formulas_is_said_to_disagree() -> None:
    def read(name: str) -> torch.Tensor:
        return torch.tensor(0.5)

    right = explain(RULES["SigmoidBackward0"], _subject(read, torch.tensor(0.25)))
    wrong = explain(RULES["SigmoidBackward0"], _subject(read, torch.tensor(0.26)))
    assert right.operands[0].is_checked and not right.operands[0].said
    assert not wrong.operands[0].is_checked and [one.code for one in wrong.operands[0].said] == ["rule.disagrees"]
    assert wrong.operands[0].numbers[-1] == "= 0.2600"


def _subject(read: object, leaving: torch.Tensor) -> Subject:
    return Subject(1, "a", read, [torch.tensor(1.0)], [Sent("z", (), leaving)])  # type: ignore[arg-type]


def test_names_and_numbers_are_written_as_mathematics() -> None:
    assert [name_of(name) for name in ("a", "W1", "fc.weight", "hidden_state", "θ", "日本", "x" * 40)] == [
        "a", "W_{1}", r"\mathrm{fc.weight}", r"\mathrm{hidden\_state}", "θ", "", "",
    ]  # fmt: skip
    assert [number_of(value) for value in (-1.0889, 2.0, 1.5e-7, float("nan"), -float("inf"), True, 0.0)] == [
        "{-}1.0889", "2", r"1.500 \times 10^{-7}", r"\mathrm{NaN}", r"{-}\infty", r"\text{true}", "0",
    ]  # fmt: skip
    assert fill(r"@g \cdot @y^2 - @x", {"g": "{-}1", "y": "{-}2", "x": "{-}3"}) == r"{-}1 \cdot ({-}2)^2 - ({-}3)"
    assert fill(r"@alpha\cdot @g", {"g": "{-}1", "alpha": "1"}, {"alpha"}) == "{-}1"


def test_a_node_of_an_earlier_pass_is_explained_as_far_as_snapshots_keep_it(engine: Client) -> None:
    text = (
        "import torch\nz = torch.tensor(0.5, requires_grad=True)\n"
        "for k in range(2):\n    a = torch.sigmoid(z)\n    (a * (k + 2)).backward()\n"
    )
    engine.run(text)
    opened = engine.ask(m.OpenPass(index=1))
    assert isinstance(opened, m.PassOpened)
    one = operand(rule(engine, opened.graph, "SigmoidBackward0"))
    assert one.numbers[1:] == (r"= 2 \cdot 0.6225\, (1 - 0.6225)", r"= 2 \cdot 0.2350", "= 0.4700") and one.is_checked


def test_exponents_axes_and_factors_of_earlier_passes_are_those_of_each_pass(engine: Client) -> None:
    text = (
        "import torch\nw = torch.tensor([1.0, 2.0], requires_grad=True)\n"
        "for k in range(4):\n    (w ** (k + 2)).unsqueeze(k % 2).mean((0, 1)).backward()\n"
    )
    engine.run(text)
    for index in (1, 2, 3):
        graph = engine.ask(m.OpenPass(index=index)).graph
        found = [operand(rule(engine, graph, name)) for name in ("PowBackward0", "UnsqueezeBackward0", "MeanBackward1")]
        assert [(one.said, one.is_checked) for one in found] == [((), True)] * 3
        assert rf"= 0.5000 \cdot {index + 1} \cdot 2^{{{index + 1} - 1}}" in found[0].numbers


def test_what_an_operation_of_an_earlier_pass_was_not_given_is_not_said_to_be_gone(engine: Client) -> None:
    text = (
        "import torch, torch.nn.functional as F\nw = torch.randn(3, 2, requires_grad=True)\n"
        "goal, scale = torch.rand(3, 2), torch.ones(2)\nfor k in range(2):\n"
        "    h = F.layer_norm(w, (2,), scale if k else None)\n"
        "    F.binary_cross_entropy_with_logits(h, goal, pos_weight=None).backward()\n"
    )
    engine.run(text)
    graph = engine.ask(m.OpenPass(index=1)).graph
    found = [rule(engine, graph, f"{name}Backward0") for name in ("BinaryCrossEntropyWithLogits", "NativeLayerNorm")]
    said = [str(said.text) for one in found for operand in one.operands for said in operand.said]
    assert not [words for words in said if "weight" in words or "bias" in words], said
    assert operand(found[0]).is_checked and not operand(found[0]).said


def test_what_was_viewed_inside_a_call_of_an_earlier_pass_is_not_taken_for_what_a_node_had_saved(
    engine: Client,
) -> None:
    text = (
        "import torch, torch.nn as nn, torch.nn.functional as F\nrecurrent = nn.GRU(4, 2)\n"
        "for k in range(2):\n    y = recurrent(torch.randn(3, 1, 4))[0]\n"
        "    F.binary_cross_entropy_with_logits(y, torch.rand(3, 1, 2)).backward()\n"
    )
    engine.run(text)
    graph = engine.ask(m.OpenPass(index=1)).graph
    names = {"AddmmBackward0", "SubBackward0", "BinaryCrossEntropyWithLogitsBackward0"}
    found = [rule(engine, graph, name) for name in names & {node.name for node in graph.nodes}]
    said = {sentence.code for one in found for operand in one.operands for sentence in operand.said}
    assert len(found) == len(names) and said <= {"rule.value_not_kept"}


def test_a_custom_function_whose_saved_tensors_are_freed_is_stepped_to_its_own_error(engine: Client) -> None:
    text = (
        "import torch\nclass Square(torch.autograd.Function):\n"
        "    @staticmethod\n    def forward(ctx, x): ctx.save_for_backward(x); return x * x\n"
        "    @staticmethod\n    def backward(ctx, g): return 2 * g * ctx.saved_tensors[0]\n"
        "x = torch.ones(2, requires_grad=True)\nloss = Square.apply(x).sum()\nloss.backward()\nloss.backward()\n"
    )
    start = len(engine.events)
    engine.start(text, step=True)
    n_held = 0
    while not any(isinstance(event, m.Finished) for event in engine.events[start:]):
        news = engine.wait(m.Event, where=lambda event: isinstance(event, m.BackwardProgress | m.Finished))
        if isinstance(news, m.BackwardProgress) and news.state.status == "paused":
            n_held += 1
            engine.send(m.Step(until=UntilNext()))
    assert n_held >= 5  # three nodes, then at least two of those again
    finished = next(event for event in engine.events[start:] if isinstance(event, m.Finished))
    assert finished.error is not None and "second time" in finished.error.traceback


def test_a_rule_of_complex_numbers_is_held_against_the_pass_and_writes_out_no_cell(engine: Client) -> None:
    program = (
        "import torch\nx = torch.randn(8, requires_grad=True)\ns = torch.fft.rfft(x)\nr = torch.view_as_real(s)\n"
        "b = torch.fft.irfft(s.conj())\nloss = r.pow(2).sum() + s.angle().sum() + b.pow(3).sum()\nloss.backward()\n"
    )
    graph = shown(engine, program)
    for kind in ("FftR2C", "ViewAsReal", "Conj", "FftC2R", "Angle"):
        found = rule(engine, graph, f"{kind}Backward0")
        assert (found.source, len(found.operands)) == ("record", 1)
        assert found.operands[0].is_checked and not found.operands[0].numbers and not found.operands[0].said
        assert found.meaning is not None


def test_factors_of_a_matrix_are_read_from_the_outputs_once_the_node_is_freed(engine: Client) -> None:
    program = (
        "import torch\nA = torch.randn(3, 3, requires_grad=True)\nu, s, v = torch.linalg.svd(A)\n"
        "q, r = torch.linalg.qr(A)\ne, w = torch.linalg.eigh(A + A.T)\n"
        "loss = s.sum() + q.sum() + r.sum() + e.pow(2).sum()\nloss.backward()\n"
    )
    graph = shown(engine, program)
    for kind in ("Svd", "Qr", "Eigh"):
        found = rule(engine, graph, f"Linalg{kind}Backward0")
        assert found.operands[0].is_checked, found.operands[0].said


def test_a_write_into_a_part_has_its_rule_and_the_pass_s_own_numbers(engine: Client) -> None:
    program = (
        "import torch\nx = torch.randn(3, requires_grad=True)\nbuf = torch.zeros(3, 4)\nbuf[:, 1] = x\n"
        "loss = buf.pow(2).sum()\nloss.backward()\n"
    )
    found = rule(engine, shown(engine, program), "CopySlices")
    assert found.meaning is not None and found.meaning.text.startswith("A part of a tensor was written in place.")
    written = found.operands[-1]
    assert written.numbers and [said.code for said in written.said] == ["rule.numbers_alone"]

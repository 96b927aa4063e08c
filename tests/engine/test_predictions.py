"""Predictions of what a held node sends on: read without side effects, judged cell by cell, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from engine.program.formula import MAX_ELEMENTS, Formula
from engine.program.lookup import MISSING
from engine.protocol import messages as m
from engine.protocol.differences import CheckDifferences, DifferencesShown
from engine.protocol.errors import EngineError
from engine.protocol.graph_values import Graph
from engine.protocol.predictions import (
    AskQuestion,
    AskVerdicts,
    EnterPrediction,
    PredictionTaken,
    Question,
    QuestionShown,
    Verdict,
    VerdictsShown,
)
from engine.protocol.until import UntilNext
from engine.tensors.reading import unobserved
from tests.engine.client import Client, printed

PROGRAM = """import torch
x = torch.tensor([[0.5, -2.0], [1.5, 1.0], [0.3, 0.7]])
W = torch.tensor([[1.0, 2.0], [3.0, -4.0]], requires_grad=True)
V = torch.tensor([[0.4, 0.1], [0.2, -0.6]], requires_grad=True)
b = torch.tensor([0.1, -0.2], requires_grad=True)
z = x @ W + b
a = torch.sigmoid(z)
h = torch.tanh(a @ V)
loss = (h * h).sum() / 4
loss.backward()
print([p.grad.flatten().tolist() for p in (W, V, b)])
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


class Held:
    """The program, held at one node after another."""

    def __init__(self, engine: Client, text: str = PROGRAM) -> None:
        self.engine, self.start = engine, len(engine.events)
        self.run = engine.start(text, step=True)
        self.node = self._held()
        self.graph: Graph = [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]

    def _held(self) -> int:
        progress = self.engine.wait(m.BackwardProgress, where=lambda event: event.state.status != "running")
        return progress.state.current

    def to(self, name: str) -> None:
        """On to a node of a kind, or of a variable."""
        while name not in (self._node().name, self._node().variable):
            self.step()

    def _node(self):
        return next(node for node in self.graph.nodes if node.id == self.node)

    def step(self) -> None:
        self.engine.send(m.Step(until=UntilNext()))
        self.node = self._held()

    def question(self) -> Question:
        answer = self.engine.ask(AskQuestion(graph=self.graph.id, node=self.node))
        assert isinstance(answer, QuestionShown), answer
        return answer.question

    def enter(self, text: str, nth: int = 0) -> m.Event:
        place = self.question().wanted[nth].place
        return self.engine.ask(EnterPrediction(graph=self.graph.id, node=self.node, place=place, text=text))

    def judged(self, *texts: str) -> tuple[Verdict, ...]:
        """What is said of predictions for the node's operands, once it has run."""
        for nth, text in enumerate(texts):
            if text:
                taken = self.enter(text, nth)
                assert isinstance(taken, PredictionTaken), taken
        node = self.node
        self.step()
        answer = self.engine.ask(AskVerdicts(graph=self.graph.id, node=node))
        assert isinstance(answer, VerdictsShown) and answer.node == node
        return answer.verdicts

    def end(self) -> None:
        self.engine.send(m.AbortBackward())
        self.engine.end_of(self.run)


def explained(text: str, at: str, engine: Client, program: str = PROGRAM, nth: int = 0) -> str:
    """What is said to be missing of a prediction at a node."""
    held = Held(engine, program)
    held.to(at)
    (verdict,) = held.judged(*[""] * nth, text)
    held.end()
    assert not verdict.is_right and verdict.said is None, verdict
    return " ".join(said.text for said in verdict.explained)


# -- the way a prediction is judged


def test_what_a_node_will_send_on_is_asked_with_the_names_that_an_expression_may_use(engine: Client) -> None:
    held = Held(engine)
    held.to("a")
    question = held.question()
    assert [(one.name, one.shape) for one in question.wanted] == [("z", (3, 2))]
    assert question.names == ("grad", "a", "z")
    held.end()


def test_a_right_expression_is_right_in_every_cell(engine: Client) -> None:
    held = Held(engine)
    held.to("a")
    (verdict,) = held.judged("grad * (1 - a) * a")
    assert verdict.is_right and (verdict.n_right, verdict.n_cells) == (6, 6) and not verdict.explained
    held.to("MmBackward0")
    (of_w,) = held.judged("x.T @ grad")
    assert of_w.is_right
    held.end()


def test_a_number_for_one_cell_is_right_where_pytorchs_rounds_to_it(engine: Client) -> None:
    first = Held(engine)
    first.to("a")
    (wrong,) = first.judged("[0, 1] = 0.5")
    assert not wrong.is_right and wrong.cell == (0, 1) and wrong.yours == "0.5000" and wrong.n_cells == 1
    actual = float(wrong.actual)
    assert float(wrong.absolute) == pytest.approx(abs(0.5 - actual), abs=1e-3) and wrong.relative
    first.end()
    for text, is_right in ((f"{actual:.3f}", True), (f"{actual + 0.001:.3f}", False)):
        again = Held(engine)
        again.to("a")
        (verdict,) = again.judged(f"[0, 1] = {text}")
        assert verdict.is_right == is_right, (text, wrong.actual)
        again.end()


def test_twice_the_same_operand_is_asked_once_and_both_parts_are_added(engine: Client) -> None:
    held = Held(engine)
    held.to("MulBackward0")
    assert [one.name for one in held.question().wanted] == ["h"]
    (verdict,) = held.judged("2 * grad * h")
    assert verdict.is_right
    held.end()


# -- what is missing


@pytest.mark.parametrize(
    ("at", "text", "said"),
    [
        ("a", "-grad * (1 - a) * a", "The sign is the other way round."),
        ("a", "grad", "You left out a (1 − a)."),
        ("a", "grad * a", "You left out (1 − a)."),
        ("a", "-grad * (1 - a)", "You left out a. The sign is the other way round."),
        ("a", "a * (1 - a)", "You left out the gradient that arrives, grad."),
        ("a", "grad * a * (1 - a) * a", "a is too much."),
        ("z", "grad", "You left out the sum over the broadcast axis: the operand was used for several cells."),
        ("z", "grad[1]", "You left out the sum over the broadcast axis: the operand was used for several cells."),
        ("MulBackward0", "grad * h", "You left out the part that comes by the operand's other place."),
        ("DivBackward0", "grad * 4", ""),
        ("DivBackward0", "grad", "You left out 1 / 4."),
        ("MmBackward0", "grad @ V", "V is transposed in the one of the two."),
        ("SumBackward0", "grad / 6", "You left out the factor 6."),
        ("a", "grad * 0.123", ""),
    ],
)
def test_what_is_missing_is_said_where_it_explains_the_difference_exactly(
    engine: Client, at: str, text: str, said: str
) -> None:
    nth = 1 if at == "z" else 0
    assert explained(text, at, engine, nth=nth) == said


def test_the_right_numbers_in_another_shape_are_said_to_be_so(engine: Client) -> None:
    text = "import torch\nw = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)\n"
    held = Held(engine, f"{text}v = w.view(1, 4)\n(v * v).sum().backward()\n")
    held.to("ViewBackward0")
    (verdict,) = held.judged("grad")
    assert [one.text for one in verdict.explained] == ["The numbers are right, and lie in another shape."]
    held.end()


def test_a_gradient_that_is_that_of_the_other_operand_or_turned_is_said_to_be(engine: Client) -> None:
    text = """import torch
A = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
B = torch.tensor([[0.5, -1.0], [2.0, 0.3]], requires_grad=True)
loss = (A * B).sum() + torch.trace(A @ B)
loss.backward()
"""
    assert explained("grad * A", "MulBackward0", engine, text) == "This is the gradient of B."
    assert explained("(grad * B).T", "MulBackward0", engine, text) == "It is transposed."


def test_a_number_that_is_too_coarse_is_not_explained(engine: Client) -> None:
    text = "import torch\nw = torch.tensor(0.5, requires_grad=True)\ny = torch.exp(w)\nloss = y * 3\nloss.backward()\n"
    assert explained("3", "y", engine, text) == ""
    assert explained("3.000", "y", engine, text) == "You left out y."


# -- nothing is changed, and nothing is lost


BAD = {
    "grad *": "formula.no_expression",
    "grad * nothing": "formula.unknown_name",
    "grad.mul_(2)": "formula.no_function",
    "torch.exp(grad, out=W)": "formula.not_allowed",
    "print(1)": "formula.no_function",
    "__import__('os').system('true')": "formula.no_function",
    "[i for i in grad]": "formula.not_allowed",
    "grad @ x": "formula.failed",
    "torch": "formula.not_allowed",
    "10 ** 10 ** 10": "formula.failed",
    "[0, 1] = grad": "prediction.one_number",
    "[7, 0] = 1": "prediction.no_cell",
    "[0] = 1": "prediction.no_cell",
    "x.T @ x": "prediction.shape",
    "z.unsqueeze(-1).expand(3, 2, 4000000)": "formula.too_large",
}


def test_bad_input_is_told_in_one_sentence_and_what_was_entered_before_stays(engine: Client) -> None:
    held = Held(engine)
    held.to("a")
    assert isinstance(held.enter("grad * a * (1 - a)"), PredictionTaken)
    for text, code in BAD.items():
        answer = held.enter(text)
        assert isinstance(answer, m.Failed), text
        assert answer.code == code and answer.sentence.endswith(".") and "\n" not in answer.sentence
    (verdict,) = held.judged()
    assert verdict.is_right
    held.end()


def test_a_program_that_is_predicted_all_along_ends_with_the_same_bits(engine: Client) -> None:
    engine.run(PROGRAM)
    plain = printed(engine.events).splitlines()[-1]
    held = Held(engine)
    n_right = 0
    while held.node >= 0:
        texts = ["grad" for _ in held.question().wanted]
        fits = [isinstance(held.enter(text, nth), PredictionTaken) for nth, text in enumerate(texts)]
        n_right += sum(one.is_right for one in held.judged(*(t if f else "" for t, f in zip(texts, fits, strict=True))))
    engine.end_of(held.run)
    assert n_right >= 1 and printed(engine.events[held.start :]).splitlines()[-1] == plain


def test_what_is_complex_or_sparse_is_not_judged_and_that_is_said(engine: Client) -> None:
    text = """import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
table = torch.nn.Embedding(4, 2, sparse=True)
c = torch.complex(w, w * 2)
loss = (c * c).abs().sum() + table(torch.tensor([1, 3])).sum()
loss.backward()
"""
    held, said = Held(engine, text), set()
    while held.node >= 0:
        n_wanted = len(held.question().wanted)
        fits = [isinstance(held.enter("1.0", nth), PredictionTaken) for nth in range(n_wanted)]
        assert all(fits)
        said |= {verdict.said.code for verdict in held.judged() if verdict.said is not None}
    engine.end_of(held.run)
    assert said == {"prediction.not_real"}


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("(v.unsqueeze(1) * v[:3]).sum()", True),
        ("(v.unsqueeze(1) @ v[:3].unsqueeze(0)).sum()", True),
        ("v.unsqueeze(0) @ v == v @ v", False),
        ("diag(v[:3], 9000000).sum()", True),
        ("diag(ones_like(v[:3])).sum() + v.unsqueeze(1).mv(v[:1]).sum()", False),
        ("(v[:100].view(10, 10) @ v[:20].view(10, 2)).diag().sum()", False),
    ],
)
def test_how_large_a_result_is_is_known_before_it_is_made(text: str, is_refused: bool) -> None:
    names = {"v": torch.zeros(MAX_ELEMENTS // 2)}
    with unobserved():
        if is_refused:
            with pytest.raises(EngineError) as caught:
                Formula(text, names.get).value()
            assert caught.value.sentence.code == "formula.too_large"
        else:
            assert Formula(text, names.get).value().numel() <= 2


def test_neither_a_prediction_nor_a_preview_nor_a_check_imports_torch_compile() -> None:
    program = f"import sys\n{PROGRAM}is_compiling = 'torch._dynamo' in sys.modules\nprint(is_compiling)\n"
    program = program.replace("x @ W + b", "x @ W + b + ('torch._dynamo' in sys.modules)")  # in the copy it would tell
    with Client(bare=True) as engine:
        held = Held(engine, program)
        while held.node >= 0:
            held.judged(*("(grad / 2).sum().exp() ** 2" for _ in held.question().wanted))
        engine.end_of(held.run)
        assert printed(engine.events).splitlines()[-1] == "False"
        engine.ask(m.Preview(expression="torch.exp(torch.randn(3) / 2) + 1"))  # on a busy machine it may be given up
        leaf = next(node.id for node in held.graph.nodes if node.variable == "W")
        checked = engine.ask(CheckDifferences(graph=held.graph.id, node=leaf))
        assert isinstance(checked, DifferencesShown) and checked.found.status == "agrees"
        engine.run("print('torch._dynamo' in sys.modules)")
        assert printed(engine.events).splitlines()[-1] == "False"


def test_a_formula_has_a_memory_of_its_own_and_makes_no_large_tensor_on_its_way(engine: Client) -> None:
    large = torch.zeros(MAX_ELEMENTS // 2)
    with unobserved(), pytest.raises(EngineError) as caught:
        Formula("torch.outer(v, v).sum()", {"v": large}.get).value()
    assert caught.value.sentence.code == "formula.too_large"
    with unobserved():
        formula = Formula("v[:3].sum() + -2", lambda name: large if name == "v" else MISSING)
        assert formula.value() == -2 and not formula.literal
        doubles = torch.zeros(3, dtype=torch.float64)
        assert Formula("v", {"v": doubles}.get).value().data_ptr() != doubles.data_ptr()
        assert Formula("-0.25", {}.get).literal == "0.25"

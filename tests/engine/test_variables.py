"""The variables table, keys of tensors, previews and completions, against a live namespace."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
import torch

from engine.program import variables
from engine.protocol import messages as m
from engine.protocol.keys import NodeGradKey, NodeValueKey, TensorKey, VariableGradKey, VariableKey
from engine.protocol.notes import NoGrad
from engine.protocol.program_values import Completion, Variable
from engine.protocol.unfolding import UnfoldVariables
from tests.engine.client import Client, of_kind, printed, results

PROGRAM = """import math
import torch
import torch.nn as nn
from torch.nn import functional as F

x = torch.arange(12.).reshape(4, 3)
W = torch.ones(3, 2, requires_grad=True)
frozen = torch.ones(2)
h = torch.tanh(x @ W)
kept = h * 2
kept.retain_grad()
loss = kept.sum()
loss.backward()
unused = torch.ones(1, requires_grad=True)
count = 3
names = ["a", "b"]
settings = {"lr": 0.1, "W": W}

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 2)
    @property
    def dangerous(self):
        print("a property ran")
        return 1
    def forward(self, x):
        return self.fc(x)

net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
def helper(): return 1
_ = 5
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        events = client.run(PROGRAM)
        assert events[-1].error is None
        yield client


def rows(engine: Client) -> dict[str, Variable]:
    return {row.name: row for row in engine.ask(m.AskVariables()).rows}


def test_rows_are_the_programs_own_values(engine: Client) -> None:
    found = rows(engine)
    expected = "x W frozen h kept loss unused count names settings net optimizer"
    assert list(found) == expected.split()
    assert found["x"].kind == "Tensor" and found["x"].summary.shape == (4, 3)
    assert found["net"].kind == "Net" and found["net"].n_parameters == 8
    assert found["count"].text == "3"
    assert found["settings"].text == "{'lr': 0.1000, 'W': f32 (3, 2)}"


def test_gradients_say_why_there_is_none(engine: Client) -> None:
    found = rows(engine)
    assert found["W"].grad is not None and found["W"].grad.shape == (3, 2) and found["W"].no_grad is None
    assert found["x"].grad is None and found["x"].no_grad == NoGrad.NOT_REQUIRED
    assert found["unused"].no_grad == NoGrad.NONE_YET
    assert found["h"].no_grad == NoGrad.NOT_KEPT
    assert found["kept"].grad is not None and found["kept"].grad.maximum == 1


def test_reading_them_warns_of_nothing(engine: Client) -> None:
    events = engine.run(PROGRAM)
    assert printed(events, "stderr") == ""


def test_variables_know_their_node(engine: Client) -> None:
    graph = engine.ask(m.ShowGraph(output="loss")).graph
    nodes = {node.variable: node.id for node in graph.nodes}
    found = rows(engine)
    for name in ("W", "h", "kept", "loss", "x"):
        assert found[name].node == nodes[name], name
    assert found["frozen"].node == -1


def test_a_strange_value_does_not_hide_the_others(engine: Client) -> None:
    text = """
class Odd:
    def __repr__(self): raise RuntimeError("no")
    def __getattr__(self, name): raise RuntimeError("no")
    def __eq__(self, other): raise RuntimeError("no")
    __hash__ = None
odd = Odd()
meta = torch.empty(3, device="meta")
sparse = torch.eye(3).to_sparse()
lazy = nn.LazyLinear(3)
"""
    engine.run(text)
    found = rows(engine)
    assert found["odd"].kind == "Odd"
    assert "meta" in found["meta"].summary.line
    assert found["lazy"].n_parameters == 0
    assert found["W"].summary.shape == (3, 2)
    engine.run("del odd, meta, sparse, lazy")


@pytest.mark.parametrize(
    ("key", "shape"),
    [
        (VariableKey("x"), (4, 3)),
        (VariableGradKey("W"), (3, 2)),
        (VariableKey("net.fc.weight"), (2, 3)),
        (VariableKey("settings.W"), (3, 2)),
        (VariableKey("W.grad"), (3, 2)),
        (VariableGradKey("kept"), (4, 2)),
    ],
)
def test_tensors_are_found_by_key(engine: Client, key: TensorKey, shape: tuple[int, ...]) -> None:
    details = engine.ask(m.AskDetails(key=key)).details
    assert details.key == key and details.summary.shape == shape
    assert engine.ask(m.AskRectangle(key=key)).rectangle.grid.array().shape == shape
    assert engine.ask(m.AskText(key=key)).text.startswith("[[")


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (VariableKey("missing"), "There is no variable missing"),
        (VariableKey("net.missing"), "There is no variable net.missing"),
        (VariableKey("count"), "count is not a tensor but int"),
        (VariableGradKey("unused"), "unused has no gradient yet"),
        (NodeValueKey(123456), "This value was not recorded"),
        (NodeGradKey(123456), "No gradient has arrived here yet"),
    ],
)
def test_keys_without_a_tensor_get_a_sentence(engine: Client, key: TensorKey, sentence: str) -> None:
    answer = engine.ask(m.AskDetails(key=key))
    assert isinstance(answer, m.Failed) and answer.sentence.startswith(sentence)


def test_a_large_tensor_opens(engine: Client) -> None:
    engine.run("large = torch.zeros(10_000, 10_000)\nlarge[5000, 5000] = 7")
    whole = m.AskRectangle(key=VariableKey("large"), n_rows=10_000, n_columns=10_000, step=100)
    rectangle = engine.ask(whole).rectangle
    assert rectangle.grid.array().max() == 7
    engine.run("del large")


def completions(engine: Client, text: str) -> dict[str, Completion]:
    """For the cursor at the end of the text."""
    line = text.split("\n")[-1]
    answer = engine.ask(
        m.AskCompletions(text=text, line=text.count("\n") + 1, column=len(line.encode("utf-16-le")) // 2)
    )
    assert len(answer.completions) <= 200
    return {completion.name: completion for completion in answer.completions}


def test_completion_of_live_names(engine: Client) -> None:
    found = completions(engine, "y = ke")
    assert found["kept"] == Completion("kept", "tensor", "f32 (4, 2)")
    assert completions(engine, "hel")["helper"].kind == "function"
    assert completions(engine, "net.f")["fc"].kind == "nn.Module"
    assert completions(engine, "net.fc.wei")["weight"] == Completion("weight", "tensor", "f32 (2, 3)")
    assert "reshape" in completions(engine, "x.res")
    assert "cross_entropy" in completions(engine, "F.cross")
    assert "Linear" in completions(engine, "torch.nn.Lin")
    assert "append" in completions(engine, "names.app")


def test_completion_shows_the_words_of_a_signature_without_its_markup(engine: Client) -> None:
    assert completions(engine, "torch.ad")["add"].detail.startswith("add(input, other, *, alpha=1")
    engine.run("def keeps(*args):\n    r'''Keeps :attr:`x`, ``y``, :math:`\\text{a}` and \\*args.'''\n    return args")
    assert completions(engine, "kee")["keeps"].detail == "Keeps x, y, a and *args."
    shown = completions(engine, "torch.").values()
    assert shown and not [found.detail for found in shown if "\\" in found.detail or "`" in found.detail]


def test_completion_of_a_vectors_attributes(engine: Client) -> None:
    engine.run("vector = torch.ones(3)")
    assert {"H", "T", "data"} <= set(completions(engine, "vector."))


def test_completion_evaluates_no_property(engine: Client) -> None:
    start = len(engine.events)
    assert completions(engine, "net.dan")["dangerous"].kind == "property"
    completions(engine, "net.dangerous.")
    assert "a property ran" not in printed(engine.run("1")) + printed(engine.events[start:])


def test_completion_of_names_in_the_text_keywords_and_builtins(engine: Client) -> None:
    text = "def train_step(batch):\n    batch_size = 3\n    return bat"
    assert {"batch", "batch_size"} <= set(completions(engine, text))
    assert completions(engine, text)["batch"].kind == "parameter"
    assert completions(engine, "whi")["while"].kind == "keyword"
    assert completions(engine, "enum")["enumerate"].kind == "class"


def test_completion_of_modules(engine: Client) -> None:
    assert completions(engine, "import tor")["torch"].kind == "module"
    assert "nn" in completions(engine, "import torch.n")
    assert "relu" in completions(engine, "from torch.nn.functional import rel")
    assert "sqrt" in completions(engine, "import math as calc\ncalc.sq")


def test_completion_counts_columns_in_utf16(engine: Client) -> None:
    answer = engine.ask(m.AskCompletions(text="s = '🎉'; kep + 1", line=1, column=13))
    assert answer.prefix == "kep"
    assert [completion.name for completion in answer.completions] == ["kept"]


def test_completion_is_quiet_where_nothing_fits(engine: Client) -> None:
    assert completions(engine, "f().") == {}
    assert completions(engine, "3.") == {}
    assert isinstance(engine.ask(m.AskCompletions(text="", line=99, column=7)), m.Completions)


def test_a_preview_changes_neither_namespace_nor_random_state(engine: Client) -> None:
    engine.run("torch.manual_seed(3)")
    summary = engine.ask(m.Preview(expression="torch.randn(2, 3, requires_grad=True)")).summary
    assert summary.shape == (2, 3) and summary.requires_grad
    assert engine.ask(m.Preview(expression="(torch.manual_seed(9), torch.rand(2))[1]")).summary.shape == (2,)
    assert results(engine.run("torch.equal(torch.rand(3), torch.manual_seed(3) and torch.rand(3))"))[1] == "True"


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("torch.empty(10**13)", "A tensor of 10,000,000,000,000 elements is too large for a preview"),
        ("torch.zeros(20_000, 20_000)", "A tensor of 400,000,000 elements is too large"),
        ("torch.randn(10**9)", "A tensor of 1,000,000,000 elements is too large"),
        ("torch.arange(10**12)", "A tensor of 1,000,000,000,000 elements is too large"),
        ("torch.ones(2).expand(10**9, 2).clone()", "A tensor of 2,000,000,000 elements is too large"),
        ("torch.ones(20_000, 1) @ torch.ones(1, 20_000)", "A tensor of 400,000,000 elements is too large"),
        ("torch.zeros(", "This is not an expression"),
        ("3 + 4", "This makes no tensor but int"),
        ("missing + 1", "NameError: name 'missing' is not defined"),
        ("torch.ones(2) + torch.ones(3)", "torch.ones(2) + torch.ones(3): shapes (2,) and (3,) do not broadcast"),
        ("[1 for _ in iter(int, 1)]", "The preview was given up after 3 s"),
    ],
)
def test_a_preview_that_cannot_be_made_gets_a_sentence(engine: Client, expression: str, sentence: str) -> None:
    answer = engine.ask(m.Preview(expression=expression))
    assert isinstance(answer, m.Failed)
    assert answer.sentence.startswith(sentence)


@pytest.mark.parametrize(
    "expression",
    [
        "torch.tensor([[1, 2], [3, 4]], dtype=torch.float64)",
        "torch.linspace(0, 1, 5)",
        "torch.eye(3)",
        "torch.full((2, 2), 7.)",
        "torch.rand(3, generator=torch.Generator().manual_seed(0))",
        "torch.randperm(5)",
        "torch.randint(0, 9, (3,))",
        "torch.empty(0)",
        "torch.ones(3).nonzero()",
        "torch.zeros(2, device='cpu')",
    ],
)
def test_what_a_builder_makes_can_be_previewed(engine: Client, expression: str) -> None:
    assert isinstance(engine.ask(m.Preview(expression=expression)), m.Previewed)


def test_a_preview_waits_for_the_program(engine: Client) -> None:
    engine.start("while True: pass")
    engine.wait(m.Started)
    answer = engine.ask(m.Preview(expression="torch.ones(3)"))
    assert isinstance(answer, m.Failed) and "until the program has ended" in answer.sentence
    engine.send(m.Interrupt())
    engine.wait(m.Finished)


def test_variables_follow_each_run(engine: Client) -> None:
    events = engine.run("fresh = torch.ones(2)")
    assert "fresh" in {row.name for row in of_kind(events, m.Variables)[-1].rows}
    events = engine.run("del fresh")
    assert "fresh" not in {row.name for row in of_kind(events, m.Variables)[-1].rows}


def test_what_was_looked_at_can_still_be_resized(engine: Client) -> None:
    engine.run("looked_at = torch.ones(6)")
    engine.ask(m.AskDetails(key=VariableKey("looked_at")))
    engine.ask(m.AskRectangle(key=VariableKey("looked_at")))
    engine.ask(m.AskText(key=VariableKey("looked_at")))
    events = engine.run("looked_at.resize_(6_000)")
    assert isinstance(events[-1], m.Finished) and events[-1].error is None


def test_at_the_end_of_a_program_nothing_large_is_counted_neither_value_nor_gradient() -> None:
    weight = torch.zeros(2_100, 2_100, requires_grad=True)
    weight.grad = torch.ones(2_100, 2_100)
    known = variables.Known(lambda tensor: -1, lambda tensor, name: None, lambda tensor: "")
    for until_s in (0.0, math.inf):
        (row,) = variables.rows({"weight": weight}, {}, known, until_s=until_s)
        assert row.summary.counts_due == row.grad.counts_due == (not until_s)
    assert row.grad.norm == 2_100


def test_rows_unfold_into_what_they_hold_and_arrays_are_seen_as_tensors_are(engine: Client) -> None:
    engine.run("import numpy\ngrid = numpy.arange(6.0).reshape(2, 3)\nbatch = {'images': [x, grid], 'n': 2}\n")
    found = rows(engine)
    assert found["grid"].kind == "ndarray" and found["grid"].summary.is_array
    assert found["grid"].summary.shape == (2, 3) and found["grid"].summary.maximum == 5
    assert found["batch"].inside == "batch['images'][0]" and found["net"].inside == "net.fc.weight"
    assert found["names"].inside == found["count"].inside == "", "nothing that has cells"
    unfolded = engine.ask(UnfoldVariables(names=("net", "batch", "batch['images']", "names", "gone"))).rows
    parts = [(row.depth, row.name, row.part_of) for row in unfolded if row.part_of]
    assert parts == [
        (1, "net.fc.weight", "net"),
        (1, "net.fc.bias", "net"),
        (1, "batch['images']", "batch"),
        (2, "batch['images'][0]", "batch['images']"),
        (2, "batch['images'][1]", "batch['images']"),
        (1, "batch['n']", "batch"),
    ]
    assert [row.name for row in engine.ask(m.AskVariables()).rows] == [row.name for row in unfolded], "they stay so"
    for name, is_array in (("batch['images'][1]", True), ("batch['images'][0]", False), ("grid", True)):
        details = engine.ask(m.AskDetails(key=VariableKey(name))).details
        assert details.summary.is_array == is_array
    engine.run("grid[1, 2] = 9\n")
    assert rows(engine)["batch['images'][1]"].summary.maximum == 9, "in the array's own memory"
    engine.ask(UnfoldVariables(names=()))
    engine.run("del grid, batch\n")


def test_of_a_long_list_some_parts_have_rows_and_one_row_stands_for_the_others(engine: Client) -> None:
    engine.run("many = [torch.ones(1)] * 600\n")
    found = [row for row in engine.ask(UnfoldVariables(names=("many",))).rows if row.part_of]
    assert len(found) == 513 and (found[-1].n_more, found[-1].name) == (88, "many[…]")
    engine.ask(UnfoldVariables(names=()))
    engine.run("del many\n")


def test_of_a_large_part_a_sample_stands_for_all_until_it_is_counted(engine: Client) -> None:
    engine.run("held = [torch.arange(1 << 17), torch.arange(1 << 16)]\n")
    first, second = (row.summary for row in engine.ask(UnfoldVariables(names=("held",))).rows if row.part_of)
    assert first.sampled and first.counts_due and not second.sampled
    for _ in range(50):
        first = next(row for row in engine.ask(m.AskVariables(counting="rest")).rows if row.part_of).summary
        if not first.counts_due:
            break
    assert (first.sampled, first.maximum) == (False, (1 << 17) - 1)
    engine.ask(UnfoldVariables(names=()))
    engine.run("del held\n")


def test_a_large_array_that_was_looked_at_can_be_resized(engine: Client) -> None:
    engine.run("import numpy\nlong = numpy.zeros(1 << 21, numpy.uint8)\n")
    assert rows(engine)["long"].summary.n_elements == 1 << 21
    assert engine.ask(m.AskDetails(key=VariableKey("long"))).details.summary.is_array
    assert engine.run("long.resize(1 << 20)\n")[-1].error is None
    assert rows(engine)["long"].summary.n_elements == 1 << 20
    engine.run("del long\n")

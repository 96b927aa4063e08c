"""Why a tensor has its dtype and device is said from the call that made it, and a copy across devices has a mark."""

from collections.abc import Iterator

import numpy as np
import pytest
import torch

from engine.protocol.messages import AskOrigin, AskVariables, ShowGraph
from engine.protocol.number_types import AskNumberType
from tests.engine.client import Client

# As a program writes it, the code of what is said, and words of it.
CASES = {
    "torch.tensor([1, 2, 3])": ("dtype.of_ints", "infers int64"),
    "torch.tensor([True, 2])": ("dtype.of_ints", "whole ones of Python are the highest kind"),
    "torch.tensor([[1, 2], [3, 4.0]])": ("dtype.of_floats", "infers float32, the default dtype, for among its numbers "
                                         "is a float of Python, the first at [1, 1]"),
    "torch.tensor([1.5], requires_grad=True)": ("dtype.of_floats", "the first at [0]"),
    "torch.tensor(2.5)": ("dtype.of_floats", "a float of Python."),
    "torch.tensor([0] * 100 + [0.5])": ("dtype.of_floats", "a float of Python."),
    "torch.tensor([True, False])": ("dtype.of_bools", "infers bool"),
    "torch.tensor([1, 2j])": ("dtype.of_complex", "infers complex64"),
    "torch.tensor([])": ("dtype.default", "takes the default dtype, float32"),
    "torch.tensor([1], dtype=torch.int8)": ("dtype.asked", "was told its dtype, int8"),
    "torch.tensor(np.ones(2))": ("dtype.of_array", "keeps their dtype, float64"),
    "torch.tensor(np.float64(1))": ("dtype.of_array", "float64"),
    "torch.tensor(np.float32(1))": ("dtype.of_array", "float32"),
    "torch.as_tensor(np.arange(2, dtype=np.int16))": ("dtype.of_array", "int16"),
    "torch.tensor(torch.ones(2).double())": ("dtype.of_tensor", "float64"),
    "torch.arange(3)": ("dtype.of_ints", "infers int64"),
    "torch.arange(0, 1, 0.5)": ("dtype.of_floats", "the first at [2]"),
    "torch.full((2,), True)": ("dtype.of_bools", "infers bool"),
    "torch.zeros(2, requires_grad=True)": ("dtype.default", "takes the default dtype"),
    "torch.scalar_tensor(3)": ("dtype.whatever_numbers", "takes the default dtype, float32, whatever its numbers are"),
    "torch.linspace(0, 1, 3)": ("dtype.whatever_numbers", "float32"),
    "torch.tensor([[np.float16(1)], [np.float16(2)]])": ("dtype.of_array", "keeps their dtype, float16"),
    "torch.randint(3, (2,))": ("dtype.of_indices", "makes int64"),
}  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def said(engine: Client, **subject: object) -> list[tuple[str, str]]:
    answer = engine.ask(AskNumberType(**subject))  # type: ignore[arg-type]
    return [(one.code, one.text) for one in answer.told.said]


@pytest.mark.filterwarnings("ignore:To copy construct")
def test_it_is_said_why_a_tensor_has_its_dtype(engine: Client) -> None:
    lines = [f"t{place} = {text}" for place, text in enumerate(CASES)]
    engine.run("\n".join(("import torch, numpy as np, warnings", "warnings.simplefilter('ignore')", *lines)))
    for place, (text, (code, words)) in enumerate(CASES.items()):
        sentences = said(engine, name=f"t{place}")
        assert len(sentences) == 1, text
        ((found, sentence),) = sentences
        assert found == code and words in sentence and sentence.startswith(text), (text, sentence)
        own = eval(text, {"torch": torch, "np": np})
        assert str(own.dtype).removeprefix("torch.") in sentence, text  # as PyTorch has it here, too


def test_what_the_call_does_not_explain_is_not_explained(engine: Client) -> None:
    texts = (
        "torch.linspace(0, 1j, 3)",
        "torch.tensor([np.float64(1), np.float32(2)])",
        "torch.tensor([np.int8(1), 2])",
    )
    engine.run("\n".join(("import torch, numpy as np", *(f"u{place} = {text}" for place, text in enumerate(texts)))))
    for place, text in enumerate(texts):
        assert said(engine, name=f"u{place}") == [], text


def test_another_default_dtype_is_named(engine: Client) -> None:
    engine.run(
        "import torch\ntorch.set_default_dtype(torch.float64)\na = torch.tensor([1, 0.5])\nb = torch.ones(2)\n"
        "torch.set_default_dtype(torch.float32)\nc = torch.tensor([1, 0.5])"
    )
    assert "float64, the default dtype" in said(engine, name="a")[0][1]
    assert "the default dtype, float64" in said(engine, name="b")[0][1]
    assert "float32, the default dtype" in said(engine, name="c")[0][1]


def test_numbers_of_several_kinds_that_are_not_pythons_own_are_not_explained(engine: Client) -> None:
    engine.run("import torch, numpy as np\na = torch.tensor([1, np.float32(2)])\nb = torch.tensor([torch.tensor(1)])")
    assert said(engine, name="a") == said(engine, name="b") == []


def test_an_array_of_numpy_whose_memory_it_is_is_named(engine: Client) -> None:
    engine.run("import torch, numpy as np\narray = np.ones(3)\nt = torch.from_numpy(array)\nown = torch.ones(3) + 1")
    ((code, text),) = said(engine, name="t")
    assert code == "dtype.of_memory" and "the memory of array" in text and "float64" in text
    assert said(engine, name="own") == []


def test_of_an_array_that_no_variable_holds_the_memory_is_named_and_of_torchs_own_it_is_not(engine: Client) -> None:
    engine.run(
        "import torch, numpy as np\nt = torch.from_numpy(np.ones(3))\nown = torch.ones(3) + 1\nown.numpy()\n"
        "made = torch.frombuffer(bytearray(8), dtype=torch.float32)"
    )
    assert [code for code, _ in said(engine, name="t")] == ["dtype.of_foreign_memory"]
    assert "float64: nothing was copied" in said(engine, name="t")[0][1]
    assert said(engine, name="own") == []
    assert [code for code, _ in said(engine, name="made")] == ["dtype.of_foreign_memory"]


@pytest.mark.parametrize("call", ["t.to(torch.float32)", "t.float()", "t.cpu()", "t.to('cpu')", "t.type_as(t)"])
def test_a_cast_that_has_nothing_to_do_gives_back_the_same_tensor(engine: Client, call: str) -> None:
    engine.run(f"import torch\nt = torch.ones(3)\nother = t + 1\nx = {call}\nassert x is t\ny = t.double()")
    assert said(engine, name="x")[-1] == (
        "dtype.given_back",
        f"{call} gave the same tensor back: it was float32 on cpu already, and nothing was copied.",
    )
    assert "dtype.given_back" not in [code for name in ("y", "other") for code, _ in said(engine, name=name)]


def test_a_cast_tells_its_bytes(engine: Client) -> None:
    engine.run(
        "import torch\nx = torch.tensor([1, 2, 3])\ny = x.to(torch.float32)\nsame = x.to(torch.int64)\n"
        "w = torch.ones(4, requires_grad=True)\nh = (w * 2).half()\nloss = h.sum()"
    )
    ((code, text),) = said(engine, name="y")
    assert code == "dtype.converted" and text.startswith("x.to(torch.float32) made it of int64, 8 B a number: ")
    assert "24 B became 12 B" in text
    assert said(engine, name="same") == said(engine, name="x")  # it is the same tensor
    assert "float32, 4 B a number: 16 B became 8 B" in said(engine, name="h")[0][1]
    graph = engine.ask(ShowGraph(output="loss")).graph
    cast = next(node.id for node in graph.nodes if node.name == "ToCopyBackward0")
    assert said(engine, graph=graph.id, node=cast) == said(engine, name="h")
    assert all(not node.traits for node in graph.nodes)


def test_a_copy_from_another_device_is_marked_at_variable_and_node(engine: Client) -> None:
    engine.run(
        "import torch\nx = torch.ones(3)\nm = x.to('meta')\nback = torch.empty(3, device='meta')\nback.copy_(x)\n"
        "w = torch.ones(3, requires_grad=True)\nh = (w * 2).to('meta')\nloss = h.sum()"
    )
    rows = {row.name: row.copied_from for row in engine.ask(AskVariables()).rows}
    assert [rows[name] for name in ("x", "m", "back", "w", "h", "loss")] == ["", "cpu", "cpu", "", "cpu", ""]
    ((code, text),) = said(engine, name="m")
    assert code == "device.to_meta" and text.startswith("x.to('meta') took it from cpu to meta")
    assert said(engine, name="h")[0][0] == "device.to_meta"
    graph = engine.ask(ShowGraph(output="loss")).graph
    (copy,) = (node for node in graph.nodes if node.traits)
    assert (copy.name, copy.traits) == ("ToCopyBackward0", ("device copy",))
    told = engine.ask(AskOrigin(graph=graph.id, node=copy.id)).origin.said
    assert [one.code for one in told] == ["origin.device_copy"] and "from cpu to meta" in told[0].text

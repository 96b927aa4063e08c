"""By which rule a call came to the dtype of its result, held against what PyTorch makes of the operands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from engine.protocol.number_types import AskNumberType, NumberType, NumberTypeShown
from engine.serve.promotion import _ALIKE
from tests.engine.client import Client

BEGIN = """import math, torch
import numpy as np
import torch.nn.functional as F
i, m = torch.tensor([1, 2, 3]), torch.ones(3, dtype=torch.uint8)
h, f, v, g = torch.ones(3).half(), torch.ones(3), torch.ones(3).double(), torch.ones(3).bfloat16()
z, c, b = torch.tensor(2.0).double(), torch.ones(3) + 0j, torch.tensor([True, False, True])
q = torch.ones(3, 3)
k = 2
"""
# By expression the dtypes of what took part, those of numbers with the name of their kind, and the rule.
RULES: dict[str, tuple[list[str], str]] = {
    "i * h": (["int64", "float16"], "widest"),
    "i + m": (["int64", "uint8"], "widest"),
    "h - z": (["float16", "float64"], "widest"),
    "torch.mul(m, c)": (["uint8", "complex64"], "widest"),
    "i / i": (["int64", "int64"], "fractions"),
    "2 / i": (["Python int", "int64"], "fractions"),
    "i // k": (["int64", "Python int"], "widest"),
    "2 ** f": (["Python int", "float32"], "widest"),
    "torch.pow(i, f)": (["int64", "float32"], "widest"),
    "i * 2.5": (["int64", "Python float"], "widest"),
    "h + 1e10": (["float16", "Python float"], "widest"),
    "i - 1j": (["int64", "Python complex"], "widest"),
    "f * True": (["float32", "Python bool"], "widest"),
    "math.sqrt(2) * h": (["float16", "Python float"], "widest"),
    "torch.add(i, 1, alpha=2)": (["int64", "Python int"], "widest"),
    "i * np.float64(2)": (["int64", "NumPy float64"], "widest"),
    "np.float32(2) * h": (["float16", "NumPy float32"], "widest"),
    "i * np.int16(3)": (["int64", "NumPy int16"], "widest"),
    "i * np.bool_(True)": (["int64", "NumPy bool"], "widest"),
    "torch.where(b, i, f)": (["int64", "float32"], "widest"),
    "torch.where(b, h, 0.5)": (["float16", "Python float"], "widest"),
    "torch.where(b, 1, 2)": (["Python int", "Python int"], "widest"),
    "torch.cat([i, f])": (["int64", "float32"], "widest"),
    "torch.stack([z, z.float(), z.half()])": (["float64", "float32", "float16"], "widest"),
    "torch.maximum(i, f)": (["int64", "float32"], "widest"),
    "torch.minimum(h, g)": (["float16", "bfloat16"], "widest"),
    "torch.addcmul(f, h, v)": (["float32", "float16", "float64"], "widest"),
    "torch.clamp(i, 0.5)": (["int64", "Python float"], "widest"),
    "torch.outer(f, v)": (["float32", "float64"], "widest"),
    "torch.atan2(i, i)": (["int64", "int64"], "fractions"),
    "i.exp()": (["int64"], "fractions"),
    "i > f": (["int64", "float32"], "compared"),
    "h == z": (["float16", "float64"], "compared"),
    "i > 2": (["int64", "Python int"], "compared"),
    "torch.isnan(f)": (["float32"], "truth"),
    "i.any()": (["int64"], "truth"),
    "m.sum()": (["uint8"], "summed"),
    "b.cumsum(0)": (["bool"], "summed"),
    "f.argmax()": (["float32"], "indices"),
    "f.topk(2).indices": (["float32"], "indices"),
    "c.abs()": (["complex64"], "real"),
    "h.sum(dtype=torch.float32)": (["float16"], "asked"),
    "q @ f": (["float32", "float32"], "alike"),
    "F.linear(q, q)": (["float32", "float32"], "alike"),
    "F.softmax(f, 0)": (["float32"], "kept"),
    "~b": (["bool"], "kept"),
    "f[i - 1]": (["float32", "int64"], "chosen"),
    "f.masked_fill(b, 2)": (["float32", "bool"], "chosen"),
    "f.index_add(0, i - 1, f)": (["float32", "int64", "float32"], "chosen"),
    "c.real": (["complex64"], "real"),
    "c.imag": (["complex64"], "real"),
}
# Statements that make x, in the same way.
WRITES: dict[str, tuple[list[str], str]] = {
    "x = i.clone()\nx += 1": (["int64", "Python int"], "written"),
    "x = h.clone()\nx += v": (["float16", "float64"], "cast"),
    "x = h.clone()\nx.mul_(z)": (["float16", "float64"], "written"),
    "x = torch.zeros(3)\nx += v": (["float32", "float64"], "cast"),
    "x = f.clone()\nx[0] = i[1]": (["float32", "int64"], "written"),
    "x = torch.empty(3)\ntorch.add(i, v, out=x)": (["int64", "float64"], "cast"),
    "with torch.autocast('cpu', dtype=torch.bfloat16):\n    x = q @ q": (["float32", "float32"], "autocast"),
    "with torch.autocast('cpu', dtype=torch.bfloat16):\n    x = (q @ q) + q": (["bfloat16", "float32"], "widest"),
    "with torch.autocast('cpu', dtype=torch.bfloat16):\n    x = torch.nn.Linear(3, 2)(f).relu()": (
        ["bfloat16"],
        "kept",
    ),
}


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def told(engine: Client, name: str) -> NumberType:
    answer = engine.ask(AskNumberType(name=name))
    assert isinstance(answer, NumberTypeShown), answer
    return answer.told


def rule_of(found: NumberType) -> tuple[list[str], str]:
    code = "" if found.rule is None else found.rule.code.removeprefix("promotion.")
    return [one.dtype for one in found.operands], code


def test_each_expression_has_its_operands_and_its_rule(engine: Client) -> None:
    engine.run(BEGIN + "".join(f"made_{at} = {text}\n" for at, text in enumerate(RULES)))
    found = {text: rule_of(told(engine, f"made_{at}")) for at, text in enumerate(RULES)}
    assert found == RULES
    assert [one.name for one in told(engine, "made_0").operands] == ["i", "h"]
    scaled = told(engine, f"made_{list(RULES).index('math.sqrt(2) * h')}").operands
    assert [one.name for one in scaled] == ["h", repr(2**0.5)], "the root is not what the tensor is called"


def test_a_tensor_that_is_written_into_keeps_its_dtype_and_autocast_is_named_where_it_chose(engine: Client) -> None:
    for text, expected in WRITES.items():
        engine.run(BEGIN + text)
        assert rule_of(told(engine, "x")) == expected, text


def test_what_is_compared_and_cast_is_what_pytorch_promotes_to(engine: Client) -> None:
    engine.run(BEGIN + "x = h == z\ny = i > f\nw = h.clone()\nw += v")
    promised = {name: told(engine, name).rule for name in ("x", "y", "w")}
    half, whole, single, double = torch.ones(3).half(), torch.arange(3), torch.ones(3), torch.ones(3).double()
    joint = {
        "x": torch.result_type(half, torch.tensor(2.0).double()),
        "y": torch.result_type(whole, single),
        "w": torch.result_type(half, double),
    }
    for name, rule in promised.items():
        assert rule is not None and rule.arguments["promoted"] == str(joint[name]).removeprefix("torch."), name


Q, B, PICTURE = torch.ones(3, 3), torch.ones(1, 3, 3), torch.ones(1, 3, 4, 4)
MIXED: dict[str, Callable[[], Tensor]] = {
    "matmul": lambda: Q @ Q.double(),
    "mm": lambda: torch.mm(Q, Q.double()),
    "bmm": lambda: torch.bmm(B, B.double()),
    "mv": lambda: torch.mv(Q, Q[0].double()),
    "dot": lambda: torch.dot(Q[0], Q[0].double()),
    "vdot": lambda: torch.vdot(Q[0], Q[0].double()),
    "inner": lambda: torch.inner(Q, Q.double()),
    "addmm": lambda: torch.addmm(Q.double(), Q, Q),
    "addmv": lambda: torch.addmv(Q[0], Q, Q[0].double()),
    "baddbmm": lambda: torch.baddbmm(B, B, B.double()),
    "linear": lambda: F.linear(Q, Q.double()),
    "conv1d": lambda: F.conv1d(B, B.double()),
    "conv2d": lambda: F.conv2d(PICTURE, torch.ones(1, 3, 2, 2).double()),
    "conv3d": lambda: F.conv3d(PICTURE[None], torch.ones(1, 1, 2, 2, 2).double()),
    "bilinear": lambda: F.bilinear(Q, Q, torch.ones(2, 3, 3).double()),
    "scaled_dot_product_attention": lambda: F.scaled_dot_product_attention(B, B.double(), B),
    "lerp": lambda: torch.lerp(Q, Q.double(), 0.5),
    "tensordot": lambda: torch.tensordot(Q, Q.double(), 1),
    "chain_matmul": lambda: torch.chain_matmul(Q, Q.double()),
}


@pytest.mark.filterwarnings("ignore:torch.chain_matmul")
def test_what_is_said_to_promote_nothing_refuses_operands_of_two_dtypes() -> None:
    assert set(MIXED) == _ALIKE
    for mixed in MIXED.values():
        with pytest.raises(RuntimeError):
            mixed()

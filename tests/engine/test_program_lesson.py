"""The blocks of a lesson run one after another in one session, as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from engine.protocol import messages as m
from engine.protocol.keys import VariableKey
from tests.engine.client import Client, of_kind, printed, results
from visualizer.backprop.program.paste import stripped

BLOCKS = [
    """pythonCopy codeimport torch
# Scalar (0D tensor)
tensor0d = torch.tensor(1)
# Vector (1D tensor)
tensor1d = torch.tensor([1, 2, 3])
# Matrix (2D tensor)
tensor2d = torch.tensor([[1, 2],
[3, 4]])
# 3D Tensor
tensor3d = torch.tensor([[[1, 2], [3, 4]],
[[5, 6], [7, 8]]])
""",
    """tensor1d = torch.tensor([1, 2, 3])
print(tensor1d.dtype) # Output: torch.int64
""",
    """float_tensor = tensor1d.to(torch.float32)
print(float_tensor.dtype) # Output: torch.float32
""",
    """print(tensor2d.shape) # Saída: torch.Size([2, 2])
""",
    """reshaped = tensor2d.reshape(4, 1)
""",
    """transposed = tensor2d.T
""",
    """result = tensor2d @ tensor2d.T
""",
]


# What then stands beside a line of each.
BESIDE: list[dict[int, str]] = [
    {3: "1", 5: "i64 (3,)", 7: "i64 (2, 2)", 10: "i64 (2, 2, 2)"},
    {1: "i64 (3,)"},
    {1: "f32 (3,)"},
    {},
    {1: "i64 (4, 1)"},
    {1: "i64 (2, 2)"},
    {1: "i64 (2, 2)"},
]
_PROMISED = re.compile(r"# (?:Output|Saída): (.*)")
_RANK = re.compile(r"# .*?(\d)D [Tt]ensor\)?\n")


class Session(NamedTuple):
    """An engine in which all blocks have run, and the events of each."""

    engine: Client
    runs: list[list[m.Event]]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with Client() as engine:
        yield Session(engine, [list(engine.run(stripped(block))) for block in BLOCKS])


@pytest.mark.parametrize("place", range(len(BLOCKS)))
def test_a_block_of_the_lesson_runs_as_it_stands_and_does_what_its_comments_promise(
    session: Session, place: int
) -> None:
    block, events, beside = BLOCKS[place], session.runs[place], BESIDE[place]
    assert events[-1].error is None  # type: ignore[attr-defined]
    assert printed(events).splitlines() == _PROMISED.findall(block)
    assert {line: results(events).get(line) for line in beside} == beside
    for comment in _RANK.finditer(block):
        line = block.count("\n", 0, comment.end()) + 1
        ends = min(at for at in beside if at >= line)
        assert len(re.findall(r"\d+", beside[ends].partition("(")[2])) == int(comment[1])


def test_what_the_lesson_makes_is_there_cell_by_cell(session: Session) -> None:
    def cells(name: str, *index: int) -> list[Any]:
        asked = m.AskRectangle(key=VariableKey(name), index=index)
        return session.engine.ask(asked).rectangle.grid.array().tolist()  # type: ignore[no-any-return]

    assert [cells("tensor3d", sheet, 0, 0) for sheet in (0, 1)] == [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
    assert cells("float_tensor") == [[1, 2, 3]]
    assert cells("reshaped") == [[1], [2], [3], [4]]
    assert cells("transposed") == [[1, 3], [2, 4]]
    assert cells("result") == [[5, 11], [11, 25]]
    graph = of_kind(session.runs[-1], m.GraphShown)[-1].graph
    assert graph.reason.text.startswith("Nothing here requires a gradient")

"""The blocks of a lesson run one after another in one session, as they stand."""

from __future__ import annotations

from engine.protocol import messages as m
from engine.protocol.keys import VariableKey
from tests.engine.client import Client, of_kind, printed, results

BLOCKS = [
    """import torch
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


def test_the_lessons_blocks_run_in_one_session() -> None:
    with Client() as engine:
        runs = [engine.run(block) for block in BLOCKS]
        assert [events[-1].error for events in runs] == [None] * 7
        assert "".join(map(printed, runs)) == "torch.int64\ntorch.float32\ntorch.Size([2, 2])\n"
        assert results(runs[0])[3] == "1"
        assert results(runs[0])[7] == "i64 (2, 2)"
        assert results(runs[4])[1] == "i64 (4, 1)"
        rows = {row.name: row for row in of_kind(runs[6], m.Variables)[-1].rows}
        assert rows["result"].summary.shape == (2, 2)
        cells = engine.ask(m.AskRectangle(key=VariableKey("result"))).rectangle.grid.array()
        assert cells.tolist() == [[5, 11], [11, 25]]
        graph = of_kind(runs[6], m.GraphShown)[-1].graph
        assert graph.reason.text.startswith("Nothing here requires a gradient")
